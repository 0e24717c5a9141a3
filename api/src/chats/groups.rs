//! Who manages a group.

use crate::{
    PersonId,
    people::{Person, Role},
};

/// Whether a member manages a group, which is to rename it and to remove others: whoever made it, and members who govern
/// the company. When whoever made it is no member any more, or was deactivated, so does the employee who has been in it for
/// longest; `members` are in the order in which they joined.
pub fn manages_group<'a>(
    created_by: Option<PersonId>,
    members: impl IntoIterator<Item = &'a Person>,
    person: PersonId,
) -> bool {
    let members: Vec<&Person> = members.into_iter().collect();
    let Some(own) = members.iter().find(|member| member.id == person) else { return false };
    if !own.writes_as_employee() {
        return false;
    }
    if created_by == Some(person) || own.role.is_some_and(Role::governs) {
        return true;
    }
    let has_maker = members.iter().any(|member| Some(member.id) == created_by && !member.is_inactive);
    let eldest = members.iter().find(|member| member.writes_as_employee());
    !has_maker && eldest.is_some_and(|eldest| eldest.id == person)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::PersonKind;
    use uuid::Uuid;

    fn person(number: u128, kind: PersonKind, role: Option<Role>) -> Person {
        let id = PersonId(Uuid::from_u128(number));
        Person {
            id,
            kind,
            name: String::new(),
            role,
            about: String::new(),
            company_role: String::new(),
            name_lang: None,
            is_inactive: false,
        }
    }

    #[test]
    fn a_group_is_managed_by_its_maker_by_those_who_govern_and_never_by_no_one() {
        let client = person(1, PersonKind::Client, None);
        let reader = person(2, PersonKind::Colleague, Some(Role::ComplianceOfficer));
        let maker = person(3, PersonKind::Colleague, Some(Role::AccountManager));
        let eldest = person(4, PersonKind::Colleague, Some(Role::AccountManager));
        let admin = person(5, PersonKind::Colleague, Some(Role::OrgAdmin));
        let external = person(6, PersonKind::Client, Some(Role::ExternalUser));
        let all = [&client, &reader, &external, &eldest, &maker, &admin];
        let managing = |members: &[&Person]| {
            let manages = |one: &&&Person| manages_group(Some(maker.id), members.iter().copied(), one.id);
            members.iter().filter(manages).map(|one| one.id).collect::<Vec<_>>()
        };
        assert_eq!(managing(&all), [maker.id, admin.id]);
        assert_eq!(managing(&[&client, &reader, &external, &eldest, &admin]), [eldest.id, admin.id]);
        let gone = Person { is_inactive: true, ..maker.clone() };
        assert_eq!(managing(&[&client, &gone, &eldest]), [eldest.id], "who was deactivated makes way");
        assert_eq!(managing(&[&client, &reader, &external]), []);
        assert!(
            !manages_group(Some(maker.id), [&client, &eldest], maker.id),
            "a former member manages nothing"
        );
    }
}
