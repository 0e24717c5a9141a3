//! The virus scanner.

use super::{Settings, WrongSetting};
use crate::scanner::{ScannerAddress, ScannerSettings};

impl Settings {
    /// The scanner that the settings name, if they do.
    pub(super) fn scanner(&self) -> Result<Option<ScannerSettings>, WrongSetting> {
        let may_be_skipped = self.scanner_may_be_skipped.unwrap_or_default();
        let Some(text) = &self.scanner else { return Ok(None) };
        let address = if let Some(address) = text.strip_prefix("tcp://") {
            ScannerAddress::Tcp(address.to_owned())
        } else if let Some(path) = text.strip_prefix("unix:") {
            ScannerAddress::Socket(path.into())
        } else {
            return Err(WrongSetting("scanner", "must be tcp://HOST:PORT or unix:/PATH".into()));
        };
        Ok(Some(ScannerSettings { address, may_be_skipped }))
    }
}
