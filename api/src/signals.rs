//! Signals: what is announced after a commit and forgotten. A signal has no number and no row; one that is missed does no
//! harm, because a page that comes back asks again. What has to be kept is an event (`events.rs`).

use crate::{
    ChatId, Millis, PersonId, chats::ChatSettings, devices::DeviceLink, presence::Presence, users::UserImport,
};
use serde::{Deserialize, Serialize};

/// News that are not recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Signal {
    /// An org admin changed a feature.
    FeatureChanged {
        /// The key of the feature.
        key: String,
    },
    /// A contact was changed: its profile, its channels, or whom it is shared with.
    ContactChanged {
        /// The person whose card is asked for again.
        person: PersonId,
    },
    /// Public registration was opened, closed or changed, or a place was taken.
    RegistrationChanged,
    /// An import of users began, went on, or ended.
    ImportChanged {
        /// The import as it is now.
        import: UserImport,
    },
    /// There is a new notification, or the notifications were seen in another tab.
    NotificationsChanged,
    /// A device of the person was linked, renamed or signed out.
    DevicesChanged,
    /// A member is writing. It holds for a few seconds, and is never recorded.
    Typing {
        /// The chat that the member writes in.
        chat: ChatId,
        /// The member.
        person: PersonId,
    },
    /// Someone on the screen has come or gone, or says something else about it.
    Presence {
        /// Whether the person is there.
        presence: Presence,
    },
    /// The person has arranged a chat differently, perhaps in another tab.
    ChatSettingsChanged {
        /// The chat.
        chat: ChatId,
        /// How it is arranged now.
        settings: ChatSettings,
    },
    /// A message of the person that goes out later was added, moved, sent or refused.
    ScheduledChanged {
        /// The chat that it is for.
        chat: ChatId,
    },
    /// Linking a device went a step further.
    DeviceLinkChanged {
        /// The link as it is now.
        link: DeviceLink,
    },
}

/// A page tells again after so long that its person is still writing, in milliseconds; sooner is not passed on.
pub const TYPING_INTERVAL: Millis = 3_000;
/// So long after it was told someone counts as writing, in milliseconds.
pub const TYPING_LIFETIME: Millis = 8_000;
/// In larger chats no one is told.
pub const TYPING_MEMBERS_MAX: usize = 30;
