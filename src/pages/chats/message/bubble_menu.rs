//! The menu of a message, behind a button that shows while the message is pointed at or focused.

use super::change_message::Change;
use crate::{
    components::{
        base::icon::{Icon, IconSize},
        chat::reactions,
        form::menu::{EmojiEntry, MenuButton, MenuEntry, MenuLead},
    },
    i18n::{self, Arg, t, tx},
    pages::files::copy,
    state::{chats::Chats, toasts::Toasts},
};
use causeway_api::Millis;
use causeway_api::chats::{Message, MessageContent, QUICK_REACTIONS, React};
use leptos::prelude::*;

/// What the reader of a message can do with it.
#[derive(Clone, Copy)]
pub struct Actions {
    /// Its sender can edit and delete it for so long, in milliseconds.
    pub change_window: Millis,
    /// Edit or delete it, being its sender.
    pub on_change: Callback<Change>,
    /// Reply to it; `None` for who only reads.
    pub on_reply: Option<Callback<Message>>,
    /// Leave an emoji at it, or take it away; `None` for who only reads.
    pub on_react: Option<Callback<(Message, React)>>,
    /// Send it to other chats; `None` for who cannot.
    pub on_forward: Option<Callback<Message>>,
    /// Pin it, or take its pin away; `None` for who cannot.
    pub on_pin: Option<Callback<(Message, bool)>>,
    /// Look at what it said before, and who has read it; `None` for who cannot.
    pub on_look: Option<Callback<Message>>,
}

/// The pin stands behind replying, copying and forwarding.
const PIN_PLACE: usize = 3;

/// The button of the menu, and the menu while it is open.
#[component]
pub(super) fn BubbleMenu(
    message: Message,
    /// Whether it can still be edited and deleted.
    can_change: bool,
    /// What the reader can do with it.
    actions: Actions,
    /// The emoji at it that are the reader's own.
    #[prop(into)]
    own: Signal<Vec<String>>,
) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let label = tx("message-actions", &[("time", Arg::Text(&i18n::clock_time(message.sent_at)))]);
    let entry = |icon: &'static str, text: &'static str, on_choose: Callback<()>| MenuEntry {
        lead: MenuLead::Icon(icon),
        text: t(text),
        refusal: None,
        is_checked: None,
        on_choose,
    };
    let Actions { on_change, on_reply, on_react, on_forward, on_pin, on_look, .. } = actions;
    let (for_emoji, for_pin) = (message.clone(), message.clone());
    let emoji = Signal::derive(move || quick(on_react, &for_emoji, &own.get()));
    let change = |change: Change| Callback::new(move |()| on_change.run(change.clone()));
    let mut entries = Vec::new();
    if let Some(on_reply) = on_reply {
        let message = message.clone();
        let reply = Callback::new(move |()| on_reply.run(message.clone()));
        entries.push(entry("i-reply", "reply", reply));
    }
    let text = message.text.clone();
    if !text.is_empty() {
        let copy_text =
            Callback::new(move |()| copy(text.clone(), ("text-copied", "text-not-copied"), toasts));
        entries.push(entry("i-copy", "copy-text", copy_text));
    }
    let show = |act: Callback<Message>| {
        let message = message.clone();
        Callback::new(move |()| act.run(message.clone()))
    };
    if let Some(on_forward) = on_forward.filter(|_| message.content != MessageContent::Unknown) {
        entries.push(entry("i-forward", "forward", show(on_forward)));
    }
    if let Some(on_look) = on_look {
        entries.push(entry("i-history", "versions-and-receipts", show(on_look)));
    }
    if can_change {
        if !matches!(message.content, MessageContent::Voice { .. }) {
            entries.push(entry("i-edit", "edit", change(Change::Edit(message.clone()))));
        }
        entries.push(entry("i-trash", "delete", change(Change::Delete(message))));
    }
    let entries = StoredValue::new(entries);
    let pinning = on_pin.map(|on_pin| (on_pin, StoredValue::new(for_pin)));
    let chats = use_context::<Chats>();
    let all = Signal::derive(move || {
        let mut all = entries.get_value();
        if let Some((on_pin, message)) = pinning {
            let is_on = message.with_value(|message| chats.is_some_and(|chats| chats.is_pinned(message)));
            let pin = Callback::new(move |()| on_pin.run((message.get_value(), !is_on)));
            let text = if is_on { "unpin-message" } else { "pin-message" };
            let place = all.len().min(PIN_PLACE);
            all.insert(place, entry("i-pin", text, pin));
        }
        all
    });
    view! {
        <MenuButton
            label=label
            class="bubble__more"
            button_class="icon-btn bubble__change"
            menu_class="menu--bubble"
            emoji=emoji
            entries=all
        >
            <Icon name="i-more" size=IconSize::Sm />
        </MenuButton>
    }
}

/// The emoji that are offered at once; none for who only reads.
fn quick(on_react: Option<Callback<(Message, React)>>, message: &Message, own: &[String]) -> Vec<EmojiEntry> {
    let Some(on_react) = on_react else { return Vec::new() };
    let entry = |emoji: &'static str| {
        let (is_on, message) = (own.iter().any(|own| own == emoji), message.clone());
        let asked = React { emoji: emoji.to_owned(), is_on: !is_on };
        EmojiEntry {
            emoji,
            label: tx("react-with", &[("emoji", Arg::Text(&reactions::name(emoji)))]),
            is_on,
            on_choose: Callback::new(move |()| on_react.run((message.clone(), asked.clone()))),
        }
    };
    QUICK_REACTIONS.map(entry).to_vec()
}
