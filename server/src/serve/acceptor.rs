//! Taking connections, on a thread of its own for each listener. What one network opens beyond its share is closed there,
//! and what says nothing is held there until it does: neither costs the threads that serve the others anything. The queue of
//! the kernel is emptied faster than one address fills it; a connection that finds it full would be dropped, and tried
//! again a second later.

use super::{Stopping, connect, millis};
use crate::{
    App, clock, limits,
    shares::{ConnectionPlace, Network},
};
use axum::Router;
use std::{
    net::IpAddr,
    sync::Arc,
    thread::{self, JoinHandle},
};
use tokio::{
    net::{TcpListener, TcpStream},
    runtime::{Builder, Handle},
    sync::oneshot,
    task::JoinSet,
    time::{Instant, timeout_at},
};

/// Pause after a connection that could not be accepted, mostly because of too many open files.
const RETRY_PAUSE: causeway_api::Millis = 50;

/// A thread that accepts; it ends with this value.
pub(super) struct Acceptor {
    end: oneshot::Sender<()>,
    thread: JoinHandle<()>,
}

impl Acceptor {
    /// Starts to accept. Connections are served where this is called.
    pub(super) fn start(
        app: Arc<App>,
        listener: TcpListener,
        service: Router,
        stopping: Stopping,
    ) -> std::io::Result<Self> {
        let (serving, listener) = (Handle::current(), listener.into_std()?);
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let (end, ended) = oneshot::channel();
        let accepting = async move {
            match TcpListener::from_std(listener) {
                Ok(listener) => accept(app, listener, service, stopping, serving).await,
                Err(error) => tracing::error!(%error, "a listener cannot be used"),
            }
        };
        let thread = thread::Builder::new().name("accept".to_owned()).spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    () = accepting => {}
                    // It ends when the other side is dropped as well.
                    _ = ended => {}
                }
            });
        })?;
        Ok(Self { end, thread })
    }

    /// Takes no more connections, and closes the listener.
    pub(super) fn stop(self) {
        drop(self.end);
        if self.thread.join().is_err() {
            tracing::error!("the thread that accepts connections ended badly");
        }
    }
}

/// Takes connections within the share of their network, for as long as it is polled, and serves them on `serving`.
pub async fn accept(
    app: Arc<App>,
    listener: TcpListener,
    service: Router,
    stopping: Stopping,
    serving: Handle,
) {
    let mut silent = JoinSet::new();
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                // Beyond the share of its network a connection is closed at once, not left to wait: a queue would keep
                // the others out.
                if let Some(place) = place(&app, peer.ip()) {
                    let taken = Taken { stream, peer: peer.ip(), place, opened: Instant::now() };
                    silent.spawn(taken.serve(service.clone(), stopping.clone(), serving.clone()));
                }
            }
            Err(error) => {
                tracing::error!(%error, "a connection could not be accepted");
                clock::pause(RETRY_PAUSE).await;
            }
        }
        while silent.try_join_next().is_some() {}
    }
}

/// A connection that was taken and has said nothing yet.
struct Taken {
    stream: TcpStream,
    peer: IpAddr,
    place: ConnectionPlace,
    opened: Instant,
}

impl Taken {
    /// Waits for the first byte, and has the connection served by the runtime that serves.
    async fn serve(self, service: Router, stopping: Stopping, serving: Handle) {
        let Self { stream, peer, place, opened } = self;
        let until = opened + millis(limits::HEADER_TIMEOUT);
        let spoken = match timeout_at(until, stream.readable()).await {
            Ok(readable) => readable.and_then(|()| stream.into_std()),
            // Closed: it said nothing in time.
            Err(_) => return,
        };
        serving.spawn(async move {
            match spoken.and_then(TcpStream::from_std) {
                Ok(stream) => connect(stream, peer, place, until, service, stopping).await,
                Err(error) => tracing::debug!(%error, "a connection ended"),
            }
        });
    }
}

/// The place of a new connection. Those of a trusted proxy are of many people and have no share.
fn place(app: &App, peer: IpAddr) -> Option<ConnectionPlace> {
    let is_proxy = app.config.trusted_proxies.contains(&peer.to_canonical());
    let network = (!is_proxy).then(|| Network::of(peer));
    app.budgets.connections.take(network).map(|share| ConnectionPlace(Arc::new(share)))
}
