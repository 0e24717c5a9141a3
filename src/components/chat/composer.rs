//! Writing a message: Enter sends, Shift and Enter break the line, an input method never sends. On a touch screen Enter
//! breaks the line, because its keyboard has no other way to one, and the button sends.

mod editing;
mod emoji_picker;
mod mentioning;
mod saved_replies;
mod suggesting;
mod text_box;
mod via;

pub use emoji_picker::{Emoji, EmojiGroup, EmojiSource};
pub use mentioning::Mentionable;
pub use saved_replies::{OfferedReply, ReplySource};

use super::{
    attach_button::{Attaching, FilesNote},
    count::Count,
    voice::recorder::{RecordNote, RecorderBox, Recording},
};
use crate::{
    components::form::{focus::is_touch, menu::MenuEntry},
    i18n::t,
};
use causeway_api::{chats::Channel, validate};
use leptos::{html::Textarea, prelude::*};
use text_box::TextBox;
use via::Via;

/// Whether a key press sends: Enter alone, and not while an input method composes. Safari ends the composition before
/// the key press that confirms it, which then has the key code 229.
pub fn sends(event: &web_sys::KeyboardEvent) -> bool {
    event.key() == "Enter"
        && !event.shift_key()
        && !event.ctrl_key()
        && !event.alt_key()
        && !event.meta_key()
        && !event.is_composing()
        && event.key_code() != 229
}

/// The channels among which the writer chooses.
#[derive(Clone, Copy)]
pub struct ReplyVia {
    /// The channels, each with the reason if it cannot be chosen.
    pub entries: Signal<Vec<MenuEntry>>,
    /// The choice was opened.
    pub on_open: Callback<()>,
}

/// The field for a message.
#[component]
pub fn Composer(
    /// What is in the field at first: the draft.
    draft: String,
    /// Whom it goes to.
    #[prop(into)]
    to: String,
    /// The channel it travels on.
    #[prop(into)]
    channel: Signal<Channel>,
    /// The other channels that it could travel on.
    #[prop(optional_no_strip)]
    reply_via: Option<ReplyVia>,
    /// The longest text, in characters.
    #[prop(into)]
    limit: Signal<usize>,
    /// Writing begins at once: the field takes the focus, but not where that opens a keyboard on the screen.
    #[prop(optional)]
    takes_focus: bool,
    /// What can be attached, where something can.
    #[prop(optional_no_strip)]
    attaching: Option<Attaching>,
    /// A voice note, where one can be recorded.
    #[prop(optional_no_strip)]
    recording: Option<Recording>,
    /// Whom a message can name, where it can name someone.
    #[prop(optional_no_strip)]
    mentioning: Option<Callback<(), Vec<Mentionable>>>,
    /// The emoji that can be chosen, where a picker is wanted.
    #[prop(optional_no_strip)]
    emoji: Option<EmojiSource>,
    /// The saved replies, where there are some.
    #[prop(optional_no_strip)]
    replies: Option<ReplySource>,
    /// The text is not to go at once; the second empties the field, when it waits.
    #[prop(optional_no_strip)]
    on_later: Option<Callback<(String, Callback<()>)>>,
    /// What stands above the field: what the message replies to.
    #[prop(optional, into)]
    strip: ViewFn,
    /// Something to be written was begun elsewhere: the field takes the focus.
    #[prop(optional, into)]
    is_wanted: Signal<bool>,
    /// The text was changed.
    #[prop(into)]
    on_draft: Callback<String>,
    /// Is asked before a message goes, and lets it go; what was written stays until then.
    #[prop(optional, into)]
    ask_first: Option<Callback<Callback<()>>>,
    /// A message is to be sent.
    #[prop(into)]
    on_send: Callback<String>,
) -> impl IntoView {
    let text = RwSignal::new(draft);
    let field = NodeRef::<Textarea>::new();
    field.on_load(move |field| {
        // The text is the field's own: written from here while someone types, it would move the cursor.
        field.set_value(&text.get_untracked());
        if takes_focus && !is_touch() {
            // An element that is there takes the focus.
            let _ = field.focus();
        }
    });
    Effect::new(move |before: Option<bool>| {
        let is_wanted = is_wanted.get();
        if is_wanted
            && before == Some(false)
            && let Some(field) = field.get_untracked()
        {
            // An element that is there takes the focus.
            let _ = field.focus();
        }
        is_wanted
    });
    let length = Memo::new(move |_| text.with(|text| text.chars().count()));
    let is_too_long = Memo::new(move |_| length.get() > limit.get());
    let send = move || {
        let written = text.get_untracked();
        let (has_files, is_ready) = untrack(|| {
            attaching.map_or((false, true), |attaching| (attaching.has_files(), attaching.is_ready()))
        });
        let is_caption = has_files && written.trim().is_empty();
        let is_wrong = !is_caption && validate::message_text(&written).is_err();
        if is_wrong || !is_ready || is_too_long.get_untracked() {
            return; // Empty: nothing to do. Too long, or files on their way: that is said, and the text stays.
        }
        let go = Callback::new(move |()| {
            text.set(String::new());
            on_draft.run(String::new());
            on_send.run(written.trim_end().to_owned());
            if let Some(field) = field.get_untracked() {
                field.set_value("");
                // Focus stays where it is on every browser that has a window.
                let _ = field.focus();
            }
        });
        match ask_first {
            Some(ask_first) => ask_first.run(go),
            None => go.run(()),
        }
    };
    let send = Callback::new(move |()| send());
    let later = on_later.map(|on_later| {
        let done = Callback::new(move |()| {
            text.set(String::new());
            on_draft.run(String::new());
            if let Some(field) = field.get_untracked() {
                field.set_value("");
            }
        });
        Callback::new(move |()| {
            let written = text.get_untracked();
            if validate::message_text(&written).is_ok() && !is_too_long.get_untracked() {
                on_later.run((written.trim_end().to_owned(), done));
            }
        })
    });
    view! {
        <form
            class="composer"
            data-channel=move || channel.get().as_str()
            aria-label=t("reply")
            on:submit=move |event| {
                event.prevent_default();
                if !recording.is_some_and(|recording| untrack(|| recording.is_open())) {
                    send.run(());
                }
            }
        >
            <div class="composer__via">
                <Via channel=channel reply_via=reply_via />
                <Count length=length limit=limit />
            </div>
            {move || strip.run()}
            {recording
                .map(|recording| {
                    view! {
                        <Show when=move || recording.is_open()>
                            <RecorderBox recording=recording />
                        </Show>
                    }
                })}
            // The field stays while a voice note is recorded: so do its text and its files.
            <div hidden=move || recording.is_some_and(Recording::is_open)>
                <TextBox
                    field=field
                    text=text
                    to=to
                    is_too_long=is_too_long
                    attaching=attaching
                    recording=recording
                    mentioning=mentioning
                    emoji=emoji
                    replies=replies
                    on_later=later
                    on_draft=on_draft
                    on_send=send
                />
            </div>
            {recording.map(|recording| view! { <RecordNote recording=recording /> })}
            {attaching.map(|attaching| view! { <FilesNote attaching=attaching /> })}
        </form>
    }
}
