//! The one way to write: what is answered is stored, what fails fails alone, and everyone learns of it in order.

use crate::common::{
    forms::{self, message},
    on_every_database,
};
use causeway_api::{EventBody, chats::Chat};
use causeway_server::{
    clock, job,
    realtime::{QueuedFrame, catch_up},
    store::{Counter, StoreError},
};

#[test]
fn a_job_that_panics_fails_alone() {
    on_every_database(|world| async move {
        let now = world.clock.now();
        let store = &world.app.store;
        let key = |whose: &str| Counter::Readiness.of(whose);
        let count = |key| store.write(job!(|tx| tx.count(&key, clock::HOUR, now).await));
        let own = key("a job that panics");
        let panicking = store.write(job!(|tx| {
            tx.count(&own, clock::HOUR, now).await?;
            assert!(now < 0, "on purpose");
            Ok::<(), StoreError>(())
        }));
        let (before, lost, after) = tokio::join!(count(key("before")), panicking, count(key("after")));
        assert!(matches!(lost, Err(StoreError::Panicked)), "{lost:?}");
        assert_eq!((before.unwrap(), after.unwrap()), (1, 1));
        let rows = world.db_count("SELECT COUNT(*) FROM throttle WHERE key LIKE '%panics'").await;
        assert_eq!(rows, 0, "nothing of it is kept");
        let ready = world.browser().get("/health/ready").await;
        assert_eq!(ready.status, 200, "{}", ready.text);
    });
}

#[test]
fn a_refused_job_keeps_nothing_and_the_next_one_does() {
    on_every_database(|world| async move {
        let now = world.clock.now();
        let refused: Result<(), StoreError> = world
            .app
            .store
            .write(job!(|tx| {
                tx.count(&Counter::Readiness.of("refused"), clock::HOUR, now).await?;
                Err(StoreError::NoUserPlace)
            }))
            .await;
        assert!(matches!(refused, Err(StoreError::NoUserPlace)));
        assert_eq!(world.db_count("SELECT COUNT(*) FROM throttle WHERE key LIKE '%refused'").await, 0);
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "lukas").await;
        assert_eq!(priya.post(&format!("/api/chats/{chat}/messages"), &message("kept")).await.status, 201);
        assert_eq!(world.db_count("SELECT COUNT(*) FROM message").await, 1);
    });
}

#[test]
fn what_another_process_writes_to_the_log_is_announced_in_its_place() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "lukas").await;
        let (company, me) = (world.bay.id, world.id("priya"));
        let mut place = world.app.hub.register(world.key("priya"), vec![1]);
        let command_line = world.other_process().await;
        let now = world.clock.now();
        let written: Result<i64, StoreError> = command_line
            .store
            .write(job!(|tx| {
                let body = EventBody::Delivered { chat, person: me, up_to: 0 };
                tx.append(company, me, now, body, [me].into()).await
            }))
            .await;
        let number = written.unwrap();
        command_line.store.close().await;
        let sent = priya.post(&format!("/api/chats/{chat}/messages"), &message("after it")).await;
        assert_eq!(sent.status, 201);
        assert!(place.waiting().is_none(), "its number was taken by another process");
        let behind = catch_up::behind(&world.app).await.unwrap();
        assert_eq!(behind, [(company, number + 1)]);
        catch_up::announce(&world.app, behind).await.unwrap();
        let mut announced = Vec::new();
        while let Some(QueuedFrame { seq, .. }) = place.waiting() {
            announced.push(seq.unwrap());
        }
        assert_eq!(announced, [number, number + 1], "each once, in order");
        assert!(catch_up::behind(&world.app).await.unwrap().is_empty());
    });
}

#[test]
fn editing_has_the_pace_of_writing() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "lukas").await;
        world.clock.advance(clock::MINUTE);
        let new = message("first");
        priya.post(&format!("/api/chats/{chat}/messages"), &new).await;
        let path = format!("/api/chats/{chat}/messages/{}", new.id);
        let mut statuses = Vec::new();
        for number in 0..40 {
            statuses.push(priya.put(&path, &forms::edit(&format!("edit {number}"))).await.status);
        }
        let edited = statuses.iter().filter(|status| **status == 200).count();
        assert_eq!(edited, 19, "with the message itself the burst of 20: {statuses:?}");
        assert!(statuses[edited..].iter().all(|status| *status == 429));
        assert_eq!(world.db_archived(&["message_edited"]).await.len(), 19);
    });
}

#[test]
fn a_group_takes_two_hundred_and_a_colleague_once_however_many_add_at_the_same_time() {
    on_every_database(|world| async move {
        let priya = world.signed_in("priya").await;
        let mut people = Vec::new();
        for number in 0..210 {
            people.push(world.db_employee_without_password(&format!("colleague{number}")).await);
        }
        let mut maker = priya.clone();
        let made = maker.post("/api/chats", &forms::group("All", &people[..190])).await;
        assert_eq!(made.status, 201, "{}", made.text);
        let path = format!("/api/chats/{}/members", made.read::<Chat>().id);
        // More than one may add within its pace: time passes, but the requests meet.
        let mut adding = tokio::task::JoinSet::new();
        for person in people[190..].iter().chain(&people[190..192]) {
            let (mut browser, path, new) = (priya.clone(), path.clone(), forms::member(*person));
            world.clock.advance(clock::SECOND);
            adding.spawn(async move { browser.post(&path, &new).await.status });
        }
        let statuses = adding.join_all().await;
        assert!(statuses.iter().all(|status| [200, 422, 429].contains(status)), "{statuses:?}");
        let members = world.db_count("SELECT COUNT(*) FROM member WHERE left_seq IS NULL").await;
        assert_eq!(members, 200, "{statuses:?}");
        assert_eq!(world.db_count("SELECT MAX(members) FROM chat").await, 200);
    });
}
