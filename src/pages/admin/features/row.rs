//! One feature: its name, help, key and value; Edit opens the editor below.

use super::{editor::Editor, history::History, words};
use crate::{
    components::base::{
        help::Help,
        highlight::Highlight,
        icon::{Icon, IconSize},
    },
    i18n::{Arg, keep, t, tx},
};
use causeway_api::features::Feature;
use leptos::prelude::*;

/// A row of the page.
#[component]
pub(super) fn FeatureRow(
    feature: RwSignal<Feature>,
    /// What is searched for; it is marked in the row.
    search: RwSignal<String>,
    /// Takes the feature as it was saved.
    #[prop(into)]
    on_saved: Callback<Feature>,
    /// The feature was changed by someone else meanwhile.
    #[prop(into)]
    on_stale: Callback<()>,
) -> impl IntoView {
    let key = feature.with_untracked(|feature| feature.key.clone());
    let (is_open, is_history_open) = (keep(format!("feature.open.{key}"), || false), RwSignal::new(false));
    view! {
        <li class="config-row">
            <div class="config-row__head">
                <Name feature=feature search=search />
                <Value feature=feature />
                <Actions feature=feature is_open=is_open is_history_open=is_history_open />
            </div>
            <Show when=move || is_open.get()>
                <Editor feature=feature on_saved=on_saved on_stale=on_stale on_close=move |()| is_open.set(false) />
            </Show>
            <Show when=move || is_history_open.get()>
                <History feature=feature on_saved=on_saved on_close=move |()| is_history_open.set(false) />
            </Show>
        </li>
    }
}

/// The name of a feature with its help, and its key.
#[component]
fn Name(feature: RwSignal<Feature>, search: RwSignal<String>) -> impl IntoView {
    let (name, help, key) =
        feature.with_untracked(|feature| (words::name(feature), words::help(feature), feature.key.clone()));
    let id = key.replace(['.', '_'], "-");
    let marked = move |text: String| move || view! { <Highlight text=text.clone() wanted=search.get() /> };
    view! {
        <div>
            <h3 class="config-row__name">
                <span id=format!("name-{id}")>{marked(name.clone())}</span>
                <Help id=format!("tip-{id}") subject=name text=help />
            </h3>
            <p class="config-row__key">{marked(key)}</p>
        </div>
    }
}

/// The value that holds, and whether it is the default or a custom one.
#[component]
fn Value(feature: RwSignal<Feature>) -> impl IntoView {
    let is_custom = move || feature.with(|feature| feature.custom.is_some());
    view! {
        <p class="config-row__value">
            <span class="visually-hidden">{t("current-value")} " "</span>
            <b>{move || feature.with(|feature| words::value(feature, feature.value()))}</b>
            <span class=move || {
                if is_custom() { "pill pill--info" } else { "pill" }
            }>{move || t(if is_custom() { "custom" } else { "default" })}</span>
        </p>
    }
}

/// The buttons that open the history and the editor.
#[component]
fn Actions(
    feature: RwSignal<Feature>,
    is_open: RwSignal<bool>,
    is_history_open: RwSignal<bool>,
) -> impl IntoView {
    let name = feature.with_untracked(words::name);
    let history_label = tx("history-of", &[("name", Arg::Text(&name))]);
    let edit_label = tx("edit-name", &[("name", Arg::Text(&name))]);
    view! {
        <div class="config-row__actions">
            <button
                class="icon-btn icon-btn--sm"
                type="button"
                aria-label=history_label
                on:click=move |_| is_history_open.set(true)
            >
                <Icon name="i-history" size=IconSize::Sm />
            </button>
            <Show when=move || !is_open.get()>
                <button
                    class="btn btn--sm"
                    type="button"
                    aria-expanded="false"
                    aria-label=edit_label.clone()
                    on:click=move |_| is_open.set(true)
                >
                    {t("edit")}
                </button>
            </Show>
        </div>
    }
}
