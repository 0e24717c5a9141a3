//! What screen readers say, from the accessibility tree that Chromium gives them.

use crate::browser::Browser;
use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use std::collections::HashMap;

/// The element with the focus, as a screen reader names it.
#[derive(Debug, PartialEq, Eq)]
pub struct Focused {
    /// Its role, such as `textbox`.
    pub role: String,
    /// Its accessible name.
    pub name: String,
    /// What describes it, such as its error.
    pub description: String,
    /// Whether it is marked as wrong.
    pub is_invalid: bool,
}

/// Nodes of the tree that are not ignored, by id.
struct Tree(HashMap<String, Value>);

impl Tree {
    async fn read(browser: &Browser) -> Result<Self> {
        let tree = browser.driver.cdp().send_raw("Accessibility.getFullAXTree", json!({})).await?;
        let nodes = tree["nodes"].as_array().context("a tree")?.iter();
        Ok(Self(nodes.filter_map(|node| Some((node["nodeId"].as_str()?.to_owned(), node.clone()))).collect()))
    }

    fn children<'a>(&'a self, node: &'a Value) -> impl Iterator<Item = &'a Value> {
        let ids = node["childIds"].as_array().into_iter().flatten();
        ids.filter_map(|id| self.0.get(id.as_str()?))
    }

    /// The words below a node, in order.
    fn words(&self, node: &Value, into: &mut Vec<String>) {
        if node["role"]["value"] == "StaticText" && node["ignored"] != true {
            into.extend(node["name"]["value"].as_str().map(str::to_owned));
            return;
        }
        for child in self.children(node) {
            self.words(child, into);
        }
    }

    /// Whether what changes below a node is announced. Nodes inside of a live region have the property as well.
    fn is_live(node: &Value) -> bool {
        property(node, "live").is_some_and(|live| live != "off")
    }
}

/// A property of a node.
fn property<'a>(node: &'a Value, name: &str) -> Option<&'a Value> {
    let properties = node["properties"].as_array()?;
    properties.iter().find(|it| it["name"] == name).map(|it| &it["value"]["value"])
}

impl Browser {
    /// What the live regions of the page say now, one text a region; what was not there before is announced.
    pub async fn live_texts(&self) -> Result<Vec<String>> {
        let tree = Tree::read(self).await?;
        let is_inside =
            |node: &Value| node["parentId"].as_str().and_then(|id| tree.0.get(id)).is_some_and(Tree::is_live);
        let mut texts = Vec::new();
        for node in tree.0.values().filter(|node| Tree::is_live(node) && !is_inside(node)) {
            let mut words = Vec::new();
            tree.words(node, &mut words);
            texts.push(words.join(" "));
        }
        texts.retain(|text| !text.trim().is_empty());
        Ok(texts)
    }

    /// How many live regions say these words.
    pub async fn count_announced(&self, words: &str) -> Result<usize> {
        Ok(self.live_texts().await?.iter().filter(|text| text.contains(words)).count())
    }

    /// What a screen reader says of the element with the focus.
    pub async fn focused(&self) -> Result<Focused> {
        let tree = Tree::read(self).await?;
        let is_focused = |node: &&Value| {
            node["role"]["value"] != "RootWebArea" && property(node, "focused").is_some_and(|it| it == true)
        };
        let node = tree.0.values().find(is_focused).context("no element has the focus")?;
        let text = |of: &str| node[of]["value"].as_str().unwrap_or_default().to_owned();
        Ok(Focused {
            role: text("role"),
            name: text("name"),
            description: text("description"),
            is_invalid: property(node, "invalid").is_some_and(|it| it == "true"),
        })
    }

    /// The names of the dialogs that are open.
    pub async fn dialogs(&self) -> Result<Vec<String>> {
        let tree = Tree::read(self).await?;
        let names =
            tree.0.values().filter(|node| node["role"]["value"] == "dialog" && node["ignored"] != true);
        Ok(names.filter_map(|node| Some(node["name"]["value"].as_str()?.to_owned())).collect())
    }
}
