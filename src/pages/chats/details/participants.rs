//! Who takes part in a conversation.

use super::{Asked, Rights};
use crate::{
    components::base::{
        avatar::{Avatar, AvatarSize, spoken_kind},
        icon::{Icon, IconSize},
    },
    i18n::{Arg, t, tx},
    pages::presence::presence_of,
    state::chats::Chats,
};
use causeway_api::{
    chats::Chat,
    people::{Person, PersonKind},
};
use leptos::prelude::*;

/// The id of the heading, which has the focus when the row that had it is gone.
pub(super) const HEADING: &str = "details-participants";

/// The members of a conversation, and the buttons to add and remove those of a group.
#[component]
pub(super) fn Participants(
    chat: ArcRwSignal<Chat>,
    rights: Memo<Rights>,
    asked: RwSignal<Option<Asked>>,
) -> impl IntoView {
    let me = expect_context::<Chats>().me();
    // Receipts change members all the time; the rows are drawn anew only when people or their descriptions do.
    let people = Memo::new(move |_| {
        chat.with(|chat| chat.members.iter().map(|member| member.person.clone()).collect::<Vec<_>>())
    });
    view! {
        <section class="section" aria-labelledby=HEADING>
            <h3 class="overline" id=HEADING tabindex="-1">
                {t("participants")}
            </h3>
            <ul class="participants">
                <For each=move || people.get() key=|person| (person.id, person.name.clone(), person.about.clone(), person.is_inactive) let:person>
                    <li>
                        <Participant is_me=person.id == me person=person rights=rights asked=asked />
                    </li>
                </For>
            </ul>
            <Show when=move || rights.get().adds>
                <button
                    class="btn btn--sm"
                    type="button"
                    aria-haspopup="dialog"
                    on:click=move |_| asked.set(Some(Asked::Add))
                >
                    <Icon name="i-plus" size=IconSize::Sm />
                    {t("add-participant")}
                </button>
            </Show>
        </section>
    }
}

/// A member, with the button that removes a member of a managed group.
#[component]
fn Participant(
    person: Person,
    is_me: bool,
    rights: Memo<Rights>,
    asked: RwSignal<Option<Asked>>,
) -> impl IntoView {
    let name = if is_me { format!("{} ({})", person.name, t("you-in-list")) } else { person.name.clone() };
    let label = tx("remove-member", &[("name", Arg::Text(&person.name))]);
    let removed = person.clone();
    let note = if person.is_inactive { t("user-state-inactive") } else { person.about };
    let shown = (person.kind == PersonKind::Colleague && !is_me && !person.is_inactive).then_some(person.id);
    let presence = presence_of(Signal::stored(shown));
    view! {
        <div class="mini">
            <Avatar name=person.name kind=person.kind size=AvatarSize::Sm spoken=spoken_kind(person.kind) />
            <span lang=person.name_lang>{name}<span class="mini__note">{note}</span><span class="mini__note">{presence}</span></span>
            <Show when=move || !is_me && rights.get().manages>
                <button
                    class="icon-btn"
                    type="button"
                    aria-label=label.clone()
                    aria-haspopup="dialog"
                    on:click={
                        let removed = removed.clone();
                        move |_| asked.set(Some(Asked::Remove(removed.clone())))
                    }
                >
                    <Icon name="i-x" size=IconSize::Sm />
                </button>
            </Show>
        </div>
    }
}
