//! what a message replies to, in one or two lines.

use crate::{
    components::base::icon::{Icon, IconSize},
    i18n::{Arg, t, tx},
};
use leptos::prelude::*;

/// A message that is replied to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quoted {
    /// Who wrote it.
    pub name: String,
    /// What it says.
    pub text: String,
}

/// Above the text of a message: what it replies to. A press leads to it; what is not shown any more leads nowhere.
#[component]
pub fn Quote(
    /// The message; `None` when it is not shown.
    quoted: Option<Quoted>,
    /// It was pressed.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    match quoted {
        Some(Quoted { name, text }) => view! {
            <button
                class="quote"
                type="button"
                aria-label=tx("quote-of", &[("name", Arg::Text(&name)), ("text", Arg::Text(&text))])
                on:click=move |_| on_press.run(())
            >
                <b dir="auto">{name.clone()}</b>
                <span class="quote__text" dir="auto">
                    {text.clone()}
                </span>
            </button>
        }
        .into_any(),
        None => view! { <p class="quote quote--gone">{t("quote-gone")}</p> }.into_any(),
    }
}

/// Above the field: what the next message replies to, with a button to leave that.
#[component]
pub fn ReplyStrip(
    quoted: Quoted,
    /// the next message replies to nothing.
    #[prop(into)]
    on_stop: Callback<()>,
) -> impl IntoView {
    view! {
        <div class="composer__strip">
            <Icon name="i-reply" size=IconSize::Sm />
            <blockquote class="quote">
                <b dir="auto">{tx("replying-to", &[("name", Arg::Text(&quoted.name))])}</b>
                <span class="quote__text" dir="auto">
                    {quoted.text}
                </span>
            </blockquote>
            <button
                class="icon-btn icon-btn--sm"
                type="button"
                aria-label=t("stop-replying")
                on:click=move |_| on_stop.run(())
            >
                <Icon name="i-x" size=IconSize::Sm />
            </button>
        </div>
    }
}
