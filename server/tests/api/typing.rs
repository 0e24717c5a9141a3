//! What people type and paste: names, passwords, codes and texts, in other compositions, widths and scripts, and with
//! characters that cannot be seen.

use crate::common::{
    PASSWORD, World,
    answer::Answer,
    browser::Browser,
    code_in,
    forms::{self, message, note},
    on_every_database,
};
use causeway_api::{
    PersonId,
    chats::Message,
    contacts::{Contact, NewListItem},
    people::Role,
    users::{User, UserForm},
};
use causeway_server::{clock::MINUTE, domain::sign_in::passwords, job, store::StoreError};
use serde_json::json;
use unicode_normalization::UnicodeNormalization as _;

fn user(name: &str, username: &str, email: &str) -> UserForm {
    UserForm {
        username: username.to_owned(),
        email: email.to_owned(),
        ..forms::user(name, Role::AccountManager)
    }
}

async fn create(admin: &mut Browser, form: &UserForm) -> Answer {
    admin.post("/api/admin/users", form).await
}

async fn db_set_password(world: &World, person: PersonId, password: &str) {
    let hash = passwords::hash(&world.app, password.to_owned()).await.unwrap();
    db_set_hash(world, person, hash).await;
}

async fn db_set_hash(world: &World, person: PersonId, hash: String) {
    let company = world.bay.id;
    let done = world.app.store.write(job!(|tx| tx.set_password(company, person, hash).await));
    done.await.map_err(|error: StoreError| error).unwrap();
}

#[test]
fn a_password_is_the_same_in_every_composition() {
    on_every_database(|world| async move {
        let nfc = "Überflüssige Ölmühle né 42";
        let nfd: String = nfc.nfd().collect();
        for (set, typed) in
            [(nfc, nfd.as_str()), (&nfd, nfc), ("am Kai\u{3000}und drüben 7", "am Kai und drüben 7")]
        {
            db_set_password(&world, world.id("priya"), set).await;
            let answer = world.browser().log_in("lanternbay", "priya", typed).await;
            assert_eq!(answer.status, 200, "{typed:?}");
        }
        assert_eq!(
            world.browser().log_in("lanternbay", "priya", "Uberflussige Olmuhle ne 42").await.status,
            401
        );
    });
}

#[test]
fn a_password_that_was_hashed_as_it_was_typed_still_opens() {
    on_every_database(|world| async move {
        let nfd: String = "Überflüssige Ölmühle né 42".nfd().collect();
        // As earlier versions did: without preparing it.
        let hash = {
            use argon2::password_hash::PasswordHasher as _;
            argon2::Argon2::default().hash_password(nfd.as_bytes()).unwrap().to_string()
        };
        db_set_hash(&world, world.id("priya"), hash).await;
        assert_eq!(world.browser().log_in("lanternbay", "priya", &nfd).await.status, 200);
    });
}

#[test]
fn company_and_user_name_are_found_however_they_are_typed() {
    on_every_database(|world| async move {
        let mut mei = world.admin().await;
        let form = user("Nora", "nora.quist", "nora.quist@staff.example");
        let nora: User = create(&mut mei, &form).await.read();
        db_set_password(&world, nora.person.id, PASSWORD).await;
        for (company, username) in [
            ("ＬＡＮＴＥＲＮＢＡＹ", "nora.quist"),
            ("lanternbay\u{feff}", "ＮＯＲＡ．ｑｕｉｓｔ"),
            ("Lantern Bay", "nora. quist"),
            ("lanternbay", "nora.quist\u{200b}"),
            ("\u{202a}lanternbay\u{202c}", "\u{2060}nora.quist"),
            ("lanternbay", " Nora.Quist "),
        ] {
            let answer = world.browser().log_in(company, username, PASSWORD).await;
            assert_eq!(answer.status, 200, "{company:?} {username:?}");
        }
        for (company, username) in
            [("lanternbay", "nora,quist"), ("lanternbay", "nora"), ("lantern", "nora.quist")]
        {
            assert_eq!(world.browser().log_in(company, username, PASSWORD).await.status, 401, "{username}");
            world.clock.advance(MINUTE);
        }
    });
}

#[test]
fn however_a_name_is_typed_its_wrong_passwords_are_counted_together() {
    on_every_database(|world| async move {
        assert_eq!(world.browser().log_in("lanternbay", "priya", "wrong wrong wrong").await.status, 401);
        // Within the pause that follows, not even the right password is looked at.
        for (company, username) in [
            ("ＬＡＮＴＥＲＮＢＡＹ", "priya"),
            ("lanternbay", "ＰＲＩＹＡ"),
            ("lantern bay", "pri\u{200b}ya"),
        ] {
            assert_eq!(world.browser().log_in(company, username, PASSWORD).await.status, 401, "{username:?}");
        }
    });
}

#[test]
fn user_names_that_look_or_are_the_same_are_taken() {
    on_every_database(|world| async move {
        let mut mei = world.admin().await;
        for (number, (first, second)) in [
            ("percival", "per\u{441}ival"),
            ("josé", "jose\u{301}"),
            ("ana.lima", "ＡＮＡ．ｌｉｍａ"),
            ("вера", "ВЕРА\u{200b}"),
        ]
        .into_iter()
        .enumerate()
        {
            let (a, b) = (format!("a{number}@x.example"), format!("b{number}@x.example"));
            assert_eq!(create(&mut mei, &user("One", first, &a)).await.status, 201, "{first}");
            let refused = create(&mut mei, &user("Two", second, &b)).await;
            assert_eq!(refused.fault("username"), (409, "fault-taken"), "{second:?}");
        }
        // What a reader tells apart are two names.
        assert_eq!(create(&mut mei, &user("Three", "jose", "jose@x.example")).await.status, 201);
    });
}

#[test]
fn a_taken_name_of_an_inactive_user_says_so_and_who_it_is() {
    on_every_database(|world| async move {
        let mut mei = world.admin().await;
        let form = user("Yan", "yan", "yan@staff.example");
        let id = create(&mut mei, &form).await.read::<User>().person.id;
        let path = format!("/api/admin/users/{id}/inactive");
        assert_eq!(mei.put(&path, &json!({})).await.status, 200);
        let refused = create(&mut mei, &form).await;
        assert_eq!(refused.fault("username"), (409, "fault-taken-inactive"));
        assert_eq!(refused.problem().person, Some(id));
        assert_eq!(mei.delete(&path).await.status, 200);
        let refused = create(&mut mei, &user("Yan", "yan", "other@staff.example")).await;
        assert_eq!(refused.fault("username").1, "fault-taken");
        assert_eq!(refused.problem().person, None);
    });
}

#[test]
fn names_are_kept_without_what_cannot_be_seen_and_refused_when_nothing_is_left() {
    on_every_database(|world| async move {
        let (mut mei, mut priya) = (world.admin().await, world.signed_in("priya").await);
        let form = user("Priya \u{202e}riaN\u{200b}", "hidden", "hidden@staff.example");
        let cleaned = create(&mut mei, &form).await;
        assert_eq!((cleaned.status, cleaned.read::<User>().person.name.as_str()), (201, "Priya riaN"));
        let chat = world.chat(&mut priya, "daniel").await;
        let lukas = format!("/api/contacts/{}", world.id("lukas"));
        for nothing in ["\u{3164}\u{3164}", "\u{2800}", "\u{200b}", "\u{ffa0}\u{115f}", "\u{2066}\u{2069}"] {
            let refused = create(&mut mei, &user(nothing, "nobody", "nobody@staff.example")).await;
            assert_eq!(refused.fault("name"), (422, "fault-invisible"), "{nothing:?}");
            let tag = NewListItem { name: nothing.to_owned() };
            let answer = mei.post("/api/admin/lists/tags", &tag).await;
            assert_eq!(answer.fault("name"), (422, "fault-invisible"));
            let group = forms::group(nothing, &[world.id("daniel")]);
            assert_eq!(priya.post("/api/chats", &group).await.status, 422, "{nothing:?}");
            let sent = priya.post(&format!("/api/chats/{chat}/messages"), &message(nothing)).await;
            assert_eq!(sent.fault("text"), (422, "fault-invisible"));
            let noted = priya.post(&format!("{lukas}/notes"), &note(nothing)).await;
            assert_eq!(noted.status, 422, "{nothing:?}");
        }
        let kept = "\u{2067}שלום\u{2069} \u{200f}?";
        let sent = priya.post(&format!("/api/chats/{chat}/messages"), &message(kept)).await;
        assert_eq!(
            (sent.status, sent.read::<Message>().text.as_str()),
            (201, kept),
            "a message is kept as it was typed"
        );
    });
}

#[test]
fn codes_are_taken_in_the_digits_of_every_script_and_in_no_other_length() {
    on_every_database(|world| async move {
        let digits = |code: &str, zero: char| -> String {
            let digit = |c: char| char::from_u32(u32::from(zero) + c.to_digit(10).unwrap()).unwrap();
            code.chars().map(digit).collect()
        };
        for zero in ['０', '٠', '۰', '०'] {
            world.clock.advance(11 * MINUTE);
            let mut browser = world.browser();
            assert_eq!(browser.log_in("lanternbay", "priya", PASSWORD).await.status, 200);
            let code = world.newest_code("priya").await;
            for bad in [format!("{code}1"), code[1..].to_owned()] {
                let refused = browser.post("/api/login/code", &forms::code(&bad)).await;
                assert_eq!(refused.fault("code"), (422, "fault-code-length"));
            }
            let typed = format!("\u{200e} {}", digits(&code, zero));
            assert_eq!(browser.post("/api/login/code", &forms::code(&typed)).await.status, 200, "{typed}");
        }
    });
}

#[test]
fn a_note_that_is_sent_twice_is_one_note() {
    on_every_database(|world| async move {
        let mut priya = world.signed_in("priya").await;
        let path = format!("/api/contacts/{}", world.id("lukas"));
        let note = note("calls on Mondays");
        let mut tries = tokio::task::JoinSet::new();
        for _ in 0..4 {
            let (mut priya, path, note) = (priya.clone(), format!("{path}/notes"), note.clone());
            tries.spawn(async move { priya.post(&path, &note).await.status });
        }
        assert_eq!(tries.join_all().await, [201; 4]);
        assert_eq!(priya.get(&path).await.read::<Contact>().notes.len(), 1);
        let amara = format!("/api/contacts/{}/notes", world.id("amara"));
        assert_eq!(priya.post(&amara, &note).await.status, 409, "an id is one note of one client");
    });
}

#[test]
fn the_last_line_of_a_code_by_sms_names_the_site_that_it_is_for() {
    on_every_database(|world| async move {
        for language in ["en", "zh-Hant", "zh-Hans", "ja"] {
            world.clock.advance(11 * MINUTE);
            world
                .db_execute(&format!("UPDATE person SET language = '{language}' WHERE name = 'priya'"))
                .await
                .unwrap();
            assert_eq!(world.browser().log_in("lanternbay", "priya", PASSWORD).await.status, 200);
            let sms = world.newest_to("+12025550100").await.unwrap().body;
            let last = sms.lines().last().unwrap();
            assert_eq!(last, format!("@chat.test.example #{}", code_in(&sms)), "{language}: {sms}");
        }
    });
}
