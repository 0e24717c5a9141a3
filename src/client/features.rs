//! Feature configurations.

use super::{Result, get, put};
use causeway_api::{
    features::{ChangeFeature, Feature, FeatureChange},
    paths,
};

/// Every feature with its value.
pub async fn list_features() -> Result<Vec<Feature>> {
    get(paths::FEATURES).await
}

/// Changes a feature.
pub async fn change_feature(key: &str, change: &ChangeFeature) -> Result<Feature> {
    put(&paths::FEATURE.replace("{key}", key), change).await
}

/// The changes of a feature, newest first.
pub async fn feature_history(key: &str) -> Result<Vec<FeatureChange>> {
    get(&paths::FEATURE_HISTORY.replace("{key}", key)).await
}
