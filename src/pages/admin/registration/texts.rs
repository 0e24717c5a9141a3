//! What registrants read, and which email domains may register.

use super::{Page, Setting};
use crate::{
    components::{
        base::icon::{Icon, IconSize},
        chat::linked_text::LinkedText,
        form::field::FieldFoot,
    },
    i18n::{self, Arg, LANGUAGES, t, tx},
    pages::submission::Submission,
};
use leptos::prelude::*;

/// The text above the form, one per language.
#[component]
pub(super) fn FormTexts(page: Page, submission: Submission) -> impl IntoView {
    let error = submission.fault("form_text");
    let language = RwSignal::new(i18n::current());
    let text = move || {
        page.draft.with(|draft| {
            language.with(|language| draft.form_text.get(language).cloned().unwrap_or_default())
        })
    };
    let hint = move || tx("form-message-hint", &[("count", Arg::Number(text().chars().count() as i64))]);
    let tab = move |tag: &'static str, name: &'static str| {
        view! {
            <button
                class="chip"
                type="button"
                lang=tag
                aria-pressed=move || if language.with(|language| language == tag) { "true" } else { "false" }
                on:click=move |_| language.set(tag.to_owned())
            >
                {name}
                {move || {
                    page.draft
                        .with(|draft| draft.form_text.contains_key(tag))
                        .then(|| {
                            view! {
                                " "
                                <Icon name="i-check" size=IconSize::Xs />
                            }
                        })
                }}
            </button>
        }
    };
    view! {
        <Setting label="form-message" help="form-message-help" control="form-message" is_optional=true>
            <div class="chip-row" role="group" aria-label=t("language")>
                {LANGUAGES.map(|(tag, name)| tab(tag, name)).collect_view()}
            </div>
            <textarea
                class="input"
                id="form-message"
                rows="2"
                lang=move || language.get()
                aria-invalid=move || error.invalid()
                aria-describedby="form-message-hint form-message-error"
                prop:value=text
                on:input=move |event| {
                    error.correct();
                    page.draft.update(|draft| draft.set_text(&language.get_untracked(), event_target_value(&event)));
                }
            ></textarea>
            <FieldFoot id="form-message" error=error.text() hint=Signal::derive(hint) />
        </Setting>
    }
}

/// The first message to a registrant, with a preview; none is sent while it is empty.
#[component]
pub(super) fn WelcomeMessage(page: Page, submission: Submission) -> impl IntoView {
    let error = submission.fault("welcome");
    let text = move || page.draft.with(|draft| draft.welcome.clone());
    let hint = move || tx("welcome-message-hint", &[("count", Arg::Number(text().chars().count() as i64))]);
    view! {
        <Setting label="welcome-message" help="welcome-message-help" control="welcome-message" is_optional=true>
            <textarea
                class="input"
                id="welcome-message"
                rows="3"
                aria-invalid=move || error.invalid()
                aria-describedby="welcome-message-hint welcome-message-error"
                prop:value=text
                on:input=move |event| {
                    error.correct();
                    page.draft.update(|draft| draft.welcome = event_target_value(&event));
                }
            ></textarea>
            <FieldFoot id="welcome-message" error=error.text() hint=Signal::derive(hint) />
            {move || {
                (!text().trim().is_empty())
                    .then(|| {
                        view! {
                            <figure class="welcome-preview">
                                <figcaption class="field__hint">{t("welcome-message-preview")}</figcaption>
                                <div class="bubble welcome-preview__bubble">
                                    <p class="bubble__text">
                                        <LinkedText text=text() />
                                    </p>
                                </div>
                            </figure>
                        }
                    })
            }}
        </Setting>
    }
}

/// The email domains that may register, one per line; every domain while it is empty.
#[component]
pub(super) fn Domains(page: Page, submission: Submission) -> impl IntoView {
    let error = submission.fault("domains");
    view! {
        <Setting label="allowed-domains" help="allowed-domains-help" control="allowed-domains" is_optional=true>
            <textarea
                class="input"
                id="allowed-domains"
                rows="2"
                spellcheck="false"
                aria-invalid=move || error.invalid()
                aria-describedby="allowed-domains-hint allowed-domains-error"
                prop:value=move || page.draft.with(|draft| draft.domains.clone())
                on:input=move |event| {
                    error.correct();
                    page.draft.update(|draft| draft.domains = event_target_value(&event));
                }
            ></textarea>
            <FieldFoot id="allowed-domains" error=error.text() hint=t("allowed-domains-hint") />
        </Setting>
    }
}
