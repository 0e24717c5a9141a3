//! Step 2: an existing profile, or a new one.

use super::{Draft, Wizard, steps};
use crate::{
    client,
    components::{
        base::{banner::ErrorBanner, stepper::Stepper},
        form::field::FieldError,
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
    contacts::{ContactQuery, ContactRow, Invite, InvitedProfile, Lists},
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
    let phone_error = submission.fault("phone");
    let uses_existing = Memo::new(move |_| wizard.draft.with(|draft| draft.uses_existing));
    let is_missing =
        Signal::derive(move || uses_existing.get() && wizard.draft.with(|draft| draft.existing.is_none()));
    view! {
        <Form class="drawer__body" id="invite" on_submit=move |()| wizard.send()>
            <Stepper steps=steps() current=Signal::derive(|| 1) />
            <ErrorBanner text=submission.error() />
            <FieldError id="invite-phone-taken".to_owned() error=phone_error.text() />
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
            <button class="btn" type="button" on:click=move |_| on_close.run(())>
                {t("cancel")}
            </button>
            <SubmitButton
                label=t("invite")
                form="invite"
                is_busy=submission.is_busy()
                is_disabled=is_missing
                class="btn btn--primary"
            />
        </footer>
    }
}

impl Wizard {
    /// Sends the invitation, unless an existing profile is to be used and none is chosen.
    fn send(self) {
        let draft = self.draft.get_untracked();
        let whose = match (draft.uses_existing, draft.existing) {
            (true, Some((person, _))) => InvitedProfile::Existing { person },
            (true, None) => return,
            (false, _) => InvitedProfile::New { profile: draft.profile },
        };
        let invite = Invite { identity: draft.identity, profile: whose };
        let ask = move || {
            let invite = invite.clone();
            async move { client::contacts::invite(&invite).await }
        };
        self.submission.send(ask, move |done| {
            self.draft.set(Draft::default());
            self.done.set(Some(done));
        });
    }

    /// Goes back to the messaging identity.
    fn back(self) {
        self.submission.clear();
        self.draft.update(|draft| draft.checked = None);
    }
}

/// The profile of a new client. The address that the client is invited by is fixed.
#[component]
fn NewProfile(wizard: Wizard) -> impl IntoView {
    let lists = RwSignal::new(Lists::default());
    spawn_local(async move {
        match client::contacts::get_lists().await {
            Ok(all) => drop(lists.try_set(all)),
            Err(error) => wizard.submission.fail(explain(&error)),
        }
    });
    let profile = RwSignal::new(wizard.draft.with_untracked(|draft| draft.profile.clone()));
    Effect::new(move |_| {
        let typed = profile.get();
        if wizard.draft.with_untracked(|draft| draft.profile != typed) {
            wizard.draft.update(|draft| draft.profile = typed);
        }
    });
    let is_phone = wizard
        .draft
        .with_untracked(|draft| draft.checked.as_ref().is_some_and(|it| it.address.starts_with('+')));
    view! { <ProfileForm profile=profile submission=wizard.submission lists=lists is_email_fixed=!is_phone /> }
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
                on:change=move |_| wizard.draft.update(|draft| draft.uses_existing = is_existing)
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
        <div class="choices" role="group" aria-label=t("use-existing-profile")>
            {move || found.get().into_iter().map(option).collect_view()}
        </div>
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
                on:change=move |_| wizard.draft.update(|draft| draft.existing = Some((id, name.clone())))
            />
            <span>
                <span>{person.name}</span>
                <span class="choice__hint">{person.about}</span>
            </span>
        </label>
    }
}
