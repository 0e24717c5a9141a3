//! The fields of a client's profile, each with its error at its place.

use crate::{
    client::{self, ClientError},
    components::form::{country_select::CountrySelect, field::FieldError},
    i18n::{Arg, LANGUAGES, t, tx},
    pages::field_fault,
};
use causeway_api::contacts::{Country, Lists, Profile};
use leptos::{prelude::*, task::spawn_local};
use uuid::Uuid;

/// The fields. What the server refused is shown at the field it names.
#[component]
pub fn ProfileForm(
    profile: RwSignal<Profile>,
    refusal: RwSignal<Option<ClientError>>,
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
    let fault = move |field: &'static str| {
        Signal::derive(move || {
            refusal.with(|refusal| refusal.as_ref().and_then(|error| field_fault(error, field)))
        })
    };
    let text = move |id: &'static str,
                     label: &'static str,
                     kind: &'static str,
                     read: fn(&Profile) -> &String,
                     write: fn(&mut Profile) -> &mut String| {
        let error = fault(id);
        view! {
            <div class="field">
                <label class="field__label" for=id>{t(label)}</label>
                <input
                    class="input"
                    id=id
                    type=kind
                    autocomplete="off"
                    prop:value=move || profile.with(|profile| read(profile).clone())
                    on:input=move |event| profile.update(|profile| *write(profile) = event_target_value(&event))
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    aria-describedby=format!("{id}-error")
                />
                <FieldError id=format!("{id}-error") error=error/>
            </div>
        }
    };
    let language = move || profile.with(|profile| profile.language.clone());
    let company =
        move || profile.with(|profile| profile.external_company.map(|id| id.to_string()).unwrap_or_default());
    let (company_error, tags_error) = (fault("external_company"), fault("tags"));
    let language_error = fault("language");
    view! {
        <div class="field-grid">
            {text("first_name", "first-name", "text", |it| &it.first_name, |it| &mut it.first_name)}
            {text("last_name", "last-name", "text", |it| &it.last_name, |it| &mut it.last_name)}
        </div>
        {(!is_email_fixed).then(|| text("email", "email", "email", |it| &it.email, |it| &mut it.email))}
        {with_phone.then(|| text("phone", "phone-number", "tel", |it| &it.phone, |it| &mut it.phone))}
        <div class="field-grid">
            <div class="field">
                <label class="field__label" for="profile-country">{t("country")}</label>
                <CountrySelect id="profile-country" countries=countries value=country autocomplete="off"/>
            </div>
            <div class="field">
                <label class="field__label" for="profile-language">{t("language")}</label>
                <select
                    class="input"
                    id="profile-language"
                    aria-invalid=move || language_error.with(Option::is_some).then_some("true")
                    aria-describedby="profile-language-error"
                    on:change=move |event| profile.update(|profile| profile.language = event_target_value(&event))
                >
                    <option value="" selected=move || language().is_empty()>{t("language-by-country")}</option>
                    {move || {
                        let (supported, chosen) = (lists.with(|lists| lists.languages.clone()), language());
                        let is_offered = |tag: &str| supported.iter().any(|it| it == tag) || chosen == tag;
                        LANGUAGES
                            .into_iter()
                            .filter(|(tag, _)| is_offered(tag))
                            .map(|(tag, name)| view! { <option value=tag lang=tag selected=chosen == tag>{name}</option> })
                            .collect_view()
                    }}
                </select>
                <FieldError id="profile-language-error".to_owned() error=language_error/>
            </div>
        </div>
        <div class="field">
            <label class="field__label" for="external-company">{t("external-company")}</label>
            <select
                class="input"
                id="external-company"
                aria-invalid=move || company_error.with(Option::is_some).then_some("true")
                aria-describedby="external-company-error"
                on:change=move |event| profile.update(|profile| profile.external_company = event_target_value(&event).parse::<Uuid>().ok())
            >
                <option value=""></option>
                {move || lists.get().external_companies.into_iter().map(|item| {
                    let id = item.id.to_string();
                    view! { <option value=id.clone() selected=company() == id>{item.name}</option> }
                }).collect_view()}
            </select>
            <FieldError id="external-company-error".to_owned() error=company_error/>
        </div>
        <TagField profile=profile lists=lists error=tags_error/>
    }
}

/// Tags as tokens; adding one chooses from the list that org admins keep.
#[component]
fn TagField(
    profile: RwSignal<Profile>,
    lists: RwSignal<Lists>,
    #[prop(into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let chosen = move || profile.with(|profile| profile.tags.clone());
    let name = move |id: Uuid| {
        lists.with(|lists| lists.tags.iter().find(|item| item.id == id).map(|item| item.name.clone()))
    };
    let open =
        move || lists.get().tags.into_iter().filter(|item| !chosen().contains(&item.id)).collect::<Vec<_>>();
    let add = move |event: leptos::ev::Event| {
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
                    <button class="token__x" type="button" aria-label=label on:click=move |_| profile.update(|profile| profile.tags.retain(|tag| *tag != id))>
                        <crate::components::base::icon::Icon name="i-x" size=crate::components::base::icon::IconSize::Xs/>
                    </button>
                </span>
            }
        })
    };
    view! {
        <div class="field">
            <label class="field__label" for="tags">{t("tags")}</label>
            <div class="tokens">
                {move || chosen().into_iter().map(token).collect_view()}
                <select class="tokens__input" id="tags" aria-describedby="tags-error" prop:value="" on:change=add>
                    <option value="">{t("add-tag")}</option>
                    {move || open().into_iter().map(|item| view! { <option value=item.id.to_string()>{item.name}</option> }).collect_view()}
                </select>
            </div>
            <FieldError id="tags-error".to_owned() error=error/>
        </div>
    }
}
