//! Whom this page is for. A cookie belongs to the browser and not to a page: after another sign-in in a second tab, the
//! first tab would act for someone else. So every request names the person whom the page was loaded for, and a page whose
//! session is another person's by now sends nothing any more.
//!
//! A page is for one person for as long as it lives; another person gets another page (`routes::leave_for`).

use super::{ClientError, Result};
use causeway_api::{PersonId, Problem, ProblemCode, paths::Side};
use leptos::prelude::*;
use std::{cell::OnceCell, collections::BTreeMap};

thread_local! {
    static PAGE_OF: OnceCell<PersonId> = const { OnceCell::new() };
    static IS_OVER: ArcRwSignal<bool> = ArcRwSignal::new(false);
}

/// The person whom the page was loaded for, once that is known.
pub fn person() -> Option<PersonId> {
    PAGE_OF.with(|page| page.get().copied())
}

/// Names the person whom the page is for. Fails, and ends the page, when it is for another person already.
pub fn adopt(person: PersonId) -> Result<()> {
    if PAGE_OF.with(|page| *page.get_or_init(|| person)) == person {
        return Ok(());
    }
    end();
    Err(other_person())
}

/// Whether the session has become another person's: nothing is sent any more, and the page has to be loaded anew.
pub fn is_over() -> Signal<bool> {
    IS_OVER.with(|is_over| is_over.clone().into())
}

/// The same for requests that are about to be sent.
pub(super) fn is_over_now() -> bool {
    IS_OVER.with(GetUntracked::get_untracked)
}

/// Takes the server's word, or that of an answer, that the session is another person's.
pub(super) fn end() {
    IS_OVER.with(|is_over| is_over.set(true));
}

/// The refusal of a request that was not sent.
pub(super) fn other_person() -> ClientError {
    ClientError::Refused(Box::new(Problem {
        code: ProblemCode::OtherPerson,
        detail: "the session belongs to another person than the page was loaded for".into(),
        fields: BTreeMap::new(),
        person: None,
        retry_after: None,
        request_id: String::new(),
    }))
}

fn key(side: Side) -> String {
    format!("causeway.session-changed.{}", side.key())
}

/// Tells the other tabs of this browser that the session of a side was opened or ended: they look who is signed in.
pub(super) fn notify_other_tabs(side: Side) {
    if let Ok(Some(storage)) = window().local_storage() {
        // Where the browser keeps nothing the server still refuses what the other tabs send.
        let _ = storage.set_item(&key(side), &js_sys::Date::now().to_string());
    }
}

/// Rings when another tab has opened or ended the session of a side, until the page has gone.
pub fn on_change_in_other_tab(side: Side, ring: impl Fn() + 'static) {
    let key = key(side);
    let listening = window_event_listener_untyped("storage", move |event| {
        let changed =
            js_sys::Reflect::get(&event, &"key".into()).ok().and_then(|changed| changed.as_string());
        if changed.as_deref() == Some(&key) {
            ring();
        }
    });
    on_cleanup(move || listening.remove());
}
