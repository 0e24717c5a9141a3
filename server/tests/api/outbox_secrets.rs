//! What is sent holds codes and links: the database never shows them.

use crate::common::{PASSWORD, World, forms, on_every_database};
use causeway_server::{domain::sign_in::password_reset, outbox, store::NewOutboxMessage};

/// The lines of what was sent that hold a code or a link.
fn secrets(sent: &[NewOutboxMessage]) -> Vec<String> {
    let is_secret = |line: &&str| {
        line.contains('#') || line.split(' ').any(|word| word.len() == 6 && word.parse::<u32>().is_ok())
    };
    sent.iter().flat_map(|message| message.body.lines().filter(is_secret).map(str::to_owned)).collect()
}

fn holds(stored: &[u8], text: &str) -> bool {
    stored.windows(text.len()).any(|part| part == text.as_bytes())
}

async fn db_stored_when_queued_and_when_sent(world: &World) -> [Vec<u8>; 2] {
    assert_eq!(world.browser().log_in("lanternbay", "priya", PASSWORD).await.status, 200);
    let typed = forms::forgot_password("daniel");
    assert_eq!(world.browser().post("/api/password-reset", &typed).await.status, 204);
    password_reset::answer_all(&world.app).await.unwrap();
    let queued = world.db_stored().await;
    outbox::flush(&world.app).await.unwrap();
    [queued, world.db_stored().await]
}

#[test]
fn a_code_and_a_link_are_readable_nowhere_in_the_database() {
    on_every_database(|world| async move {
        let all = db_stored_when_queued_and_when_sent(&world).await;
        let secrets = secrets(&world.sent().await);
        assert!(secrets.iter().any(|line| line.contains("/reset#")) && secrets.len() >= 3, "{secrets:?}");
        for stored in all {
            // Who is written to is no secret, and shows that the right bytes are searched.
            assert!(holds(&stored, "daniel@staff.example") && holds(&stored, "priya@staff.example"));
            for secret in &secrets {
                assert!(!holds(&stored, secret), "{secret}");
                let token = secret.split('#').nth(1);
                assert!(token.is_none_or(|token| !holds(&stored, token)), "{secret}");
            }
        }
    });
}

#[test]
fn what_an_older_version_queued_goes_out() {
    on_every_database(|world| async move {
        let id = if world.is_sqlite() { "x'000102030405060708090a0b0c0d0e0f'" } else { "gen_random_uuid()" };
        let queue = format!(
            "INSERT INTO outbox (id, company_id, kind, recipient, subject, body, state, attempts, next_at, last_error, created_at) \
             SELECT {id}, id, 'email', 'old@staff.example', 'Old', 'queued before', 'queued', 0, 0, '', 0 \
             FROM company WHERE name = 'lanternbay'"
        );
        world.db_execute(&queue).await.unwrap();
        let sent = world.newest_to("old@staff.example").await.unwrap();
        assert_eq!((sent.subject.as_str(), sent.body.as_str()), ("Old", "queued before"));
        assert!(!holds(&world.db_stored().await, "queued before") || world.is_sqlite());
    });
}

#[test]
fn a_row_that_was_sealed_under_another_key_is_given_up_and_holds_nothing_up() {
    on_every_database(|world| async move {
        world.browser().log_in("lanternbay", "priya", PASSWORD).await;
        let harm = if world.is_sqlite() {
            "UPDATE outbox SET sealed = x'00'"
        } else {
            "UPDATE outbox SET sealed = '\\x00'"
        };
        world.db_execute(harm).await.unwrap();
        world.browser().log_in("lanternbay", "daniel", PASSWORD).await;
        let sent = world.sent().await;
        assert!(sent.iter().all(|message| message.to != "priya@staff.example"));
        assert!(sent.iter().any(|message| message.to == "daniel@staff.example"));
        assert_eq!(world.app.store.dead_letters().await.unwrap(), 2);
    });
}
