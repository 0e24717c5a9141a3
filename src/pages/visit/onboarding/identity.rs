//! Who the client is: the phone number or email address that was invited.

use super::{Onboarding, refused};
use crate::{
    client,
    components::{
        base::banner::{ChangeBanner, ErrorBanner},
        form::{country_select::CountrySelect, field::TextField},
    },
    i18n::{Arg, keep, t, tx},
    pages::{
        explain,
        number::naming_country,
        submission::{Form, Submission, SubmitButton},
    },
};
use causeway_api::{
    ProblemCode,
    contacts::Country,
    onboarding::{OnboardingStart, StartOnboarding},
    validate::Fault,
};
use leptos::{prelude::*, task::spawn_local, wasm_bindgen::JsCast as _};

/// The address that a client types.
#[derive(Clone, Copy)]
struct Identity {
    by_email: bool,
    address: RwSignal<String>,
    country: RwSignal<String>,
    countries: RwSignal<Vec<Country>>,
}

impl Identity {
    /// What was typed into the field that is shown; a number is none of the form for addresses, and the other way round.
    fn keep(by_email: bool) -> Self {
        Self {
            by_email,
            address: keep(if by_email { "miniapp.email" } else { "miniapp.phone" }, String::new),
            country: keep("miniapp.country", || "HK".to_owned()),
            countries: RwSignal::default(),
        }
    }

    /// Asks for a code at the address.
    fn send(self, submission: Submission, onboarding: Onboarding) {
        let (country, address) = (self.country.get_untracked(), self.address.get_untracked());
        let is_missing = address.trim().is_empty();
        if !submission.passes(is_missing.then_some(("address", Fault::Required))) {
            return;
        }
        let typed = StartOnboarding { country, address, by_email: Some(self.by_email) };
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
            // The company asks for the other one by now.
            let is_outdated = error.code() == Some(ProblemCode::Conflict);
            if is_outdated {
                let error = error.clone();
                spawn_local(async move {
                    if !onboarding.look_again().await {
                        submission.fail(explain(&error));
                    }
                });
            }
            has_to_wait || is_outdated
        });
    }
}

/// The phone number or email address that was invited; sends the code.
#[component]
pub(super) fn IdentityStep(start: OnboardingStart, onboarding: Onboarding) -> impl IntoView {
    let by_email = start.by_email;
    let (identity, submission) = (Identity::keep(by_email), Submission::new());
    let fault = submission.fault("address");
    let error =
        naming_country(fault, identity.address.into(), identity.country.into(), identity.countries.into());
    // Another number or country: what was wrong is corrected.
    Effect::new(move |before: Option<(String, String)>| {
        let typed = (identity.country.get(), identity.address.get());
        if before.is_some_and(|before| before != typed) {
            fault.correct();
            submission.error().set(None);
        }
        typed
    });
    let notice = onboarding.notice;
    if notice.with_untracked(Option::is_some) {
        focus_address();
    }
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
            <ChangeBanner text=notice />
            <ErrorBanner text=submission.error() takes_focus=true />
            <Form class="auth__form" on_submit=move |()| identity.send(submission, onboarding)>
                {(!by_email).then(|| view! { <CallingCode identity=identity submission=submission /> })}
                <TextField
                    id="address"
                    label=t(label)
                    kind=kind
                    autocomplete=autocomplete
                    value=identity.address
                    error=error
                />
                <SubmitButton label=t("send-code") is_busy=submission.is_busy() />
                <p class="field__hint">{tx("recorded-by", &[("company", Arg::Text(&start.company))])}</p>
            </Form>
        </section>
    }
}

/// Focuses the field that has taken the place of the other one.
fn focus_address() {
    request_animation_frame(|| {
        if let Some(field) = document().get_element_by_id("address") {
            // An element in the page takes the focus.
            let _ = field.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    });
}

/// The country whose calling code a phone number begins with.
#[component]
fn CallingCode(identity: Identity, submission: Submission) -> impl IntoView {
    let countries = identity.countries;
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
                value=identity.country
                with_calling=true
                autocomplete="tel-country-code"
            />
        </div>
    }
}
