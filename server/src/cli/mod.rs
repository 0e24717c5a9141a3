//! The command line of the operator.

mod archive;
mod import;
mod reasons;

use crate::{
    App,
    boot::{claim, open, say, serve_claimed, stop_signal},
    clock::Clock,
    config::{Config, Settings, WrongSetting},
    domain::company,
    serve, store,
};
use anyhow::Context as _;
use causeway_api::{people::Role, users::Plan};
use clap::{Parser, Subcommand};
use reasons::explain;
use std::path::PathBuf;

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
        /// Space for files in GiB; 0 for the usual 50.
        #[arg(long)]
        file_space: Option<i64>,
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
    /// Send someone who has not chosen a password yet another welcome mail; earlier links no longer work.
    Welcome {
        /// The user name.
        username: String,
        /// The company's name to type.
        #[arg(long)]
        company: String,
        #[command(flatten)]
        settings: Settings,
    },
    /// Import employees from a CSV file with the columns name, email, phone, role, company_role, job_description, and
    /// optionally username and language. Each gets a mail with a one-time link to set the password.
    Import {
        /// The file.
        file: PathBuf,
        /// The encoding of its text, where it cannot be told: utf-8, shift_jis, gb18030, big5 or windows-1252.
        #[arg(long)]
        encoding: Option<String>,
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
    // What these commands mail leads to the portal, so that they have to know where people find it.
    let mailing = |settings: Settings| settings.or_from_file(file.as_ref())?.with_public_origin()?.check();
    match cli.command {
        Command::Serve(settings) => serve_until_stopped(checked(settings)?).await,
        Command::Company(CompanyCommand::Create { name, shown, plan, settings }) => {
            at_work(checked(settings)?, async |app| {
                let shown = shown.unwrap_or_else(|| name.clone());
                company::create(app, &name, &shown, &plan).await.map_err(|error| explain(&error))?;
                say(&format!("created {shown}; employees type {name}"))
            })
            .await
        }
        Command::Company(CompanyCommand::Plan {
            name,
            plan,
            users,
            external_users,
            file_space,
            settings,
        }) => {
            at_work(checked(settings)?, async |app| {
                let company = company_named(app, &name).await?;
                let plan = plan.as_deref().and_then(Plan::parse);
                let limits = company::GivenLimits { users, external: external_users, storage: file_space };
                let set = company::set_plan(app, &company, plan, limits).await;
                set.map_err(|error| explain(&error))?;
                say(&format!("the plan of {name} is set"))
            })
            .await
        }
        Command::User(UserCommand::Role { username, company, role, settings }) => {
            at_work(checked(settings)?, async |app| {
                let company = company_named(app, &company).await?;
                let role = Role::parse(&role).with_context(|| format!("role: there is no role «{role}»"))?;
                company::set_role(app, &company, &username, role).await.map_err(|error| explain(&error))?;
                say(&format!("{username} is {} now", role.as_str()))
            })
            .await
        }
        Command::User(UserCommand::Import { file, encoding, company, settings }) => {
            let import = async |app: &App| import::import(app, &file, &company, encoding.as_deref()).await;
            at_work(mailing(settings)?, import).await
        }
        Command::User(UserCommand::Welcome { username, company, settings }) => {
            at_work(mailing(settings)?, async |app| {
                let company = company_named(app, &company).await?;
                let email = company::send_welcome_link(app, &company, &username).await;
                let email = email.map_err(|error| explain(&error))?;
                say(&format!("a new link is on its way to {email}; earlier ones no longer work"))
            })
            .await
        }
        Command::Archive(ArchiveCommand::Verify { company, settings }) => {
            archive::verify(checked(settings)?, company.as_deref()).await
        }
        #[cfg(feature = "demo")]
        Command::Demo(args) => crate::demo::run(args).await,
    }
}

/// Runs a command on the database and closes it, so that nothing of SQLite's write-ahead log is left behind.
async fn at_work(
    config: Config,
    command: impl AsyncFnOnce(&App) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let app = open(config, Clock::system()).await?;
    let done = command(&app).await;
    app.store.close().await;
    done
}

/// The exit code for an error: 2 for a wrong setting, 1 for everything else.
pub fn exit_code(error: &anyhow::Error) -> u8 {
    if error.downcast_ref::<WrongSetting>().is_some() { 2 } else { 1 }
}

async fn serve_until_stopped(config: Config) -> anyhow::Result<()> {
    let claim = claim(&config).await?;
    if config.smtp.is_none() && config.sms.is_none() {
        tracing::warn!("neither `smtp_url` nor `sms_url` is set: nobody can receive a sign-in code");
    }
    let app = open(config, Clock::system()).await?;
    let listeners = serve::listen(&app.config.listen)?;
    let stop = stop_signal();
    for listener in &listeners {
        let address = listener.local_addr()?;
        tracing::info!(event = "listening", %address, origin = app.config.public_origin, "serving");
    }
    serve_claimed(app, listeners, &claim, stop).await
}

async fn company_named(app: &App, name: &str) -> anyhow::Result<store::Company> {
    app.store.company_by_name(name).await?.with_context(|| format!("there is no company {name}"))
}
