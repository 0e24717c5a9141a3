//! When a message goes out that is not to go at once.

use crate::{
    client,
    components::{base::banner::ErrorBanner, form::dialog_form::DialogForm},
    i18n::{self, Arg, t, tx},
    pages::{explain, field_fault},
    state::{chats::Chats, toasts::Toasts},
};
use causeway_api::{
    ChatId, MessageId, Millis,
    chats::{Channel, ScheduleMessage, SendMessage},
};
use js_sys::Date;
use leptos::{prelude::*, task::spawn_local};

/// The hours that are offered: of the afternoon, and of the morning.
const AFTERNOON: u32 = 15;
const MORNING: u32 = 9;
/// The afternoon is offered as long as it is so far away, in milliseconds.
const AHEAD: f64 = 30.0 * 60_000.0;

/// What is to go out later, until its time is chosen.
#[derive(Clone)]
pub(in crate::pages::chats) struct Later {
    /// The message, whose id is made here.
    pub(in crate::pages::chats) message: SendMessage,
    /// It waits: the field can be emptied.
    pub(in crate::pages::chats) on_done: Callback<()>,
}

impl Later {
    /// A message that is to wait, with an id of its own; nothing where the browser makes none.
    pub(in crate::pages::chats) fn of(
        chats: Chats,
        chat: ChatId,
        text: String,
        (channel, reply_to): (Option<Channel>, Option<MessageId>),
        on_done: Callback<()>,
    ) -> Option<Self> {
        let id = window().crypto().ok().and_then(|crypto| crypto.random_uuid().parse().ok())?;
        let mentions = chats.mentions_in(chat, &text);
        let message = SendMessage {
            id,
            text,
            channel,
            reply_to,
            forwarded_from: None,
            files: Vec::new(),
            mentions,
            is_confirmed: false,
        };
        Some(Self { message, on_done })
    }
}

/// A time of a day, `days` from now, of this device.
fn at(days: u32, hour: u32) -> Date {
    let date = Date::new(&Date::now().into());
    date.set_date(date.get_date() + days);
    date.set_hours(hour);
    date.set_minutes(0);
    date.set_seconds(0);
    date.set_milliseconds(0);
    date
}

/// The times that are offered, with their words.
fn choices() -> Vec<(Millis, String)> {
    let mut offered = Vec::new();
    let afternoon = at(0, AFTERNOON);
    if afternoon.get_time() - Date::now() > AHEAD {
        offered.push(("send-this-afternoon", afternoon));
    }
    offered.push(("send-tomorrow-morning", at(1, MORNING)));
    // Sunday is 0. On Sunday tomorrow is Monday already.
    let to_monday = (8 - Date::new(&Date::now().into()).get_day()) % 7;
    if to_monday > 1 {
        offered.push(("send-monday-morning", at(to_monday, MORNING)));
    }
    let words = |(text, date): (&'static str, Date)| {
        let at = date.get_time() as Millis;
        let time = format!("{}, {}", i18n::full_date(at), i18n::clock_time(at));
        (at, tx(text, &[("time", Arg::Text(&time))]))
    };
    offered.into_iter().map(words).collect()
}

/// The question when a message goes out.
#[component]
pub(in crate::pages::chats) fn ChooseTime(
    /// The time that holds; nothing for a new message.
    at: Option<Millis>,
    /// A time was chosen.
    #[prop(into)]
    on_time: Callback<Millis>,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let choices = choices();
    let first = at.unwrap_or(choices[0].0);
    let (chosen, error) = (RwSignal::new(Some(first)), RwSignal::new(None::<String>));
    let choice = move |(at, words): (Millis, String)| {
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="later"
                    prop:checked=move || chosen.get() == Some(at)
                    on:change=move |_| chosen.set(Some(at))
                />
                <span>{words}</span>
            </label>
        }
    };
    let submit = move |()| match chosen.get_untracked().filter(|at| *at > i18n::now()) {
        Some(at) => on_time.run(at),
        None => error.set(Some(t("fault-scheduled-time"))),
    };
    view! {
        <DialogForm title=t("send-later") verb=t("schedule") is_busy=false on_submit=submit on_close=on_close>
            <ErrorBanner text=error />
            <fieldset class="field">
                <legend class="visually-hidden">{t("send-later")}</legend>
                {choices.into_iter().map(choice).collect_view()}
            </fieldset>
            <div class="field">
                <label class="field__label" for="later-at">
                    {t("send-at")}
                </label>
                <input
                    class="input"
                    id="later-at"
                    type="datetime-local"
                    prop:value=move || chosen.get().map(i18n::day_and_time).unwrap_or_default()
                    on:input=move |event| {
                        error.set(None);
                        chosen.set(i18n::from_day_and_time(&event_target_value(&event)));
                    }
                />
            </div>
            <p class="muted">{t("send-later-hint")}</p>
        </DialogForm>
    }
}

/// The question, while a message waits for its time.
#[component]
pub(in crate::pages::chats) fn SendLater(id: ChatId, later: RwSignal<Option<Later>>) -> impl IntoView {
    let (chats, toasts) = (expect_context::<Chats>(), use_context::<Toasts>());
    let keep = move |Later { message, on_done }: Later, at: Millis| {
        spawn_local(async move {
            match client::chats::schedule(id, &ScheduleMessage { message, at }).await {
                Ok(_) => {
                    on_done.try_run(());
                    chats.reply(id, None);
                    chats.load_scheduled(id);
                }
                Err(error) => {
                    let fields = ["message", "text", "at", "mentions"];
                    let words = fields.iter().find_map(|field| field_fault(&error, field));
                    toasts.into_iter().for_each(|toasts| {
                        toasts.error(words.clone().unwrap_or_else(|| explain(&error)));
                    });
                }
            }
        });
    };
    move || {
        later.get().map(|waiting| {
            view! {
                <ChooseTime
                    at=None
                    on_time=move |at| {
                        later.set(None);
                        keep(waiting.clone(), at);
                    }
                    on_close=move |()| {
                        later.try_set(None);
                    }
                />
            }
        })
    }
}
