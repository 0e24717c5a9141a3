//! Voice notes: how long they are, how loud they are over time, and the same sound as Ogg/Opus, which messaging services take.
//!
//! What was recorded stays as it came: it is evidence. Opus goes over packet by packet, as it is; AAC, which older Safari
//! records, is encoded anew.

mod levels;
mod ogg_file;
mod recorded;

use causeway_api::{Millis, files::VoiceNote};

/// Samples of Opus in a second, whatever was recorded (RFC 7845, 4).
const RATE: usize = 48_000;
/// The same, as coders want it.
const SAMPLE_RATE: i32 = 48_000;
/// The longest note that is listened to, in milliseconds: what can be recorded, and some more.
const LONGEST: Millis = causeway_api::files::VOICE_NOTE_MAX + 30_000;

/// What is made of a recording.
pub(super) struct Heard {
    /// What the message tells about it.
    pub(super) note: VoiceNote,
    /// The same sound as Ogg/Opus.
    pub(super) ogg: Vec<u8>,
}

/// Opus without a container.
struct Opus {
    channels: u8,
    /// Samples at the beginning that are not played, at 48 kHz.
    pre_skip: u16,
    packets: Vec<Box<[u8]>>,
}

/// Listens to a recording. `None` for what is no recording of a voice, or is too long for one.
pub(super) fn hear(bytes: Vec<u8>) -> Option<Heard> {
    let opus = recorded::opus(bytes)?;
    let played = opus.samples()?.saturating_sub(usize::from(opus.pre_skip));
    let duration = Millis::try_from(played * 1_000 / RATE).ok()?;
    if duration == 0 || duration > LONGEST {
        return None;
    }
    let peaks = levels::peaks(&opus)?;
    let ogg =
        ogg_file::write(&opus).inspect_err(|error| tracing::warn!(%error, "a voice note as Ogg")).ok()?;
    Some(Heard { note: VoiceNote { duration, peaks }, ogg })
}

impl Opus {
    /// The samples of all packets; `None` when one says no length.
    fn samples(&self) -> Option<usize> {
        self.packets.iter().try_fold(0_usize, |sum, packet| Some(sum + samples_of(packet)?))
    }
}

/// The samples of a packet at 48 kHz, by its first bytes (RFC 6716, 3.1 and 3.2).
fn samples_of(packet: &[u8]) -> Option<usize> {
    let toc = *packet.first()?;
    let frame = match toc >> 3 {
        config @ 0..=11 => [480, 960, 1_920, 2_880][usize::from(config % 4)],
        config @ 12..=15 => [480, 960][usize::from(config % 2)],
        config => [120, 240, 480, 960][usize::from(config % 4)],
    };
    let frames = match toc & 3 {
        0 => 1,
        1 | 2 => 2,
        _ => usize::from(packet.get(1)? & 0x3f),
    };
    // A packet holds at most 120 ms.
    Some(frame * frames).filter(|samples| (1..=5_760).contains(samples))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A second of a tone that grows louder, each recorded as a browser does: `tests/data/voice/README.md`.
    const RECORDED: [(&str, &[u8]); 4] = [
        ("webm of Chromium", include_bytes!("../../../../tests/data/voice/opus.weba")),
        ("ogg of Firefox", include_bytes!("../../../../tests/data/voice/opus.ogg")),
        ("fragmented mp4 of Safari", include_bytes!("../../../../tests/data/voice/aac.m4a")),
        ("opus in mp4 of Chromium", include_bytes!("../../../../tests/data/voice/opus.m4a")),
    ];

    #[test]
    fn every_format_that_browsers_record_has_a_length_peaks_and_an_ogg_file() {
        for (what, bytes) in RECORDED {
            let heard = hear(bytes.to_vec()).unwrap_or_else(|| panic!("{what}"));
            assert!((2_900..=3_150).contains(&heard.note.duration), "{what}: {}", heard.note.duration);
            let peaks: Vec<u8> = heard.note.levels();
            assert_eq!(peaks.len(), causeway_api::files::VOICE_PEAKS, "{what}");
            assert!(peaks[4] < peaks[32] && peaks[32] < peaks[60], "{what} grows louder: {peaks:?}");
            assert_eq!(peaks.iter().max(), Some(&255), "{what}");
            let again = hear(heard.ogg).unwrap_or_else(|| panic!("{what} again"));
            assert!((again.note.duration - heard.note.duration).abs() <= 10, "{what}");
        }
    }

    #[test]
    fn packets_of_opus_go_over_as_they_are() {
        for place in [0, 1, 3] {
            let (what, bytes) = RECORDED[place];
            let before = recorded::opus(bytes.to_vec()).unwrap();
            let after = recorded::opus(hear(bytes.to_vec()).unwrap().ogg).unwrap();
            assert!(before.packets == after.packets, "{what}");
        }
    }

    #[test]
    fn a_packet_says_its_length() {
        for (packet, samples) in [
            (&[0x08_u8][..], Some(960)),
            (&[0x78, 0, 0], Some(960)),
            (&[0xfb, 0x03, 0], Some(2_880)),
            (&[0x1b, 0x03], None),
            (&[0x0b], None),
            (&[], None),
        ] {
            assert_eq!(samples_of(packet), samples, "{packet:?}");
        }
    }

    #[test]
    fn what_is_no_recording_is_not_listened_to() {
        let (_, webm) = RECORDED[0];
        for bytes in [b"".to_vec(), b"OggS".to_vec(), vec![0; 10_000], webm[..200].to_vec()] {
            assert!(hear(bytes).is_none());
        }
        // Cut in the middle, it is what was recorded until then: a crash of the browser.
        assert!(hear(webm[..webm.len() / 2].to_vec()).is_some());
    }
}
