//! What can be wrong with a field.

use std::fmt;

words! {
    /// What is wrong with a field. Each has a text in every language of `texts/`, whose id is its word.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum Fault {
        /// A code has 8 letters and digits, like ABCD-EFGH. Check it on your computer and type it again.
        ActivationCode = "fault-activation-code",
        /// An authenticator app is already set up. Remove it first.
        AuthenticatorThere = "fault-authenticator-there",
        /// Enter `least` to `most` `unit`.
        Bounds = "fault-bounds",
        /// Someone else changed this in the meantime. Check the new value, then decide again.
        ChangedMeanwhile = "fault-changed-meanwhile",
        /// This channel is not set up. An org admin can set it up.
        ChannelNotConfigured = "fault-channel-not-configured",
        /// This client isn’t linked on that channel any more. Choose another one.
        ChannelNotLinked = "fault-channel-not-linked",
        /// Choose one of the values in the list.
        Choice = "fault-choice",
        /// Enter all six digits of the code.
        CodeLength = "fault-code-length",
        /// Confirm that this document is meant for this client.
        ConfirmDocument = "fault-confirm-document",
        /// Remove the characters that can’t be displayed.
        ControlCharacters = "fault-control-characters",
        /// This file can’t be read as CSV. Save it as CSV UTF-8 and try again.
        Csv = "fault-csv",
        /// The first line must name the columns, including name and email.
        CsvColumns = "fault-csv-columns",
        /// There are no rows below the headings. Add at least one.
        CsvEmpty = "fault-csv-empty",
        /// This file’s encoding isn’t supported. Save it as CSV UTF-8 and try again.
        CsvEncoding = "fault-csv-encoding",
        /// Some letters in this row were lost when the file was saved. Choose another encoding, or save the file as CSV UTF-8.
        CsvLetters = "fault-csv-letters",
        /// A file can have up to 10,000 rows. Split it into smaller files.
        CsvLong = "fault-csv-long",
        /// This message was already deleted.
        Deleted = "fault-deleted",
        /// Only addresses of certain companies can register here. Use your company address.
        Domain = "fault-domain",
        /// Enter domains like company.com, one per line.
        Domains = "fault-domains",
        /// Enter an email address like name@company.com.
        Email = "fault-email",
        /// Check what comes after the @: it should be a domain like company.com.
        EmailDomain = "fault-email-domain",
        /// Email can’t be sent to this address: the part before the @ can’t start or end with a dot, or have two in a row.
        EmailDots = "fault-email-dots",
        /// Another contact has this email address. Use the existing profile.
        EmailTaken = "fault-email-taken",
        /// This email address is already in use. Enter another one.
        EmailUsed = "fault-email-used",
        /// This is no emoji. Choose another one.
        Emoji = "fault-emoji",
        /// Your company doesn’t allow archives to be sent to clients. Send the files one by one.
        FileArchive = "fault-file-archive",
        /// What’s inside this file isn’t what its name says. Save it again from its program, or choose another file.
        FileContent = "fault-file-content",
        /// This file is empty. Choose another one.
        FileEmpty = "fault-file-empty",
        /// One of the files isn’t there any more. Remove it and attach it again.
        FileGone = "fault-file-gone",
        /// This file is larger than your company allows. Choose a smaller one.
        FileLarge = "fault-file-large",
        /// Part of this file was lost on the way. Attach it again.
        FileLost = "fault-file-lost",
        /// Documents with macros can’t be sent here. Save it without macros.
        FileMacros = "fault-file-macros",
        /// This file needs a name. Rename it and attach it again.
        FileName = "fault-file-name",
        /// Files of this type can’t be sent here. Save it as PDF, for instance.
        FileType = "fault-file-type",
        /// The virus scanner refuses this file. Ask an org admin.
        FileVirus = "fault-file-virus",
        /// This user has already set a password. Send a link for a new one from User Administration.
        HasPassword = "fault-has-password",
        /// This account is inactive. Reactivate it first.
        Inactive = "fault-inactive",
        /// This text has nothing visible in it. Type some text.
        Invisible = "fault-invisible",
        /// Another import is running. Wait until it has finished, or stop it.
        ImportRunning = "fault-import-running",
        /// This import has ended already.
        ImportEnded = "fault-import-ended",
        /// Choose one of the languages in the list.
        Language = "fault-language",
        /// A company needs an owner. Make someone else an owner first.
        LastOwner = "fault-last-owner",
        /// This address got as much mail as may be sent to it for now. Import this row again in an hour.
        MailLimit = "fault-mail-limit",
        /// Only people in this group can be mentioned. Add them first.
        Mention = "fault-mention",
        /// One of these contacts is already part of a merge. Undo that merge first.
        MergedAlready = "fault-merged-already",
        /// You’ve linked as many devices as your company allows. Unlink one first.
        NoDevicePlace = "fault-no-device-place",
        /// There is no link yet. Open registration first.
        NoLink = "fault-no-link",
        /// Your plan has no places left. Ask the operator for more, or deactivate a user.
        NoPlace = "fault-no-place",
        /// This works in groups only.
        NotAGroup = "fault-not-a-group",
        /// The message you reply to isn’t shown any more. Send your text without it.
        NotShown = "fault-not-shown",
        /// This row couldn’t be stored. Import it again.
        NotStored = "fault-not-stored",
        /// You can’t change your own role. Ask another admin to do it.
        OwnRole = "fault-own-role",
        /// Only an owner can do this. Ask an owner of your company.
        OwnerOnly = "fault-owner-only",
        /// Enter 6 digits.
        Passcode = "fault-passcode",
        /// The passcodes don’t match. Type it again.
        PasscodeDiffers = "fault-passcode-differs",
        /// This passcode is easy to guess. Choose six digits without a pattern.
        PasscodeEasy = "fault-passcode-easy",
        /// The passkey couldn’t be checked. Try again.
        Passkey = "fault-passkey",
        /// Passkeys don’t work at a numeric address. Open Causeway by its name, like chat.company.example.
        PasskeyAddress = "fault-passkey-address",
        /// This device already has a passkey for your account.
        PasskeyThere = "fault-passkey-there",
        /// You already have ten passkeys. Remove one first.
        PasskeysFull = "fault-passkeys-full",
        /// This password is easy to guess. Choose another; a short sentence works well.
        PasswordCommon = "fault-password-common",
        /// Use at least 12 characters.
        PasswordShort = "fault-password-short",
        /// After a wrong password there’s a short wait. Try again in a few seconds.
        PasswordWait = "fault-password-wait",
        /// That password isn’t right. Try again.
        PasswordWrong = "fault-password-wrong",
        /// Choose an active employee whose role can write to clients.
        PersonInCharge = "fault-person-in-charge",
        /// Enter the number with its country code, like +852 6123 4567.
        Phone = "fault-phone",
        /// Codes can’t be sent to this number: it is a premium-rate, toll-free, satellite or personal number. Enter an ordinary mobile number.
        PhoneSpecial = "fault-phone-special",
        /// Another contact has this number. Use the existing profile.
        PhoneTaken = "fault-phone-taken",
        /// As many messages are pinned here as can be. Take one of the pins away first.
        PinsFull = "fault-pins-full",
        /// You have pinned as many chats as can be. Unpin one first.
        PinnedFull = "fault-pinned-full",
        /// Your plan doesn’t include this. Ask the operator for another plan.
        Plan = "fault-plan",
        /// This browser’s push service isn’t supported. Use another browser, or ask your administrator.
        Push = "fault-push",
        /// This number is out of range. Enter another one.
        Range = "fault-range",
        /// A recovery code has 13 characters, like 7KQ2-M8XW-3TRBD.
        RecoveryCode = "fault-recovery-code",
        /// Fill this in.
        Required = "fault-required",
        /// Enter how many are allowed. Without it, these fields restrict nothing; choose Default for no restriction.
        RestrictsNothing = "fault-restricts-nothing",
        /// This role doesn’t exist. Use account manager, org admin, compliance officer or owner.
        Role = "fault-role",
        /// Choose another contact.
        SameContact = "fault-same-contact",
        /// Files go out at once. Send them now, or schedule the text alone.
        ScheduledFiles = "fault-scheduled-files",
        /// As many messages wait as can be. Send or delete one first.
        ScheduledFull = "fault-scheduled-full",
        /// Choose a time in the future, within a year.
        ScheduledTime = "fault-scheduled-time",
        /// A shortcut has letters, digits, - and _, without spaces.
        Shortcut = "fault-shortcut",
        /// No authenticator app or passkey is set up. Set one up first.
        SecondFactorNone = "fault-second-factor-none",
        /// Your company requires an authenticator app or a passkey. Set up another one before you remove this one.
        SecondFactorRequired = "fault-second-factor-required",
        /// This time has passed. Choose a later one.
        StatusEnded = "fault-status-ended",
        /// Your company has no space left for files. Ask an org admin.
        StorageCompany = "fault-storage-company",
        /// You have no space left for files. Ask an org admin.
        StoragePerson = "fault-storage-person",
        /// This is already taken. Choose another.
        Taken = "fault-taken",
        /// An inactive user has this username. Reactivate that user, or choose another username.
        TakenInactive = "fault-taken-inactive",
        /// Accept the terms of use to continue.
        Terms = "fault-terms",
        /// A message can be edited or deleted for 15 minutes after it was sent. Write another one instead.
        TooLate = "fault-too-late",
        /// This is too long. Shorten it.
        TooLong = "fault-too-long",
        /// There are too many entries. Remove some.
        TooMany = "fault-too-many",
        /// This message has many different reactions already. Choose one of them.
        TooManyReactions = "fault-too-many-reactions",
        /// Type the two digits shown on your phone.
        TwoDigits = "fault-two-digits",
        /// This value doesn’t fit here. Enter another one.
        Type = "fault-type",
        /// Braces hold one of the variables listed below the text. Choose one of them.
        Variable = "fault-variable",
        /// A voice note goes alone. Send the rest as a message of its own.
        VoiceAlone = "fault-voice-alone",
        /// Enter a whole number.
        WholeNumber = "fault-whole-number",
        /// You’re already included.
        Yourself = "fault-yourself",
        /// You can’t deactivate your own account. Ask another admin to do it.
        YourselfInactive = "fault-yourself-inactive",
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl AsRef<str> for Fault {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl From<Fault> for String {
    fn from(fault: Fault) -> Self {
        fault.as_str().to_owned()
    }
}
