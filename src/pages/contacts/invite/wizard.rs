//! An invitation on its way: what was typed, and what the company has configured, which is followed while the drawer is open.

use super::draft::Draft;
use crate::{
    client::{self, ClientError},
    components::base::channel::channel_name,
    i18n::{Arg, t, tx},
    pages::{explain, submission::Submission},
    state::{chats::Chats, storage},
};
use causeway_api::{
    contacts::{ChannelOffer, Country, Invited, Lists},
    validate::Fault,
};
use leptos::{prelude::*, task::spawn_local, wasm_bindgen::JsCast as _};

/// An invitation on its way.
#[derive(Clone, Copy)]
pub(super) struct Wizard {
    pub(super) draft: RwSignal<Draft>,
    /// Where the browser keeps the draft.
    key: StoredValue<String>,
    pub(super) submission: Submission,
    pub(super) done: RwSignal<Option<Invited>>,
    /// What the company offers; nothing until the server has said it.
    pub(super) offers: RwSignal<Option<Vec<ChannelOffer>>>,
    pub(super) lists: RwSignal<Lists>,
    pub(super) countries: RwSignal<Vec<Country>>,
    /// What has changed meanwhile, and why.
    pub(super) notice: RwSignal<Option<String>>,
}

impl Wizard {
    /// Goes on with the draft that the browser has kept.
    pub(super) fn begin() -> Self {
        let chats = expect_context::<Chats>();
        let key = storage::personal("invitation", chats.me());
        let wizard = Self {
            draft: RwSignal::new(storage::read(&key).unwrap_or_default()),
            key: StoredValue::new(key),
            submission: Submission::new().in_words(words),
            done: RwSignal::new(None),
            offers: RwSignal::new(None),
            lists: RwSignal::default(),
            countries: RwSignal::default(),
            notice: RwSignal::new(None),
        };
        Effect::new(move |_| {
            wizard.key.with_value(|key| wizard.draft.with(|draft| storage::write(key, draft)));
        });
        spawn_local(async move {
            match client::contacts::list_countries().await {
                Ok(all) => drop(wizard.countries.try_set(all)),
                Err(error) => wizard.submission.fail(explain(&error)),
            }
        });
        let changes = chats.news().governed_changed;
        Effect::new(move |_| {
            changes.track();
            wizard.load();
        });
        wizard
    }

    /// Asks for what is configured, and follows what has changed.
    pub(super) fn load(self) {
        spawn_local(async move {
            match self.configured().await {
                Ok((offers, lists)) => {
                    self.follow(offers, lists);
                }
                // A form that is there goes on; it is told again once the connection is back.
                Err(_) if self.offers.try_with_untracked(Option::is_some) == Some(true) => {}
                Err(error) => self.submission.fail(explain(&error)),
            }
        });
    }

    async fn configured(self) -> client::Result<(Vec<ChannelOffer>, Lists)> {
        Ok((client::contacts::list_channels().await?, client::contacts::get_lists().await?))
    }

    /// Takes what is configured now. Says what has changed since the form was shown, and returns whether something has.
    fn follow(self, offers: Vec<ChannelOffer>, lists: Lists) -> bool {
        let Some(before) = self.offers.try_get_untracked() else { return false };
        let channel = self.draft.with_untracked(|draft| draft.identity.channel);
        let of = |offers: &[ChannelOffer]| offers.iter().copied().find(|offer| offer.channel == channel);
        let (was, now) = (before.as_deref().and_then(of), of(&offers));
        let required = lists.required.clone();
        let has_other_fields =
            before.is_some() && self.lists.with_untracked(|lists| lists.required != required);
        let taken_away = now.is_some_and(|now| {
            self.draft.try_update(|draft| draft.keep_shown(now.by_email)).unwrap_or_default()
        });
        self.lists.set(lists);
        self.offers.set(Some(offers));
        let by_email = now.is_some_and(|now| now.by_email);
        if was.map_or(taken_away, |was| was.by_email != by_email) {
            let text = if by_email { "invite-now-by-email" } else { "invite-now-by-phone" };
            self.notice.set(Some(tx(text, &[("channel", Arg::Text(&channel_name(channel)))])));
            self.submission.clear();
            focus_soon(if by_email { "invite-email" } else { "invite-phone" });
            return true;
        }
        if has_other_fields && self.draft.with_untracked(|draft| draft.checked.is_some()) {
            self.notice.set(Some(t("invite-required-changed")));
            return true;
        }
        false
    }

    /// Looks what has changed when the server refuses a form that it no longer expects. Returns `false` for any other
    /// refusal.
    pub(super) fn is_outdated(self, refused: &ClientError) -> bool {
        let changed = Fault::ChangedMeanwhile.as_str();
        let is_outdated =
            ["email", "phone"].into_iter().any(|field| refused.field(field).as_deref() == Some(changed));
        if is_outdated {
            let refused = refused.clone();
            spawn_local(async move {
                let has_changed = match self.configured().await {
                    Ok((offers, lists)) => self.follow(offers, lists),
                    Err(_) => false,
                };
                // Unless it has changed back in the meantime: then the same form can be sent again.
                if !has_changed {
                    self.submission.fail(words(&refused));
                }
            });
        }
        is_outdated
    }

    /// Returns what the company offers on the chosen channel.
    pub(super) fn offer(self) -> Option<ChannelOffer> {
        let channel = self.draft.with(|draft| draft.identity.channel);
        self.offers.with(|offers| offers.as_ref()?.iter().copied().find(|offer| offer.channel == channel))
    }

    /// Forgets why the form as a whole was refused: something else was typed or chosen.
    pub(super) fn corrected(self) {
        let error = self.submission.error();
        if error.with_untracked(Option::is_some) {
            error.set(None);
        }
    }

    /// Gives the draft up.
    pub(super) fn end(self) {
        self.draft.set(Draft::default());
        self.key.with_value(|key| storage::remove(key));
    }
}

/// The fields of an invitation with their labels, for what is wrong with one that is not on the screen.
const FIELDS: [(&str, &str); 9] = [
    ("channel", "initial-channel"),
    ("first_name", "first-name"),
    ("last_name", "last-name"),
    ("email", "email"),
    ("phone", "phone-number"),
    ("country", "country"),
    ("language", "language"),
    ("external_company", "external-company"),
    ("tags", "tags"),
];

/// Returns the label of the first field that was refused, and what is wrong with it.
pub(super) fn first_fault(refused: &ClientError) -> Option<(String, String)> {
    FIELDS.iter().find_map(|(field, label)| Some((t(label), t(refused.field(field)?))))
}

/// Returns what is wrong, with the name of the field.
fn words(refused: &ClientError) -> String {
    first_fault(refused).map_or_else(
        || explain(refused),
        |(field, fault)| tx("invite-refused", &[("field", Arg::Text(&field)), ("fault", Arg::Text(&fault))]),
    )
}

/// Focuses a field that is about to be drawn.
fn focus_soon(id: &'static str) {
    request_animation_frame(move || {
        if let Some(field) = document().get_element_by_id(id) {
            // An element in the page takes the focus.
            let _ = field.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    });
}
