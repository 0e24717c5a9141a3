//! What was received, newest first.

use axum::{
    Json,
    extract::{Query, State},
};
use serde::{Deserialize, Serialize};
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{SystemTime, UNIX_EPOCH},
};

/// A mail or SMS that arrived.
#[derive(Clone, Serialize)]
pub(crate) struct Received {
    pub(crate) id: u64,
    /// `sms` or `email`.
    pub(crate) kind: &'static str,
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) text: String,
    /// Milliseconds since 1970.
    #[serde(rename = "received_at")]
    pub(crate) at: u64,
}

/// Everything received since the start.
#[derive(Clone, Default)]
pub(crate) struct Inbox(Arc<Mutex<Vec<Received>>>);

impl Inbox {
    /// Takes a message in and returns its id.
    pub(crate) fn receive(&self, kind: &'static str, to: String, subject: String, text: String) -> u64 {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let id = all.len() as u64 + 1;
        all.push(Received { id, kind, to, subject, text, at: now() });
        id
    }

    /// What arrived for an address, or for everyone, newest first.
    pub(crate) fn messages(&self, to: Option<&str>) -> Vec<Received> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let wanted = |message: &&Received| to.is_none_or(|to| message.to.eq_ignore_ascii_case(to));
        all.iter().rev().filter(wanted).cloned().collect()
    }
}

#[expect(clippy::disallowed_methods, reason = "the lab is the outside world; it has its own clock")]
fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}

/// Which messages.
#[derive(Deserialize)]
pub(crate) struct Filter {
    to: Option<String>,
}

/// `GET /api/messages?to=ADDRESS`.
pub(crate) async fn list(State(inbox): State<Inbox>, Query(filter): Query<Filter>) -> Json<Vec<Received>> {
    // A plus sign in a query means a space to some programs; a phone number has no spaces.
    let to = filter.to.map(|to| if to.starts_with(' ') { to.replacen(' ', "+", 1) } else { to });
    Json(inbox.messages(to.as_deref()))
}
