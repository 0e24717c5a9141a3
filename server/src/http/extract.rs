//! What handlers are given: who acts, from where, and a checked body.

use super::cookies;
use crate::{
    App,
    domain::sessions::{self, Activity, Actor, Browser},
    error::AppError,
};
use axum::{
    Json,
    extract::{FromRequest, FromRequestParts, Path, Request, rejection::JsonRejection},
    http::{HeaderMap, header, request::Parts},
};
use axum_extra::extract::CookieJar;
use causeway_api::paths::Side;
use serde::de::DeserializeOwned;
use std::{
    net::{IpAddr, Ipv6Addr},
    sync::Arc,
};

/// The network address at the other end of the connection.
#[derive(Clone, Copy, Debug)]
pub struct PeerAddress(pub IpAddr);

/// An employee who did something. External users are refused: what is open to them takes [`CurrentMember`].
pub(super) struct CurrentUser(pub(super) Actor);

/// The same for a page that asks on its own: it keeps no session alive.
pub(super) struct CurrentUserPassive(pub(super) Actor);

/// An employee or an external user who did something.
pub(super) struct CurrentMember(pub(super) Actor);

/// The same for a page that asks on its own: it keeps no session alive.
pub(super) struct CurrentMemberPassive(pub(super) Actor);

/// Whoever is signed in to the portal, also somebody who has to choose a password before anything else.
pub(super) struct CurrentSession(pub(super) Actor);

/// Whoever is signed in to the portal and has a password, also somebody who has to set up a second factor before anything
/// else.
pub(super) struct CurrentAccount(pub(super) Actor);

/// The same for a page that asks on its own.
pub(super) struct CurrentSessionPassive(pub(super) Actor);

/// A client.
pub(super) struct CurrentClient(pub(super) Actor);

async fn actor(parts: &Parts, app: &App, side: Side, activity: Activity) -> Result<Actor, AppError> {
    let jar = CookieJar::from_headers(&parts.headers);
    // Two cookies of one name would let a neighbour on the host choose which one counts.
    let name = cookies::session(side);
    if jar.iter().filter(|cookie| cookie.name() == name).count() > 1 {
        return Err(AppError::SignedOut);
    }
    let token = cookies::read(&jar, name).ok_or(AppError::SignedOut)?;
    let browser = browser(app, &parts.headers, parts.extensions.get().copied());
    sessions::resume(app, &token, side, activity, browser).await
}

/// Somebody in the portal who has a password, and what else the company asks for.
async fn member(parts: &Parts, app: &App, activity: Activity) -> Result<Actor, AppError> {
    let actor = actor(parts, app, Side::Portal, activity).await?;
    if actor.must_set_password {
        return Err(AppError::PasswordNeeded);
    }
    if actor.must_set_up_second_factor { Err(AppError::SecondFactorNeeded) } else { Ok(actor) }
}

impl FromRequestParts<Arc<App>> for CurrentUser {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, AppError> {
        let actor = member(parts, app, Activity::Person).await?;
        if actor.is_external() { Err(AppError::Forbidden) } else { Ok(Self(actor)) }
    }
}

impl FromRequestParts<Arc<App>> for CurrentUserPassive {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, AppError> {
        let actor = member(parts, app, Activity::Page).await?;
        if actor.is_external() { Err(AppError::Forbidden) } else { Ok(Self(actor)) }
    }
}

impl FromRequestParts<Arc<App>> for CurrentMember {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, AppError> {
        Ok(Self(member(parts, app, Activity::Person).await?))
    }
}

impl FromRequestParts<Arc<App>> for CurrentMemberPassive {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, AppError> {
        Ok(Self(member(parts, app, Activity::Page).await?))
    }
}

impl FromRequestParts<Arc<App>> for CurrentSession {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, AppError> {
        Ok(Self(actor(parts, app, Side::Portal, Activity::Person).await?))
    }
}

impl FromRequestParts<Arc<App>> for CurrentAccount {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, AppError> {
        let actor = actor(parts, app, Side::Portal, Activity::Person).await?;
        if actor.must_set_password { Err(AppError::PasswordNeeded) } else { Ok(Self(actor)) }
    }
}

impl FromRequestParts<Arc<App>> for CurrentSessionPassive {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, AppError> {
        Ok(Self(actor(parts, app, Side::Portal, Activity::Page).await?))
    }
}

impl FromRequestParts<Arc<App>> for CurrentClient {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, AppError> {
        Ok(Self(actor(parts, app, Side::Client, Activity::Person).await?))
    }
}

impl FromRequestParts<Arc<App>> for Browser {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, AppError> {
        Ok(browser(app, &parts.headers, parts.extensions.get().copied()))
    }
}

fn browser(app: &App, headers: &HeaderMap, peer: Option<PeerAddress>) -> Browser {
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or("");
    Browser {
        address: address(app, headers, peer),
        agent: agent.chars().filter(|c| !c.is_control()).take(300).collect(),
    }
}

/// The address a request comes from, for the log.
pub(super) fn client_address(app: &App, request: &Request) -> String {
    address(app, request.headers(), request.extensions().get().copied())
}

/// The nearest address that is not one of our proxies; `X-Forwarded-For` counts only behind one of them.
fn address(app: &App, headers: &HeaderMap, peer: Option<PeerAddress>) -> String {
    let peer = peer.map_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED), |peer| peer.0.to_canonical());
    let trusted = |address: &IpAddr| app.config.trusted_proxies.contains(address);
    let mut nearest = peer;
    if trusted(&peer) {
        let forwarded = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
        let hops: Vec<&str> = forwarded.flat_map(|value| value.split(',')).map(str::trim).collect();
        for hop in hops.into_iter().rev() {
            let Ok(hop) = hop.parse::<IpAddr>() else { break };
            nearest = hop.to_canonical();
            if !trusted(&nearest) {
                break;
            }
        }
    }
    match nearest {
        IpAddr::V4(v4) => v4.to_string(),
        // One subscriber holds a /64.
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

/// A JSON body of exactly the shape of `T`.
pub(super) struct JsonBody<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<Arc<App>> for JsonBody<T> {
    type Rejection = AppError;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, AppError> {
        match Json::<T>::from_request(request, app).await {
            Ok(Json(body)) => Ok(Self(body)),
            Err(JsonRejection::MissingJsonContentType(_)) => Err(AppError::UnsupportedMedia),
            Err(JsonRejection::BytesRejection(error)) if error.status().as_u16() == 413 => {
                Err(AppError::TooLarge)
            }
            Err(JsonRejection::BytesRejection(_)) => Err(AppError::TimedOut),
            Err(other) => Err(AppError::Body(other.body_text())),
        }
    }
}

/// An id in the path. What is no id cannot name anything: 404.
pub(super) struct Id<T>(pub(super) T);

impl<T: DeserializeOwned + Send + 'static> FromRequestParts<Arc<App>> for Id<T> {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, AppError> {
        let Path(id) = Path::<T>::from_request_parts(parts, app).await.map_err(|_| AppError::NotFound)?;
        Ok(Self(id))
    }
}
