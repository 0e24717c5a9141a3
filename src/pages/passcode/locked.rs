//! The screen that asks for the passcode. What is behind it is not in the page meanwhile.

use crate::{
    components::{base::banner::ErrorBanner, form::field::PasscodeField},
    i18n::{Arg, t, tx},
    pages::{
        public::PublicFrame,
        set_title,
        sign_in::sign_out,
        submission::{Form, SubmitButton},
    },
    state::passcode::{self, Passcode, Tried},
};
use causeway_api::{PersonId, validate::Fault};
use leptos::{ev, prelude::*, task::spawn_local};

/// Locks when the app comes back after it was in the background for long.
pub(crate) fn follow_background(person: PersonId, is_locked: RwSignal<bool>) {
    let seen =
        window_event_listener(ev::Custom::<web_sys::Event>::new("pagehide"), |_| passcode::note_time());
    let changed = leptos::leptos_dom::helpers::window_event_listener(
        ev::Custom::<web_sys::Event>::new("visibilitychange"),
        move |_| {
            if document().hidden() {
                if !is_locked.get_untracked() {
                    passcode::note_time();
                }
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

/// Asks for the passcode, or for the lock of the device, and offers to sign out.
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
    let error = RwSignal::new(None::<String>);
    let leave = move || {
        spawn_local(async move {
            match sign_out::sign_out().await {
                Ok(()) => on_signed_out.run(()),
                Err(words) => drop(error.try_set(Some(words))),
            }
        });
    };
    let Some(kept) = passcode::kept(person) else {
        // Another tab has taken it away.
        on_open.run(());
        return ().into_any();
    };
    if kept.is_spent() {
        leave();
    }
    let (is_device, kept) = (kept.is_device(), StoredValue::new(kept));
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
                    <ErrorBanner text=error />
                    {if is_device {
                        view! { <UnlockByDevice kept=kept error=error on_open=on_open /> }.into_any()
                    } else {
                        view! {
                            <UnlockByDigits person=person error=error on_open=on_open on_spent=move |()| leave() />
                        }
                            .into_any()
                    }}
                    <button class="btn btn--ghost btn--lg btn--block" type="button" on:click=move |_| leave()>
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
fn UnlockByDevice(
    kept: StoredValue<Passcode>,
    error: RwSignal<Option<String>>,
    on_open: Callback<()>,
) -> impl IntoView {
    let unlock = move |_| {
        spawn_local(async move {
            error.try_set(None);
            match kept.get_value().try_device().await {
                Ok(Tried::Right) => on_open.run(()),
                Ok(_) => drop(error.try_set(Some(t("passkey-failed")))),
                Err(reason) => drop(error.try_set(Some(t(reason)))),
            }
        });
    };
    view! {
        <button class="btn btn--primary btn--lg btn--block" type="button" on:click=unlock>
            {t("unlock")}
        </button>
    }
}

/// The six digits, with the tries that are left.
#[component]
fn UnlockByDigits(
    person: PersonId,
    error: RwSignal<Option<String>>,
    on_open: Callback<()>,
    #[prop(into)] on_spent: Callback<()>,
) -> impl IntoView {
    let (digits, fault, is_busy) =
        (RwSignal::new(String::new()), RwSignal::new(None::<String>), RwSignal::new(false));
    let show = move |tried: Tried| match tried {
        Tried::Right => on_open.run(()),
        Tried::Wrong(left) => {
            digits.set(String::new());
            fault.set(Some(tx("passcode-wrong", &[("left", Arg::Number(i64::from(left)))])));
        }
        Tried::Spent => on_spent.run(()),
    };
    let unlock = move |()| {
        if is_busy.get_untracked() {
            return;
        }
        if digits.with_untracked(|digits| !passcode::is_passcode(digits)) {
            return fault.set(Some(t(Fault::Passcode)));
        }
        let Some(kept) = passcode::kept(person) else { return on_open.run(()) };
        is_busy.set(true);
        spawn_local(async move {
            let tried = kept.try_digits(&digits.get_untracked()).await;
            is_busy.try_set(false);
            match tried {
                Ok(tried) => show(tried),
                Err(why) => {
                    web_sys::console::warn_2(&"passcode".into(), &why);
                    error.try_set(Some(t("passcode-failed")));
                }
            }
        });
    };
    view! {
        <Form class="auth__form" on_submit=unlock>
            <PasscodeField id="unlock" label=t("passcode-title") value=digits error=fault autofocus=true />
            <SubmitButton label=t("unlock") is_busy=is_busy />
        </Form>
    }
}
