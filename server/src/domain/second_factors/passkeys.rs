//! Passkeys (Web Authentication, Level 3), checked by webauthn-rs.

use crate::{
    error::AppError,
    store::{OneTimeCode, PasskeyRow, StoreError, Tx},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use causeway_api::{Millis, json::Json, second_factors, validate::Fault};
use std::sync::Arc;
use url::{Host, Url};
use webauthn_rs::{
    Webauthn, WebauthnBuilder,
    prelude::{
        Passkey, PasskeyAuthentication, PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential,
    },
};

/// What checks passkeys at the public address. They are bound to a name, so at an address of numbers there are none.
#[derive(Clone)]
pub struct Passkeys(Option<Arc<Webauthn>>);

/// What a browser needs, and what its answer is checked against.
type Asked = (Json, String);

fn internal(error: impl std::fmt::Display) -> AppError {
    AppError::Internal(anyhow::anyhow!("passkeys: {error}"))
}

fn read<T: serde::de::DeserializeOwned>(json: &str) -> Result<T, StoreError> {
    serde_json::from_str(json).map_err(|error| StoreError::Corrupt(format!("a passkey: {error}")))
}

/// The part of the options that the browser's parser takes.
fn public_key(options: impl serde::Serialize) -> Result<Json, AppError> {
    let options = serde_json::to_value(options).map_err(internal)?;
    Json::parse(options["publicKey"].to_string()).ok_or_else(|| internal("the options are no JSON"))
}

impl Passkeys {
    /// For the address that people type.
    pub fn at(origin: &str) -> anyhow::Result<Self> {
        let origin = Url::parse(origin)?;
        let Some(Host::Domain(name)) = origin.host() else { return Ok(Self(None)) };
        let webauthn = WebauthnBuilder::new(name, &origin)?.rp_name("Causeway").build()?;
        Ok(Self(Some(Arc::new(webauthn))))
    }

    /// Whether the address has a name.
    pub fn can_be_used(&self) -> bool {
        self.0.is_some()
    }

    fn webauthn(&self) -> Result<&Webauthn, AppError> {
        self.0.as_deref().ok_or(AppError::Conflict("passkey", Fault::PasskeyAddress))
    }

    /// Asks for one of these passkeys; nothing when there is none.
    pub(super) fn ask(&self, rows: &[PasskeyRow]) -> Result<Option<Asked>, AppError> {
        let Some(webauthn) = self.0.as_deref().filter(|_| !rows.is_empty()) else { return Ok(None) };
        let known: Vec<Passkey> =
            rows.iter().map(|row| read(&row.credential)).collect::<Result<_, StoreError>>()?;
        let (options, state) = webauthn.start_passkey_authentication(&known).map_err(internal)?;
        Ok(Some((public_key(options)?, serde_json::to_string(&state).map_err(internal)?)))
    }

    /// Whether the answer of a browser is right; the counter of the passkey moves on.
    pub(super) async fn check(
        &self,
        tx: &mut Tx,
        challenge: &OneTimeCode,
        answer: &PublicKeyCredential,
        now: Millis,
    ) -> Result<bool, StoreError> {
        let (Some(webauthn), Some(state), Some(person)) =
            (self.0.as_deref(), &challenge.passkey_state, challenge.person)
        else {
            return Ok(false);
        };
        let state: PasskeyAuthentication = read(state)?;
        let result = match webauthn.finish_passkey_authentication(answer, &state) {
            Ok(result) => result,
            Err(error) => {
                tracing::info!(event = "passkey_refused", %error, "a passkey was refused");
                return Ok(false);
            }
        };
        let id = URL_SAFE_NO_PAD.encode(result.cred_id());
        let enrolled = tx.enrolled(challenge.company, person).await?;
        let Some(row) = enrolled.passkeys.into_iter().find(|row| row.credential_id == id) else {
            return Ok(false);
        };
        let mut passkey: Passkey = read(&row.credential)?;
        passkey.update_credential(&result);
        let credential = serde_json::to_string(&passkey)
            .map_err(|error| StoreError::Corrupt(format!("a passkey: {error}")))?;
        tx.use_passkey(challenge.company, row.id, credential, now).await
    }

    /// Begins to make a passkey beside those there are.
    pub(super) fn begin(
        &self,
        person: uuid::Uuid,
        username: &str,
        name: &str,
        rows: &[PasskeyRow],
    ) -> Result<Asked, AppError> {
        let known: Vec<Passkey> =
            rows.iter().map(|row| read(&row.credential)).collect::<Result<_, StoreError>>()?;
        let exclude = known.iter().map(|passkey| passkey.cred_id().clone()).collect();
        let (options, state) = self
            .webauthn()?
            .start_passkey_registration(person, username, name, Some(exclude))
            .map_err(internal)?;
        Ok((public_key(options)?, serde_json::to_string(&state).map_err(internal)?))
    }

    /// The passkey that a browser has made: its id, and what is kept of it.
    pub(super) fn made(&self, state: &str, answer: &Json) -> Result<(String, String), AppError> {
        let state: PasskeyRegistration = read(state)?;
        let refused = AppError::Invalid("passkey", Fault::Passkey);
        let Ok(answer) = serde_json::from_str::<RegisterPublicKeyCredential>(answer.text()) else {
            return Err(refused);
        };
        let passkey = self.webauthn()?.finish_passkey_registration(&answer, &state).map_err(|error| {
            tracing::info!(event = "passkey_refused", %error, "a new passkey was refused");
            refused
        })?;
        let id = URL_SAFE_NO_PAD.encode(passkey.cred_id());
        Ok((id, serde_json::to_string(&passkey).map_err(internal)?))
    }
}

/// A passkey, for the page.
pub(super) fn shown(row: &PasskeyRow) -> second_factors::Passkey {
    second_factors::Passkey {
        id: row.id,
        name: row.name.clone(),
        created_at: row.created_at,
        used_at: row.used_at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_need_an_address_with_a_name() {
        assert!(Passkeys::at("http://localhost:8080").unwrap().can_be_used());
        assert!(Passkeys::at("https://chat.company.example").unwrap().can_be_used());
        assert!(!Passkeys::at("http://127.0.0.1:8080").unwrap().can_be_used());
        assert!(!Passkeys::at("http://[::1]:8080").unwrap().can_be_used());
    }
}
