//! The emoji that a message can be given: loaded in the language of the page, those that the person uses often first.

use crate::{
    client,
    components::chat::composer::{Emoji, EmojiGroup, EmojiSource},
    i18n::{self, fold, t},
    state::storage,
};
use causeway_api::PersonId;
use leptos::{prelude::*, task::spawn_local};
use serde::Deserialize;
use std::{collections::BTreeMap, sync::Arc};

/// How many of those used often are shown: two rows.
const OFTEN: usize = 16;

/// A group as the file of a language has it: emoji, name, other words.
#[derive(Deserialize)]
struct Loaded {
    group: String,
    emoji: Vec<(String, String, String)>,
}

/// The emoji for the composer of a person.
pub(in crate::pages::chats) fn of(me: PersonId) -> EmojiSource {
    let key = storage::personal("emoji", me);
    let used = RwSignal::new(storage::read::<BTreeMap<String, u32>>(&key).unwrap_or_default());
    let (loaded, has_failed) = (RwSignal::new(None::<Arc<Vec<EmojiGroup>>>), RwSignal::new(false));
    let groups = Memo::new(move |_| {
        let all = loaded.get()?;
        let often = used.with(|used| often(used, &all));
        let often = (!often.emoji.is_empty()).then_some(often);
        Some(Arc::new(often.into_iter().chain(all.iter().cloned()).collect::<Vec<_>>()))
    });
    let open = move |()| {
        if loaded.with_untracked(Option::is_some) {
            return;
        }
        has_failed.set(false);
        spawn_local(async move {
            let groups = client::emoji(&i18n::current()).await.ok();
            match groups.and_then(|json| serde_json::from_str::<Vec<Loaded>>(&json).ok()) {
                Some(groups) => drop(loaded.try_set(Some(Arc::new(groups.into_iter().map(group).collect())))),
                None => drop(has_failed.try_set(true)),
            }
        });
    };
    EmojiSource {
        groups: groups.into(),
        has_failed: has_failed.into(),
        on_open: Callback::new(open),
        on_use: Callback::new(move |emoji: String| {
            used.update(|used| *used.entry(emoji).or_default() += 1);
            used.with_untracked(|used| storage::write(&key, used));
        }),
    }
}

fn group(Loaded { group, emoji }: Loaded) -> EmojiGroup {
    let label = match group.as_str() {
        "smileys" => "emoji-smileys",
        "people" => "emoji-people",
        "nature" => "emoji-nature",
        "food" => "emoji-food",
        "travel" => "emoji-travel",
        "activities" => "emoji-activities",
        "objects" => "emoji-objects",
        "flags" => "emoji-flags",
        _ => "emoji-symbols",
    };
    let read = |(emoji, name, words): (String, String, String)| Emoji {
        words: fold(&format!("{name} {words}")),
        emoji,
        name,
    };
    EmojiGroup { label: t(label), emoji: emoji.into_iter().map(read).collect() }
}

/// Those that were used, the most often used first.
fn often(used: &BTreeMap<String, u32>, all: &[EmojiGroup]) -> EmojiGroup {
    let mut used: Vec<(&String, u32)> = used.iter().map(|(emoji, count)| (emoji, *count)).collect();
    used.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let known =
        |emoji: &String| all.iter().flat_map(|group| &group.emoji).find(|one| one.emoji == *emoji).cloned();
    let emoji = used.into_iter().filter_map(|(emoji, _)| known(emoji)).take(OFTEN).collect();
    EmojiGroup { label: t("emoji-often"), emoji }
}
