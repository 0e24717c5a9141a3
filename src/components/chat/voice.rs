//! A voice note: played, sought by keyboard, faster when wanted. One plays at a time.

pub mod recorder;

use crate::{
    components::base::icon::{Icon, IconSize},
    i18n::{Arg, t, tx},
};
use causeway_api::{
    Millis,
    files::{Attachment, VoiceNote},
    paths::Side,
};
use leptos::{html::Audio, prelude::*};
use std::{cell::Cell, fmt::Write as _};
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlMediaElement, KeyboardEvent, MouseEvent};

/// Strokes of a drawn note.
const STROKES: usize = 32;
/// The width and height that strokes are drawn in.
const WIDTH: f64 = 178.0;
const HEIGHT: f64 = 28.0;
/// An arrow key seeks so far, in seconds.
const STEP: f64 = 5.0;
/// How fast notes can be played.
const RATES: [f64; 3] = [1.0, 1.5, 2.0];

thread_local! {
    /// How fast the last note was played: the next one is played as fast.
    static RATE: Cell<usize> = const { Cell::new(0) };
}

/// A length as a clock shows it: 0:42.
pub fn clock(length: Millis) -> String {
    let seconds = length.max(0) / 1_000;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// The strokes of a note, as the path of a drawing: the first `count` of them.
pub fn strokes(levels: &[u8], count: usize, (width, height): (f64, f64)) -> String {
    let mut path = String::new();
    let step = width / levels.len().max(1) as f64;
    for (place, level) in levels.iter().enumerate().take(count) {
        let half = (f64::from(*level) / 255.0).mul_add(height / 2.0 - 2.5, 1.0);
        let (x, middle) = (2.0 + step * place as f64, height / 2.0);
        // Writing into a string never fails.
        let _ = write!(path, "M{x:.1} {:.1}V{:.1}", middle - half, middle + half);
    }
    path
}

/// As many levels as there are strokes, each the loudest of those it stands for.
fn few(levels: &[u8]) -> Vec<u8> {
    let each = levels.len().div_ceil(STROKES).max(1);
    levels.chunks(each).map(|levels| levels.iter().copied().max().unwrap_or_default()).collect()
}

/// Pauses whatever else plays on the page.
fn pause_others(playing: &HtmlMediaElement) {
    let Ok(all) = document().query_selector_all("audio, video") else { return };
    for place in 0..all.length() {
        let other = all.get(place).and_then(|other| other.dyn_into::<HtmlMediaElement>().ok());
        if let Some(other) = other.filter(|other| other != playing) {
            // What does not play is as good as paused.
            let _ = other.pause();
        }
    }
}

/// A note that is being listened to.
#[derive(Clone, Copy)]
struct Player {
    audio: NodeRef<Audio>,
    /// How long it is, in seconds, whatever the browser makes of the file.
    length: f64,
    is_playing: RwSignal<bool>,
    has_failed: RwSignal<bool>,
    /// How far it is, in seconds.
    at: RwSignal<f64>,
    rate: RwSignal<usize>,
}

impl Player {
    fn toggle(self) {
        let Some(audio) = self.audio.get_untracked() else { return };
        if self.is_playing.get_untracked() {
            // A player that is there pauses.
            let _ = audio.pause();
            return;
        }
        if self.has_failed.get_untracked() {
            self.has_failed.set(false);
            audio.load();
        }
        pause_others(&audio);
        self.rate.set(RATE.get());
        self.apply_rate();
        // A refusal is told by the error event, or the browser says why.
        if let Ok(begun) = audio.play() {
            leptos::task::spawn_local(async move {
                let _ = wasm_bindgen_futures::JsFuture::from(begun).await;
            });
        }
    }

    fn seek(self, to: f64) {
        let to = to.clamp(0.0, self.length);
        self.at.set(to);
        if let Some(audio) = self.audio.get_untracked() {
            audio.set_current_time(to);
        }
    }

    fn apply_rate(self) {
        if let Some(audio) = self.audio.get_untracked() {
            audio.set_playback_rate(RATES[self.rate.get_untracked()]);
        }
    }

    fn next_rate(self) {
        let next = (self.rate.get_untracked() + 1) % RATES.len();
        RATE.set(next);
        self.rate.set(next);
        self.apply_rate();
    }

    fn press(self, event: &KeyboardEvent) {
        let at = self.at.get_untracked();
        match event.key().as_str() {
            "ArrowRight" | "ArrowUp" => self.seek(at + STEP),
            "ArrowLeft" | "ArrowDown" => self.seek(at - STEP),
            "Home" => self.seek(0.0),
            "End" => self.seek(self.length),
            " " | "Enter" => self.toggle(),
            _ => return,
        }
        event.prevent_default();
    }

    /// A press on the drawing seeks to there.
    fn point(self, event: &MouseEvent) {
        let Some(drawn) = event.current_target().and_then(|here| here.dyn_into::<web_sys::Element>().ok())
        else {
            return;
        };
        let place = drawn.get_bounding_client_rect();
        if place.width() > 0.0 {
            self.seek((f64::from(event.client_x()) - place.left()) / place.width() * self.length);
        }
    }
}

/// Where the browser gets the sound: as Ogg, which tells its length and can be sought in, or as it was recorded where older
/// Safari plays nothing else.
fn address(file: &Attachment, side: Side) -> String {
    let plays_ogg = document()
        .create_element("audio")
        .ok()
        .and_then(|audio| audio.dyn_into::<HtmlMediaElement>().ok())
        .is_some_and(|audio| !audio.can_play_type("audio/ogg; codecs=opus").is_empty());
    if plays_ogg { side.file_voice(file.id) } else { side.file(file.id) }
}

fn seconds(length: f64) -> i64 {
    length.round() as i64
}

/// A voice note.
#[component]
pub fn Voice(
    file: Attachment,
    note: VoiceNote,
    /// On whose paths it is asked for.
    side: Side,
    is_own: bool,
) -> impl IntoView {
    let length = note.duration as f64 / 1_000.0;
    let player = Player {
        audio: NodeRef::new(),
        length,
        is_playing: RwSignal::new(false),
        has_failed: RwSignal::new(false),
        at: RwSignal::new(0.0),
        rate: RwSignal::new(RATE.get()),
    };
    let (is_playing, has_failed, at, rate) = (player.is_playing, player.has_failed, player.at, player.rate);
    let label = move || {
        let id = match (has_failed.get(), is_playing.get(), is_own) {
            (true, ..) => "voice-retry",
            (_, true, _) => "voice-pause",
            (_, _, true) => "voice-play-own",
            (_, _, false) => "voice-play",
        };
        tx(id, &[("count", Arg::Number(seconds(length)))])
    };
    let icon = move || match (has_failed.get(), is_playing.get()) {
        (true, _) => "i-refresh",
        (_, true) => "i-pause",
        _ => "i-play",
    };
    let time = move || clock(if at.get() > 0.0 { (at.get() * 1_000.0) as Millis } else { note.duration });
    let speed = move || format!("{}×", RATES[rate.get()]);
    view! {
        <div class="voice" class:voice--failed=has_failed>
            <audio
                node_ref=player.audio
                preload="none"
                src=address(&file, side)
                on:play=move |_| is_playing.set(true)
                on:pause=move |_| is_playing.set(false)
                on:ended=move |_| {
                    is_playing.set(false);
                    at.set(0.0);
                }
                on:error=move |_| {
                    has_failed.set(true);
                    is_playing.set(false);
                }
                on:timeupdate=move |_| {
                    if let Some(audio) = player.audio.get_untracked().filter(|_| is_playing.get_untracked()) {
                        at.set(audio.current_time());
                    }
                }
            ></audio>
            <button class="voice__play" type="button" aria-label=label on:click=move |_| player.toggle()>
                {move || view! { <Icon name=icon() size=IconSize::Sm /> }}
            </button>
            <div
                class="voice__seek"
                role="slider"
                tabindex="0"
                aria-label=t("voice-position")
                aria-valuemin="0"
                aria-valuemax=seconds(length)
                aria-valuenow=move || seconds(at.get())
                aria-valuetext=move || {
                    let numbers = [("at", Arg::Number(seconds(at.get()))), ("count", Arg::Number(seconds(length)))];
                    tx("voice-at", &numbers)
                }
                on:keydown=move |event| player.press(&event)
                on:click=move |event| player.point(&event)
            >
                <Wave levels=few(&note.levels()) played=Signal::derive(move || at.get() / length) />
            </div>
            <span class="voice__time num">{time}</span>
            <button
                class="voice__rate"
                type="button"
                aria-label=move || tx("voice-speed", &[("rate", Arg::Text(&speed()))])
                on:click=move |_| player.next_rate()
            >
                {speed}
            </button>
        </div>
    }
}

/// How loud a note is, and how much of it was played.
#[component]
fn Wave(
    levels: Vec<u8>,
    /// The share that was played, from 0 to 1.
    played: Signal<f64>,
) -> impl IntoView {
    let count = levels.len();
    let all = strokes(&levels, count, (WIDTH, HEIGHT));
    let gone = Memo::new(move |_| (played.get() * count as f64).round() as usize);
    view! {
        <svg
            class="voice__wave"
            viewBox=format!("0 0 {WIDTH} {HEIGHT}")
            preserveAspectRatio="none"
            aria-hidden="true"
        >
            <path d=all></path>
            <path class="played" d=move || strokes(&levels, gone.get(), (WIDTH, HEIGHT))></path>
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_shown_as_a_clock_shows_it() {
        assert_eq!([0, 8_400, 61_000, 300_000].map(clock), ["0:00", "0:08", "1:01", "5:00"]);
    }

    #[test]
    fn as_many_strokes_are_drawn_as_were_played() {
        let levels = few(&(0..64).collect::<Vec<u8>>());
        assert_eq!((levels.len(), levels[0], levels[31]), (STROKES, 1, 63));
        assert_eq!(strokes(&levels, 3, (WIDTH, HEIGHT)).matches('M').count(), 3);
        assert_eq!(strokes(&[], 3, (WIDTH, HEIGHT)), "");
    }
}
