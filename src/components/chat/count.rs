//! How many characters of a message are left.

use crate::i18n::{Arg, tx};
use leptos::prelude::*;

/// The counter appears when this few characters are left, or a tenth of them where the limit is low.
const COUNT_FROM: usize = 300;

/// How many characters are left, or how many are too many.
#[component]
pub(super) fn Count(length: Memo<usize>, limit: Signal<usize>) -> impl IntoView {
    let words = move || {
        let (length, limit) = (length.get(), limit.get());
        (length + COUNT_FROM.min(limit / 10) >= limit).then(|| {
            let over = length as i64 - limit as i64;
            let (text, count) = if over > 0 { ("text-over", over) } else { ("text-left", -over) };
            tx(text, &[("count", Arg::Number(count))])
        })
    };
    view! {
        <span class="composer__count num" role="status" id="composer-count">
            {words}
        </span>
    }
}
