//! Marking what is searched for in the messages on the screen, where the browser can (CSS Custom Highlight API Module Level 1):
//! nothing of the messages is drawn anew for it. Elsewhere the message that is found is led to all the same.

use crate::i18n::fold;
use js_sys::{Array, Function, Reflect};
use leptos::prelude::document;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Node, Range};

/// The name of the highlight, as `style/components/timeline.css` knows it.
const NAME: &str = "found";
/// Where the words of messages stand.
const TEXTS: &str = ".bubble__text, .doc__name";

/// What is searched for, folded: words, and what stands in quotes as one.
pub(super) fn wanted(typed: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (place, part) in typed.split('"').enumerate() {
        if place % 2 == 1 {
            words.push(fold(part));
        } else {
            // What must not be there is not marked.
            words.extend(part.split_whitespace().filter(|word| !word.starts_with('-')).map(fold));
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Marks the words in the messages that are drawn now; nothing for none.
pub(super) fn mark(words: &[String]) {
    // A browser that cannot mark leaves the messages as they are.
    let _ = try_mark(words);
}

fn try_mark(words: &[String]) -> Result<(), JsValue> {
    let global = js_sys::global();
    let highlights = Reflect::get(&Reflect::get(&global, &"CSS".into())?, &"highlights".into())?;
    let method = |name: &str| Reflect::get(&highlights, &name.into())?.dyn_into::<Function>();
    let ranges = Array::new();
    if !words.is_empty() {
        let texts = document().query_selector_all(TEXTS)?;
        for at in 0..texts.length() {
            if let Some(text) = texts.item(at) {
                collect(&text, words, &ranges)?;
            }
        }
    }
    if ranges.length() == 0 {
        return method("delete")?.call1(&highlights, &NAME.into()).map(drop);
    }
    let class: Function = Reflect::get(&global, &"Highlight".into())?.dyn_into()?;
    let highlight = Reflect::construct(&class, &ranges)?;
    method("set")?.call2(&highlights, &NAME.into(), &highlight).map(drop)
}

/// Adds what is found in the texts below a node.
fn collect(node: &Node, words: &[String], ranges: &Array) -> Result<(), JsValue> {
    if node.node_type() != Node::TEXT_NODE {
        let below = node.child_nodes();
        for at in 0..below.length() {
            if let Some(child) = below.item(at) {
                collect(&child, words, ranges)?;
            }
        }
        return Ok(());
    }
    for (start, end) in found_in(&node.node_value().unwrap_or_default(), words, fold) {
        let range = Range::new()?;
        range.set_start(node, start)?;
        range.set_end(node, end)?;
        ranges.push(&range);
    }
    Ok(())
}

/// Where words stand in a text, in UTF-16 units. Each character is folded by itself, so that its place stays known.
fn found_in(text: &str, words: &[String], fold: impl Fn(&str) -> String) -> Vec<(u32, u32)> {
    let (mut folded, mut places, mut at) = (String::new(), Vec::new(), 0_u32);
    let mut buffer = [0; 4];
    for char in text.chars() {
        let end = at + char.len_utf16() as u32;
        // White space is folded away at the ends of a text, and a character is both.
        let one = if char.is_whitespace() { " ".to_owned() } else { fold(char.encode_utf8(&mut buffer)) };
        places.extend(std::iter::repeat_n((at, end), one.len()));
        folded.push_str(&one);
        at = end;
    }
    let place = |start: usize, length: usize| Some((places.get(start)?.0, places.get(start + length - 1)?.1));
    let all = words.iter().flat_map(|word| folded.match_indices(word.as_str()));
    all.filter_map(|(start, word)| place(start, word.len())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, words: &[&str]) -> Vec<(u32, u32)> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        found_in(text, &words, str::to_lowercase)
    }

    #[test]
    fn words_are_found_where_they_stand_in_units_of_the_browser() {
        assert_eq!(found("The INVOICE is here", &["invoice"]), [(4, 11)]);
        assert_eq!(found("😀 佐藤さん、佐藤", &["佐藤"]), [(3, 5), (8, 10)]);
        assert_eq!(found("İx", &["x"]), [(1, 2)], "a character may be folded into several");
        assert_eq!(found("payment\ninstruction", &["payment instruction"]), [(0, 19)]);
        assert!(found("nothing", &["invoice"]).is_empty());
    }
}
