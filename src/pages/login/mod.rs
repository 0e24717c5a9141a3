//! Signing in: company name; user name and password; the code.

mod code;
mod company;
mod forgot;
mod password;

use super::public::PublicFrame;
use crate::{
    client,
    components::stepper::Stepper,
    i18n::{keep, t},
    routes,
    state::{kept, preferences},
};
use causeway_api::{auth::CodeSent, paths::Side};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_query_map;

/// What has been done so far.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Company,
    Password,
    Forgot,
    Code(CodeSent),
}

impl Step {
    fn number(&self) -> usize {
        match self {
            Self::Company => 0,
            Self::Password | Self::Forgot => 1,
            Self::Code(_) => 2,
        }
    }
}

/// What was typed; it survives going back and forth.
#[derive(Clone, Copy)]
struct Typed {
    company: RwSignal<String>,
    username: RwSignal<String>,
    password: RwSignal<String>,
}

/// The sign-in page.
#[component]
pub fn Login() -> impl IntoView {
    super::set_title(&t("login-title"));
    let step = keep("login.step", || Step::Company);
    let typed = Typed {
        company: keep("login.company", preferences::company),
        username: keep("login.username", String::new),
        password: keep("login.password", String::new),
    };
    let next = use_query_map().read_untracked().get("next");
    let enter = Callback::new(move |()| routes::leave_for(&routes::after_login(next.as_deref())));
    // Whoever is signed in already has nothing to do here.
    spawn_local(async move {
        if client::auth::session(Side::Portal).await.is_ok() {
            enter.run(());
        } else if kept::is_installed() && client::devices::this_device().await.is_ok_and(|it| !it.is_linked) {
            // The app on a phone that is not linked, or not any more, begins with the activation code.
            routes::leave_for("/activate");
        }
    });
    let steps = vec![t("step-company"), t("step-sign-in"), t("step-code")];
    let number = Memo::new(move |_| step.with(Step::number));
    view! {
        <PublicFrame>
            <h1 class="visually-hidden">{t("login-heading")}</h1>
            <div class="auth">
                <Stepper steps=steps current=number/>
                {move || match step.get() {
                    Step::Company => view! { <company::CompanyStep typed=typed step=step/> }.into_any(),
                    Step::Password => view! { <password::PasswordStep typed=typed step=step/> }.into_any(),
                    Step::Forgot => view! { <forgot::ForgotStep typed=typed step=step/> }.into_any(),
                    Step::Code(sent) => view! { <code::CodeStep sent=sent typed=typed step=step on_done=enter/> }.into_any(),
                }}
            </div>
        </PublicFrame>
    }
}
