//! Features with the types of their values: what governs a number cannot be asked for as a text.

use super::{FeatureKey, Features};
use causeway_api::features::FeatureValue;
use std::{collections::BTreeMap, marker::PhantomData};

/// The type of a feature's value.
pub trait Value: Sized {
    /// The value, if it is of this type.
    fn of(value: &FeatureValue) -> Option<Self>;
}

impl Value for bool {
    fn of(value: &FeatureValue) -> Option<Self> {
        if let FeatureValue::Boolean(is_on) = value { Some(*is_on) } else { None }
    }
}

impl Value for i64 {
    fn of(value: &FeatureValue) -> Option<Self> {
        if let FeatureValue::Number(number) = value { Some(*number) } else { None }
    }
}

impl Value for String {
    fn of(value: &FeatureValue) -> Option<Self> {
        if let FeatureValue::Text(text) = value { Some(text.clone()) } else { None }
    }
}

/// Several numbers with names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbers(BTreeMap<String, Option<i64>>);

impl Numbers {
    /// One of them; nothing means no restriction.
    pub fn named(&self, name: &str) -> Option<i64> {
        self.0.get(name).copied().flatten()
    }
}

impl Value for Numbers {
    fn of(value: &FeatureValue) -> Option<Self> {
        if let FeatureValue::Map(numbers) = value { Some(Self(numbers.clone())) } else { None }
    }
}

/// A feature whose value is a `T`.
pub struct Key<T> {
    feature: FeatureKey,
    value: PhantomData<fn() -> T>,
}

impl<T> Clone for Key<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Key<T> {}

impl<T: Value> Key<T> {
    const fn of(feature: FeatureKey) -> Self {
        Self { feature, value: PhantomData }
    }

    /// The value that holds. What is stored was checked by its type; were it not of this one, the default holds.
    pub(super) fn read(self, features: &Features) -> T {
        let value = T::of(&features.value(self.feature)).or_else(|| T::of(&self.feature.default_value()));
        value.unwrap_or_else(|| unreachable!("the default of {} is of its type", self.feature.as_str()))
    }
}

macro_rules! keys {
    ($($name:ident: $type:ty = $feature:ident,)+) => {
        $(
            #[doc = concat!("[`FeatureKey::", stringify!($feature), "`].")]
            pub const $name: Key<$type> = Key::of(FeatureKey::$feature);
        )+

        /// Whether the default of each feature is of its type.
        #[cfg(test)]
        fn fits() -> Vec<(FeatureKey, bool)> {
            vec![$((FeatureKey::$feature, <$type>::of(&FeatureKey::$feature.default_value()).is_some()),)+]
        }
    };
}

keys! {
    SESSION_IDLE: i64 = SessionIdle,
    SESSION_LIFETIME: i64 = SessionLifetime,
    LINKED_DEVICES: i64 = LinkedDevices,
    SECOND_FACTOR_REQUIRED: Numbers = SecondFactorRequired,
    TERMS_OF_USE: String = TermsOfUse,
    ONBOARDING_MAIL: bool = OnboardingMail,
    SUPPORT_CONTACT: String = SupportContact,
    INITIAL_PASSWORD: bool = InitialPassword,
    MESSAGE_CHANGE_WINDOW: i64 = MessageChangeWindow,
    MESSAGE_LIMIT: i64 = MessageLimit,
    MESSAGE_RETENTION: Numbers = MessageRetention,
    DOCUMENT_PROMPT: bool = DocumentPrompt,
    FILE_LIMIT: i64 = FileLimit,
    FILE_GROUPS: Numbers = FileGroups,
    FILE_MACROS: bool = FileMacros,
    FILE_ARCHIVES_TO_CLIENTS: bool = FileArchivesToClients,
    INVITATION_LIFETIME: i64 = InvitationLifetime,
    WECHAT_ONBOARDING_SMS: bool = WechatOnboardingSms,
    WECHAT_OTP_DELIVERY: String = WechatOtpDelivery,
    WECHAT_OTP_LIFETIME: i64 = WechatOtpLifetime,
    WECHAT_WRONG_PHONE_LIMIT: Numbers = WechatWrongPhoneLimit,
    WECHAT_INVALID_OTP_LIMIT: Numbers = WechatInvalidOtpLimit,
    WECHAT_RESEND_LIMIT: Numbers = WechatResendLimit,
    NAMES_MANDATORY: bool = NamesMandatory,
    EMAIL_MANDATORY: bool = EmailMandatory,
    EXTERNAL_COMPANY_MANDATORY: bool = ExternalCompanyMandatory,
    TAGS_MANDATORY: bool = TagsMandatory,
    PHONE_UNIQUE: bool = PhoneUnique,
    EMAIL_UNIQUE: bool = EmailUnique,
    DEFAULT_LANGUAGE: String = DefaultLanguage,
    CLIENT_LANGUAGES: Numbers = ClientLanguages,
    DEFAULT_TIME_ZONE: String = DefaultTimeZone,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_a_type_and_its_default_is_of_it() {
        let typed = fits();
        for feature in FeatureKey::ALL {
            let fit = typed.iter().find(|(known, _)| known == feature);
            assert_eq!(fit.map(|(_, fits)| *fits), Some(true), "{}", feature.as_str());
        }
    }
}
