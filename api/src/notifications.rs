//! What a person is told of, beside messages.

use crate::{
    Millis, PersonId,
    deliveries::{DeliveryFault, Medium},
    page::{NotificationsLimit, Page},
    query::is_usual,
    registration::ClosedReason,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a notification tells. The names are those of the time at which it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Notice {
    /// A client's code took another way than the configured one, because an address is missing.
    OtpRouteMissing {
        /// The client.
        person: PersonId,
        /// The client's name.
        name: String,
        /// The address that is missing: `phone` or `email`.
        missing: String,
    },
    /// Someone registered through the public form; the person in charge is told.
    Registered {
        /// The external user.
        person: PersonId,
        /// The name of the external user.
        name: String,
    },
    /// Public registration closed by itself; the admins are told.
    RegistrationClosed {
        /// What closed it.
        reason: ClosedReason,
    },
    /// A device was linked to the account of the person who is told.
    DeviceLinked {
        /// Its browser and system.
        device: String,
    },
    /// A linked device was signed out.
    DeviceUnlinked {
        /// Its name, or its browser and system.
        device: String,
    },
    /// A mail or SMS to a person could not be delivered; the admins are told.
    Undelivered {
        /// The person whom it was for.
        person: PersonId,
        /// The person's name.
        name: String,
        /// Whether this is a user of the company, not a client.
        is_user: bool,
        /// The medium that failed: mail or SMS. Notifications that were stored earlier call it `road`.
        #[serde(alias = "road")]
        medium: Medium,
        /// Why it was not delivered.
        fault: DeliveryFault,
    },
    /// A client was handed over to the person who is told.
    ClientTransferred {
        /// The client.
        person: PersonId,
        /// The name of the client.
        name: String,
    },
}

/// One notification of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Notification {
    /// The id of the notification.
    pub id: Uuid,
    /// When it happened.
    pub at: Millis,
    /// What the person is told.
    pub notice: Notice,
    /// Whether the person has seen it.
    pub is_read: bool,
}

/// Which notifications are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NotificationQuery {
    /// Where the page begins: what an earlier one gave as `next`.
    #[serde(skip_serializing_if = "is_usual")]
    pub cursor: Option<String>,
    /// How many at most.
    #[serde(skip_serializing_if = "is_usual")]
    pub limit: NotificationsLimit,
}

/// A page of a person's notifications, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NotificationPage {
    /// The notifications.
    #[serde(flatten)]
    pub page: Page<Notification>,
    /// How many are unread, also beyond those listed.
    pub unread: i64,
}

/// That the notifications up to an instant were seen.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SeeNotifications {
    /// The instant of the newest that was on the screen.
    pub up_to: Millis,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notification_that_was_stored_before_the_medium_had_its_name_is_read() {
        let notice = Notice::Undelivered {
            person: PersonId(uuid::Uuid::nil()),
            name: "Ana".to_owned(),
            is_user: true,
            medium: Medium::Sms,
            fault: DeliveryFault::AddressUnknown,
        };
        let stored = serde_json::to_string(&notice).expect("a notice").replace("\"medium\"", "\"road\"");
        assert!(stored.contains("\"road\":\"sms\""), "{stored}");
        assert_eq!(serde_json::from_str::<Notice>(&stored).expect("the same notice"), notice);
    }
}
