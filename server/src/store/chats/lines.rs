//! Where the timeline of a chat has lines about events: below which message. What a line says is in its event.

use crate::store::{
    EventRow, Result, Store, Tx,
    entity::{chat_line, event},
};
use causeway_api::{ChatId, CompanyId};
use causeway_ledger::Entry;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect as _};
use std::{collections::HashMap, ops::RangeInclusive};

/// Most lines that are read with a page of messages: the newest of them.
const LINES_MAX: u64 = 200;

impl Store {
    /// The events that have a line below one of the messages `after`, each with that message's ordinal, in order. Those before
    /// event `since` are left out.
    pub async fn chat_lines(
        &self,
        company: CompanyId,
        chat: ChatId,
        after: RangeInclusive<i64>,
        since: i64,
    ) -> Result<Vec<(i64, EventRow)>> {
        let found = chat_line::Entity::find()
            .filter(chat_line::Column::CompanyId.eq(company.0))
            .filter(chat_line::Column::ChatId.eq(chat.0))
            .filter(chat_line::Column::AfterOrdinal.between(*after.start(), *after.end()))
            .filter(chat_line::Column::Seq.gte(since))
            .order_by_desc(chat_line::Column::AfterOrdinal)
            .order_by_desc(chat_line::Column::Seq)
            .limit(LINES_MAX);
        let places: HashMap<i64, i64> =
            found.all(&self.read).await?.into_iter().map(|line| (line.seq, line.after_ordinal)).collect();
        if places.is_empty() {
            return Ok(Vec::new());
        }
        let events = event::Entity::find()
            .filter(event::Column::CompanyId.eq(company.0))
            .filter(event::Column::Seq.is_in(places.keys().copied()))
            .order_by_asc(event::Column::Seq);
        let rows = events.all(&self.read).await?.into_iter().map(EventRow::try_from);
        let with_place = |row: EventRow| places.get(&row.entry.seq).map(|after| (*after, row));
        rows.filter_map(|row| row.map(with_place).transpose()).collect()
    }
}

impl Tx {
    /// Notes where the timeline has a line about an event, if it has one.
    pub(in crate::store) async fn place_line(&mut self, entry: &Entry) -> Result<()> {
        let Some(after) = entry.body.line_after() else { return Ok(()) };
        let row = chat_line::ActiveModel {
            company_id: Set(entry.company.0),
            chat_id: Set(entry.body.chat().0),
            after_ordinal: Set(after),
            seq: Set(entry.seq),
        };
        chat_line::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }
}
