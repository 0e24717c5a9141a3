//! Times as people read them, by the browser's own `Intl`, in the language of the interface.

use causeway_api::Millis;
use js_sys::{Array, Date, Intl::DateTimeFormat, Object, Reflect};
use std::{cell::RefCell, collections::HashMap};
use wasm_bindgen::{JsCast, JsValue};

const DAY: f64 = 86_400_000.0;

thread_local! {
    /// Making a format is slow, using it is not.
    static FORMATS: RefCell<HashMap<(String, &'static str), js_sys::Function>> = RefCell::default();
}

fn format(style: &'static str, at: Millis) -> String {
    let language = super::current();
    FORMATS.with_borrow_mut(|formats| {
        let function = formats.entry((language.clone(), style)).or_insert_with(|| make(&language, style));
        function
            .call1(&JsValue::UNDEFINED, &Date::new(&JsValue::from_f64(at as f64)))
            .ok()
            .and_then(|text| text.as_string())
            .unwrap_or_default()
    })
}

fn make(language: &str, style: &'static str) -> js_sys::Function {
    let options = Object::new();
    let parts: &[(&str, &str)] = match style {
        "time" => &[("hour", "2-digit"), ("minute", "2-digit"), ("hourCycle", "h23")],
        "weekday" => &[("weekday", "short")],
        "date" => &[("day", "numeric"), ("month", "short")],
        "day" => &[("weekday", "long"), ("day", "numeric"), ("month", "long")],
        _ => &[("day", "numeric"), ("month", "long"), ("year", "numeric")],
    };
    for (name, value) in parts {
        // A plain object takes any property.
        let _ = Reflect::set(&options, &(*name).into(), &(*value).into());
    }
    // British English has the order "17 Nov" and the comma-free long form of the design.
    let locale = if language == "en" { "en-GB" } else { language };
    DateTimeFormat::new(&Array::of1(&locale.into()).unchecked_into(), &options.unchecked_into()).format()
}

/// The time on this device.
pub fn now() -> Millis {
    Date::now() as Millis
}

fn days_ago(at: Millis) -> i64 {
    day_number(now()) - day_number(at)
}

/// A number of seconds as minutes and seconds: `0:42`.
pub fn minutes(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// `10:06`.
pub fn clock_time(at: Millis) -> String {
    format("time", at)
}

/// In a list: the time today, the weekday within a week, the date before.
pub fn list_time(at: Millis) -> String {
    match days_ago(at) {
        i64::MIN..=0 => format("time", at),
        1..=6 => format("weekday", at),
        _ => format("date", at),
    }
}

/// In a conversation: Today, Yesterday, the weekday and date, and with the year when it is another one.
pub fn day_name(at: Millis) -> String {
    match days_ago(at) {
        0 => super::t("day-today"),
        1 => super::t("day-yesterday"),
        2..=300 => format("day", at),
        _ => format("full", at),
    }
}

/// `3 March 2026`.
pub fn full_date(at: Millis) -> String {
    format("full", at)
}

/// For the `datetime` attribute.
pub fn machine_time(at: Millis) -> String {
    Date::new(&JsValue::from_f64(at as f64)).to_iso_string().into()
}

/// The number of the local calendar day of an instant: the same for two instants of one day, one more for the next day,
/// however many hours the clocks give it.
pub fn day_number(at: Millis) -> i64 {
    let date = Date::new(&JsValue::from_f64(at as f64));
    // Days of UTC have 24 hours each.
    let same_in_utc = Date::utc(f64::from(date.get_full_year()), f64::from(date.get_month()));
    (same_in_utc / DAY).round() as i64 + i64::from(date.get_date()) - 1
}

/// A day of a date field (`2026-10-25`) where the viewer is: when it begins, and when the next one does.
pub fn local_day(date: &str) -> Option<(Millis, Millis)> {
    let begin = Date::new(&format!("{date}T00:00:00").into());
    if date.is_empty() || !begin.get_time().is_finite() {
        return None;
    }
    let next = Date::new(&begin);
    // Also over the end of a month, and when the clocks change in between.
    next.set_date(begin.get_date() + 1);
    next.set_hours(0);
    Some((begin.get_time() as Millis, next.get_time() as Millis))
}

/// An instant as a field of day and time has it, in the time of this device.
pub fn day_and_time(at: Millis) -> String {
    let date = Date::new(&JsValue::from_f64(at as f64));
    let (month, day) = (date.get_month() + 1, date.get_date());
    let (hour, minute) = (date.get_hours(), date.get_minutes());
    format!("{:04}-{month:02}-{day:02}T{hour:02}:{minute:02}", date.get_full_year())
}

/// The instant that a field of day and time has.
pub fn from_day_and_time(value: &str) -> Option<Millis> {
    let at = Date::parse(value);
    (!at.is_nan()).then_some(at as Millis)
}
