//! Editing or deleting a message that was just sent. The archive keeps the original.

use crate::{
    client::{self, ClientError},
    components::{
        base::banner::ErrorBanner,
        form::{
            dialog_form::{Act, ConfirmDialog, DialogForm},
            field::{Field, described_by},
        },
    },
    i18n::t,
    pages::{explain, field_fault, submission::Submission},
    state::chats::Chats,
};
use causeway_api::{ProblemCode, chats::Message, validate};
use leptos::prelude::*;

/// What the sender of a message wants to do with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Give it another text.
    Edit(Message),
    /// Delete it from every screen.
    Delete(Message),
}

/// The dialog in which a message is edited or deleted.
#[component]
pub(in crate::pages::chats) fn ChangeMessage(
    change: Change,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    match change {
        Change::Edit(message) => view! { <EditMessage message=message on_close=on_close /> }.into_any(),
        Change::Delete(message) => view! { <DeleteMessage message=message on_close=on_close /> }.into_any(),
    }
}

/// The dialog that gives a message another text.
#[component]
fn EditMessage(message: Message, on_close: Callback<()>) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let submission = Submission::new().in_words(words);
    let text = RwSignal::new(message.text.clone());
    let (chat, id) = (message.chat, message.id);
    let save = move |()| {
        let written = text.get_untracked().trim_end().to_owned();
        if submission.passes(validate::message_text(&written).err().map(|fault| ("text", fault))) {
            let mentions = chats.mentions_in(chat, &written);
            let new = causeway_api::chats::EditMessage { text: written, mentions };
            let ask = move || client::chats::edit_message(chats.side, chat, id, new.clone());
            submission.send(ask, move |message: Message| {
                chats.changed(&message);
                on_close.try_run(());
            });
        }
    };
    let error = submission.fault("text");
    let input = move |event| {
        error.correct();
        text.set(event_target_value(&event));
    };
    view! {
        <DialogForm
            title=t("change-message-title")
            verb=t("save")
            is_busy=submission.is_busy()
            on_submit=save
            on_close=on_close
        >
            <ErrorBanner text=submission.error() />
            <Field id="changed-text" label=t("message") error=error hint=Some(t("change-message-hint"))>
                <textarea
                    class="input"
                    id="changed-text"
                    rows="4"
                    dir="auto"
                    prop:value=move || text.get()
                    on:input=input
                    aria-invalid=move || error.invalid()
                    aria-describedby=described_by("changed-text", error, true)
                ></textarea>
            </Field>
        </DialogForm>
    }
}

/// The question before a message is deleted, with the message.
#[component]
fn DeleteMessage(message: Message, on_close: Callback<()>) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let submission = Submission::new().in_words(words);
    let (chat, id) = (message.chat, message.id);
    let delete = move |()| {
        submission.send(
            move || client::chats::delete_message(chats.side, chat, id),
            move |message: Message| {
                chats.changed(&message);
                on_close.try_run(());
            },
        );
    };
    view! {
        <ConfirmDialog
            title=t("delete-message-title")
            verb=t("delete-for-everyone")
            act=Act::Dangerous
            is_busy=submission.is_busy()
            on_confirm=delete
            on_close=on_close
        >
            <ErrorBanner text=submission.error() />
            <p>{t("delete-message-text")}</p>
            <p class="quote" dir="auto">
                {message.text}
            </p>
        </ConfirmDialog>
    }
}

/// Returns what is wrong with the form as a whole.
fn words(refused: &ClientError) -> String {
    if refused.code() == Some(ProblemCode::NotFound) {
        return t("not-sent-left");
    }
    field_fault(refused, "message").unwrap_or_else(|| explain(refused))
}
