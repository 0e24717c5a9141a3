//! Who may see a chat at all.

use crate::{error::AppError, store::MemberRow};
use causeway_api::PersonId;

pub(in crate::domain) fn require_member(
    members: &[MemberRow],
    person: PersonId,
) -> Result<&MemberRow, AppError> {
    members.iter().find(|member| member.person == person).ok_or(AppError::NotFound)
}
