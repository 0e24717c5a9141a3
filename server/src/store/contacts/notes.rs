//! Notes about contacts.

use super::Added;
use crate::store::{Result, Store, Tx, entity::note};
use causeway_api::{CompanyId, Millis, PersonId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::OnConflict,
};
use uuid::Uuid;

/// A note as stored.
#[derive(Clone, Debug)]
pub struct NoteRow {
    /// The id, made by the page: a note that is sent again is found by it.
    pub id: Uuid,
    /// Who wrote it.
    pub author: PersonId,
    /// When it was written.
    pub at: Millis,
    /// Plain text.
    pub text: String,
}

impl Store {
    /// The notes about a client, or several who are one, newest first.
    pub async fn notes(&self, company: CompanyId, clients: &[PersonId]) -> Result<Vec<NoteRow>> {
        let rows = note::Entity::find()
            .filter(note::Column::CompanyId.eq(company.0))
            .filter(note::Column::PersonId.is_in(clients.iter().map(|client| client.0)))
            .order_by_desc(note::Column::At)
            .order_by_desc(note::Column::Id)
            .limit(200);
        let read = |row: note::Model| NoteRow {
            id: row.id,
            author: row.author_id.into(),
            at: row.at,
            text: row.text,
        };
        Ok(rows.all(&self.read).await?.into_iter().map(read).collect())
    }
}

impl Tx {
    /// Adds a note, unless there is one of that id.
    pub async fn add_note(&mut self, company: CompanyId, client: PersonId, new: NoteRow) -> Result<Added> {
        let (id, author) = (new.id, new.author);
        let row = note::ActiveModel {
            id: Set(new.id),
            company_id: Set(company.0),
            person_id: Set(client.0),
            author_id: Set(new.author.0),
            text: Set(new.text),
            at: Set(new.at),
        };
        let there = OnConflict::columns([note::Column::CompanyId, note::Column::Id]).do_nothing().to_owned();
        if note::Entity::insert(row).on_conflict(there).exec_without_returning(&self.db).await? == 1 {
            return Ok(Added::New);
        }
        let same = note::Entity::find_by_id((company.0, id))
            .filter(note::Column::PersonId.eq(client.0))
            .filter(note::Column::AuthorId.eq(author.0));
        Ok(if same.one(&self.db).await?.is_some() { Added::Again } else { Added::Other })
    }
}
