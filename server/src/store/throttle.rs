//! Guards: counters of tries. Every "count, then decide" here is one statement.

use super::{CounterKey, Result, Store, Tx, entity::throttle, raw};
use causeway_api::Millis;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// When a counter blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockRule {
    /// Events are counted within so many milliseconds.
    pub window: Millis,
    /// The event that makes so many blocks.
    pub most: i64,
    /// For so many milliseconds.
    pub block: Millis,
}

impl Store {
    /// Until when a counter blocks; nothing when it does not.
    pub async fn blocked_until(&self, key: &CounterKey, now: Millis) -> Result<Option<Millis>> {
        raw::blocked_until(&self.read, key.as_str(), now).await
    }

    /// How many events of `key` were counted in the window that is open now.
    pub async fn count_now(&self, key: &CounterKey, window: Millis, now: Millis) -> Result<i64> {
        let found = throttle::Entity::find_by_id(key.as_str().to_owned()).one(&self.read).await?;
        Ok(found.filter(|row| row.window_start + window > now).map_or(0, |row| row.count))
    }
}

impl Tx {
    /// Counts one more event of `key` in a window and returns how many there were, this one included.
    pub async fn count(&mut self, key: &CounterKey, window: Millis, now: Millis) -> Result<i64> {
        raw::count_in_window(&self.db, key.as_str(), now, window).await
    }

    /// Takes one of `most` attempts of `key` and blocks it for the pause that the attempt costs (after the
    /// first, second, third and every further one); nothing while it is blocked or when none is left.
    pub async fn take_attempt(
        &mut self,
        key: &CounterKey,
        most: i64,
        pauses: [Millis; 4],
        now: Millis,
    ) -> Result<Option<i64>> {
        raw::take_attempt(&self.db, key.as_str(), now, most, pauses).await
    }

    /// Counts one more event of `key` in a window; the one that makes `most` of them blocks the key for so long.
    /// Answers until when it is blocked, also when it was before; a blocked key counts nothing.
    pub async fn count_and_block(
        &mut self,
        key: &CounterKey,
        rule: BlockRule,
        now: Millis,
    ) -> Result<Option<Millis>> {
        raw::count_and_block(&self.db, key.as_str(), now, rule).await
    }

    /// Forgets what was counted for `key`; returns how many there were.
    pub async fn clear_count(&mut self, key: &CounterKey) -> Result<i64> {
        let cleared = throttle::Entity::delete_many()
            .filter(throttle::Column::Key.eq(key.as_str()))
            .exec_with_returning(&self.db)
            .await?;
        Ok(cleared.first().map_or(0, |row| row.count))
    }

    /// Forgets counters, codes and links of devices that no longer matter.
    pub async fn purge_guards(&mut self, before: Millis) -> Result<()> {
        self.purge_device_links(before).await?;
        self.purge_passkey_registrations(before).await?;
        self.purge_codes(before).await?;
        throttle::Entity::delete_many()
            .filter(throttle::Column::WindowStart.lt(before))
            .filter(throttle::Column::BlockedUntil.lt(before))
            .exec(&self.db)
            .await?;
        Ok(())
    }
}
