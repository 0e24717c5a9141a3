//! The network of a browser: cut, or slow.

use super::Browser;
use anyhow::Result;
use serde_json::json;

impl Browser {
    /// Cuts or restores the network of this browser.
    pub async fn set_offline(&self, is_offline: bool) -> Result<()> {
        self.set_network(is_offline, -1, -1).await
    }

    /// Lets so many bytes a second arrive; -1 for as many as there are.
    pub async fn set_speed(&self, bytes_per_second: i32) -> Result<()> {
        self.set_network(false, bytes_per_second, -1).await
    }

    /// Lets so many bytes a second leave; -1 for as many as there are.
    pub async fn set_upload_speed(&self, bytes_per_second: i32) -> Result<()> {
        self.set_network(false, -1, bytes_per_second).await
    }

    async fn set_network(&self, is_offline: bool, down: i32, up: i32) -> Result<()> {
        self.driver.cdp().send_raw("Network.enable", json!({})).await?;
        let conditions = json!({
            "offline": is_offline, "latency": 0, "downloadThroughput": down, "uploadThroughput": up
        });
        self.driver.cdp().send_raw("Network.emulateNetworkConditions", conditions).await?;
        Ok(())
    }
}
