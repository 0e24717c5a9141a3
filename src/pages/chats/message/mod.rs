//! A message of the timeline: its row, its menu, and what is done with it.

pub mod bubble_menu;
pub mod change_message;
pub(super) mod forward;
pub mod row;
pub(super) mod unsent;
