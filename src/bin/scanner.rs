//! The decoder of QR codes, for browsers that have none of their own. It is loaded only when someone scans.

use wasm_bindgen::prelude::wasm_bindgen;

/// The text of a QR code in a picture of grey values, row by row; nothing when there is none that can be read.
#[wasm_bindgen]
pub fn decode(grey: &[u8], width: u32, height: u32) -> Option<String> {
    let (width, height) = (usize::try_from(width).ok()?, usize::try_from(height).ok()?);
    if grey.len() != width * height {
        return None;
    }
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| grey[y * width + x]);
    picture.detect_grids().iter().find_map(|grid| grid.decode().ok()).map(|(_, text)| text)
}

fn main() {
    console_error_panic_hook::set_once();
}
