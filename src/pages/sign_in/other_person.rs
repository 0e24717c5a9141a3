//! Two people in one browser: the page whose session has become another person's, and the question before a link or a
//! code ends the session of someone who is signed in.

use crate::pages::public::PublicFrame;
use crate::{
    client,
    i18n::{Arg, t, tx},
};
use causeway_api::paths::Side;
use leptos::{prelude::*, task::spawn_local};

/// Returns the name of the person signed in on a side; empty until it is known.
fn name_of_session(side: Side) -> RwSignal<String> {
    let name = RwSignal::new(String::new());
    spawn_local(async move {
        // Without it, the texts leave out the name.
        if let Ok(session) = client::auth::whoever_is_signed_in(side).await {
            name.try_set(session.me.name);
        }
    });
    name
}

/// Returns the text with the name, or the one without while it is unknown.
fn with_name(name: RwSignal<String>, named: &'static str, unnamed: &'static str) -> impl Fn() -> String {
    move || {
        name.with(|name| if name.is_empty() { t(unnamed) } else { tx(named, &[("name", Arg::Text(name))]) })
    }
}

/// Replaces the page once the session belongs to another person: nothing more is sent.
#[component]
pub(crate) fn TakenOver() -> impl IntoView {
    crate::pages::set_title(&t("other-person-title"));
    let is_client = window().location().pathname().is_ok_and(|path| path == "/c");
    let name = name_of_session(if is_client { Side::Client } else { Side::Portal });
    let reload = move |_| {
        if let Err(error) = window().location().reload() {
            web_sys::console::error_2(&"the browser refused to load the page anew".into(), &error);
        }
    };
    view! {
        <PublicFrame>
            <div class="auth" role="alert">
                <section aria-labelledby="other-person-title" class="auth__step">
                    <div>
                        <h1 class="auth__title" id="other-person-title">
                            {t("other-person-title")}
                        </h1>
                        <p class="auth__text">
                            {with_name(name, "other-person-now", "other-person-unknown")} " " {t("other-person-text")}
                        </p>
                    </div>
                    <button class="btn btn--primary btn--lg btn--block" type="button" on:click=reload>
                        {with_name(name, "other-person-continue", "reload")}
                    </button>
                </section>
            </div>
        </PublicFrame>
    }
}

/// The question before another person's session ends.
#[component]
pub(crate) fn AskToReplace(
    /// Where the other person is signed in.
    side: Side,
    /// The session is to end.
    #[prop(into)]
    on_replace: Callback<()>,
    /// The session is to stay.
    #[prop(into)]
    on_keep: Callback<()>,
) -> impl IntoView {
    let name = name_of_session(side);
    view! {
        <section aria-labelledby="other-session-title" class="auth__step">
            <div>
                <h2 class="auth__title" id="other-session-title">
                    {t("other-session-title")}
                </h2>
                <p class="auth__text">{with_name(name, "other-session-text", "other-session-unknown")}</p>
            </div>
            <button class="btn btn--primary btn--lg btn--block" type="button" on:click=move |_| on_keep.run(())>
                {with_name(name, "other-session-keep", "other-session-keep-unknown")}
            </button>
            <button class="btn btn--lg btn--block" type="button" on:click=move |_| on_replace.run(())>
                {t("other-session-replace")}
            </button>
        </section>
    }
}
