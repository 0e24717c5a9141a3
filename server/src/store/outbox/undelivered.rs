//! Addresses that the last message did not reach. One that reaches them again removes the trace.

use crate::store::words;
use crate::store::{
    DeadLetter, Result, Store, StoreError, Tx,
    entity::{registrant, undelivered},
};
use causeway_api::{
    CompanyId, Millis,
    deliveries::{DeliveryFault, Undelivered},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::OnConflict};
use uuid::Uuid;

/// Most addresses in one query: SQLite takes 32,766 parameters, PostgreSQL 65,535.
const ADDRESSES_MAX: usize = 1_000;

fn key(address: &str) -> String {
    address.trim().to_lowercase()
}

impl TryFrom<undelivered::Model> for Undelivered {
    type Error = StoreError;

    fn try_from(row: undelivered::Model) -> Result<Self> {
        let fault = words::parse("undelivered.fault", &row.fault)?;
        let medium = words::parse("undelivered.kind", &row.kind)?;
        Ok(Self { medium, address: row.address, fault, detail: row.detail, at: row.at })
    }
}

impl Store {
    /// Those of some addresses of a company that the last message did not reach.
    pub async fn undelivered(&self, company: CompanyId, addresses: &[&str]) -> Result<Vec<Undelivered>> {
        let mut keys: Vec<String> =
            addresses.iter().map(|address| key(address)).filter(|key| !key.is_empty()).collect();
        keys.sort_unstable();
        keys.dedup();
        let mut found = Vec::new();
        for some in keys.chunks(ADDRESSES_MAX) {
            let rows = undelivered::Entity::find()
                .filter(undelivered::Column::CompanyId.eq(company.0))
                .filter(undelivered::Column::Address.is_in(some.iter().cloned()))
                .all(&self.read)
                .await?;
            for row in rows {
                found.push(Undelivered::try_from(row)?);
            }
        }
        Ok(found)
    }
}

impl Store {
    /// How many people wait for the code of their registration at an address that the last mail did not reach.
    pub async fn undelivered_registrants(&self, company: CompanyId) -> Result<i64> {
        let emails: Vec<String> = registrant::Entity::find()
            .select_only()
            .column(registrant::Column::Email)
            .filter(registrant::Column::CompanyId.eq(company.0))
            .into_tuple()
            .all(&self.read)
            .await?;
        let addresses: Vec<&str> = emails.iter().map(String::as_str).collect();
        let found = self.undelivered(company, &addresses).await?;
        let unreached = |email: &&String| found.iter().any(|found| found.address == key(email));
        Ok(i64::try_from(emails.iter().filter(unreached).count()).unwrap_or(i64::MAX))
    }
}

impl Tx {
    /// Notes that a message did not reach its address.
    pub async fn note_undelivered(
        &mut self,
        dead: &DeadLetter,
        fault: DeliveryFault,
        detail: &str,
        now: Millis,
    ) -> Result<()> {
        let row = undelivered::ActiveModel {
            company_id: Set(dead.company.0),
            kind: Set(dead.medium.as_str().to_owned()),
            address: Set(key(&dead.to)),
            person_id: Set(dead.person.map(|person| person.0)),
            letter: Set(dead.template.clone()),
            fault: Set(fault.as_str().to_owned()),
            detail: Set(detail.to_owned()),
            at: Set(now),
        };
        let newer = OnConflict::columns([
            undelivered::Column::CompanyId,
            undelivered::Column::Kind,
            undelivered::Column::Address,
        ])
        .update_columns([
            undelivered::Column::PersonId,
            undelivered::Column::Letter,
            undelivered::Column::Fault,
            undelivered::Column::Detail,
            undelivered::Column::At,
        ])
        .to_owned();
        undelivered::Entity::insert(row).on_conflict(newer).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Removes the trace of an address that was reached again.
    pub(in crate::store) async fn forget_undelivered(
        &mut self,
        company: Uuid,
        kind: &str,
        address: &str,
    ) -> Result<()> {
        undelivered::Entity::delete_by_id((company, kind.to_owned(), key(address))).exec(&self.db).await?;
        Ok(())
    }
}
