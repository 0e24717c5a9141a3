//! Every feature there is: key, place on the page, type, default. Names and help texts are in `texts/`, under
//! `feature-` and the key with dashes. Whoever adds a line here governs something with it, and tests that.

use causeway_api::features::{
    FeatureTab::{self, General, GovernedChannels, ProfileManagement},
    FeatureType, FeatureValue, MapField,
};
use std::collections::BTreeMap;

macro_rules! features {
    ($($(#[$doc:meta])* $name:ident = $key:literal, $tab:ident, $section:literal, $type:expr, $default:expr;)*) => {
        /// A feature that an org admin can configure.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum FeatureKey { $($(#[$doc])* $name,)* }

        impl FeatureKey {
            /// Every feature, in the order of the page.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The technical dotted key.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }

            /// The tab it stands on.
            pub fn tab(self) -> FeatureTab {
                match self { $(Self::$name => $tab,)* }
            }

            /// The section on its tab.
            pub fn section(self) -> &'static str {
                match self { $(Self::$name => $section,)* }
            }

            /// What values it takes.
            pub fn feature_type(self) -> FeatureType {
                match self { $(Self::$name => $type,)* }
            }

            /// The value while no one has chosen one.
            pub fn default_value(self) -> FeatureValue {
                match self { $(Self::$name => $default,)* }
            }
        }
    };
}

features! {
    /// A portal session ends after so many minutes without an action of the person.
    SessionIdle = "session.idle_timeout", General, "sign-in", number(5, 240, "minutes"), FeatureValue::Number(30);
    /// A portal session ends after so many hours whatever happens.
    SessionLifetime = "session.absolute_timeout", General, "sign-in", number(1, 24, "hours"), FeatureValue::Number(12);
    /// So many devices a person can link.
    LinkedDevices = "device.link_limit", General, "sign-in", number(0, 20, "devices"), FeatureValue::Number(5);
    /// The roles that sign in with an authenticator app or a passkey.
    SecondFactorRequired = "login.second_factor_required", General, "sign-in", switches(&SIGN_IN_ROLES), all_off(&SIGN_IN_ROLES);
    /// Terms of use that everyone accepts when signing in; none while empty.
    TermsOfUse = "login.terms_of_use", General, "sign-in", FeatureType::String { most: 4_000 }, words("");
    /// New users get the onboarding mail at once.
    OnboardingMail = "user.onboarding_mail", General, "users", FeatureType::Boolean, FeatureValue::Boolean(true);
    /// Where users ask for help: a mail address, a number, or words.
    SupportContact = "user.support_contact", General, "users", FeatureType::String { most: 200 }, words("");
    /// The code of a public registration is the first password; else the registrant chooses one in the same flow.
    InitialPassword = "registration.initial_password", General, "registration", FeatureType::Boolean, FeatureValue::Boolean(true);
    /// The longest message, in characters.
    MessageLimit = "message.text_limit", General, "messages", number(100, 4_000, "characters"), FeatureValue::Number(4_000);
    /// A sender can edit and delete a message for so many minutes; 0 for never.
    MessageChangeWindow = "message.change_window", General, "messages", number(0, 1_440, "minutes"), FeatureValue::Number(15);
    /// Messages older than so many days leave the screens; the archive keeps them.
    MessageRetention = "message.retention", General, "messages", limits(&[("days", 1, 3_650, "days")]), no_limits();
    /// Whoever sends a document to a client confirms that it is meant for this client.
    DocumentPrompt = "message.document_prompt", General, "messages", FeatureType::Boolean, FeatureValue::Boolean(false);
    /// The largest file.
    FileLimit = "file.size_limit", General, "files", number(1, 100, "megabytes"), FeatureValue::Number(25);
    /// The groups of files that can be sent.
    FileGroups = "file.groups", General, "files", switches(&FILE_GROUPS), no_limits();
    /// Documents with macros can be sent.
    FileMacros = "file.macros", General, "files", FeatureType::Boolean, FeatureValue::Boolean(false);
    /// Archives can be sent where a client is.
    FileArchivesToClients = "file.archives_to_clients", General, "files", FeatureType::Boolean, FeatureValue::Boolean(false);
    /// How long an invitation of a client can be completed.
    InvitationLifetime = "client.invitation.lifetime", GovernedChannels, "onboarding", number(1, 720, "hours"), FeatureValue::Number(72);
    /// Clients complete the WeChat MiniApp onboarding with their phone number instead of their mail address.
    WechatOnboardingSms = "wechat.client.onboarding.sms", GovernedChannels, "wechat", FeatureType::Boolean, FeatureValue::Boolean(false);
    /// Where the code goes in the flow that starts with a phone number.
    WechatOtpDelivery = "wechat.onboarding.otp.delivery_method", GovernedChannels, "wechat", one_of(&["both", "email", "sms"]), words("both");
    /// After so many minutes an onboarding code stops working.
    WechatOtpLifetime = "wechat.onboarding.otp.lifetime", GovernedChannels, "wechat", number(1, 60, "minutes"), FeatureValue::Number(10);
    /// Addresses that were not invited, asked for from one place: how many within which time lock it for how long.
    WechatWrongPhoneLimit = "wechat.onboarding.otp.wrong_phone_limit", GovernedChannels, "wechat",
        limits(&[("count", 1, 100, "numbers"), ("seconds", 10, 86_400, "seconds"), ("hours", 1, 168, "hours")]), no_limits();
    /// Wrong or expired codes: how many within which time end the code, new codes a day, how long the lock holds.
    WechatInvalidOtpLimit = "wechat.onboarding.otp.invalid_limit", GovernedChannels, "wechat",
        limits(&[("count", 1, 5, "codes"), ("seconds", 10, 86_400, "seconds"), ("per_day", 1, 100, "per-day"), ("hours", 1, 168, "hours")]), no_limits();
    /// Codes asked for again: how many within which time freeze sending for how long, and the ceiling a day.
    WechatResendLimit = "wechat.onboarding.otp.resend_limit", GovernedChannels, "wechat",
        limits(&[("count", 1, 20, "codes"), ("seconds", 10, 86_400, "seconds"), ("hours", 1, 168, "hours"), ("per_day", 1, 100, "per-day")]), no_limits();
    /// A client's profile needs first and last name.
    NamesMandatory = "profile.client.names.mandatory", ProfileManagement, "client-profile", FeatureType::Boolean, FeatureValue::Boolean(true);
    /// A client's profile needs a mail address.
    EmailMandatory = "profile.client.email.mandatory", ProfileManagement, "client-profile", FeatureType::Boolean, FeatureValue::Boolean(false);
    /// A client's profile needs an external company.
    ExternalCompanyMandatory = "profile.client.external_company.mandatory", ProfileManagement, "client-profile", FeatureType::Boolean, FeatureValue::Boolean(false);
    /// A client's profile needs a tag.
    TagsMandatory = "profile.client.tags.mandatory", ProfileManagement, "client-profile", FeatureType::Boolean, FeatureValue::Boolean(false);
    /// No two clients have one phone number.
    PhoneUnique = "profile.client.phone.unique", ProfileManagement, "client-profile", FeatureType::Boolean, FeatureValue::Boolean(true);
    /// No two clients have one mail address.
    EmailUnique = "profile.client.email.unique", ProfileManagement, "client-profile", FeatureType::Boolean, FeatureValue::Boolean(true);
    /// The language of clients whose number and profile tell of none.
    DefaultLanguage = "profile.default_language", ProfileManagement, "languages", one_of(&crate::texts::LANGUAGES), words("en");
    /// The languages that clients are written to in; codes in another come in the default language.
    ClientLanguages = "profile.client_languages", ProfileManagement, "languages", switches(&crate::texts::LANGUAGES), no_limits();
    /// The time zone in which mails say when something ends.
    DefaultTimeZone = "profile.default_time_zone", ProfileManagement, "languages", one_of(&crate::texts::time_zones()), words("UTC");
}

fn number(least: i64, most: i64, unit: &str) -> FeatureType {
    FeatureType::Number { least, most, unit: unit.to_owned() }
}

fn one_of(words: &[&str]) -> FeatureType {
    FeatureType::Enumeration { options: words.iter().map(|word| (*word).to_owned()).collect() }
}

fn words(text: &str) -> FeatureValue {
    FeatureValue::Text(text.to_owned())
}

fn limits(fields: &[(&str, i64, i64, &str)]) -> FeatureType {
    let field = |(name, least, most, unit): &(&str, i64, i64, &str)| MapField {
        name: (*name).to_owned(),
        least: *least,
        most: *most,
        unit: (*unit).to_owned(),
    };
    FeatureType::Map { fields: fields.iter().map(field).collect() }
}

/// Fields that are on or off; one that no one has touched is on.
fn switches(names: &[&str]) -> FeatureType {
    let field = |name: &&str| MapField {
        name: (*name).to_owned(),
        least: 0,
        most: 1,
        unit: MapField::SWITCH.to_owned(),
    };
    FeatureType::Map { fields: names.iter().map(field).collect() }
}

/// The words of the groups of files.
const FILE_GROUPS: [&str; 8] =
    ["picture", "office", "text", "mail", "audio", "video", "signature", "archive"];

/// The keys of the roles that sign in.
const SIGN_IN_ROLES: [&str; 5] =
    ["account_manager", "org_admin", "compliance_officer", "owner", "external_user"];

fn all_off(names: &[&str]) -> FeatureValue {
    FeatureValue::Map(names.iter().map(|name| ((*name).to_owned(), Some(0))).collect())
}

fn no_limits() -> FeatureValue {
    FeatureValue::Map(BTreeMap::new())
}

impl FeatureKey {
    /// Which fields of a limit need which others: a field that is set (`ANY`: whatever is set) with the fields of which one
    /// has to be set as well. Without it the field looks as if it restricted something, and restricts nothing.
    pub(super) fn needs(self) -> &'static [(&'static str, &'static [&'static str])] {
        match self {
            Self::WechatWrongPhoneLimit => {
                &[(Self::ANY, &["count"]), ("seconds", &["count"]), ("hours", &["count"])]
            }
            // Wrong codes end a code; only new codes are locked for hours.
            Self::WechatInvalidOtpLimit => {
                &[(Self::ANY, &["count", "per_day"]), ("seconds", &["count"]), ("hours", &["per_day"])]
            }
            Self::WechatResendLimit => &[
                (Self::ANY, &["count", "per_day"]),
                ("seconds", &["count"]),
                ("hours", &["count", "per_day"]),
            ],
            _ => &[],
        }
    }

    /// In [`Self::needs`]: a custom value, whatever it holds.
    pub(super) const ANY: &'static str = "";

    /// The feature of that key.
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|feature| feature.as_str() == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_fits_its_type() {
        for key in FeatureKey::ALL {
            assert!(key.feature_type().check(&key.default_value()).is_ok(), "{}", key.as_str());
            assert_eq!(FeatureKey::parse(key.as_str()), Some(*key));
        }
    }

    #[test]
    fn every_feature_has_a_name_and_a_help_text() {
        let path = format!("{}/../texts/en/interface.ftl", env!("CARGO_MANIFEST_DIR"));
        let texts = std::fs::read_to_string(path).unwrap();
        for key in FeatureKey::ALL {
            let id = format!("\nfeature-{}", key.as_str().replace(['.', '_'], "-"));
            assert!(texts.contains(&format!("{id} =")), "{id}");
            assert!(texts.contains(&format!("{id}-help =")), "{id}-help");
        }
    }
}
