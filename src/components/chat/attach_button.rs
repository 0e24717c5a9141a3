//! Files for the next message, beside the field: the button that asks for them, and why the message cannot go yet.

use super::{
    chosen_files,
    tray::{TrayActions, UploadItem, UploadStep},
};
use crate::{
    components::base::icon::{Icon, IconSize},
    i18n::{Arg, t, tx},
};
use leptos::{html::Input, prelude::*};
use web_sys::File;

/// Files that go with a message.
#[derive(Clone, Copy)]
pub struct Attaching {
    /// The files so far.
    pub items: Signal<Vec<UploadItem>>,
    /// What can be done with one.
    pub actions: TrayActions,
    /// Files were chosen or pasted.
    pub on_files: Callback<Vec<File>>,
    /// The field that has the browser ask for files.
    pub chooser: NodeRef<Input>,
}

impl Attaching {
    /// Whether a message can go now: every file is ready.
    pub(super) fn is_ready(self) -> bool {
        let is_ready = |item: &UploadItem| matches!(item.step, UploadStep::Ready(_));
        self.items.with(|items| items.iter().filter(|item| is_of_message(item)).all(is_ready))
    }

    pub(super) fn has_files(self) -> bool {
        self.items.with(|items| items.iter().any(is_of_message))
    }
}

/// A voice note goes by itself; everything else goes with the next message.
fn is_of_message(item: &UploadItem) -> bool {
    item.voice.is_none()
}

/// The button that has the browser ask for files.
#[component]
pub(super) fn AttachButton(attaching: Attaching) -> impl IntoView {
    let chooser = attaching.chooser;
    let choose = move |_| {
        if let Some(chooser) = chooser.get_untracked() {
            chooser.click();
        }
    };
    let chosen = move |_| {
        let Some(chooser) = chooser.get_untracked() else { return };
        attaching.on_files.run(chosen_files::listed(chooser.files()));
        // The same file can be chosen again.
        chooser.set_value("");
    };
    view! {
        <input
            node_ref=chooser
            class="visually-hidden"
            type="file"
            multiple
            tabindex="-1"
            aria-hidden="true"
            on:change=chosen
        />
        <button class="icon-btn" type="button" aria-label=t("attach-file") on:click=choose>
            <Icon name="i-attach" />
        </button>
    }
}

/// Why the message cannot go yet.
#[component]
pub(super) fn FilesNote(attaching: Attaching) -> impl IntoView {
    let note = Memo::new(move |_| {
        attaching.items.with(|items| {
            let is_bad = |item: &&UploadItem| {
                !matches!(
                    item.step,
                    UploadStep::Ready(_) | UploadStep::Waiting | UploadStep::Sending | UploadStep::Checking
                )
            };
            let bad = i64::try_from(items.iter().filter(is_bad).count()).unwrap_or(i64::MAX);
            let is_moving =
                items.iter().any(|item| is_of_message(item) && !matches!(item.step, UploadStep::Ready(_)));
            (bad, is_moving)
        })
    });
    move || match note.get() {
        (0, false) => ().into_any(),
        (0, true) => view! { <p class="composer__note" role="status">{t("files-moving")}</p> }.into_any(),
        (bad, _) => view! {
            <p class="composer__note composer__note--danger" role="status">
                <Icon name="i-alert" size=IconSize::Xs />
                {tx("files-blocked", &[("count", Arg::Number(bad))])}
            </p>
        }
        .into_any(),
    }
}
