//! Mail and SMS: a provider that fails or hangs harms no one but itself.

use crate::common::{PASSWORD, World, on_every_database};
use axum::{Router, http::StatusCode, routing::post};
use causeway_server::{
    config::Sms,
    outbox::{self, Gateway, Transport},
    store::StoreError,
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU16, AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

/// An SMS gateway that answers with a status, or never; it counts how often it was asked.
async fn gateway(status: Arc<AtomicU16>) -> (Transport, Arc<AtomicU32>) {
    let asked = Arc::new(AtomicU32::new(0));
    let counter = asked.clone();
    let answer = move || {
        let (counter, status) = (counter.clone(), status.load(Ordering::SeqCst));
        async move {
            counter.fetch_add(1, Ordering::SeqCst);
            match StatusCode::from_u16(status) {
                Ok(status) => status,
                Err(_) => std::future::pending().await,
            }
        }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
    let router = Router::new().route("/2010-04-01/Accounts/{account}/Messages.json", post(answer));
    tokio::spawn(async move { axum::serve(listener, router).await });
    let settings =
        Sms { url, account: "AC1".into(), token: "t".to_owned().into(), from: "+12025550100".into() };
    (Transport::Providers { mail: None, sms: Some(Box::new(Gateway::new(settings).unwrap())) }, asked)
}

async fn db_dead_letters(world: &World) -> u64 {
    world.app.store.dead_letters().await.map_err(|error: StoreError| error).unwrap()
}

#[test]
fn a_failing_gateway_is_tried_five_times_with_growing_pauses() {
    on_every_database(|world| async move {
        let (transport, asked) = gateway(Arc::new(AtomicU16::new(503))).await;
        let world = world.with_transport(transport).await;
        world.browser().log_in("lanternbay", "priya", PASSWORD).await;
        let mut tried = Vec::new();
        for _ in 0..400 {
            outbox::flush(&world.app).await.unwrap();
            tried.push(asked.load(Ordering::SeqCst));
            world.clock.advance(1_000);
        }
        let changes: Vec<usize> = (1..tried.len()).filter(|at| tried[*at] > tried[at - 1]).collect();
        assert_eq!(tried.last(), Some(&5));
        assert!(changes.windows(2).all(|pair| pair[1] > pair[0]) && changes[0] >= 5, "{changes:?}");
        let pauses: Vec<usize> = changes.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert!(pauses.windows(2).all(|pair| pair[1] > pair[0]), "{pauses:?}");
        // The SMS, and the mail for which nothing is configured.
        assert_eq!(db_dead_letters(&world).await, 2);
    });
}

#[test]
fn a_refusing_gateway_is_not_asked_twice_and_a_recovered_one_delivers() {
    on_every_database(|world| async move {
        let status = Arc::new(AtomicU16::new(400));
        let (transport, asked) = gateway(status.clone()).await;
        let world = world.with_transport(transport).await;
        world.browser().log_in("lanternbay", "priya", PASSWORD).await;
        outbox::flush(&world.app).await.unwrap();
        world.clock.advance(3_600_000);
        outbox::flush(&world.app).await.unwrap();
        assert_eq!((asked.load(Ordering::SeqCst), db_dead_letters(&world).await), (1, 2));
        status.store(503, Ordering::SeqCst);
        world.browser().log_in("lanternbay", "daniel", PASSWORD).await;
        outbox::flush(&world.app).await.unwrap();
        status.store(201, Ordering::SeqCst);
        world.clock.advance(60_000);
        outbox::flush(&world.app).await.unwrap();
        assert_eq!((asked.load(Ordering::SeqCst), db_dead_letters(&world).await), (3, 3));
    });
}

#[test]
fn a_hanging_gateway_delays_no_answer() {
    on_every_database(|world| async move {
        let (transport, asked) = gateway(Arc::new(AtomicU16::new(0))).await;
        let world = world.with_transport(transport).await;
        let worker = tokio::spawn(outbox::run(world.app.clone()));
        let begun = Instant::now();
        let answer = world.browser().log_in("lanternbay", "priya", PASSWORD).await;
        assert_eq!(answer.status, 200);
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
        let second = world.browser().log_in("lanternbay", "daniel", PASSWORD).await;
        assert_eq!(second.status, 200);
        // Both are being sent at the same time: neither waits for the other.
        tokio::time::timeout(Duration::from_secs(10), async {
            while asked.load(Ordering::SeqCst) < 2 {
                tokio::task::yield_now().await;
            }
        })
        .await
        .unwrap();
        worker.abort();
    });
}
