//! Dialogs that ask for something: a form, or a plain yes or no. Their foot cancels or goes on.

use super::dialog::Dialog;
use crate::i18n::t;
use leptos::prelude::*;

/// A dialog around a form.
#[component]
pub fn DialogForm(
    /// The title, which repeats the verb that opened it.
    #[prop(into)]
    title: String,
    /// What the button says that submits.
    #[prop(into)]
    verb: String,
    /// The server is being asked.
    #[prop(into)]
    is_busy: Signal<bool>,
    /// The form was submitted.
    #[prop(into)]
    on_submit: Callback<()>,
    /// It was closed.
    #[prop(into)]
    on_close: Callback<()>,
    children: Children,
) -> impl IntoView {
    view! {
        <Dialog title=title on_close=on_close>
            <form
                class="dialog__body"
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    on_submit.run(());
                }
            >
                {children()}
                <div class="dialog__foot">
                    <span class="push"></span>
                    <button class="btn" type="button" on:click=move |_| on_close.run(())>
                        {t("cancel")}
                    </button>
                    <button class="btn btn--primary" type="submit" aria-busy=move || is_busy.get().then_some("true")>
                        {verb}
                    </button>
                </div>
            </form>
        </Dialog>
    }
}

/// How much an act takes away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Act {
    /// It can be undone.
    #[default]
    Ordinary,
    /// Something is lost.
    Dangerous,
}

impl Act {
    fn class(self) -> &'static str {
        match self {
            Self::Ordinary => "btn btn--primary",
            Self::Dangerous => "btn btn--danger",
        }
    }
}

/// A dialog that asks before an act.
#[component]
pub fn ConfirmDialog(
    /// The title, which repeats the verb that opened it.
    #[prop(into)]
    title: String,
    /// What the button says that goes on.
    #[prop(into)]
    verb: String,
    /// How much the act takes away.
    #[prop(optional)]
    act: Act,
    /// The server is being asked.
    #[prop(optional, into)]
    is_busy: Signal<bool>,
    /// The act is wanted.
    #[prop(into)]
    on_confirm: Callback<()>,
    /// It was closed.
    #[prop(into)]
    on_close: Callback<()>,
    /// What will happen.
    children: Children,
) -> impl IntoView {
    view! {
        <Dialog title=title on_close=on_close>
            <div class="dialog__body">
                {children()} <div class="dialog__foot">
                    <span class="push"></span>
                    <button class="btn" type="button" on:click=move |_| on_close.run(())>
                        {t("cancel")}
                    </button>
                    <button
                        class=act.class()
                        type="button"
                        aria-busy=move || is_busy.get().then_some("true")
                        on:click=move |_| on_confirm.run(())
                    >
                        {verb}
                    </button>
                </div>
            </div>
        </Dialog>
    }
}
