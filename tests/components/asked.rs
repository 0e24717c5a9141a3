//! What people fill in and press: fields, dialogs, lists.

use super::{button, find, fire, place, type_into};
use causeway::components::form::{
    country_select::CountrySelect,
    dialog_form::{Act, ConfirmDialog, DialogForm},
    field::{PasswordField, TextField},
};
use causeway_api::contacts::Country;
use leptos::{mount::mount_to, prelude::*, task::tick};
use wasm_bindgen_test::*;
use web_sys::{Element, HtmlDialogElement, HtmlElement, HtmlInputElement, HtmlSelectElement};

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
async fn a_dialog_is_modal_named_by_its_title_and_submits_by_its_form() {
    let (place, submitted, closed) = (place(), RwSignal::new(0), RwSignal::new(0));
    mount_to(place.clone(), move || {
        view! {
            <DialogForm
                title="Create user"
                verb="Create"
                is_busy=Signal::derive(|| false)
                on_submit=move |()| submitted.update(|count| *count += 1)
                on_close=move |()| closed.update(|count| *count += 1)
            >
                <input name="inside"/>
            </DialogForm>
        }
    })
    .forget();
    tick().await;
    let dialog: HtmlDialogElement = find(&place, "dialog");
    assert!(dialog.open());
    let title = dialog.get_attribute("aria-labelledby").unwrap();
    assert_eq!(find::<Element>(&place, &format!("#{title}")).text_content().unwrap(), "Create user");
    button(&place, "Create").click();
    assert_eq!((submitted.get_untracked(), closed.get_untracked()), (1, 0));
    button(&place, "Cancel").click();
    find::<HtmlElement>(&place, "button[aria-label=Close]").click();
    assert_eq!((submitted.get_untracked(), closed.get_untracked()), (1, 2));
    dialog.close();
}

#[wasm_bindgen_test]
async fn a_busy_dialog_says_so_at_its_button() {
    let (place, is_busy) = (place(), RwSignal::new(false));
    mount_to(place.clone(), move || {
        view! { <DialogForm title="Edit" verb="Save" is_busy=is_busy on_submit=|()| () on_close=|()| ()>"text"</DialogForm> }
    })
    .forget();
    tick().await;
    let save = button(&place, "Save");
    assert_eq!(save.get_attribute("aria-busy"), None);
    is_busy.set(true);
    tick().await;
    assert_eq!(save.get_attribute("aria-busy").as_deref(), Some("true"));
    find::<HtmlDialogElement>(&place, "dialog").close();
}

#[wasm_bindgen_test]
async fn an_act_that_takes_something_away_is_confirmed_by_its_verb() {
    let (place, done) = (place(), RwSignal::new(0));
    mount_to(place.clone(), move || {
        view! {
            <ConfirmDialog
                title="Archive client"
                verb="Archive"
                act=Act::Dangerous
                on_confirm=move |()| done.update(|count| *count += 1)
                on_close=|()| ()
            >
                "What will happen."
            </ConfirmDialog>
        }
    })
    .forget();
    tick().await;
    let archive = button(&place, "Archive");
    assert!(archive.class_list().contains("btn--danger"));
    archive.click();
    assert_eq!(done.get_untracked(), 1);
    find::<HtmlDialogElement>(&place, "dialog").close();
}
