//! Passkeys (WebAuthn).

use super::PasskeyRow;
use crate::store::{
    Result, Tx,
    entity::{passkey, passkey_registration},
};
use causeway_api::{CompanyId, Millis, PersonId};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use uuid::Uuid;

impl Tx {
    /// Keeps what the answer of a browser that makes a passkey is checked against.
    pub async fn begin_passkey(
        &mut self,
        company: CompanyId,
        session: &[u8],
        state: String,
        expires_at: Millis,
    ) -> Result<()> {
        let row = passkey_registration::ActiveModel {
            company_id: Set(company.0),
            session_hash: Set(session.to_vec()),
            state: Set(state),
            expires_at: Set(expires_at),
        };
        let newer = OnConflict::columns([
            passkey_registration::Column::CompanyId,
            passkey_registration::Column::SessionHash,
        ])
        .update_columns([passkey_registration::Column::State, passkey_registration::Column::ExpiresAt])
        .to_owned();
        passkey_registration::Entity::insert(row).on_conflict(newer).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Uses up what was kept; nothing when it is not there or too old.
    pub async fn take_passkey_state(
        &mut self,
        company: CompanyId,
        session: &[u8],
        now: Millis,
    ) -> Result<Option<String>> {
        let taken = passkey_registration::Entity::delete_many()
            .filter(passkey_registration::Column::CompanyId.eq(company.0))
            .filter(passkey_registration::Column::SessionHash.eq(session.to_vec()))
            .exec_with_returning(&self.db)
            .await?;
        Ok(taken.into_iter().find(|row| row.expires_at > now).map(|row| row.state))
    }

    /// Adds a passkey.
    pub async fn add_passkey(&mut self, company: CompanyId, person: PersonId, new: PasskeyRow) -> Result<()> {
        let row = passkey::ActiveModel {
            id: Set(new.id),
            company_id: Set(company.0),
            person_id: Set(person.0),
            credential_id: Set(new.credential_id),
            credential: Set(new.credential),
            name: Set(new.name),
            created_at: Set(new.created_at),
            used_at: Set(new.used_at),
        };
        passkey::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Notes that a passkey was used, and its counter; false when it has been taken away.
    pub async fn use_passkey(
        &mut self,
        company: CompanyId,
        id: Uuid,
        credential: String,
        now: Millis,
    ) -> Result<bool> {
        let used = passkey::Entity::update_many()
            .col_expr(passkey::Column::Credential, Expr::value(credential))
            .col_expr(passkey::Column::UsedAt, Expr::value(Some(now)))
            .filter(passkey::Column::CompanyId.eq(company.0))
            .filter(passkey::Column::Id.eq(id))
            .exec(&self.db)
            .await?;
        Ok(used.rows_affected == 1)
    }

    /// Takes passkeys of a person away, one or all; returns their names.
    pub async fn remove_passkeys(
        &mut self,
        company: CompanyId,
        person: PersonId,
        only: Option<Uuid>,
    ) -> Result<Vec<String>> {
        let mut which = passkey::Column::CompanyId.eq(company.0).and(passkey::Column::PersonId.eq(person.0));
        if let Some(id) = only {
            which = which.and(passkey::Column::Id.eq(id));
        }
        let removed = passkey::Entity::delete_many().filter(which).exec_with_returning(&self.db).await?;
        Ok(removed.into_iter().map(|row| row.name).collect())
    }
}
