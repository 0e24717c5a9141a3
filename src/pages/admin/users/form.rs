//! The dialog in which a user is created or changed. What was typed stays until it is saved or the dialog is closed.

use super::{Editing, Page};
use crate::{
    client::{self, ClientError},
    components::{
        base::banner::ErrorBanner,
        form::{
            dialog_form::DialogForm,
            field::{Field, TextField, Typed},
        },
    },
    i18n::{Arg, LANGUAGES, keep, t, tx},
    pages::{
        explain, field_fault, number::naming_country, role_name, sign_in::confirm_again::Confirming,
        submission::Submission,
    },
    state::{session::CurrentSession, toasts::Toasts},
};
use causeway_api::{
    PersonId,
    contacts::Country,
    people::Role,
    users::{User, UserForm},
};
use leptos::{prelude::*, task::spawn_local};

fn form_of(user: Option<&User>) -> UserForm {
    user.map_or_else(UserForm::default, |user| UserForm {
        name: user.person.name.clone(),
        username: String::new(),
        email: user.email.clone(),
        phone: user.phone.clone(),
        role: user.person.role.unwrap_or(Role::AccountManager),
        company_role: user.person.company_role.clone(),
        about: user.person.about.clone(),
        language: user.language.clone(),
    })
}

/// What belongs to no field.
fn words(error: &ClientError) -> String {
    field_fault(error, "users").unwrap_or_else(|| explain(error))
}

/// The dialog that creates a user or changes one.
#[component]
pub(super) fn UserDialog(page: Page, editing: Editing) -> impl IntoView {
    let user = match editing {
        Editing::New => None,
        Editing::Known(user) => Some(*user),
    };
    let toasts = expect_context::<Toasts>();
    let id = user.as_ref().map(|user| user.person.id);
    let form = keep("users.form", || form_of(user.as_ref()));
    let submission = Submission::new().in_words(words);
    let close = move || page.editing.set(None);
    let saved = move |user: User| {
        let words = if id.is_some() { "user-saved" } else { "user-created" };
        toasts.say(tx(words, &[("name", Arg::Text(&user.person.name))]));
        close();
        page.reload();
    };
    let save = move || {
        let typed = form.get_untracked();
        if !submission.passes(typed.faults()) {
            return;
        }
        let ask = move || {
            let typed = typed.clone();
            async move {
                match id {
                    Some(id) => client::users::edit_user(id, &typed).await,
                    None => client::users::create_user(&typed).await,
                }
            }
        };
        submission.send(ask, saved);
    };
    let title = if id.is_some() { t("users-edit") } else { t("users-new") };
    view! {
        <DialogForm
            title=title
            verb=t("save")
            is_busy=submission.is_busy()
            on_submit=move |()| save()
            on_close=move |()| close()
        >
            <ErrorBanner text=submission.error() />
            <Fields form=form submission=submission is_new=id.is_none()>
                <Returning page=page submission=submission />
            </Fields>
        </DialogForm>
        <Confirming submission=submission />
    }
}

/// Everything about a user; the user name only of a new one.
#[component]
fn Fields(
    form: RwSignal<UserForm>,
    submission: Submission,
    is_new: bool,
    /// What can be done when the user name is taken.
    children: Children,
) -> impl IntoView {
    let countries = RwSignal::new(Vec::<Country>::new());
    spawn_local(async move {
        // Without the list the error names no country.
        if let Ok(all) = client::contacts::list_countries().await {
            countries.try_set(all);
        }
    });
    let phone = Signal::derive(move || form.with(|form| form.phone.clone()));
    let text = move |id: &'static str, label: &'static str, kind: &'static str, value: Typed| {
        let field = id.trim_start_matches("user-");
        let is_optional = !matches!(field, "name" | "email");
        let error = match field {
            // No country is chosen here: the number names its own.
            "phone" => naming_country(submission.fault(field), phone, Signal::default(), countries.into()),
            _ => submission.fault(field),
        };
        let hint = (field == "username").then(|| t("username-hint"));
        view! {
            <TextField
                id=id
                label=t(label)
                kind=kind
                value=value
                error=error
                is_compact=true
                is_optional=is_optional
                hint=hint
            />
        }
    };
    view! {
        {text("user-name", "name", "text", Typed::of(form, |it| &it.name, |it| &mut it.name))}
        {text("user-email", "email", "email", Typed::of(form, |it| &it.email, |it| &mut it.email))}
        <div class="field-grid">
            {is_new
                .then(|| text(
                    "user-username",
                    "username",
                    "text",
                    Typed::of(form, |it| &it.username, |it| &mut it.username),
                ))} {text("user-phone", "phone-number", "tel", Typed::of(form, |it| &it.phone, |it| &mut it.phone))}
        </div>
        {children()}
        <div class="field-grid">
            <RoleField form=form submission=submission />
            <LanguageField form=form submission=submission />
        </div>
        {text(
            "user-company_role",
            "company-role",
            "text",
            Typed::of(form, |it| &it.company_role, |it| &mut it.company_role),
        )}
        {text("user-about", "job-description", "text", Typed::of(form, |it| &it.about, |it| &mut it.about))}
    }
}

/// The role: only owners make owners.
#[component]
fn RoleField(form: RwSignal<UserForm>, submission: Submission) -> impl IntoView {
    let error = submission.fault("role");
    let is_owner = expect_context::<CurrentSession>().get().me.role == Some(Role::Owner);
    let chosen = form.with_untracked(|form| form.role);
    let roles = Role::STAFF
        .into_iter()
        .filter(|role| is_owner || *role != Role::Owner)
        .map(|role| {
            view! {
                <option value=role.as_str() selected=role == chosen>
                    {role_name(role)}
                </option>
            }
        })
        .collect_view();
    let choose = move |event| {
        error.correct();
        if let Some(role) = Role::parse(&event_target_value(&event)) {
            form.update(|form| form.role = role);
        }
    };
    view! {
        <Field id="user-role" label=t("role") error=error hint=None>
            <select
                class="input"
                id="user-role"
                aria-invalid=move || error.invalid()
                aria-describedby="user-role-error"
                on:change=choose
            >
                {roles}
            </select>
        </Field>
    }
}

/// The language that the user reads.
#[component]
fn LanguageField(form: RwSignal<UserForm>, submission: Submission) -> impl IntoView {
    let error = submission.fault("language");
    let language = form.with_untracked(|form| form.language.clone());
    let choose = move |event| {
        error.correct();
        form.update(|form| form.language = event_target_value(&event));
    };
    view! {
        <Field id="user-language" label=t("language") error=error hint=None is_optional=true>
            <select class="input" id="user-language" aria-invalid=move || error.invalid() on:change=choose>
                <option value="">{t("language-none")}</option>
                {LANGUAGES
                    .map(|(tag, name)| {
                        view! {
                            <option value=tag lang=tag selected=tag == language>
                                {name}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
        </Field>
    }
}

/// A colleague who left and comes back: the user name is that of the account that is still there.
#[component]
fn Returning(page: Page, submission: Submission) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let act = Submission::new().in_toasts();
    let refused = submission.refused();
    let reactivate = move |person: PersonId| {
        act.send(
            move || client::users::set_inactive(person, false),
            move |user: User| {
                toasts.say(tx("user-reactivated", &[("name", Arg::Text(&user.person.name))]));
                page.editing.set(None);
                page.reload();
            },
        );
    };
    view! {
        {move || {
            refused
                .get()
                .and_then(|refused| refused.person())
                .map(|person| {
                    view! {
                        <p>
                            <button class="btn btn--sm" type="button" on:click=move |_| reactivate(person)>
                                {t("reactivate")}
                            </button>
                        </p>
                    }
                })
        }}
        <Confirming submission=act />
    }
}
