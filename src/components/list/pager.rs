//! The way through a long list, page by page.

use crate::i18n::{Arg, t, tx};
use leptos::prelude::*;

/// The buttons to the previous and the next page; nothing when one page holds all.
#[component]
pub fn Pager(
    /// The place of the first entry shown.
    from: usize,
    /// Entries on a page.
    shown: usize,
    /// Entries in all.
    total: usize,
    /// Leads to the page that begins at a place.
    #[prop(into)]
    on_move: Callback<usize>,
) -> impl IntoView {
    let words = tx(
        "page-of",
        &[
            ("from", Arg::Number(from as i64 + 1)),
            ("to", Arg::Number((from + shown).min(total) as i64)),
            ("total", Arg::Number(total as i64)),
        ],
    );
    (total > shown).then(|| {
        view! {
            <div class="pager">
                <button class="btn btn--sm" type="button" disabled=from == 0 on:click=move |_| on_move.run(from.saturating_sub(shown))>{t("previous")}</button>
                <span class="num" role="status">{words}</span>
                <button class="btn btn--sm" type="button" disabled=from + shown >= total on:click=move |_| on_move.run(from + shown)>{t("next")}</button>
            </div>
        }
    })
}
