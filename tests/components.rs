//! Components in a real browser: found by role and label, used as people use them.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test whose page lacks what it looks for has failed")]

use causeway::{
    client::identity,
    components::{
        base::{initials::initials, qr::QrCodeImage, stepper::Stepper},
        chat::{
            composer::Composer,
            linked_text::LinkedText,
            tick::{Tick, TickState},
        },
        form::{code_input::CodeInput, field::PasswordField},
    },
    i18n,
    state::countdown::count_down,
};
use causeway_api::{PersonId, chats::Channel, validate};
use leptos::{mount::mount_to, prelude::*, task::tick};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::*;
use web_sys::{Element, HtmlButtonElement, HtmlElement, HtmlInputElement, HtmlTextAreaElement};

#[path = "components/asked.rs"]
mod asked;
#[path = "components/lists.rs"]
mod lists;
#[path = "components/passcode.rs"]
mod passcode;
#[path = "components/shown.rs"]
mod shown;

wasm_bindgen_test_configure!(run_in_browser);

/// A place in the page for one test, with the English texts.
fn place() -> HtmlElement {
    i18n::install("en", include_str!("../texts/en/interface.ftl").to_owned());
    let place: HtmlElement = document().create_element("main").unwrap().unchecked_into();
    document().body().unwrap().append_child(&place).unwrap();
    place
}

fn find<T: wasm_bindgen::JsCast>(place: &Element, what: &str) -> T {
    place.query_selector(what).unwrap().unwrap_or_else(|| panic!("no {what}")).unchecked_into()
}

/// The button with these words.
fn button(place: &Element, words: &str) -> HtmlButtonElement {
    let all = place.query_selector_all("button").unwrap();
    (0..all.length())
        .filter_map(|at| all.get(at)?.dyn_into::<HtmlButtonElement>().ok())
        .find(|button| button.text_content().unwrap_or_default().trim() == words)
        .unwrap_or_else(|| panic!("no button {words}: {}", place.inner_html()))
}

/// Types into a field of one line or of several.
fn type_into(field: &HtmlElement, text: &str) {
    js_sys::Reflect::set(field, &"value".into(), &text.into()).unwrap();
    fire(field, "input", &[]);
}

fn fire(element: &Element, kind: &str, options: &[(&str, wasm_bindgen::JsValue)]) -> bool {
    let init = js_sys::Object::new();
    for (name, value) in [("bubbles", true.into()), ("cancelable", true.into())].iter().chain(options) {
        js_sys::Reflect::set(&init, &(*name).into(), value).unwrap();
    }
    let class = if kind.starts_with("key") { "KeyboardEvent" } else { "Event" };
    let class: js_sys::Function = js_sys::Reflect::get(&window(), &class.into()).unwrap().unchecked_into();
    let event = js_sys::Reflect::construct(&class, &js_sys::Array::of2(&kind.into(), &init)).unwrap();
    element.dispatch_event(event.unchecked_ref()).unwrap()
}

/// A composer whose sent messages and drafts are kept.
fn composer(draft: &'static str) -> (HtmlElement, RwSignal<Vec<String>>, RwSignal<String>) {
    let (place, sent, kept) = (place(), RwSignal::new(Vec::new()), RwSignal::new(String::new()));
    mount_to(place.clone(), move || {
        view! {
            <Composer
                draft=draft.to_owned()
                to="Ka Man"
                limit=Signal::derive(|| causeway_api::validate::MESSAGE_MAX)
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
    let field: HtmlTextAreaElement = find(&place, "[aria-label=Message]");
    type_into(&field, "3 pm works.\n");
    assert_eq!(kept.get_untracked(), "3 pm works.\n");
    assert!(!fire(&field, "keydown", &[("key", "Enter".into())]), "the line break must not be typed");
    tick().await;
    assert_eq!(sent.get_untracked(), ["3 pm works."]);
    assert_eq!((field.value(), kept.get_untracked()), (String::new(), String::new()));
}

#[wasm_bindgen_test]
async fn shift_and_enter_breaks_the_line() {
    let (place, sent, _) = composer("");
    let field: HtmlTextAreaElement = find(&place, "[aria-label=Message]");
    type_into(&field, "one");
    assert!(fire(&field, "keydown", &[("key", "Enter".into()), ("shiftKey", true.into())]));
    assert!(sent.get_untracked().is_empty());
}

#[wasm_bindgen_test]
async fn an_input_method_never_sends() {
    let (place, sent, _) = composer("");
    let field: HtmlTextAreaElement = find(&place, "[aria-label=Message]");
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
    let field: HtmlTextAreaElement = find(&place, "[aria-label=Message]");
    assert_eq!(field.value(), "About the transfer");
    type_into(&field, " \n ");
    fire(&field, "keydown", &[("key", "Enter".into())]);
    assert!(sent.get_untracked().is_empty());
}

#[wasm_bindgen_test]
async fn a_text_that_is_too_long_stays_and_says_by_how_much() {
    let (place, sent, _) = composer("");
    let field: HtmlTextAreaElement = find(&place, "[aria-label=Message]");
    type_into(&field, &"漢".repeat(4_003));
    tick().await;
    fire(&field, "keydown", &[("key", "Enter".into())]);
    assert!(sent.get_untracked().is_empty());
    assert_eq!(find::<HtmlElement>(&place, "[role=status]").inner_text(), "3 too many");
    assert_eq!(field.get_attribute("aria-invalid").as_deref(), Some("true"));
}

#[wasm_bindgen_test]
async fn a_pasted_code_loses_its_spaces_and_completes() {
    let (place, value, complete) = (place(), RwSignal::new(String::new()), RwSignal::new(0));
    mount_to(place.clone(), move || {
        view! {
            <label for="otp">"6-digit code"</label>
            <CodeInput
                id="otp"
                value=value
                is_invalid=Signal::derive(|| false)
                described_by="hint"
                on_complete=move |()| complete.update(|times| *times += 1)
            />
        }
    })
    .forget();
    let field: HtmlInputElement = find(&place, "#otp");
    assert_eq!(field.get_attribute("autocomplete").as_deref(), Some("one-time-code"));
    assert_eq!(place.query_selector_all("input").unwrap().length(), 1, "one real input");
    field.set_value(" 123 4");
    fire(&field, "input", &[]);
    assert_eq!((value.get_untracked().as_str(), complete.get_untracked()), ("1234", 0));
    tick().await;
    assert!(place.query_selector(".code__boxes > :nth-child(5).code__box--next").unwrap().is_some());
    field.set_value("123 456");
    fire(&field, "input", &[]);
    assert_eq!((value.get_untracked().as_str(), field.value().as_str()), ("123456", "123456"));
    assert_eq!(complete.get_untracked(), 1);
    // Digits of an input method are left alone until it is done with them.
    field.set_value("６５４３２１");
    fire(&field, "input", &[]);
    assert_eq!((value.get_untracked().as_str(), field.value().as_str()), ("654321", "654321"));
    assert_eq!(complete.get_untracked(), 2);
    field.set_value("１２");
    fire_composing(&field);
    assert_eq!((value.get_untracked().as_str(), field.value().as_str()), ("654321", "１２"));
    fire(&field, "compositionend", &[]);
    assert_eq!((value.get_untracked().as_str(), field.value().as_str()), ("12", "12"));
    // A digit too many is seen, and completes nothing.
    field.set_value("1234567");
    fire(&field, "input", &[]);
    assert_eq!((value.get_untracked().as_str(), complete.get_untracked()), ("1234567", 2));
}

/// Input while an input method composes.
fn fire_composing(element: &Element) {
    let init = js_sys::Object::new();
    for name in ["bubbles", "isComposing"] {
        js_sys::Reflect::set(&init, &name.into(), &true.into()).unwrap();
    }
    let class: js_sys::Function =
        js_sys::Reflect::get(&window(), &"InputEvent".into()).unwrap().unchecked_into();
    let event = js_sys::Reflect::construct(&class, &js_sys::Array::of2(&"input".into(), &init)).unwrap();
    element.dispatch_event(event.unchecked_ref()).unwrap();
}

#[wasm_bindgen_test]
fn a_day_ends_where_the_next_one_begins_whatever_the_clocks_do() {
    let days: Vec<String> = (0..800)
        .map(|day| {
            let noon = js_sys::Date::new(&(1_767_268_800_000.0 + f64::from(day) * 86_400_000.0).into());
            String::from(noon.to_iso_string())[..10].to_owned()
        })
        .collect();
    for pair in days.windows(2) {
        let (begin, end) = i18n::local_day(&pair[0]).unwrap();
        let (next, _) = i18n::local_day(&pair[1]).unwrap();
        assert_eq!(end, next, "{}", pair[0]);
        assert_eq!(i18n::day_number(begin), i18n::day_number(end - 1), "{}", pair[0]);
        assert_eq!(i18n::day_number(begin) + 1, i18n::day_number(end), "{}", pair[0]);
    }
    for none in ["", "2026-13-01", "tomorrow"] {
        assert_eq!(i18n::local_day(none), None, "{none}");
    }
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
async fn text_is_text_and_only_safe_addresses_are_links() {
    let place = place();
    let text = "<img src=x onerror=alert(1)> https://a.example/b. javascript:alert(2)";
    mount_to(place.clone(), move || view! { <p><LinkedText text=text/></p> }).forget();
    assert_eq!(place.text_content().unwrap(), text);
    assert!(place.query_selector("img, script").unwrap().is_none());
    let links = place.query_selector_all("a").unwrap();
    assert_eq!(links.length(), 1);
    let link: Element = links.get(0).unwrap().unchecked_into();
    assert_eq!(link.get_attribute("href").as_deref(), Some("https://a.example/b"));
    assert_eq!(link.get_attribute("rel").as_deref(), Some("noopener noreferrer"));
}

#[wasm_bindgen_test]
async fn a_host_that_mixes_scripts_is_shown_as_the_browser_asks_for_it() {
    let place = place();
    let text = "https://аpple.example/x https://bücher.example/ü https://例え.example www.пример.example a@аpple.example";
    mount_to(place.clone(), move || view! { <p><LinkedText text=text/></p> }).forget();
    let links = place.query_selector_all("a").unwrap();
    let shown: Vec<String> =
        (0..links.length()).map(|at| links.get(at).unwrap().text_content().unwrap()).collect();
    assert_eq!(
        shown,
        [
            "https://xn--pple-43d.example/x",
            "https://bücher.example/ü",
            "https://例え.example",
            "www.xn--e1afmkfd.example",
            "a@xn--pple-43d.example",
        ]
    );
}

#[wasm_bindgen_test]
fn initials_are_characters_as_people_see_them() {
    for (name, shown) in [
        ("E\u{301}mile Zola", "E\u{301}Z"),
        ("👩‍👩‍👧‍👦 Family", "👩‍👩‍👧‍👦"),
        ("🇯🇵 Japan Desk", "🇯🇵"),
        ("क्षितिज", "क्षि"),
        ("Priya Nair", "PN"),
        ("Wong Ka Man 黃嘉敏", "黃"),
    ] {
        assert_eq!(initials(name), shown, "{name}");
    }
}

#[wasm_bindgen_test]
async fn on_a_touch_screen_enter_breaks_the_line_and_the_button_sends() {
    let ask: js_sys::Function =
        js_sys::Reflect::get(&window(), &"matchMedia".into()).unwrap().unchecked_into();
    let touch = wasm_bindgen::closure::Closure::<dyn Fn() -> js_sys::Object>::new(|| {
        let query = js_sys::Object::new();
        js_sys::Reflect::set(&query, &"matches".into(), &true.into()).unwrap();
        query
    });
    js_sys::Reflect::set(&window(), &"matchMedia".into(), touch.as_ref()).unwrap();
    let (place, sent, _) = composer("");
    let field: HtmlTextAreaElement = find(&place, "[aria-label=Message]");
    type_into(&field, "one");
    let breaks = fire(&field, "keydown", &[("key", "Enter".into())]);
    js_sys::Reflect::set(&window(), &"matchMedia".into(), &ask).unwrap();
    assert!(breaks && sent.get_untracked().is_empty());
    assert_eq!(field.get_attribute("enterkeyhint").as_deref(), Some("enter"));
    assert!(place.text_content().unwrap().contains("Enter starts a new line"));
    type_into(&field, "one\ntwo");
    find::<HtmlElement>(&place, "button[type=submit]").click();
    tick().await;
    assert_eq!(sent.get_untracked(), ["one\ntwo"]);
}

#[wasm_bindgen_test]
fn a_page_is_for_one_person_for_as_long_as_it_lives() {
    let (mine, others) = (PersonId(uuid::Uuid::from_u128(1)), PersonId(uuid::Uuid::from_u128(2)));
    let owner = Owner::new();
    let is_over = owner.with(identity::is_over);
    assert!(identity::adopt(mine).is_ok() && identity::adopt(mine).is_ok() && !is_over.get_untracked());
    assert!(identity::adopt(others).unwrap_err().is_other_person());
    assert!(is_over.get_untracked(), "the page ends");
    assert_eq!(identity::person(), Some(mine), "and sends nothing under another name");
}

#[wasm_bindgen_test]
async fn steps_and_ticks_say_their_state_in_words() {
    let (place, current, state) = (place(), RwSignal::new(0_usize), RwSignal::new(TickState::Sent));
    mount_to(place.clone(), move || {
        view! {
            <Stepper steps=vec!["Company".into(), "Sign in".into()] current=current/>
            <Tick state=state/>
        }
    })
    .forget();
    current.set(1);
    state.set(TickState::Read);
    tick().await;
    let first: HtmlElement = find(&place, "li:first-child");
    assert!(first.text_content().unwrap().contains("(done)"));
    assert_eq!(find::<Element>(&place, "[aria-current=step]").text_content().unwrap().trim(), "Sign in");
    assert_eq!(find::<Element>(&place, "svg.tick").get_attribute("aria-label").as_deref(), Some("Read"));
}

#[wasm_bindgen_test]
fn a_qr_code_says_what_it_was_given_to_an_independent_decoder() {
    const SCALE: usize = 4;
    let (place, text) = (place(), "https://chat.example/activate#Zk3yJ4q0o1bqXvM8d2sTfw");
    mount_to(place.clone(), move || view! { <QrCodeImage text=text label="QR code"/> }).forget();
    let drawing: Element = find(&place, "svg[aria-label='QR code']");
    let side: usize = drawing.get_attribute("viewBox").unwrap().split(' ').nth(2).unwrap().parse().unwrap();
    let path = find::<Element>(&place, "svg path").get_attribute("d").unwrap();
    let dark: Vec<(usize, usize)> = path
        .split('M')
        .skip(1)
        .map(|module| {
            let (x, rest) = module.split_once(' ').unwrap();
            (x.parse().unwrap(), rest.split('h').next().unwrap().parse().unwrap())
        })
        .collect();
    assert!(dark.iter().all(|(x, y)| (4..side - 4).contains(x) && (4..side - 4).contains(y)), "a quiet zone");
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(side * SCALE, side * SCALE, |x, y| {
        if dark.contains(&(x / SCALE, y / SCALE)) { 0 } else { 255 }
    });
    assert_eq!(image.detect_grids().first().unwrap().decode().unwrap().1, text);
}

#[wasm_bindgen_test]
fn activation_codes_are_read_however_they_are_typed() {
    for typed in ["k7p2-v0x1", "K7P2 VOXI", " k7p2voxl "] {
        assert_eq!(validate::activation_code(typed).as_deref(), Ok("K7P2V0X1"), "{typed}");
    }
    assert_eq!(validate::activation_code("K7P2-V0X"), Err(validate::Fault::ActivationCode));
}

/// Has the browser's clock show another time.
fn set_clock(millis: f64) {
    let date: js_sys::Object = js_sys::Reflect::get(&window(), &"Date".into()).unwrap().unchecked_into();
    let now = wasm_bindgen::closure::Closure::<dyn Fn() -> f64>::new(move || millis);
    js_sys::Reflect::set(&date, &"now".into(), &now.into_js_value()).unwrap();
}

#[wasm_bindgen_test]
async fn a_count_down_follows_the_clock_and_ends_at_nothing() {
    let start = 1_795_338_000_000.0;
    set_clock(start);
    let owner = Owner::new();
    let (left, _) = owner.with(|| count_down(Some(600)));
    assert_eq!(left.get_untracked(), Some(600));
    // A tab that slept for nine minutes and a half, and for long after the end.
    for (later, expected) in [(570_000.0, 30), (10_000_000.0, 0)] {
        set_clock(start + later);
        while left.get_untracked() != Some(expected) {
            gloo_timers::future::TimeoutFuture::new(0).await;
        }
    }
}
