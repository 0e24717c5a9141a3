//! Signals: what is announced after a commit and forgotten. A signal has no number and no row; one that is missed does no
//! harm, because a page that comes back asks again. What has to be kept is an event (`events.rs`).

use crate::{PersonId, devices::DeviceLink, users::UserImport};
use serde::{Deserialize, Serialize};

/// News that concern no chat.
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
    /// Linking a device went a step further.
    DeviceLinkChanged {
        /// The link as it is now.
        link: DeviceLink,
    },
}
