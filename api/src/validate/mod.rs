//! Bounds and shapes that both sides check: the browser to help at once, the server to be sure. The server first brings
//! what was typed into one form (`server/src/input/`), for which the tables of Unicode are needed; here are none.
//!
//! Each check returns what is wrong, as a [`Fault`].

mod addresses;
mod codes;
mod fault;
mod passcodes;
mod passwords;
mod text;

pub use addresses::{email, next_path, phone};
pub use codes::{CROCKFORD, activation_code, code, code_digits, digit, recovery_code};
pub use fault::Fault;
pub use passcodes::{new_passcode, passcode_digits};
pub use passwords::{PASSWORD_MAX, PASSWORD_MIN, Strength, password_length, password_strength};
pub use text::{
    GROUP_NAME_MAX, MESSAGE_MAX, NAME_MAX, group_name, has_visible, is_ignorable, message_text, name,
    name_key,
};

/// Most people in one group.
pub const GROUP_MEMBERS_MAX: usize = 200;
