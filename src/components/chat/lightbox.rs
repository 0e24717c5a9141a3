//! Pictures over the whole window: one at a time, with the arrow keys, Home and End to the others.

use crate::{
    components::base::icon::Icon,
    i18n::{Arg, t, tx},
};
use causeway_api::{
    files::{Attachment, PreviewSize},
    paths::Side,
};
use leptos::{html::Dialog, prelude::*};

fn number(place: usize) -> i64 {
    i64::try_from(place + 1).unwrap_or(i64::MAX)
}

/// The pictures of a message. Esc closes it: it is the browser's own dialog.
#[component]
pub fn Lightbox(
    files: Vec<Attachment>,
    /// The picture that is shown first.
    first: usize,
    side: Side,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let (place, is_large) = (RwSignal::new(first), RwSignal::new(false));
    let (count, files) = (files.len(), StoredValue::new(files));
    let dialog = NodeRef::<Dialog>::new();
    dialog.on_load(|dialog| {
        // It fails only for a dialog that is open already.
        let _ = dialog.show_modal();
    });
    let go = move |to: usize| {
        if to < count {
            is_large.set(false);
            place.set(to);
        }
    };
    let keys = move |event: web_sys::KeyboardEvent| {
        let at = place.get_untracked();
        match event.key().as_str() {
            "ArrowLeft" => go(at.wrapping_sub(1)),
            "ArrowRight" => go(at + 1),
            "Home" => go(0),
            "End" => go(count - 1),
            "+" | "=" => is_large.set(true),
            "-" => is_large.set(false),
            _ => return,
        }
        event.prevent_default();
    };
    let shown = move || files.with_value(|files| files.get(place.get()).cloned());
    let label = move || {
        let numbers = [("number", Arg::Number(number(place.get()))), ("total", Arg::Number(count as i64))];
        tx("picture-of", &numbers)
    };
    view! {
        <dialog
            node_ref=dialog
            class="theatre"
            aria-label=label
            on:close=move |_| on_close.run(())
            on:keydown=keys
        >
            <div class="lightbox">
                <Head shown=Signal::derive(shown) side=side is_large=is_large count=count place=place dialog=dialog />
                <div class="lightbox__stage">
                    {(count > 1)
                        .then(|| view! { <Step is_back=true place=place count=count on_go=move |to| go(to) /> })}
                    {move || {
                        shown()
                            .map(|file| {
                                view! {
                                    <div class="lightbox__room" class:lightbox__room--large=is_large tabindex="0">
                                        <img
                                            src=side.file_preview(file.id, PreviewSize::Large)
                                            alt=file.name
                                            on:dblclick=move |_| is_large.update(|large| *large = !*large)
                                        />
                                    </div>
                                }
                            })
                    }}
                    {(count > 1)
                        .then(|| view! { <Step is_back=false place=place count=count on_go=move |to| go(to) /> })}
                </div>
                {(count > 1).then(|| view! { <Strip files=files side=side place=place on_go=move |to| go(to) /> })}
            </div>
        </dialog>
    }
}

/// The name of the picture, and what can be done with it.
#[component]
fn Head(
    shown: Signal<Option<Attachment>>,
    side: Side,
    is_large: RwSignal<bool>,
    count: usize,
    place: RwSignal<usize>,
    dialog: NodeRef<Dialog>,
) -> impl IntoView {
    // Closed by the browser, the focus returns to where it was.
    let close = move |_| dialog.get_untracked().into_iter().for_each(|dialog| dialog.close());
    let which = move || (count > 1).then(|| view! { <small>{number(place.get())} " / " {count}</small> });
    let download = move || {
        shown.get().map(|file| {
            let label = tx("download-file", &[("name", Arg::Text(&file.name))]);
            view! {
                <a class="icon-btn" href=side.file(file.id) download=file.name aria-label=label>
                    <Icon name="i-download" />
                </a>
            }
        })
    };
    view! {
        <header class="lightbox__head">
            <div class="lightbox__what">
                <b dir="auto">{move || shown.get().map(|file| file.name)}</b>
                {which}
            </div>
            <button
                class="icon-btn"
                type="button"
                aria-label=move || t(if is_large.get() { "zoom-out" } else { "zoom-in" })
                on:click=move |_| is_large.update(|large| *large = !*large)
            >
                <Icon name="i-search" />
            </button>
            {download}
            <button class="icon-btn" type="button" aria-label=t("close") on:click=close>
                <Icon name="i-x" />
            </button>
        </header>
    }
}

/// The button to the picture before or behind.
#[component]
fn Step(
    is_back: bool,
    place: RwSignal<usize>,
    count: usize,
    #[prop(into)] on_go: Callback<usize>,
) -> impl IntoView {
    let (label, icon) = if is_back { ("previous-picture", "i-left") } else { ("next-picture", "i-right") };
    let is_at_end = move || if is_back { place.get() == 0 } else { place.get() + 1 == count };
    view! {
        <button
            class=if is_back { "icon-btn lightbox__back" } else { "icon-btn lightbox__on" }
            type="button"
            aria-label=t(label)
            disabled=is_at_end
            on:click=move |_| {
                let at = place.get_untracked();
                on_go.run(if is_back { at.wrapping_sub(1) } else { at + 1 });
            }
        >
            <Icon name=icon />
        </button>
    }
}

/// All pictures in small.
#[component]
fn Strip(
    files: StoredValue<Vec<Attachment>>,
    side: Side,
    place: RwSignal<usize>,
    #[prop(into)] on_go: Callback<usize>,
) -> impl IntoView {
    let small = move |(at, file): (usize, Attachment)| {
        view! {
            <button
                type="button"
                aria-label=tx("picture-number", &[("number", Arg::Number(number(at)))])
                aria-current=move || (place.get() == at).then_some("true")
                on:click=move |_| on_go.run(at)
            >
                <img src=side.file_preview(file.id, PreviewSize::Small) alt="" loading="lazy" />
            </button>
        }
    };
    view! {
        <footer class="lightbox__foot">
            <div class="lightbox__strip" role="group" aria-label=t("pictures")>
                {files.get_value().into_iter().enumerate().map(small).collect_view()}
            </div>
        </footer>
    }
}
