//! Icons on a page: drawn, or only named.

use crate::{browser::Browser, world::until};
use anyhow::Result;
use serde_json::json;

impl Browser {
    /// Waits until every icon on the screen has its drawing.
    pub async fn sees_icons(&self) -> Result<()> {
        let script = "const icons = [...document.querySelectorAll('svg > use')].map((it) => it.parentNode); \
            const shown = icons.filter((icon) => icon.getClientRects().length); \
            return shown.length > 0 && shown.every((icon) => icon.getBBox().width > 0)";
        until("every icon is drawn", || async {
            (self.run(script, vec![]).await.ok()? == json!(true)).then_some(())
        })
        .await
    }
}
