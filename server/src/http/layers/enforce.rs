//! The guard in front of a handler: the session is checked before the body is read, and the body has arrived before the
//! request takes its turn; but for parts of files, which are written as they arrive.

use super::guard::{Audience, Guard, SessionRule};
use crate::{
    App,
    actor::Actor,
    domain::sign_in::sessions::{self, Activity},
    error::AppError,
    http::extract::{address, body, cookies, text},
};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, Method, request::Parts},
    middleware::Next,
    response::Response,
};
use axum_extra::extract::CookieJar;
use causeway_api::{
    PersonId,
    paths::{PERSON_HEADER, Side},
};
use std::sync::Arc;

/// What is enforced, and with what.
#[derive(Clone)]
pub(in crate::http) struct Gate {
    pub(in crate::http) app: Arc<App>,
    pub(in crate::http) guard: Guard,
}

/// Lets a request through to its handler, which finds the checked actor among the extensions.
pub(in crate::http) async fn enforce(
    State(Gate { app, guard }): State<Gate>,
    request: Request,
    next: Next,
) -> Result<Response, AppError> {
    let (mut parts, body) = request.into_parts();
    {
        let _turn = app.budgets.turn().ok_or(AppError::Busy)?;
        text::check_address(&parts.uri)?;
        if let Some(actor) = check(&app, guard, &parts).await? {
            parts.extensions.insert(actor);
        }
    }
    if guard.is_streamed {
        let arriving = body::Arriving::new(&app, &parts, body, guard.body_limit)?;
        return arriving.into_handler(|body| next.run(Request::from_parts(parts, body))).await;
    }
    let body = if is_reading(&parts.method) {
        Body::empty()
    } else {
        body::arrive(&app, &parts, body, guard.body_limit).await?.into()
    };
    let _turn = app.budgets.turn().ok_or(AppError::Busy)?;
    Ok(next.run(Request::from_parts(parts, body)).await)
}

fn is_reading(method: &Method) -> bool {
    [Method::GET, Method::HEAD].contains(method)
}

async fn check(app: &App, guard: Guard, parts: &Parts) -> Result<Option<Actor>, AppError> {
    match guard.audience {
        Audience::Everyone => Ok(None),
        Audience::Holder(cookie) => {
            let jar = CookieJar::from_headers(&parts.headers);
            if cookies::read(&jar, cookie).is_some() { Ok(None) } else { Err(AppError::CodeSpent) }
        }
        Audience::Session(rule) => Ok(Some(check_session(app, rule, parts).await?)),
    }
}

async fn check_session(app: &App, rule: SessionRule, parts: &Parts) -> Result<Actor, AppError> {
    let actor = actor(app, rule.who.side(), parts).await?;
    check_page(parts, &actor)?;
    if rule.activity == Activity::Person {
        sessions::touch(app, &actor).await?;
    }
    rule.check(&actor, app.clock.now())?;
    Ok(actor)
}

/// The actor that a session cookie stands for.
async fn actor(app: &App, side: Side, parts: &Parts) -> Result<Actor, AppError> {
    let token = cookies::session_token(&parts.headers, side).ok_or(AppError::SignedOut)?;
    sessions::resume(app, &token, side, address::browser(app, parts)).await
}

/// Compares the person whom the page was loaded for with the one whose session it is: the cookie may have become that of
/// another person in a second tab. What changes something has to name its person.
fn check_page(parts: &Parts, actor: &Actor) -> Result<(), AppError> {
    match page_of(&parts.headers)? {
        Some(person) if person == actor.person => Ok(()),
        Some(_) => Err(AppError::OtherPerson),
        None if is_reading(&parts.method) => Ok(()),
        None => Err(AppError::Body(format!(
            "the header {PERSON_HEADER} must name the person whom the page was loaded for"
        ))),
    }
}

fn page_of(headers: &HeaderMap) -> Result<Option<PersonId>, AppError> {
    let Some(value) = headers.get(PERSON_HEADER) else { return Ok(None) };
    let parsed = value.to_str().ok().and_then(|text| text.parse().ok());
    parsed.map(Some).ok_or_else(|| AppError::Body(format!("the header {PERSON_HEADER} is no id")))
}
