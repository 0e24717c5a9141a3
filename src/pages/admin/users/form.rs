//! The dialog in which a user is created or changed. What was typed stays until it is saved or the dialog is closed.

use super::{Editing, Page};
use crate::{
    client::{self, ClientError},
    components::{
        base::banner::ErrorBanner,
        form::{dialog_form::DialogForm, field::FieldError},
    },
    i18n::{Arg, LANGUAGES, keep, t, tx},
    pages::{admin::why, explain, field_fault, role_name, sign_in::confirm_again::ConfirmAgain},
    state::{session::CurrentSession, toasts::Toasts},
};
use causeway_api::{
    ProblemCode,
    people::Role,
    users::{User, UserForm},
    validate::Fault,
};
use leptos::{prelude::*, task::spawn_local};

fn form_of(user: Option<&User>) -> UserForm {
    user.map_or_else(UserForm::default, |user| UserForm {
        name: user.person.name.clone(),
        username: String::new(),
        email: user.email.clone(),
        phone: user.phone.clone(),
        role: user.person.role.unwrap_or(Role::AccountManager),
        about: user.person.about.clone(),
        language: user.language.clone(),
    })
}

#[component]
pub(super) fn UserDialog(page: Page, editing: Editing) -> impl IntoView {
    let user = match editing {
        Editing::New => None,
        Editing::Known(user) => Some(*user),
    };
    let toasts = expect_context::<Toasts>();
    let id = user.as_ref().map(|user| user.person.id);
    let form = keep("users.form", || form_of(user.as_ref()));
    let (refusal, local) = (RwSignal::new(None::<ClientError>), RwSignal::new(Vec::<(&str, Fault)>::new()));
    let (is_busy, asks_code) = (RwSignal::new(false), RwSignal::new(false));
    let close = move || page.editing.set(None);
    let save = move || {
        let typed = form.get_untracked();
        local.set(typed.faults());
        if is_busy.get_untracked() || !local.with_untracked(Vec::is_empty) {
            return;
        }
        is_busy.set(true);
        refusal.set(None);
        spawn_local(async move {
            let saved = match id {
                Some(id) => client::users::edit_user(id, &typed).await,
                None => client::users::create_user(&typed).await,
            };
            is_busy.try_set(false);
            match saved {
                Ok(user) => {
                    let words = if id.is_some() { "user-saved" } else { "user-created" };
                    toasts.say(tx(words, &[("name", Arg::Text(&user.person.name))]));
                    close();
                    page.list.load();
                }
                Err(refused) if refused.code() == Some(ProblemCode::ConfirmAgain) => {
                    asks_code.try_set(true);
                }
                Err(refused) => drop(refusal.try_set(Some(refused))),
            }
        });
    };
    let fault = move |field: &'static str| {
        Signal::derive(move || {
            let own =
                local.with(|faults| faults.iter().find(|(at, _)| *at == field).map(|(_, fault)| t(fault)));
            own.or_else(|| {
                refusal.with(|refusal| refusal.as_ref().and_then(|error| field_fault(error, field)))
            })
        })
    };
    // A colleague who left and comes back: the user name is that of the account that is still there.
    let returning = move || refusal.with(|refusal| refusal.as_ref().and_then(ClientError::person));
    let reactivate = move |person| {
        spawn_local(async move {
            match client::users::set_inactive(person, false).await {
                Ok(user) => {
                    toasts.say(tx("user-reactivated", &[("name", Arg::Text(&user.person.name))]));
                    close();
                    page.list.load();
                }
                Err(error) => toasts.error(why(&error)),
            }
        });
    };
    let text = move |id: &'static str,
                     label: &'static str,
                     kind: &'static str,
                     read: fn(&UserForm) -> &String,
                     write: fn(&mut UserForm) -> &mut String| {
        let error = fault(id);
        view! {
            <div class="field">
                <label class="field__label" for=format!("user-{id}")>{t(label)}</label>
                <input
                    class="input"
                    id=format!("user-{id}")
                    type=kind
                    autocomplete="off"
                    prop:value=move || form.with(|form| read(form).clone())
                    on:input=move |event| form.update(|form| *write(form) = event_target_value(&event))
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    aria-describedby=format!("user-{id}-error")
                />
                <FieldError id=format!("user-{id}-error") error=error/>
            </div>
        }
    };
    let is_owner = expect_context::<CurrentSession>().get().me.role == Some(Role::Owner);
    let roles = Role::STAFF.into_iter().filter(move |role| is_owner || *role != Role::Owner);
    let chosen = form.with_untracked(|form| form.role);
    let role_fault = fault("role");
    let roles = roles
        .map(|role| view! { <option value=role.as_str() selected=role == chosen>{role_name(role)}</option> })
        .collect_view();
    let language = form.with_untracked(|form| form.language.clone());
    let title = if id.is_some() { t("users-edit") } else { t("users-new") };
    // What belongs to no field is said above them.
    let banner = Signal::derive(move || {
        const FIELDS: [&str; 7] = ["name", "username", "email", "phone", "role", "about", "language"];
        refusal.with(|refusal| {
            let error =
                refusal.as_ref().filter(|error| FIELDS.iter().all(|field| error.field(field).is_none()))?;
            Some(field_fault(error, "users").unwrap_or_else(|| explain(error)))
        })
    });
    view! {
        <DialogForm title=title verb=t("save") is_busy=is_busy on_submit=move |()| save() on_close=move |()| close()>
            <ErrorBanner text=banner/>
            {text("name", "name", "text", |it| &it.name, |it| &mut it.name)}
            {text("email", "email", "email", |it| &it.email, |it| &mut it.email)}
            <div class="field-grid">
                {id.is_none().then(|| text("username", "username", "text", |it| &it.username, |it| &mut it.username))}
                {text("phone", "phone-number", "tel", |it| &it.phone, |it| &mut it.phone)}
            </div>
            {id.is_none().then(|| view! { <p class="field__hint">{t("username-hint")}</p> })}
            {move || returning().map(|person| view! {
                <p><button class="btn btn--sm" type="button" on:click=move |_| reactivate(person)>{t("reactivate")}</button></p>
            })}
            <div class="field-grid">
                <div class="field">
                    <label class="field__label" for="user-role">{t("role")}</label>
                    <select
                        class="input"
                        id="user-role"
                        aria-describedby="user-role-error"
                        on:change=move |event| {
                            if let Some(role) = Role::parse(&event_target_value(&event)) {
                                form.update(|form| form.role = role);
                            }
                        }
                    >
                        {roles}
                    </select>
                    <FieldError id="user-role-error".to_owned() error=role_fault/>
                </div>
                <div class="field">
                    <label class="field__label" for="user-language">{t("language")}</label>
                    <select class="input" id="user-language" on:change=move |event| form.update(|form| form.language = event_target_value(&event))>
                        <option value="">{t("language-none")}</option>
                        {LANGUAGES.map(|(tag, name)| view! { <option value=tag lang=tag selected=tag == language>{name}</option> }).collect_view()}
                    </select>
                </div>
            </div>
            {text("about", "job-description", "text", |it| &it.about, |it| &mut it.about)}
        </DialogForm>
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
