//! The settings, one by one.

use super::{Page, Setting};
use crate::{
    components::{
        base::{
            avatar::Avatar,
            icon::{Icon, IconSize},
            meter::Meter,
        },
        chat::linked_text::LinkedText,
        form::field::FieldError,
    },
    i18n::{self, Arg, LANGUAGES, t, tx},
    pages::{admin::employees::EmployeeSelect, submission::Submission},
};
use causeway_api::people::Person;
use leptos::prelude::*;

/// Open or closed, and why it is closed.
#[component]
pub(super) fn Switch(page: Page) -> impl IntoView {
    let state = move || {
        page.saved.with(|saved| {
            let saved = saved.as_ref()?;
            Some(match (saved.closed, &saved.opened_by, saved.opened_at) {
                (None, Some(by), Some(at)) => {
                    let date = i18n::full_date(at);
                    tx("registration-opened-by", &[("name", Arg::Text(by)), ("date", Arg::Text(&date))])
                }
                (_, _, None) => t("registration-never-opened"),
                (Some(reason), ..) => t(format!("registration-closed-{}", reason.as_str())),
                (None, ..) => String::new(),
            })
        })
    };
    let is_open = move || page.saved.with(|saved| saved.as_ref().is_some_and(|saved| saved.closed.is_none()));
    let pill = move || {
        if is_open() {
            view! {
                <span class="pill pill--success">
                    <Icon name="i-check" size=IconSize::Xs />
                    {t("registration-is-open")}
                </span>
            }
            .into_any()
        } else {
            view! {
                <span class="pill pill--warning">
                    <Icon name="i-alert" size=IconSize::Xs />
                    {t("registration-is-closed")}
                </span>
            }
            .into_any()
        }
    };
    view! {
        <div class="card card--switch">
            <label class="switch switch--lg">
                <input
                    class="switch__input"
                    type="checkbox"
                    role="switch"
                    aria-describedby="open-state"
                    prop:checked=move || page.draft.with(|draft| draft.is_open)
                    on:change=move |event| page.draft.update(|draft| draft.is_open = event_target_checked(&event))
                />
                <b>{t("registration-open")}</b>
            </label>
            {pill}
            <p class="muted push" id="open-state">
                {state}
            </p>
        </div>
    }
}

/// The employee who answers registrants, chosen from a list.
#[component]
pub(super) fn PersonInCharge(page: Page, submission: Submission) -> impl IntoView {
    let error = submission.fault("person_in_charge");
    // The draft has the id; who that is stands in what was saved, or was found just now.
    let person = Signal::derive(move || {
        let id = page.draft.with(|draft| draft.person_in_charge)?;
        let saved = page.saved.with(|saved| saved.as_ref().and_then(|saved| saved.person_in_charge.clone()));
        saved.filter(|person| person.id == id).or_else(|| {
            page.employees
                .found
                .with(|all| all.iter().find(|(person, _)| person.id == id).map(|it| it.0.clone()))
        })
    });
    view! {
        <Setting label="person-in-charge" help="person-in-charge-help" control="person-in-charge">
            <div class="picker">
                {move || person.get().map(|person| view! { <Avatar name=person.name kind=person.kind /> })}
                <div class="picker__choice">
                    <EmployeeSelect
                        employees=page.employees
                        id="person-in-charge"
                        chosen=person
                        is_invalid=Signal::derive(move || error.text().with(Option::is_some))
                        described_by="person-in-charge-hint person-in-charge-error".to_owned()
                        on_choose={move |chosen: Option<Person>| {
                            error.correct();
                            page.draft.update(|draft| draft.person_in_charge = chosen.map(|it| it.id));
                        }}
                    />
                </div>
            </div>
            <p class="field__hint" id="person-in-charge-hint">
                {t("person-in-charge-hint")}
            </p>
            <FieldError id="person-in-charge-error".to_owned() error=error.text() />
        </Setting>
    }
}

/// How many places are taken, for good and for a while.
#[component]
pub(super) fn Places(page: Page, submission: Submission) -> impl IntoView {
    let error = submission.fault("capacity");
    let meter = move || {
        let (capacity, unreachable) =
            page.saved.with(|saved| saved.as_ref().map(|saved| (saved.capacity, saved.unreachable)))?;
        let count = |id: &str, count: i64| tx(id, &[("count", Arg::Number(count))]);
        let (registered, pending) =
            (count("capacity-registered", capacity.registered), count("capacity-pending", capacity.pending));
        let used = capacity.registered + capacity.pending;
        let (head, left, bar) = match capacity.limit {
            Some(limit) => {
                let left = count("capacity-left", (limit - used).max(0));
                let text = format!("{registered}, {pending}, {left}");
                let head = tx("capacity-of", &[("used", Arg::Number(used)), ("limit", Arg::Number(limit))]);
                let bar = view! { <Meter label=t("external-users") text=text used=capacity.registered held=capacity.pending limit=limit /> };
                (head, left, Some(bar))
            }
            None => (used.to_string(), t("capacity-unlimited"), None),
        };
        Some(view! {
            <div class="meter">
                <p>
                    <b class="num">{head}</b>
                    " "
                    <span class="muted">{t("external-users")}</span>
                </p>
                {bar}
                <p class="meter__legend">
                    <span>
                        <i></i>
                        {registered}
                    </span>
                    <span>
                        <i class="held"></i>
                        {pending}
                    </span>
                    <span>
                        <i class="free"></i>
                        {left}
                    </span>
                </p>
                {(unreachable > 0)
                    .then(|| view! { <p class="field__error">{count("registration-unreachable", unreachable)}</p> })}
            </div>
        })
    };
    view! {
        <Setting label="capacity" help="capacity-help">
            {meter}
            <FieldError id="capacity-error".to_owned() error=error.text() />
        </Setting>
    }
}

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
                    page
                        .draft
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
        <Setting label="form-message" help="form-message-help" control="form-message">
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
            <p class="field__hint" id="form-message-hint">
                {hint}
            </p>
            <FieldError id="form-message-error".to_owned() error=error.text() />
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
        <Setting label="welcome-message" help="welcome-message-help" control="welcome-message">
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
            <p class="field__hint" id="welcome-message-hint">
                {hint}
            </p>
            <FieldError id="welcome-message-error".to_owned() error=error.text() />
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
        <Setting label="allowed-domains" help="allowed-domains-help" control="allowed-domains">
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
            <p class="field__hint" id="allowed-domains-hint">
                {t("allowed-domains-hint")}
            </p>
            <FieldError id="allowed-domains-error".to_owned() error=error.text() />
        </Setting>
    }
}
