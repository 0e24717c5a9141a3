//! A finger on something: one that stays opens its menu, one that drags it aside does what the drag stands for.

use gloo_timers::callback::Timeout;
use leptos::{
    ev::{MouseEvent, PointerEvent},
    prelude::*,
};

/// So long a finger stays until it means the menu, in milliseconds.
const STAYS: u32 = 500;
/// A finger that moves farther than this does not stay, in CSS pixels.
const STILL: i32 = 10;
/// How far something is dragged until letting go counts, in CSS pixels.
const DRAGGED: i32 = 56;

/// What a finger does with one element.
#[derive(Clone, Copy)]
pub struct Touch {
    on_stay: Callback<(i32, i32)>,
    on_drag: Option<Callback<()>>,
    timer: StoredValue<Option<Timeout>, LocalStorage>,
    began: StoredValue<Option<(i32, i32)>>,
    /// The press has opened the menu: it is no click.
    is_spent: StoredValue<bool>,
    /// How far the element is dragged, in CSS pixels.
    pub dragged: RwSignal<i32>,
}

impl Touch {
    /// Follows a finger; `on_stay` is told where it stays, in CSS pixels of the window.
    pub fn new(on_stay: Callback<(i32, i32)>, on_drag: Option<Callback<()>>) -> Self {
        let timer = StoredValue::new_local(None);
        // What has gone is not pressed any more.
        on_cleanup(move || drop(timer.try_update_value(Option::take)));
        Self {
            on_stay,
            on_drag,
            timer,
            began: StoredValue::new(None),
            is_spent: StoredValue::new(false),
            dragged: RwSignal::new(0),
        }
    }

    /// A pointer went down.
    pub fn down(self, event: &PointerEvent) {
        if event.pointer_type() != "touch" || !event.is_primary() {
            return;
        }
        let place = (event.client_x(), event.client_y());
        self.is_spent.set_value(false);
        self.began.set_value(Some(place));
        self.timer.set_value(Some(Timeout::new(STAYS, move || {
            if self.began.try_update_value(Option::take).flatten().is_some() {
                self.is_spent.set_value(true);
                self.on_stay.run(place);
            }
        })));
    }

    /// It moved.
    pub fn moved(self, event: &PointerEvent) {
        let Some((x, y)) = self.began.get_value() else { return };
        let (right, down) = (event.client_x() - x, event.client_y() - y);
        if right.abs() > STILL || down.abs() > STILL {
            self.timer.set_value(None);
        }
        if self.on_drag.is_some() && right > STILL && right > 2 * down.abs() {
            self.dragged.set(right.min(DRAGGED + STILL));
        }
    }

    /// It was lifted.
    pub fn up(self) {
        let far = self.dragged.get_untracked();
        self.end();
        if let Some(on_drag) = self.on_drag.filter(|_| far >= DRAGGED) {
            on_drag.run(());
        }
    }

    /// A click follows a press, unless that has opened the menu.
    pub fn click(self, event: &MouseEvent) {
        if self.is_spent.try_update_value(std::mem::take).unwrap_or_default() {
            event.prevent_default();
            event.stop_propagation();
        }
    }

    /// It became something else, scrolling for instance.
    pub fn end(self) {
        self.timer.set_value(None);
        self.began.set_value(None);
        if self.dragged.get_untracked() != 0 {
            self.dragged.set(0);
        }
    }
}
