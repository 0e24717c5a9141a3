//! Public registration, made for a phone: name and email, a code, done. Known and unknown addresses see the same.

mod code;
mod done;
mod form;
mod work;

use crate::pages::{public::PublicFrame, steps};
use crate::{
    client::{self, ClientError},
    components::base::{
        empty::{Empty, EmptyKind},
        stepper::Stepper,
    },
    i18n::{Arg, keep, t, tx},
    shell::Opening,
    state::storage,
};
use causeway_api::{
    ProblemCode,
    registration::{Registered, RegistrationCode, RegistrationForm},
};
use leptos::{prelude::*, task::spawn_local};

/// The registration link for which a code was asked for in this browser, with what was typed.
const ASKED: &str = "causeway.registration";

/// The step that is shown.
#[derive(Clone, PartialEq)]
enum Step {
    Opening,
    Form,
    Code(RegistrationCode),
    Done(Registered),
    Closed,
    Dead,
    Failed(String),
}

/// The steps' names in the history.
const FORM: &str = "form";
const CODE: &str = "code";

/// What the steps share; what was typed survives going back and forth, and another language.
#[derive(Clone, Copy)]
struct Joining {
    link: StoredValue<String>,
    step: RwSignal<Step>,
    form: RwSignal<Option<RegistrationForm>>,
    name: RwSignal<String>,
    email: RwSignal<String>,
}

impl Joining {
    /// Shows where a refusal leads. Returns `false` if it belongs to a field.
    fn follow(self, error: &ClientError) -> bool {
        match error.code() {
            Some(ProblemCode::RegistrationClosed) => self.step.set(Step::Closed),
            Some(ProblemCode::LinkSpent) => self.step.set(Step::Dead),
            _ => return false,
        }
        true
    }

    /// The code is on its way: what was typed is kept for a reload.
    fn sent(self, sent: RegistrationCode) {
        let typed = (self.link.get_value(), self.name.get_untracked(), self.email.get_untracked());
        storage::write(ASKED, &typed);
        steps::push(CODE);
        self.step.set(Step::Code(sent));
    }

    /// Goes back to the form.
    fn change(self) {
        steps::push(FORM);
        self.step.set(Step::Form);
    }

    /// Shows the step that Back or Forward leads to; what is over stays over.
    fn show(self, name: &str) {
        match (name, self.step.get_untracked()) {
            (FORM, Step::Code(_)) => self.step.set(Step::Form),
            (CODE, Step::Form) => spawn_local(async move {
                self.go_on().await;
            }),
            _ => {}
        }
    }

    /// Continues with the code that was asked for at this link in this browser. Returns `false` if none is valid.
    async fn go_on(self) -> bool {
        let Some((link, name, email)) = storage::read::<(String, String, String)>(ASKED) else {
            return false;
        };
        if link != self.link.get_value() {
            return false;
        }
        self.name.try_set(name);
        self.email.try_set(email);
        match client::registration::waiting_code().await {
            Ok(sent) => self.step.try_set(Step::Code(sent)).is_none(),
            Err(_) => false,
        }
    }

    /// Shows the pending code of this browser, or the form.
    async fn begin(self) {
        match client::registration::describe_form(&self.link.get_value()).await {
            Ok(form) => {
                let is_open = form.is_open;
                self.form.try_set(Some(form));
                // Someone who went back to the form stays there.
                if steps::current().as_deref() != Some(FORM) && self.go_on().await {
                    if steps::current().is_none() {
                        steps::name(FORM);
                        steps::push(CODE);
                    }
                    return;
                }
                steps::name(FORM);
                self.step.try_set(if is_open { Step::Form } else { Step::Closed });
            }
            Err(error) if self.follow(&error) => {}
            Err(error) => drop(self.step.try_set(Step::Failed(crate::pages::explain(&error)))),
        }
    }

    fn company(self) -> String {
        self.form.with(|form| form.as_ref().map(|form| form.company.clone()).unwrap_or_default())
    }
}

/// The page behind a registration link.
#[component]
pub fn Join(
    /// The token of the link.
    token: String,
) -> impl IntoView {
    crate::pages::set_title(&t("join-title"));
    let joining = Joining {
        link: StoredValue::new(token),
        step: keep("join.step", || Step::Opening),
        form: keep("join.form", || None),
        name: keep("join.name", String::new),
        email: keep("join.email", String::new),
    };
    if joining.step.with_untracked(|step| *step == Step::Opening) {
        spawn_local(joining.begin());
    }
    steps::on_return(move |name| joining.show(name));
    let steps = vec![t("join-step-you"), t("step-code"), t("miniapp-step-done")];
    let number = Memo::new(move |_| {
        joining.step.with(|step| match step {
            Step::Code(_) => 1,
            Step::Done(_) => 3,
            _ => 0,
        })
    });
    let has_steps = Memo::new(move |_| {
        joining.step.with(|step| matches!(step, Step::Form | Step::Code(_) | Step::Done(_)))
    });
    let steps = StoredValue::new(steps);
    view! {
        <PublicFrame>
            <h1 class="visually-hidden">{t("join-title")}</h1>
            <div class="auth">
                <Show when=move || has_steps.get()>
                    <Stepper steps=steps.get_value() current=number />
                </Show>
                {move || match joining.step.get() {
                    Step::Opening => view! { <Opening /> }.into_any(),
                    Step::Form => view! { <form::FormStep joining=joining /> }.into_any(),
                    Step::Code(sent) => view! { <code::RegistrationCodeStep joining=joining sent=sent /> }.into_any(),
                    Step::Done(done) => view! { <done::DoneStep done=done /> }.into_any(),
                    Step::Closed => {
                        let company = joining.company();
                        let text = tx("join-closed-text", &[("company", Arg::Text(&company))]);
                        view! { <Empty title=t("join-closed-title") text=text kind=EmptyKind::Failed /> }.into_any()
                    }
                    Step::Dead => {
                        view! { <Empty title=t("join-dead-title") text=t("join-dead-text") kind=EmptyKind::Failed /> }
                            .into_any()
                    }
                    Step::Failed(why) => {
                        view! { <Empty title=t("failed-title") text=why kind=EmptyKind::Failed /> }.into_any()
                    }
                }}
            </div>
        </PublicFrame>
    }
}
