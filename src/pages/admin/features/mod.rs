//! Feature Configurations: every feature of the company by tab and section, searched, edited, with its history.

pub mod control;
mod editor;
mod history;
mod page;
mod row;
mod words;

use super::PageHead;
use crate::{
    components::{
        base::empty::{Empty, Failed},
        list::{
            search_field::SearchField,
            tabs::{Tab, Tabs},
        },
    },
    i18n::{Arg, t, tx},
    pages::set_title,
    state::session::CurrentSession,
};
use causeway_api::features::FeatureTab;
use leptos::prelude::*;
use page::{Listed, Page};
use row::FeatureRow;

/// Every feature configuration of the company, on tabs, with search.
#[component]
pub fn Features() -> impl IntoView {
    set_title(&t("features-title"));
    let page = Page::follow();
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
                        view! { <Failed text=why class="btn btn--primary" on_retry=move |()| page.load() /> }.into_any()
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
        page.is_searching().then(|| tx("features-matches", &args))
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
