//! Features, as admins set them.

use super::{World, answer::Answer, browser::Browser, forms};
use causeway_api::features::{ChangeFeature, Feature, FeatureValue};

impl World {
    /// Signs Mei in and sets features that no one has set before.
    pub(crate) async fn configure(&self, values: &[(&str, FeatureValue)]) {
        let mut mei = self.signed_in("mei").await;
        for (key, custom) in values {
            let answer = mei.change_feature(key, custom.clone(), 0).await;
            assert_eq!(answer.status, 200, "{key}: {}", answer.text);
        }
    }
}

impl Browser {
    /// Returns a feature as it is now.
    pub(crate) async fn feature(&mut self, key: &str) -> Feature {
        let all: Vec<Feature> = self.get("/api/admin/features").await.read();
        all.into_iter().find(|feature| feature.key == key).unwrap()
    }

    /// Sets a feature, whatever its version is; `None` is the default.
    pub(crate) async fn set_feature(
        &mut self,
        key: &str,
        custom: impl Into<Option<FeatureValue>>,
    ) -> Feature {
        let (custom, version) = (custom.into(), self.feature(key).await.version);
        let answer =
            self.put(&format!("/api/admin/features/{key}"), &ChangeFeature { custom, version }).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.read()
    }

    /// Changes a feature that is at a version, and may be refused.
    pub(crate) async fn change_feature(&mut self, key: &str, custom: FeatureValue, version: i64) -> Answer {
        self.put(&format!("/api/admin/features/{key}"), &forms::change(custom, version)).await
    }
}
