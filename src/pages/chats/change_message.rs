//! Changing a message that was just sent: another text, or gone from every screen. The archive keeps both.

use crate::{
    client,
    components::{base::banner::ErrorBanner, form::dialog::Dialog},
    i18n::t,
    state::chats::Chats,
};
use causeway_api::{ProblemCode, chats::Message, validate};
use leptos::{prelude::*, task::spawn_local};

/// The dialog for one message.
#[component]
pub(super) fn ChangeMessage(message: Message, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let (error, is_busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let text = RwSignal::new(message.text.clone());
    let change = move |new: Option<String>| {
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        error.set(None);
        spawn_local(async move {
            let done = match new {
                Some(text) => client::chats::edit_message(chats.side, message.chat, message.id, text).await,
                None => client::chats::delete_message(chats.side, message.chat, message.id).await,
            };
            is_busy.try_set(false);
            match done {
                Ok(message) => {
                    chats.changed(&message);
                    on_close.run(());
                }
                Err(refused) => {
                    let at_field = ["text", "message"]
                        .iter()
                        .find_map(|field| crate::pages::field_fault(&refused, field));
                    let is_gone = refused.code() == Some(ProblemCode::NotFound);
                    let why = at_field.unwrap_or_else(|| {
                        if is_gone { t("not-sent-left") } else { crate::pages::explain(&refused) }
                    });
                    error.try_set(Some(why));
                }
            }
        });
    };
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let written = text.get_untracked().trim_end().to_owned();
        match validate::message_text(&written) {
            Ok(()) => change(Some(written)),
            Err(fault) => error.set(Some(t(fault))),
        }
    };
    view! {
        <Dialog title=t("change-message-title") on_close=on_close>
            <form class="dialog__body" on:submit=save novalidate>
                <ErrorBanner text=error/>
                <div class="field">
                    <label class="field__label" for="changed-text">{t("message")}</label>
                    <textarea
                        class="input"
                        id="changed-text"
                        rows="4"
                        dir="auto"
                        autofocus
                        prop:value=move || text.get()
                        on:input=move |event| text.set(event_target_value(&event))
                    ></textarea>
                    <p class="field__hint">{t("change-message-hint")}</p>
                </div>
                <div class="dialog__foot">
                    <button class="btn btn--danger" type="button" on:click=move |_| change(None)>{t("delete-for-everyone")}</button>
                    <span class="push"></span>
                    <button class="btn" type="button" on:click=move |_| on_close.run(())>{t("cancel")}</button>
                    <button class="btn btn--primary" type="submit" aria-busy=move || is_busy.get().then_some("true")>{t("save")}</button>
                </div>
            </form>
        </Dialog>
    }
}
