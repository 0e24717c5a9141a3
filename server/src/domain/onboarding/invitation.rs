//! The link of an invitation: what it leads to, and the code that is sent when the client asks for one. Opening it sends
//! nothing, however often a page is loaded.

use super::{Identity, answer, begin, features, language, shown};
use crate::{
    App,
    actor::Browser,
    clock::Token,
    error::AppError,
    input::phones,
    store::{ChannelLinkRow, CodePurpose, Company, PersonRow},
};
use causeway_api::{
    chats::Channel,
    contacts::LinkState,
    onboarding::{OnboardingCode, OpenedInvitation},
    paths::Side,
};

/// An invitation that can still be completed.
struct Invitation {
    company: Company,
    client: PersonRow,
    link: ChannelLinkRow,
    language: String,
}

async fn find(app: &App, token: &Token) -> Result<Invitation, AppError> {
    let found = app.store.invitation(&token.hash(), app.clock.now()).await?;
    let (company, person, channel) = found.ok_or(AppError::LinkSpent)?;
    let links = app.store.channel_links(company, person).await?;
    let link = links.into_iter().find(|link| link.channel == channel).ok_or(AppError::LinkSpent)?;
    let company = app.store.company(company).await?.ok_or(AppError::LinkSpent)?;
    let client = app.store.person(company.id, person).await?.ok_or(AppError::LinkSpent)?;
    let features = features::of(app, company.id).await?;
    let country = phones::read(&link.address, "").map_or_else(|_| String::new(), |phone| phone.country);
    let language = language(&country, client.language.as_deref(), &features);
    Ok(Invitation { company, client, link, language })
}

/// What a link leads to, for a browser that may have a session of the client or a code already.
pub async fn open(
    app: &App,
    token: &Token,
    session: Option<Token>,
    waiting: Option<Token>,
) -> Result<OpenedInvitation, AppError> {
    let invitation = find(app, token).await?;
    let (client, channel, now) = (invitation.client.person.id, invitation.link.channel, app.clock.now());
    let host = app.store.person(invitation.company.id, invitation.link.invited_by).await?;
    let session = match session {
        Some(session) => app.store.session(&session.hash()).await?,
        None => None,
    };
    let is_own = session.is_some_and(|session| {
        session.side == Side::Client
            && session.person == client
            && session.channel == Some(channel)
            && session.ends_at > now
    });
    let code = match waiting {
        Some(waiting) => app.store.code(CodePurpose::Onboarding, &waiting.hash()).await?,
        None => None,
    };
    let code = code
        .filter(|code| code.person == Some(client) && code.channel == Some(channel) && code.expires_at > now);
    Ok(OpenedInvitation {
        company: invitation.company.shown,
        host: host.map(|row| row.person.name).unwrap_or_default(),
        address: shown(Some(Channel::Causeway), &invitation.link.address),
        is_linked: is_own && invitation.link.state == LinkState::Linked,
        code: code.map(|code| answer(&code, invitation.language.clone(), now)),
        language: invitation.language,
    })
}

/// Sends a code to the client whose invitation it is.
pub async fn send(app: &App, token: &Token, browser: &Browser) -> Result<(Token, OnboardingCode), AppError> {
    let Invitation { company, client, link, language } = find(app, token).await?;
    let features = features::of(app, company.id).await?;
    let identity =
        Identity { person: Some(client.person.id), channel: link.channel, address: link.address, language };
    begin(app, &company, &features, identity, browser).await
}
