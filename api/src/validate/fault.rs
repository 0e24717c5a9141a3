//! What can be wrong with a field.

use std::fmt;

/// Names every fault once: the variant and the id of its text.
macro_rules! faults {
    ($($(#[$doc:meta])* $name:ident = $id:literal,)+) => {
        /// What is wrong with a field. Each has a text in every language of `texts/`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Fault {
            $($(#[$doc])* $name,)+
        }

        impl Fault {
            /// Every fault.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The id of its text, which is its word on the wire.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $id,)+
                }
            }
        }
    };
}

faults! {
    /// A code has 8 letters and digits, like ABCD-EFGH. Look at your computer and type it again.
    ActivationCode = "fault-activation-code",
    /// An authenticator app is set up already. Remove it first.
    AuthenticatorThere = "fault-authenticator-there",
    /// Enter `least` to `most` `unit`.
    Bounds = "fault-bounds",
    /// Somebody else changed this meanwhile. Look at the value that holds now, then decide again.
    ChangedMeanwhile = "fault-changed-meanwhile",
    /// This channel is not set up. An org admin can set it up.
    ChannelNotConfigured = "fault-channel-not-configured",
    /// Choose one of the values in the list.
    Choice = "fault-choice",
    /// A code has exactly six digits.
    CodeLength = "fault-code-length",
    /// Remove the characters that cannot be shown.
    ControlCharacters = "fault-control-characters",
    /// This file cannot be read as CSV. Save it as CSV (UTF-8) and try again.
    Csv = "fault-csv",
    /// The first line has to name the columns, with name and email among them.
    CsvColumns = "fault-csv-columns",
    /// There are no rows below the headings.
    CsvEmpty = "fault-csv-empty",
    /// This file’s letters cannot be read in any encoding we know. Save it as CSV UTF-8 and try again.
    CsvEncoding = "fault-csv-encoding",
    /// Some letters of this row were lost when the file was saved. Choose another encoding, or save the file as CSV UTF-8.
    CsvLetters = "fault-csv-letters",
    /// A file can have 10,000 rows. Split it.
    CsvLong = "fault-csv-long",
    /// This message was deleted already.
    Deleted = "fault-deleted",
    /// Only addresses of certain companies can register here. Use your company address.
    Domain = "fault-domain",
    /// Write domains like company.com, one per line.
    Domains = "fault-domains",
    /// Enter an email address like name@company.com.
    Email = "fault-email",
    /// Check what comes after the @: it should be a domain like company.com.
    EmailDomain = "fault-email-domain",
    /// Mail can’t be sent to this address: before the @ there is a dot at the start, at the end, or twice in a row.
    EmailDots = "fault-email-dots",
    /// Another contact has this email address. Use the existing profile.
    EmailTaken = "fault-email-taken",
    /// Somebody has this email address already.
    EmailUsed = "fault-email-used",
    /// This account is inactive. Reactivate it first.
    Inactive = "fault-inactive",
    /// There is nothing here that can be seen. Type some text.
    Invisible = "fault-invisible",
    /// Choose one of the languages in the list.
    Language = "fault-language",
    /// The last owner stays an owner. Make somebody else an owner first.
    LastOwner = "fault-last-owner",
    /// One of the two is part of a merge already. Undo that first.
    MergedAlready = "fault-merged-already",
    /// You have linked as many devices as your company allows. Unlink one first.
    NoDevicePlace = "fault-no-device-place",
    /// There is no link yet. Open registration first.
    NoLink = "fault-no-link",
    /// Every place of your plan is taken. Ask the operator for more, or inactivate somebody.
    NoPlace = "fault-no-place",
    /// Only groups have members that come and go.
    NotAGroup = "fault-not-a-group",
    /// Ask another admin to change your own role.
    OwnRole = "fault-own-role",
    /// Only an owner can do this.
    OwnerOnly = "fault-owner-only",
    /// A passcode has 6 digits.
    Passcode = "fault-passcode",
    /// The two are not the same. Type the passcode again.
    PasscodeDiffers = "fault-passcode-differs",
    /// The passkey could not be checked. Try again.
    Passkey = "fault-passkey",
    /// Passkeys need an address with a name, such as chat.company.example; here it is a number.
    PasskeyAddress = "fault-passkey-address",
    /// This device already has a passkey for your account.
    PasskeyThere = "fault-passkey-there",
    /// You have ten passkeys. Remove one first.
    PasskeysFull = "fault-passkeys-full",
    /// This password is easy to guess. Choose another; a short sentence works well.
    PasswordCommon = "fault-password-common",
    /// Use at least 12 characters.
    PasswordShort = "fault-password-short",
    /// Too quick after a wrong password. Wait a few seconds and try again.
    PasswordWait = "fault-password-wait",
    /// This is not your password.
    PasswordWrong = "fault-password-wrong",
    /// Choose an active employee who writes to clients.
    PersonInCharge = "fault-person-in-charge",
    /// Enter the number with its country code, like +852 6123 4567.
    Phone = "fault-phone",
    /// Codes can’t be sent to this number: it is a premium-rate, toll-free, satellite or personal number. Enter an ordinary mobile number.
    PhoneSpecial = "fault-phone-special",
    /// Another contact has this number. Use the existing profile.
    PhoneTaken = "fault-phone-taken",
    /// Your plan does not include this.
    Plan = "fault-plan",
    /// Causeway does not know the push service of this browser. Ask your administrator.
    Push = "fault-push",
    /// This number is out of range.
    Range = "fault-range",
    /// A recovery code has 13 characters, such as 7KQ2-M8XW-3TRBD.
    RecoveryCode = "fault-recovery-code",
    /// Fill this in.
    Required = "fault-required",
    /// There is no such role. Use account manager, org admin, compliance officer or owner.
    Role = "fault-role",
    /// Choose another contact.
    SameContact = "fault-same-contact",
    /// No authenticator app or passkey is set up.
    SecondFactorNone = "fault-second-factor-none",
    /// Your company asks for an authenticator app or a passkey. Set up another one before you remove this.
    SecondFactorRequired = "fault-second-factor-required",
    /// This is taken already. Choose another.
    Taken = "fault-taken",
    /// An inactive user has this user name. Reactivate that user, or choose another name.
    TakenInactive = "fault-taken-inactive",
    /// Accept the terms of use to go on.
    Terms = "fault-terms",
    /// A message can be changed for 15 minutes after it was sent. Write another one instead.
    TooLate = "fault-too-late",
    /// This is too long. Shorten it.
    TooLong = "fault-too-long",
    /// These are too many.
    TooMany = "fault-too-many",
    /// Type the two digits that your phone shows.
    TwoDigits = "fault-two-digits",
    /// This is not a value for this field.
    Type = "fault-type",
    /// Enter a whole number.
    WholeNumber = "fault-whole-number",
    /// You are in it anyway.
    Yourself = "fault-yourself",
    /// Ask another admin to inactivate your own account.
    YourselfInactive = "fault-yourself-inactive",
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
