//! Public registration: open or closed, who is in charge, how many places, the link, and what registrants read.

mod draft;
mod link;
mod settings;

use super::{PageHead, employees::Employees, why};
use crate::pages::sign_in::confirm_again::ConfirmAgain;
use crate::{
    client,
    components::base::{
        banner::ErrorBanner,
        empty::{Empty, EmptyKind},
        help::Help,
    },
    i18n::{keep, t},
    pages::{explain, field_fault, set_title},
    state::{chats::Chats, toasts::Toasts},
};
use causeway_api::{
    ProblemCode,
    registration::{ChangeRegistration, Registration},
};
use draft::Draft;
use leptos::{prelude::*, task::spawn_local};

/// What the parts of the page share.
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
    fn load(self) {
        spawn_local(async move {
            match client::registration::get_registration().await {
                Ok(now) => self.take(now),
                Err(error) => drop(self.failed.try_set(Some(explain(&error)))),
            }
        });
    }

    /// Takes what the server has. What was typed and not saved stays, unless nothing was.
    fn take(self, now: Registration) {
        let is_changed = self.is_changed();
        if !is_changed {
            self.draft.try_set(Draft::of(&now));
        }
        self.saved.try_set(Some(now));
    }

    fn is_changed(self) -> bool {
        self.saved.with_untracked(|saved| {
            saved.as_ref().is_some_and(|saved| self.draft.with_untracked(|draft| *draft != Draft::of(saved)))
        })
    }
}

/// The page.
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
                <PageHead title=t("registration-title") text=t("registration-text") area="users"/>
                {move || match (page.failed.get(), has_plan.get()) {
                    (Some(why), _) => view! { <Empty title=t("failed-title") text=why kind=EmptyKind::Failed/> }.into_any(),
                    (None, None) => view! { <p role="status">{t("loading")}</p> }.into_any(),
                    (None, Some(false)) => view! { <Empty title=t("registration-plan-title") text=t("registration-plan-text")/> }.into_any(),
                    (None, Some(true)) => view! { <Form page=page/> }.into_any(),
                }}
            </div>
        </main>
    }
}

#[component]
fn Form(page: Page) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let (error, faults) =
        (RwSignal::new(None::<String>), RwSignal::new(Vec::<(&'static str, String)>::new()));
    let (is_busy, asks_code) = (RwSignal::new(false), RwSignal::new(false));
    let is_changed = Memo::new(move |_| {
        page.saved.track();
        page.draft.track();
        page.is_changed()
    });
    let save = move || {
        let Some(version) = page.saved.with_untracked(|saved| saved.as_ref().map(|saved| saved.version))
        else {
            return;
        };
        let change: ChangeRegistration = page.draft.with_untracked(|draft| draft.change(version));
        if let Some((field, fault)) = change.fault() {
            return faults.set(vec![(field, t(fault))]);
        }
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        error.set(None);
        faults.set(Vec::new());
        spawn_local(async move {
            let done = client::registration::change_registration(&change).await;
            is_busy.try_set(false);
            match done {
                Ok(now) => {
                    toasts.say(t("registration-saved"));
                    page.draft.try_set(Draft::of(&now));
                    page.saved.try_set(Some(now));
                }
                Err(refused) if refused.code() == Some(ProblemCode::ConfirmAgain) => {
                    asks_code.try_set(true);
                }
                Err(refused) => {
                    let at = ["person_in_charge", "form_text", "welcome", "domains", "capacity"]
                        .into_iter()
                        .filter_map(|field| Some((field, field_fault(&refused, field)?)))
                        .collect::<Vec<_>>();
                    error.try_set(at.is_empty().then(|| why(&refused)));
                    faults.try_set(at);
                    if refused.code() == Some(ProblemCode::Conflict) {
                        page.load();
                    }
                }
            }
        });
    };
    let discard = move |_| {
        if let Some(saved) = page.saved.get_untracked() {
            page.draft.set(Draft::of(&saved));
            faults.set(Vec::new());
        }
    };
    view! {
        <form
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                save();
            }
        >
            <ErrorBanner text=error/>
            <settings::Switch page=page/>
            <settings::PersonInCharge page=page faults=faults/>
            <settings::Places page=page faults=faults/>
            <link::LinkSetting page=page/>
            <settings::FormTexts page=page faults=faults/>
            <settings::WelcomeMessage page=page faults=faults/>
            <settings::Domains page=page faults=faults/>
            <div class="savebar">
                <p class="muted savebar__state" role="status">{move || t(if is_changed.get() { "unsaved-changes" } else { "no-unsaved-changes" })}</p>
                <button class="btn" type="button" disabled=move || !is_changed.get() on:click=discard>{t("discard")}</button>
                <button class="btn btn--primary" type="submit" disabled=move || !is_changed.get() aria-busy=move || is_busy.get().then_some("true")>{t("save")}</button>
            </div>
        </form>
        <Show when=move || asks_code.get()>
            <ConfirmAgain
                on_close=move |()| asks_code.set(false)
                on_done=move |()| {
                    asks_code.set(false);
                    save();
                }
            />
        </Show>
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
    children: Children,
) -> impl IntoView {
    let name = match control {
        Some(id) => view! { <label for=id>{t(label)}</label> }.into_any(),
        None => view! { <span>{t(label)}</span> }.into_any(),
    };
    view! {
        <div class="setting">
            <div class="setting__label">{name}<Help id=format!("help-{label}") subject=t(label) text=t(help)/></div>
            <div class="setting__control">{children()}</div>
        </div>
    }
}
