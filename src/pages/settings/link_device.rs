//! The dialog that links a phone: code and QR code, what the phone does, comparing the number.

use crate::{
    client,
    components::{
        base::{
            banner::ErrorBanner,
            icon::{Icon, IconSize},
            qr::QrCodeImage,
        },
        form::dialog::Dialog,
    },
    i18n::{Arg, minutes, t, tx},
    pages::{explain, field_fault},
    state::{chats::Chats, countdown::count_down},
};
use causeway_api::{
    ProblemCode,
    devices::{DeviceLink, LinkCode, LinkStep},
};
use leptos::{prelude::*, task::spawn_local};

/// What the steps share.
#[derive(Clone, Copy)]
struct Linking {
    code: RwSignal<LinkCode>,
    link: Memo<Option<DeviceLink>>,
    left: Signal<Option<u32>>,
    error: RwSignal<Option<String>>,
    is_busy: RwSignal<bool>,
}

impl Linking {
    /// How far it is; a code no one used in time has expired.
    fn step(self) -> LinkStep {
        let id = self.code.with(|code| code.id);
        let known = self.link.with(|link| link.as_ref().filter(|link| link.id == id).map(|link| link.step));
        let step = known.unwrap_or(LinkStep::Waiting);
        if !step.is_over() && self.left.get() == Some(0) { LinkStep::Expired } else { step }
    }

    /// The device and its address, in a text.
    fn about(self, text: &str) -> String {
        self.link.with(|link| {
            let (device, address) =
                link.as_ref().map_or(("", ""), |link| (link.device.as_str(), link.address.as_str()));
            let device = if device == "?" { t("device-unknown") } else { device.to_owned() };
            tx(text, &[("device", Arg::Text(&device)), ("address", Arg::Text(address))])
        })
    }
}

/// The dialog.
#[component]
pub(super) fn LinkDevice(code: RwSignal<LinkCode>, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let (left, restart) = count_down(Some(code.with_untracked(|code| code.expires_in)));
    let news = expect_context::<Chats>().news().devices;
    let linking = Linking {
        code,
        link: Memo::new(move |_| news.with(|news| news.link.clone())),
        left,
        error: RwSignal::new(None),
        is_busy: RwSignal::new(false),
    };
    let step = Memo::new(move |_| linking.step());
    let renew = move || {
        if linking.is_busy.get_untracked() {
            return;
        }
        linking.is_busy.set(true);
        spawn_local(async move {
            let begun = client::devices::begin_link().await;
            linking.is_busy.try_set(false);
            match begun {
                Ok(new) => {
                    linking.error.try_set(None);
                    restart(Some(new.expires_in));
                    linking.code.try_set(new);
                }
                // The dialog is opened again after a code was confirmed.
                Err(refused) if refused.code() == Some(ProblemCode::ConfirmAgain) => on_close.run(()),
                Err(refused) => {
                    let words = field_fault(&refused, "device").unwrap_or_else(|| explain(&refused));
                    linking.error.try_set(Some(words));
                }
            }
        });
    };
    // A code that no one has used is renewed by itself; one that someone has is not taken away.
    Effect::new(move |_| {
        let is_unused = linking.link.with_untracked(|link| {
            link.as_ref().is_none_or(|link| link.id != linking.code.with_untracked(|code| code.id))
        });
        if step.get() == LinkStep::Expired && is_unused && linking.error.with_untracked(Option::is_none) {
            renew();
        }
    });
    // Whoever closes the dialog takes back a code that is not used up.
    let close = move |()| {
        let id = code.with_untracked(|code| code.id);
        if !step.get_untracked().is_over() {
            spawn_local(async move {
                if let Err(error) = client::devices::refuse_link(id).await {
                    web_sys::console::warn_1(&format!("a link was not taken back: {error}").into());
                }
            });
        }
        on_close.run(());
    };
    let title =
        move || if step.get() == LinkStep::Linked { t("link-linked-title") } else { t("devices-link") };
    view! {
        <Dialog title=t("devices-link") on_close=close>
            <div class="dialog__body center">
                <p class="visually-hidden" role="status">{move || announce(linking, step.get())}</p>
                <ErrorBanner text=linking.error/>
                {move || match step.get() {
                    LinkStep::Waiting => view! { <CodeToShow linking=linking on_renew=move |()| renew()/> }.into_any(),
                    LinkStep::Confirm => view! { <Compare linking=linking/> }.into_any(),
                    LinkStep::Opened => view! {
                        <p>{linking.about("link-opened")}</p>
                        <TimeLeft linking=linking text="link-ends-in"/>
                        <button class="btn btn--danger" type="button" on:click=move |_| refuse(linking)>{t("link-refuse")}</button>
                    }.into_any(),
                    LinkStep::Approved => view! { <p>{t("link-approved")}</p><TimeLeft linking=linking text="link-ends-in"/> }.into_any(),
                    LinkStep::Linked => view! {
                        <h3 class="auth__title">{title()}</h3>
                        <p>{linking.about("link-linked")}</p>
                        <button class="btn btn--primary btn--block" type="button" on:click=move |_| on_close.run(())>{t("done")}</button>
                    }.into_any(),
                    over => view! {
                        <p>{t(if over == LinkStep::Refused { "link-refused" } else { "link-expired" })}</p>
                        <button class="btn btn--block" type="button" aria-busy=move || linking.is_busy.get().then_some("true") on:click=move |_| renew()>
                            <Icon name="i-refresh" size=IconSize::Sm/>{t("link-another")}
                        </button>
                    }.into_any(),
                }}
            </div>
        </Dialog>
    }
}

/// What has just changed, for those who do not see it.
fn announce(linking: Linking, step: LinkStep) -> String {
    match step {
        LinkStep::Waiting => String::new(),
        LinkStep::Opened => linking.about("link-opened"),
        LinkStep::Confirm => t("link-confirm-title"),
        LinkStep::Approved => t("link-approved"),
        LinkStep::Linked => linking.about("link-linked"),
        LinkStep::Refused => t("link-refused"),
        LinkStep::Expired => t("link-expired"),
    }
}

fn refuse(linking: Linking) {
    let id = linking.code.with_untracked(|code| code.id);
    spawn_local(async move {
        if let Err(error) = client::devices::refuse_link(id).await {
            linking.error.try_set(Some(explain(&error)));
        }
    });
}

#[component]
fn CodeToShow(linking: Linking, #[prop(into)] on_renew: Callback<()>) -> impl IntoView {
    let spoken = move || {
        let spelled =
            linking.code.with(|code| code.code.chars().map(String::from).collect::<Vec<_>>().join(" "));
        format!("{}: {spelled}", t("link-code-label"))
    };
    view! {
        <p class="muted">{t("link-scan")}</p>
        {move || {
            let address = linking.code.with(|code| code.address.clone());
            view! { <QrCodeImage text=address label=t("qr-code")/> }
        }}
        <p class="or">{t("link-or-type")}</p>
        <p class="big-code"><span aria-hidden="true" data-code="">{move || linking.code.with(|code| code.code.clone())}</span><span class="visually-hidden">{spoken}</span></p>
        <TimeLeft linking=linking text="link-works-for"/>
        <button class="btn btn--block" type="button" aria-busy=move || linking.is_busy.get().then_some("true") on:click=move |_| on_renew.run(())>
            <Icon name="i-refresh" size=IconSize::Sm/>{t("link-another")}
        </button>
    }
}

#[component]
fn TimeLeft(
    linking: Linking,
    /// The text that says how long it goes on.
    text: &'static str,
) -> impl IntoView {
    let share = move || {
        let whole = linking.code.with(|code| code.expires_in).max(1);
        format!("{}%", linking.left.get().unwrap_or(0).min(whole) * 100 / whole)
    };
    view! {
        <div class="countdown">
            <div class="countdown__bar" aria-hidden="true"><span style:inline-size=share></span></div>
            <p class="num">{move || tx(text, &[("time", Arg::Text(&minutes(linking.left.get().unwrap_or(0))))])}</p>
        </div>
    }
}

#[component]
fn Compare(linking: Linking) -> impl IntoView {
    let (number, fault) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let confirm = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if linking.is_busy.get_untracked() {
            return;
        }
        linking.is_busy.set(true);
        let id = linking.code.with_untracked(|code| code.id);
        spawn_local(async move {
            let done = client::devices::confirm_link(id, number.get_untracked()).await;
            linking.is_busy.try_set(false);
            match done {
                Ok(()) => drop(fault.try_set(None)),
                // The event says that it is over.
                Err(refused) if refused.code() == Some(ProblemCode::CodeRefused) => {}
                Err(refused) => {
                    let at_number = field_fault(&refused, "number").unwrap_or_else(|| explain(&refused));
                    fault.try_set(Some(at_number));
                }
            }
        });
    };
    view! {
        <h3 class="auth__title">{t("link-confirm-title")}</h3>
        <p>{linking.about("link-confirm-text")}</p>
        <form class="auth__form" novalidate on:submit=confirm>
            <div class="field">
                <label class="field__label" for="link-number">{t("link-number")}</label>
                <input
                    class="input link__number num"
                    id="link-number"
                    inputmode="numeric"
                    autocomplete="off"
                    autofocus
                    maxlength="2"
                    prop:value=move || number.get()
                    aria-invalid=move || fault.with(Option::is_some).then_some("true")
                    aria-describedby="link-number-error"
                    on:input=move |event| number.set(event_target_value(&event))
                />
                <p class="field__error" id="link-number-error" role="alert">{move || fault.get()}</p>
            </div>
            <button class="btn btn--primary btn--block" type="submit" aria-busy=move || linking.is_busy.get().then_some("true")>{t("link-confirm")}</button>
            <button class="btn btn--danger btn--block" type="button" on:click=move |_| refuse(linking)>{t("link-refuse")}</button>
        </form>
        <TimeLeft linking=linking text="link-ends-in"/>
    }
}
