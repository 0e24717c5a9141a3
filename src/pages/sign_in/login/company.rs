//! Screen 1: the company's name. It is checked together with the password, so that no one learns which companies exist.

use super::{SigningIn, Step};
use crate::{
    components::form::field::TextField,
    i18n::t,
    pages::submission::{Form, Submission, SubmitButton},
    state::preferences,
};
use causeway_api::validate;
use leptos::prelude::*;

/// The first screen: the name of the company, which this browser remembers.
#[component]
pub(super) fn CompanyStep(signing_in: SigningIn) -> impl IntoView {
    let (submission, is_help_shown) = (Submission::new(), RwSignal::new(false));
    let submit = move |()| {
        let company = signing_in.company.get_untracked();
        if submission.passes(validate::name(&company).err().map(|fault| ("company", fault))) {
            preferences::set_company(company.trim());
            crate::routes::portal_soon();
            signing_in.go(Step::Password);
        }
    };
    view! {
        <section aria-labelledby="company-title" class="auth__step">
            <div>
                <h2 class="auth__title" id="company-title">
                    {t("company-title")}
                </h2>
                <p class="auth__text">{t("company-text")}</p>
            </div>
            <Form class="auth__form" on_submit=submit>
                <TextField
                    id="company"
                    label=t("company-name")
                    value=signing_in.company
                    error=submission.fault("company")
                    autocomplete="organization"
                    autofocus=true
                />
                <SubmitButton label=t("continue") is_busy=submission.is_busy() />
            </Form>
            <p class="auth__foot">
                <a
                    class="link"
                    href="#company-help"
                    aria-expanded=move || if is_help_shown.get() { "true" } else { "false" }
                    on:click=move |event| {
                        event.prevent_default();
                        is_help_shown.set(true);
                    }
                >
                    {t("company-unknown")}
                </a>
            </p>
            <Show when=move || is_help_shown.get()>
                <p id="company-help" role="status">
                    {t("company-help")}
                </p>
            </Show>
        </section>
    }
}
