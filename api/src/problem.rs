//! The one error body of the API, shaped after RFC 9457.

use crate::PersonId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Why a request was refused. The text a person reads is chosen by this code, in that person's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// The body is not what this route takes, or a field is out of its bounds: see `fields`.
    Invalid,
    /// No session, or it has ended: sign in.
    SignedOut,
    /// The session belongs to another person than the page was loaded for: load the page anew.
    OtherPerson,
    /// Company, user name and password do not fit together, or there were too many tries.
    LoginRefused,
    /// Choose a password first: the one that was used was good for once.
    PasswordNeeded,
    /// An authenticator app or a passkey has to be set up before anything else.
    SecondFactorNeeded,
    /// Public registration is closed.
    RegistrationClosed,
    /// Do the work that the form asks for, and send it along.
    WorkNeeded,
    /// Confirm a code again: the last one was too long ago for this.
    ConfirmAgain,
    /// The code is wrong.
    CodeRefused,
    /// The code has expired, was used, or was tried too often: ask for another.
    CodeSpent,
    /// A link that was used, has expired, or was withdrawn.
    LinkSpent,
    /// The request came from another site.
    CrossSite,
    /// The role does not allow it.
    Forbidden,
    /// There is no such thing, or it is not yours.
    NotFound,
    /// The method does not exist on this path.
    MethodNotAllowed,
    /// It collides with what is there: see `fields`.
    Conflict,
    /// The body is larger than this route takes.
    TooLarge,
    /// The body is not JSON.
    UnsupportedMedia,
    /// Too often: wait `retry_after` seconds.
    TooMany,
    /// The request took too long to arrive.
    TimedOut,
    /// The server is at its limit or shutting down: try again.
    Busy,
    /// A fault of the server; the request id helps to find it in the log.
    Internal,
}

/// The body of every refused request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Problem {
    /// The reason, for programs.
    pub code: ProblemCode,
    /// The reason in English, for people who read logs.
    pub detail: String,
    /// Per field, the code of what is wrong with it (see [`crate::validate`]).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
    /// Whom the request collides with, where that helps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// Seconds to wait before the next try.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
    /// The id of the request, as in the header `x-request-id`.
    #[serde(default)]
    pub request_id: String,
}
