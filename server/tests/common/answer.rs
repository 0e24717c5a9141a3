//! The answer to a request, as a type of the API or as a refusal.

use axum::http::HeaderMap;
use causeway_api::{Problem, ProblemCode};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
    pub(crate) text: String,
    pub(crate) json: Value,
}

impl Answer {
    /// Reads the body of a successful answer. Panics if it isn't a `T`.
    #[track_caller]
    pub(crate) fn read<T: DeserializeOwned>(&self) -> T {
        assert!(self.status < 400, "refused with {}: {}", self.status, self.text);
        self.parse()
    }

    /// Reads the body of a refusal. Panics if it isn't a problem.
    #[track_caller]
    pub(crate) fn problem(&self) -> Problem {
        assert!(self.status >= 400, "not refused but {}: {}", self.status, self.text);
        self.parse()
    }

    /// Returns the status and the code of a refusal.
    #[track_caller]
    pub(crate) fn refusal(&self) -> (u16, ProblemCode) {
        (self.status, self.problem().code)
    }

    /// Returns the status of a refusal and what is wrong with a field. Panics if the refusal doesn't name the field.
    #[track_caller]
    pub(crate) fn fault(&self, field: &str) -> (u16, &str) {
        let fault = self.json["fields"][field].as_str();
        (
            self.status,
            fault.unwrap_or_else(|| panic!("{field} isn't named in {}: {}", self.status, self.text)),
        )
    }

    #[track_caller]
    fn parse<T: DeserializeOwned>(&self) -> T {
        serde_json::from_str(&self.text).unwrap_or_else(|error| {
            panic!("{} isn't a {}: {error}: {}", self.status, std::any::type_name::<T>(), self.text)
        })
    }
}
