//! Days and clocks.

use super::InPlaceOf;
use causeway::{i18n, state::countdown::count_down};
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::*;

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

/// Has the browser's clock show another time.
fn set_clock(millis: f64) -> InPlaceOf {
    let date: JsValue = js_sys::Reflect::get(&window(), &"Date".into()).unwrap();
    InPlaceOf::put(&date, "now", move |_| millis.into())
}

#[wasm_bindgen_test]
async fn a_count_down_follows_the_clock_and_ends_at_nothing() {
    let start = 1_795_338_000_000.0;
    let first = set_clock(start);
    let owner = Owner::new();
    let (left, _) = owner.with(|| count_down(Some(600)));
    assert_eq!(left.get_untracked(), Some(600));
    drop(first);
    // A tab that slept for nine minutes and a half, and for long after the end.
    for (later, expected) in [(570_000.0, 30), (10_000_000.0, 0)] {
        let _clock = set_clock(start + later);
        while left.get_untracked() != Some(expected) {
            gloo_timers::future::TimeoutFuture::new(0).await;
        }
    }
}

#[wasm_bindgen_test]
async fn a_count_down_begins_anew_and_without_an_end_there_is_none() {
    let start = 1_795_338_000_000.0;
    let _clock = set_clock(start);
    let owner = Owner::new();
    let (left, restart) = owner.with(|| count_down(None));
    assert_eq!(left.get_untracked(), None);
    restart(Some(90));
    assert_eq!(left.get_untracked(), Some(90));
    restart(None);
    assert_eq!(left.get_untracked(), None);
}

#[wasm_bindgen_test]
async fn a_count_down_that_begins_anew_between_two_ticks_has_no_second_too_many() {
    let start = 1_795_338_000_000.0;
    let _clock = set_clock(start);
    let owner = Owner::new();
    let (left, restart) = owner.with(|| count_down(Some(10)));
    let _later = set_clock(start + 200.0);
    restart(Some(30));
    assert_eq!(left.get_untracked(), Some(30));
}

#[wasm_bindgen_test]
fn a_wait_is_told_in_minutes_and_seconds() {
    for (seconds, shown) in [(0, "0:00"), (9, "0:09"), (60, "1:00"), (754, "12:34")] {
        assert_eq!(i18n::minutes(seconds), shown);
    }
}

#[wasm_bindgen_test]
fn a_day_is_named_by_how_long_ago_it_was() {
    super::place();
    let noon = js_sys::Date::new_with_year_month_day_hr(2026, 10, 26, 12).get_time();
    let _clock = set_clock(noon);
    let day = 86_400_000;
    let ago = |days: i64| noon as i64 - days * day;
    assert_eq!(i18n::day_name(ago(0)), "Today");
    assert_eq!(i18n::day_name(ago(1)), "Yesterday");
    assert_eq!(i18n::day_name(ago(2)), "Tuesday 24 November");
    assert_eq!(i18n::day_name(ago(365)), "26 November 2025", "another year is named");
    assert_eq!(i18n::list_time(ago(0)), "12:00");
    assert_eq!(i18n::list_time(ago(6)), "Fri");
    assert_eq!(i18n::list_time(ago(7)), "19 Nov");
}
