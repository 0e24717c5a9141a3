//! Adding a participant to a group: a person is chosen, and added by the button.

use crate::{
    client,
    components::{
        base::{
            avatar::{Avatar, AvatarSize, spoken_kind},
            banner::{ErrorBanner, WarningBanner},
        },
        form::dialog::Dialog,
        list::search_field::SearchField,
    },
    i18n::{Arg, fold, t, tx},
    pages::{
        chats::new_chat::{clients_meet, found},
        explain,
        submission::{Form, Submission, SubmitButton},
    },
    state::{chats::Chats, delivery},
};
use causeway_api::{PersonId, chats::Chat, people::Person};
use leptos::{prelude::*, task::spawn_local};

/// The dialog that adds a member to a group, who sees messages from then on.
#[component]
pub(super) fn AddParticipant(chat: ArcRwSignal<Chat>, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let (submission, search) = (Submission::new(), RwSignal::new(String::new()));
    let (people, chosen) = (RwSignal::new(Vec::<Person>::new()), RwSignal::new(None::<PersonId>));
    load(people, submission);
    let id = chat.with_untracked(|chat| chat.id);
    let for_absent = chat.clone();
    let absent = Memo::new(move |_| {
        let present =
            for_absent.with(|chat| chat.members.iter().map(|member| member.person.id).collect::<Vec<_>>());
        let is_absent = |person: &&Person| !present.contains(&person.id);
        people.with(|people| people.iter().filter(is_absent).cloned().collect::<Vec<_>>())
    });
    let shown = Memo::new(move |_| absent.with(|people| found(people, &fold(&search.get()))));
    let choice = Memo::new(move |_| {
        let chosen = chosen.get()?;
        absent.with(|people| people.iter().find(|person| person.id == chosen).cloned())
    });
    let warning = Memo::new(move |_| {
        let choice = choice.get()?;
        chat.with(|chat| clients_meet(&delivery::clients_met(chat, &choice), &choice))
    });
    let add = move |()| {
        let Some(person) = choice.get_untracked() else {
            return submission.fail(t("choose-person"));
        };
        let ask = move || client::chats::add_member(id, person.id);
        submission.send(ask, move |chat: Chat| {
            chats.upsert(chat);
            // The viewer may have been removed meanwhile, and the dialog is gone.
            on_close.try_run(());
        });
    };
    let verb = Signal::derive(move || match choice.get() {
        None => t("add"),
        Some(person) => {
            let id = if warning.with(Option::is_some) { "add-anyway" } else { "add-name" };
            tx(id, &[("name", Arg::Text(&person.name))])
        }
    });
    view! {
        <Dialog title=t("add-participant") on_close=on_close>
            <Form class="dialog__body" on_submit=add>
                <ErrorBanner text=submission.error() />
                <p class="muted">{t("add-participant-hint")}</p>
                <SearchField
                    label=t("search-people")
                    placeholder=t("search-people")
                    value=search
                    on_input=move |typed: String| search.set(typed)
                    is_outlined=true
                />
                <Choices shown=shown chosen=chosen submission=submission />
                <WarningBanner text=warning />
                <div class="btn-row btn-row--end">
                    <button class="btn" type="button" on:click=move |_| on_close.run(())>
                        {t("cancel")}
                    </button>
                    <SubmitButton label=verb is_busy=submission.is_busy() class="btn btn--primary" />
                </div>
            </Form>
        </Dialog>
    }
}

/// Loads the people whom the viewer can add.
fn load(people: RwSignal<Vec<Person>>, submission: Submission) {
    spawn_local(async move {
        match client::people::list_people().await {
            Ok(all) => drop(people.try_set(all)),
            Err(failed) => submission.fail(explain(&failed)),
        }
    });
}

/// The people who were found, of whom one can be chosen.
#[component]
fn Choices(
    shown: Memo<Vec<Person>>,
    chosen: RwSignal<Option<PersonId>>,
    submission: Submission,
) -> impl IntoView {
    let choose = move |id: PersonId| {
        submission.clear();
        chosen.set(Some(id));
    };
    view! {
        <fieldset class="choices">
            <legend class="visually-hidden">{t("people")}</legend>
            <For each=move || shown.get() key=|person| person.id let:person>
                <label class="mini choices__item">
                    <Avatar
                        name=person.name.clone()
                        kind=person.kind
                        size=AvatarSize::Sm
                        spoken=spoken_kind(person.kind)
                    />
                    <span lang=person
                        .name_lang
                        .clone()>{person.name.clone()} <span class="mini__note">{person.about.clone()}</span></span>
                    <input
                        type="radio"
                        name="participant"
                        prop:checked=move || chosen.get() == Some(person.id)
                        on:change=move |_| choose(person.id)
                    />
                </label>
            </For>
        </fieldset>
        <Show when=move || shown.with(Vec::is_empty)>
            <p class="muted" role="status">
                {t("no-results-title")}
            </p>
        </Show>
    }
}
