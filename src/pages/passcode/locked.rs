//! The screen that asks for the passcode. The portal is not in the page meanwhile.

use crate::{
    components::{base::banner::ErrorBanner, form::field::PasscodeField},
    i18n::{Arg, t, tx},
    pages::{
        public::PublicFrame,
        set_title,
        sign_in::sign_out,
        submission::{Form, Submission, SubmitButton},
    },
    state::{
        kept::{self, Ended, files},
        passcode::{self, Passcode, Tried},
        storage,
    },
};
use causeway_api::{PersonId, validate};
use leptos::{ev, prelude::*};

/// Locks the app when it returns after a long time in the background.
pub(crate) fn follow_background(person: PersonId, is_locked: RwSignal<bool>) {
    // Whoever loads a locked page again does not come back from work.
    let note = move || {
        if !is_locked.try_get_untracked().unwrap_or_default() {
            passcode::note_time();
        }
    };
    let seen = window_event_listener(ev::Custom::<web_sys::Event>::new("pagehide"), move |_| note());
    let changed = leptos::leptos_dom::helpers::window_event_listener(
        ev::Custom::<web_sys::Event>::new("visibilitychange"),
        move |_| {
            if document().hidden() {
                note();
            } else if passcode::is_locked(person) {
                is_locked.try_set(true);
            }
        },
    );
    on_cleanup(move || {
        seen.remove();
        changed.remove();
    });
}

/// Asks for the passcode or the device's own lock, with a button to sign out.
#[component]
pub(crate) fn Locked(
    /// Whose app it is.
    person: PersonId,
    /// The passcode was right.
    #[prop(into)]
    on_open: Callback<()>,
    /// The device is signed out.
    #[prop(into)]
    on_signed_out: Callback<()>,
) -> impl IntoView {
    set_title(&t("locked-title"));
    let submission = Submission::new();
    let leaving = Submission::new().in_banner(submission.error());
    let leave = move |why: Option<Ended>| {
        leaving.send(sign_out::sign_out, move |()| {
            // The server has the browser clear its storage with the session: what is to be said is kept after that.
            if let Some(why) = why {
                kept::note_end(why);
            }
            on_signed_out.run(());
        });
    };
    let Some(passcode) = passcode::kept(person) else {
        // Another tab has removed it.
        on_open.run(());
        return ().into_any();
    };
    // The words of the person are erased at once, the rest when the server has ended the session.
    let spend = move || {
        storage::forget_others(None);
        files::forget_others(None);
        leave(Some(Ended::WrongPasscodes));
    };
    if passcode.is_spent() {
        spend();
    }
    let unlock = if passcode.is_device() {
        view! { <UnlockByDevice kept=passcode submission=submission on_open=on_open /> }.into_any()
    } else {
        view! { <UnlockByDigits person=person submission=submission on_open=on_open on_spent=move |()| spend() /> }
            .into_any()
    };
    view! {
        <PublicFrame>
            <div class="auth">
                <section aria-labelledby="locked-title" class="auth__step">
                    <div>
                        <h1 class="auth__title" id="locked-title">
                            {t("locked-title")}
                        </h1>
                        <p class="auth__text">{t("locked-text")}</p>
                    </div>
                    <ErrorBanner text=submission.error() />
                    {unlock}
                    <button class="btn btn--ghost btn--lg btn--block" type="button" on:click=move |_| leave(None)>
                        {t("sign-out")}
                    </button>
                </section>
            </div>
        </PublicFrame>
    }
    .into_any()
}

/// The lock of the device itself: finger, face or its own code.
#[component]
fn UnlockByDevice(kept: Passcode, submission: Submission, on_open: Callback<()>) -> impl IntoView {
    let kept = StoredValue::new(kept);
    let unlock = move |_| {
        let done = move |tried| match tried {
            Tried::Right => on_open.run(()),
            Tried::Wrong(_) | Tried::Spent => submission.fail(t("passkey-failed")),
        };
        submission.send(move || kept.get_value().try_device(), done);
    };
    view! {
        <button class="btn btn--primary btn--lg btn--block" type="button" on:click=unlock>
            {t("unlock")}
        </button>
    }
}

/// The field for the six digits, with the attempts that are left.
#[component]
fn UnlockByDigits(
    person: PersonId,
    submission: Submission,
    on_open: Callback<()>,
    /// No attempt is left.
    #[prop(into)]
    on_spent: Callback<()>,
) -> impl IntoView {
    let digits = RwSignal::new(String::new());
    let show = move |tried| match tried {
        Tried::Right => on_open.run(()),
        Tried::Wrong(left) => {
            digits.set(String::new());
            let left = [("left", Arg::Number(i64::from(left)))];
            submission.fail_at("unlock", tx("passcode-wrong", &left));
        }
        Tried::Spent => on_spent.run(()),
    };
    let unlock = move |()| {
        let typed = digits.get_untracked();
        if !submission.passes(validate::passcode_digits(&typed).err().map(|fault| ("unlock", fault))) {
            return;
        }
        let Some(kept) = passcode::kept(person) else { return on_open.run(()) };
        let ask = move || {
            let (kept, typed) = (kept.clone(), typed.clone());
            async move { kept.try_digits(&typed).await.map_err(|why| super::not_kept(&why)) }
        };
        submission.send(ask, show);
    };
    view! {
        <Form class="auth__form" on_submit=unlock>
            <PasscodeField
                id="unlock"
                label=t("passcode-title")
                value=digits
                error=submission.fault("unlock")
                autofocus=true
            />
            <SubmitButton label=t("unlock") is_busy=submission.is_busy() />
        </Form>
    }
}
