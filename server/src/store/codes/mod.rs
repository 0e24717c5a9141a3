//! One-time codes, whatever they are for. Every "count, then decide" is one statement.

mod row;

pub use row::{CodeKey, CodePurpose, NextCode, OneTimeCode, SentTo};

use super::{
    Result, Store, Tx,
    entity::{one_time_code as code, one_time_code::Column},
};
use causeway_api::{CompanyId, Millis, PersonId, chats::Channel};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, OnConflict},
};

impl Store {
    /// Codes of which it is to be decided whether they go out, oldest first.
    pub async fn pending_codes(&self, most: u64) -> Result<Vec<OneTimeCode>> {
        let rows = code::Entity::find()
            .filter(Column::IsPending.eq(1))
            .order_by_asc(Column::ExpiresAt)
            .order_by_asc(Column::Hash)
            .limit(most);
        rows.all(&self.read).await?.into_iter().map(OneTimeCode::try_from).collect()
    }

    /// The unused code with that hash, whatever its age.
    pub async fn code(&self, purpose: CodePurpose, hash: &[u8]) -> Result<Option<OneTimeCode>> {
        let found = code::Entity::find()
            .filter(Column::Hash.eq(hash.to_vec()))
            .filter(Column::Purpose.eq(purpose.as_str()))
            .filter(Column::UsedAt.is_null());
        found.one(&self.read).await?.map(OneTimeCode::try_from).transpose()
    }
}

impl Tx {
    /// The unused code with that hash, inside this transaction.
    pub async fn code(&self, purpose: CodePurpose, hash: &[u8]) -> Result<Option<OneTimeCode>> {
        let found = code::Entity::find()
            .filter(Column::Hash.eq(hash.to_vec()))
            .filter(Column::Purpose.eq(purpose.as_str()))
            .filter(Column::UsedAt.is_null());
        found.one(&self.db).await?.map(OneTimeCode::try_from).transpose()
    }

    /// Adds a code. One of that hash that is there already is replaced when it was used or its pause is over; returns
    /// `false` when it is not.
    pub async fn add_code(&mut self, new: OneTimeCode, now: Millis) -> Result<bool> {
        let row = code::ActiveModel {
            hash: Set(new.hash),
            company_id: Set(new.company.0),
            purpose: Set(new.purpose.as_str().to_owned()),
            person_id: Set(new.person.map(|person| person.0)),
            channel: Set(new.channel.map(|channel| channel.as_str().to_owned())),
            address: Set(new.address),
            sent_phone: Set(new.sent_to.phone),
            sent_email: Set(new.sent_to.email),
            code_mac: Set(new.code_mac),
            attempts: Set(0),
            sends: Set(1),
            next_send_at: Set(new.next_send_at),
            expires_at: Set(new.expires_at),
            used_at: Set(None),
            passkey_state: Set(new.passkey_state),
            earlier_failures: Set(new.earlier_failures),
            password_version: Set(new.password_version),
            is_pending: Set(i32::from(new.is_pending)),
        };
        let again = OnConflict::columns([Column::CompanyId, Column::Hash])
            .update_columns([
                Column::SentPhone,
                Column::SentEmail,
                Column::CodeMac,
                Column::Attempts,
                Column::Sends,
                Column::NextSendAt,
                Column::ExpiresAt,
                Column::UsedAt,
                Column::PasskeyState,
                Column::EarlierFailures,
                Column::PasswordVersion,
                Column::IsPending,
            ])
            .action_and_where(
                Expr::col((code::Entity, Column::NextSendAt)).lte(now).or(Expr::col((
                    code::Entity,
                    Column::UsedAt,
                ))
                .is_not_null()),
            )
            .to_owned();
        Ok(code::Entity::insert(row).on_conflict(again).exec_without_returning(&self.db).await? == 1)
    }

    /// Takes one of the guesses that a code allows; `None` when none is left or it is over.
    pub async fn take_guess(
        &mut self,
        purpose: CodePurpose,
        hash: &[u8],
        most: i32,
        now: Millis,
    ) -> Result<Option<OneTimeCode>> {
        let taken = code::Entity::update_many()
            .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
            .filter(Column::Hash.eq(hash.to_vec()))
            .filter(Column::Purpose.eq(purpose.as_str()))
            .filter(Column::UsedAt.is_null())
            .filter(Column::Attempts.lt(most))
            .filter(Column::ExpiresAt.gt(now))
            .exec_with_returning(&self.db)
            .await?;
        taken.into_iter().next().map(OneTimeCode::try_from).transpose()
    }

    /// Gives a guess back that was right, where the code is used up only by a later step.
    pub async fn give_guess_back(&mut self, hash: &[u8]) -> Result<()> {
        code::Entity::update_many()
            .col_expr(Column::Attempts, Expr::col(Column::Attempts).sub(1))
            .filter(Column::Hash.eq(hash.to_vec()))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Marks a code as used. Returns `false` if it already was.
    pub async fn use_code(&mut self, hash: &[u8], now: Millis) -> Result<bool> {
        let used = code::Entity::update_many()
            .col_expr(Column::UsedAt, Expr::value(Some(now)))
            .filter(Column::Hash.eq(hash.to_vec()))
            .filter(Column::UsedAt.is_null())
            .exec(&self.db)
            .await?;
        Ok(used.rows_affected == 1)
    }

    /// Replaces a code that was sent, if one more may be sent now. The guesses stay counted.
    pub async fn replace_code(
        &mut self,
        hash: &[u8],
        next: NextCode,
        most: i32,
        now: Millis,
    ) -> Result<bool> {
        let replaced = code::Entity::update_many()
            .col_expr(Column::CodeMac, Expr::value(next.code_mac))
            .col_expr(Column::SentPhone, Expr::value(next.sent_to.phone))
            .col_expr(Column::SentEmail, Expr::value(next.sent_to.email))
            .col_expr(Column::Sends, Expr::col(Column::Sends).add(1))
            .col_expr(Column::NextSendAt, Expr::value(next.next_send_at))
            .col_expr(Column::ExpiresAt, Expr::value(next.expires_at))
            .col_expr(Column::IsPending, Expr::value(i32::from(next.is_pending)))
            .filter(Column::Hash.eq(hash.to_vec()))
            .filter(Column::UsedAt.is_null())
            .filter(Column::Sends.lt(most))
            .filter(Column::NextSendAt.lte(now))
            .exec(&self.db)
            .await?;
        Ok(replaced.rows_affected == 1)
    }

    /// Decides about a pending code: with the digits' HMAC it goes to a person, with nothing it goes nowhere. Returns
    /// `false` if it was decided already, or was used or ended.
    pub async fn settle_code(
        &mut self,
        hash: &[u8],
        goes_to: Option<(PersonId, SentTo, Vec<u8>)>,
    ) -> Result<bool> {
        let mut settled = code::Entity::update_many()
            .col_expr(Column::IsPending, Expr::value(0))
            .filter(Column::Hash.eq(hash.to_vec()))
            .filter(Column::IsPending.eq(1))
            .filter(Column::UsedAt.is_null());
        if let Some((person, SentTo { phone, email }, mac)) = goes_to {
            settled = settled
                .col_expr(Column::PersonId, Expr::value(Some(person.0)))
                .col_expr(Column::SentPhone, Expr::value(phone))
                .col_expr(Column::SentEmail, Expr::value(email))
                .col_expr(Column::CodeMac, Expr::value(mac));
        }
        Ok(settled.exec(&self.db).await?.rows_affected == 1)
    }

    /// Keeps what a passkey is checked against from now on.
    pub async fn set_passkey_state(&mut self, hash: &[u8], state: &str) -> Result<()> {
        code::Entity::update_many()
            .col_expr(Column::PasskeyState, Expr::value(Some(state)))
            .filter(Column::Hash.eq(hash.to_vec()))
            .filter(Column::UsedAt.is_null())
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Ends the codes of a person that wait.
    pub async fn end_codes_of(&mut self, company: CompanyId, person: PersonId) -> Result<()> {
        code::Entity::delete_many()
            .filter(Column::CompanyId.eq(company.0))
            .filter(Column::PersonId.eq(person.0))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Ends the codes that link a channel of a client.
    pub async fn end_codes_on(
        &mut self,
        company: CompanyId,
        client: PersonId,
        channel: Channel,
    ) -> Result<()> {
        code::Entity::delete_many()
            .filter(Column::CompanyId.eq(company.0))
            .filter(Column::PersonId.eq(client.0))
            .filter(Column::Channel.eq(channel.as_str()))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Forgets codes that expired before an instant.
    pub async fn purge_codes(&mut self, before: Millis) -> Result<()> {
        code::Entity::delete_many().filter(Column::ExpiresAt.lt(before)).exec(&self.db).await?;
        Ok(())
    }
}
