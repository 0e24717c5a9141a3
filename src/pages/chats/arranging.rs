//! How the viewer arranges a chat: its entries in menus, and the question for how long it is muted.

use crate::{
    client,
    components::form::{
        dialog_form::DialogForm,
        menu::{MenuEntry, MenuLead},
    },
    i18n::{self, Arg, t, tx},
    pages::explain,
    state::{chats::Chats, delivery, toasts::Toasts},
};
use causeway_api::{
    ChatId, Millis,
    chats::{ChangeChatSettings, MUTED_FOR_GOOD},
};
use js_sys::Date;
use leptos::{prelude::*, task::spawn_local};

const HOUR: f64 = 3_600_000.0;
/// The hour of the morning until which a chat is muted.
const MORNING: u32 = 9;

/// What can be done with a chat; `muting` is set to a chat that is to be muted.
pub(super) fn entries(
    chats: Chats,
    toasts: Toasts,
    id: ChatId,
    muting: RwSignal<Option<ChatId>>,
) -> Vec<MenuEntry> {
    let Some(chat) = chats.get(id) else { return Vec::new() };
    let (settings, is_unread, is_archived) = chat.with(|chat| {
        (chat.settings, delivery::is_unread(chat, chats.me()), delivery::is_archived(chat, i18n::now()))
    });
    let entry = |icon: &'static str, text: &'static str, on_choose: Callback<()>| MenuEntry {
        lead: MenuLead::Icon(icon),
        text: t(text),
        refusal: None,
        is_checked: None,
        on_choose,
    };
    let act = move |asked: ChangeChatSettings, said: Option<&'static str>| {
        Callback::new(move |()| change(chats, toasts, id, asked, said))
    };
    let pin = |is_on| act(ChangeChatSettings::Pin { is_on }, None);
    let archive = |is_on, said| act(ChangeChatSettings::Archive { is_on }, Some(said));
    let read = Callback::new(move |()| {
        chats.mark_all_read(id);
        change(chats, toasts, id, ChangeChatSettings::MarkUnread { is_on: false }, None);
    });
    let pinned = match settings.pinned_at {
        None => entry("i-pin", "pin-chat", pin(true)),
        Some(_) => entry("i-pin", "unpin-chat", pin(false)),
    };
    let muted = if settings.is_muted(i18n::now()) {
        entry("i-bell", "unmute-chat", act(ChangeChatSettings::Mute { until: None }, None))
    } else {
        entry("i-mute", "mute-chat", Callback::new(move |()| muting.set(Some(id))))
    };
    let marked = if is_unread {
        entry("i-check", "mark-read", read)
    } else {
        entry("i-mark", "mark-unread", act(ChangeChatSettings::MarkUnread { is_on: true }, None))
    };
    let archived = if is_archived {
        entry("i-archive", "restore-chat", archive(false, "chat-restored"))
    } else {
        entry("i-archive", "archive-chat", archive(true, "chat-archived"))
    };
    vec![pinned, muted, marked, archived]
}

/// Arranges a chat, and says so where it leaves the screen.
fn change(chats: Chats, toasts: Toasts, id: ChatId, asked: ChangeChatSettings, said: Option<&'static str>) {
    spawn_local(async move {
        match client::chats::change_chat_settings(id, asked).await {
            Ok(settings) => {
                chats.settings_changed(id, settings);
                said.into_iter().for_each(|said| toasts.say(t(said)));
            }
            Err(error) => toasts.error(error.field("chat").map_or_else(|| explain(&error), t)),
        }
    });
}

/// The times until which a chat can be muted, with their words.
fn choices() -> Vec<(Millis, String)> {
    let now = Date::now();
    let morning = Date::new(&now.into());
    morning.set_date(morning.get_date() + 1);
    morning.set_hours(MORNING);
    morning.set_minutes(0);
    morning.set_seconds(0);
    morning.set_milliseconds(0);
    let morning = morning.get_time() as Millis;
    vec![
        ((now + HOUR) as Millis, t("mute-for-hour")),
        (morning, tx("mute-until-tomorrow", &[("time", Arg::Text(&i18n::clock_time(morning)))])),
        ((now + 7.0 * 24.0 * HOUR) as Millis, t("mute-for-week")),
        (MUTED_FOR_GOOD, t("mute-for-good")),
    ]
}

/// The question for how long a chat is muted, while it is asked.
#[component]
pub(super) fn MuteDialog(muting: RwSignal<Option<ChatId>>) -> impl IntoView {
    let (chats, toasts) = (expect_context::<Chats>(), expect_context::<Toasts>());
    move || {
        muting.get().map(|id| {
            let choices = choices();
            let until = RwSignal::new(choices[0].0);
            let choice = move |(at, words): (Millis, String)| {
                view! {
                    <label class="choice">
                        <input
                            type="radio"
                            name="mute"
                            prop:checked=move || until.get() == at
                            on:change=move |_| until.set(at)
                        />
                        <span>{words}</span>
                    </label>
                }
            };
            view! {
                <DialogForm
                    title=t("mute-title")
                    verb=t("mute")
                    is_busy=false
                    on_submit=move |()| {
                        muting.set(None);
                        let until = Some(until.get_untracked());
                        change(chats, toasts, id, ChangeChatSettings::Mute { until }, None);
                    }
                    on_close=move |()| {
                        muting.try_set(None);
                    }
                >
                    <fieldset class="field">
                        <legend class="visually-hidden">{t("mute-title")}</legend>
                        {choices.into_iter().map(choice).collect_view()}
                    </fieldset>
                    <p class="muted">{t("mute-hint")}</p>
                </DialogForm>
            }
        })
    }
}
