//! A browser used by keyboard alone.

use crate::{
    browser::{Browser, labelled},
    world::until,
};
use anyhow::{Context as _, Result, bail, ensure};
use thirtyfour::prelude::*;

/// More tab stops than any page has.
const STOPS_MAX: usize = 200;

impl Browser {
    /// Types into whatever has the focus.
    pub async fn type_into_focus(&self, text: impl Into<TypingData>) -> Result<()> {
        Ok(self.driver.action_chain().send_keys(text).perform().await?)
    }

    /// Goes by Tab to the element that an XPath finds.
    async fn go_to(&self, path: &str) -> Result<WebElement> {
        for _ in 0..STOPS_MAX {
            let element = self.find_path(path).await?;
            let focused = "return document.activeElement === arguments[0]";
            let is_there = self.driver.execute(focused, vec![element.to_json()?]).await?;
            if is_there.json().as_bool() == Some(true) {
                return Ok(element);
            }
            self.type_into_focus(Key::Tab).await?;
        }
        bail!("no Tab leads to {path}")
    }

    /// Goes by Tab to the element that an XPath finds, and presses it: with Space what is switched or chosen, else with Enter.
    pub async fn press_by_keyboard(&self, path: &str) -> Result<()> {
        let element = self.go_to(path).await?;
        let is_input = element.tag_name().await? == "input";
        self.type_into_focus(if is_input { Key::Space } else { Key::Enter }).await
    }

    /// Types into the field with that label, which has the focus without being asked.
    pub async fn type_into_focused(&self, label: &str, text: &str) -> Result<()> {
        let focused = "return document.activeElement === arguments[0]";
        until(&format!("«{label}» has the focus"), || async {
            let field = self.labelled(label).await.ok()?;
            let is_there = self.driver.execute(focused, vec![field.to_json().ok()?]).await.ok()?;
            is_there.json().as_bool().filter(|is_there| *is_there).map(|_| ())
        })
        .await?;
        self.type_into_focus(text).await
    }

    async fn select_all(&self) -> Result<()> {
        let keys = self.driver.action_chain().key_down(Key::Control).send_keys("a").key_up(Key::Control);
        Ok(keys.perform().await?)
    }

    /// Chooses the second radio button of a group, whose first has the only tab stop.
    pub async fn choose_second_by_keyboard(&self, path: &str) -> Result<()> {
        let second = self.find_path(path).await?;
        let first = format!("({path}/ancestor::fieldset//input[@type='radio'])[1]");
        self.go_to(&first).await?;
        self.type_into_focus(Key::Down).await?;
        ensure!(second.is_selected().await?, "the arrow key chooses {path}");
        Ok(())
    }

    /// Goes by Tab to the field with that label, and types until it says so.
    pub async fn fill_by_keyboard(&self, label: &str, text: &str) -> Result<()> {
        self.fill_path_by_keyboard(&labelled(label), text).await
    }

    /// Goes by Tab to the field that an XPath finds, and types until it says so.
    pub async fn fill_path_by_keyboard(&self, path: &str, text: &str) -> Result<()> {
        until(&format!("«{path}» says «{text}»"), || async {
            let field = self.go_to(path).await.ok()?;
            self.select_all().await.ok()?;
            self.type_into_focus(text).await.ok()?;
            (field.prop("value").await.ok()?.as_deref() == Some(text)).then_some(())
        })
        .await
        .context("by keyboard")
    }
}
