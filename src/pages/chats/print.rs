//! Printing a conversation. The timeline draws only what is in view, so the loaded messages are added to the page for the
//! printer, with names and times, and removed again.

use super::between::words;
use crate::components::chat::words::{message_words, size_words};
use crate::{
    i18n::{self, Arg, t, tx},
    state::{delivery, timeline::Timeline},
};
use causeway_api::{
    PersonId,
    chats::{Chat, ChatLine, Message},
};
use leptos::{mount::mount_to, prelude::*};
use std::any::Any;
use web_sys::HtmlElement;

/// Adds the conversation whenever the page is printed, until the conversation is closed.
pub(super) fn follow(chat: ArcRwSignal<Chat>, me: PersonId, timeline: RwSignal<Timeline>) {
    let sheet = StoredValue::new_local(None::<(HtmlElement, Box<dyn Any>)>);
    let take_out = move || {
        if let Some((place, rows)) = sheet.try_update_value(Option::take).flatten() {
            drop(rows);
            place.remove();
        }
    };
    let before = window_event_listener_untyped("beforeprint", move |_| {
        take_out();
        // The browser prints once this returns: nothing here may wait.
        let made = timeline.with_untracked(|timeline| {
            let entry = |message: &Message| (message.clone(), timeline.lines_below(message.ordinal));
            put_in(chat.get_untracked(), me, timeline.all().map(entry).collect(), timeline.last)
        });
        sheet.set_value(made);
    });
    let after = window_event_listener_untyped("afterprint", move |_| take_out());
    on_cleanup(move || {
        before.remove();
        after.remove();
        take_out();
    });
}

/// A message, and what happened below it.
type Printed = (Message, Vec<ChatLine>);

fn put_in(
    chat: Chat,
    me: PersonId,
    messages: Vec<Printed>,
    last: i64,
) -> Option<(HtmlElement, Box<dyn Any>)> {
    use wasm_bindgen::JsCast as _;
    let place: HtmlElement = document().create_element("section").ok()?.dyn_into().ok()?;
    place.set_class_name("sheet");
    let body = document().body()?;
    // In front of everything: what follows it is not printed (style/print.css).
    body.insert_before(&place, body.first_child().as_ref()).ok()?;
    let rows =
        mount_to(place.clone(), move || view! { <Sheet chat=chat me=me messages=messages last=last /> });
    Some((place, Box::new(rows)))
}

/// The printed conversation: its title, and the loaded messages day by day.
#[component]
fn Sheet(chat: Chat, me: PersonId, messages: Vec<Printed>, last: i64) -> impl IntoView {
    let title = delivery::title(&chat, me);
    let range =
        messages.first().zip(messages.last()).map(|(first, newest)| (first.0.ordinal, newest.0.ordinal));
    let is_whole = messages.len() as i64 == last;
    let note = range.filter(|_| !is_whole).map(|(first, newest)| {
        let numbers =
            [("first", Arg::Number(first)), ("newest", Arg::Number(newest)), ("total", Arg::Number(last))];
        view! { <p class="sheet__note">{tx("print-part", &numbers)}</p> }
    });
    let mut before = None::<Message>;
    let rows = messages.into_iter().map(|(message, lines)| {
        let starts_day = before
            .as_ref()
            .is_none_or(|before| i18n::day_number(before.sent_at) != i18n::day_number(message.sent_at));
        let is_gap = before.as_ref().is_some_and(|before| before.ordinal + 1 != message.ordinal);
        let name = sender(&chat, &message);
        let day =
            starts_day.then(|| view! { <h2 class="sheet__day">{i18n::full_date(message.sent_at)}</h2> });
        before = Some(message.clone());
        view! {
            {is_gap.then(|| view! { <p class="sheet__note">"…"</p> })}
            {day}
            <SheetRow name=name message=message />
            {lines.into_iter().map(|line| view! { <SheetLine line=line me=me /> }).collect_view()}
        }
    });
    view! {
        <h1 class="sheet__title">{title}</h1>
        {note}
        {rows.collect_view()}
    }
}

fn sender(chat: &Chat, message: &Message) -> String {
    let sender = chat.members.iter().find(|member| member.person.id == message.sender);
    sender.map_or_else(|| t("former-member"), |member| member.person.name.clone())
}

/// A printed line about the group.
#[component]
fn SheetLine(line: ChatLine, me: PersonId) -> impl IntoView {
    view! {
        <p class="sheet__note">
            {words(&line.change, me)} " "
            <time datetime=i18n::machine_time(line.at)>
                {i18n::full_date(line.at)} ", " {i18n::clock_time(line.at)}
            </time>
        </p>
    }
}

/// A printed message: sender, time and text.
#[component]
fn SheetRow(name: String, message: Message) -> impl IntoView {
    let text = message_words(&message);
    let files = message.content.files().iter().map(|file| {
        view! {
            <p class="sheet__note" dir="auto">
                {format!("{} ({})", file.name, size_words(file.size))}
            </p>
        }
    });
    let files = files.collect_view();
    let edited = (message.edited_at.is_some() && message.deleted_at.is_none()).then(|| t("edited"));
    view! {
        <article class="sheet__row">
            <p class="sheet__meta">
                <b>{name}</b>
                " "
                <time datetime=i18n::machine_time(message.sent_at)>{i18n::clock_time(message.sent_at)}</time>
                {edited.map(|edited| format!(" ({edited})"))}
            </p>
            <p class="sheet__text" dir="auto">
                {text}
            </p>
            {files}
        </article>
    }
}
