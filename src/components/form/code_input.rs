//! The field for a one-time code: one real input drawn over six boxes, so that paste, autofill and screen
//! readers work.

use super::focus::focus_when_drawn;
use causeway_api::validate::code_digits;
use leptos::{ev::Event, html::Input, prelude::*};

/// Six boxes for a one-time code; pasting and autofill fill them at once.
#[component]
pub fn CodeInput(
    /// The id that the label names.
    id: &'static str,
    /// The digits typed so far.
    value: RwSignal<String>,
    /// The code was refused.
    #[prop(into)]
    is_invalid: Signal<bool>,
    /// The id of the hint.
    described_by: &'static str,
    /// Six digits are there.
    #[prop(into)]
    on_complete: Callback<()>,
) -> impl IntoView {
    let field = NodeRef::<Input>::new();
    let take = move |typed: String| {
        let digits = code_digits(&typed);
        if let Some(field) = field.get_untracked() {
            field.set_value(&digits);
        }
        let is_complete = digits.len() == 6 && value.with_untracked(|before| *before != digits);
        value.set(digits);
        if is_complete {
            on_complete.run(());
        }
    };
    follow(value, field);
    focus_when_drawn(field);
    // No `maxlength`: the browser would cut "123 456" before the space is dropped, and a seventh digit unseen.
    view! {
        <div class="code">
            <input
                node_ref=field
                class="code__input"
                id=id
                name="code"
                inputmode="numeric"
                autocomplete="one-time-code"
                data-autofocus
                required
                aria-describedby=described_by
                aria-invalid=move || is_invalid.get().then_some("true")
                on:input=move |event| {
                    if !is_composing(&event) {
                        take(event_target_value(&event));
                    }
                }
                on:compositionend=move |event| take(event_target_value(&event))
            />
            <div class="code__boxes" aria-hidden="true">
                {(0..6)
                    .map(|at| {
                        view! {
                            <span class:code__box--next=move || value.with(String::len) == at></span>
                        }
                    })
                    .collect_view()}
            </div>
        </div>
    }
}

/// Writes digits that come from elsewhere into the field.
fn follow(value: RwSignal<String>, field: NodeRef<Input>) {
    Effect::new(move |_| {
        if let Some(field) = field.get().filter(|field| value.with(|digits| field.value() != *digits)) {
            field.set_value(&value.get_untracked());
        }
    });
}

/// Whether an input method is still composing. Until it is done the field is its own, and only then are digits written.
fn is_composing(event: &Event) -> bool {
    let is_composing = js_sys::Reflect::get(event, &"isComposing".into());
    is_composing.is_ok_and(|is_composing| is_composing.is_truthy())
}
