//! Feature configurations: what holds for a company, and changing it. The values are kept in memory and made anew
//! after every change, so that the next request is governed by it.

mod registry;
pub mod typed;

pub use registry::FeatureKey;
pub use typed as keys;

use typed::{Key, Value};

use crate::{
    App,
    actor::{Actor, By},
    error::AppError,
    job,
    store::{AuditEntry, FeatureSetting, StoreError},
    texts,
};
use causeway_api::{
    CompanyId,
    audit::AuditAction,
    features::{ChangeFeature, Feature, FeatureChange, FeatureValue},
    people::Role,
    signals::Signal,
    validate::Fault,
};
use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

/// The custom values of one company.
#[derive(Clone, Debug, Default)]
pub struct Features(HashMap<&'static str, FeatureValue>);

impl Features {
    /// The value that holds.
    pub fn value(&self, key: FeatureKey) -> FeatureValue {
        self.0.get(key.as_str()).cloned().unwrap_or_else(|| key.default_value())
    }

    /// Whether someone has chosen a value.
    pub fn is_custom(&self, key: FeatureKey) -> bool {
        self.0.contains_key(key.as_str())
    }

    /// The value of a feature that has a type.
    pub fn get<T: Value>(&self, key: Key<T>) -> T {
        key.read(self)
    }

    /// The languages that the company supports for its clients; all of them unless some were switched off.
    pub fn client_languages(&self) -> Vec<String> {
        let is_off = |tag: &str| self.get(keys::CLIENT_LANGUAGES).named(tag) == Some(0);
        texts::LANGUAGES.into_iter().filter(|tag| !is_off(tag)).map(str::to_owned).collect()
    }
}

/// The values of every company that was asked about.
#[derive(Default)]
pub struct FeatureCache(RwLock<Kept>);

#[derive(Default)]
struct Kept {
    features: HashMap<CompanyId, Arc<Features>>,
    /// How often values were forgotten.
    changes: u64,
}

impl FeatureCache {
    /// The values of a company, or how often values had changed before they are read.
    fn kept(&self, company: CompanyId) -> Result<Arc<Features>, u64> {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        kept.features.get(&company).cloned().ok_or(kept.changes)
    }

    /// Keeps what was read, unless values have changed meanwhile.
    fn keep(&self, company: CompanyId, features: Arc<Features>, changes: u64) {
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if kept.changes == changes {
            kept.features.insert(company, features);
        }
    }

    /// Reads the values of a company anew when they are asked for next.
    pub fn forget(&self, company: CompanyId) {
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        kept.features.remove(&company);
        kept.changes += 1;
    }
}

/// What holds for a company now.
pub async fn of(app: &App, company: CompanyId) -> Result<Arc<Features>, AppError> {
    let changes = match app.features.kept(company) {
        Ok(kept) => return Ok(kept),
        Err(changes) => changes,
    };
    let rows = app.store.feature_settings(company).await?;
    let custom =
        rows.into_iter().filter_map(|row| Some((FeatureKey::parse(&row.key)?.as_str(), row.custom?)));
    let features = Arc::new(Features(custom.collect()));
    app.features.keep(company, features.clone(), changes);
    Ok(features)
}

/// Every feature with its value, for the page.
pub async fn list(app: &App, actor: &Actor) -> Result<Vec<Feature>, AppError> {
    actor.may_govern()?;
    let rows = app.store.feature_settings(actor.company).await?;
    Ok(FeatureKey::ALL
        .iter()
        .map(|key| describe(*key, rows.iter().find(|row| row.key == key.as_str())))
        .collect())
}

fn describe(key: FeatureKey, row: Option<&FeatureSetting>) -> Feature {
    Feature {
        key: key.as_str().to_owned(),
        section: key.section().to_owned(),
        tab: key.tab(),
        feature_type: key.feature_type(),
        default: key.default_value(),
        custom: row.and_then(|row| row.custom.clone()),
        version: row.map_or(0, |row| row.version),
        changed_by: row.map(|row| row.changed_by.clone()),
        changed_at: row.map(|row| row.changed_at),
    }
}

/// Changes a feature: checked, conditional on the version the admin saw, recorded, and told to open pages.
pub async fn change(app: &App, actor: &Actor, key: &str, new: ChangeFeature) -> Result<Feature, AppError> {
    actor.may_govern()?;
    let feature = FeatureKey::parse(key).ok_or(AppError::NotFound)?;
    if let Some(value) = &new.custom {
        feature.feature_type().check(value).map_err(|(field, fault)| AppError::InvalidPart(field, fault))?;
        require_restriction(feature, value)?;
    }
    let by = app.store.person(actor.company, actor.person).await?.ok_or(AppError::SignedOut)?.person.name;
    let audience = app.store.account_holders(actor.company).await?;
    let written = app
        .by(actor)
        .write(job!(|tx, By { author, now }| {
            let before = tx.feature_setting(author.company, feature.as_str()).await?;
            let row = FeatureSetting {
                key: feature.as_str().to_owned(),
                custom: new.custom,
                version: new.version + 1,
                changed_by: by,
                changed_at: now,
            };
            if !tx.set_feature(author.company, &row).await? {
                return Ok::<_, StoreError>(None);
            }
            let entry = AuditEntry::new(&author, AuditAction::FeatureChanged, feature.as_str(), now)
                .changed(&before.and_then(|row| row.custom), &row.custom)?;
            tx.audit(entry).await?;
            let signal = Signal::FeatureChanged { key: row.key.clone() };
            tx.signal(author.person, now, signal, audience)?;
            Ok(Some(row))
        }))
        .await?;
    app.features.forget(actor.company);
    if feature == FeatureKey::SecondFactorRequired {
        end_sockets_without_second_factor(app, actor.company).await?;
    }
    match written {
        Some(row) => Ok(describe(feature, Some(&row))),
        None => Err(AppError::Conflict("version", Fault::ChangedMeanwhile)),
    }
}

/// Refuses limits of which a part restricts nothing, although it looks as if it did.
fn require_restriction(feature: FeatureKey, value: &FeatureValue) -> Result<(), AppError> {
    let FeatureValue::Map(fields) = value else { return Ok(()) };
    let has = |name: &str| fields.get(name).copied().flatten().is_some();
    for (field, needed) in feature.needs() {
        let is_set = *field == FeatureKey::ANY || has(field);
        if let Some(first) = needed.first().filter(|_| is_set && !needed.iter().any(|name| has(name))) {
            return Err(AppError::InvalidPart((*first).to_owned(), Fault::RestrictsNothing));
        }
    }
    Ok(())
}

/// Closes the sockets of everyone who has to set up a second factor now; their pages then ask for it.
async fn end_sockets_without_second_factor(app: &App, company: CompanyId) -> Result<(), AppError> {
    let features = of(app, company).await?;
    let without = app.store.people_without_second_factor(company).await?;
    let affected = without.into_iter().filter(|(_, role)| is_second_factor_required(&features, Some(*role)));
    let sessions: Vec<_> = affected.flat_map(|(person, _)| app.hub.sessions_of(person)).collect();
    app.hub.end_sessions(&sessions);
    Ok(())
}

/// The changes of a feature, newest first.
pub async fn history(app: &App, actor: &Actor, key: &str) -> Result<Vec<FeatureChange>, AppError> {
    actor.may_govern()?;
    let feature = FeatureKey::parse(key).ok_or(AppError::NotFound)?;
    let rows = app.store.audit_of(actor.company, AuditAction::FeatureChanged, feature.as_str()).await?;
    let people = app.store.people_by_ids(actor.company, rows.iter().map(|row| row.actor).collect()).await?;
    let name = |id| people.iter().find(|row| row.person.id == id).map(|row| row.person.name.clone());
    let read = |json: &str| serde_json::from_str::<Option<FeatureValue>>(json);
    rows.into_iter()
        .map(|row| {
            let change = FeatureChange {
                at: row.at,
                by: name(row.actor).unwrap_or_default(),
                before: read(&row.before).map_err(|error| AppError::Internal(error.into()))?,
                after: read(&row.after).map_err(|error| AppError::Internal(error.into()))?,
            };
            Ok(change)
        })
        .collect()
}

/// Whether a company asks that role for something stronger than a code that is sent.
pub fn is_second_factor_required(features: &Features, role: Option<Role>) -> bool {
    // Every request asks. While no one has chosen, no one has to; a role that a choice leaves out has to, as the page shows.
    features.is_custom(FeatureKey::SecondFactorRequired)
        && role.is_some_and(|role| features.get(keys::SECOND_FACTOR_REQUIRED).named(role.key()) != Some(0))
}
