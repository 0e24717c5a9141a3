//! Ends TLS in front of a server, with a certificate made for the occasion.

use crate::world::free_port;
use anyhow::Result;
use std::sync::Arc;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::{TlsAcceptor, rustls::ServerConfig};

/// Starts a proxy to a port of this machine, for as long as the scenario's runtime lives. Returns its own port.
pub(crate) async fn start(to: u16) -> Result<u16> {
    // Another scenario may have been first.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()])?;
    let key = made.signing_key.serialize_der().try_into().map_err(anyhow::Error::msg)?;
    let config =
        ServerConfig::builder().with_no_client_auth().with_single_cert(vec![made.cert.into()], key)?;
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let port = free_port()?;
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    tokio::spawn(async move {
        while let Ok((incoming, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                // A browser that goes away in the middle is its own business.
                let (Ok(mut outside), Ok(mut inside)) =
                    (acceptor.accept(incoming).await, TcpStream::connect(("127.0.0.1", to)).await)
                else {
                    return;
                };
                let _ = tokio::io::copy_bidirectional(&mut outside, &mut inside).await;
            });
        }
    });
    Ok(port)
}
