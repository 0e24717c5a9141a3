//! What the signed-in person is told of, beside messages; kept current by events.

use super::chats::Chats;
use crate::client;
use causeway_api::notifications::{NotificationPage, NotificationQuery};
use leptos::{prelude::*, task::spawn_local};

/// The notifications, provided once by the portal.
#[derive(Clone, Copy)]
pub struct Notifications {
    /// The newest, and how many are unread; nothing before they have arrived.
    pub list: RwSignal<Option<NotificationPage>>,
    /// Why they could not be loaded.
    pub error: RwSignal<Option<client::ClientError>>,
}

impl Notifications {
    /// Loads them and follows what the stream of `chats` tells.
    pub fn provide(chats: Chats) -> Self {
        let all = Self { list: RwSignal::new(None), error: RwSignal::new(None) };
        provide_context(all);
        Effect::new(move |_| {
            chats.news().notified.track();
            all.load();
        });
        all
    }

    /// Loads the newest again; older ones that are here stay.
    pub fn load(self) {
        self.fetch(NotificationQuery::default());
    }

    /// Loads those behind the oldest that is here.
    pub fn load_older(self) {
        let next = self.list.with_untracked(|list| list.as_ref().and_then(|list| list.page.next.clone()));
        self.fetch(NotificationQuery { cursor: next, ..NotificationQuery::default() });
    }

    fn fetch(self, query: NotificationQuery) {
        spawn_local(async move {
            match client::notifications::list_notifications(&query).await {
                Ok(found) => {
                    self.error.try_set(None);
                    self.list.try_update(|list| {
                        let before = list.take().unwrap_or_default();
                        *list = Some(joined(before, found, query.cursor.is_some()));
                    });
                }
                Err(error) => drop(self.error.try_set(Some(error))),
            }
        });
    }

    /// How many are unread.
    pub fn unread(self) -> i64 {
        self.list.with(|list| list.as_ref().map_or(0, |list| list.unread))
    }
}

/// What was here and what has arrived as one list: a page of older ones goes behind it; the newest take its place, and
/// keep what stands behind them if they reach it.
fn joined(before: NotificationPage, found: NotificationPage, is_older: bool) -> NotificationPage {
    let NotificationPage { page: mut here, .. } = before;
    let NotificationPage { page: mut arrived, unread } = found;
    if is_older {
        here.items.extend(arrived.items);
        here.next = arrived.next;
        return NotificationPage { page: here, unread };
    }
    let oldest = arrived.items.last().map(|last| last.id);
    if let Some(met) = here.items.iter().position(|it| Some(it.id) == oldest)
        && met + 1 < here.items.len()
    {
        arrived.items.extend(here.items.split_off(met + 1));
        arrived.next = here.next;
    }
    NotificationPage { page: arrived, unread }
}

#[cfg(test)]
mod tests {
    use super::*;
    use causeway_api::{
        notifications::{Notice, Notification},
        page::Page,
    };
    use uuid::Uuid;

    fn page(ids: &[u128], next: Option<&str>) -> NotificationPage {
        let notice = Notice::DeviceLinked { device: "Firefox".to_owned() };
        let items = ids.iter().map(|id| Notification {
            id: Uuid::from_u128(*id),
            at: *id as i64,
            notice: notice.clone(),
            is_read: false,
        });
        NotificationPage {
            page: Page { items: items.collect(), total: None, next: next.map(str::to_owned) },
            unread: 0,
        }
    }

    fn ids(page: &NotificationPage) -> Vec<i64> {
        page.page.items.iter().map(|it| it.at).collect()
    }

    #[test]
    fn older_notifications_stay_when_a_new_one_arrives() {
        let here = joined(page(&[9, 8], Some("8")), page(&[7, 6], Some("6")), true);
        assert_eq!((ids(&here), here.page.next.as_deref()), (vec![9, 8, 7, 6], Some("6")));
        let here = joined(here, page(&[10, 9], Some("9")), false);
        assert_eq!((ids(&here), here.page.next.as_deref()), (vec![10, 9, 8, 7, 6], Some("6")));
    }

    #[test]
    fn what_would_leave_a_gap_begins_the_list_anew() {
        let here = joined(page(&[2, 1], None), page(&[9, 8], Some("8")), false);
        assert_eq!((ids(&here), here.page.next.as_deref()), (vec![9, 8], Some("8")));
    }
}
