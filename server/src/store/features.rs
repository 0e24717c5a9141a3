//! Feature settings and the audit log that records their changes.

use super::{
    Result, Store, StoreError, Tx,
    entity::{audit, feature_setting},
};
use crate::{clock, domain::sessions::Actor};
use causeway_api::{CompanyId, Millis, PersonId, features::FeatureValue};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use serde::Serialize;

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

/// An entry of the audit log.
#[derive(Clone, Debug)]
pub struct AuditEntry {
    company: CompanyId,
    /// When.
    pub at: Millis,
    /// Who.
    pub actor: PersonId,
    action: &'static str,
    subject: String,
    /// JSON of what was there before.
    pub before: String,
    /// JSON of what is there now.
    pub after: String,
}

fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| StoreError::Corrupt(error.to_string()))
}

impl AuditEntry {
    /// That somebody did something to a subject.
    pub fn new(actor: &Actor, action: &'static str, subject: impl ToString, at: Millis) -> Self {
        Self { subject: subject.to_string(), ..Self::of(actor.company, actor.person, action, at) }
    }

    /// That somebody did something, to nothing in particular.
    pub fn of(company: CompanyId, actor: PersonId, action: &'static str, at: Millis) -> Self {
        let nothing = || "null".to_owned();
        Self { company, at, actor, action, subject: String::new(), before: nothing(), after: nothing() }
    }

    /// The same, with what was there before and what is there now.
    pub fn changed(self, before: &impl Serialize, after: &impl Serialize) -> Result<Self> {
        Ok(Self { before: json(before)?, after: json(after)?, ..self })
    }
}

/// A change in the audit log.
#[derive(Clone, Debug)]
pub struct AuditRow {
    /// When.
    pub at: Millis,
    /// Who.
    pub actor: PersonId,
    /// JSON of what was there before.
    pub before: String,
    /// JSON of what is there now.
    pub after: String,
}

impl Store {
    /// The features that were ever touched in a company.
    pub async fn feature_settings(&self, company: CompanyId) -> Result<Vec<FeatureSetting>> {
        let rows = feature_setting::Entity::find().filter(feature_setting::Column::CompanyId.eq(company.0));
        rows.all(&self.read).await?.into_iter().map(FeatureSetting::try_from).collect()
    }

    /// The newest entries about one subject, newest first.
    pub async fn audit_of(&self, company: CompanyId, action: &str, subject: &str) -> Result<Vec<AuditRow>> {
        let rows = audit::Entity::find()
            .filter(audit::Column::CompanyId.eq(company.0))
            .filter(audit::Column::Action.eq(action))
            .filter(audit::Column::Subject.eq(subject))
            .order_by_desc(audit::Column::At)
            .order_by_desc(audit::Column::Id)
            .limit(100);
        let rows = rows.all(&self.read).await?.into_iter();
        Ok(rows
            .map(|row| AuditRow {
                at: row.at,
                actor: row.actor_id.into(),
                before: row.before,
                after: row.after,
            })
            .collect())
    }
}

impl Tx {
    /// The setting of a feature inside this transaction.
    pub async fn feature_setting(&self, company: CompanyId, key: &str) -> Result<Option<FeatureSetting>> {
        let found = feature_setting::Entity::find_by_id((company.0, key.to_owned()));
        found.one(&self.db).await?.map(FeatureSetting::try_from).transpose()
    }

    /// Writes a setting whose version is one more than the one in the database, in one statement; false when somebody
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

    /// Adds an entry to the audit log.
    pub async fn audit(&mut self, entry: AuditEntry) -> Result<()> {
        let row = audit::ActiveModel {
            id: Set(clock::new_id()),
            company_id: Set(entry.company.0),
            at: Set(entry.at),
            actor_id: Set(entry.actor.0),
            action: Set(entry.action.to_owned()),
            subject: Set(entry.subject),
            before: Set(entry.before),
            after: Set(entry.after),
        };
        audit::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }
}
