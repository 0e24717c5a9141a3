//! Editing or deleting a message that was just sent. The archive keeps the original.

use crate::{
    client::{self, ClientError},
    components::{
        base::banner::ErrorBanner,
        form::{
            dialog::Dialog,
            field::{Field, described_by},
        },
    },
    i18n::t,
    pages::{
        explain, field_fault,
        submission::{Form, Submission, SubmitButton},
    },
    state::chats::Chats,
};
use causeway_api::{ProblemCode, chats::Message, validate};
use leptos::prelude::*;

/// The dialog to edit or delete a message.
#[component]
pub(super) fn ChangeMessage(message: Message, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let submission = Submission::new().in_words(words);
    let text = RwSignal::new(message.text.clone());
    let (chat, id) = (message.chat, message.id);
    let changed = move |message: Message| {
        chats.changed(&message);
        on_close.run(());
    };
    let delete =
        move |_| submission.send(move || client::chats::delete_message(chats.side, chat, id), changed);
    let save = move |()| {
        let written = text.get_untracked().trim_end().to_owned();
        if submission.passes(validate::message_text(&written).err().map(|fault| ("text", fault))) {
            submission
                .send(move || client::chats::edit_message(chats.side, chat, id, written.clone()), changed);
        }
    };
    let error = submission.fault("text");
    let input = move |event| {
        error.correct();
        text.set(event_target_value(&event));
    };
    view! {
        <Dialog title=t("change-message-title") on_close=on_close>
            <Form class="dialog__body" on_submit=save>
                <ErrorBanner text=submission.error() />
                <Field id="changed-text" label=t("message") error=error hint=Some(t("change-message-hint"))>
                    <textarea
                        class="input"
                        id="changed-text"
                        rows="4"
                        dir="auto"
                        autofocus
                        prop:value=move || text.get()
                        on:input=input
                        aria-invalid=move || error.invalid()
                        aria-describedby=described_by("changed-text", error, true)
                    ></textarea>
                </Field>
                <div class="dialog__foot">
                    <button class="btn btn--danger" type="button" on:click=delete>
                        {t("delete-for-everyone")}
                    </button>
                    <span class="push"></span>
                    <button class="btn" type="button" on:click=move |_| on_close.run(())>
                        {t("cancel")}
                    </button>
                    <SubmitButton label=t("save") is_busy=submission.is_busy() class="btn btn--primary" />
                </div>
            </Form>
        </Dialog>
    }
}

/// Returns what is wrong with the form as a whole.
fn words(refused: &ClientError) -> String {
    if refused.code() == Some(ProblemCode::NotFound) {
        return t("not-sent-left");
    }
    field_fault(refused, "message").unwrap_or_else(|| explain(refused))
}
