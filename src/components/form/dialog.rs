//! A modal dialog: the browser's own, which keeps the focus inside and closes with Esc. When it goes, the focus is again where
//! it was.

use super::focus::focus_first;
use crate::components::base::icon::Icon;
use crate::i18n::t;
use leptos::{prelude::*, task::spawn_local, wasm_bindgen::JsCast as _};
use web_sys::HtmlElement;

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
    let opener = StoredValue::new_local(None::<HtmlElement>);
    dialog.on_load(move |dialog| {
        opener.set_value(document().active_element().and_then(|element| element.dyn_into().ok()));
        // It fails only for a dialog that is open already.
        let _ = dialog.show_modal();
        focus_first(&dialog);
    });
    // The browser gives the focus back when it closes the dialog itself, and not when the page takes it away.
    on_cleanup(move || {
        let opener = opener.try_get_value().flatten();
        spawn_local(async move {
            let has_focus = document().active_element().is_some_and(|element| element.tag_name() != "BODY");
            if let Some(opener) = opener.filter(|_| !has_focus) {
                // It may have gone as well; then there is nothing to go back to.
                let _ = opener.focus();
            }
        });
    });
    view! {
        <dialog
            node_ref=dialog
            class="dialog"
            aria-labelledby="dialog-title"
            on:close=move |_| on_close.run(())
            on:click=move |event| {
                let backdrop = dialog
                    .get_untracked()
                    .is_some_and(|dialog| { event.target().as_ref() == Some(dialog.as_ref()) });
                if backdrop {
                    on_close.run(());
                }
            }
        >
            <div class="dialog__inner">
                <header class="dialog__head">
                    <h2 class="dialog__title" id="dialog-title">
                        {title}
                    </h2>
                    <button class="icon-btn" type="button" aria-label=t("close") on:click=move |_| on_close.run(())>
                        <Icon name="i-x" />
                    </button>
                </header>
                {children()}
            </div>
        </dialog>
    }
}
