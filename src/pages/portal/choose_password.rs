//! Choosing a password after a registration: right after it, where it can wait, and at the first sign-in with the code,
//! where it comes before anything else.

use crate::{
    client,
    i18n::{keep, t},
    pages::{new_password::NewPasswordForm, public::PublicFrame, submission::Submission},
};
use leptos::prelude::*;

/// The form of a password of one's own; without `on_later` it cannot be postponed.
#[component]
pub(super) fn ChoosePassword(
    #[prop(into)] on_done: Callback<()>,
    on_later: Option<Callback<()>>,
) -> impl IntoView {
    crate::pages::set_title(&t("choose-password"));
    let (password, submission) = (keep("choose.password", String::new), Submission::new());
    let save = move |typed: String| {
        let ask = move || client::auth::change_password(None, typed.clone());
        submission.send(ask, move |()| on_done.run(()));
    };
    let text = if on_later.is_some() { "choose-password-later" } else { "choose-password-first" };
    view! {
        <PublicFrame>
            <div class="auth">
                <section aria-labelledby="choose-title" class="auth__step">
                    <div>
                        <h1 class="auth__title" id="choose-title">
                            {t("choose-password")}
                        </h1>
                        <p class="auth__text">{t(text)}</p>
                    </div>
                    <NewPasswordForm password=password submission=submission field="new" on_submit=save>
                        {on_later
                            .map(|later| {
                                view! {
                                    <button
                                        class="btn btn--ghost btn--lg btn--block"
                                        type="button"
                                        on:click=move |_| later.run(())
                                    >
                                        {t("not-now")}
                                    </button>
                                }
                            })}
                    </NewPasswordForm>
                </section>
            </div>
        </PublicFrame>
    }
}
