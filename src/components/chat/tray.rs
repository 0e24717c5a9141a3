//! The files that the next message will carry, above the field: how far each is, and what can be done with it.

use super::words::size_words;
use crate::{
    components::base::icon::{Icon, IconSize},
    i18n::{Arg, t, tx},
};
use causeway_api::{
    ChatId, FileId, MessageId,
    chats::Channel,
    files::{Attachment, extension},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use web_sys::File;

/// A file in the tray.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UploadItem {
    /// Made here.
    pub id: FileId,
    /// The chat it is for.
    pub chat: ChatId,
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub size: i64,
    /// Bytes that have gone.
    pub sent: i64,
    /// How far it is.
    pub step: UploadStep,
    /// It is a voice note, which goes by itself once it is ready: how.
    #[serde(default)]
    pub voice: Option<VoiceSending>,
}

/// How a voice note is to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoiceSending {
    /// The channel that was chosen for it; `None` for that of the chat.
    pub channel: Option<Channel>,
    /// The message that it replies to.
    pub reply_to: Option<MessageId>,
}

/// How far a file in the tray is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum UploadStep {
    /// It waits for others.
    Waiting,
    /// It is on its way.
    Sending,
    /// It has arrived and is looked at.
    Checking,
    /// A message can carry it.
    Ready(Attachment),
    /// It cannot be sent: the id of the reason's text.
    Refused(String),
    /// It broke off too often; it can be tried again.
    Broken,
    /// The page was loaded anew: the file has to be chosen again.
    Missing,
}

/// What can be done with a file of the tray.
#[derive(Clone, Copy)]
pub struct TrayActions {
    /// Take it out.
    pub remove: Callback<FileId>,
    /// Try it again.
    pub retry: Callback<FileId>,
    /// Choose the file again.
    pub choose: Callback<()>,
    /// The file itself, while the page has it.
    pub file: Callback<FileId, Option<File>>,
}

/// The files of a chat that are being attached.
#[component]
pub fn Tray(items: Signal<Vec<UploadItem>>, actions: TrayActions) -> impl IntoView {
    let ids = Memo::new(move |_| items.with(|items| items.iter().map(|item| item.id).collect::<Vec<_>>()));
    let count = move || ids.with(|ids| i64::try_from(ids.len()).unwrap_or(i64::MAX));
    move || {
        (!ids.with(Vec::is_empty)).then(|| {
            view! {
                <ul class="tray" aria-label=move || tx("attachments-count", &[("count", Arg::Number(count()))])>
                    <For each=move || ids.get() key=|id| *id let:id>
                        <TrayRow id=id items=items actions=actions />
                    </For>
                </ul>
            }
        })
    }
}

/// One file of the tray.
#[component]
fn TrayRow(id: FileId, items: Signal<Vec<UploadItem>>, actions: TrayActions) -> impl IntoView {
    let item = Memo::new(move |_| items.with(|items| items.iter().find(|item| item.id == id).cloned()));
    item.get_untracked().map(|first| {
        let name = StoredValue::new(first.name.clone());
        let step = Memo::new(move |_| item.with(|item| item.as_ref().map(|item| item.step.clone())));
        let is_bad =
            move || step.with(|step| matches!(step, Some(UploadStep::Refused(_) | UploadStep::Broken)));
        let percent = Memo::new(move |_| item.with(|item| item.as_ref().map_or(0, percent)));
        let is_moving = move || step.with(|step| matches!(step, Some(UploadStep::Sending)));
        view! {
            <li class="attach" class:attach--bad=is_bad>
                <span class="attach__type" aria-hidden="true">
                    <Face file=actions.file.run(id) name=first.name.clone() />
                </span>
                <span>
                    <span class="attach__name" dir="auto">
                        {first.name}
                    </span>
                    <span class="attach__meta" role=move || is_bad().then_some("alert")>
                        {move || item.with(|item| item.as_ref().map(words))}
                    </span>
                    <Show when=is_moving>
                        <progress
                            class="attach__bar"
                            max="100"
                            value=move || percent.get()
                            aria-label=name.with_value(|name| tx("upload-of", &[("name", Arg::Text(name))]))
                        ></progress>
                    </Show>
                </span>
                <span class="attach__acts">
                    {move || again(step.get(), name, id, actions)}
                    <button
                        class="icon-btn icon-btn--sm"
                        type="button"
                        aria-label=move || {
                            let id = if is_moving() { "attach-cancel" } else { "attach-remove" };
                            name.with_value(|name| tx(id, &[("name", Arg::Text(name))]))
                        }
                        on:click=move |_| actions.remove.run(id)
                    >
                        <Icon name="i-x" size=IconSize::Sm />
                    </button>
                </span>
            </li>
        }
    })
}

/// The button of a file that needs its sender: to try it again, or to choose it again.
fn again(
    step: Option<UploadStep>,
    name: StoredValue<String>,
    id: FileId,
    actions: TrayActions,
) -> Option<impl IntoView> {
    let (label, icon, act) = match step? {
        UploadStep::Broken => ("attach-retry", "i-refresh", Callback::new(move |()| actions.retry.run(id))),
        UploadStep::Missing => ("attach-choose", "i-attach", actions.choose),
        _ => return None,
    };
    Some(view! {
        <button
            class="icon-btn icon-btn--sm"
            type="button"
            aria-label=name.with_value(|name| tx(label, &[("name", Arg::Text(name))]))
            on:click=move |_| act.run(())
        >
            <Icon name=icon size=IconSize::Sm />
        </button>
    })
}

/// A picture in small while the page has the file, else the end of its name.
#[component]
fn Face(file: Option<File>, name: String) -> impl IntoView {
    let address = file
        .filter(|file| {
            ["image/jpeg", "image/png", "image/webp", "image/gif"].contains(&file.type_().as_str())
        })
        .and_then(|file| web_sys::Url::create_object_url_with_blob(&file).ok());
    let kept = StoredValue::new(address.clone());
    on_cleanup(move || {
        if let Some(address) = kept.try_get_value().flatten() {
            // It is gone with the page at the latest.
            let _ = web_sys::Url::revoke_object_url(&address);
        }
    });
    match address {
        Some(address) => view! { <img src=address alt="" /> }.into_any(),
        None => extension(&name).to_uppercase().chars().take(5).collect::<String>().into_any(),
    }
}

fn percent(item: &UploadItem) -> i64 {
    if item.size == 0 { 0 } else { item.sent * 100 / item.size }
}

/// How far a file is, in words.
fn words(item: &UploadItem) -> String {
    let (size, sent) = (size_words(item.size), size_words(item.sent));
    let both = [("size", Arg::Text(&size)), ("sent", Arg::Text(&sent))];
    match &item.step {
        UploadStep::Waiting => tx("attach-waiting", &both),
        UploadStep::Sending => tx("attach-part", &both),
        UploadStep::Checking => tx("attach-checking", &both),
        UploadStep::Ready(_) => tx("attach-ready", &both),
        UploadStep::Refused(reason) => t(reason),
        UploadStep::Broken => tx("attach-broken", &both),
        UploadStep::Missing => tx("attach-missing", &both),
    }
}
