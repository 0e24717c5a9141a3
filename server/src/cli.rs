//! The command line of the operator.

mod archive;

use crate::{
    App,
    clock::{self, Clock},
    config::{Config, Settings, WrongSetting},
    domain::{
        company::{self, NewEmployee},
        otp::ServerKey,
        user_import::FileRow,
    },
    error::AppError,
    outbox::{Gateway, Mailer, Transport},
    serve, store,
};
use anyhow::{Context as _, bail};
use causeway_api::{people::Role, users::Plan, validate::compact_phone};
use clap::{Parser, Subcommand};
use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    sync::Arc,
};

/// Governed client messaging that a company runs by itself.
#[derive(Parser)]
#[command(name = "causeway", version)]
pub struct Cli {
    /// A TOML file with settings; the environment and flags win over it.
    #[arg(long, global = true, env = "CAUSEWAY_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the portal, the client's web chat and the API.
    Serve(Settings),
    /// Companies.
    #[command(subcommand)]
    Company(CompanyCommand),
    /// Employees.
    #[command(subcommand)]
    User(UserCommand),
    /// The archive.
    #[command(subcommand)]
    Archive(ArchiveCommand),
    /// Serve a seeded demo company on this machine only.
    #[cfg(feature = "demo")]
    Demo(crate::demo::DemoArgs),
}

#[derive(Subcommand)]
enum CompanyCommand {
    /// Create a company.
    Create {
        /// The name that employees type at sign-in.
        name: String,
        /// The name as shown [default: the name to type].
        #[arg(long)]
        shown: Option<String>,
        /// free, pro or enterprise.
        #[arg(long, default_value = "free", value_parser = ["free", "pro", "enterprise"])]
        plan: String,
        #[command(flatten)]
        settings: Settings,
    },
    /// Set the plan of a company and its limits.
    Plan {
        /// The company's name to type.
        name: String,
        /// free, pro or enterprise.
        #[arg(long, value_parser = ["free", "pro", "enterprise"])]
        plan: Option<String>,
        /// How many employees may be active; 0 for no limit.
        #[arg(long)]
        users: Option<i64>,
        /// How many external users there may be; 0 for no limit.
        #[arg(long)]
        external_users: Option<i64>,
        #[command(flatten)]
        settings: Settings,
    },
}

#[derive(Subcommand)]
enum UserCommand {
    /// Give a user another role: how a company gets its first owner.
    Role {
        /// The user name.
        username: String,
        /// The company's name to type.
        #[arg(long)]
        company: String,
        /// owner, org admin, compliance officer or account manager.
        #[arg(long)]
        role: String,
        #[command(flatten)]
        settings: Settings,
    },
    /// Import employees from a CSV file with the columns name, email, phone, role, job_description, and
    /// optionally username and language. Each gets a mail with a one-time link to set the password.
    Import {
        /// The file.
        file: PathBuf,
        /// The company's name to type.
        #[arg(long)]
        company: String,
        #[command(flatten)]
        settings: Settings,
    },
}

#[derive(Subcommand)]
enum ArchiveCommand {
    /// Check the log of every company, or of one, against its chain, and the messages against the log. Names every row
    /// that is not as it was recorded. Reads only; a server may be running.
    Verify {
        /// The company's name to type.
        #[arg(long)]
        company: Option<String>,
        #[command(flatten)]
        settings: Settings,
    },
}

/// Runs the command.
pub async fn run(cli: Cli) -> anyhow::Result<()> {
    let file = cli.config.clone();
    let checked = |settings: Settings| settings.or_from_file(file.as_ref())?.check();
    match cli.command {
        Command::Serve(settings) => serve_until_stopped(checked(settings)?).await,
        Command::Company(CompanyCommand::Create { name, shown, plan, settings }) => {
            let app = open(checked(settings)?, Clock::system()).await?;
            let shown = shown.unwrap_or_else(|| name.clone());
            company::create(&app, &name, &shown, &plan).await.map_err(|error| explain(&error))?;
            say(&format!("created {shown}; employees type {name}"))
        }
        Command::Company(CompanyCommand::Plan { name, plan, users, external_users, settings }) => {
            let app = open(checked(settings)?, Clock::system()).await?;
            let company = company_named(&app, &name).await?;
            let plan = plan.as_deref().and_then(Plan::parse);
            let set = company::set_plan(&app, &company, plan, (users, external_users)).await;
            set.map_err(|error| explain(&error))?;
            say(&format!("the plan of {name} is set"))
        }
        Command::User(UserCommand::Role { username, company, role, settings }) => {
            let app = open(checked(settings)?, Clock::system()).await?;
            let company = company_named(&app, &company).await?;
            let role = Role::parse(&role).with_context(|| format!("role: there is no role «{role}»"))?;
            company::set_role(&app, &company, &username, role).await.map_err(|error| explain(&error))?;
            say(&format!("{username} is {} now", role.as_str()))
        }
        Command::User(UserCommand::Import { file, company, settings }) => {
            let app = open(checked(settings)?, Clock::system()).await?;
            import(&app, &file, &company).await
        }
        Command::Archive(ArchiveCommand::Verify { company, settings }) => {
            archive::verify(checked(settings)?, company.as_deref()).await
        }
        #[cfg(feature = "demo")]
        Command::Demo(args) => crate::demo::run(args).await,
    }
}

/// The exit code for an error: 2 for a wrong setting, 1 for everything else.
pub fn exit_code(error: &anyhow::Error) -> u8 {
    if error.downcast_ref::<WrongSetting>().is_some() { 2 } else { 1 }
}

/// Prints a line of a command's result.
pub fn say(line: &str) -> anyhow::Result<()> {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}

fn explain(error: &AppError) -> anyhow::Error {
    match error {
        AppError::Invalid(field, fault) | AppError::Conflict(field, fault) => {
            anyhow::anyhow!("{field}: {}", fault.trim_start_matches("fault-").replace('-', " "))
        }
        AppError::Internal(source) => anyhow::anyhow!("{source:#}"),
        other => anyhow::anyhow!("{other}"),
    }
}

/// Opens the application with its real providers.
pub async fn open(config: Config, clock: Clock) -> anyhow::Result<Arc<App>> {
    fs::create_dir_all(&config.data)
        .with_context(|| format!("the data folder {} cannot be made", config.data.display()))?;
    let key = server_key(&config.data)?;
    let transport = Transport::Providers {
        mail: config.smtp.as_ref().map(Mailer::new).transpose()?.map(Box::new),
        sms: config.sms.clone().map(Gateway::new).transpose()?.map(Box::new),
    };
    let database = store::Options { url: config.database_url.clone(), durable: true, schema: None };
    let app = App::open(config, clock, &database, key, transport).await;
    app.map_err(|error| WrongSetting("database_url", format!("cannot be used: {error}")).into())
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

/// Makes sure that no other server works on this data folder. The lock is held while the file is open.
pub fn lock(data: &Path) -> anyhow::Result<fs::File> {
    fs::create_dir_all(data)?;
    let file = fs::File::create(data.join("causeway.lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => bail!("another server already works on {}", data.display()),
        Err(fs::TryLockError::Error(error)) => Err(error.into()),
    }
}

async fn serve_until_stopped(config: Config) -> anyhow::Result<()> {
    let _lock = lock(&config.data)?;
    if config.smtp.is_none() && config.sms.is_none() {
        tracing::warn!("neither `smtp_url` nor `sms_url` is set: nobody can receive a sign-in code");
    }
    let app = open(config, Clock::system()).await?;
    let listeners = serve::listen(&app.config.listen).await?;
    let stop = stop_signal();
    for listener in &listeners {
        let address = listener.local_addr()?;
        tracing::info!(event = "listening", %address, origin = app.config.public_origin, "serving");
    }
    serve::run(app, listeners, stop).await
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

async fn company_named(app: &App, name: &str) -> anyhow::Result<store::Company> {
    app.store.company_by_name(name).await?.with_context(|| format!("there is no company {name}"))
}

async fn import(app: &App, file: &Path, company: &str) -> anyhow::Result<()> {
    let company = company_named(app, company).await?;
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_path(file)
        .with_context(|| format!("{} cannot be read", file.display()))?;
    let (mut imported, mut refused) = (0, 0);
    for (row, record) in reader.deserialize::<FileRow>().enumerate() {
        let outcome = match record {
            Ok(record) => import_one(app, &company, record).await,
            Err(error) => Err(anyhow::anyhow!("{error}")),
        };
        match outcome {
            Ok(name) => {
                imported += 1;
                say(&format!("row {}: imported {name}", row + 2))?;
            }
            Err(error) => {
                refused += 1;
                say(&format!("row {}: not imported: {error:#}", row + 2))?;
            }
        }
    }
    say(&format!("{imported} imported, {refused} not imported; the running server sends the mails"))?;
    if refused > 0 {
        bail!("{refused} rows were not imported");
    }
    Ok(())
}

async fn import_one(app: &App, company: &store::Company, row: FileRow) -> anyhow::Result<String> {
    let role = row.role.clone();
    let form = row.form().map_err(|(field, fault)| match field {
        "role" => anyhow::anyhow!("role: there is no role «{role}»"),
        _ => explain(&AppError::Invalid(field, fault)),
    })?;
    let new = NewEmployee {
        name: form.name.clone(),
        username: form.username,
        email: form.email,
        phone: compact_phone(&form.phone),
        role: form.role,
        about: form.about,
        language: (!form.language.is_empty()).then_some(form.language),
    };
    company::add_employee(app, company, new).await.map_err(|error| explain(&error))?;
    Ok(form.name)
}
