//! A client: profile, channels, notes; sharing, archiving, editing.

mod head;
mod info;
mod merging;
mod notes;
mod sharing;

use super::{channels::Channels, load_lists};
use crate::{
    client,
    components::{
        base::empty::{Empty, EmptyKind},
        list::tabs::{Tab, Tabs},
    },
    i18n::{keep, t},
    pages::explain,
    routes::Route,
    state::chats::Chats,
};
use causeway_api::{PersonId, ProblemCode, contacts::Contact};
use head::Head;
use info::{Edit, Info};
use leptos::{prelude::*, task::spawn_local};
pub(super) use notes::SharedChats;
use notes::{ContactFiles, Conversations, Notes};

/// A part of what is kept about a client, on a tab of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Info,
    Channels,
    Notes,
    Conversations,
    Files,
}

impl Part {
    const ALL: [Self; 5] = [Self::Info, Self::Channels, Self::Notes, Self::Conversations, Self::Files];

    fn key(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Channels => "channels",
            Self::Notes => "notes",
            Self::Conversations => "conversations",
            Self::Files => "files",
        }
    }
}

/// The chosen client, or why the client is not shown.
#[component]
pub(super) fn Detail(id: PersonId) -> impl IntoView {
    let contact = follow(id);
    let is_there = Memo::new(move |_| contact.with(|contact| contact.as_ref().map(Result::is_ok)));
    view! {
        <section class="pane pane--content" id="content" aria-labelledby="ct-title">
            <div class="pane__scroll">
                {move || match is_there.get() {
                    None => {
                        view! {
                            <p class="notice" role="status">
                                {t("loading")}
                            </p>
                        }
                            .into_any()
                    }
                    Some(false) => {
                        let why = contact.get_untracked().and_then(Result::err).unwrap_or_default();
                        view! {
                            <Empty title=t("failed-title") text=why kind=EmptyKind::Failed>
                                <a class="btn" href=Route::Contacts.href()>
                                    {t("back-to-contacts")}
                                </a>
                            </Empty>
                        }
                            .into_any()
                    }
                    Some(true) => view! { <Parts id=id loaded=contact /> }.into_any(),
                }}
            </div>
        </section>
    }
}

/// Loads a contact, and again whenever it changes. The error is in words.
fn follow(id: PersonId) -> RwSignal<Option<Result<Contact, String>>> {
    let contact = keep(format!("contact.{id}"), || None::<Result<Contact, String>>);
    let load = move || {
        spawn_local(async move {
            let answer = client::contacts::get_contact(id).await;
            contact.try_set(Some(answer.map_err(|error| match error.code() {
                Some(ProblemCode::NotFound) => t("contact-missing"),
                _ => explain(&error),
            })));
        });
    };
    let changed = expect_context::<Chats>().news().contact_changed;
    Effect::new(move |_| {
        if changed.get().is_none_or(|who| who == id) {
            load();
        }
    });
    contact
}

/// The head of a contact, and the tabs with profile, channels, notes, conversations and files.
#[component]
fn Parts(
    id: PersonId,
    /// The contact, which is there.
    loaded: RwSignal<Option<Result<Contact, String>>>,
) -> impl IntoView {
    let tab = keep(format!("contact.tab.{id}"), || Part::Info);
    let contact = Signal::derive(move || loaded.get().and_then(Result::ok));
    let put = Callback::new(move |new: Contact| loaded.set(Some(Ok(new))));
    let label = |part: Part| t(format!("contact-{}", part.key()));
    let tabs = Part::ALL.map(|part| Tab { value: part, key: part.key(), label: label(part) });
    let count =
        move |part| (part == Part::Notes).then(|| contact.get().map_or(0, |contact| contact.notes.len()));
    view! {
        <Head contact=contact put=put />
        <Tabs
            tabs=tabs.to_vec()
            label=t("contact")
            panel="contact-panel"
            selected=tab
            count=count
            is_inset=true
            on_select=move |part| tab.set(part)
        />
        <div class="contact-body" role="tabpanel" id="contact-panel" tabindex="0" aria-label=move || label(tab.get())>
            <OpenPart id=id contact=contact put=put tab=tab />
        </div>
    }
}

/// The part whose tab is open.
#[component]
fn OpenPart(
    id: PersonId,
    contact: Signal<Option<Contact>>,
    /// Shows the contact as the server has returned it.
    put: Callback<Contact>,
    tab: RwSignal<Part>,
) -> impl IntoView {
    let lists = load_lists();
    let is_editing = keep(format!("contact.editing.{id}"), || false);
    let edit = Callback::new(move |()| {
        is_editing.set(true);
        tab.set(Part::Info);
    });
    move || match (tab.get(), is_editing.get()) {
        (Part::Info, true) => {
            view! { <Edit id=id contact=contact put=put lists=lists is_editing=is_editing /> }.into_any()
        }
        (Part::Info, false) => {
            view! { <Info contact=contact put=put lists=lists is_editing=is_editing /> }.into_any()
        }
        (Part::Channels, _) => view! { <Channels contact=contact put=put edit=edit /> }.into_any(),
        (Part::Notes, _) => view! { <Notes id=id contact=contact put=put /> }.into_any(),
        (Part::Conversations, _) => view! { <Conversations contact=contact /> }.into_any(),
        (Part::Files, _) => view! { <ContactFiles contact=contact /> }.into_any(),
    }
}
