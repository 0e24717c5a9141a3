//! Groups: who manages them, and what of it is said in the timeline, in the log and in the audit log.

use crate::common::{
    World,
    answer::Answer,
    browser::Browser,
    forms::{self, message},
    on_every_database,
};
use causeway_api::{
    ChatId, EventBody, PersonId, ProblemCode, ServerFrame,
    audit::AuditPage,
    chats::{Chat, ChatChange, ChatList, MessagePage},
};
use causeway_server::{domain::compliance::archive, realtime::Subscription};

/// A group that Priya made.
async fn group(world: &World, priya: &mut Browser, members: &[&str]) -> ChatId {
    let ids: Vec<PersonId> = members.iter().map(|member| world.id(member)).collect();
    priya.post("/api/chats", &forms::group("Harbour", &ids)).await.read::<Chat>().id
}

async fn rename(browser: &mut Browser, chat: ChatId, name: &str) -> Answer {
    browser.put(&format!("/api/chats/{chat}/name"), &forms::rename(name)).await
}

async fn remove(browser: &mut Browser, chat: ChatId, person: PersonId) -> Answer {
    browser.delete(&format!("/api/chats/{chat}/members/{person}")).await
}

async fn write(browser: &mut Browser, chat: ChatId, text: &str) {
    assert_eq!(browser.post(&format!("/api/chats/{chat}/messages"), &message(text)).await.status, 201);
}

/// The lines of a timeline: below which message, and what they say.
async fn lines(browser: &mut Browser, path: &str) -> Vec<(i64, String)> {
    let page: MessagePage = browser.get(&format!("{path}/messages")).await.read();
    let words = |change: &ChatChange| match change {
        ChatChange::Created { by } => format!("{} created", by.name),
        ChatChange::Renamed { by, name } => format!("{} renamed {name}", by.name),
        ChatChange::Pinned { by, ordinal, is_on } => format!("{} pinned {ordinal}: {is_on}", by.name),
        ChatChange::Joined { who } => format!("{} joined", who.name),
        ChatChange::Left { who } => format!("{} left", who.name),
        ChatChange::Removed { by, who } => format!("{} removed {}", by.name, who.name),
    };
    page.lines.iter().map(|line| (line.after, words(&line.change))).collect()
}

/// The events that wait for a page.
fn events(place: &mut Subscription) -> Vec<EventBody> {
    let mut heard = Vec::new();
    while let Some(waiting) = place.waiting() {
        if let Ok(ServerFrame::Event { event }) = serde_json::from_str(&waiting.frame) {
            heard.push(event.body);
        }
    }
    heard
}

fn owned(lines: &[(i64, &str)]) -> Vec<(i64, String)> {
    lines.iter().map(|(after, words)| (*after, (*words).to_owned())).collect()
}

#[test]
fn whoever_made_a_group_renames_it_and_everyone_in_it_learns_of_it() {
    on_every_database(|world| async move {
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let chat = group(&world, &mut priya, &["daniel", "lukas"]).await;
        let mut pages = [world.listener("daniel"), world.listener("lukas")];
        let renamed = rename(&mut priya, chat, "  Harbour Fund ").await;
        assert_eq!((renamed.status, renamed.read::<Chat>().name.as_str()), (200, "Harbour Fund"));
        let expected = EventBody::GroupRenamed {
            chat,
            name: "Harbour Fund".to_owned(),
            by: world.id("priya"),
            after: 0,
        };
        for page in &mut pages {
            assert_eq!(events(page), std::slice::from_ref(&expected));
        }
        assert_eq!(daniel.get("/api/chats").await.read::<ChatList>().chats[0].name, "Harbour Fund");
        assert_eq!(rename(&mut priya, chat, "Harbour Fund").await.status, 200);
        assert_eq!(events(&mut pages[0]), [], "the same name again is no news");
        for (name, fault) in [(" ", "fault-required"), (&"x".repeat(81), "fault-too-long")] {
            assert_eq!(rename(&mut priya, chat, name).await.fault("name"), (422, fault));
        }
    });
}

#[test]
fn only_who_manages_a_group_renames_it_and_removes_members() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = group(&world, &mut priya, &["daniel", "mei", "tomas", "lukas"]).await;
        let lukas = world.id("lukas");
        for (who, refusal) in [
            ("daniel", (403, ProblemCode::Forbidden)),
            ("tomas", (403, ProblemCode::Forbidden)),
            ("olga", (404, ProblemCode::NotFound)),
            ("ana", (404, ProblemCode::NotFound)),
        ] {
            let mut other = world.signed_in(who).await;
            assert_eq!(rename(&mut other, chat, "Mine").await.refusal(), refusal, "{who}");
            assert_eq!(remove(&mut other, chat, lukas).await.refusal(), refusal, "{who}");
        }
        let mut mei = world.signed_in("mei").await;
        assert_eq!(rename(&mut mei, chat, "By an org admin").await.status, 200);
        assert_eq!(remove(&mut mei, chat, lukas).await.status, 204);
        assert_eq!(remove(&mut mei, chat, lukas).await.status, 404, "nobody is removed twice");
        assert_eq!(remove(&mut mei, chat, world.id("amara")).await.status, 404, "nor who was never in it");
        let direct = world.chat(&mut priya, "lukas").await;
        assert_eq!(rename(&mut priya, direct, "x").await.fault("name"), (422, "fault-not-a-group"));
        assert_eq!(remove(&mut priya, direct, lukas).await.fault("person"), (422, "fault-not-a-group"));
    });
}

#[test]
fn when_whoever_made_a_group_was_deactivated_the_eldest_employee_manages_it() {
    on_every_database(|world| async move {
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let chat = group(&world, &mut priya, &["daniel", "lukas"]).await;
        let path = format!("/api/admin/users/{}/inactive", world.id("priya"));
        assert_eq!(world.admin().await.put(&path, &serde_json::json!({})).await.status, 200);
        assert_eq!(rename(&mut daniel, chat, "Daniel’s").await.status, 200);
        let members = daniel.get(&format!("/api/chats/{chat}")).await.read::<Chat>().members;
        let inactive: Vec<&str> = members
            .iter()
            .filter(|member| member.person.is_inactive)
            .map(|member| member.person.name.as_str())
            .collect();
        assert_eq!(inactive, ["priya"]);
    });
}

#[test]
fn when_whoever_made_a_group_has_left_the_eldest_employee_manages_it() {
    on_every_database(|world| async move {
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let chat = group(&world, &mut priya, &["daniel", "lukas"]).await;
        assert_eq!(rename(&mut daniel, chat, "x").await.status, 403);
        // Who removes oneself leaves.
        assert_eq!(remove(&mut priya, chat, world.id("priya")).await.status, 204);
        assert_eq!(rename(&mut priya, chat, "x").await.status, 404, "a former member manages nothing");
        assert_eq!(rename(&mut daniel, chat, "Daniel’s").await.status, 200);
        let path = format!("/api/chats/{chat}");
        let expected = [(0, "priya created"), (0, "priya left"), (0, "daniel renamed Daniel’s")];
        assert_eq!(lines(&mut daniel, &path).await, owned(&expected));
    });
}

#[test]
fn a_removed_member_learns_of_it_and_of_nothing_after() {
    on_every_database(|world| async move {
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let chat = group(&world, &mut priya, &["daniel", "lukas"]).await;
        write(&mut priya, chat, "one").await;
        let mut page = world.listener("daniel");
        assert_eq!(remove(&mut priya, chat, world.id("daniel")).await.status, 204);
        write(&mut priya, chat, "two").await;
        let removed =
            EventBody::MemberRemoved { chat, person: world.id("daniel"), by: world.id("priya"), after: 1 };
        assert_eq!(events(&mut page), [removed]);
        let path = format!("/api/chats/{chat}");
        for gone in [daniel.get(&path).await, daniel.get(&format!("{path}/messages")).await] {
            assert_eq!(gone.status, 404);
        }
        assert_eq!(daniel.post(&format!("{path}/messages"), &message("late")).await.status, 404);
        assert_eq!(daniel.get("/api/chats").await.read::<ChatList>().chats, []);
    });
}

#[test]
fn the_timeline_has_a_line_for_each_change_where_it_happened() {
    on_every_database(|world| async move {
        let (mut priya, mut mei) = (world.signed_in("priya").await, world.signed_in("mei").await);
        let (mut daniel, mut lukas) = (world.signed_in("daniel").await, world.client("lukas").await);
        let chat = group(&world, &mut priya, &["daniel", "lukas"]).await;
        let path = format!("/api/chats/{chat}");
        write(&mut priya, chat, "one").await;
        priya.post(&format!("{path}/members"), &forms::member(world.id("mei"))).await;
        write(&mut priya, chat, "two").await;
        rename(&mut mei, chat, "H").await;
        remove(&mut priya, chat, world.id("daniel")).await;
        write(&mut priya, chat, "three").await;
        let all =
            [(0, "priya created"), (1, "mei joined"), (2, "mei renamed H"), (2, "priya removed daniel")];
        assert_eq!(lines(&mut priya, &path).await, owned(&all));
        assert_eq!(
            lines(&mut lukas, &format!("/api/client/chats/{chat}")).await,
            owned(&all),
            "clients, too"
        );
        assert_eq!(lines(&mut mei, &path).await, owned(&all[1..]), "not what was before the own time");
        let part: MessagePage = priya.get(&format!("{path}/messages?from=3")).await.read();
        assert_eq!(part.lines.len(), 2, "only what belongs to the page");
        priya.post(&format!("{path}/members"), &forms::member(world.id("daniel"))).await;
        assert_eq!(lines(&mut daniel, &path).await, owned(&[(3, "daniel joined")]), "nor of the first time");
        assert_eq!(mei.delete(&format!("{path}/membership")).await.status, 204);
        assert_eq!(lines(&mut priya, &path).await.last().unwrap(), &(3, "mei left".to_owned()));
    });
}

#[test]
fn what_happens_to_a_group_is_in_the_archive_and_in_the_audit_log() {
    on_every_database(|world| async move {
        let (mut priya, mut mei) = (world.signed_in("priya").await, world.signed_in("mei").await);
        let chat = group(&world, &mut priya, &["daniel", "lukas"]).await;
        let path = format!("/api/chats/{chat}");
        priya.post(&format!("{path}/members"), &forms::member(world.id("mei"))).await;
        rename(&mut priya, chat, "H").await;
        remove(&mut priya, chat, world.id("lukas")).await;
        mei.delete(&format!("{path}/membership")).await;
        let rows = world.app.store.events_after(world.bay.id, 0, 100).await.unwrap();
        let kinds: Vec<&str> = rows.iter().map(|row| row.kind.as_str()).collect();
        let expected = ["chat_created", "member_joined", "group_renamed", "member_removed", "member_left"];
        assert_eq!(kinds, expected);
        let report = archive::verify(&world.app.store.archive(), world.bay.id).await.unwrap();
        assert_eq!((report.rows, report.findings.len()), (5, 0));
        let mut tomas = world.signed_in("tomas").await;
        let log: AuditPage = tomas.get("/api/admin/audit").await.read();
        let of_groups: Vec<_> = log.page.items.iter().filter(|it| it.action.starts_with("group_")).collect();
        let mut done: Vec<(&str, &str)> =
            of_groups.iter().map(|it| (it.action.as_str(), it.actor.as_str())).collect();
        done.sort_unstable();
        let expected = [
            ("group_created", "priya"),
            ("group_member_added", "priya"),
            ("group_member_left", "mei"),
            ("group_member_removed", "priya"),
            ("group_renamed", "priya"),
        ];
        assert_eq!(done, expected);
        let renamed = of_groups.iter().find(|it| it.action == "group_renamed").unwrap();
        assert_eq!((renamed.before.as_str(), renamed.after.as_str()), ("\"Harbour\"", "\"H\""));
        let removed = of_groups.iter().find(|it| it.action == "group_member_removed").unwrap();
        assert!(removed.subject == "lukas" && removed.before.contains("\"H\""), "{removed:?}");
    });
}

#[test]
fn a_member_who_is_removed_by_two_at_once_is_removed_by_one() {
    on_every_database(|world| async move {
        let (mut priya, mut mei) = (world.signed_in("priya").await, world.signed_in("mei").await);
        let chat = group(&world, &mut priya, &["daniel", "mei"]).await;
        let daniel = world.id("daniel");
        let (one, other) = tokio::join!(remove(&mut priya, chat, daniel), remove(&mut mei, chat, daniel));
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [204, 404]);
        let (one, other) = tokio::join!(
            remove(&mut priya, chat, world.id("mei")),
            remove(&mut mei, chat, world.id("priya"))
        );
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [204, 404], "who was removed removes no one");
    });
}
