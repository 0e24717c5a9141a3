//! A file or folder per screen: load, lay out, dispatch.

mod address;
pub mod admin;
pub mod applications;
pub mod chats;
pub mod code_step;
pub mod contacts;
mod files;
mod listing;
mod new_password;
pub mod not_found;
pub mod notifications;
mod number;
pub mod passcode;
pub mod portal;
pub(crate) mod presence;
mod public;
pub mod search;
pub mod settings;
pub mod sign_in;
pub(crate) mod steps;
pub mod submission;
pub mod visit;

use crate::{
    client::ClientError,
    i18n::{Arg, t, tx},
};
use causeway_api::{ProblemCode, people::Role};
use leptos::{prelude::*, wasm_bindgen::JsCast};
use std::cell::RefCell;

thread_local! {
    /// What the browser tab says: the page, and how many messages are unread.
    static TITLE: RefCell<(String, i64)> = RefCell::default();
}

/// Names the browser tab after the page.
pub(crate) fn set_title(page: &str) {
    show_title(|title| page.clone_into(&mut title.0));
}

/// Puts the number of unread messages in front of the tab's name.
pub(crate) fn set_title_count(unread: i64) {
    show_title(|title| title.1 = unread);
    show_badge(unread);
}

/// Puts the number on the icon of the installed app, where the platform has that (Badging API).
fn show_badge(unread: i64) {
    let navigator = window().navigator();
    let method = if unread > 0 { "setAppBadge" } else { "clearAppBadge" };
    let Ok(set) = js_sys::Reflect::get(&navigator, &method.into()) else { return };
    let Ok(set) = set.dyn_into::<js_sys::Function>() else { return };
    let promise =
        if unread > 0 { set.call1(&navigator, &(unread as f64).into()) } else { set.call0(&navigator) };
    if let Ok(promise) = promise.and_then(JsCast::dyn_into::<js_sys::Promise>) {
        // A page that is not installed may be refused; the number stands in the title all the same.
        leptos::task::spawn_local(async move { drop(wasm_bindgen_futures::JsFuture::from(promise).await) });
    }
}

fn show_title(change: impl FnOnce(&mut (String, i64))) {
    let text = TITLE.with_borrow_mut(|title| {
        change(title);
        let count = if title.1 > 0 { format!("({}) ", title.1) } else { String::new() };
        format!("{count}{} · Causeway", title.0)
    });
    document().set_title(&text);
}

/// Focuses an element of the page once what was asked for is drawn.
pub(crate) fn focus_soon(id: &'static str) {
    request_animation_frame(move || {
        let found = document().get_element_by_id(id);
        if let Some(element) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
            // An element that is there takes the focus.
            let _ = element.focus();
        }
    });
}

/// What happened, and what to do, for failures that are the same everywhere.
pub(crate) fn explain(error: &ClientError) -> String {
    match (error, error.code()) {
        (ClientError::Offline, _) => t("error-offline"),
        (ClientError::Unreadable(_), _) => t("error-version"),
        (_, Some(ProblemCode::OtherPerson)) => t("other-person-title"),
        (_, Some(ProblemCode::TooMany)) => t("error-too-many"),
        (_, Some(ProblemCode::Busy | ProblemCode::TimedOut)) => t("error-busy"),
        (_, Some(ProblemCode::Forbidden | ProblemCode::PasswordNeeded | ProblemCode::SecondFactorNeeded)) => {
            t("error-forbidden")
        }
        (_, Some(ProblemCode::NotFound)) => t("error-not-found"),
        (ClientError::Refused(problem), _) => tx("error-internal", &[("id", Arg::Text(&problem.request_id))]),
    }
}

/// The name of a role.
pub(crate) fn role_name(role: Role) -> String {
    t(format!("role-{}", role.as_str().replace(' ', "-")))
}

/// What is wrong with a field, in words.
pub(crate) fn field_fault(error: &ClientError, field: &str) -> Option<String> {
    error.field(field).map(|fault| t(&fault))
}
