//! What the command line changed: written in the transaction of the change, removed once the server has taken it up.

use crate::{
    clock,
    store::{Result, Store, StoreError, Tx, entity::operator_command},
};
use causeway_api::{CompanyId, Millis, PersonId};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

/// Commands that are taken up at a time.
const AT_ONCE: u64 = 100;

/// What the server has to take up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperatorCommand {
    /// The plan or the limits of a company changed.
    CompanyChanged(CompanyId),
    /// Sessions of a person were ended.
    SessionsEnded(CompanyId, PersonId),
    /// Mails or SMS were queued.
    MailsQueued(CompanyId),
}

impl OperatorCommand {
    fn columns(self) -> (&'static str, CompanyId, Option<PersonId>) {
        match self {
            Self::CompanyChanged(company) => ("company_changed", company, None),
            Self::SessionsEnded(company, person) => ("sessions_ended", company, Some(person)),
            Self::MailsQueued(company) => ("letters_queued", company, None),
        }
    }

    fn read(row: &operator_command::Model) -> Result<Self> {
        let company = row.company_id.into();
        match (row.kind.as_str(), row.person_id) {
            ("company_changed", _) => Ok(Self::CompanyChanged(company)),
            ("sessions_ended", Some(person)) => Ok(Self::SessionsEnded(company, person.into())),
            ("letters_queued", _) => Ok(Self::MailsQueued(company)),
            (other, _) => Err(StoreError::Corrupt(format!("operator_command.kind {other}"))),
        }
    }
}

impl Store {
    /// The oldest commands that were not taken up yet.
    pub async fn operator_commands(&self) -> Result<Vec<(Uuid, OperatorCommand)>> {
        let rows = operator_command::Entity::find()
            .order_by_asc(operator_command::Column::CreatedAt)
            .order_by_asc(operator_command::Column::Id)
            .limit(AT_ONCE)
            .all(&self.read)
            .await?;
        rows.iter().map(|row| Ok((row.id, OperatorCommand::read(row)?))).collect()
    }
}

impl Tx {
    /// Tells the server, if one runs, what this transaction changed.
    pub async fn command_server(&mut self, command: OperatorCommand, now: Millis) -> Result<()> {
        let (kind, company, person) = command.columns();
        let row = operator_command::ActiveModel {
            id: Set(clock::new_id()),
            kind: Set(kind.to_owned()),
            company_id: Set(company.0),
            person_id: Set(person.map(|person| person.0)),
            created_at: Set(now),
        };
        operator_command::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Removes commands that were taken up.
    pub async fn remove_operator_commands(&mut self, ids: Vec<Uuid>) -> Result<()> {
        let done = operator_command::Entity::delete_many().filter(operator_command::Column::Id.is_in(ids));
        done.exec(&self.db).await?;
        Ok(())
    }
}
