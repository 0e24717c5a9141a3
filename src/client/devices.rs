//! Connected devices, and linking one: at the portal and on the phone.

use super::{OtherSession, Result, decode, delete, encode, get, identity, open_door, post, put, send};
use causeway_api::{
    auth::{CodeSent, ConfirmCode, Session},
    devices::{
        Activation, ActivationLogIn, ConfirmNumber, DeviceLink, DeviceList, LinkCode, OpenActivation,
        RenameDevice, ThisDevice,
    },
    paths::{self, Side},
};
use gloo_net::http::Method;
use uuid::Uuid;

/// The connected devices.
pub async fn list_devices() -> Result<DeviceList> {
    get(paths::DEVICES).await
}

/// Gives a device another name.
pub async fn rename_device(id: Uuid, name: String) -> Result<()> {
    let body = encode(&RenameDevice { name })?;
    send(Method::PUT, &paths::device(id), body).await.map(|_| ())
}

/// Signs a device out.
pub async fn unlink_device(id: Uuid) -> Result<()> {
    delete(&paths::device(id)).await
}

/// Signs every other device out.
pub async fn unlink_other_devices() -> Result<()> {
    delete(paths::DEVICES).await
}

/// Makes a code that links one device.
pub async fn begin_link() -> Result<LinkCode> {
    decode(send(Method::POST, paths::DEVICE_LINKS, None).await?).await
}

/// How far a link is.
pub async fn get_link(id: Uuid) -> Result<DeviceLink> {
    get(&paths::device_link(id)).await
}

/// Compares the number that the phone shows.
pub async fn confirm_link(id: Uuid, number: String) -> Result<()> {
    let body = encode(&ConfirmNumber { number })?;
    send(Method::PUT, &paths::device_link(id), body).await.map(|_| ())
}

/// Refuses a device, or takes a code back.
pub async fn refuse_link(id: Uuid) -> Result<()> {
    delete(&paths::device_link(id)).await
}

/// Whether this device is linked.
pub async fn this_device() -> Result<ThisDevice> {
    get(paths::ACTIVATION_DEVICE).await
}

/// How far the link of this phone is.
pub async fn get_activation() -> Result<Activation> {
    get(paths::ACTIVATION).await
}

/// Shows a code or the secret of a QR code.
pub async fn open_activation(shown: &OpenActivation) -> Result<Activation> {
    post(paths::ACTIVATION, shown).await
}

/// Checks user name and password on the phone; a sign-in code is sent.
pub async fn activation_log_in(typed: &ActivationLogIn) -> Result<CodeSent> {
    post(paths::ACTIVATION_LOGIN, typed).await
}

/// Asks for another sign-in code.
pub async fn resend_activation_code() -> Result<CodeSent> {
    decode(send(Method::POST, paths::ACTIVATION_CODE, None).await?).await
}

/// Confirms the sign-in code; the number to compare comes back.
pub async fn confirm_activation_code(answer: &ConfirmCode) -> Result<Activation> {
    put(paths::ACTIVATION_CODE, answer).await
}

/// Completes linking and opens a session, once the portal has confirmed the number.
pub async fn finish_activation(other: OtherSession) -> Result<Session> {
    let done = decode(open_door(Method::POST, paths::ACTIVATION_SESSION, None, other).await?).await?;
    identity::notify_other_tabs(Side::Portal);
    Ok(done)
}
