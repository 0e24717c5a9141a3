//! Tabs: of several lists or parts, one is shown (WAI-ARIA Authoring Practices, Tabs).

use leptos::{ev::KeyboardEvent, html, prelude::*};

/// A tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab<T> {
    /// What it shows.
    pub value: T,
    /// The end of the button's id, unique among the tabs of a list.
    pub key: &'static str,
    /// Its name as shown.
    pub label: String,
}

/// A list of tabs. Arrow keys, Home and End lead to those that can be chosen and take the focus along.
#[component]
pub fn Tabs<T: Copy + PartialEq + Send + Sync + 'static>(
    /// The tabs.
    tabs: Vec<Tab<T>>,
    /// What they are, for screen readers.
    label: String,
    /// The id of the panel that they change; a button's id is it and the tab's key.
    panel: &'static str,
    /// The one that is shown.
    #[prop(into)]
    selected: Signal<T>,
    /// How many entries a tab has, where that is said; a tab with none cannot be chosen when `hides_empty`.
    #[prop(optional, into)]
    count: Option<Callback<T, Option<usize>>>,
    /// Tabs without an entry cannot be chosen.
    #[prop(optional)]
    hides_empty: bool,
    /// With room to the left and right, as in a pane.
    #[prop(optional)]
    is_inset: bool,
    /// Another one is chosen.
    #[prop(into)]
    on_select: Callback<T>,
) -> impl IntoView {
    let entries = move |value: T| count.and_then(|count| count.run(value));
    let is_usable = move |value: T| !hides_empty || entries(value) != Some(0);
    let nodes: Vec<(T, NodeRef<html::Button>)> = tabs.iter().map(|tab| (tab.value, NodeRef::new())).collect();
    let buttons = StoredValue::new(nodes.clone());
    let button = move |(tab, node): (Tab<T>, NodeRef<html::Button>)| {
        let Tab { value, key, label } = tab;
        let shown = Memo::new(move |_| entries(value));
        let has_count = move || shown.get().is_some_and(|entries| hides_empty || entries > 0);
        let is_selected = move || selected.get() == value;
        view! {
            <button
                node_ref=node
                class="tabs__tab"
                role="tab"
                type="button"
                id=format!("{panel}-{key}")
                aria-controls=panel
                aria-describedby=move || has_count().then(|| format!("{panel}-{key}-count"))
                aria-selected=move || if is_selected() { "true" } else { "false" }
                tabindex=move || if is_selected() { "0" } else { "-1" }
                disabled=move || !is_usable(value)
                on:click=move |_| on_select.run(value)
            >
                {label}
                {move || {
                    has_count()
                        .then(|| {
                            view! {
                                " "
                                <span class="count count--quiet" id=format!("{panel}-{key}-count") aria-hidden="true">
                                    {move || shown.get()}
                                </span>
                            }
                        })
                }}
            </button>
        }
    };
    let move_by = move |event: KeyboardEvent| {
        let usable: Vec<(T, NodeRef<html::Button>)> = buttons.with_value(|all| {
            all.iter().filter(|(value, _)| untrack(|| is_usable(*value))).copied().collect()
        });
        let Some(at) = usable.iter().position(|(value, _)| *value == selected.get_untracked()) else {
            return;
        };
        let next = match event.key().as_str() {
            "ArrowRight" => (at + 1) % usable.len(),
            "ArrowLeft" => (at + usable.len() - 1) % usable.len(),
            "Home" => 0,
            "End" => usable.len() - 1,
            _ => return,
        };
        event.prevent_default();
        let (value, node) = usable[next];
        on_select.run(value);
        if let Some(button) = node.get_untracked() {
            // A button that is there takes the focus.
            let _ = button.focus();
        }
    };
    view! {
        <div class="tabs" class:tabs--inset=is_inset role="tablist" aria-label=label on:keydown=move_by>
            {tabs.into_iter().zip(nodes).map(|(tab, (_, node))| button((tab, node))).collect_view()}
        </div>
    }
}
