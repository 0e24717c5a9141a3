//! What was typed survives another language: every text is written when its component is made, so a change of language
//! makes the pages anew (`app.rs`), and what is kept here is there again afterwards.

use leptos::prelude::*;
use std::{any::Any, borrow::Cow, collections::HashMap};

/// What the pages held when the language changed.
#[derive(Clone, Copy)]
pub(super) struct Kept {
    values: StoredValue<HashMap<Cow<'static, str>, Box<dyn Any>>, LocalStorage>,
    is_changing: StoredValue<bool>,
}

impl Kept {
    /// Provides it to everything below, outside of what is made anew.
    pub(super) fn provide() -> Self {
        let kept =
            Self { values: StoredValue::new_local(HashMap::new()), is_changing: StoredValue::new(false) };
        provide_context(kept);
        kept
    }

    /// The pages are about to be made anew.
    pub(super) fn begin(self) {
        self.is_changing.set_value(true);
    }

    /// They have been; what no new page asked for is forgotten.
    pub(super) fn end(self) {
        self.is_changing.set_value(false);
        self.values.update_value(HashMap::clear);
    }
}

/// A signal that survives another language, by a name of its own; `first` is what it holds otherwise.
pub fn keep<T: Clone + Send + Sync + 'static>(
    name: impl Into<Cow<'static, str>>,
    first: impl FnOnce() -> T,
) -> RwSignal<T> {
    let name = name.into();
    let Some(kept) = use_context::<Kept>() else { return RwSignal::new(first()) };
    let before = kept.values.try_update_value(|values| values.remove(&name)).flatten();
    let value = before.and_then(|value| value.downcast::<T>().ok()).map_or_else(first, |value| *value);
    // The signal outlives the page that made it, so that its last value can be read while the page goes.
    let signal = ArcRwSignal::new(value);
    let last = signal.clone();
    on_cleanup(move || {
        if kept.is_changing.try_get_value() == Some(true) {
            let value: Box<dyn Any> = Box::new(last.get_untracked());
            kept.values.try_update_value(|values| values.insert(name.clone(), value));
        }
    });
    signal.into()
}
