//! The screen after too many attempts.

use crate::{
    components::base::icon::Icon,
    i18n::{Arg, t, tx},
    state::countdown::count_down,
};
use leptos::prelude::*;

/// Too many attempts: the time until the next one.
#[component]
pub(super) fn Locked(seconds: u32) -> impl IntoView {
    let (left, _) = count_down(Some(seconds));
    let words = move || {
        let left = i64::from(left.get().unwrap_or_default());
        match left {
            0 => t("miniapp-try-now"),
            1..=119 => tx("miniapp-locked-seconds", &[("count", Arg::Number(left))]),
            120..=7_199 => tx("miniapp-locked-minutes", &[("count", Arg::Number((left + 59) / 60))]),
            _ => tx("miniapp-locked-hours", &[("count", Arg::Number((left + 3_599) / 3_600))]),
        }
    };
    view! {
        <section aria-labelledby="miniapp-locked-title" class="auth__step">
            <div>
                <h2 class="auth__title" id="miniapp-locked-title">
                    {t("miniapp-locked-title")}
                </h2>
                <p class="auth__text" role="alert">
                    {t("miniapp-locked-text")}
                </p>
            </div>
            // Not announced with every second.
            <div class="banner banner--inset">
                <Icon name="i-clock" />
                <p role="timer">{words}</p>
            </div>
            <a class="btn btn--lg btn--block" href="" rel="external">
                {t("try-again")}
            </a>
        </section>
    }
}
