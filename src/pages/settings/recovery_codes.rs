//! The dialog that shows recovery codes, once.

use crate::{components::form::dialog::Dialog, i18n::t, pages::files, state::toasts::Toasts};
use causeway_api::second_factors::RecoveryCodes;
use leptos::prelude::*;

/// Shows new recovery codes, the only time that they can be read, to copy or download.
#[component]
pub fn RecoveryCodesDialog(
    /// The codes.
    codes: RecoveryCodes,
    /// They are kept.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let text = StoredValue::new(codes.codes.join("\n"));
    let said = ("recovery-codes-copied", "recovery-codes-not-copied");
    let copy = move |_| files::copy(text.get_value(), said, toasts);
    let download =
        move |_| files::save("causeway-recovery-codes.txt", "text/plain", &text.get_value(), toasts);
    view! {
        <Dialog title=t("recovery-codes") on_close=on_close>
            <div class="dialog__body">
                <p>{t("recovery-codes-text")}</p>
                <ul class="recovery-codes num" translate="no">
                    {codes.codes.into_iter().map(|code| view! { <li>{code}</li> }).collect_view()}
                </ul>
            </div>
            <footer class="dialog__foot">
                <button class="btn" type="button" on:click=copy>
                    {t("recovery-codes-copy")}
                </button>
                <button class="btn" type="button" on:click=download>
                    {t("recovery-codes-download")}
                </button>
                <span class="push"></span>
                <button class="btn btn--primary" type="button" on:click=move |_| on_close.run(())>
                    {t("recovery-codes-kept")}
                </button>
            </footer>
        </Dialog>
    }
}
