//! The event stream: a WebSocket that only the own origin may open.

use super::extract::{Current, address::network_of, query::Query};
use crate::{
    App,
    actor::Actor,
    error::AppError,
    limits, realtime,
    shares::{ConnectionPlace, Network},
};
use axum::{
    extract::{FromRequestParts, State, ws::WebSocketUpgrade},
    http::{header, request::Parts},
    response::Response,
};
use causeway_api::{PersonId, Problem, query::Seq};
use serde::Deserialize;
use std::sync::Arc;

/// Where to resume.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Since {
    /// The last event that was seen.
    since: Seq,
    /// The person whom the page was loaded for.
    person: PersonId,
}

/// The event stream.
#[utoipa::path(get, path = "/api/events",
    responses((status = 101), (status = "default", body = Problem)))]
pub(super) async fn stream(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Query(since): Query<Since>,
    opening: Opening,
) -> Result<Response, AppError> {
    opening.upgrade(app, actor, since)
}

/// A request that may become a socket.
pub(super) struct Opening {
    socket: WebSocketUpgrade,
    network: Network,
    /// The place of the connection that becomes the socket.
    connection: Option<ConnectionPlace>,
}

impl FromRequestParts<Arc<App>> for Opening {
    type Rejection = AppError;

    /// Browsers send cookies along whoever opens a socket, so the origin is compared to the letter (OWASP: cross-site
    /// WebSocket hijacking).
    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, AppError> {
        let mut origins = parts.headers.get_all(header::ORIGIN).iter();
        let own = origins.next().is_some_and(|origin| app.config.is_own_origin(origin.as_bytes()));
        if !own || origins.next().is_some() {
            return Err(AppError::CrossSite);
        }
        let network = network_of(app, parts);
        let connection = parts.extensions.get().cloned();
        let socket = WebSocketUpgrade::from_request_parts(parts, app).await;
        let socket = socket.map_err(|error| AppError::Body(error.body_text()))?;
        Ok(Self { socket, network, connection })
    }
}

impl Opening {
    /// Turns the request into a socket, which holds a place of its own and that of its connection.
    pub(super) fn upgrade(self, app: Arc<App>, actor: Actor, since: Since) -> Result<Response, AppError> {
        // A socket cannot send a header of its own, so its page names the person in the address.
        if since.person != actor.person {
            return Err(AppError::OtherPerson);
        }
        let Self { socket, network, connection } = self;
        let place = app.budgets.sockets.take(Some(network)).ok_or(AppError::Busy)?;
        Ok(socket
            .read_buffer_size(4 * 1024)
            .write_buffer_size(0)
            .max_write_buffer_size(1024 * 1024)
            .max_message_size(limits::SOCKET_MESSAGE_BYTES)
            .max_frame_size(limits::SOCKET_MESSAGE_BYTES)
            .on_upgrade(async move |socket| {
                realtime::serve(app, actor, since.since.get(), socket).await;
                drop((place, connection));
            }))
    }
}
