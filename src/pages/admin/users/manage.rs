//! What can be done with a user: edit, a link to set the password, inactivate, reactivate.

use super::{Editing, Page};
use crate::{
    client,
    components::form::dialog_form::{Act, ConfirmDialog},
    i18n::{Arg, t, tx},
    pages::{admin::why, sign_in::confirm_again::Confirming, submission::Submission},
    state::toasts::Toasts,
};
use causeway_api::{
    PersonId,
    users::{User, UserState},
};
use leptos::prelude::*;

/// What is done with one user.
#[derive(Clone, Copy)]
struct Acts {
    page: Page,
    toasts: Toasts,
    id: PersonId,
    name: StoredValue<String>,
    asks: RwSignal<bool>,
    asks_reset: RwSignal<bool>,
    submission: Submission,
}

impl Acts {
    fn say(self, words: &str) {
        let name = self.name.try_get_value().unwrap_or_default();
        self.toasts.say(tx(words, &[("name", Arg::Text(&name))]));
    }

    fn set_inactive(self, inactive: bool) {
        self.asks.set(false);
        self.submission.send(
            move || client::users::set_inactive(self.id, inactive),
            move |_: User| {
                self.say(if inactive { "user-inactivated" } else { "user-reactivated" });
                self.page.list.load();
            },
        );
    }

    fn send_link(self) {
        let ask = move || client::users::send_password_link(self.id);
        self.submission.send(ask, move |()| self.say("user-link-sent"));
    }

    fn reset_methods(self) {
        self.asks_reset.set(false);
        self.submission.send(
            move || client::second_factors::reset_second_factors(self.id),
            move |()| {
                self.say("user-methods-reset");
                self.page.list.load();
            },
        );
    }
}

/// What can be done with the user of a row.
#[component]
pub(super) fn Actions(page: Page, user: User) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let asks = RwSignal::new(false);
    let (id, name) = (user.person.id, StoredValue::new(user.person.name.clone()));
    let is_inactive = user.state == UserState::Inactive;
    let label = move |action: &str| {
        name.with_value(|name| tx("of-user", &[("action", Arg::Text(&t(action))), ("name", Arg::Text(name))]))
    };
    let submission = Submission::new().in_words(why).in_toasts();
    let acts = Acts { page, toasts, id, name, asks, asks_reset: RwSignal::new(false), submission };
    let asks_reset = acts.asks_reset;
    let has_second_factor = user.has_second_factor;
    let edited = StoredValue::new(user.clone());
    let edit = move |_| page.editing.set(Some(Editing::Known(Box::new(edited.get_value()))));
    let is_in_charge = user.is_in_charge;
    view! {
        <span class="btn-row">
            <button class="btn btn--sm" type="button" aria-label=label("edit") on:click=edit>
                {t("edit")}
            </button>
            {(!is_inactive)
                .then(|| {
                    view! {
                        <button
                            class="btn btn--sm"
                            type="button"
                            aria-label=label("send-password-link")
                            on:click=move |_| acts.send_link()
                        >
                            {t("send-password-link")}
                        </button>
                    }
                })}
            {has_second_factor
                .then(|| {
                    view! {
                        <button
                            class="btn btn--sm"
                            type="button"
                            aria-haspopup="dialog"
                            aria-label=label("reset-methods")
                            on:click=move |_| asks_reset.set(true)
                        >
                            {t("reset-methods")}
                        </button>
                    }
                })}
            {if is_inactive {
                view! {
                    <button
                        class="btn btn--sm"
                        type="button"
                        aria-label=label("reactivate")
                        on:click=move |_| acts.set_inactive(false)
                    >
                        {t("reactivate")}
                    </button>
                }
                    .into_any()
            } else {
                view! {
                    <button
                        class="btn btn--sm btn--danger"
                        type="button"
                        aria-label=label("inactivate")
                        on:click=move |_| asks.set(true)
                    >
                        {t("inactivate")}
                    </button>
                }
                    .into_any()
            }}
        </span>
        <Confirming submission=submission />
        <Show when=move || asks_reset.get()>
            <ConfirmDialog
                title=t("reset-methods")
                verb=t("reset-methods")
                act=Act::Dangerous
                on_confirm=move |()| acts.reset_methods()
                on_close=move |()| asks_reset.set(false)
            >
                <p>{name.with_value(|name| tx("reset-methods-text", &[("name", Arg::Text(name))]))}</p>
            </ConfirmDialog>
        </Show>
        <Show when=move || asks.get()>
            <ConfirmDialog
                title=t("inactivate-title")
                verb=t("inactivate")
                act=Act::Dangerous
                on_confirm=move |()| acts.set_inactive(true)
                on_close=move |()| asks.set(false)
            >
                <p>{name.with_value(|name| tx("inactivate-text", &[("name", Arg::Text(name))]))}</p>
                {is_in_charge
                    .then(|| {
                        view! {
                            <p>
                                <b>{name.with_value(|name| tx("inactivate-closes", &[("name", Arg::Text(name))]))}</b>
                            </p>
                        }
                    })}
            </ConfirmDialog>
        </Show>
    }
}
