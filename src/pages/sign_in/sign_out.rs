//! Signing out: the server ends the session, and this device forgets what it kept of the person.

use crate::pages::explain;
use crate::{
    client::{self, identity},
    state::{
        kept::{self, files},
        passcode, storage,
        toasts::Toasts,
    },
};
use causeway_api::paths::Side;
use leptos::prelude::*;

/// Signs out, and forgets what this device kept of the person. Fails if the server is unreachable.
pub(crate) async fn sign_out() -> client::Result<()> {
    match client::auth::sign_out(Side::Portal).await {
        Err(refused) if !refused.is_signed_out() => Err(refused),
        _ => {
            if kept::is_installed() {
                kept::erase();
            } else {
                forget().await;
            }
            Ok(())
        }
    }
}

/// Forgets what a browser kept of the person of this page; others who used it and have not signed out keep their drafts.
async fn forget() {
    passcode::remove();
    kept::forget();
    if let Some(person) = identity::person() {
        storage::forget_personal(person);
        files::forget(person).await;
    }
}

/// Signs out from a button; a failure is shown in a toast.
pub(crate) fn sign_out_then(toasts: Toasts, on_done: Callback<()>) {
    leptos::task::spawn_local(async move {
        match sign_out().await {
            Ok(()) => on_done.run(()),
            Err(refused) => toasts.error(explain(&refused)),
        }
    });
}
