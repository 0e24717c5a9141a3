//! What a list is found and walked through with: search, filters, tabs, pages, and rows that are drawn as they come
//! into view.

pub mod arrow_keys;
pub mod filter;
pub mod marked;
pub mod pager;
pub mod search_field;
pub mod tabs;
pub mod virtual_rows;
