//! A new direct chat with one person, or a group with several.

use crate::{
    client,
    components::{
        base::{
            avatar::{Avatar, AvatarSize, spoken_kind},
            banner::{ErrorBanner, WarningBanner},
            icon::{Icon, IconSize},
        },
        form::{dialog::Dialog, field::TextField},
        list::search_field::SearchField,
    },
    i18n::{Arg, fold, keep, t, tx},
    pages::{
        explain,
        submission::{Form, Submission, SubmitButton},
    },
    routes::Route,
    state::chats::Chats,
};
use causeway_api::{
    ChatId, PersonId,
    chats::{Chat, CreateChat},
    people::{Person, PersonKind},
    validate,
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;

/// The people chosen for a new chat, and the name of a group.
#[derive(Clone, Copy)]
struct Draft {
    chosen: RwSignal<Vec<PersonId>>,
    name: RwSignal<String>,
    /// One id for one group, however often the button is pressed.
    group_id: StoredValue<Option<ChatId>>,
}

impl Draft {
    fn keep() -> Self {
        let id = window().crypto().ok().and_then(|crypto| crypto.random_uuid().parse().ok());
        Self {
            chosen: keep("group.people", Vec::new),
            name: keep("group.name", String::new),
            group_id: StoredValue::new(id),
        }
    }

    /// Returns the chat to create, or shows what is missing.
    fn complete(self, submission: Submission) -> Option<CreateChat> {
        let members = self.chosen.get_untracked();
        match members.as_slice() {
            [] => {
                submission.fail(t("choose-people"));
                None
            }
            [one] => Some(CreateChat::Direct { with: *one }),
            _ => {
                let name = self.name.get_untracked();
                let wrong = validate::group_name(&name).err();
                if !submission.passes(wrong.map(|fault| ("name", fault))) {
                    return None;
                }
                Some(CreateChat::Group { id: self.group_id.get_value()?, name, members })
            }
        }
    }

    /// Returns the label of the button.
    fn verb(self) -> String {
        match self.chosen.with(Vec::len) {
            0 | 1 => t("start-chat"),
            count => {
                let everyone = i64::try_from(count + 1).unwrap_or(i64::MAX);
                tx("create-group", &[("count", Arg::Number(everyone))])
            }
        }
    }
}

/// Returns up to 200 people whose name or description has every word of `wanted`.
pub(super) fn found(people: &[Person], wanted: &str) -> Vec<Person> {
    let matches = |person: &&Person| {
        let texts = [fold(&person.name), fold(&person.company_role), fold(&person.about)];
        wanted.split(' ').all(|word| texts.iter().any(|text| text.contains(word)))
    };
    people.iter().filter(matches).take(200).cloned().collect()
}

/// Returns what a client who joins and the clients who are there will see of each other; `None` where there are none.
pub(super) fn clients_meet(others: &[&Person], joining: &Person) -> Option<String> {
    let join = |before: String, next: &&Person| {
        tx("list-next", &[("before", Arg::Text(&before)), ("name", Arg::Text(&next.name))])
    };
    let (first, rest) = others.split_first()?;
    let others = rest.iter().fold(first.name.clone(), join);
    Some(tx("warn-clients-meet", &[("name", Arg::Text(&joining.name)), ("others", Arg::Text(&others))]))
}

/// The same for a group of the people who were chosen.
fn chosen_clients_meet(people: &[Person], chosen: &[PersonId]) -> Option<String> {
    let find = |id: &PersonId| people.iter().find(|person| person.id == *id);
    let clients: Vec<&Person> =
        chosen.iter().filter_map(find).filter(|person| person.kind == PersonKind::Client).collect();
    let (last, others) = clients.split_last()?;
    clients_meet(others, last)
}

/// The dialog that starts a direct chat with one person or a group with several.
#[component]
pub(super) fn NewChat(#[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let navigate = use_navigate();
    let people = RwSignal::new(Vec::<Person>::new());
    let (submission, draft, search) = (Submission::new(), Draft::keep(), RwSignal::new(String::new()));
    spawn_local(async move {
        match client::people::list_people().await {
            Ok(all) => drop(people.try_set(all)),
            Err(failed) => submission.fail(explain(&failed)),
        }
    });
    let found = Memo::new(move |_| people.with(|people| found(people, &fold(&search.get()))));
    let warning = Memo::new(move |_| {
        people.with(|people| draft.chosen.with(|chosen| chosen_clients_meet(people, chosen)))
    });
    let is_group = Memo::new(move |_| draft.chosen.with(Vec::len) > 1);
    let submit = move |()| {
        let Some(new) = draft.complete(submission) else { return };
        let ask = move || {
            let new = new.clone();
            async move { client::chats::create_chat(&new).await }
        };
        let navigate = navigate.clone();
        submission.send(ask, move |chat: Chat| {
            let id = chat.id;
            chats.upsert(chat);
            on_close.try_run(());
            navigate(&Route::Chat(id).href(), leptos_router::NavigateOptions::default());
        });
    };
    view! {
        <Dialog title=t("new-chat") on_close=on_close>
            <Form class="dialog__body" on_submit=submit>
                <ErrorBanner text=submission.error() />
                <InviteLink />
                <SearchField
                    label=t("search-people")
                    placeholder=t("search-people")
                    value=search
                    on_input=move |typed: String| search.set(typed)
                    is_outlined=true
                />
                <People found=found chosen=draft.chosen />
                <Show when=move || is_group.get()>
                    <TextField id="group-name" label=t("group-name") value=draft.name error=submission.fault("name") />
                </Show>
                <WarningBanner text=warning />
                <div class="btn-row btn-row--end">
                    <button class="btn" type="button" on:click=move |_| on_close.run(())>
                        {t("cancel")}
                    </button>
                    <SubmitButton
                        label=Signal::derive(move || draft.verb())
                        is_busy=submission.is_busy()
                        class="btn btn--primary"
                    />
                </div>
            </Form>
        </Dialog>
    }
}

/// The link to the invitation of a client who is not in the list yet.
#[component]
fn InviteLink() -> impl IntoView {
    view! {
        <p>
            <a class="btn btn--sm" href="/contacts?invite=1">
                <Icon name="i-user-add" size=IconSize::Sm />
                {t("invite-title")}
            </a>
        </p>
    }
}

/// The people who were found, to choose from.
#[component]
fn People(found: Memo<Vec<Person>>, chosen: RwSignal<Vec<PersonId>>) -> impl IntoView {
    let toggle = move |id: PersonId| {
        chosen.update(|chosen| match chosen.iter().position(|present| *present == id) {
            Some(at) => drop(chosen.remove(at)),
            None => chosen.push(id),
        });
    };
    view! {
        <fieldset class="choices">
            <legend class="visually-hidden">{t("people")}</legend>
            <For each=move || found.get() key=|person| person.id let:person>
                <label class="mini choices__item">
                    <Avatar
                        name=person.name.clone()
                        kind=person.kind
                        size=AvatarSize::Sm
                        spoken=spoken_kind(person.kind)
                    />
                    <span lang=person
                        .name_lang
                        .clone()>{person.name.clone()} <span class="mini__note">{person.line().to_owned()}</span></span>
                    <input
                        type="checkbox"
                        prop:checked=move || chosen.with(|chosen| chosen.contains(&person.id))
                        on:change=move |_| toggle(person.id)
                    />
                </label>
            </For>
        </fieldset>
    }
}
