//! What is asked for all the time is found by an index and not by reading a table, or all that a company has of it.

use super::{Migrator, sqlite_url};
use crate::{
    clock, job,
    keys::ServerKey,
    sealing::Sealer,
    store::{
        Batch, ChatRow, CodePurpose, MovedChat, MovedMarks, Options, Paging, Purpose, Result, Store,
        connect_options,
        sign_in::kept_sessions::KeptSessions,
        statements::Statements,
        writer::{Known, Link, Writer},
    },
};
use causeway_api::{
    ChatId, CompanyId, MessageId, PersonId,
    chats::{Channel, ChatKind},
};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use sea_orm_migration::MigratorTrait;
use std::sync::{Arc, Mutex};

type Asked = Arc<Mutex<Vec<Statement>>>;

/// A store that remembers what it asks the database.
async fn listening(folder: &std::path::Path) -> (Store, DatabaseConnection, Asked) {
    let options = Options { url: sqlite_url(folder), durable: false, schema: None };
    let asked = Asked::default();
    let connect = async || {
        let mut db = Database::connect(connect_options(&options, 1)).await.unwrap();
        let asked = asked.clone();
        db.set_metric_callback(move |info| asked.lock().unwrap().push(info.statement.clone()));
        db
    };
    let (write, read) = (connect().await, connect().await);
    Migrator::up(&write, None).await.unwrap();
    asked.lock().unwrap().clear();
    let sealer = Sealer::new(&ServerKey::new([5; 32]), b"test");
    let (sessions, statements) = (KeptSessions::default(), Statements::default());
    let known = Known { announce: Arc::new(|_| {}), sessions: sessions.clone() };
    let link = Link::new(options.clone(), 1, write, statements.clone());
    let writer = Writer::start(&options, link, sealer.clone(), known);
    let plain = Database::connect(connect_options(&options, 1)).await.unwrap();
    (Store { read, writer, sealer, sessions, statements }, plain, asked)
}

async fn read(store: &Store, company: CompanyId, person: PersonId, chat: &ChatRow) -> Result<()> {
    let (id, hash) = (chat.id, [7_u8; 32]);
    store.chats_of(company, person, causeway_api::page::ChatsLimit::USUAL).await?;
    store
        .last_messages(company, &[chat.clone(), ChatRow { id: ChatId(clock::new_id()), ..chat.clone() }])
        .await?;
    store.chat(company, id).await?;
    store.messages(company, id, 1, 50).await?;
    store.unread_behind(company, person, &[(id, 1)]).await?;
    store.first_since(company, std::slice::from_ref(chat), 0).await?;
    store.chat_lines(company, id, 0..=50, 1).await?;
    store.members(company, vec![id]).await?;
    store.members(company, vec![id, ChatId(clock::new_id())]).await?;
    store.members_at(company, id, 1).await?;
    store.memberships(company, person).await?;
    store.events_for(company, person, 0, 100).await?;
    store.log_after(company, 0, 100).await?;
    store.session_and_owner(&hash, 0).await?;
    store.session(&hash).await?;
    store.person(company, person).await?;
    store.account(company, person).await?;
    store.account_by_username(company, "mei").await?;
    store.notifications(company, person, &Paging::first(20)).await?;
    store.unread_notifications(company, person).await?;
    store.client_of(company, person, person).await?;
    store.shared_with(company, person).await?;
    store.aliases(company, person).await?;
    store.merges_into(company, person).await?;
    store.notes(company, &[person]).await?;
    store.tags_of(company, person).await?;
    store.channel_links(company, person).await?;
    store.channels_of(company, &[person]).await?;
    store.invited(company, Channel::Wechat, "+85261234567", 0).await?;
    store.devices(company, person, 0).await?;
    store.is_known_device(&hash, company, person).await?;
    store.is_linked_device(&hash).await?;
    store.push_targets(company, person, 0).await?;
    store.enrolled(company, person).await?;
    store.one_time_link(&hash, Purpose::Reset, 0).await?;
    store.client_link(&hash).await?;
    store.invitation(&hash, 0).await?;
    store.registrant(&hash).await?;
    store.claimed_link(&hash).await?;
    store.code(CodePurpose::SignIn, &hash).await?;
    store.due(0, 10).await?;
    Ok(())
}

async fn write(store: &Store, company: CompanyId, person: PersonId, chat: ChatId) -> Result<()> {
    let job = store.write(job!(|tx| {
        let (id, hash) = (clock::new_id(), vec![7_u8; 32]);
        tx.chats_in_batch(company, &[chat, ChatId(id)]).await?;
        tx.known_messages(company, &[MessageId(id), MessageId(company.0)]).await?;
        let moved = |id| MovedChat { id, last_ordinal: 1, activity_at: 0, channel: None };
        let marks = |chat| MovedMarks { chat, person, delivered: 1, read: 1 };
        let both = [chat, ChatId(id)];
        let chats = both.into_iter().map(moved).collect();
        let marks = both.into_iter().map(marks).collect();
        tx.write_batch(company, Batch { chats, marks, ..Batch::default() }).await?;
        tx.end_membership(company, chat, person, 1).await?;
        tx.see_notifications(company, person, 0, 0).await?;
        tx.touch_session(company, &hash, Some(id), 0).await?;
        tx.end_session(&hash).await?;
        tx.end_sessions_of(company, person).await?;
        tx.end_codes_of(company, person).await?;
        tx.end_device_links_of(company, person).await?;
        tx.withdraw_one_time_links(company, person, None).await?;
        tx.revoke_client_links(company, person, 0).await?;
        tx.use_one_time_link(&hash, Purpose::Reset, 0).await?;
        tx.hold_session(&hash).await?;
        tx.hold_personal_link(&hash).await?;
        tx.take_guess(CodePurpose::SignIn, &hash, 5, 0).await?;
        tx.use_code(&hash, 0).await?;
        tx.unshare(company, person, person).await?;
        tx.mark_sent(company, id).await?;
        tx.retry_at(company, id, 0, "").await?;
        tx.use_recovery_code(company, person, &hash, 0).await
    }));
    job.await.map(|_: bool| ())
}

#[tokio::test]
async fn what_is_asked_all_the_time_is_found_by_an_index() {
    let folder = tempfile::tempdir().unwrap();
    let (store, plain, asked) = listening(folder.path()).await;
    let (company, person) = (CompanyId(clock::new_id()), PersonId(clock::new_id()));
    let chat = ChatRow {
        id: ChatId(clock::new_id()),
        company,
        kind: ChatKind::Direct,
        name: String::new(),
        channel: Channel::Wechat,
        last_ordinal: 3,
        created_at: 0,
        created_by: person,
    };
    read(&store, company, person, &chat).await.unwrap();
    write(&store, company, person, chat.id).await.unwrap();
    let asked = std::mem::take(&mut *asked.lock().unwrap());
    let mut explained = 0;
    for Statement { sql, values, .. } in asked {
        let explain = format!("EXPLAIN QUERY PLAN {sql}");
        let values = values.map_or_else(Vec::new, |values| values.0);
        let statement = Statement::from_sql_and_values(DbBackend::Sqlite, explain, values);
        // Savepoints have no plan.
        let Ok(steps) = plain.query_all_raw(statement).await else { continue };
        explained += usize::from(!steps.is_empty());
        for step in steps {
            let step: String = step.try_get("", "detail").unwrap();
            // The rows that a statement brings along are read one after the other.
            let is_its_own =
                step == "SCAN v" || step.ends_with("VALUES CLAUSE") || step.contains(" CONSTANT ROW");
            let reads_all = !is_its_own && (step.starts_with("SCAN") || step.ends_with("(company_id=?)"));
            assert!(!reads_all, "{step}: {sql}");
        }
    }
    assert!(explained > 60, "{explained}");
    store.close().await;
}
