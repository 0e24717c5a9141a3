//! A credential that is being used while it is ended: whatever comes first, no one is in afterwards.

use crate::common::{
    PASSWORD, World,
    browser::Browser,
    forms::{self, message},
    on_every_database,
};
use causeway_api::{
    PersonId,
    auth::ConfirmCode,
    chats::{Channel, Chat},
    contacts::{Invited, Profile},
    devices::{Activation, LinkCode},
    users::TransferClient,
};
use causeway_server::{
    actor::PersonKey,
    clock, job,
    store::{Purpose, StoreError},
};
use serde_json::json;

/// How often every pair is raced; `cargo xtask check-release` asks for more.
fn rounds() -> usize {
    std::env::var("CAUSEWAY_RACES").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(8)
}

/// Runs both at the same time. Now and then one of them begins a little later, so that they meet in other places.
async fn race<A: Send + 'static, B: Send + 'static>(
    round: usize,
    one: impl Future<Output = A> + Send + 'static,
    other: impl Future<Output = B> + Send + 'static,
) -> (A, B) {
    let late = async |turns: usize| {
        for _ in 0..turns * 20 {
            tokio::task::yield_now().await;
        }
    };
    let one = tokio::spawn(async move {
        late(round % 3).await;
        one.await
    });
    let other = tokio::spawn(async move {
        late((round / 3) % 3).await;
        other.await
    });
    (one.await.unwrap(), other.await.unwrap())
}

/// A browser whose password was right, and the code that was sent.
async fn half_signed_in(world: &World, name: &str) -> (Browser, ConfirmCode) {
    let mut browser = world.browser();
    assert_eq!(browser.log_in("lanternbay", name, PASSWORD).await.status, 200);
    (browser, ConfirmCode::of(world.newest_code(name).await))
}

fn deactivate(admin: &Browser, person: PersonId) -> impl Future<Output = u16> + Send + 'static {
    let (mut admin, path) = (admin.clone(), format!("/api/admin/users/{person}/inactive"));
    async move { admin.put(&path, &json!({})).await.status }
}

#[test]
fn nobody_is_signed_in_who_was_deactivated_meanwhile() {
    on_every_database(|world| async move {
        let mei = world.admin().await;
        for round in 0..rounds() {
            let name = format!("racer{round}");
            let person = world.db_employee(&name).await;
            let (browser, code) = half_signed_in(&world, &name).await;
            let mut used = browser.clone();
            let sign_in = async move {
                used.post("/api/login/code", &code).await;
                used
            };
            let (mut used, ended) = race(round, sign_in, deactivate(&mei, person)).await;
            assert_eq!(ended, 200);
            assert_eq!(used.get("/api/session").await.status, 401, "round {round}");
        }
    });
}

#[test]
fn nobody_is_signed_in_whose_password_was_reset_meanwhile() {
    on_every_database(|world| async move {
        for round in 0..rounds() {
            let name = format!("racer{round}");
            let person = world.db_employee(&name).await;
            let (mut browser, code) = half_signed_in(&world, &name).await;
            let (company, token, until) = (world.bay.id, clock::new_token(), world.clock.now() + clock::HOUR);
            let hash = token.hash();
            let added: Result<(), StoreError> = world
                .app
                .store
                .write(job!(|tx| tx
                    .add_one_time_link(PersonKey::new(company, person), Purpose::Reset, hash, until)
                    .await))
                .await;
            added.unwrap();
            let new = forms::set_password(token.reveal(), "a kelp forest at noon 7");
            let mut other = world.browser();
            let reset = async move { other.put("/api/password-reset/link", &new).await.status };
            let sign_in = async move {
                browser.post("/api/login/code", &code).await;
                browser
            };
            let (mut browser, ended) = race(round, sign_in, reset).await;
            assert_eq!(ended, 204);
            assert_eq!(browser.get("/api/session").await.status, 401, "round {round}");
        }
    });
}

#[test]
fn a_personal_link_opens_nothing_once_it_is_withdrawn_or_its_client_archived() {
    on_every_database(|world| async move {
        let priya = world.signed_in("priya").await;
        let employee = world.id("priya");
        for round in 0..rounds() {
            // What Priya changes has its pace.
            world.clock.advance(clock::SECOND);
            let client = world.db_client(&format!("racer{round}"), employee).await;
            let token = world.db_personal_link(client).await;
            let (mut phone, mut priya) = (world.browser(), priya.clone());
            let open = async move {
                phone.post("/api/client/open", &forms::link(&token)).await;
                phone
            };
            let ends = async move {
                match round % 2 {
                    0 => priya.delete(&format!("/api/people/{client}/links")).await.status,
                    _ => priya.put(&format!("/api/contacts/{client}/archive"), &json!({})).await.status,
                }
            };
            let (mut phone, ended) = race(round, open, ends).await;
            assert!(ended < 300, "{ended}");
            assert_eq!(phone.get("/api/client/session").await.status, 401, "round {round}");
        }
    });
}

/// A client invited by link, and a phone that has asked for the code.
struct Guest {
    id: PersonId,
    profile: Profile,
    phone: Browser,
    code: ConfirmCode,
}

async fn invited(world: &World, priya: &mut Browser, round: usize) -> Guest {
    let email = format!("racer{round}@pearl.example");
    let profile = Profile {
        email: email.clone(),
        country: "HK".to_owned(),
        ..forms::profile("Racer", &round.to_string())
    };
    let new = forms::invitation(forms::by_email(Channel::Causeway, &email), profile.clone());
    let answer = priya.post("/api/invitations", &new).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    let invited: Invited = answer.read();
    let link = invited.link.unwrap();
    let mut phone = world.browser();
    let opened = phone.put("/api/onboarding-invitation", &forms::link(link.split('#').nth(1).unwrap())).await;
    assert_eq!(opened.status, 200);
    let code = ConfirmCode::of(world.code_to(&email).await);
    Guest { id: invited.contact.person.id, profile, phone, code }
}

#[test]
fn an_invitation_links_nobody_once_it_is_taken_back_or_its_address_corrected() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        for round in 0..rounds() {
            // What Priya writes has its pace.
            world.clock.advance(10 * clock::SECOND);
            let Guest { id: client, profile, mut phone, code } = invited(&world, &mut priya, round).await;
            let mut priya = priya.clone();
            let complete = async move {
                let status = phone.put("/api/onboarding-code", &code).await.status;
                (phone, status)
            };
            let ends = async move {
                let profile = Profile { email: format!("right{round}@pearl.example"), ..profile };
                match round % 2 {
                    0 => priya.delete(&format!("/api/contacts/{client}/channels/causeway")).await.status,
                    _ => priya.put(&format!("/api/contacts/{client}"), &profile).await.status,
                }
            };
            let ((mut phone, linked), ended) = race(round, complete, ends).await;
            assert_eq!(ended, 200);
            let is_in = phone.get("/api/client/session").await.status == 200;
            // Linked before the address was corrected, it was the right address.
            let may_be_in = round % 2 == 1 && linked == 200;
            assert!(!is_in || may_be_in, "round {round}: {linked}");
        }
    });
}

#[test]
fn a_phone_is_not_linked_to_an_account_that_was_deactivated_meanwhile() {
    on_every_database(|world| async move {
        let mei = world.admin().await;
        for round in 0..rounds().min(8) {
            let name = format!("racer{round}");
            let person = world.db_employee(&name).await;
            let mut portal = world.signed_in(&name).await;
            let link: LinkCode = portal.post("/api/device-links", &json!({})).await.read();
            let mut phone = world.browser();
            // Where codes are shown from is limited per address.
            phone.address = format!("192.0.2.{round}").parse().unwrap();
            assert_eq!(phone.post("/api/activation", &forms::activation(&link.code)).await.status, 200);
            let login = forms::activation_log_in(&name);
            assert_eq!(phone.post("/api/activation/login", &login).await.status, 200);
            let code = ConfirmCode::of(world.newest_code(&name).await);
            let activation: Activation = phone.put("/api/activation/code", &code).await.read();
            let path = format!("/api/device-links/{}", link.id);
            assert_eq!(portal.put(&path, &forms::number(&activation.number.unwrap())).await.status, 204);
            let finish = async move {
                phone.post("/api/activation/session", &json!({})).await;
                phone
            };
            let (mut phone, ended) = race(round, finish, deactivate(&mei, person)).await;
            assert_eq!(ended, 200);
            assert_eq!(phone.get("/api/session").await.status, 401, "round {round}");
        }
    });
}

#[test]
fn a_session_that_is_confirmed_again_does_not_outlive_its_account() {
    on_every_database(|world| async move {
        let mei = world.admin().await;
        for round in 0..rounds() {
            let name = format!("racer{round}");
            let person = world.db_employee(&name).await;
            let mut browser = world.signed_in(&name).await;
            assert_eq!(browser.post("/api/session/code", &json!({})).await.status, 200);
            let code = ConfirmCode::of(world.newest_code(&name).await);
            let confirm = async move {
                browser.put("/api/session/code", &code).await;
                browser
            };
            let (mut browser, ended) = race(round, confirm, deactivate(&mei, person)).await;
            assert_eq!(ended, 200);
            assert_eq!(browser.get("/api/session").await.status, 401, "round {round}");
        }
    });
}

#[test]
fn a_former_account_manager_writes_nothing_after_a_transfer() {
    on_every_database(|world| async move {
        let mei = world.admin().await;
        let (former, heir) = (world.signed_in("priya").await, world.id("daniel"));
        let employee = world.id("priya");
        for round in 0..rounds() {
            world.clock.advance(10 * clock::SECOND);
            let client = world.db_client(&format!("racer{round}"), employee).await;
            let mut priya = former.clone();
            let new = forms::direct(client);
            let chat = priya.post("/api/chats", &new).await.read::<Chat>().id;
            let path = format!("/api/chats/{chat}/messages");
            let (mut writer, own) = (priya.clone(), path.clone());
            let writing = async move { writer.post(&own, &message("still me")).await.status };
            let mut admin = mei.clone();
            let transfer = async move {
                let path = format!("/api/admin/clients/{client}/transfer");
                admin.post(&path, &TransferClient { to: heir }).await.status
            };
            let (wrote, ended) = race(round, writing, transfer).await;
            assert!((wrote == 201 || wrote == 404) && ended == 204, "{wrote} {ended}");
            assert_eq!(priya.post(&path, &message("and again")).await.status, 404, "round {round}");
            assert_eq!(priya.get(&path).await.status, 404);
        }
    });
}
