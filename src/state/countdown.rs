//! Counting seconds down on the screen.

use gloo_timers::callback::Interval;
use leptos::prelude::*;

/// Counts a number of seconds down to nothing, by the clock and not by ticks: a sleeping tab loses none.
pub fn count_down(seconds: Option<u32>) -> (Signal<Option<u32>>, impl Fn(Option<u32>) + Copy) {
    let start = js_sys::Date::now();
    let end = RwSignal::new(seconds.map(|seconds| start + f64::from(seconds) * 1_000.0));
    let now = RwSignal::new(start);
    let ticking = StoredValue::new_local(Some(Interval::new(250, move || {
        now.try_set(js_sys::Date::now());
    })));
    on_cleanup(move || drop(ticking.try_update_value(Option::take)));
    let left = Memo::new(move |_| end.get().map(|end| ((end - now.get()) / 1_000.0).ceil().max(0.0) as u32));
    let restart = move |seconds: Option<u32>| {
        // Both from one reading of the clock: the last tick may be a while ago, and would make a second too many.
        let start = js_sys::Date::now();
        now.set(start);
        end.set(seconds.map(|seconds| start + f64::from(seconds) * 1_000.0));
    };
    (left.into(), restart)
}
