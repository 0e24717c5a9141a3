//! Web push: who is told, of what, and through which push service. A push service of our own stands in.

use crate::common::{
    World,
    browser::Browser,
    forms::{group, message},
    on_every_database,
};
use axum::{Router, body::Bytes, extract::State, http::HeaderMap};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use causeway_api::{
    ChatId,
    chats::{ChangeChatSettings, Chat, MUTED_FOR_GOOD, Mention, SendMessage},
    push::{PushNotice, PushState, PushSubscription},
};
use causeway_server::clock::{HOUR, MINUTE};
use std::sync::{Arc, Mutex};
use tokio::sync::mpsc;
use web_push_native::p256::{SecretKey, elliptic_curve::sec1::ToEncodedPoint as _};

/// What a push service was given: the `Authorization`, and the body.
type Given = (String, Vec<u8>);

/// A push service that answers with a status, and a browser that subscribed there.
struct Service {
    address: String,
    status: Arc<Mutex<u16>>,
    given: mpsc::UnboundedReceiver<Given>,
    key: SecretKey,
    auth: [u8; 16],
}

async fn take(
    State((status, given)): State<(Arc<Mutex<u16>>, mpsc::UnboundedSender<Given>)>,
    headers: HeaderMap,
    body: Bytes,
) -> axum::http::StatusCode {
    assert_eq!(headers["content-encoding"], "aes128gcm");
    let signed = headers["authorization"].to_str().unwrap().to_owned();
    given.send((signed, body.to_vec())).unwrap();
    axum::http::StatusCode::from_u16(*status.lock().unwrap()).unwrap()
}

impl Service {
    /// The service, and the world in which its address is known.
    async fn start() -> Self {
        let (sender, given) = mpsc::unbounded_channel();
        let status = Arc::new(Mutex::new(201));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let routes =
            Router::new().route("/push/{id}", axum::routing::post(take)).with_state((status.clone(), sender));
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { address, status, given, key: SecretKey::from_slice(&[7; 32]).unwrap(), auth: [9; 16] }
    }

    fn subscription(&self, shows_content: bool) -> PushSubscription {
        let key = self.key.public_key().to_encoded_point(false);
        PushSubscription {
            endpoint: format!("{}/push/1", self.address),
            p256dh: URL_SAFE_NO_PAD.encode(key.as_bytes()),
            auth: URL_SAFE_NO_PAD.encode(self.auth),
            shows_content,
        }
    }

    /// What the browser reads in the next notice.
    async fn next(&mut self) -> PushNotice {
        let (signed, body) = self.given.recv().await.unwrap();
        assert!(signed.starts_with("vapid t="), "{signed}");
        let read = web_push_native::decrypt(body, &self.key, &self.auth.into()).unwrap();
        serde_json::from_slice(&read).unwrap()
    }
}

/// A world that knows the service, with its worker running.
async fn world(world: World, service: &Service) -> World {
    let mut config = world.app.config.clone();
    config.push_services = vec![service.address.clone()];
    let world = world.with_config(config).await;
    tokio::spawn(causeway_server::push::run(world.app.clone()));
    world
}

async fn write(world: &World, sender: &mut Browser, chat: ChatId, text: &str) {
    let path = format!("/api/chats/{chat}/messages");
    let sent = sender.post(&path, &message(text)).await;
    assert!(sent.status < 300, "{} at {}", sent.text, world.clock.now());
}

/// Has everything decided that was written until now: messages are looked at in their order, and someone who is told
/// is written to last.
async fn all_decided(world: &World, service: &mut Service, sender: &mut Browser, chat: ChatId) {
    write(world, sender, chat, "Until here").await;
    assert_eq!(service.next().await.body, "Until here", "nothing is told before it");
}

#[test]
fn a_device_without_an_open_page_is_told_and_only_of_what_it_may_show() {
    on_every_database(|base| async move {
        let mut service = Service::start().await;
        let world = world(base, &service).await;
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let chat = world.chat(&mut daniel, "priya").await;
        let state: PushState = priya.get("/api/push").await.read();
        assert_eq!((state.is_on, state.key.len()), (false, 87));
        assert_eq!(priya.put("/api/push", &service.subscription(true)).await.status, 204);
        write(&world, &mut daniel, chat, "Lunch at one?").await;
        let notice = service.next().await;
        assert_eq!((notice.title.as_str(), notice.body.as_str()), ("daniel", "Lunch at one?"));
        assert_eq!(notice.url, format!("/chats/{chat}"));
        // The own messages are no news.
        write(&world, &mut priya, chat, "Yes").await;
        assert_eq!(priya.put("/api/push", &service.subscription(false)).await.status, 204);
        write(&world, &mut daniel, chat, "The figures of Brandt Logistik").await;
        let notice = service.next().await;
        assert_eq!((notice.title.as_str(), notice.body.as_str()), ("Causeway", "You have a new message."));
        let mut mei = world.signed_in("mei").await;
        let to_mei = world.chat(&mut daniel, "mei").await;
        assert_eq!(mei.put("/api/push", &service.subscription(true)).await.status, 204);
        assert_eq!(priya.delete("/api/push").await.status, 204);
        write(&world, &mut daniel, chat, "Not told").await;
        all_decided(&world, &mut service, &mut daniel, to_mei).await;
        assert_eq!(priya.put("/api/push", &service.subscription(true)).await.status, 204);
        write(&world, &mut daniel, chat, "Told again").await;
        assert_eq!(service.next().await.body, "Told again");
    });
}

#[test]
fn a_muted_conversation_is_told_of_again_when_the_time_has_passed() {
    on_every_database(|base| async move {
        let mut service = Service::start().await;
        let world = world(base, &service).await;
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let chat = world.chat(&mut daniel, "priya").await;
        assert_eq!(priya.put("/api/push", &service.subscription(true)).await.status, 204);
        let mut mei = world.signed_in("mei").await;
        assert_eq!(mei.put("/api/push", &service.subscription(true)).await.status, 204);
        let to_mei = world.chat(&mut daniel, "mei").await;
        let mute = ChangeChatSettings::Mute { until: Some(world.clock.now() + MINUTE) };
        assert_eq!(priya.put(&format!("/api/chats/{chat}/settings"), &mute).await.status, 200);
        write(&world, &mut daniel, chat, "Not told").await;
        all_decided(&world, &mut service, &mut daniel, to_mei).await;
        world.clock.advance(MINUTE);
        write(&world, &mut daniel, chat, "Told again").await;
        assert_eq!(service.next().await.body, "Told again");
    });
}

#[test]
fn who_is_named_in_a_muted_group_is_told() {
    on_every_database(|base| async move {
        let mut service = Service::start().await;
        let world = world(base, &service).await;
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let members = [world.id("priya"), world.id("mei")];
        let chat = daniel.post("/api/chats", &group("Harbour", &members)).await.read::<Chat>().id;
        assert_eq!(priya.put("/api/push", &service.subscription(true)).await.status, 204);
        let mute = ChangeChatSettings::Mute { until: Some(MUTED_FOR_GOOD) };
        assert_eq!(priya.put(&format!("/api/chats/{chat}/settings"), &mute).await.status, 200);
        write(&world, &mut daniel, chat, "Not told").await;
        let mentions = vec![Mention { person: Some(world.id("priya")), from: 0, length: 6 }];
        let new = SendMessage { mentions, ..message("@priya, told") };
        assert_eq!(daniel.post(&format!("/api/chats/{chat}/messages"), &new).await.status, 201);
        assert_eq!(service.next().await.body, "@priya, told");
    });
}

#[test]
fn a_file_without_a_caption_is_told_by_its_name() {
    on_every_database(|base| async move {
        let mut service = Service::start().await;
        let world = world(base, &service).await;
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let chat = world.chat(&mut daniel, "priya").await;
        assert_eq!(priya.put("/api/push", &service.subscription(true)).await.status, 204);
        let upload = super::files::uploaded(&mut daniel, chat, "Plan.txt", b"the plan").await;
        let new = SendMessage { files: vec![upload.id], ..message("") };
        assert_eq!(daniel.post(&format!("/api/chats/{chat}/messages"), &new).await.status, 201);
        assert_eq!(service.next().await.body, "Plan.txt");
    });
}

#[test]
fn whoever_signed_out_or_was_idle_is_told_nothing() {
    on_every_database(|base| async move {
        let mut service = Service::start().await;
        let world = world(base, &service).await;
        let (mut priya, mut mei) = (world.signed_in("priya").await, world.signed_in("mei").await);
        let mut daniel = world.signed_in("daniel").await;
        let to_priya = world.chat(&mut daniel, "priya").await;
        let to_mei = world.chat(&mut daniel, "mei").await;
        priya.put("/api/push", &service.subscription(true)).await;
        mei.put("/api/push", &service.subscription(true)).await;
        assert_eq!(priya.delete("/api/session").await.status, 204);
        write(&world, &mut daniel, to_priya, "Signed out").await;
        write(&world, &mut daniel, to_mei, "Signed in").await;
        assert_eq!(service.next().await.body, "Signed in");
        world.clock.advance(HOUR);
        let mut daniel = world.signed_in("daniel").await;
        write(&world, &mut daniel, to_mei, "Idle").await;
        let mut priya = world.signed_in("priya").await;
        priya.put("/api/push", &service.subscription(true)).await;
        all_decided(&world, &mut service, &mut daniel, to_priya).await;
        let mut mei = world.signed_in("mei").await;
        mei.put("/api/push", &service.subscription(true)).await;
        write(&world, &mut daniel, to_mei, "Back").await;
        assert_eq!(service.next().await.body, "Back", "nothing was told in between");
    });
}

#[test]
fn a_subscription_that_is_gone_is_forgotten() {
    on_every_database(|base| async move {
        let mut service = Service::start().await;
        let world = world(base, &service).await;
        let (mut priya, mut daniel) = (world.signed_in("priya").await, world.signed_in("daniel").await);
        let chat = world.chat(&mut daniel, "priya").await;
        priya.put("/api/push", &service.subscription(true)).await;
        *service.status.lock().unwrap() = 410;
        write(&world, &mut daniel, chat, "One").await;
        assert_eq!(service.next().await.body, "One");
        let forgotten = async {
            while priya.get("/api/push").await.read::<PushState>().is_on {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(10), forgotten).await.unwrap();
        *service.status.lock().unwrap() = 201;
        write(&world, &mut daniel, chat, "Two").await;
        let mut mei = world.signed_in("mei").await;
        let to_mei = world.chat(&mut daniel, "mei").await;
        mei.put("/api/push", &service.subscription(true)).await;
        write(&world, &mut daniel, to_mei, "Three").await;
        assert_eq!(service.next().await.body, "Three");
    });
}

#[test]
fn other_addresses_than_push_services_and_wrong_keys_are_refused() {
    on_every_database(|base| async move {
        let service = Service::start().await;
        let world = world(base, &service).await;
        let mut priya = world.signed_in("priya").await;
        let mut wrong = service.subscription(true);
        for address in ["http://127.0.0.1:1/x", "https://10.0.0.1/x", "ftp://fcm.googleapis.com/x", "x"] {
            address.clone_into(&mut wrong.endpoint);
            let refused = priya.put("/api/push", &wrong).await;
            assert_eq!(refused.fault("endpoint"), (422, "fault-push"));
        }
        let mut wrong = service.subscription(true);
        "AAAA".clone_into(&mut wrong.p256dh);
        assert_eq!(priya.put("/api/push", &wrong).await.problem().fields["p256dh"], "fault-push");
    });
}
