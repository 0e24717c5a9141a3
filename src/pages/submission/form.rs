//! The form of a submission, and the button that sends it.

use leptos::prelude::*;

/// A form, sent by Enter or its button and never by the browser itself.
#[component]
pub fn Form(
    /// Its class.
    #[prop(optional)]
    class: &'static str,
    /// Its id, if the button that sends it is outside.
    #[prop(optional)]
    id: Option<&'static str>,
    /// The id of the element that labels it.
    #[prop(optional, into)]
    labelled_by: Option<String>,
    /// It was submitted.
    #[prop(into)]
    on_submit: Callback<()>,
    children: Children,
) -> impl IntoView {
    view! {
        <form
            class=class
            id=id
            novalidate
            aria-labelledby=labelled_by
            on:submit=move |event| {
                event.prevent_default();
                on_submit.run(());
            }
        >
            {children()}
        </form>
    }
}

/// The button that sends a form.
#[component]
pub fn SubmitButton(
    /// Its label.
    #[prop(into)]
    label: Signal<String>,
    /// Whether a request is under way.
    #[prop(into)]
    is_busy: Signal<bool>,
    /// Whether nothing can be sent now.
    #[prop(optional, into)]
    is_disabled: Signal<bool>,
    /// The id of the form, if the button is outside.
    #[prop(optional)]
    form: Option<&'static str>,
    /// Its class.
    #[prop(default = "btn btn--primary btn--lg btn--block")]
    class: &'static str,
) -> impl IntoView {
    view! {
        <button
            class=class
            type="submit"
            form=form
            disabled=move || is_disabled.get()
            aria-busy=move || is_busy.get().then_some("true")
        >
            {move || label.get()}
        </button>
    }
}
