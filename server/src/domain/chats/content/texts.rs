//! What a message may say.

use crate::{
    App,
    actor::Actor,
    domain::features::{self, keys},
    error::AppError,
};
use causeway_api::validate::{self, Fault};

/// Checks the text of a message; a caption may be empty.
pub(in crate::domain::chats) async fn check_text(
    app: &App,
    actor: &Actor,
    text: &str,
    is_caption: bool,
) -> Result<(), AppError> {
    if is_caption && text.is_empty() {
        return Ok(());
    }
    let most = features::of(app, actor.company).await?.get(keys::MESSAGE_LIMIT);
    validate::message_text(text).map_err(|fault| AppError::Invalid("text", fault))?;
    let length = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
    if length > most { Err(AppError::Invalid("text", Fault::TooLong)) } else { Ok(()) }
}
