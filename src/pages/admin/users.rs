//! User Administration: who works with Causeway, found, filtered, sorted, and managed.

mod form;
mod manage;

use super::PageHead;
use crate::{
    components::{
        base::{
            avatar::{Avatar, AvatarSize},
            icon::{Icon, IconSize},
            undelivered::UndeliveredNotes,
        },
        list::{
            filter::{FilterOption, FilterSelect},
            search_field::SearchField,
        },
    },
    i18n::{self, Arg, keep, t, tx},
    pages::{
        listing::{Listed, Listing},
        role_name, set_title,
    },
    routes::Route,
    state::{chats::Chats, session::CurrentSession},
};
use causeway_api::{
    people::Role,
    users::{User, UserQuery, UserSort, UserState},
};
use form::UserDialog;
use leptos::prelude::*;
use manage::Actions;

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
    list: Listing<UserQuery>,
    editing: RwSignal<Option<Editing>>,
}

/// Every user of the company: found, filtered, sorted, created and managed.
#[component]
pub fn Users() -> impl IntoView {
    set_title(&t("users-title"));
    let page = Page { list: Listing::follow("users.query"), editing: keep("users.editing", || None) };
    // A mail to someone here could not be delivered.
    let changed = expect_context::<Chats>().news().contact_changed;
    Effect::new(move |_| {
        if changed.get().is_some() {
            page.list.load();
        }
    });
    let company = expect_context::<CurrentSession>().get().company;
    let text = tx("users-text", &[("company", Arg::Text(&company))]);
    view! {
        <main class="page" id="main" tabindex="-1">
            <div class="page__inner page__inner--wide">
                <PageHead title=t("users-title") text=text area="users">
                    <a
                        class="icon-btn"
                        href=Route::Registration.href()
                        aria-label=t("registration-title")
                        title=t("registration-title")
                    >
                        <Icon name="i-link" />
                    </a>
                </PageHead>
                <Toolbar page=page />
                <Listed
                    list=page.list
                    none=("users-none-title", "users-none-text")
                    entries=move |users| view! { <List page=page users=users /> }.into_any()
                />
                {move || page.editing.get().map(|editing| view! { <UserDialog page=page editing=editing /> })}
            </div>
        </main>
    }
}

/// Search, filters by role and state, the number of users found, and the button for a new one.
#[component]
fn Toolbar(page: Page) -> impl IntoView {
    let list = page.list;
    let total = move || list.total().map(|total| tx("users-count", &[("count", Arg::Number(total as i64))]));
    let roles = Role::STAFF.map(|role| FilterOption { value: role, name: role_name(role) });
    let states = UserState::ALL
        .map(|state| FilterOption { value: state, name: t(format!("user-state-{}", state.as_str())) });
    let (role, state) = untrack(|| list.query(|query| (query.role, query.state)));
    let words = Signal::derive(move || list.query(|query| query.search.clone()));
    view! {
        <div class="toolbar">
            <SearchField
                label=t("users-search")
                placeholder=t("users-search")
                value=words
                on_input=move |typed: String| list.change(|query| query.search = typed)
                is_outlined=true
            />
            <FilterSelect
                label=t("role")
                all=t("all-roles")
                options=Signal::stored(roles.to_vec())
                chosen=role
                on_change=move |role| list.change(|query| query.role = role)
            />
            <FilterSelect
                label=t("state")
                all=t("all-states")
                options=Signal::stored(states.to_vec())
                chosen=state
                on_change=move |state| list.change(|query| query.state = state)
            />
            <p class="muted" role="status">
                {total}
            </p>
            <button class="btn btn--primary" type="button" on:click=move |_| page.editing.set(Some(Editing::New))>
                <Icon name="i-user-add" size=IconSize::Sm />
                {t("users-new")}
            </button>
        </div>
    }
}

/// The heading of a column that sorts.
#[component]
fn SortHead(list: Listing<UserQuery>, by: UserSort, label: &'static str) -> impl IntoView {
    let order = move || {
        list.query(|query| match (query.sort == by, query.descending) {
            (true, false) => "ascending",
            (true, true) => "descending",
            (false, _) => "none",
        })
    };
    let turn = move |_| {
        list.change(|query| {
            query.descending = query.sort == by && !query.descending;
            query.sort = by;
        });
    };
    view! {
        <th scope="col" aria-sort=order>
            <button class="table__sort" type="button" on:click=turn>
                {t(label)}
                <span aria-hidden="true">
                    {move || match order() {
                        "ascending" => " ↑",
                        "descending" => " ↓",
                        _ => "",
                    }}
                </span>
            </button>
        </th>
    }
}

/// A page of users as a table; its headings sort.
#[component]
fn List(page: Page, users: Vec<User>) -> impl IntoView {
    let list = page.list;
    view! {
        <div class="table-wrap" role="region" aria-label=t("users-title") tabindex="0">
            <table class="table">
                <thead>
                    <tr>
                        <SortHead list=list by=UserSort::Name label="name" />
                        <SortHead list=list by=UserSort::Username label="username" />
                        <SortHead list=list by=UserSort::Role label="role" />
                        <th scope="col">{t("state")}</th>
                        <SortHead list=list by=UserSort::Seen label="last-seen" />
                        <th scope="col">
                            <span class="visually-hidden">{t("actions")}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>{users.into_iter().map(|user| view! { <Row page=page user=user /> }).collect_view()}</tbody>
            </table>
        </div>
    }
}

/// A user with role, state and last action, and what an admin can do.
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
                <Avatar name=user.person.name.clone() kind=user.person.kind size=AvatarSize::Sm />
                <span>
                    <b lang=user.person.name_lang.clone()>{user.person.name.clone()}</b>
                    <span class="table__sub">{user.email.clone()}</span>
                    <UndeliveredNotes undelivered=user.undelivered.clone() />
                    {user.is_in_charge.then(|| view! { <span class="pill pill--info">{t("user-is-in-charge")}</span> })}
                </span>
            </td>
            <td data-label=t("username")>{user.username.clone()}</td>
            <td data-label=t("role")>{role}</td>
            <td data-label=t("state")>
                <span class=pill>{t(format!("user-state-{}", user.state.as_str()))}</span>
            </td>
            <td data-label=t("last-seen")>{seen}</td>
            <td class="table__actions">
                <Actions page=page user=user />
            </td>
        </tr>
    }
}
