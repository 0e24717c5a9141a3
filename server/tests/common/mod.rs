//! A company in a test: its router, its people, its clock, and what was sent to them.

pub(crate) mod browser;
mod database;
pub(crate) mod times;

use browser::Browser;
use causeway_api::{
    PersonId,
    people::{Person, PersonKind, Role},
};
use causeway_ledger::Finding;
use causeway_server::{
    App,
    clock::{self, Clock},
    config::Settings,
    domain::{
        compliance::archive,
        contacts::personal_links,
        onboarding,
        sign_in::{password_reset, passwords},
        users::add::{NewEmployee, insert_employee},
    },
    job,
    keys::ServerKey,
    outbox::{self, Transport},
    realtime::{QueuedFrame, Subscription},
    store::{self, Archive, CannotRead, Company, NewOutboxMessage, NewPerson, StoreError},
};
use std::{
    collections::HashMap,
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
    ids: Mutex<HashMap<String, PersonId>>,
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
        let settings = Settings {
            public_origin: Some(ORIGIN.to_owned()),
            data: Some(folder.path().to_path_buf()),
            logins_per_minute: Some(1_000),
            ..Settings::default()
        };
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
        let world = Self {
            app,
            clock,
            sent,
            database: options,
            bay,
            peak,
            ids: Mutex::default(),
            admin: Mutex::default(),
            _folder: folder,
        };
        world.populate().await;
        world
    }

    async fn populate(&self) {
        let hash = passwords::hash(&self.app, PASSWORD.to_owned()).await.unwrap();
        let (bay, peak) = (self.bay.clone(), self.peak.clone());
        let staff = [
            (bay.id, "priya", Role::AccountManager),
            (bay.id, "daniel", Role::AccountManager),
            (bay.id, "mei", Role::OrgAdmin),
            (bay.id, "tomas", Role::ComplianceOfficer),
            (peak.id, "ana", Role::OrgAdmin),
            (bay.id, "olga", Role::Owner),
        ];
        let clients = [(bay.id, "lukas"), (bay.id, "amara"), (peak.id, "ines")];
        self.app
            .store
            .write(job!(|tx| {
                tx.add_company(&bay, "enterprise", START).await?;
                tx.add_company(&peak, "free", START).await?;
                let mut sharers = Vec::new();
                for (number, (company, name, role)) in staff.into_iter().enumerate() {
                    let new = NewEmployee {
                        name: name.to_owned(),
                        username: name.to_owned(),
                        email: format!("{name}@staff.example"),
                        phone: format!("+1202555010{number}"),
                        role,
                        about: String::new(),
                        language: None,
                    };
                    let row = insert_employee(tx, company, new, name, Some(hash.clone()), START).await?;
                    if role != Role::ComplianceOfficer {
                        sharers.push((company, row.person.id));
                    }
                }
                for (company, name) in clients {
                    let person = Person {
                        id: clock::new_id().into(),
                        kind: PersonKind::Client,
                        name: name.to_owned(),
                        role: None,
                        about: String::new(),
                        name_lang: None,
                    };
                    let new =
                        NewPerson { person, email: String::new(), phone: String::new(), language: None };
                    let client = new.person.id;
                    tx.add_person(company, new, START).await?;
                    for (_, employee) in sharers.iter().filter(|(of, _)| *of == company) {
                        tx.share(company, client, *employee, START).await?;
                    }
                }
                Ok::<_, StoreError>(())
            }))
            .await
            .unwrap();
    }

    /// Opens a place for a socket of someone, by which signals are heard.
    pub(crate) async fn listener(&self, name: &str) -> Subscription {
        self.app.hub.register(self.id(name).await, name.as_bytes().to_vec())
    }

    /// What the archive of Lantern Bay holds of some kinds of events, in order.
    pub(crate) async fn archived(&self, kinds: &[&str]) -> Vec<String> {
        let rows = self.app.store.events_after(self.bay.id, 0, 1_000).await.unwrap();
        rows.into_iter().filter(|row| kinds.contains(&row.kind.as_str())).map(|row| row.body).collect()
    }

    /// Opens the archive as `causeway archive verify` does.
    pub(crate) async fn open_archive(&self) -> Result<Archive, CannotRead> {
        Archive::open(&self.database).await
    }

    /// Everything that is wrong with the archive of Lantern Bay.
    pub(crate) async fn findings(&self) -> Vec<Finding> {
        archive::verify(&self.app.store.archive(), self.bay.id).await.unwrap().findings
    }

    /// Whether this world is on SQLite.
    pub(crate) fn is_sqlite(&self) -> bool {
        self.database.url.starts_with("sqlite:")
    }

    /// A new browser that no one has used.
    pub(crate) fn browser(&self) -> Browser {
        Browser::new(self.app.clone())
    }

    /// The id of someone in Lantern Bay, or in Peak Legal.
    pub(crate) async fn id(&self, name: &str) -> PersonId {
        if let Some(known) = self.ids.lock().unwrap().get(name) {
            return *known; // Also of someone who has got another name meanwhile.
        }
        let mut all = self.app.store.people(self.bay.id).await.unwrap();
        all.extend(self.app.store.people(self.peak.id).await.unwrap());
        let id = all.into_iter().find(|row| row.person.name == name).unwrap().person.id;
        self.ids.lock().unwrap().insert(name.to_owned(), id);
        id
    }

    /// A browser in which an employee is signed in.
    pub(crate) async fn signed_in(&self, username: &str) -> Browser {
        let company = if username == "ana" { "peaklegal" } else { "lanternbay" };
        // What waits goes out first: the code looked for below is then the newest.
        self.sent().await;
        let mut browser = self.browser();
        let answer = browser.log_in(company, username, PASSWORD).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let code = self.newest_code(username).await;
        let answer = browser.post("/api/login/code", &serde_json::json!({ "code": code })).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        browser
    }

    /// A browser in which a client has opened the personal link.
    pub(crate) async fn client(&self, name: &str) -> Browser {
        let token = self.client_token(name).await;
        let mut browser = self.browser();
        let answer = browser.post("/api/client/open", &serde_json::json!({ "token": token })).await;
        assert_eq!(answer.status, 204, "{}", answer.text);
        browser
    }

    /// The token of a fresh personal link.
    pub(crate) async fn client_token(&self, name: &str) -> String {
        let (company, client) = (self.company_of(name), self.id(name).await);
        let token = clock::new_token();
        let (hash, now) = (token.hash(), self.clock.now());
        self.app
            .store
            .write(job!(|tx| tx.add_client_link(company, client, hash, now).await))
            .await
            .map_err(|error: StoreError| error)
            .unwrap();
        let link = personal_links::address(ORIGIN, &token);
        link.split('#').nth(1).unwrap().to_owned()
    }

    fn company_of(&self, name: &str) -> causeway_api::CompanyId {
        if ["ana", "ines"].contains(&name) { self.peak.id } else { self.bay.id }
    }

    /// Sends what is due and returns everything that was ever sent.
    pub(crate) async fn sent(&self) -> Vec<NewOutboxMessage> {
        password_reset::answer_all(&self.app).await.unwrap();
        onboarding::send_pending(&self.app).await.unwrap();
        outbox::flush(&self.app).await.unwrap();
        self.sent.lock().unwrap().clone()
    }

    /// The newest message to an address, when one was sent.
    pub(crate) async fn newest_to(&self, address: &str) -> Option<NewOutboxMessage> {
        self.sent().await.into_iter().rev().find(|message| message.to == address)
    }

    /// The code in the newest mail to an employee.
    pub(crate) async fn newest_code(&self, name: &str) -> String {
        let address = format!("{name}@staff.example");
        let sent = self.sent().await;
        code_in(&sent.iter().rev().find(|message| message.to == address).expect("a code was sent").body)
    }

    /// Mei in a browser in which she has confirmed a code recently. She signs in as seldom as that allows: codes are limited.
    pub(crate) async fn admin(&self) -> Browser {
        let kept = self.admin.lock().unwrap().clone();
        if let Some((at, browser)) = kept
            && self.clock.now() - at < 15 * clock::MINUTE
        {
            return browser;
        }
        let browser = self.signed_in("mei").await;
        *self.admin.lock().unwrap() = Some((self.clock.now(), browser.clone()));
        browser
    }

    /// Mei opens public registration; returns the end of its link.
    pub(crate) async fn open_registration(&self, in_charge: &str) -> String {
        let mut mei = self.admin().await;
        let version = mei.get("/api/admin/registration").await.json["version"].clone();
        let change = serde_json::json!({
            "is_open": true, "person_in_charge": self.id(in_charge).await, "form_text": { "en": "Leave your name." },
            "welcome": "Welcome. Ask me anything.", "domains": [], "version": version,
        });
        let answer = mei.put("/api/admin/registration", &change).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json["link"].as_str().unwrap().rsplit('/').next().unwrap().to_owned()
    }

    /// The end of the registration link as it is now.
    pub(crate) async fn registration_link(&self) -> String {
        self.app.store.registration(self.bay.id).await.unwrap().token.unwrap()
    }

    /// Someone who registered just now, and the code that let them in.
    pub(crate) async fn registered(&self, email: &str) -> (Browser, String) {
        let link = self.registration_link().await;
        let mut browser = self.browser();
        let form = serde_json::json!({ "name": "Erin", "email": email, "language": "en" });
        let answer = browser.post(&format!("/api/registration/{link}"), &form).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let code = code_in(&self.newest_to(email).await.expect("a code").body);
        let answer = browser.put("/api/registration-code", &serde_json::json!({ "code": code })).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        (browser, code)
    }

    /// A browser in which an external user has signed in.
    pub(crate) async fn sign_in_external(&self, email: &str, password: &str) -> Browser {
        self.sent().await;
        let mut browser = self.browser();
        let answer = browser.log_in("lanternbay", email, password).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let code = code_in(&self.newest_to(email).await.expect("a code").body);
        let answer = browser.post("/api/login/code", &serde_json::json!({ "code": code })).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        browser
    }

    /// A direct chat between two people; its id as text.
    pub(crate) async fn chat(&self, browser: &mut Browser, with: &str) -> String {
        let with = self.id(with).await;
        let answer = browser.post("/api/chats", &serde_json::json!({ "kind": "direct", "with": with })).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        answer.json["id"].as_str().unwrap().to_owned()
    }
}

/// The six digits in a text.
pub(crate) fn code_in(text: &str) -> String {
    text.split(|c: char| !c.is_ascii_digit()).find(|word| word.len() == 6).expect("six digits").to_owned()
}

/// A message with a fresh id.
pub(crate) fn message(text: &str) -> serde_json::Value {
    serde_json::json!({ "id": clock::random_id(), "text": text })
}

/// A text as it stands in a query.
pub(crate) fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// The signals that waited for a socket, as JSON.
pub(crate) fn signals(place: &mut Subscription) -> Vec<serde_json::Value> {
    let mut heard = Vec::new();
    while let Some(QueuedFrame { seq, frame }) = place.waiting() {
        if seq.is_none() {
            let frame: serde_json::Value = serde_json::from_str(&frame).unwrap();
            heard.push(frame["signal"].clone());
        }
    }
    heard
}
