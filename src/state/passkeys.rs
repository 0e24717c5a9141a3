//! The browser's own authenticator (Web Authentication, Level 3): making a passkey and using one.

use causeway_api::{json::Json, validate::Fault};
use leptos::prelude::window;
use serde_json::Value;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = PublicKeyCredential, js_name = parseCreationOptionsFromJSON, catch)]
    fn parse_creation_options(options: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = PublicKeyCredential, js_name = parseRequestOptionsFromJSON, catch)]
    fn parse_request_options(options: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["navigator", "credentials"], js_name = create, catch)]
    async fn create_credential(options: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["navigator", "credentials"], js_name = get, catch)]
    async fn get_credential(options: &JsValue) -> Result<JsValue, JsValue>;
}

/// Why there is no passkey, as the id of a text.
pub type Reason = &'static str;

/// Whether the browser knows passkeys: they need a secure page, and a browser of 2024 or later.
pub fn are_supported() -> bool {
    js_sys::Reflect::get(&js_sys::global(), &"PublicKeyCredential".into()).is_ok_and(|class| {
        js_sys::Reflect::has(&class, &"parseCreationOptionsFromJSON".into()).unwrap_or(false)
    })
}

/// What went wrong. The browser does not tell a refusal from a time-out, so that pages cannot find out who has which.
fn reason(error: &JsValue) -> Reason {
    let name = js_sys::Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string());
    match name.as_deref() {
        Some("InvalidStateError") => Fault::PasskeyThere.as_str(),
        Some("NotAllowedError" | "AbortError") => "passkey-cancelled",
        _ => {
            web_sys::console::warn_2(&"passkey".into(), error);
            "passkey-failed"
        }
    }
}

fn in_public_key(options: &JsValue) -> Result<JsValue, JsValue> {
    let wrapped = js_sys::Object::new();
    js_sys::Reflect::set(&wrapped, &"publicKey".into(), options)?;
    Ok(wrapped.into())
}

fn to_js(options: &Json) -> Result<JsValue, JsValue> {
    js_sys::JSON::parse(options.text())
}

fn from_js(credential: &JsValue) -> Result<Json, JsValue> {
    // The credential writes itself as JSON by its method `toJSON`.
    let text = js_sys::JSON::stringify(credential)?;
    Json::parse(String::from(text)).ok_or_else(|| "the credential is no JSON".into())
}

/// Makes a passkey; returns `RegistrationResponseJSON`.
pub async fn create(options: &Json) -> Result<Json, Reason> {
    let made = async {
        let options = in_public_key(&parse_creation_options(&to_js(options)?)?)?;
        from_js(&create_credential(&options).await?)
    };
    made.await.map_err(|error| reason(&error))
}

/// Uses a passkey; returns `AuthenticationResponseJSON`.
pub async fn get(options: &Json) -> Result<Json, Reason> {
    let used = async {
        let options = in_public_key(&parse_request_options(&to_js(options)?)?)?;
        from_js(&get_credential(&options).await?)
    };
    used.await.map_err(|error| reason(&error))
}

fn random_base64url(length: u32) -> Result<String, JsValue> {
    let mut bytes = vec![0; length as usize];
    window().crypto()?.get_random_values_with_u8_array(&mut bytes)?;
    let text: String = bytes.into_iter().map(char::from).collect();
    let encoded = window().btoa(&text)?;
    Ok(encoded.replace('+', "-").replace('/', "_").trim_end_matches('=').to_owned())
}

/// The bytes behind base64url without padding; nothing when it is none.
fn from_base64url(text: &str) -> Option<Vec<u8>> {
    let text = window().atob(&text.replace('-', "+").replace('_', "/")).ok()?;
    text.chars().map(|char| u8::try_from(u32::from(char)).ok()).collect()
}

/// Whether this device has a lock of its own that a page can ask for.
pub async fn has_device_lock() -> bool {
    if !are_supported() {
        return false;
    }
    let asked = async {
        let class = js_sys::Reflect::get(&js_sys::global(), &"PublicKeyCredential".into())?;
        let ask: js_sys::Function =
            js_sys::Reflect::get(&class, &"isUserVerifyingPlatformAuthenticatorAvailable".into())?
                .dyn_into()?;
        wasm_bindgen_futures::JsFuture::from(ask.call0(&class)?.dyn_into::<js_sys::Promise>()?).await
    };
    asked.await.is_ok_and(|answer: JsValue| answer.as_bool() == Some(true))
}

fn written(options: &Value) -> Result<Json, Reason> {
    Json::parse(options.to_string()).ok_or("passkey-failed")
}

fn read(answer: &Json) -> Value {
    serde_json::from_str(answer.text()).unwrap_or_default()
}

/// Makes a credential that stays on this device and is known to no one else; returns its id.
pub async fn create_for_device(name: &str) -> Result<String, Reason> {
    let (challenge, id) =
        (random_base64url(32).map_err(|it| reason(&it))?, random_base64url(16).map_err(|it| reason(&it))?);
    let options = serde_json::json!({
        "challenge": challenge,
        "rp": { "name": "Causeway" },
        "user": { "id": id, "name": name, "displayName": name },
        "pubKeyCredParams": [{ "type": "public-key", "alg": -7 }, { "type": "public-key", "alg": -257 }],
        "authenticatorSelection": {
            "authenticatorAttachment": "platform", "userVerification": "required", "residentKey": "discouraged",
        },
        "attestation": "none",
    });
    let made = read(&create(&written(&options)?).await?);
    made["id"].as_str().map(str::to_owned).ok_or("passkey-failed")
}

/// Asks the device's own lock for its person. The signature is not checked: whoever could forge it here could as well
/// take the lock out of the page.
pub async fn confirm_on_device(credential: &str) -> Result<bool, Reason> {
    let challenge = random_base64url(32).map_err(|it| reason(&it))?;
    let options = serde_json::json!({
        "challenge": challenge,
        "allowCredentials": [{ "type": "public-key", "id": credential }],
        "userVerification": "required",
    });
    let used = read(&get(&written(&options)?).await?);
    let part = |name: &str| from_base64url(used["response"][name].as_str()?);
    let Some((data, authenticator)) = part("clientDataJSON").zip(part("authenticatorData")) else {
        return Ok(false);
    };
    let data: Value = serde_json::from_slice(&data).unwrap_or_default();
    // Bit 2 of the flags behind the 32 bytes of the hash: the user was verified (section 6.1).
    let is_verified = authenticator.get(32).is_some_and(|flags| flags & 0b100 != 0);
    Ok(is_verified && data["challenge"] == challenge.as_str() && data["type"] == "webauthn.get")
}
