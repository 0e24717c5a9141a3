//! What a list is found and walked through with: search, filters, tabs, pages.

pub mod filter;
pub mod pager;
pub mod search_field;
pub mod tabs;
