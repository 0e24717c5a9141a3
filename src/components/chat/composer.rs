//! Writing a message: Enter sends, Shift and Enter break the line, an input method never sends. On a touch screen Enter
//! breaks the line, because its keyboard has no other way to one, and the button sends.

use super::{
    attach_button::{AttachButton, Attaching, FilesNote},
    chosen_files,
    count::Count,
    tray::Tray,
    voice::recorder::{RecordButton, RecordNote, RecorderBox, Recording},
};
use crate::components::form::focus::is_touch;
use crate::components::{
    base::{
        channel::{ChannelGlyph, channel_name},
        icon::{Icon, IconSize},
    },
    form::menu::{MenuButton, MenuEntry},
};
use crate::i18n::{Arg, t, tx};
use causeway_api::{chats::Channel, validate};
use leptos::{html::Textarea, prelude::*};

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
                    on_draft=on_draft
                    on_send=send
                />
            </div>
            {recording.map(|recording| view! { <RecordNote recording=recording /> })}
            {attaching.map(|attaching| view! { <FilesNote attaching=attaching /> })}
        </form>
    }
}

/// The channel that a message travels on, with a choice where there is one, and how it is sent.
#[component]
fn Via(channel: Signal<Channel>, reply_via: Option<ReplyVia>) -> impl IntoView {
    let shown = move || {
        view! {
            <ChannelGlyph channel=channel.get() />
            <span>
                <span class="muted">{t("reply-via")}</span>
                " "
                {channel_name(channel.get())}
            </span>
        }
    };
    let via = match reply_via {
        None => view! { <span class="via__button">{shown}</span> }.into_any(),
        Some(ReplyVia { entries, on_open }) => view! {
            <MenuButton
                label=t("reply-via")
                is_named_by_content=true
                class="via"
                button_class="via__button via__button--choice"
                menu_class="menu--via"
                entries=entries
                on_open=on_open
            >
                {shown}
                <Icon name="i-down" size=IconSize::Xs />
            </MenuButton>
        }
        .into_any(),
    };
    view! {
        {via}
        <span class="composer__hint push" id="composer-hint">
            {t(if is_touch() { "composer-hint-touch" } else { "composer-hint-keys" })}
        </span>
    }
}

/// The field itself, and the button that sends.
#[component]
fn TextBox(
    field: NodeRef<Textarea>,
    /// What is written so far.
    text: RwSignal<String>,
    /// Whom it goes to.
    to: String,
    is_too_long: Memo<bool>,
    attaching: Option<Attaching>,
    recording: Option<Recording>,
    on_draft: Callback<String>,
    /// Enter was pressed.
    on_send: Callback<()>,
) -> impl IntoView {
    let input = move |event| {
        let typed = event_target_value(&event);
        on_draft.run(typed.clone());
        text.set(typed);
    };
    let press = move |event: web_sys::KeyboardEvent| {
        // Asked anew each time: a tablet gets and loses its keyboard.
        if sends(&event) && !is_touch() {
            event.prevent_default();
            on_send.run(());
        }
    };
    let paste = move |event: web_sys::Event| {
        let pasted = attaching.map(|attaching| (attaching, chosen_files::pasted(&event)));
        if let Some((attaching, files)) = pasted.filter(|(_, files)| !files.is_empty()) {
            event.prevent_default();
            attaching.on_files.run(files);
        }
    };
    view! {
        <div
            class="composer__box"
            class:composer__box--attach=attaching.is_some()
            data-invalid=move || is_too_long.get().then_some("true")
        >
            {attaching.map(|attaching| view! { <Tray items=attaching.items actions=attaching.actions /> })}
            {attaching.map(|attaching| view! { <AttachButton attaching=attaching /> })}
            <textarea
                node_ref=field
                class="composer__input"
                rows="1"
                aria-label=t("message")
                dir="auto"
                enterkeyhint=if is_touch() { "enter" } else { "send" }
                aria-describedby="composer-hint composer-count"
                aria-invalid=move || is_too_long.get().then_some("true")
                placeholder=tx("write-to", &[("name", Arg::Text(&to))])
                on:input=input
                on:keydown=press
                on:paste=move |event| paste(event.into())
            ></textarea>
            <div class="composer__tools">
                {recording.map(|recording| view! { <RecordButton recording=recording /> })}
                <button class="icon-btn icon-btn--primary" type="submit" aria-label=t("send")>
                    <Icon name="i-send" />
                </button>
            </div>
        </div>
    }
}
