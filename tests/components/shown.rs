//! What is only shown: banners, empty lists, marks, meters, notes.

use super::{find, fire, place};
use causeway::components::{
    base::{
        avatar::Avatar,
        banner::ErrorBanner,
        channel::ChannelBadge,
        empty::{Empty, EmptyKind},
        help::Help,
        highlight::Highlight,
        meter::Meter,
        toast::{Toast, ToastList},
        undelivered::UndeliveredNotes,
    },
    form::{resend::ResendButton, strength::StrengthHint},
};
use causeway_api::{
    chats::Channel,
    deliveries::{DeliveryFault, Road, Undelivered},
    people::PersonKind,
};
use leptos::{mount::mount_to, prelude::*, task::tick};
use wasm_bindgen_test::*;
use web_sys::{Element, HtmlButtonElement, HtmlElement};

fn text(place: &Element) -> String {
    place.text_content().unwrap_or_default()
}

#[wasm_bindgen_test]
async fn a_banner_is_an_alert_and_gone_when_there_is_nothing_to_say() {
    let (place, fault) = (place(), RwSignal::new(Some("The disk is full.".to_owned())));
    mount_to(place.clone(), move || view! { <ErrorBanner text=fault/> }).forget();
    tick().await;
    assert_eq!(text(&find::<Element>(&place, "[role=alert]")), "The disk is full.");
    fault.set(None);
    tick().await;
    assert!(place.query_selector("[role=alert]").unwrap().is_none());
}

#[wasm_bindgen_test]
async fn an_empty_list_says_what_to_do_and_only_a_fault_is_an_alert() {
    let place = place();
    mount_to(place.clone(), || {
        view! {
            <Empty title="No chats" text="Invite a client."/>
            <Empty title="Not loaded" text="Try again." kind=EmptyKind::Failed><button>"Try again"</button></Empty>
        }
    })
    .forget();
    tick().await;
    assert_eq!(text(&find::<Element>(&place, "h2")), "No chats");
    let alert: Element = find(&place, "[role=alert]");
    assert!(text(&alert).contains("Not loaded"));
    assert_eq!(text(&find::<Element>(&alert, "button")), "Try again");
}

#[wasm_bindgen_test]
async fn what_is_searched_for_is_marked_in_any_case_and_the_text_stays_whole() {
    let place = place();
    mount_to(place.clone(), || view! { <Highlight text="Anna Hannover" wanted="ann"/> }).forget();
    tick().await;
    let marks = place.query_selector_all("mark").unwrap();
    assert_eq!(marks.length(), 2);
    assert_eq!(marks.get(0).unwrap().text_content().unwrap(), "Ann");
    assert_eq!(text(&place), "Anna Hannover");
}

#[wasm_bindgen_test]
async fn nothing_is_marked_while_nothing_is_searched_for() {
    let place = place();
    mount_to(place.clone(), || view! { <Highlight text="<b>Anna</b>" wanted=""/> }).forget();
    tick().await;
    assert!(place.query_selector("mark, b").unwrap().is_none(), "text is text");
    assert_eq!(text(&place), "<b>Anna</b>");
}

#[wasm_bindgen_test]
async fn a_meter_tells_its_values_to_those_who_do_not_see_it() {
    let place = place();
    mount_to(place.clone(), || {
        view! { <Meter label="Users" text="6 of 8" used=5 held=1 limit=8/> }
    })
    .forget();
    tick().await;
    let meter: Element = find(&place, "[role=meter][aria-label=Users]");
    let value = |name: &str| meter.get_attribute(name);
    assert_eq!(value("aria-valuenow").as_deref(), Some("6"));
    assert_eq!(value("aria-valuemax").as_deref(), Some("8"));
    assert_eq!(value("aria-valuetext").as_deref(), Some("6 of 8"));
}

#[wasm_bindgen_test]
async fn a_meter_that_is_over_its_limit_is_full_and_no_more() {
    let place = place();
    mount_to(place.clone(), || {
        view! { <Meter label="Users" text="9 of 0" used=9 held=0 limit=0/> }
    })
    .forget();
    tick().await;
    let bar: HtmlElement = find(&place, "[role=meter] span");
    assert_eq!(bar.style().get_property_value("inline-size").unwrap(), "100%");
}

#[wasm_bindgen_test]
async fn an_avatar_says_who_someone_is_in_words_too() {
    let place = place();
    mount_to(place.clone(), || {
        view! { <Avatar name="Ka Man Wong" kind=PersonKind::Client spoken="client"/> }
    })
    .forget();
    tick().await;
    assert_eq!(text(&find::<Element>(&place, ".visually-hidden")).trim(), "Client");
    let face: Element = find(&place, ".avatar--client .avatar__face");
    assert_eq!(face.get_attribute("aria-hidden").as_deref(), Some("true"));
}

#[wasm_bindgen_test]
async fn a_channel_has_a_name_and_not_only_a_colour() {
    for (channel, name) in [(Channel::Wechat, "WeChat MiniApp"), (Channel::Line, "LINE")] {
        let place = place();
        mount_to(place.clone(), move || view! { <ChannelBadge channel=channel/> }).forget();
        tick().await;
        let badge: Element = find(&place, "[role=img]");
        assert_eq!(badge.get_attribute("aria-label").as_deref(), Some(name));
    }
}

#[wasm_bindgen_test]
async fn help_names_its_subject_describes_it_and_goes_with_escape() {
    let place = place();
    mount_to(place.clone(), || {
        view! { <Help id="limit-help" subject="Text limit" text="The longest message."/> }
    })
    .forget();
    tick().await;
    let button: HtmlButtonElement = find(&place, "button");
    let label = button.get_attribute("aria-label").unwrap().replace(['\u{2068}', '\u{2069}'], "");
    assert_eq!(label, "Help: Text limit");
    let tip: Element = find(&place, "[role=tooltip]");
    assert_eq!(button.get_attribute("aria-describedby").as_deref(), Some(tip.id().as_str()));
    button.focus().unwrap();
    assert_eq!(document().active_element().as_deref(), Some(button.as_ref()));
    fire(&button, "keydown", &[("key", "Escape".into())]);
    assert_ne!(document().active_element().as_deref(), Some(button.as_ref()));
}

#[wasm_bindgen_test]
async fn a_toast_is_dismissed_by_its_button_and_errors_are_alerts() {
    let place = place();
    let toast = |id, is_error| Toast { id, text: format!("toast {id}"), is_error };
    let toasts = RwSignal::new(vec![toast(1, false), toast(2, true)]);
    let dismiss = move |id: u64| toasts.update(|all| all.retain(|toast| toast.id != id));
    mount_to(place.clone(), move || view! { <ToastList toasts=toasts on_dismiss=dismiss/> }).forget();
    tick().await;
    assert_eq!(text(&find::<Element>(&place, "[role=status] p")), "toast 1");
    assert_eq!(text(&find::<Element>(&place, "[role=alert] p")), "toast 2");
    find::<HtmlElement>(&place, "[role=status] button[aria-label=Dismiss]").click();
    tick().await;
    assert!(place.query_selector("[role=status]").unwrap().is_none());
    assert!(place.query_selector("[role=alert]").unwrap().is_some(), "the other one stays");
}

#[wasm_bindgen_test]
async fn what_cannot_be_delivered_says_where_and_why() {
    let place = place();
    let note = Undelivered {
        road: Road::Email,
        address: "ana@gone.example".to_owned(),
        fault: DeliveryFault::ALL[0],
        detail: "550 no such user".to_owned(),
        at: 0,
    };
    mount_to(place.clone(), move || view! { <UndeliveredNotes undelivered=vec![note]/> }).forget();
    tick().await;
    let shown = text(&place);
    assert!(shown.contains("ana@gone.example") && shown.contains("550 no such user"), "{shown}");
    assert!(!shown.contains("undelivered-"), "every word has its text: {shown}");
}

#[wasm_bindgen_test]
async fn another_code_can_be_asked_for_once_the_time_is_over() {
    let (place, left, pressed) = (place(), RwSignal::new(Some(2)), RwSignal::new(0));
    mount_to(place.clone(), move || {
        view! { <ResendButton left=left.into() on_click=move |()| pressed.update(|count| *count += 1)/> }
    })
    .forget();
    tick().await;
    let button: HtmlButtonElement = find(&place, "button");
    assert!(button.disabled() && text(&button).starts_with("Resend code"));
    button.click();
    assert_eq!(pressed.get_untracked(), 0);
    left.set(Some(0));
    tick().await;
    assert!(!button.disabled());
    button.click();
    assert_eq!(pressed.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn a_password_is_judged_while_it_is_typed() {
    let (place, password) = (place(), RwSignal::new(String::new()));
    mount_to(place.clone(), move || view! { <StrengthHint password=password/> }).forget();
    tick().await;
    let hint: Element = find(&place, "[role=status]");
    assert_eq!(text(&hint), "");
    let mut said = Vec::new();
    for typed in ["short", "kelp-otter-violin-91-granite-moss"] {
        password.set(typed.to_owned());
        tick().await;
        said.push(text(&hint).replace(['\u{2068}', '\u{2069}'], ""));
    }
    assert_eq!(said, ["Strength: Too short", "Strength: Strong"]);
}
