//! Public registration: its settings, and what registrants go through.

use super::{OtherSession, Result, decode, encode, get, identity, open_door, post, put, send};
use causeway_api::{
    paths::{self, Side},
    registration::{
        ChangeRegistration, ConfirmRegistration, Register, Registered, Registration, RegistrationCode,
        RegistrationForm,
    },
};
use gloo_net::http::Method;

/// The settings.
pub async fn get_registration() -> Result<Registration> {
    get(paths::ADMIN_REGISTRATION).await
}

/// Changes the settings.
pub async fn change_registration(new: &ChangeRegistration) -> Result<Registration> {
    put(paths::ADMIN_REGISTRATION, new).await
}

/// Makes another registration link.
pub async fn renew_link() -> Result<Registration> {
    decode(send(Method::POST, paths::ADMIN_REGISTRATION_LINK, None).await?).await
}

/// The form at a link.
pub async fn describe_form(token: &str) -> Result<RegistrationForm> {
    get(&paths::REGISTRATION.replace("{token}", token)).await
}

/// Name and e-mail.
pub async fn register(token: &str, typed: &Register) -> Result<RegistrationCode> {
    post(&paths::REGISTRATION.replace("{token}", token), typed).await
}

/// The registration of this browser that waits for its code. Sends nothing.
pub async fn waiting_code() -> Result<RegistrationCode> {
    get(paths::REGISTRATION_CODE).await
}

/// Another code.
pub async fn resend_code() -> Result<RegistrationCode> {
    decode(send(Method::POST, paths::REGISTRATION_CODE, None).await?).await
}

/// The code, and the password where one is asked for.
pub async fn confirm_code(code: String, password: Option<String>, other: OtherSession) -> Result<Registered> {
    let body = encode(&ConfirmRegistration { code, password })?;
    let done = decode(open_door(Method::PUT, paths::REGISTRATION_CODE, body, other).await?).await?;
    identity::notify_other_tabs(Side::Portal);
    Ok(done)
}
