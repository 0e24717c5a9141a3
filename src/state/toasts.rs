//! Short messages about what just happened elsewhere than where one looks.

use crate::components::base::toast::{Toast, ToastKind};
use leptos::prelude::*;

/// How long a message that is no error stays.
const MILLIS: u32 = 6_000;

/// The messages on the screen.
#[derive(Clone, Copy, Default)]
pub struct Toasts(RwSignal<Vec<Toast>>, StoredValue<u64>);

impl Toasts {
    /// The messages.
    pub fn list(self) -> Signal<Vec<Toast>> {
        self.0.into()
    }

    /// Says what went wrong and what to do.
    pub fn error(self, text: String) {
        self.add(text, ToastKind::Error);
    }

    /// Says that something was done.
    pub fn say(self, text: String) {
        self.pass(text, ToastKind::Success);
    }

    /// Says that something has changed that was not asked for here.
    pub fn tell(self, text: String) {
        self.pass(text, ToastKind::Info);
    }

    /// Says that something was done and needs a look.
    pub fn warn(self, text: String) {
        self.pass(text, ToastKind::Warning);
    }

    /// Shows a message that goes by itself.
    fn pass(self, text: String, kind: ToastKind) {
        let id = self.add(text, kind);
        leptos::task::spawn_local(async move {
            gloo_timers::future::TimeoutFuture::new(MILLIS).await;
            self.dismiss(id);
        });
    }

    /// Takes a message away.
    pub fn dismiss(self, id: u64) {
        // The page may have gone meanwhile, and the messages with it.
        self.0.try_update(|list| list.retain(|toast| toast.id != id));
    }

    fn add(self, text: String, kind: ToastKind) -> u64 {
        let id = self.1.get_value();
        self.1.set_value(id + 1);
        self.0.update(|list| list.push(Toast { id, text, kind }));
        id
    }
}
