//! What a field shows and changes, and what is wrong with it.

use leptos::prelude::*;

/// A text that a field shows and changes.
#[derive(Clone, Copy)]
pub struct Typed {
    pub(super) read: Signal<String>,
    pub(super) write: Callback<String>,
}

impl From<RwSignal<String>> for Typed {
    fn from(value: RwSignal<String>) -> Self {
        Self { read: value.into(), write: Callback::new(move |text| value.set(text)) }
    }
}

impl Typed {
    /// Creates a text from how it is read and written.
    pub fn new(read: Signal<String>, write: impl Fn(String) + Send + Sync + 'static) -> Self {
        Self { read, write: Callback::new(write) }
    }

    /// Creates the text of one field of a form.
    pub fn of<F: Send + Sync + 'static>(
        form: RwSignal<F>,
        read: fn(&F) -> &String,
        write: fn(&mut F) -> &mut String,
    ) -> Self {
        Self {
            read: Signal::derive(move || form.with(|form| read(form).clone())),
            write: Callback::new(move |text| form.update(|form| *write(form) = text)),
        }
    }
}

/// What is wrong with a field, until it is corrected.
#[derive(Clone, Copy)]
pub struct ErrorOf {
    text: Signal<Option<String>>,
    corrected: Callback<()>,
}

impl ErrorOf {
    /// Creates an error from its words; `corrected` is called when something else is typed.
    pub fn new(text: Signal<Option<String>>, corrected: impl Fn() + Send + Sync + 'static) -> Self {
        Self { text, corrected: Callback::new(move |()| corrected()) }
    }

    /// Returns what is wrong, in words.
    pub fn text(self) -> Signal<Option<String>> {
        self.text
    }

    /// Removes the error: something else was typed or chosen.
    pub fn correct(self) {
        self.corrected.run(());
    }

    /// Returns the value of `aria-invalid`.
    pub fn invalid(self) -> Option<&'static str> {
        self.text.with(Option::is_some).then_some("true")
    }
}

impl From<RwSignal<Option<String>>> for ErrorOf {
    fn from(error: RwSignal<Option<String>>) -> Self {
        Self::new(error.into(), move || {
            if error.with_untracked(Option::is_some) {
                error.set(None);
            }
        })
    }
}

impl From<Signal<Option<String>>> for ErrorOf {
    fn from(text: Signal<Option<String>>) -> Self {
        Self::new(text, || {})
    }
}
