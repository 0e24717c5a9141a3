//! The audit log: appended in the transaction of what it records, never changed.

use super::{
    Result, Store, StoreError, Tx,
    entity::{audit, person},
    found::has_words,
    paging::{self, Paging, Sorting, Stretch},
};
use crate::{
    actor::{Actor, Browser},
    clock,
    input::search::SearchQuery,
};
use causeway_api::{
    CompanyId, Millis, PersonId,
    audit::{AuditAction, AuditQuery},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::Expr,
};
use serde::Serialize;
use uuid::Uuid;

/// An entry to write.
#[derive(Clone, Debug)]
pub struct AuditEntry {
    company: CompanyId,
    at: Millis,
    actor: PersonId,
    action: AuditAction,
    subject: String,
    before: String,
    after: String,
    from: Browser,
}

pub(super) fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| StoreError::Unwritable(error.to_string()))
}

impl AuditEntry {
    /// That someone who is signed in did something to a subject.
    pub fn new(actor: &Actor, action: AuditAction, subject: impl ToString, at: Millis) -> Self {
        let entry = Self::of(actor.company, actor.person, action, at);
        Self { subject: subject.to_string(), from: actor.browser.clone(), ..entry }
    }

    /// That someone did something, to nothing in particular.
    pub fn of(company: CompanyId, actor: PersonId, action: AuditAction, at: Millis) -> Self {
        let nothing = || "null".to_owned();
        Self {
            company,
            at,
            actor,
            action,
            subject: String::new(),
            before: nothing(),
            after: nothing(),
            from: Browser::default(),
        }
    }

    /// That it happened to no one who is known: a refused sign-in, the operator's command.
    pub fn by_nobody(company: CompanyId, action: AuditAction, at: Millis) -> Self {
        Self::of(company, PersonId(Uuid::nil()), action, at)
    }

    /// The same, to a subject.
    #[must_use]
    pub fn on(self, subject: impl ToString) -> Self {
        Self { subject: subject.to_string(), ..self }
    }

    /// The same, from a browser.
    #[must_use]
    pub fn from(self, browser: &Browser) -> Self {
        Self { from: browser.clone(), ..self }
    }

    /// The same, with what was there before and what is there now.
    pub fn changed(self, before: &impl Serialize, after: &impl Serialize) -> Result<Self> {
        Ok(Self { before: json(before)?, after: json(after)?, ..self })
    }
}

/// An entry that was read.
#[derive(Clone, Debug)]
pub struct AuditRow {
    /// The company.
    pub company: CompanyId,
    /// The id of the entry.
    pub id: Uuid,
    /// When it was done.
    pub at: Millis,
    /// Who; the nil id for someone who is not known.
    pub actor: PersonId,
    /// What was done.
    pub action: String,
    /// What it was done to.
    pub subject: String,
    /// JSON of what was there before.
    pub before: String,
    /// JSON of what is there now.
    pub after: String,
    /// The network address.
    pub address: String,
    /// The browser.
    pub device: String,
}

impl From<audit::Model> for AuditRow {
    fn from(row: audit::Model) -> Self {
        let audit::Model { company_id, id, at, actor_id, action, subject, before, after, address, device } =
            row;
        Self {
            company: company_id.into(),
            id,
            at,
            actor: actor_id.into(),
            action,
            subject,
            before,
            after,
            address: address.unwrap_or_default(),
            device: device.unwrap_or_default(),
        }
    }
}

/// The entries that a query speaks of.
fn sought(company: CompanyId, query: &AuditQuery) -> Select<audit::Entity> {
    let by = SearchQuery::read(&query.actor);
    let mut rows = audit::Entity::find().filter(audit::Column::CompanyId.eq(company.0));
    if !query.action.is_empty() {
        rows = rows.filter(audit::Column::Action.eq(query.action.as_str()));
    }
    if !by.is_empty() {
        let column = |column| Expr::col((person::Entity, column));
        let name = [column(person::Column::NameKey)];
        let named = person::Entity::find()
            .select_only()
            .column(person::Column::Id)
            .filter(person::Column::CompanyId.eq(company.0))
            .filter(has_words(&by, &name, &column(person::Column::Phone), |_| None));
        rows = rows.filter(audit::Column::ActorId.in_subquery(named.into_query()));
    }
    if let Some(from) = query.from {
        rows = rows.filter(audit::Column::At.gte(from.get()));
    }
    if let Some(until) = query.until {
        rows = rows.filter(audit::Column::At.lt(until.get()));
    }
    rows
}

impl Store {
    /// A page of a company's log, newest first.
    pub async fn audit(
        &self,
        company: CompanyId,
        query: &AuditQuery,
        paging: &Paging,
    ) -> Result<Stretch<AuditRow>> {
        let newest_first = Sorting {
            key: Expr::col((audit::Entity, audit::Column::At)),
            id: Expr::col((audit::Entity, audit::Column::Id)),
            descending: true,
        };
        let rows = newest_first.page::<_, i64>(sought(company, query), paging)?;
        let rows = rows.all(&self.read).await?.into_iter().map(AuditRow::from).collect();
        Ok(paging::cut(rows, paging, |row: &AuditRow| paging::end_at(row.at, row.id)))
    }

    /// The actions that stand in a company's log.
    pub async fn audit_actions(&self, company: CompanyId) -> Result<Vec<String>> {
        let actions = audit::Entity::find()
            .select_only()
            .column(audit::Column::Action)
            .distinct()
            .filter(audit::Column::CompanyId.eq(company.0))
            .order_by_asc(audit::Column::Action);
        Ok(actions.into_tuple().all(&self.read).await?)
    }

    /// The newest entries about one subject, newest first.
    pub async fn audit_of(
        &self,
        company: CompanyId,
        action: AuditAction,
        subject: &str,
    ) -> Result<Vec<AuditRow>> {
        let rows = audit::Entity::find()
            .filter(audit::Column::CompanyId.eq(company.0))
            .filter(audit::Column::Action.eq(action.as_str()))
            .filter(audit::Column::Subject.eq(subject))
            .order_by_desc(audit::Column::At)
            .order_by_desc(audit::Column::Id)
            .limit(100);
        Ok(rows.all(&self.read).await?.into_iter().map(AuditRow::from).collect())
    }
}

impl Tx {
    /// Adds an entry to the audit log.
    pub async fn audit(&mut self, entry: AuditEntry) -> Result<()> {
        let known = |text: String| (!text.is_empty()).then_some(text);
        let row = audit::ActiveModel {
            id: Set(clock::new_id()),
            company_id: Set(entry.company.0),
            at: Set(entry.at),
            actor_id: Set(entry.actor.0),
            action: Set(entry.action.as_str().to_owned()),
            subject: Set(entry.subject),
            before: Set(entry.before),
            after: Set(entry.after),
            address: Set(known(entry.from.address)),
            device: Set(known(entry.from.agent)),
        };
        audit::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }
}
