//! Every long list is read page by page to its end, in every order, and what comes meanwhile shifts nothing.

use crate::common::{World, browser::Browser, encoded, forms, on_every_database};
use causeway_api::{
    chats::Channel,
    contacts::LinkState,
    page::Page,
    people::Role,
    users::{AdminClient, TransferClient},
};
use serde_json::Value;

/// What identifies an entry of any list.
fn id(entry: &Value) -> String {
    let id = if entry["id"].is_null() { &entry["person"]["id"] } else { &entry["id"] };
    id.as_str().unwrap().to_owned()
}

/// The ids on the page at a cursor, and where the next one begins.
async fn page(browser: &mut Browser, path: &str, cursor: Option<&str>) -> (Vec<String>, Option<String>) {
    let cursor = cursor.map(|cursor| format!("&cursor={}", encoded(cursor))).unwrap_or_default();
    let answer = browser.get(&format!("{path}{cursor}")).await;
    assert_eq!(answer.status, 200, "{path}{cursor}: {}", answer.text);
    let page: Page<Value> = answer.read();
    (page.items.iter().map(id).collect(), page.next)
}

/// All ids of a list, page by page; `meanwhile` happens behind the first page.
async fn walk(browser: &mut Browser, path: &str, meanwhile: impl AsyncFnOnce(&mut Browser)) -> Vec<String> {
    let (mut all, mut next) = page(browser, path, None).await;
    meanwhile(browser).await;
    while let Some(cursor) = next {
        let (ids, after) = page(browser, path, Some(&cursor)).await;
        assert!(!ids.is_empty(), "{path}: no page is empty that was promised");
        all.extend(ids);
        next = after;
    }
    all
}

async fn add_user(admin: &mut Browser, name: &str) {
    let answer = admin.post("/api/admin/users", &forms::user(name, Role::AccountManager)).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
}

#[test]
fn pages_of_users_make_the_whole_list_in_every_order() {
    on_every_database(|world| async move {
        let mut mei = world.admin().await;
        // Two who share a key of nearly every order are told apart by their ids.
        for name in ["Twin", "O.Hara", "Zed"] {
            add_user(&mut mei, name).await;
        }
        world.db_execute("UPDATE person SET name_key = 'twin' WHERE name = 'Zed'").await.unwrap();
        for sort in ["name", "username", "role", "created", "seen"] {
            for descending in [false, true] {
                let list = format!("/api/admin/users?sort={sort}&descending={descending}");
                let whole = page(&mut mei, &list, None).await.0;
                assert_eq!(whole.len(), 8, "{list}");
                let walked = walk(&mut mei, &format!("{list}&limit=3"), async |_| ()).await;
                assert_eq!(walked, whole, "{list}");
            }
        }
    });
}

#[test]
fn who_comes_meanwhile_makes_no_one_appear_twice_or_not_at_all() {
    on_every_database(|world| async move {
        let mut mei = world.admin().await;
        let list = "/api/admin/users?limit=2";
        let whole = page(&mut mei, "/api/admin/users?limit=100", None).await.0;
        let walked = walk(&mut mei, list, async |mei| add_user(mei, "Aaron").await).await;
        assert_eq!(walked, whole);
    });
}

/// More clients of Priya than one page has.
async fn invite_many(world: &World, count: usize) -> Browser {
    let mut priya = world.signed_in("priya").await;
    for number in 0..count {
        let identity = forms::by_phone(Channel::Causeway, "", &format!("+852612345{number:02}"));
        let new = forms::invitation(identity, forms::profile("Client", &(number % 3).to_string()));
        assert_eq!(priya.post("/api/invitations", &new).await.status, 201);
    }
    priya
}

#[test]
fn pages_of_clients_and_contacts_make_the_whole_list() {
    on_every_database(|world| async move {
        let mut priya = invite_many(&world, 7).await;
        let mut mei = world.admin().await;
        for (browser, list) in
            [(&mut mei, "/api/admin/clients?archived=false"), (&mut priya, "/api/contacts?search=client")]
        {
            let whole = page(browser, list, None).await.0;
            assert!(whole.len() >= 7, "{list}");
            assert_eq!(walk(browser, &format!("{list}&limit=2"), async |_| ()).await, whole, "{list}");
        }
        let priyas = format!("/api/admin/clients?owner={}&search=client", world.id("priya"));
        let owned: Page<AdminClient> = mei.get(&priyas).await.read();
        assert_eq!(owned.total, Some(7));
        assert_eq!(owned.items[0].owner.as_ref().unwrap().name, "priya");
        assert_eq!(owned.items[0].channels, [(Channel::Causeway, LinkState::Pending)]);
        let daniels = format!("/api/admin/clients?owner={}&search=client", world.id("daniel"));
        assert_eq!(mei.get(&daniels).await.read::<Page<AdminClient>>().total, Some(0));
    });
}

#[test]
fn pages_of_notifications_and_of_the_audit_log_make_the_whole_list() {
    on_every_database(|world| async move {
        let (mut mei, mut priya) = (world.admin().await, world.signed_in("priya").await);
        let lukas = world.id("lukas");
        for to in ["daniel", "priya", "daniel", "priya", "daniel", "priya"] {
            let path = format!("/api/admin/clients/{lukas}/transfer");
            assert_eq!(mei.post(&path, &TransferClient { to: world.id(to) }).await.status, 204);
        }
        for (browser, list) in [
            (&mut priya, "/api/notifications?limit="),
            (&mut mei, "/api/admin/audit?action=client_transferred&limit="),
        ] {
            let whole = page(browser, &format!("{list}100"), None).await.0;
            assert!(whole.len() >= 3, "{list}");
            assert_eq!(walk(browser, &format!("{list}2"), async |_| ()).await, whole, "{list}");
        }
    });
}

#[test]
fn a_cursor_that_no_page_has_given_is_refused_by_name() {
    on_every_database(|world| async move {
        let mut mei = world.admin().await;
        let long = "x".repeat(5_000);
        for list in ["users?sort=created&", "users?sort=seen&", "clients?", "audit?"] {
            for bad in ["x", "x.y", ".", "a.b.c", "%20", &long] {
                let path = format!("/api/admin/{list}cursor={bad}");
                let refused = mei.get(&path).await;
                assert_eq!(refused.fault("cursor"), (422, "fault-type"), "{path}");
            }
        }
        let of_names = "/api/admin/users?sort=created&cursor=mei.00000000-0000-0000-0000-000000000000";
        assert_eq!(mei.get(of_names).await.status, 422, "the cursor of another order");
        assert_eq!(mei.get("/api/notifications?cursor=x").await.status, 422);
        assert_eq!(mei.get("/api/admin/audit/?cursor=x").await.status, 404);
    });
}
