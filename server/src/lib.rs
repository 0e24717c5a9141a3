//! The server of Causeway. The binary and the tests both build an [`App`] and serve [`router`].

pub mod actor;
pub mod boot;
pub mod cli;
pub mod clock;
pub mod config;
#[cfg(feature = "demo")]
pub mod demo;
pub mod domain;
pub mod error;
pub mod heavy;
pub mod http;
pub mod input;
pub mod keys;
pub mod limits;
pub mod outbox;
pub mod pace;
pub mod push;
pub mod push_services;
pub mod realtime;
mod scanner;
pub mod sealing;
pub mod serve;
pub mod shares;
pub mod storage;
pub mod store;
pub mod texts;

use actor::{Actor, By};
use clock::Clock;
use config::Config;
use domain::second_factors::passkeys::Passkeys;
use keys::ServerKey;
use sealing::Sealer;
use std::sync::Arc;
use store::{Announcement, JobError, JobFuture, Store, Tx};

pub use http::router;

/// Everything a request needs. Handlers share one behind an [`Arc`].
pub struct App {
    /// The settings.
    pub config: Config,
    /// The time.
    pub clock: Clock,
    /// The database.
    pub store: Store,
    /// Where files are kept.
    pub storage: storage::Storage,
    /// Uploads of which a part is on its way, or that are looked at.
    pub receiving: domain::files::Receiving,
    /// What is not in the index of messages yet.
    pub written: Arc<domain::search::indexer::Written>,
    /// How fast people search and begin uploads.
    pub pace: pace::Pace,
    /// Held by searches: others have connections left.
    pub searching: tokio::sync::Semaphore,
    /// Held while a picture is drawn, which takes memory.
    pub drawing: tokio::sync::Semaphore,
    /// Turns of drawing the first page of a document.
    pub pages: Arc<tokio::sync::Semaphore>,
    /// Held by whoever finishes uploads, and alone by the round that takes bytes away that no file names.
    pub tidying: tokio::sync::RwLock<()>,
    /// The key for one-time codes.
    pub key: ServerKey,
    /// What checks passkeys.
    pub passkeys: Passkeys,
    /// The sockets.
    pub hub: Arc<realtime::Hub>,
    /// The order in which they learn of what was committed.
    pub announcer: realtime::Announcer,
    /// Who is told of messages while no page is open.
    pub push: Arc<push::Push>,
    /// The way to the push services.
    pub push_sender: push_services::Sender,
    /// Messages and receipts that wait to be written together.
    pub batches: Arc<domain::chats::Batches>,
    /// The worker that sends mail and SMS.
    pub outbox: outbox::Outbox,
    /// Rings when someone forgot a password.
    pub password_resets: tokio::sync::Notify,
    /// Rings when a code of an invitation was asked for.
    pub onboarding_codes: tokio::sync::Notify,
    /// Rings when an import of users was accepted.
    pub user_imports: tokio::sync::Notify,
    /// What the companies have configured.
    pub features: domain::features::FeatureCache,
    /// What one network address may take of the server.
    pub budgets: shares::Budgets,
    /// The threads that hash and judge passwords.
    pub heavy: heavy::Pool,
}

impl App {
    /// Opens the database and starts what announces its events. Nothing is served and nothing sent yet.
    pub async fn open(
        config: Config,
        clock: Clock,
        database: &store::Options,
        key: ServerKey,
        transport: outbox::Transport,
    ) -> store::Result<Arc<Self>> {
        let hub = Arc::new(realtime::Hub::default());
        let announcer = realtime::Announcer::start(hub.clone());
        let (announce, sockets, push) = (announcer.clone(), hub.clone(), Arc::new(push::Push::default()));
        let told = push.clone();
        let written = Arc::<domain::search::indexer::Written>::default();
        let to_index = written.clone();
        let sealer = Sealer::new(&key, b"outbox");
        let store = Store::open(database, sealer, move |announcement| match announcement {
            Announcement::Event(event) => {
                told.committed(&event);
                to_index.add(event.entry.company);
                announce.committed(*event);
            }
            Announcement::Signal(signal) => sockets.signal(signal),
        })
        .await?;
        store.change_hash_forms(clock.now()).await?;
        push.follow(store.people_with_push().await?);
        let push_sender = push_services::Sender::new(&key, &config.public_origin)
            .map_err(|error| store::StoreError::CannotStart(format!("the key for web push: {error}")))?;
        announcer
            .begin(store.companies().await?.into_iter().map(|(company, seq)| (company.id, seq)).collect());
        let passkeys = Passkeys::at(&config.public_origin)
            .map_err(|error| store::StoreError::CannotStart(format!("passkeys at this address: {error}")))?;
        let heavy = heavy::Pool::start()
            .map_err(|error| store::StoreError::CannotStart(format!("threads for heavy work: {error}")))?;
        let storage = config
            .storage
            .open(database.durable)
            .map_err(|error| store::StoreError::CannotStart(format!("the place for files: {error}")))?;
        Ok(Arc::new(Self {
            storage,
            receiving: domain::files::Receiving::default(),
            written,
            pace: pace::Pace::default(),
            searching: tokio::sync::Semaphore::new(limits::SEARCHES_AT_ONCE),
            drawing: tokio::sync::Semaphore::new(limits::DRAWING_AT_ONCE),
            pages: Arc::new(tokio::sync::Semaphore::new(limits::PDF_AT_ONCE)),
            tidying: tokio::sync::RwLock::default(),
            passkeys,
            push,
            push_sender,
            config,
            clock,
            store,
            key,
            hub,
            announcer,
            batches: Arc::default(),
            outbox: outbox::Outbox::new(transport),
            password_resets: tokio::sync::Notify::new(),
            onboarding_codes: tokio::sync::Notify::new(),
            user_imports: tokio::sync::Notify::new(),
            features: domain::features::FeatureCache::default(),
            budgets: shares::Budgets::default(),
            heavy,
        }))
    }

    /// Changes in the name of someone who is signed in: `app.by(actor).write(job!(|tx, By { author, now }| …))`.
    pub fn by(&self, actor: &Actor) -> InNameOf<'_> {
        InNameOf { store: &self.store, by: By { author: actor.clone(), now: self.clock.now() } }
    }
}

/// The way to write in someone's name: the job is told who it is, and when.
pub struct InNameOf<'a> {
    store: &'a Store,
    by: By,
}

impl InNameOf<'_> {
    /// Runs a job as [`Store::write`] does.
    pub async fn write<T, E, F>(self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: JobError,
        F: for<'t> FnOnce(&'t mut Tx, By) -> JobFuture<'t, T, E> + Clone + Send + 'static,
    {
        let Self { store, by } = self;
        store.write(move |tx| job(tx, by)).await
    }
}
