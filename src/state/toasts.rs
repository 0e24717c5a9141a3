//! Short messages about what just happened elsewhere than where one looks.

use crate::components::base::toast::Toast;
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
        self.add(text, true);
    }

    /// Says that something was done.
    pub fn say(self, text: String) {
        let id = self.add(text, false);
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

    fn add(self, text: String, is_error: bool) -> u64 {
        let id = self.1.get_value();
        self.1.set_value(id + 1);
        self.0.update(|list| list.push(Toast { id, text, is_error }));
        id
    }
}
