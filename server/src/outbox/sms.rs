//! SMS through a gateway that speaks Twilio's API (`POST /2010-04-01/Accounts/{Sid}/Messages.json`).

use super::SendError;
use crate::{config::Sms, store::NewOutgoing};
use secrecy::ExposeSecret;
use std::time::Duration;

/// The SMS gateway.
pub struct Gateway {
    client: reqwest::Client,
    settings: Sms,
}

impl Gateway {
    /// A gateway with the configured account.
    pub fn new(settings: Sms) -> anyhow::Result<Self> {
        let client = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(5))
            .timeout(Duration::from_secs(15))
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        Ok(Self { client, settings })
    }

    pub(super) async fn send(&self, message: &NewOutgoing) -> Result<(), SendError> {
        let Sms { url, account, token, from } = &self.settings;
        let base = url.as_str().trim_end_matches('/');
        let sent = self
            .client
            .post(format!("{base}/2010-04-01/Accounts/{account}/Messages.json"))
            .basic_auth(account, Some(token.expose_secret()))
            .form(&[("To", message.to.as_str()), ("From", from), ("Body", &message.body)])
            .send()
            .await
            // The address holds nothing secret, but the error may repeat the form.
            .map_err(|error| SendError::Temporary(error.without_url().to_string()))?;
        let status = sent.status();
        if status.is_success() {
            return Ok(());
        }
        let reason = format!("the gateway answered {status}");
        // 429 and 5xx pass; any other refusal would be repeated.
        let passes = status.is_server_error() || status.as_u16() == 429;
        Err(if passes { SendError::Temporary(reason) } else { SendError::Permanent(reason) })
    }
}
