//! How a client completes an invitation: identity, code, linked.

use crate::people::Person;
use serde::{Deserialize, Serialize};

/// What the page shows before anything is typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OnboardingStart {
    /// The company, as shown.
    pub company: String,
    /// Whether the client is asked for a mail address instead of a phone number.
    pub by_email: bool,
    /// The language while nothing is known of the client.
    pub language: String,
}

/// What the client is known by.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StartOnboarding {
    /// The country that a number without a country code belongs to.
    #[serde(default)]
    pub country: String,
    /// The phone number as typed, or the mail address.
    pub address: String,
    /// Whether the page asked for a mail address. It is refused when the company asks for the other by now; nothing is
    /// said by a page that does not tell.
    #[serde(default)]
    pub by_email: Option<bool>,
}

impl std::fmt::Debug for StartOnboarding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StartOnboarding").finish_non_exhaustive()
    }
}

/// If the address was invited, a code is on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OnboardingCode {
    /// The address as it was understood.
    pub address: String,
    /// The language that the address suggests.
    pub language: String,
    /// Seconds until the code expires.
    pub expires_in: u32,
    /// Seconds until another may be asked for.
    pub resend_in: Option<u32>,
}

/// What the link of an invitation leads to. Opening it sends nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OpenedInvitation {
    /// The company, as shown.
    pub company: String,
    /// The name of the employee who invited the client.
    pub host: String,
    /// The phone number or mail address that a code would go to, masked.
    pub address: String,
    /// The language that the address and the profile suggest.
    pub language: String,
    /// Whether the client is signed in to this channel in this browser already.
    pub is_linked: bool,
    /// The code that is in force in this browser, if one was sent.
    pub code: Option<OnboardingCode>,
}

/// The client is linked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Onboarded {
    /// The company, as shown.
    pub company: String,
    /// Who invited the client.
    pub host: Person,
}
