//! What people fill in: fields, dialogs, codes.

pub mod act_button;
pub mod code_input;
pub mod country_select;
pub mod dialog;
pub mod dialog_form;
pub mod field;
pub mod focus;
pub mod menu;
pub mod popover;
pub mod resend;
pub mod strength;
pub mod touch;
