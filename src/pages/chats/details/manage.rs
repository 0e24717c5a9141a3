//! Renaming a group, removing a member, and leaving it.

use super::participants::HEADING;
use crate::{
    client,
    components::{
        base::banner::ErrorBanner,
        form::{
            dialog_form::{Act, ConfirmDialog, DialogForm},
            field::TextField,
        },
    },
    i18n::{Arg, t, tx},
    pages::{focus_soon, submission::Submission},
    routes::Route,
    state::{chats::Chats, toasts::Toasts},
};
use causeway_api::{ProblemCode, chats::Chat, people::Person, validate};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// The dialog that gives a group another name.
#[component]
pub(super) fn RenameGroup(chat: ArcRwSignal<Chat>, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let submission = Submission::new();
    let (id, before) = chat.with_untracked(|chat| (chat.id, chat.name.clone()));
    let name = RwSignal::new(before);
    let rename = move |()| {
        let typed = name.get_untracked();
        let wrong = validate::group_name(&typed).err();
        if submission.passes(wrong.map(|fault| ("name", fault))) {
            submission.send(
                move || client::chats::rename_group(id, typed.clone()),
                move |chat: Chat| {
                    chats.upsert(chat);
                    on_close.try_run(());
                },
            );
        }
    };
    view! {
        <DialogForm
            title=t("rename-group")
            verb=t("save")
            is_busy=submission.is_busy()
            on_submit=rename
            on_close=on_close
        >
            <ErrorBanner text=submission.error() />
            <TextField id="group-rename" label=t("group-name") value=name error=submission.fault("name") />
        </DialogForm>
    }
}

/// The question before a member is removed.
#[component]
pub(super) fn RemoveMember(
    chat: ArcRwSignal<Chat>,
    person: Person,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let submission = Submission::new();
    let (group, member) = (chat.with_untracked(|chat| chat.id), person.id);
    let done = move || {
        // The event says the same, later where the connection is lost.
        chats.fetch(group);
        on_close.try_run(());
        focus_soon(HEADING);
    };
    let remove = move |()| {
        submission.send_or(
            move || client::chats::remove_member(group, member),
            move |()| done(),
            move |refused| {
                // Someone else was quicker.
                let is_gone = refused.code() == Some(ProblemCode::NotFound);
                if is_gone {
                    done();
                }
                is_gone
            },
        );
    };
    let name = [("name", Arg::Text(&person.name))];
    let (title, text) = (tx("remove-member", &name), tx("remove-member-text", &name));
    view! {
        <ConfirmDialog
            title=title
            verb=t("remove-from-group")
            act=Act::Dangerous
            is_busy=submission.is_busy()
            on_confirm=remove
            on_close=on_close
        >
            <ErrorBanner text=submission.error() />
            <p>{text}</p>
        </ConfirmDialog>
    }
}

/// The question before the viewer leaves a group; afterwards the list of chats is shown.
#[component]
pub(super) fn LeaveGroup(chat: ArcRwSignal<Chat>, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let (chats, toasts, navigate) = (expect_context::<Chats>(), expect_context::<Toasts>(), use_navigate());
    let submission = Submission::new();
    let (id, name) = chat.with_untracked(|chat| (chat.id, chat.name.clone()));
    let leave = move |()| {
        let (navigate, name) = (navigate.clone(), name.clone());
        submission.send(
            move || client::chats::leave_chat(id),
            // The event may have been quicker than the response: then the conversation and this dialog are gone already.
            move |()| {
                navigate(
                    &Route::Chats.href(),
                    NavigateOptions { replace: true, ..NavigateOptions::default() },
                );
                chats.leave_out(id);
                toasts.say(tx("left-group", &[("group", Arg::Text(&name))]));
                focus_soon("main");
            },
        );
    };
    view! {
        <ConfirmDialog
            title=t("leave-group")
            verb=t("leave-group")
            act=Act::Dangerous
            is_busy=submission.is_busy()
            on_confirm=leave
            on_close=on_close
        >
            <ErrorBanner text=submission.error() />
            <p>{t("leave-group-text")}</p>
        </ConfirmDialog>
    }
}
