//! Contacts: clients and colleagues, a client's profile, channels and notes, and inviting a client.

mod channels;
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

/// The contacts page.
#[component]
pub fn Contacts() -> impl IntoView {
    set_title(&t("nav-contacts"));
    let params = use_params_map();
    let selected =
        Memo::new(move |_| params.read().get("contact").and_then(|id| id.parse::<PersonId>().ok()));
    // The menu for new chats leads here, to the same drawer.
    let is_inviting = keep("contacts.inviting", || use_query_map().read_untracked().get("invite").is_some());
    let view_name = move || if selected.get().is_some() { "content" } else { "list" };
    view! {
        <main
            class=move || if is_inviting.get() { "portal__main split split--drawer" } else { "portal__main split" }
            id="main"
            tabindex="-1"
            data-view=view_name
        >
            <h1 class="visually-hidden">{t("nav-contacts")}</h1>
            <list::ContactList selected=selected is_inviting=is_inviting />
            {move || match selected.get() {
                Some(id) => view! { <detail::Detail id=id /> }.into_any(),
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
