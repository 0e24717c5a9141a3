//! Connections whose statements are counted.

use super::{Options, Result, connect_options};
use sea_orm::{Database, DatabaseConnection};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// The number of statements that the database was asked, without those that begin and end transactions.
#[derive(Clone, Default)]
pub(super) struct Statements(Arc<AtomicU64>);

impl Statements {
    /// Connects by a pool of so many connections.
    pub(super) async fn connect(&self, options: &Options, connections: u32) -> Result<DatabaseConnection> {
        let mut db = Database::connect(connect_options(options, connections)).await?;
        let count = self.0.clone();
        db.set_metric_callback(move |_| {
            count.fetch_add(1, Ordering::Relaxed);
        });
        Ok(db)
    }

    pub(super) fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}
