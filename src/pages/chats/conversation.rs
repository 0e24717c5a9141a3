//! A conversation: head, timeline, composer.

mod find;
mod head;
mod marking;

use self::{find::Find, head::Head};
use super::{
    composing::{
        attaching::{self, DropHint, Dropping},
        confirm_document::{ConfirmDocument, Question},
        emoji, mentioning, recording, saved_replies,
        send_later::{Later, SendLater},
    },
    reply_via::Replies,
    timeline::{TimelineView, replies::quoted},
};
use crate::{
    components::{
        base::icon::{Icon, IconSize},
        chat::{composer::Composer, quote::ReplyStrip, tray::VoiceSending},
    },
    i18n::t,
    state::{
        chats::{Chats, Written},
        delivery,
        session::CurrentSession,
        uploads::Uploads,
    },
};
use causeway_api::{ChatId, PersonId, chats::Chat, paths::Side, people::Role};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Returns the name that the composer addresses: the first word of the name.
fn addressee(chat: &Chat, me: PersonId) -> String {
    delivery::counterpart(chat, me)
        .and_then(|person| person.name.split_whitespace().next().map(str::to_owned))
        .unwrap_or_else(|| delivery::title(chat, me))
}

/// A conversation on the screen.
#[component]
pub fn Conversation(id: ChatId, is_details_open: RwSignal<bool>) -> impl IntoView {
    let chats = expect_context::<Chats>();
    chats.row(id).map(|chat| {
        // Compliance officers read and never write; the server enforces it, the page says so.
        let role = expect_context::<CurrentSession>().get().me.role;
        let only_reads = role == Some(Role::ComplianceOfficer);
        let is_staff = role.is_some_and(|role| role != Role::ExternalUser);
        let first = chat.get_untracked();
        let (me, for_strip) = (chats.me(), chat.clone());
        let replying = Memo::new(move |_| chats.replying.with(|all| all.get(&id).cloned()));
        let strip = move || {
            replying.get().map(|message| {
                let quoted = for_strip.with(|chat| quoted(&message, chat, me));
                view! { <ReplyStrip quoted=quoted on_stop=move |()| chats.reply(id, None) /> }
            })
        };
        let (lead, is_finding) = (led_by_address(), RwSignal::new(false));
        let dropping = Dropping::new((!only_reads).then_some((id, expect_context::<Uploads>())));
        let foot = if only_reads {
            view! {
                <p class="notice notice--foot">
                    <Icon name="i-shield" size=IconSize::Sm />
                    {t("only-reads")}
                </p>
            }
            .into_any()
        } else {
            let draft = chats.drafts.with_untracked(|drafts| drafts.get(&id).cloned()).unwrap_or_default();
            let replies = Replies::follow(chat.clone());
            let uploads = expect_context::<Uploads>();
            let question = Question::new(chat.clone(), uploads);
            let later = RwSignal::new(None::<Later>);
            let sending = Callback::new(move |()| {
                let reply_to = replying.get_untracked().map(|message| message.id);
                chats.reply(id, None);
                VoiceSending { channel: replies.chosen(), reply_to }
            });
            view! {
                <Composer
                    draft=draft
                    to=addressee(&first, chats.me())
                    channel=replies.channel()
                    reply_via=replies.choice(&first, chats)
                    limit=chats.text_limit
                    takes_focus=true
                    on_draft=move |text: String| {
                        if !text.is_empty() {
                            chats.tell_typing(id);
                        }
                        chats.set_draft(id, &text);
                    }
                    strip=strip
                    attaching=Some(attaching::of(id, uploads))
                    recording=Some(recording::of(id, uploads, sending))
                    mentioning=Some(mentioning::of(id, chats))
                    emoji=Some(emoji::of(chats.me()))
                    replies=is_staff.then(|| saved_replies::of(id, chats))
                    on_later=(chats.side == Side::Portal)
                        .then(|| {
                            Callback::new(move |(text, on_done): (String, Callback<()>)| {
                                let reply_to = replying.get_untracked().map(|message| message.id);
                                later.set(Later::of(chats, id, text, (replies.chosen(), reply_to), on_done));
                            })
                        })
                    is_wanted=Signal::derive(move || replying.with(Option::is_some))
                    ask_first=question.ask_first()
                    on_send=move |text: String| {
                        let reply_to = replying.get_untracked().map(|message| message.id);
                        let files = untrack(|| uploads.ready(id)).unwrap_or_default();
                        let is_confirmed = question.is_confirmed();
                        let channel = replies.chosen();
                        chats.send(id, Written { text, channel, reply_to, files, is_confirmed, ..Written::default() });
                        chats.reply(id, None);
                        uploads.take(id);
                    }
                />
                <ConfirmDocument question=question />
                <SendLater id=id later=later />
            }
            .into_any()
        };
        view! {
            <section
                class="pane pane--content pane--conversation"
                id="content"
                aria-labelledby="conversation-title"
                on:dragover=move |event| dropping.over(&event)
                on:dragleave=move |event| dropping.leave(&event)
                on:drop=move |event| dropping.drop(&event)
            >
                <Head chat=chat.clone() is_details_open=is_details_open is_finding=is_finding />
                <Show when=move || is_finding.get()>
                    <Find chat=id lead=lead on_close=move |()| is_finding.set(false) />
                </Show>
                <TimelineView
                    id=id
                    chat=chat
                    lead=lead
                    on_reply=(!only_reads).then(|| Callback::new(move |message| chats.reply(id, Some(message))))
                />
                {foot}
                <DropHint dropping=dropping />
            </section>
        }
    })
}

/// The place that the address leads to: a hit of a search.
fn led_by_address() -> RwSignal<Option<i64>> {
    let query = use_query_map();
    let lead = RwSignal::new(None);
    // A memo: what else changes in the address does not lead there again.
    let place = Memo::new(move |_| query.with(|query| query.get("at").and_then(|at| at.parse::<i64>().ok())));
    Effect::new(move |_| {
        if let Some(place) = place.get() {
            lead.set(Some(place));
        }
    });
    lead
}
