//! Devices: what is connected, other names, signing out, and linking a phone.

mod row;

use super::link_device::LinkDevice;
use crate::{
    client,
    components::{
        base::{
            empty::{Failed, Loading},
            icon::{Icon, IconSize},
        },
        form::{
            act_button::ActButton,
            dialog_form::{Act, ConfirmDialog},
        },
    },
    i18n::t,
    pages::{explain, sign_in::confirm_again::Confirming, submission::Submission},
    state::{chats::Chats, session::CurrentSession, toasts::Toasts},
};
use causeway_api::{
    devices::{DeviceList, LinkCode},
    people::Role,
};
use gloo_timers::callback::Interval;
use leptos::{prelude::*, task::spawn_local};
use row::DeviceRow;
use uuid::Uuid;

/// How often the list is loaded again: no signal says when a device was last seen.
const RELOAD_MILLIS: u32 = 30_000;

/// The dialog that is open.
#[derive(Clone, PartialEq)]
enum Open {
    Nothing,
    Link(RwSignal<LinkCode>),
    SignOutOthers,
}

/// The devices of the user.
#[derive(Clone, Copy)]
struct Devices {
    list: RwSignal<Option<DeviceList>>,
    error: RwSignal<Option<String>>,
    /// The device that is being renamed, and what was typed: the list may be loaded again meanwhile.
    renaming: RwSignal<Option<Uuid>>,
    typed: RwSignal<String>,
}

impl Devices {
    /// Loads the list, and again on news of it and from time to time while the page is visible.
    fn follow() -> Self {
        let devices = Self {
            list: RwSignal::new(None),
            error: RwSignal::new(None),
            renaming: RwSignal::new(None),
            typed: RwSignal::new(String::new()),
        };
        let news = expect_context::<Chats>().news().devices;
        Effect::new(move |_| {
            news.track();
            devices.load();
        });
        let again = StoredValue::new_local(Some(Interval::new(RELOAD_MILLIS, move || {
            if !document().hidden() {
                devices.load();
            }
        })));
        on_cleanup(move || drop(again.try_update_value(Option::take)));
        devices
    }

    /// Loads the list again.
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

    /// Whether a device besides this one is connected.
    fn has_others(self) -> bool {
        self.list.with(|list| list.as_ref().is_some_and(|list| list.devices.len() > 1))
    }
}

/// The connected devices: renamed, signed out, and the button that links a phone.
#[component]
pub(super) fn DeviceSettings() -> impl IntoView {
    let devices = Devices::follow();
    let open = RwSignal::new(Open::Nothing);
    let close = move |()| {
        open.set(Open::Nothing);
        devices.load();
    };
    let has_others = Memo::new(move |_| devices.has_others());
    view! {
        <header class="page-head">
            <div>
                <h2 class="page-head__title">{t("menu-devices")}</h2>
                <p class="page-head__text">{t("devices-text")}</p>
            </div>
        </header>
        <section aria-labelledby="devices-connected">
            <ConnectedHead open=open />
            <Connected devices=devices />
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
            Open::SignOutOthers => view! { <SignOutOthers on_close=Callback::new(close) /> }.into_any(),
        }}
    }
}

/// The heading of the list, and the button that links a phone; external users link none.
#[component]
fn ConnectedHead(open: RwSignal<Open>) -> impl IntoView {
    let is_employee = expect_context::<CurrentSession>().get().me.role != Some(Role::ExternalUser);
    let linking = Submission::new().in_toasts();
    let link = move |()| {
        linking.send(client::devices::begin_link, move |code| open.set(Open::Link(RwSignal::new(code))));
    };
    view! {
        <div class="section__head">
            <h3 class="overline" id="devices-connected">
                {t("devices-connected")}
            </h3>
            {is_employee
                .then(|| {
                    view! {
                        <ActButton
                            class="btn btn--primary btn--sm"
                            opens_dialog=true
                            is_busy=linking.is_busy()
                            on_act=link
                        >
                            <Icon name="i-plus" size=IconSize::Xs />
                            {t("devices-link")}
                        </ActButton>
                    }
                })}
        </div>
        <Confirming submission=linking />
    }
}

/// The connected devices, or why they are not known.
#[component]
fn Connected(devices: Devices) -> impl IntoView {
    move || match (devices.list.get(), devices.error.get()) {
        (Some(list), _) => view! {
            <ul class="config">
                <For each=move || list.devices.clone() key=|device| format!("{device:?}") let:device>
                    <DeviceRow device=device devices=devices />
                </For>
            </ul>
        }
        .into_any(),
        (None, Some(error)) => view! { <Failed text=error on_retry=move |()| devices.load() /> }.into_any(),
        (None, None) => view! { <Loading /> }.into_any(),
    }
}

/// Asks before every other device is signed out.
#[component]
fn SignOutOthers(on_close: Callback<()>) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
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
