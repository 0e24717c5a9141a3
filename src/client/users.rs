//! Users, importing them, clients for admins, and the plan.

use super::{Result, asking, decode, get, post, post_quietly, put, send};
use causeway_api::{
    ImportId, PersonId,
    page::Page,
    paths,
    users::{
        AdminClient, AdminClientQuery, ImportFile, ImportReport, License, TransferClient, User, UserForm,
        UserImport, UserQuery,
    },
};
use gloo_net::http::Method;

fn of(path: &str, person: PersonId) -> String {
    path.replace("{person}", &person.to_string())
}

/// A page of the list of users.
pub async fn list_users(query: &UserQuery) -> Result<Page<User>> {
    get(&asking(paths::USERS, query)?).await
}

/// Creates a user.
pub async fn create_user(form: &UserForm) -> Result<User> {
    post(paths::USERS, form).await
}

/// Changes a user.
pub async fn edit_user(person: PersonId, form: &UserForm) -> Result<User> {
    put(&of(paths::USER, person), form).await
}

/// Inactivates a user, or makes it active again.
pub async fn set_inactive(person: PersonId, inactive: bool) -> Result<User> {
    let method = if inactive { Method::PUT } else { Method::DELETE };
    decode(send(method, &of(paths::USER_INACTIVE, person), None).await?).await
}

/// Sends a user a link to set the password.
pub async fn send_password_link(person: PersonId) -> Result<()> {
    send(Method::POST, &of(paths::USER_PASSWORD_LINK, person), None).await.map(|_| ())
}

/// What importing a file would do.
pub async fn preview_import(file: &ImportFile) -> Result<ImportReport> {
    post(paths::USER_IMPORT_PREVIEW, file).await
}

/// Has a file of users imported.
pub async fn start_import(file: &ImportFile) -> Result<UserImport> {
    post(paths::USER_IMPORTS, file).await
}

/// The newest imports of the company.
pub async fn list_imports() -> Result<Vec<UserImport>> {
    get(paths::USER_IMPORTS).await
}

/// The rows of an import.
pub async fn import_report(id: ImportId) -> Result<ImportReport> {
    get(&of_import(id)).await
}

/// Stops an import.
pub async fn cancel_import(id: ImportId) -> Result<UserImport> {
    decode(send(Method::DELETE, &of_import(id), None).await?).await
}

fn of_import(id: ImportId) -> String {
    paths::USER_IMPORT.replace("{import}", &id.to_string())
}

/// The plan and its limits.
pub async fn get_license() -> Result<License> {
    get(paths::LICENSE).await
}

/// A page of the list of clients.
pub async fn list_clients(query: &AdminClientQuery) -> Result<Page<AdminClient>> {
    get(&asking(paths::ADMIN_CLIENTS, query)?).await
}

/// Hands a client over to another employee.
pub async fn transfer_client(person: PersonId, to: PersonId) -> Result<()> {
    post_quietly(&of(paths::ADMIN_CLIENT_TRANSFER, person), &TransferClient { to }).await
}

/// Archives a client, or brings it back.
pub async fn set_client_archived(person: PersonId, archived: bool) -> Result<()> {
    let method = if archived { Method::PUT } else { Method::DELETE };
    send(method, &of(paths::ADMIN_CLIENT_ARCHIVE, person), None).await.map(|_| ())
}
