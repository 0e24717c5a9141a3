//! A modal dialog: the browser's own, which keeps the focus inside and closes with Esc.

use crate::components::base::icon::Icon;
use crate::i18n::t;
use leptos::prelude::*;

/// A dialog that is open while it is mounted.
#[component]
pub fn Dialog(
    /// The title, which repeats the verb that opened it.
    #[prop(into)]
    title: String,
    /// It was closed.
    #[prop(into)]
    on_close: Callback<()>,
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<leptos::html::Dialog>::new();
    dialog.on_load(|dialog| {
        // It fails only for a dialog that is open already.
        let _ = dialog.show_modal();
    });
    view! {
        <dialog
            node_ref=dialog
            class="dialog"
            aria-labelledby="dialog-title"
            on:close=move |_| on_close.run(())
            on:click=move |event| {
                let backdrop = dialog.get_untracked().is_some_and(|dialog| {
                    event.target().as_ref() == Some(dialog.as_ref())
                });
                if backdrop {
                    on_close.run(());
                }
            }
        >
            <div class="dialog__inner">
                <header class="dialog__head">
                    <h2 class="dialog__title" id="dialog-title">{title}</h2>
                    <button class="icon-btn" type="button" aria-label=t("close") on:click=move |_| on_close.run(())>
                        <Icon name="i-x"/>
                    </button>
                </header>
                {children()}
            </div>
        </dialog>
    }
}
