//! The dialog that links a phone: code and QR code, what the phone does, comparing the number.

use crate::{
    client::{self, ClientError},
    components::{
        base::{
            banner::ErrorBanner,
            icon::{Icon, IconSize},
            qr::QrCodeImage,
        },
        form::{dialog::Dialog, field::Field},
    },
    i18n::{Arg, minutes, t, tx},
    pages::{
        explain,
        submission::{Form, Submission, SubmitButton},
    },
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
    submission: Submission,
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

/// The dialog that links a phone: shows the code, follows the phone, and asks for its number.
#[component]
pub(super) fn LinkDevice(code: RwSignal<LinkCode>, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let (left, restart) = count_down(Some(code.with_untracked(|code| code.expires_in)));
    let news = expect_context::<Chats>().news().devices;
    let linking = Linking {
        code,
        link: Memo::new(move |_| news.with(|news| news.link.clone())),
        left,
        submission: Submission::new(),
    };
    let step = Memo::new(move |_| linking.step());
    let renew = move || {
        let begun = move |new: LinkCode| {
            restart(Some(new.expires_in));
            linking.code.set(new);
        };
        // The dialog is opened again after a code was confirmed.
        let takes = move |refused: &ClientError| {
            let is_over = refused.code() == Some(ProblemCode::ConfirmAgain);
            if is_over {
                on_close.run(());
            }
            is_over
        };
        linking.submission.send_or(client::devices::begin_link, begun, takes);
    };
    // A code that no one has used is renewed by itself; one that someone has is not taken away.
    Effect::new(move |_| {
        let is_unused = linking.link.with_untracked(|link| {
            link.as_ref().is_none_or(|link| link.id != linking.code.with_untracked(|code| code.id))
        });
        if step.get() == LinkStep::Expired
            && is_unused
            && linking.submission.error().with_untracked(Option::is_none)
        {
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
                <p class="visually-hidden" role="status">
                    {move || announce(linking, step.get())}
                </p>
                <ErrorBanner text=linking.submission.error() />
                {move || match step.get() {
                    LinkStep::Waiting => view! { <CodeToShow linking=linking on_renew=move |()| renew() /> }.into_any(),
                    LinkStep::Confirm => view! { <Compare linking=linking /> }.into_any(),
                    LinkStep::Opened => {
                        view! {
                            <p>{linking.about("link-opened")}</p>
                            <TimeLeft linking=linking text="link-ends-in" />
                            <button class="btn btn--danger" type="button" on:click=move |_| refuse(linking)>
                                {t("link-refuse")}
                            </button>
                        }
                            .into_any()
                    }
                    LinkStep::Approved => {
                        view! {
                            <p>{t("link-approved")}</p>
                            <TimeLeft linking=linking text="link-ends-in" />
                        }
                            .into_any()
                    }
                    LinkStep::Linked => {
                        view! {
                            <h3 class="auth__title">{title()}</h3>
                            <p>{linking.about("link-linked")}</p>
                            <button
                                class="btn btn--primary btn--block"
                                type="button"
                                on:click=move |_| on_close.run(())
                            >
                                {t("done")}
                            </button>
                        }
                            .into_any()
                    }
                    over => {
                        view! {
                            <p>{t(if over == LinkStep::Refused { "link-refused" } else { "link-expired" })}</p>
                            <button
                                class="btn btn--block"
                                type="button"
                                aria-busy=move || linking.submission.is_busy().get().then_some("true")
                                on:click=move |_| renew()
                            >
                                <Icon name="i-refresh" size=IconSize::Sm />
                                {t("link-another")}
                            </button>
                        }
                            .into_any()
                    }
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
            linking.submission.fail(explain(&error));
        }
    });
}

/// The code, as a QR code and to type.
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
            view! { <QrCodeImage text=address label=t("qr-code") /> }
        }}
        <p class="or">{t("link-or-type")}</p>
        <p class="big-code">
            <span aria-hidden="true" data-code="">
                {move || linking.code.with(|code| code.code.clone())}
            </span>
            <span class="visually-hidden">{spoken}</span>
        </p>
        <TimeLeft linking=linking text="link-works-for" />
        <button
            class="btn btn--block"
            type="button"
            aria-busy=move || linking.submission.is_busy().get().then_some("true")
            on:click=move |_| on_renew.run(())
        >
            <Icon name="i-refresh" size=IconSize::Sm />
            {t("link-another")}
        </button>
    }
}

/// How long it goes on.
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
            <div class="countdown__bar" aria-hidden="true">
                <span style:inline-size=share></span>
            </div>
            <p class="num">{move || tx(text, &[("time", Arg::Text(&minutes(linking.left.get().unwrap_or(0))))])}</p>
        </div>
    }
}

/// The number that the phone shows, to compare.
#[component]
fn Compare(linking: Linking) -> impl IntoView {
    let number = RwSignal::new(String::new());
    let fault = linking.submission.fault("number");
    let confirm = move |()| {
        let id = linking.code.with_untracked(|code| code.id);
        // That it was the wrong number, and over with it, is told by the event.
        let takes = |refused: &ClientError| refused.code() == Some(ProblemCode::CodeRefused);
        let ask = move || client::devices::confirm_link(id, number.get_untracked());
        linking.submission.send_or(ask, |()| (), takes);
    };
    let input = move |event| {
        fault.correct();
        number.set(event_target_value(&event));
    };
    view! {
        <h3 class="auth__title">{t("link-confirm-title")}</h3>
        <p>{linking.about("link-confirm-text")}</p>
        <Form class="auth__form" on_submit=confirm>
            <Field id="link-number" label=t("link-number") error=fault hint=None>
                <input
                    class="input link__number num"
                    id="link-number"
                    inputmode="numeric"
                    autocomplete="off"
                    autofocus
                    maxlength="2"
                    prop:value=move || number.get()
                    aria-invalid=move || fault.invalid()
                    aria-describedby="link-number-error"
                    on:input=input
                />
            </Field>
            <SubmitButton
                label=t("link-confirm")
                is_busy=linking.submission.is_busy()
                class="btn btn--primary btn--block"
            />
            <button class="btn btn--danger btn--block" type="button" on:click=move |_| refuse(linking)>
                {t("link-refuse")}
            </button>
        </Form>
        <TimeLeft linking=linking text="link-ends-in" />
    }
}
