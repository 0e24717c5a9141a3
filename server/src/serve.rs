//! Serving: connections on hyper with time-outs and a cap, the workers beside it, and a graceful stop.
//!
//! Not `axum::serve`: that keeps a half-sent request header open for ever and sets no `TCP_NODELAY`.

use crate::{
    App, clock,
    domain::{operator, password_reset, registration},
    http::{PeerAddress, admin_router},
    limits, outbox, push, router,
    store::StoreError,
};
use anyhow::Context as _;
use axum::{Router, extract::Request};
use hyper::body::Incoming;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto, graceful::GracefulShutdown},
};
use std::{future::Future, net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};
use tower::ServiceExt as _;

/// Listens on the configured addresses; answers the listeners, so that a port of 0 can be learnt.
pub async fn listen(addresses: &[SocketAddr]) -> anyhow::Result<Vec<TcpListener>> {
    let mut listeners = Vec::new();
    for address in addresses {
        let listener = TcpListener::bind(address)
            .await
            .with_context(|| format!("the setting `listen` names {address}, which cannot be listened on"))?;
        listeners.push(listener);
    }
    Ok(listeners)
}

/// Serves until `stop` is ready, then lets requests finish, closes the sockets and writes what is queued.
pub async fn run(
    app: Arc<App>,
    listeners: Vec<TcpListener>,
    stop: impl Future<Output = ()>,
) -> anyhow::Result<()> {
    let (layer, handle) = axum_prometheus::PrometheusMetricLayer::pair();
    let service = router(app.clone()).layer(layer);
    let mut tasks = tokio::task::JoinSet::new();
    tasks.spawn(outbox::run(app.clone()));
    tasks.spawn(password_reset::run(app.clone()));
    tasks.spawn(push::run(app.clone()));
    tasks.spawn(keep_tidy(app.clone()));
    tasks.spawn(operator::run(app.clone()));
    if let Some(address) = app.config.admin_listen {
        let hub = app.hub.clone();
        let admin = admin_router(move || format!("{}causeway_sockets {}\n", handle.render(), hub.count()));
        let listener = listen(&[address]).await?.remove(0);
        tasks.spawn(async move {
            if let Err(error) = axum::serve(listener, admin).await {
                tracing::error!(%error, "the admin listener ended");
            }
        });
    }
    let graceful = Arc::new(GracefulShutdown::new());
    let connections = Arc::new(Semaphore::new(limits::CONNECTIONS));
    let mut accepting = tokio::task::JoinSet::new();
    for listener in listeners {
        accepting.spawn(accept(listener, service.clone(), connections.clone(), graceful.clone()));
    }
    stop.await;
    tracing::info!(event = "stopping", "no new connections");
    accepting.shutdown().await;
    app.hub.close_all();
    if let Ok(graceful) = Arc::try_unwrap(graceful) {
        tokio::select! {
            () = graceful.shutdown() => {}
            () = clock::pause(5 * clock::SECOND) => tracing::warn!("some requests did not finish in time"),
        }
    }
    tasks.shutdown().await;
    app.store.close().await;
    Ok(())
}

async fn accept(
    listener: TcpListener,
    service: Router,
    connections: Arc<Semaphore>,
    graceful: Arc<GracefulShutdown>,
) {
    loop {
        let Ok(turn) = connections.clone().acquire_owned().await else { return };
        match listener.accept().await {
            Ok((stream, peer)) => {
                let connection = connect(stream, peer, service.clone(), &graceful);
                tokio::spawn(async move {
                    connection.await;
                    drop(turn);
                });
            }
            Err(error) => {
                // Mostly "too many open files": the next try needs a moment.
                tracing::error!(%error, "a connection could not be accepted");
                clock::pause(50).await;
            }
        }
    }
}

fn connect(
    stream: TcpStream,
    peer: SocketAddr,
    service: Router,
    graceful: &GracefulShutdown,
) -> impl Future<Output = ()> + use<> {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "TCP_NODELAY");
    }
    let service = hyper::service::service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(PeerAddress(peer.ip()));
        service.clone().oneshot(request)
    });
    let mut builder = auto::Builder::new(TokioExecutor::new()).http1_only();
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(Duration::from_millis(limits::HEADER_TIMEOUT.unsigned_abs()))
        .max_buf_size(limits::HEADER_BYTES);
    let connection = builder.serve_connection_with_upgrades(TokioIo::new(stream), service);
    let watched = graceful.watch(connection.into_owned());
    async move {
        if let Err(error) = watched.await {
            tracing::debug!(%error, "a connection ended");
        }
    }
}

/// Forgets once a minute what has ended.
async fn keep_tidy(app: Arc<App>) {
    loop {
        clock::pause(clock::MINUTE).await;
        let now = app.clock.now();
        let tidied = app
            .store
            .write(move |tx| {
                Box::pin(async move {
                    tx.purge_sessions(now).await?;
                    tx.purge_guards(now - clock::DAY).await?;
                    Ok::<_, StoreError>(())
                })
            })
            .await;
        let tidied = match tidied {
            Ok(()) => registration::expire(&app).await,
            failed => failed,
        };
        if let Err(error) = tidied {
            tracing::error!(%error, "tidying up failed");
        }
    }
}
