//! Handing a client over to another employee.

use super::Page;
use crate::{
    client,
    components::{
        base::banner::ErrorBanner,
        form::{dialog_form::DialogForm, field::Field},
    },
    i18n::{Arg, t, tx},
    pages::{
        admin::{employees::EmployeeSelect, why},
        sign_in::confirm_again::Confirming,
        submission::Submission,
    },
    state::toasts::Toasts,
};
use causeway_api::{people::Person, users::AdminClient, validate::Fault};
use leptos::prelude::*;

/// The dialog that asks to whom.
#[component]
pub(super) fn Transfer(page: Page, client: AdminClient) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let (chosen, submission) = (RwSignal::new(None::<Person>), Submission::new().in_words(why));
    let error = submission.fault("to");
    let (id, name) = (client.person.id, StoredValue::new(client.person.name));
    let current = client.owner.as_ref().map(|owner| owner.id);
    let text = name.with_value(|name| tx("transfer-text", &[("name", Arg::Text(name))]));
    let hand_over = move |()| {
        let to = chosen.with_untracked(|chosen| chosen.as_ref().map(|it| it.id));
        if !submission.passes(to.is_none().then_some(("to", Fault::Choice))) {
            return;
        }
        let Some(to) = to else { return };
        submission.send(
            move || client::users::transfer_client(id, to),
            move |()| {
                name.with_value(|name| toasts.say(tx("transfer-done", &[("name", Arg::Text(name))])));
                page.transferred.set(None);
                page.list.load();
            },
        );
    };
    let choose = move |person: Option<Person>| {
        error.correct();
        chosen.set(person);
    };
    view! {
        <DialogForm
            title=t("transfer-title")
            verb=t("transfer")
            is_busy=submission.is_busy()
            on_submit=hand_over
            on_close=move |()| page.transferred.set(None)
        >
            <ErrorBanner text=submission.error() />
            <p>{text}</p>
            <Field id="transfer-to" label=t("transfer-to") error=error hint=None>
                <EmployeeSelect
                    employees=page.employees
                    id="transfer-to"
                    chosen=chosen
                    but=current
                    is_invalid=Signal::derive(move || error.invalid().is_some())
                    described_by="transfer-to-error".to_owned()
                    on_choose=choose
                />
            </Field>
        </DialogForm>
        <Confirming submission=submission />
    }
}
