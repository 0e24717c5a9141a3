//! User Administration: who works with Causeway and who registered, found, filtered, sorted, and managed.

mod form;
mod list;
mod manage;

use super::PageHead;
use crate::{
    client,
    components::{
        base::icon::{Icon, IconSize},
        list::{
            filter::{FilterOption, FilterSelect},
            search_field::SearchField,
            tabs::{Tab, Tabs},
        },
    },
    i18n::{Arg, keep, t, tx},
    pages::{
        explain,
        listing::{Listed, Listing},
        role_name, set_title,
    },
    routes::Route,
    state::{chats::Chats, session::CurrentSession},
};
use causeway_api::{
    people::Role,
    users::{License, Usage, User, UserGroup, UserQuery, UserState},
};
use form::UserDialog;
use leptos::{prelude::*, task::spawn_local};
use list::List;

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
    /// The places of the plan, or why they could not be loaded.
    license: RwSignal<Option<Result<License, String>>>,
}

impl Page {
    /// Loads the list and the places again.
    fn reload(self) {
        self.list.load();
        self.load_license();
    }

    fn load_license(self) {
        spawn_local(async move {
            let answer = client::users::get_license().await;
            self.license.try_set(Some(answer.map_err(|error| explain(&error))));
        });
    }

    /// Returns whom the list is of.
    fn group(self) -> UserGroup {
        self.list.query(|query| query.group)
    }
}

/// Every user of the company, in two groups: found, filtered, sorted, created and managed.
#[component]
pub fn Users() -> impl IntoView {
    set_title(&t("users-title"));
    let page = Page {
        list: Listing::follow("users.query"),
        editing: keep("users.editing", || None),
        license: RwSignal::new(None),
    };
    page.load_license();
    // A mail to someone here could not be delivered, or someone has registered.
    let news = expect_context::<Chats>().news();
    Effect::new(move |before: Option<()>| {
        news.contact_changed.track();
        news.governed_changed.track();
        if before.is_some() {
            page.reload();
        }
    });
    let company = expect_context::<CurrentSession>().get().company;
    let text = tx("users-text", &[("company", Arg::Text(&company))]);
    let group = Memo::new(move |_| page.group());
    let groups = vec![
        Tab { value: UserGroup::Employees, key: "employees", label: t("users-employees") },
        Tab { value: UserGroup::External, key: "external", label: t("external-users") },
    ];
    // A filter of one group means nothing in the other.
    let choose = move |group| page.list.change(|query| *query = UserQuery { group, ..UserQuery::default() });
    let labelled_by = move || format!("users-panel-{}", group.get().as_str());
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
                <Tabs
                    tabs=groups
                    label=t("users-groups")
                    panel="users-panel"
                    selected=group
                    on_select=choose
                />
                <div id="users-panel" role="tabpanel" aria-labelledby=labelled_by>
                    {move || view! { <Toolbar page=page group=group.get() /> }}
                    <Listed
                        list=page.list
                        none=("users-none-title", "users-none-text")
                        entries=move |users| view! { <List page=page users=users /> }.into_any()
                    />
                </div>
                {move || page.editing.get().map(|editing| view! { <UserDialog page=page editing=editing /> })}
            </div>
        </main>
    }
}

/// Search, filters by role and state, the number of users found, the places of the plan, and the button for a new one.
#[component]
fn Toolbar(page: Page, group: UserGroup) -> impl IntoView {
    let list = page.list;
    let total = move || list.total().map(|total| tx("users-count", &[("count", Arg::Number(total as i64))]));
    let roles = Role::STAFF.map(|role| FilterOption { value: role, name: role_name(role) });
    let states = UserState::ALL
        .map(|state| FilterOption { value: state, name: t(format!("user-state-{}", state.as_str())) });
    let (role, state) = untrack(|| list.query(|query| (query.role, query.state)));
    let words = Signal::derive(move || list.query(|query| query.search.clone()));
    let is_of_employees = group == UserGroup::Employees;
    view! {
        <div class="toolbar">
            <SearchField
                label=t("users-search")
                placeholder=t("users-search")
                value=words
                on_input=move |typed: String| list.change(|query| query.search = typed)
                is_outlined=true
            />
            {is_of_employees
                .then(|| {
                    view! {
                        <FilterSelect
                            label=t("role")
                            all=t("all-roles")
                            options=Signal::stored(roles.to_vec())
                            chosen=role
                            on_change=move |role| list.change(|query| query.role = role)
                        />
                    }
                })}
            <FilterSelect
                label=t("state")
                all=t("all-states")
                options=Signal::stored(states.to_vec())
                chosen=state
                on_change=move |state| list.change(|query| query.state = state)
            />
            <p class="muted" role="status">
                {total}
                {move || page.license.get().map(|license| format!(" · {}", places(&license, group)))}
            </p>
            {is_of_employees
                .then(|| {
                    let open = move |_| page.editing.set(Some(Editing::New));
                    view! {
                        <button class="btn btn--primary" type="button" on:click=open>
                            <Icon name="i-user-add" size=IconSize::Sm />
                            {t("users-new")}
                        </button>
                    }
                })}
        </div>
    }
}

/// How many places of the plan a group takes, in words; or why that is not known.
fn places(license: &Result<License, String>, group: UserGroup) -> String {
    let Usage { used, limit } = match (license, group) {
        (Err(why), _) => return why.clone(),
        (Ok(license), UserGroup::Employees) => license.users,
        (Ok(license), UserGroup::External) => license.external_users,
    };
    match limit {
        Some(limit) => tx("places-of", &[("used", Arg::Number(used)), ("limit", Arg::Number(limit))]),
        None => tx("places-unlimited", &[("used", Arg::Number(used))]),
    }
}
