//! Messages and receipts that wait are written together: by few statements, each answered for itself.

use crate::common::{
    World,
    browser::Browser,
    forms::{self, message},
    on_every_database,
};
use causeway_api::{ChatId, chats::Chat, chats::MessagePage};
use causeway_server::{job, store::StoreError};
use tokio::{sync::oneshot, task::JoinSet};

/// Holds everything that would be written, until the sender is used. On PostgreSQL the row of the company is enough.
async fn hold(world: &World) -> (oneshot::Sender<()>, tokio::task::JoinHandle<()>) {
    let (company, store) = (world.bay.id, world.app.store.clone());
    let (release, held) = oneshot::channel::<()>();
    let held = std::sync::Arc::new(tokio::sync::Mutex::new(Some(held)));
    let (entered, inside) = oneshot::channel();
    let entered = std::sync::Arc::new(std::sync::Mutex::new(Some(entered)));
    let holding = tokio::spawn(async move {
        let written: Result<(), StoreError> = store
            .write(job!(|tx| {
                tx.leave_sessions();
                tx.next_seq(company).await?;
                if let Some(entered) = entered.lock().unwrap().take() {
                    entered.send(()).unwrap();
                }
                if let Some(held) = held.lock().await.take() {
                    held.await.unwrap();
                }
                Ok(())
            }))
            .await;
        written.unwrap();
    });
    inside.await.unwrap();
    (release, holding)
}

/// Sends all of these at once, so that they are written together. Returns the statuses and how many statements it took
/// beyond those of holding.
async fn together(world: &World, posts: Vec<(Browser, String, serde_json::Value)>) -> (Vec<u16>, u64) {
    // What every session needs is in memory.
    for (browser, ..) in &posts {
        browser.clone().get("/api/session").await;
    }
    let statements = || world.app.store.statements();
    let (release, holding) = hold(world).await;
    let begun = statements();
    release.send(()).unwrap();
    holding.await.unwrap();
    let holding_alone = statements() - begun;
    let (release, holding) = hold(world).await;
    let mut sending = JoinSet::new();
    let count = posts.len();
    for (number, (mut browser, path, body)) in posts.into_iter().enumerate() {
        sending.spawn(async move { (number, browser.post(&path, &body).await.status) });
    }
    while world.app.batches.waiting(world.bay.id) < count {
        tokio::task::yield_now().await;
    }
    let begun = statements();
    release.send(()).unwrap();
    holding.await.unwrap();
    let mut answered = sending.join_all().await;
    answered.sort_unstable();
    (answered.into_iter().map(|(_, status)| status).collect(), statements() - begun - holding_alone)
}

fn to(chat: ChatId, browser: &Browser, text: &str) -> (Browser, String, serde_json::Value) {
    let body = serde_json::to_value(message(text)).unwrap();
    (browser.clone(), format!("/api/chats/{chat}/messages"), body)
}

#[test]
fn a_hundred_messages_take_as_many_statements_as_one_however_large_chats_and_history_are() {
    on_every_database(|world| async move {
        let mut posts = Vec::new();
        let mut one = None;
        for number in 0..6 {
            let name = format!("colleague{number}");
            let client = world.db_client(&format!("client{number}"), world.db_employee(&name).await).await;
            let mut browser = world.signed_in(&name).await;
            let made = browser.post("/api/chats", &forms::direct(client)).await;
            let chat = made.read::<Chat>().id;
            one.get_or_insert_with(|| to(chat, &browser, "alone"));
            posts.extend((0..17).map(|number| to(chat, &browser, &format!("text {number}"))));
        }
        let (statuses, few) = together(&world, one.into_iter().collect()).await;
        assert_eq!(statuses, [201]);
        let count = posts.len();
        let (statuses, many) = together(&world, posts).await;
        assert_eq!(statuses, vec![201; count]);
        assert_eq!(few, many, "{count} messages");
        assert!(many <= 10, "{many}");
        assert!(world.db_findings().await.is_empty(), "the archive agrees");
        let gaps = "SELECT COUNT(*) FROM (SELECT chat_id FROM message GROUP BY chat_id \
             HAVING MAX(ordinal) <> COUNT(*) OR MAX(ordinal) <> COUNT(DISTINCT ordinal)) AS gaps";
        assert_eq!(world.db_count(gaps).await, 0);
    });
}

#[test]
fn what_the_database_refuses_takes_no_other_message_with_it() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "lukas").await;
        let refusing = if world.is_sqlite() {
            "CREATE TRIGGER refusing BEFORE INSERT ON message WHEN NEW.text = 'poison' \
             BEGIN SELECT RAISE(ABORT, 'on purpose'); END"
        } else {
            "ALTER TABLE message ADD CONSTRAINT refusing CHECK (text <> 'poison')"
        };
        world.db_execute(refusing).await.unwrap();
        let texts = ["one", "poison", "two"];
        let (statuses, _) = together(&world, texts.iter().map(|text| to(chat, &priya, text)).collect()).await;
        assert_eq!((statuses[0], statuses[2]), (201, 201));
        assert_eq!(statuses[1], 500);
        let page = priya.get(&format!("/api/chats/{chat}/messages")).await.read::<MessagePage>();
        let mut kept: Vec<&str> = page.messages.iter().map(|message| message.text.as_str()).collect();
        kept.sort_unstable();
        assert_eq!(kept, ["one", "two"]);
        assert!(world.db_findings().await.is_empty());
    });
}

#[test]
fn the_same_message_twice_in_one_batch_is_sent_once() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "lukas").await;
        let post = to(chat, &priya, "once");
        let (statuses, _) = together(&world, vec![post.clone(), post]).await;
        assert_eq!(statuses, [201, 201], "both are told of the one message");
        assert_eq!(world.db_count("SELECT COUNT(*) FROM message").await, 1);
        assert_eq!(world.db_archived(&["message_sent"]).await.len(), 1);
    });
}

#[test]
fn a_request_that_only_needs_its_session_asks_the_database_nothing() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "lukas").await;
        let path = format!("/api/chats/{chat}/messages");
        let mut refused = async || priya.post(&path, &message("")).await.status;
        assert_eq!(refused().await, 422);
        let before = world.app.store.statements();
        assert_eq!(refused().await, 422);
        assert_eq!(world.app.store.statements() - before, 0);
    });
}
