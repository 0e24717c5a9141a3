//! The controls of a feature: each type is edited its own way, and what is wrong is said where it is.

use super::{choose, described, is_invalid, labelled, place, text, texts, type_into};
use causeway::{pages::admin::features::control::Control, state::features::Draft};
use causeway_api::features::{Feature, FeatureTab, FeatureType, FeatureValue, MapField};
use leptos::{mount::mount_to, prelude::*, task::tick};
use std::collections::BTreeMap;
use wasm_bindgen_test::*;
use web_sys::{HtmlElement, HtmlInputElement, HtmlSelectElement};

/// The control of a feature that stands at its default, and what its editor holds.
async fn control(
    key: &str,
    feature_type: FeatureType,
    default: FeatureValue,
) -> (HtmlElement, RwSignal<Draft>, Feature) {
    let feature = Feature {
        key: key.to_owned(),
        section: "section".to_owned(),
        tab: FeatureTab::General,
        feature_type,
        default,
        custom: None,
        version: 0,
        changed_by: None,
        changed_at: None,
    };
    let (place, draft) = (place(), RwSignal::new(Draft::of(&feature)));
    let shown = feature.clone();
    mount_to(place.clone(), move || view! { <Control feature=shown draft=draft/> }).forget();
    tick().await;
    (place, draft, feature)
}

/// What would be saved.
fn saved(draft: RwSignal<Draft>, feature: &Feature) -> Option<FeatureValue> {
    draft.with_untracked(|draft| draft.value(&feature.feature_type)).unwrap()
}

#[wasm_bindgen_test]
async fn a_switch_is_named_says_its_state_and_chooses_the_custom_value() {
    let key = "profile.client.email.unique";
    let (place, draft, feature) = control(key, FeatureType::Boolean, FeatureValue::Boolean(true)).await;
    let switch: HtmlInputElement = labelled(&place, "Unique email");
    assert_eq!(switch.get_attribute("role").as_deref(), Some("switch"));
    assert_eq!((switch.checked(), text(&place).trim()), (true, "ON"));
    assert_eq!(saved(draft, &feature), None, "the default");
    choose(&switch, "checked", false);
    tick().await;
    assert_eq!(text(&place).trim(), "OFF");
    assert_eq!(saved(draft, &feature), Some(FeatureValue::Boolean(false)));
}

/// The control of the longest text.
async fn number() -> (HtmlElement, HtmlInputElement, RwSignal<Draft>, Feature) {
    let bounds = FeatureType::Number { least: 100, most: 8_000, unit: "characters".to_owned() };
    let (place, draft, feature) = control("message.text_limit", bounds, FeatureValue::Number(4_000)).await;
    (place.clone(), labelled(&place, "Message text limit"), draft, feature)
}

#[wasm_bindgen_test]
async fn a_number_out_of_bounds_is_told_with_its_bounds_until_it_fits() {
    let (place, field, draft, feature) = number().await;
    assert_eq!(field.value(), "4000");
    assert!(!is_invalid(&field) && described(&place, &field).is_empty());
    for (typed, fault) in [
        ("99", "Enter 100 to 8000 characters."),
        ("8001", "Enter 100 to 8000 characters."),
        ("many", "Enter a whole number."),
        ("", "Enter a whole number."),
        ("12.5", "Enter a whole number."),
    ] {
        type_into(&field, typed);
        tick().await;
        assert!(is_invalid(&field), "{typed}");
        assert_eq!(described(&place, &field), fault, "{typed}");
    }
    type_into(&field, " 8000 ");
    tick().await;
    assert!(!is_invalid(&field) && described(&place, &field).is_empty());
    assert_eq!(saved(draft, &feature), Some(FeatureValue::Number(8_000)));
}

#[wasm_bindgen_test]
async fn what_the_default_says_is_not_judged() {
    let (place, field, draft, _) = number().await;
    type_into(&field, "1");
    draft.update(|draft| draft.is_custom = false);
    tick().await;
    assert!(!is_invalid(&field) && described(&place, &field).is_empty());
}

#[wasm_bindgen_test]
async fn one_of_several_words_is_chosen_by_its_name() {
    let options = ["zh-Hant", "en", "Asia/Hong_Kong", "org admin"].map(str::to_owned).to_vec();
    let kind = FeatureType::Enumeration { options };
    let (place, draft, feature) =
        control("profile.default_language", kind, FeatureValue::Text("en".to_owned())).await;
    let select: HtmlSelectElement = labelled(&place, "Default language");
    assert_eq!(texts(&place, "option"), ["繁體中文", "English", "Asia/Hong Kong", "Org admin"]);
    assert_eq!(select.value(), "en", "what holds now");
    choose(&select, "value", "zh-Hant");
    assert_eq!(saved(draft, &feature), Some(FeatureValue::Text("zh-Hant".to_owned())));
}

#[wasm_bindgen_test]
async fn a_text_that_is_too_long_is_told_with_its_field() {
    let kind = FeatureType::String { most: 5 };
    let (place, draft, feature) =
        control("login.terms_of_use", kind, FeatureValue::Text(String::new())).await;
    let field: HtmlElement = labelled(&place, "Terms of use at sign-in");
    type_into(&field, "漢字漢字漢字");
    tick().await;
    assert!(is_invalid(&field));
    assert_eq!(described(&place, &field), "This is too long. Shorten it.");
    type_into(&field, "漢字漢字漢");
    tick().await;
    assert!(!is_invalid(&field) && described(&place, &field).is_empty());
    assert_eq!(saved(draft, &feature), Some(FeatureValue::Text("漢字漢字漢".to_owned())));
}

/// The control of several numbers.
async fn numbers() -> (HtmlElement, RwSignal<Draft>, Feature) {
    let field = |name: &str, most, unit: &str| MapField {
        name: name.to_owned(),
        least: 1,
        most,
        unit: unit.to_owned(),
    };
    let kind = FeatureType::Map { fields: vec![field("count", 9, "codes"), field("hours", 168, "hours")] };
    let default = BTreeMap::from([("count".to_owned(), Some(3)), ("hours".to_owned(), None)]);
    control("onboarding.resend_limit", kind, FeatureValue::Map(default)).await
}

#[wasm_bindgen_test]
async fn each_number_has_its_label_and_an_empty_one_is_no_limit() {
    let (place, draft, feature) = numbers().await;
    let (count, hours): (HtmlInputElement, HtmlInputElement) =
        (labelled(&place, "Resent codes"), labelled(&place, "Frozen for"));
    assert_eq!((count.value().as_str(), hours.value().as_str()), ("3", ""));
    assert_eq!(hours.placeholder(), "No limit");
    type_into(&count, "");
    type_into(&hours, "24");
    let value = BTreeMap::from([("count".to_owned(), None), ("hours".to_owned(), Some(24))]);
    assert_eq!(saved(draft, &feature), Some(FeatureValue::Map(value)));
}

#[wasm_bindgen_test]
async fn a_wrong_number_is_told_at_its_own_field_only() {
    let (place, _, _) = numbers().await;
    let (count, hours): (HtmlInputElement, HtmlInputElement) =
        (labelled(&place, "Resent codes"), labelled(&place, "Frozen for"));
    type_into(&hours, "169");
    tick().await;
    assert_eq!(described(&place, &hours), "Enter 1 to 168 hours.");
    assert!(is_invalid(&hours) && !is_invalid(&count));
    assert_eq!(described(&place, &count), "");
}

#[wasm_bindgen_test]
async fn the_switches_of_a_map_are_on_until_they_are_switched_off() {
    let field =
        |name: &str| MapField { name: name.to_owned(), least: 0, most: 1, unit: MapField::SWITCH.to_owned() };
    let kind = FeatureType::Map { fields: vec![field("en"), field("ja")] };
    let default = BTreeMap::from([("ja".to_owned(), Some(0))]);
    let (place, draft, feature) = control("profile.client.languages", kind, FeatureValue::Map(default)).await;
    let (english, japanese): (HtmlInputElement, HtmlInputElement) =
        (labelled(&place, "English"), labelled(&place, "日本語"));
    assert_eq!((english.checked(), japanese.checked()), (true, false));
    choose(&english, "checked", false);
    choose(&japanese, "checked", true);
    let value = BTreeMap::from([("en".to_owned(), Some(0)), ("ja".to_owned(), Some(1))]);
    assert_eq!(saved(draft, &feature), Some(FeatureValue::Map(value)));
}
