//! What a page is told of beside the chats.

use super::{pins::PinsOf, presence::OnScreen, typing::Typist};
use causeway_api::{ChatId, PersonId, chats::ScheduledMessage, devices::DeviceLink, users::UserImport};
use leptos::prelude::*;

/// What happens to the person's devices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeviceNews {
    /// Counts the changes of the list.
    pub changes: u64,
    /// The newest step of linking a device.
    pub link: Option<DeviceLink>,
}

/// What the page is told of beside the chats.
#[derive(Clone, Copy)]
pub struct News {
    /// Counts the changes of what governs the company (features, public registration) that this page was told of.
    pub governed_changed: RwSignal<u64>,
    /// What happens to the person's devices.
    pub devices: RwSignal<DeviceNews>,
    /// Counts how often this page was told that the notifications have changed.
    pub notified: RwSignal<u64>,
    /// The contact that was changed last; nothing when any may have been.
    pub contact_changed: RwSignal<Option<PersonId>>,
    /// The import of users that went on last; nothing when any may have.
    pub import_changed: RwSignal<Option<UserImport>>,
    /// What is pinned in the conversation on the screen.
    pub(super) pins: RwSignal<Option<PinsOf>>,
    /// What goes out later in the conversation on the screen.
    pub(super) scheduled: RwSignal<Option<(ChatId, Vec<ScheduledMessage>)>>,
    /// Who is writing.
    pub(super) typing: RwSignal<Vec<Typist>>,
    /// In which chat and when the others were told last that the person of this page is.
    pub(super) told_typing: StoredValue<Option<(ChatId, f64)>>,
    /// What is on the screen, and who of the people there is there.
    pub(super) screen: OnScreen,
}

impl News {
    pub(super) fn none() -> Self {
        Self {
            governed_changed: RwSignal::new(0),
            devices: RwSignal::default(),
            notified: RwSignal::new(0),
            contact_changed: RwSignal::new(None),
            import_changed: RwSignal::new(None),
            pins: RwSignal::new(None),
            scheduled: RwSignal::new(None),
            typing: RwSignal::default(),
            told_typing: StoredValue::new(None),
            screen: OnScreen::nothing(),
        }
    }
}
