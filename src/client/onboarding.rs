//! How a client completes an invitation.

use super::{Result, decode, get, post, put, send};
use causeway_api::{
    auth::{ConfirmCode, OpenLink},
    onboarding::{Onboarded, OnboardingCode, OnboardingStart, StartOnboarding},
    paths,
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

/// Opens the link of an invitation, which asks for a code.
pub async fn open(token: String) -> Result<OnboardingCode> {
    post(paths::ONBOARDING_INVITATION, &OpenLink { token }).await
}

/// Asks for another code.
pub async fn resend() -> Result<OnboardingCode> {
    decode(send(Method::POST, paths::ONBOARDING_CODE, None).await?).await
}

/// Confirms the code: the channel is linked.
pub async fn confirm(code: String) -> Result<Onboarded> {
    put(paths::ONBOARDING_CODE, &ConfirmCode::of(code)).await
}
