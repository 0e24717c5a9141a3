//! Feature settings.

use super::{Result, Store, StoreError, Tx, audit::json, entity::feature_setting};
use causeway_api::{CompanyId, Millis, features::FeatureValue};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, OnConflict},
};

/// A feature that an admin has touched.
#[derive(Clone, Debug)]
pub struct FeatureSetting {
    /// The feature's key.
    pub key: String,
    /// The custom value; nothing for the default.
    pub custom: Option<FeatureValue>,
    /// Counts the changes.
    pub version: i64,
    /// The name of who changed it last.
    pub changed_by: String,
    /// When it was changed last.
    pub changed_at: Millis,
}

impl TryFrom<feature_setting::Model> for FeatureSetting {
    type Error = StoreError;

    fn try_from(row: feature_setting::Model) -> Result<Self> {
        let custom = row.custom.as_deref().map(serde_json::from_str).transpose();
        let custom = custom.map_err(|error| StoreError::Corrupt(format!("feature {}: {error}", row.key)))?;
        let feature_setting::Model { key, version, changed_by, changed_at, .. } = row;
        Ok(Self { key, custom, version, changed_by, changed_at })
    }
}

impl Store {
    /// The features that were ever touched in a company.
    pub async fn feature_settings(&self, company: CompanyId) -> Result<Vec<FeatureSetting>> {
        let rows = feature_setting::Entity::find().filter(feature_setting::Column::CompanyId.eq(company.0));
        rows.all(&self.read).await?.into_iter().map(FeatureSetting::try_from).collect()
    }
}

impl Tx {
    /// The setting of a feature inside this transaction.
    pub async fn feature_setting(&self, company: CompanyId, key: &str) -> Result<Option<FeatureSetting>> {
        let found = feature_setting::Entity::find_by_id((company.0, key.to_owned()));
        found.one(&self.db).await?.map(FeatureSetting::try_from).transpose()
    }

    /// Writes a setting whose version is one more than the one in the database, in one statement; false when someone
    /// else was first.
    pub async fn set_feature(&mut self, company: CompanyId, new: &FeatureSetting) -> Result<bool> {
        let row = feature_setting::ActiveModel {
            company_id: Set(company.0),
            key: Set(new.key.clone()),
            custom: Set(new.custom.as_ref().map(json).transpose()?),
            version: Set(new.version),
            changed_by: Set(new.changed_by.clone()),
            changed_at: Set(new.changed_at),
        };
        if new.version == 1 {
            let nothing =
                OnConflict::columns([feature_setting::Column::CompanyId, feature_setting::Column::Key])
                    .do_nothing()
                    .to_owned();
            let added =
                feature_setting::Entity::insert(row).on_conflict(nothing).exec_without_returning(&self.db);
            return Ok(added.await? == 1);
        }
        let changed = feature_setting::Entity::update_many()
            .set(row)
            .filter(feature_setting::Column::CompanyId.eq(company.0))
            .filter(feature_setting::Column::Key.eq(new.key.clone()))
            .filter(Expr::col(feature_setting::Column::Version).eq(new.version - 1))
            .exec(&self.db)
            .await?;
        Ok(changed.rows_affected == 1)
    }
}
