//! The list of contacts: two tabs, search and filters, an index of letters; of ten thousand rows only those in view
//! are drawn and only their pages are fetched.

use crate::{
    client,
    components::{
        avatar::{Avatar, spoken_kind},
        channel::ChannelBadge,
        empty::{Empty, EmptyKind},
        icon::{Icon, IconSize},
    },
    i18n::t,
    pages::explain,
    routes::Route,
    state::chats::Chats,
};
use causeway_api::{
    PersonId,
    contacts::{ContactRow, Lists},
    people::PersonKind,
};
use gloo_timers::future::TimeoutFuture;
use leptos::{html::Div, prelude::*, task::spawn_local};
use std::collections::BTreeMap;

/// The height in px of a row, as `style/components/pane.css` has it.
const ROW_HEIGHT: f64 = 64.0;
/// Rows drawn above and below the view.
const MARGIN: usize = 12;
/// Rows per page that is fetched.
const PAGE: usize = 100;
/// Typing pauses this long before the server is asked, in milliseconds.
const PAUSE: u32 = 180;

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Query {
    is_team: bool,
    words: String,
    state: String,
    tag: String,
    company: String,
}

impl Query {
    fn path(&self, from: usize) -> String {
        let escape = |text: &str| js_sys::encode_uri_component(text).as_string().unwrap_or_default();
        let tab = if self.is_team { "team" } else { "clients" };
        let mut path = format!("tab={tab}&search={}&from={from}&limit={PAGE}", escape(self.words.trim()));
        for (name, value) in [("state", &self.state), ("tag", &self.tag), ("company", &self.company)] {
            if !value.is_empty() && !self.is_team {
                path = format!("{path}&{name}={}", escape(value));
            }
        }
        path
    }
}

#[derive(Clone, Copy)]
struct Table {
    query: RwSignal<Query>,
    rows: RwSignal<BTreeMap<usize, ContactRow>>,
    total: RwSignal<Option<usize>>,
    index: RwSignal<Vec<(String, usize)>>,
    window: RwSignal<(usize, usize)>,
    error: RwSignal<Option<String>>,
    view: NodeRef<Div>,
    asked: StoredValue<Vec<usize>>,
    generation: StoredValue<u64>,
}

impl Table {
    /// Forgets what is there and asks anew, after a pause in typing.
    fn reload(self) {
        self.generation.update_value(|generation| *generation += 1);
        let generation = self.generation.get_value();
        spawn_local(async move {
            TimeoutFuture::new(PAUSE).await;
            if self.generation.try_get_value() == Some(generation) {
                self.asked.set_value(Vec::new());
                self.fetch(0, true).await;
                self.fill();
            }
        });
    }

    async fn fetch(self, from: usize, is_first: bool) {
        let (generation, path) =
            (self.generation.get_value(), self.query.with_untracked(|query| query.path(from)));
        self.asked.update_value(|asked| asked.push(from));
        let answer = client::contacts::list_contacts(&path).await;
        if self.generation.try_get_value() != Some(generation) {
            return; // Something else is asked for by now, or the page has gone.
        }
        match answer {
            Ok(page) => {
                self.error.set(None);
                self.index.set(page.index);
                self.rows.update(|rows| {
                    if is_first {
                        rows.clear();
                    }
                    rows.extend(page.contacts.into_iter().enumerate().map(|(at, row)| (from + at, row)));
                });
                self.total.set(Some(page.total));
            }
            Err(error) => self.error.set(Some(explain(&error))),
        }
    }

    /// Fetches the pages that the window shows and that are missing.
    fn fill(self) {
        let (first, last) = self.window.get_untracked();
        let total = self.total.get_untracked().unwrap_or(0);
        for page in (first / PAGE)..=(last.min(total.saturating_sub(1)) / PAGE) {
            let from = page * PAGE;
            if from < total && !self.asked.with_value(|asked| asked.contains(&from)) {
                spawn_local(self.fetch(from, false));
            }
        }
    }

    fn scrolled(self) {
        let Some(view) = self.view.get_untracked() else { return };
        let top = (f64::from(view.scroll_top()) / ROW_HEIGHT) as usize;
        let height = (f64::from(view.client_height()) / ROW_HEIGHT) as usize + 1;
        let window = (top.saturating_sub(MARGIN), top + height + MARGIN);
        if self.window.get_untracked() != window {
            self.window.set(window);
            self.fill();
        }
    }
}

/// The left pane.
#[component]
pub(super) fn ContactList(selected: Memo<Option<PersonId>>, is_inviting: RwSignal<bool>) -> impl IntoView {
    let table = Table {
        query: RwSignal::default(),
        rows: RwSignal::default(),
        total: RwSignal::default(),
        index: RwSignal::default(),
        window: RwSignal::new((0, 40)),
        error: RwSignal::default(),
        view: NodeRef::new(),
        asked: StoredValue::default(),
        generation: StoredValue::new(0),
    };
    let changed = expect_context::<Chats>().news().contact_changed;
    Effect::new(move |_| {
        table.query.track();
        changed.track();
        table.reload();
    });
    let lists = RwSignal::new(Lists::default());
    spawn_local(async move {
        // Without the lists their filters stay empty; everything else works.
        if let Ok(all) = client::contacts::get_lists().await {
            lists.try_set(all);
        }
    });
    let tab = move |is_team: bool, label: &'static str| {
        let is_selected = move || table.query.with(|query| query.is_team == is_team);
        view! {
            <button
                class="tabs__tab"
                role="tab"
                type="button"
                aria-controls="contacts-panel"
                aria-selected=move || if is_selected() { "true" } else { "false" }
                tabindex=move || if is_selected() { "0" } else { "-1" }
                on:click=move |_| table.query.update(|query| query.is_team = is_team)
                on:keydown=move |event| {
                    if ["ArrowLeft", "ArrowRight"].contains(&event.key().as_str()) {
                        table.query.update(|query| query.is_team = !query.is_team);
                    }
                }
            >
                {t(label)}
            </button>
        }
    };
    view! {
        <section class="pane pane--list" id="list" aria-labelledby="list-title">
            <header class="pane__head">
                <h2 class="pane__title" id="list-title">{t("nav-contacts")}</h2>
                <button
                    class="btn btn--primary btn--sm push"
                    type="button"
                    aria-haspopup="dialog"
                    aria-expanded=move || if is_inviting.get() { "true" } else { "false" }
                    on:click=move |_| is_inviting.set(true)
                >
                    <span class="only-wide"><Icon name="i-user-add" size=IconSize::Sm/></span>
                    <span class="only-narrow"><Icon name="i-plus" size=IconSize::Sm/></span>
                    {t("invite-title")}
                </button>
            </header>
            <div class="pane__tools">
                <div class="tabs" role="tablist" aria-label=t("contact-lists")>{tab(false, "filter-clients")} {tab(true, "filter-team")}</div>
                <div class="search">
                    <Icon name="i-search" size=IconSize::Sm/>
                    <input
                        class="input"
                        type="search"
                        aria-label=t("search-contacts")
                        placeholder=t("search-contacts-placeholder")
                        prop:value=move || table.query.with(|query| query.words.clone())
                        on:input=move |event| table.query.update(|query| query.words = event_target_value(&event))
                    />
                </div>
                <Show when=move || table.query.with(|query| !query.is_team)><Filters table=table lists=lists/></Show>
            </div>
            <div
                node_ref=table.view
                class="pane__scroll"
                role="tabpanel"
                id="contacts-panel"
                aria-label=t("nav-contacts")
                tabindex="0"
                on:scroll=move |_| table.scrolled()
            >
                <Rows table=table selected=selected is_inviting=is_inviting/>
            </div>
            <Index table=table/>
        </section>
    }
}

#[component]
fn Filters(table: Table, lists: RwSignal<Lists>) -> impl IntoView {
    let select = move |label: &'static str,
                       change: fn(&mut Query, String),
                       options: Signal<Vec<(String, String)>>| {
        view! {
            <select
                class="input input--compact"
                aria-label=t(label)
                on:change=move |event| table.query.update(|query| change(query, event_target_value(&event)))
            >
                <option value="">{t(label)}</option>
                {move || {
                    options.get().into_iter().map(|(value, name)| view! { <option value=value>{name}</option> }).collect_view()
                }}
            </select>
        }
    };
    let states = Signal::derive(|| {
        ["pending", "linked", "none"]
            .map(|state| (state.to_owned(), t(&format!("channel-state-{state}"))))
            .to_vec()
    });
    let items = move |pick: fn(&Lists) -> &Vec<causeway_api::contacts::ListItem>| {
        Signal::derive(move || {
            lists.with(|lists| {
                pick(lists).iter().map(|item| (item.id.to_string(), item.name.clone())).collect::<Vec<_>>()
            })
        })
    };
    view! {
        <div class="filters" role="group" aria-label=t("show")>
            {select("channel-state", |query, value| query.state = value, states)}
            {select("tags", |query, value| query.tag = value, items(|lists| &lists.tags))}
            {select("external-company", |query, value| query.company = value, items(|lists| &lists.external_companies))}
        </div>
    }
}

#[component]
fn Rows(table: Table, selected: Memo<Option<PersonId>>, is_inviting: RwSignal<bool>) -> impl IntoView {
    let shown = Memo::new(move |_| {
        let (first, last) = table.window.get();
        table
            .rows
            .with(|rows| rows.range(first..=last).map(|(at, row)| (*at, row.clone())).collect::<Vec<_>>())
    });
    let above =
        move || format!("{}px", shown.with(|shown| shown.first().map_or(0, |row| row.0)) as f64 * ROW_HEIGHT);
    let below = move || {
        let last = shown.with(|shown| shown.last().map_or(0, |row| row.0 + 1));
        format!("{}px", table.total.get().unwrap_or(0).saturating_sub(last) as f64 * ROW_HEIGHT)
    };
    let is_filtered =
        move || table.query.with(|query| *query != Query { is_team: query.is_team, ..Query::default() });
    move || {
        match (table.error.get(), table.total.get()) {
        (Some(why), _) => view! {
            <Empty title=t("failed-title") text=why kind=EmptyKind::Failed>
                <button class="btn" type="button" on:click=move |_| table.reload()>{t("try-again")}</button>
            </Empty>
        }
        .into_any(),
        (None, None) => view! { <p class="notice" role="status">{t("loading")}</p> }.into_any(),
        (None, Some(0)) if is_filtered() => view! {
            <Empty title=t("no-results-title") text=t("no-results-text")>
                <button class="btn" type="button" on:click=move |_| table.query.update(|query| *query = Query { is_team: query.is_team, ..Query::default() })>
                    {t("clear-search")}
                </button>
            </Empty>
        }
        .into_any(),
        (None, Some(0)) => view! {
            <Empty title=t("no-contacts-title") text=t("no-contacts-text")>
                <button class="btn btn--primary" type="button" on:click=move |_| is_inviting.set(true)>{t("invite-title")}</button>
            </Empty>
        }
        .into_any(),
        (None, Some(_)) => view! {
            <ul class="rows rows--even" style:padding-block-start=above style:padding-block-end=below>
                <For each=move || shown.get() key=|(at, row)| (*at, row.person.clone().id, row.person.name.clone(), row.channels.clone()) let:item>
                    <Row row=item.1 selected=selected/>
                </For>
            </ul>
        }
        .into_any(),
    }
    }
}

#[component]
fn Row(row: ContactRow, selected: Memo<Option<PersonId>>) -> impl IntoView {
    let ContactRow { person, channels } = row;
    let id = person.id;
    let badges =
        channels.into_iter().map(|(channel, _)| view! { <ChannelBadge channel=channel/> }).collect_view();
    let inside = view! {
        <Avatar name=person.name.clone() kind=person.kind spoken=spoken_kind(person.kind)/>
        <span>
            <span class="row__top"><span class="row__name" lang=person.name_lang.clone()>{person.name.clone()}</span></span>
            " "
            <span class="row__bottom"><span class="row__text">{person.about.clone()}</span>{badges}</span>
        </span>
    };
    match person.kind {
        PersonKind::Client => view! {
            <li>
                <a class="row" href=Route::Contact(id).href() aria-current=move || (selected.get() == Some(id)).then_some("true")>{inside}</a>
            </li>
        }
        .into_any(),
        PersonKind::Colleague => view! { <li><div class="row row--still">{inside}</div></li> }.into_any(),
    }
}

/// The letters: each leads to the first contact under it.
#[component]
fn Index(table: Table) -> impl IntoView {
    let jump = move |place: usize| {
        if let Some(view) = table.view.get_untracked() {
            view.set_scroll_top((place as f64 * ROW_HEIGHT) as i32);
            table.scrolled();
        }
    };
    view! {
        <Show when=move || table.index.with(|index| index.len() > 4) && (table.total.get().unwrap_or(0) > 20)>
            <nav class="letters" aria-label=t("index")>
                {move || table.index.get().into_iter().map(|(letter, place)| {
                    let short: String = letter.chars().take(1).collect();
                    view! { <button class="letters__letter" type="button" aria-label=letter on:click=move |_| jump(place)>{short}</button> }
                }).collect_view()}
            </nav>
        </Show>
    }
}
