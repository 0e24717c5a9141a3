//! The texts that are sent outward.

use causeway_api::{deliveries::Medium, words};

words! {
    /// A text that is sent outward. Its word is the id of the text in `texts/*/outbox.ftl`; the subject of a mail has the
    /// same id with `-subject` behind it.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Template {
        /// An email address or phone number was changed.
        AddressChanged = "address-changed-mail",
        /// An authenticator app was set up.
        AuthenticatorAdded = "authenticator-added-mail",
        /// An authenticator app was removed.
        AuthenticatorRemoved = "authenticator-removed-mail",
        /// A device was linked.
        DeviceLinked = "device-linked-mail",
        /// A device was linked the day before.
        DeviceReminder = "device-reminder-mail",
        /// A device was signed out.
        DeviceUnlinked = "device-unlinked-mail",
        /// A sign-in after many failed attempts.
        FailuresBefore = "failures-before-mail",
        /// An invitation to the Causeway app.
        Invitation = "invitation-mail",
        /// The same by SMS.
        InvitationSms = "invitation-sms",
        /// An invitation to the mini program.
        MiniAppInvitation = "miniapp-invitation-mail",
        /// The same by SMS.
        MiniAppInvitationSms = "miniapp-invitation-sms",
        /// A sign-in from a new browser.
        NewBrowser = "new-browser-mail",
        /// The code of a client who completes an invitation.
        OnboardingCode = "onboarding-code-mail",
        /// The same by SMS.
        OnboardingCodeSms = "onboarding-code-sms",
        /// A passkey was added.
        PasskeyAdded = "passkey-added-mail",
        /// A passkey was removed.
        PasskeyRemoved = "passkey-removed-mail",
        /// A password was changed.
        PasswordChanged = "password-changed-mail",
        /// The link that sets a new password.
        PasswordReset = "password-reset-mail",
        /// A recovery code was used.
        RecoveryCodeUsed = "recovery-code-used-mail",
        /// Recovery codes were renewed.
        RecoveryCodesRenewed = "recovery-codes-renewed-mail",
        /// The code of a registrant.
        RegistrationCode = "registration-code-mail",
        /// The answer to a registration with an address that has an account.
        RegistrationKnown = "registration-known-mail",
        /// An admin removed all second factors.
        SecondFactorsReset = "second-factors-reset-mail",
        /// The code of a sign-in.
        SignInCode = "login-code-mail",
        /// The same by SMS.
        SignInCodeSms = "login-code-sms",
        /// The link that sets the first password of a new user.
        Welcome = "onboarding-mail",
    }
}

/// By which limit a text is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Budget {
    /// Anyone can cause it, signed in or not.
    Anyone,
    /// Someone signed in has caused it: codes that strangers ask for cannot use up its limit.
    Notice,
}

impl Template {
    /// How it is sent.
    pub fn medium(self) -> Medium {
        match self {
            Self::InvitationSms
            | Self::MiniAppInvitationSms
            | Self::OnboardingCodeSms
            | Self::SignInCodeSms => Medium::Sms,
            _ => Medium::Email,
        }
    }

    /// The limit it is counted by.
    pub(super) fn budget(self) -> Budget {
        match self {
            Self::OnboardingCode
            | Self::PasswordReset
            | Self::RegistrationCode
            | Self::RegistrationKnown
            | Self::SignInCode => Budget::Anyone,
            _ if self.medium() == Medium::Sms => Budget::Anyone,
            _ => Budget::Notice,
        }
    }
}
