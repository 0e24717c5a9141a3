//! The people of the company.

use super::{Result, get};
use causeway_api::{paths, people::Person};

/// Everyone an employee can write to.
pub async fn list_people() -> Result<Vec<Person>> {
    get(paths::PEOPLE).await
}
