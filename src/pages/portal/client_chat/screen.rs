//! The screen of a client: a bar at the top, and the open conversation or the list.

use super::{CLIENT, list::ClientList};
use crate::pages::{
    chats::{Details, conversation::Conversation, is_details_open},
    portal::{live, offline::OfflineBanner, update::UpdatePrompt},
    public::{LanguageSelect, PublicFrame},
};
use crate::{
    components::base::{
        empty::{Empty, EmptyKind},
        icon::Icon,
    },
    i18n::t,
    state::{chats::Chats, preferences, session::CurrentSession},
};
use causeway_api::{ChatId, auth::Session, paths::Side};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The client's chat: the conversation at once where there is one, else the list first.
#[component]
pub(super) fn Screen(session: Session) -> impl IntoView {
    let chats = Chats::provide(Side::Client, &session);
    CurrentSession::provide(session.clone());
    live::follow(chats);
    let params = use_params_map();
    let chosen = Memo::new(move |_| params.read().get("chat").and_then(|id| id.parse::<ChatId>().ok()));
    // A single conversation is opened at once.
    let shown = Memo::new(move |_| {
        chats.order.with(|order| {
            // A client who was removed from a group is led back to the others.
            let chosen = chosen.get().filter(|id| order.contains(id));
            chosen.or_else(|| (order.len() == 1).then(|| order[0]))
        })
    });
    let has_several = Memo::new(move |_| chats.order.with(Vec::len) > 1);
    let can_go_back = Signal::derive(move || has_several.get() && shown.get().is_some());
    let company = session.company;
    crate::pages::set_title(&company);
    Effect::new(move |_| crate::pages::set_title_count(chats.unread_total()));
    move || {
        if chats.signed_out.get() {
            return view! {
                <PublicFrame>
                    <Empty title=t("link-spent-title") text=t("client-link-spent-text") kind=EmptyKind::Failed />
                </PublicFrame>
            }
            .into_any();
        }
        view! {
            <a class="skip-link" href="#main">
                {t("skip-to-content")}
            </a>
            <div class="client">
                <Head company=company.clone() can_go_back=can_go_back />
                <OfflineBanner connection=chats.connection.into() />
                <UpdatePrompt />
                <Main company=company.clone() shown=shown />
            </div>
        }
        .into_any()
    }
}

/// The bar at the top: back to the list, the company, language and theme.
#[component]
fn Head(
    company: String,
    /// Whether a conversation is open and there are others.
    can_go_back: Signal<bool>,
) -> impl IntoView {
    let back = move || {
        view! {
            <a class="icon-btn" href=CLIENT aria-label=t("back-to-chats")>
                <Icon name="i-left" />
            </a>
        }
    };
    view! {
        <header class="screen__head">
            {move || can_go_back.get().then(back)} <span class="brand">
                <span class="brand__mark">
                    <Icon name="c-causeway" />
                </span>
                <span class="client__company">{company}</span>
            </span> <span class="push"></span> <LanguageSelect />
            <button
                class="icon-btn"
                type="button"
                aria-label=t("switch-theme")
                on:click=|_| preferences::switch_theme()
            >
                <Icon name="i-theme" />
            </button>
        </header>
    }
}

/// The open conversation with its details, or the list.
#[component]
fn Main(company: String, shown: Memo<Option<ChatId>>) -> impl IntoView {
    let is_details_open = is_details_open();
    view! {
        <main class="client__main" id="main" tabindex="-1" data-details=move || is_details_open.get().then_some("open")>
            <h1 class="visually-hidden">{company}</h1>
            {move || match shown.get() {
                Some(id) => {
                    view! {
                        <Conversation id=id is_details_open=is_details_open />
                        <Show when=move || is_details_open.get()>
                            <Details id=id on_close=move |()| is_details_open.set(false) />
                        </Show>
                    }
                        .into_any()
                }
                None => view! { <ClientList /> }.into_any(),
            }}
        </main>
    }
}
