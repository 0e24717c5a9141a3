//! Step 2: an existing profile, or a new one.

use super::{Draft, Form, steps};
use crate::{
    client,
    components::{
        base::{banner::ErrorBanner, stepper::Stepper},
        form::field::FieldError,
        list::search_field::SearchField,
    },
    i18n::{Arg, t, tx},
    pages::contacts::profile_form::ProfileForm,
};
use causeway_api::{
    PersonId,
    contacts::{ContactQuery, ContactRow, Invite, InvitedProfile, Lists},
    page::ContactsLimit,
};
use leptos::{prelude::*, task::spawn_local};

/// How many profiles are listed to choose from.
const LISTED: i64 = 20;

#[component]
pub(super) fn ProfileStep(form: Form, on_close: Callback<()>) -> impl IntoView {
    let lists = RwSignal::new(Lists::default());
    spawn_local(async move {
        match client::contacts::get_lists().await {
            Ok(all) => drop(lists.try_set(all)),
            Err(error) => drop(form.refusal.try_set(Some(error))),
        }
    });
    let profile = RwSignal::new(form.draft.with_untracked(|draft| draft.profile.clone()));
    Effect::new(move |_| {
        let typed = profile.get();
        if form.draft.with_untracked(|draft| draft.profile != typed) {
            form.draft.update(|draft| draft.profile = typed);
        }
    });
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if form.is_busy.get_untracked() {
            return;
        }
        let draft = form.draft.get_untracked();
        let whose = match (draft.uses_existing, draft.existing) {
            (true, Some((person, _))) => InvitedProfile::Existing { person },
            (true, None) => return,
            (false, _) => InvitedProfile::New { profile: draft.profile },
        };
        form.is_busy.set(true);
        form.refusal.set(None);
        spawn_local(async move {
            let sent = client::contacts::invite(&Invite { identity: draft.identity, profile: whose }).await;
            form.is_busy.try_set(false);
            match sent {
                Ok(done) => {
                    form.draft.set(Draft::default());
                    form.done.set(Some(done));
                }
                Err(error) => drop(form.refusal.try_set(Some(error))),
            }
        });
    };
    let back = move |_| {
        form.refusal.set(None);
        form.draft.update(|draft| draft.checked = None);
    };
    let uses_existing = Memo::new(move |_| form.draft.with(|draft| draft.uses_existing));
    let is_phone = form
        .draft
        .with_untracked(|draft| draft.checked.as_ref().is_some_and(|it| it.address.starts_with('+')));
    let phone_error = form.fault("phone");
    let choice = move |existing: bool, label: &'static str, hint: &'static str| {
        view! {
            <label class="choice choice--card">
                <input
                    type="radio"
                    name="profile"
                    prop:checked=move || uses_existing.get() == existing
                    on:change=move |_| form.draft.update(|draft| draft.uses_existing = existing)
                />
                <span><span>{t(label)}</span><span class="choice__hint">{t(hint)}</span></span>
            </label>
        }
    };
    view! {
        <form class="drawer__body" id="invite" novalidate on:submit=send>
            <Stepper steps=steps() current=Signal::derive(|| 1)/>
            <ErrorBanner text=form.banner()/>
            <FieldError id="invite-phone-taken".to_owned() error=phone_error/>
            <fieldset class="field">
                <legend class="field__label">{t("client-profile")}</legend>
                <div class="stack-2">
                    {choice(true, "use-existing-profile", "use-existing-hint")}
                    {choice(false, "create-new-profile", "create-new-hint")}
                </div>
            </fieldset>
            {move || if uses_existing.get() {
                view! { <Existing form=form/> }.into_any()
            } else {
                view! { <ProfileForm profile=profile refusal=form.refusal lists=lists is_email_fixed=!is_phone/> }.into_any()
            }}
        </form>
        <footer class="drawer__foot">
            <button class="btn btn--ghost drawer__back" type="button" on:click=back>{t("back")}</button>
            <button class="btn" type="button" on:click=move |_| on_close.run(())>{t("cancel")}</button>
            <button
                class="btn btn--primary"
                type="submit"
                form="invite"
                disabled=move || uses_existing.get() && form.draft.with(|draft| draft.existing.is_none())
                aria-busy=move || form.is_busy.get().then_some("true")
            >
                {t("invite")}
            </button>
        </footer>
    }
}

/// Searching the profile that the identity belongs to.
#[component]
fn Existing(form: Form) -> impl IntoView {
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
                Err(error) => drop(form.refusal.try_set(Some(error))),
            }
        });
    };
    search();
    let chosen =
        move |id: PersonId| form.draft.with(|draft| draft.existing.as_ref().is_some_and(|it| it.0 == id));
    view! {
        <p role="status">
            {move || form.draft.with(|draft| draft.existing.as_ref().map(|it| tx("existing-chosen", &[("name", Arg::Text(&it.1))])))}
        </p>
        <SearchField label=t("search-contacts") value=words on_input={move |typed: String| {
                    words.set(typed);
                    search();
                }} is_outlined=true/>
        <div class="choices" role="group" aria-label=t("use-existing-profile")>
            {move || found.get().into_iter().map(|row| {
                let (id, name) = (row.person.id, row.person.name.clone());
                let label = name.clone();
                view! {
                    <label class="choice choices__item">
                        <input
                            type="radio"
                            name="existing"
                            prop:checked=move || chosen(id)
                            on:change=move |_| form.draft.update(|draft| draft.existing = Some((id, name.clone())))
                        />
                        <span><span>{label}</span><span class="choice__hint">{row.person.about}</span></span>
                    </label>
                }
            }).collect_view()}
        </div>
    }
}
