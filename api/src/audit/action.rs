//! The words of the audit log: everything that is recorded there.

words! {
    /// What was done.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum AuditAction {
        /// Audit exported.
        AuditExported = "audit_exported",
        /// Authenticator added.
        AuthenticatorAdded = "authenticator_added",
        /// Authenticator removed.
        AuthenticatorRemoved = "authenticator_removed",
        /// Channel linked.
        ChannelLinked = "channel_linked",
        /// Channel unlinked.
        ChannelUnlinked = "channel_unlinked",
        /// Client invited.
        ClientInvited = "client_invited",
        /// Client link created.
        ClientLinkCreated = "client_link_created",
        /// Client link opened.
        ClientLinkOpened = "client_link_opened",
        /// Client links revoked.
        ClientLinksRevoked = "client_links_revoked",
        /// Client transferred.
        ClientTransferred = "client_transferred",
        /// Confirmed again.
        ConfirmedAgain = "confirmed_again",
        /// Contact archived.
        ContactArchived = "contact_archived",
        /// Contact created.
        ContactCreated = "contact_created",
        /// Contact edited.
        ContactEdited = "contact_edited",
        /// Contact merge undone.
        ContactMergeUndone = "contact_merge_undone",
        /// Contact merged.
        ContactMerged = "contact_merged",
        /// Contact restored.
        ContactRestored = "contact_restored",
        /// Contact shared.
        ContactShared = "contact_shared",
        /// Device link begun.
        DeviceLinkBegun = "device_link_begun",
        /// Device link confirmed.
        DeviceLinkConfirmed = "device_link_confirmed",
        /// Device link number wrong.
        DeviceLinkNumberWrong = "device_link_number_wrong",
        /// Device link opened.
        DeviceLinkOpened = "device_link_opened",
        /// Device link refused.
        DeviceLinkRefused = "device_link_refused",
        /// Device linked.
        DeviceLinked = "device_linked",
        /// Device renamed.
        DeviceRenamed = "device_renamed",
        /// Device signed out.
        DeviceSignedOut = "device_signed_out",
        /// Feature changed.
        FeatureChanged = "feature_changed",
        /// File refused.
        FileRefused = "file_refused",
        /// Group created.
        GroupCreated = "group_created",
        /// Group member added.
        GroupMemberAdded = "group_member_added",
        /// Group member left.
        GroupMemberLeft = "group_member_left",
        /// Group member removed.
        GroupMemberRemoved = "group_member_removed",
        /// Group renamed.
        GroupRenamed = "group_renamed",
        /// List item added.
        ListItemAdded = "list_item_added",
        /// Onboarding locked.
        OnboardingLocked = "onboarding_locked",
        /// Passkey added.
        PasskeyAdded = "passkey_added",
        /// Passkey removed.
        PasskeyRemoved = "passkey_removed",
        /// Password change refused.
        PasswordChangeRefused = "password_change_refused",
        /// Password changed.
        PasswordChanged = "password_changed",
        /// Password link requested.
        PasswordLinkRequested = "password_link_requested",
        /// Password link sent.
        PasswordLinkSent = "password_link_sent",
        /// Password reset.
        PasswordReset = "password_reset",
        /// Password set.
        PasswordSet = "password_set",
        /// Plan set.
        PlanSet = "plan_set",
        /// Push switched off.
        PushSwitchedOff = "push_switched_off",
        /// Push switched on.
        PushSwitchedOn = "push_switched_on",
        /// Recovery codes renewed.
        RecoveryCodesRenewed = "recovery_codes_renewed",
        /// Registered.
        Registered = "registered",
        /// Registration changed.
        RegistrationChanged = "registration_changed",
        /// Registration closed.
        RegistrationClosed = "registration_closed",
        /// Registration link renewed.
        RegistrationLinkRenewed = "registration_link_renewed",
        /// Registration opened.
        RegistrationOpened = "registration_opened",
        /// Role set.
        RoleSet = "role_set",
        /// Saved reply of the team removed.
        TeamReplyRemoved = "team_reply_removed",
        /// Saved reply of the team kept or changed.
        TeamReplySaved = "team_reply_saved",
        /// Second factors reset.
        SecondFactorsReset = "second_factors_reset",
        /// Sign in code wrong.
        SignInCodeWrong = "sign_in_code_wrong",
        /// Sign in locked.
        SignInLocked = "sign_in_locked",
        /// Sign in refused.
        SignInRefused = "sign_in_refused",
        /// Signed in.
        SignedIn = "signed_in",
        /// Signed out.
        SignedOut = "signed_out",
        /// Terms accepted.
        TermsAccepted = "terms_accepted",
        /// User created.
        UserCreated = "user_created",
        /// User edited.
        UserEdited = "user_edited",
        /// User deactivated.
        UserDeactivated = "user_inactivated",
        /// User reactivated.
        UserReactivated = "user_reactivated",
        /// An import of users began.
        UserImportStarted = "user_import_started",
        /// An import of users ended: every row was looked at, or it was stopped.
        UserImportEnded = "user_import_ended",
    }
}

impl AuditAction {
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
