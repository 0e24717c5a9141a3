//! Inviting a client: messaging identity, profile, invitation; sending it again, and taking it back.

mod invitation;

use super::{announce_change, check_profile, require, require_alias};
use crate::{
    App,
    actor::{Actor, By, PersonKey},
    clock,
    domain::{
        contacts,
        features::{self, keys},
        shut_out::{Act, shut_out},
    },
    error::AppError,
    input::{emails, phones},
    job,
    store::{AuditEntry, NewPerson, StoreError, Tx},
};
use causeway_api::{
    Millis, PersonId,
    audit::AuditAction,
    chats::Channel,
    contacts::{
        ChannelOffer, CheckedIdentity, Contact, Identity, Invite, Invited, InvitedProfile, LinkState, Profile,
    },
    people::{Person, PersonKind},
    validate::Fault,
};
use invitation::Invitation;

/// The channels, and whether the company has set them up.
pub async fn channels(app: &App, actor: &Actor) -> Result<Vec<ChannelOffer>, AppError> {
    let features = features::of(app, actor.company).await?;
    let offer = |channel| ChannelOffer {
        channel,
        is_configured: is_configured(channel),
        by_email: channel == Channel::Wechat && !features.get(keys::WECHAT_ONBOARDING_SMS),
    };
    Ok(Channel::ALL.map(offer).to_vec())
}

/// WhatsApp and LINE need credentials of the vendor, which no one can enter yet.
fn is_configured(channel: Channel) -> bool {
    matches!(channel, Channel::Causeway | Channel::Wechat)
}

/// Step 1: what the identity is, and who has it already.
pub async fn check(app: &App, actor: &Actor, identity: &Identity) -> Result<CheckedIdentity, AppError> {
    actor.may_write()?;
    if !is_configured(identity.channel) {
        return Err(AppError::Invalid("channel", Fault::ChannelNotConfigured));
    }
    let offers = channels(app, actor).await?;
    let by_email = offers.iter().any(|offer| offer.channel == identity.channel && offer.by_email);
    let (phone, email) = (identity.phone.trim(), identity.email.trim());
    // The form asked for the other one: what it is called has changed since it was opened.
    match (identity.channel, by_email) {
        (_, true) if email.is_empty() && !phone.is_empty() => {
            return Err(AppError::Conflict("email", Fault::ChangedMeanwhile));
        }
        (Channel::Wechat, false) if phone.is_empty() && !email.is_empty() => {
            return Err(AppError::Conflict("phone", Fault::ChangedMeanwhile));
        }
        _ => {}
    }
    if by_email || (identity.channel == Channel::Causeway && phone.is_empty() && !email.is_empty()) {
        let email = emails::read(email).map_err(|fault| AppError::Invalid("email", fault))?.shown;
        let known = known(app, actor, "", &email).await?;
        return Ok(CheckedIdentity {
            address: email,
            known,
            country: String::new(),
            language: String::new(),
        });
    }
    let phone = phones::read(phone, &identity.country).map_err(|fault| AppError::Invalid("phone", fault))?;
    let known = known(app, actor, &phone.number, "").await?;
    let supported = features::of(app, actor.company).await?.client_languages();
    let language = phones::language_of(&phone.country).unwrap_or_default().to_owned();
    let language = if supported.contains(&language) { language } else { String::new() };
    Ok(CheckedIdentity { address: phone.number, known, country: phone.country, language })
}

async fn known(app: &App, actor: &Actor, phone: &str, email: &str) -> Result<Option<Person>, AppError> {
    for twin in app.store.same_address(actor.company, phone, email).await? {
        if app.store.client_of(actor.company, actor.person, twin.row.person.id).await?.is_some() {
            return Ok(Some(twin.row.person));
        }
    }
    Ok(None)
}

/// Step 2: invites the client, who is new or known.
pub async fn invite(app: &App, actor: &Actor, new: Invite) -> Result<Invited, AppError> {
    let checked = check(app, actor, &new.identity).await?;
    let is_phone = checked.address.starts_with('+');
    let (client, profile) = match new.profile {
        InvitedProfile::Existing { person } => {
            let mut profile = require(app, actor, person).await?.profile;
            profile.tags = app.store.tags_of(actor.company, person).await?;
            (Some(person), with_address(profile, &checked.address, is_phone))
        }
        InvitedProfile::New { profile } => {
            let mut profile = with_address(profile, &checked.address, is_phone);
            if profile.language.is_empty() {
                profile.language = checked.language;
            }
            (None, profile)
        }
    };
    let (profile, about) = check_profile(app, actor, profile, client).await?;
    let id = client.unwrap_or_else(|| PersonId(clock::new_id()));
    let invitation = Invitation::prepare(app, actor, id, new.identity.channel, checked.address).await?;
    let link = invitation.link.clone();
    let unique = features::of(app, actor.company).await?;
    let (unique_phone, unique_email) = (unique.get(keys::PHONE_UNIQUE), unique.get(keys::EMAIL_UNIQUE));
    app.by(actor)
        .write(job!(|tx, By { author, now }| {
            // Two who invite the same number at once: the second sees the first here.
            tx.next_seq(author.company).await?;
            for twin in tx.same_address(author.company, &profile.phone, &profile.email).await? {
                let other = twin.row.person.id != id;
                if other && unique_phone && !profile.phone.is_empty() && twin.row.phone == profile.phone {
                    return Err(AppError::Conflict("phone", Fault::PhoneTaken));
                }
                if other
                    && unique_email
                    && !profile.email.is_empty()
                    && emails::key(&twin.row.email) == emails::key(&profile.email)
                {
                    return Err(AppError::Conflict("email", Fault::EmailTaken));
                }
            }
            if client.is_none() {
                add_client(tx, &author, id, &profile, now).await?;
                tx.share(author.company, id, author.person, now).await?;
            }
            tx.set_profile(author.company, id, &profile, &about).await?;
            invitation.send(tx, &author, &profile, now).await?;
            Ok(())
        }))
        .await?;
    app.outbox.ring();
    Ok(Invited { contact: contacts::one(app, actor, id).await?, link })
}

fn with_address(profile: Profile, address: &str, is_phone: bool) -> Profile {
    if is_phone {
        Profile { phone: address.to_owned(), ..profile }
    } else {
        Profile { email: address.to_owned(), ..profile }
    }
}

async fn add_client(
    tx: &mut Tx,
    actor: &Actor,
    id: PersonId,
    profile: &Profile,
    now: Millis,
) -> Result<(), StoreError> {
    let name = profile.name();
    let name_lang =
        ["zh-Hant", "zh-Hans", "ja"].contains(&profile.language.as_str()).then(|| profile.language.clone());
    let person = Person {
        id,
        kind: PersonKind::Client,
        name,
        role: None,
        company_role: String::new(),
        about: String::new(),
        name_lang,
        is_inactive: false,
    };
    let new = NewPerson {
        person,
        email: profile.email.clone(),
        phone: profile.phone.clone(),
        language: (!profile.language.is_empty()).then(|| profile.language.clone()),
    };
    tx.add_person(actor.company, new, now).await?;
    tx.audit(AuditEntry::new(actor, AuditAction::ContactCreated, id, now).changed(&(), profile)?).await
}

/// Sends a pending invitation once more; earlier links go on working.
pub async fn resend(
    app: &App,
    actor: &Actor,
    client: PersonId,
    channel: Channel,
) -> Result<Invited, AppError> {
    actor.may_write()?;
    let profile = require_alias(app, actor, client).await?.profile;
    let links = app.store.channel_links(actor.company, client).await?;
    let pending = links.into_iter().find(|link| link.channel == channel && link.state == LinkState::Pending);
    let address = pending.ok_or(AppError::NotFound)?.address;
    let invitation = Invitation::prepare(app, actor, client, channel, address).await?;
    let link = invitation.link.clone();
    app.by(actor)
        .write(job!(|tx, By { author, now }| invitation.send(tx, &author, &profile, now).await))
        .await?;
    app.outbox.ring();
    Ok(Invited { contact: contacts::one(app, actor, client).await?, link })
}

/// Takes an invitation back, or a linked channel away: links and sessions of the client on it end.
pub async fn unlink(
    app: &App,
    actor: &Actor,
    client: PersonId,
    channel: Channel,
) -> Result<Contact, AppError> {
    actor.may_write()?;
    require_alias(app, actor, client).await?;
    let ended = app
        .by(actor)
        .write(job!(|tx, By { author, now }| {
            tx.next_seq(author.company).await?;
            if !tx.unlink(author.company, client, channel).await? {
                return Err(AppError::NotFound);
            }
            let who = PersonKey::new(author.company, client);
            let ended = shut_out(tx, Act::Unlink(channel), who, None, now).await?;
            let entry = AuditEntry::new(&author, AuditAction::ChannelUnlinked, client, now);
            tx.audit(entry.changed(&channel, &())?).await?;
            announce_change(tx, author.key(), client, now).await?;
            Ok(ended)
        }))
        .await?;
    ended.close(app);
    contacts::one(app, actor, client).await
}
