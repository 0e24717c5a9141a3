//! Signing in, the session, and the one-time link that sets a first password.

use crate::{Millis, json::Json, people::Person, second_factors::Way};
use serde::{Deserialize, Serialize};

/// Screens 1 and 2 of signing in.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LogIn {
    /// The company's name to type, as the person typed it.
    pub company: String,
    /// The user name.
    pub username: String,
    /// The password, unchanged.
    pub password: String,
}

impl std::fmt::Debug for LogIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LogIn").finish_non_exhaustive()
    }
}

/// The password was right: a code is on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CodeSent {
    /// The mobile number it goes to, masked; empty when there is none.
    pub phone: String,
    /// The e-mail address it goes to, masked; empty when there is none.
    pub email: String,
    /// Seconds until the code expires.
    pub expires_in: u32,
    /// Seconds until another code may be asked for; nothing when no further code will be sent.
    pub resend_in: Option<u32>,
    /// Terms of use that are accepted together with the code; empty when there are none.
    #[serde(default)]
    pub terms: String,
    /// The ways that open this sign-in, the best first. While a stronger one is set up, no code is sent.
    pub ways: Vec<Way>,
    /// What a browser needs to use a passkey: `PublicKeyCredentialRequestOptionsJSON`.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(value_type = Option<Object>))]
    pub passkey: Option<Json>,
}

/// Screen 3 of signing in.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ConfirmCode {
    /// What the code is of.
    #[serde(default)]
    pub way: Way,
    /// Six digits, or a recovery code; empty for a passkey.
    #[serde(default)]
    pub code: String,
    /// What the browser answers for a passkey: `AuthenticationResponseJSON`.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(value_type = Option<Object>))]
    pub passkey: Option<Json>,
    /// Whether the person accepts the terms of use that stand beside the code.
    #[serde(default)]
    pub accepts_terms: bool,
}

impl ConfirmCode {
    /// A code that was sent.
    pub fn of(code: String) -> Self {
        Self { way: Way::Sent, code, passkey: None, accepts_terms: false }
    }
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Session {
    /// The person who is signed in.
    pub me: Person,
    /// The company, as shown.
    pub company: String,
    /// When the session ends at the latest, whatever is done.
    pub ends_at: Millis,
    /// The language the person chose, if any.
    pub language: Option<String>,
    /// The longest message, in characters.
    pub text_limit: usize,
    /// The largest file, in bytes.
    #[serde(default)]
    pub file_limit: i64,
    /// A message can be edited and deleted by its sender for so long, in milliseconds.
    #[serde(default)]
    pub change_window: Millis,
    /// Whoever sends a document to a client is asked first whether it is meant for this client.
    #[serde(default)]
    pub confirms_documents: bool,
    /// Whether a password has to be chosen before anything else.
    #[serde(default)]
    pub must_choose_password: bool,
    /// Whether the password is still the code of the registration.
    #[serde(default)]
    pub has_initial_password: bool,
    /// Whether an authenticator app or a passkey has to be set up before anything else.
    #[serde(default)]
    pub must_set_up_second_factor: bool,
}

/// A one-time link, by its token from the fragment of the address.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OpenLink {
    /// What stands behind the # of the link.
    pub token: String,
}

/// What the holder of a welcome link is shown before choosing a password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Welcome {
    /// The company, as shown.
    pub company: String,
    /// The company's name to type.
    pub company_name: String,
    /// The user name.
    pub username: String,
}

/// The first password, set with a welcome link.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetPassword {
    /// The token of the link.
    pub token: String,
    /// The new password, unchanged.
    pub password: String,
}

/// Someone has forgotten the password.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ForgotPassword {
    /// The company's name to type.
    pub company: String,
    /// The user name.
    pub username: String,
}

/// Another password for the signed-in person.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// The password that holds; not asked for while it is the code of a registration.
    #[serde(default)]
    pub old: Option<String>,
    /// The new password, unchanged.
    pub new: String,
}

/// The language of the interface, of mails and of SMS for the signed-in person.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateProfile {
    /// One of `en`, `zh-Hant`, `zh-Hans`, `ja`.
    pub language: String,
}
