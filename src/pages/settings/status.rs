//! What the person says about being there, for colleagues.

use crate::{
    client,
    components::{
        base::banner::ErrorBanner,
        form::field::{Field, TextField, described_by},
    },
    i18n::{self, t},
    pages::submission::{Form, Submission, SubmitButton},
    state::toasts::Toasts,
};
use causeway_api::{
    Millis,
    presence::{OwnStatus, Status},
};
use leptos::{prelude::*, task::spawn_local};

/// The choices, with their texts.
const CHOICES: [(Option<Status>, &str, &str); 3] = [
    (None, "status-automatic", "status-automatic-text"),
    (Some(Status::Busy), "presence-busy", "status-busy-text"),
    (Some(Status::OutOfOffice), "presence-out", "status-out-text"),
];

/// The form by which a status is set.
#[component]
pub(super) fn OwnStatusForm() -> impl IntoView {
    let (status, text) = (RwSignal::new(None::<Status>), RwSignal::new(String::new()));
    let until = RwSignal::new(None::<Millis>);
    let (submission, toasts) = (Submission::new(), expect_context::<Toasts>());
    let show = move |own: OwnStatus| {
        status.try_set(own.status);
        text.try_set(own.text);
        until.try_set(own.until);
    };
    spawn_local(async move {
        // Without it the form begins with nothing said, which saving would not change by itself.
        if let Ok(own) = client::presence::get_status().await {
            show(own);
        }
    });
    let save = move |()| {
        let said = status.get_untracked();
        let new = OwnStatus {
            status: said,
            text: said.map(|_| text.get_untracked()).unwrap_or_default(),
            until: said.and(until.get_untracked()),
        };
        let ask = move || {
            let new = new.clone();
            async move { client::presence::set_status(&new).await }
        };
        submission.send(ask, move |own: OwnStatus| {
            show(own);
            toasts.say(t("status-saved"));
        });
    };
    let choice = move |(value, label, why): (Option<Status>, &'static str, &'static str)| {
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="status"
                    prop:checked=move || status.get() == value
                    on:change=move |_| status.set(value)
                />
                <span>{t(label)} <span class="choice__hint">{t(why)}</span></span>
            </label>
        }
    };
    view! {
        <section aria-labelledby="status-title" class="settings__narrow contact-section">
            <h2 class="profile__name" id="status-title">
                {t("status-title")}
            </h2>
            <ErrorBanner text=submission.error() />
            <Form class="stack-4" on_submit=save>
                <fieldset class="field">
                    <legend class="visually-hidden">{t("status-title")}</legend>
                    {CHOICES.into_iter().map(choice).collect_view()}
                </fieldset>
                <Show when=move || status.get().is_some()>
                    <TextField
                        id="status-text"
                        label=t("status-words")
                        value=text
                        error=submission.fault("text")
                        is_optional=true
                        is_compact=true
                    />
                    <Until until=until submission=submission />
                </Show>
                <p>
                    <SubmitButton label=t("save") is_busy=submission.is_busy() class="btn btn--primary" />
                </p>
            </Form>
        </section>
    }
}

/// When the status ends by itself.
#[component]
fn Until(until: RwSignal<Option<Millis>>, submission: Submission) -> impl IntoView {
    let error = submission.fault("until");
    view! {
        <Field
            id="status-until"
            label=t("status-until")
            error=error
            is_optional=true
        >
            <input
                class="input"
                id="status-until"
                type="datetime-local"
                aria-invalid=move || error.invalid()
                aria-describedby=described_by("status-until", error, false)
                prop:value=move || until.get().map(i18n::day_and_time).unwrap_or_default()
                on:change=move |event| {
                    error.correct();
                    until.set(i18n::from_day_and_time(&event_target_value(&event)));
                }
            />
        </Field>
    }
}
