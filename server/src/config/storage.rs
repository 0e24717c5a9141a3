//! Where files are kept.

use super::{Settings, WrongSetting, wrong};
use crate::storage::StorageSettings;
use std::path::Path;
use url::Url;

impl Settings {
    /// The place that the settings name: a folder, or a bucket with what it needs.
    pub(super) fn storage(&self, data: &Path) -> Result<StorageSettings, WrongSetting> {
        let Some(place) = &self.storage else { return Ok(StorageSettings::Folder(data.join("files"))) };
        let Some(address) = place.strip_prefix("s3+") else {
            return match place.split_once("://") {
                None => Ok(StorageSettings::Folder(place.into())),
                Some(_) => Err(WrongSetting("storage", "must be a folder or s3+https://HOST/BUCKET".into())),
            };
        };
        let mut endpoint =
            Url::parse(address).map_err(|error| wrong("storage")(&format!("is no address: {error}")))?;
        let bucket = endpoint.path().trim_matches('/').to_owned();
        if bucket.is_empty() || bucket.contains('/') || !["http", "https"].contains(&endpoint.scheme()) {
            return Err(WrongSetting("storage", "must name one bucket, as in s3+https://HOST/BUCKET".into()));
        }
        endpoint.set_path("");
        let needed = |name: &'static str, value: &Option<String>| {
            value.clone().ok_or_else(|| WrongSetting(name, "is missing; the bucket needs it".into()))
        };
        Ok(StorageSettings::Bucket {
            endpoint,
            bucket,
            region: self.storage_region.clone().unwrap_or_else(|| "us-east-1".to_owned()),
            access_key: needed("storage_access_key", &self.storage_access_key)?,
            secret_key: needed("storage_secret_key", &self.storage_secret_key)?.into(),
        })
    }
}
