//! The settings: a file, then the environment, then flags; the later wins. A wrong one is named in a sentence.

mod scanner;
mod storage;

use crate::{limits, scanner::ScannerSettings, storage::StorageSettings};
use clap::Args;
use secrecy::SecretString;
use serde::Deserialize;
use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};
use url::Url;

/// The settings as given. Every one has a flag, an environment variable and a key of the same name.
#[derive(Args, Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Addresses to listen on, separated by commas [default: 127.0.0.1:8080].
    #[arg(long, env = "CAUSEWAY_LISTEN")]
    pub listen: Option<String>,
    /// Address for metrics; nothing is listened on when it is missing. Keep it off the internet.
    #[arg(long, env = "CAUSEWAY_ADMIN_LISTEN")]
    pub admin_listen: Option<String>,
    /// The address people type: scheme, name and port [default: `http://localhost:8080`]. Every link starts with it.
    #[arg(long, env = "CAUSEWAY_PUBLIC_ORIGIN")]
    pub public_origin: Option<String>,
    /// The folder for the database and the server key [default: ./data].
    #[arg(long, env = "CAUSEWAY_DATA")]
    pub data: Option<PathBuf>,
    /// `sqlite:PATH` or `postgres://USER:PASSWORD@HOST/NAME` [default: SQLite in the data folder].
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// Where files are kept: a folder [default: `files` in the data folder], or `s3+https://HOST/BUCKET` for a bucket.
    #[arg(long, env = "CAUSEWAY_STORAGE")]
    pub storage: Option<String>,
    /// The region of the bucket [default: us-east-1].
    #[arg(long, env = "CAUSEWAY_STORAGE_REGION")]
    pub storage_region: Option<String>,
    /// The access key of the bucket.
    #[arg(long, env = "CAUSEWAY_STORAGE_ACCESS_KEY")]
    pub storage_access_key: Option<String>,
    /// The secret of that key.
    #[arg(long, env = "CAUSEWAY_STORAGE_SECRET_KEY", hide_env_values = true)]
    pub storage_secret_key: Option<String>,
    /// A virus scanner that speaks clamd's protocol: `tcp://HOST:PORT` or `unix:/PATH` [default: none].
    #[arg(long, env = "CAUSEWAY_SCANNER")]
    pub scanner: Option<String>,
    /// Files that no client gets are sent while the scanner does not answer [default: false]; others wait.
    #[arg(long, env = "CAUSEWAY_SCANNER_MAY_BE_SKIPPED")]
    pub scanner_may_be_skipped: Option<bool>,
    /// The mail server: `smtp://`, `smtp+starttls://` or `smtps://`, with user and password where needed.
    #[arg(long, env = "CAUSEWAY_SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<String>,
    /// The sender of mails, for instance `Causeway <no-reply@company.example>`.
    #[arg(long, env = "CAUSEWAY_SMTP_FROM")]
    pub smtp_from: Option<String>,
    /// The base address of an SMS gateway that speaks Twilio's API.
    #[arg(long, env = "CAUSEWAY_SMS_URL")]
    pub sms_url: Option<String>,
    /// The account at the SMS gateway.
    #[arg(long, env = "CAUSEWAY_SMS_ACCOUNT")]
    pub sms_account: Option<String>,
    /// The token of that account.
    #[arg(long, env = "CAUSEWAY_SMS_TOKEN", hide_env_values = true)]
    pub sms_token: Option<String>,
    /// The sender of SMS: a number in E.164.
    #[arg(long, env = "CAUSEWAY_SMS_FROM")]
    pub sms_from: Option<String>,
    /// Network addresses of proxies whose `X-Forwarded-For` is believed, separated by commas.
    #[arg(long, env = "CAUSEWAY_TRUSTED_PROXIES")]
    pub trusted_proxies: Option<String>,
    /// More push services than those of the browsers' makers, by their origins, separated by commas.
    #[arg(long, env = "CAUSEWAY_PUSH_SERVICES")]
    pub push_services: Option<String>,
    /// Sign-in requests per network address and minute [default: 10]; raise it for an office behind one address.
    #[arg(long, env = "CAUSEWAY_LOGINS_PER_MINUTE")]
    pub logins_per_minute: Option<i64>,
}

/// The settings, checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// Addresses to listen on.
    pub listen: Vec<SocketAddr>,
    /// Address for metrics.
    pub admin_listen: Option<SocketAddr>,
    /// Scheme, name and port, without a slash at the end.
    pub public_origin: String,
    /// The data folder.
    pub data: PathBuf,
    /// The database.
    pub database_url: String,
    /// Where files are kept.
    pub storage: StorageSettings,
    /// The virus scanner.
    pub scanner: Option<ScannerSettings>,
    /// The mail server.
    pub smtp: Option<Smtp>,
    /// The SMS gateway.
    pub sms: Option<Sms>,
    /// Proxies whose word on addresses counts.
    pub trusted_proxies: Vec<IpAddr>,
    /// Push services beside those of the browsers' makers, by their origins.
    pub push_services: Vec<String>,
    /// Sign-in requests per network address and minute.
    pub logins_per_minute: i64,
    /// Where Trunk serves the application during development; no setting names it, only the demo does.
    pub dev_origin: Option<String>,
}

impl Config {
    /// The name of the site, to which a code by SMS is bound.
    pub fn public_host(&self) -> String {
        let host = Url::parse(&self.public_origin).ok().and_then(|url| url.host_str().map(str::to_owned));
        host.unwrap_or_default()
    }

    /// Whether a request's `Origin` is our own.
    pub fn is_own_origin(&self, origin: &[u8]) -> bool {
        origin == self.public_origin.as_bytes()
            || self.dev_origin.as_ref().is_some_and(|dev| origin == dev.as_bytes())
    }
}

/// The mail server.
#[derive(Clone, Debug)]
pub struct Smtp {
    /// Where, how, and as whom.
    pub url: SecretString,
    /// The sender.
    pub from: lettre::message::Mailbox,
}

/// The SMS gateway.
#[derive(Clone, Debug)]
pub struct Sms {
    /// The base address.
    pub url: Url,
    /// The account.
    pub account: String,
    /// Its token.
    pub token: SecretString,
    /// The sender.
    pub from: String,
}

/// A setting that cannot be used: its name and what is wrong with it.
#[derive(Debug, thiserror::Error)]
#[error("the setting `{0}` {1}")]
pub struct WrongSetting(pub &'static str, pub String);

fn wrong(name: &'static str) -> impl Fn(&dyn std::fmt::Display) -> WrongSetting {
    move |what| WrongSetting(name, what.to_string())
}

impl Settings {
    /// Fills what is missing here from a file.
    pub fn or_from_file(self, file: Option<&PathBuf>) -> Result<Self, WrongSetting> {
        let Some(path) = file else { return Ok(self) };
        let unreadable =
            |error: config::ConfigError| WrongSetting("config", format!("cannot be read: {error}"));
        let source = config::File::from(path.as_path()).format(config::FileFormat::Toml);
        let read = config::Config::builder().add_source(source).build().map_err(unreadable)?;
        Ok(self.or(read.try_deserialize().map_err(unreadable)?))
    }

    fn or(self, file: Self) -> Self {
        Self {
            listen: self.listen.or(file.listen),
            admin_listen: self.admin_listen.or(file.admin_listen),
            public_origin: self.public_origin.or(file.public_origin),
            data: self.data.or(file.data),
            database_url: self.database_url.or(file.database_url),
            storage: self.storage.or(file.storage),
            storage_region: self.storage_region.or(file.storage_region),
            storage_access_key: self.storage_access_key.or(file.storage_access_key),
            storage_secret_key: self.storage_secret_key.or(file.storage_secret_key),
            scanner: self.scanner.or(file.scanner),
            scanner_may_be_skipped: self.scanner_may_be_skipped.or(file.scanner_may_be_skipped),
            smtp_url: self.smtp_url.or(file.smtp_url),
            smtp_from: self.smtp_from.or(file.smtp_from),
            sms_url: self.sms_url.or(file.sms_url),
            sms_account: self.sms_account.or(file.sms_account),
            sms_token: self.sms_token.or(file.sms_token),
            sms_from: self.sms_from.or(file.sms_from),
            trusted_proxies: self.trusted_proxies.or(file.trusted_proxies),
            push_services: self.push_services.or(file.push_services),
            logins_per_minute: self.logins_per_minute.or(file.logins_per_minute),
        }
    }

    /// Refuses settings that leave open where people find the portal.
    pub fn with_public_origin(self) -> Result<Self, WrongSetting> {
        match self.public_origin {
            Some(_) => Ok(self),
            None => Err(wrong("public_origin")(&"is missing; the links in the mails begin with it")),
        }
    }

    /// Checks every setting.
    pub fn check(self) -> Result<Config, WrongSetting> {
        let data = self.data.clone().unwrap_or_else(|| PathBuf::from("data"));
        let database_url = self.database_url.clone().unwrap_or_else(|| crate::store::sqlite_url(&data));
        if !["sqlite:", "postgres:", "postgresql:"].iter().any(|scheme| database_url.starts_with(scheme)) {
            return Err(WrongSetting("database_url", "must begin with sqlite: or postgres:".into()));
        }
        let logins_per_minute = self.logins_per_minute.unwrap_or(limits::LOGINS_PER_ADDRESS_AND_MINUTE);
        if logins_per_minute < 1 {
            return Err(WrongSetting("logins_per_minute", "must be at least 1".into()));
        }
        Ok(Config {
            listen: addresses("listen", self.listen.as_deref().unwrap_or("127.0.0.1:8080"))?,
            admin_listen: match &self.admin_listen {
                Some(text) => addresses("admin_listen", text)?.pop(),
                None => None,
            },
            public_origin: origin(self.public_origin.as_deref().unwrap_or("http://localhost:8080"))?,
            storage: self.storage(&data)?,
            scanner: self.scanner()?,
            data,
            database_url,
            smtp: self.smtp()?,
            sms: self.sms()?,
            trusted_proxies: addresses("trusted_proxies", self.trusted_proxies.as_deref().unwrap_or(""))?,
            push_services: addresses("push_services", self.push_services.as_deref().unwrap_or(""))?,
            logins_per_minute,
            dev_origin: None,
        })
    }

    fn smtp(&self) -> Result<Option<Smtp>, WrongSetting> {
        let Some(url) = &self.smtp_url else { return Ok(None) };
        let scheme =
            Url::parse(url).map_err(|error| wrong("smtp_url")(&format!("is no address: {error}")))?;
        if !["smtp", "smtps", "smtp+starttls"].contains(&scheme.scheme()) {
            return Err(WrongSetting(
                "smtp_url",
                "must begin with smtp://, smtp+starttls:// or smtps://".into(),
            ));
        }
        let from = self
            .smtp_from
            .as_deref()
            .ok_or_else(|| wrong("smtp_from")(&"is missing; mails need a sender"))?;
        let from =
            from.parse().map_err(|error| wrong("smtp_from")(&format!("is no mail address: {error}")))?;
        Ok(Some(Smtp { url: url.clone().into(), from }))
    }

    fn sms(&self) -> Result<Option<Sms>, WrongSetting> {
        let Some(url) = &self.sms_url else { return Ok(None) };
        let url = Url::parse(url).map_err(|error| wrong("sms_url")(&format!("is no address: {error}")))?;
        let needed = |name: &'static str, value: &Option<String>| {
            value.clone().ok_or_else(|| WrongSetting(name, "is missing; the SMS gateway needs it".into()))
        };
        Ok(Some(Sms {
            url,
            account: needed("sms_account", &self.sms_account)?,
            token: needed("sms_token", &self.sms_token)?.into(),
            from: needed("sms_from", &self.sms_from)?,
        }))
    }
}

fn addresses<T: std::str::FromStr>(name: &'static str, text: &str) -> Result<Vec<T>, WrongSetting> {
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| part.parse().map_err(|_| wrong(name)(&format!("is no network address: {part}"))))
        .collect()
}

fn origin(text: &str) -> Result<String, WrongSetting> {
    let url = Url::parse(text).map_err(|error| wrong("public_origin")(&format!("is no address: {error}")))?;
    let bare =
        url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    if !["http", "https"].contains(&url.scheme()) || !bare {
        return Err(WrongSetting(
            "public_origin",
            "must be a scheme, a name and a port, as in https://chat.company.example".into(),
        ));
    }
    let local = url.host_str().is_some_and(|host| ["localhost", "127.0.0.1", "[::1]"].contains(&host));
    if url.scheme() == "http" && !local {
        return Err(WrongSetting(
            "public_origin",
            "must use https; plain http works on this machine only".into(),
        ));
    }
    Ok(url.origin().ascii_serialization())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(settings: Settings) -> String {
        settings.check().unwrap_err().to_string()
    }

    #[test]
    fn a_wrong_setting_is_named_in_a_sentence() {
        let with = |change: fn(&mut Settings)| {
            let mut settings = Settings::default();
            change(&mut settings);
            fault(settings)
        };
        assert_eq!(
            with(|s| s.listen = Some("here".into())),
            "the setting `listen` is no network address: here"
        );
        assert!(
            with(|s| s.public_origin = Some("http://chat.company.example".into())).contains("must use https")
        );
        assert!(with(|s| s.database_url = Some("mysql://x".into())).contains("`database_url`"));
        assert!(with(|s| s.smtp_url = Some("smtp://localhost".into())).contains("`smtp_from` is missing"));
        assert!(with(|s| s.sms_url = Some("http://localhost".into())).contains("`sms_account` is missing"));
        assert!(with(|s| s.storage = Some("ftp://x".into())).contains("`storage` must be a folder"));
        assert!(with(|s| s.storage = Some("s3+https://x".into())).contains("must name one bucket"));
        assert!(
            with(|s| s.storage = Some("s3+https://x/b".into())).contains("`storage_access_key` is missing")
        );
        assert!(with(|s| s.logins_per_minute = Some(0)).contains("at least 1"));
    }

    #[test]
    fn nothing_given_is_enough_to_start() {
        let config = Settings::default().check().unwrap();
        assert_eq!(config.public_origin, "http://localhost:8080");
        assert_eq!(config.database_url, "sqlite:data/causeway.db");
    }
}
