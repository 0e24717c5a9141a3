//! What this device sees and hears: its camera, its microphone.

pub mod camera;
pub mod posters;
pub mod recorder;
