//! The fields of a client's profile, each with its error at its place.

mod tags;

use crate::{
    client,
    components::form::{
        country_select::CountrySelect,
        field::{ErrorOf, Field, TextField, Typed},
    },
    i18n::{LANGUAGES, t},
    pages::{number::naming_country, submission::Submission},
};
use causeway_api::contacts::{Country, Lists, Profile};
use leptos::{prelude::*, task::spawn_local};
use tags::TagField;
use uuid::Uuid;

/// The fields, as far as the form that shows them can change them.
#[component]
pub fn ProfileForm(
    profile: RwSignal<Profile>,
    submission: Submission,
    lists: RwSignal<Lists>,
    /// Whether the phone number is changed here; in an invitation it is the messaging identity.
    #[prop(optional)]
    with_phone: bool,
    /// Whether the mail address is the messaging identity and cannot be changed here.
    #[prop(optional)]
    is_email_fixed: bool,
) -> impl IntoView {
    let countries = RwSignal::new(Vec::<Country>::new());
    spawn_local(async move {
        // Without the list the field stays empty, which is allowed.
        if let Ok(all) = client::contacts::list_countries().await {
            countries.try_set(all);
        }
    });
    let country = RwSignal::new(profile.with_untracked(|profile| profile.country.clone()));
    Effect::new(move |_| {
        let chosen = country.get();
        if profile.with_untracked(|profile| profile.country != chosen) {
            profile.update(|profile| profile.country = chosen);
        }
    });
    let is_optional = move |field: &'static str| is_optional(lists, field);
    let text =
        move |id: &'static str, label: &'static str, kind: &'static str, value: Typed, error: ErrorOf| {
            view! {
                <TextField
                    id=id
                    label=t(label)
                    kind=kind
                    value=value
                    error=error
                    is_compact=true
                    is_optional=is_optional(id)
                />
            }
        };
    let name = move |id: &'static str, label: &'static str, value: Typed| {
        text(id, label, "text", value, submission.fault(id))
    };
    let email = move || {
        let value = Typed::of(profile, |it| &it.email, |it| &mut it.email);
        text("email", "email", "email", value, submission.fault("email"))
    };
    let phone = move || {
        let value = Typed::of(profile, |it| &it.phone, |it| &mut it.phone);
        let typed = Signal::derive(move || profile.with(|profile| profile.phone.clone()));
        let error = naming_country(submission.fault("phone"), typed, country.into(), countries.into());
        text("phone", "phone-number", "tel", value, error)
    };
    view! {
        <div class="field-grid">
            {name("first_name", "first-name", Typed::of(profile, |it| &it.first_name, |it| &mut it.first_name))}
            {name("last_name", "last-name", Typed::of(profile, |it| &it.last_name, |it| &mut it.last_name))}
        </div>
        {(!is_email_fixed).then(email)}
        {with_phone.then(phone)}
        <div class="field-grid">
            <Field
                id="profile-country"
                label=t("country")
                error=submission.fault("country")
                hint=None
                is_optional=true
            >
                <CountrySelect id="profile-country" countries=countries value=country autocomplete="off" />
            </Field>
            <LanguageField profile=profile submission=submission lists=lists />
        </div>
        <CompanyField profile=profile submission=submission lists=lists is_optional=is_optional("external_company") />
        <TagField profile=profile submission=submission lists=lists is_optional=is_optional("tags") />
    }
}

/// Whether the company lets a field of a profile stay empty.
fn is_optional(lists: RwSignal<Lists>, field: &'static str) -> Signal<bool> {
    Signal::derive(move || lists.with(|lists| lists.required.iter().all(|required| required != field)))
}

/// The language that the client reads: of those that the company supports.
#[component]
fn LanguageField(
    profile: RwSignal<Profile>,
    submission: Submission,
    lists: RwSignal<Lists>,
) -> impl IntoView {
    let error = submission.fault("language");
    let language = move || profile.with(|profile| profile.language.clone());
    let options = move || {
        let (supported, chosen) = (lists.with(|lists| lists.languages.clone()), language());
        let is_offered = |tag: &str| supported.iter().any(|it| it == tag) || chosen == tag;
        let option = |(tag, name)| {
            view! {
                <option value=tag lang=tag selected=chosen == tag>
                    {name}
                </option>
            }
        };
        LANGUAGES.into_iter().filter(|(tag, _)| is_offered(tag)).map(option).collect_view()
    };
    let choose = move |event| {
        error.correct();
        profile.update(|profile| profile.language = event_target_value(&event));
    };
    view! {
        <Field id="profile-language" label=t("language") error=error hint=None is_optional=true>
            <select
                class="input"
                id="profile-language"
                aria-invalid=move || error.invalid()
                aria-describedby="profile-language-error"
                on:change=choose
            >
                <option value="" selected=move || language().is_empty()>
                    {t("language-by-country")}
                </option>
                {options}
            </select>
        </Field>
    }
}

/// The company that the client works for: of the list that org admins keep.
#[component]
fn CompanyField(
    profile: RwSignal<Profile>,
    submission: Submission,
    lists: RwSignal<Lists>,
    /// It may stay empty.
    is_optional: Signal<bool>,
) -> impl IntoView {
    let error = submission.fault("external_company");
    let company =
        move || profile.with(|profile| profile.external_company.map(|id| id.to_string()).unwrap_or_default());
    let choose = move |event| {
        error.correct();
        profile.update(|profile| profile.external_company = event_target_value(&event).parse::<Uuid>().ok());
    };
    view! {
        <Field id="external-company" label=t("external-company") error=error hint=None is_optional=is_optional>
            <select
                class="input"
                id="external-company"
                required=move || !is_optional.get()
                aria-invalid=move || error.invalid()
                aria-describedby="external-company-error"
                on:change=choose
            >
                <option value=""></option>
                {move || {
                    lists
                        .get()
                        .external_companies
                        .into_iter()
                        .map(|item| {
                            let id = item.id.to_string();
                            view! {
                                <option value=id.clone() selected=company() == id>
                                    {item.name}
                                </option>
                            }
                        })
                        .collect_view()
                }}
            </select>
        </Field>
    }
}
