//! The packets of a recording: WebM and Ogg with Opus, MP4 with Opus or AAC.

use super::{LONGEST, Opus, RATE, SAMPLE_RATE, samples_of};
use opus_rs::{Application, OpusEncoder};
use std::io::Cursor;
use symphonia::core::{
    audio::Channels,
    codecs::audio::{AudioCodecParameters, AudioDecoderOptions, well_known::CODEC_ID_OPUS},
    formats::{FormatOptions, FormatReader, TrackType, probe::Hint},
    io::{MediaSourceStream, MediaSourceStreamOptions},
    meta::MetadataOptions,
    packet::Packet,
};

/// Samples of a packet that is encoded here (20 ms).
const FRAME: usize = RATE / 50;
/// Bits of a second that is encoded here: enough for a voice.
const BIT_RATE: i32 = 24_000;
/// Most bytes of a packet (RFC 6716, 3.4).
const PACKET_BYTES: usize = 1_275;

/// The Opus of a recording. What was cut off ends where it was cut.
pub(super) fn opus(bytes: Vec<u8>) -> Option<Opus> {
    let source = MediaSourceStream::new(Box::new(Cursor::new(bytes)), MediaSourceStreamOptions::default());
    let mut format = symphonia::default::get_probe()
        .probe(&Hint::new(), source, FormatOptions::default(), MetadataOptions::default())
        .ok()?;
    let track = format.default_track(TrackType::Audio)?;
    let (id, parameters) = (track.id, track.codec_params.as_ref()?.audio()?.clone());
    let read = if parameters.codec == CODEC_ID_OPUS {
        as_it_is(format.as_mut(), id, &parameters)?
    } else {
        encoded_anew(format.as_mut(), id, &parameters)?
    };
    (!read.packets.is_empty()).then_some(read)
}

fn as_it_is(format: &mut dyn FormatReader, track: u32, parameters: &AudioCodecParameters) -> Option<Opus> {
    let head = parameters.extra_data.as_deref().unwrap_or_default();
    let (channels, pre_skip) = match head.strip_prefix(b"OpusHead") {
        // As MP4 has it, the highest byte is the first (Opus in ISOBMFF, 4.3.2: version 0).
        Some([0, channels, high, low, ..]) => (*channels, u16::from_be_bytes([*high, *low])),
        Some([_version, channels, low, high, ..]) => (*channels, u16::from_le_bytes([*low, *high])),
        _ => (u8::try_from(parameters.channels.as_ref().map_or(1, Channels::count)).ok()?, 0),
    };
    let mut packets = Vec::new();
    while let Some(packet) = next(format, track) {
        // What is no packet of Opus, such as an empty one at the end, says no length.
        if samples_of(&packet.data).is_some() {
            packets.push(packet.data);
        }
    }
    (1..=2).contains(&channels).then_some(Opus { channels, pre_skip, packets })
}

/// Decodes, and encodes what was said as Opus with one channel.
fn encoded_anew(
    format: &mut dyn FormatReader,
    track: u32,
    parameters: &AudioCodecParameters,
) -> Option<Opus> {
    let codecs = symphonia::default::get_codecs();
    let mut decoder = codecs.make_audio_decoder(parameters, &AudioDecoderOptions::default()).ok()?;
    let (mut heard, mut rate) = (Vec::<f32>::new(), 0_usize);
    let mut samples = Vec::<f32>::new();
    while let Some(packet) = next(format, track) {
        let Ok(sound) = decoder.decode(&packet) else { continue };
        rate = usize::try_from(sound.spec().rate()).ok()?;
        let channels = u16::try_from(sound.spec().channels().count()).ok()?.max(1);
        let mean = |frame: &[f32]| frame.iter().sum::<f32>() / f32::from(channels);
        sound.copy_to_vec_interleaved(&mut samples);
        heard.extend(samples.chunks_exact(usize::from(channels)).map(mean));
        if heard.len() > rate * usize::try_from(LONGEST / 1_000).ok()? {
            return None;
        }
    }
    encode(&at_rate(&heard, rate)?)
}

/// The same sound with as many samples in a second as Opus has, each between the two nearest.
fn at_rate(heard: &[f32], rate: usize) -> Option<Vec<f32>> {
    if rate == 0 || heard.is_empty() {
        return None;
    }
    let length = heard.len() * RATE / rate;
    let sample = |place: usize| {
        let (before, rest) = (place * rate / RATE, place * rate % RATE);
        let (one, next) = (heard[before], heard.get(before + 1).copied().unwrap_or_default());
        one + (next - one) * share(rest)
    };
    Some((0..length).map(sample).collect())
}

/// How far one sample is behind another, of which there are as many in a second as Opus has.
fn share(rest: usize) -> f32 {
    f32::from(u16::try_from(rest).unwrap_or(u16::MAX)) / f32::from(u16::try_from(RATE).unwrap_or(u16::MAX))
}

fn encode(samples: &[f32]) -> Option<Opus> {
    let mut encoder = OpusEncoder::new(SAMPLE_RATE, 1, Application::Voip).ok()?;
    encoder.bitrate_bps = BIT_RATE;
    let (mut packets, mut frame) = (Vec::new(), [0_f32; FRAME]);
    for piece in samples.chunks(FRAME) {
        frame.fill(0.0);
        frame[..piece.len()].copy_from_slice(piece);
        let mut packet = [0_u8; PACKET_BYTES];
        let length = encoder.encode(&frame, FRAME, &mut packet).ok()?;
        packets.push(packet[..length].into());
    }
    Some(Opus { channels: 1, pre_skip: 0, packets })
}

/// The next packet of a track; nothing at the end, and where a recording was cut off.
fn next(format: &mut dyn FormatReader, track: u32) -> Option<Packet> {
    while let Ok(Some(packet)) = format.next_packet() {
        if packet.track_id == track {
            return Some(packet);
        }
    }
    None
}
