//! JSON that is handed on as it is.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// What browsers and authenticators say to each other: neither side of ours looks into it on the way, so it stays text.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Json(Box<RawValue>);

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text()
    }
}

impl Eq for Json {}

impl Json {
    /// From a text; nothing when it is no JSON.
    pub fn parse(text: String) -> Option<Self> {
        RawValue::from_string(text).ok().map(Self)
    }

    /// The text.
    pub fn text(&self) -> &str {
        self.0.get()
    }
}
