//! Why something that was sent did not succeed.

use crate::client::ClientError;

/// Why something that was sent did not succeed.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// The server refused it or was out of reach.
    Refused(ClientError),
    /// This browser or device did not do its part, for the reason in the text with this id.
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
