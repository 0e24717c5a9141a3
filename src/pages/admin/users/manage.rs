//! What can be done with a user: edit, send a password link, reset the second factors, deactivate, reactivate.

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
    people::PersonKind,
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
    /// The dialog is open that asks before deactivating.
    asks: RwSignal<bool>,
    /// The dialog is open that asks before resetting the second factors.
    asks_reset: RwSignal<bool>,
    submission: Submission,
}

impl Acts {
    /// Returns a text with the name of the user.
    fn with_name(self, text: &str) -> String {
        let name = self.name.try_get_value().unwrap_or_default();
        tx(text, &[("name", Arg::Text(&name))])
    }

    fn say(self, text: &str) {
        self.toasts.say(self.with_name(text));
    }

    fn set_inactive(self, inactive: bool) {
        self.asks.set(false);
        self.submission.send(
            move || client::users::set_inactive(self.id, inactive),
            move |_: User| {
                self.say(if inactive { "user-inactivated" } else { "user-reactivated" });
                self.page.reload();
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
                self.page.reload();
            },
        );
    }
}

/// What can be done with the user of a row.
#[component]
pub(super) fn Actions(page: Page, user: User) -> impl IntoView {
    let acts = Acts {
        page,
        toasts: expect_context::<Toasts>(),
        id: user.person.id,
        name: StoredValue::new(user.person.name.clone()),
        asks: RwSignal::new(false),
        asks_reset: RwSignal::new(false),
        submission: Submission::new().in_words(why).in_toasts(),
    };
    let is_inactive = user.state == UserState::Inactive;
    let (has_second_factor, is_in_charge) = (user.has_second_factor, user.is_in_charge);
    // What external users are called is their own affair.
    let is_employee = user.person.kind == PersonKind::Colleague;
    let edit = move |()| page.editing.set(Some(Editing::Known(Box::new(user.clone()))));
    view! {
        <span class="btn-row">
            {is_employee.then(|| view! { <Action acts=acts action="edit" on_act=edit /> })}
            {(!is_inactive)
                .then(|| view! { <Action acts=acts action="send-password-link" on_act=move |()| acts.send_link() /> })}
            {has_second_factor
                .then(|| {
                    let ask = move |()| acts.asks_reset.set(true);
                    view! { <Action acts=acts action="reset-methods" opens_dialog=true on_act=ask /> }
                })}
            {if is_inactive {
                let reactivate = move |()| acts.set_inactive(false);
                view! { <Action acts=acts action="reactivate" on_act=reactivate /> }
            } else {
                let ask = move |()| acts.asks.set(true);
                view! { <Action acts=acts action="inactivate" class="btn btn--sm btn--danger" on_act=ask /> }
            }}
        </span>
        <Confirming submission=acts.submission />
        <Show when=move || acts.asks_reset.get()>
            <ResetDialog acts=acts />
        </Show>
        <Show when=move || acts.asks.get()>
            <DeactivateDialog acts=acts is_in_charge=is_in_charge />
        </Show>
    }
}

/// The button of an act, named with the user for screen readers.
#[component]
fn Action(
    acts: Acts,
    /// The id of the text that names the act.
    action: &'static str,
    #[prop(default = "btn btn--sm")] class: &'static str,
    /// A dialog asks first.
    #[prop(optional)]
    opens_dialog: bool,
    #[prop(into)] on_act: Callback<()>,
) -> impl IntoView {
    let label = acts
        .name
        .with_value(|name| tx("of-user", &[("action", Arg::Text(&t(action))), ("name", Arg::Text(name))]));
    view! {
        <button
            class=class
            type="button"
            aria-haspopup=opens_dialog.then_some("dialog")
            aria-label=label
            on:click=move |_| on_act.run(())
        >
            {t(action)}
        </button>
    }
}

/// Asks before the second factors of a user are removed.
#[component]
fn ResetDialog(acts: Acts) -> impl IntoView {
    view! {
        <ConfirmDialog
            title=t("reset-methods")
            verb=t("reset-methods")
            act=Act::Dangerous
            on_confirm=move |()| acts.reset_methods()
            on_close=move |()| acts.asks_reset.set(false)
        >
            <p>{acts.with_name("reset-methods-text")}</p>
        </ConfirmDialog>
    }
}

/// Asks before a user is deactivated; registration closes with its person in charge.
#[component]
fn DeactivateDialog(acts: Acts, is_in_charge: bool) -> impl IntoView {
    view! {
        <ConfirmDialog
            title=t("inactivate-title")
            verb=t("inactivate")
            act=Act::Dangerous
            on_confirm=move |()| acts.set_inactive(true)
            on_close=move |()| acts.asks.set(false)
        >
            <p>{acts.with_name("inactivate-text")}</p>
            <p>{t("inactivate-frees")}</p>
            {is_in_charge
                .then(|| {
                    view! {
                        <p>
                            <b>{acts.with_name("inactivate-closes")}</b>
                        </p>
                    }
                })}
        </ConfirmDialog>
    }
}
