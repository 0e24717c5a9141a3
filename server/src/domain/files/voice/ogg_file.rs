//! Opus in Ogg (RFC 7845).

use super::{Opus, samples_of};
use ogg::writing::{PacketWriteEndInfo, PacketWriter};
use std::io;

/// The one stream of the file.
const STREAM: u32 = 1;
/// Samples that the encoder adds at the beginning, where a recording does not tell (libopus, 48 kHz).
const PRE_SKIP: u16 = 312;

/// Writes Opus as an Ogg file, packet by packet.
pub(super) fn write(opus: &Opus) -> io::Result<Vec<u8>> {
    let mut writer = PacketWriter::new(Vec::new());
    let pre_skip = if opus.pre_skip == 0 { PRE_SKIP } else { opus.pre_skip };
    writer.write_packet(head(opus.channels, pre_skip), STREAM, PacketWriteEndInfo::EndPage, 0)?;
    writer.write_packet(tags(), STREAM, PacketWriteEndInfo::EndPage, 0)?;
    let (mut position, last) = (0_u64, opus.packets.len().saturating_sub(1));
    for (place, packet) in opus.packets.iter().enumerate() {
        position += samples_of(packet).unwrap_or_default() as u64;
        let end =
            if place == last { PacketWriteEndInfo::EndStream } else { PacketWriteEndInfo::NormalPacket };
        writer.write_packet(packet.as_ref(), STREAM, end, position)?;
    }
    Ok(writer.into_inner())
}

/// The identification header (RFC 7845, 5.1).
fn head(channels: u8, pre_skip: u16) -> Vec<u8> {
    let mut head = b"OpusHead\x01".to_vec();
    head.push(channels);
    head.extend(pre_skip.to_le_bytes());
    head.extend(48_000_u32.to_le_bytes());
    // No gain, and one stream of one or two channels.
    head.extend([0, 0, 0]);
    head
}

/// The comment header (RFC 7845, 5.2): who wrote the file, and no comments.
fn tags() -> Vec<u8> {
    // The length of a text stands before it, the lowest byte first.
    b"OpusTags\x08\0\0\0Causeway\0\0\0\0".to_vec()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_head_is_that_of_the_rule() {
        let hex: String = super::head(1, 312).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, "4f707573486561640101380180bb0000000000");
    }
}
