//! What can be done with a recording.

use super::Studio;
use crate::{
    components::chat::voice::recorder::Phase,
    i18n::{Arg, tx},
    state::{
        capture::recorder::{self, Recorder},
        kept::files,
    },
};
use causeway_api::{Millis, files::VOICE_NOTE_MAX};
use js_sys::Date;
use leptos::{ev, leptos_dom::helpers::WindowListenerHandle, prelude::*, task::spawn_local};
use std::rc::Rc;
use web_sys::{Blob, HtmlAudioElement, Url};

/// A press that lasts so long is one that is held, in milliseconds.
const HELD: f64 = 600.0;
/// The press that begins is still passed on for so long, in milliseconds.
const OWN_PRESS: f64 = 100.0;
/// What is shorter was no voice note, in milliseconds.
const SHORTEST: Millis = 300;

/// What is being listened to.
pub(super) struct Playing {
    pub(super) audio: HtmlAudioElement,
    address: String,
}

impl Drop for Playing {
    fn drop(&mut self) {
        // One that has ended is as good as paused, and an address that is gone as revoked.
        let _ = self.audio.pause();
        let _ = Url::revoke_object_url(&self.address);
    }
}

impl Studio {
    /// Asks for the microphone, and begins.
    pub(super) fn begin(self, is_held: bool) {
        if self.phase.get_untracked() != Phase::Idle {
            return;
        }
        self.phase.set(Phase::Asking);
        self.refused.set(None);
        if is_held {
            self.wait_for_release();
        }
        let kept_as = self.kept_as();
        spawn_local(async move {
            let keep = move |number: usize, piece: &Blob| {
                let (key, piece) = (format!("{kept_as}{number:06}"), piece.clone());
                spawn_local(async move {
                    // Where it is not kept, it lasts as long as the page.
                    files::put(&key, &piece).await;
                });
            };
            let begun = Recorder::begin(keep).await;
            if self.phase.try_get_untracked() != Some(Phase::Asking) {
                return;
            }
            match begun {
                Ok(recorder) => {
                    self.recorder.set_value(Some(Rc::new(recorder)));
                    self.ticked.set_value(Date::now());
                    self.goes_on.set(true);
                    self.phase.set(Phase::On);
                }
                Err(reason) => {
                    self.refused.set(Some(reason));
                    self.phase.set(Phase::Idle);
                }
            }
        });
    }

    /// A press that is held ends the note when it is let go; a short one leaves it on.
    fn wait_for_release(self) {
        let since = Date::now();
        let released = window_event_listener(ev::pointerup, move |_| {
            self.let_go();
            let is_on = self.phase.try_get_untracked() == Some(Phase::On);
            if is_on && Date::now() - since >= HELD {
                self.send();
            }
        });
        // A press that the system took over, or whose end the page was not told of, must not have the next one send.
        let taken = window_event_listener(ev::pointercancel, move |_| self.let_go());
        let another = window_event_listener(ev::pointerdown, move |_| {
            if Date::now() - since >= OWN_PRESS {
                self.let_go();
            }
        });
        self.held.set_value(vec![released, taken, another]);
    }

    /// No press is waited for any more.
    pub(super) fn let_go(self) {
        let held = self.held.try_update_value(std::mem::take);
        held.into_iter().flatten().for_each(WindowListenerHandle::remove);
    }

    /// The page leaves the screen.
    pub(super) fn rest(self) {
        if self.phase.try_get_untracked() == Some(Phase::On) {
            self.pause();
        }
    }

    pub(super) fn pause(self) {
        if self.phase.get_untracked() == Phase::On {
            self.recorder.with_value(|it| it.as_ref().is_some_and(|it| it.pause()));
            // At its end it can be heard and sent, not gone on with.
            self.goes_on.set(self.length.get_untracked() < VOICE_NOTE_MAX);
        }
        self.player.set_value(None);
        self.phase.set(Phase::Paused);
    }

    pub(super) fn resume(self) {
        if self.recorder.with_value(|it| it.as_ref().is_some_and(|it| it.resume())) {
            self.ticked.set_value(Date::now());
            self.phase.set(Phase::On);
        }
    }

    pub(super) fn listen(self) {
        spawn_local(async move {
            let Some(recorded) = self.so_far().await else { return };
            // It may have been sent or thrown away meanwhile.
            if self.phase.try_get_untracked() != Some(Phase::Paused) {
                return;
            }
            let playing = Url::create_object_url_with_blob(&recorded).and_then(|address| {
                Ok(Playing { audio: HtmlAudioElement::new_with_src(&address)?, address })
            });
            let Ok(playing) = playing else { return };
            // The tick sees when it has ended, or could not begin.
            let begun = playing.audio.play();
            self.listened.set(0);
            self.player.set_value(Some(playing));
            self.phase.set(Phase::Listening);
            if let Ok(begun) = begun
                && wasm_bindgen_futures::JsFuture::from(begun).await.is_err()
                && self.phase.try_get_untracked() == Some(Phase::Listening)
            {
                self.pause();
            }
        });
    }

    async fn so_far(self) -> Option<Blob> {
        match self.recorder.try_get_value()? {
            Some(recorder) => recorder.so_far().await,
            None => self.found.with_value(|found| recorder::joined(found, &found.first()?.type_())),
        }
    }

    pub(super) fn cancel(self) {
        files::remove_all(&self.kept_as());
        self.reset();
    }

    fn reset(self) {
        self.recorder.set_value(None);
        self.player.set_value(None);
        self.found.set_value(Vec::new());
        self.levels.set(Vec::new());
        self.length.set(0);
        self.phase.set(Phase::Idle);
    }

    pub(super) fn send(self) {
        if self.length.get_untracked() < SHORTEST {
            return self.cancel();
        }
        self.player.set_value(None);
        self.phase.set(Phase::Ending);
        spawn_local(async move {
            let recorded = match self.recorder.try_update_value(Option::take).flatten() {
                Some(recorder) => recorder.end().await,
                None => self.so_far().await.map(|blob| (blob.clone(), recorder::extension(&blob.type_()))),
            };
            let name = tx("voice-name", &[("time", Arg::Text(&stamp(&Date::new_0())))]);
            let is_on_its_way = recorded.is_some_and(|(recorded, extension)| {
                let name = format!("{name}.{extension}");
                self.uploads.attach_voice(self.chat, &recorded, &name, self.sending.run(()))
            });
            if is_on_its_way {
                files::remove_all(&self.kept_as());
                self.reset();
            } else {
                // What the browser has kept of it is there again.
                self.refused.set(Some("microphone-failed"));
                self.reset();
                self.find();
            }
        });
    }
}

/// A day and a time that can stand in the name of a file.
fn stamp(at: &Date) -> String {
    let (year, month, day) = (at.get_full_year(), at.get_month() + 1, at.get_date());
    format!("{year:04}-{month:02}-{day:02} {:02}.{:02}", at.get_hours(), at.get_minutes())
}
