//! Why something that was sent did not succeed.

use crate::client::ClientError;

/// Why something that was sent did not succeed.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// The server refused it or was unreachable.
    Refused(ClientError),
    /// This device failed; the id of the text that says why.
    Local(&'static str),
}

impl From<ClientError> for Failure {
    fn from(refused: ClientError) -> Self {
        Self::Refused(refused)
    }
}

impl From<&'static str> for Failure {
    fn from(text: &'static str) -> Self {
        Self::Local(text)
    }
}
