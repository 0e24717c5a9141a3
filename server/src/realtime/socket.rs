//! One socket: what was missed, then what happens, with pings; closed when its session ends.

use super::hub::{Outgoing, Registration, frame};
use crate::{
    App,
    domain::{
        features,
        sessions::{self, Actor},
        visibility,
    },
    limits,
};
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use causeway_api::{
    ServerFrame,
    events::{CLOSE_SIGNED_OUT, CLOSE_TRY_AGAIN},
};
use std::{sync::Arc, time::Duration};
use tokio::time::Instant;

/// Writes events behind `since` to the socket until either side ends it.
pub async fn serve(app: Arc<App>, actor: Actor, since: i64, mut socket: WebSocket) {
    // First a place in the hub, then the replay: nothing can fall between the two.
    let mut place = app.hub.register(actor.person, actor.session.clone());
    let code = match replay(&app, &actor, since, &mut socket).await {
        Ok(seen) => live(&app, &actor, seen, &mut place, &mut socket).await,
        Err(code) => code,
    };
    drop(place);
    if let Some(code) = code {
        let close = CloseFrame { code, reason: Utf8Bytes::default() };
        // The other side may be gone already; then there is nobody to tell.
        let _ = socket.send(Message::Close(Some(close))).await;
    }
}

fn text(frame: &ServerFrame) -> Message {
    Message::Text(serde_json::to_string(frame).unwrap_or_default().into())
}

/// Sends what was missed; answers the last event that was seen.
async fn replay(app: &App, actor: &Actor, since: i64, socket: &mut WebSocket) -> Result<i64, Option<u16>> {
    let mut seen = since;
    let (missed, last) =
        visibility::replay(app, actor, since, limits::REPLAY_MAX + 1).await.map_err(|error| {
            tracing::error!(%error, "events could not be replayed");
            Some(CLOSE_TRY_AGAIN)
        })?;
    // Whoever has seen more than there is saw another database: one that was restored from a backup since.
    let is_ahead = last.is_none() && since > 0 && is_beyond_the_log(app, actor, since).await;
    if is_ahead || u64::try_from(missed.len()).unwrap_or(u64::MAX) > limits::REPLAY_MAX {
        socket.send(text(&ServerFrame::Reload)).await.map_err(|_| None)?;
        return Err(Some(CLOSE_TRY_AGAIN));
    }
    for event in missed {
        socket.send(Message::Text(frame(event.seq, event.at, &event.json))).await.map_err(|_| None)?;
        seen = event.seq;
    }
    seen = last.unwrap_or(seen);
    socket.send(text(&ServerFrame::Live)).await.map_err(|_| None)?;
    Ok(seen)
}

async fn is_beyond_the_log(app: &App, actor: &Actor, since: i64) -> bool {
    match app.store.head(actor.company).await {
        Ok(head) => head.is_none_or(|head| since > head.seq),
        Err(error) => {
            tracing::error!(%error, "the end of the log could not be read");
            false
        }
    }
}

/// Passes events on as they come; answers the code to close with, or nothing when the other side has gone.
async fn live(
    app: &App,
    actor: &Actor,
    mut seen: i64,
    place: &mut Registration,
    socket: &mut WebSocket,
) -> Option<u16> {
    let millis = |limit: i64| Duration::from_millis(limit.unsigned_abs());
    let mut ping = tokio::time::interval(millis(limits::SOCKET_PING));
    ping.reset();
    let mut heard = Instant::now();
    loop {
        tokio::select! {
            next = place.inbox.recv() => match next {
                Some(Outgoing::Event(seq, frame)) if seq > seen => {
                    seen = seq;
                    let sent = tokio::time::timeout(millis(limits::BODY_STALL), socket.send(Message::Text(frame))).await;
                    if !matches!(sent, Ok(Ok(()))) {
                        return None;
                    }
                }
                Some(Outgoing::Event(..)) => {}
                Some(Outgoing::Close(code)) => return Some(code),
                None => return Some(CLOSE_TRY_AGAIN),
            },
            heard_now = socket.recv() => match heard_now {
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => heard = Instant::now(),
                Some(Ok(Message::Text(_) | Message::Binary(_))) => return Some(1003), // Nothing is said here.
                Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
            },
            _ = ping.tick() => {
                if heard.elapsed() > millis(limits::SOCKET_DEAD) {
                    return None;
                }
                if !is_signed_in(app, actor, place).await {
                    return Some(CLOSE_SIGNED_OUT);
                }
                // The ping is for this side; a page cannot see it and is told in words that all is well.
                let ping = socket.send(Message::Ping(axum::body::Bytes::new())).await;
                if ping.is_err() || socket.send(text(&ServerFrame::Live)).await.is_err() {
                    return None;
                }
            }
        }
    }
}

async fn is_signed_in(app: &App, actor: &Actor, place: &Registration) -> bool {
    let Some(hash) = place.session() else { return true };
    let features = match features::of(app, actor.company).await {
        Ok(features) => features,
        Err(error) => {
            tracing::error!(%error, "the features could not be read");
            return true;
        }
    };
    let idle = sessions::idle_limit(&features);
    match app.store.session_and_owner(&hash, app.clock.now()).await {
        Ok(found) => found.is_some_and(|(session, owner)| {
            !sessions::is_over(&session, idle, app.clock.now())
                && !sessions::must_set_up_second_factor(&features, session.side, owner)
        }),
        Err(error) => {
            tracing::error!(%error, "a session could not be read");
            true
        }
    }
}
