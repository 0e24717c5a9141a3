//! What is counted: tries, letters, requests. A counter is known by its key: what it counts, and of whom.

use crate::input::emails;
use causeway_api::words;
use sha2::{Digest, Sha256};
use std::fmt::{self, Display};

words! {
    /// What is counted. Its word is what its keys begin with: counters of two kinds never share one.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Counter {
        /// Devices that are activated from an address.
        Activation = "activations",
        /// Links to set a password that admins send to a user.
        AdminLink = "admin-link",
        /// Wrong codes of an authenticator app.
        Authenticator = "authenticator",
        /// Guesses at the codes of an account or an address.
        CodeGuess = "code",
        /// Guesses at codes that come from a network.
        CodeNetwork = "code-network",
        /// Links for devices that a person asks for.
        DeviceLink = "device-links",
        /// Invitations of a client to a channel.
        Invitation = "invitation",
        /// Letters that tell an address what someone signed in has done.
        Notice = "notice",
        /// Wrong codes of an invitation, of an address.
        OnboardingInvalid = "onboarding-invalid",
        /// Codes that an address asked for in a day.
        OnboardingNewCodes = "onboarding-invalid-day",
        /// Codes that an address asked for in a short time.
        OnboardingResend = "onboarding-resend",
        /// Codes that an address asked for again in a day.
        OnboardingResendDay = "onboarding-resend-day",
        /// Addresses that were typed from a place and belong to no invitation.
        OnboardingWrong = "onboarding-wrong",
        /// Notices that a client's code took another way.
        OtpRoute = "otp-route",
        /// Passwords that are tried at a sign-in.
        Password = "password",
        /// Old passwords that are tried for a new one.
        PasswordChange = "password-change",
        /// Probes of whether the database takes writes.
        Readiness = "readiness",
        /// Registrations of a company that were begun.
        Registration = "registrations",
        /// The same, from an address.
        RegistrationAddress = "registrations-address",
        /// The same, from a network.
        RegistrationNetwork = "registrations-network",
        /// Proofs of work that were handed in.
        RegistrationWork = "registration-work",
        /// Links for a forgotten password that were sent to an account.
        Reset = "reset",
        /// Forgotten passwords that were asked for from an address.
        ResetAddress = "reset-address",
        /// Codes and links that are sent to an address.
        Send = "send",
        /// Sign-ins from an address.
        SignInAddress = "login-address",
        /// Refused sign-ins to companies that do not exist.
        SignInRefused = "sign-in-refused",
        /// SMS of a company.
        SmsBudget = "sms-budget",
        /// Notices about a person whom letters do not reach.
        Undelivered = "undelivered",
    }
}

/// The key of a counter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CounterKey(String);

impl Counter {
    /// The counter of all.
    pub fn of_all(self) -> CounterKey {
        CounterKey(self.as_str().to_owned())
    }

    /// The counter of someone or something.
    pub fn of(self, whose: impl Display) -> CounterKey {
        CounterKey(format!("{}:{whose}", self.as_str()))
    }

    /// The counter of an address, which the key does not tell.
    pub fn of_address(self, address: &str) -> CounterKey {
        self.of(digest(&[emails::key(address).as_bytes()]))
    }

    /// The counter of what is known by some words, which the key does not tell.
    pub fn of_secret(self, parts: &[&[u8]]) -> CounterKey {
        self.of(digest(parts))
    }

    /// The counter of an address within a company, which the key does not tell.
    pub fn of_address_in(self, company: impl Display, address: &str) -> CounterKey {
        self.of(format_args!("{company}:{}", digest(&[emails::key(address).as_bytes()])))
    }
}

impl CounterKey {
    /// The same of a window of its own, where several are counted side by side.
    #[must_use]
    pub fn within(&self, window: &str) -> Self {
        Self(format!("{}:{window}", self.0))
    }

    /// The key as it is stored.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Display for CounterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The first half of the SHA-256 digest of some parts with a zero byte between them, in hex.
fn digest(parts: &[&[u8]]) -> String {
    let mut digest = Sha256::new();
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            digest.update([0]);
        }
        digest.update(part);
    }
    digest.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
