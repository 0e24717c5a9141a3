//! The filters of a search: conversation, person, channel, files, from which day and until which.

use crate::{
    components::base::{
        channel::channel_name,
        icon::{Icon, IconSize},
    },
    i18n::{Arg, t, tx},
    state::{chats::Chats, delivery},
};
use causeway_api::{PersonId, chats::Channel, query::Instant, search::SearchMessages};
use js_sys::Date;
use leptos::prelude::*;

/// Takes every filter away; what is looked for stays.
pub(super) fn clear(asked: RwSignal<SearchMessages>) {
    asked.update(|asked| *asked = SearchMessages { q: asked.q.clone(), ..SearchMessages::default() });
}

/// The row of filters.
#[component]
pub(super) fn Filters(asked: RwSignal<SearchMessages>) -> impl IntoView {
    let is_filtered = Memo::new(move |_| asked.with(|asked| !super::is_plain(asked)));
    view! {
        <div class="facets" role="group" aria-label=t("filters")>
            <InChat asked=asked />
            <FromPerson asked=asked />
            <OnChannel asked=asked />
            <button
                class="facet"
                class:facet--on=move || asked.with(|asked| asked.has_file)
                type="button"
                aria-pressed=move || if asked.with(|asked| asked.has_file) { "true" } else { "false" }
                on:click=move |_| asked.update(|asked| asked.has_file = !asked.has_file)
            >
                {t("filter-has-file")}
            </button>
            <Day
                label=t("filter-after")
                value=Signal::derive(move || asked.with(|asked| asked.after))
                on_change=move |day| asked.update(|asked| asked.after = day)
            />
            <Day
                label=t("filter-before")
                value=Signal::derive(move || asked.with(|asked| asked.before))
                on_change=move |day| asked.update(|asked| asked.before = day)
            />
            <Show when=move || is_filtered.get()>
                <button class="btn btn--sm btn--ghost" type="button" on:click=move |_| clear(asked)>
                    {t("clear-filters")}
                </button>
            </Show>
        </div>
    }
}

/// The conversation that the search is limited to, where it is; it can be taken away.
#[component]
fn InChat(asked: RwSignal<SearchMessages>) -> impl IntoView {
    let chats = expect_context::<Chats>();
    move || {
        let id = asked.with(|asked| asked.chat)?;
        let me = chats.me();
        let name = chats.get(id).map_or_else(String::new, |chat| chat.with(|chat| delivery::title(chat, me)));
        let label = tx("filter-remove", &[("name", Arg::Text(&name))]);
        Some(view! {
            <span class="facet facet--on">
                <span class="muted">{t("filter-in")}</span>
                <span dir="auto">{name}</span>
                <button
                    class="facet__x"
                    type="button"
                    aria-label=label
                    on:click=move |_| asked.update(|asked| asked.chat = None)
                >
                    <Icon name="i-x" size=IconSize::Xs />
                </button>
            </span>
        })
    }
}

/// Everyone whom the reader has a conversation with, by name, the reader first.
fn writers(chats: Chats) -> Vec<(PersonId, String)> {
    let me = chats.me();
    let members = chats.order.get().into_iter().filter_map(|id| chats.get(id)).flat_map(|chat| {
        chat.with(|chat| {
            let named = chat.members.iter().map(|member| (member.person.id, member.person.name.clone()));
            named.collect::<Vec<_>>()
        })
    });
    let mut all: Vec<_> = members.filter(|(id, _)| *id != me).collect();
    all.sort_by(|one, other| (&one.1, one.0.0).cmp(&(&other.1, other.0.0)));
    all.dedup();
    all.insert(0, (me, t("you")));
    all
}

/// The person who wrote the messages.
#[component]
fn FromPerson(asked: RwSignal<SearchMessages>) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let chosen = move || asked.with(|asked| asked.from.map_or_else(String::new, |id| id.to_string()));
    let all = Memo::new(move |_| writers(chats));
    view! {
        <label class="facet" class:facet--on=move || !chosen().is_empty()>
            <span class="muted">{t("filter-from")}</span>
            <select on:change=move |event| {
                let from = event_target_value(&event).parse().ok();
                asked.update(|asked| asked.from = from);
            }>
                <option value="" prop:selected=move || chosen().is_empty()>
                    {t("filter-any")}
                </option>
                {move || {
                    all.get()
                        .into_iter()
                        .map(|(id, name)| {
                            let value = id.to_string();
                            let is_chosen = value.clone();
                            view! {
                                <option value=value prop:selected=move || chosen() == is_chosen>
                                    {name}
                                </option>
                            }
                        })
                        .collect_view()
                }}
            </select>
        </label>
    }
}

/// The channel that messages travelled on.
#[component]
fn OnChannel(asked: RwSignal<SearchMessages>) -> impl IntoView {
    let chosen = move || asked.with(|asked| asked.channel.map_or("", Channel::as_str));
    view! {
        <label class="facet" class:facet--on=move || !chosen().is_empty()>
            <span class="muted">{t("filter-channel")}</span>
            <select
                prop:value=chosen
                on:change=move |event| {
                    let channel = Channel::parse(&event_target_value(&event));
                    asked.update(|asked| asked.channel = channel);
                }
            >
                <option value="">{t("filter-any")}</option>
                {Channel::ALL
                    .into_iter()
                    .map(|channel| view! { <option value=channel.as_str()>{channel_name(channel)}</option> })
                    .collect_view()}
            </select>
        </label>
    }
}

/// A day, which begins at midnight where the reader is.
#[component]
fn Day(
    label: String,
    value: Signal<Option<Instant>>,
    #[prop(into)] on_change: Callback<Option<Instant>>,
) -> impl IntoView {
    view! {
        <label class="facet" class:facet--on=move || value.with(Option::is_some)>
            <span class="muted">{label}</span>
            <input
                type="date"
                prop:value=move || value.get().map(|day| written(day.get())).unwrap_or_default()
                on:change=move |event| on_change.run(midnight(&event_target_value(&event)))
            />
        </label>
    }
}

/// The day of an instant, as a field for dates has it.
fn written(at: i64) -> String {
    let day = Date::new(&(at as f64).into());
    format!("{:04}-{:02}-{:02}", day.get_full_year(), day.get_month() + 1, day.get_date())
}

/// The beginning of a day in a field for dates.
fn midnight(written: &str) -> Option<Instant> {
    let mut parts = written.splitn(3, '-').map(|part| part.parse::<u32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let month = i32::try_from(month).ok()? - 1;
    let at = Date::new_with_year_month_day(year, month, i32::try_from(day).ok()?).get_time();
    Instant::new(at as i64)
}
