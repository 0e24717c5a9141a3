//! Saved replies: one's own, and those of the team.

use crate::common::{answer::Answer, browser::Browser, on_every_database};
use causeway_api::{
    SavedReplyId,
    chats::saved_replies::{SAVED_REPLIES_MAX, SaveReply, SavedReplies, SavedReply},
};
use causeway_server::{
    clock, job,
    store::{ReplyOwner, StoreError},
};

fn reply(shortcut: &str, text: &str) -> SaveReply {
    SaveReply { shortcut: shortcut.into(), title: "Fee schedule".into(), text: text.into(), is_team: false }
}

fn of_team(shortcut: &str, text: &str) -> SaveReply {
    SaveReply { is_team: true, ..reply(shortcut, text) }
}

fn new_id() -> SavedReplyId {
    SavedReplyId(clock::new_id())
}

async fn save(browser: &mut Browser, id: SavedReplyId, new: &SaveReply) -> Answer {
    browser.put(&format!("/api/saved-replies/{id}"), new).await
}

/// Shortcut and text of what someone can write again.
async fn saved(browser: &mut Browser) -> Vec<(String, String)> {
    let all: SavedReplies = browser.get("/api/saved-replies").await.read();
    all.replies.into_iter().map(|reply| (reply.shortcut, reply.text)).collect()
}

fn pair(shortcut: &str, text: &str) -> (String, String) {
    (shortcut.to_owned(), text.to_owned())
}

#[test]
fn saved_replies_are_ones_own_and_can_be_changed_and_removed() {
    on_every_database(|world| async move {
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let id = new_id();
        assert_eq!(
            save(&mut priya, id, &reply("/fees", "Dear {client.first_name|client}")).await.status,
            200
        );
        assert_eq!(save(&mut priya, id, &reply("fees", "Hello")).await.status, 200);
        assert_eq!(saved(&mut priya).await, [pair("fees", "Hello")]);
        assert!(saved(&mut daniel).await.is_empty());
        assert_eq!(save(&mut daniel, id, &reply("mine", "x")).await.status, 404);
        assert_eq!(daniel.delete(&format!("/api/saved-replies/{id}")).await.status, 404);
        assert_eq!(save(&mut daniel, new_id(), &reply("fees", "of Daniel")).await.status, 200);
        assert_eq!(priya.delete(&format!("/api/saved-replies/{id}")).await.status, 204);
        assert!(saved(&mut priya).await.is_empty());
    });
}

#[test]
fn what_is_wrong_with_a_saved_reply_is_said_at_its_field() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        assert_eq!(save(&mut priya, new_id(), &reply("Fees", "x")).await.status, 200);
        for (new, status, field) in [
            (reply("ＦＥＥＳ", "x"), 409, "shortcut"),
            (reply("two words", "x"), 422, "shortcut"),
            (reply("", "x"), 422, "shortcut"),
            (reply("kyc", ""), 422, "text"),
            (reply("kyc", "Dear {name}"), 422, "text"),
            (SaveReply { title: " ".into(), ..reply("kyc", "x") }, 422, "title"),
        ] {
            let answer = save(&mut priya, new_id(), &new).await;
            assert_eq!(answer.status, status, "{new:?}");
            assert!(answer.problem().fields.contains_key(field), "{new:?}");
        }
    });
}

#[test]
fn the_teams_saved_replies_are_kept_by_who_governs_and_recorded() {
    on_every_database(|world| async move {
        let (mut priya, mut mei) = (world.signed_in("priya").await, world.signed_in("mei").await);
        let (id, new) = (new_id(), of_team("kyc", "We need your identity card."));
        assert_eq!(save(&mut priya, id, &new).await.status, 403);
        assert_eq!(save(&mut mei, id, &new).await.status, 200);
        assert_eq!(saved(&mut priya).await, [pair("kyc", "We need your identity card.")]);
        assert_eq!(save(&mut priya, id, &reply("kyc", "Mine now")).await.status, 404);
        assert_eq!(priya.delete(&format!("/api/saved-replies/{id}")).await.status, 403);
        assert_eq!(save(&mut priya, new_id(), &reply("kyc", "My own")).await.status, 200);
        assert_eq!(saved(&mut priya).await.len(), 2, "both are offered");
        let mut tomas = world.signed_in("tomas").await;
        assert_eq!(
            save(&mut tomas, new_id(), &reply("x", "x")).await.status,
            403,
            "who reads writes nothing"
        );
        assert_eq!(mei.delete(&format!("/api/saved-replies/{id}")).await.status, 204);
        let kept = "SELECT action FROM audit WHERE action LIKE 'team_reply%' ORDER BY at, id";
        assert_eq!(world.db_texts(kept).await, ["team_reply_saved", "team_reply_removed"]);
    });
}

#[test]
fn no_one_has_more_saved_replies_than_can_be() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let (company, person) = (world.bay.id, world.id("priya"));
        let fill = world.app.store.write(job!(|tx| {
            for n in 0..SAVED_REPLIES_MAX {
                let (id, shortcut, text) = (new_id(), format!("s{n}"), "x".to_owned());
                let reply = SavedReply { id, shortcut, title: text.clone(), text, is_team: false };
                tx.keep_saved_reply(company, ReplyOwner::Person(person), &reply).await?;
            }
            Ok::<_, StoreError>(())
        }));
        fill.await.unwrap();
        assert_eq!(save(&mut priya, new_id(), &reply("more", "x")).await.status, 409);
        assert_eq!(saved(&mut priya).await.len() as u64, SAVED_REPLIES_MAX);
    });
}
