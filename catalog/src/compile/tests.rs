//! A compiled catalog says what Fluent says.

use super::{compile, compile_some};
use crate::{Arg, Catalog};
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};

const LANGUAGES: [(&str, &str); 4] = [
    ("en", include_str!("../../../texts/en/interface.ftl")),
    ("zh-Hant", include_str!("../../../texts/zh-Hant/interface.ftl")),
    ("zh-Hans", include_str!("../../../texts/zh-Hans/interface.ftl")),
    ("ja", include_str!("../../../texts/ja/interface.ftl")),
];

/// The names that a source inserts.
fn names(source: &str) -> Vec<&str> {
    let mut names: Vec<_> = source
        .split('$')
        .skip(1)
        .map(|rest| rest.split(|letter: char| !letter.is_ascii_lowercase()).next().unwrap_or_default())
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn category(language: &str, number: i64) -> String {
    (if language == "en" && number == 1 { "one" } else { "other" }).to_owned()
}

#[test]
fn every_text_of_every_language_is_what_fluent_makes_of_it() {
    for (language, source) in LANGUAGES {
        let catalog = Catalog::parse(&compile(source).unwrap()).unwrap();
        let mut fluent = FluentBundle::new(vec![language.parse().unwrap()]);
        fluent.set_use_isolating(false);
        let resource = FluentResource::try_new(source.to_owned()).unwrap();
        let ids: Vec<_> = source.lines().filter_map(|line| line.split_once(" =")).map(|(id, _)| id).collect();
        fluent.add_resource(&resource).unwrap();
        assert!(ids.len() > 900, "{language} has {} texts", ids.len());
        for number in [0, 1, 2, 12_345] {
            let args: Vec<_> = names(source).into_iter().map(|name| (name, Arg::Number(number))).collect();
            let mut values = FluentArgs::new();
            args.iter().for_each(|(name, _)| values.set(*name, number));
            for id in &ids {
                let pattern = fluent.get_message(id).unwrap().value().unwrap();
                let said = fluent.format_pattern(pattern, Some(&values), &mut Vec::new());
                let ours = catalog.format(id, &args, &|number| category(language, number));
                assert_eq!(ours.as_deref(), Some(said.as_ref()), "{id} in {language}");
            }
        }
    }
}

#[test]
fn only_wanted_texts_are_compiled() {
    let source = "first = One\nsecond = Two\n";
    let catalog = Catalog::parse(&compile_some(source, |id| id == "second").unwrap()).unwrap();
    assert_eq!(catalog.format("second", &[], &|_| String::new()).as_deref(), Some("Two"));
    assert_eq!(catalog.format("first", &[], &|_| String::new()), None);
}

#[test]
fn what_a_catalog_cannot_hold_is_refused_when_it_is_compiled() {
    for source in [
        "a = { NUMBER($count) }\n",
        "a = { -brand }\n",
        "a = { \"{\" }\n",
        "a = { $kind ->\n    [mail] A\n   *[other] B\n}\n",
        "a = { $count ->\n   *[one] A\n    [other] B\n}\n",
        "a = Text\n    .title = Title\n",
        "a = { $count\n",
    ] {
        assert!(compile(source).is_err(), "{source}");
    }
}
