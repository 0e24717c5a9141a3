//! A new direct chat with one person, or a group with several.

use crate::{
    client,
    components::{
        base::{
            avatar::{Avatar, AvatarSize, spoken_kind},
            banner::ErrorBanner,
            icon::{Icon, IconSize},
        },
        form::{dialog::Dialog, field::TextField},
        list::search_field::SearchField,
    },
    i18n::{Arg, fold, keep, t, tx},
    pages::{explain, field_fault},
    routes::Route,
    state::chats::Chats,
};
use causeway_api::{ChatId, PersonId, chats::CreateChat, people::Person, validate};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;

#[component]
pub(super) fn NewChat(#[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let navigate = use_navigate();
    let people = RwSignal::new(Vec::<Person>::new());
    let (error, name_error) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let (search, name) = (RwSignal::new(String::new()), keep("group.name", String::new));
    let chosen = keep("group.people", Vec::<PersonId>::new);
    let is_busy = RwSignal::new(false);
    // One id for one group, however often the button is pressed.
    let group_id = StoredValue::new(
        window().crypto().ok().and_then(|crypto| crypto.random_uuid().parse::<ChatId>().ok()),
    );
    spawn_local(async move {
        match client::people::list_people().await {
            Ok(all) => drop(people.try_set(all)),
            Err(failed) => drop(error.try_set(Some(explain(&failed)))),
        }
    });
    let found = Memo::new(move |_| {
        let wanted = fold(&search.get());
        people.with(|people| {
            let matches = |person: &&Person| {
                let texts = [fold(&person.name), fold(&person.about)];
                wanted.split(' ').all(|word| texts.iter().any(|text| text.contains(word)))
            };
            people.iter().filter(matches).take(200).cloned().collect::<Vec<_>>()
        })
    });
    let is_group = Memo::new(move |_| chosen.with(Vec::len) > 1);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let members = chosen.get_untracked();
        let new = match members.as_slice() {
            [] => return error.set(Some(t("choose-people"))),
            [one] => CreateChat::Direct { with: *one },
            _ => {
                if let Err(fault) = validate::group_name(&name.get_untracked()) {
                    return name_error.set(Some(t(fault)));
                }
                let Some(id) = group_id.get_value() else { return };
                CreateChat::Group { id, name: name.get_untracked(), members }
            }
        };
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        let navigate = navigate.clone();
        spawn_local(async move {
            match client::chats::create_chat(&new).await {
                Ok(chat) => {
                    let id = chat.id;
                    chats.upsert(chat);
                    on_close.run(());
                    navigate(&Route::Chat(id).href(), leptos_router::NavigateOptions::default());
                }
                Err(refused) => {
                    let at_field = field_fault(&refused, "name");
                    error.try_set(at_field.is_none().then(|| explain(&refused)));
                    name_error.try_set(at_field);
                }
            }
            is_busy.try_set(false);
        });
    };
    let toggle = move |id: PersonId| {
        chosen.update(|chosen| match chosen.iter().position(|present| *present == id) {
            Some(at) => drop(chosen.remove(at)),
            None => chosen.push(id),
        });
    };
    view! {
        <Dialog title=t("new-chat") on_close=on_close>
            <form class="dialog__body" on:submit=submit novalidate>
                <ErrorBanner text=error/>
                <p><a class="btn btn--sm" href="/contacts?invite=1"><Icon name="i-user-add" size=IconSize::Sm/>{t("invite-title")}</a></p>
                <SearchField label=t("search-people") placeholder=t("search-people") value=search on_input={move |typed: String| search.set(typed)} is_outlined=true/>
                <fieldset class="choices">
                    <legend class="visually-hidden">{t("people")}</legend>
                    <For each=move || found.get() key=|person| person.id let:person>
                        <label class="mini choices__item">
                            <Avatar name=person.name.clone() kind=person.kind size=AvatarSize::Sm spoken=spoken_kind(person.kind)/>
                            <span lang=person.name_lang.clone()>
                                {person.name.clone()}
                                <span class="mini__note">{person.about.clone()}</span>
                            </span>
                            <input
                                type="checkbox"
                                prop:checked=move || chosen.with(|chosen| chosen.contains(&person.id))
                                on:change=move |_| toggle(person.id)
                            />
                        </label>
                    </For>
                </fieldset>
                <Show when=move || is_group.get()>
                    <TextField id="group-name" label=t("group-name") value=name error=name_error/>
                </Show>
                <div class="btn-row btn-row--end">
                    <button class="btn" type="button" on:click=move |_| on_close.run(())>{t("cancel")}</button>
                    <button class="btn btn--primary" type="submit" aria-busy=move || is_busy.get().then_some("true")>
                        {move || match chosen.with(Vec::len) {
                            0 | 1 => t("start-chat"),
                            count => tx("create-group", &[("count", Arg::Number(i64::try_from(count + 1).unwrap_or(i64::MAX)))]),
                        }}
                    </button>
                </div>
            </form>
        </Dialog>
    }
}
