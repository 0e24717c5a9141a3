//! Pictures that stand for files: a moment of a video, or a photo of a format that the server does not read (HEIC, AVIF). The
//! browser draws them where it can; the server draws them anew.

use futures::{
    channel::oneshot,
    future::{Either, select},
};
use gloo_timers::future::TimeoutFuture;
use js_sys::Promise;
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast as _, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, CanvasRenderingContext2d, EventTarget, File, HtmlCanvasElement, HtmlVideoElement, ImageBitmap, Url,
};

/// The longer side of a poster at most, in pixels: that of the larger preview.
const SIDE: f64 = 1_600.0;
/// How good the JPEG is, from 0 to 1.
const QUALITY: f64 = 0.85;
/// A browser that has not come to the moment by then does not play the video, in milliseconds.
const PATIENCE: u32 = 8_000;
/// The moment of a video that is shown, in seconds: its first picture is often black.
const MOMENT: f64 = 1.0;

/// A picture of a video; nothing where this browser does not play it.
pub async fn of_video(file: &File) -> Option<Blob> {
    let address = Url::create_object_url_with_blob(file).ok()?;
    let poster = moment(&address).await;
    // An address that was made can be given back.
    let _ = Url::revoke_object_url(&address);
    poster
}

async fn moment(address: &str) -> Option<Blob> {
    let video: HtmlVideoElement = document().create_element("video").ok()?.dyn_into().ok()?;
    video.set_muted(true);
    video.set_preload("auto");
    // Phones open a video that plays over the whole screen otherwise.
    video.set_attribute("playsinline", "").ok()?;
    let loaded = once(&video, "loadeddata");
    video.set_src(address);
    loaded.await?;
    let length = video.duration();
    let moment = if length.is_finite() { MOMENT.min(length / 4.0) } else { 0.0 };
    let sought = once(&video, "seeked");
    video.set_current_time(moment);
    sought.await?;
    let (width, height) = (f64::from(video.video_width()), f64::from(video.video_height()));
    let draw = |context: &CanvasRenderingContext2d, width, height| {
        context.draw_image_with_html_video_element_and_dw_and_dh(&video, 0.0, 0.0, width, height)
    };
    let poster = drawn(width, height, draw).await;
    // What was loaded is let go of.
    video.set_src("");
    poster
}

/// A picture of a photo; nothing where this browser does not read it.
pub async fn of_photo(file: &File) -> Option<Blob> {
    let reading = window().create_image_bitmap_with_blob(file).ok()?;
    let bitmap: ImageBitmap = JsFuture::from(reading).await.ok()?.unchecked_into();
    let draw = |context: &CanvasRenderingContext2d, width, height| {
        context.draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, 0.0, 0.0, width, height)
    };
    let poster = drawn(f64::from(bitmap.width()), f64::from(bitmap.height()), draw).await;
    bitmap.close();
    poster
}

/// What is drawn, no larger than a poster is, as JPEG.
async fn drawn(
    width: f64,
    height: f64,
    draw: impl Fn(&CanvasRenderingContext2d, f64, f64) -> Result<(), JsValue>,
) -> Option<Blob> {
    let longest = width.max(height);
    if longest < 1.0 {
        return None;
    }
    let scale = (SIDE / longest).min(1.0);
    let (width, height) = ((width * scale).round().max(1.0), (height * scale).round().max(1.0));
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    draw(&context, width, height).ok()?;
    let written = Promise::new(&mut |resolve, _| {
        let written = Closure::once_into_js(move |blob: JsValue| {
            // Whoever waits takes it.
            let _ = resolve.call1(&JsValue::NULL, &blob);
        });
        let quality = JsValue::from_f64(QUALITY);
        if canvas
            .to_blob_with_type_and_encoder_options(written.unchecked_ref(), "image/jpeg", &quality)
            .is_err()
        {
            web_sys::console::warn_1(&"a poster could not be written".into());
        }
    });
    match select(JsFuture::from(written), TimeoutFuture::new(PATIENCE)).await {
        Either::Left((blob, _)) => blob.ok()?.dyn_into().ok(),
        Either::Right(_) => None,
    }
}

/// Waits for an event of an element; nothing when it fails first, or takes too long.
fn once(target: &EventTarget, event: &'static str) -> impl Future<Output = Option<()>> + use<> {
    let (tell, told) = oneshot::channel();
    let mut tell = Some(tell);
    let target = target.clone();
    let heard = Closure::<dyn FnMut(web_sys::Event)>::new(move |heard: web_sys::Event| {
        if let Some(tell) = tell.take() {
            // Whoever waited may have gone.
            let _ = tell.send(heard.type_() != "error");
        }
    });
    for event in [event, "error"] {
        // Every element can be listened to.
        let _ = target.add_event_listener_with_callback(event, heard.as_ref().unchecked_ref());
    }
    async move {
        let came = match select(told, TimeoutFuture::new(PATIENCE)).await {
            Either::Left((came, _)) => came.unwrap_or_default(),
            Either::Right(_) => false,
        };
        for event in [event, "error"] {
            // What was added can be taken away.
            let _ = target.remove_event_listener_with_callback(event, heard.as_ref().unchecked_ref());
        }
        came.then_some(())
    }
}
