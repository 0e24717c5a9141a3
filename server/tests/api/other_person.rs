//! A page whose cookie has become another person's, and doors that would replace a session.

use crate::common::{
    World,
    answer::Answer,
    browser::Browser,
    forms::{self, message},
    on_every_database,
};
use causeway_api::{
    ProblemCode,
    auth::Session,
    chats::Channel,
    contacts::Profile,
    devices::{Activation, LinkCode},
    paths::{PERSON_HEADER, REPLACE_HEADER},
};
use causeway_server::clock::MINUTE;
use serde_json::{Value, json};

/// A browser in which a page was loaded for someone else than the one who is signed in by now.
async fn stale(world: &World, page_of: &str, signed_in: &str) -> Browser {
    let mut browser = world.signed_in(signed_in).await;
    browser.headers.push((PERSON_HEADER, world.id(page_of).to_string()));
    browser
}

fn replacing(browser: &Browser) -> Browser {
    let mut browser = browser.clone();
    browser.headers.push((REPLACE_HEADER, "yes".to_owned()));
    browser
}

#[test]
fn a_request_for_another_person_changes_nothing() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let chat = world.chat(&mut priya, "daniel").await;
        let mut tab = stale(&world, "priya", "daniel").await;
        // Long enough for an action to be noted.
        world.clock.advance(MINUTE);
        let before = world.db_snapshot().await;
        for answer in [
            tab.post(&format!("/api/chats/{chat}/messages"), &message("from the wrong tab")).await,
            tab.put("/api/profile", &forms::language("ja")).await,
            tab.delete("/api/session").await,
            tab.get("/api/session").await,
            tab.get("/api/people").await,
        ] {
            assert_eq!(answer.refusal(), (409, ProblemCode::OtherPerson), "{}", answer.text);
        }
        assert_eq!(world.db_snapshot().await, before, "nor was the session kept alive");
    });
}

#[test]
fn what_changes_something_names_its_person() {
    on_every_database(|world| async move {
        let mut nameless = world.signed_in("priya").await;
        for said in ["", "priya"] {
            nameless.headers.retain(|(name, _)| *name != PERSON_HEADER);
            nameless.headers.push((PERSON_HEADER, said.to_owned()));
            let answer = nameless.put("/api/profile", &forms::language("ja")).await;
            assert_eq!(answer.refusal(), (400, ProblemCode::Invalid));
            assert!(answer.problem().detail.contains(PERSON_HEADER), "{}", answer.text);
        }
        let answer =
            world.signed_in("daniel").await.put_without_person("/api/profile", &forms::language("ja")).await;
        assert_eq!(answer.refusal(), (400, ProblemCode::Invalid));
        assert!(answer.problem().detail.contains(PERSON_HEADER), "{}", answer.text);
        let mut lukas = world.client("lukas").await;
        lukas.headers.push((PERSON_HEADER, world.id("amara").to_string()));
        assert_eq!(lukas.delete("/api/client/session").await.status, 409);
    });
}

/// The request was refused because the living session is another person's.
fn assert_refused(answer: &Answer) {
    assert_eq!(answer.refusal(), (409, ProblemCode::OtherPerson), "{}", answer.text);
}

#[test]
fn a_personal_link_replaces_no_other_client_silently() {
    on_every_database(|world| async move {
        let mut browser = world.client("lukas").await;
        let of_amara = forms::link(&world.db_client_token("amara").await);
        assert_refused(&browser.post("/api/client/open", &of_amara).await);
        assert_eq!(browser.get("/api/client/session").await.read::<Session>().me.name, "lukas");
        let of_lukas = forms::link(&world.db_client_token("lukas").await);
        assert_eq!(browser.post("/api/client/open", &of_lukas).await.status, 204, "the same person may");
        let mut asked = replacing(&browser);
        assert_eq!(asked.post("/api/client/open", &of_amara).await.status, 204);
        assert_eq!(asked.get("/api/client/session").await.read::<Session>().me.name, "amara");
        // An employee's session is another side: nothing of it is replaced.
        let mut priya = world.signed_in("priya").await;
        assert_eq!(priya.post("/api/client/open", &of_amara).await.status, 204);
    });
}

#[test]
fn a_registration_replaces_no_session_silently() {
    on_every_database(|world| async move {
        let link = world.open_registration("priya").await;
        let mut browser = world.signed_in("mei").await;
        let form = forms::register("erin@new.example");
        assert_eq!(browser.post(&format!("/api/registration/{link}"), &form).await.status, 200);
        let code = world.code_to("erin@new.example").await;
        assert_refused(&browser.confirm_registration(&code).await);
        assert_eq!(browser.get("/api/session").await.read::<Session>().me.name, "mei");
        let mut asked = replacing(&browser);
        assert_eq!(asked.confirm_registration(&code).await.status, 200);
        assert_eq!(asked.get("/api/session").await.read::<Session>().me.name, "Erin");
    });
}

#[test]
fn an_invitation_replaces_no_other_client_silently() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let profile = Profile {
            email: "chan@client.example".to_owned(),
            country: "HK".to_owned(),
            ..forms::profile("Siu Ming", "Chan")
        };
        let new = forms::invitation(forms::by_email(Channel::Wechat, "chan@client.example"), profile);
        assert_eq!(priya.post("/api/invitations", &new).await.status, 201);
        let mut browser = world.client("lukas").await;
        let invited = forms::onboarding("", "chan@client.example");
        assert_eq!(browser.post("/api/onboarding/lanternbay", &invited).await.status, 200);
        let code = world.code_to("chan@client.example").await;
        assert_refused(&browser.put("/api/onboarding-code", &forms::code(&code)).await);
        // Whether an address was invited is not told: one that was not is refused alike.
        let mut stranger = browser.clone();
        let unknown = forms::onboarding("", "unknown@client.example");
        assert_eq!(stranger.post("/api/onboarding/lanternbay", &unknown).await.status, 200);
        assert_refused(&stranger.put("/api/onboarding-code", &forms::code("000000")).await);
        let mut asked = replacing(&browser);
        assert_eq!(asked.put("/api/onboarding-code", &forms::code(&code)).await.status, 200);
    });
}

#[test]
fn linking_a_phone_replaces_no_other_session_silently() {
    on_every_database(|world| async move {
        let mut portal = world.signed_in("priya").await;
        let link: LinkCode = portal.post("/api/device-links", &json!({})).await.read();
        let mut phone = world.signed_in("daniel").await;
        let opened = phone.post("/api/activation", &forms::activation(&link.code)).await;
        assert_eq!(opened.status, 200, "{}", opened.text);
        let typed = forms::activation_log_in("priya");
        assert_eq!(phone.post("/api/activation/login", &typed).await.status, 200);
        let code = world.newest_code("priya").await;
        let activation: Activation = phone.put("/api/activation/code", &forms::code(&code)).await.read();
        let path = format!("/api/device-links/{}", link.id);
        assert_eq!(portal.put(&path, &forms::number(&activation.number.unwrap())).await.status, 204);
        assert_refused(&phone.post("/api/activation/session", &Value::Null).await);
        assert_eq!(phone.get("/api/session").await.read::<Session>().me.name, "daniel");
        let mut asked = replacing(&phone);
        assert_eq!(asked.post("/api/activation/session", &Value::Null).await.status, 200);
        assert_eq!(asked.get("/api/session").await.read::<Session>().me.name, "priya");
    });
}

#[test]
fn a_client_who_leaves_leaves_nothing_in_the_browser() {
    on_every_database(|world| async move {
        let mut lukas = world.client("lukas").await;
        let answer = lukas.delete("/api/client/session").await;
        assert_eq!(answer.status, 204);
        assert_eq!(answer.headers["clear-site-data"], "\"cache\", \"storage\"");
        assert!(!lukas.cookies.contains_key("__Host-causeway-client"));
    });
}
