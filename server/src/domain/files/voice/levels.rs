//! How loud a voice note is over time.

use super::{Opus, SAMPLE_RATE, samples_of};
use causeway_api::files::VOICE_PEAKS;
use opus_rs::OpusDecoder;
use std::fmt::Write as _;

/// Most samples of a packet for each channel (120 ms).
const PACKET_MAX: usize = 5_760;
/// A note that is never louder than this is drawn as quiet as it is.
const SILENCE: f32 = 0.01;

/// The loudest samples of as many stretches as a note is drawn with, the loudest of all being 255, in hex. `None` for what
/// cannot be decoded.
pub(super) fn peaks(opus: &Opus) -> Option<String> {
    let channels = usize::from(opus.channels);
    let mut decoder = OpusDecoder::new(SAMPLE_RATE, channels).ok()?;
    let (whole, mut at) = (opus.samples()?, 0);
    let mut peaks = [0_f32; VOICE_PEAKS];
    let mut samples = vec![0_f32; PACKET_MAX * channels];
    for packet in &opus.packets {
        // A packet that is broken is silent, as in a player.
        let length = decoder.decode(packet, PACKET_MAX, &mut samples).unwrap_or_default();
        for (number, frame) in samples.chunks_exact(channels).take(length).enumerate() {
            let place = ((at + number) * VOICE_PEAKS / whole).min(VOICE_PEAKS - 1);
            let loudest = frame.iter().fold(0_f32, |most, sample| most.max(sample.abs()));
            peaks[place] = peaks[place].max(loudest);
        }
        at += samples_of(packet)?;
    }
    let most = peaks.iter().copied().fold(SILENCE, f32::max);
    Some(peaks.iter().fold(String::with_capacity(2 * VOICE_PEAKS), |mut hex, peak| {
        // Writing into a string never fails.
        let _ = write!(hex, "{:02x}", level(peak / most));
        hex
    }))
}

/// A share of the loudest, as a byte.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the share is between 0 and 1")]
fn level(share: f32) -> u8 {
    (share.clamp(0.0, 1.0) * 255.0) as u8
}
