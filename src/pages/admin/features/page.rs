//! The features on the page: loaded, searched, each a signal of its own.

use super::words;
use crate::{
    client,
    i18n::keep,
    pages::explain,
    state::{chats::Chats, features::is_found},
};
use causeway_api::features::{Feature, FeatureTab};
use leptos::{prelude::*, task::spawn_local};

/// What the server listed, or why it did not.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Listed {
    Waiting,
    Failed(String),
    Done,
}

/// The features on the page, each a signal of its own.
#[derive(Clone, Copy)]
pub(super) struct Page {
    pub(super) listed: RwSignal<Listed>,
    /// Each by its key.
    features: RwSignal<Vec<(String, RwSignal<Feature>)>>,
    /// The features as they were last listed, kept when the language changes.
    known: RwSignal<Vec<Feature>>,
    pub(super) search: RwSignal<String>,
    pub(super) tab: RwSignal<FeatureTab>,
}

impl Page {
    /// Loads the list, and again whenever a feature changes. What was kept is there at once, and with it the editors that
    /// were open.
    pub(super) fn follow() -> Self {
        let page = Self {
            listed: RwSignal::new(Listed::Waiting),
            features: RwSignal::default(),
            known: keep("features.known", Vec::new),
            search: keep("features.search", String::new),
            tab: keep("features.tab", || FeatureTab::General),
        };
        for feature in page.known.get_untracked() {
            page.put(feature);
            page.listed.set(Listed::Done);
        }
        let changed = expect_context::<Chats>().news().governed_changed;
        Effect::new(move |_| {
            changed.track();
            page.load();
        });
        page.follow_search();
        page
    }

    /// Opens the first tab on which the search finds something, when it finds nothing on the open one.
    fn follow_search(self) {
        Effect::new(move |_| {
            let here = self.tab.get_untracked();
            if self.is_searching()
                && self.found(here).is_empty()
                && let Some(tab) = FeatureTab::ALL.into_iter().find(|tab| !self.found(*tab).is_empty())
            {
                self.tab.set(tab);
            }
        });
    }

    /// Whether something is searched for.
    pub(super) fn is_searching(self) -> bool {
        self.search.with(|search| !search.trim().is_empty())
    }

    /// Loads the list. Editors that are open keep what was typed.
    pub(super) fn load(self) {
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

    /// Shows a feature as the server has it.
    pub(super) fn put(self, feature: Feature) {
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

    /// Returns the features of a tab that the search finds.
    pub(super) fn found(self, tab: FeatureTab) -> Vec<RwSignal<Feature>> {
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
