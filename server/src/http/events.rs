//! The event stream: a WebSocket that only the own origin may open.

use super::extract::CurrentMemberPassive;
use crate::{App, domain::sessions::Actor, error::AppError, limits, realtime};
use axum::{
    extract::{
        Query, State,
        rejection::QueryRejection,
        ws::{WebSocketUpgrade, rejection::WebSocketUpgradeRejection},
    },
    http::{HeaderMap, header},
    response::Response,
};
use causeway_api::Problem;
use serde::Deserialize;
use std::sync::Arc;

/// Where to resume.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Since {
    /// The last event that was seen.
    since: i64,
}

/// The event stream.
#[utoipa::path(get, path = "/api/events",
    responses((status = 101), (status = "default", body = Problem)))]
pub(super) async fn stream(
    State(app): State<Arc<App>>,
    CurrentMemberPassive(actor): CurrentMemberPassive,
    headers: HeaderMap,
    since: Result<Query<Since>, QueryRejection>,
    socket: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, AppError> {
    upgrade(app, actor, &headers, since, socket)
}

/// Turns the request into a socket. Browsers send cookies along whoever opens a socket, so the origin is
/// compared to the letter (OWASP: cross-site WebSocket hijacking).
pub(super) fn upgrade(
    app: Arc<App>,
    actor: Actor,
    headers: &HeaderMap,
    since: Result<Query<Since>, QueryRejection>,
    socket: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, AppError> {
    let mut origins = headers.get_all(header::ORIGIN).iter();
    let own = origins.next().is_some_and(|origin| app.config.is_own_origin(origin.as_bytes()));
    if !own || origins.next().is_some() {
        return Err(AppError::CrossSite);
    }
    let Query(Since { since }) = since.map_err(|error| AppError::Body(error.body_text()))?;
    let socket = socket.map_err(|error| AppError::Body(error.body_text()))?;
    Ok(socket
        .read_buffer_size(4 * 1024)
        .write_buffer_size(0)
        .max_write_buffer_size(1024 * 1024)
        .max_message_size(limits::SOCKET_MESSAGE_BYTES)
        .max_frame_size(limits::SOCKET_MESSAGE_BYTES)
        .on_upgrade(move |socket| realtime::serve(app, actor, since, socket)))
}
