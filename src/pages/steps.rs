//! The steps of a journey as entries of the browser's history: Back leads to the step before, and a page that is loaded
//! anew knows where it was. A phone that runs short of memory loads a page anew each time its owner comes back from the SMS.
//!
//! An entry's state is its depth and its step, like `2:code`; all entries of a journey have one address.

use crate::routes;
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use std::cell::Cell;

/// How long the browser may take to go back before the page is left from where it is.
const GO_BACK_MILLIS: u32 = 500;

thread_local! {
    static IS_LEAVING: Cell<bool> = const { Cell::new(false) };
}

/// Depth and step of the entry that is shown.
fn entry() -> Option<(u32, String)> {
    let state = window().history().ok()?.state().ok()?.as_string()?;
    let (depth, step) = state.split_once(':')?;
    Some((depth.parse().ok()?, step.to_owned()))
}

/// The step that this page was at before it was loaded anew.
pub(crate) fn current() -> Option<String> {
    entry().map(|(_, step)| step)
}

/// Names the step of the entry that is shown.
pub(crate) fn name(step: &str) {
    let depth = entry().map_or(0, |(depth, _)| depth);
    write(|history, state| history.replace_state(state, ""), depth, step);
}

/// Goes on to another step.
pub(crate) fn push(step: &str) {
    let depth = entry().map_or(0, |(depth, _)| depth) + 1;
    write(|history, state| history.push_state(state, ""), depth, step);
}

type Written = Result<(), wasm_bindgen::JsValue>;

fn write(how: impl Fn(&web_sys::History, &wasm_bindgen::JsValue) -> Written, depth: u32, step: &str) {
    let written = window().history().and_then(|history| how(&history, &format!("{depth}:{step}").into()));
    if let Err(error) = written {
        web_sys::console::warn_2(&"the history does not keep the step".into(), &error);
    }
}

/// Shows the step that Back or Forward leads to.
pub(crate) fn on_return(show: impl Fn(&str) + 'static) {
    let listening = window_event_listener_untyped("popstate", move |_| {
        if let (Some(step), false) = (current(), IS_LEAVING.get()) {
            show(&step);
        }
    });
    on_cleanup(move || listening.remove());
}

/// Ends the journey: the next page takes the place of the first step, so that Back does not lead into steps that are done.
pub(crate) fn leave_for(address: String) {
    let depth = entry().map_or(0, |(depth, _)| depth);
    let Some(history) = window().history().ok().filter(|_| depth > 0) else {
        return routes::leave_for(&address);
    };
    IS_LEAVING.set(true);
    let target = address.clone();
    // Lives as long as the page, which ends with it.
    window_event_listener_untyped("popstate", move |_| routes::leave_for(&target));
    if history.go_with_delta(-(depth as i32)).is_err() {
        return routes::leave_for(&address);
    }
    spawn_local(async move {
        TimeoutFuture::new(GO_BACK_MILLIS).await;
        routes::leave_for(&address);
    });
}
