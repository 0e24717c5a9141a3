//! Pictures: their previews, and what is left of the original for clients.
//!
//! The original stays as it came: it is evidence. Previews are drawn anew, so that nothing but the picture is in them. A
//! client gets the original without what the camera wrote about place, time and device.

use super::heif;
use causeway_api::files::{PictureSize, PreviewSize};
use image::{
    DynamicImage, GenericImageView as _, ImageDecoder as _, ImageReader, Limits, RgbImage,
    codecs::jpeg::JpegEncoder, imageops::FilterType, metadata::Orientation,
};
use img_parts::{Bytes, DynImage, ImageEXIF as _};
use std::io::Cursor;

/// The longest side of a picture that gets previews, in pixels.
const SIDE_MAX: u32 = 12_000;
/// Memory that decoding one may take, in bytes.
const DECODE_MAX: u64 = 160 * 1024 * 1024;
/// The quality of previews.
const QUALITY: u8 = 80;

/// What is made of a picture.
pub(super) struct Drawn {
    /// How large it is, the right way up.
    pub(super) size: PictureSize,
    /// Its previews, as JPEG.
    pub(super) previews: Vec<(PreviewSize, Vec<u8>)>,
}

/// Draws the previews of a picture. `None` for one that cannot be read, or is too large to.
pub(super) fn draw(bytes: &[u8]) -> Option<Drawn> {
    match upright(bytes) {
        Ok(picture) => previews_of(picture),
        Err(error) => {
            tracing::info!(%error, "a picture without previews");
            None
        }
    }
}

/// Draws the previews of a picture that was read. `None` for one that cannot be written.
pub(super) fn previews_of(picture: DynamicImage) -> Option<Drawn> {
    let (width, height) = picture.dimensions();
    let mut previews = Vec::new();
    // The smaller is drawn from the larger one, which is much less to read.
    let mut last = picture;
    for size in [PreviewSize::Large, PreviewSize::Small] {
        last = within(last, size.side());
        match jpeg(&last) {
            Ok(bytes) => previews.push((size, bytes)),
            Err(error) => {
                tracing::warn!(%error, "a preview could not be written");
                return None;
            }
        }
    }
    Some(Drawn { size: PictureSize { width, height }, previews })
}

fn upright(bytes: &[u8]) -> image::ImageResult<DynamicImage> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MAX);
    limits.max_image_height = Some(SIDE_MAX);
    limits.max_alloc = Some(DECODE_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// A picture whose longer side is at most so many pixels.
fn within(picture: DynamicImage, side: u32) -> DynamicImage {
    let (width, height) = picture.dimensions();
    let longest = width.max(height);
    if longest <= side {
        return picture;
    }
    // Far larger ones are first brought near by taking means, which is quick.
    let near = if longest > side * 3 { picture.thumbnail(side * 2, side * 2) } else { picture };
    near.resize(side, side, FilterType::Triangle)
}

/// Writes a JPEG; what is transparent becomes white.
fn jpeg(picture: &DynamicImage) -> image::ImageResult<Vec<u8>> {
    let mut written = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut written, QUALITY);
    if picture.color().has_alpha() {
        let pixels = picture.to_rgba8();
        let on_white = RgbImage::from_fn(pixels.width(), pixels.height(), |x, y| {
            let [red, green, blue, alpha] = pixels.get_pixel(x, y).0;
            let mix = |colour: u8| {
                let (colour, alpha) = (u32::from(colour), u32::from(alpha));
                u8::try_from((colour * alpha + 255 * (255 - alpha)) / 255).unwrap_or(255)
            };
            image::Rgb([mix(red), mix(green), mix(blue)])
        });
        on_white.write_with_encoder(encoder)?;
    } else {
        picture.to_rgb8().write_with_encoder(encoder)?;
    }
    Ok(written)
}

/// The same picture without what was written about it; which way up it is stays. `None` when there is nothing to take out.
pub(super) fn without_metadata(bytes: &[u8]) -> Option<Vec<u8>> {
    if bytes.get(4..8) == Some(b"ftyp") {
        return heif::without_notes(bytes);
    }
    let bytes = Bytes::copy_from_slice(bytes);
    let turned = orientation_of(&bytes);
    let mut picture = DynImage::from_bytes(bytes.clone()).ok().flatten()?;
    match &mut picture {
        DynImage::Jpeg(jpeg) => {
            // EXIF and XMP, Photoshop's notes, comments. The colours (APP2) stay.
            jpeg.segments_mut().retain(|segment| !matches!(segment.marker(), 0xe1 | 0xed | 0xfe));
        }
        DynImage::Png(png) => {
            png.chunks_mut().retain(|chunk| !PNG_NOTES.contains(&chunk.kind()));
        }
        DynImage::WebP(webp) => {
            for notes in [*b"EXIF", *b"XMP "] {
                webp.remove_chunks_by_id(notes);
            }
        }
    }
    if let Some(turned) = turned {
        picture.set_exif(Some(Bytes::from(only_orientation(turned))));
    }
    let plain = picture.encoder().bytes();
    (plain != bytes).then(|| plain.to_vec())
}

/// Chunks of a PNG that tell about it.
const PNG_NOTES: [[u8; 4]; 5] = [*b"eXIf", *b"tEXt", *b"zTXt", *b"iTXt", *b"tIME"];

/// Which way up a picture is, where that is not as it stands.
fn orientation_of(bytes: &Bytes) -> Option<u8> {
    let reader = ImageReader::new(Cursor::new(bytes.as_ref())).with_guessed_format().ok()?;
    let orientation = reader.into_decoder().ok()?.orientation().ok()?;
    Some(orientation.to_exif()).filter(|turned| *turned != 1)
}

/// EXIF that says nothing but which way up it is (EXIF 2.32: tag 0x0112, one SHORT).
fn only_orientation(turned: u8) -> Vec<u8> {
    let mut exif = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([turned, 0, 0, 0, 0, 0, 0]);
    exif
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::ImageFormat;

    fn jpeg_of(width: u32, height: u32) -> Vec<u8> {
        let picture = DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, _| {
            // The left half is red.
            image::Rgb(if x < width / 2 { [200, 0, 0] } else { [0, 0, 200] })
        }));
        jpeg(&picture).unwrap()
    }

    fn with_exif(bytes: Vec<u8>, exif: Vec<u8>) -> Vec<u8> {
        let mut picture = DynImage::from_bytes(bytes.into()).unwrap().unwrap();
        picture.set_exif(Some(exif.into()));
        picture.encoder().bytes().to_vec()
    }

    #[test]
    fn previews_are_the_right_way_up_and_not_larger_than_they_should() {
        // Orientation 6: to be turned a quarter to the right.
        let lying = with_exif(jpeg_of(2_000, 1_000), only_orientation(6));
        let drawn = draw(&lying).unwrap();
        assert_eq!(drawn.size, PictureSize { width: 1_000, height: 2_000 });
        for (size, bytes) in &drawn.previews {
            let preview = image::load_from_memory(bytes).unwrap();
            assert_eq!(preview.dimensions(), (size.side() / 2, size.side()));
            let top = preview.to_rgb8().get_pixel(size.side() / 4, size.side() / 4).0;
            assert!(top[0] > 150 && top[2] < 60, "what was left is above: {top:?}");
        }
    }

    #[test]
    fn what_is_transparent_is_white() {
        let mut png = Vec::new();
        let clear = DynamicImage::new_rgba8(20, 20);
        clear.write_to(&mut Cursor::new(&mut png), ImageFormat::Png).unwrap();
        let preview = image::load_from_memory(&draw(&png).unwrap().previews[0].1).unwrap();
        assert_eq!(preview.to_rgb8().get_pixel(10, 10).0, [255, 255, 255]);
    }

    #[test]
    fn a_picture_loses_its_notes_and_keeps_its_side_up() {
        let mut exif = only_orientation(6);
        exif.extend(b"GPS 22.3193N 114.1694E");
        let noted = with_exif(jpeg_of(40, 20), exif);
        let plain = without_metadata(&noted).unwrap();
        let holds = |bytes: &[u8], words: &[u8]| bytes.windows(words.len()).any(|window| window == words);
        assert!(holds(&noted, b"GPS 22.3193N") && !holds(&plain, b"GPS"));
        assert_eq!(draw(&plain).unwrap().size, PictureSize { width: 20, height: 40 });
        assert_eq!(without_metadata(&jpeg_of(40, 20)), None, "nothing to take out");
    }

    #[test]
    fn a_picture_that_unpacks_to_more_than_there_is_room_for_has_no_previews() {
        let mut png = Vec::new();
        let wide = DynamicImage::new_luma8(SIDE_MAX + 1, 1);
        wide.write_to(&mut Cursor::new(&mut png), ImageFormat::Png).unwrap();
        assert!(draw(&png).is_none());
        assert!(draw(b"no picture").is_none());
    }
}
