//! The outbox: what is to be sent outward, written in the transaction that decided it.

use super::{Result, Store, StoreError, Tx, entity::outbox};
use causeway_api::{CompanyId, Millis};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

/// The road a message outward takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutgoingKind {
    /// SMS gateway.
    Sms,
    /// Mail server.
    Email,
}

impl OutgoingKind {
    /// The word in the database, in logs and in metrics.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sms => "sms",
            Self::Email => "email",
        }
    }
}

/// A message outward to add.
#[derive(Clone)]
pub struct NewOutgoing {
    /// SMS or mail.
    pub kind: OutgoingKind,
    /// Phone number or mail address.
    pub to: String,
    /// The subject of a mail.
    pub subject: String,
    /// The text.
    pub body: String,
}

/// A message outward that is due. It has no `Debug`: its body may hold a code.
#[derive(Clone)]
pub struct Outgoing {
    /// Which.
    pub id: Uuid,
    /// What to send.
    pub message: NewOutgoing,
    /// Tries so far.
    pub attempts: i32,
}

impl TryFrom<outbox::Model> for Outgoing {
    type Error = StoreError;

    fn try_from(row: outbox::Model) -> Result<Self> {
        let kind = match row.kind.as_str() {
            "sms" => OutgoingKind::Sms,
            "email" => OutgoingKind::Email,
            other => return Err(StoreError::Corrupt(format!("outbox.kind {other}"))),
        };
        let message = NewOutgoing { kind, to: row.recipient, subject: row.subject, body: row.body };
        Ok(Self { id: row.id, message, attempts: row.attempts })
    }
}

impl Store {
    /// What is due, oldest first.
    pub async fn due(&self, now: Millis, most: u64) -> Result<Vec<Outgoing>> {
        let rows = outbox::Entity::find()
            .filter(outbox::Column::State.eq("queued"))
            .filter(outbox::Column::NextAt.lte(now))
            .order_by_asc(outbox::Column::NextAt)
            .order_by_asc(outbox::Column::Id)
            .limit(most);
        rows.all(&self.read).await?.into_iter().map(Outgoing::try_from).collect()
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
    /// Queues a message outward.
    pub async fn queue(&mut self, id: Uuid, company: CompanyId, new: NewOutgoing, now: Millis) -> Result<()> {
        let row = outbox::ActiveModel {
            id: Set(id),
            company_id: Set(company.0),
            kind: Set(new.kind.as_str().to_owned()),
            recipient: Set(new.to),
            subject: Set(new.subject),
            body: Set(new.body),
            state: Set("queued".to_owned()),
            attempts: Set(0),
            next_at: Set(now),
            last_error: Set(String::new()),
            created_at: Set(now),
        };
        outbox::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Takes messages back that wait.
    pub(super) async fn take_back(&mut self, ids: &[Uuid]) -> Result<()> {
        outbox::Entity::delete_many()
            .filter(outbox::Column::Id.is_in(ids.to_vec()))
            .filter(outbox::Column::State.eq("queued"))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// It was sent: what it said is forgotten here.
    pub async fn mark_sent(&mut self, id: Uuid) -> Result<()> {
        self.conclude(id, "sent", "").await
    }

    /// It is given up: an admin sees that it failed and why, not what it said.
    pub async fn mark_dead(&mut self, id: Uuid, error: &str) -> Result<()> {
        self.conclude(id, "dead", error).await
    }

    /// It failed and will be tried again.
    pub async fn retry_at(&mut self, id: Uuid, next_at: Millis, error: &str) -> Result<()> {
        outbox::Entity::update_many()
            .col_expr(outbox::Column::Attempts, Expr::col(outbox::Column::Attempts).add(1))
            .col_expr(outbox::Column::NextAt, Expr::value(next_at))
            .col_expr(outbox::Column::LastError, Expr::value(error))
            .filter(outbox::Column::Id.eq(id))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    async fn conclude(&mut self, id: Uuid, state: &str, error: &str) -> Result<()> {
        outbox::Entity::update_many()
            .col_expr(outbox::Column::State, Expr::value(state))
            .col_expr(outbox::Column::Body, Expr::value(""))
            .col_expr(outbox::Column::LastError, Expr::value(error))
            .filter(outbox::Column::Id.eq(id))
            .exec(&self.db)
            .await?;
        Ok(())
    }
}
