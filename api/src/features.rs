//! Feature configurations: what an org admin can change, with its type, its value and its history.

use crate::{Millis, validate::Fault};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

words! {
    /// The tab a feature stands on.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
    #[serde(rename_all = "snake_case")]
    pub enum FeatureTab {
        /// Sign-in, messages, users.
        General = "general",
        /// Channels that go through Causeway and are recorded.
        GovernedChannels = "governed-channels",
        /// Channels that people use outside of Causeway.
        NativeChannels = "native-channels",
        /// What a client's profile holds.
        ProfileManagement = "profile-management",
    }
}

/// One field of a map: a whole number within bounds, or nothing, which means no restriction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MapField {
    /// Its name in the value; also the end of its text's id.
    pub name: String,
    /// The smallest number that is taken.
    pub least: i64,
    /// The largest number that is taken.
    pub most: i64,
    /// The unit: the end of a text's id.
    pub unit: String,
}

impl MapField {
    /// The unit of a field that is on (1, and when nothing is set) or off (0).
    pub const SWITCH: &'static str = "switch";
}

/// What values a feature takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FeatureType {
    /// On or off.
    Boolean,
    /// A text.
    String {
        /// Its greatest length in characters.
        most: usize,
    },
    /// A whole number.
    Number {
        /// The smallest number that is taken.
        least: i64,
        /// The largest number that is taken.
        most: i64,
        /// The unit: the end of a text's id.
        unit: String,
    },
    /// One of several words.
    Enumeration {
        /// The words, each also the end of a text's id.
        options: Vec<String>,
    },
    /// Several numbers with names.
    Map {
        /// The fields, in the order of the page.
        fields: Vec<MapField>,
    },
}

/// A value of a feature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum FeatureValue {
    /// On or off.
    Boolean(bool),
    /// A whole number.
    Number(i64),
    /// A text, or one of the words of an enumeration.
    Text(String),
    /// Several numbers with names; a missing one means no restriction.
    Map(BTreeMap<String, Option<i64>>),
}

impl FeatureType {
    /// Whether a value fits; else the field of a map (empty for other types) and what is wrong with it.
    pub fn check(&self, value: &FeatureValue) -> Result<(), (String, Fault)> {
        let fault = |fault| Err((String::new(), fault));
        match (self, value) {
            (Self::Boolean, FeatureValue::Boolean(_)) => Ok(()),
            (Self::Number { least, most, .. }, FeatureValue::Number(number)) => {
                if (least..=most).contains(&number) { Ok(()) } else { fault(Fault::Range) }
            }
            (Self::String { most }, FeatureValue::Text(text)) => match text.chars().count() {
                length if length > *most => fault(Fault::TooLong),
                _ if text.contains('\0') => fault(Fault::ControlCharacters),
                _ => Ok(()),
            },
            (Self::Enumeration { options }, FeatureValue::Text(word)) => {
                if options.contains(word) {
                    Ok(())
                } else {
                    fault(Fault::Choice)
                }
            }
            (Self::Map { fields }, FeatureValue::Map(values)) => check_map(fields, values),
            _ => fault(Fault::Type),
        }
    }
}

fn check_map(fields: &[MapField], values: &BTreeMap<String, Option<i64>>) -> Result<(), (String, Fault)> {
    if let Some(unknown) = values.keys().find(|name| !fields.iter().any(|field| field.name == **name)) {
        return Err((unknown.clone(), Fault::Type));
    }
    for field in fields {
        if let Some(Some(number)) = values.get(&field.name)
            && !(field.least..=field.most).contains(number)
        {
            return Err((field.name.clone(), Fault::Range));
        }
    }
    Ok(())
}

/// A feature and its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Feature {
    /// The technical dotted key.
    pub key: String,
    /// The section on its tab: the end of a text's id.
    pub section: String,
    /// The tab of the page that shows it.
    pub tab: FeatureTab,
    /// What values it takes.
    #[serde(rename = "kind")]
    pub feature_type: FeatureType,
    /// The value when no one has chosen one.
    pub default: FeatureValue,
    /// The value that an admin chose; nothing while the default holds.
    pub custom: Option<FeatureValue>,
    /// Counts the changes; a change names the version it saw.
    pub version: i64,
    /// Who changed it last.
    pub changed_by: Option<String>,
    /// When it was changed last.
    pub changed_at: Option<Millis>,
}

impl Feature {
    /// The value that holds.
    pub fn value(&self) -> &FeatureValue {
        self.custom.as_ref().unwrap_or(&self.default)
    }
}

/// A change of a feature.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeFeature {
    /// The new value; nothing for the default.
    pub custom: Option<FeatureValue>,
    /// The version that the admin saw: another one in the database is a conflict.
    pub version: i64,
}

/// One change in the history of a feature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FeatureChange {
    /// When it was changed.
    pub at: Millis,
    /// The name of whoever changed it; empty for someone who is not known.
    pub by: String,
    /// The custom value before; nothing for the default.
    pub before: Option<FeatureValue>,
    /// The custom value after; nothing for the default.
    pub after: Option<FeatureValue>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_checked_against_their_type() {
        let number = FeatureType::Number { least: 1, most: 9, unit: "minutes".into() };
        assert!(number.check(&FeatureValue::Number(9)).is_ok());
        assert_eq!(number.check(&FeatureValue::Number(10)), Err((String::new(), Fault::Range)));
        assert_eq!(number.check(&FeatureValue::Boolean(true)), Err((String::new(), Fault::Type)));
        let choice = FeatureType::Enumeration { options: vec!["both".into()] };
        assert_eq!(choice.check(&FeatureValue::Text("none".into())), Err((String::new(), Fault::Choice)));
        let text = FeatureType::String { most: 3 };
        assert_eq!(text.check(&FeatureValue::Text("漢字漢字".into())), Err((String::new(), Fault::TooLong)));
    }

    #[test]
    fn a_map_names_the_field_that_is_wrong() {
        let field = MapField { name: "hours".into(), least: 1, most: 168, unit: "hours".into() };
        let map = FeatureType::Map { fields: vec![field] };
        let value = |name: &str, number| FeatureValue::Map(BTreeMap::from([(name.to_owned(), number)]));
        assert!(map.check(&value("hours", None)).is_ok());
        assert_eq!(map.check(&value("hours", Some(900))), Err(("hours".into(), Fault::Range)));
        assert_eq!(map.check(&value("days", Some(1))), Err(("days".into(), Fault::Type)));
    }

    #[test]
    fn values_keep_their_type_on_the_wire() {
        for (value, json) in [
            (FeatureValue::Boolean(true), "true"),
            (FeatureValue::Number(5), "5"),
            (FeatureValue::Text("both".into()), "\"both\""),
            (FeatureValue::Map(BTreeMap::from([("hours".into(), None)])), "{\"hours\":null}"),
        ] {
            assert_eq!(serde_json::to_string(&value).unwrap(), json);
            assert_eq!(serde_json::from_str::<FeatureValue>(json).unwrap(), value);
        }
    }
}
