//! Writing a message: what sends, what does not, and what stays in the field.

use super::{
    InPlaceOf, described, find, fire, has_focus, is_invalid, labelled, place, press, text, type_into,
};
use causeway::components::chat::composer::Composer;
use causeway_api::{chats::Channel, validate::MESSAGE_MAX};
use leptos::{mount::mount_to, prelude::*, task::tick};
use wasm_bindgen_test::*;
use web_sys::{HtmlElement, HtmlTextAreaElement};

/// A composer whose sent messages and drafts are kept.
fn composer(draft: &'static str) -> (HtmlElement, RwSignal<Vec<String>>, RwSignal<String>) {
    let (place, sent, kept) = (place(), RwSignal::new(Vec::new()), RwSignal::new(String::new()));
    mount_to(place.clone(), move || {
        view! {
            <Composer
                draft=draft.to_owned()
                to="Ka Man"
                limit=Signal::derive(|| MESSAGE_MAX)
                channel=Channel::Causeway
                on_draft=move |text: String| kept.set(text)
                on_send=move |text: String| sent.update(|sent| sent.push(text))
            />
        }
    })
    .forget();
    (place, sent, kept)
}

#[wasm_bindgen_test]
async fn enter_sends_and_empties_the_field() {
    let (place, sent, kept) = composer("");
    let field: HtmlTextAreaElement = labelled(&place, "Message");
    type_into(&field, "3 pm works.\n");
    assert_eq!(kept.get_untracked(), "3 pm works.\n");
    assert!(!press(&field, "Enter"), "the line break must not be typed");
    tick().await;
    assert_eq!(sent.get_untracked(), ["3 pm works."]);
    assert_eq!((field.value(), kept.get_untracked()), (String::new(), String::new()));
}

#[wasm_bindgen_test]
async fn shift_and_enter_breaks_the_line() {
    let (place, sent, _) = composer("");
    let field: HtmlTextAreaElement = labelled(&place, "Message");
    type_into(&field, "one");
    assert!(fire(&field, "keydown", &[("key", "Enter".into()), ("shiftKey", true.into())]));
    assert!(sent.get_untracked().is_empty());
}

#[wasm_bindgen_test]
async fn an_input_method_never_sends() {
    let (place, sent, _) = composer("");
    let field: HtmlTextAreaElement = labelled(&place, "Message");
    type_into(&field, "たなか");
    fire(&field, "keydown", &[("key", "Enter".into()), ("isComposing", true.into())]);
    // Safari ends the composition first; what is left is the key code.
    fire(&field, "keydown", &[("key", "Enter".into()), ("keyCode", 229.into())]);
    assert!(sent.get_untracked().is_empty());
    assert_eq!(field.value(), "たなか");
}

#[wasm_bindgen_test]
async fn a_draft_is_there_again_and_blank_text_is_not_sent() {
    let (place, sent, _) = composer("About the transfer");
    tick().await;
    let field: HtmlTextAreaElement = labelled(&place, "Message");
    assert_eq!(field.value(), "About the transfer");
    type_into(&field, " \n ");
    press(&field, "Enter");
    assert!(sent.get_untracked().is_empty());
}

#[wasm_bindgen_test]
async fn a_text_that_is_too_long_stays_and_says_by_how_much() {
    let (place, sent, _) = composer("");
    let field: HtmlTextAreaElement = labelled(&place, "Message");
    type_into(&field, &"漢".repeat(4_003));
    tick().await;
    press(&field, "Enter");
    assert!(sent.get_untracked().is_empty());
    assert_eq!(find::<HtmlElement>(&place, "[role=status]").inner_text(), "3 too many");
    assert_eq!(field.get_attribute("aria-invalid").as_deref(), Some("true"));
}

#[wasm_bindgen_test]
async fn on_a_touch_screen_enter_breaks_the_line_and_the_button_sends() {
    let touch = InPlaceOf::put(&window(), "matchMedia", |_| {
        let query = js_sys::Object::new();
        js_sys::Reflect::set(&query, &"matches".into(), &true.into()).unwrap();
        query.into()
    });
    let (place, sent, _) = composer("");
    let field: HtmlTextAreaElement = labelled(&place, "Message");
    type_into(&field, "one");
    let breaks = press(&field, "Enter");
    drop(touch);
    assert!(breaks && sent.get_untracked().is_empty());
    assert_eq!(field.get_attribute("enterkeyhint").as_deref(), Some("enter"));
    assert!(place.text_content().unwrap().contains("Enter starts a new line"));
    type_into(&field, "one\ntwo");
    find::<HtmlElement>(&place, "button[type=submit]").click();
    tick().await;
    assert_eq!(sent.get_untracked(), ["one\ntwo"]);
}

#[wasm_bindgen_test]
async fn with_another_key_held_enter_does_not_send() {
    let (place, sent, _) = composer("");
    let field: HtmlTextAreaElement = labelled(&place, "Message");
    type_into(&field, "one");
    for held in ["ctrlKey", "altKey", "metaKey"] {
        assert!(fire(&field, "keydown", &[("key", "Enter".into()), (held, true.into())]), "{held}");
    }
    assert!(press(&field, "a"), "a letter is typed");
    assert!(sent.get_untracked().is_empty());
}

#[wasm_bindgen_test]
async fn the_button_sends_too_and_the_focus_goes_back_to_the_field() {
    let (place, sent, _) = composer("");
    let field: HtmlTextAreaElement = labelled(&place, "Message");
    type_into(&field, "Good morning");
    let arrow: HtmlElement = labelled(&place, "Send");
    arrow.focus().unwrap();
    arrow.click();
    assert_eq!(sent.get_untracked(), ["Good morning"]);
    assert!(has_focus(&field) && field.value().is_empty());
}

#[wasm_bindgen_test]
async fn blank_lines_at_the_end_are_not_sent_and_an_indent_is() {
    let (place, sent, _) = composer("");
    let field: HtmlTextAreaElement = labelled(&place, "Message");
    type_into(&field, "  - one\n  - two \n\n");
    press(&field, "Enter");
    assert_eq!(sent.get_untracked(), ["  - one\n  - two"]);
}

#[wasm_bindgen_test]
async fn the_draft_is_what_was_typed_last_even_when_it_cannot_be_sent() {
    let (place, sent, kept) = composer("");
    let field: HtmlTextAreaElement = labelled(&place, "Message");
    for typed in ["a", "ab", " "] {
        type_into(&field, typed);
        assert_eq!(kept.get_untracked(), typed);
    }
    let long = "x".repeat(MESSAGE_MAX + 1);
    type_into(&field, &long);
    press(&field, "Enter");
    assert_eq!(kept.get_untracked(), long, "nothing is lost");
    assert!(sent.get_untracked().is_empty());
}

#[wasm_bindgen_test]
async fn a_draft_can_be_sent_as_it_is() {
    let (place, sent, kept) = composer("About the transfer");
    kept.set("About the transfer".to_owned());
    tick().await;
    press(&labelled::<HtmlElement>(&place, "Message"), "Enter");
    assert_eq!(sent.get_untracked(), ["About the transfer"]);
    assert_eq!(kept.get_untracked(), "", "and is a draft no more");
}

#[wasm_bindgen_test]
async fn a_text_of_exactly_the_longest_length_is_sent() {
    let (place, sent, _) = composer("");
    let field: HtmlTextAreaElement = labelled(&place, "Message");
    type_into(&field, &"字".repeat(MESSAGE_MAX));
    tick().await;
    assert!(!is_invalid(&field));
    press(&field, "Enter");
    assert_eq!(sent.get_untracked().len(), 1);
}

#[wasm_bindgen_test]
async fn the_counter_is_there_only_near_the_end() {
    let (place, _, _) = composer("");
    let field: HtmlTextAreaElement = labelled(&place, "Message");
    let counter: HtmlElement = find(&place, "[role=status]");
    for (length, counted) in
        [(0, ""), (3_699, ""), (3_700, "300 left"), (4_000, "0 left"), (4_001, "1 too many")]
    {
        type_into(&field, &"x".repeat(length));
        tick().await;
        assert_eq!(text(&counter), counted, "{length}");
    }
    assert!(described(&place, &field).contains("1 too many"), "it is read with the field");
}

#[wasm_bindgen_test]
async fn a_low_limit_that_is_lowered_once_more_holds_at_once() {
    let (place, limit, sent) = (place(), RwSignal::new(50_usize), RwSignal::new(Vec::<String>::new()));
    mount_to(place.clone(), move || {
        view! {
            <Composer
                draft=String::new()
                to="Ana"
                limit=limit
                channel=Channel::Whatsapp
                on_draft=|_| ()
                on_send=move |text: String| sent.update(|sent| sent.push(text))
            />
        }
    })
    .forget();
    let field: HtmlTextAreaElement = labelled(&place, "Message");
    let counter: HtmlElement = find(&place, "[role=status]");
    type_into(&field, &"x".repeat(44));
    tick().await;
    assert_eq!(text(&counter), "", "more than a tenth is left");
    type_into(&field, &"x".repeat(45));
    tick().await;
    assert_eq!(text(&counter), "5 left");
    limit.set(40);
    tick().await;
    assert_eq!(text(&counter), "5 too many");
    assert!(is_invalid(&field));
    press(&field, "Enter");
    assert!(sent.get_untracked().is_empty());
    limit.set(50);
    press(&field, "Enter");
    assert_eq!(sent.get_untracked().len(), 1);
}

#[wasm_bindgen_test]
async fn whom_one_writes_to_and_on_which_way_is_said() {
    let place = place();
    mount_to(place.clone(), || {
        view! {
            <Composer draft=String::new() to="陳慧敏" limit=Signal::stored(40) channel=Channel::Whatsapp on_draft=|_| () on_send=|_| ()/>
        }
    })
    .forget();
    let field: HtmlTextAreaElement = labelled(&place, "Message");
    assert_eq!(field.placeholder(), "Write to 陳慧敏");
    let form: HtmlElement = labelled(&place, "Reply");
    assert!(text(&form).contains("Reply via WhatsApp"), "{}", text(&form));
    assert_eq!(described(&place, &field).trim(), "Enter sends, Shift+Enter starts a new line");
}

#[wasm_bindgen_test]
async fn a_conversation_that_opens_has_the_focus_in_its_field() {
    let mount = |takes_focus: bool| {
        let place = place();
        mount_to(place.clone(), move || {
            view! {
                <Composer
                    draft=String::new()
                    to="Ka Man"
                    limit=Signal::derive(|| MESSAGE_MAX)
                    channel=Channel::Causeway
                    takes_focus=takes_focus
                    on_draft=|_: String| ()
                    on_send=|_: String| ()
                />
            }
        })
        .forget();
        labelled::<HtmlTextAreaElement>(&place, "Message")
    };
    let other = mount(false);
    tick().await;
    assert!(!has_focus(&other), "a field that is only there does not take it");
    let opened = mount(true);
    tick().await;
    assert!(has_focus(&opened));
}
