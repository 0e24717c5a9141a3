//! Files and a virus scanner that an operator has set up.

use super::{uploaded, uploaded_to};
use crate::common::{World, on_every_database};
use causeway_api::files::{Upload, UploadState};
use causeway_server::config::Settings;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

/// The harmless file that every scanner knows (EICAR), from its halves, so that none eats this source.
fn eicar() -> Vec<u8> {
    [r"X5O!P%@AP[4\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].concat().into_bytes()
}

/// A scanner as clamd is; nobody gets an answer while it is down.
struct Scanner {
    address: String,
    is_down: Arc<AtomicBool>,
}

async fn scanner() -> Scanner {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("tcp://{}", listener.local_addr().unwrap());
    let is_down = Arc::new(AtomicBool::new(false));
    let down = is_down.clone();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            if down.load(Ordering::SeqCst) {
                continue;
            }
            tokio::spawn(async move {
                let mut command = [0; 10];
                socket.read_exact(&mut command).await.unwrap();
                assert_eq!(&command, b"zINSTREAM\0");
                let mut file = Vec::new();
                loop {
                    let length = socket.read_u32().await.unwrap();
                    if length == 0 {
                        break;
                    }
                    let from = file.len();
                    file.resize(from + length as usize, 0);
                    socket.read_exact(&mut file[from..]).await.unwrap();
                }
                let is_bad = file.windows(68).any(|window| window == eicar());
                let answer: &[u8] = if is_bad { b"stream: Eicar FOUND\0" } else { b"stream: OK\0" };
                socket.write_all(answer).await.unwrap();
            });
        }
    });
    Scanner { address, is_down }
}

/// A world whose files are scanned.
async fn scanned(world: World, scanner: &Scanner, may_be_skipped: bool) -> World {
    let settings = Settings {
        scanner: Some(scanner.address.clone()),
        scanner_may_be_skipped: Some(may_be_skipped),
        ..world.settings()
    };
    world.with_config(settings.check().unwrap()).await
}

#[test]
fn what_the_scanner_knows_is_refused_and_recorded() {
    on_every_database(|world| async move {
        let scanner = scanner().await;
        let world = scanned(world, &scanner, false).await;
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "lukas").await;
        let bad = uploaded(&mut priya, chat, "invoice.txt", &eicar()).await;
        assert_eq!((bad.state, bad.refused.as_deref()), (UploadState::Refused, Some("fault-file-virus")));
        let good = uploaded(&mut priya, chat, "plan.txt", b"the plan").await;
        assert_eq!(good.state, UploadState::Ready);
        let recorded = world.db_texts("SELECT after FROM audit WHERE action = 'file_refused'").await;
        assert!(recorded[0].contains("fault-file-virus"), "{recorded:?}");
        let mut lukas = world.client("lukas").await;
        let bad = uploaded_to(&mut lukas, "/api/client", chat, "a.txt", &eicar()).await;
        assert_eq!(bad.state, UploadState::Refused, "clients are not trusted more");
    });
}

#[test]
fn files_to_clients_wait_for_a_scanner_that_is_down_and_others_as_the_operator_says() {
    on_every_database(|world| async move {
        let scanner = scanner().await;
        let world = scanned(world, &scanner, true).await;
        let mut priya = world.signed_in("priya").await;
        let (client, team) = (world.chat(&mut priya, "lukas").await, world.chat(&mut priya, "daniel").await);
        scanner.is_down.store(true, Ordering::SeqCst);
        let waits = uploaded(&mut priya, client, "plan.txt", b"the plan").await;
        assert_eq!(waits.state, UploadState::Checking);
        let path = format!("/api/chats/{client}/messages");
        let sent = priya.post(&path, &super::carrying("", &[waits.id])).await;
        assert_eq!(sent.status, 422, "it cannot be sent");
        let passed = uploaded(&mut priya, team, "plan.txt", b"the plan").await;
        assert_eq!(passed.state, UploadState::Ready);
        scanner.is_down.store(false, Ordering::SeqCst);
        world.clock.advance(1_000);
        let ready: Upload = super::finish(&mut priya, "/api", waits.id).await.read();
        assert_eq!(ready.state, UploadState::Ready, "it is looked at when the scanner is back");
        assert_eq!(priya.post(&path, &super::carrying("", &[waits.id])).await.status, 201);

        let world = scanned(world, &scanner, false).await;
        let mut priya = world.signed_in("priya").await;
        scanner.is_down.store(true, Ordering::SeqCst);
        let waits = uploaded(&mut priya, team, "other.txt", b"another plan").await;
        assert_eq!(waits.state, UploadState::Checking, "it is not to be skipped");
    });
}
