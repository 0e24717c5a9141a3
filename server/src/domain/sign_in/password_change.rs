//! Another password for someone who is signed in.

use super::{password_reset, passwords};
use crate::{
    App,
    actor::{Actor, By},
    domain::shut_out::{Act, shut_out},
    error::AppError,
    job, limits,
    store::{AuditEntry, Counter},
};
use causeway_api::{audit::AuditAction, auth::ChangePassword, validate::Fault};

/// Checks the password that holds, sets the new one, and ends the other sessions. The password that holds is not asked
/// for where it is the code of the registration: that code was confirmed in this very session.
pub async fn change(app: &App, actor: &Actor, new: ChangePassword) -> Result<(), AppError> {
    let account = app.store.account(actor.company, actor.person).await?.ok_or(AppError::SignedOut)?;
    let company = app.store.company(actor.company).await?.ok_or(AppError::SignedOut)?;
    passwords::check_length("new", &new.new)?;
    let is_first = actor.must_set_password || account.initial_until.is_some();
    if !is_first {
        check_old(app, actor, new.old.unwrap_or_default(), account.password_hash).await?;
    }
    passwords::check_new(app, "new", &new.new, &[&company.shown, &company.name, &account.username]).await?;
    let password_hash = passwords::hash(app, new.new).await?;
    let ended = app
        .by(actor)
        .write(job!(|tx, By { author, now }| {
            let (company, person) = (author.company, author.person);
            tx.set_password(company, person, password_hash).await?;
            tx.set_must_set_password(&author.session, false).await?;
            tx.audit(AuditEntry::new(&author, AuditAction::PasswordChanged, person, now)).await?;
            password_reset::mail_owner(tx, author.key(), now).await?;
            shut_out(tx, Act::ChangePassword, author.key(), Some(&author.session), now).await
        }))
        .await?;
    ended.close(app);
    app.outbox.ring();
    Ok(())
}

/// A wrong password costs the pauses of a wrong sign-in and counts as one.
async fn check_old(app: &App, actor: &Actor, old: String, hash: Option<String>) -> Result<(), AppError> {
    let (key, now) = (Counter::PasswordChange.of(actor.person), app.clock.now());
    let own = key.clone();
    let may_try = app
        .store
        .write(job!(|tx| tx
            .take_attempt(&own, limits::PASSWORD_FAILURES, limits::PASSWORD_PAUSES, now)
            .await))
        .await?;
    let hash = hash.filter(|_| may_try.is_some());
    if !passwords::verify(app, old, hash).await? {
        app.by(actor)
            .write(job!(|tx, By { author, now }| {
                tx.audit(AuditEntry::new(&author, AuditAction::PasswordChangeRefused, author.person, now))
                    .await
            }))
            .await?;
        return Err(if may_try.is_some() {
            AppError::Invalid("old", Fault::PasswordWrong)
        } else {
            AppError::Invalid("old", Fault::PasswordWait)
        });
    }
    app.store.write(job!(|tx| tx.clear_count(&key).await)).await?;
    Ok(())
}
