//! The event stream: one socket, resumed from the last event that was seen, with growing, jittered pauses.

use super::auth;
use causeway_api::{Event, PersonId, ServerFrame, paths::Side, presence::ClientFrame};
use futures::{
    FutureExt as _, SinkExt as _, StreamExt as _,
    channel::oneshot,
    future::{Either, select},
};
use gloo_net::websocket::{Message, futures::WebSocket};
use gloo_timers::future::TimeoutFuture;
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

/// A socket that has been silent this long is dead: the server speaks at least every 25 seconds.
const SILENCE_MILLIS: u32 = 60_000;
/// The longest pause between two tries.
const PAUSE_MAX_MILLIS: f64 = 30_000.0;

/// What the stream tells the application.
#[derive(Clone, Debug)]
pub enum Signal {
    /// Everything missed has arrived.
    Live,
    /// The connection is lost; it is being tried again.
    Lost,
    /// Something happened.
    Event(Box<Event>),
    /// News that concern no chat.
    News(causeway_api::signals::Signal),
    /// Too much was missed: load the lists again, then go on from their cursor.
    Reload,
    /// The session has ended, or something has to be set up before it goes on.
    SignedOut,
}

/// Ends the stream when its page has gone.
#[derive(Clone, Default)]
pub struct Stop(Rc<Cell<bool>>);

impl Stop {
    /// Ends the stream.
    pub fn stop(&self) {
        self.0.set(true);
    }

    fn is_set(&self) -> bool {
        self.0.get()
    }
}

/// What a stream is of: a side, and the person whom the page is for.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    /// Portal or client's web chat.
    pub side: Side,
    /// The server refuses the socket when the session is another person's.
    pub page_of: PersonId,
}

/// What the page looks at, which the server is told so that it tells of that alone.
#[derive(Default)]
pub struct Attention {
    now: RefCell<Option<ClientFrame>>,
    changed: RefCell<Option<oneshot::Sender<()>>>,
}

impl Attention {
    /// The page looks at something else.
    pub fn turn(&self, frame: ClientFrame) {
        if self.now.replace(Some(frame.clone())) != Some(frame) {
            self.changed.take().into_iter().for_each(ring);
        }
    }

    async fn changed(&self) {
        let (send, receive) = oneshot::channel();
        self.changed.replace(Some(send));
        // The sender is dropped only together with this.
        let _ = receive.await;
    }
}

/// Follows the stream from behind event `since` until it is stopped or the session ends. `wake` is rung when
/// there is reason to believe that a new try will succeed.
pub async fn follow(
    source: Source,
    since: i64,
    stop: Stop,
    (wake, attention): (Rc<Wake>, Rc<Attention>),
    on_signal: impl Fn(Signal) + 'static,
) {
    let mut cursor = since;
    let mut failures = 0_u32;
    while !stop.is_set() {
        let ended = listen(source, &mut cursor, &stop, (&wake, &attention), &on_signal, &mut failures).await;
        if stop.is_set() || ended == Ended::Reload {
            return;
        }
        on_signal(Signal::Lost);
        pause(failures, &wake).await;
        failures += 1;
        // A browser does not say why a socket was refused; the session does.
        let is_over = match auth::session(source.side).await {
            Ok(session) => session.must_set_up_second_factor,
            // The whole page ends then (`identity`).
            Err(error) if error.is_other_person() => return,
            Err(error) => error.is_signed_out(),
        };
        if is_over {
            on_signal(Signal::SignedOut);
            return;
        }
    }
}

#[derive(PartialEq)]
enum Ended {
    Lost,
    Reload,
}

async fn listen(
    source: Source,
    cursor: &mut i64,
    stop: &Stop,
    (wake, attention): (&Wake, &Attention),
    on_signal: &impl Fn(Signal),
    failures: &mut u32,
) -> Ended {
    let Ok(mut socket) = WebSocket::open(&address(source, *cursor)) else { return Ended::Lost };
    let (mut is_live, mut told) = (false, None);
    loop {
        let looks = attention.now.borrow().clone();
        if let Some(frame) = looks.filter(|frame| is_live && told.as_ref() != Some(frame)) {
            let Ok(text) = serde_json::to_string(&frame) else { return Ended::Lost };
            if socket.send(Message::Text(text)).await.is_err() {
                return Ended::Lost;
            }
            told = Some(frame);
        }
        let silence = select(TimeoutFuture::new(SILENCE_MILLIS), wake.asleep().boxed_local());
        let other = select(silence, attention.changed().boxed_local());
        let next = match select(socket.next(), other).await {
            Either::Left((next, _)) => next,
            Either::Right((Either::Left(_), _)) => return Ended::Lost,
            Either::Right((Either::Right(_), _)) => continue,
        };
        if stop.is_set() {
            return Ended::Lost;
        }
        let text = match next {
            Some(Ok(Message::Text(text))) => text,
            Some(Ok(Message::Bytes(_))) => continue,
            Some(Err(_)) | None => {
                return Ended::Lost;
            }
        };
        match serde_json::from_str::<ServerFrame>(&text) {
            Ok(ServerFrame::Event { event }) if event.seq > *cursor => {
                *cursor = event.seq;
                on_signal(Signal::Event(event));
            }
            Ok(ServerFrame::Event { .. }) => {}
            Ok(ServerFrame::Signal { signal }) => on_signal(Signal::News(signal)),
            Ok(ServerFrame::Live) => {
                *failures = 0;
                is_live = true;
                on_signal(Signal::Live);
            }
            // A frame of a newer server, or too much missed: the lists know.
            Ok(ServerFrame::Reload) | Err(_) => {
                on_signal(Signal::Reload);
                return Ended::Reload;
            }
        }
    }
}

fn address(source: Source, since: i64) -> String {
    let location = leptos::prelude::window().location();
    let scheme = if location.protocol().is_ok_and(|protocol| protocol == "https:") { "wss" } else { "ws" };
    let path = source.side.events(since, source.page_of);
    format!("{scheme}://{}{path}", location.host().unwrap_or_default())
}

/// Waits: half a second doubled per failure, up to half a minute, each time a random part of it, so that a
/// restarted server is not met by everyone at once.
async fn pause(failures: u32, wake: &Wake) {
    let longest = (500.0 * f64::from(2_u32.saturating_pow(failures.min(10)))).min(PAUSE_MAX_MILLIS);
    let millis = longest * (0.5 + js_sys::Math::random() / 2.0);
    select(TimeoutFuture::new(millis as u32), wake.awake().boxed_local()).await;
}

fn ring(waiting: oneshot::Sender<()>) {
    // Whoever waited may have gone on already.
    let _ = waiting.send(());
}

/// Rung when the machine is online again or the page is looked at after a long time.
#[derive(Default)]
pub struct Wake {
    awake: RefCell<Vec<oneshot::Sender<()>>>,
    asleep: RefCell<Vec<oneshot::Sender<()>>>,
}

impl Wake {
    /// A new try may succeed now.
    pub fn ring(&self) {
        self.awake.borrow_mut().drain(..).for_each(ring);
    }

    /// The open connection is suspected to be dead: it is replaced.
    pub fn suspect(&self) {
        self.asleep.borrow_mut().drain(..).for_each(ring);
    }

    async fn awake(&self) {
        let (send, receive) = oneshot::channel();
        self.awake.borrow_mut().push(send);
        // The sender is dropped only together with this bell.
        let _ = receive.await;
    }

    async fn asleep(&self) {
        let (send, receive) = oneshot::channel();
        self.asleep.borrow_mut().retain(|waiting| !waiting.is_canceled());
        self.asleep.borrow_mut().push(send);
        // The sender is dropped only together with this bell.
        let _ = receive.await;
    }
}
