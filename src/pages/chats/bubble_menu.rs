//! The menu of an own message, behind a button that shows while the message is pointed at or focused.

use super::change_message::Change;
use crate::{
    components::{
        base::icon::{Icon, IconSize},
        form::menu::{MenuButton, MenuEntry, MenuLead},
    },
    i18n::{self, Arg, t, tx},
};
use causeway_api::chats::Message;
use leptos::prelude::*;

/// The button of the menu, and the menu while it is open.
#[component]
pub(super) fn BubbleMenu(
    message: Message,
    /// Its sender wants to change it.
    on_change: Callback<Change>,
) -> impl IntoView {
    let label = tx("message-actions", &[("time", Arg::Text(&i18n::clock_time(message.sent_at)))]);
    let entry = move |icon: &'static str, text: &'static str, change: Change| MenuEntry {
        lead: MenuLead::Icon(icon),
        text: t(text),
        refusal: None,
        is_checked: None,
        on_choose: Callback::new(move |()| on_change.run(change.clone())),
    };
    let entries = StoredValue::new(vec![
        entry("i-edit", "edit", Change::Edit(message.clone())),
        entry("i-trash", "delete", Change::Delete(message)),
    ]);
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
