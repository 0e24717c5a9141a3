//! Codes: typed, asked for again, drawn.

use super::{all, described, find, fire, has, is_invalid, labelled, place, text};
use causeway::components::{
    base::qr::{QrCodeImage, qr_svg},
    form::{code_input::CodeInput, resend::ResendButton},
};
use causeway_api::validate;
use leptos::{mount::mount_to, prelude::*, task::tick};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::*;
use web_sys::{Element, HtmlButtonElement, HtmlElement, HtmlInputElement};

/// A field for a code.
struct Code {
    place: HtmlElement,
    field: HtmlInputElement,
    value: RwSignal<String>,
    is_refused: RwSignal<bool>,
    completed: RwSignal<u32>,
}

impl Code {
    fn mount() -> Self {
        let (place, value) = (place(), RwSignal::new(String::new()));
        let (is_refused, completed) = (RwSignal::new(false), RwSignal::new(0));
        mount_to(place.clone(), move || {
            view! {
                <label for="otp">"6-digit code"</label>
                <CodeInput
                    id="otp"
                    value=value
                    is_invalid=is_refused
                    described_by="hint"
                    on_complete=move |()| completed.update(|times| *times += 1)
                />
                <p id="hint">"Look at your phone."</p>
            }
        })
        .forget();
        let field = labelled(&place, "6-digit code");
        Self { place, field, value, is_refused, completed }
    }

    /// Has this in the field, typed, pasted or filled in.
    fn enter(&self, typed: &str) {
        self.field.set_value(typed);
        fire(&self.field, "input", &[]);
    }

    /// What is kept, what is shown, and how often it was complete.
    fn state(&self) -> (String, String, u32) {
        (self.value.get_untracked(), self.field.value(), self.completed.get_untracked())
    }
}

fn state(digits: &str, times: u32) -> (String, String, u32) {
    (digits.to_owned(), digits.to_owned(), times)
}

#[wasm_bindgen_test]
async fn a_pasted_code_loses_its_spaces_and_completes() {
    let code = Code::mount();
    code.enter(" 123 4");
    assert_eq!(code.state(), state("1234", 0));
    tick().await;
    assert!(has(&code.place, ".code__boxes > :nth-child(5).code__box--next"));
    code.enter("123 456");
    assert_eq!(code.state(), state("123456", 1));
}

#[wasm_bindgen_test]
async fn a_code_is_one_real_field_that_a_phone_fills_in() {
    let code = Code::mount();
    assert_eq!(all(&code.place, "input").len(), 1);
    assert_eq!(code.field.get_attribute("autocomplete").as_deref(), Some("one-time-code"));
    assert_eq!(code.field.get_attribute("inputmode").as_deref(), Some("numeric"));
    assert_eq!(
        find::<Element>(&code.place, ".code__boxes").get_attribute("aria-hidden").as_deref(),
        Some("true")
    );
}

#[wasm_bindgen_test]
async fn letters_and_marks_are_left_out_of_a_code() {
    let code = Code::mount();
    code.enter("G-12 3a.4");
    assert_eq!(code.state(), state("1234", 0));
}

#[wasm_bindgen_test]
async fn digits_of_full_width_count_like_any_other() {
    let code = Code::mount();
    code.enter("６５４３２１");
    assert_eq!(code.state(), state("654321", 1));
}

#[wasm_bindgen_test]
async fn digits_of_an_input_method_are_left_alone_until_it_is_done_with_them() {
    let code = Code::mount();
    code.field.set_value("１２");
    fire_composing(&code.field);
    assert_eq!(code.state(), (String::new(), "１２".to_owned(), 0));
    fire(&code.field, "compositionend", &[]);
    assert_eq!(code.state(), state("12", 0));
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
async fn a_digit_too_many_is_seen_and_completes_nothing() {
    let code = Code::mount();
    code.enter("1234567");
    assert_eq!(code.state(), state("1234567", 0));
    code.enter("123456");
    assert_eq!(code.state(), state("123456", 1));
}

#[wasm_bindgen_test]
async fn the_same_code_is_sent_once_and_another_one_again() {
    let code = Code::mount();
    code.enter("123456");
    code.enter("123456 ");
    assert_eq!(code.state(), state("123456", 1));
    code.enter("12345");
    code.enter("123457");
    assert_eq!(code.state(), state("123457", 2));
}

#[wasm_bindgen_test]
async fn a_code_that_is_emptied_from_outside_is_empty_to_the_eye_as_well() {
    let code = Code::mount();
    tick().await;
    code.enter("123");
    code.value.set(String::new());
    tick().await;
    assert_eq!(code.field.value(), "");
    assert!(has(&code.place, ".code__boxes > :first-child.code__box--next"));
}

#[wasm_bindgen_test]
async fn a_refused_code_is_marked_and_keeps_its_hint() {
    let code = Code::mount();
    assert!(!is_invalid(&code.field));
    code.is_refused.set(true);
    tick().await;
    assert!(is_invalid(&code.field));
    assert_eq!(described(&code.place, &code.field), "Look at your phone.");
}

#[wasm_bindgen_test]
fn activation_codes_are_read_however_they_are_typed() {
    for typed in ["k7p2-v0x1", "K7P2 VOXI", " k7p2voxl "] {
        assert_eq!(validate::activation_code(typed).as_deref(), Ok("K7P2V0X1"), "{typed}");
    }
    assert_eq!(validate::activation_code("K7P2-V0X"), Err(validate::Fault::ActivationCode));
}

/// The button for another code, with the seconds until it may be pressed.
async fn resend(left: RwSignal<Option<u32>>) -> (HtmlButtonElement, RwSignal<u32>) {
    let (place, pressed) = (place(), RwSignal::new(0));
    mount_to(place.clone(), move || {
        view! { <ResendButton left=left.into() on_click=move |()| pressed.update(|count| *count += 1)/> }
    })
    .forget();
    tick().await;
    (find(&place, "button"), pressed)
}

#[wasm_bindgen_test]
async fn another_code_can_be_asked_for_once_the_time_is_over() {
    let left = RwSignal::new(Some(2));
    let (button, pressed) = resend(left).await;
    assert!(button.disabled());
    button.click();
    assert_eq!(pressed.get_untracked(), 0);
    left.set(Some(0));
    tick().await;
    assert!(!button.disabled());
    button.click();
    assert_eq!(pressed.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn the_wait_is_seen_and_not_read_out_every_second() {
    let left = RwSignal::new(Some(75));
    let (button, _) = resend(left).await;
    let wait: Element = find(&button, "[aria-hidden=true]");
    assert_eq!(text(&wait), "in 1:15");
    left.set(Some(74));
    tick().await;
    assert_eq!(text(&wait), "in 1:14");
    left.set(Some(0));
    tick().await;
    assert_eq!(text(&button).trim(), "Resend code");
}

#[wasm_bindgen_test]
async fn where_no_further_code_is_sent_the_button_never_opens() {
    let (button, pressed) = resend(RwSignal::new(None)).await;
    button.click();
    assert!(button.disabled() && pressed.get_untracked() == 0);
    assert_eq!(text(&button).trim(), "Resend code", "no time is named");
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
fn a_text_too_long_for_any_code_shows_none() {
    let (place, long) = (place(), "x".repeat(3_000));
    let shown = long.clone();
    mount_to(place.clone(), move || view! { <QrCodeImage text=shown label="QR code"/> }).forget();
    assert!(!has(&place, "svg"));
    assert_eq!(qr_svg(&long), None);
}

#[wasm_bindgen_test]
fn the_file_of_a_code_is_the_picture_on_the_screen_on_white_ground() {
    let (place, text) = (place(), "https://chat.example/r/4711");
    mount_to(place.clone(), move || view! { <QrCodeImage text=text label="QR code"/> }).forget();
    let drawn = find::<Element>(&place, "svg path").get_attribute("d").unwrap();
    let file: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    file.set_inner_html(&qr_svg(text).unwrap());
    let paths = all(&file, "path");
    let of = |at: usize, name: &str| paths[at].get_attribute(name).unwrap();
    assert_eq!((of(0, "fill").as_str(), of(1, "fill").as_str()), ("#fff", "#000"));
    assert_eq!(of(1, "d"), drawn);
}
