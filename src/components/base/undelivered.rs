//! What could not be delivered, and why, where it was sent from.

use super::icon::{Icon, IconSize};
use crate::i18n::{Arg, t, tx};
use causeway_api::{
    deliveries::{Medium, Undelivered},
    phones::spaced,
};
use leptos::prelude::*;

/// A line per address that the last message did not reach; nothing when all were reached.
#[component]
pub fn UndeliveredNotes(undelivered: Vec<Undelivered>) -> impl IntoView {
    let note = |one: Undelivered| {
        let title = if one.medium == Medium::Email { "undelivered-email" } else { "undelivered-sms" };
        let why = t(format!("undelivered-{}", one.fault.as_str()));
        let detail =
            (!one.detail.is_empty()).then(|| tx("undelivered-detail", &[("detail", Arg::Text(&one.detail))]));
        view! {
            <span class="undelivered">
                <span class="pill pill--danger">
                    <Icon name="i-alert" size=IconSize::Xs />
                    {t(title)}
                </span>
                <span>
                    <bdi>{spaced(&one.address)}</bdi>
                    " "
                    {why}
                </span>
                {detail.map(|detail| view! { <span class="undelivered__detail">{detail}</span> })}
            </span>
        }
    };
    undelivered.into_iter().map(note).collect_view()
}
