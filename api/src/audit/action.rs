//! The words of the audit log: everything that is recorded there.

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AuditAction {
    /// Audit exported.
    AuditExported,
    /// Authenticator added.
    AuthenticatorAdded,
    /// Authenticator removed.
    AuthenticatorRemoved,
    /// Channel linked.
    ChannelLinked,
    /// Channel unlinked.
    ChannelUnlinked,
    /// Client invited.
    ClientInvited,
    /// Client link created.
    ClientLinkCreated,
    /// Client link opened.
    ClientLinkOpened,
    /// Client links revoked.
    ClientLinksRevoked,
    /// Client transferred.
    ClientTransferred,
    /// Confirmed again.
    ConfirmedAgain,
    /// Contact archived.
    ContactArchived,
    /// Contact created.
    ContactCreated,
    /// Contact edited.
    ContactEdited,
    /// Contact merge undone.
    ContactMergeUndone,
    /// Contact merged.
    ContactMerged,
    /// Contact restored.
    ContactRestored,
    /// Contact shared.
    ContactShared,
    /// Device link begun.
    DeviceLinkBegun,
    /// Device link confirmed.
    DeviceLinkConfirmed,
    /// Device link number wrong.
    DeviceLinkNumberWrong,
    /// Device link opened.
    DeviceLinkOpened,
    /// Device link refused.
    DeviceLinkRefused,
    /// Device linked.
    DeviceLinked,
    /// Device renamed.
    DeviceRenamed,
    /// Device signed out.
    DeviceSignedOut,
    /// Feature changed.
    FeatureChanged,
    /// List item added.
    ListItemAdded,
    /// Onboarding locked.
    OnboardingLocked,
    /// Passkey added.
    PasskeyAdded,
    /// Passkey removed.
    PasskeyRemoved,
    /// Password change refused.
    PasswordChangeRefused,
    /// Password changed.
    PasswordChanged,
    /// Password link requested.
    PasswordLinkRequested,
    /// Password link sent.
    PasswordLinkSent,
    /// Password reset.
    PasswordReset,
    /// Password set.
    PasswordSet,
    /// Plan set.
    PlanSet,
    /// Push switched off.
    PushSwitchedOff,
    /// Push switched on.
    PushSwitchedOn,
    /// Recovery codes renewed.
    RecoveryCodesRenewed,
    /// Registered.
    Registered,
    /// Registration changed.
    RegistrationChanged,
    /// Registration closed.
    RegistrationClosed,
    /// Registration link renewed.
    RegistrationLinkRenewed,
    /// Registration opened.
    RegistrationOpened,
    /// Role set.
    RoleSet,
    /// Second factors reset.
    SecondFactorsReset,
    /// Sign in code wrong.
    SignInCodeWrong,
    /// Sign in locked.
    SignInLocked,
    /// Sign in refused.
    SignInRefused,
    /// Signed in.
    SignedIn,
    /// Signed out.
    SignedOut,
    /// Terms accepted.
    TermsAccepted,
    /// User created.
    UserCreated,
    /// User edited.
    UserEdited,
    /// User inactivated.
    UserInactivated,
    /// User reactivated.
    UserReactivated,
}

impl AuditAction {
    /// Every action.
    pub const ALL: [Self; 58] = [
        Self::AuditExported,
        Self::AuthenticatorAdded,
        Self::AuthenticatorRemoved,
        Self::ChannelLinked,
        Self::ChannelUnlinked,
        Self::ClientInvited,
        Self::ClientLinkCreated,
        Self::ClientLinkOpened,
        Self::ClientLinksRevoked,
        Self::ClientTransferred,
        Self::ConfirmedAgain,
        Self::ContactArchived,
        Self::ContactCreated,
        Self::ContactEdited,
        Self::ContactMergeUndone,
        Self::ContactMerged,
        Self::ContactRestored,
        Self::ContactShared,
        Self::DeviceLinkBegun,
        Self::DeviceLinkConfirmed,
        Self::DeviceLinkNumberWrong,
        Self::DeviceLinkOpened,
        Self::DeviceLinkRefused,
        Self::DeviceLinked,
        Self::DeviceRenamed,
        Self::DeviceSignedOut,
        Self::FeatureChanged,
        Self::ListItemAdded,
        Self::OnboardingLocked,
        Self::PasskeyAdded,
        Self::PasskeyRemoved,
        Self::PasswordChangeRefused,
        Self::PasswordChanged,
        Self::PasswordLinkRequested,
        Self::PasswordLinkSent,
        Self::PasswordReset,
        Self::PasswordSet,
        Self::PlanSet,
        Self::PushSwitchedOff,
        Self::PushSwitchedOn,
        Self::RecoveryCodesRenewed,
        Self::Registered,
        Self::RegistrationChanged,
        Self::RegistrationClosed,
        Self::RegistrationLinkRenewed,
        Self::RegistrationOpened,
        Self::RoleSet,
        Self::SecondFactorsReset,
        Self::SignInCodeWrong,
        Self::SignInLocked,
        Self::SignInRefused,
        Self::SignedIn,
        Self::SignedOut,
        Self::TermsAccepted,
        Self::UserCreated,
        Self::UserEdited,
        Self::UserInactivated,
        Self::UserReactivated,
    ];

    /// The word in the database and on the wire. A word that was written once stays what it is.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AuditExported => "audit_exported",
            Self::AuthenticatorAdded => "authenticator_added",
            Self::AuthenticatorRemoved => "authenticator_removed",
            Self::ChannelLinked => "channel_linked",
            Self::ChannelUnlinked => "channel_unlinked",
            Self::ClientInvited => "client_invited",
            Self::ClientLinkCreated => "client_link_created",
            Self::ClientLinkOpened => "client_link_opened",
            Self::ClientLinksRevoked => "client_links_revoked",
            Self::ClientTransferred => "client_transferred",
            Self::ConfirmedAgain => "confirmed_again",
            Self::ContactArchived => "contact_archived",
            Self::ContactCreated => "contact_created",
            Self::ContactEdited => "contact_edited",
            Self::ContactMergeUndone => "contact_merge_undone",
            Self::ContactMerged => "contact_merged",
            Self::ContactRestored => "contact_restored",
            Self::ContactShared => "contact_shared",
            Self::DeviceLinkBegun => "device_link_begun",
            Self::DeviceLinkConfirmed => "device_link_confirmed",
            Self::DeviceLinkNumberWrong => "device_link_number_wrong",
            Self::DeviceLinkOpened => "device_link_opened",
            Self::DeviceLinkRefused => "device_link_refused",
            Self::DeviceLinked => "device_linked",
            Self::DeviceRenamed => "device_renamed",
            Self::DeviceSignedOut => "device_signed_out",
            Self::FeatureChanged => "feature_changed",
            Self::ListItemAdded => "list_item_added",
            Self::OnboardingLocked => "onboarding_locked",
            Self::PasskeyAdded => "passkey_added",
            Self::PasskeyRemoved => "passkey_removed",
            Self::PasswordChangeRefused => "password_change_refused",
            Self::PasswordChanged => "password_changed",
            Self::PasswordLinkRequested => "password_link_requested",
            Self::PasswordLinkSent => "password_link_sent",
            Self::PasswordReset => "password_reset",
            Self::PasswordSet => "password_set",
            Self::PlanSet => "plan_set",
            Self::PushSwitchedOff => "push_switched_off",
            Self::PushSwitchedOn => "push_switched_on",
            Self::RecoveryCodesRenewed => "recovery_codes_renewed",
            Self::Registered => "registered",
            Self::RegistrationChanged => "registration_changed",
            Self::RegistrationClosed => "registration_closed",
            Self::RegistrationLinkRenewed => "registration_link_renewed",
            Self::RegistrationOpened => "registration_opened",
            Self::RoleSet => "role_set",
            Self::SecondFactorsReset => "second_factors_reset",
            Self::SignInCodeWrong => "sign_in_code_wrong",
            Self::SignInLocked => "sign_in_locked",
            Self::SignInRefused => "sign_in_refused",
            Self::SignedIn => "signed_in",
            Self::SignedOut => "signed_out",
            Self::TermsAccepted => "terms_accepted",
            Self::UserCreated => "user_created",
            Self::UserEdited => "user_edited",
            Self::UserInactivated => "user_inactivated",
            Self::UserReactivated => "user_reactivated",
        }
    }

    /// The action of a word; `None` for one that another version has written.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.as_str() == word)
    }

    /// The id of its text.
    pub fn text_id(self) -> String {
        format!("audit-act-{}", self.as_str().replace('_', "-"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_has_a_word_of_its_own() {
        for action in AuditAction::ALL {
            assert_eq!(AuditAction::parse(action.as_str()), Some(action));
        }
        assert_eq!(AuditAction::parse("signed_sideways"), None);
    }
}
