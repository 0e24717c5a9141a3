//! Every client of the company for admins: who takes care of it, archiving, and handing it over.

mod transfer;

use super::employees::EMPLOYEES_LISTED;
use super::{PageHead, employees::Employees, why};
use crate::{
    client,
    components::{
        base::{
            avatar::{Avatar, AvatarSize},
            channel::ChannelBadge,
        },
        list::{
            filter::{FilterOption, FilterSelect},
            search_field::SearchField,
        },
    },
    i18n::{Arg, t, tx},
    pages::{
        listing::{Listed, Listing},
        set_title,
        sign_in::confirm_again::Confirming,
        submission::Submission,
    },
    state::session::CurrentSession,
};
use causeway_api::{
    PersonId,
    people::{Person, Role},
    users::{AdminClient, AdminClientQuery},
};
use leptos::prelude::*;
use transfer::Transfer;

#[derive(Clone, Copy)]
struct Page {
    list: Listing<AdminClientQuery>,
    employees: Employees,
    transferred: RwSignal<Option<AdminClient>>,
    archiving: Submission,
}

impl Page {
    fn set_archived(self, client: PersonId, is_archived: bool) {
        let ask = move || client::users::set_client_archived(client, is_archived);
        self.archiving.send(ask, move |()| self.list.load());
    }
}

/// Every client of the company: found, handed over to another employee, archived and restored.
#[component]
pub fn Clients() -> impl IntoView {
    set_title(&t("clients-title"));
    let page = Page {
        list: Listing::follow("clients.query"),
        employees: Employees::follow(),
        transferred: RwSignal::new(None),
        archiving: Submission::new().in_words(why).in_toasts(),
    };
    let company = expect_context::<CurrentSession>().get().company;
    view! {
        <main class="page" id="main" tabindex="-1">
            <div class="page__inner">
                <PageHead
                    title=t("clients-title")
                    text=tx("clients-text", &[("company", Arg::Text(&company))])
                    area="org-admin"
                />
                <Toolbar page=page />
                <Listed
                    list=page.list
                    none=("users-none-title", "users-none-text")
                    entries=move |clients| view! { <List page=page clients=clients /> }.into_any()
                />
                <Confirming submission=page.archiving />
                {move || page.transferred.get().map(|client| view! { <Transfer page=page client=client /> })}
            </div>
        </main>
    }
}

/// Search, and filters by owner and by whether a client is archived, with the number of clients found.
#[component]
fn Toolbar(page: Page) -> impl IntoView {
    let list = page.list;
    let total =
        move || list.total().map(|total| tx("clients-count", &[("count", Arg::Number(total as i64))]));
    let archived = vec![
        FilterOption { value: false, name: t("clients-archived-no") },
        FilterOption { value: true, name: t("clients-archived-yes") },
    ];
    let is_archived = untrack(|| list.query(|query| query.archived));
    view! {
        <div class="toolbar">
            <SearchField
                label=t("clients-search")
                placeholder=t("clients-search")
                value=Signal::derive(move || list.query(|query| query.search.clone()))
                on_input=move |typed: String| list.change(|query| query.search = typed)
                is_outlined=true
            />
            <OwnerFilter page=page />
            <FilterSelect
                label=t("clients-archived-yes")
                all=t("clients-archived-all")
                options=Signal::stored(archived)
                chosen=is_archived
                on_change=move |archived| list.change(|query| query.archived = archived)
            />
            <p class="muted" role="status">
                {total}
            </p>
        </div>
    }
}

/// The filter by owner, with a search where the company has more employees than are listed at once.
#[component]
fn OwnerFilter(page: Page) -> impl IntoView {
    let (list, employees) = (page.list, page.employees);
    let search = employees.search;
    let has_many = Memo::new(move |_| {
        employees.found.with(Vec::len) >= EMPLOYEES_LISTED || !search.with(String::is_empty)
    });
    // Whoever was chosen stays in the list, whatever is searched for then.
    let owner = RwSignal::new(None::<FilterOption<PersonId>>);
    let choose = move |id: Option<PersonId>, all: &[FilterOption<PersonId>]| {
        owner.set(all.iter().find(|known| Some(known.value) == id).cloned());
        list.change(|query| query.owner = id);
    };
    let select = move || {
        let option =
            |(person, _): &(Person, String)| FilterOption { value: person.id, name: person.name.clone() };
        let mut owners: Vec<_> = employees.found.with(|all| all.iter().map(option).collect());
        if let Some(kept) = owner.get_untracked().filter(|kept| !owners.contains(kept)) {
            owners.insert(0, kept);
        }
        let chosen = untrack(|| list.query(|query| query.owner));
        let options = Signal::stored(owners.clone());
        let change = move |id| choose(id, &owners);
        view! { <FilterSelect label=t("owner") all=t("all-owners") options=options chosen=chosen on_change=change /> }
    };
    view! {
        <Show when=move || has_many.get()>
            <input
                class="input input--compact"
                type="search"
                aria-label=t("employees-search")
                placeholder=t("employees-search")
                prop:value=move || search.get()
                on:input=move |event| search.set(event_target_value(&event))
            />
        </Show>
        {select}
    }
}

/// A page of clients as a table.
#[component]
fn List(page: Page, clients: Vec<AdminClient>) -> impl IntoView {
    view! {
        <div class="table-wrap" role="region" aria-label=t("clients-title") tabindex="0">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t("name")}</th>
                        <th scope="col">{t("owner")}</th>
                        <th scope="col">{t("channels")}</th>
                        <th scope="col">
                            <span class="visually-hidden">{t("actions")}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>
                    {clients.into_iter().map(|client| view! { <Row page=page client=client /> }).collect_view()}
                </tbody>
            </table>
        </div>
    }
}

/// A client with owner, channels, and the buttons to transfer and to archive.
#[component]
fn Row(page: Page, client: AdminClient) -> impl IntoView {
    let (id, person, name) = (client.person.id, client.person.clone(), client.person.name.clone());
    let is_archived = client.archived_at.is_some();
    let label =
        |action: &str| tx("of-user", &[("action", Arg::Text(&t(action))), ("name", Arg::Text(&name))]);
    let (transfer_label, archive_label) =
        (label("transfer"), label(if is_archived { "restore" } else { "archive" }));
    let archive = move |_| page.set_archived(id, !is_archived);
    let owner = client.owner.as_ref().map(|owner| owner.name.clone());
    let address = if client.email.is_empty() {
        causeway_api::phones::spaced(&client.phone)
    } else {
        client.email.clone()
    };
    let is_external = person.role == Some(Role::ExternalUser);
    let badges =
        client.channels.iter().map(|(channel, _)| view! { <ChannelBadge channel=*channel /> }).collect_view();
    view! {
        <tr>
            <td class="table__who">
                <Avatar name=person.name.clone() kind=person.kind size=AvatarSize::Sm />
                <span>
                    <b lang=person.name_lang.clone()>{person.name.clone()}</b>
                    <span class="table__sub">{address}</span>
                    {is_external.then(|| view! { <span class="pill pill--client">{t("role-external-user")}</span> })}
                    {is_archived.then(|| view! { <span class="pill">{t("archived")}</span> })}
                </span>
            </td>
            <td data-label=t("owner")>{owner}</td>
            <td data-label=t("channels")>{badges}</td>
            <td class="table__actions">
                <span class="btn-row">
                    <button
                        class="btn btn--sm"
                        type="button"
                        aria-label=transfer_label
                        on:click=move |_| page.transferred.set(Some(client.clone()))
                    >
                        {t("transfer")}
                    </button>
                    <button class="btn btn--sm" type="button" aria-label=archive_label on:click=archive>
                        {t(if is_archived { "restore" } else { "archive" })}
                    </button>
                </span>
            </td>
        </tr>
    }
}
