//! Handing files over to the browser, and text to its clipboard.

use crate::{i18n::t, state::toasts::Toasts};
use leptos::{prelude::*, task::spawn_local, wasm_bindgen::JsCast as _};
use wasm_bindgen_futures::JsFuture;

/// Has the browser save a text as a file.
pub(crate) fn save(name: &str, media_type: &str, text: &str, toasts: Toasts) {
    if let Err(error) = offer(name, media_type, text) {
        web_sys::console::error_2(&"a file could not be handed over".into(), &error);
        toasts.error(t("file-not-saved"));
    }
}

/// The mark in front of UTF-8 without which Excel takes a table for a file of the country it runs in.
const BYTE_ORDER_MARK: &str = "\u{feff}";

fn offer(name: &str, media_type: &str, text: &str) -> Result<(), leptos::wasm_bindgen::JsValue> {
    // Reading an answer as text takes the server's mark off.
    let is_unmarked_table = media_type == "text/csv" && !text.starts_with(BYTE_ORDER_MARK);
    let mark = if is_unmarked_table { BYTE_ORDER_MARK } else { "" };
    let parts = js_sys::Array::of2(&mark.into(), &text.into());
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options)?;
    let address = web_sys::Url::create_object_url_with_blob(&blob)?;
    let link: web_sys::HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    web_sys::Url::revoke_object_url(&address)
}

/// Puts a text into the clipboard, and says so, or that it could not.
pub(crate) fn copy(text: String, (done, failed): (&'static str, &'static str), toasts: Toasts) {
    let clipboard = window().navigator().clipboard();
    spawn_local(async move {
        match JsFuture::from(clipboard.write_text(&text)).await {
            Ok(_) => toasts.say(t(done)),
            Err(_) => toasts.error(t(failed)),
        }
    });
}
