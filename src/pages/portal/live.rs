//! Keeps the chats of a page current: loads the list, follows the stream, wakes it up, ends with the page.

use crate::{
    client::{
        events::{self, Attention, Signal as StreamSignal, Source, Stop, Wake},
        identity,
    },
    state::chats::{Chats, Connection, Loading},
};
use causeway_api::presence::AWAY_AFTER;
use gloo_timers::{callback::Interval, future::TimeoutFuture};
use leptos::{prelude::*, task::spawn_local};
use std::{cell::Cell, rc::Rc};

/// Time in the background after which the connection is suspected to be dead.
const SUSPECT_AFTER_MILLIS: f64 = 45_000.0;

/// How often it is looked whether the page is still used.
const IDLE_LOOKED_FOR_MILLIS: u32 = 20_000;
/// What the page looks at is told when it has not changed for so long.
const SETTLED_MILLIS: u32 = 150;

/// Follows the stream until the page is closed.
pub(crate) fn follow(chats: Chats) {
    let (stop, wake) = (Stop::default(), Rc::new(Wake::default()));
    let attention = Rc::new(Attention::default());
    watch_page(&wake);
    watch_attention(chats, attention.clone());
    identity::on_change_in_other_tab(chats.side, move || chats.check_session());
    let kept = StoredValue::new_local((stop.clone(), wake.clone()));
    on_cleanup(move || {
        kept.with_value(|(stop, wake)| {
            stop.stop();
            // A socket that waits for its next frame ends at once.
            wake.suspect();
            wake.ring();
        });
    });
    let source = Source { side: chats.side, page_of: chats.me() };
    spawn_local(async move {
        let reload = Rc::new(Cell::new(true));
        while reload.replace(false) {
            let Some(cursor) = load(chats).await else { return };
            let again = reload.clone();
            let on_signal = move |signal: StreamSignal| {
                again.set(again.get() || matches!(signal, StreamSignal::Reload));
                chats.on_signal(signal);
            };
            let bells = (wake.clone(), attention.clone());
            events::follow(source, cursor, stop.clone(), bells, on_signal).await;
        }
    });
}

/// Loads the list, again and again while the server is unreachable, and returns its cursor; `None` if no one is signed in.
async fn load(chats: Chats) -> Option<i64> {
    loop {
        if let Some(cursor) = chats.load().await {
            return Some(cursor);
        }
        // The page may have been closed meanwhile.
        if chats.signed_out.try_get_untracked()? {
            return None;
        }
        chats.connection.try_set(Connection::Lost);
        TimeoutFuture::new(2_000).await;
        chats.loading.try_set(Loading::Waiting);
    }
}

/// Tells the stream what the page looks at, and whether it is used.
fn watch_attention(chats: Chats, attention: Rc<Attention>) {
    let used_at = Rc::new(Cell::new(js_sys::Date::now()));
    let uses = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"].map(|event| {
        let used_at = used_at.clone();
        window_event_listener_untyped(event, move |_| {
            used_at.set(js_sys::Date::now());
            chats.note_use(true);
        })
    });
    let idle = Interval::new(IDLE_LOOKED_FOR_MILLIS, move || {
        if js_sys::Date::now() - used_at.get() > AWAY_AFTER as f64 {
            chats.note_use(false);
        }
    });
    let kept = StoredValue::new_local(Some(idle));
    on_cleanup(move || {
        uses.into_iter().for_each(WindowListenerHandle::remove);
        drop(kept.try_update_value(Option::take));
    });
    // Rows that come and go together are one change.
    let turns = Rc::new(Cell::new(0_u32));
    Effect::new(move |_| {
        let frame = chats.looking();
        let (attention, turns, turn) = (attention.clone(), turns.clone(), turns.get() + 1);
        turns.set(turn);
        spawn_local(async move {
            TimeoutFuture::new(SETTLED_MILLIS).await;
            if turns.get() == turn {
                attention.turn(frame);
            }
        });
    });
}

/// Wakes the stream when the page is shown again or the device is back online.
fn watch_page(wake: &Rc<Wake>) {
    let hidden_at = Rc::new(Cell::new(0.0));
    let (bell, since) = (wake.clone(), hidden_at);
    let visibility = window_event_listener_untyped("visibilitychange", move |_| {
        if document().hidden() {
            since.set(js_sys::Date::now());
            return;
        }
        if since.get() > 0.0 && js_sys::Date::now() - since.get() > SUSPECT_AFTER_MILLIS {
            bell.suspect();
        }
        bell.ring();
    });
    let bell = wake.clone();
    let online = window_event_listener_untyped("online", move |_| {
        bell.suspect();
        bell.ring();
    });
    let bell = wake.clone();
    let offline = window_event_listener_untyped("offline", move |_| bell.suspect());
    let bell = wake.clone();
    // A page that is left may be kept by the browser, with its socket: to colleagues its person would still be there.
    let left = window_event_listener_untyped("pagehide", move |_| bell.suspect());
    on_cleanup(move || {
        visibility.remove();
        online.remove();
        offline.remove();
        left.remove();
    });
}
