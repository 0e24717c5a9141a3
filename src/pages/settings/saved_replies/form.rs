//! Writing a saved reply, new or again.

use super::Shown;
use crate::{
    client,
    components::{
        base::banner::ErrorBanner,
        form::{
            dialog_form::DialogForm,
            field::{Field, TextField, described_by},
        },
    },
    i18n::{Arg, t, tx},
    pages::submission::Submission,
    state::toasts::Toasts,
};
use causeway_api::{
    SavedReplyId,
    chats::saved_replies::{SaveReply, SavedReply, Variable, saved_text, shortcut},
    validate,
};
use leptos::{html::Textarea, prelude::*};

/// A saved reply while it is written.
#[derive(Clone, PartialEq)]
pub(super) struct Draft {
    /// Stays the same however often saving is tried.
    id: Option<SavedReplyId>,
    reply: SaveReply,
    is_new: bool,
}

impl Draft {
    /// A new one.
    pub(super) fn new(is_team: bool) -> Self {
        let id = window().crypto().ok().and_then(|crypto| crypto.random_uuid().parse().ok());
        let (shortcut, title, text) = (String::new(), String::new(), String::new());
        Self { id, reply: SaveReply { shortcut, title, text, is_team }, is_new: true }
    }

    /// One that is to be changed.
    pub(super) fn of(reply: &SavedReply) -> Self {
        let SavedReply { id, shortcut, title, text, is_team } = reply.clone();
        Self { id: Some(id), reply: SaveReply { shortcut, title, text, is_team }, is_new: false }
    }

    fn heading(&self) -> &'static str {
        match (self.is_new, self.reply.is_team) {
            (false, _) => "saved-reply-change",
            (true, false) => "saved-reply-new",
            (true, true) => "saved-reply-new-team",
        }
    }
}

/// The dialog in which a saved reply is written.
#[component]
pub(super) fn EditDialog(draft: Draft, shown: Shown) -> impl IntoView {
    let heading = draft.heading();
    let Draft { id, reply, .. } = draft;
    let is_team = reply.is_team;
    let (short, title, text) =
        (RwSignal::new(reply.shortcut), RwSignal::new(reply.title), RwSignal::new(reply.text));
    let (submission, toasts) = (Submission::new(), expect_context::<Toasts>());
    let save = move |()| {
        let Some(id) = id else { return submission.fail(t("error-version")) };
        let (short, title, text) = (short.get_untracked(), title.get_untracked(), text.get_untracked());
        let typed = short.trim().trim_start_matches('/').to_owned();
        let faults = [
            shortcut(&typed).err().map(|fault| ("shortcut", fault)),
            validate::name(&title).err().map(|fault| ("title", fault)),
            saved_text(&text).err().map(|fault| ("text", fault)),
        ];
        if !submission.passes(faults.into_iter().flatten()) {
            return;
        }
        let reply = SaveReply { shortcut: typed, title, text, is_team };
        let ask = move || {
            let reply = reply.clone();
            async move { client::saved_replies::save_reply(id, &reply).await }
        };
        submission.send(ask, move |_: SavedReply| {
            shown.editing.set(None);
            shown.load();
            toasts.say(t("saved-reply-saved"));
        });
    };
    view! {
        <DialogForm
            title=t(heading)
            verb=t("save")
            is_busy=submission.is_busy()
            on_submit=save
            on_close=move |()| shown.editing.set(None)
        >
            <ErrorBanner text=submission.error() />
            <TextField
                id="reply-shortcut"
                label=t("saved-reply-shortcut")
                value=short
                error=submission.fault("shortcut")
                autofocus=true
                is_compact=true
                hint=Some(t("saved-reply-shortcut-hint"))
            />
            <TextField
                id="reply-title"
                label=t("saved-reply-title")
                value=title
                error=submission.fault("title")
                is_compact=true
            />
            <ReplyText text=text submission=submission />
        </DialogForm>
    }
}

/// The text, and the variables that can be put into it.
#[component]
fn ReplyText(text: RwSignal<String>, submission: Submission) -> impl IntoView {
    let (error, field) = (submission.fault("text"), NodeRef::<Textarea>::new());
    let put = move |variable: Variable| {
        let Some(field) = field.get_untracked() else { return };
        let at = field.selection_end().ok().flatten().unwrap_or_default() as usize;
        let mut units: Vec<u16> = field.value().encode_utf16().collect();
        let at = at.min(units.len());
        let words: Vec<u16> = format!("{{{}}}", variable.as_str()).encode_utf16().collect();
        units.splice(at..at, words.iter().copied());
        error.correct();
        text.set(String::from_utf16_lossy(&units));
        field.set_value(&text.get_untracked());
        let end = (at + words.len()) as u32;
        // A field that is there takes the focus and the cursor.
        let _ = field.focus();
        let _ = field.set_selection_range(end, end);
    };
    let chip = move |variable: Variable| {
        let label = t(format!("variable-{}", variable.as_str().replace(['.', '_'], "-")));
        view! {
            <button class="chip" type="button" on:click=move |_| put(variable)>
                {label}
            </button>
        }
    };
    let example = format!("{{{}|{}}}", Variable::ClientFirstName.as_str(), t("saved-reply-fallback"));
    let hint = tx("saved-reply-text-hint", &[("example", Arg::Text(&example))]);
    view! {
        <Field id="reply-text" label=t("message") error=error hint=Some(hint)>
            <textarea
                node_ref=field
                class="input"
                id="reply-text"
                rows="5"
                dir="auto"
                aria-invalid=move || error.invalid()
                aria-describedby=described_by("reply-text", error, true)
                prop:value=text.get_untracked()
                on:input=move |event| {
                    error.correct();
                    text.set(event_target_value(&event));
                }
            ></textarea>
        </Field>
        <div class="chip-row" role="group" aria-label=t("saved-reply-variables")>
            {Variable::ALL.into_iter().map(chip).collect_view()}
        </div>
    }
}
