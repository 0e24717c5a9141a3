//! Starting: the lock on the database, the key, the providers, and serving until asked to stop. The command line and the
//! demo start the same way.

use crate::{
    App,
    clock::{self, Clock},
    config::{Config, WrongSetting},
    keys::ServerKey,
    outbox::{Gateway, Mailer, Transport},
    serve, store,
};
use anyhow::{Context as _, bail};
use std::{fs, io::Write as _, path::Path, sync::Arc};

/// Makes sure that no other server works on the database. Taken before it is opened: opening brings the schema up to date.
pub async fn claim(config: &Config) -> anyhow::Result<store::SingleServer> {
    fs::create_dir_all(&config.data)
        .with_context(|| format!("the data folder {} cannot be made", config.data.display()))?;
    let claimed = store::SingleServer::claim(&database(config)).await;
    let claimed =
        claimed.map_err(|error| WrongSetting("database_url", format!("cannot be used: {error}")))?;
    claimed.context("another server already works on this database; stop it first")
}

/// Opens the application with its real providers.
pub async fn open(config: Config, clock: Clock) -> anyhow::Result<Arc<App>> {
    fs::create_dir_all(&config.data)
        .with_context(|| format!("the data folder {} cannot be made", config.data.display()))?;
    let key = server_key(&config.data)?;
    let transport = Transport::Providers {
        mail: mailer(&config)?,
        sms: config.sms.clone().map(Gateway::new).transpose()?.map(Box::new),
    };
    let database = database(&config);
    let app = App::open(config, clock, &database, key, transport).await;
    app.map_err(|error| WrongSetting("database_url", format!("cannot be used: {error}")).into())
}

fn mailer(config: &Config) -> anyhow::Result<Option<Box<Mailer>>> {
    let mailer = config.smtp.as_ref().map(|smtp| Mailer::new(smtp, &config.public_origin));
    Ok(mailer.transpose()?.map(Box::new))
}

/// The key for codes: made at the first start, readable for the server's user only.
fn server_key(data: &Path) -> anyhow::Result<ServerKey> {
    use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
    let path = data.join("server.key");
    if !path.exists() {
        let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
        file.write_all(&clock::new_key())?;
        file.sync_all()?;
    }
    let mode = fs::metadata(&path)?.permissions().mode();
    if mode & 0o077 != 0 {
        bail!("{} can be read by others; run: chmod 600 {0}", path.display());
    }
    let bytes = fs::read(&path)?;
    let key: [u8; 32] =
        bytes.try_into().map_err(|_| anyhow::anyhow!("{} is not a key of 32 bytes", path.display()))?;
    Ok(ServerKey::new(key))
}

fn database(config: &Config) -> store::Options {
    store::Options { url: config.database_url.clone(), durable: true, schema: None }
}

/// Serves until `stop`, or until another server has taken the database over.
pub async fn serve_claimed(
    app: Arc<App>,
    listeners: Vec<tokio::net::TcpListener>,
    claim: &store::SingleServer,
    stop: impl Future<Output = ()>,
) -> anyhow::Result<()> {
    let mut is_lost = false;
    let until = async {
        tokio::select! {
            () = stop => {}
            () = claim.lost() => is_lost = true,
        }
    };
    serve::run(app, listeners, until).await?;
    if is_lost {
        bail!("another server took the database over while it could not be reached");
    }
    Ok(())
}

/// Ready when the process is asked to stop.
pub fn stop_signal() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    // Registered now and not when first waited for: who reads that the server listens may stop it at once.
    let terminate = signal(SignalKind::terminate());
    async move {
        match terminate {
            Ok(mut terminate) => {
                tokio::select! {
                    _ = terminate.recv() => {}
                    _ = tokio::signal::ctrl_c() => {}
                }
            }
            Err(error) => {
                tracing::error!(%error, "signals cannot be received");
                std::future::pending::<()>().await;
            }
        }
    }
}

/// Prints a line of a command's result.
pub fn say(line: &str) -> anyhow::Result<()> {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}
