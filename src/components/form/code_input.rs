//! The field for a one-time code: one real input drawn over six boxes, so that paste, autofill and screen
//! readers work.

use causeway_api::validate::code_digits;
use leptos::prelude::*;

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
    let field = NodeRef::<leptos::html::Input>::new();
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
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            value.with(|digits| {
                if field.value() != *digits {
                    field.set_value(digits);
                }
            });
        }
    });
    let boxes = (0..6)
        .map(|at| view! { <span class:code__box--next=move || value.with(String::len) == at></span> })
        .collect_view();
    // Digits of an input method are written when it is done with them; until then the field is its own.
    let type_on = move |event: leptos::ev::Event| {
        let is_composing = js_sys::Reflect::get(&event, &"isComposing".into());
        if !is_composing.is_ok_and(|is_composing| is_composing.is_truthy()) {
            take(event_target_value(&event));
        }
    };
    // No `maxlength`: the browser would cut "123 456" before the space is dropped, and a seventh digit unseen.
    view! {
        <div class="code">
            <div class="code__boxes" aria-hidden="true">
                {boxes}
            </div>
            <input
                node_ref=field
                class="code__input"
                id=id
                name="code"
                inputmode="numeric"
                autocomplete="one-time-code"
                autofocus
                required
                aria-describedby=described_by
                aria-invalid=move || is_invalid.get().then_some("true")
                on:input=type_on
                on:compositionend=move |event| take(event_target_value(&event))
            />
        </div>
    }
}
