//! What can be done with a user: edit, a link to set the password, inactivate, reactivate.

use super::{Editing, Page};
use crate::{
    client::{self, ClientError},
    components::form::dialog_form::{Act, ConfirmDialog},
    i18n::{Arg, t, tx},
    pages::admin::{
        confirming::{ConfirmWaiting, Waiting},
        why,
    },
    state::toasts::Toasts,
};
use causeway_api::{
    PersonId,
    users::{User, UserState},
};
use leptos::{prelude::*, task::spawn_local};

/// What is done with one user.
#[derive(Clone, Copy)]
struct Acts {
    page: Page,
    toasts: Toasts,
    id: PersonId,
    name: StoredValue<String>,
    asks: RwSignal<bool>,
    asks_reset: RwSignal<bool>,
    waiting: Waiting,
}

impl Acts {
    fn say(self, words: &str) {
        let name = self.name.try_get_value().unwrap_or_default();
        self.toasts.say(tx(words, &[("name", Arg::Text(&name))]));
    }

    /// Keeps the act until a code was confirmed, or says why it was refused.
    fn hold(self, refused: ClientError, act: impl Fn() + Send + Sync + 'static) {
        if let Err(error) = self.waiting.hold(refused, act) {
            self.toasts.error(why(&error));
        }
    }

    fn set_inactive(self, inactive: bool) {
        spawn_local(async move {
            self.asks.try_set(false);
            match client::users::set_inactive(self.id, inactive).await {
                Ok(_) => {
                    self.say(if inactive { "user-inactivated" } else { "user-reactivated" });
                    self.page.list.load();
                }
                Err(refused) => self.hold(refused, move || self.set_inactive(inactive)),
            }
        });
    }

    fn send_link(self) {
        spawn_local(async move {
            match client::users::send_password_link(self.id).await {
                Ok(()) => self.say("user-link-sent"),
                Err(refused) => self.hold(refused, move || self.send_link()),
            }
        });
    }

    fn reset_methods(self) {
        spawn_local(async move {
            self.asks_reset.try_set(false);
            match client::second_factors::reset_second_factors(self.id).await {
                Ok(()) => {
                    self.say("user-methods-reset");
                    self.page.list.load();
                }
                Err(refused) => self.hold(refused, move || self.reset_methods()),
            }
        });
    }
}

#[component]
pub(super) fn Actions(page: Page, user: User) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let asks = RwSignal::new(false);
    let (id, name) = (user.person.id, StoredValue::new(user.person.name.clone()));
    let is_inactive = user.state == UserState::Inactive;
    let label = move |action: &str| {
        name.with_value(|name| tx("of-user", &[("action", Arg::Text(&t(action))), ("name", Arg::Text(name))]))
    };
    let acts =
        Acts { page, toasts, id, name, asks, asks_reset: RwSignal::new(false), waiting: Waiting::new() };
    let asks_reset = acts.asks_reset;
    let has_second_factor = user.has_second_factor;
    let edited = StoredValue::new(user.clone());
    let edit = move |_| page.editing.set(Some(Editing::Known(Box::new(edited.get_value()))));
    let is_in_charge = user.is_in_charge;
    view! {
        <span class="btn-row">
            <button class="btn btn--sm" type="button" aria-label=label("edit") on:click=edit>{t("edit")}</button>
            {(!is_inactive).then(|| view! {
                <button class="btn btn--sm" type="button" aria-label=label("send-password-link") on:click=move |_| acts.send_link()>{t("send-password-link")}</button>
            })}
            {has_second_factor.then(|| view! {
                <button class="btn btn--sm" type="button" aria-haspopup="dialog" aria-label=label("reset-methods") on:click=move |_| asks_reset.set(true)>{t("reset-methods")}</button>
            })}
            {if is_inactive {
                view! { <button class="btn btn--sm" type="button" aria-label=label("reactivate") on:click=move |_| acts.set_inactive(false)>{t("reactivate")}</button> }.into_any()
            } else {
                view! { <button class="btn btn--sm btn--danger" type="button" aria-label=label("inactivate") on:click=move |_| asks.set(true)>{t("inactivate")}</button> }.into_any()
            }}
        </span>
        <ConfirmWaiting waiting=acts.waiting/>
        <Show when=move || asks_reset.get()>
            <ConfirmDialog title=t("reset-methods") verb=t("reset-methods") act=Act::Dangerous on_confirm=move |()| acts.reset_methods() on_close=move |()| asks_reset.set(false)>
                <p>{name.with_value(|name| tx("reset-methods-text", &[("name", Arg::Text(name))]))}</p>
            </ConfirmDialog>
        </Show>
        <Show when=move || asks.get()>
            <ConfirmDialog title=t("inactivate-title") verb=t("inactivate") act=Act::Dangerous on_confirm=move |()| acts.set_inactive(true) on_close=move |()| asks.set(false)>
                <p>{name.with_value(|name| tx("inactivate-text", &[("name", Arg::Text(name))]))}</p>
                {is_in_charge.then(|| view! { <p><b>{name.with_value(|name| tx("inactivate-closes", &[("name", Arg::Text(name))]))}</b></p> })}
            </ConfirmDialog>
        </Show>
    }
}
