//! As many messages in pairs as go through, each acknowledged after its commit; and what they cost the server.

use crate::{
    load::new_id,
    server::{BINARY, Server},
    table::{Goal, Table},
    wire::Wire,
};
use anyhow::{Context as _, Result};
use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::task::JoinSet;

/// Connections that send, each one message after the other.
const SENDERS: usize = 128;
/// How often two servers are measured in turns.
const TURNS: usize = 3;

/// A database, and what is expected on it.
pub(crate) struct Database {
    name: &'static str,
    /// The variable with its address; none for the file in the data folder.
    variable: Option<&'static str>,
    acknowledged: f64,
    per_core_second: f64,
    /// How many times the messages per core-second of the server it is measured against.
    ratio: f64,
}

pub(crate) const SQLITE: Database = Database {
    name: "SQLite, FULL",
    variable: None,
    acknowledged: 6_000.0,
    per_core_second: 5_000.0,
    ratio: 2.5,
};

pub(crate) const POSTGRES: Database = Database {
    name: "PostgreSQL",
    variable: Some("CAUSEWAY_BENCH_POSTGRES"),
    acknowledged: 2_800.0,
    per_core_second: 1_900.0,
    ratio: 3.0,
};

/// What a server did.
#[derive(Clone, Copy, Default)]
struct Peak {
    messages: f64,
    seconds: f64,
    /// Processor time of the server, without the database's where that is a process of its own.
    core_seconds: f64,
}

impl Peak {
    fn add(&mut self, other: Self) {
        self.messages += other.messages;
        self.seconds += other.seconds;
        self.core_seconds += other.core_seconds;
    }

    fn per_core_second(self) -> f64 {
        self.messages / self.core_seconds
    }
}

/// Measures this server, in turns with another one if there is one.
pub(crate) async fn measure(
    table: &mut Table,
    database: &Database,
    seconds: u64,
    against: Option<&Path>,
) -> Result<()> {
    let (mut own, mut other) = (Peak::default(), Peak::default());
    for _ in 0..if against.is_some() { TURNS } else { 1 } {
        own.add(saturate(Path::new(BINARY), database, seconds).await?);
        if let Some(against) = against {
            other.add(saturate(against, database, seconds).await?);
        }
    }
    let name = |what: &str| format!("peak, {}: {what}", database.name);
    let rate = own.messages / own.seconds;
    table.add(&name("acknowledged messages in pairs"), rate, "/s", Goal::AtLeast(database.acknowledged))?;
    table.add(&name("cores that the server used"), own.core_seconds / own.seconds, "", Goal::None)?;
    let per_core = own.per_core_second();
    table.add(&name("messages per core-second"), per_core, "", Goal::AtLeast(database.per_core_second))?;
    if against.is_some() {
        table.add(&name("the other server's"), other.per_core_second(), "", Goal::None)?;
        let ratio = per_core / other.per_core_second();
        table.add(&name("ratio of the two"), ratio, "x", Goal::AtLeast(database.ratio))?;
    }
    Ok(())
}

async fn saturate(binary: &Path, database: &Database, seconds: u64) -> Result<Peak> {
    let address = match database.variable {
        Some(variable) => Some(std::env::var(variable).with_context(|| format!("{variable} is not set"))?),
        None => None,
    };
    let server = Arc::new(Server::start_of(binary, address.as_deref(), 3_000).await?);
    let acked = Arc::new(AtomicU64::new(0));
    let before = server.processor_time()?;
    let (begun, mut senders) = (Instant::now(), JoinSet::new());
    for worker in 0..SENDERS {
        let (server, acked) = (server.clone(), acked.clone());
        senders.spawn(async move {
            let mut wire = Wire::open(server.port).await?;
            let mut turn = worker;
            while begun.elapsed() < Duration::from_secs(seconds) {
                let pair = &server.pairs[turn % server.pairs.len()];
                if wire.send(pair, turn / SENDERS % 2, &new_id().to_string(), "saturation").await? {
                    acked.fetch_add(1, Ordering::Relaxed);
                }
                turn += SENDERS;
            }
            Ok::<_, anyhow::Error>(())
        });
    }
    while let Some(done) = senders.join_next().await {
        done??;
    }
    Ok(Peak {
        messages: acked.load(Ordering::Relaxed) as f64,
        seconds: begun.elapsed().as_secs_f64(),
        core_seconds: server.processor_time()? - before,
    })
}
