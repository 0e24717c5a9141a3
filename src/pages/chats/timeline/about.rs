//! What is done with one message of a timeline: changing it, forwarding it, leaving an emoji, looking at what became of it.

use super::receipts::receipts;
use crate::{
    client,
    components::{base::banner::ErrorBanner, form::dialog::Dialog},
    i18n::{self, t},
    pages::{
        chats::message::{
            bubble_menu::Actions,
            change_message::{Change, ChangeMessage},
            forward::Forward,
        },
        explain,
    },
    state::{chats::Chats, session::CurrentSession, toasts::Toasts},
};
use causeway_api::{
    chats::{Message, MessageVersion, React},
    paths::Side,
    people::Role,
};
use leptos::{prelude::*, task::spawn_local};

/// The message about which a dialog is open.
#[derive(Clone, Copy, Default)]
pub(super) struct About {
    changing: RwSignal<Option<Change>>,
    forwarding: RwSignal<Option<Message>>,
    looking: RwSignal<Option<Message>>,
}

impl About {
    /// What the reader can do with a message.
    pub(super) fn actions(self, chats: Chats, on_reply: Option<Callback<Message>>) -> Actions {
        let Self { changing, forwarding, looking } = self;
        let session = expect_context::<CurrentSession>().get();
        let is_employee = chats.side == Side::Portal && session.me.role != Some(Role::ExternalUser);
        let writes = on_reply.is_some();
        let toasts = use_context::<Toasts>();
        let react =
            Callback::new(move |(message, asked): (Message, React)| react(chats, toasts, &message, asked));
        let pin = Callback::new(move |(message, is_on): (Message, bool)| set_pin(toasts, &message, is_on));
        let forward = Callback::new(move |message| forwarding.set(Some(message)));
        let look = Callback::new(move |message| looking.set(Some(message)));
        Actions {
            change_window: session.change_window,
            on_change: Callback::new(move |change| changing.set(Some(change))),
            on_reply,
            on_react: writes.then_some(react),
            on_forward: (writes && is_employee).then_some(forward),
            on_pin: (writes && is_employee).then_some(pin),
            on_look: is_employee.then_some(look),
        }
    }
}

fn react(chats: Chats, toasts: Option<Toasts>, message: &Message, asked: React) {
    let (chat, id) = (message.chat, message.id);
    spawn_local(async move {
        match client::chats::react(chats.side, chat, id, &asked).await {
            Ok(message) => {
                chats.replaced(&message);
            }
            Err(error) => {
                let text = error.field("emoji").map_or_else(|| explain(&error), t);
                toasts.into_iter().for_each(|toasts| toasts.error(text.clone()));
            }
        }
    });
}

fn set_pin(toasts: Option<Toasts>, message: &Message, is_on: bool) {
    let (chat, id) = (message.chat, message.id);
    spawn_local(async move {
        // The event says that it was done.
        if let Err(error) = client::chats::pin_message(chat, id, is_on).await {
            let text = error.field("message").map_or_else(|| explain(&error), t);
            toasts.into_iter().for_each(|toasts| toasts.error(text.clone()));
        }
    });
}

/// The dialogs, each while it is open.
#[component]
pub(super) fn AboutDialogs(about: About) -> impl IntoView {
    let About { changing, forwarding, looking } = about;
    view! {
        {move || {
            changing
                .get()
                .map(|change| view! { <ChangeMessage change=change on_close=move |()| changing.set(None) /> })
        }}
        {move || {
            forwarding
                .get()
                .map(|message| view! { <Forward message=message on_close=move |()| forwarding.set(None) /> })
        }}
        {move || {
            looking.get().map(|message| view! { <Look message=message on_close=move |()| looking.set(None) /> })
        }}
    }
}

/// What a message said before, and who has read it.
#[component]
fn Look(message: Message, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let (versions, error) = (RwSignal::new(Vec::<MessageVersion>::new()), RwSignal::new(None::<String>));
    let (chat, id) = (message.chat, message.id);
    if message.edited_at.is_some() {
        spawn_local(async move {
            match client::chats::list_versions(chat, id).await {
                Ok(found) => drop(versions.try_set(found.versions)),
                Err(failed) => drop(error.try_set(Some(explain(&failed)))),
            }
        });
    }
    let (sender, ordinal) = (message.sender, message.ordinal);
    let all = move || {
        chats.get(chat).map_or_else(Vec::new, |chat| chat.with(|chat| receipts(chat, sender, ordinal)))
    };
    let version = |MessageVersion { text, at }: MessageVersion| {
        view! {
            <li>
                <time datetime=i18n::machine_time(at)>{i18n::full_date(at)} " " {i18n::clock_time(at)}</time>
                <p dir="auto">{text}</p>
            </li>
        }
    };
    view! {
        <Dialog title=t("versions-and-receipts") on_close=on_close>
            <div class="dialog__body">
                <ErrorBanner text=error />
                <Show when=move || !versions.with(Vec::is_empty)>
                    <h3 class="overline">{t("versions")}</h3>
                    <ol class="versions">{move || versions.get().into_iter().map(version).collect_view()}</ol>
                </Show>
                <h3 class="overline">{t("receipts")}</h3>
                <dl class="receipts">
                    {move || {
                        all()
                            .into_iter()
                            .map(|(name, receipt)| {
                                view! {
                                    <div>
                                        <dt dir="auto">{name}</dt>
                                        <dd>{t(receipt.text())}</dd>
                                    </div>
                                }
                            })
                            .collect_view()
                    }}
                </dl>
            </div>
        </Dialog>
    }
}
