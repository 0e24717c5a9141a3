//! The place of the field while a voice note is recorded: how long and how loud it is, and what can be done with it.

use super::{clock, strokes};
use crate::{
    components::base::icon::{Icon, IconSize},
    i18n::{Arg, t, tx},
};
use causeway_api::{Millis, files::VOICE_NOTE_MAX};
use leptos::{html::Div, prelude::*};
use web_sys::KeyboardEvent;

/// The width and height that levels are drawn in.
const DRAWN: (f64, f64) = (240.0, 28.0);
/// Levels that are drawn: the newest.
const LEVELS: usize = 36;

/// How far a recording is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Nothing is recorded.
    #[default]
    Idle,
    /// The microphone is asked for.
    Asking,
    /// It is on.
    On,
    /// It waits.
    Paused,
    /// What was recorded is listened to.
    Listening,
    /// It has ended and is being sent.
    Ending,
}

/// A voice note for a conversation.
#[derive(Clone, Copy)]
pub struct Recording {
    /// How far it is.
    pub phase: RwSignal<Phase>,
    /// How long it is.
    pub length: RwSignal<Millis>,
    /// How far it was listened to.
    pub listened: RwSignal<Millis>,
    /// How loud it was, a level for each tenth of a second.
    pub levels: RwSignal<Vec<u8>>,
    /// Whether it can be gone on with: one that a crash has ended cannot.
    pub goes_on: RwSignal<bool>,
    /// Why nothing can be recorded, as the id of a text.
    pub refused: RwSignal<Option<&'static str>>,
    /// What can be done with it.
    pub acts: RecordingActs,
}

/// What can be done with a recording.
#[derive(Clone, Copy)]
pub struct RecordingActs {
    /// Begin; `true` for a press that is held: it ends when that is let go.
    pub begin: Callback<bool>,
    /// Wait, or stop listening.
    pub pause: Callback<()>,
    /// Go on.
    pub resume: Callback<()>,
    /// Listen to it.
    pub listen: Callback<()>,
    /// Throw it away.
    pub cancel: Callback<()>,
    /// End and send it.
    pub send: Callback<()>,
}

impl Recording {
    /// Whether it takes the place of the field.
    pub fn is_open(self) -> bool {
        !matches!(self.phase.get(), Phase::Idle | Phase::Asking)
    }

    fn press(self, event: &KeyboardEvent) {
        let RecordingActs { pause, resume, cancel, send, .. } = self.acts;
        // A button that has the focus is pressed by these keys itself.
        let on_button = event.target() != event.current_target();
        let act = match (event.key().as_str(), self.phase.get_untracked()) {
            (key, _) if on_button && key != "Escape" => return,
            ("Escape", _) => cancel,
            ("Enter", _) => send,
            (" ", Phase::On | Phase::Listening) => pause,
            (" ", Phase::Paused) if self.goes_on.get_untracked() => resume,
            _ => return,
        };
        event.prevent_default();
        act.run(());
    }
}

/// The button that begins a voice note: by a press, or for as long as it is held.
#[component]
pub(in crate::components::chat) fn RecordButton(recording: Recording) -> impl IntoView {
    let begin = recording.acts.begin;
    view! {
        <button
            class="icon-btn"
            type="button"
            aria-label=t("voice-record")
            disabled=move || recording.phase.get() == Phase::Asking
            on:pointerdown=move |event| {
                if event.button() == 0 {
                    begin.run(true);
                }
            }
            // A keyboard and a screen reader press without a pointer.
            on:click=move |event| {
                if event.detail() == 0 {
                    begin.run(false);
                }
            }
            on:contextmenu=move |event| event.prevent_default()
        >
            <Icon name="i-mic" />
        </button>
    }
}

/// Why nothing can be recorded.
#[component]
pub(in crate::components::chat) fn RecordNote(recording: Recording) -> impl IntoView {
    move || {
        recording.refused.get().map(|reason| {
            view! {
                <p class="composer__note composer__note--danger" role="alert">
                    <Icon name="i-alert" size=IconSize::Xs />
                    {t(reason)}
                </p>
            }
        })
    }
}

/// The recording, in the place of the field.
#[component]
pub(in crate::components::chat) fn RecorderBox(recording: Recording) -> impl IntoView {
    let Recording { phase, length, listened, levels, goes_on, acts, .. } = recording;
    let place = NodeRef::<Div>::new();
    place.on_load(|place| {
        // An element that is there takes the focus, and with it the keys.
        let _ = place.focus();
    });
    let (group, class) = (
        move || match phase.get() {
            Phase::On => "voice-group-on",
            Phase::Listening => "voice-group-listening",
            _ => "voice-group-paused",
        },
        move || match phase.get() {
            Phase::On => "recorder recorder--on",
            Phase::Listening => "recorder recorder--listen",
            _ => "recorder recorder--paused",
        },
    );
    let is_on = move || phase.get() == Phase::On;
    let time = move || match phase.get() {
        Phase::Listening => format!("{} / {}", clock(listened.get()), clock(length.get())),
        _ => clock(length.get()),
    };
    let button = |label: &'static str, icon: &'static str, act: Callback<()>| {
        view! {
            <button class="icon-btn" type="button" aria-label=t(label) on:click=move |_| act.run(())>
                <Icon name=icon />
            </button>
        }
    };
    let middle = move || match phase.get() {
        Phase::On => button("voice-pause-recording", "i-pause", acts.pause).into_any(),
        Phase::Listening => button("voice-pause-listening", "i-pause", acts.pause).into_any(),
        Phase::Paused => view! {
            {button("voice-listen", "i-play", acts.listen)}
            {goes_on.get().then(|| button("voice-go-on", "i-mic", acts.resume))}
        }
        .into_any(),
        _ => ().into_any(),
    };
    view! {
        <div
            node_ref=place
            class=class
            role="group"
            tabindex="-1"
            aria-label=move || t(group())
            on:keydown=move |event| recording.press(&event)
        >
            {move || button(if is_on() { "voice-cancel" } else { "voice-delete" }, "i-trash", acts.cancel)}
            <span class="recorder__time" role="timer">
                {time}
            </span>
            <Levels levels=levels length=length listened=listened phase=phase />
            {middle}
            <button
                class="icon-btn icon-btn--primary"
                type="button"
                disabled=move || phase.get() == Phase::Ending
                aria-label=move || t(if is_on() { "voice-stop-and-send" } else { "voice-send" })
                on:click=move |_| acts.send.run(())
            >
                <Icon name="i-send" />
            </button>
        </div>
        <p class="composer__note" role="status">
            <Icon name="i-info" size=IconSize::Xs />
            {move || {
                if is_on() {
                    tx("voice-limit", &[("count", Arg::Number(VOICE_NOTE_MAX / 60_000))])
                } else {
                    t("voice-kept")
                }
            }}
        </p>
    }
}

/// How loud it was.
#[component]
fn Levels(
    levels: RwSignal<Vec<u8>>,
    length: RwSignal<Millis>,
    listened: RwSignal<Millis>,
    phase: RwSignal<Phase>,
) -> impl IntoView {
    let newest = Memo::new(move |_| {
        levels.with(|levels| {
            let mut newest = levels[levels.len().saturating_sub(LEVELS)..].to_vec();
            newest.resize(LEVELS, 0);
            newest
        })
    });
    let played = move || {
        let share = listened.get() as f64 / length.get().max(1) as f64;
        if phase.get() == Phase::Listening { (share * LEVELS as f64) as usize } else { 0 }
    };
    view! {
        <svg
            class="recorder__level"
            viewBox=format!("0 0 {} {}", DRAWN.0, DRAWN.1)
            preserveAspectRatio="none"
            aria-hidden="true"
        >
            <path d=move || newest.with(|levels| strokes(levels, LEVELS, DRAWN))></path>
            <path class="played" d=move || newest.with(|levels| strokes(levels, played(), DRAWN))></path>
        </svg>
    }
}
