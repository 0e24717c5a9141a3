//! Choosing a password after a registration: right after it, where it can wait, and at the first sign-in with the code,
//! where it comes before anything else.

use crate::pages::public::PublicFrame;
use crate::{
    client,
    components::{
        base::banner::ErrorBanner,
        form::{field::PasswordField, strength::StrengthHint},
    },
    i18n::{keep, t},
    pages::{explain, field_fault},
};
use causeway_api::validate;
use leptos::{prelude::*, task::spawn_local};

/// The page. Without `on_later` it cannot wait.
#[component]
pub(super) fn ChoosePassword(
    #[prop(into)] on_done: Callback<()>,
    on_later: Option<Callback<()>>,
) -> impl IntoView {
    crate::pages::set_title(&t("choose-password"));
    let (password, fault, error) =
        (keep("choose.password", String::new), RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let is_busy = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = password.get_untracked();
        if let Err(wrong) = validate::password_length(&typed) {
            return fault.set(Some(t(wrong)));
        }
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        spawn_local(async move {
            let done = client::auth::change_password(None, typed).await;
            is_busy.try_set(false);
            match done {
                Ok(()) => on_done.run(()),
                Err(refused) => {
                    let at_field = field_fault(&refused, "new");
                    error.try_set(at_field.is_none().then(|| explain(&refused)));
                    fault.try_set(at_field);
                }
            }
        });
    };
    let text = if on_later.is_some() { "choose-password-later" } else { "choose-password-first" };
    view! {
        <PublicFrame>
            <div class="auth">
                <section aria-labelledby="choose-title" class="auth__step">
                    <div><h1 class="auth__title" id="choose-title">{t("choose-password")}</h1><p class="auth__text">{t(text)}</p></div>
                    <ErrorBanner text=error/>
                    <form class="auth__form" novalidate on:submit=submit>
                        <div>
                            <PasswordField id="first-password" label=t("new-password") value=password error=fault autocomplete="new-password" hint=t("password-hint")/>
                            <StrengthHint password=password/>
                        </div>
                        <button class="btn btn--primary btn--lg btn--block" type="submit" aria-busy=move || is_busy.get().then_some("true")>
                            {t("save-password")}
                        </button>
                        {on_later.map(|later| view! {
                            <button class="btn btn--ghost btn--lg btn--block" type="button" on:click=move |_| later.run(())>{t("not-now")}</button>
                        })}
                    </form>
                </section>
            </div>
        </PublicFrame>
    }
}
