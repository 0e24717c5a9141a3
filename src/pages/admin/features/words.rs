//! Names and values of features in words.

use crate::{
    i18n::{self, Arg, t, tx},
    pages::role_name,
};
use causeway_api::{
    features::{Feature, FeatureType, FeatureValue, MapField},
    people::Role,
};

fn id(feature: &Feature) -> String {
    format!("feature-{}", feature.key.replace(['.', '_'], "-"))
}

/// The name of a feature.
pub(super) fn name(feature: &Feature) -> String {
    t(id(feature))
}

/// What a feature is for.
pub(super) fn help(feature: &Feature) -> String {
    t(format!("{}-help", id(feature)))
}

/// A number with its unit.
fn with_unit(number: i64, unit: &str) -> String {
    tx(format!("unit-{unit}"), &[("count", Arg::Number(number))])
}

/// A unit without a number, for the end of a field.
pub(super) fn unit(unit: &str) -> String {
    t(format!("unit-name-{unit}"))
}

/// One word of an enumeration.
pub(super) fn option(word: &str) -> String {
    // A time zone is called what it is called.
    if word == "UTC" || word.contains('/') {
        return word.replace('_', " ");
    }
    if let Some(role) = Role::parse(word) {
        return role_name(role);
    }
    let language = i18n::LANGUAGES.iter().find(|(tag, _)| *tag == word);
    language.map_or_else(|| t(format!("option-{word}")), |(_, name)| (*name).to_owned())
}

/// The label of a field of a map.
pub(super) fn field(feature: &Feature, field: &MapField) -> String {
    if field.unit == MapField::SWITCH {
        return option(&field.name);
    }
    let name = &field.name;
    t(format!(
        "field-{}-{}",
        feature.key.rsplit('.').next().unwrap_or_default().replace('_', "-"),
        name.replace('_', "-")
    ))
}

/// A value.
pub(super) fn value(feature: &Feature, value: &FeatureValue) -> String {
    match (&feature.feature_type, value) {
        (_, FeatureValue::Boolean(on)) => t(if *on { "on" } else { "off" }),
        (FeatureType::Number { unit, .. }, FeatureValue::Number(number)) => with_unit(*number, unit),
        (FeatureType::Enumeration { .. }, FeatureValue::Text(word)) => option(word),
        (_, FeatureValue::Text(text)) if text.trim().is_empty() => t("no-text"),
        (_, FeatureValue::Text(text)) => text.chars().take(60).collect(),
        (FeatureType::Map { fields }, FeatureValue::Map(values)) => {
            if fields.iter().all(|field| field.unit == MapField::SWITCH) {
                let is_on = |field: &&MapField| values.get(&field.name).copied().flatten() != Some(0);
                let on: Vec<_> = fields.iter().filter(is_on).map(|field| option(&field.name)).collect();
                return if on.is_empty() { t("off") } else { on.join(" · ") };
            }
            let set = fields.iter().filter_map(|field| {
                Some(with_unit(values.get(&field.name).copied().flatten()?, &field.unit))
            });
            let words = set.collect::<Vec<_>>().join(" · ");
            if words.is_empty() { t("no-restriction") } else { words }
        }
        (_, FeatureValue::Number(number)) => number.to_string(),
        (_, FeatureValue::Map(_)) => t("no-restriction"),
    }
}
