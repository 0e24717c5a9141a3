//! Shutting someone out: what each act ends, and that no kind of credential is forgotten.

use crate::common::{
    PASSWORD, World,
    browser::Browser,
    forms::{self, message},
    on_every_database,
};
use causeway_api::{
    PersonId, ProblemCode,
    auth::Session,
    chats::{Channel, Chat, MessagePage},
    contacts::LinkState,
    features::FeatureValue,
    paths::Side,
    people::Role,
    users::{TransferClient, UserForm},
};
use causeway_server::{
    actor::PersonKey,
    clock,
    domain::shut_out::{Act, Credential, shut_out},
    job,
    store::{
        ChannelLinkRow, CodePurpose, NewDeviceLink, NewSession, OneTimeCode, Purpose, PushRow, SentTo,
        SessionRow, StoreError,
    },
};
use serde_json::json;

/// Tables that belong to a person, and why they let no one in by themselves.
const NOT_CREDENTIALS: [(&str, &str); 28] = [
    ("account", "the password: a deactivated account is refused at every door"),
    ("authenticator", "a second factor, of use only after the password"),
    ("passkey", "a second factor, of use only after the password"),
    ("recovery_code", "a second factor, of use only after the password"),
    ("device", "makes a browser known; it opens nothing"),
    ("outbox", "letters that wait: what they carry is checked when it is used"),
    ("undelivered", "which addresses take no mail"),
    ("operator_command", "what the running server is told"),
    ("chat_setting", "how the own list is arranged"),
    ("member", "memberships end with transfers and unsharing"),
    ("message", "what was written"),
    ("pin", "who pinned it"),
    ("presence", "what someone says about being there"),
    ("saved_reply", "texts"),
    ("scheduled_message", "sent only if the person may write when it is due"),
    ("event", "what was recorded"),
    ("audit", "what was recorded"),
    ("note", "what was written"),
    ("file", "what was uploaded: it is read by whoever is shown a message that carries it"),
    ("storage_use", "how much space files take"),
    ("notification", "what was told"),
    ("person_tag", "a profile"),
    ("client_share", "who sees whom"),
    ("contact_merge", "a profile"),
    ("registration", "who is in charge: closes in the same transaction"),
    ("feature_setting", "what was configured"),
    ("chat", "who made it"),
    ("user_import", "who started it: it stops when that person no longer governs"),
];

/// The tables in which a kind of credential stands.
fn tables(credential: Credential) -> &'static [&'static str] {
    match credential {
        Credential::Sessions => &["session"],
        Credential::Codes => &["one_time_code"],
        Credential::DeviceLinks => &["device_link"],
        Credential::PasswordLinks => &["one_time_link"],
        Credential::PersonalLinks => &["client_link"],
        Credential::Invitations => &["invitation", "channel_link"],
        Credential::PushSubscriptions => &["push_subscription"],
    }
}

#[test]
fn every_table_about_a_person_is_a_credential_or_says_why_not() {
    on_every_database(|world| async move {
        let sql = if world.is_sqlite() {
            "SELECT DISTINCT m.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' \
             AND (c.name LIKE '%person_id' OR c.name LIKE '%employee_id' OR c.name LIKE '%client_id' \
             OR c.name IN ('actor_id', 'author_id', 'sender_id', 'created_by', 'pic_id'))"
        } else {
            "SELECT DISTINCT table_name::text FROM information_schema.columns WHERE table_schema = current_schema() \
             AND (column_name LIKE '%person_id' OR column_name LIKE '%employee_id' OR column_name LIKE '%client_id' \
             OR column_name IN ('actor_id', 'author_id', 'sender_id', 'created_by', 'pic_id'))"
        };
        let known: Vec<&str> = Credential::ALL
            .into_iter()
            .flat_map(|credential| tables(credential).iter().copied())
            .chain(NOT_CREDENTIALS.iter().map(|(table, _)| *table))
            .collect();
        let found = world.db_texts(sql).await;
        assert!(found.len() > 12, "{found:?}");
        for table in found {
            assert!(
                known.contains(&table.as_str()),
                "{table}: put it onto Credential, or say why it is none"
            );
        }
    });
}

/// Gives a person one of every kind.
async fn db_give_everything(world: &World, person: PersonId) {
    let (company, now) = (world.bay.id, world.clock.now());
    let given = world.app.store.write(job!(|tx| {
        let code = OneTimeCode {
            hash: clock::new_token().hash(),
            company,
            purpose: CodePurpose::Onboarding,
            person: Some(person),
            channel: Some(Channel::Wechat),
            address: "+85261234567".to_owned(),
            sent_to: SentTo::default(),
            code_mac: vec![1],
            attempts: 0,
            sends: 1,
            next_send_at: now,
            expires_at: now + clock::HOUR,
            passkey_state: None,
            earlier_failures: 0,
            password_version: 0,
            is_pending: false,
        };
        tx.add_code(code, now).await?;
        let link = NewDeviceLink {
            id: clock::new_id(),
            company,
            person,
            code_mac: clock::new_token().hash(),
            secret_hash: clock::new_token().hash(),
            expires_at: now + clock::HOUR,
        };
        tx.add_device_link(link, now).await?;
        let until = now + clock::HOUR;
        tx.add_one_time_link(
            PersonKey::new(company, person),
            Purpose::Reset,
            clock::new_token().hash(),
            until,
        )
        .await?;
        tx.add_client_link(company, person, clock::new_token().hash(), now).await?;
        let row = ChannelLinkRow {
            person,
            channel: Channel::Wechat,
            state: LinkState::Pending,
            address: "+85261234567".to_owned(),
            invited_by: person,
            invited_at: now,
            expires_at: until,
            linked_at: None,
        };
        tx.invite(company, &row).await?;
        tx.add_invitation(company, person, Channel::Wechat, clock::new_token().hash(), until).await?;
        let push = PushRow {
            device: clock::new_id(),
            company,
            person,
            endpoint: "https://push.example".to_owned(),
            p256dh: String::new(),
            auth: String::new(),
            shows_content: false,
        };
        tx.set_push(push, now).await?;
        let session = SessionRow {
            hash: clock::new_token().hash(),
            company,
            person,
            side: Side::Client,
            seen_at: now,
            ends_at: until,
            confirmed_at: now,
            channel: Some(Channel::Wechat),
            must_set_password: false,
            device: None,
        };
        let new = NewSession { session, agent: String::new(), address: String::new() };
        tx.add_session(new, now, 10).await.map(|_| ())
    }));
    let given: Result<(), StoreError> = given.await;
    given.unwrap();
}

/// Whether a person has a credential that is of use.
async fn db_has(world: &World, credential: Credential, person: PersonId) -> bool {
    let id = world.db_id(person.0);
    let now = world.clock.now();
    let condition = match credential {
        Credential::Sessions => format!("session WHERE person_id = {id}"),
        Credential::Codes => format!("one_time_code WHERE person_id = {id} AND used_at IS NULL"),
        Credential::DeviceLinks => format!("device_link WHERE person_id = {id} AND step <> 'linked'"),
        Credential::PasswordLinks => format!("one_time_link WHERE person_id = {id}"),
        Credential::PersonalLinks => format!("client_link WHERE person_id = {id} AND revoked_at IS NULL"),
        Credential::Invitations => format!(
            "channel_link WHERE person_id = {id} AND (expires_at > {now} OR EXISTS \
             (SELECT 1 FROM invitation WHERE invitation.person_id = {id}))"
        ),
        Credential::PushSubscriptions => format!("push_subscription WHERE person_id = {id}"),
    };
    world.db_count(&format!("SELECT COUNT(*) FROM {condition}")).await > 0
}

#[test]
fn every_act_ends_what_stands_on_its_list_and_nothing_else() {
    on_every_database(|world| async move {
        let acts = [
            Act::Deactivate,
            Act::Archive,
            Act::ChangeRole,
            Act::ChangeAddress,
            Act::ResetPassword,
            Act::ChangePassword,
            Act::AddSecondFactor,
            Act::ResetSecondFactors,
            Act::WithdrawPersonalLinks,
            Act::Unlink(Channel::Wechat),
        ];
        for (number, act) in acts.into_iter().enumerate() {
            let person = world.db_client(&format!("someone{number}"), world.id("priya")).await;
            db_give_everything(&world, person).await;
            for credential in Credential::ALL {
                assert!(db_has(&world, credential, person).await, "{credential:?} was given");
            }
            let (who, now) = (PersonKey::new(world.bay.id, person), world.clock.now());
            let ended: Result<_, StoreError> =
                world.app.store.write(job!(|tx| shut_out(tx, act, who, None, now).await)).await;
            ended.unwrap().close(&world.app);
            for credential in Credential::ALL {
                let is_left = db_has(&world, credential, person).await;
                assert_eq!(is_left, !act.ends().contains(&credential), "{act:?} and {credential:?}");
            }
        }
    });
}

#[test]
fn an_external_user_who_was_deactivated_stays_out_by_every_door() {
    on_every_database(|world| async move {
        world.open_registration("priya").await;
        let (mut erin, _) = world.registered("erin@mail.example").await;
        let person = world.db_person("Erin").await;
        let token = world.db_personal_link(person).await;
        let mut mei = world.admin().await;
        let path = format!("/api/admin/users/{person}/inactive");
        assert_eq!(mei.put(&path, &json!({})).await.status, 200);
        assert_eq!(erin.get("/api/session").await.status, 401);
        let opened = world.browser().post("/api/client/open", &forms::link(&token)).await;
        assert_eq!(opened.refusal(), (410, ProblemCode::LinkSpent));
        // Also with a link that is made afterwards.
        let token = world.db_personal_link(person).await;
        let opened = world.browser().post("/api/client/open", &forms::link(&token)).await;
        assert_eq!(opened.status, 410);
    });
}

#[test]
fn a_code_that_went_to_another_address_opens_nothing() {
    on_every_database(|world| async move {
        let mut mei = world.admin().await;
        let mut browser = world.browser();
        assert_eq!(browser.log_in("lanternbay", "daniel", PASSWORD).await.status, 200);
        let code = world.newest_code("daniel").await;
        let form = UserForm {
            username: "daniel".to_owned(),
            email: "daniel.new@staff.example".to_owned(),
            ..forms::user("daniel", Role::AccountManager)
        };
        let path = format!("/api/admin/users/{}", world.id("daniel"));
        let edited = mei.put(&path, &form).await;
        assert_eq!(edited.status, 200, "{}", edited.text);
        let answer = browser.post("/api/login/code", &forms::code(&code)).await;
        assert_eq!(answer.refusal(), (401, ProblemCode::CodeSpent));
    });
}

async fn is_in(browser: &mut Browser) -> bool {
    browser.get("/api/session").await.status == 200
}

#[test]
fn signing_in_over_a_session_ends_it() {
    on_every_database(|world| async move {
        let mut browser = world.signed_in("priya").await;
        let mut first = browser.clone();
        assert!(is_in(&mut first).await);
        assert_eq!(browser.log_in("lanternbay", "daniel", PASSWORD).await.status, 200);
        let code = world.newest_code("daniel").await;
        assert_eq!(browser.post("/api/login/code", &forms::code(&code)).await.status, 200);
        assert_eq!(browser.get("/api/session").await.read::<Session>().me.name, "daniel");
        assert!(!is_in(&mut first).await, "the session that was in the browser is over");
    });
}

#[test]
fn confirming_again_gives_the_session_another_token() {
    on_every_database(|world| async move {
        let mut browser = world.signed_in("mei").await;
        world.clock.advance(21 * clock::MINUTE);
        let mut old = browser.clone();
        assert_eq!(browser.post("/api/session/code", &json!({})).await.status, 200);
        let code = world.newest_code("mei").await;
        assert_eq!(browser.put("/api/session/code", &forms::code(&code)).await.status, 204);
        assert_ne!(browser.cookies, old.cookies);
        let key = "session.idle_timeout";
        let renewed = browser.change_feature(key, FeatureValue::Number(31), 0).await;
        assert_eq!(renewed.status, 200, "{}", renewed.text);
        // Requests on their way still arrive, but have confirmed nothing; then the old token is dead.
        assert!(is_in(&mut old).await);
        let stolen = old.change_feature(key, FeatureValue::Number(32), 1).await;
        assert_eq!(stolen.problem().code, ProblemCode::ConfirmAgain);
        world.clock.advance(11 * clock::SECOND);
        assert!(!is_in(&mut old).await && is_in(&mut browser).await);
    });
}

#[test]
fn a_transfer_hands_the_conversation_over() {
    on_every_database(|world| async move {
        let (mut mei, mut priya, mut daniel) =
            (world.admin().await, world.signed_in("priya").await, world.signed_in("daniel").await);
        let client = world.db_client("Vera", world.id("priya")).await;
        let chat = priya.post("/api/chats", &forms::direct(client)).await.read::<Chat>().id;
        let path = format!("/api/chats/{chat}/messages");
        priya.post(&path, &message("before")).await;
        let transfer = format!("/api/admin/clients/{client}/transfer");
        let to = TransferClient { to: world.id("daniel") };
        assert_eq!(mei.post(&transfer, &to).await.status, 204);
        assert_eq!(priya.get(&format!("/api/chats/{chat}")).await.status, 404);
        assert_eq!(priya.post(&path, &message("after")).await.status, 404);
        assert_eq!(daniel.post(&path, &message("I am in charge now")).await.status, 201);
        let seen = daniel.get(&path).await.read::<MessagePage>().messages;
        assert_eq!(seen.len(), 1, "from now on: {seen:?}");
        let again = daniel.post("/api/chats", &forms::direct(client)).await;
        assert_eq!(again.read::<Chat>().id, chat, "it is the one conversation of the two");
        let token = world.db_personal_link(client).await;
        let mut vera = world.browser();
        assert_eq!(vera.post("/api/client/open", &forms::link(&token)).await.status, 204);
        let own = format!("/api/client/chats/{chat}/messages");
        assert_eq!(vera.get(&own).await.read::<MessagePage>().messages.len(), 2);
        assert_eq!(vera.post(&own, &message("hello Daniel")).await.status, 201);
    });
}
