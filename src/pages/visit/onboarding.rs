//! Completing an invitation on a phone: the page inside the WeChat mini program, and the page behind a link. Known
//! and unknown addresses see the same.

mod code;
mod following;
mod identity;
mod invited;
mod linked;
mod locked;

use crate::pages::{public::PublicFrame, steps};
use crate::{
    client::{self, ClientError},
    components::base::{
        empty::{Empty, EmptyKind},
        stepper::Stepper,
    },
    i18n::{Language, keep, t},
    routes,
    shell::Opening,
    state::{preferences, storage},
};
use causeway_api::{
    ProblemCode,
    onboarding::{Onboarded, OnboardingCode, OnboardingStart, OpenedInvitation},
};
use leptos::{prelude::*, task::spawn_local};

/// The company for whose mini program a code was asked for in this browser.
const ASKED: &str = "causeway.onboarding";

/// The steps' names in the history.
const FIRST: &str = "first";
const CODE: &str = "code";

/// The step that is shown.
#[derive(Clone, PartialEq)]
enum State {
    Opening,
    Identity(OnboardingStart),
    Invited(OpenedInvitation),
    Code(OnboardingCode),
    Locked(u32),
    Done(Onboarded),
    Spent,
    Failed(String),
}

impl State {
    fn step(&self) -> usize {
        match self {
            Self::Code(_) => 1,
            Self::Done(_) => 3,
            _ => 0,
        }
    }
}

/// Returns the step that a refusal leads to.
fn refused(error: &ClientError) -> State {
    match (error.code(), error) {
        (Some(ProblemCode::TooMany), ClientError::Refused(problem)) => {
            State::Locked(problem.retry_after.unwrap_or(60))
        }
        (Some(ProblemCode::LinkSpent), _) => State::Spent,
        (Some(ProblemCode::NotFound), _) => State::Failed(t("miniapp-unknown-company")),
        _ => State::Failed(crate::pages::explain(error)),
    }
}

/// Which of the two pages it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Door {
    /// The mini program of a company.
    MiniApp,
    /// The link of an invitation.
    Invitation,
}

/// What the steps share.
#[derive(Clone, Copy)]
struct Onboarding {
    door: Door,
    /// The company of the mini program, or the token of the link.
    link: StoredValue<String>,
    state: RwSignal<State>,
    /// The step before the code, to go back to.
    first: RwSignal<Option<State>>,
    /// What has changed since the page was opened, and why.
    notice: RwSignal<Option<String>>,
    language: Language,
}

impl Onboarding {
    fn keep(door: Door, link: String) -> Self {
        Self {
            door,
            link: StoredValue::new(link),
            state: keep("onboarding.state", || State::Opening),
            first: keep("onboarding.first", || None),
            notice: keep("onboarding.notice", || None),
            language: expect_context::<Language>(),
        }
    }

    /// Shows the chat of a linked phone, a valid code, or the first step. Sends no code.
    async fn begin(self) {
        let found = match self.door {
            Door::MiniApp => self.describe().await,
            Door::Invitation => self.open().await,
        };
        let (first, code) = match found {
            Ok(found) => found,
            Err(error) => return drop(self.state.try_set(refused(&error))),
        };
        self.first.try_set(Some(first.clone()));
        // Someone who went back to the first step stays there.
        match code.filter(|_| steps::current().as_deref() != Some(FIRST)) {
            Some(sent) => {
                if steps::current().is_none() {
                    steps::name(FIRST);
                    steps::push(CODE);
                }
                self.show_code(sent).await;
            }
            None => {
                let suggested = match &first {
                    State::Invited(invitation) => Some(invitation.language.clone()),
                    _ => None,
                };
                steps::name(FIRST);
                self.state.try_set(first);
                if let Some(suggested) = suggested {
                    preferences::suggest_language(self.language, &suggested).await;
                }
            }
        }
    }

    /// Returns the first step of the mini program, and the code that was asked for there.
    async fn describe(self) -> client::Result<(State, Option<OnboardingCode>)> {
        let company = self.link.get_value();
        let start = client::onboarding::describe(&company).await?;
        let is_asked = storage::read::<String>(ASKED).is_some_and(|asked| asked == company);
        let code = if is_asked { client::onboarding::waiting_code().await.ok() } else { None };
        Ok((State::Identity(start), code))
    }

    /// Returns the first step of the link. A phone that is already linked goes straight to its chat.
    async fn open(self) -> client::Result<(State, Option<OnboardingCode>)> {
        let invitation = client::onboarding::open(self.link.get_value()).await?;
        if invitation.is_linked {
            routes::leave_for("/c");
            return Ok((State::Opening, None));
        }
        let code = invitation.code.clone();
        Ok((State::Invited(invitation), code))
    }

    /// Shows the code that was asked for.
    async fn sent(self, sent: OnboardingCode) {
        self.notice.try_set(None);
        if self.door == Door::MiniApp {
            storage::write(ASKED, &self.link.get_value());
        }
        steps::push(CODE);
        self.show_code(sent).await;
    }

    /// Shows the code, in the language that the address suggests unless one was chosen.
    async fn show_code(self, sent: OnboardingCode) {
        let suggested = sent.language.clone();
        self.state.try_set(State::Code(sent));
        preferences::suggest_language(self.language, &suggested).await;
    }

    /// Shows the step that Back or Forward leads to; what is over stays over.
    fn show(self, name: &str) {
        match (name, self.state.get_untracked()) {
            (FIRST, State::Code(_)) => {
                if let Some(first) = self.first.get_untracked() {
                    self.state.set(first);
                    if self.door == Door::MiniApp {
                        spawn_local(async move {
                            self.look_again().await;
                        });
                    }
                }
            }
            (CODE, State::Identity(_) | State::Invited(_)) => spawn_local(async move {
                if let Ok(sent) = client::onboarding::waiting_code().await {
                    self.state.try_set(State::Code(sent));
                }
            }),
            _ => {}
        }
    }
}

/// The page of the mini program.
#[component]
pub fn MiniApp(
    /// The short name of the company.
    company: String,
) -> impl IntoView {
    crate::pages::set_title(&t("miniapp-title"));
    view! { <Frame onboarding=Onboarding::keep(Door::MiniApp, company) /> }
}

/// The page behind the link of an invitation.
#[component]
pub fn Invitation() -> impl IntoView {
    crate::pages::set_title(&t("invitation-title"));
    let token = routes::link_token().unwrap_or_default();
    view! { <Frame onboarding=Onboarding::keep(Door::Invitation, token) /> }
}

/// The steps of onboarding, of which one is shown.
#[component]
fn Frame(onboarding: Onboarding) -> impl IntoView {
    let state = onboarding.state;
    if state.with_untracked(|state| *state == State::Opening) {
        spawn_local(onboarding.begin());
    }
    steps::on_return(move |name| onboarding.show(name));
    onboarding.follow();
    let first = if onboarding.door == Door::MiniApp { "miniapp-step-identity" } else { "invitation-title" };
    let steps = vec![t(first), t("step-code"), t("miniapp-step-done")];
    let step = Memo::new(move |_| state.with(State::step));
    view! {
        <PublicFrame>
            <h1 class="visually-hidden">{t("miniapp-title")}</h1>
            <div class="auth">
                <Stepper steps=steps current=step />
                {move || match state.get() {
                    State::Opening => view! { <Opening /> }.into_any(),
                    State::Identity(start) => {
                        view! { <identity::IdentityStep start=start onboarding=onboarding /> }.into_any()
                    }
                    State::Invited(invitation) => {
                        view! { <invited::InvitedStep invitation=invitation onboarding=onboarding /> }.into_any()
                    }
                    State::Code(sent) => view! { <code::InvitationCode sent=sent onboarding=onboarding /> }.into_any(),
                    State::Locked(seconds) => view! { <locked::Locked seconds=seconds /> }.into_any(),
                    State::Done(done) => view! { <linked::Linked done=done /> }.into_any(),
                    State::Spent => {
                        view! {
                            <Empty title=t("link-spent-title") text=t("invitation-spent-text") kind=EmptyKind::Failed />
                        }
                            .into_any()
                    }
                    State::Failed(why) => {
                        view! { <Empty title=t("failed-title") text=why kind=EmptyKind::Failed /> }.into_any()
                    }
                }}
            </div>
        </PublicFrame>
    }
}
