//! What a sign-in is completed with beside the password, and setting it up.

use crate::{Millis, json::Json};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A way to prove who signs in, beside the password.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// A code that was sent by SMS or mail.
    #[default]
    Sent,
    /// A time-based code of an authenticator app (RFC 6238).
    Authenticator,
    /// A passkey (Web Authentication, Level 3).
    Passkey,
    /// One of the recovery codes that someone keeps.
    RecoveryCode,
}

/// What someone signs in with beside the password.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SecondFactors {
    /// Whether the company asks this role for an authenticator app or a passkey.
    pub is_required: bool,
    /// When the authenticator app was set up.
    pub authenticator_since: Option<Millis>,
    /// The passkeys, the oldest first.
    pub passkeys: Vec<Passkey>,
    /// Whether passkeys can be used at this address: they need a name, not a number.
    pub can_use_passkeys: bool,
    /// Recovery codes that have not been used.
    pub recovery_codes_left: usize,
}

impl SecondFactors {
    /// Whether there is anything stronger than a code that is sent.
    pub fn is_strong(&self) -> bool {
        self.authenticator_since.is_some() || !self.passkeys.is_empty()
    }
}

/// A passkey, as its owner sees it in the settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Passkey {
    /// The id under which it is removed; the authenticator knows another.
    pub id: Uuid,
    /// What its owner calls it.
    pub name: String,
    /// When it was added.
    pub created_at: Millis,
    /// When it was last used.
    pub used_at: Option<Millis>,
}

/// What an authenticator app is given. It counts from the first code that is confirmed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AuthenticatorSetup {
    /// The address to show as a QR code: `otpauth://totp/...` (Key URI Format).
    pub address: String,
    /// The same secret to type, in base 32 and groups of four.
    pub secret: String,
}

/// The first code of an authenticator app.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ConfirmAuthenticator {
    /// The six digits that the app shows.
    pub code: String,
}

/// What a browser needs to make a passkey.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PasskeyOptions {
    /// `PublicKeyCredentialCreationOptionsJSON` (Web Authentication, Level 3, section 5.1.9).
    #[cfg_attr(feature = "schema", schema(value_type = Object))]
    pub options: Json,
}

/// A passkey that a browser has made.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewPasskey {
    /// What to call it; empty for the browser and system.
    pub name: String,
    /// `RegistrationResponseJSON`.
    #[cfg_attr(feature = "schema", schema(value_type = Object))]
    pub credential: Json,
}

/// Recovery codes. They are shown once, when they are made.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RecoveryCodes {
    /// Ten codes, or none when there are some already.
    pub codes: Vec<String>,
}
