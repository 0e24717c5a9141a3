//! The tags of a client: chosen from the list that org admins keep, and typed by those who keep it.

use crate::{
    client::{self, ClientError},
    components::{
        base::icon::{Icon, IconSize},
        form::field::{Field, FieldFoot},
    },
    i18n::{Arg, t, tx},
    pages::{sign_in::confirm_again::Confirming, submission::Submission},
    state::session::CurrentSession,
};
use causeway_api::{
    contacts::{ListItem, Lists, Profile},
    people::Role,
    validate::Fault,
};
use leptos::{portal::Portal, prelude::*, task::spawn_local};
use uuid::Uuid;

/// Tags as tokens; adding one chooses from the list, or types a new one where the person may add to it.
#[component]
pub(super) fn TagField(
    profile: RwSignal<Profile>,
    submission: Submission,
    lists: RwSignal<Lists>,
    /// It may stay empty.
    is_optional: Signal<bool>,
) -> impl IntoView {
    let error = submission.fault("tags");
    let chosen = move || profile.with(|profile| profile.tags.clone());
    let name = move |id: Uuid| {
        lists.with(|lists| lists.tags.iter().find(|item| item.id == id).map(|item| item.name.clone()))
    };
    let open =
        move || lists.get().tags.into_iter().filter(|item| !chosen().contains(&item.id)).collect::<Vec<_>>();
    let add = move |event: leptos::ev::Event| {
        error.correct();
        if let Ok(id) = event_target_value(&event).parse::<Uuid>() {
            profile.update(|profile| profile.tags.push(id));
        }
    };
    let token = move |id: Uuid| {
        let remove = move |()| profile.update(|profile| profile.tags.retain(|tag| *tag != id));
        name(id).map(|name| view! { <Token name=name on_remove=remove /> })
    };
    let may_add =
        use_context::<CurrentSession>().and_then(|session| session.get().me.role).is_some_and(Role::governs);
    view! {
        <Field id="tags" label=t("tags") error=error hint=None is_optional=is_optional>
            <div class="tokens">
                {move || chosen().into_iter().map(token).collect_view()}
                <select
                    class="tokens__input"
                    id="tags"
                    required=move || !is_optional.get()
                    aria-invalid=move || error.invalid()
                    aria-describedby="tags-error"
                    prop:value=""
                    on:change=add
                >
                    <option value="">{t("add-tag")}</option>
                    {move || {
                        open()
                            .into_iter()
                            .map(|item| view! { <option value=item.id.to_string()>{item.name}</option> })
                            .collect_view()
                    }}
                </select>
            </div>
        </Field>
        {may_add.then(|| view! { <NewTag profile=profile lists=lists on_add=move |()| error.correct() /> })}
    }
}

/// A tag of the client, with the button that takes it away.
#[component]
fn Token(name: String, #[prop(into)] on_remove: Callback<()>) -> impl IntoView {
    let label = tx("remove-tag", &[("name", Arg::Text(&name))]);
    view! {
        <span class="token">
            {name}
            <button class="token__x" type="button" aria-label=label on:click=move |_| on_remove.run(())>
                <Icon name="i-x" size=IconSize::Xs />
            </button>
        </span>
    }
}

/// A tag that is typed.
#[derive(Clone, Copy)]
struct Typing {
    typed: RwSignal<String>,
    profile: RwSignal<Profile>,
    lists: RwSignal<Lists>,
    adding: Submission,
    on_add: Callback<()>,
}

impl Typing {
    /// Gives the client the tag that was typed: one of the list, else a new one.
    fn add(self) {
        let name = self.typed.with_untracked(|typed| typed.trim().to_owned());
        if name.is_empty() {
            return;
        }
        if let Some(id) = self.find(&name) {
            return self.take(id);
        }
        let ask = {
            let name = name.clone();
            move || client::contacts::add_list_item("tags", name.clone())
        };
        let added = move |item: ListItem| {
            let id = item.id;
            self.lists.update(|lists| {
                lists.tags.push(item);
                lists.tags.sort_by(|one, other| one.name.cmp(&other.name));
            });
            self.take(id);
        };
        self.adding.send_or(ask, added, move |refused| self.is_there_meanwhile(&name, refused));
    }

    fn find(self, name: &str) -> Option<Uuid> {
        let key = name.to_lowercase();
        self.lists.with_untracked(|lists| {
            lists.tags.iter().find(|item| item.name.to_lowercase() == key).map(|item| item.id)
        })
    }

    fn take(self, id: Uuid) {
        self.typed.set(String::new());
        self.on_add.run(());
        self.profile.update(|profile| {
            if !profile.tags.contains(&id) {
                profile.tags.push(id);
            }
        });
    }

    /// Takes a tag that someone else has added since the list was loaded. Returns `false` for any other refusal.
    fn is_there_meanwhile(self, name: &str, refused: &ClientError) -> bool {
        let is_taken = refused.field("name").as_deref() == Some(Fault::Taken.as_str());
        if is_taken {
            let (name, refused) = (name.to_owned(), refused.clone());
            spawn_local(async move {
                if let Ok(lists) = client::contacts::get_lists().await {
                    self.lists.try_set(lists);
                }
                match self.find(&name) {
                    Some(id) => self.take(id),
                    None => self.adding.refuse(refused),
                }
            });
        }
        is_taken
    }
}

/// The field in which an org admin types a tag; one that is new is added to the list of the company.
#[component]
fn NewTag(
    profile: RwSignal<Profile>,
    lists: RwSignal<Lists>,
    /// A tag was added.
    #[prop(into)]
    on_add: Callback<()>,
) -> impl IntoView {
    let adding = Submission::new();
    let typing = Typing { typed: RwSignal::new(String::new()), profile, lists, adding, on_add };
    let error = adding.fault("name");
    let input = move |event| {
        error.correct();
        adding.error().set(None);
        typing.typed.set(event_target_value(&event));
    };
    let press = move |event: leptos::ev::KeyboardEvent| {
        // Enter that ends the composition of an input method is part of the word.
        if event.key() == "Enter" && !event.is_composing() {
            event.prevent_default();
            typing.add();
        }
    };
    let why = Signal::derive(move || error.text().get().or_else(|| adding.error().get()));
    view! {
        <div class="field">
            <label class="field__label" for="new-tag">
                {t("tag-type")}
            </label>
            <input
                class="input"
                id="new-tag"
                autocomplete="off"
                prop:value=move || typing.typed.get()
                on:input=input
                on:keydown=press
                aria-invalid=move || why.with(Option::is_some).then_some("true")
                aria-describedby="new-tag-error new-tag-hint"
            />
            <FieldFoot id="new-tag" error=why hint=t("tag-type-hint") />
        </div>
        // Outside of the form around this field: a form in a form would send both.
        <Portal>
            <Confirming submission=adding />
        </Portal>
    }
}
