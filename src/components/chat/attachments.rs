//! The files that a message carries: pictures as they are, sound and video to be played, anything else by its name.

use super::{lightbox::Lightbox, voice::Voice, words::size_words};
use crate::{
    components::base::icon::{Icon, IconSize},
    i18n::{Arg, t, tx},
};
use causeway_api::{
    files::{Attachment, FileGroup, PreviewSize},
    paths::Side,
};
use leptos::prelude::*;

/// Pictures of an album that are shown; the last one tells how many more there are.
const ALBUM: usize = 4;

/// Whether a message is drawn as pictures: it carries nothing else.
fn are_pictures(files: &[Attachment]) -> bool {
    !files.is_empty() && files.iter().all(is_picture)
}

/// Whether a file is shown as a picture: of documents and videos, the picture only stands for them.
fn is_picture(file: &Attachment) -> bool {
    file.group == FileGroup::Picture && file.picture.is_some()
}

/// The class of the bubble of a message that carries files.
pub fn bubble_class(files: &[Attachment]) -> &'static str {
    match files {
        [] => "bubble",
        [one] if one.voice.is_some() => "bubble bubble--voice",
        all if are_pictures(all) => "bubble bubble--media",
        _ => "bubble bubble--files",
    }
}

/// The files of a message.
#[component]
pub fn Attachments(
    files: Vec<Attachment>,
    /// On whose paths they are asked for.
    side: Side,
    #[prop(optional)] is_own: bool,
) -> impl IntoView {
    let (pictures, others): (Vec<_>, Vec<_>) = files.into_iter().partition(is_picture);
    let other = |file: Attachment| match file.voice.clone() {
        Some(note) => view! { <Voice file=file note=note side=side is_own=is_own /> }.into_any(),
        None => view! { <Document file=file side=side /> }.into_any(),
    };
    view! {
        {(!pictures.is_empty()).then(|| view! { <Pictures files=pictures side=side /> })}
        {others.into_iter().map(other).collect_view()}
    }
}

/// One picture, or an album. A press opens them over the whole window.
#[component]
fn Pictures(files: Vec<Attachment>, side: Side) -> impl IntoView {
    let opened = RwSignal::new(None::<usize>);
    let count = files.len();
    let picture = |(place, file): (usize, &Attachment)| {
        let hidden = if place + 1 == ALBUM { count.saturating_sub(ALBUM) } else { 0 };
        view! { <Picture file=file.clone() side=side hidden=hidden on_open=move |()| opened.set(Some(place)) /> }
    };
    let pictures = files.iter().take(ALBUM).enumerate().map(picture).collect_view();
    let shown = if count == 1 {
        pictures.into_any()
    } else {
        view! { <div class=if count == 3 { "album album--three" } else { "album" }>{pictures}</div> }
            .into_any()
    };
    let files = StoredValue::new(files);
    view! {
        {shown}
        {move || {
            opened
                .get()
                .map(|place| {
                    view! {
                        <Lightbox
                            files=files.get_value()
                            first=place
                            side=side
                            on_close=move |()| {
                                opened.try_set(None);
                            }
                        />
                    }
                })
        }}
    }
}

/// A picture of the conversation.
#[component]
fn Picture(
    file: Attachment,
    side: Side,
    /// So many more are behind it.
    hidden: usize,
    #[prop(into)] on_open: Callback<()>,
) -> impl IntoView {
    let (has_failed, tries) = (RwSignal::new(false), RwSignal::new(0));
    let name = file.name.clone();
    let label = if hidden > 0 {
        let count = Arg::Number(i64::try_from(hidden).unwrap_or(i64::MAX));
        tx("open-picture-more", &[("name", Arg::Text(&name)), ("count", count)])
    } else {
        tx("open-picture", &[("name", Arg::Text(&name))])
    };
    move || {
        if has_failed.get() {
            return view! {
                <div class="pic pic--failed">
                    <Icon name="i-image" />
                    <span>{t("picture-failed")}</span>
                    <button
                        class="btn btn--sm"
                        type="button"
                        on:click=move |_| {
                            tries.update(|tries| *tries += 1);
                            has_failed.set(false);
                        }
                    >
                        <Icon name="i-refresh" size=IconSize::Sm />
                        {t("retry")}
                    </button>
                </div>
            }
            .into_any();
        }
        // Another address, so that the browser asks anew.
        let again = match tries.get_untracked() {
            0 => String::new(),
            tries => format!("?try={tries}"),
        };
        view! {
            <button class="pic" type="button" aria-label=label.clone() on:click=move |_| on_open.run(())>
                <img
                    src=format!("{}{again}", side.file_preview(file.id, PreviewSize::Small))
                    alt=""
                    loading="lazy"
                    decoding="async"
                    draggable="false"
                    on:error=move |_| has_failed.set(true)
                />
                {(hidden > 0)
                    .then(|| view! { <span class="pic__more" aria-hidden="true">{format!("+{hidden}")}</span> })}
            </button>
        }
        .into_any()
    }
}

/// The class of the sign that shows a document's type.
fn type_class(file: &Attachment) -> &'static str {
    match file.kind().as_str() {
        "PDF" => "doc__type",
        "XLS" | "XLSX" | "XLT" | "XLTX" | "CSV" | "TSV" | "ODS" | "NUMBERS" | "ET" => {
            "doc__type doc__type--sheet"
        }
        "DOC" | "DOCX" | "DOT" | "DOTX" | "TXT" | "MD" | "ODT" | "PAGES" | "RTF" | "WPS" | "JTD" => {
            "doc__type doc__type--text"
        }
        _ => "doc__type doc__type--other",
    }
}

/// The first page of a document.
#[component]
fn FirstPage(file: Attachment, side: Side) -> impl IntoView {
    let has_failed = RwSignal::new(false);
    let src = side.file_preview(file.id, PreviewSize::Small);
    view! {
        <img
            class="doc__page"
            src=src
            alt=tx("first-page", &[("name", Arg::Text(&file.name))])
            loading="lazy"
            decoding="async"
            draggable="false"
            hidden=move || has_failed.get()
            on:error=move |_| has_failed.set(true)
        />
    }
}

/// A document with the button that downloads it; sound and video can be played.
#[component]
pub fn Document(
    file: Attachment,
    side: Side,
    /// In a list: without a player.
    #[prop(optional)]
    is_bare: bool,
) -> impl IntoView {
    let address = side.file(file.id);
    let name = file.name.clone();
    let label = tx("download-file", &[("name", Arg::Text(&name))]);
    let player = match file.group {
        _ if is_bare => None,
        FileGroup::Video => {
            let (src, label) = (address.clone(), name.clone());
            let poster = file.picture.is_some().then(|| side.file_preview(file.id, PreviewSize::Large));
            // With a poster nothing of the video is loaded before it is wanted.
            let preload = if poster.is_some() { "none" } else { "metadata" };
            Some(
                view! {
                    <video class="clip" controls preload=preload poster=poster playsinline src=src aria-label=label></video>
                }
                    .into_any(),
            )
        }
        FileGroup::Audio => {
            let (src, label) = (address.clone(), name.clone());
            Some(
                view! { <audio class="clip" controls preload="metadata" src=src aria-label=label></audio> }
                    .into_any(),
            )
        }
        _ => file.picture.map(|_| view! { <FirstPage file=file.clone() side=side /> }.into_any()),
    };
    view! {
        {player}
        <div class="doc">
            <span class=type_class(&file) aria-hidden="true">
                {file.kind().chars().take(5).collect::<String>()}
            </span>
            <span class="doc__what">
                <span class="doc__name" dir="auto">
                    {name.clone()}
                </span>
                <span class="doc__meta">{size_words(file.size)}</span>
            </span>
            <a class="icon-btn icon-btn--sm" href=address download=name aria-label=label>
                <Icon name="i-download" size=IconSize::Sm />
            </a>
        </div>
    }
}
