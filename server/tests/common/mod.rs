//! A company in a test: its router, its people, its clock, and what was sent to them.

pub(crate) mod answer;
pub(crate) mod browser;
mod database;
mod features;
pub(crate) mod forms;
mod registration;
mod signing_in;
pub(crate) mod times;

use browser::Browser;
use causeway_api::{PersonId, ServerFrame, signals::Signal};
use causeway_server::{
    App,
    actor::PersonKey,
    clock::{self, Clock},
    config::Settings,
    domain::{onboarding, sign_in::password_reset, users::import},
    keys::ServerKey,
    outbox::{self, Transport},
    realtime::{QueuedFrame, Subscription},
    store::{self, Company, NewOutboxMessage},
};
use std::{
    collections::HashMap,
    path::Path,
    sync::{Arc, Mutex},
};

/// 2026-11-22T09:00:00Z.
pub(crate) const START: i64 = 1_795_338_000_000;
/// The password of everyone in tests.
pub(crate) const PASSWORD: &str = "otter under the pier 3";
/// The origin that the tests' browsers are at.
pub(crate) const ORIGIN: &str = "https://chat.test.example";

/// Two companies and everything around them.
pub(crate) struct World {
    pub(crate) app: Arc<App>,
    pub(crate) clock: Clock,
    pub(crate) sent: Arc<Mutex<Vec<NewOutboxMessage>>>,
    /// Where the database is, for what only someone with the file could do.
    database: store::Options,
    /// Lantern Bay: priya, daniel, mei (admin), tomas (compliance), olga (owner); clients lukas, amara. Peak Legal: ana; ines.
    pub(crate) bay: Company,
    pub(crate) peak: Company,
    ids: HashMap<&'static str, PersonId>,
    /// Mei's browser, and when she signed in.
    admin: Mutex<Option<(i64, Browser)>>,
    _folder: tempfile::TempDir,
}

/// Runs a test on every database there is.
pub(crate) fn on_every_database<F: Future<Output = ()>>(test: impl Fn(World) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        test(World::begin(None).await).await;
        if let Ok(url) = std::env::var("CAUSEWAY_TEST_POSTGRES") {
            test(World::begin(Some(url)).await).await;
        }
    });
}

impl World {
    /// The same world with another way out for mail and SMS.
    pub(crate) async fn with_transport(self, transport: Transport) -> Self {
        let (config, clock) = (self.app.config.clone(), self.clock.clone());
        let app = App::open(config, clock, &self.database, ServerKey::new([5; 32]), transport).await.unwrap();
        self.app.store.close().await;
        Self { app, ..self }
    }

    /// The settings of this world, to be changed.
    pub(crate) fn settings(&self) -> Settings {
        settings_in(&self.app.config.data)
    }

    /// The same world with other settings.
    pub(crate) async fn with_config(self, config: causeway_server::config::Config) -> Self {
        let (clock, transport) = (self.clock.clone(), Transport::Captured(self.sent.clone()));
        let app = App::open(config, clock, &self.database, ServerKey::new([5; 32]), transport).await.unwrap();
        self.app.store.close().await;
        Self { app, ..self }
    }

    async fn begin(postgres: Option<String>) -> Self {
        // Another test may have been first.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = tempfile::tempdir().unwrap();
        let options = match postgres {
            Some(url) => {
                let schema = format!("t_{}", clock::random_id().simple());
                store::create_schema(&url, &schema).await.unwrap();
                store::Options { url, durable: true, schema: Some(schema) }
            }
            None => store::Options { url: store::sqlite_url(folder.path()), durable: false, schema: None },
        };
        let clock = Clock::manual(START);
        let sent = Arc::new(Mutex::new(Vec::new()));
        let settings = settings_in(folder.path());
        let transport = Transport::Captured(sent.clone());
        let key = ServerKey::new([5; 32]);
        let app =
            App::open(settings.check().unwrap(), clock.clone(), &options, key, transport).await.unwrap();
        let company = |name: &str, shown: &str| Company {
            id: clock::new_id().into(),
            name: name.to_owned(),
            shown: shown.to_owned(),
        };
        let (bay, peak) = (company("lanternbay", "Lantern Bay Capital"), company("peaklegal", "Peak Legal"));
        let ids = database::db_populate(&app, &bay, &peak).await;
        Self { app, clock, sent, database: options, bay, peak, ids, admin: Mutex::default(), _folder: folder }
    }

    /// Opens a place for a socket of someone, by which signals are heard.
    pub(crate) fn listener(&self, name: &str) -> Subscription {
        self.app.hub.register(self.key(name), name.as_bytes().to_vec())
    }

    /// The key of a person of Lantern Bay.
    pub(crate) fn key(&self, name: &str) -> PersonKey {
        PersonKey::new(self.bay.id, self.id(name))
    }

    /// Whether this world is on SQLite.
    pub(crate) fn is_sqlite(&self) -> bool {
        self.database.url.starts_with("sqlite:")
    }

    /// A new browser that no one has used.
    pub(crate) fn browser(&self) -> Browser {
        Browser::new(self.app.clone())
    }

    /// Returns the id of someone who was there from the beginning.
    pub(crate) fn id(&self, name: &str) -> PersonId {
        self.ids[name]
    }

    /// Sends what is due and returns everything that was ever sent.
    pub(crate) async fn sent(&self) -> Vec<NewOutboxMessage> {
        password_reset::answer_all(&self.app).await.unwrap();
        onboarding::send_pending(&self.app).await.unwrap();
        import::work_off(&self.app).await.unwrap();
        outbox::flush(&self.app).await.unwrap();
        self.sent.lock().unwrap().clone()
    }

    /// The newest message to an address, when one was sent.
    pub(crate) async fn newest_to(&self, address: &str) -> Option<NewOutboxMessage> {
        self.sent().await.into_iter().rev().find(|message| message.to == address)
    }

    /// The code in the newest message to an address.
    pub(crate) async fn code_to(&self, address: &str) -> String {
        code_in(&self.newest_to(address).await.expect("a code was sent").body)
    }

    /// The code in the newest mail to an employee.
    pub(crate) async fn newest_code(&self, name: &str) -> String {
        let address = format!("{name}@staff.example");
        self.code_to(&address).await
    }
}

/// The settings of a world whose files are in a folder.
fn settings_in(folder: &Path) -> Settings {
    Settings {
        public_origin: Some(ORIGIN.to_owned()),
        data: Some(folder.to_path_buf()),
        logins_per_minute: Some(1_000),
        ..Settings::default()
    }
}

/// The six digits in a text.
pub(crate) fn code_in(text: &str) -> String {
    text.split(|c: char| !c.is_ascii_digit()).find(|word| word.len() == 6).expect("six digits").to_owned()
}

/// A text as it stands in a query.
pub(crate) fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// The signals that waited for a socket.
pub(crate) fn signals(place: &mut Subscription) -> Vec<Signal> {
    let mut heard = Vec::new();
    while let Some(QueuedFrame { seq, frame }) = place.waiting() {
        if seq.is_none() {
            let Ok(ServerFrame::Signal { signal }) = serde_json::from_str(&frame) else { panic!("{frame}") };
            heard.push(signal);
        }
    }
    heard
}
