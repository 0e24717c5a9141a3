//! Who the client is: the phone number or email address that was invited.

use super::{Onboarding, refused};
use crate::{
    client,
    components::{
        base::banner::ErrorBanner,
        form::{country_select::CountrySelect, field::TextField},
    },
    i18n::{Arg, keep, t, tx},
    pages::{
        explain,
        submission::{Form, Submission, SubmitButton},
    },
};
use causeway_api::{
    ProblemCode,
    contacts::Country,
    onboarding::{OnboardingStart, StartOnboarding},
    validate::Fault,
};
use leptos::{prelude::*, task::spawn_local};

/// The address that a client types.
#[derive(Clone, Copy)]
struct Identity {
    address: RwSignal<String>,
    country: RwSignal<String>,
}

impl Identity {
    fn keep() -> Self {
        Self {
            address: keep("miniapp.address", String::new),
            country: keep("miniapp.country", || "HK".to_owned()),
        }
    }

    /// Asks for a code at the address.
    fn send(self, submission: Submission, onboarding: Onboarding) {
        let (country, address) = (self.country.get_untracked(), self.address.get_untracked());
        let is_missing = address.trim().is_empty();
        if !submission.passes(is_missing.then_some(("address", Fault::Required))) {
            return;
        }
        let typed = StartOnboarding { country, address };
        let ask = move || {
            let (company, typed) = (onboarding.link.get_value(), typed.clone());
            async move { client::onboarding::start(&company, &typed).await }
        };
        let sent = move |sent| spawn_local(onboarding.sent(sent));
        submission.send_or(ask, sent, move |error| {
            let has_to_wait = error.code() == Some(ProblemCode::TooMany);
            if has_to_wait {
                onboarding.state.set(refused(error));
            }
            has_to_wait
        });
    }
}

/// The phone number or email address that was invited; sends the code.
#[component]
pub(super) fn IdentityStep(start: OnboardingStart, onboarding: Onboarding) -> impl IntoView {
    let (identity, submission) = (Identity::keep(), Submission::new());
    let by_email = start.by_email;
    let text = if by_email { t("miniapp-text-email") } else { t("miniapp-text-phone") };
    let (label, kind, autocomplete) =
        if by_email { ("email", "email", "email") } else { ("phone-number", "tel", "tel-national") };
    view! {
        <section aria-labelledby="identity-title" class="auth__step">
            <div>
                <h2 class="auth__title" id="identity-title">
                    {tx("miniapp-connect", &[("company", Arg::Text(&start.company))])}
                </h2>
                <p class="auth__text">{text}</p>
            </div>
            <ErrorBanner text=submission.error() />
            <Form class="auth__form" on_submit=move |()| identity.send(submission, onboarding)>
                {(!by_email).then(|| view! { <CallingCode value=identity.country submission=submission /> })}
                <TextField
                    id="address"
                    label=t(label)
                    kind=kind
                    autocomplete=autocomplete
                    value=identity.address
                    error=submission.fault("address")
                />
                <SubmitButton label=t("send-code") is_busy=submission.is_busy() />
                <p class="field__hint">{tx("recorded-by", &[("company", Arg::Text(&start.company))])}</p>
            </Form>
        </section>
    }
}

/// The country whose calling code a phone number begins with.
#[component]
fn CallingCode(value: RwSignal<String>, submission: Submission) -> impl IntoView {
    let countries = RwSignal::new(Vec::<Country>::new());
    spawn_local(async move {
        match client::contacts::list_countries().await {
            Ok(all) => drop(countries.try_set(all)),
            Err(error) => submission.fail(explain(&error)),
        }
    });
    view! {
        <div class="field">
            <label class="field__label" for="country">
                {t("country-code")}
            </label>
            <CountrySelect
                id="country"
                countries=countries
                value=value
                with_calling=true
                autocomplete="tel-country-code"
            />
        </div>
    }
}
