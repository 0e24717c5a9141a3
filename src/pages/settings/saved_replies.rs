//! Saved replies: one's own, and those of the team, which org admins keep.

mod form;

use crate::{
    client,
    components::{
        base::{
            empty::{Empty, EmptyKind},
            icon::Icon,
        },
        form::dialog_form::{Act, ConfirmDialog},
    },
    i18n::{Arg, t, tx},
    pages::{explain, submission::Submission},
    state::{session::CurrentSession, toasts::Toasts},
};
use causeway_api::{chats::saved_replies::SavedReply, people::Role};
use form::{Draft, EditDialog};
use leptos::{prelude::*, task::spawn_local};

/// The saved replies on the screen, and what is being done with one.
#[derive(Clone, Copy)]
struct Shown {
    list: RwSignal<Option<Result<Vec<SavedReply>, String>>>,
    editing: RwSignal<Option<Draft>>,
    removing: RwSignal<Option<SavedReply>>,
}

impl Shown {
    fn load(self) {
        spawn_local(async move {
            let answer = client::saved_replies::list_saved_replies().await;
            self.list.try_set(Some(answer.map(|all| all.replies).map_err(|error| explain(&error))));
        });
    }
}

/// The saved replies of the person and of the team.
#[component]
pub(super) fn SavedReplySettings() -> impl IntoView {
    let role = expect_context::<CurrentSession>().get().me.role;
    let governs = role.is_some_and(Role::governs);
    let writes = role != Some(Role::ComplianceOfficer);
    let shown =
        Shown { list: RwSignal::new(None), editing: RwSignal::new(None), removing: RwSignal::new(None) };
    shown.load();
    view! {
        <h2 class="profile__name">{t("saved-replies")}</h2>
        <p class="muted">{t("saved-replies-text")}</p>
        {move || match shown.list.get() {
            None => view! { <p role="status">{t("loading")}</p> }.into_any(),
            Some(Err(why)) => view! { <Empty title=t("failed-title") text=why kind=EmptyKind::Failed /> }.into_any(),
            Some(Ok(all)) => {
                let (team, own): (Vec<_>, Vec<_>) = all.into_iter().partition(|reply| reply.is_team);
                view! {
                    <Group title="saved-replies-own" replies=own shown=shown is_team=false may_change=writes />
                    <Group title="saved-replies-team" replies=team shown=shown is_team=true may_change=governs />
                }
                    .into_any()
            }
        }}
        {move || shown.editing.get().map(|draft| view! { <EditDialog draft=draft shown=shown /> })}
        {move || shown.removing.get().map(|reply| view! { <RemoveDialog reply=reply shown=shown /> })}
    }
}

/// The person's own, or those of the team.
#[component]
fn Group(
    /// The text of the heading.
    title: &'static str,
    replies: Vec<SavedReply>,
    shown: Shown,
    is_team: bool,
    may_change: bool,
) -> impl IntoView {
    let is_empty = replies.is_empty();
    let add = move |_| shown.editing.set(Some(Draft::new(is_team)));
    view! {
        <section class="stack-2 contact-section" aria-labelledby=title>
            <div class="settings__row">
                <h3 id=title>{t(title)}</h3>
                {may_change
                    .then(|| {
                        let label = if is_team { "saved-reply-new-team" } else { "saved-reply-new" };
                        view! {
                            <button class="btn" type="button" on:click=add>
                                <Icon name="i-plus" />
                                {t(label)}
                            </button>
                        }
                    })}
            </div>
            {is_empty.then(|| view! { <p class="muted">{t("saved-replies-empty")}</p> })}
            <ul class="config" hidden=is_empty>
                {replies
                    .into_iter()
                    .map(|reply| view! { <Row reply=reply shown=shown may_change=may_change /> })
                    .collect_view()}
            </ul>
        </section>
    }
}

/// One saved reply.
#[component]
fn Row(reply: SavedReply, shown: Shown, may_change: bool) -> impl IntoView {
    let named = |id: &str| tx(id, &[("title", Arg::Text(&reply.title))]);
    let labels = (named("saved-reply-edit"), named("saved-reply-remove"));
    let (for_edit, for_removal) = (reply.clone(), reply.clone());
    view! {
        <li class="config-row reply-row">
            <kbd class="kbd">"/" {reply.shortcut}</kbd>
            <div>
                <p>
                    <b dir="auto">{reply.title}</b>
                </p>
                <p class="muted clamp-2" dir="auto">
                    {reply.text}
                </p>
            </div>
            {may_change
                .then(|| {
                    view! {
                        <div class="btn-row">
                            <button
                                class="icon-btn"
                                type="button"
                                aria-label=labels.0
                                on:click=move |_| shown.editing.set(Some(Draft::of(&for_edit)))
                            >
                                <Icon name="i-edit" />
                            </button>
                            <button
                                class="icon-btn"
                                type="button"
                                aria-label=labels.1
                                on:click=move |_| shown.removing.set(Some(for_removal.clone()))
                            >
                                <Icon name="i-trash" />
                            </button>
                        </div>
                    }
                })}
        </li>
    }
}

/// Asks before a saved reply goes.
#[component]
fn RemoveDialog(reply: SavedReply, shown: Shown) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let submission = Submission::new().in_toasts();
    let (id, title) = (reply.id, reply.title);
    let remove = move |()| {
        let ask = move || client::saved_replies::remove_saved_reply(id);
        submission.send(ask, move |()| {
            shown.removing.set(None);
            shown.load();
            toasts.say(t("saved-reply-removed"));
        });
    };
    let heading = tx("saved-reply-remove", &[("title", Arg::Text(&title))]);
    view! {
        <ConfirmDialog
            title=heading
            verb=t("remove")
            act=Act::Dangerous
            is_busy=submission.is_busy()
            on_confirm=remove
            on_close=move |()| shown.removing.set(None)
        >
            <p>{t(if reply.is_team { "saved-reply-remove-team-text" } else { "saved-reply-remove-text" })}</p>
        </ConfirmDialog>
    }
}
