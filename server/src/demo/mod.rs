//! The demo: the fictional companies, people and conversations of `demo/cast.rs`, served on this machine only.
//! None of it is in the binary that `cargo xtask dist` builds.

mod cast;
mod contacts;
mod directory;
mod load;
mod seed;
mod talk;

use crate::{
    boot::{self, say},
    clock::Clock,
    config::Settings,
    domain::search::indexer,
    serve,
};
use anyhow::Context as _;
use clap::Args;
use serde::{Deserialize, Serialize};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Where `trunk serve` shows the application, with live reload (`Trunk.toml`).
const DEV_ORIGIN: &str = "http://127.0.0.1:8082";

/// What the demo is told by `cargo xtask demo`.
#[derive(Args)]
pub struct DemoArgs {
    /// The port of the portal.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The address that people open, when a proxy in front of the demo has another [default: http://localhost:PORT].
    #[arg(long)]
    public_origin: Option<String>,
    /// The port of the lab's inbox.
    #[arg(long, default_value_t = 8081)]
    lab_port: u16,
    /// The port of the lab's mail server.
    #[arg(long, default_value_t = 8025)]
    smtp_port: u16,
    /// The data folder.
    #[arg(long)]
    data: PathBuf,
    /// The database, when it is not SQLite in the data folder.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    database_url: Option<String>,
    /// Extra people in pairs for load tests; their sessions are written to `load.json`.
    #[arg(long, default_value_t = 0)]
    load_people: usize,
    /// So many extra clients of Priya Nair, and as many extra users, for measuring long lists.
    #[arg(long, default_value_t = 0)]
    load_directory: usize,
    /// With so many of these clients Priya Nair has a chat, and a group with as many of these users as a group takes.
    #[arg(long, default_value_t = 0)]
    load_chats: usize,
    /// So many extra companies in which nothing happens.
    #[arg(long, default_value_t = 0)]
    load_companies: usize,
}

/// What the demo tells people and tests, in `demo.json`.
#[derive(Serialize, Deserialize)]
struct Sheet {
    portal: String,
    lab: String,
    password: String,
    people: Vec<SheetPerson>,
    clients: Vec<SheetClient>,
}

#[derive(Serialize, Deserialize)]
struct SheetPerson {
    company: String,
    username: String,
    name: String,
    role: String,
    email: String,
    phone: String,
}

#[derive(Serialize, Deserialize)]
struct SheetClient {
    company: String,
    name: String,
    channel: String,
    link: String,
    email: String,
    phone: String,
}

/// Seeds the demo once, prints its sheet, and serves.
pub async fn run(args: DemoArgs) -> anyhow::Result<()> {
    let DemoArgs {
        port,
        public_origin,
        lab_port,
        smtp_port,
        data,
        database_url,
        load_people,
        load_directory,
        load_chats,
        load_companies,
    } = args;
    let origin = public_origin.unwrap_or_else(|| format!("http://localhost:{port}"));
    let lab = format!("http://localhost:{lab_port}");
    let settings = Settings {
        listen: Some(format!("127.0.0.1:{port},[::1]:{port}")),
        public_origin: Some(origin.clone()),
        data: Some(data.clone()),
        database_url,
        smtp_url: Some(format!("smtp://127.0.0.1:{smtp_port}")),
        smtp_from: Some("Causeway <no-reply@causeway.example>".to_owned()),
        sms_url: Some(format!("http://127.0.0.1:{lab_port}")),
        sms_account: Some("AC00000000000000000000000000000000".to_owned()),
        sms_token: Some("lab".to_owned()),
        sms_from: Some("+12025550100".to_owned()),
        logins_per_minute: Some(600),
        ..Settings::default()
    };
    let mut config = settings.check()?;
    config.dev_origin = Some(DEV_ORIGIN.to_owned());
    let claim = boot::claim(&config).await?;
    let app = boot::open(config, Clock::system()).await?;
    let path = data.join("demo.json");
    if app.store.companies().await?.is_empty() {
        let sheet = seed::seed(&app, &origin, &lab).await?;
        // What was written for the demo is found from the first moment.
        indexer::catch_up(&app).await?;
        write(&path, &sheet)?;
    }
    let sheet = move_to(&path, &origin, &lab)?;
    if load_people > 0 {
        write(&data.join("load.json"), &load::load(&app, load_people).await?)?;
    }
    if load_directory > 0 {
        directory::load(&app, load_directory, load_chats).await?;
    }
    if load_companies > 0 {
        directory::load_companies(&app, load_companies).await?;
    }
    print(&sheet)?;
    let listeners = match serve::listen(&app.config.listen) {
        Ok(listeners) => listeners,
        // A machine without IPv6 has no [::1].
        Err(_) => serve::listen(&app.config.listen[..1])?,
    };
    boot::serve_claimed(app, listeners, &claim, boot::stop_signal()).await
}

fn write(path: &Path, what: &impl Serialize) -> anyhow::Result<()> {
    fs::write(path, serde_json::to_vec_pretty(what)?)
        .with_context(|| format!("{} cannot be written", path.display()))
}

/// The sheet of an earlier start, with the addresses of this one.
fn move_to(path: &Path, origin: &str, lab: &str) -> anyhow::Result<Sheet> {
    let text =
        fs::read(path).with_context(|| format!("{} is missing; start again with --fresh", path.display()))?;
    let mut sheet: Sheet = serde_json::from_slice(&text)?;
    for client in &mut sheet.clients {
        client.link = client.link.replacen(&sheet.portal, origin, 1);
    }
    origin.clone_into(&mut sheet.portal);
    lab.clone_into(&mut sheet.lab);
    write(path, &sheet)?;
    Ok(sheet)
}

fn print(sheet: &Sheet) -> anyhow::Result<()> {
    say("")?;
    say(&format!("  Portal   {}", sheet.portal))?;
    say(&format!("  Lab      {}   (every mail and SMS, sign-in codes included)", sheet.lab))?;
    say(&format!("  Password {}   (for everybody)", sheet.password))?;
    say("")?;
    say(&format!("  {:<12} {:<14} {:<24} Role", "Company", "Username", "Name"))?;
    for person in &sheet.people {
        say(&format!(
            "  {:<12} {:<14} {:<24} {}",
            person.company, person.username, person.name, person.role
        ))?;
    }
    say("")?;
    say("  Clients, each with the personal link to the web chat:")?;
    for client in &sheet.clients {
        say(&format!("  {:<12} {}\n               {}", client.company, client.name, client.link))?;
    }
    say("")
}
