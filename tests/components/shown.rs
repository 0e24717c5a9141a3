//! What is only shown: banners, empty lists, marks, meters, notes.

use super::{described, find, fire, has_focus, place, press, text, texts};
use causeway::components::{
    base::{
        avatar::Avatar,
        banner::ErrorBanner,
        channel::ChannelBadge,
        empty::{Empty, EmptyKind},
        help::Help,
        highlight::Highlight,
        meter::Meter,
        toast::{Toast, ToastKind, ToastList},
        undelivered::UndeliveredNotes,
    },
    form::strength::StrengthHint,
};
use causeway::state::toasts::Toasts;
use causeway_api::{
    chats::Channel,
    deliveries::{DeliveryFault, Medium, Undelivered},
    people::PersonKind,
};
use leptos::{mount::mount_to, prelude::*, task::tick};
use wasm_bindgen_test::*;
use web_sys::{Element, HtmlButtonElement, HtmlElement};

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
async fn help_names_its_subject_describes_it_and_goes_with_escape_until_it_is_asked_for_again() {
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
    let help: Element = find(&place, ".help");
    button.focus().unwrap();
    fire(&button, "keydown", &[("key", "Escape".into())]);
    tick().await;
    assert!(help.has_attribute("data-dismissed") && has_focus(&button));
    button.blur().unwrap();
    tick().await;
    assert!(!help.has_attribute("data-dismissed"));
    // Under the pointer the focus is anywhere.
    fire(&help, "mouseenter", &[]);
    fire(&document().body().unwrap(), "keydown", &[("key", "Escape".into())]);
    tick().await;
    assert!(help.has_attribute("data-dismissed"));
    fire(&help, "mouseleave", &[]);
    tick().await;
    assert!(!help.has_attribute("data-dismissed"));
    fire(&document().body().unwrap(), "keydown", &[("key", "Escape".into())]);
    tick().await;
    assert!(!help.has_attribute("data-dismissed"), "no one looks at it");
}

#[wasm_bindgen_test]
async fn a_toast_is_dismissed_by_its_button_and_errors_are_alerts() {
    let place = place();
    let toast = |id, kind| Toast { id, text: format!("toast {id}"), kind };
    let toasts = RwSignal::new(vec![toast(1, ToastKind::Warning), toast(2, ToastKind::Error)]);
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
        medium: Medium::Email,
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

#[wasm_bindgen_test]
async fn every_reason_why_something_did_not_arrive_has_its_own_words() {
    let mut reasons = std::collections::BTreeSet::new();
    for fault in DeliveryFault::ALL {
        let place = place();
        let note = Undelivered {
            medium: Medium::Sms,
            address: "+85261234567".to_owned(),
            fault,
            detail: String::new(),
            at: 0,
        };
        mount_to(place.clone(), move || view! { <UndeliveredNotes undelivered=vec![note]/> }).forget();
        let shown = text(&place);
        assert!(shown.starts_with("SMS not delivered"), "{shown}");
        assert!(!shown.contains("Provider’s answer") && !shown.contains("undelivered-"), "{shown}");
        reasons.insert(shown);
    }
    assert_eq!(reasons.len(), DeliveryFault::ALL.len());
}

#[wasm_bindgen_test]
async fn where_everything_arrived_nothing_is_said() {
    let place = place();
    mount_to(place.clone(), || view! { <UndeliveredNotes undelivered=Vec::new()/> }).forget();
    assert_eq!((text(&place).as_str(), place.children().length()), ("", 0));
}

#[wasm_bindgen_test]
async fn help_stays_while_other_keys_are_pressed() {
    let place = place();
    mount_to(place.clone(), || view! { <Help id="tip" subject="Text limit" text="The longest message."/> })
        .forget();
    let button: HtmlButtonElement = find(&place, "button");
    button.focus().unwrap();
    for key in ["Tab", "Enter", "a"] {
        assert!(press(&button, key), "{key} does what it does elsewhere");
        assert!(has_focus(&button), "{key}");
    }
    assert_eq!(described(&place, &button), "The longest message.");
}

#[wasm_bindgen_test]
async fn a_new_toast_leaves_those_before_it_where_they_are() {
    let (place, toasts) = (place(), Toasts::default());
    mount_to(place.clone(), move || {
        view! { <ToastList toasts=toasts.list() on_dismiss=move |id| toasts.dismiss(id)/> }
    })
    .forget();
    toasts.error("First.".to_owned());
    tick().await;
    let first: Element = find(&place, "[role=alert]");
    toasts.error("Second.".to_owned());
    tick().await;
    assert!(first.is_connected(), "it is not read out a second time");
    assert_eq!(texts(&place, "[role=alert] p"), ["First.", "Second."]);
    find::<HtmlElement>(&first, "button").click();
    tick().await;
    assert_eq!(texts(&place, "[role=alert] p"), ["Second."]);
}

#[wasm_bindgen_test]
async fn what_is_said_in_a_toast_is_a_status_until_it_is_dismissed() {
    let (place, toasts) = (place(), Toasts::default());
    mount_to(place.clone(), move || {
        view! { <ToastList toasts=toasts.list() on_dismiss=move |id| toasts.dismiss(id)/> }
    })
    .forget();
    toasts.say("Link copied.".to_owned());
    tick().await;
    assert_eq!(texts(&place, "[role=status] p"), ["Link copied."]);
    toasts.dismiss(4711);
    assert_eq!(toasts.list().get_untracked().len(), 1, "that is another one");
    find::<HtmlElement>(&place, "button[aria-label=Dismiss]").click();
    assert!(toasts.list().get_untracked().is_empty());
}

#[wasm_bindgen_test]
async fn a_banner_with_another_fault_says_the_new_one_only() {
    let (place, fault) = (place(), RwSignal::new(Some("One.".to_owned())));
    mount_to(place.clone(), move || view! { <ErrorBanner text=fault/> }).forget();
    fault.set(Some("<i>Two.</i>".to_owned()));
    tick().await;
    assert_eq!(texts(&place, "[role=alert]"), ["<i>Two.</i>"], "text is text");
}
