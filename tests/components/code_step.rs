//! Asking for a one-time code: what is refused, when the refusal goes, and how another code begins.

use super::{all, button, find, has_focus, is_invalid, labelled, place, text, type_into};
use causeway::{
    client::ClientError,
    pages::code_step::{CodeStep, Refusals, Resend, SentCodeForm},
};
use causeway_api::{Problem, ProblemCode};
use futures::channel::oneshot;
use gloo_timers::future::TimeoutFuture;
use leptos::{mount::mount_to, prelude::*, task::tick};
use std::future::ready;
use wasm_bindgen_test::*;
use web_sys::{HtmlElement, HtmlInputElement};

const TEXTS: Refusals = Refusals { wrong: "code-wrong", spent: "code-spent" };
const WRONG: &str = "That code isn’t right. Check the newest message and try again.";
const SHORT: &str = "Enter all six digits of the code.";

/// A refusal of the server.
pub(super) fn refusal(code: ProblemCode, fields: &[(&str, &str)]) -> ClientError {
    let fields = fields.iter().map(|(field, fault)| ((*field).to_owned(), (*fault).to_owned()));
    ClientError::Refused(Box::new(Problem {
        code,
        detail: String::new(),
        fields: fields.collect(),
        person: None,
        retry_after: None,
        request_id: "4711".to_owned(),
    }))
}

/// A page that has sent a code.
struct Sent {
    place: HtmlElement,
    field: HtmlInputElement,
    step: CodeStep,
    another: Resend,
    /// What the page was told, in order.
    told: RwSignal<Vec<&'static str>>,
}

impl Sent {
    async fn mount(resend_in: Option<u32>) -> Self {
        let (place, told) = (place(), RwSignal::new(Vec::new()));
        let parts = StoredValue::new(None);
        let say = move |what| move |()| told.update(|told| told.push(what));
        mount_to(place.clone(), move || {
            let step = CodeStep::new(RwSignal::new(String::new()));
            let another = Resend::after(resend_in, step);
            parts.set_value(Some((step, another)));
            view! {
                <SentCodeForm
                    step=step
                    resend=another
                    hint="Look at your phone.".to_owned()
                    on_complete=say("complete")
                    on_submit=say("submit")
                    on_resend=say("resend")
                />
            }
        })
        .forget();
        tick().await;
        let (step, another) = parts.get_value().unwrap();
        Self { field: labelled(&place, "6-digit code"), place, step, another, told }
    }

    /// Sends what was typed to a server that answers so.
    async fn confirm(&self, answer: Result<(), ClientError>) {
        self.step.send(TEXTS, move |_| ready(answer.clone()), |()| {}, |_| false);
        tick().await;
        tick().await;
    }

    /// What the banner says.
    fn alert(&self) -> String {
        all(&self.place, "[role=alert]").iter().map(text).collect()
    }
}

#[wasm_bindgen_test]
async fn the_sixth_digit_and_the_button_are_told_apart() {
    let page = Sent::mount(Some(0)).await;
    type_into(&page.field, "12345");
    button(&page.place, "Confirm").click();
    type_into(&page.field, "123456");
    button(&page.place, "Resend code").click();
    assert_eq!(page.told.get_untracked(), ["submit", "complete", "resend"]);
}

#[wasm_bindgen_test]
async fn a_code_that_is_not_complete_is_refused_here() {
    let page = Sent::mount(None).await;
    type_into(&page.field, "123");
    page.confirm(Err(ClientError::Offline)).await;
    assert_eq!(page.alert(), SHORT);
    assert!(!page.step.is_busy.get_untracked());
    type_into(&page.field, "1234");
    tick().await;
    assert_eq!(page.alert(), "", "whoever types on is not told again");
}

#[wasm_bindgen_test]
async fn the_server_is_asked_once_at_a_time() {
    let page = Sent::mount(None).await;
    let asked = RwSignal::new(Vec::new());
    let send = || {
        let ask = move |code: String| {
            asked.update(|asked| asked.push(code));
            async {
                TimeoutFuture::new(20).await;
                Ok::<(), ClientError>(())
            }
        };
        page.step.send(TEXTS, ask, |()| {}, |_| false);
    };
    type_into(&page.field, "123456");
    send();
    tick().await;
    let confirm = button(&page.place, "Confirm");
    assert_eq!(confirm.get_attribute("aria-busy").as_deref(), Some("true"));
    send();
    TimeoutFuture::new(60).await;
    assert_eq!(asked.get_untracked(), ["123456"], "it was being asked");
    assert_eq!(confirm.get_attribute("aria-busy"), None);
    send();
    TimeoutFuture::new(60).await;
    assert_eq!(asked.get_untracked(), ["123456", "123456"]);
}

#[wasm_bindgen_test]
async fn a_wrong_code_is_marked_until_another_one_is_typed() {
    let page = Sent::mount(None).await;
    type_into(&page.field, "123456");
    page.confirm(Err(refusal(ProblemCode::CodeRefused, &[]))).await;
    assert_eq!((page.alert().as_str(), is_invalid(&page.field)), (WRONG, true));
    assert!(!page.step.is_busy.get_untracked());
    assert_eq!(page.field.value(), "123456", "what was typed stays to be compared");
    type_into(&page.field, "12345");
    tick().await;
    assert_eq!((page.alert().as_str(), is_invalid(&page.field)), ("", false));
}

#[wasm_bindgen_test]
async fn a_spent_code_is_told_without_blaming_the_digits() {
    let page = Sent::mount(None).await;
    type_into(&page.field, "123456");
    page.confirm(Err(refusal(ProblemCode::CodeSpent, &[]))).await;
    assert!(page.alert().starts_with("This code no longer works."), "{}", page.alert());
    assert!(!is_invalid(&page.field));
}

#[wasm_bindgen_test]
async fn a_refused_code_has_the_focus_to_be_typed_over_and_an_incomplete_one_to_be_completed() {
    let page = Sent::mount(None).await;
    for (typed, refused, begin) in [
        ("123456", refusal(ProblemCode::CodeRefused, &[]), 0),
        ("123457", refusal(ProblemCode::CodeSpent, &[]), 0),
        ("123", ClientError::Offline, 3),
    ] {
        type_into(&page.field, typed);
        button(&page.place, "Confirm").focus().unwrap();
        page.confirm(Err(refused)).await;
        next_frame().await;
        assert!(has_focus(&page.field), "{typed}");
        let selected = page.field.selection_start().unwrap()..page.field.selection_end().unwrap();
        assert_eq!(selected, Some(begin)..u32::try_from(typed.len()).ok(), "{typed}");
    }
}

#[wasm_bindgen_test]
async fn what_is_not_about_the_code_leaves_the_focus_where_it_is() {
    let page = Sent::mount(None).await;
    type_into(&page.field, "123456");
    let confirm = button(&page.place, "Confirm");
    confirm.focus().unwrap();
    page.confirm(Err(ClientError::Offline)).await;
    next_frame().await;
    assert!(has_focus(&confirm));
}

/// Waits until the browser has drawn.
async fn next_frame() {
    for _ in 0..2 {
        let (drawn, frame) = oneshot::channel();
        request_animation_frame(move || drawn.send(()).unwrap());
        frame.await.unwrap();
    }
}

#[wasm_bindgen_test]
async fn any_other_refusal_is_told_as_everywhere() {
    let page = Sent::mount(None).await;
    type_into(&page.field, "123456");
    for (refused, words) in [
        (ClientError::Offline, "The server can’t be reached."),
        (refusal(ProblemCode::TooMany, &[]), "Too many attempts."),
        (refusal(ProblemCode::Internal, &[]), "Something went wrong on our side."),
    ] {
        page.confirm(Err(refused)).await;
        assert!(page.alert().starts_with(words), "{}", page.alert());
    }
    assert!(page.alert().contains("4711"), "the number is there to be told: {}", page.alert());
}

#[wasm_bindgen_test]
async fn another_try_takes_the_old_refusal_away() {
    let page = Sent::mount(None).await;
    type_into(&page.field, "123456");
    page.confirm(Err(ClientError::Offline)).await;
    assert_ne!(page.alert(), "");
    page.confirm(Ok(())).await;
    assert_eq!(page.alert(), "");
}

#[wasm_bindgen_test]
async fn another_code_begins_with_an_empty_field_and_a_new_wait() {
    let page = Sent::mount(Some(0)).await;
    type_into(&page.field, "123456");
    page.confirm(Err(refusal(ProblemCode::CodeRefused, &[]))).await;
    page.another.sent(Some(30));
    tick().await;
    assert_eq!((page.field.value().as_str(), page.alert().as_str()), ("", ""));
    let resend: web_sys::HtmlButtonElement = find(&page.place, "button[type=button]");
    assert!(resend.disabled() && text(&resend).contains("0:30"), "{}", text(&resend));
    page.another.sent(None);
    tick().await;
    assert!(resend.disabled() && text(&resend).trim() == "Resend code", "that was the last one");
}

#[wasm_bindgen_test]
async fn why_no_other_code_was_sent_is_told_and_the_field_stays() {
    let page = Sent::mount(Some(0)).await;
    type_into(&page.field, "123");
    page.another.refuse(&refusal(ProblemCode::CodeSpent, &[]), "code-spent-again");
    tick().await;
    assert!(page.alert().starts_with("This code has expired"), "{}", page.alert());
    page.another.refuse(&refusal(ProblemCode::TooMany, &[]), "code-spent-again");
    tick().await;
    assert!(page.alert().starts_with("Too many attempts."), "{}", page.alert());
    assert_eq!(page.field.value(), "123");
}
