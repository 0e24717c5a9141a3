//! One socket: what was missed, then what happens, with pings; closed when its session ends. Nothing is written without a
//! deadline, so a page that does not read costs no more than what waits for it.

use super::{
    hub::{self, News, Subscription, frame},
    sockets::QueuedFrame,
};
use crate::{
    App,
    actor::Actor,
    domain::{
        chats::visibility::{self, ReplayPage},
        features, presence,
        sign_in::sessions,
    },
    error::AppError,
    limits,
};
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use causeway_api::{
    ServerFrame,
    events::{CLOSE_SIGNED_OUT, CLOSE_TRY_AGAIN},
    presence::ClientFrame,
    signals::Signal,
};
use std::{sync::Arc, time::Duration};
use tokio::time::Instant;

/// Why a socket ends: a code to close with, or `None` when the other side is gone or does not read.
type Ending = Option<u16>;

/// Writes events behind `since` to the socket until either side ends it.
pub async fn serve(app: Arc<App>, actor: Actor, since: i64, socket: WebSocket) {
    // First a place in the hub, then the replay: nothing can fall between the two.
    let place = app.hub.register(actor.key(), actor.session.clone());
    let mut line = Line { app: &app, actor: &actor, place, socket, seen: since };
    let ending = match line.replay().await {
        Ok(()) => line.live().await,
        Err(ending) => ending,
    };
    if let Some(code) = ending {
        line.close(code).await;
    }
}

/// WebSocket close code: a frame of a kind that is not taken here (RFC 6455, 7.4.1).
const CLOSE_UNSUPPORTED: u16 = 1003;
/// WebSocket close code: a frame that breaks a rule of ours (RFC 6455, 7.4.1).
const CLOSE_POLICY: u16 = 1008;

fn millis(limit: i64) -> Duration {
    Duration::from_millis(limit.unsigned_abs())
}

fn text(frame: &ServerFrame) -> Message {
    Message::Text(hub::text(frame))
}

/// A socket on its way through replay and live events.
struct Line<'a> {
    app: &'a App,
    actor: &'a Actor,
    place: Subscription,
    socket: WebSocket,
    /// The last event that was written.
    seen: i64,
}

impl Line<'_> {
    /// Writes a message within its deadline, unless the hub ends the socket meanwhile.
    async fn send(&mut self, message: Message) -> Result<(), Ending> {
        let sent = tokio::time::timeout(millis(limits::SOCKET_SEND), self.socket.send(message));
        tokio::select! {
            biased;
            code = self.place.ended() => Err(Some(code)),
            sent = sent => if matches!(sent, Ok(Ok(()))) { Ok(()) } else { Err(None) },
        }
    }

    /// Says why the socket ends. A page that does not read is not waited for.
    async fn close(&mut self, code: u16) {
        let close = Message::Close(Some(CloseFrame { code, reason: Utf8Bytes::default() }));
        // The other side may be gone already; then there is no one to tell.
        let _ = tokio::time::timeout(millis(limits::SOCKET_CLOSE), self.socket.send(close)).await;
    }

    /// Writes what was missed, a page at a time.
    async fn replay(&mut self) -> Result<(), Ending> {
        let mut replayed = 0;
        loop {
            let page = self.missed().await?;
            let is_ahead = replayed == 0 && page.last.is_none() && self.is_beyond_the_log().await?;
            if is_ahead || replayed > limits::REPLAY_MAX {
                self.send(text(&ServerFrame::Reload)).await?;
                return Err(Some(CLOSE_TRY_AGAIN));
            }
            let is_last = page.is_last;
            replayed += page.events.len() as u64;
            for event in page.events {
                self.send(Message::Text(frame(event.seq, event.at, &event.json))).await?;
                self.seen = event.seq;
            }
            // What was withheld from this person has been passed as well.
            self.seen = page.last.unwrap_or(self.seen);
            if is_last {
                return self.send(text(&ServerFrame::Live)).await;
            }
        }
    }

    /// The next page of what was missed. Replays take turns, so that reading them leaves room for the requests of others.
    async fn missed(&mut self) -> Result<ReplayPage, Ending> {
        let _turn = self.place.replay_turn(&self.app.budgets.replays).await.map_err(Some)?;
        let missed = visibility::replay(self.app, self.actor, self.seen, limits::REPLAY_PAGE).await;
        missed.map_err(|error| {
            tracing::error!(%error, "events could not be replayed");
            Some(CLOSE_TRY_AGAIN)
        })
    }

    /// Whether the page has seen more than there is: it saw another database, one that was restored from a backup since.
    async fn is_beyond_the_log(&mut self) -> Result<bool, Ending> {
        if self.seen == 0 {
            return Ok(false);
        }
        let head = self.app.store.head(self.actor.company).await.map_err(|error| {
            tracing::error!(%error, "the end of the log could not be read");
            Some(CLOSE_TRY_AGAIN)
        })?;
        Ok(head.is_none_or(|head| self.seen > head.seq))
    }

    /// Passes events on as they come.
    async fn live(&mut self) -> Ending {
        let mut ping = tokio::time::interval(millis(limits::SOCKET_PING));
        ping.reset();
        let mut heard = Instant::now();
        loop {
            let step = tokio::select! {
                biased;
                news = self.place.news() => match news {
                    News::Event(event) => self.pass_on(event).await,
                    News::End(code) => Err(Some(code)),
                },
                message = self.socket.recv() => match message {
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => { heard = Instant::now(); Ok(()) }
                    Some(Ok(Message::Text(said))) => self.hear(&said).await,
                    Some(Ok(Message::Binary(_))) => Err(Some(CLOSE_UNSUPPORTED)),
                    Some(Ok(Message::Close(_)) | Err(_)) | None => Err(None),
                },
                _ = ping.tick() => self.ping(heard).await,
            };
            if let Err(ending) = step {
                return ending;
            }
        }
    }

    /// Takes what the page says. Whoever says what cannot be understood, or says it too often, is not listened to.
    async fn hear(&mut self, said: &str) -> Result<(), Ending> {
        let Ok(frame) = serde_json::from_str(said) else { return Err(Some(CLOSE_UNSUPPORTED)) };
        match self.look(frame).await {
            Ok(()) => Ok(()),
            Err(AppError::TooMany(_)) => Err(Some(CLOSE_POLICY)),
            Err(error) => {
                tracing::error!(%error, "the presence of people could not be read");
                Err(Some(CLOSE_TRY_AGAIN))
            }
        }
    }

    /// The page looks at something else: it is told the presence of those who are new on its screen.
    async fn look(&mut self, said: ClientFrame) -> Result<(), AppError> {
        let looks = presence::looks(self.app, self.actor, said).await?;
        let new = self.place.look(looks);
        for presence in presence::of(self.app, self.actor.company, new).await? {
            self.place.tell(Signal::Presence { presence });
        }
        Ok(())
    }

    async fn pass_on(&mut self, QueuedFrame { seq, frame }: QueuedFrame) -> Result<(), Ending> {
        // The replay has written it already.
        if seq.is_some_and(|seq| seq <= self.seen) {
            return Ok(());
        }
        self.send(Message::Text(frame)).await?;
        self.seen = seq.unwrap_or(self.seen);
        Ok(())
    }

    /// Looks whether the other side and the session are still there.
    async fn ping(&mut self, heard: Instant) -> Result<(), Ending> {
        if heard.elapsed() > millis(limits::SOCKET_DEAD) {
            return Err(None);
        }
        if !is_signed_in(self.app, self.actor, &self.place).await {
            return Err(Some(CLOSE_SIGNED_OUT));
        }
        // The ping is for this side; a page cannot see it and is told in words that all is well.
        self.send(Message::Ping(axum::body::Bytes::new())).await?;
        self.send(text(&ServerFrame::Live)).await
    }
}

async fn is_signed_in(app: &App, actor: &Actor, place: &Subscription) -> bool {
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
