//! State that several pages share, each provided once through a typed context.

pub mod capture;
pub mod chats;
pub mod countdown;
pub mod delivery;
pub mod features;
pub mod kept;
pub mod notifications;
pub mod passcode;
pub mod passkeys;
pub mod preferences;
pub mod push;
pub mod session;
pub mod storage;
pub mod timeline;
pub mod toasts;
pub mod uploads;
pub mod window;
