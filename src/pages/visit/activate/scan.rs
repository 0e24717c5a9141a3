//! Scanning the QR code with the camera.

use super::{Activating, Step};
use crate::{
    components::base::banner::ErrorBanner,
    i18n::t,
    state::capture::camera::{Camera, Reader},
};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use web_sys::HtmlVideoElement;

/// The pause between two pictures.
const PAUSE_MILLIS: u32 = 200;

/// Returns the secret in the address of a QR code, if the code belongs to this server.
fn secret_in(text: &str) -> Option<&str> {
    let origin = window().location().origin().ok()?;
    text.strip_prefix(&origin)?.strip_prefix("/activate#").filter(|secret| !secret.is_empty())
}

/// The camera, which reads the QR code at the portal, with a button to type the code instead.
#[component]
pub(super) fn ScanStep(activating: Activating) -> impl IntoView {
    let (fault, hint) = (RwSignal::new(None::<String>), RwSignal::new(t("scan-text")));
    let video = NodeRef::<leptos::html::Video>::new();
    let camera = StoredValue::new_local(None::<Camera>);
    let is_open = StoredValue::new(true);
    on_cleanup(move || {
        is_open.try_set_value(false);
        camera.try_update_value(Option::take);
    });
    video.on_load(move |video| {
        spawn_local(async move {
            if let Err(text) = watch(&video, camera, is_open, activating, hint).await {
                fault.try_set(Some(t(text)));
            }
        });
    });
    let type_instead = move |_| activating.step.set(Step::Code);
    view! {
        <section aria-labelledby="scan-title" class="auth__step">
            <div>
                <h2 class="auth__title" id="scan-title">{t("scan-title")}</h2>
                <p class="auth__text" role="status">{move || hint.get()}</p>
            </div>
            <ErrorBanner text=fault/>
            <video node_ref=video class="scan" class:scan--off=move || fault.with(Option::is_some) playsinline muted aria-label=t("scan-picture")></video>
            <button class="btn btn--lg btn--block" type="button" on:click=type_instead>{t("scan-type")}</button>
        </section>
    }
}

/// Reads pictures until one shows a code of this server, or the page is closed.
async fn watch(
    video: &HtmlVideoElement,
    camera: StoredValue<Option<Camera>, LocalStorage>,
    is_open: StoredValue<bool>,
    activating: Activating,
    hint: RwSignal<String>,
) -> Result<(), &'static str> {
    let on = Camera::show_in(video).await?;
    // The page may have been closed while permission was asked for: dropping the camera turns it off.
    if is_open.try_get_value() != Some(true) {
        return Ok(());
    }
    camera.try_update_value(|camera| *camera = Some(on));
    let reader = Reader::new().await?;
    while is_open.try_get_value() == Some(true) {
        match reader.read(video).await {
            Ok(Some(text)) => match secret_in(&text) {
                Some(secret) => {
                    camera.try_update_value(Option::take);
                    activating.open(secret.to_owned()).await;
                    return Ok(());
                }
                None => drop(hint.try_set(t("scan-other-code"))),
            },
            Ok(None) => {}
            Err(error) => {
                web_sys::console::warn_2(&"scanner".into(), &error);
                return Err("camera-no-scanner");
            }
        }
        TimeoutFuture::new(PAUSE_MILLIS).await;
    }
    Ok(())
}
