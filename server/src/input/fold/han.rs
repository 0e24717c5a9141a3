//! Chinese characters that are one to a searcher: traditional and simplified, and the variants of Japanese names.

use ferrous_opencc::{OpenCC, config::BuiltinConfig};
use std::{collections::HashMap, ops::RangeInclusive, sync::LazyLock};

/// Where traditional characters are.
const BLOCKS: [RangeInclusive<char>; 2] = ['\u{3400}'..='\u{9fff}', '\u{f900}'..='\u{faff}'];

/// Variants in Japanese names, which no normal form brings together, and what each is read as.
const VARIANTS: [(char, char); 23] = [
    ('髙', '高'),
    ('﨑', '崎'),
    ('嵜', '崎'),
    ('濵', '浜'),
    ('濱', '浜'),
    ('邊', '辺'),
    ('邉', '辺'),
    ('齋', '斎'),
    ('齊', '斎'),
    ('斉', '斎'),
    ('德', '徳'),
    ('澤', '沢'),
    ('櫻', '桜'),
    ('國', '国'),
    ('廣', '広'),
    ('眞', '真'),
    ('惠', '恵'),
    ('嶋', '島'),
    ('槗', '橋'),
    ('龍', '竜'),
    ('瀧', '滝'),
    ('增', '増'),
    ('榮', '栄'),
];

static ONE: LazyLock<HashMap<char, char>> = LazyLock::new(one_for_all);

/// The character that stands for a character and its variants.
pub(super) fn simplified(char: char) -> char {
    if BLOCKS.iter().any(|block| block.contains(&char)) {
        ONE.get(&char).copied().unwrap_or(char)
    } else {
        char
    }
}

/// Every character that another stands for. The converter's phrases are not wanted: each character is converted alone.
fn one_for_all() -> HashMap<char, char> {
    let mut one = HashMap::new();
    match OpenCC::from_config(BuiltinConfig::T2s) {
        Ok(converter) => {
            for from in BLOCKS.into_iter().flatten() {
                if let Some(to) = only(&converter.convert(&from.to_string()))
                    && to != from
                {
                    one.insert(from, to);
                }
            }
        }
        // The dictionary is part of the program, so this is a broken build; search then misses the other script.
        Err(error) => tracing::error!(%error, "traditional characters are not folded"),
    }
    for (from, to) in VARIANTS {
        meet(&mut one, from, to);
    }
    one
}

fn only(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

/// Brings two characters together, and with them everything that either already stands for.
fn meet(one: &mut HashMap<char, char>, from: char, to: char) {
    let root = |one: &HashMap<char, char>, char| one.get(&char).copied().unwrap_or(char);
    let (from, to) = (root(one, from), root(one, to));
    if from == to {
        return;
    }
    for target in one.values_mut().filter(|target| **target == from) {
        *target = to;
    }
    one.insert(from, to);
}
