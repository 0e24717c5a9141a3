//! Having a file looked at by the virus scanner that the operator has set up, if there is one.

use crate::{
    App,
    domain::chats::file_rules::has_client,
    error::AppError,
    scanner::{self, Verdict},
    storage::Parts,
    store::FileRow,
};
use causeway_api::CompanyId;
use futures_util::TryStreamExt as _;
use std::io;

/// What the scanner says of a file.
pub(super) enum Scanned {
    /// Nothing is wrong with it, or no one looks.
    Clean,
    /// It must not be sent.
    Bad,
    /// The scanner does not answer: it has to be asked again.
    Waits,
}

/// Has a file looked at. While the scanner does not answer, what a client would get waits.
pub(super) async fn scan(
    app: &App,
    company: CompanyId,
    file: &FileRow,
    parts: &Parts,
) -> Result<Scanned, AppError> {
    let Some(settings) = &app.config.scanner else { return Ok(Scanned::Clean) };
    match scanner::scan(settings, parts.stream().map_err(io::Error::other)).await {
        Ok(Verdict::Clean) => Ok(Scanned::Clean),
        Ok(Verdict::Found(name)) => {
            tracing::warn!(%name, file = %file.id, "the virus scanner refuses a file");
            Ok(Scanned::Bad)
        }
        Err(error) => {
            tracing::error!(%error, "the virus scanner does not answer");
            let is_skipped = settings.may_be_skipped && !has_client(app, company, file.chat).await?;
            Ok(if is_skipped { Scanned::Clean } else { Scanned::Waits })
        }
    }
}
