//! Devices: the browsers and phones of an employee, and linking a phone.

use crate::Millis;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a device is, as far as its browser tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeviceKind {
    /// A desktop or a laptop.
    #[default]
    Computer,
    /// A phone.
    Phone,
    /// A tablet.
    Tablet,
}

/// One connected device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Device {
    /// The id of the device.
    pub id: Uuid,
    /// The name its owner gave it, or its browser and system.
    pub name: String,
    /// Computer, phone or tablet, as its browser says.
    pub kind: DeviceKind,
    /// Its browser, empty when unknown.
    pub browser: String,
    /// Its operating system, empty when unknown.
    pub system: String,
    /// The network address it was last seen at.
    pub address: String,
    /// When it was linked; nothing for a browser in which someone just signed in.
    pub linked_at: Option<Millis>,
    /// When someone signed in on it last.
    pub signed_in_at: Millis,
    /// The last action on it.
    pub seen_at: Millis,
    /// Whether the request came from it.
    pub is_current: bool,
    /// Whether a page is open on it now.
    pub is_online: bool,
}

/// The connected devices of the caller.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DeviceList {
    /// This device first, then the one seen last.
    pub devices: Vec<Device>,
    /// How many devices can be linked.
    pub link_limit: i64,
}

/// Another name for a device.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RenameDevice {
    /// The new name; an empty one is refused.
    pub name: String,
}

/// What links one device: shown once, to the person who asked.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LinkCode {
    /// The id of the link.
    pub id: Uuid,
    /// The code to type, as `ABCD-EFGH`.
    pub code: String,
    /// The address in the QR code, with a secret of its own behind the hash.
    pub address: String,
    /// Seconds until both expire.
    pub expires_in: u32,
}

words! {
    /// How far linking a device is.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
    #[serde(rename_all = "snake_case")]
    pub enum LinkStep {
        /// No device has shown the code yet.
        Waiting = "waiting",
        /// A device has, and someone signs in on it.
        Opened = "opened",
        /// The number has to be compared.
        Confirm = "confirm",
        /// The number was right; the device comes in.
        Approved = "approved",
        /// The device is linked.
        Linked = "linked",
        /// The number was wrong, there were too many tries, or the person refused.
        Refused = "refused",
        /// It was not completed in time.
        Expired = "expired",
    }
}

impl LinkStep {
    /// Whether nothing will follow.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Linked | Self::Refused | Self::Expired)
    }
}

/// Linking, as the person at the portal sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DeviceLink {
    /// The id of the link.
    pub id: Uuid,
    /// The step that the link has come to.
    pub step: LinkStep,
    /// The browser and system of the device that has shown the code; empty before.
    pub device: String,
    /// Computer, phone or tablet, as its browser says.
    pub kind: DeviceKind,
    /// The network address it comes from.
    pub address: String,
}

/// The number on the phone, typed at the portal.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ConfirmNumber {
    /// The two digits that the phone shows.
    pub number: String,
}

/// What a phone shows to be let into a link: the typed code or the secret of the QR code.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub enum OpenActivation {
    /// The code, as typed.
    Code(String),
    /// The secret behind the hash of the QR code's address.
    Secret(String),
}

/// Linking, as the phone sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Activation {
    /// The company, as shown.
    pub company: String,
    /// The step that the link has come to.
    pub step: LinkStep,
    /// The number to compare, from the step on in which it is compared.
    pub number: Option<String>,
    /// Seconds until the link expires.
    pub expires_in: u32,
}

/// Whether a device is linked, as the device itself sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ThisDevice {
    /// Whether it is linked to an account: then signing in is enough.
    pub is_linked: bool,
}

/// Signing in on the phone: the company is known from the code.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ActivationLogIn {
    /// The user name.
    pub username: String,
    /// The password, unchanged.
    pub password: String,
}
