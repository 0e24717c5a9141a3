//! The fields of a client's profile, each with its error at its place.

use crate::{
    client,
    components::{
        base::icon::{Icon, IconSize},
        form::{
            country_select::CountrySelect,
            field::{Field, TextField, Typed},
        },
    },
    i18n::{Arg, LANGUAGES, t, tx},
    pages::submission::Submission,
};
use causeway_api::contacts::{Country, Lists, Profile};
use leptos::{prelude::*, task::spawn_local};
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
    let text = move |id: &'static str, label: &'static str, kind: &'static str, value: Typed| {
        view! {
            <TextField
                id=id
                label=t(label)
                kind=kind
                value=value
                error=submission.fault(id)
                is_compact=true
                is_optional=true
            />
        }
    };
    view! {
        <div class="field-grid">
            {text("first_name", "first-name", "text", Typed::of(profile, |it| &it.first_name, |it| &mut it.first_name))}
            {text("last_name", "last-name", "text", Typed::of(profile, |it| &it.last_name, |it| &mut it.last_name))}
        </div>
        {(!is_email_fixed)
            .then(|| text("email", "email", "email", Typed::of(profile, |it| &it.email, |it| &mut it.email)))}
        {with_phone
            .then(|| text("phone", "phone-number", "tel", Typed::of(profile, |it| &it.phone, |it| &mut it.phone)))}
        <div class="field-grid">
            <Field id="profile-country" label=t("country") error=submission.fault("country") hint=None>
                <CountrySelect id="profile-country" countries=countries value=country autocomplete="off" />
            </Field>
            <LanguageField profile=profile submission=submission lists=lists />
        </div>
        <CompanyField profile=profile submission=submission lists=lists />
        <TagField profile=profile submission=submission lists=lists />
    }
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
        <Field id="profile-language" label=t("language") error=error hint=None>
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
fn CompanyField(profile: RwSignal<Profile>, submission: Submission, lists: RwSignal<Lists>) -> impl IntoView {
    let error = submission.fault("external_company");
    let company =
        move || profile.with(|profile| profile.external_company.map(|id| id.to_string()).unwrap_or_default());
    let choose = move |event| {
        error.correct();
        profile.update(|profile| profile.external_company = event_target_value(&event).parse::<Uuid>().ok());
    };
    view! {
        <Field id="external-company" label=t("external-company") error=error hint=None>
            <select
                class="input"
                id="external-company"
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

/// Tags as tokens; adding one chooses from the list that org admins keep.
#[component]
fn TagField(profile: RwSignal<Profile>, submission: Submission, lists: RwSignal<Lists>) -> impl IntoView {
    let error = submission.fault("tags");
    let chosen = move || profile.with(|profile| profile.tags.clone());
    let name = move |id: Uuid| {
        lists.with(|lists| lists.tags.iter().find(|item| item.id == id).map(|item| item.name.clone()))
    };
    let open =
        move || lists.get().tags.into_iter().filter(|item| !chosen().contains(&item.id)).collect::<Vec<_>>();
    let add = move |event: leptos::ev::Event| {
        error.correct();
        if let Ok(id) = event_target_value(&event).parse::<Uuid>() {
            profile.update(|profile| profile.tags.push(id));
        }
    };
    let token = move |id: Uuid| {
        name(id).map(|name| {
            let label = tx("remove-tag", &[("name", Arg::Text(&name))]);
            view! {
                <span class="token">
                    {name}
                    <button
                        class="token__x"
                        type="button"
                        aria-label=label
                        on:click=move |_| profile.update(|profile| profile.tags.retain(|tag| *tag != id))
                    >
                        <Icon name="i-x" size=IconSize::Xs />
                    </button>
                </span>
            }
        })
    };
    view! {
        <Field id="tags" label=t("tags") error=error hint=None>
            <div class="tokens">
                {move || chosen().into_iter().map(token).collect_view()}
                <select
                    class="tokens__input"
                    id="tags"
                    aria-invalid=move || error.invalid()
                    aria-describedby="tags-error"
                    prop:value=""
                    on:change=add
                >
                    <option value="">{t("add-tag")}</option>
                    {move || {
                        open()
                            .into_iter()
                            .map(|item| view! { <option value=item.id.to_string()>{item.name}</option> })
                            .collect_view()
                    }}
                </select>
            </div>
        </Field>
    }
}
