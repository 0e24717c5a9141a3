//! What can be done with a user: edit, a link to set the password, inactivate, reactivate.

use super::{Editing, Page};
use crate::{
    client,
    components::dialog::Dialog,
    i18n::{Arg, t, tx},
    pages::{admin::why, confirm_again::ConfirmAgain},
    state::toasts::Toasts,
};
use causeway_api::{
    ProblemCode,
    users::{User, UserState},
};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub(super) fn Actions(page: Page, user: User) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let asks = RwSignal::new(false);
    let (id, name) = (user.person.id, StoredValue::new(user.person.name.clone()));
    let is_inactive = user.state == UserState::Inactive;
    let label = move |action: &str| {
        name.with_value(|name| tx("of-user", &[("action", Arg::Text(&t(action))), ("name", Arg::Text(name))]))
    };
    let set_inactive = move |inactive: bool| {
        spawn_local(async move {
            match client::users::set_inactive(id, inactive).await {
                Ok(user) => {
                    let words = if inactive { "user-inactivated" } else { "user-reactivated" };
                    toasts.say(tx(words, &[("name", Arg::Text(&user.person.name))]));
                    asks.try_set(false);
                    page.load();
                }
                Err(error) => toasts.error(why(&error)),
            }
        });
    };
    let send_link = move |_| {
        spawn_local(async move {
            match client::users::send_password_link(id).await {
                Ok(()) => {
                    let name = name.try_get_value().unwrap_or_default();
                    toasts.say(tx("user-link-sent", &[("name", Arg::Text(&name))]));
                }
                Err(error) => toasts.error(why(&error)),
            }
        });
    };
    let (asks_reset, confirms) = (RwSignal::new(false), RwSignal::new(false));
    let reset = move || {
        spawn_local(async move {
            asks_reset.try_set(false);
            confirms.try_set(false);
            match client::second_factors::reset_second_factors(id).await {
                Ok(()) => {
                    let name = name.try_get_value().unwrap_or_default();
                    toasts.say(tx("user-methods-reset", &[("name", Arg::Text(&name))]));
                    page.load();
                }
                Err(refused) if refused.code() == Some(ProblemCode::ConfirmAgain) => {
                    confirms.try_set(true);
                }
                Err(error) => toasts.error(why(&error)),
            }
        });
    };
    let has_second_factor = user.has_second_factor;
    let edited = StoredValue::new(user.clone());
    let edit = move |_| page.editing.set(Some(Editing::Known(Box::new(edited.get_value()))));
    let is_in_charge = user.is_in_charge;
    view! {
        <span class="btn-row">
            <button class="btn btn--sm" type="button" aria-label=label("edit") on:click=edit>{t("edit")}</button>
            {(!is_inactive).then(|| view! {
                <button class="btn btn--sm" type="button" aria-label=label("send-password-link") on:click=send_link>{t("send-password-link")}</button>
            })}
            {has_second_factor.then(|| view! {
                <button class="btn btn--sm" type="button" aria-haspopup="dialog" aria-label=label("reset-methods") on:click=move |_| asks_reset.set(true)>{t("reset-methods")}</button>
            })}
            {if is_inactive {
                view! { <button class="btn btn--sm" type="button" aria-label=label("reactivate") on:click=move |_| set_inactive(false)>{t("reactivate")}</button> }.into_any()
            } else {
                view! { <button class="btn btn--sm btn--danger" type="button" aria-label=label("inactivate") on:click=move |_| asks.set(true)>{t("inactivate")}</button> }.into_any()
            }}
        </span>
        <Show when=move || confirms.get()>
            <ConfirmAgain on_done=move |()| reset() on_close=move |()| confirms.set(false)/>
        </Show>
        <Show when=move || asks_reset.get()>
            <Dialog title=t("reset-methods") on_close=move |()| asks_reset.set(false)>
                <div class="dialog__body">
                    <p>{name.with_value(|name| tx("reset-methods-text", &[("name", Arg::Text(name))]))}</p>
                    <div class="dialog__foot">
                        <span class="push"></span>
                        <button class="btn" type="button" on:click=move |_| asks_reset.set(false)>{t("cancel")}</button>
                        <button class="btn btn--danger" type="button" on:click=move |_| reset()>{t("reset-methods")}</button>
                    </div>
                </div>
            </Dialog>
        </Show>
        <Show when=move || asks.get()>
            <Dialog title=t("inactivate-title") on_close=move |()| asks.set(false)>
                <div class="dialog__body">
                    <p>{name.with_value(|name| tx("inactivate-text", &[("name", Arg::Text(name))]))}</p>
                    {is_in_charge.then(|| view! { <p><b>{name.with_value(|name| tx("inactivate-closes", &[("name", Arg::Text(name))]))}</b></p> })}
                    <div class="dialog__foot">
                        <span class="push"></span>
                        <button class="btn" type="button" on:click=move |_| asks.set(false)>{t("cancel")}</button>
                        <button class="btn btn--danger" type="button" on:click=move |_| set_inactive(true)>{t("inactivate")}</button>
                    </div>
                </div>
            </Dialog>
        </Show>
    }
}
