//! Rules of the feature page without signals: what an editor holds, what is searched for.

use causeway_api::{
    features::{Feature, FeatureType, FeatureValue},
    validate::Fault,
};
use std::collections::BTreeMap;

/// What an editor holds; every control keeps what was typed, also while another choice is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Custom value instead of the default.
    pub is_custom: bool,
    /// The switch.
    pub is_on: bool,
    /// The text, word or number as typed.
    pub text: String,
    /// The fields of a map as typed.
    pub fields: BTreeMap<String, String>,
}

/// What is wrong in an editor: the field of a map (empty for other types), and why.
pub type DraftFault = (String, Fault);

impl Draft {
    /// The editor of a feature as it stands.
    pub fn of(feature: &Feature) -> Self {
        let mut draft = Self {
            is_custom: feature.custom.is_some(),
            is_on: false,
            text: String::new(),
            fields: BTreeMap::new(),
        };
        match feature.value() {
            FeatureValue::Boolean(on) => draft.is_on = *on,
            FeatureValue::Number(number) => draft.text = number.to_string(),
            FeatureValue::Text(text) => draft.text.clone_from(text),
            FeatureValue::Map(fields) => {
                let known =
                    fields.iter().filter_map(|(name, number)| Some((name.clone(), (*number)?.to_string())));
                draft.fields = known.collect();
            }
        }
        draft
    }

    /// The custom value that would be saved, nothing for the default; or what is wrong.
    pub fn value(&self, feature_type: &FeatureType) -> Result<Option<FeatureValue>, DraftFault> {
        if !self.is_custom {
            return Ok(None);
        }
        let whole = |text: &str, field: &str| {
            text.trim().parse::<i64>().map_err(|_| (field.to_owned(), Fault::WholeNumber))
        };
        let value = match feature_type {
            FeatureType::Boolean => FeatureValue::Boolean(self.is_on),
            FeatureType::Number { .. } => FeatureValue::Number(whole(&self.text, "")?),
            FeatureType::String { .. } | FeatureType::Enumeration { .. } => {
                FeatureValue::Text(self.text.clone())
            }
            FeatureType::Map { fields } => {
                let mut map = BTreeMap::new();
                for field in fields {
                    let typed = self.fields.get(&field.name).map_or("", |text| text.trim());
                    let number = if typed.is_empty() { None } else { Some(whole(typed, &field.name)?) };
                    map.insert(field.name.clone(), number);
                }
                FeatureValue::Map(map)
            }
        };
        feature_type.check(&value)?;
        Ok(Some(value))
    }

    /// Whether saving would change anything.
    pub fn is_changed(&self, feature: &Feature) -> bool {
        let same = |value: &Option<FeatureValue>| match (value, &feature.custom) {
            (Some(FeatureValue::Map(new)), Some(FeatureValue::Map(old))) => {
                new.iter().all(|(name, number)| old.get(name).copied().flatten() == *number)
            }
            (new, old) => new == old,
        };
        self.value(&feature.feature_type).map_or(true, |value| !same(&value))
    }
}

/// Whether a feature is found by what was typed: in its name, its help text or its key.
pub fn is_found(wanted: &str, texts: [&str; 3]) -> bool {
    let wanted = wanted.trim().to_lowercase();
    wanted.is_empty() || texts.iter().any(|text| text.to_lowercase().contains(&wanted))
}

#[cfg(test)]
mod tests {
    use super::*;
    use causeway_api::features::{FeatureTab, MapField};

    fn feature(feature_type: FeatureType, default: FeatureValue, custom: Option<FeatureValue>) -> Feature {
        Feature {
            key: "k".into(),
            section: "s".into(),
            tab: FeatureTab::General,
            feature_type,
            default,
            custom,
            version: 0,
            changed_by: None,
            changed_at: None,
        }
    }

    #[test]
    fn an_untouched_editor_changes_nothing() {
        let field = MapField { name: "hours".into(), least: 1, most: 168, unit: "hours".into() };
        let map = |number| FeatureValue::Map(BTreeMap::from([("hours".to_owned(), number)]));
        for feature in [
            feature(FeatureType::Boolean, FeatureValue::Boolean(false), None),
            feature(FeatureType::Boolean, FeatureValue::Boolean(false), Some(FeatureValue::Boolean(true))),
            feature(FeatureType::Map { fields: vec![field.clone()] }, map(None), Some(map(Some(3)))),
        ] {
            assert!(!Draft::of(&feature).is_changed(&feature));
        }
    }

    #[test]
    fn a_custom_value_equal_to_the_default_is_a_change() {
        let feature = feature(FeatureType::Boolean, FeatureValue::Boolean(false), None);
        let draft = Draft { is_custom: true, ..Draft::of(&feature) };
        assert_eq!(draft.value(&feature.feature_type), Ok(Some(FeatureValue::Boolean(false))));
        assert!(draft.is_changed(&feature));
    }

    #[test]
    fn a_number_out_of_bounds_is_named_with_its_field() {
        let field = MapField { name: "hours".into(), least: 1, most: 168, unit: "hours".into() };
        let map = FeatureType::Map { fields: vec![field] };
        let feature = feature(map, FeatureValue::Map(BTreeMap::new()), None);
        let typed = |text: &str| Draft {
            is_custom: true,
            fields: BTreeMap::from([("hours".to_owned(), text.to_owned())]),
            ..Draft::of(&feature)
        };
        assert_eq!(typed("900").value(&feature.feature_type), Err(("hours".into(), Fault::Range)));
        assert_eq!(typed("two").value(&feature.feature_type), Err(("hours".into(), Fault::WholeNumber)));
        assert!(typed("").value(&feature.feature_type).is_ok());
    }

    #[test]
    fn features_are_found_by_name_help_and_key() {
        let texts = ["Client onboarding via SMS", "Sends the code", "wechat.client.onboarding.sms"];
        for wanted in ["", "ONBOARDING", "wechat.client", "the code"] {
            assert!(is_found(wanted, texts), "{wanted}");
        }
        assert!(!is_found("whatsapp", texts));
    }
}
