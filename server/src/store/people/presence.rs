//! What people say about being there, and when they were seen last.

use crate::store::{Result, Store, StoreError, Tx, entity::presence, words};
use causeway_api::{CompanyId, Millis, PersonId, presence::OwnStatus};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use std::collections::HashMap;

/// What is known of someone who may not be there.
#[derive(Clone, Debug, Default)]
pub struct StatusRow {
    /// What the person says; it may have ended.
    pub status: Option<OwnStatus>,
    /// When a page of the person was open last.
    pub last_seen: Option<Millis>,
}

impl TryFrom<presence::Model> for StatusRow {
    type Error = StoreError;

    fn try_from(row: presence::Model) -> Result<Self> {
        let said = row.status.map(|status| words::parse("presence.status", &status)).transpose()?;
        let status = said.map(|said| OwnStatus { status: Some(said), text: row.text, until: row.until });
        Ok(Self { status, last_seen: row.seen_at })
    }
}

impl Store {
    /// What is known of people; nothing of those who were never here.
    pub async fn statuses(
        &self,
        company: CompanyId,
        people: &[PersonId],
    ) -> Result<HashMap<PersonId, StatusRow>> {
        let rows = presence::Entity::find()
            .filter(presence::Column::CompanyId.eq(company.0))
            .filter(presence::Column::PersonId.is_in(people.iter().map(|person| person.0)));
        let rows = rows.all(&self.read).await?.into_iter();
        rows.map(|row| Ok((row.person_id.into(), row.try_into()?))).collect()
    }
}

impl Tx {
    /// What a person says from now on.
    pub async fn set_status(
        &mut self,
        company: CompanyId,
        person: PersonId,
        status: &OwnStatus,
    ) -> Result<()> {
        let row = presence::ActiveModel {
            company_id: Set(company.0),
            person_id: Set(person.0),
            status: Set(status.status.map(|status| status.as_str().to_owned())),
            text: Set(status.text.clone()),
            until: Set(status.until),
            seen_at: Set(None),
        };
        let there = OnConflict::columns([presence::Column::CompanyId, presence::Column::PersonId])
            .update_columns([presence::Column::Status, presence::Column::Text, presence::Column::Until])
            .to_owned();
        presence::Entity::insert(row).on_conflict(there).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// The last pages of these people were open until now.
    pub async fn note_seen(&mut self, company: CompanyId, people: &[PersonId], now: Millis) -> Result<()> {
        let rows = people.iter().map(|person| presence::ActiveModel {
            company_id: Set(company.0),
            person_id: Set(person.0),
            status: Set(None),
            text: Set(String::new()),
            until: Set(None),
            seen_at: Set(Some(now)),
        });
        let there = OnConflict::columns([presence::Column::CompanyId, presence::Column::PersonId])
            .update_column(presence::Column::SeenAt)
            .to_owned();
        presence::Entity::insert_many(rows).on_conflict(there).exec_without_returning(&self.db).await?;
        Ok(())
    }
}
