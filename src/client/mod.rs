//! The only code that talks to the server.
//!
//! One function sends and decodes; every failure is a [`ClientError`], so that a screen can say what to do.

pub mod audit;
pub mod auth;
pub mod chats;
pub mod contacts;
pub mod devices;
pub mod events;
pub mod features;
pub mod files;
pub mod identity;
pub mod notifications;
pub mod onboarding;
pub mod people;
pub mod presence;
pub mod push;
pub mod registration;
pub mod saved_replies;
pub mod search;
pub mod second_factors;
pub mod users;

use causeway_api::{
    PersonId, Problem, ProblemCode,
    paths::{PERSON_HEADER, REPLACE, REPLACE_HEADER},
};
use gloo_net::http::{Method, Request, RequestBuilder, Response};
use serde::{Serialize, de::DeserializeOwned};
use std::fmt;

/// Why a request did not succeed.
#[derive(Clone, Debug, PartialEq)]
pub enum ClientError {
    /// The server could not be reached.
    Offline,
    /// The server refused.
    Refused(Box<Problem>),
    /// The answer cannot be read: server and application are of different versions.
    Unreadable(String),
}

impl fmt::Display for ClientError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Offline => f.write_str("offline"),
            Self::Refused(problem) => f.write_str(&problem.detail),
            Self::Unreadable(what) => f.write_str(what),
        }
    }
}

impl ClientError {
    /// The reason of a refusal.
    pub fn code(&self) -> Option<ProblemCode> {
        match self {
            Self::Refused(problem) => Some(problem.code),
            _ => None,
        }
    }

    /// What is wrong with a field, as the id of a text.
    pub fn field(&self, name: &str) -> Option<String> {
        match self {
            Self::Refused(problem) => problem.fields.get(name).cloned(),
            _ => None,
        }
    }

    /// Whom the request collided with.
    pub fn person(&self) -> Option<PersonId> {
        if let Self::Refused(problem) = self { problem.person } else { None }
    }

    /// Whether the session has ended.
    pub fn is_signed_out(&self) -> bool {
        self.code() == Some(ProblemCode::SignedOut)
    }

    /// Whether another person is signed in here.
    pub fn is_other_person(&self) -> bool {
        self.code() == Some(ProblemCode::OtherPerson)
    }

    /// Whether the same request may succeed later.
    pub fn is_passing(&self) -> bool {
        matches!(
            (self, self.code()),
            (Self::Offline, _)
                | (
                    _,
                    Some(
                        ProblemCode::Busy
                            | ProblemCode::Internal
                            | ProblemCode::TimedOut
                            | ProblemCode::TooMany
                    )
                )
        )
    }
}

/// A result of this module.
pub type Result<T> = std::result::Result<T, ClientError>;

/// A path with a query behind it; what a query leaves at its usual value is left out.
fn asking(path: &str, query: &impl Serialize) -> Result<String> {
    let query =
        serde_urlencoded::to_string(query).map_err(|error| ClientError::Unreadable(error.to_string()))?;
    Ok(if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") })
}

/// What to do with the session of another person that is open in this browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherSession {
    /// Leave it alone: the door refuses with `other_person`, and the page asks.
    Keep,
    /// End it.
    Replace,
}

/// Sends a request of the page, in the name of the person whom the page is for.
async fn send(method: Method, path: &str, body: Option<String>) -> Result<Response> {
    if identity::is_over_now() {
        return Err(identity::other_person());
    }
    let request = RequestBuilder::new(path).method(method);
    let answer = exchange(named(request, identity::person()), body).await;
    if answer.as_ref().is_err_and(ClientError::is_other_person) {
        identity::end();
    }
    answer
}

fn named(request: RequestBuilder, person: Option<PersonId>) -> RequestBuilder {
    match person {
        Some(person) => request.header(PERSON_HEADER, &person.to_string()),
        None => request,
    }
}

/// Sends what opens a session. A refusal because of another person's session says nothing about this page.
async fn open_door(
    method: Method,
    path: &str,
    body: Option<String>,
    other: OtherSession,
) -> Result<Response> {
    let request = RequestBuilder::new(path).method(method);
    let request = match other {
        OtherSession::Keep => request,
        OtherSession::Replace => request.header(REPLACE_HEADER, REPLACE),
    };
    exchange(request, body).await
}

async fn exchange(request: RequestBuilder, body: Option<String>) -> Result<Response> {
    let request = match body {
        Some(json) => request.header("content-type", "application/json").body(json),
        None => request.build(),
    };
    let response =
        request.map_err(|_| ClientError::Offline)?.send().await.map_err(|_| ClientError::Offline)?;
    if response.ok() {
        return Ok(response);
    }
    let text = response.text().await.map_err(|_| ClientError::Offline)?;
    match serde_json::from_str::<Problem>(&text) {
        Ok(problem) => Err(ClientError::Refused(Box::new(problem))),
        // A proxy in between answers in its own words.
        Err(_) => Err(ClientError::Offline),
    }
}

async fn decode<T: DeserializeOwned>(response: Response) -> Result<T> {
    let text = response.text().await.map_err(|_| ClientError::Offline)?;
    serde_json::from_str(&text).map_err(|error| ClientError::Unreadable(error.to_string()))
}

fn encode(body: &impl Serialize) -> Result<Option<String>> {
    serde_json::to_string(body).map(Some).map_err(|error| ClientError::Unreadable(error.to_string()))
}

async fn get<T: DeserializeOwned>(path: &str) -> Result<T> {
    decode(send(Method::GET, path, None).await?).await
}

async fn post<T: DeserializeOwned>(path: &str, body: &impl Serialize) -> Result<T> {
    decode(send(Method::POST, path, encode(body)?).await?).await
}

async fn put<T: DeserializeOwned>(path: &str, body: &impl Serialize) -> Result<T> {
    decode(send(Method::PUT, path, encode(body)?).await?).await
}

async fn post_quietly(path: &str, body: &impl Serialize) -> Result<()> {
    send(Method::POST, path, encode(body)?).await.map(|_| ())
}

async fn delete(path: &str) -> Result<()> {
    send(Method::DELETE, path, None).await.map(|_| ())
}

/// The emoji with their names in a language, as JSON.
pub async fn emoji(language: &str) -> Result<String> {
    static_text(&format!("/emoji/{language}.json")).await
}

/// The texts of a language: all of them (`interface`), or those of one bundle.
pub async fn texts(language: &str, file: &str) -> Result<String> {
    static_text(&format!("/texts/{language}/{file}.json")).await
}

/// A file that is served as it is.
async fn static_text(path: &str) -> Result<String> {
    let response = Request::get(path).send().await.map_err(|_| ClientError::Offline)?;
    if !response.ok() {
        return Err(ClientError::Offline);
    }
    response.text().await.map_err(|_| ClientError::Offline)
}
