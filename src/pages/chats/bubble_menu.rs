//! The menu of a message, behind a button that shows while the message is pointed at or focused.

use super::change_message::Change;
use crate::{
    components::{
        base::icon::{Icon, IconSize},
        form::menu::{MenuButton, MenuEntry, MenuLead},
    },
    i18n::{self, Arg, t, tx},
    pages::files::copy,
    state::toasts::Toasts,
};
use causeway_api::chats::{Message, MessageContent};
use leptos::prelude::*;

/// What the reader of a message can do with it.
#[derive(Clone, Copy)]
pub struct Actions {
    /// Edit or delete it, being its sender.
    pub on_change: Callback<Change>,
    /// Reply to it; `None` for who only reads.
    pub on_reply: Option<Callback<Message>>,
}

/// The button of the menu, and the menu while it is open.
#[component]
pub(super) fn BubbleMenu(
    message: Message,
    /// Whether it can still be edited and deleted.
    can_change: bool,
    /// What the reader can do with it.
    actions: Actions,
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
    let Actions { on_change, on_reply } = actions;
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
    if can_change {
        if !matches!(message.content, MessageContent::Voice { .. }) {
            entries.push(entry("i-edit", "edit", change(Change::Edit(message.clone()))));
        }
        entries.push(entry("i-trash", "delete", change(Change::Delete(message))));
    }
    let entries = StoredValue::new(entries);
    view! {
        <MenuButton
            label=label
            class="bubble__more"
            button_class="icon-btn bubble__change"
            menu_class="menu--bubble"
            entries=Signal::derive(move || entries.get_value())
        >
            <Icon name="i-more" size=IconSize::Sm />
        </MenuButton>
    }
}
