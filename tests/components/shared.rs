//! What is handed over to be kept or passed on: a link as a code, recovery codes.

use super::{InPlaceOf, all, button, find, labelled, place, text};
use causeway::{
    components::base::toast::{Toast, ToastKind},
    pages::{contacts::qr::Qr, settings::recovery_codes::RecoveryCodesDialog},
    state::toasts::Toasts,
};
use causeway_api::second_factors::RecoveryCodes;
use leptos::{mount::mount_to, prelude::*, task::tick};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::*;
use web_sys::{HtmlElement, HtmlInputElement};

const LINK: &str = "https://chat.example/i/Zk3yJ4q0o1bq";

/// A clipboard that takes every text, or none.
fn clipboard(is_open: bool) -> (InPlaceOf, Rc<RefCell<Vec<String>>>) {
    let taken = Rc::new(RefCell::new(Vec::new()));
    let kept = Rc::clone(&taken);
    let own: JsValue = window().navigator().clipboard().into();
    let other = InPlaceOf::put(&own, "writeText", move |text| {
        if is_open {
            kept.borrow_mut().extend(text.as_string());
            js_sys::Promise::resolve(&JsValue::UNDEFINED).into()
        } else {
            js_sys::Promise::reject(&"NotAllowedError".into()).into()
        }
    });
    (other, taken)
}

/// Mounts something that speaks through toasts.
fn mount<V: IntoView + 'static>(what: impl FnOnce() -> V + 'static) -> (HtmlElement, Signal<Vec<Toast>>) {
    let (place, toasts) = (place(), Toasts::default());
    mount_to(place.clone(), move || {
        provide_context(toasts);
        what()
    })
    .forget();
    (place, toasts.list())
}

/// Waits for the next message.
async fn said(toasts: Signal<Vec<Toast>>) -> Toast {
    while toasts.with_untracked(Vec::is_empty) {
        tick().await;
    }
    toasts.with_untracked(|toasts| toasts[0].clone())
}

#[wasm_bindgen_test]
async fn a_link_is_there_as_a_code_and_as_text_that_nobody_changes() {
    let (place, _) = mount(|| view! { <Qr link=LINK/> });
    let field: HtmlInputElement = labelled(&place, "Invitation link");
    assert_eq!((field.value().as_str(), field.read_only()), (LINK, true));
    find::<HtmlElement>(&place, "svg[role=img][aria-label='QR code of the invitation link']");
}

#[wasm_bindgen_test]
async fn a_copied_link_is_whole_and_its_copying_is_told() {
    let (_clipboard, taken) = clipboard(true);
    let (place, toasts) = mount(|| view! { <Qr link=LINK/> });
    button(&place, "Copy link").click();
    let toast = said(toasts).await;
    assert_eq!((toast.text.as_str(), toast.kind), ("Link copied.", ToastKind::Success));
    assert_eq!(*taken.borrow(), [LINK]);
}

#[wasm_bindgen_test]
async fn a_browser_that_does_not_copy_is_told_about_with_another_way() {
    let (_clipboard, taken) = clipboard(false);
    let (place, toasts) = mount(|| view! { <Qr link=LINK/> });
    button(&place, "Copy link").click();
    let toast = said(toasts).await;
    assert!(
        toast.kind == ToastKind::Error && toast.text.contains("Select it and copy it yourself."),
        "{toast:?}"
    );
    assert!(taken.borrow().is_empty());
}

/// The dialog with two recovery codes, and how often it was closed.
async fn recovery_codes() -> (HtmlElement, Signal<Vec<Toast>>, RwSignal<u32>) {
    let closed = RwSignal::new(0);
    let (place, toasts) = mount(move || {
        let codes = RecoveryCodes { codes: ["7KQ2-M8XW-3TRBD", "AAAA-BBBB-CCCCC"].map(str::to_owned).into() };
        view! { <RecoveryCodesDialog codes=codes on_close=move |()| closed.update(|count| *count += 1)/> }
    });
    tick().await;
    (place, toasts, closed)
}

#[wasm_bindgen_test]
async fn recovery_codes_are_copied_one_a_line() {
    let (_clipboard, taken) = clipboard(true);
    let (place, toasts, closed) = recovery_codes().await;
    button(&place, "Copy").click();
    assert_eq!(said(toasts).await.text, "Codes copied.");
    assert_eq!(*taken.borrow(), ["7KQ2-M8XW-3TRBD\nAAAA-BBBB-CCCCC"]);
    assert_eq!(closed.get_untracked(), 0, "they are still to be seen");
}

#[wasm_bindgen_test]
async fn recovery_codes_are_shown_untranslated_until_they_are_kept() {
    let (place, _, closed) = recovery_codes().await;
    let list = find::<HtmlElement>(&place, "ul[translate=no]");
    let shown: Vec<String> = all(&list, "li").iter().map(text).collect();
    assert_eq!(shown, ["7KQ2-M8XW-3TRBD", "AAAA-BBBB-CCCCC"]);
    button(&place, "I’ve saved these codes").click();
    assert_eq!(closed.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn recovery_codes_that_were_not_copied_can_be_downloaded() {
    let (_clipboard, _) = clipboard(false);
    let (place, toasts, _) = recovery_codes().await;
    button(&place, "Copy").click();
    let toast = said(toasts).await;
    assert!(toast.kind == ToastKind::Error && toast.text.contains("Download them instead."), "{toast:?}");
    let saved = Rc::new(RefCell::new(None));
    let kept = Rc::clone(&saved);
    let class = js_sys::Reflect::get(&window(), &"URL".into()).unwrap();
    let _address = InPlaceOf::put(&class, "createObjectURL", move |blob| {
        *kept.borrow_mut() = Some(blob);
        "blob:saved".into()
    });
    let link = js_sys::Reflect::get(&window(), &"HTMLAnchorElement".into()).unwrap();
    let link = js_sys::Reflect::get(&link, &"prototype".into()).unwrap();
    let _saving = InPlaceOf::put(&link, "click", |_| JsValue::UNDEFINED);
    button(&place, "Download").click();
    let blob: web_sys::Blob = saved.borrow_mut().take().unwrap().into();
    let content = wasm_bindgen_futures::JsFuture::from(blob.text()).await.unwrap();
    assert_eq!(content.as_string().unwrap(), "7KQ2-M8XW-3TRBD\nAAAA-BBBB-CCCCC");
}
