//! The lab: it receives the mail and SMS that Causeway sends, for people (`/`) and for tests (`/api/messages`).

mod inbox;
mod page;
mod sms;
mod smtp;

use anyhow::Context as _;
use axum::{
    Router,
    routing::{get, post},
};
use clap::Parser;
use inbox::Inbox;

/// The outside world in a box. It listens on this machine only.
#[derive(Parser)]
struct Args {
    /// The port of the inbox page and of the SMS gateway.
    #[arg(long, default_value_t = 8081)]
    port: u16,
    /// The port of the mail server.
    #[arg(long, default_value_t = 8025)]
    smtp_port: u16,
}

async fn listen(port: u16) -> anyhow::Result<tokio::net::TcpListener> {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await;
    listener.with_context(|| format!("port {port} cannot be listened on; choose another one"))
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    let inbox = Inbox::default();
    let mail = listen(args.smtp_port).await?;
    let web = listen(args.port).await?;
    let router = Router::new()
        .route("/", get(page::show))
        .route("/api/messages", get(inbox::list))
        .route("/2010-04-01/Accounts/{account}/Messages.json", post(sms::receive))
        .with_state(inbox.clone());
    tokio::select! {
        ended = smtp::serve(mail, inbox) => ended,
        ended = axum::serve(web, router) => Ok(ended?),
    }
}
