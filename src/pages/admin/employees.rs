//! Choosing an employee out of many: a list, and a search that narrows it.

use crate::{client, i18n::t, pages::explain, state::toasts::Toasts};
use causeway_api::{
    PersonId,
    page::UsersLimit,
    people::{Person, Role},
    users::{UserQuery, UserState},
};
use leptos::{prelude::*, task::spawn_local};

/// How many are listed at a time.
pub(super) const EMPLOYEES_LISTED: usize = UsersLimit::MOST.size();

/// The active employees who write in chats, as the search finds them.
#[derive(Clone, Copy)]
pub(super) struct Employees {
    /// The words of the search.
    pub(super) search: RwSignal<String>,
    /// The employees found, each with the username.
    pub(super) found: RwSignal<Vec<(Person, String)>>,
}

impl Employees {
    /// Loads them, and again whenever the search changes.
    pub(super) fn follow() -> Self {
        let toasts = expect_context::<Toasts>();
        let this = Self { search: RwSignal::default(), found: RwSignal::default() };
        Effect::new(move |_| {
            let wanted = this.search.get();
            spawn_local(async move {
                let query = UserQuery {
                    state: Some(UserState::Active),
                    limit: UsersLimit::MOST,
                    search: wanted.clone(),
                    ..UserQuery::default()
                };
                let answer = client::users::list_users(&query).await;
                if this.search.try_with_untracked(|search| *search == wanted) != Some(true) {
                    return; // Something else is searched for by now.
                }
                match answer {
                    Ok(page) => {
                        let writes = |role: Option<Role>| role != Some(Role::ComplianceOfficer);
                        let users = page.items.into_iter().filter(|user| writes(user.person.role));
                        this.found.set(users.map(|user| (user.person, user.username)).collect());
                    }
                    Err(error) => toasts.error(explain(&error)),
                }
            });
        });
        this
    }

    /// Returns the employees found, without `but` and always with the one who is chosen.
    fn listed(self, chosen: Option<Person>, but: Option<PersonId>) -> Vec<(Person, String)> {
        let mut people = self.found.get();
        people.retain(|(person, _)| Some(person.id) != but);
        if let Some(person) = chosen
            && people.iter().all(|(other, _)| other.id != person.id)
        {
            people.insert(0, (person, String::new()));
        }
        people
    }
}

/// The search, and the list to choose from.
#[component]
pub(super) fn EmployeeSelect(
    employees: Employees,
    /// The id of the list, which a label names.
    id: &'static str,
    /// The employee who is chosen, always part of the list.
    #[prop(into)]
    chosen: Signal<Option<Person>>,
    /// The employee who cannot be chosen.
    #[prop(optional_no_strip)]
    but: Option<PersonId>,
    #[prop(into)] is_invalid: Signal<bool>,
    described_by: String,
    #[prop(into)] on_choose: Callback<Option<Person>>,
) -> impl IntoView {
    let options = move || employees.listed(chosen.get(), but);
    let choose = move |event: leptos::ev::Event| {
        let wanted = event_target_value(&event).parse::<PersonId>().ok();
        on_choose
            .run(options().into_iter().map(|(person, _)| person).find(|person| Some(person.id) == wanted));
    };
    let option = move |(person, username): (Person, String)| {
        let id = person.id;
        let name = if username.is_empty() { person.name } else { format!("{} · {username}", person.name) };
        let is_chosen = move || chosen.with(|chosen| chosen.as_ref().map(|it| it.id)) == Some(id);
        view! {
            <option value=id.to_string() selected=is_chosen>
                {name}
            </option>
        }
    };
    view! {
        <input
            class="input input--compact"
            type="search"
            aria-label=t("employees-search")
            placeholder=t("employees-search")
            aria-controls=id
            prop:value=move || employees.search.get()
            on:input=move |event| employees.search.set(event_target_value(&event))
        />
        <select
            class="input input--lg"
            id=id
            aria-invalid=move || is_invalid.get().then_some("true")
            aria-describedby=described_by
            on:change=choose
        >
            <option value="">{t("choose")}</option>
            {move || options().into_iter().map(option).collect_view()}
        </select>
    }
}
