//! A button that asks the server for something at once, without a form.

use leptos::prelude::*;

/// A button whose act takes a while; it is marked as busy meanwhile.
#[component]
pub fn ActButton(
    /// Its class.
    #[prop(default = "btn")]
    class: &'static str,
    /// Its name for screen readers, where what it shows does not say enough.
    #[prop(optional, into)]
    label: Option<String>,
    /// A dialog opens when the act has succeeded.
    #[prop(optional)]
    opens_dialog: bool,
    /// The server is being asked.
    #[prop(into)]
    is_busy: Signal<bool>,
    /// The act is wanted.
    #[prop(into)]
    on_act: Callback<()>,
    /// What it shows.
    children: Children,
) -> impl IntoView {
    view! {
        <button
            class=class
            type="button"
            aria-label=label
            aria-haspopup=opens_dialog.then_some("dialog")
            aria-busy=move || is_busy.get().then_some("true")
            on:click=move |_| on_act.run(())
        >
            {children()}
        </button>
    }
}
