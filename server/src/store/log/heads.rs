//! The ends of companies' chains while a transaction moves them.

use crate::{
    clock,
    store::{
        Committed, Result, StoreError,
        entity::{company, event},
    },
};
use causeway_api::{CompanyId, EventBody, Millis, PersonId};
use causeway_ledger::{Entry, Head, SALT_LENGTH, chain};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use std::{collections::HashMap, sync::Arc};

/// The form of hashes that cover a salted digest of the body.
pub(in crate::store) const SALTED: i32 = 2;

/// The end of a chain, and the form in which the next event is hashed.
#[derive(Clone, Debug)]
pub(super) struct End {
    pub(super) head: Head,
    pub(super) form: i32,
}

/// The chain ends that a commit has moved, saved once at its end.
#[derive(Clone, Debug, Default)]
pub(in crate::store) struct Heads(HashMap<CompanyId, End>);

/// An event to append.
#[derive(Clone, Debug)]
pub struct NewEvent {
    /// Who acts.
    pub actor: PersonId,
    /// When.
    pub at: Millis,
    /// What happened.
    pub body: EventBody,
    /// Everyone who learns of it.
    pub audience: Arc<[PersonId]>,
}

impl End {
    /// Moves the end by an event. Returns the event, and its row.
    pub(super) fn move_by(&mut self, company: CompanyId, new: NewEvent) -> Result<(Committed, event::Model)> {
        let NewEvent { actor, at, body, audience } = new;
        let json = serde_json::to_string(&body).map_err(|error| StoreError::Unwritable(error.to_string()))?;
        let entry = Entry { company, seq: self.head.seq + 1, at, actor, body, json: json.into() };
        let salt = (self.form == SALTED).then(clock::new_event_salt);
        let hash = chain(&self.head.hash, &entry, salt.as_ref().map(<[u8; SALT_LENGTH]>::as_slice));
        let row = event::Model {
            company_id: company.0,
            seq: entry.seq,
            at,
            kind: entry.body.kind().to_owned(),
            chat_id: entry.body.chat().0,
            actor_id: actor.0,
            body: entry.json.to_string(),
            salt: salt.map(|salt| salt.to_vec()),
            hash: hash.clone(),
        };
        self.head = Head { seq: entry.seq, hash };
        Ok((Committed { entry, audience }, row))
    }
}

impl Heads {
    /// The head of a company, locked against other transactions from the first call to the end of this one.
    pub(super) async fn of(&mut self, db: &sea_orm::DatabaseTransaction, id: CompanyId) -> Result<&mut End> {
        if let std::collections::hash_map::Entry::Vacant(vacant) = self.0.entry(id) {
            let locked = company::Entity::update_many()
                .col_expr(company::Column::LastSeq, Expr::col(company::Column::LastSeq))
                .filter(company::Column::Id.eq(id.0))
                .exec_with_returning(db)
                .await?;
            let row =
                locked.into_iter().next().ok_or_else(|| StoreError::Vanished(format!("company {id}")))?;
            let head = Head { seq: row.last_seq, hash: row.last_hash };
            vacant.insert(End { head, form: row.hash_form });
        }
        self.0.get_mut(&id).ok_or_else(|| StoreError::Vanished(format!("the head of company {id}")))
    }

    pub(in crate::store) async fn save(&self, db: &sea_orm::DatabaseTransaction) -> Result<()> {
        for (id, End { head, form }) in &self.0 {
            company::Entity::update_many()
                .col_expr(company::Column::LastSeq, Expr::value(head.seq))
                .col_expr(company::Column::LastHash, Expr::value(head.hash.clone()))
                .col_expr(company::Column::HashForm, Expr::value(*form))
                .filter(company::Column::Id.eq(id.0))
                .exec(db)
                .await?;
        }
        Ok(())
    }
}
