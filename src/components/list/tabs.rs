//! Tabs: of several lists or parts, one is shown (WAI-ARIA Authoring Practices, Tabs).

use leptos::{ev::KeyboardEvent, html::Button, prelude::*};

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

/// A list of tabs. Arrow keys, Home and End choose another tab and move the focus there.
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
    let tabs: Vec<_> = tabs.into_iter().map(|tab| (tab, NodeRef::<Button>::new())).collect();
    let buttons = StoredValue::new(tabs.iter().map(|(tab, node)| (tab.value, *node)).collect::<Vec<_>>());
    let move_by = move |event: KeyboardEvent| {
        let usable: Vec<_> = buttons.with_value(|all| {
            all.iter().filter(|(value, _)| untrack(|| is_usable(*value))).copied().collect()
        });
        let at = usable.iter().position(|(value, _)| *value == selected.get_untracked());
        let to = at.and_then(|at| next(&event.key(), at, usable.len()));
        let Some((value, node)) = to.and_then(|to| usable.get(to)) else { return };
        event.prevent_default();
        on_select.run(*value);
        focus(*node);
    };
    let button = move |(tab, node): (Tab<T>, NodeRef<Button>)| {
        let value = tab.value;
        let shown = Memo::new(move |_| entries(value).filter(|entries| hides_empty || *entries > 0));
        let is_disabled = Signal::derive(move || !is_usable(value));
        view! {
            <TabButton
                tab=tab
                node=node
                panel=panel
                selected=selected
                count=shown
                is_disabled=is_disabled
                on_select=on_select
            />
        }
    };
    view! {
        <div class="tabs" class:tabs--inset=is_inset role="tablist" aria-label=label on:keydown=move_by>
            {tabs.into_iter().map(button).collect_view()}
        </div>
    }
}

/// Returns the place of the tab that a key leads to, or `None` for a key that leads to none.
fn next(key: &str, at: usize, tabs: usize) -> Option<usize> {
    match key {
        "ArrowRight" => Some((at + 1) % tabs),
        "ArrowLeft" => Some((at + tabs - 1) % tabs),
        "Home" => Some(0),
        "End" => Some(tabs - 1),
        _ => None,
    }
}

fn focus(button: NodeRef<Button>) {
    if let Some(button) = button.get_untracked() {
        // A button that is there takes the focus.
        let _ = button.focus();
    }
}

/// The button of a tab, with its number of entries where that is shown.
#[component]
fn TabButton<T: Copy + PartialEq + Send + Sync + 'static>(
    tab: Tab<T>,
    node: NodeRef<Button>,
    panel: &'static str,
    selected: Signal<T>,
    count: Memo<Option<usize>>,
    is_disabled: Signal<bool>,
    on_select: Callback<T>,
) -> impl IntoView {
    let Tab { value, key, label } = tab;
    let has_count = Memo::new(move |_| count.get().is_some());
    let is_selected = move || selected.get() == value;
    let number = move || {
        has_count.get().then(|| {
            view! {
                " "
                <span class="count count--quiet" id=format!("{panel}-{key}-count") aria-hidden="true">
                    {move || count.get()}
                </span>
            }
        })
    };
    view! {
        <button
            node_ref=node
            class="tabs__tab"
            role="tab"
            type="button"
            id=format!("{panel}-{key}")
            aria-controls=panel
            aria-describedby=move || has_count.get().then(|| format!("{panel}-{key}-count"))
            aria-selected=move || if is_selected() { "true" } else { "false" }
            tabindex=move || if is_selected() { "0" } else { "-1" }
            disabled=move || is_disabled.get()
            on:click=move |_| on_select.run(value)
        >
            {label}
            {number}
        </button>
    }
}
