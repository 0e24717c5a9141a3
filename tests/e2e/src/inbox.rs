//! What the lab's inbox has received: mails and SMS, the newest first.

use crate::world::{World, until};
use anyhow::Result;
use serde_json::Value;

impl World {
    /// The code in the newest message with one for an address that is not `before`.
    pub async fn code(&self, address: &str, before: Option<&str>) -> Result<String> {
        until("a code", || async {
            self.newest_code(address).await.filter(|code| Some(code.as_str()) != before)
        })
        .await
    }

    /// The code in the newest message with one for an address, if there is one by now.
    pub async fn newest_code(&self, address: &str) -> Option<String> {
        self.inbox(address).await?.iter().find_map(|text| {
            text.split(|c: char| !c.is_ascii_digit()).find(|word| word.len() == 6).map(str::to_owned)
        })
    }

    /// The link that contains `part` in the newest mail to an address.
    pub async fn mailed_link(&self, address: &str, part: &str) -> Result<String> {
        until("a mail with a link", || async {
            let texts = self.inbox(address).await?;
            texts.first()?.split_whitespace().find(|word| word.contains(part)).map(str::to_owned)
        })
        .await
    }

    /// The texts that someone has received, the newest first; `None` when the lab does not answer.
    pub async fn inbox(&self, address: &str) -> Option<Vec<String>> {
        let query = format!("{}/api/messages?to={}", self.lab, address.replace('+', "%2B"));
        let answer = reqwest::get(&query).await.ok()?.text().await.ok()?;
        let messages: Vec<Value> = serde_json::from_str(&answer).ok()?;
        Some(messages.iter().filter_map(|message| Some(message["text"].as_str()?.to_owned())).collect())
    }
}
