//! What the viewer says about being there.

use super::{Result, get, put};
use causeway_api::{paths, presence::OwnStatus};

/// What the viewer says.
pub async fn get_status() -> Result<OwnStatus> {
    get(paths::STATUS).await
}

/// What the viewer says from now on.
pub async fn set_status(status: &OwnStatus) -> Result<OwnStatus> {
    put(paths::STATUS, status).await
}
