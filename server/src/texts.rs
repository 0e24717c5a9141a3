//! The texts of mails and SMS, in Fluent, compiled in. The same languages as the interface has.

use causeway_api::{
    Millis,
    networks::{bare, is_this_computer},
};
use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use std::{collections::HashMap, sync::LazyLock};

/// The languages there are, the default first.
pub const LANGUAGES: [&str; 4] = ["en", "zh-Hant", "zh-Hans", "ja"];

const SOURCES: [(&str, &str); 4] = [
    ("en", include_str!("../../texts/en/outbox.ftl")),
    ("zh-Hant", include_str!("../../texts/zh-Hant/outbox.ftl")),
    ("zh-Hans", include_str!("../../texts/zh-Hans/outbox.ftl")),
    ("ja", include_str!("../../texts/ja/outbox.ftl")),
];

/// The English texts of the interface, of which the command line says some.
const ENGLISH_INTERFACE: &str = include_str!("../../texts/en/interface.ftl");

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<HashMap<&'static str, Bundle>> = LazyLock::new(|| {
    SOURCES.into_iter().map(|(language, source)| (language, bundle(language, source))).collect()
});

fn bundle(language: &str, source: &str) -> Bundle {
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(partial, errors)| {
        tracing::error!(language, ?errors, "a text file has faults");
        partial
    });
    let tag = language.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // Mails and SMS are plain text: no marks around what is inserted.
    bundle.set_use_isolating(false);
    if let Err(errors) = bundle.add_resource(resource) {
        tracing::error!(language, ?errors, "a text is there twice");
    }
    bundle
}

/// A text of the English interface; its id if there is none.
pub fn english_interface(id: &str, args: &[(&str, &str)]) -> String {
    static BUNDLE: LazyLock<Bundle> = LazyLock::new(|| bundle(LANGUAGES[0], ENGLISH_INTERFACE));
    format(&BUNDLE, id, &values(args)).unwrap_or_else(|| id.to_owned())
}

fn values<'a>(args: &[(&'a str, &'a str)]) -> FluentArgs<'a> {
    let mut values = FluentArgs::new();
    for (name, value) in args {
        values.set(*name, *value);
    }
    values
}

/// A text in a language, or in the default language where it is missing.
pub fn text(language: Option<&str>, id: &str, args: &[(&str, &str)]) -> String {
    let values = values(args);
    [language.unwrap_or(LANGUAGES[0]), LANGUAGES[0]]
        .into_iter()
        .find_map(|language| format(BUNDLES.get(language)?, id, &values))
        .unwrap_or_else(|| id.to_owned())
}

/// A network address as mails name it: who reads them is at another computer than the one that the server runs on.
pub fn address(language: Option<&str>, address: &str) -> String {
    if is_this_computer(address) { text(language, "server-itself", &[]) } else { bare(address).to_owned() }
}

/// The time zones there are, by their IANA names.
pub fn time_zones() -> Vec<&'static str> {
    static ZONES: LazyLock<Vec<String>> = LazyLock::new(|| {
        let mut names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
        names.sort_unstable();
        names
    });
    ZONES.iter().map(String::as_str).collect()
}

/// An instant as people of a language write it, in a time zone that is named beside it.
pub fn instant(language: &str, at: Millis, zone: &str) -> String {
    let shape = if language.starts_with("zh") || language == "ja" {
        "%Y年%-m月%-d日 %H:%M (%Z)"
    } else {
        "%-d %b %Y, %H:%M (%Z)"
    };
    let zone = jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let instant = jiff::Timestamp::from_millisecond(at).unwrap_or_default();
    instant.to_zoned(zone).strftime(shape).to_string()
}

fn format(bundle: &Bundle, id: &str, values: &FluentArgs) -> Option<String> {
    let pattern = bundle.get_message(id)?.value()?;
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(values), &mut errors).into_owned();
    if !errors.is_empty() {
        tracing::error!(languages = ?bundle.locales, id, ?errors, "a text could not be filled in");
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use causeway_api::{audit::AuditAction, validate::Fault};
    use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
    use std::collections::{BTreeMap, BTreeSet};

    type Shape = BTreeMap<String, BTreeSet<String>>;

    fn arguments(pattern: &Pattern<String>, into: &mut BTreeSet<String>) {
        for element in &pattern.elements {
            let PatternElement::Placeable { expression } = element else { continue };
            match expression {
                Expression::Inline(InlineExpression::VariableReference { id }) => {
                    into.insert(id.name.clone());
                }
                Expression::Select { selector, variants } => {
                    if let InlineExpression::VariableReference { id } = selector {
                        into.insert(id.name.clone());
                    }
                    variants.iter().for_each(|variant| arguments(&variant.value, into));
                }
                Expression::Inline(_) => {}
            }
        }
    }

    fn shape(source: &str) -> Shape {
        let resource = fluent_syntax::parser::parse(source.to_owned()).unwrap();
        let mut shape = Shape::new();
        for entry in resource.body {
            if let Entry::Message(message) = entry {
                let mut found = BTreeSet::new();
                arguments(message.value.as_ref().unwrap(), &mut found);
                assert!(shape.insert(message.id.name.clone(), found).is_none(), "{} twice", message.id.name);
            }
        }
        shape
    }

    #[test]
    fn mails_name_the_server_itself_and_networks_without_their_length() {
        assert_eq!(address(None, "::/64"), "the server itself");
        assert_eq!(address(Some("ja"), "127.0.0.1"), "サーバー本体");
        assert_eq!(address(Some("ja"), "2001:db8:1:2::/64"), "2001:db8:1:2::");
    }

    #[test]
    fn every_language_has_every_text_with_the_same_arguments() {
        for file in ["outbox", "interface", "guide"] {
            let read = |language: &str| {
                let path = format!("{}/../texts/{language}/{file}.ftl", env!("CARGO_MANIFEST_DIR"));
                shape(&std::fs::read_to_string(path).unwrap())
            };
            let english = read("en");
            assert!(english.len() >= 5, "{file}.ftl");
            for language in &LANGUAGES[1..] {
                let other = read(language);
                for (id, arguments) in &english {
                    assert_eq!(other.get(id), Some(arguments), "{file}.ftl: {id} in {language}");
                }
                assert_eq!(other.len(), english.len(), "{file}.ftl: {language} has texts that English lacks");
            }
        }
    }

    #[test]
    fn what_is_refused_or_recorded_has_a_text() {
        let path = format!("{}/../texts/en/interface.ftl", env!("CARGO_MANIFEST_DIR"));
        let texts = shape(&std::fs::read_to_string(path).unwrap());
        let actions = AuditAction::ALL.into_iter().map(AuditAction::text_id);
        for id in actions.chain(Fault::ALL.iter().map(|fault| (*fault).into())) {
            assert!(texts.contains_key(&id), "{id}");
        }
        let actions = texts.keys().filter(|id| id.starts_with("audit-act-")).count();
        assert_eq!(actions, AuditAction::ALL.len(), "no text is left without its action");
        let faults = texts.keys().filter(|id| id.starts_with("fault-")).count();
        assert_eq!(faults, Fault::ALL.len(), "no text is left without its fault");
    }

    #[test]
    fn an_instant_is_written_in_its_zone_and_language() {
        let at = 1_795_338_000_000; // 2026-11-22T09:00:00Z
        assert_eq!(instant("en", at, "Asia/Hong_Kong"), "22 Nov 2026, 17:00 (HKT)");
        assert_eq!(instant("ja", at, "Asia/Tokyo"), "2026年11月22日 18:00 (JST)");
        assert_eq!(instant("en", at, "No/Where"), "22 Nov 2026, 09:00 (UTC)");
        assert!(time_zones().contains(&"Europe/Zurich") && time_zones().contains(&"UTC"));
    }

    #[test]
    fn codes_fit_one_sms_in_every_language() {
        for language in LANGUAGES {
            for id in ["login-code-sms", "onboarding-code-sms"] {
                let args = [("code", "012345"), ("host", "chat.company.example"), ("minutes", "60")];
                let sms = text(Some(language), id, &args);
                assert!(sms.ends_with("\n@chat.company.example #012345"), "{sms}");
                let limit = if sms.is_ascii() { 160 } else { 70 };
                assert!(sms.chars().count() <= limit, "{language}: {} characters", sms.chars().count());
            }
        }
    }

    #[test]
    fn an_unknown_language_reads_the_default() {
        let args = [("code", "1"), ("host", "a.example"), ("minutes", "5")];
        assert_eq!(text(Some("tlh"), "login-code-sms", &args), text(None, "login-code-sms", &args));
    }
}
