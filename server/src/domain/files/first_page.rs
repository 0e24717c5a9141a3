//! The first page of a PDF, drawn as a picture. What is in a document of someone else's is read by pure Rust that forbids
//! unsafe code; it may still take long, or panic, so it is drawn beside the rest and given up.

use causeway_api::files::PreviewSize;
use hayro::{
    PixmapSettings, RenderCache, RenderSettings, hayro_interpret::InterpreterSettings, hayro_syntax::Pdf,
    render, vello_cpu::color::palette::css::WHITE,
};
use image::{DynamicImage, RgbaImage};

/// A page is enlarged at most so much: what is small is not worth more pixels.
const ENLARGED_MAX: f32 = 4.0;

/// Draws the first page. `None` for a document without one, with a password, or of no sensible size.
pub(super) fn draw(bytes: Vec<u8>) -> Option<DynamicImage> {
    let pdf = Pdf::new(bytes).ok()?;
    let page = pdf.pages().first()?;
    let (width, height) = page.render_dimensions();
    let longest = width.max(height);
    if !longest.is_finite() || width <= 0.0 || height <= 0.0 {
        return None;
    }
    // Both sides are whole numbers of 16 bits where it is drawn: a page of any size is brought to that of the larger preview.
    let side = f32::from(u16::try_from(PreviewSize::Large.side()).ok()?);
    let scale = (side / longest).min(ENLARGED_MAX);
    if width * scale < 1.0 || height * scale < 1.0 {
        return None;
    }
    let pixmap = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let (interpreter, renderer) = (InterpreterSettings::default(), RenderSettings::default());
    let drawn = render(page, &RenderCache::new(), &interpreter, &renderer, &pixmap);
    let (width, height) = (u32::from(drawn.width()), u32::from(drawn.height()));
    // The page is white where nothing is drawn, so no pixel lets anything through.
    RgbaImage::from_raw(width, height, drawn.data_as_u8_slice().to_vec()).map(DynamicImage::ImageRgba8)
}
