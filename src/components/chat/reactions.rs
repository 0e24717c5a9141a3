//! What readers think of a message, below it: each emoji with how many left it. A press leaves it, or takes it away.

use crate::i18n::{Arg, t, tx};
use causeway_api::{
    PersonId,
    chats::{QUICK_REACTIONS, React, Reaction},
};
use leptos::prelude::*;

/// The names of the emoji that are offered at once, as ids of texts. Others are named by what reads them out.
const NAMES: [&str; QUICK_REACTIONS.len()] =
    ["emoji-thumbs-up", "emoji-thank-you", "emoji-heart", "emoji-smile", "emoji-celebration", "emoji-seen"];

/// What an emoji is called.
pub fn name(emoji: &str) -> String {
    let place = QUICK_REACTIONS.iter().position(|quick| *quick == emoji);
    place.map_or_else(|| emoji.to_owned(), |place| t(NAMES[place]))
}

/// The reactions to a message.
#[component]
pub fn Reactions(
    reactions: Signal<Vec<Reaction>>,
    me: PersonId,
    /// An emoji is to be left or taken away; `None` for who only reads.
    on_react: Option<Callback<React>>,
) -> impl IntoView {
    let chip = move |Reaction { emoji, people }: Reaction| {
        let is_own = people.contains(&me);
        let (called, count) = (name(&emoji), i64::try_from(people.len()).unwrap_or(i64::MAX));
        let arguments = [("emoji", Arg::Text(&called)), ("count", Arg::Number(count))];
        let label = tx(if is_own { "reaction-with-own" } else { "reaction" }, &arguments);
        let shown = emoji.clone();
        view! {
            <button
                class="reaction"
                type="button"
                aria-label=label
                aria-pressed=if is_own { "true" } else { "false" }
                disabled=on_react.is_none()
                on:click=move |_| {
                    if let Some(on_react) = on_react {
                        on_react.run(React { emoji: emoji.clone(), is_on: !is_own });
                    }
                }
            >
                <span aria-hidden="true">{shown}</span>
                {count}
            </button>
        }
    };
    move || {
        let all = reactions.get();
        (!all.is_empty()).then(|| {
            view! {
                <div class="reactions" role="group" aria-label=t("reactions")>
                    {all.into_iter().map(chip).collect_view()}
                </div>
            }
        })
    }
}
