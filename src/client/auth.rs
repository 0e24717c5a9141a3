//! Signing in and out, and the links that let someone in.

use super::{
    OtherSession, Result, decode, delete, encode, exchange, get, identity, open_door, post, post_quietly,
    send,
};
use causeway_api::{
    auth::{
        ChangePassword, CodeSent, ConfirmCode, ForgotPassword, LogIn, OpenLink, Session, SetPassword,
        UpdateProfile, Welcome,
    },
    paths::{self, Side},
};
use gloo_net::http::{Method, RequestBuilder};

/// Checks company, user name and password; a code is sent.
pub async fn log_in(typed: &LogIn) -> Result<CodeSent> {
    post(paths::LOGIN, typed).await
}

/// The sign-in of this browser that waits for its code. Sends nothing.
pub async fn waiting_code() -> Result<CodeSent> {
    get(paths::LOGIN_CODE).await
}

/// Confirms the code and opens the session.
pub async fn confirm_code(answer: &ConfirmCode) -> Result<Session> {
    let session = post(paths::LOGIN_CODE, answer).await?;
    identity::notify_other_tabs(Side::Portal);
    Ok(session)
}

/// Asks for another code.
pub async fn resend_code() -> Result<CodeSent> {
    decode(send(Method::POST, paths::LOGIN_RESEND, None).await?).await
}

/// Who is signed in on a side. The page is for this person from then on.
pub async fn session(side: Side) -> Result<Session> {
    let session: Session = get(side.session()).await?;
    identity::adopt(session.me.id)?;
    Ok(session)
}

/// Who is signed in on a side, whomever the page is for.
pub async fn whoever_is_signed_in(side: Side) -> Result<Session> {
    decode(exchange(RequestBuilder::new(side.session()), None).await?).await
}

/// Signs out.
pub async fn sign_out(side: Side) -> Result<()> {
    delete(side.session()).await?;
    identity::notify_other_tabs(side);
    Ok(())
}

/// What a welcome link is for.
pub async fn open_welcome(token: String) -> Result<Welcome> {
    post(paths::WELCOME, &OpenLink { token }).await
}

/// Sets the first password.
pub async fn set_password(token: String, password: String) -> Result<()> {
    post_quietly(paths::WELCOME_PASSWORD, &SetPassword { token, password }).await
}

/// Asks for a link that sets another password.
pub async fn forgot_password(company: String, username: String) -> Result<()> {
    post_quietly(paths::PASSWORD_RESET, &ForgotPassword { company, username }).await
}

/// What a reset link is for.
pub async fn open_reset(token: String) -> Result<Welcome> {
    post(paths::PASSWORD_RESET_LINK, &OpenLink { token }).await
}

/// Sets another password with a reset link.
pub async fn reset_password(token: String, password: String) -> Result<()> {
    let body = encode(&SetPassword { token, password })?;
    send(Method::PUT, paths::PASSWORD_RESET_LINK, body).await.map(|_| ())
}

/// Another password for the signed-in person.
pub async fn change_password(old: Option<String>, new: String) -> Result<()> {
    let body = encode(&ChangePassword { old, new })?;
    send(Method::PUT, paths::PASSWORD, body).await.map(|_| ())
}

/// Opens the client's web chat.
pub async fn open_client_link(token: String, other: OtherSession) -> Result<()> {
    open_door(Method::POST, paths::CLIENT_OPEN, encode(&OpenLink { token })?, other).await?;
    identity::notify_other_tabs(Side::Client);
    Ok(())
}

/// The language of the signed-in person.
pub async fn update_profile(language: String) -> Result<()> {
    let body = encode(&UpdateProfile { language })?;
    send(Method::PUT, paths::PROFILE, body).await.map(|_| ())
}
