//! Handing a client over to another employee.

use super::Page;
use crate::{
    client,
    components::{base::banner::ErrorBanner, form::dialog_form::DialogForm},
    i18n::{Arg, t, tx},
    pages::admin::{employees::EmployeeSelect, why},
    state::toasts::Toasts,
};
use causeway_api::{PersonId, people::Person, users::AdminClient, validate::Fault};
use leptos::{prelude::*, task::spawn_local};

/// A client that is being handed over.
#[derive(Clone, Copy)]
struct Handing {
    page: Page,
    toasts: Toasts,
    chosen: RwSignal<Option<Person>>,
    error: RwSignal<Option<String>>,
    client: PersonId,
    name: StoredValue<String>,
}

impl Handing {
    fn over(self) {
        let Some(to) = self.chosen.with_untracked(|chosen| chosen.as_ref().map(|it| it.id)) else {
            return self.error.set(Some(t(Fault::Choice)));
        };
        spawn_local(async move {
            match client::users::transfer_client(self.client, to).await {
                Ok(()) => {
                    let name = self.name.try_get_value().unwrap_or_default();
                    self.toasts.say(tx("transfer-done", &[("name", Arg::Text(&name))]));
                    self.page.transferred.try_set(None);
                    self.page.list.load();
                }
                Err(refused) => {
                    if let Err(refused) = self.page.waiting.hold(refused, move || self.over()) {
                        self.error.try_set(Some(why(&refused)));
                    }
                }
            }
        });
    }
}

/// The dialog that asks to whom.
#[component]
pub(super) fn Transfer(page: Page, client: AdminClient) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let (chosen, error) = (RwSignal::new(None::<Person>), RwSignal::new(None::<String>));
    let (id, name) = (client.person.id, client.person.name.clone());
    let current = client.owner.as_ref().map(|owner| owner.id);
    let text = tx("transfer-text", &[("name", Arg::Text(&name))]);
    let handing = Handing { page, toasts, chosen, error, client: id, name: StoredValue::new(name) };
    view! {
        <DialogForm title=t("transfer-title") verb=t("transfer") is_busy=Signal::stored(false) on_submit=move |()| handing.over() on_close=move |()| page.transferred.set(None)>
            <ErrorBanner text=error/>
            <p>{text}</p>
            <div class="field">
                <label class="field__label" for="transfer-to">{t("transfer-to")}</label>
                <EmployeeSelect
                    employees=page.employees
                    id="transfer-to"
                    chosen=chosen
                    but=current
                    is_invalid=Signal::derive(|| false)
                    described_by=String::new()
                    on_choose={move |person: Option<Person>| chosen.set(person)}
                />
            </div>
        </DialogForm>
    }
}
