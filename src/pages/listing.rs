//! Long lists, page by page: the query, the page that is here, and the way to the others.

use super::explain;
use crate::{
    client,
    components::{
        base::empty::{Empty, Failed},
        list::pager::Pager,
    },
    i18n::{keep, t},
};
use causeway_api::{
    page::Page,
    users::{AdminClient, AdminClientQuery, User, UserQuery},
};
use leptos::{prelude::*, task::spawn_local};

/// The query of a list that is read page by page.
pub(crate) trait ListQuery: Clone + Default + PartialEq + Send + Sync + 'static {
    /// An entry of the list.
    type Entry: Clone + Send + Sync + 'static;
    /// Where the page begins.
    fn cursor(&mut self) -> &mut Option<String>;
    /// How many entries a page has.
    fn limit(&self) -> usize;
    /// Asks the server.
    async fn ask(&self) -> client::Result<Page<Self::Entry>>;
}

impl ListQuery for UserQuery {
    type Entry = User;

    fn cursor(&mut self) -> &mut Option<String> {
        &mut self.cursor
    }

    fn limit(&self) -> usize {
        self.limit.size()
    }

    async fn ask(&self) -> client::Result<Page<User>> {
        client::users::list_users(self).await
    }
}

impl ListQuery for AdminClientQuery {
    type Entry = AdminClient;

    fn cursor(&mut self) -> &mut Option<String> {
        &mut self.cursor
    }

    fn limit(&self) -> usize {
        self.limit.size()
    }

    async fn ask(&self) -> client::Result<Page<AdminClient>> {
        client::users::list_clients(self).await
    }
}

/// What is asked for, and where the pages in front of this one begin.
#[derive(Clone, Default, PartialEq)]
struct Asked<Q> {
    query: Q,
    earlier: Vec<Option<String>>,
}

/// A list on a page of its own.
pub(crate) struct Listing<Q: ListQuery> {
    asked: RwSignal<Asked<Q>>,
    page: RwSignal<Option<Result<Page<Q::Entry>, String>>>,
    generation: StoredValue<u64>,
}

#[expect(clippy::expl_impl_clone_on_copy, reason = "a derived one would ask `Copy` of the query")]
impl<Q: ListQuery> Clone for Listing<Q> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Q: ListQuery> Copy for Listing<Q> {}

impl<Q: ListQuery> Listing<Q> {
    /// Loads the first page, and from then on whatever is asked for. The query is kept as `name` when the language changes.
    pub(crate) fn follow(name: &'static str) -> Self {
        let this = Self {
            asked: keep(name, Asked::default),
            page: RwSignal::new(None),
            generation: StoredValue::new(0),
        };
        Effect::new(move |_| {
            this.asked.track();
            this.load();
        });
        this
    }

    /// Loads the page again.
    pub(crate) fn load(self) {
        let query = self.asked.with_untracked(|asked| asked.query.clone());
        let generation = self.generation.get_value() + 1;
        self.generation.set_value(generation);
        spawn_local(async move {
            let answer = query.ask().await;
            // A slower response to an earlier query is dropped.
            if self.generation.try_get_value() == Some(generation) {
                self.page.try_set(Some(answer.map_err(|error| explain(&error))));
            }
        });
    }

    /// Changes the query and loads its first page.
    pub(crate) fn change(self, change: impl FnOnce(&mut Q)) {
        self.asked.update(|asked| {
            change(&mut asked.query);
            *asked.query.cursor() = None;
            asked.earlier.clear();
        });
    }

    /// What is asked for.
    pub(crate) fn query<T>(self, read: impl FnOnce(&Q) -> T) -> T {
        self.asked.with(|asked| read(&asked.query))
    }

    /// Returns the number of entries on all pages, once it is known.
    pub(crate) fn total(self) -> Option<usize> {
        self.page.with(|page| page.as_ref().and_then(|page| page.as_ref().ok()).and_then(|page| page.total))
    }

    fn turn(self, is_forward: bool) {
        let next = self.page.with_untracked(|page| {
            page.as_ref().and_then(|page| page.as_ref().ok()).and_then(|page| page.next.clone())
        });
        self.asked.update(|asked| {
            let target = if is_forward {
                asked.earlier.push(asked.query.cursor().take());
                next
            } else {
                asked.earlier.pop().flatten()
            };
            *asked.query.cursor() = target;
        });
    }
}

/// The page that is here with the way to the others, or why there is none.
#[component]
pub(crate) fn Listed<Q: ListQuery>(
    /// The list.
    list: Listing<Q>,
    /// What an empty list says: the ids of a title and of a text.
    none: (&'static str, &'static str),
    /// Draws the entries of a page.
    #[prop(into)]
    entries: Callback<Vec<Q::Entry>, AnyView>,
) -> impl IntoView {
    let pager = move |page: &Page<Q::Entry>| {
        let asked = list.asked.get_untracked();
        let shown = asked.query.limit();
        let from = asked.earlier.len() * shown;
        view! { <Pager from=from shown=shown total=page.total.unwrap_or(0) on_turn=move |is_forward| list.turn(is_forward) /> }
    };
    move || match list.page.get() {
        None => view! { <p role="status">{t("loading")}</p> }.into_any(),
        Some(Err(why)) => {
            view! { <Failed text=why class="btn btn--primary" on_retry=move |()| list.load() /> }.into_any()
        }
        Some(Ok(page)) if page.items.is_empty() && list.asked.with_untracked(|it| it.earlier.is_empty()) => {
            view! { <Empty title=t(none.0) text=t(none.1) /> }.into_any()
        }
        Some(Ok(page)) => {
            let pager = pager(&page);
            view! {
                {entries.run(page.items)}
                {pager}
            }
            .into_any()
        }
    }
}
