//! The way through a long list, page by page.

use crate::i18n::{Arg, t, tx};
use leptos::prelude::*;

/// The buttons to the previous and the next page; nothing when one page holds all.
#[component]
pub fn Pager(
    /// How many entries stand in front of this page.
    from: usize,
    /// How many entries a page has.
    shown: usize,
    /// Entries in all.
    total: usize,
    /// Turns to the next page, or to the previous one (`false`).
    #[prop(into)]
    on_turn: Callback<bool>,
) -> impl IntoView {
    let end = (from + shown).min(total);
    let words = tx(
        "page-of",
        &[
            ("from", Arg::Number((from + 1).min(end) as i64)),
            ("to", Arg::Number(end as i64)),
            ("total", Arg::Number(total as i64)),
        ],
    );
    (total > shown).then(|| {
        view! {
            <nav class="pager" aria-label=t("pages")>
                <button class="btn btn--sm" type="button" disabled=from == 0 on:click=move |_| on_turn.run(false)>
                    {t("previous")}
                </button>
                <span class="num" role="status">
                    {words}
                </span>
                <button class="btn btn--sm" type="button" disabled=end == total on:click=move |_| on_turn.run(true)>
                    {t("next")}
                </button>
            </nav>
        }
    })
}
