//! The steps of linking a phone, as the dialog shows them.

use super::Linking;
use crate::{
    client::{self, ClientError},
    components::{
        base::{
            icon::{Icon, IconSize},
            qr::QrCodeImage,
        },
        form::{act_button::ActButton, field::Field, focus::focus_when_drawn},
    },
    i18n::{Arg, minutes, t, tx},
    pages::submission::{Form, SubmitButton},
};
use causeway_api::{ProblemCode, devices::LinkStep};
use leptos::prelude::*;

/// The code, as a QR code and to type.
#[component]
pub(super) fn CodeToShow(linking: Linking, on_renew: Callback<()>) -> impl IntoView {
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
        <AnotherCodeButton linking=linking on_renew=on_renew />
    }
}

/// The button that renews the code.
#[component]
fn AnotherCodeButton(linking: Linking, on_renew: Callback<()>) -> impl IntoView {
    view! {
        <ActButton class="btn btn--block" is_busy=linking.submission.is_busy() on_act=on_renew>
            <Icon name="i-refresh" size=IconSize::Sm />
            {t("link-another")}
        </ActButton>
    }
}

/// How long the code is good, or how long the phone has left.
#[component]
pub(super) fn TimeLeft(
    linking: Linking,
    /// The id of the text that says so.
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

/// A phone has opened the code: which it is, and the button that refuses it.
#[component]
pub(super) fn Opened(linking: Linking) -> impl IntoView {
    view! {
        <p>{linking.about("link-opened")}</p>
        <TimeLeft linking=linking text="link-ends-in" />
        <button class="btn btn--danger" type="button" on:click=move |_| linking.refuse()>
            {t("link-refuse")}
        </button>
    }
}

/// Asks for the number that the phone shows.
#[component]
pub(super) fn Compare(linking: Linking) -> impl IntoView {
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
    let field = NodeRef::new();
    focus_when_drawn(field);
    view! {
        <h3 class="auth__title">{t("link-confirm-title")}</h3>
        <p>{linking.about("link-confirm-text")}</p>
        <Form class="auth__form" on_submit=confirm>
            <Field id="link-number" label=t("link-number") error=fault hint=None>
                <input
                    node_ref=field
                    class="input link__number num"
                    id="link-number"
                    inputmode="numeric"
                    autocomplete="off"
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
            <button class="btn btn--danger btn--block" type="button" on:click=move |_| linking.refuse()>
                {t("link-refuse")}
            </button>
        </Form>
        <TimeLeft linking=linking text="link-ends-in" />
    }
}

/// The number was right; the phone is about to sign in.
#[component]
pub(super) fn Approved(linking: Linking) -> impl IntoView {
    view! {
        <p>{t("link-approved")}</p>
        <TimeLeft linking=linking text="link-ends-in" />
    }
}

/// The phone is linked.
#[component]
pub(super) fn Linked(linking: Linking, on_close: Callback<()>) -> impl IntoView {
    view! {
        <h3 class="auth__title">{t("link-linked-title")}</h3>
        <p>{linking.about("link-linked")}</p>
        <button class="btn btn--primary btn--block" type="button" on:click=move |_| on_close.run(())>
            {t("done")}
        </button>
    }
}

/// The code can no longer be used; another can be had.
#[component]
pub(super) fn Over(linking: Linking, step: LinkStep, on_renew: Callback<()>) -> impl IntoView {
    let expired = (step == LinkStep::Expired).then(|| {
        let address = linking.code.with_untracked(|code| code.address.clone());
        view! {
            <div class="qr-over" aria-hidden="true">
                <QrCodeImage text=address label=t("qr-code") />
                <span class="pill pill--warning">{t("link-expired-pill")}</span>
            </div>
        }
    });
    view! {
        {expired}
        <p>{t(if step == LinkStep::Refused { "link-refused" } else { "link-expired" })}</p>
        <AnotherCodeButton linking=linking on_renew=on_renew />
    }
}
