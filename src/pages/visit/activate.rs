//! Linking this phone, made for a phone browser: how it goes, the code, signing in, comparing a number.

mod code;
mod compare;
mod notifications;
mod one_time_code;
mod scan;
mod sign_in;

use crate::pages::{passcode::OfferPasscode, public::PublicFrame, sign_in::ended::EndedBanner};
use crate::{
    client::{self, ClientError},
    components::base::{
        empty::{Empty, EmptyKind},
        icon::Icon,
        stepper::Stepper,
    },
    i18n::{keep, t},
    pages::explain,
    routes,
    shell::Opening,
    state::{kept, storage},
};
use causeway_api::{
    ProblemCode,
    auth::CodeSent,
    devices::{Activation, LinkStep, OpenActivation},
    people::Person,
};
use leptos::{prelude::*, task::spawn_local};

/// Set once the instructions were seen on this phone.
const SEEN: &str = "causeway.activation-seen";

/// The sign-in code that was asked for in this tab, and when.
const CODE: &str = "causeway.activation-code";

/// The step that is shown.
#[derive(Clone, PartialEq)]
enum Step {
    Opening,
    How,
    Code,
    Scan,
    SignIn(Activation),
    OneTimeCode(CodeSent),
    Compare(Activation),
    Passcode(Person),
    Notifications,
    Over(LinkStep),
    Failed(String),
}

impl Step {
    /// Returns the number in the stepper, or `None` where it is hidden.
    fn number(&self) -> Option<usize> {
        match self {
            Self::Code | Self::Scan => Some(0),
            Self::SignIn(_) | Self::OneTimeCode(_) => Some(1),
            Self::Compare(_) => Some(2),
            Self::Opening
            | Self::How
            | Self::Passcode(_)
            | Self::Notifications
            | Self::Over(_)
            | Self::Failed(_) => None,
        }
    }
}

/// What the steps share; what was typed survives another language.
#[derive(Clone, Copy)]
struct Activating {
    step: RwSignal<Step>,
    code: RwSignal<String>,
    error: RwSignal<Option<String>>,
}

impl Activating {
    /// Shows the step of a link.
    fn follow(self, activation: Activation) {
        self.step.set(match activation.step {
            LinkStep::Waiting | LinkStep::Opened => Step::SignIn(activation),
            LinkStep::Confirm | LinkStep::Approved => Step::Compare(activation),
            over => Step::Over(over),
        });
    }

    /// Opens a link with the secret of a QR code. If it is refused, the code can be typed.
    async fn open(self, secret: String) {
        self.error.try_set(None);
        match client::devices::open_activation(&OpenActivation::Secret(secret)).await {
            Ok(activation) => self.opened(activation),
            Err(refused) => {
                self.step.try_set(Step::Code);
                self.error.try_set(Some(refusal_words(&refused)));
            }
        }
    }

    /// Follows a link that was just opened; an older sign-in code is forgotten.
    fn opened(self, activation: Activation) {
        storage::write_for_tab(CODE, &());
        self.follow(activation);
    }

    /// Starts again with another code.
    fn start_again(self) {
        self.code.set(String::new());
        self.error.set(None);
        self.step.set(Step::Code);
    }

    /// Opens the QR code in the address, or shows the pending link, or the first step.
    async fn begin(self) {
        if kept::ended().is_some() && client::devices::this_device().await.is_ok_and(|it| !it.is_linked) {
            // What was written while the page before was going is erased as well.
            kept::erase();
        }
        if let Some(secret) = take_secret() {
            return self.open(secret).await;
        }
        match client::devices::get_activation().await {
            Ok(activation) if activation.step == LinkStep::Opened => match kept_code() {
                Some(sent) => drop(self.step.try_set(Step::OneTimeCode(sent))),
                None => self.follow(activation),
            },
            Ok(activation) if !activation.step.is_over() => self.follow(activation),
            Ok(_) => drop(self.step.try_set(first())),
            Err(error) if error.code() == Some(ProblemCode::CodeSpent) => drop(self.step.try_set(first())),
            Err(error) => drop(self.step.try_set(Step::Failed(explain(&error)))),
        }
    }
}

/// Returns why a code or secret was refused, in words.
fn refusal_words(refused: &ClientError) -> String {
    match refused.code() {
        Some(ProblemCode::CodeSpent) => t("activate-spent"),
        _ => crate::pages::field_fault(refused, "code").unwrap_or_else(|| explain(refused)),
    }
}

/// Keeps the sign-in code that was asked for, for a reload while its owner reads the SMS.
fn keep_code(sent: &CodeSent) {
    storage::write_for_tab(CODE, &(sent, js_sys::Date::now()));
}

/// Returns the sign-in code that was asked for in this tab, with the time that is left, if it is still valid.
fn kept_code() -> Option<CodeSent> {
    let (sent, at) = storage::read_for_tab::<(CodeSent, f64)>(CODE)?;
    let passed = ((js_sys::Date::now() - at) / 1_000.0).max(0.0) as u32;
    let expires_in = sent.expires_in.checked_sub(passed).filter(|left| *left > 0)?;
    let resend_in = sent.resend_in.map(|seconds| seconds.saturating_sub(passed));
    Some(CodeSent { expires_in, resend_in, ..sent })
}

fn first() -> Step {
    if storage::read(SEEN).unwrap_or(false) { Step::Code } else { Step::How }
}

/// Removes the secret from the address and returns it: it works once, and should not stay in the history.
fn take_secret() -> Option<String> {
    let secret = routes::link_token()?;
    let history = window().history().ok()?;
    if let Err(error) = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some("/activate")) {
        web_sys::console::warn_2(&"the address keeps the secret".into(), &error);
    }
    Some(secret)
}

/// Links this phone to an account: code, signing in, comparing a number.
#[component]
pub fn Activate() -> impl IntoView {
    crate::pages::set_title(&t("activate-title"));
    let activating = Activating {
        step: keep("activate.step", || Step::Opening),
        code: keep("activate.code", String::new),
        error: keep("activate.error", || None),
    };
    if activating.step.with_untracked(|step| *step == Step::Opening) {
        spawn_local(activating.begin());
    }
    let steps = StoredValue::new(vec![
        t("activate-step-code"),
        t("activate-step-sign-in"),
        t("activate-step-compare"),
    ]);
    let number = Memo::new(move |_| activating.step.with(Step::number));
    let has_steps = Memo::new(move |_| number.get().is_some());
    let is_start = Memo::new(move |_| activating.step.with(|step| matches!(step, Step::How | Step::Code)));
    view! {
        <PublicFrame>
            <h1 class="visually-hidden">{t("activate-title")}</h1>
            <div class="auth">
                <Show when=move || is_start.get()>
                    <EndedBanner is_linked=false />
                </Show>
                <Show when=move || has_steps.get()>
                    <Stepper steps=steps.get_value() current=Signal::derive(move || number.get().unwrap_or(0)) />
                </Show>
                {move || shown(activating.step.get(), activating)}
            </div>
        </PublicFrame>
    }
}

/// Draws a step.
fn shown(step: Step, activating: Activating) -> AnyView {
    match step {
        Step::Opening => view! { <Opening /> }.into_any(),
        Step::How => view! { <How activating=activating /> }.into_any(),
        Step::Code => view! { <code::CodeStep activating=activating /> }.into_any(),
        Step::Scan => view! { <scan::ScanStep activating=activating /> }.into_any(),
        Step::SignIn(activation) => {
            view! { <sign_in::SignInStep activating=activating activation=activation /> }.into_any()
        }
        Step::OneTimeCode(sent) => {
            view! { <one_time_code::OneTimeCodeStep activating=activating sent=sent /> }.into_any()
        }
        Step::Compare(activation) => {
            view! { <compare::CompareStep activating=activating activation=activation /> }.into_any()
        }
        Step::Passcode(me) => {
            let done = move |()| activating.step.set(Step::Notifications);
            view! { <OfferPasscode me=me on_done=done /> }.into_any()
        }
        Step::Notifications => {
            let leave = |()| routes::leave_for(&routes::Route::Chats.href());
            view! { <notifications::OfferNotifications on_done=leave /> }.into_any()
        }
        Step::Over(step) => view! { <Over step=step activating=activating /> }.into_any(),
        Step::Failed(why) => view! {
            <Empty title=t("failed-title") text=why kind=EmptyKind::Failed>
                <button class="btn" type="button" on:click=move |_| spawn_local(activating.begin())>
                    {t("try-again")}
                </button>
            </Empty>
        }
        .into_any(),
    }
}

/// Says that the link was refused or has expired, with a button to start again.
#[component]
fn Over(step: LinkStep, activating: Activating) -> impl IntoView {
    let (title, text) = match step {
        LinkStep::Refused => ("activate-refused-title", "activate-refused-text"),
        _ => ("activate-expired-title", "activate-spent"),
    };
    view! {
        <Empty title=t(title) text=t(text) kind=EmptyKind::Failed>
            <button class="btn btn--primary" type="button" on:click=move |_| activating.start_again()>
                {t("activate-again")}
            </button>
        </Empty>
    }
}

/// The first screen: three pictures, which can be skipped.
#[component]
fn How(activating: Activating) -> impl IntoView {
    let go_on = move |_| {
        storage::write(SEEN, &true);
        activating.step.set(Step::Code);
    };
    let pictures =
        [("i-laptop", "activate-how-1"), ("i-person", "activate-how-2"), ("i-mobile", "activate-how-3")];
    view! {
        <section aria-labelledby="how-title" class="auth__step">
            <h2 class="auth__title" id="how-title">
                {t("activate-how")}
            </h2>
            <ol class="how">
                {pictures
                    .into_iter()
                    .map(|(icon, text)| {
                        view! {
                            <li class="how__step">
                                <span class="device__icon">
                                    <Icon name=icon />
                                </span>
                                <span>{t(text)}</span>
                            </li>
                        }
                    })
                    .collect_view()}
            </ol>
            <button class="btn btn--primary btn--lg btn--block" type="button" on:click=go_on>
                {t("activate-next")}
            </button>
            <button class="btn btn--lg btn--block" type="button" on:click=go_on>
                {t("activate-skip")}
            </button>
        </section>
    }
}
