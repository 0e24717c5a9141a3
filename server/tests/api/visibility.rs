//! One rule says what may be seen: pages, the list's last message, live events, what is replayed and web push agree,
//! whatever happens in a group.

use crate::common::{
    World,
    browser::Browser,
    forms::{self, message, numbers},
    on_every_database,
};
use causeway_api::{
    EventBody, MessageId, PersonId, ServerFrame,
    chats::{Chat, Message, MessagePage},
    paths::Side,
};
use causeway_server::{
    actor::{Actor, Browser as Origin},
    clock::{DAY, MINUTE},
    domain::chats::visibility,
    realtime::{QueuedFrame, Subscription},
};
use proptest::{
    prelude::*,
    strategy::{Strategy, ValueTree as _},
    test_runner::TestRunner,
};
use std::collections::BTreeMap;

const PEOPLE: [&str; 3] = ["priya", "daniel", "mei"];

#[derive(Clone, Debug)]
enum Step {
    Send(usize),
    Edit(usize, usize),
    Delete(usize, usize),
    Join(usize, usize),
    Leave(usize),
    /// Time passes: messages become too old to be changed, and leave the screens.
    Wait(bool),
}

fn step() -> impl Strategy<Value = Step> {
    let who = 0..PEOPLE.len();
    prop_oneof![
        4 => who.clone().prop_map(Step::Send),
        2 => (who.clone(), 0..6_usize).prop_map(|(who, back)| Step::Edit(who, back)),
        2 => (who.clone(), 0..6_usize).prop_map(|(who, back)| Step::Delete(who, back)),
        2 => (who.clone(), who.clone()).prop_map(|(by, who)| Step::Join(by, who)),
        1 => who.prop_map(Step::Leave),
        1 => any::<bool>().prop_map(Step::Wait),
    ]
}

/// What someone sees: the texts by ordinal, `None` for a deleted one.
type Seen = BTreeMap<i64, Option<String>>;

fn note(seen: &mut Seen, message: &Message) {
    seen.insert(message.ordinal, message.deleted_at.is_none().then(|| message.text.clone()));
}

async fn page(browser: &mut Browser, path: &str) -> Option<Seen> {
    let answer = browser.get(&format!("{path}/messages")).await;
    if answer.status == 404 {
        return None;
    }
    assert_eq!(answer.status, 200, "{}", answer.text);
    let mut seen = Seen::new();
    answer.read::<MessagePage>().messages.iter().for_each(|message| note(&mut seen, message));
    Some(seen)
}

fn actor(world: &World, person: PersonId) -> Actor {
    Actor {
        company: world.bay.id,
        person,
        side: Side::Portal,
        role: None,
        session: Vec::new(),
        seen_at: world.clock.now(),
        ends_at: i64::MAX,
        confirmed_at: 0,
        channel: None,
        must_set_password: false,
        must_set_up_second_factor: false,
        device: None,
        browser: Origin::default(),
    }
}

async fn replayed(world: &World, person: PersonId) -> Seen {
    let page = visibility::replay(&world.app, &actor(world, person), 0, 5_000).await.unwrap();
    let mut seen = Seen::new();
    for event in page.events {
        match serde_json::from_str::<EventBody>(&event.json).unwrap() {
            EventBody::MessageSent { message }
            | EventBody::MessageEdited { message }
            | EventBody::MessageDeleted { message } => note(&mut seen, &message),
            _ => {}
        }
    }
    seen
}

/// The messages in the events that were announced since the last look.
fn announced(place: &mut Subscription) -> Vec<Message> {
    let mut messages = Vec::new();
    while let Some(QueuedFrame { frame, .. }) = place.waiting() {
        let Ok(ServerFrame::Event { event }) = serde_json::from_str(&frame) else { panic!("{frame}") };
        match event.body {
            EventBody::MessageSent { message }
            | EventBody::MessageEdited { message }
            | EventBody::MessageDeleted { message } => messages.push(message),
            _ => {}
        }
    }
    messages
}

struct Group {
    path: String,
    browsers: Vec<Browser>,
    ids: Vec<PersonId>,
    sent: Vec<(usize, MessageId)>,
}

impl Group {
    async fn take(&mut self, world: &World, step: &Step, number: usize) {
        let target = |who: usize, back: usize, sent: &[(usize, MessageId)]| {
            sent.iter().rev().filter(|(by, _)| *by == who).nth(back).map(|(_, id)| *id)
        };
        match *step {
            Step::Send(who) => {
                let new = message(&format!("text {number}"));
                if self.browsers[who].post(&format!("{}/messages", self.path), &new).await.status == 201 {
                    self.sent.push((who, new.id));
                }
            }
            Step::Edit(who, back) => {
                if let Some(id) = target(who, back, &self.sent) {
                    let path = format!("{}/messages/{id}", self.path);
                    self.browsers[who].put(&path, &forms::edit(&format!("edited {number}"))).await;
                }
            }
            Step::Delete(who, back) => {
                if let Some(id) = target(who, back, &self.sent) {
                    self.browsers[who].delete(&format!("{}/messages/{id}", self.path)).await;
                }
            }
            Step::Join(by, who) => {
                let new = forms::member(self.ids[who]);
                self.browsers[by].post(&format!("{}/members", self.path), &new).await;
            }
            Step::Leave(who) => {
                self.browsers[who].delete(&format!("{}/membership", self.path)).await;
            }
            Step::Wait(is_long) => world.clock.advance(if is_long { DAY } else { 5 * MINUTE }),
        }
        // The pace is not what this is about.
        world.clock.advance(1_000);
        for (who, browser) in PEOPLE.into_iter().zip(&mut self.browsers) {
            if browser.get("/api/session").await.status == 401 {
                *browser = world.signed_in(who).await;
            }
        }
    }

    /// Compares all the ways in which a person sees messages.
    async fn compare(&mut self, world: &World, who: usize, told: &[Message], steps: &[Step]) {
        let (person, what) = (self.ids[who], format!("{} after {steps:?}", PEOPLE[who]));
        let shown = page(&mut self.browsers[who], &self.path).await;
        let replayed = replayed(world, person).await;
        assert_eq!(replayed, shown.clone().unwrap_or_default(), "replay of {what}");
        for message in told {
            let seen = shown.as_ref().and_then(|seen| seen.get(&message.ordinal));
            let text = message.deleted_at.is_none().then(|| message.text.clone());
            // Whoever is told and then leaves, or after whom it is changed again, was told rightly at the time.
            assert!(
                shown.is_none() || seen == Some(&text),
                "{what} was told of {message:?} and sees {seen:?}"
            );
        }
        let chat = self.browsers[who].get(&self.path).await;
        let last = (chat.status == 200).then(|| chat.read::<Chat>().last_message).flatten();
        let newest = shown.as_ref().and_then(|seen| seen.last_key_value());
        assert_eq!(
            last.map(|last| last.ordinal),
            newest.map(|(ordinal, _)| *ordinal),
            "last message of {what}"
        );
        for (_, id) in &self.sent {
            let one = visibility::seen_by(&world.app, world.bay.id, person, *id).await.unwrap();
            let in_page = |message: &Message| {
                let text = message.deleted_at.is_none().then(|| message.text.clone());
                shown.as_ref().and_then(|seen| seen.get(&message.ordinal)) == Some(&text)
            };
            assert!(one.as_ref().is_none_or(in_page), "push to {what}: {one:?}");
        }
    }
}

#[test]
fn pages_lists_live_events_replay_and_push_show_the_same() {
    on_every_database(|world| async move {
        let mut runner = TestRunner::deterministic();
        let mut mei = world.admin().await;
        let kept = mei.change_feature("message.retention", numbers([("days", 1)]), 0).await;
        assert_eq!(kept.status, 200, "{}", kept.text);
        for _ in 0..6 {
            let steps = proptest::collection::vec(step(), 8..24).new_tree(&mut runner).unwrap().current();
            let (mut browsers, mut ids, mut places) = (Vec::new(), Vec::new(), Vec::new());
            for who in PEOPLE {
                browsers.push(world.signed_in(who).await);
                ids.push(world.id(who));
                places.push(world.app.hub.register(world.key(who), vec![1]));
            }
            let made = browsers[0].post("/api/chats", &forms::group("Deal", &[ids[1]])).await;
            assert_eq!(made.status, 201, "{}", made.text);
            let path = format!("/api/chats/{}", made.read::<Chat>().id);
            let mut group = Group { path, browsers, ids, sent: Vec::new() };
            for (number, step) in steps.iter().enumerate() {
                group.take(&world, step, number).await;
                for (who, place) in places.iter_mut().enumerate() {
                    let told = announced(place);
                    group.compare(&world, who, &told, &steps[..=number]).await;
                }
            }
            // The next group is not compared with what was told of this one.
            for browser in &mut group.browsers {
                browser.delete(&format!("{}/membership", group.path)).await;
            }
            world.clock.advance(DAY);
        }
    });
}
