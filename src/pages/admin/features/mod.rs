//! Feature Configurations: every feature of the company by tab and section, searched, edited, with its history.

pub mod control;
mod editor;
mod history;
mod row;
mod words;

use super::PageHead;
use crate::{
    client,
    components::{
        base::empty::{Empty, EmptyKind},
        list::{
            search_field::SearchField,
            tabs::{Tab, Tabs},
        },
    },
    i18n::{Arg, keep, t, tx},
    pages::{explain, set_title},
    state::{chats::Chats, features::is_found, session::CurrentSession},
};
use causeway_api::features::{Feature, FeatureTab};
use leptos::{prelude::*, task::spawn_local};
use row::FeatureRow;

/// What the server listed, or why it did not.
#[derive(Clone, PartialEq, Eq)]
enum Listed {
    Waiting,
    Failed(String),
    Done,
}

/// The features on the page, each a signal of its own.
#[derive(Clone, Copy)]
struct Page {
    listed: RwSignal<Listed>,
    features: RwSignal<Vec<(String, RwSignal<Feature>)>>,
    known: RwSignal<Vec<Feature>>,
    search: RwSignal<String>,
    tab: RwSignal<FeatureTab>,
}

impl Page {
    /// Loads the list. Editors that are open keep what was typed.
    fn load(self) {
        spawn_local(async move {
            match client::features::list_features().await {
                Ok(list) => {
                    self.known.try_set(list.clone());
                    for feature in list {
                        self.put(feature);
                    }
                    // Drawing the page anew would close editors.
                    if self.listed.try_with_untracked(|listed| *listed != Listed::Done) == Some(true) {
                        self.listed.set(Listed::Done);
                    }
                }
                Err(error) => drop(self.listed.try_set(Listed::Failed(explain(&error)))),
            }
        });
    }

    fn put(self, feature: Feature) {
        let known = self
            .features
            .try_with_untracked(|all| all.iter().find(|(key, _)| *key == feature.key).map(|it| it.1));
        match known {
            Some(Some(known)) if known.with_untracked(|old| *old != feature) => known.set(feature),
            Some(None) => self.features.update(|all| all.push((feature.key.clone(), RwSignal::new(feature)))),
            // Nothing new, or the page has gone.
            _ => {}
        }
    }

    /// The features of a tab that are found by what was typed.
    fn found(self, tab: FeatureTab) -> Vec<RwSignal<Feature>> {
        let wanted = self.search.get();
        self.features.with(|all| {
            let of_tab = all.iter().map(|(_, feature)| *feature).filter(|feature| {
                feature.with_untracked(|feature| {
                    let (name, help) = (words::name(feature), words::help(feature));
                    feature.tab == tab && is_found(&wanted, [&name, &help, &feature.key])
                })
            });
            of_tab.collect()
        })
    }
}

/// Every feature configuration of the company, on tabs, with search.
#[component]
pub fn Features() -> impl IntoView {
    set_title(&t("features-title"));
    let page = Page {
        listed: RwSignal::new(Listed::Waiting),
        features: RwSignal::default(),
        known: keep("features.known", Vec::new),
        search: keep("features.search", String::new),
        tab: keep("features.tab", || FeatureTab::General),
    };
    // After a change of language the rows are there at once, and with them the editors that were open.
    for feature in page.known.get_untracked() {
        page.put(feature);
        page.listed.set(Listed::Done);
    }
    let changed = expect_context::<Chats>().news().governed_changed;
    Effect::new(move |_| {
        changed.track();
        page.load();
    });
    // A search leads to the first tab with hits.
    Effect::new(move |_| {
        let here = page.tab.get_untracked();
        if !page.search.with(|search| search.trim().is_empty())
            && page.found(here).is_empty()
            && let Some(tab) = FeatureTab::ALL.into_iter().find(|tab| !page.found(*tab).is_empty())
        {
            page.tab.set(tab);
        }
    });
    let company = expect_context::<CurrentSession>().get().company;
    let text = tx("features-text", &[("company", Arg::Text(&company))]);
    view! {
        <main class="page" id="main" tabindex="-1">
            <div class="page__inner">
                <PageHead title=t("features-title") text=text />
                <Toolbar page=page />
                {move || match page.listed.get() {
                    Listed::Waiting => view! { <p role="status">{t("loading")}</p> }.into_any(),
                    Listed::Failed(why) => {
                        view! {
                            <Empty title=t("failed-title") text=why kind=EmptyKind::Failed>
                                <button class="btn btn--primary" type="button" on:click=move |_| page.load()>
                                    {t("try-again")}
                                </button>
                            </Empty>
                        }
                            .into_any()
                    }
                    Listed::Done => {
                        view! {
                            <Tabs
                                tabs=tabs()
                                label=t("feature-groups")
                                panel="features-panel"
                                selected=page.tab
                                count=move |tab| Some(page.found(tab).len())
                                hides_empty=true
                                on_select=move |tab| page.tab.set(tab)
                            />
                            <Sections page=page />
                        }
                            .into_any()
                    }
                }}
            </div>
        </main>
    }
}

/// The search, and how many features it finds on how many tabs.
#[component]
fn Toolbar(page: Page) -> impl IntoView {
    let matches = move || {
        let counts = FeatureTab::ALL.map(|tab| page.found(tab).len());
        let (total, tabs) = (counts.iter().sum::<usize>(), counts.iter().filter(|count| **count > 0).count());
        let args = [("count", Arg::Number(total as i64)), ("tabs", Arg::Number(tabs as i64))];
        (!page.search.with(|search| search.trim().is_empty())).then(|| tx("features-matches", &args))
    };
    view! {
        <div class="toolbar">
            <SearchField
                label=t("search-features")
                placeholder=t("search-features")
                value=page.search
                on_input=move |typed: String| page.search.set(typed)
                is_outlined=true
            />
            <p class="muted" role="status">
                {matches}
            </p>
        </div>
    }
}

/// The tabs; those without a feature, or without a hit, cannot be chosen.
fn tabs() -> Vec<Tab<FeatureTab>> {
    let tab =
        |tab: FeatureTab| Tab { value: tab, key: tab.as_str(), label: t(format!("tab-{}", tab.as_str())) };
    FeatureTab::ALL.map(tab).to_vec()
}

/// The features of the open tab, section by section.
#[component]
fn Sections(page: Page) -> impl IntoView {
    let sections = Memo::new(move |_| {
        let mut sections: Vec<String> = Vec::new();
        for feature in page.found(page.tab.get()) {
            let section = feature.with_untracked(|feature| feature.section.clone());
            if sections.last() != Some(&section) {
                sections.push(section);
            }
        }
        sections
    });
    let rows = move |section: String| {
        move || {
            let found = page.found(page.tab.get());
            found
                .into_iter()
                .filter(|feature| feature.with_untracked(|feature| feature.section == section))
                .collect::<Vec<_>>()
        }
    };
    view! {
        <div
            role="tabpanel"
            id="features-panel"
            tabindex="0"
            aria-labelledby=move || format!("features-panel-{}", page.tab.get().as_str())
        >
            <Show when=move || sections.with(Vec::is_empty)>
                <Empty title=t("no-results-title") text=t("no-features-text")>
                    <button class="btn" type="button" on:click=move |_| page.search.set(String::new())>
                        {t("clear-search")}
                    </button>
                </Empty>
            </Show>
            <For each=move || sections.get() key=|section| section.clone() let:section>
                <h2 class="config__heading">{t(format!("section-{section}"))}</h2>
                <ul class="config">
                    <For
                        each=rows(section)
                        key=move |feature| feature.with_untracked(|feature| feature.key.clone())
                        let:feature
                    >
                        <FeatureRow
                            feature=feature
                            search=page.search
                            on_saved=move |saved| page.put(saved)
                            on_stale=move |()| page.load()
                        />
                    </For>
                </ul>
            </For>
        </div>
    }
}
