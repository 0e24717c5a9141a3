//! Inviting a client: a drawer with two steps, messaging identity and profile. What was typed survives closing it and
//! a reload, until the invitation has been sent or given up. A change of the feature configuration is followed meanwhile.

mod draft;
mod identity;
mod profile;
mod wizard;

use super::qr::Qr;
use crate::{
    components::base::{channel::channel_name, icon::Icon},
    i18n::{Arg, t, tx},
    routes::Route,
};
use causeway_api::{contacts::Invited, phones::spaced};
use identity::IdentityStep;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use profile::ProfileStep;
use wizard::Wizard;

/// The drawer in which an employee invites a client, in two steps.
#[component]
pub(crate) fn InviteDrawer(#[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let wizard = Wizard::begin();
    let step = Memo::new(move |_| usize::from(wizard.draft.with(|draft| draft.checked.is_some())));
    let drawer = NodeRef::<leptos::html::Section>::new();
    drawer.on_load(|drawer| {
        // The focus goes to what has just been opened; an element that is there takes it.
        let _ = drawer.focus();
    });
    view! {
        <div class="drawer-scrim" on:click=move |_| on_close.run(())></div>
        <section
            node_ref=drawer
            class="drawer"
            role="dialog"
            aria-labelledby="dr-title"
            aria-describedby="dr-sub"
            tabindex="-1"
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    on_close.run(());
                }
            }
        >
            <DrawerHead wizard=wizard on_close=on_close />
            {move || match (wizard.done.get(), step.get()) {
                (Some(done), _) => view! { <Done done=done wizard=wizard on_close=on_close /> }.into_any(),
                (None, 0) => view! { <IdentityStep wizard=wizard on_close=on_close /> }.into_any(),
                (None, _) => view! { <ProfileStep wizard=wizard on_close=on_close /> }.into_any(),
            }}
        </section>
    }
}

/// The title of the drawer, with channel and address once they are known.
#[component]
fn DrawerHead(wizard: Wizard, on_close: Callback<()>) -> impl IntoView {
    let subtitle = move || {
        wizard.draft.with(|draft| {
            let checked = draft.checked.as_ref();
            checked.map(|checked| {
                format!("{} · {}", channel_name(draft.identity.channel), spaced(&checked.address))
            })
        })
    };
    view! {
        <header class="drawer__head">
            <div class="drawer__what">
                <h2 class="drawer__title" id="dr-title">
                    {t("invite-title")}
                </h2>
                <p class="muted num" id="dr-sub">
                    {subtitle}
                </p>
            </div>
            <button class="icon-btn" type="button" aria-label=t("close") on:click=move |_| on_close.run(())>
                <Icon name="i-x" />
            </button>
        </header>
    }
}

fn steps() -> Vec<String> {
    vec![t("invite-step-identity"), t("invite-step-profile")]
}

/// That the invitation was sent, with its link where there is one.
#[component]
fn Done(done: Invited, wizard: Wizard, on_close: Callback<()>) -> impl IntoView {
    let navigate = use_navigate();
    let id = done.contact.person.id;
    let show = move |_| {
        navigate(&Route::Contact(id).href(), leptos_router::NavigateOptions::default());
        on_close.run(());
    };
    let args = [("name", Arg::Text(done.contact.person.name.as_str()))];
    view! {
        <div class="drawer__body">
            <p role="status">
                <b>{tx("invited-done", &args)}</b>
            </p>
            {done.link.clone().map(|link| view! { <Qr link=link /> })}
        </div>
        <footer class="drawer__foot">
            <button class="btn" type="button" on:click=move |_| wizard.done.set(None)>
                {t("invite-another")}
            </button>
            <button class="btn btn--primary" type="button" on:click=show>
                {t("show-contact")}
            </button>
        </footer>
    }
}
