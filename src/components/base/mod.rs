//! What every page is made of: icons, people, banners, marks.

pub mod avatar;
pub mod banner;
pub mod channel;
pub mod empty;
pub mod help;
pub mod highlight;
pub mod icon;
pub mod initials;
pub mod meter;
pub mod qr;
pub mod rail;
pub mod stepper;
pub mod toast;
pub mod undelivered;
