//! Where one is in a row of steps.

use super::icon::{Icon, IconSize};
use crate::i18n::t;
use leptos::prelude::*;

/// Steps, of which one is being done.
#[component]
pub fn Stepper(
    /// The names of the steps.
    steps: Vec<String>,
    /// The one being done, from 0.
    #[prop(into)]
    current: Signal<usize>,
) -> impl IntoView {
    let step = move |(at, name): (usize, String)| {
        let state = move || match at.cmp(&current.get()) {
            std::cmp::Ordering::Less => "done",
            std::cmp::Ordering::Equal => "current",
            std::cmp::Ordering::Greater => "todo",
        };
        view! {
            <li class="stepper__step" data-state=state aria-current=move || (current.get() == at).then_some("step")>
                <span class="stepper__dot">
                    <Show when=move || at < current.get()>
                        <Icon name="i-check" size=IconSize::Xs />
                    </Show>
                </span>
                <span>
                    {name} <Show when=move || at < current.get()>
                        <span class="visually-hidden">" " {t("step-done")}</span>
                    </Show>
                </span>
            </li>
        }
    };
    view! {
        <ol class="stepper" aria-label=t("progress")>
            {steps.into_iter().enumerate().map(step).collect_view()}
        </ol>
    }
}
