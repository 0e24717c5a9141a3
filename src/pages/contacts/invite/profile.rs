//! Step 2: an existing profile, or a new one.

use super::{
    steps,
    wizard::{Wizard, first_fault},
};
use crate::{
    client::{self, ClientError},
    components::{
        base::{
            banner::{ChangeBanner, ErrorBanner},
            stepper::Stepper,
        },
        form::field::FieldFoot,
        list::search_field::SearchField,
    },
    i18n::{Arg, t, tx},
    pages::{
        contacts::profile_form::ProfileForm,
        explain,
        submission::{Form, SubmitButton},
    },
};
use causeway_api::{
    contacts::{ContactQuery, ContactRow, Invite, InvitedProfile},
    page::ContactsLimit,
    people::Person,
};
use leptos::{prelude::*, task::spawn_local};

/// How many profiles are listed to choose from.
const LISTED: i64 = 20;

/// Whose profile it is.
#[component]
pub(super) fn ProfileStep(wizard: Wizard, on_close: Callback<()>) -> impl IntoView {
    let submission = wizard.submission;
    let uses_existing = Memo::new(move |_| wizard.draft.with(|draft| draft.uses_existing));
    view! {
        <Form class="drawer__body" id="invite" on_submit=move |()| wizard.send()>
            <Stepper steps=steps() current=Signal::derive(|| 1) />
            <ChangeBanner text=wizard.notice />
            <ErrorBanner text=submission.error() takes_focus=true />
            <fieldset class="field">
                <legend class="field__label">{t("client-profile")}</legend>
                <div class="stack-2">
                    <Choice wizard=wizard is_existing=true label="use-existing-profile" hint="use-existing-hint" />
                    <Choice wizard=wizard is_existing=false label="create-new-profile" hint="create-new-hint" />
                </div>
            </fieldset>
            {move || {
                if uses_existing.get() {
                    view! { <Existing wizard=wizard /> }.into_any()
                } else {
                    view! { <NewProfile wizard=wizard /> }.into_any()
                }
            }}
        </Form>
        <footer class="drawer__foot">
            <button class="btn btn--ghost drawer__back" type="button" on:click=move |_| wizard.back()>
                {t("back")}
            </button>
            <button
                class="btn"
                type="button"
                on:click=move |_| {
                    wizard.end();
                    on_close.run(());
                }
            >
                {t("cancel")}
            </button>
            <SubmitButton label=t("invite") form="invite" is_busy=submission.is_busy() class="btn btn--primary" />
        </footer>
    }
}

impl Wizard {
    /// Sends the invitation, unless something that is on the screen is missing.
    fn send(self) {
        let draft = self.draft.get_untracked();
        let whose = match (draft.uses_existing, draft.existing) {
            (true, Some((person, _))) => InvitedProfile::Existing { person },
            (true, None) => return self.submission.fail_at("existing", t("invite-existing-missing")),
            (false, _) => {
                let is_email_fixed = draft.checked.as_ref().is_some_and(|it| !it.address.starts_with('+'));
                let required = self.lists.with_untracked(|lists| lists.required.clone());
                let faults = draft.profile.faults(&required).into_iter();
                if !self.submission.passes(faults.filter(|(field, _)| *field != "email" || !is_email_fixed)) {
                    return;
                }
                InvitedProfile::New { profile: draft.profile }
            }
        };
        let invite = Invite { identity: draft.identity, profile: whose };
        let ask = move || {
            let invite = invite.clone();
            async move { client::contacts::invite(&invite).await }
        };
        let done = move |done| {
            self.end();
            self.done.set(Some(done));
        };
        self.submission
            .send_or(ask, done, move |refused| self.is_outdated(refused) || self.explains(refused));
    }

    /// Shows what is wrong with an existing profile, whose fields are not on the screen. Returns whether it did.
    fn explains(self, refused: &ClientError) -> bool {
        let existing = self.draft.with_untracked(|draft| {
            draft.existing.as_ref().filter(|_| draft.uses_existing).map(|it| it.1.clone())
        });
        let (Some(name), Some((field, fault))) = (existing, first_fault(refused)) else { return false };
        let args =
            [("name", Arg::Text(name.as_str())), ("field", Arg::Text(&field)), ("fault", Arg::Text(&fault))];
        self.submission.fail(tx("invite-existing-refused", &args));
        true
    }

    /// Goes back to the messaging identity.
    fn back(self) {
        self.submission.clear();
        self.notice.set(None);
        self.draft.update(|draft| draft.checked = None);
    }
}

/// The profile of a new client. The address that the client is invited by is fixed.
#[component]
fn NewProfile(wizard: Wizard) -> impl IntoView {
    let profile = RwSignal::new(wizard.draft.with_untracked(|draft| draft.profile.clone()));
    Effect::new(move |_| {
        let typed = profile.get();
        if wizard.draft.with_untracked(|draft| draft.profile != typed) {
            wizard.corrected();
            wizard.draft.update(|draft| draft.profile = typed);
        }
    });
    let is_phone = wizard
        .draft
        .with_untracked(|draft| draft.checked.as_ref().is_some_and(|it| it.address.starts_with('+')));
    view! { <ProfileForm profile=profile submission=wizard.submission lists=wizard.lists is_email_fixed=!is_phone /> }
}

/// Chooses between an existing profile and a new one.
#[component]
fn Choice(wizard: Wizard, is_existing: bool, label: &'static str, hint: &'static str) -> impl IntoView {
    view! {
        <label class="choice choice--card">
            <input
                type="radio"
                name="profile"
                prop:checked=move || wizard.draft.with(|draft| draft.uses_existing == is_existing)
                on:change=move |_| {
                    wizard.submission.clear();
                    wizard.draft.update(|draft| draft.uses_existing = is_existing);
                }
            />
            <span>
                <span>{t(label)}</span>
                <span class="choice__hint">{t(hint)}</span>
            </span>
        </label>
    }
}

/// Finds the profile that the identity belongs to.
#[component]
fn Existing(wizard: Wizard) -> impl IntoView {
    let error = wizard.submission.fault("existing");
    let (words, found) = (RwSignal::new(String::new()), RwSignal::new(Vec::<ContactRow>::new()));
    let search = move || {
        spawn_local(async move {
            let query = ContactQuery {
                search: words.get_untracked(),
                limit: ContactsLimit::new(LISTED).unwrap_or_default(),
                ..ContactQuery::default()
            };
            match client::contacts::list_contacts(&query).await {
                Ok(page) => drop(found.try_set(page.page.items)),
                Err(error) => wizard.submission.fail(explain(&error)),
            }
        });
    };
    search();
    let input = move |typed: String| {
        words.set(typed);
        search();
    };
    let chosen = move || {
        wizard.draft.with(|draft| {
            let existing = draft.existing.as_ref();
            existing.map(|it| tx("existing-chosen", &[("name", Arg::Text(&it.1))]))
        })
    };
    let option = move |row: ContactRow| view! { <ExistingOption wizard=wizard person=row.person /> };
    view! {
        <p role="status">{chosen}</p>
        <SearchField label=t("search-contacts") value=words on_input=input is_outlined=true />
        // It takes the focus while none is chosen.
        <div
            class="choices"
            role="radiogroup"
            tabindex="-1"
            aria-label=t("use-existing-profile")
            aria-invalid=move || error.invalid()
            aria-describedby="existing-error"
        >
            {move || found.get().into_iter().map(option).collect_view()}
        </div>
        <FieldFoot id="existing" error=error.text() />
    }
}

/// A profile that was found, to choose.
#[component]
fn ExistingOption(wizard: Wizard, person: Person) -> impl IntoView {
    let (id, name) = (person.id, person.name.clone());
    let is_chosen = move || wizard.draft.with(|draft| draft.existing.as_ref().is_some_and(|it| it.0 == id));
    view! {
        <label class="choice choices__item">
            <input
                type="radio"
                name="existing"
                prop:checked=is_chosen
                on:change=move |_| {
                    wizard.submission.clear();
                    wizard.draft.update(|draft| draft.existing = Some((id, name.clone())));
                }
            />
            <span>
                <span>{person.name}</span>
                <span class="choice__hint">{person.about}</span>
            </span>
        </label>
    }
}
