//! Encrypts a notice for one browser (RFC 8291) and hands it to its push service, signed (RFC 8292), by web-push-native.

use crate::{keys::ServerKey, store::PushRow};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use causeway_api::{push::PushNotice, validate::Fault};
use std::time::Duration;
use url::Url;
use web_push_native::{
    Auth, WebPushBuilder,
    jwt_simple::algorithms::{ECDSAP256PublicKeyLike as _, ES256KeyPair},
    p256::PublicKey,
};

/// The push services of the browsers' makers, by the end of their names. Anything else could make the server knock at
/// doors inside its own network (OWASP: Server Side Request Forgery).
const SERVICES: [&str; 4] =
    ["fcm.googleapis.com", "push.services.mozilla.com", "push.apple.com", "notify.windows.com"];

/// A notice that was not taken within this time is worth nothing any more.
const LIFETIME: Duration = Duration::from_hours(12);

/// Whether an address is at a push service: of a browser's maker, or one that the settings name.
pub fn is_push_service(address: &Url, more: &[String]) -> bool {
    let is_end = |host: &str| {
        SERVICES.iter().any(|service| host == *service || host.ends_with(&format!(".{service}")))
    };
    let is_known = address.scheme() == "https"
        && address.port().is_none()
        && address.username().is_empty()
        && address.host_str().is_some_and(is_end);
    is_known || more.contains(&address.origin().ascii_serialization())
}

/// What became of a notice.
#[derive(Debug)]
pub enum Sent {
    /// The push service has it.
    Taken,
    /// The browser has unsubscribed.
    Gone,
    /// It will never be taken.
    Refused(String),
    /// It may be taken later.
    Later(String),
}

/// The way to the push services.
pub struct Sender {
    client: reqwest::Client,
    key: ES256KeyPair,
    contact: String,
}

impl Sender {
    /// With a key made from the server's, and the address people type as the contact.
    pub fn new(server: &ServerKey, origin: &str) -> anyhow::Result<Self> {
        let client = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(5))
            .timeout(Duration::from_secs(10))
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        let key = ES256KeyPair::from_bytes(&server.derive(b"web push"))?;
        Ok(Self { client, key, contact: origin.to_owned() })
    }

    /// The public key, as browsers take it.
    pub fn public_key(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.key.public_key().public_key().to_bytes_uncompressed())
    }

    /// Whether the keys of a browser can be used.
    pub fn check_keys(p256dh: &str, auth: &str) -> Result<(), Fault> {
        keys(p256dh, auth).map(|_| ()).ok_or(Fault::Push)
    }

    /// Sends a notice.
    pub async fn send(&self, to: &PushRow, notice: &PushNotice) -> Sent {
        let Some((key, auth)) = keys(&to.p256dh, &to.auth) else { return Sent::Gone };
        let Ok(endpoint) = to.endpoint.parse() else { return Sent::Gone };
        let built = serde_json::to_vec(notice).map_err(|error| error.to_string()).and_then(|body| {
            WebPushBuilder::new(endpoint, key, auth)
                .with_valid_duration(LIFETIME)
                .with_vapid(&self.key, &self.contact)
                .build(body)
                .map_err(|error| error.to_string())
        });
        let request = match built {
            Ok(request) => request,
            Err(why) => return Sent::Refused(why),
        };
        let (parts, body) = request.into_parts();
        let asked = self.client.post(&to.endpoint).headers(parts.headers).body(body).send().await;
        match asked.map(|answer| answer.status()) {
            Ok(status) if status.is_success() => Sent::Taken,
            Ok(status) if [404, 410].contains(&status.as_u16()) => Sent::Gone,
            Ok(status) if status.is_server_error() || status.as_u16() == 429 => {
                Sent::Later(format!("it answered {status}"))
            }
            Ok(status) => Sent::Refused(format!("it answered {status}")),
            // The address is a secret between browser and server.
            Err(error) => Sent::Later(error.without_url().to_string()),
        }
    }
}

fn keys(p256dh: &str, auth: &str) -> Option<(PublicKey, Auth)> {
    let key = PublicKey::from_sec1_bytes(&URL_SAFE_NO_PAD.decode(p256dh.trim_end_matches('=')).ok()?).ok()?;
    let auth: [u8; 16] = URL_SAFE_NO_PAD.decode(auth.trim_end_matches('=')).ok()?.try_into().ok()?;
    Some((key, auth.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_push_services_are_asked() {
        let more = ["http://127.0.0.1:9999".to_owned()];
        let is = |address: &str| is_push_service(&Url::parse(address).unwrap(), &more);
        assert!(is("https://fcm.googleapis.com/fcm/send/abc"));
        assert!(is("https://updates.push.services.mozilla.com/wpush/v2/abc"));
        assert!(is("https://web.push.apple.com/abc"));
        assert!(is("http://127.0.0.1:9999/push/1"));
        for other in [
            "http://fcm.googleapis.com/x",
            "https://fcm.googleapis.com:8443/x",
            "https://fcm.googleapis.com.attacker.example/x",
            "https://evilfcm.googleapis.com.example/x",
            "https://10.0.0.1/x",
            "http://127.0.0.1:9998/push/1",
            "https://me@fcm.googleapis.com/x",
        ] {
            assert!(!is(other), "{other}");
        }
    }
}
