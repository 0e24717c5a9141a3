//! Signing in: company name; username and password; the code.

mod code;
mod company;
mod forgot;
mod password;

use crate::pages::{public::PublicFrame, sign_in::ended::EndedBanner, steps};
use crate::{
    client,
    components::base::stepper::Stepper,
    i18n::{keep, t},
    routes,
    shell::Opening,
    state::{
        kept::{self, Ended},
        preferences, storage,
    },
};
use causeway_api::{auth::CodeSent, paths::Side};
use leptos::{prelude::*, task::spawn_local};

/// The step that is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    /// The page was reloaded while a code was asked for: the server knows which.
    Opening,
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
            Self::Opening | Self::Code(_) => 2,
        }
    }

    /// Returns the step's name in the history.
    fn name(&self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Password => "password",
            Self::Forgot => "forgot",
            Self::Opening | Self::Code(_) => "code",
        }
    }

    /// Returns the step of a name; the server is asked for the code itself.
    fn named(name: &str) -> Self {
        match name {
            "password" => Self::Password,
            "forgot" => Self::Forgot,
            "code" => Self::Opening,
            _ => Self::Company,
        }
    }
}

/// The step, and what was typed; both survive going back and forth, and another language.
#[derive(Clone, Copy)]
struct SigningIn {
    step: RwSignal<Step>,
    company: RwSignal<String>,
    username: RwSignal<String>,
    password: RwSignal<String>,
}

/// Whether a code may wait for its answer in this browser: most first visits need not ask the server.
const CODE_WAITS: &str = "causeway.login.code-waits";

/// The username of this tab, kept for a reload.
const USERNAME: &str = "causeway.login.username";

impl SigningIn {
    fn keep() -> Self {
        let here = steps::current();
        Self {
            step: keep("login.step", || here.map_or(Step::Company, |name| Step::named(&name))),
            company: keep("login.company", preferences::company),
            username: keep("login.username", || storage::read_for_tab(USERNAME).unwrap_or_default()),
            password: keep("login.password", String::new),
        }
    }

    /// Goes on to another step.
    fn go(self, next: Step) {
        let from = self.step.with_untracked(Step::name);
        if from != next.name() {
            // Someone faster than the server's first response can also come back to this step.
            if steps::current().is_none() {
                steps::name(from);
            }
            steps::push(next.name());
        }
        self.step.set(next);
    }

    /// Shows the step that Back or Forward leads to.
    fn show(self, name: &str) {
        let next = Step::named(name);
        if self.step.with_untracked(|step| step.name() != next.name()) {
            let is_code = next == Step::Opening;
            self.step.set(next);
            if is_code {
                spawn_local(self.ask_for_code());
            }
        }
    }

    /// Shows the pending code of this browser, unless another step was chosen meanwhile.
    async fn ask_for_code(self) {
        let waiting = client::auth::waiting_code().await;
        let Some(step) = self.step.try_get_untracked() else { return };
        match waiting {
            Ok(sent) if step == Step::Opening => self.step.set(Step::Code(sent)),
            Ok(sent) if step == Step::Company => self.go(Step::Code(sent)),
            Err(_) if step == Step::Opening => {
                steps::name(Step::Password.name());
                self.step.set(Step::Password);
            }
            _ => {}
        }
    }

    /// Enters the portal if already signed in; else shows the pending code or the first step.
    async fn begin(self, enter: Callback<()>) {
        if client::auth::session(Side::Portal).await.is_ok() {
            return enter.run(());
        }
        if kept::ended() == Some(Ended::WrongPasscodes) {
            kept::erase();
        }
        // The app on a phone that is not linked starts with the activation code.
        if kept::is_installed() && client::devices::this_device().await.is_ok_and(|it| !it.is_linked) {
            // What was written while the page before was going is erased as well.
            kept::erase();
            return routes::leave_for("/activate");
        }
        let is_first = steps::current().is_none();
        if is_first {
            steps::name(Step::Company.name());
        }
        // Someone who went back to an earlier step stays there.
        let may_wait = is_first && storage::read::<bool>(CODE_WAITS).unwrap_or_default();
        if may_wait || self.step.try_get_untracked() == Some(Step::Opening) {
            self.ask_for_code().await;
        }
    }
}

/// Signing in: company, then username and password, then the code.
#[component]
pub fn Login() -> impl IntoView {
    crate::pages::set_title(&t("login-title"));
    let signing_in = SigningIn::keep();
    let next = routes::query("next");
    let enter = Callback::new(move |()| {
        storage::write_for_tab(USERNAME, &"");
        storage::remove(CODE_WAITS);
        steps::leave_for(routes::after_login(next.as_deref()));
    });
    spawn_local(signing_in.begin(enter));
    steps::on_return(move |name| signing_in.show(name));
    let steps = vec![t("step-company"), t("step-sign-in"), t("step-code")];
    let number = Memo::new(move |_| signing_in.step.with(Step::number));
    view! {
        <PublicFrame>
            <h1 class="visually-hidden">{t("login-heading")}</h1>
            <div class="auth">
                <EndedBanner is_linked=true />
                <Stepper steps=steps current=number />
                {move || match signing_in.step.get() {
                    Step::Opening => view! { <Opening /> }.into_any(),
                    Step::Company => view! { <company::CompanyStep signing_in=signing_in /> }.into_any(),
                    Step::Password => view! { <password::PasswordStep signing_in=signing_in /> }.into_any(),
                    Step::Forgot => view! { <forgot::ForgotStep signing_in=signing_in /> }.into_any(),
                    Step::Code(sent) => {
                        view! { <code::CodeStep sent=sent signing_in=signing_in on_done=enter /> }.into_any()
                    }
                }}
            </div>
        </PublicFrame>
    }
}
