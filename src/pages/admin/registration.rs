//! Public registration: open or closed, who is in charge, how many places, the link, and what registrants read.

mod draft;
mod link;
mod opening;
mod person;
mod places;
mod texts;

use super::{PageHead, employees::Employees, why};
use crate::{
    client,
    components::{
        base::{
            banner::ErrorBanner,
            empty::{Empty, EmptyKind},
            help::Help,
        },
        form::field::OptionalMark,
    },
    i18n::{keep, t},
    pages::{
        explain, set_title,
        sign_in::confirm_again::Confirming,
        submission::{Form, Submission, SubmitButton},
    },
    state::{chats::Chats, toasts::Toasts},
};
use causeway_api::{
    ProblemCode,
    registration::{ChangeRegistration, Registration},
};
use draft::Draft;
use leptos::{prelude::*, task::spawn_local};
use link::LinkSetting;
use opening::Switch;
use person::PersonInCharge;
use places::Places;
use texts::{Domains, FormTexts, WelcomeMessage};

/// The settings of registration.
#[derive(Clone, Copy)]
struct Page {
    /// What the server has.
    saved: RwSignal<Option<Registration>>,
    /// What the page shows.
    draft: RwSignal<Draft>,
    employees: Employees,
    failed: RwSignal<Option<String>>,
}

impl Page {
    /// Loads the settings.
    fn load(self) {
        spawn_local(async move {
            match client::registration::get_registration().await {
                Ok(now) => self.take(now),
                Err(error) => drop(self.failed.try_set(Some(explain(&error)))),
            }
        });
    }

    /// Shows what the server has. What was typed and not saved stays.
    fn take(self, now: Registration) {
        let is_changed = self.is_changed();
        if !is_changed {
            self.draft.try_set(Draft::of(&now));
        }
        self.saved.try_set(Some(now));
    }

    /// Saves what was changed, unless something is wrong with it.
    fn save(self, submission: Submission, toasts: Toasts) {
        let Some(saved) = self.saved.get_untracked() else { return };
        let change = self.draft.with_untracked(|draft| draft.change(saved.closed.is_none(), saved.version));
        Self::send(submission, change, move |now| {
            toasts.say(t("registration-saved"));
            self.draft.try_set(Draft::of(&now));
            self.saved.try_set(Some(now));
        });
    }

    /// Opens or closes registration at once. Opening takes the person in charge who is chosen on the page along, because
    /// there has to be one; everything else that was typed waits to be saved.
    fn set_open(self, is_open: bool, submission: Submission) {
        let Some(saved) = self.saved.get_untracked() else { return };
        let mut settings = Draft::of(&saved);
        if is_open {
            settings.person_in_charge = self.draft.with_untracked(|draft| draft.person_in_charge);
        }
        Self::send(submission, settings.change(is_open, saved.version), move |now| {
            if is_open {
                let person = now.person_in_charge.as_ref().map(|person| person.id);
                self.draft.try_update(|draft| draft.person_in_charge = person);
            }
            self.saved.try_set(Some(now));
        });
    }

    /// Sends a change unless something is wrong with it.
    fn send(
        submission: Submission,
        change: ChangeRegistration,
        done: impl Fn(Registration) + Clone + Send + Sync + 'static,
    ) {
        if !submission.passes(change.fault()) {
            return;
        }
        let ask = move || {
            let change = change.clone();
            async move { client::registration::change_registration(&change).await }
        };
        submission.send(ask, done);
    }

    /// Whether something was typed that is not saved.
    fn is_changed(self) -> bool {
        self.saved.with_untracked(|saved| {
            saved.as_ref().is_some_and(|saved| self.draft.with_untracked(|draft| *draft != Draft::of(saved)))
        })
    }
}

/// Public registration: an org admin opens and closes it and changes its settings.
#[component]
pub fn RegistrationPage() -> impl IntoView {
    set_title(&t("registration-title"));
    let page = Page {
        saved: keep("registration.saved", || None),
        draft: keep("registration.draft", Draft::default),
        employees: Employees::follow(),
        failed: RwSignal::new(None),
    };
    let changed = expect_context::<Chats>().news().governed_changed;
    Effect::new(move |_| {
        changed.track();
        page.load();
    });
    let has_plan = Memo::new(move |_| {
        page.saved.with(|saved| saved.as_ref().map(|saved| saved.plan.has_registration()))
    });
    view! {
        <main class="page" id="main" tabindex="-1">
            <div class="page__inner">
                <PageHead title=t("registration-title") text=t("registration-text") area="users" />
                {move || match (page.failed.get(), has_plan.get()) {
                    (Some(why), _) => {
                        view! { <Empty title=t("failed-title") text=why kind=EmptyKind::Failed /> }.into_any()
                    }
                    (None, None) => view! { <p role="status">{t("loading")}</p> }.into_any(),
                    (None, Some(false)) => {
                        view! { <Empty title=t("registration-plan-title") text=t("registration-plan-text") /> }
                            .into_any()
                    }
                    (None, Some(true)) => view! { <Settings page=page /> }.into_any(),
                }}
            </div>
        </main>
    }
}

/// Every setting, and the bar that saves them.
#[component]
fn Settings(page: Page) -> impl IntoView {
    let submission = Submission::new().in_words(why);
    // Someone else has changed it: what holds now is fetched, and what was typed here stays.
    let refused = submission.refused();
    Effect::new(move |_| {
        if refused.get().is_some_and(|refused| refused.code() == Some(ProblemCode::Conflict)) {
            page.load();
        }
    });
    let toasts = expect_context::<Toasts>();
    view! {
        <Form on_submit=move |()| page.save(submission, toasts)>
            <ErrorBanner text=submission.error() />
            <Switch page=page submission=submission />
            <PersonInCharge page=page submission=submission />
            <Places page=page submission=submission />
            <LinkSetting page=page />
            <FormTexts page=page submission=submission />
            <WelcomeMessage page=page submission=submission />
            <Domains page=page submission=submission />
            <SaveBar page=page submission=submission />
        </Form>
        <Confirming submission=submission />
    }
}

/// Whether there are unsaved changes, and the buttons that save and discard them.
#[component]
fn SaveBar(page: Page, submission: Submission) -> impl IntoView {
    let is_changed = Memo::new(move |_| {
        page.saved.track();
        page.draft.track();
        page.is_changed()
    });
    let discard = move |_| {
        if let Some(saved) = page.saved.get_untracked() {
            page.draft.set(Draft::of(&saved));
            submission.clear();
        }
    };
    view! {
        <div class="savebar">
            <p class="muted savebar__state" role="status">
                {move || t(if is_changed.get() { "unsaved-changes" } else { "no-unsaved-changes" })}
            </p>
            <button class="btn" type="button" disabled=move || !is_changed.get() on:click=discard>
                {t("discard")}
            </button>
            <SubmitButton
                label=t("save")
                is_busy=submission.is_busy()
                is_disabled=Signal::derive(move || !is_changed.get())
                class="btn btn--primary"
            />
        </div>
    }
}

/// A setting: its name with a "?" beside it, and its control.
#[component]
fn Setting(
    label: &'static str,
    help: &'static str,
    /// The id of the control, where there is one.
    #[prop(optional)]
    control: Option<&'static str>,
    /// It may stay empty.
    #[prop(optional, into)]
    is_optional: Signal<bool>,
    children: Children,
) -> impl IntoView {
    let name = match control {
        Some(id) => view! { <label for=id>{t(label)}</label> }.into_any(),
        None => view! { <span>{t(label)}</span> }.into_any(),
    };
    view! {
        <div class="setting">
            <div class="setting__label">
                {name} <OptionalMark is_optional=is_optional />
                <Help id=format!("help-{label}") subject=t(label) text=t(help) />
            </div>
            <div class="setting__control">{children()}</div>
        </div>
    }
}
