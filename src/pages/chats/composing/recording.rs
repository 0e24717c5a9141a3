//! Recording a voice note for a conversation: by a press, or for as long as one is held. What was recorded survives the page.

mod acts;

use self::acts::Playing;
use crate::{
    client,
    components::{
        chat::{
            tray::VoiceSending,
            voice::recorder::{Phase, Recording, RecordingActs},
        },
        form::focus::is_touch,
    },
    state::{capture::recorder::Recorder, chats::Chats, kept::files, uploads::Uploads},
};
use causeway_api::{
    ChatId, Millis,
    files::{ChatFilesQuery, VOICE_NOTE_MAX},
};
use gloo_timers::callback::Interval;
use js_sys::Date;
use leptos::{ev, leptos_dom::helpers::WindowListenerHandle, prelude::*, task::spawn_local};
use std::rc::Rc;
use web_sys::Blob;

/// The level is read so often, in milliseconds.
const TICK: u32 = 100;
/// Someone who records is there: the session is told so often, in milliseconds.
const ACTIVITY: Millis = 60_000;

/// A recording with what it is made of.
#[derive(Clone, Copy)]
struct Studio {
    chat: ChatId,
    chats: Chats,
    uploads: Uploads,
    /// How it is to be sent.
    sending: Callback<(), VoiceSending>,
    phase: RwSignal<Phase>,
    length: RwSignal<Millis>,
    listened: RwSignal<Millis>,
    levels: RwSignal<Vec<u8>>,
    goes_on: RwSignal<bool>,
    refused: RwSignal<Option<&'static str>>,
    recorder: StoredValue<Option<Rc<Recorder>>, LocalStorage>,
    /// What a page had recorded that is gone.
    found: StoredValue<Vec<Blob>, LocalStorage>,
    player: StoredValue<Option<Playing>, LocalStorage>,
    /// When the last tick was.
    ticked: StoredValue<f64>,
    /// What waits for a held press to be let go.
    held: StoredValue<Vec<WindowListenerHandle>, LocalStorage>,
}

/// The voice note of a conversation. One that was interrupted is there again.
pub(in crate::pages::chats) fn of(
    chat: ChatId,
    uploads: Uploads,
    sending: Callback<(), VoiceSending>,
) -> Recording {
    let studio = Studio {
        chat,
        chats: expect_context(),
        uploads,
        sending,
        phase: RwSignal::default(),
        length: RwSignal::default(),
        listened: RwSignal::default(),
        levels: RwSignal::default(),
        goes_on: RwSignal::new(true),
        refused: RwSignal::default(),
        recorder: StoredValue::new_local(None),
        found: StoredValue::new_local(Vec::new()),
        player: StoredValue::new_local(None),
        ticked: StoredValue::new(0.0),
        held: StoredValue::new_local(Vec::new()),
    };
    studio.find();
    studio.tick_along();
    Recording {
        phase: studio.phase,
        length: studio.length,
        listened: studio.listened,
        levels: studio.levels,
        goes_on: studio.goes_on,
        refused: studio.refused,
        acts: RecordingActs {
            begin: Callback::new(move |is_held| studio.begin(is_held)),
            pause: Callback::new(move |()| studio.pause()),
            resume: Callback::new(move |()| studio.resume()),
            listen: Callback::new(move |()| studio.listen()),
            cancel: Callback::new(move |()| studio.cancel()),
            send: Callback::new(move |()| studio.send()),
        },
    }
}

impl Studio {
    /// Under what begins the keys of what is recorded here.
    fn kept_as(self) -> String {
        files::key(self.chats.me(), &format!("voice/{}/", self.chat))
    }

    /// Finds what a page had recorded that is gone.
    fn find(self) {
        spawn_local(async move {
            let found = files::get_all(&self.kept_as()).await;
            if found.is_empty() || self.phase.try_get_untracked() != Some(Phase::Idle) {
                return;
            }
            // A piece is a second.
            self.length.set(i64::try_from(found.len()).unwrap_or_default() * 1_000);
            self.found.set_value(found);
            self.goes_on.set(false);
            self.phase.set(Phase::Paused);
        });
    }

    /// Reads the level and the clock for as long as the conversation is there.
    fn tick_along(self) {
        StoredValue::new_local(Interval::new(TICK, move || self.tick()));
        // A phone that is locked stops the microphone; what was said until then stays.
        let turned = window_event_listener(ev::visibilitychange, move |_| {
            if document().hidden() && is_touch() {
                self.rest();
            }
        });
        on_cleanup(move || {
            turned.remove();
            self.let_go();
        });
    }

    fn tick(self) {
        let now = Date::now();
        let passed = (now - self.ticked.try_get_value().unwrap_or(now)) as Millis;
        self.ticked.try_set_value(now);
        match self.phase.try_get_untracked() {
            Some(Phase::On) => {
                let recorder = self.recorder.get_value();
                // The microphone was taken away: what was said until then stays.
                if recorder.as_ref().is_none_or(|recorder| recorder.is_over()) {
                    self.pause();
                    return self.goes_on.set(false);
                }
                let level = recorder.map_or(0, |recorder| recorder.level());
                self.levels.update(|levels| levels.push(level));
                let before = self.length.get_untracked();
                self.length.set(before + passed);
                if before / ACTIVITY != (before + passed) / ACTIVITY {
                    self.tell_activity();
                }
                if before + passed >= VOICE_NOTE_MAX {
                    self.pause();
                }
            }
            Some(Phase::Listening) => {
                let at = self
                    .player
                    .with_value(|it| it.as_ref().map(|it| (it.audio.current_time(), it.audio.ended())));
                match at {
                    Some((at, false)) => self.listened.set((at * 1_000.0) as Millis),
                    _ => self.pause(),
                }
            }
            _ => {}
        }
    }

    /// A question that counts as activity of the session.
    fn tell_activity(self) {
        let side = self.chats.side;
        spawn_local(async move {
            // Whatever is answered, it was asked.
            let _ = client::files::list_chat_files(side, self.chat, ChatFilesQuery::default()).await;
        });
    }
}
