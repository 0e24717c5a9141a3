//! A one-time code as it is stored.

use crate::store::{Result, StoreError, entity::one_time_code as code, words};
use causeway_api::{CompanyId, Millis, PersonId, chats::Channel};

causeway_api::words! {
    /// What a code is for.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum CodePurpose {
        /// The second step of signing in.
        SignIn = "sign_in",
        /// Confirming again in a session.
        StepUp = "step_up",
        /// Signing in on a phone that is being linked.
        Activation = "activation",
        /// A client who completes an invitation.
        Onboarding = "onboarding",
        /// Someone who registers through the public form.
        Registration = "registration",
    }
}

/// A code that a browser holds the token of, by the hash of the token.
#[derive(Clone, Copy, Debug)]
pub struct CodeKey<'a> {
    /// What it is for.
    pub purpose: CodePurpose,
    /// SHA-256 of the token in the browser's cookie, or a hash derived from it.
    pub hash: &'a [u8],
}

/// The addresses of a person that a code went to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SentTo {
    /// Mobile number in E.164; empty when the person has none.
    pub phone: String,
    /// Mail address; empty when the person has none.
    pub email: String,
}

/// A one-time code.
#[derive(Clone, Debug)]
pub struct OneTimeCode {
    /// SHA-256 of the token in the browser's cookie, or a hash derived from it.
    pub hash: Vec<u8>,
    /// The company.
    pub company: CompanyId,
    /// What it is for.
    pub purpose: CodePurpose,
    /// Whose; `None` for an address that is no one's.
    pub person: Option<PersonId>,
    /// The channel that it links.
    pub channel: Option<Channel>,
    /// The number or address that was typed; empty where none is.
    pub address: String,
    /// Where the person's codes went.
    pub sent_to: SentTo,
    /// HMAC of the code; empty when none was sent.
    pub code_mac: Vec<u8>,
    /// Guesses evaluated so far.
    pub attempts: i32,
    /// Codes sent so far.
    pub sends: i32,
    /// When the next may be sent.
    pub next_send_at: Millis,
    /// When it expires.
    pub expires_at: Millis,
    /// What a passkey is checked against.
    pub passkey_state: Option<String>,
    /// Wrong passwords before the right one.
    pub earlier_failures: i64,
    /// The version of the password that was right.
    pub password_version: i64,
    /// Whether it is still to be decided, behind the answer, if a code goes out.
    pub is_pending: bool,
}

impl TryFrom<code::Model> for OneTimeCode {
    type Error = StoreError;

    fn try_from(row: code::Model) -> Result<Self> {
        Ok(Self {
            hash: row.hash,
            company: row.company_id.into(),
            purpose: words::parse("one_time_code.purpose", &row.purpose)?,
            person: row.person_id.map(PersonId),
            channel: row
                .channel
                .as_deref()
                .map(|word| words::parse("one_time_code.channel", word))
                .transpose()?,
            address: row.address,
            sent_to: SentTo { phone: row.sent_phone, email: row.sent_email },
            code_mac: row.code_mac,
            attempts: row.attempts,
            sends: row.sends,
            next_send_at: row.next_send_at,
            expires_at: row.expires_at,
            passkey_state: row.passkey_state,
            earlier_failures: row.earlier_failures,
            password_version: row.password_version,
            is_pending: row.is_pending == 1,
        })
    }
}

/// The code that takes the place of an earlier one.
#[derive(Clone, Debug)]
pub struct NextCode {
    /// HMAC of the code.
    pub code_mac: Vec<u8>,
    /// Where it goes.
    pub sent_to: SentTo,
    /// When one more may be sent.
    pub next_send_at: Millis,
    /// When it expires.
    pub expires_at: Millis,
    /// Whether it is still to be decided, behind the answer, if a code goes out.
    pub is_pending: bool,
}
