//! Companies.

use crate::{
    input::names,
    store::{Result, Store, Tx, entity::company, log::SALTED},
};
use causeway_api::{CompanyId, Millis, validate::name_key};
use causeway_ledger::GENESIS;
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// A company as stored.
#[derive(Clone, Debug)]
pub struct Company {
    pub id: CompanyId,
    /// The name to type.
    pub name: String,
    /// The name as shown.
    pub shown: String,
}

impl From<company::Model> for Company {
    fn from(row: company::Model) -> Self {
        Self { id: row.id.into(), name: row.name, shown: row.shown }
    }
}

impl Store {
    /// The company of that name to type, however it is written; else the only one of that displayed name.
    pub async fn company_by_name(&self, name: &str) -> Result<Option<Company>> {
        let key = names::key(name);
        let keys = [key.clone(), name_key(name)];
        // One statement for both, so that its time does not tell which of the names there is.
        let is_named = Condition::any()
            .add(company::Column::NameKey.is_in(keys.clone()))
            .add(company::Column::ShownKey.eq(key));
        let found = company::Entity::find().filter(is_named).all(&self.read).await?;
        let (typed, displayed): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|row| keys.contains(&row.name_key));
        if let Some(row) = names::exact(typed, name, |row| &row.name_key) {
            return Ok(Some(row.into()));
        }
        Ok(<[company::Model; 1]>::try_from(displayed).ok().map(|[only]| only.into()))
    }

    /// The company with that id.
    pub async fn company(&self, id: CompanyId) -> Result<Option<Company>> {
        Ok(company::Entity::find_by_id(id.0).one(&self.read).await?.map(Company::from))
    }

    /// Every company and the sequence number of its newest event.
    pub async fn companies(&self) -> Result<Vec<(Company, i64)>> {
        let rows = company::Entity::find().order_by_asc(company::Column::Id).all(&self.read).await?;
        Ok(rows
            .into_iter()
            .map(|row| (row.last_seq, Company::from(row)))
            .map(|(seq, row)| (row, seq))
            .collect())
    }
}

impl Tx {
    /// Adds a company.
    pub async fn add_company(&mut self, company: &Company, plan: &str, now: Millis) -> Result<()> {
        let highest: Option<Option<i64>> = company::Entity::find()
            .select_only()
            .column_as(company::Column::Number.max(), "highest")
            .into_tuple()
            .one(&self.db)
            .await?;
        let row = company::ActiveModel {
            number: Set(Some(highest.flatten().unwrap_or(0) + 1)),
            id: Set(company.id.0),
            name: Set(company.name.clone()),
            name_key: Set(names::key(&company.name)),
            shown: Set(company.shown.clone()),
            shown_key: Set(names::key(&company.shown)),
            plan: Set(plan.to_owned()),
            last_seq: Set(0),
            last_hash: Set(GENESIS.to_vec()),
            hash_form: Set(SALTED),
            created_at: Set(now),
            user_limit: Set(None),
            storage_limit: Set(None),
            external_limit: Set(None),
            users_used: Set(Some(0)),
            owners: Set(Some(0)),
        };
        company::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }
}
