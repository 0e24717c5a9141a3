//! What is set up for signing in, and the acts that change it.

use crate::{client, pages::explain, pages::submission::Submission};
use causeway_api::second_factors::{AuthenticatorSetup, RecoveryCodes, SecondFactors};
use leptos::{prelude::*, task::spawn_local};
use uuid::Uuid;

/// An act on the sign-in methods. The server may ask for a code first.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Wanted {
    Authenticator,
    RemoveAuthenticator,
    Passkey,
    RemovePasskey(Uuid),
    RecoveryCodes,
}

impl Wanted {
    /// Asks the server; returns the dialog that comes next.
    async fn ask(self) -> Result<Open, client::ClientError> {
        use client::second_factors as ask;
        match self {
            Self::Authenticator => ask::begin_authenticator().await.map(Open::Authenticator),
            Self::RecoveryCodes => ask::renew_recovery_codes().await.map(Open::RecoveryCodes),
            Self::RemoveAuthenticator => ask::remove_authenticator().await.map(|()| Open::Nothing),
            Self::RemovePasskey(id) => ask::remove_passkey(id).await.map(|()| Open::Nothing),
            // Asked once to see whether it is allowed; the dialog asks again for the passkey it creates.
            Self::Passkey => ask::begin_passkey().await.map(|_| Open::Passkey),
        }
    }
}

/// The dialog that is open.
#[derive(Clone, PartialEq)]
pub(super) enum Open {
    Nothing,
    /// Asks before something is removed; the text says what follows.
    Sure(Wanted, String),
    Authenticator(AuthenticatorSetup),
    Passkey,
    RecoveryCodes(RecoveryCodes),
}

/// The sign-in methods of the user, and what is being done with them.
#[derive(Clone, Copy)]
pub(super) struct Methods {
    pub(super) list: RwSignal<Option<SecondFactors>>,
    /// Why the list could not be loaded.
    pub(super) error: RwSignal<Option<String>>,
    pub(super) open: RwSignal<Open>,
    pub(super) acting: Submission,
    on_change: Callback<()>,
}

impl Methods {
    /// Loads the list; `on_change` is told when something was set up or removed.
    pub(super) fn follow(on_change: Callback<()>) -> Self {
        let methods = Self {
            list: RwSignal::new(None),
            error: RwSignal::new(None),
            open: RwSignal::new(Open::Nothing),
            acting: Submission::new().in_toasts(),
            on_change,
        };
        methods.load();
        methods
    }

    /// Loads the list again.
    pub(super) fn load(self) {
        spawn_local(async move {
            match client::second_factors::list_second_factors().await {
                Ok(list) => {
                    self.error.try_set(None);
                    self.list.try_set(Some(list));
                }
                Err(refused) => drop(self.error.try_set(Some(explain(&refused)))),
            }
        });
    }

    /// Shows the recovery codes that came with a new method, the only time they can be read, or closes the dialog.
    pub(super) fn added(self, codes: RecoveryCodes) {
        self.load();
        if codes.codes.is_empty() {
            self.close();
        } else {
            self.open.set(Open::RecoveryCodes(codes));
        }
    }

    /// Closes the dialog that is open.
    pub(super) fn close(self) {
        self.open.set(Open::Nothing);
        self.on_change.run(());
    }

    /// Does what is wanted and opens the dialog that comes next.
    pub(super) fn act(self, wanted: Wanted) {
        self.open.set(Open::Nothing);
        let done = move |open| {
            self.open.try_set(open);
            self.load();
        };
        let refused = move |_: &client::ClientError| {
            self.load();
            false
        };
        self.acting.send_or(move || wanted.clone().ask(), done, refused);
    }
}
