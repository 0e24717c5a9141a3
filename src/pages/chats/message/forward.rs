//! Sending a message on to other conversations.

use crate::{
    components::{
        base::avatar::{Avatar, AvatarSize, spoken_kind},
        chat::words::message_words,
        form::dialog_form::DialogForm,
        list::search_field::SearchField,
    },
    i18n::{Arg, fold, t, tx},
    pages::chats::chat_row::ring,
    state::{
        chats::{Chats, Written},
        delivery,
        session::CurrentSession,
        toasts::Toasts,
    },
};
use causeway_api::{ChatId, chats::Message, people::PersonKind};
use leptos::prelude::*;

/// Conversations that are listed; a search finds the others.
const LISTED: usize = 50;

/// A conversation that a message can go to.
#[derive(Clone, PartialEq)]
struct Target {
    id: ChatId,
    name: String,
}

/// The conversations whose name has every word of what is typed, those with activity first.
fn targets(chats: Chats, typed: &str) -> Vec<Target> {
    let (me, wanted) = (chats.me(), fold(typed));
    let target = |id: ChatId| {
        let chat = chats.get(id)?.get();
        let name = delivery::title(&chat, me);
        let matches = wanted.split(' ').all(|word| fold(&name).contains(word));
        matches.then_some(Target { id, name })
    };
    chats.order.get().into_iter().filter_map(target).take(LISTED).collect()
}

/// The dialog.
#[component]
pub(in crate::pages::chats) fn Forward(
    message: Message,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let toasts = expect_context::<Toasts>();
    let (typed, chosen) = (RwSignal::new(String::new()), RwSignal::new(Vec::<ChatId>::new()));
    let found = Memo::new(move |_| typed.with(|typed| targets(chats, typed)));
    let words = message_words(&message);
    let has_document = message.content.files().iter().any(|file| file.group.is_document());
    let asks = has_document && expect_context::<CurrentSession>().get().confirms_documents;
    let to_clients = Memo::new(move |_| {
        let is_client = |id: &ChatId| chats.get(*id).is_some_and(|chat| chat.with(delivery::has_client));
        asks && chosen.with(|chosen| chosen.iter().any(is_client))
    });
    let message = StoredValue::new(message);
    let submit = move |()| {
        let all = chosen.get_untracked();
        if all.is_empty() {
            return toasts.error(t("forward-choose"));
        }
        for id in &all {
            let Message { id: from, text, content, .. } = message.get_value();
            let files = content.files().to_vec();
            let is_confirmed = to_clients.get_untracked();
            chats.send(
                *id,
                Written { text, files, forwarded_from: Some(from), is_confirmed, ..Written::default() },
            );
        }
        let count = i64::try_from(all.len()).unwrap_or(i64::MAX);
        toasts.say(tx("forwarded-to", &[("count", Arg::Number(count))]));
        on_close.run(());
    };
    view! {
        <DialogForm
            title=t("forward-title")
            verb=t("forward")
            is_busy=Signal::derive(|| false)
            on_submit=submit
            on_close=on_close
        >
            <blockquote class="quote">
                <span class="quote__text" dir="auto">
                    {words}
                </span>
            </blockquote>
            <SearchField
                label=t("forward-search")
                placeholder=t("forward-search")
                value=typed
                on_input=move |text: String| typed.set(text)
                is_outlined=true
            />
            <Targets found=found chosen=chosen />
            <p role="status" class="field__hint">
                {move || {
                    if to_clients.get() {
                        t("forward-document")
                    } else {
                        let count = i64::try_from(chosen.with(Vec::len)).unwrap_or(i64::MAX);
                        tx("forward-chosen", &[("count", Arg::Number(count))])
                    }
                }}
            </p>
        </DialogForm>
    }
}

/// The conversations to choose from.
#[component]
fn Targets(found: Memo<Vec<Target>>, chosen: RwSignal<Vec<ChatId>>) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let toggle = move |id: ChatId| {
        chosen.update(|chosen| match chosen.iter().position(|there| *there == id) {
            Some(at) => drop(chosen.remove(at)),
            None => chosen.push(id),
        });
    };
    let row = move |Target { id, name }: Target| {
        let kind = chats
            .get(id)
            .map_or(PersonKind::Colleague, |chat| chat.with_untracked(|chat| ring(chat, chats.me())));
        view! {
            <label class="mini choices__item">
                <Avatar name=name.clone() kind=kind size=AvatarSize::Sm spoken=spoken_kind(kind) />
                <span dir="auto">{name}</span>
                <input
                    type="checkbox"
                    prop:checked=move || chosen.with(|chosen| chosen.contains(&id))
                    on:change=move |_| toggle(id)
                />
            </label>
        }
    };
    view! {
        <fieldset class="choices">
            <legend class="visually-hidden">{t("forward-to")}</legend>
            <For each=move || found.get() key=|target| target.id children=row />
        </fieldset>
    }
}
