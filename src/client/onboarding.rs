//! How a client completes an invitation.

use super::{OtherSession, Result, decode, encode, get, identity, open_door, post, put, send};
use causeway_api::{
    auth::{ConfirmCode, OpenLink},
    onboarding::{Onboarded, OnboardingCode, OnboardingStart, OpenedInvitation, StartOnboarding},
    paths::{self, Side},
};
use gloo_net::http::Method;

fn of(company: &str) -> String {
    paths::ONBOARDING
        .replace("{company}", &js_sys::encode_uri_component(company).as_string().unwrap_or_default())
}

/// What the page shows first.
pub async fn describe(company: &str) -> Result<OnboardingStart> {
    get(&of(company)).await
}

/// Asks for a code.
pub async fn start(company: &str, typed: &StartOnboarding) -> Result<OnboardingCode> {
    post(&of(company), typed).await
}

/// What the link of an invitation leads to. Sends nothing.
pub async fn open(token: String) -> Result<OpenedInvitation> {
    post(paths::ONBOARDING_INVITATION, &OpenLink { token }).await
}

/// Has a code sent to whom the invitation is for.
pub async fn send_code(token: String) -> Result<OnboardingCode> {
    put(paths::ONBOARDING_INVITATION, &OpenLink { token }).await
}

/// The code that is in force in this browser. Sends nothing.
pub async fn waiting_code() -> Result<OnboardingCode> {
    get(paths::ONBOARDING_CODE).await
}

/// Asks for another code.
pub async fn resend() -> Result<OnboardingCode> {
    decode(send(Method::POST, paths::ONBOARDING_CODE, None).await?).await
}

/// Confirms the code: the channel is linked.
pub async fn confirm(code: String, other: OtherSession) -> Result<Onboarded> {
    let body = encode(&ConfirmCode::of(code))?;
    let done = decode(open_door(Method::PUT, paths::ONBOARDING_CODE, body, other).await?).await?;
    identity::notify_other_tabs(Side::Client);
    Ok(done)
}
