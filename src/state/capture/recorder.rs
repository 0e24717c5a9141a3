//! The microphone, and what it records: a piece every second, so that a crash loses no more.

use js_sys::{Array, Function, Object, Promise, Reflect};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast as _, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AnalyserNode, AudioContext, Blob, BlobEvent, BlobPropertyBag, MediaRecorder, MediaRecorderOptions,
    MediaStream, MediaStreamConstraints, MediaStreamTrack, RecordingState,
};

/// What browsers record, the best first: Opus goes to every channel as it is.
const FORMATS: [(&str, &str); 4] = [
    ("audio/webm;codecs=opus", "weba"),
    ("audio/ogg;codecs=opus", "ogg"),
    ("audio/mp4;codecs=mp4a.40.2", "m4a"),
    ("audio/mp4", "m4a"),
];
/// Enough for a voice.
const BITS_PER_SECOND: u32 = 24_000;
/// A piece, in milliseconds.
const PIECE: i32 = 1_000;
/// Samples that the level is taken from.
const SAMPLES: u32 = 1_024;

/// Why nothing is recorded, as the id of a text.
pub type Reason = &'static str;

fn reason(error: &JsValue) -> Reason {
    let name = Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string());
    match name.as_deref() {
        Some("NotAllowedError" | "SecurityError") => "microphone-refused",
        Some("NotFoundError" | "OverconstrainedError") => "microphone-none",
        _ => {
            web_sys::console::warn_2(&"microphone".into(), error);
            "microphone-failed"
        }
    }
}

/// The format that this browser records, and the end of a file's name for it.
fn format() -> Option<(&'static str, &'static str)> {
    let class: Function = Reflect::get(&js_sys::global(), &"MediaRecorder".into()).ok()?.dyn_into().ok()?;
    class.is_function().then_some(())?;
    FORMATS.into_iter().find(|(format, _)| MediaRecorder::is_type_supported(format))
}

/// The end of a file's name for a format.
pub fn extension(media: &str) -> &'static str {
    let container = media.split(';').next().unwrap_or_default();
    let known = FORMATS.into_iter().find(|(format, _)| format.starts_with(container));
    known.map_or("weba", |(_, extension)| extension)
}

/// Pieces of a recording as one file.
pub fn joined(pieces: &[Blob], media: &str) -> Option<Blob> {
    let options = BlobPropertyBag::new();
    options.set_type(media);
    let all: Array = pieces.iter().collect();
    Blob::new_with_blob_sequence_and_options(&all, &options).ok()
}

/// A recording under way. The microphone goes off when this is dropped.
pub struct Recorder {
    source: MediaRecorder,
    stream: MediaStream,
    context: AudioContext,
    analyser: AnalyserNode,
    extension: &'static str,
    pieces: Rc<RefCell<Vec<Blob>>>,
    _heard: Closure<dyn FnMut(BlobEvent)>,
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.source.set_ondataavailable(None);
        if self.source.state() != RecordingState::Inactive {
            // One that has stopped by itself is as good as stopped.
            let _ = self.source.stop();
        }
        for track in self.stream.get_tracks().iter() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
        // It closes later; nothing waits for it.
        let _ = self.context.close();
    }
}

impl Recorder {
    /// Asks for the microphone and begins. `on_piece` is given each second of it, with its number.
    pub async fn begin(on_piece: impl Fn(usize, &Blob) + 'static) -> Result<Self, Reason> {
        let (media, extension) = format().ok_or("microphone-unable")?;
        // Made while the press lasts: later it would stay silent.
        let begun = async {
            let context = AudioContext::new()?;
            let stream = microphone().await.inspect_err(|_| drop(context.close()))?;
            let options = MediaRecorderOptions::new();
            options.set_mime_type(media);
            options.set_audio_bits_per_second(BITS_PER_SECOND);
            let recorder =
                MediaRecorder::new_with_media_stream_and_media_recorder_options(&stream, &options)?;
            let pieces = Rc::new(RefCell::new(Vec::new()));
            let into = pieces.clone();
            let heard = Closure::new(move |event: BlobEvent| {
                let Some(piece) = event.data().filter(|piece| piece.size() > 0.0) else { return };
                let number = into.borrow().len();
                on_piece(number, &piece);
                into.borrow_mut().push(piece);
            });
            recorder.set_ondataavailable(Some(heard.as_ref().unchecked_ref()));
            let analyser = context.create_analyser()?;
            analyser.set_fft_size(SAMPLES);
            context.create_media_stream_source(&stream)?.connect_with_audio_node(&analyser)?;
            // The level shows when the browser lets sound run; the recording does not wait for it.
            let _ = context.resume()?;
            recorder.start_with_time_slice(PIECE)?;
            Ok(Self { source: recorder, stream, context, analyser, extension, pieces, _heard: heard })
        };
        begun.await.map_err(|error: JsValue| reason(&error))
    }

    /// How loud it is now, from 0 to 255.
    pub fn level(&self) -> u8 {
        let mut samples = [0_u8; SAMPLES as usize];
        self.analyser.get_byte_time_domain_data(&mut samples);
        // Silence is in the middle.
        let loudest = samples.iter().map(|sample| sample.abs_diff(128)).max().unwrap_or_default();
        loudest.saturating_mul(2)
    }

    /// Waits; `false` while it cannot.
    pub fn pause(&self) -> bool {
        self.source.pause().is_ok()
    }

    /// Goes on.
    pub fn resume(&self) -> bool {
        self.source.resume().is_ok()
    }

    /// Everything up to now.
    pub async fn so_far(&self) -> Option<Blob> {
        if self.source.state() != RecordingState::Inactive {
            self.told("dataavailable", || self.source.request_data()).await;
        }
        joined(&self.pieces.borrow(), &self.source.mime_type())
    }

    /// Whether it has ended by itself: the microphone was unplugged, or is not allowed any more.
    pub fn is_over(&self) -> bool {
        self.source.state() == RecordingState::Inactive
    }

    /// Ends it. Returns the recording, and the end of a file's name for it.
    pub async fn end(&self) -> Option<(Blob, &'static str)> {
        if self.source.state() != RecordingState::Inactive {
            self.told("stop", || self.source.stop()).await;
        }
        let whole = joined(&self.pieces.borrow(), &self.source.mime_type())?;
        Some((whole, self.extension))
    }

    /// Does something, and waits until the recorder has told of it.
    async fn told(&self, event: &str, act: impl Fn() -> Result<(), JsValue>) {
        let told = Promise::new(&mut |resolve, _| {
            let options = web_sys::AddEventListenerOptions::new();
            options.set_once(true);
            let listening = self
                .source
                .add_event_listener_with_callback_and_add_event_listener_options(event, &resolve, &options);
            if listening.is_err() || act().is_err() {
                // Nothing will be told.
                let _ = resolve.call0(&JsValue::NULL);
            }
        });
        // It is only ever resolved.
        let _ = JsFuture::from(told).await;
    }
}

async fn microphone() -> Result<MediaStream, JsValue> {
    let wanted = Object::new();
    Reflect::set(&wanted, &"channelCount".into(), &1.into())?;
    Reflect::set(&wanted, &"echoCancellation".into(), &true.into())?;
    Reflect::set(&wanted, &"noiseSuppression".into(), &true.into())?;
    let constraints = MediaStreamConstraints::new();
    constraints.set_audio(&wanted);
    let devices = leptos::prelude::window().navigator().media_devices()?;
    Ok(JsFuture::from(devices.get_user_media_with_constraints(&constraints)?).await?.unchecked_into())
}
