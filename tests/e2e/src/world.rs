//! The demo, started for one scenario on ports and in a folder of its own.

mod seed;

use crate::tls_proxy;
use anyhow::{Context as _, Result, bail, ensure};
use serde_json::Value;
use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};
use tokio::process::{Child, Command};

/// Longest wait for anything that should happen at once.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Server and lab; both end with this value.
pub struct World {
    /// The portal's address.
    pub portal: String,
    /// The lab's address.
    pub lab: String,
    /// What `demo.json` says.
    pub sheet: Value,
    ports: Ports,
    build: Build,
    folder: tempfile::TempDir,
    server: Child,
    _lab: Child,
}

/// Which build is started, with whom beside the demo's people, and on which database if not on SQLite.
#[derive(Clone, Copy)]
struct Build {
    profile: &'static str,
    extra: Extra,
    database: Option<&'static str>,
}

/// Whom and what there is beside the demo's, for measuring.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Extra {
    /// People in pairs, with their sessions in `load.json`.
    pub people: usize,
    /// Clients of Priya Nair, and as many users.
    pub directory: usize,
    /// With so many of these clients she has a chat; then she has a group with as many users as it takes, too.
    pub chats: usize,
    /// Companies in which nothing happens.
    pub companies: usize,
}

impl Extra {
    const NONE: Self = Self { people: 0, directory: 0, chats: 0, companies: 0 };

    /// How long it may take to make them.
    fn patience(self) -> Duration {
        PATIENCE + Duration::from_millis((self.people + self.directory + self.companies) as u64 * 10)
    }

    fn arguments(self) -> [String; 4] {
        [
            format!("--load-people={}", self.people),
            format!("--load-directory={}", self.directory),
            format!("--load-chats={}", self.chats),
            format!("--load-companies={}", self.companies),
        ]
    }
}

/// Where server and lab listen.
#[derive(Clone, Copy)]
struct Ports {
    portal: u16,
    lab: u16,
    smtp: u16,
    /// A proxy that ends TLS, in front of the portal.
    tls: Option<u16>,
}

impl Ports {
    fn free() -> Result<Self> {
        Ok(Self { portal: free_port()?, lab: free_port()?, smtp: free_port()?, tls: None })
    }

    /// The address that people open.
    fn origin(self) -> String {
        match self.tls {
            Some(port) => format!("https://localhost:{port}"),
            None => format!("http://localhost:{}", self.portal),
        }
    }

    /// Waits until the server takes requests.
    async fn ready(self, patience: Duration) -> Result<()> {
        let address = format!("http://localhost:{}/health/ready", self.portal);
        within(patience, "the server is ready", || async {
            reqwest::get(&address).await.ok().filter(|answer| answer.status().is_success()).map(|_| ())
        })
        .await
    }
}

impl Build {
    fn binary(self, name: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target").join(self.profile).join(name)
    }
}

const DEBUG: Build = Build { profile: "debug", extra: Extra::NONE, database: None };

/// A port below the range of outgoing connections that no one listens on now.
pub fn free_port() -> Result<u16> {
    use std::sync::atomic::{AtomicU16, Ordering};
    static NEXT: AtomicU16 = AtomicU16::new(0);
    // Processes that run at the same time begin a hundred ports apart.
    let first = 12_000 + 100 * u16::try_from(std::process::id() % 150)?;
    for _ in 0..5_000 {
        let port = first + NEXT.fetch_add(1, Ordering::SeqCst);
        if TcpListener::bind(("127.0.0.1", port)).is_ok() && TcpListener::bind(("::1", port)).is_ok() {
            return Ok(port);
        }
    }
    bail!("no port is free")
}

/// Asks again until there is an answer, up to [`PATIENCE`].
pub async fn until<T, F: Future<Output = Option<T>>>(what: &str, ask: impl FnMut() -> F) -> Result<T> {
    within(PATIENCE, what, ask).await
}

async fn within<T, F: Future<Output = Option<T>>>(
    patience: Duration,
    what: &str,
    mut ask: impl FnMut() -> F,
) -> Result<T> {
    let mut tick = tokio::time::interval(Duration::from_millis(50));
    tokio::time::timeout(patience, async {
        loop {
            tick.tick().await;
            if let Some(answer) = ask().await {
                return answer;
            }
        }
    })
    .await
    .with_context(|| format!("waited in vain: {what}"))
}

impl World {
    /// Starts lab and server with a fresh demo company.
    pub async fn start() -> Result<Self> {
        Self::start_build(DEBUG, Ports::free()?).await
    }

    /// The same behind a proxy that ends TLS with a certificate of its own: some browsers keep no secure cookie on plain
    /// http.
    pub async fn start_behind_tls() -> Result<Self> {
        let mut ports = Ports::free()?;
        ports.tls = Some(tls_proxy::start(ports.portal).await?);
        Self::start_build(DEBUG, ports).await
    }

    /// The same with the release build, and more of everything.
    pub async fn start_release(extra: Extra) -> Result<Self> {
        Self::start_release_on(None, extra).await
    }

    /// The same on an empty database beside the folder.
    pub async fn start_release_on(database: Option<&'static str>, extra: Extra) -> Result<Self> {
        Self::start_build(Build { profile: "release", extra, database }, Ports::free()?).await
    }

    async fn start_build(build: Build, ports: Ports) -> Result<Self> {
        // Another scenario may have been first.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = tempfile::tempdir()?;
        if build.extra == Extra::NONE {
            seed::write(build, folder.path()).await?;
        }
        let lab = Command::new(build.binary("causeway-lab"))
            .args(["--port", &ports.lab.to_string(), "--smtp-port", &ports.smtp.to_string()])
            .kill_on_drop(true)
            .spawn()
            .context("build the lab first: cargo xtask test does")?;
        let server = Self::serve(build, folder.path(), ports)?;
        let mut world = Self {
            portal: ports.origin(),
            lab: format!("http://localhost:{}", ports.lab),
            sheet: Value::Null,
            ports,
            build,
            folder,
            server,
            _lab: lab,
        };
        world.ports.ready(build.extra.patience()).await?;
        // They are there from now on.
        world.build.extra = Extra::NONE;
        world.sheet = serde_json::from_slice(&fs::read(world.folder.path().join("demo.json"))?)?;
        Ok(world)
    }

    fn serve(build: Build, folder: &Path, ports: Ports) -> Result<Child> {
        let log = fs::OpenOptions::new().create(true).append(true).open(folder.join("causeway.log"))?;
        let mut command = Command::new(build.binary("causeway"));
        if let Some(address) = build.database {
            command.env("DATABASE_URL", address);
        }
        command
            .arg("demo")
            .args(build.extra.arguments())
            .args(["--port", &ports.portal.to_string(), "--public-origin", &ports.origin()])
            .args(["--lab-port", &ports.lab.to_string(), "--smtp-port", &ports.smtp.to_string(), "--data"])
            .arg(folder)
            .stdout(Stdio::null())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .context("build the server first: cargo xtask test does")
    }

    /// Kills the server as a power cut would, waits as long as `meanwhile` takes, and starts it again.
    pub async fn restart<F: Future<Output = Result<()>>>(&mut self, meanwhile: F) -> Result<()> {
        self.server.kill().await?;
        meanwhile.await?;
        self.server = Self::serve(self.build, self.folder.path(), self.ports)?;
        self.ports.ready(PATIENCE).await
    }

    /// Runs a command of the operator while the server runs.
    pub async fn operate(&self, arguments: &[&str]) -> Result<()> {
        let mut command = Command::new(self.build.binary("causeway"));
        let done = command.args(arguments).arg("--data").arg(self.data()).output().await?;
        ensure!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        Ok(())
    }

    /// The port of the portal.
    pub fn port(&self) -> u16 {
        self.ports.portal
    }

    /// The number of the server's process.
    pub fn process(&self) -> u32 {
        self.server.id().unwrap_or_default()
    }

    /// The folder with the database and the log.
    pub fn data(&self) -> &Path {
        self.folder.path()
    }

    /// The password of everyone.
    pub fn password(&self) -> &str {
        self.sheet["password"].as_str().unwrap_or_default()
    }

    /// The personal link of a client.
    pub fn client_link(&self, name: &str) -> Result<String> {
        let clients = self.sheet["clients"].as_array().context("clients")?;
        let client = clients.iter().find(|client| client["name"] == name).context("no such client")?;
        Ok(client["link"].as_str().context("link")?.to_owned())
    }
}
