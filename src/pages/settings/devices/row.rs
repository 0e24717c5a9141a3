//! A connected device: its name, what is known of it, renaming and unlinking.

use super::Devices;
use crate::{
    client,
    components::{
        base::{banner::ErrorBanner, icon::Icon},
        form::{act_button::ActButton, field::TextField},
    },
    i18n::{self, Arg, t, tx},
    pages::{
        address::shown_address,
        submission::{Form, Submission, SubmitButton},
    },
    state::toasts::Toasts,
};
use causeway_api::devices::{Device, DeviceKind};
use leptos::prelude::*;
use uuid::Uuid;

fn icon(kind: DeviceKind) -> &'static str {
    match kind {
        DeviceKind::Computer => "i-laptop",
        DeviceKind::Phone => "i-mobile",
        DeviceKind::Tablet => "i-tablet",
    }
}

/// Returns the name of a device, or that it is unknown: its browser did not say.
fn shown(name: &str) -> String {
    if name == "?" { t("device-unknown") } else { name.to_owned() }
}

/// Returns browser, system and address, since when it is connected, and when it was used last.
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
    let address = shown_address(&device.address);
    let known = [agent, address.as_str(), since.as_str(), seen.as_str()];
    known.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// One device: renamed, unlinked or signed out.
#[component]
pub(super) fn DeviceRow(device: Device, devices: Devices) -> impl IntoView {
    let (id, name) = (device.id, shown(&device.name));
    let is_renaming = Memo::new(move |_| devices.renaming.get() == Some(id));
    let rename_label = tx("devices-rename-name", &[("device", Arg::Text(&name))]);
    let rename = {
        let name = name.clone();
        move |_| {
            if is_renaming.get_untracked() {
                devices.renaming.set(None);
            } else {
                devices.typed.set(name.clone());
                devices.renaming.set(Some(id));
            }
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
                {if device.is_current {
                    view! { <span class="pill pill--info">{t("devices-this")}</span> }.into_any()
                } else {
                    view! { <UnlinkButton device=device devices=devices /> }.into_any()
                }}
            </div>
            <Show when=move || is_renaming.get()>
                <Rename id=id devices=devices />
            </Show>
        </li>
    }
}

/// The button that unlinks a device, or signs it out if it was never linked.
#[component]
fn UnlinkButton(device: Device, devices: Devices) -> impl IntoView {
    let (id, name) = (device.id, shown(&device.name));
    let toasts = expect_context::<Toasts>();
    let unlinking = Submission::new().in_toasts();
    let (text, label) = if device.linked_at.is_some() {
        ("devices-unlink", "devices-unlink-name")
    } else {
        ("devices-sign-out", "devices-sign-out-name")
    };
    let label = tx(label, &[("device", Arg::Text(&name))]);
    let unlink = move |()| {
        let gone = tx("devices-gone", &[("device", Arg::Text(&name))]);
        let ask = move || client::devices::unlink_device(id);
        unlinking.send(ask, move |()| {
            toasts.say(gone.clone());
            devices.load();
        });
    };
    view! {
        <ActButton class="btn btn--sm btn--danger" label=label is_busy=unlinking.is_busy() on_act=unlink>
            {t(text)}
        </ActButton>
    }
}

/// The form for another name of a device.
#[component]
fn Rename(id: Uuid, devices: Devices) -> impl IntoView {
    let (typed, close) = (devices.typed, move || devices.renaming.set(None));
    let submission = Submission::new();
    let save = move |()| {
        submission.send(
            move || client::devices::rename_device(id, typed.get_untracked()),
            move |()| {
                close();
                devices.load();
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
