//! The outbox: what is to be sent outward, written in the transaction that decided it, and sealed until it was sent.

mod undelivered;

use super::{Result, Store, StoreError, Tx, entity::outbox, words};
use crate::sealing::Sealer;
use causeway_api::{CompanyId, Millis, PersonId, deliveries::Medium};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

/// An outbox message to add.
#[derive(Clone)]
pub struct NewOutboxMessage {
    /// SMS or mail.
    pub medium: Medium,
    /// Phone number or mail address.
    pub to: String,
    /// The subject of a mail.
    pub subject: String,
    /// The text, in the language of whoever receives it.
    pub body: String,
}

/// What an outbox message is about.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// Whom it is for, if that person is known.
    pub person: Option<PersonId>,
    /// Template of its text.
    pub template: &'static str,
}

/// An outbox message that is due. It has no `Debug`: its body may hold a code.
#[derive(Clone)]
pub struct OutboxMessage {
    pub id: Uuid,
    /// The company.
    pub company: CompanyId,
    /// SMS or mail.
    pub medium: Medium,
    /// What to send, or `None` when it was sealed under another key.
    pub message: Option<NewOutboxMessage>,
    /// Tries so far.
    pub attempts: i32,
}

impl OutboxMessage {
    fn open(row: outbox::Model, sealer: &Sealer) -> Result<Self> {
        let outbox::Model { company_id, id, kind, recipient: to, attempts, .. } = row;
        let medium = words::parse("outbox.kind", &kind)?;
        let text = match row.sealed {
            None => Some((row.subject, row.body)),
            Some(bytes) => unseal(sealer, id, &bytes),
        };
        let message = text.map(|(subject, body)| NewOutboxMessage { medium, to, subject, body });
        Ok(Self { id, company: company_id.into(), medium, message, attempts })
    }
}

fn seal(sealer: &Sealer, id: Uuid, subject: &str, body: &str) -> Result<Vec<u8>> {
    let text =
        serde_json::to_vec(&(subject, body)).map_err(|error| StoreError::Unwritable(error.to_string()))?;
    Ok(sealer.seal(id.as_bytes(), &text))
}

fn unseal(sealer: &Sealer, id: Uuid, bytes: &[u8]) -> Option<(String, String)> {
    serde_json::from_slice(&sealer.open(id.as_bytes(), bytes)?).ok()
}

/// An outbox message that was given up.
#[derive(Clone, Debug)]
pub struct DeadLetter {
    /// The company in whose name it was sent.
    pub company: CompanyId,
    /// SMS or mail.
    pub medium: Medium,
    /// Phone number or mail address.
    pub to: String,
    /// Whom it was for, if that person is known.
    pub person: Option<PersonId>,
    /// Template of its text.
    pub template: String,
}

impl Store {
    /// What is due, oldest first.
    pub async fn due(&self, now: Millis, most: u64) -> Result<Vec<OutboxMessage>> {
        let rows = outbox::Entity::find()
            .filter(outbox::Column::State.eq("queued"))
            .filter(outbox::Column::NextAt.lte(now))
            .order_by_asc(outbox::Column::NextAt)
            .order_by_asc(outbox::Column::Id)
            .limit(most);
        let rows = rows.all(&self.read).await?.into_iter();
        rows.map(|row| OutboxMessage::open(row, &self.sealer)).collect()
    }

    /// When the next message is due.
    pub async fn next_due(&self) -> Result<Option<Millis>> {
        let row = outbox::Entity::find()
            .filter(outbox::Column::State.eq("queued"))
            .order_by_asc(outbox::Column::NextAt)
            .order_by_asc(outbox::Column::Id)
            .one(&self.read)
            .await?;
        Ok(row.map(|row| row.next_at))
    }

    /// How many messages were given up.
    pub async fn dead_letters(&self) -> Result<u64> {
        Ok(outbox::Entity::find().filter(outbox::Column::State.eq("dead")).count(&self.read).await?)
    }
}

impl Tx {
    /// Queues an outbox message.
    pub async fn queue(
        &mut self,
        id: Uuid,
        company: CompanyId,
        new: NewOutboxMessage,
        about: About,
        now: Millis,
    ) -> Result<()> {
        let row = outbox::ActiveModel {
            id: Set(id),
            company_id: Set(company.0),
            kind: Set(new.medium.as_str().to_owned()),
            recipient: Set(new.to),
            subject: Set(String::new()),
            body: Set(String::new()),
            state: Set("queued".to_owned()),
            attempts: Set(0),
            next_at: Set(now),
            last_error: Set(String::new()),
            created_at: Set(now),
            sealed: Set(Some(seal(&self.sealer, id, &new.subject, &new.body)?)),
            person_id: Set(about.person.map(|person| person.0)),
            letter: Set(Some(about.template.to_owned())),
        };
        outbox::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Takes messages back that wait.
    pub(in crate::store) async fn take_back(&mut self, company: CompanyId, ids: &[Uuid]) -> Result<()> {
        outbox::Entity::delete_many()
            .filter(outbox::Column::CompanyId.eq(company.0))
            .filter(outbox::Column::Id.is_in(ids.to_vec()))
            .filter(outbox::Column::State.eq("queued"))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Marks a message as sent: its text is removed, and its address is one that can be reached.
    pub async fn mark_sent(&mut self, company: CompanyId, id: Uuid) -> Result<()> {
        match self.conclude(company, id, "sent", "").await? {
            Some(row) => self.forget_undelivered(row.company_id, &row.kind, &row.recipient).await,
            None => Ok(()),
        }
    }

    /// Marks a message as given up: its text is removed. Returns what it was about, or `None` if there is no such
    /// message.
    pub async fn mark_dead(
        &mut self,
        company: CompanyId,
        id: Uuid,
        error: &str,
    ) -> Result<Option<DeadLetter>> {
        let Some(row) = self.conclude(company, id, "dead", error).await? else { return Ok(None) };
        Ok(Some(DeadLetter {
            company: row.company_id.into(),
            medium: words::parse("outbox.kind", &row.kind)?,
            to: row.recipient,
            person: row.person_id.map(PersonId),
            template: row.letter.unwrap_or_default(),
        }))
    }

    /// Schedules another try of a message that failed.
    pub async fn retry_at(
        &mut self,
        company: CompanyId,
        id: Uuid,
        next_at: Millis,
        error: &str,
    ) -> Result<()> {
        outbox::Entity::update_many()
            .col_expr(outbox::Column::Attempts, Expr::col(outbox::Column::Attempts).add(1))
            .col_expr(outbox::Column::NextAt, Expr::value(next_at))
            .col_expr(outbox::Column::LastError, Expr::value(error))
            .filter(outbox::Column::CompanyId.eq(company.0))
            .filter(outbox::Column::Id.eq(id))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    async fn conclude(
        &mut self,
        company: CompanyId,
        id: Uuid,
        state: &str,
        error: &str,
    ) -> Result<Option<outbox::Model>> {
        let concluded = outbox::Entity::update_many()
            .col_expr(outbox::Column::State, Expr::value(state))
            .col_expr(outbox::Column::Subject, Expr::value(""))
            .col_expr(outbox::Column::Body, Expr::value(""))
            .col_expr(outbox::Column::Sealed, Expr::value(None::<Vec<u8>>))
            .col_expr(outbox::Column::LastError, Expr::value(error))
            .filter(outbox::Column::CompanyId.eq(company.0))
            .filter(outbox::Column::Id.eq(id))
            .exec_with_returning(&self.db)
            .await?;
        Ok(concluded.into_iter().next())
    }
}
