//! The screen that asks for the passcode. What is behind it is not in the page meanwhile.

use crate::{
    components::{base::banner::ErrorBanner, form::field::PasscodeField},
    i18n::{Arg, t, tx},
    pages::{public::PublicFrame, set_title, sign_in::sign_out},
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

/// The screen.
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
    let (digits, fault, error) =
        (RwSignal::new(String::new()), RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let is_busy = RwSignal::new(false);
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
    let show = move |tried: Tried| match tried {
        Tried::Right => on_open.run(()),
        Tried::Wrong(left) => {
            digits.set(String::new());
            fault.set(Some(tx("passcode-wrong", &[("left", Arg::Number(i64::from(left)))])));
        }
        Tried::Spent => leave(),
    };
    let try_digits = move |event: ev::SubmitEvent| {
        event.prevent_default();
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
    let try_device = move |kept: Passcode| {
        spawn_local(async move {
            error.try_set(None);
            match kept.try_device().await {
                Ok(Tried::Right) => on_open.run(()),
                Ok(_) => drop(error.try_set(Some(t("passkey-failed")))),
                Err(fault) => drop(error.try_set(Some(t(fault)))),
            }
        });
    };
    let fields = if kept.is_device() {
        let kept = StoredValue::new(kept);
        view! {
            <button class="btn btn--primary btn--lg btn--block" type="button" on:click=move |_| try_device(kept.get_value())>{t("unlock")}</button>
        }
        .into_any()
    } else {
        view! {
            <form class="auth__form" novalidate on:submit=try_digits>
                <PasscodeField id="unlock" label=t("passcode-title") value=digits error=fault autofocus=true/>
                <button class="btn btn--primary btn--lg btn--block" type="submit" aria-busy=move || is_busy.get().then_some("true")>{t("unlock")}</button>
            </form>
        }
        .into_any()
    };
    view! {
        <PublicFrame>
            <div class="auth">
                <section aria-labelledby="locked-title" class="auth__step">
                    <div><h1 class="auth__title" id="locked-title">{t("locked-title")}</h1><p class="auth__text">{t("locked-text")}</p></div>
                    <ErrorBanner text=error/>
                    {fields}
                    <button class="btn btn--ghost btn--lg btn--block" type="button" on:click=move |_| leave()>{t("sign-out")}</button>
                </section>
            </div>
        </PublicFrame>
    }
    .into_any()
}
