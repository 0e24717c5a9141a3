//! Security: another password, and what is asked for beside it.

use super::SignInMethods;
use crate::{
    client,
    components::{
        base::banner::ErrorBanner,
        form::{field::PasswordField, strength::StrengthHint},
    },
    i18n::{keep, t},
    pages::{explain, field_fault, passcode::PasscodeSettings},
    state::toasts::Toasts,
};
use causeway_api::validate::{self, Fault};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub(super) fn Security() -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let (old, new) = (keep("security.old", String::new), keep("security.new", String::new));
    let (old_fault, new_fault, error) =
        (RwSignal::new(None::<String>), RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let is_busy = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        old_fault.set(old.with_untracked(String::is_empty).then(|| t(Fault::Required)));
        new_fault.set(validate::password_length(&new.get_untracked()).err().map(t));
        if is_busy.get_untracked()
            || old_fault.with_untracked(Option::is_some)
            || new_fault.with_untracked(Option::is_some)
        {
            return;
        }
        is_busy.set(true);
        error.set(None);
        spawn_local(async move {
            let done = client::auth::change_password(Some(old.get_untracked()), new.get_untracked()).await;
            is_busy.try_set(false);
            match done {
                Ok(()) => {
                    old.try_set(String::new());
                    new.try_set(String::new());
                    toasts.say(t("password-changed"));
                }
                Err(refused) => {
                    let faults = (field_fault(&refused, "old"), field_fault(&refused, "new"));
                    error.try_set((faults.0.is_none() && faults.1.is_none()).then(|| explain(&refused)));
                    old_fault.try_set(faults.0);
                    new_fault.try_set(faults.1);
                }
            }
        });
    };
    view! {
        <SignInMethods on_change=|()| ()/>
        <PasscodeSettings/>
        <section aria-labelledby="security-title" class="settings__narrow">
            <h2 class="profile__name" id="security-title">{t("change-password")}</h2>
            <ErrorBanner text=error/>
            <form class="auth__form" novalidate on:submit=submit>
                <PasswordField id="old-password" label=t("old-password") value=old error=old_fault autocomplete="current-password"/>
                <div>
                    <PasswordField id="new-password" label=t("new-password") value=new error=new_fault autocomplete="new-password" hint=t("password-hint")/>
                    <StrengthHint password=new/>
                </div>
                <p><button class="btn btn--primary" type="submit" aria-busy=move || is_busy.get().then_some("true")>{t("change-password")}</button></p>
            </form>
        </section>
    }
}
