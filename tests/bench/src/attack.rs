//! One address with thousands of connections, half-sent bodies and unread sockets: what the others notice of it.

use crate::table::{Goal, Table};
use anyhow::Result;
use causeway_e2e::{
    attack::{self, Attack, millis},
    world::{Extra, World},
};

pub(crate) async fn measure(table: &mut Table, is_quick: bool) -> Result<()> {
    let attack = if is_quick {
        Attack { connections: 1_500, bodies: 200, sockets: 12, seconds: 5 }
    } else {
        Attack { connections: 15_000, bodies: 2_050, sockets: 60, seconds: 30 }
    };
    let world = World::start_release(Extra::default()).await?;
    let noticed = attack::run(&world, attack).await?;
    let name = |what: &str| format!("attack by one address: {what}");
    table.add(&name("others' p99 before"), millis(noticed.quiet), "ms", Goal::None)?;
    let most = millis(noticed.quiet) * 2.0;
    table.add(&name("others' p99 meanwhile"), millis(noticed.attacked), "ms", Goal::AtMost(most))?;
    table.add(&name("health p99"), millis(noticed.health), "ms", Goal::AtMost(50.0))?;
    table.add(&name("health, slowest"), millis(noticed.health_slowest), "ms", Goal::AtMost(500.0))?;
    table.add(&name("memory"), noticed.memory, "MiB", Goal::AtMost(256.0))?;
    drop(world);
    let world = World::start_release(Extra::default()).await?;
    let count = if is_quick { 50 } else { 1_000 };
    let memory = attack::sign_in_wrongly(&world, count).await?;
    table.add(&format!("{count} wrong sign-ins: memory"), memory, "MiB", Goal::AtMost(160.0))
}
