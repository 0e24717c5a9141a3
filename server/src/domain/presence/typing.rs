//! That someone is writing: told to the other members who have the chat open, kept nowhere.

use crate::{
    App, actor::Actor, domain::chats::access::require_member, error::AppError, pace::Kind, store::Signalled,
};
use causeway_api::{
    ChatId,
    signals::{Signal, TYPING_MEMBERS_MAX},
};

/// Tells the other members who have the chat open that the caller is writing. Told too often, or in a large chat, it is not
/// passed on: each member more would cost as much for every letter.
pub async fn tell(app: &App, actor: &Actor, chat: ChatId) -> Result<(), AppError> {
    actor.may_write()?;
    let members = app.store.members(actor.company, vec![chat]).await?;
    require_member(&members, actor.person)?;
    let is_passed_on = members.len() <= TYPING_MEMBERS_MAX
        && app.pace.take(actor.person, Kind::Typing, app.clock.now()).is_ok();
    if is_passed_on {
        let others = members.iter().map(|member| member.person).filter(|person| *person != actor.person);
        let signal = Signal::Typing { chat, person: actor.person };
        app.hub.signal_at(chat, Signalled { signal, audience: others.collect() });
    }
    Ok(())
}
