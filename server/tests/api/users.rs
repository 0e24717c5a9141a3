//! User administration: who manages whom, limits, deactivating, importing, clients for admins.

use crate::common::{PASSWORD, World, browser::Browser, forms, on_every_database};
use causeway_api::{
    PersonId, ProblemCode,
    auth::Session,
    chats::Channel,
    contacts::{ContactPage, Invited},
    notifications::{Notice, NotificationPage},
    page::Page,
    people::Role,
    users::{AdminClient, License, Plan, TransferClient, Usage, User, UserForm, UserState},
};
use causeway_server::{clock::MINUTE, domain::company};
use serde_json::json;

async fn create(admin: &mut Browser, name: &str, role: Role) -> PersonId {
    let answer = admin.post("/api/admin/users", &forms::user(name, role)).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.read::<User>().person.id
}

async fn names(admin: &mut Browser, query: &str) -> Vec<String> {
    let page: Page<User> = admin.get(&format!("/api/admin/users?{query}")).await.read();
    page.items.into_iter().map(|user| user.person.name).collect()
}

#[test]
fn a_new_user_gets_a_mail_with_everything_to_begin() {
    on_every_database(|world| async move {
        let mut mei = world.signed_in("mei").await;
        let form = UserForm {
            name: "Nora Quist".to_owned(),
            username: String::new(),
            email: "nora.q@staff.example".to_owned(),
            phone: "+1 (202) 555-0190".to_owned(),
            role: Role::AccountManager,
            company_role: "Partner".to_owned(),
            about: "Broker".to_owned(),
            language: "ja".to_owned(),
        };
        let answer = mei.post("/api/admin/users", &form).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        let user: User = answer.read();
        assert_eq!(
            (user.username.as_str(), user.state, user.phone.as_str()),
            ("nora.q", UserState::Invited, "+12025550190")
        );
        let mail = world.newest_to("nora.q@staff.example").await.unwrap().body;
        for part in ["https://chat.test.example", "lanternbay", "nora.q", "/welcome#"] {
            assert!(mail.contains(part), "{part}: {mail}");
        }
        assert!(!answer.text.contains("password"), "no password is taken or given: {}", answer.text);
        for (field, value, fault) in [
            ("email", "nobody", "fault-email"),
            ("name", " ", "fault-required"),
            ("phone", "12", "fault-phone"),
            ("language", "tlh", "fault-language"),
        ] {
            let mut bad = json!(form);
            bad[field] = json!(value);
            let refused = mei.post("/api/admin/users", &bad).await;
            assert_eq!(refused.fault(field), (422, fault));
        }
        let again = mei.post("/api/admin/users", &form).await;
        assert_eq!(again.fault("username"), (409, "fault-taken"));
        let mut with_password = json!(form);
        with_password["password"] = json!("kelp orbit nine 9");
        assert_eq!(mei.post("/api/admin/users", &with_password).await.status, 400);
    });
}

#[test]
fn users_are_found_filtered_sorted_and_paged() {
    on_every_database(|world| async move {
        let mut mei = world.signed_in("mei").await;
        create(&mut mei, "zoe", Role::ComplianceOfficer).await;
        let id = create(&mut mei, "yan", Role::AccountManager).await;
        assert_eq!(mei.put(&format!("/api/admin/users/{id}/inactive"), &json!({})).await.status, 200);
        for (query, found) in [
            ("", vec!["daniel", "mei", "olga", "priya", "tomas", "yan", "zoe"]),
            ("search=ZO", vec!["zoe"]),
            ("search=daniel%40staff", vec!["daniel"]),
            ("role=compliance_officer", vec!["tomas", "zoe"]),
            ("state=inactive", vec!["yan"]),
            ("state=invited", vec!["zoe"]),
            ("sort=name&descending=true&limit=2", vec!["zoe", "yan"]),
            ("sort=seen&descending=true&limit=1", vec!["mei"]),
        ] {
            assert_eq!(names(&mut mei, query).await, found, "{query}");
        }
        assert_eq!(mei.get("/api/admin/users?limit=1").await.read::<Page<User>>().total, Some(7));
        assert_eq!(mei.get("/api/admin/users?sort=age").await.status, 422);
        assert_eq!(mei.get("/api/admin/users?role=king").await.status, 422);
    });
}

#[test]
fn only_owners_manage_owners_and_the_last_one_stays() {
    on_every_database(|world| async move {
        let (mut mei, mut olga) = (world.signed_in("mei").await, world.signed_in("olga").await);
        let olga_path = format!("/api/admin/users/{}", world.id("olga"));
        assert_eq!(mei.post("/api/admin/users", &forms::user("second", Role::Owner)).await.status, 403);
        assert_eq!(mei.put(&format!("{olga_path}/inactive"), &json!({})).await.status, 403);
        assert_eq!(mei.post(&format!("{olga_path}/password-link"), &json!({})).await.status, 403);
        let demoted = mei.put(&olga_path, &forms::user("olga", Role::AccountManager)).await;
        assert_eq!(demoted.status, 403);
        let own = olga.put(&olga_path, &forms::user("olga", Role::AccountManager)).await;
        assert_eq!(own.fault("role"), (422, "fault-own-role"));
        let own = olga.put(&format!("{olga_path}/inactive"), &json!({})).await;
        assert_eq!(own.status, 422, "{}", own.text);
        let second = create(&mut olga, "second", Role::Owner).await;
        let path = format!("/api/admin/users/{second}");
        assert_eq!(olga.put(&path, &forms::user("second", Role::OrgAdmin)).await.status, 200, "one is left");
        assert_eq!(olga.put(&path, &forms::user("second", Role::Owner)).await.status, 200);
        assert_eq!(olga.put(&format!("{path}/inactive"), &json!({})).await.status, 200);
        // The operator is refused, too, when no one would be left.
        let refused = company::set_role(&world.app, &world.bay, "olga", Role::OrgAdmin).await;
        assert!(refused.unwrap_err().to_string().contains("fault-last-owner"));
    });
}

#[test]
fn two_owners_who_demote_each_other_at_once_leave_one() {
    on_every_database(|world| async move {
        let olga = world.signed_in("olga").await;
        let second = create(&mut olga.clone(), "second", Role::Owner).await;
        let third = create(&mut olga.clone(), "third", Role::Owner).await;
        let mut tries = tokio::task::JoinSet::new();
        for (id, name) in [(second, "second"), (third, "third"), (world.id("olga"), "olga")] {
            let app = world.app.clone();
            let (bay, name, _) = (world.bay.clone(), name.to_owned(), id);
            // Only Olga has a session; the operator's door has no rule about the own role.
            tries.spawn(async move { company::set_role(&app, &bay, &name, Role::OrgAdmin).await.is_ok() });
        }
        let done = tries.join_all().await;
        assert_eq!(done.iter().filter(|done| **done).count(), 2, "{done:?}");
    });
}

#[test]
fn an_inactive_user_is_out_at_once_everywhere_and_comes_back() {
    on_every_database(|world| async move {
        let (mut mei, mut priya) = (world.signed_in("mei").await, world.signed_in("priya").await);
        let mut half = world.browser();
        assert_eq!(half.log_in("lanternbay", "priya", PASSWORD).await.status, 200);
        let code = world.newest_code("priya").await;
        world.browser().post("/api/password-reset", &forms::forgot_password("priya")).await;
        let mail = world.newest_to("priya@staff.example").await.unwrap().body;
        let token = mail.split("/reset#").nth(1).unwrap().lines().next().unwrap().to_owned();
        let path = format!("/api/admin/users/{}/inactive", world.id("priya"));
        let done = mei.put(&path, &json!({})).await;
        assert_eq!((done.status, done.read::<User>().state), (200, UserState::Inactive));
        assert_eq!(priya.get("/api/session").await.status, 401);
        assert_eq!(half.post("/api/login/code", &forms::code(&code)).await.status, 401);
        let opened = world.browser().post("/api/password-reset/link", &forms::link(&token)).await;
        assert_eq!(opened.status, 410);
        world.clock.advance(MINUTE);
        assert_eq!(world.browser().log_in("lanternbay", "priya", PASSWORD).await.status, 401);
        let mut daniel = world.signed_in("daniel").await;
        assert!(!daniel.get("/api/people").await.text.contains("priya"), "nobody starts a chat with her");
        assert_eq!(mei.put(&path, &json!({})).await.status, 409, "once");
        assert_eq!(mei.delete(&path).await.read::<User>().state, UserState::Active);
        world.clock.advance(MINUTE);
        world.signed_in("priya").await;
    });
}

#[test]
fn the_limit_of_users_holds_under_parallel_creation_and_for_coming_back() {
    on_every_database(|world| async move {
        let mei = world.signed_in("mei").await;
        company::set_plan(
            &world.app,
            &world.bay,
            None,
            company::GivenLimits { users: Some(8), ..company::GivenLimits::default() },
        )
        .await
        .unwrap();
        let mut tries = tokio::task::JoinSet::new();
        for number in 0..20 {
            let mut mei = mei.clone();
            tries.spawn(async move {
                mei.post("/api/admin/users", &forms::user(&format!("new{number}"), Role::AccountManager))
                    .await
                    .status
            });
        }
        let statuses = tries.join_all().await;
        assert_eq!(
            statuses.iter().filter(|status| **status == 201).count(),
            3,
            "five were there: {statuses:?}"
        );
        assert_eq!(statuses.iter().filter(|status| **status == 409).count(), 17);
        let mut mei = mei;
        let license: License = mei.get("/api/admin/license").await.read();
        let usage = Usage { used: 8, limit: Some(8) };
        assert_eq!((license.plan, license.users), (Plan::Enterprise, usage));
        let path = format!("/api/admin/users/{}/inactive", world.id("daniel"));
        assert_eq!(mei.put(&path, &json!({})).await.status, 200);
        create(&mut mei, "instead", Role::AccountManager).await;
        let full = mei.delete(&path).await;
        assert_eq!(full.fault("users"), (409, "fault-no-place"));
        assert_eq!(
            mei.get("/api/admin/users?state=inactive").await.read::<Page<User>>().total,
            Some(1),
            "nothing of it was kept"
        );
    });
}

#[test]
fn another_role_ends_the_sessions_and_asks_for_a_recent_code() {
    on_every_database(|world| async move {
        let (mut mei, mut daniel) = (world.signed_in("mei").await, world.signed_in("daniel").await);
        let path = format!("/api/admin/users/{}", world.id("daniel"));
        assert_eq!(mei.put(&path, &forms::user("daniel", Role::AccountManager)).await.status, 200);
        assert_eq!(daniel.get("/api/session").await.status, 200);
        world.clock.advance(21 * MINUTE);
        let old = mei.put(&path, &forms::user("daniel", Role::OrgAdmin)).await;
        assert_eq!(old.refusal(), (403, ProblemCode::ConfirmAgain));
        let mut mei = world.signed_in("mei").await;
        assert_eq!(mei.put(&path, &forms::user("daniel", Role::OrgAdmin)).await.status, 200);
        assert_eq!(daniel.get("/api/session").await.status, 401);
        let mut daniel = world.signed_in("daniel").await;
        assert_eq!(daniel.get("/api/admin/users").await.status, 200);
    });
}

#[test]
fn an_admin_sends_links_and_never_a_password() {
    on_every_database(|world| async move {
        let mut mei = world.signed_in("mei").await;
        let path = format!("/api/admin/users/{}/password-link", world.id("daniel"));
        assert_eq!(mei.post(&path, &json!({})).await.status, 204);
        assert!(world.newest_to("daniel@staff.example").await.unwrap().body.contains("/reset#"));
        let nora = create(&mut mei, "nora", Role::AccountManager).await;
        let first = world.newest_to("nora@staff.example").await.unwrap().body;
        assert_eq!(mei.post(&format!("/api/admin/users/{nora}/password-link"), &json!({})).await.status, 204);
        let second = world.newest_to("nora@staff.example").await.unwrap().body;
        let token = |mail: &str| mail.split("/welcome#").nth(1).unwrap().lines().next().unwrap().to_owned();
        assert_ne!(token(&first), token(&second));
        let open =
            async |token: String| world.browser().post("/api/welcome", &forms::link(&token)).await.status;
        assert_eq!((open(token(&first)).await, open(token(&second)).await), (410, 200), "newest only");
    });
}

/// The name of the employee who takes care of a client.
async fn owner(mei: &mut Browser, client: &str) -> String {
    let page: Page<AdminClient> = mei.get(&format!("/api/admin/clients?search={client}")).await.read();
    page.items[0].owner.clone().unwrap().name
}

#[test]
fn an_admin_sees_every_client_and_hands_one_over() {
    on_every_database(|world| async move {
        let (mut mei, mut priya) = (world.signed_in("mei").await, world.signed_in("priya").await);
        let identity = forms::by_email(Channel::Causeway, "siu@pearl.example");
        let new = forms::invitation(identity, forms::profile("Siu", "Chan"));
        let invited: Invited = priya.post("/api/invitations", &new).await.read();
        let id = invited.contact.person.id;
        assert_eq!(owner(&mut mei, "siu").await, "priya", "though it is not shared with Mei");
        let transfer = |to| TransferClient { to };
        let path = format!("/api/admin/clients/{id}/transfer");
        assert_eq!(mei.post(&path, &transfer(world.id("tomas"))).await.status, 422);
        let daniel_id = world.id("daniel");
        assert_eq!(mei.post(&path, &transfer(daniel_id)).await.status, 204);
        assert_eq!(owner(&mut mei, "siu").await, "daniel");
        let contact = format!("/api/contacts/{id}");
        assert_eq!(priya.get(&contact).await.status, 404);
        let mut daniel = world.signed_in("daniel").await;
        assert_eq!(daniel.get(&contact).await.status, 200);
        let told: NotificationPage = daniel.get("/api/notifications").await.read();
        let transferred = Notice::ClientTransferred { person: id, name: "Siu Chan".to_owned() };
        assert_eq!(told.page.items[0].notice, transferred);
        let path = format!("/api/admin/clients?owner={daniel_id}&search=siu");
        assert_eq!(mei.get(&path).await.read::<Page<AdminClient>>().total, Some(1));
        assert_eq!(mei.put(&format!("/api/admin/clients/{id}/archive"), &json!({})).await.status, 204);
        assert_eq!(
            mei.get("/api/admin/clients?archived=true").await.read::<Page<AdminClient>>().total,
            Some(1)
        );
        assert_eq!(daniel.get("/api/contacts?search=siu").await.read::<ContactPage>().page.total, Some(0));
    });
}

#[test]
fn the_operator_sets_plans_and_the_first_owner() {
    on_every_database(|world: World| async move {
        let mut ana = world.signed_in("ana").await;
        let license = async |ana: &mut Browser| ana.get("/api/admin/license").await.read::<License>();
        assert_eq!(license(&mut ana).await.plan, Plan::Free);
        company::set_plan(
            &world.app,
            &world.peak,
            Some(Plan::Pro),
            company::GivenLimits { external: Some(3), ..company::GivenLimits::default() },
        )
        .await
        .unwrap();
        let now = license(&mut ana).await;
        assert_eq!((now.plan, now.external_users.limit), (Plan::Pro, Some(3)));
        company::set_plan(
            &world.app,
            &world.peak,
            None,
            company::GivenLimits { external: Some(0), ..company::GivenLimits::default() },
        )
        .await
        .unwrap();
        assert_eq!(license(&mut ana).await.external_users.limit, None);
        company::set_role(&world.app, &world.peak, "ana", Role::Owner).await.unwrap();
        assert_eq!(ana.get("/api/session").await.status, 401, "another role is another session");
        let mut ana = world.signed_in("ana").await;
        assert_eq!(ana.get("/api/session").await.read::<Session>().me.role, Some(Role::Owner));
    });
}

#[test]
fn external_users_are_a_list_of_their_own_and_give_their_place_back() {
    on_every_database(|world| async move {
        world.open_registration("priya").await;
        let (mut erin, _) = world.registered("erin@mail.example").await;
        let mut mei = world.admin().await;
        let listed = async |mei: &mut Browser, query: &str| {
            let path = format!("/api/admin/users?group=external{query}");
            mei.get(&path).await.read::<Page<User>>().items
        };
        let registered = listed(&mut mei, "").await.remove(0);
        assert_eq!(
            (registered.username.as_str(), registered.state),
            ("erin@mail.example", UserState::Active)
        );
        assert_eq!(registered.person_in_charge.map(|person| person.id), Some(world.id("priya")));
        assert_eq!(names(&mut mei, "search=erin").await, [""; 0], "no employee");
        let used = async |mei: &mut Browser| {
            mei.get("/api/admin/license").await.read::<License>().external_users.used
        };
        assert_eq!(used(&mut mei).await, 1);
        let path = format!("/api/admin/users/{}", registered.person.id);
        assert_eq!(mei.put(&format!("{path}/inactive"), &json!({})).await.status, 200);
        assert_eq!((used(&mut mei).await, erin.get("/api/session").await.status), (0, 401));
        assert_eq!(listed(&mut mei, "&state=inactive").await.len(), 1);
        assert_eq!(listed(&mut mei, "&state=active").await.len(), 0);
        let refused = mei.post(&format!("{path}/password-link"), &json!({})).await;
        assert_eq!(refused.fault("person"), (409, "fault-inactive"));
        assert_eq!(mei.delete(&format!("{path}/inactive")).await.status, 200);
        assert_eq!(used(&mut mei).await, 1);
        assert_eq!(mei.post(&format!("{path}/password-link"), &json!({})).await.status, 204);
        let mail = world.newest_to("erin@mail.example").await.unwrap();
        assert!(mail.body.contains("/reset#"), "{}", mail.body);
    });
}
