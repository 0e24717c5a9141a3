//! Which place it is: a folder, or a bucket.

use super::Storage;
use object_store::{aws::AmazonS3Builder, local::LocalFileSystem};
use secrecy::{ExposeSecret as _, SecretString};
use std::{fs, path::PathBuf, sync::Arc};
use thiserror::Error;
use url::Url;

/// What is held in memory of a part that is written to a folder.
const FOLDER_BUFFER: usize = 256 * 1024;
/// The same for a bucket: S3 takes no smaller pieces of a larger whole (5 MiB, "Amazon S3 multipart upload limits").
const BUCKET_BUFFER: usize = 5 * 1024 * 1024;

/// The place, as the settings name it.
#[derive(Clone, Debug)]
pub enum StorageSettings {
    /// A folder of this machine.
    Folder(PathBuf),
    /// A bucket that speaks S3.
    Bucket {
        /// The service.
        endpoint: Url,
        /// Its name.
        bucket: String,
        /// The region that signatures name.
        region: String,
        /// Who asks.
        access_key: String,
        /// With which secret.
        secret_key: SecretString,
    },
}

/// Why the place cannot be used.
#[derive(Debug, Error)]
pub enum WrongStorage {
    /// The folder cannot be made.
    #[error("the folder {0} cannot be made: {1}")]
    Folder(PathBuf, std::io::Error),
    /// It is refused.
    #[error(transparent)]
    Refused(#[from] object_store::Error),
}

impl StorageSettings {
    /// Opens the place. Whoever waits for the disk before a commit counts waits for it here as well: `is_durable`.
    pub fn open(&self, is_durable: bool) -> Result<Storage, WrongStorage> {
        match self {
            Self::Folder(folder) => {
                make_folder(folder).map_err(|error| WrongStorage::Folder(folder.clone(), error))?;
                let store = LocalFileSystem::new_with_prefix(folder)?.with_fsync(is_durable);
                let store = Arc::new(store.with_automatic_cleanup(true));
                Ok(Storage { store, write_buffer: FOLDER_BUFFER })
            }
            Self::Bucket { endpoint, bucket, region, access_key, secret_key } => {
                let store = AmazonS3Builder::new()
                    .with_endpoint(endpoint.as_str().trim_end_matches('/'))
                    .with_allow_http(endpoint.scheme() == "http")
                    .with_bucket_name(bucket)
                    .with_region(region)
                    .with_access_key_id(access_key)
                    .with_secret_access_key(secret_key.expose_secret())
                    .build()?;
                Ok(Storage { store: Arc::new(store), write_buffer: BUCKET_BUFFER })
            }
        }
    }
}

/// Makes the folder, readable for the server's user only.
fn make_folder(folder: &PathBuf) -> std::io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
    if folder.is_dir() {
        return fs::set_permissions(folder, fs::Permissions::from_mode(0o700));
    }
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}
