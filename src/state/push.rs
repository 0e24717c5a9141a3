//! The browser's side of Web Push: asking for the permission, subscribing and unsubscribing (Push API, W3C).

use crate::client::{self, ClientError};
use causeway_api::push::PushSubscription;
use leptos::prelude::window;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Notification, NotificationPermission, PushSubscriptionOptionsInit, ServiceWorkerRegistration};

/// Why it cannot be, as the id of a text.
pub type Reason = &'static str;

/// Whether this browser can tell of messages while no page is open.
pub fn is_supported() -> bool {
    let has = |name: &str| js_sys::Reflect::has(&js_sys::global(), &name.into()).unwrap_or(false);
    let has_worker = js_sys::Reflect::has(&window().navigator(), &"serviceWorker".into()).unwrap_or(false);
    has("PushManager") && has("Notification") && has_worker
}

/// Whether the person has said no in the browser.
pub fn is_refused() -> bool {
    is_supported() && Notification::permission() == NotificationPermission::Denied
}

fn failed(error: &JsValue) -> Reason {
    web_sys::console::warn_2(&"push".into(), error);
    "push-failed"
}

async fn registration() -> Result<ServiceWorkerRegistration, Reason> {
    let found = JsFuture::from(window().navigator().service_worker().get_registration());
    found.await.map_err(|it| failed(&it))?.dyn_into().map_err(|_| "push-no-worker")
}

/// Asks for the permission and subscribes with the server's key.
async fn subscribe(key: &str, shows_content: bool) -> Result<PushSubscription, Reason> {
    let asked = Notification::request_permission().map_err(|it| failed(&it))?;
    let answer = JsFuture::from(asked).await.map_err(|it| failed(&it))?;
    if answer.as_string().as_deref() != Some("granted") {
        return Err("push-refused");
    }
    let registration = registration().await?;
    let made = async {
        let options = PushSubscriptionOptionsInit::new();
        options.set_user_visible_only(true);
        options.set_application_server_key(&key.into());
        let manager = registration.push_manager()?;
        let subscription = JsFuture::from(manager.subscribe_with_options(&options)?).await?;
        let json = js_sys::JSON::stringify(&subscription)?;
        Ok::<_, JsValue>(String::from(json))
    };
    let json = made.await.map_err(|it| failed(&it))?;
    let made: serde_json::Value = serde_json::from_str(&json).unwrap_or_default();
    let part = |value: &serde_json::Value| value.as_str().map(str::to_owned).ok_or("push-failed");
    Ok(PushSubscription {
        endpoint: part(&made["endpoint"])?,
        p256dh: part(&made["keys"]["p256dh"])?,
        auth: part(&made["keys"]["auth"])?,
        shows_content,
    })
}

/// Subscribes in the browser and tells the server. The inner error is the browser's.
pub async fn turn_on(key: String, shows_content: bool) -> Result<Result<(), Reason>, ClientError> {
    match subscribe(&key, shows_content).await {
        Ok(subscription) => client::push::subscribe_push(&subscription).await.map(Ok),
        Err(reason) => Ok(Err(reason)),
    }
}

/// Ends the subscription of this browser, if there is one.
pub async fn unsubscribe() -> Result<(), Reason> {
    let registration = registration().await?;
    let ended = async {
        let kept = JsFuture::from(registration.push_manager()?.get_subscription()?).await?;
        if let Ok(kept) = kept.dyn_into::<web_sys::PushSubscription>() {
            JsFuture::from(kept.unsubscribe()?).await?;
        }
        Ok(())
    };
    ended.await.map_err(|it: JsValue| failed(&it))
}
