//! Completing an invitation on a phone: the page inside the WeChat mini program, and the page behind a link. Known
//! and unknown addresses see the same.

use super::public::PublicFrame;
use crate::{
    client::{self, ClientError},
    components::{
        avatar::{Avatar, AvatarSize, spoken_kind},
        banner::ErrorBanner,
        code_input::CodeInput,
        country_select::CountrySelect,
        empty::{Empty, EmptyKind},
        field::FieldError,
        icon::Icon,
        resend::ResendButton,
        stepper::Stepper,
    },
    i18n::{self, Arg, Language, keep, t, tx},
    state::{countdown::count_down, preferences},
};
use causeway_api::{
    ProblemCode,
    contacts::Country,
    onboarding::{Onboarded, OnboardingCode, OnboardingStart, StartOnboarding},
    validate,
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_params_map;

/// Where somebody is.
#[derive(Clone, PartialEq)]
enum State {
    Opening,
    Identity(OnboardingStart),
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

/// Where a refusal leads.
fn refused(error: &ClientError) -> State {
    match (error.code(), error) {
        (Some(ProblemCode::TooMany), ClientError::Refused(problem)) => {
            State::Locked(problem.retry_after.unwrap_or(60))
        }
        (Some(ProblemCode::LinkSpent), _) => State::Spent,
        (Some(ProblemCode::NotFound), _) => State::Failed(t("miniapp-unknown-company")),
        _ => State::Failed(super::explain(error)),
    }
}

/// The page of the mini program.
#[component]
pub fn MiniApp() -> impl IntoView {
    super::set_title(&t("miniapp-title"));
    let company = use_params_map().read_untracked().get("company").unwrap_or_default();
    let state = keep("miniapp.state", || State::Opening);
    let asked = company.clone();
    if state.with_untracked(|state| *state == State::Opening) {
        spawn_local(async move {
            state.set(match client::onboarding::describe(&asked).await {
                Ok(start) => State::Identity(start),
                Err(error) => refused(&error),
            });
        });
    }
    view! { <Frame state=state company=company/> }
}

/// The page behind the link of an invitation: the link asks for a code at once.
#[component]
pub fn Invitation() -> impl IntoView {
    super::set_title(&t("invitation-title"));
    let token = window().location().hash().unwrap_or_default().trim_start_matches('#').to_owned();
    let (state, language) = (keep("invitation.state", || State::Opening), expect_context::<Language>());
    // Another language must not ask for another code.
    if state.with_untracked(|state| *state == State::Opening) {
        spawn_local(async move {
            match client::onboarding::open(token).await {
                Ok(sent) => show_code(state, language, sent).await,
                Err(error) => state.set(refused(&error)),
            }
        });
    }
    view! { <Frame state=state company=String::new()/> }
}

/// The page goes on in the language that the address suggests, unless somebody has chosen one.
async fn show_code(state: RwSignal<State>, language: Language, sent: OnboardingCode) {
    let suggested = sent.language.clone();
    state.set(State::Code(sent));
    if preferences::has_language() || suggested == i18n::current() {
        return;
    }
    if let Err(error) = language.change(&suggested).await {
        // The page goes on in the language it has.
        web_sys::console::warn_1(&format!("the texts could not be loaded: {error}").into());
    }
}

#[component]
fn Frame(state: RwSignal<State>, company: String) -> impl IntoView {
    let steps = vec![t("miniapp-step-identity"), t("step-code"), t("miniapp-step-done")];
    let step = Memo::new(move |_| state.with(State::step));
    let company = StoredValue::new(company);
    view! {
        <PublicFrame>
            <h1 class="visually-hidden">{t("miniapp-title")}</h1>
            <div class="auth">
                <Stepper steps=steps current=step/>
                {move || match state.get() {
                    State::Opening => view! { <p role="status">{t("loading")}</p> }.into_any(),
                    State::Identity(start) => view! { <IdentityStep start=start company=company.get_value() state=state/> }.into_any(),
                    State::Code(sent) => view! { <CodeStep sent=sent state=state/> }.into_any(),
                    State::Locked(seconds) => view! { <Locked seconds=seconds/> }.into_any(),
                    State::Done(done) => view! { <Linked done=done/> }.into_any(),
                    State::Spent => view! {
                        <Empty title=t("link-spent-title") text=t("invitation-spent-text") kind=EmptyKind::Failed/>
                    }
                    .into_any(),
                    State::Failed(why) => view! { <Empty title=t("failed-title") text=why kind=EmptyKind::Failed/> }.into_any(),
                }}
            </div>
        </PublicFrame>
    }
}

#[component]
fn IdentityStep(start: OnboardingStart, company: String, state: RwSignal<State>) -> impl IntoView {
    let (address, country) =
        (keep("miniapp.address", String::new), keep("miniapp.country", || "HK".to_owned()));
    let (countries, language) = (RwSignal::new(Vec::<Country>::new()), expect_context::<Language>());
    let (fault, is_busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    if !start.by_email {
        spawn_local(async move {
            match client::contacts::list_countries().await {
                Ok(all) => drop(countries.try_set(all)),
                Err(error) => drop(fault.try_set(Some(super::explain(&error)))),
            }
        });
    }
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if is_busy.get_untracked() {
            return;
        }
        if address.with_untracked(|address| address.trim().is_empty()) {
            return fault.set(Some(t("fault-required")));
        }
        is_busy.set(true);
        fault.set(None);
        let (company, typed) = (
            company.clone(),
            StartOnboarding { country: country.get_untracked(), address: address.get_untracked() },
        );
        spawn_local(async move {
            let sent = client::onboarding::start(&company, &typed).await;
            is_busy.try_set(false);
            match sent {
                Ok(sent) => show_code(state, language, sent).await,
                Err(error) if error.code() == Some(ProblemCode::TooMany) => state.set(refused(&error)),
                Err(error) => {
                    fault.try_set(Some(
                        super::field_fault(&error, "address").unwrap_or_else(|| super::explain(&error)),
                    ));
                }
            }
        });
    };
    let by_email = start.by_email;
    let text = if by_email { t("miniapp-text-email") } else { t("miniapp-text-phone") };
    let field = move || {
        view! {
            <div class="field">
                <label class="field__label" for="address">{t(if by_email { "email" } else { "phone-number" })}</label>
                <input
                    class="input input--lg"
                    id="address"
                    type=if by_email { "email" } else { "tel" }
                    inputmode=if by_email { "email" } else { "tel" }
                    autocomplete=if by_email { "email" } else { "tel-national" }
                    prop:value=move || address.get()
                    on:input=move |event| address.set(event_target_value(&event))
                    aria-invalid=move || fault.with(Option::is_some).then_some("true")
                    aria-describedby="address-error"
                />
                <FieldError id="address-error".to_owned() error=fault.into()/>
            </div>
        }
    };
    view! {
        <section aria-labelledby="identity-title" class="auth__step">
            <div>
                <h2 class="auth__title" id="identity-title">{tx("miniapp-connect", &[("company", Arg::Text(&start.company))])}</h2>
                <p class="auth__text">{text}</p>
            </div>
            <form class="auth__form" novalidate on:submit=submit>
                {(!by_email).then(|| view! {
                    <div class="field">
                        <label class="field__label" for="country">{t("country-code")}</label>
                        <CountrySelect id="country" countries=countries value=country with_calling=true autocomplete="tel-country-code"/>
                    </div>
                })}
                {field()}
                <button class="btn btn--primary btn--lg btn--block" type="submit" aria-busy=move || is_busy.get().then_some("true")>
                    {t("send-code")}
                </button>
                <p class="field__hint">{tx("recorded-by", &[("company", Arg::Text(&start.company))])}</p>
            </form>
        </section>
    }
}

#[component]
fn CodeStep(sent: OnboardingCode, state: RwSignal<State>) -> impl IntoView {
    let (code, error) = (keep("miniapp.code", String::new), RwSignal::new(None::<String>));
    let (is_wrong, is_busy) = (RwSignal::new(false), RwSignal::new(false));
    let (left, restart) = count_down(sent.resend_in);
    let confirm = move || {
        if is_busy.get_untracked() {
            return;
        }
        if let Err(fault) = validate::code(&code.get_untracked()) {
            return error.set(Some(t(fault)));
        }
        is_busy.set(true);
        error.set(None);
        spawn_local(async move {
            let done = client::onboarding::confirm(code.get_untracked()).await;
            is_busy.try_set(false);
            match done {
                Ok(done) => {
                    crate::routes::portal_soon();
                    state.set(State::Done(done));
                }
                Err(failed) if failed.code() == Some(ProblemCode::TooMany) => state.set(refused(&failed)),
                Err(failed) => {
                    is_wrong.try_set(failed.code() == Some(ProblemCode::CodeRefused));
                    error.try_set(Some(match failed.code() {
                        Some(ProblemCode::CodeRefused) => t("code-wrong"),
                        Some(ProblemCode::CodeSpent) => t("code-spent-again"),
                        _ => super::explain(&failed),
                    }));
                }
            }
        });
    };
    let resend = move |()| {
        spawn_local(async move {
            match client::onboarding::resend().await {
                Ok(sent) => {
                    restart(sent.resend_in);
                    code.set(String::new());
                    is_wrong.set(false);
                    error.set(None);
                }
                Err(failed) if failed.code() == Some(ProblemCode::TooMany) => state.set(refused(&failed)),
                Err(failed) if failed.code() == Some(ProblemCode::CodeSpent) => {
                    error.set(Some(t("code-spent-again")));
                }
                Err(failed) => error.set(Some(super::explain(&failed))),
            }
        });
    };
    let lifetime = i64::from(sent.expires_in.div_ceil(60));
    view! {
        <section aria-labelledby="code-title" class="auth__step">
            <div>
                <h2 class="auth__title" id="code-title">{t("code-title")}</h2>
                <p class="auth__text num">{tx("miniapp-code-text", &[("address", Arg::Text(&sent.address))])}</p>
            </div>
            <ErrorBanner text=error/>
            <form
                class="auth__form"
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    confirm();
                }
            >
                <div class="field">
                    <label class="field__label" for="otp">{t("code-label")}</label>
                    <CodeInput id="otp" value=code is_invalid=is_wrong described_by="otp-hint" on_complete=move |()| confirm()/>
                    <p class="field__hint" id="otp-hint">{tx("code-hint", &[("minutes", Arg::Number(lifetime))])}</p>
                </div>
                <button class="btn btn--primary btn--lg btn--block" type="submit" aria-busy=move || is_busy.get().then_some("true")>
                    {t("confirm")}
                </button>
                <ResendButton left=left on_click=resend/>
            </form>
        </section>
    }
}

/// Too many tries: how long it takes until the next.
#[component]
fn Locked(seconds: u32) -> impl IntoView {
    let (left, _) = count_down(Some(seconds));
    let words = move || {
        let left = i64::from(left.get().unwrap_or_default());
        match left {
            0 => t("miniapp-try-now"),
            1..=119 => tx("locked-seconds", &[("count", Arg::Number(left))]),
            120..=7_199 => tx("locked-minutes", &[("count", Arg::Number((left + 59) / 60))]),
            _ => tx("locked-hours", &[("count", Arg::Number((left + 3_599) / 3_600))]),
        }
    };
    view! {
        <section aria-labelledby="locked-title" class="auth__step">
            <div>
                <h2 class="auth__title" id="locked-title">{t("locked-title")}</h2>
                <p class="auth__text">{t("locked-text")}</p>
            </div>
            <div class="banner banner--inset" role="alert"><Icon name="i-clock"/><p>{words}</p></div>
            <a class="btn btn--lg btn--block" href="" rel="external">{t("try-again")}</a>
        </section>
    }
}

#[component]
fn Linked(done: Onboarded) -> impl IntoView {
    let args = [("host", Arg::Text(done.host.name.as_str())), ("company", Arg::Text(&done.company))];
    view! {
        <section aria-labelledby="linked-title" class="auth__step auth__step--center">
            <Avatar name=done.host.name.clone() kind=done.host.kind size=AvatarSize::Xl spoken=spoken_kind(done.host.kind)/>
            <div>
                <h2 class="auth__title" id="linked-title" role="status">{t("linked-title")}</h2>
                <p class="auth__text">{tx("linked-text", &args)}</p>
            </div>
            <a class="btn btn--primary btn--lg btn--block" href="/c" rel="external">{t("open-chat")}</a>
        </section>
    }
}
