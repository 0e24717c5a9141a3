//! User Administration: who works with Causeway, found, filtered, sorted, and managed.

mod form;
mod manage;

use super::PageHead;
use crate::{
    client,
    components::{
        base::{
            avatar::{Avatar, AvatarSize},
            empty::{Empty, EmptyKind},
            icon::{Icon, IconSize},
            undelivered::UndeliveredNotes,
        },
        list::{
            filter::{FilterOption, FilterSelect},
            pager::Pager,
            search_field::SearchField,
        },
    },
    i18n::{self, Arg, keep, t, tx},
    pages::{explain, role_name, set_title},
    routes::Route,
    state::{chats::Chats, session::CurrentSession},
};
use causeway_api::{
    people::Role,
    users::{User, UserPage, UserState},
};
use form::UserDialog;
use leptos::{prelude::*, task::spawn_local};
use manage::Actions;

/// Users on one page.
const PAGE: usize = 50;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Query {
    words: String,
    role: String,
    state: String,
    sort: String,
    from: usize,
}

impl Query {
    fn text(&self) -> String {
        client::query(&[
            ("search", &self.words),
            ("role", &self.role),
            ("state", &self.state),
            ("sort", &self.sort),
            ("from", &self.from.to_string()),
            ("limit", &PAGE.to_string()),
        ])
    }
}

/// The user in the dialog.
#[derive(Clone)]
enum Editing {
    /// A new one.
    New,
    /// One that is there.
    Known(Box<User>),
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Page {
    query: RwSignal<Query>,
    users: RwSignal<Option<Result<UserPage, String>>>,
    editing: RwSignal<Option<Editing>>,
    generation: StoredValue<u64>,
}

impl Page {
    fn load(self) {
        let query = self.query.with_untracked(Query::text);
        let generation = self.generation.get_value() + 1;
        self.generation.set_value(generation);
        spawn_local(async move {
            let answer = client::users::list_users(&query).await;
            // A slower answer to an earlier question is no answer to this one.
            if self.generation.try_get_value() == Some(generation) {
                self.users.try_set(Some(answer.map_err(|error| explain(&error))));
            }
        });
    }

    fn change(self, change: impl FnOnce(&mut Query)) {
        self.query.update(|query| {
            query.from = 0;
            change(query);
        });
    }
}

/// The page.
#[component]
pub fn Users() -> impl IntoView {
    set_title(&t("users-title"));
    let page = Page {
        query: keep("users.query", Query::default),
        users: RwSignal::new(None),
        editing: keep("users.editing", || None),
        generation: StoredValue::new(0),
    };
    Effect::new(move |_| {
        page.query.track();
        page.load();
    });
    // A mail to someone here could not be delivered.
    let changed = expect_context::<Chats>().news().contact_changed;
    Effect::new(move |_| {
        if changed.get().is_some() {
            page.load();
        }
    });
    let company = expect_context::<CurrentSession>().get().company;
    let text = tx("users-text", &[("company", Arg::Text(&company))]);
    view! {
        <main class="page" id="main" tabindex="-1">
            <div class="page__inner page__inner--wide">
                <PageHead title=t("users-title") text=text area="users">
                    <a class="icon-btn" href=Route::Registration.href() aria-label=t("registration-title") title=t("registration-title")><Icon name="i-link"/></a>
                </PageHead>
                <Toolbar page=page/>
                {move || match page.users.get() {
                    None => view! { <p role="status">{t("loading")}</p> }.into_any(),
                    Some(Err(why)) => view! {
                        <Empty title=t("failed-title") text=why kind=EmptyKind::Failed>
                            <button class="btn btn--primary" type="button" on:click=move |_| page.load()>{t("try-again")}</button>
                        </Empty>
                    }
                    .into_any(),
                    Some(Ok(found)) if found.total == 0 => view! { <Empty title=t("users-none-title") text=t("users-none-text")/> }.into_any(),
                    Some(Ok(found)) => view! { <List page=page found=found/> }.into_any(),
                }}
                {move || page.editing.get().map(|editing| view! { <UserDialog page=page editing=editing/> })}
            </div>
        </main>
    }
}

#[component]
fn Toolbar(page: Page) -> impl IntoView {
    let total = move || {
        page.users.with(|users| match users {
            Some(Ok(found)) => tx("users-count", &[("count", Arg::Number(found.total as i64))]),
            _ => String::new(),
        })
    };
    let roles =
        Role::STAFF.map(|role| FilterOption { value: role.as_str().to_owned(), name: role_name(role) });
    let states = UserState::ALL.map(|state| FilterOption {
        value: state.as_str().to_owned(),
        name: t(&format!("user-state-{}", state.as_str())),
    });
    view! {
        <div class="toolbar">
            <SearchField label=t("users-search") placeholder=t("users-search") value=Signal::derive(move || page.query.with(|query| query.words.clone())) on_input={move |typed: String| page.change(|query| query.words = typed)} is_outlined=true/>
            <FilterSelect label=t("role") all=t("all-roles") options=Signal::stored(roles.to_vec()) chosen=page.query.with_untracked(|query| query.role.clone()) on_change=move |word| page.change(|query| query.role = word)/>
            <FilterSelect label=t("state") all=t("all-states") options=Signal::stored(states.to_vec()) chosen=page.query.with_untracked(|query| query.state.clone()) on_change=move |word| page.change(|query| query.state = word)/>
            <p class="muted" role="status">{total}</p>
            <button class="btn btn--primary" type="button" on:click=move |_| page.editing.set(Some(Editing::New))>
                <Icon name="i-user-add" size=IconSize::Sm/>{t("users-new")}
            </button>
        </div>
    }
}

/// The heading of a column that sorts.
#[component]
fn SortHead(page: Page, key: &'static str, label: &'static str) -> impl IntoView {
    let current = Memo::new(move |_| page.query.with(|query| query.sort.clone()));
    let is_default = key == "name";
    let order = move || match current.get() {
        sort if sort == key || (sort.is_empty() && is_default) => "ascending",
        sort if sort.strip_prefix('-') == Some(key) => "descending",
        _ => "none",
    };
    let turn = move |_| {
        let next = if order() == "ascending" { format!("-{key}") } else { key.to_owned() };
        page.change(|query| query.sort = next);
    };
    view! {
        <th scope="col" aria-sort=order>
            <button class="table__sort" type="button" on:click=turn>
                {t(label)}
                <span aria-hidden="true">{move || match order() { "ascending" => " ↑", "descending" => " ↓", _ => "" }}</span>
            </button>
        </th>
    }
}

#[component]
fn List(page: Page, found: UserPage) -> impl IntoView {
    let total = found.total;
    let from = page.query.with_untracked(|query| query.from);
    view! {
        <div class="table-wrap" role="region" aria-label=t("users-title") tabindex="0">
            <table class="table">
                <thead>
                    <tr>
                        <SortHead page=page key="name" label="name"/>
                        <SortHead page=page key="username" label="username"/>
                        <SortHead page=page key="role" label="role"/>
                        <th scope="col">{t("state")}</th>
                        <SortHead page=page key="seen" label="last-seen"/>
                        <th scope="col"><span class="visually-hidden">{t("actions")}</span></th>
                    </tr>
                </thead>
                <tbody>{found.users.into_iter().map(|user| view! { <Row page=page user=user/> }).collect_view()}</tbody>
            </table>
        </div>
        <Pager from=from shown=PAGE total=total on_move=move |from| page.query.update(|query| query.from = from)/>
    }
}

#[component]
fn Row(page: Page, user: User) -> impl IntoView {
    let pill = match user.state {
        UserState::Active => "pill pill--success",
        UserState::Invited => "pill pill--warning",
        UserState::Inactive => "pill",
    };
    let seen = user.seen_at.map_or_else(|| t("never"), i18n::list_time);
    let role = user.person.role.map(role_name);
    view! {
        <tr>
            <td class="table__who">
                <Avatar name=user.person.name.clone() kind=user.person.kind size=AvatarSize::Sm/>
                <span>
                    <b lang=user.person.name_lang.clone()>{user.person.name.clone()}</b>
                    <span class="table__sub">{user.email.clone()}</span>
                    <UndeliveredNotes undelivered=user.undelivered.clone()/>
                    {user.is_in_charge.then(|| view! { <span class="pill pill--info">{t("user-is-in-charge")}</span> })}
                </span>
            </td>
            <td data-label=t("username")>{user.username.clone()}</td>
            <td data-label=t("role")>{role}</td>
            <td data-label=t("state")><span class=pill>{t(&format!("user-state-{}", user.state.as_str()))}</span></td>
            <td data-label=t("last-seen")>{seen}</td>
            <td class="table__actions"><Actions page=page user=user/></td>
        </tr>
    }
}
