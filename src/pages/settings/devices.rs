//! Devices: what is connected, other names, signing out, and linking a phone.

use super::link_device::LinkDevice;
use crate::{
    client,
    components::{
        base::{
            banner::ErrorBanner,
            empty::{Empty, EmptyKind},
            icon::{Icon, IconSize},
        },
        form::{dialog::Dialog, field::TextField},
    },
    i18n::{self, Arg, t, tx},
    pages::{explain, field_fault, sign_in::confirm_again::ConfirmAgain},
    state::{chats::Chats, session::CurrentSession, toasts::Toasts},
};
use causeway_api::{
    ProblemCode,
    devices::{Device, DeviceKind, DeviceList, LinkCode},
    people::Role,
};
use gloo_timers::callback::Interval;
use leptos::{prelude::*, task::spawn_local};

/// How often the list is looked at again, for what no one tells: who was seen last.
const LOOK_AGAIN_MILLIS: u32 = 30_000;

/// The dialog that is open.
#[derive(Clone, PartialEq)]
enum Open {
    Nothing,
    ConfirmAgain,
    Link(RwSignal<LinkCode>),
    SignOutOthers,
}

/// What the rows share.
#[derive(Clone, Copy)]
struct Shared {
    list: RwSignal<Option<DeviceList>>,
    error: RwSignal<Option<String>>,
    /// The device that is being renamed, and what was typed: the list may be loaded again meanwhile.
    renaming: RwSignal<Option<uuid::Uuid>>,
    typed: RwSignal<String>,
    toasts: Toasts,
}

impl Shared {
    fn load(self) {
        spawn_local(async move {
            match client::devices::list_devices().await {
                Ok(list) => {
                    self.error.try_set(None);
                    self.list.try_set(Some(list));
                }
                // What is on the screen stays; an empty page says what is wrong.
                Err(error) => drop(self.error.try_set(Some(explain(&error)))),
            }
        });
    }
}

/// The page.
#[component]
pub(super) fn Devices() -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let shared = Shared {
        list: RwSignal::new(None),
        error: RwSignal::new(None),
        renaming: RwSignal::new(None),
        typed: RwSignal::new(String::new()),
        toasts,
    };
    let news = expect_context::<Chats>().news().devices;
    Effect::new(move |_| {
        news.track();
        shared.load();
    });
    let again = StoredValue::new_local(Some(Interval::new(LOOK_AGAIN_MILLIS, move || {
        if !document().hidden() {
            shared.load();
        }
    })));
    on_cleanup(move || drop(again.try_update_value(Option::take)));
    let is_employee = expect_context::<CurrentSession>().get().me.role != Some(Role::ExternalUser);
    let open = RwSignal::new(Open::Nothing);
    let is_busy = RwSignal::new(false);
    let link = move || {
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        spawn_local(async move {
            let begun = client::devices::begin_link().await;
            is_busy.try_set(false);
            match begun {
                Ok(code) => drop(open.try_set(Open::Link(RwSignal::new(code)))),
                Err(refused) if refused.code() == Some(ProblemCode::ConfirmAgain) => {
                    open.try_set(Open::ConfirmAgain);
                }
                Err(refused) => {
                    toasts.error(field_fault(&refused, "device").unwrap_or_else(|| explain(&refused)));
                }
            }
        });
    };
    let sign_out_others = move |_| {
        open.set(Open::Nothing);
        spawn_local(async move {
            match client::devices::unlink_other_devices().await {
                Ok(()) => toasts.say(t("devices-others-gone")),
                Err(error) => toasts.error(explain(&error)),
            }
            shared.load();
        });
    };
    let close = move |()| {
        open.set(Open::Nothing);
        shared.load();
    };
    let has_others =
        Memo::new(move |_| shared.list.with(|list| list.as_ref().is_some_and(|list| list.devices.len() > 1)));
    view! {
        <header class="page-head"><div>
            <h2 class="page-head__title">{t("menu-devices")}</h2>
            <p class="page-head__text">{t("devices-text")}</p>
        </div></header>
        <section aria-labelledby="devices-connected">
            <div class="section__head">
                <h3 class="overline" id="devices-connected">{t("devices-connected")}</h3>
                {is_employee.then(|| view! {
                    <button class="btn btn--primary btn--sm" type="button" aria-haspopup="dialog" aria-busy=move || is_busy.get().then_some("true") on:click=move |_| link()>
                        <Icon name="i-plus" size=IconSize::Xs/>{t("devices-link")}
                    </button>
                })}
            </div>
            {move || match (shared.list.get(), shared.error.get()) {
                (Some(list), _) => view! {
                    <ul class="config">
                        <For each=move || list.devices.clone() key=|device| format!("{device:?}") let:device>
                            <Row device=device shared=shared/>
                        </For>
                    </ul>
                }.into_any(),
                (None, Some(error)) => view! {
                    <Empty title=t("failed-title") text=error kind=EmptyKind::Failed>
                        <button class="btn" type="button" on:click=move |_| shared.load()>{t("try-again")}</button>
                    </Empty>
                }.into_any(),
                (None, None) => view! { <p role="status" aria-busy="true">{t("loading")}</p> }.into_any(),
            }}
            <Show when=move || has_others.get()>
                <p class="device__others">
                    <button class="btn btn--danger" type="button" aria-haspopup="dialog" on:click=move |_| open.set(Open::SignOutOthers)>{t("devices-sign-out-others")}</button>
                </p>
            </Show>
        </section>
        {move || match open.get() {
            Open::Nothing => ().into_any(),
            Open::ConfirmAgain => view! {
                <ConfirmAgain on_done=move |()| { open.set(Open::Nothing); link(); } on_close=close/>
            }.into_any(),
            Open::Link(code) => view! { <LinkDevice code=code on_close=close/> }.into_any(),
            Open::SignOutOthers => view! {
                <Dialog title=t("devices-sign-out-others") on_close=close>
                    <div class="dialog__body"><p>{t("devices-sign-out-others-text")}</p></div>
                    <footer class="dialog__foot">
                        <button class="btn" type="button" on:click=move |_| close(())>{t("cancel")}</button>
                        <button class="btn btn--danger" type="button" on:click=sign_out_others>{t("devices-sign-out-others")}</button>
                    </footer>
                </Dialog>
            }.into_any(),
        }}
    }
}

fn icon(kind: DeviceKind) -> &'static str {
    match kind {
        DeviceKind::Computer => "i-laptop",
        DeviceKind::Phone => "i-mobile",
        DeviceKind::Tablet => "i-tablet",
    }
}

/// The name of a device; one whose browser says nothing has none.
fn shown(name: &str) -> String {
    if name == "?" { t("device-unknown") } else { name.to_owned() }
}

/// Browser, system and address, since when it is connected, and when it was used last.
fn meta(device: &Device) -> String {
    let since = match device.linked_at {
        Some(at) => tx("devices-linked-at", &[("day", Arg::Text(&i18n::list_time(at)))]),
        None => tx("devices-signed-in-at", &[("day", Arg::Text(&i18n::list_time(device.signed_in_at)))]),
    };
    let seen = if device.is_online {
        t("devices-online")
    } else {
        tx("devices-seen-at", &[("when", Arg::Text(&i18n::list_time(device.seen_at)))])
    };
    let agent = [device.browser.as_str(), device.system.as_str()];
    let agent = agent.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    // A device without a name of its own is called by its browser and system already.
    let agent = if agent == device.name { "" } else { agent.as_str() };
    let known = [agent, device.address.as_str(), since.as_str(), seen.as_str()];
    known.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

#[component]
fn Row(device: Device, shared: Shared) -> impl IntoView {
    let (id, name, old_name) = (device.id, shown(&device.name), shown(&device.name));
    let is_busy = RwSignal::new(false);
    let is_renaming = Memo::new(move |_| shared.renaming.get() == Some(id));
    let of_device = |text: &str| tx(text, &[("device", Arg::Text(&name))]);
    let (rename_label, unlink_label) = if device.linked_at.is_some() {
        (of_device("devices-rename-name"), of_device("devices-unlink-name"))
    } else {
        (of_device("devices-rename-name"), of_device("devices-sign-out-name"))
    };
    let unlink_text = t(if device.linked_at.is_some() { "devices-unlink" } else { "devices-sign-out" });
    let gone = of_device("devices-gone");
    let unlink = move |_| {
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        let gone = gone.clone();
        spawn_local(async move {
            match client::devices::unlink_device(id).await {
                Ok(()) => shared.toasts.say(gone),
                Err(error) => shared.toasts.error(explain(&error)),
            }
            is_busy.try_set(false);
            shared.load();
        });
    };
    let end = if device.is_current {
        view! { <span class="pill pill--info">{t("devices-this")}</span> }.into_any()
    } else {
        view! {
            <button class="btn btn--sm btn--danger" type="button" aria-label=unlink_label aria-busy=move || is_busy.get().then_some("true") on:click=unlink>{unlink_text}</button>
        }
        .into_any()
    };
    let rename = move |_| {
        if is_renaming.get_untracked() {
            shared.renaming.set(None);
        } else {
            shared.typed.set(old_name.clone());
            shared.renaming.set(Some(id));
        }
    };
    view! {
        <li class="device">
            <span class="device__icon"><Icon name=icon(device.kind)/></span>
            <div>
                <p class="device__name">{name}</p>
                <p class="device__meta">{meta(&device)}</p>
            </div>
            <div class="device__end">
                <button class="icon-btn" type="button" aria-label=rename_label aria-expanded=move || is_renaming.get().to_string() on:click=rename>
                    <Icon name="i-edit"/>
                </button>
                {end}
            </div>
            <Show when=move || is_renaming.get()><Rename id=id shared=shared/></Show>
        </li>
    }
}

#[component]
fn Rename(id: uuid::Uuid, shared: Shared) -> impl IntoView {
    let (typed, close) = (shared.typed, move || shared.renaming.set(None));
    let (fault, error) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        spawn_local(async move {
            match client::devices::rename_device(id, typed.get_untracked()).await {
                Ok(()) => {
                    close();
                    shared.load();
                }
                Err(refused) => {
                    let at_name = field_fault(&refused, "name");
                    error.try_set(at_name.is_none().then(|| explain(&refused)));
                    fault.try_set(at_name);
                }
            }
        });
    };
    view! {
        <form class="device__form" novalidate on:submit=save>
            <ErrorBanner text=error/>
            <TextField id="device-name" label=t("devices-name") value=typed error=fault autocomplete="off" autofocus=true/>
            <button class="btn btn--primary" type="submit">{t("save")}</button>
            <button class="btn" type="button" on:click=move |_| close()>{t("cancel")}</button>
        </form>
    }
}
