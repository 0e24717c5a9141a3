//! The way between the sections: a rail beside the page, a bar below it on a phone.

use super::icon::Icon;
use crate::i18n::{Arg, t, tx};
use leptos::prelude::*;
use leptos_router::components::A;

/// A section of the portal.
#[component]
pub fn RailItem(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// Its icon.
    icon: &'static str,
    /// Its name.
    #[prop(into)]
    label: String,
    /// The id of its counter.
    count_id: &'static str,
    /// How many things wait there.
    #[prop(into)]
    count: Signal<i64>,
    /// It is not on the bar of a phone.
    #[prop(optional)]
    is_wide_only: bool,
) -> impl IntoView {
    let has_count = Memo::new(move |_| count.get() > 0);
    view! {
        <li class:only-wide=is_wide_only>
            <A href=href attr:class="rail__item" attr:aria-describedby=move || has_count.get().then_some(count_id)>
                <Icon name=icon />
                <span class="rail__label">{label}</span>
                <Show when=move || has_count.get()>
                    <span class="count" id=count_id aria-hidden="true">
                        {move || shown_count(count.get())}
                        <span class="visually-hidden">" " {t("unread-word")}</span>
                    </span>
                </Show>
            </A>
        </li>
    }
}

/// A counter never grows wider than "99+".
pub fn shown_count(count: i64) -> String {
    if count > 99 { "99+".to_owned() } else { count.to_string() }
}

/// "3 unread", for those who listen.
pub fn unread_words(count: i64) -> String {
    tx("unread-count", &[("count", Arg::Number(count))])
}
