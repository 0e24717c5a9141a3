//! The last active owner of a company stays one.

use crate::{error::AppError, store::Tx};
use causeway_api::{CompanyId, people::Role, validate::Fault};

/// Counts an owner more or less when a role changes; refuses to take the last one away.
pub(in crate::domain) async fn count_owners(
    tx: &mut Tx,
    company: CompanyId,
    was: Option<Role>,
    is: Role,
) -> Result<(), AppError> {
    if is == Role::Owner {
        tx.add_owner(company).await?;
    } else if was == Some(Role::Owner) && !tx.drop_owner(company).await? {
        return Err(AppError::Conflict("role", Fault::LastOwner));
    }
    Ok(())
}
