//! The index of messages: what is in it, how far it has come, and what it finds.

use super::{
    Result, Store, StoreError, Tx, backend_of, chats,
    entity::{company, message, search_progress},
    raw::{self, search::Stretch},
};
use causeway_api::{CompanyId, MessageId, Millis, PersonId, chats::Message};
use sea_orm::{ActiveValue::Set, EntityTrait, FromQueryResult as _, QuerySelect, sea_query::OnConflict};
use std::ops::Range;

pub use raw::search::NewDocument;

/// How far the index of a company has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Everything up to this event is in it.
    pub seq: i64,
    /// By these rules.
    pub rules: i64,
}

/// A message that was found, and the event that gave it its text.
#[derive(Clone, Debug)]
pub struct FoundMessage {
    /// The number of the event.
    pub seq: i64,
    /// The message as it is now.
    pub message: Message,
}

impl Store {
    /// How far the index of a company has come; nothing is in it before it was begun.
    pub async fn search_progress(&self, company: CompanyId) -> Result<Option<Progress>> {
        let row = search_progress::Entity::find_by_id(company.0).one(&self.read).await?;
        Ok(row.map(|row| Progress { seq: row.seq, rules: row.rules }))
    }

    /// The messages that a person is shown now and that match, from the newest events to older ones, in front of the event
    /// `before`, sent within a time. The log is looked through in stretches that grow, so that a common word is found in the newest of them.
    pub async fn find_messages(
        &self,
        company: CompanyId,
        person: PersonId,
        (sqlite, postgres): (String, String),
        before: i64,
        sent: Range<Millis>,
        most: usize,
    ) -> Result<Vec<FoundMessage>> {
        const FIRST: i64 = 50_000;
        let number = number_of(&self.read, company).await?;
        let terms = if backend_of(&self.read) == sea_orm::DbBackend::Sqlite { sqlite } else { postgres };
        // Never beyond the newest event: numbers behind it belong to other companies.
        let newest = self.head(company).await?.map_or(0, |head| head.seq);
        let (mut found, mut up_to, mut length) = (Vec::new(), newest.min(before - 1), FIRST);
        while up_to > 0 && found.len() < most {
            let after = (up_to - length).max(0);
            let rest = i64::try_from(most - found.len()).unwrap_or(i64::MAX);
            let stretch = Stretch { after, up_to, most: rest };
            let whose = (company.0, number, person.0);
            for row in raw::search::find(&self.read, whose, terms.clone(), stretch, &sent).await? {
                let model = message::Model::from_query_result(&row, "")?;
                let seq = row.try_get("", "document")?;
                found.push(FoundMessage { seq, message: chats::messages::from_row(model)? });
            }
            (up_to, length) = (after, length.saturating_mul(4));
        }
        Ok(found)
    }
}

/// The number of a company.
async fn number_of(db: &impl sea_orm::ConnectionTrait, company: CompanyId) -> Result<i64> {
    let number: Option<Option<i64>> = company::Entity::find_by_id(company.0)
        .select_only()
        .column(company::Column::Number)
        .into_tuple()
        .one(db)
        .await?;
    number.flatten().ok_or_else(|| StoreError::Vanished("a company has no number".into()))
}

impl Tx {
    /// Adds documents to the index of a company and takes those of deleted messages out of it, up to an event.
    pub async fn index_messages(
        &mut self,
        company: CompanyId,
        new: &[NewDocument],
        deleted: &[MessageId],
        progress: Progress,
    ) -> Result<()> {
        let backend = backend_of(&self.db);
        let mut statements = Vec::new();
        if !new.is_empty() {
            let number = number_of(&self.db, company).await?;
            statements.extend(raw::search::add_documents(backend, (company.0, number), new));
        }
        if !deleted.is_empty() {
            statements.push(raw::search::outdate_documents(backend, company.0, deleted));
        }
        if !statements.is_empty() {
            raw::execute_all(&self.db, statements).await?;
        }
        self.set_search_progress(company, progress).await
    }

    /// Begins the index of a company anew.
    pub async fn clear_index(&mut self, company: CompanyId, rules: i64) -> Result<()> {
        let number = number_of(&self.db, company).await?;
        raw::search::clear(&self.db, (company.0, number)).await?;
        self.set_search_progress(company, Progress { seq: 0, rules }).await
    }

    async fn set_search_progress(&mut self, company: CompanyId, progress: Progress) -> Result<()> {
        let row = search_progress::ActiveModel {
            company_id: Set(company.0),
            seq: Set(progress.seq),
            rules: Set(progress.rules),
        };
        let there = OnConflict::column(search_progress::Column::CompanyId)
            .update_columns([search_progress::Column::Seq, search_progress::Column::Rules])
            .to_owned();
        search_progress::Entity::insert(row).on_conflict(there).exec_without_returning(&self.db).await?;
        Ok(())
    }
}
