//! The person in charge.

use super::{Page, Setting};
use crate::{
    components::{base::avatar::Avatar, form::field::FieldFoot},
    i18n::t,
    pages::{admin::employees::EmployeeSelect, submission::Submission},
};
use causeway_api::people::Person;
use leptos::prelude::*;

/// The employee who answers registrants, chosen from a list.
#[component]
pub(super) fn PersonInCharge(page: Page, submission: Submission) -> impl IntoView {
    let error = submission.fault("person_in_charge");
    // The draft has only the id: the person was saved with it, or was just found.
    let person = Signal::derive(move || {
        let id = page.draft.with(|draft| draft.person_in_charge)?;
        let saved = page.saved.with(|saved| saved.as_ref().and_then(|saved| saved.person_in_charge.clone()));
        saved.filter(|person| person.id == id).or_else(|| {
            page.employees
                .found
                .with(|all| all.iter().find(|(person, _)| person.id == id).map(|it| it.0.clone()))
        })
    });
    let choose = move |chosen: Option<Person>| {
        error.correct();
        page.draft.update(|draft| draft.person_in_charge = chosen.map(|it| it.id));
    };
    view! {
        <Setting label="person-in-charge" help="person-in-charge-help" control="person-in-charge">
            <div class="picker">
                {move || person.get().map(|person| view! { <Avatar name=person.name kind=person.kind /> })}
                <div class="picker__choice">
                    <EmployeeSelect
                        employees=page.employees
                        id="person-in-charge"
                        chosen=person
                        is_invalid=Signal::derive(move || error.text().with(Option::is_some))
                        described_by="person-in-charge-hint person-in-charge-error".to_owned()
                        on_choose=choose
                    />
                </div>
            </div>
            <FieldFoot id="person-in-charge" error=error.text() hint=t("person-in-charge-hint") />
        </Setting>
    }
}
