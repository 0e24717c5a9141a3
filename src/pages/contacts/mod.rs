//! Contacts: clients and colleagues, a client's profile, channels and notes, and inviting a client.

mod channels;
mod colleague;
mod detail;
mod invite;
mod list;
pub mod profile_form;
pub mod qr;

pub(crate) use invite::InviteDrawer;

use crate::{
    client,
    components::base::empty::Empty,
    i18n::{keep, t},
    pages::set_title,
};
use causeway_api::{PersonId, contacts::Lists};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::{use_params_map, use_query_map};

/// The contact of the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opened {
    Client(PersonId),
    Colleague(PersonId),
}

impl Opened {
    /// Reads `/contacts/ID` and `/contacts/team/ID`.
    fn read(first: Option<&str>, second: Option<&str>) -> Option<Self> {
        match (first?, second) {
            ("team", Some(id)) => id.parse().ok().map(Self::Colleague),
            (id, None) => id.parse().ok().map(Self::Client),
            _ => None,
        }
    }

    fn person(self) -> PersonId {
        match self {
            Self::Client(id) | Self::Colleague(id) => id,
        }
    }
}

/// The contacts page.
#[component]
pub fn Contacts() -> impl IntoView {
    set_title(&t("nav-contacts"));
    let params = use_params_map();
    let opened = Memo::new(move |_| {
        let params = params.read();
        Opened::read(params.get("contact").as_deref(), params.get("colleague").as_deref())
    });
    // The menu for new chats leads here, to the same drawer.
    let is_inviting = keep("contacts.inviting", || use_query_map().read_untracked().get("invite").is_some());
    let view_name = move || if opened.get().is_some() { "content" } else { "list" };
    view! {
        <main
            class=move || if is_inviting.get() { "portal__main split split--drawer" } else { "portal__main split" }
            id="main"
            tabindex="-1"
            data-view=view_name
        >
            <h1 class="visually-hidden">{t("nav-contacts")}</h1>
            <list::ContactList opened=opened is_inviting=is_inviting />
            {move || match opened.get() {
                Some(Opened::Client(id)) => view! { <detail::Detail id=id /> }.into_any(),
                Some(Opened::Colleague(id)) => view! { <colleague::Colleague id=id /> }.into_any(),
                None => {
                    view! {
                        <section class="pane pane--content">
                            <Empty title=t("no-contact-title") text=t("no-contact-text") />
                        </section>
                    }
                        .into_any()
                }
            }}
            <Show when=move || is_inviting.get()>
                <InviteDrawer on_close=move |()| is_inviting.set(false) />
            </Show>
        </main>
    }
}

/// Loads the lists that profiles choose from. Without them their names and filters are missing; everything else works.
fn load_lists() -> RwSignal<Lists> {
    let lists = RwSignal::new(Lists::default());
    spawn_local(async move {
        if let Ok(all) = client::contacts::get_lists().await {
            lists.try_set(all);
        }
    });
    lists
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_opens_a_client_or_a_colleague_or_nothing() {
        let id = PersonId(uuid::Uuid::from_u128(7));
        let text = id.to_string();
        for (first, second, opened) in [
            (Some(text.as_str()), None, Some(Opened::Client(id))),
            (Some("team"), Some(text.as_str()), Some(Opened::Colleague(id))),
            (Some("team"), None, None),
            (Some("team"), Some("x"), None),
            (Some(text.as_str()), Some(text.as_str()), None),
            (None, None, None),
        ] {
            assert_eq!(Opened::read(first, second), opened, "{first:?} {second:?}");
        }
    }
}
