//! What someone signs in with beside the password, and confirming it once more.

use super::{Result, decode, delete, get, put, send};
use causeway_api::{
    PersonId,
    auth::{CodeSent, ConfirmCode},
    paths,
    second_factors::{
        AuthenticatorSetup, ConfirmAuthenticator, NewPasskey, PasskeyOptions, RecoveryCodes, SecondFactors,
    },
};
use gloo_net::http::Method;
use uuid::Uuid;

/// What the caller has set up.
pub async fn list_second_factors() -> Result<SecondFactors> {
    get(paths::SECOND_FACTORS).await
}

/// Begins to set up an authenticator app.
pub async fn begin_authenticator() -> Result<AuthenticatorSetup> {
    decode(send(Method::POST, paths::AUTHENTICATOR, None).await?).await
}

/// Takes its first code; recovery codes come back if there were none.
pub async fn confirm_authenticator(code: String) -> Result<RecoveryCodes> {
    put(paths::AUTHENTICATOR, &ConfirmAuthenticator { code }).await
}

/// Takes the authenticator app away.
pub async fn remove_authenticator() -> Result<()> {
    delete(paths::AUTHENTICATOR).await
}

/// Puts new recovery codes in the place of the old ones.
pub async fn renew_recovery_codes() -> Result<RecoveryCodes> {
    decode(send(Method::POST, paths::RECOVERY_CODES, None).await?).await
}

/// Begins to make a passkey.
pub async fn begin_passkey() -> Result<PasskeyOptions> {
    decode(send(Method::POST, paths::PASSKEYS, None).await?).await
}

/// Adds the passkey that the browser has made; recovery codes come back if there were none.
pub async fn add_passkey(new: &NewPasskey) -> Result<RecoveryCodes> {
    put(paths::PASSKEYS, new).await
}

/// Takes a passkey away.
pub async fn remove_passkey(id: Uuid) -> Result<()> {
    delete(&paths::passkey(id)).await
}

/// Takes everything away from a user who has lost it all.
pub async fn reset_second_factors(person: PersonId) -> Result<()> {
    delete(&paths::USER_SECOND_FACTORS.replace("{person}", &person.to_string())).await
}

/// Asks to confirm once more who is there: a code is sent where there is nothing stronger.
pub async fn begin_step_up() -> Result<CodeSent> {
    decode(send(Method::POST, paths::SESSION_CODE, None).await?).await
}

/// Takes the answer.
pub async fn confirm_step_up(answer: &ConfirmCode) -> Result<()> {
    let body = super::encode(answer)?;
    send(Method::PUT, paths::SESSION_CODE, body).await.map(|_| ())
}
