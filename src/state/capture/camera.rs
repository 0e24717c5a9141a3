//! The camera, and QR codes that it sees. The browser's own detector is asked where there is one (Shape Detection API);
//! else a decoder of ours is loaded, which `shell/bundle.js` knows the address of.

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    CanvasRenderingContext2d, HtmlCanvasElement, HtmlVideoElement, MediaStream, MediaStreamConstraints,
    MediaStreamTrack,
};

/// Longest side of the picture that is decoded, in pixels: enough for a code that fills a third of it.
const SIDE: u32 = 640;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = causewayScanner, catch)]
    fn load_scanner() -> Result<Promise, JsValue>;
}

/// A camera that is on. It goes off when this is dropped.
pub struct Camera(MediaStream);

impl Drop for Camera {
    fn drop(&mut self) {
        for track in self.0.get_tracks().iter() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
    }
}

/// Why there is no picture, as the id of a text.
pub type Reason = &'static str;

fn reason(error: &JsValue) -> Reason {
    let name = Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string());
    match name.as_deref() {
        Some("NotAllowedError" | "SecurityError") => "camera-refused",
        Some("NotFoundError" | "OverconstrainedError") => "camera-none",
        _ => {
            web_sys::console::warn_2(&"camera".into(), error);
            "camera-failed"
        }
    }
}

impl Camera {
    /// Asks for the camera at the back of the phone and shows it.
    pub async fn show_in(video: &HtmlVideoElement) -> Result<Self, Reason> {
        let shown = async {
            let wanted = Object::new();
            Reflect::set(&wanted, &"facingMode".into(), &"environment".into())?;
            let constraints = MediaStreamConstraints::new();
            constraints.set_video(&wanted);
            let devices = leptos::prelude::window().navigator().media_devices()?;
            let stream = JsFuture::from(devices.get_user_media_with_constraints(&constraints)?).await?;
            let camera = Self(stream.unchecked_into());
            video.set_src_object(Some(&camera.0));
            JsFuture::from(video.play()?).await?;
            Ok(camera)
        };
        shown.await.map_err(|error: JsValue| reason(&error))
    }
}

/// What reads codes.
pub enum Reader {
    /// The browser's own detector.
    Browser(JsValue),
    /// Ours, and the canvas that pictures go through.
    Ours(Function, HtmlCanvasElement),
}

impl Reader {
    /// The browser's where it knows QR codes, else ours.
    pub async fn new() -> Result<Self, Reason> {
        if let Some(detector) = browsers_own().await {
            return Ok(Self::Browser(detector));
        }
        let loaded = async {
            let decode = JsFuture::from(load_scanner()?).await?;
            let canvas = leptos::prelude::document().create_element("canvas")?;
            Ok::<_, JsValue>(Self::Ours(decode.unchecked_into(), canvas.unchecked_into()))
        };
        loaded.await.map_err(|error| {
            web_sys::console::warn_2(&"scanner".into(), &error);
            "camera-no-scanner"
        })
    }

    /// The text of a QR code in what the camera shows now.
    pub async fn read(&self, video: &HtmlVideoElement) -> Result<Option<String>, JsValue> {
        match self {
            Self::Browser(detector) => {
                let detect: Function = Reflect::get(detector, &"detect".into())?.dyn_into()?;
                let found = detect.call1(detector, video)?.dyn_into::<Promise>()?;
                let first = JsFuture::from(found).await?.unchecked_into::<Array>().get(0);
                if first.is_undefined() {
                    return Ok(None);
                }
                Ok(Reflect::get(&first, &"rawValue".into())?.as_string())
            }
            Self::Ours(decode, canvas) => {
                let Some((grey, width, height)) = picture(video, canvas)? else { return Ok(None) };
                let grey = Uint8Array::from(grey.as_slice());
                Ok(decode.call3(&JsValue::NULL, &grey, &width.into(), &height.into())?.as_string())
            }
        }
    }
}

async fn browsers_own() -> Option<JsValue> {
    let class: Function = Reflect::get(&js_sys::global(), &"BarcodeDetector".into()).ok()?.dyn_into().ok()?;
    let formats: Function = Reflect::get(&class, &"getSupportedFormats".into()).ok()?.dyn_into().ok()?;
    let formats = JsFuture::from(formats.call0(&class).ok()?.dyn_into::<Promise>().ok()?).await.ok()?;
    if !formats.unchecked_into::<Array>().includes(&"qr_code".into(), 0) {
        return None;
    }
    let options = Object::new();
    Reflect::set(&options, &"formats".into(), &Array::of1(&"qr_code".into())).ok()?;
    Reflect::construct(&class, &Array::of1(&options)).ok()
}

/// What the video shows, as grey values, small enough to decode several times a second.
fn picture(
    video: &HtmlVideoElement,
    canvas: &HtmlCanvasElement,
) -> Result<Option<(Vec<u8>, u32, u32)>, JsValue> {
    let (width, height) = (video.video_width(), video.video_height());
    if width == 0 || height == 0 {
        return Ok(None);
    }
    let scale = (f64::from(SIDE) / f64::from(width.max(height))).min(1.0);
    let (width, height) = ((f64::from(width) * scale) as u32, (f64::from(height) * scale) as u32);
    canvas.set_width(width);
    canvas.set_height(height);
    let options = Object::new();
    Reflect::set(&options, &"willReadFrequently".into(), &true.into())?;
    let context = canvas.get_context_with_context_options("2d", &options)?;
    let context: CanvasRenderingContext2d = context.ok_or("no canvas")?.unchecked_into();
    context.draw_image_with_html_video_element_and_dw_and_dh(
        video,
        0.0,
        0.0,
        f64::from(width),
        f64::from(height),
    )?;
    let pixels = context.get_image_data(0.0, 0.0, f64::from(width), f64::from(height))?.data();
    // Green is most of what eyes and sensors call brightness (ITU-R BT.601).
    let grey = pixels.chunks_exact(4).map(|pixel| pixel[1]).collect();
    Ok(Some((grey, width, height)))
}
