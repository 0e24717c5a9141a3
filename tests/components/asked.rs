//! What people fill in: fields, passwords, countries.

use super::{all, described, find, fire, is_invalid, labelled, place, text, texts, type_into};
use causeway::components::form::{
    country_select::CountrySelect,
    field::{PasscodeField, PasswordField, TextField},
    strength::StrengthHint,
};
use causeway_api::contacts::Country;
use leptos::{mount::mount_to, prelude::*, task::tick};
use wasm_bindgen_test::*;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement};

#[wasm_bindgen_test]
async fn an_error_stands_at_its_field_and_is_read_with_it() {
    let (place, value) = (place(), RwSignal::new(String::new()));
    let fault = RwSignal::new(None);
    mount_to(place.clone(), move || {
        view! { <TextField id="name" label="Name" value=value error=fault/> }
    })
    .forget();
    tick().await;
    let field: HtmlInputElement = find(&place, "input");
    assert_eq!(find::<Element>(&place, "label").get_attribute("for"), Some(field.id()));
    assert_eq!(field.get_attribute("aria-invalid"), None);
    fault.set(Some("Enter a name.".to_owned()));
    tick().await;
    assert_eq!(field.get_attribute("aria-invalid").as_deref(), Some("true"));
    let described = field.get_attribute("aria-describedby").unwrap();
    let told: Element = find(&place, &format!("#{described}"));
    assert_eq!(told.text_content().unwrap(), "Enter a name.");
    fault.set(None);
    tick().await;
    assert_eq!(field.get_attribute("aria-describedby"), None, "nothing is named that is gone");
}

#[wasm_bindgen_test]
async fn what_is_typed_and_what_is_set_are_the_same() {
    let (place, value) = (place(), RwSignal::new("first".to_owned()));
    mount_to(place.clone(), move || {
        view! { <TextField id="city" label="City" value=value error=Signal::derive(|| None::<String>)/> }
    })
    .forget();
    tick().await;
    let field: HtmlInputElement = find(&place, "input");
    assert_eq!(field.value(), "first");
    type_into(&field, "typed");
    assert_eq!(value.get_untracked(), "typed");
    value.set("set".to_owned());
    tick().await;
    assert_eq!(field.value(), "set");
}

#[wasm_bindgen_test]
async fn a_hint_of_a_password_gives_way_to_its_error() {
    let (place, fault) = (place(), RwSignal::new(None::<String>));
    mount_to(place.clone(), move || {
        view! {
            <PasswordField
                id="new"
                label="New password"
                value=RwSignal::new(String::new())
                error=fault
                autocomplete="new-password"
                hint="At least 12 characters"
            />
        }
    })
    .forget();
    tick().await;
    let field: HtmlInputElement = find(&place, "input");
    let read = || {
        let id = field.get_attribute("aria-describedby").unwrap();
        find::<Element>(&place, &format!("#{id}")).text_content().unwrap()
    };
    assert_eq!(read(), "At least 12 characters");
    fault.set(Some("Too short.".to_owned()));
    tick().await;
    assert_eq!(read(), "Too short.");
}

fn countries() -> Vec<Country> {
    [("HK", 852), ("JP", 81), ("AT", 43)]
        .map(|(code, calling)| Country { code: code.to_owned(), calling })
        .into()
}

#[wasm_bindgen_test]
async fn countries_are_in_the_order_of_their_names_with_calling_codes_where_wanted() {
    let (place, value) = (place(), RwSignal::new("JP".to_owned()));
    mount_to(place.clone(), move || {
        view! {
            <CountrySelect id="country" countries=countries() value=value with_calling=true autocomplete="tel-country-code"/>
        }
    })
    .forget();
    tick().await;
    let select: HtmlSelectElement = find(&place, "select");
    let options = place.query_selector_all("option").unwrap();
    let named: Vec<String> =
        (0..options.length()).map(|at| options.get(at).unwrap().text_content().unwrap()).collect();
    assert_eq!(named.len(), 3);
    assert!(named[0].starts_with("Austria") && named[0].ends_with("+43"), "{named:?}");
    assert_eq!(select.value(), "JP");
    select.set_value("HK");
    fire(&select, "change", &[]);
    assert_eq!(value.get_untracked(), "HK");
}

#[wasm_bindgen_test]
async fn a_password_can_be_shown_and_its_error_belongs_to_it() {
    let (place, value, error) = (place(), RwSignal::new(String::new()), RwSignal::new(None::<String>));
    mount_to(place.clone(), move || {
        view! { <PasswordField id="password" label="Password" value=value error=error autocomplete="current-password"/> }
    })
    .forget();
    let field: HtmlInputElement = find(&place, "#password");
    assert_eq!(field.type_(), "password");
    find::<HtmlElement>(&place, "[aria-label='Show password']").click();
    tick().await;
    assert_eq!(field.type_(), "text");
    error.set(Some("Fill this in.".into()));
    tick().await;
    let described = field.get_attribute("aria-describedby").unwrap();
    assert_eq!(find::<HtmlElement>(&place, &format!("#{described}")).inner_text().trim(), "Fill this in.");
}

#[wasm_bindgen_test]
async fn a_password_that_is_shown_can_be_hidden_again_and_what_was_typed_stays() {
    let (place, value) = (place(), RwSignal::new(String::new()));
    mount_to(place.clone(), move || {
        view! { <PasswordField id="password" label="Password" value=value error=Signal::stored(None::<String>) autocomplete="current-password"/> }
    })
    .forget();
    let (field, eye): (HtmlInputElement, HtmlElement) =
        (labelled(&place, "Password"), labelled(&place, "Show password"));
    type_into(&field, "kelp otter");
    for (kind, pressed) in [("text", "true"), ("password", "false")] {
        eye.click();
        tick().await;
        assert_eq!((field.type_().as_str(), field.value().as_str()), (kind, "kelp otter"));
        assert_eq!(eye.get_attribute("aria-pressed").as_deref(), Some(pressed));
    }
    assert_eq!(value.get_untracked(), "kelp otter");
    assert_eq!(eye.get_attribute("type").as_deref(), Some("button"), "it submits nothing");
}

#[wasm_bindgen_test]
async fn a_passcode_is_hidden_and_offered_to_no_password_manager() {
    let (place, value, fault) = (place(), RwSignal::new(String::new()), RwSignal::new(None::<String>));
    mount_to(place.clone(), move || {
        view! { <PasscodeField id="code" label="Passcode" value=value error=fault/> }
    })
    .forget();
    let field: HtmlInputElement = labelled(&place, "Passcode");
    let of = |name: &str| field.get_attribute(name).unwrap_or_default();
    assert_eq!(
        (of("type"), of("autocomplete"), of("inputmode")),
        ("password".into(), "off".into(), "numeric".into())
    );
    assert_eq!(field.max_length(), 6);
    type_into(&field, "271828");
    fault.set(Some("Enter 6 digits.".to_owned()));
    tick().await;
    assert_eq!(value.get_untracked(), "271828");
    assert!(is_invalid(&field));
    assert_eq!(described(&place, &field), "Enter 6 digits.");
}

#[wasm_bindgen_test]
async fn a_field_of_a_form_is_neither_corrected_nor_begun_with_a_capital() {
    let place = place();
    mount_to(place.clone(), || {
        let value = RwSignal::new(String::new());
        view! { <TextField id="mail" label="Email" value=value error=Signal::stored(None::<String>) kind="email" autocomplete="email"/> }
    })
    .forget();
    let field: HtmlInputElement = labelled(&place, "Email");
    let of = |name: &str| field.get_attribute(name).unwrap_or_default();
    assert_eq!((of("type"), of("autocomplete")), ("email".to_owned(), "email".to_owned()));
    assert_eq!((of("spellcheck"), of("autocapitalize")), ("false".to_owned(), "none".to_owned()));
}

#[wasm_bindgen_test]
async fn a_country_can_be_left_open_where_no_number_is_dialled() {
    let (place, value) = (place(), RwSignal::new(String::new()));
    mount_to(place.clone(), move || {
        view! { <CountrySelect id="country" countries=countries() value=value autocomplete="off"/> }
    })
    .forget();
    tick().await;
    assert_eq!(find::<HtmlSelectElement>(&place, "select").value(), "");
    let named = texts(&place, "option");
    assert_eq!((named[0].as_str(), named[1].as_str(), named.len()), ("", "Austria", 4), "{named:?}");
    assert!(named.iter().all(|name| !name.contains('+')), "{named:?}");
}

#[wasm_bindgen_test]
async fn a_country_is_chosen_as_soon_as_the_list_has_come() {
    let (place, value, listed) = (place(), RwSignal::new("JP".to_owned()), RwSignal::new(Vec::new()));
    mount_to(place.clone(), move || {
        view! { <CountrySelect id="country" countries=listed value=value with_calling=true autocomplete="off"/> }
    })
    .forget();
    tick().await;
    let select: HtmlSelectElement = find(&place, "select");
    assert_eq!(select.value(), "");
    listed.set(countries());
    tick().await;
    assert_eq!((select.value().as_str(), value.get_untracked().as_str()), ("JP", "JP"));
    value.set("AT".to_owned());
    tick().await;
    assert_eq!(select.value(), "AT", "and follows what is set from outside");
}

#[wasm_bindgen_test]
async fn a_password_that_is_long_and_easy_is_called_so_and_an_empty_one_nothing() {
    let (place, password) = (place(), RwSignal::new("aaaaaaaaaaaaaaaa".to_owned()));
    mount_to(place.clone(), move || view! { <StrengthHint password=password/> }).forget();
    tick().await;
    let hint: Element = find(&place, "[role=status]");
    assert_eq!(text(&hint), "Strength: Easy to guess");
    password.set(String::new());
    tick().await;
    assert_eq!(text(&hint), "");
    assert_eq!(
        all(&place, "[role=status]").len(),
        1,
        "the place stays, so that it is read out when it fills"
    );
}
