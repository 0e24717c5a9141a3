//! A file or folder per screen: load, lay out, dispatch.

pub mod applications;
pub mod chats;
pub mod client_chat;
pub mod contacts;
mod live;
pub mod login;
pub mod not_found;
pub mod notifications;
pub mod portal;
mod public;
pub mod settings;
pub mod welcome;

use crate::{
    client::ClientError,
    i18n::{Arg, t, tx},
};
use causeway_api::ProblemCode;
use leptos::prelude::*;

/// Names the browser tab.
pub(crate) fn set_title(page: &str, unread: i64) {
    let count = if unread > 0 { format!("({unread}) ") } else { String::new() };
    document().set_title(&format!("{count}{page} · Causeway"));
}

/// What happened, and what to do, for failures that are the same everywhere.
pub(crate) fn explain(error: &ClientError) -> String {
    match (error, error.code()) {
        (ClientError::Offline, _) => t("error-offline"),
        (ClientError::Unreadable(_), _) => t("error-version"),
        (_, Some(ProblemCode::TooMany)) => t("error-too-many"),
        (_, Some(ProblemCode::Busy | ProblemCode::TimedOut)) => t("error-busy"),
        (_, Some(ProblemCode::Forbidden)) => t("error-forbidden"),
        (_, Some(ProblemCode::NotFound)) => t("error-not-found"),
        (ClientError::Refused(problem), _) => tx("error-internal", &[("id", Arg::Text(&problem.request_id))]),
    }
}

/// What is wrong with a field, in words.
pub(crate) fn field_fault(error: &ClientError, field: &str) -> Option<String> {
    error.field(field).map(|fault| t(&fault))
}
