//! The registration link: copied, as a QR code, regenerated.

use super::{Page, Setting};
use crate::{
    client,
    components::{
        base::{
            icon::{Icon, IconSize},
            qr::{QrCodeImage, qr_svg},
        },
        form::dialog_form::{Act, ConfirmDialog},
    },
    i18n::t,
    pages::{admin::why, files, sign_in::confirm_again::Confirming, submission::Submission},
    state::toasts::Toasts,
};
use leptos::prelude::*;

/// The registration link with its QR code; renewing it asks first. Says so while there is none.
#[component]
pub(super) fn LinkSetting(page: Page) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let (asks, submission) = (RwSignal::new(false), Submission::new().in_words(why).in_toasts());
    let link =
        Memo::new(move |_| page.saved.with(|saved| saved.as_ref().and_then(|saved| saved.link.clone())));
    let renew = move || {
        asks.set(false);
        submission.send(client::registration::renew_link, move |now| {
            toasts.say(t("registration-renewed"));
            page.take(now);
        });
    };
    view! {
        <Setting label="registration-link" help="registration-link-help" control="registration-link">
            {move || match link.get() {
                Some(link) => view! { <Shown link=link asks=asks /> }.into_any(),
                None => {
                    view! {
                        <p class="muted" id="registration-link">
                            {t("registration-link-none")}
                        </p>
                    }
                        .into_any()
                }
            }}
        </Setting>
        <Show when=move || asks.get()>
            <ConfirmDialog
                title=t("registration-renew-title")
                verb=t("registration-renew")
                act=Act::Dangerous
                on_confirm=move |()| renew()
                on_close=move |()| asks.set(false)
            >
                <p>{t("registration-renew-text")}</p>
            </ConfirmDialog>
        </Show>
        <Confirming submission=submission />
    }
}

/// The link, its QR code, and what can be done with them.
#[component]
fn Shown(link: String, asks: RwSignal<bool>) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let (copied, saved) = (link.clone(), link.clone());
    let download = move |_| {
        if let Some(svg) = qr_svg(&saved) {
            files::save("registration.svg", "image/svg+xml", &svg, toasts);
        }
    };
    view! {
        <div class="link-setting">
            <QrCodeImage text=link.clone() label=t("qr-code") is_small=true />
            <div class="link-setting__side">
                <div class="affix">
                    <input class="input" id="registration-link" readonly prop:value=link.clone() />
                    <button
                        class="icon-btn"
                        type="button"
                        aria-label=t("registration-copy")
                        on:click=move |_| files::copy(copied.clone(), ("link-copied", "link-not-copied"), toasts)
                    >
                        <Icon name="i-copy" />
                    </button>
                </div>
                <p class="btn-row">
                    <button class="btn btn--sm" type="button" on:click=download>
                        <Icon name="i-download" size=IconSize::Sm />
                        {t("registration-qr-download")}
                    </button>
                    <a class="btn btn--sm" href=link target="_blank" rel="noopener external">
                        <Icon name="i-eye" size=IconSize::Sm />
                        {t("registration-preview")}
                    </a>
                    <button class="btn btn--sm btn--danger" type="button" on:click=move |_| asks.set(true)>
                        {t("registration-renew")}
                    </button>
                </p>
            </div>
        </div>
        <p class="field__hint">{t("registration-link-stays")}</p>
    }
}
