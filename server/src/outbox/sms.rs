//! SMS through a gateway that speaks Twilio's API (`POST /2010-04-01/Accounts/{Sid}/Messages.json`).

use super::SendError;
use crate::{config::Sms, store::NewOutboxMessage};
use causeway_api::deliveries::DeliveryFault;
use secrecy::ExposeSecret;
use serde::Deserialize;
use std::time::Duration;

/// Bytes of a refusal that are read.
const REFUSAL_MAX: usize = 8_192;

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

    pub(super) async fn send(&self, message: &NewOutboxMessage) -> Result<(), SendError> {
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
        // 429 and 5xx pass; any other refusal would be repeated.
        if status.is_server_error() || status.as_u16() == 429 {
            return Err(SendError::Temporary(format!("the gateway answered {status}")));
        }
        let code = error_code(sent).await;
        let detail = match code {
            Some(code) => format!("the gateway answered {status}, error {code}"),
            None => format!("the gateway answered {status}"),
        };
        Err(SendError::Permanent(fault(status.as_u16(), code), detail))
    }
}

/// The number of the error in the body of a refusal. Its words are not read: they may repeat the text of the SMS.
async fn error_code(mut refusal: reqwest::Response) -> Option<u32> {
    #[derive(Deserialize)]
    struct Body {
        code: u32,
    }
    let mut bytes = Vec::new();
    while bytes.len() < REFUSAL_MAX
        && let Ok(Some(more)) = refusal.chunk().await
    {
        bytes.extend_from_slice(&more);
    }
    serde_json::from_slice::<Body>(&bytes).ok().map(|body| body.code)
}

/// The reason behind a refusal, by Twilio's list of error codes.
fn fault(status: u16, code: Option<u32>) -> DeliveryFault {
    match (status, code) {
        (401 | 403, _) | (_, Some(20_003 | 20_005 | 21_606 | 21_608 | 21_611)) => {
            DeliveryFault::ProviderRefused
        }
        (_, Some(21_211 | 21_217 | 21_401 | 21_614)) => DeliveryFault::AddressUnknown,
        (404, None) => DeliveryFault::ProviderRefused,
        _ => DeliveryFault::Refused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_told_by_the_number_of_its_error() {
        for (status, code, expected) in [
            (400, Some(21_211), DeliveryFault::AddressUnknown),
            (400, Some(21_610), DeliveryFault::Refused),
            (401, Some(20_003), DeliveryFault::ProviderRefused),
            (400, None, DeliveryFault::Refused),
        ] {
            assert_eq!(fault(status, code), expected, "{status} {code:?}");
        }
    }
}
