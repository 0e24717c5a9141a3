//! The event log: appended in the transaction of the change it records, never changed, read in order.

pub(super) mod archive;
mod heads;
pub(super) mod snapshot;

use super::{
    Announcement, Result, Signalled, Store, StoreError, Tx, backend_of,
    entity::{company, event, member},
    raw,
};
use crate::{job, pace::Kind};
use causeway_api::{ChatId, CompanyId, EventBody, Millis, PersonId, signals::Signal};
use causeway_ledger::{Entry, Head, Row};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Statement,
    sea_query::{Expr, ExprTrait},
};
use std::{ops::RangeInclusive, sync::Arc};
use uuid::Uuid;

pub use heads::NewEvent;
pub(in crate::store) use heads::{Heads, SALTED};

/// An event as stored.
#[derive(Clone, Debug)]
pub struct EventRow {
    /// What was recorded.
    pub entry: Entry,
    /// The hash that was recorded with it.
    pub hash: Vec<u8>,
}

impl TryFrom<event::Model> for EventRow {
    type Error = StoreError;

    fn try_from(row: event::Model) -> Result<Self> {
        let body: EventBody = serde_json::from_str(&row.body)
            .map_err(|error| StoreError::Corrupt(format!("event {}: {error}", row.seq)))?;
        let entry = Entry {
            company: row.company_id.into(),
            seq: row.seq,
            at: row.at,
            actor: row.actor_id.into(),
            body,
            json: row.body.into(),
        };
        Ok(Self { entry, hash: row.hash })
    }
}

impl Tx {
    /// The number that the next event of the company will get. Locks the company's chain.
    pub async fn next_seq(&mut self, company: CompanyId) -> Result<i64> {
        Ok(self.heads.of(&self.db, company).await?.head.seq + 1)
    }

    /// What follows in this transaction is written in the names of people who did not ask for it: it takes none of their
    /// turns.
    pub fn write_unasked(&mut self) {
        self.is_paced = false;
    }

    /// Takes the author's turn, once per transaction: what belongs to one act is written together.
    fn take_turn(&mut self, actor: PersonId, kind: Option<Kind>, now: Millis) -> Result<()> {
        let Some(kind) = kind.filter(|_| self.is_paced) else { return Ok(()) };
        if self.paced.contains(&(actor, kind)) {
            return Ok(());
        }
        self.pace.take(actor, kind, now).map_err(StoreError::TooFast)?;
        self.paced.push((actor, kind));
        Ok(())
    }

    /// Appends an event and announces it to `audience` once the transaction has been committed. Refused when its author
    /// writes too fast.
    pub async fn append(
        &mut self,
        company: CompanyId,
        actor: PersonId,
        at: Millis,
        body: EventBody,
        audience: Arc<[PersonId]>,
    ) -> Result<i64> {
        self.take_turn(actor, Kind::of(&body), at)?;
        let end = self.heads.of(&self.db, company).await?;
        let (committed, row) = end.move_by(company, NewEvent { actor, at, body, audience })?;
        event::Entity::insert(event::ActiveModel::from(row)).exec_without_returning(&self.db).await?;
        self.place_line(&committed.entry).await?;
        let seq = committed.entry.seq;
        self.announced.push(Announcement::Event(Box::new(committed)));
        Ok(seq)
    }

    /// Takes a turn of the author of an event that [`Tx::append_all`] is to append. Refused when the author writes too
    /// fast.
    pub fn take_turn_for(&self, actor: PersonId, body: &EventBody, at: Millis) -> Result<()> {
        match Kind::of(body).filter(|_| self.is_paced) {
            Some(kind) => self.pace.take(actor, kind, at).map_err(StoreError::TooFast),
            None => Ok(()),
        }
    }

    /// Appends events that have no lines in timelines, whose authors have taken their turns. Returns the statement that
    /// writes them.
    pub(in crate::store) async fn append_all(
        &mut self,
        company: CompanyId,
        new: Vec<NewEvent>,
    ) -> Result<Statement> {
        let end = self.heads.of(&self.db, company).await?;
        let (mut rows, mut committed) = (Vec::with_capacity(new.len()), Vec::with_capacity(new.len()));
        for event in new {
            let (one, row) = end.move_by(company, event)?;
            rows.push(row);
            committed.push(one);
        }
        self.announced.extend(committed.into_iter().map(|one| Announcement::Event(Box::new(one))));
        Ok(raw::batch::add_events(backend_of(&self.db), company.0, rows))
    }

    /// Gives a signal to `audience` once the transaction has been committed. Refused when its author writes too fast.
    pub fn signal(
        &mut self,
        actor: PersonId,
        now: Millis,
        signal: Signal,
        audience: impl Into<Arc<[PersonId]>>,
    ) -> Result<()> {
        self.take_turn(actor, Kind::of_signal(&signal), now)?;
        self.announced.push(Announcement::Signal(Signalled { signal, audience: audience.into() }));
        Ok(())
    }

    /// Hashes the company's events with a salted digest of their bodies from now on, behind an event that says so. Returns
    /// `false` if it was so already.
    pub async fn change_hash_form(&mut self, company: CompanyId, now: Millis) -> Result<bool> {
        if self.heads.of(&self.db, company).await?.form == SALTED {
            return Ok(false);
        }
        let nobody = PersonId(Uuid::nil());
        self.append(company, nobody, now, EventBody::HashFormChanged, Arc::default()).await?;
        self.heads.of(&self.db, company).await?.form = SALTED;
        Ok(true)
    }
}

impl Store {
    /// Changes the form of hashes of every company whose log still has the first one.
    pub async fn change_hash_forms(&self, now: Millis) -> Result<()> {
        let first = company::Entity::find().filter(company::Column::HashForm.ne(SALTED));
        for row in first.all(&self.read).await? {
            let company = CompanyId(row.id);
            self.write(job!(|tx| tx.change_hash_form(company, now).await.map(|_| ()))).await?;
        }
        Ok(())
    }

    /// The end of a company's chain as the company's row remembers it.
    pub async fn head(&self, company: CompanyId) -> Result<Option<Head>> {
        let row = company::Entity::find_by_id(company.0).one(&self.read).await?;
        Ok(row.map(|row| Head { seq: row.last_seq, hash: row.last_hash }))
    }

    /// The events behind `since` that concern `person`: those of chats the person is a member of, since joining; and the
    /// one by which a membership ended.
    pub async fn events_for(
        &self,
        company: CompanyId,
        person: PersonId,
        since: i64,
        most: u64,
    ) -> Result<Vec<EventRow>> {
        let seq = || Expr::col((event::Entity, event::Column::Seq));
        let while_member = Condition::all()
            .add(member::Column::LeftSeq.is_null())
            .add(seq().gte(Expr::col((member::Entity, member::Column::JoinedSeq))));
        let at_the_end = seq().eq(Expr::col((member::Entity, member::Column::LeftSeq)));
        // The numbers come from the index of each chat: the cost follows from the person's own chats, not from how much
        // the company wrote meanwhile. SQLite keeps the order of a cross join, and would else walk the company's log.
        let mut numbers = member::Entity::find()
            .select_only()
            .column_as(seq(), "seq")
            .filter(member::Column::CompanyId.eq(company.0))
            .filter(member::Column::PersonId.eq(person.0))
            .filter(event::Column::CompanyId.eq(company.0))
            .filter(event::Column::ChatId.into_expr().eq(member::Column::ChatId.into_expr()))
            .filter(event::Column::Seq.gt(since))
            .filter(Condition::any().add(while_member).add(at_the_end))
            .order_by_asc(seq())
            .limit(most)
            .into_query();
        numbers.cross_join(event::Entity);
        let rows = event::Entity::find()
            .filter(event::Column::CompanyId.eq(company.0))
            .filter(event::Column::Seq.in_subquery(numbers))
            .order_by_asc(event::Column::Seq);
        rows.all(&self.read).await?.into_iter().map(EventRow::try_from).collect()
    }

    /// The events of messages of a chat that happened within a time: sent and edited, in order.
    pub async fn events_of_messages(
        &self,
        company: CompanyId,
        chat: ChatId,
        within: RangeInclusive<Millis>,
    ) -> Result<Vec<EventRow>> {
        let rows = event::Entity::find()
            .filter(event::Column::CompanyId.eq(company.0))
            .filter(event::Column::ChatId.eq(chat.0))
            .filter(event::Column::Kind.is_in(["message_sent", "message_edited"]))
            .filter(event::Column::At.between(*within.start(), *within.end()))
            .order_by_asc(event::Column::Seq);
        rows.all(&self.read).await?.into_iter().map(EventRow::try_from).collect()
    }

    /// A stretch of a company's log behind `seq`.
    pub async fn log_after(&self, company: CompanyId, seq: i64, most: u64) -> Result<Vec<EventRow>> {
        let rows = event::Entity::find()
            .filter(event::Column::CompanyId.eq(company.0))
            .filter(event::Column::Seq.gt(seq))
            .order_by_asc(event::Column::Seq)
            .limit(most);
        rows.all(&self.read).await?.into_iter().map(EventRow::try_from).collect()
    }

    /// A stretch of a company's log behind a number.
    pub async fn events_after(&self, company: CompanyId, seq: i64, most: u64) -> Result<Vec<Row>> {
        let rows = event::Entity::find()
            .filter(event::Column::CompanyId.eq(company.0))
            .filter(event::Column::Seq.gt(seq))
            .order_by_asc(event::Column::Seq)
            .limit(most)
            .all(&self.read)
            .await?;
        Ok(rows.into_iter().map(row).collect())
    }
}

/// A row for verification: nothing in it is interpreted.
pub(in crate::store) fn row(stored: event::Model) -> Row {
    let event::Model { company_id, seq, at, kind, chat_id, actor_id, body, salt, hash } = stored;
    Row { company: company_id, seq, at, kind, chat: chat_id, actor: actor_id, body, salt, hash }
}
