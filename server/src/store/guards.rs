//! Guards: sign-in challenges and counters. Every "count, then decide" here is one statement.

use super::{
    Result, Store, Tx,
    entity::{challenge, throttle},
    raw,
};
use causeway_api::{CompanyId, Millis, PersonId};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};

/// A sign-in that waits for its code.
#[derive(Clone, Debug)]
pub struct Challenge {
    /// SHA-256 of the token in the browser's cookie.
    pub hash: Vec<u8>,
    /// The company.
    pub company: CompanyId,
    /// Who.
    pub person: PersonId,
    /// HMAC of the code; empty when none was sent.
    pub code_mac: Vec<u8>,
    /// What a passkey is checked against.
    pub passkey_state: Option<String>,
    /// Guesses evaluated so far.
    pub attempts: i32,
    /// Wrong passwords before the right one.
    pub earlier_failures: i64,
    /// Codes sent so far.
    pub sends: i32,
    /// When the next may be sent.
    pub next_send_at: Millis,
    /// When the code expires.
    pub expires_at: Millis,
}

impl From<challenge::Model> for Challenge {
    fn from(row: challenge::Model) -> Self {
        Self {
            hash: row.hash,
            company: row.company_id.into(),
            person: row.person_id.into(),
            code_mac: row.code_mac,
            passkey_state: row.passkey_state,
            attempts: row.attempts,
            earlier_failures: row.earlier_failures,
            sends: row.sends,
            next_send_at: row.next_send_at,
            expires_at: row.expires_at,
        }
    }
}

/// A challenge to add, or the next code of one.
#[derive(Clone, Debug)]
pub struct NewChallenge {
    /// SHA-256 of the token in the browser's cookie.
    pub hash: Vec<u8>,
    /// The company.
    pub company: CompanyId,
    /// Who.
    pub person: PersonId,
    /// HMAC of the code; empty when none is sent.
    pub code_mac: Vec<u8>,
    /// What a passkey is checked against.
    pub passkey_state: Option<String>,
    /// Wrong passwords before the right one.
    pub earlier_failures: i64,
    /// When the next code may be sent.
    pub next_send_at: Millis,
    /// When the code expires.
    pub expires_at: Millis,
}

impl Store {
    /// The unused challenge with that hash, whatever its age.
    pub async fn challenge(&self, hash: &[u8]) -> Result<Option<Challenge>> {
        let found = challenge::Entity::find_by_id(hash.to_vec()).filter(challenge::Column::UsedAt.is_null());
        Ok(found.one(&self.read).await?.map(Challenge::from))
    }
}

impl Store {
    /// How many events of `key` were counted in the window that is open now.
    pub async fn count_now(&self, key: &str, window: Millis, now: Millis) -> Result<i64> {
        let found = throttle::Entity::find_by_id(key.to_owned()).one(&self.read).await?;
        Ok(found.filter(|row| row.window_start + window > now).map_or(0, |row| row.count))
    }
}

impl Tx {
    /// Adds a challenge.
    pub async fn add_challenge(&mut self, new: NewChallenge) -> Result<()> {
        let row = challenge::ActiveModel {
            hash: Set(new.hash),
            company_id: Set(new.company.0),
            person_id: Set(new.person.0),
            code_mac: Set(new.code_mac),
            attempts: Set(0),
            sends: Set(1),
            next_send_at: Set(new.next_send_at),
            expires_at: Set(new.expires_at),
            used_at: Set(None),
            passkey_state: Set(new.passkey_state),
            earlier_failures: Set(new.earlier_failures),
        };
        challenge::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Adds a challenge in the place of an earlier one of that hash, unless its pause is not over; false then.
    pub async fn restart_challenge(&mut self, new: NewChallenge, now: Millis) -> Result<bool> {
        challenge::Entity::delete_many()
            .filter(challenge::Column::Hash.eq(new.hash.clone()))
            .filter(challenge::Column::NextSendAt.lte(now).or(challenge::Column::UsedAt.is_not_null()))
            .exec(&self.db)
            .await?;
        if self.challenge(&new.hash).await?.is_some() {
            return Ok(false);
        }
        self.add_challenge(new).await?;
        Ok(true)
    }

    /// The challenge with that hash inside this transaction.
    pub async fn challenge(&self, hash: &[u8]) -> Result<Option<Challenge>> {
        Ok(challenge::Entity::find_by_id(hash.to_vec()).one(&self.db).await?.map(Challenge::from))
    }

    /// Takes one of the guesses that a challenge allows; nothing when none is left or it is over.
    pub async fn take_guess(&mut self, hash: &[u8], most: i32, now: Millis) -> Result<Option<Challenge>> {
        let taken = challenge::Entity::update_many()
            .col_expr(challenge::Column::Attempts, Expr::col(challenge::Column::Attempts).add(1))
            .filter(challenge::Column::Hash.eq(hash.to_vec()))
            .filter(challenge::Column::UsedAt.is_null())
            .filter(challenge::Column::Attempts.lt(most))
            .filter(challenge::Column::ExpiresAt.gt(now))
            .exec_with_returning(&self.db)
            .await?;
        Ok(taken.into_iter().next().map(Challenge::from))
    }

    /// Uses a challenge up; false when somebody else just did.
    pub async fn use_challenge(&mut self, hash: &[u8], now: Millis) -> Result<bool> {
        let used = challenge::Entity::update_many()
            .col_expr(challenge::Column::UsedAt, Expr::value(Some(now)))
            .filter(challenge::Column::Hash.eq(hash.to_vec()))
            .filter(challenge::Column::UsedAt.is_null())
            .exec(&self.db)
            .await?;
        Ok(used.rows_affected == 1)
    }

    /// Replaces the code of a challenge if one more may be sent now; false when not. The guesses stay counted.
    pub async fn replace_code(&mut self, next: &NewChallenge, most_sends: i32, now: Millis) -> Result<bool> {
        let replaced = challenge::Entity::update_many()
            .col_expr(challenge::Column::CodeMac, Expr::value(next.code_mac.clone()))
            .col_expr(challenge::Column::Sends, Expr::col(challenge::Column::Sends).add(1))
            .col_expr(challenge::Column::NextSendAt, Expr::value(next.next_send_at))
            .col_expr(challenge::Column::ExpiresAt, Expr::value(next.expires_at))
            .filter(challenge::Column::Hash.eq(next.hash.clone()))
            .filter(challenge::Column::UsedAt.is_null())
            .filter(challenge::Column::Sends.lt(most_sends))
            .filter(challenge::Column::NextSendAt.lte(now))
            .exec(&self.db)
            .await?;
        Ok(replaced.rows_affected == 1)
    }

    /// Ends every challenge of a person, and every link of a device that is under way.
    pub async fn end_challenges_of(&mut self, person: PersonId) -> Result<()> {
        self.end_device_links_of(person).await?;
        challenge::Entity::delete_many()
            .filter(challenge::Column::PersonId.eq(person.0))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Counts one more event of `key` in a window and answers how many there were, this one included.
    pub async fn count(&mut self, key: &str, window: Millis, now: Millis) -> Result<i64> {
        raw::count_in_window(&self.db, key, now, window).await
    }

    /// Takes one of `most` attempts of `key` and blocks it for the pause that the attempt costs (after the
    /// first, second, third and every further one); nothing while it is blocked or when none is left.
    pub async fn take_attempt(
        &mut self,
        key: &str,
        most: i64,
        pauses: [Millis; 4],
        now: Millis,
    ) -> Result<Option<i64>> {
        raw::take_attempt(&self.db, key, now, most, pauses).await
    }

    /// Forgets what was counted for `key`; answers how many there were.
    pub async fn clear_count(&mut self, key: &str) -> Result<i64> {
        let cleared = throttle::Entity::delete_many()
            .filter(throttle::Column::Key.eq(key.to_owned()))
            .exec_with_returning(&self.db)
            .await?;
        Ok(cleared.first().map_or(0, |row| row.count))
    }

    /// Forgets counters, challenges and links of devices that no longer matter.
    pub async fn purge_guards(&mut self, before: Millis) -> Result<()> {
        self.purge_device_links(before).await?;
        self.purge_passkey_registrations(before).await?;
        throttle::Entity::delete_many()
            .filter(throttle::Column::WindowStart.lt(before))
            .filter(throttle::Column::BlockedUntil.lt(before))
            .exec(&self.db)
            .await?;
        challenge::Entity::delete_many()
            .filter(challenge::Column::ExpiresAt.lt(before))
            .exec(&self.db)
            .await?;
        Ok(())
    }
}
