//! How a request is refused.
//!
//! Which error type where: the store answers `StoreError`; rules and handlers answer [`AppError`]; the wire
//! carries `Problem`, and this file is the only place that makes one. What went wrong inside is logged under
//! the request's id and never sent.

use crate::store::{JobError, StoreError};
use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use causeway_api::{PersonId, Problem, ProblemCode, validate::Fault};
use std::collections::BTreeMap;
use thiserror::Error;

/// Why a request is refused.
#[derive(Debug, Error)]
pub enum AppError {
    /// A field is out of its bounds: which, and the code of what is wrong.
    #[error("the field {0} is not valid: {1}")]
    Invalid(&'static str, Fault),
    /// Several fields are out of their bounds.
    #[error("several fields are not valid")]
    InvalidFields(BTreeMap<&'static str, Fault>),
    /// A part of the body, named as it is there, is out of its bounds.
    #[error("the part {0} is not valid: {1}")]
    InvalidPart(String, Fault),
    /// The last code was confirmed too long ago for this.
    #[error("confirm a code again: the last one was too long ago for this")]
    ConfirmAgain,
    /// A password has to be chosen before anything else.
    #[error("choose a password first: the one that was used was good for once")]
    PasswordNeeded,
    /// An authenticator app or a passkey has to be set up before anything else.
    #[error("set up an authenticator app or a passkey first: your company asks for one")]
    SecondFactorNeeded,
    /// Public registration is closed.
    #[error("public registration is closed")]
    RegistrationClosed,
    /// Work has to be done first.
    #[error("do the work that the form asks for, and send it along")]
    WorkNeeded,
    /// The body does not fit this route.
    #[error("the body is not what this route takes: {0}")]
    Body(String),
    /// No one is signed in.
    #[error("no session, or it has ended")]
    SignedOut,
    /// Company, user name and password do not fit together.
    #[error("company, user name and password do not fit together, or there were too many tries")]
    LoginRefused,
    /// The code is wrong.
    #[error("the code is wrong")]
    CodeRefused,
    /// The code can no longer be used.
    #[error("the code has expired, was used, or was tried too often")]
    CodeSpent,
    /// The link can no longer be used.
    #[error("the link was used, has expired, or was withdrawn")]
    LinkSpent,
    /// The session belongs to another person than the page was loaded for.
    #[error("the session in this browser is another person's by now; load the page anew")]
    OtherPerson,
    /// The request came from another site.
    #[error("the request came from another site")]
    CrossSite,
    /// The role does not allow it.
    #[error("this role may not do that")]
    Forbidden,
    /// There is no such thing, or it belongs to someone else.
    #[error("there is no such thing here")]
    NotFound,
    /// The path has no such method.
    #[error("this path has no such method")]
    MethodNotAllowed,
    /// It collides with what is there.
    #[error("the field {0} collides with what is there: {1}")]
    Conflict(&'static str, Fault),
    /// Someone else has it: the field, the code of what is wrong, and who.
    #[error("the field {0} is taken: {1}")]
    Taken(&'static str, Fault, PersonId),
    /// The body is too large.
    #[error("the body is too large")]
    TooLarge,
    /// The body is not JSON.
    #[error("the body must be application/json")]
    UnsupportedMedia,
    /// Too often.
    #[error("too often; wait {0} seconds")]
    TooMany(u32),
    /// The request took too long to arrive.
    #[error("the request took too long to arrive")]
    TimedOut,
    /// The server is at its limit, or cannot write.
    #[error("the server is at its limit or cannot write now; nothing was stored, try again in a moment")]
    Busy,
    /// Two requests waited for each other, again and again.
    #[error("the request collided with others; nothing was stored, try again in a moment")]
    Collided,
    /// A fault of the server.
    #[error("a fault of the server")]
    Internal(#[source] anyhow::Error),
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stopped | StoreError::Busy | StoreError::NotStored(_) => Self::Busy,
            StoreError::Collided(_) => Self::Collided,
            StoreError::TooFast(seconds) => Self::TooMany(seconds),
            StoreError::NoUserPlace => Self::Conflict("users", Fault::NoPlace),
            StoreError::NoCursor => Self::Invalid("cursor", Fault::Type),
            StoreError::EmailUsed => Self::Conflict("email", Fault::EmailUsed),
            other => Self::Internal(other.into()),
        }
    }
}

impl JobError for AppError {
    fn is_collision(&self) -> bool {
        matches!(self, Self::Collided)
    }
}

impl AppError {
    fn parts(&self) -> (StatusCode, ProblemCode) {
        use ProblemCode as Code;
        match self {
            Self::ConfirmAgain => (StatusCode::FORBIDDEN, Code::ConfirmAgain),
            Self::PasswordNeeded => (StatusCode::FORBIDDEN, Code::PasswordNeeded),
            Self::SecondFactorNeeded => (StatusCode::FORBIDDEN, Code::SecondFactorNeeded),
            Self::RegistrationClosed => (StatusCode::CONFLICT, Code::RegistrationClosed),
            Self::WorkNeeded => (StatusCode::FORBIDDEN, Code::WorkNeeded),
            Self::Invalid(..) | Self::InvalidPart(..) | Self::InvalidFields(_) => {
                (StatusCode::UNPROCESSABLE_ENTITY, Code::Invalid)
            }
            Self::Body(_) => (StatusCode::BAD_REQUEST, Code::Invalid),
            Self::SignedOut => (StatusCode::UNAUTHORIZED, Code::SignedOut),
            Self::LoginRefused => (StatusCode::UNAUTHORIZED, Code::LoginRefused),
            Self::CodeRefused => (StatusCode::UNAUTHORIZED, Code::CodeRefused),
            Self::CodeSpent => (StatusCode::UNAUTHORIZED, Code::CodeSpent),
            Self::LinkSpent => (StatusCode::GONE, Code::LinkSpent),
            Self::OtherPerson => (StatusCode::CONFLICT, Code::OtherPerson),
            Self::CrossSite => (StatusCode::FORBIDDEN, Code::CrossSite),
            Self::Forbidden => (StatusCode::FORBIDDEN, Code::Forbidden),
            Self::NotFound => (StatusCode::NOT_FOUND, Code::NotFound),
            Self::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, Code::MethodNotAllowed),
            Self::Conflict(..) | Self::Taken(..) => (StatusCode::CONFLICT, Code::Conflict),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, Code::TooLarge),
            Self::UnsupportedMedia => (StatusCode::UNSUPPORTED_MEDIA_TYPE, Code::UnsupportedMedia),
            Self::TooMany(_) => (StatusCode::TOO_MANY_REQUESTS, Code::TooMany),
            Self::TimedOut => (StatusCode::REQUEST_TIMEOUT, Code::TimedOut),
            Self::Busy | Self::Collided => (StatusCode::SERVICE_UNAVAILABLE, Code::Busy),
            Self::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, Code::Internal),
        }
    }
}

/// A problem on its way out; the outermost layer writes the request's id into it.
#[derive(Clone)]
pub(crate) struct PendingProblem(pub(crate) Problem);

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let (status, code) = self.parts();
        if let Self::Internal(source) = &self {
            tracing::error!(error = format!("{source:#}"), "request failed");
        }
        let retry_after = match &self {
            Self::TooMany(seconds) => Some(*seconds),
            Self::Busy | Self::Collided => Some(1),
            _ => None,
        };
        let fields = match &self {
            Self::Invalid(field, fault) | Self::Conflict(field, fault) | Self::Taken(field, fault, _) => {
                BTreeMap::from([((*field).to_owned(), (*fault).into())])
            }
            Self::InvalidPart(part, fault) => BTreeMap::from([(part.clone(), (*fault).into())]),
            Self::InvalidFields(fields) => {
                fields.iter().map(|(field, fault)| ((*field).to_owned(), (*fault).into())).collect()
            }
            _ => BTreeMap::new(),
        };
        let person = if let Self::Taken(_, _, person) = &self { Some(*person) } else { None };
        let problem = Problem {
            code,
            detail: self.to_string(),
            fields,
            person,
            retry_after,
            request_id: String::new(),
        };
        let mut response = (status, Json(&problem)).into_response();
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(PendingProblem(problem));
        response
    }
}
