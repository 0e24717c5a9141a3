//! Taking connections, on a thread of its own for each listener. What one network opens beyond its share is closed there,
//! before it costs the threads that serve the others anything, and the queue of the kernel is emptied faster than one
//! address fills it: a connection that finds it full is dropped, and tried again a second later.

use super::{Stopping, connect};
use crate::{
    App, clock,
    shares::{ConnectionPlace, Network},
};
use axum::Router;
use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    thread::{self, JoinHandle},
};
use tokio::{
    net::{TcpListener, TcpStream},
    runtime::{Builder, Handle},
    sync::oneshot,
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
    loop {
        let taken = match listener.accept().await {
            // Beyond the share of its network a connection is closed at once, not left to wait: a queue would keep the
            // others out.
            Ok((stream, peer)) => place(&app, peer.ip())
                .map_or(Ok(()), |place| hand_over(stream, peer, place, (&service, &stopping), &serving)),
            Err(error) => Err(error),
        };
        if let Err(error) = taken {
            tracing::error!(%error, "a connection could not be accepted");
            clock::pause(RETRY_PAUSE).await;
        }
    }
}

/// Has a connection served by another runtime than the one that accepted it.
fn hand_over(
    stream: TcpStream,
    peer: SocketAddr,
    place: ConnectionPlace,
    (service, stopping): (&Router, &Stopping),
    serving: &Handle,
) -> std::io::Result<()> {
    let (stream, service, stopping) = (stream.into_std()?, service.clone(), stopping.clone());
    serving.spawn(async move {
        match TcpStream::from_std(stream) {
            Ok(stream) => connect(stream, peer.ip(), place, service, stopping).await,
            Err(error) => tracing::error!(%error, "a connection cannot be served"),
        }
    });
    Ok(())
}

/// The place of a new connection. Those of a trusted proxy are of many people and have no share.
fn place(app: &App, peer: IpAddr) -> Option<ConnectionPlace> {
    let is_proxy = app.config.trusted_proxies.contains(&peer.to_canonical());
    let network = (!is_proxy).then(|| Network::of(peer));
    app.budgets.connections.take(network).map(|share| ConnectionPlace(Arc::new(share)))
}
