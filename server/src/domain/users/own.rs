//! What users change of their own profile.

use crate::{App, actor::Actor, error::AppError, job, store::StoreError, texts};
use causeway_api::validate::Fault;

/// Sets the language that the caller reads.
pub async fn set_language(app: &App, actor: &Actor, language: String) -> Result<(), AppError> {
    if !texts::LANGUAGES.contains(&language.as_str()) {
        return Err(AppError::Invalid("language", Fault::Language));
    }
    let (company, person) = (actor.company, actor.person);
    app.store
        .write(job!(|tx| {
            tx.set_language(company, person, &language).await?;
            Ok::<_, StoreError>(())
        }))
        .await?;
    Ok(())
}
