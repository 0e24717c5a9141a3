//! Lists, page by page: one form of question and answer for every list.

use crate::query::Limit;
use serde::{Deserialize, Serialize};

/// Entries of a list of users or clients on a page: usual, and most.
pub type UsersLimit = Limit<50, 100>;
/// Contacts on a page: usual, and most.
pub type ContactsLimit = Limit<100, 200>;
/// Entries of the audit log on a page: usual, and most.
pub type AuditLimit = Limit<50, 200>;
/// Notifications on a page: usual, and most.
pub type NotificationsLimit = Limit<100, 200>;
/// Chats in a list: usual, and most.
pub type ChatsLimit = Limit<5_000, 5_000>;

/// Messages of a chat at a time: usual, and most.
pub type MessagesLimit = Limit<100, 100>;

/// A page of a list.
///
/// A page begins where a cursor says: behind the last entry of the page before it, so that entries which come or go
/// meanwhile are neither shown twice nor left out. What a cursor says is the server's business, with one exception:
/// the list of contacts is entered at any place, by its index of letters, and its cursor is the number of the place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// The entries.
    pub items: Vec<T>,
    /// How many there are in all; nothing where that is not counted.
    pub total: Option<usize>,
    /// The cursor of the next page; nothing at the end of the list.
    pub next: Option<String>,
}

impl<T> Default for Page<T> {
    fn default() -> Self {
        Self { items: Vec::new(), total: None, next: None }
    }
}

impl<T> Page<T> {
    /// The same page with other entries.
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        let Self { items, total, next } = self;
        Page { items: items.into_iter().map(change).collect(), total, next }
    }
}
