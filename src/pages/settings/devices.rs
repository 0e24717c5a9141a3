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
        form::{
            dialog_form::{Act, ConfirmDialog},
            field::TextField,
        },
    },
    i18n::{self, Arg, t, tx},
    pages::{
        explain,
        sign_in::confirm_again::Confirming,
        submission::{Form, Submission, SubmitButton},
    },
    state::{chats::Chats, session::CurrentSession, toasts::Toasts},
};
use causeway_api::{
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

/// The connected devices: renamed, signed out, and the button that links a phone.
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
    let linking = Submission::new().in_toasts();
    let link = move |_| {
        linking.send(client::devices::begin_link, move |code| open.set(Open::Link(RwSignal::new(code))));
    };
    let close = move |()| {
        open.set(Open::Nothing);
        shared.load();
    };
    let has_others =
        Memo::new(move |_| shared.list.with(|list| list.as_ref().is_some_and(|list| list.devices.len() > 1)));
    view! {
        <header class="page-head">
            <div>
                <h2 class="page-head__title">{t("menu-devices")}</h2>
                <p class="page-head__text">{t("devices-text")}</p>
            </div>
        </header>
        <section aria-labelledby="devices-connected">
            <div class="section__head">
                <h3 class="overline" id="devices-connected">
                    {t("devices-connected")}
                </h3>
                {is_employee
                    .then(|| {
                        view! {
                            <button
                                class="btn btn--primary btn--sm"
                                type="button"
                                aria-haspopup="dialog"
                                aria-busy=move || linking.is_busy().get().then_some("true")
                                on:click=link
                            >
                                <Icon name="i-plus" size=IconSize::Xs />
                                {t("devices-link")}
                            </button>
                        }
                    })}
            </div>
            <Connected shared=shared />
            <Show when=move || has_others.get()>
                <p class="device__others">
                    <button
                        class="btn btn--danger"
                        type="button"
                        aria-haspopup="dialog"
                        on:click=move |_| open.set(Open::SignOutOthers)
                    >
                        {t("devices-sign-out-others")}
                    </button>
                </p>
            </Show>
        </section>
        {move || match open.get() {
            Open::Nothing => ().into_any(),
            Open::Link(code) => view! { <LinkDevice code=code on_close=close /> }.into_any(),
            Open::SignOutOthers => view! { <SignOutOthers toasts=toasts on_close=Callback::new(close) /> }.into_any(),
        }}
        <Confirming submission=linking />
    }
}

/// What is connected, or why that is not known.
#[component]
fn Connected(shared: Shared) -> impl IntoView {
    view! {
        {move || match (shared.list.get(), shared.error.get()) {
            (Some(list), _) => {
                view! {
                    <ul class="config">
                        <For each=move || list.devices.clone() key=|device| format!("{device:?}") let:device>
                            <Row device=device shared=shared />
                        </For>
                    </ul>
                }
                    .into_any()
            }
            (None, Some(error)) => {
                view! {
                    <Empty title=t("failed-title") text=error kind=EmptyKind::Failed>
                        <button class="btn" type="button" on:click=move |_| shared.load()>
                            {t("try-again")}
                        </button>
                    </Empty>
                }
                    .into_any()
            }
            (None, None) => {
                view! {
                    <p role="status" aria-busy="true">
                        {t("loading")}
                    </p>
                }
                    .into_any()
            }
        }}
    }
}

/// Asks before every other device is signed out.
#[component]
fn SignOutOthers(toasts: Toasts, on_close: Callback<()>) -> impl IntoView {
    let submission = Submission::new().in_toasts();
    let sign_out = move |()| {
        submission.send(client::devices::unlink_other_devices, move |()| {
            toasts.say(t("devices-others-gone"));
            on_close.run(());
        });
    };
    view! {
        <ConfirmDialog
            title=t("devices-sign-out-others")
            verb=t("devices-sign-out-others")
            act=Act::Dangerous
            is_busy=submission.is_busy()
            on_confirm=sign_out
            on_close=on_close
        >
            <p>{t("devices-sign-out-others-text")}</p>
        </ConfirmDialog>
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

/// One device: renamed, unlinked or signed out.
#[component]
fn Row(device: Device, shared: Shared) -> impl IntoView {
    let (id, name, old_name) = (device.id, shown(&device.name), shown(&device.name));
    let unlinking = Submission::new().in_toasts();
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
        let gone = gone.clone();
        unlinking.send(
            move || client::devices::unlink_device(id),
            move |()| {
                shared.toasts.say(gone.clone());
                shared.load();
            },
        );
    };
    let end = if device.is_current {
        view! { <span class="pill pill--info">{t("devices-this")}</span> }.into_any()
    } else {
        view! {
            <button
                class="btn btn--sm btn--danger"
                type="button"
                aria-label=unlink_label
                aria-busy=move || unlinking.is_busy().get().then_some("true")
                on:click=unlink
            >
                {unlink_text}
            </button>
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
            <span class="device__icon">
                <Icon name=icon(device.kind) />
            </span>
            <div>
                <p class="device__name">{name}</p>
                <p class="device__meta">{meta(&device)}</p>
            </div>
            <div class="device__end">
                <button
                    class="icon-btn"
                    type="button"
                    aria-label=rename_label
                    aria-expanded=move || is_renaming.get().to_string()
                    on:click=rename
                >
                    <Icon name="i-edit" />
                </button>
                {end}
            </div>
            <Show when=move || is_renaming.get()>
                <Rename id=id shared=shared />
            </Show>
        </li>
    }
}

/// The form with another name.
#[component]
fn Rename(id: uuid::Uuid, shared: Shared) -> impl IntoView {
    let (typed, close) = (shared.typed, move || shared.renaming.set(None));
    let submission = Submission::new();
    let save = move |()| {
        submission.send(
            move || client::devices::rename_device(id, typed.get_untracked()),
            move |()| {
                close();
                shared.load();
            },
        );
    };
    view! {
        <Form class="device__form" on_submit=save>
            <ErrorBanner text=submission.error() />
            <TextField
                id="device-name"
                label=t("devices-name")
                value=typed
                error=submission.fault("name")
                autocomplete="off"
                autofocus=true
            />
            <SubmitButton label=t("save") is_busy=submission.is_busy() class="btn btn--primary" />
            <button class="btn" type="button" on:click=move |_| close()>
                {t("cancel")}
            </button>
        </Form>
    }
}
