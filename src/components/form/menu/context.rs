//! A menu at the place that was pressed: by the right button, the menu key, or a finger that stays.

use super::{
    MenuEntry,
    entries::{EmojiEntry, Entries, go_on},
};
use leptos::{
    ev::{FocusEvent, MouseEvent},
    html,
    prelude::*,
    wasm_bindgen::JsCast as _,
};
use web_sys::{HtmlElement, KeyboardEvent, Node};

/// Where a menu opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MenuPlace {
    /// From the left edge of the window, in CSS pixels.
    x: i32,
    /// From the top edge of the window, in CSS pixels.
    y: i32,
}

impl MenuPlace {
    /// A place in the window.
    pub fn at(x: i32, y: i32) -> Self {
        Self { x, y }
    }

    /// Where a `contextmenu` event happened: by the keyboard it is the element that has the focus.
    pub fn of(event: &MouseEvent) -> Self {
        if event.client_x() != 0 || event.client_y() != 0 {
            return Self { x: event.client_x(), y: event.client_y() };
        }
        let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
        target.map_or(Self { x: 0, y: 0 }, |target| {
            let place = target.get_bounding_client_rect();
            Self { x: place.left() as i32, y: place.bottom() as i32 }
        })
    }

    /// Whether there is more room above than below.
    fn is_low(self) -> bool {
        let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
        f64::from(self.y) > height / 2.0
    }
}

/// A menu that is open while it is mounted.
#[component]
pub fn ContextMenu(
    /// Its name.
    #[prop(into)]
    label: String,
    /// Where it opens.
    place: MenuPlace,
    /// The entries.
    #[prop(into)]
    entries: Signal<Vec<MenuEntry>>,
    /// Emoji above the entries, side by side.
    #[prop(optional, into)]
    emoji: Signal<Vec<EmojiEntry>>,
    /// It was closed, by a choice or without one.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let frame = NodeRef::<html::Div>::new();
    let opener = StoredValue::new_local(
        document().active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok()),
    );
    let close = Callback::new(move |()| {
        let opener = opener.try_get_value().flatten();
        on_close.run(());
        if let Some(opener) = opener {
            // It may have gone; then there is nothing to go back to.
            let _ = opener.focus();
        }
    });
    let leave = move |event: FocusEvent| {
        let next = event.related_target().and_then(|next| next.dyn_into::<Node>().ok());
        if frame.get_untracked().is_some_and(|frame| !frame.contains(next.as_ref())) {
            on_close.try_run(());
        }
    };
    let press = move |event: KeyboardEvent| match event.key().as_str() {
        "Escape" => {
            event.prevent_default();
            close.run(());
        }
        key @ ("ArrowDown" | "ArrowUp") => {
            event.prevent_default();
            go_on(frame, key == "ArrowDown");
        }
        _ => {}
    };
    let is_low = place.is_low();
    view! {
        <div
            node_ref=frame
            class=if is_low { "menu-at menu-at--low" } else { "menu-at" }
            style:inset-inline-start=format!("min({}px, calc(100vw - 18rem))", place.x)
            style:inset-block-start=format!("{}px", place.y)
            on:focusout=leave
            on:keydown=press
        >
            <Entries label=label class="menu--context" emoji=emoji entries=entries close=close />
        </div>
    }
}
