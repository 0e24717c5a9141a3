//! Who the client is: the phone number or mail address that was invited.

use super::{Onboarding, refused};
use crate::{
    client,
    components::form::{country_select::CountrySelect, field::FieldError},
    i18n::{Arg, keep, t, tx},
    pages::{explain, field_fault},
};
use causeway_api::{
    ProblemCode,
    contacts::Country,
    onboarding::{OnboardingStart, StartOnboarding},
    validate::Fault,
};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub(super) fn IdentityStep(start: OnboardingStart, onboarding: Onboarding) -> impl IntoView {
    let (address, country) =
        (keep("miniapp.address", String::new), keep("miniapp.country", || "HK".to_owned()));
    let countries = RwSignal::new(Vec::<Country>::new());
    let (fault, is_busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    if !start.by_email {
        spawn_local(async move {
            match client::contacts::list_countries().await {
                Ok(all) => drop(countries.try_set(all)),
                Err(error) => drop(fault.try_set(Some(explain(&error)))),
            }
        });
    }
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if is_busy.get_untracked() {
            return;
        }
        if address.with_untracked(|address| address.trim().is_empty()) {
            return fault.set(Some(t(Fault::Required)));
        }
        is_busy.set(true);
        fault.set(None);
        let company = onboarding.link.get_value();
        let typed = StartOnboarding { country: country.get_untracked(), address: address.get_untracked() };
        spawn_local(async move {
            let sent = client::onboarding::start(&company, &typed).await;
            is_busy.try_set(false);
            match sent {
                Ok(sent) => onboarding.sent(sent).await,
                Err(error) if error.code() == Some(ProblemCode::TooMany) => {
                    onboarding.state.set(refused(&error));
                }
                Err(error) => {
                    fault.try_set(Some(field_fault(&error, "address").unwrap_or_else(|| explain(&error))));
                }
            }
        });
    };
    let by_email = start.by_email;
    let text = if by_email { t("miniapp-text-email") } else { t("miniapp-text-phone") };
    let field = move || {
        view! {
            <div class="field">
                <label class="field__label" for="address">{t(if by_email { "email" } else { "phone-number" })}</label>
                <input
                    class="input input--lg"
                    id="address"
                    type=if by_email { "email" } else { "tel" }
                    inputmode=if by_email { "email" } else { "tel" }
                    autocomplete=if by_email { "email" } else { "tel-national" }
                    prop:value=move || address.get()
                    on:input=move |event| address.set(event_target_value(&event))
                    aria-invalid=move || fault.with(Option::is_some).then_some("true")
                    aria-describedby="address-error"
                />
                <FieldError id="address-error".to_owned() error=fault.into()/>
            </div>
        }
    };
    view! {
        <section aria-labelledby="identity-title" class="auth__step">
            <div>
                <h2 class="auth__title" id="identity-title">{tx("miniapp-connect", &[("company", Arg::Text(&start.company))])}</h2>
                <p class="auth__text">{text}</p>
            </div>
            <form class="auth__form" novalidate on:submit=submit>
                {(!by_email).then(|| view! {
                    <div class="field">
                        <label class="field__label" for="country">{t("country-code")}</label>
                        <CountrySelect id="country" countries=countries value=country with_calling=true autocomplete="tel-country-code"/>
                    </div>
                })}
                {field()}
                <button class="btn btn--primary btn--lg btn--block" type="submit" aria-busy=move || is_busy.get().then_some("true")>
                    {t("send-code")}
                </button>
                <p class="field__hint">{tx("recorded-by", &[("company", Arg::Text(&start.company))])}</p>
            </form>
        </section>
    }
}
