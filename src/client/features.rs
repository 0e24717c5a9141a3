//! Feature configurations, and confirming a code again.

use super::{Result, decode, get, put, send};
use causeway_api::{
    auth::{CodeSent, ConfirmCode},
    features::{ChangeFeature, Feature, FeatureChange},
    paths,
};
use gloo_net::http::Method;

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

/// Asks for a code that confirms once more who is there.
pub async fn send_step_up_code() -> Result<CodeSent> {
    decode(send(Method::POST, paths::SESSION_CODE, None).await?).await
}

/// Confirms it.
pub async fn confirm_step_up_code(code: String) -> Result<()> {
    let body = super::encode(&ConfirmCode { code, accepts_terms: false })?;
    send(Method::PUT, paths::SESSION_CODE, body).await.map(|_| ())
}
