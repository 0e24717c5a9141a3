//! A page of users as a table.

use super::{Page, manage::Actions};
use crate::{
    components::base::{
        avatar::{Avatar, AvatarSize},
        undelivered::UndeliveredNotes,
    },
    i18n::{self, t},
    pages::{listing::Listing, role_name},
};
use causeway_api::{
    people::Role,
    users::{User, UserGroup, UserQuery, UserSort, UserState},
};
use leptos::prelude::*;

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
pub(super) fn List(page: Page, users: Vec<User>) -> impl IntoView {
    let list = page.list;
    let role = (untrack(|| page.group()) == UserGroup::Employees)
        .then(|| view! { <SortHead list=list by=UserSort::Role label="role" /> });
    view! {
        <div class="table-wrap" role="region" aria-label=t("users-title") tabindex="0">
            <table class="table">
                <thead>
                    <tr>
                        <SortHead list=list by=UserSort::Name label="name" />
                        <SortHead list=list by=UserSort::Username label="username" />
                        {match role {
                            Some(role) => role.into_any(),
                            None => view! { <th scope="col">{t("person-in-charge")}</th> }.into_any(),
                        }}
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
    let is_external = user.person.role == Some(Role::ExternalUser);
    let about = if is_external {
        (t("person-in-charge"), user.person_in_charge.as_ref().map(|person| person.name.clone()))
    } else {
        (t("role"), user.person.role.map(role_name))
    };
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
            <td data-label=about.0>{about.1.unwrap_or_else(|| t("no-person-in-charge"))}</td>
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
