//! Opening and closing registration.

use super::Page;
use crate::{
    components::base::icon::{Icon, IconSize},
    i18n::{self, Arg, t, tx},
    pages::submission::Submission,
};
use leptos::prelude::*;

/// Open or closed, and why it is closed. The switch saves at once, and shows what the server has, never what it is asked for.
#[component]
pub(super) fn Switch(page: Page, submission: Submission) -> impl IntoView {
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
    let toggle = move |event: web_sys::Event| {
        let input = event_target::<web_sys::HtmlInputElement>(&event);
        let wanted = input.checked();
        // It moves once the server has it, and is where it was after a refusal.
        input.set_checked(untrack(is_open));
        page.set_open(wanted, submission);
    };
    view! {
        <div class="card card--switch" aria-busy=move || submission.is_busy().get().then_some("true")>
            <label class="switch switch--lg">
                <input
                    class="switch__input"
                    type="checkbox"
                    role="switch"
                    aria-describedby="open-state"
                    prop:checked=is_open
                    on:change=toggle
                />
                <b>{t("registration-open")}</b>
            </label>
            <span role="status">{pill}</span>
            <p class="muted push" id="open-state">
                {state}
            </p>
        </div>
    }
}
