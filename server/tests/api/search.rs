//! Finding messages again.

use crate::common::{World, browser::Browser, encoded, forms, on_every_database};
use causeway_api::{
    ChatId, MessageId,
    chats::{Chat, SendMessage},
    features::FeatureValue,
    search::{FoundMessages, MessageHit},
};
use causeway_server::{clock, domain::search::indexer};
use proptest::{
    strategy::{Strategy, ValueTree as _},
    test_runner::TestRunner,
};
use std::collections::BTreeMap;

fn messages(chat: ChatId) -> String {
    format!("/api/chats/{chat}/messages")
}

/// Everything that was written is in the index.
async fn indexed(world: &World) {
    indexer::catch_up(&world.app).await.unwrap();
}

async fn ask(browser: &mut Browser, typed: &str, filters: &str) -> FoundMessages {
    browser.get(&format!("/api/search?q={}{filters}", encoded(typed))).await.read()
}

/// The texts that a search finds.
async fn found(browser: &mut Browser, typed: &str) -> Vec<String> {
    ask(browser, typed, "").await.hits.into_iter().map(|hit| hit.message.text).collect()
}

/// What is marked in a hit.
fn marked(hit: &MessageHit) -> Vec<String> {
    let ranges = hit.text.ranges.iter();
    ranges
        .map(|it| hit.text.text.chars().skip(it.start as usize).take(it.length as usize).collect())
        .collect()
}

#[test]
fn words_are_found_however_they_are_written() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "daniel").await;
        let texts = [
            "佐藤さんから請求書が届きました",
            "陳小姐，第三季報告已寄出。",
            "The ＩＮＶＯＩＣＥ　4711 is paid",
            "Concepción schickt die Straße",
            "ガイドを見てください",
            "thanks 🙏 美玲",
            "Payment instruction for the lease",
            "Miss Chen:\n\n  terms — agreed",
        ];
        for text in texts {
            priya.post(&messages(chat), &forms::message(text)).await;
        }
        indexed(&world).await;
        for (typed, place) in [
            ("佐藤", 0),
            ("請求書", 0),
            ("请求书", 0),
            ("藤", 0),
            ("陈小姐", 1),
            ("報告", 1),
            ("invoice", 2),
            ("invoi", 2),
            ("4711", 2),
            ("invoice paid", 2),
            ("concepcion", 3),
            ("strasse", 3),
            ("ｶﾞｲﾄﾞ", 4),
            ("美玲", 5),
            ("🙏", 5),
            ("\"payment instruction\"", 6),
            ("lease -invoice", 6),
            ("\"instruction for\"", 6),
            ("\"chen, terms\"", 7),
        ] {
            assert_eq!(found(&mut priya, typed).await, [texts[place]], "{typed}");
            world.clock.advance(1_000);
        }
        for typed in ["カイト", "\"instruction payment\"", "voice", "payment -lease", "藤佐", "nothing"]
        {
            assert_eq!(found(&mut priya, typed).await, [""; 0], "{typed}");
            world.clock.advance(1_000);
        }
        let hit = ask(&mut priya, "請求書", "").await.hits.remove(0);
        assert_eq!(marked(&hit), ["請求書"]);
    });
}

#[test]
fn nobody_finds_what_they_are_not_shown() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let group: Chat = priya.post("/api/chats", &forms::group("G", &[world.id("daniel")])).await.read();
        priya.post(&messages(group.id), &forms::message("secret before")).await;
        priya.post(&format!("/api/chats/{}/members", group.id), &forms::member(world.id("mei"))).await;
        priya.post(&messages(group.id), &forms::message("secret after")).await;
        let mut ana = world.signed_in("ana").await;
        let others = world.chat(&mut ana, "ines").await;
        ana.post(&messages(others), &forms::message("secret of Peak")).await;
        indexed(&world).await;
        let (mut mei, mut daniel) = (world.signed_in("mei").await, world.signed_in("daniel").await);
        assert_eq!(found(&mut priya, "secret").await, ["secret after", "secret before"]);
        assert_eq!(found(&mut mei, "secret").await, ["secret after"], "she joined later");
        assert_eq!(found(&mut ana, "secret").await, ["secret of Peak"], "each company has its own");
        assert_eq!(found(&mut world.signed_in("tomas").await, "secret").await, [""; 0]);
        daniel.delete(&format!("/api/chats/{}/membership", group.id)).await;
        assert_eq!(found(&mut daniel, "secret").await, [""; 0], "he has left");
        let none = FeatureValue::Map(BTreeMap::from([("days".to_owned(), Some(1))]));
        world.configure(&[("message.retention", none)]).await;
        world.clock.advance(3 * 24 * 60 * 60_000);
        let mut priya = world.signed_in("priya").await;
        assert_eq!(found(&mut priya, "secret").await, [""; 0], "it has left the screens");
    });
}

#[test]
fn what_was_edited_or_deleted_is_found_as_it_is_now() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "daniel").await;
        let new = forms::message("first wording");
        priya.post(&messages(chat), &new).await;
        indexed(&world).await;
        let own = format!("{}/{}", messages(chat), new.id);
        let sent = world.clock.now();
        world.clock.advance(60_000);
        priya.put(&own, &forms::edit("second wording")).await;
        // Before the index has come so far, what it still has leads to nothing.
        assert_eq!(found(&mut priya, "first").await, [""; 0]);
        indexed(&world).await;
        assert_eq!(found(&mut priya, "first").await, [""; 0]);
        assert_eq!(found(&mut priya, "wording").await, ["second wording"], "once");
        let dated = format!("&before={}", sent + 1);
        assert_eq!(ask(&mut priya, "wording", &dated).await.hits.len(), 1, "by when it was sent, not edited");
        priya.delete(&own).await;
        assert_eq!(found(&mut priya, "wording").await, [""; 0]);
        indexed(&world).await;
        assert_eq!(found(&mut priya, "wording").await, [""; 0]);
    });
}

#[test]
fn filters_and_pages_narrow_what_is_found() {
    on_every_database(|world| async move {
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let (one, other) = (world.chat(&mut priya, "daniel").await, world.chat(&mut priya, "mei").await);
        for number in 0..60 {
            priya.post(&messages(one), &forms::message(&format!("report {number}"))).await;
            world.clock.advance(1_000);
        }
        let noon = world.clock.now();
        world.clock.advance(60_000);
        priya.post(&messages(other), &forms::message("report elsewhere")).await;
        daniel.post(&messages(one), &forms::message("report from Daniel")).await;
        indexed(&world).await;
        let first = ask(&mut priya, "report", "").await;
        assert_eq!((first.hits.len(), first.hits[0].message.text.as_str()), (50, "report from Daniel"));
        let rest = ask(&mut priya, "report", &format!("&cursor={}", first.next.unwrap())).await;
        assert_eq!((rest.hits.len(), rest.next), (12, None));
        let mut all: Vec<MessageId> = first.hits.iter().chain(&rest.hits).map(|hit| hit.message.id).collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 62, "each once");
        for (filters, count) in [
            (format!("&in={other}"), 1),
            (format!("&from={}", world.id("daniel")), 1),
            (format!("&after={noon}"), 2),
            (format!("&before={noon}&in={other}"), 0),
            (format!("&before={noon}"), 50),
            ("&channel=whatsapp".to_owned(), 0),
            ("&has_file=true".to_owned(), 0),
        ] {
            assert_eq!(ask(&mut priya, "report", &filters).await.hits.len(), count, "{filters}");
            world.clock.advance(1_000);
        }
    });
}

#[test]
fn no_search_is_a_fault_of_the_server() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "daniel").await;
        priya.post(&messages(chat), &forms::message("o'neil \"quoted\" a\\b")).await;
        indexed(&world).await;
        for typed in [
            "\"",
            "*",
            "NEAR(",
            "a OR",
            "' OR 1=1 --",
            "a\" OR b",
            "-",
            "…",
            "\\",
            "(",
            "a:*",
            "!a",
            "a & b",
            "\u{e001}c1",
        ] {
            let answer = priya.get(&format!("/api/search?q={}", encoded(typed))).await;
            assert_eq!(answer.status, 200, "{typed}: {}", answer.text);
            world.clock.advance(1_000);
        }
        assert_eq!(found(&mut priya, "o'neil").await.len(), 1);
        let long = priya.get(&format!("/api/search?q={}", "a".repeat(10_000))).await;
        assert_eq!(long.fault("q"), (422, "fault-too-long"));
        world.clock.advance(60_000);
        let mut statuses = Vec::new();
        for _ in 0..20 {
            statuses.push(priya.get("/api/search?q=a").await.status);
        }
        assert!(statuses.starts_with(&[200]) && statuses.ends_with(&[429]), "{statuses:?}");
    });
}

#[test]
fn an_index_that_was_lost_is_built_anew() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "daniel").await;
        let new = SendMessage { id: MessageId(clock::random_id()), ..forms::message("lighthouse") };
        priya.post(&messages(chat), &new).await;
        indexed(&world).await;
        world.db_execute("DELETE FROM search_progress").await.unwrap();
        world.clock.advance(10_000);
        let before = ask(&mut priya, "lighthouse", "").await;
        assert!(before.behind_since.is_some(), "it is said that the newest are missing");
        indexed(&world).await;
        let after = ask(&mut priya, "lighthouse", "").await;
        assert_eq!((after.hits.len(), after.behind_since), (1, None));
        assert!(world.db_findings().await.is_empty());
    });
}

/// Characters that are written without spaces: Chinese of both scripts, kana, a name's variant.
const WIDE: &str = "佐藤美玲陳陈報告报请請求書髙高ガがギさんｶﾅー々國国德送金手続き你好第三季";

/// A text of runs that are written without spaces, with other things between them.
fn wide_text() -> impl Strategy<Value = String> {
    let char = proptest::sample::select(WIDE.chars().collect::<Vec<_>>());
    let run = proptest::collection::vec(char, 2..9).prop_map(String::from_iter);
    let between = proptest::sample::select(vec!["、", " ", " invoice ", "。\n", " 4711 ", "🙏"]);
    proptest::collection::vec((run, between), 1..4)
        .prop_map(|parts| parts.into_iter().map(|(run, between)| format!("{run}{between}")).collect())
}

/// Every stretch of two to four characters of the first run, as someone would look for it.
fn stretches(text: &str) -> Vec<String> {
    let is_half = |char: char| matches!(u32::from(char), 0xff61..=0xff9f);
    let run: Vec<char> = text.chars().take_while(|char| WIDE.contains(*char)).collect();
    let all = (2..=4).flat_map(|length| run.windows(length).map(|part| part.iter().collect::<String>()));
    // A mark that stands alone belongs to the character in front of it.
    all.filter(|part| !part.starts_with(is_half)).step_by(3).collect()
}

#[test]
fn whatever_stands_in_a_text_is_found_by_any_stretch_of_it() {
    on_every_database(|world| async move {
        let mut runner = TestRunner::deterministic();
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "daniel").await;
        let mut texts = Vec::new();
        for _ in 0..12 {
            let text = wide_text().new_tree(&mut runner).unwrap().current().trim_end().to_owned();
            assert_eq!(priya.post(&messages(chat), &forms::message(&text)).await.status, 201, "{text}");
            world.clock.advance(1_000);
            texts.push(text);
        }
        indexed(&world).await;
        for text in &texts {
            for part in stretches(text) {
                let hits = found(&mut priya, &part).await;
                assert!(hits.contains(text), "{part} is in {text}, found were {hits:?}");
                world.clock.advance(1_000);
            }
        }
    });
}

#[test]
fn letters_that_a_mark_makes_another_letter_are_told_apart() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "daniel").await;
        for text in ["ガス料金", "カス料金", "が来た", "か来た"] {
            priya.post(&messages(chat), &forms::message(text)).await;
        }
        indexed(&world).await;
        for (typed, text) in
            [("ガス", "ガス料金"), ("ｶｽ", "カス料金"), ("が来", "が来た"), ("カ来", "か来た")]
        {
            assert_eq!(found(&mut priya, typed).await, [text], "{typed}");
            world.clock.advance(1_000);
        }
    });
}
