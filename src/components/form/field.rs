//! Labelled fields, each with its error at its place.

use crate::{
    components::base::icon::{Icon, IconSize},
    i18n::t,
};
use leptos::prelude::*;

/// A text that a field shows and changes.
#[derive(Clone, Copy)]
pub struct Typed {
    read: Signal<String>,
    write: Callback<String>,
}

impl From<RwSignal<String>> for Typed {
    fn from(value: RwSignal<String>) -> Self {
        Self { read: value.into(), write: Callback::new(move |text| value.set(text)) }
    }
}

impl Typed {
    /// A text that is read and written so.
    pub fn new(read: Signal<String>, write: impl Fn(String) + Send + Sync + 'static) -> Self {
        Self { read, write: Callback::new(write) }
    }

    /// A field of something that is typed as a whole.
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
    /// What is wrong, in words; `corrected` is told when something else is typed.
    pub fn new(text: Signal<Option<String>>, corrected: impl Fn() + Send + Sync + 'static) -> Self {
        Self { text, corrected: Callback::new(move |()| corrected()) }
    }

    /// What is wrong, in words.
    pub fn text(self) -> Signal<Option<String>> {
        self.text
    }

    /// Something else was typed or chosen: what was wrong is no more.
    pub fn correct(self) {
        self.corrected.run(());
    }

    /// The value of `aria-invalid`.
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

/// The label of a field, the field itself, a hint, and what is wrong. The field takes its ids from `describe`.
#[component]
pub fn Field(
    /// The id of the field, which the label names.
    id: &'static str,
    /// The label.
    #[prop(into)]
    label: String,
    /// What is wrong.
    #[prop(into)]
    error: ErrorOf,
    /// What helps to fill it in.
    #[prop(optional_no_strip)]
    hint: Option<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="field">
            <label class="field__label" for=id>
                {label}
            </label>
            {children()}
            {hint
                .map(|hint| {
                    view! {
                        <p class="field__hint" id=format!("{id}-hint")>
                            {hint}
                        </p>
                    }
                })}
            <FieldError id=format!("{id}-error") error=error.text() />
        </div>
    }
}

/// What a field is described by: what is wrong with it, else its hint.
pub fn described_by(id: &'static str, error: ErrorOf, has_hint: bool) -> impl Fn() -> Option<String> {
    move || match (error.text().with(Option::is_some), has_hint) {
        (true, _) => Some(format!("{id}-error")),
        (false, true) => Some(format!("{id}-hint")),
        (false, false) => None,
    }
}

/// A labelled line of text, with its hint and its fault below.
#[component]
pub fn TextField(
    /// The id of the input, which the label names.
    id: &'static str,
    /// The label.
    #[prop(into)]
    label: String,
    /// What is typed.
    #[prop(into)]
    value: Typed,
    /// What is wrong.
    #[prop(into)]
    error: ErrorOf,
    /// What the browser may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// The type of the input.
    #[prop(default = "text")]
    kind: &'static str,
    /// The field is where typing begins.
    #[prop(optional)]
    autofocus: bool,
    /// It may stay empty.
    #[prop(optional)]
    is_optional: bool,
    /// As high as the fields beside it in a dialog, not as those of signing in.
    #[prop(optional)]
    is_compact: bool,
    /// What helps to fill it in.
    #[prop(optional, into)]
    hint: Option<String>,
) -> impl IntoView {
    let described = described_by(id, error, hint.is_some());
    let input = move |event| {
        error.correct();
        value.write.run(event_target_value(&event));
    };
    view! {
        <Field id=id label=label error=error hint=hint>
            <input
                class=if is_compact { "input" } else { "input input--lg" }
                id=id
                name=id
                type=kind
                autocomplete=autocomplete
                autocapitalize=(!is_compact).then_some("none")
                spellcheck=(!is_compact).then_some("false")
                autofocus=autofocus
                required=!is_optional
                prop:value=move || value.read.get()
                on:input=input
                aria-invalid=move || error.invalid()
                aria-describedby=described
            />
        </Field>
    }
}

/// The passcode of a device: digits, hidden, and never offered to a password manager.
#[component]
pub fn PasscodeField(
    /// The id of the input, which the label names.
    id: &'static str,
    /// The label.
    #[prop(into)]
    label: String,
    /// What is typed.
    #[prop(into)]
    value: Typed,
    /// What is wrong.
    #[prop(into)]
    error: ErrorOf,
    /// The field is where typing begins.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let described = described_by(id, error, false);
    let input = move |event| {
        error.correct();
        value.write.run(event_target_value(&event));
    };
    view! {
        <Field id=id label=label error=error hint=None>
            <input
                class="input input--lg activation-code"
                id=id
                name=id
                type="password"
                inputmode="numeric"
                autocomplete="off"
                maxlength="6"
                autofocus=autofocus
                required
                prop:value=move || value.read.get()
                on:input=input
                aria-invalid=move || error.invalid()
                aria-describedby=described
            />
        </Field>
    }
}

/// A password, which can be shown.
#[component]
pub fn PasswordField(
    /// The id of the input, which the label names.
    id: &'static str,
    /// The label.
    #[prop(into)]
    label: String,
    /// What is typed.
    #[prop(into)]
    value: Typed,
    /// What is wrong.
    #[prop(into)]
    error: ErrorOf,
    /// `current-password` or `new-password`.
    autocomplete: &'static str,
    /// What is asked of it.
    #[prop(optional, into)]
    hint: Option<String>,
) -> impl IntoView {
    let is_shown = RwSignal::new(false);
    let described = described_by(id, error, hint.is_some());
    let input = move |event| {
        error.correct();
        value.write.run(event_target_value(&event));
    };
    view! {
        <Field id=id label=label error=error hint=hint>
            <div class="affix">
                <input
                    class="input input--lg"
                    id=id
                    name=id
                    type=move || if is_shown.get() { "text" } else { "password" }
                    autocomplete=autocomplete
                    required
                    prop:value=move || value.read.get()
                    on:input=input
                    aria-invalid=move || error.invalid()
                    aria-describedby=described
                />
                <button
                    class="icon-btn"
                    type="button"
                    aria-label=t("show-password")
                    aria-pressed=move || if is_shown.get() { "true" } else { "false" }
                    on:click=move |_| is_shown.update(|shown| *shown = !*shown)
                >
                    <Icon name="i-eye" />
                </button>
            </div>
        </Field>
    }
}

/// What is wrong with a field, below it.
#[component]
pub fn FieldError(
    /// The id that the field is described by.
    id: String,
    /// What is wrong, in words.
    error: Signal<Option<String>>,
) -> impl IntoView {
    move || {
        let id = id.clone();
        error.get().map(|text| {
            view! {
                <p class="field__error" id=id>
                    <Icon name="i-alert" size=IconSize::Xs />
                    {text}
                </p>
            }
        })
    }
}
