//! The server of Causeway. The binary and the tests both build an [`App`] and serve [`router`].

pub mod cli;
pub mod clock;
pub mod config;
#[cfg(feature = "demo")]
pub mod demo;
pub mod domain;
pub mod error;
pub mod http;
pub mod limits;
pub mod outbox;
pub mod pace;
pub mod push;
pub mod realtime;
pub mod serve;
pub mod store;
pub mod texts;

use clock::Clock;
use config::Config;
use domain::{otp::ServerKey, sealing::Sealer, second_factors::passkeys::Passkeys};
use std::sync::{Arc, atomic::AtomicUsize};
use store::Store;

pub use http::router;

/// Everything a request needs. Handlers share one behind an [`Arc`].
pub struct App {
    /// The settings.
    pub config: Config,
    /// The time.
    pub clock: Clock,
    /// The database.
    pub store: Store,
    /// The key for one-time codes.
    pub key: ServerKey,
    /// What checks passkeys.
    pub passkeys: Passkeys,
    /// The sockets.
    pub hub: Arc<realtime::Hub>,
    /// Who is told of messages while no page is open.
    pub push: Arc<push::Push>,
    /// The way to the push services.
    pub push_sender: push::Sender,
    /// The worker that sends mail and SMS.
    pub outbox: outbox::Outbox,
    /// Rings when somebody forgot a password.
    pub password_resets: tokio::sync::Notify,
    /// What the companies have configured.
    pub features: domain::features::FeatureCache,
    /// How fast people write.
    pub pace: pace::Pace,
    /// Turns for password hashing.
    pub hashes: Arc<tokio::sync::Semaphore>,
    /// How many wait for such a turn.
    pub hashes_waiting: AtomicUsize,
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
        let (announce, push) = (announcer.clone(), Arc::new(push::Push::default()));
        let told = push.clone();
        let sealer = Sealer::new(&key, b"outbox");
        let store = Store::open(database, sealer, move |committed| {
            told.committed(&committed);
            announce.committed(committed);
        })
        .await?;
        push.follow(store.people_with_push().await?);
        let push_sender = push::Sender::new(&key, &config.public_origin)
            .map_err(|error| store::StoreError::Corrupt(format!("the key for web push: {error}")))?;
        announcer
            .begin(store.companies().await?.into_iter().map(|(company, seq)| (company.id, seq)).collect());
        let passkeys = Passkeys::at(&config.public_origin)
            .map_err(|error| store::StoreError::Corrupt(format!("passkeys at this address: {error}")))?;
        Ok(Arc::new(Self {
            passkeys,
            push,
            push_sender,
            config,
            clock,
            store,
            key,
            hub,
            outbox: outbox::Outbox::new(transport),
            password_resets: tokio::sync::Notify::new(),
            features: domain::features::FeatureCache::default(),
            pace: pace::Pace::default(),
            hashes: Arc::new(tokio::sync::Semaphore::new(limits::HASHES_AT_ONCE)),
            hashes_waiting: AtomicUsize::new(0),
        }))
    }
}
