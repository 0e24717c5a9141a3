//! Voice notes, as people hear and record them.

use super::{find, has, labelled, place, press, text};
use causeway::components::chat::{
    attachments::Attachments,
    composer::Composer,
    voice::recorder::{Phase, Recording, RecordingActs},
};
use causeway_api::{
    FileId,
    chats::Channel,
    files::{Attachment, FileGroup, VoiceNote},
    paths::Side,
    validate::MESSAGE_MAX,
};
use leptos::{mount::mount_to, prelude::*, task::tick};
use uuid::Uuid;
use wasm_bindgen_test::*;
use web_sys::HtmlElement;

#[wasm_bindgen_test]
async fn a_voice_note_says_its_length_and_is_sought_by_keyboard() {
    let note = VoiceNote { duration: 42_000, peaks: "40".repeat(64) };
    let file = Attachment {
        id: FileId(Uuid::from_u128(1)),
        name: "Voice note.weba".to_owned(),
        size: 120_000,
        sha256: String::new(),
        group: FileGroup::Audio,
        media: "audio/webm".to_owned(),
        picture: None,
        voice: Some(note),
    };
    let place = place();
    mount_to(place.clone(), move || view! { <Attachments files=vec![file] side=Side::Client /> }).forget();
    tick().await;
    labelled::<HtmlElement>(&place, "Play voice note, 42 seconds");
    assert!(text(&place).contains("0:42"), "{}", text(&place));
    let seek: HtmlElement = find(&place, "[role=slider]");
    for (key, at) in
        [("ArrowRight", "5"), ("ArrowRight", "10"), ("ArrowLeft", "5"), ("End", "42"), ("Home", "0")]
    {
        press(&seek, key);
        tick().await;
        assert_eq!(seek.get_attribute("aria-valuenow").as_deref(), Some(at), "{key}");
    }
    assert_eq!(seek.get_attribute("aria-valuetext").as_deref(), Some("0 of 42 seconds"));
    for rate in ["1×", "1.5×", "2×"] {
        labelled::<HtmlElement>(&place, &format!("Speed: {rate}")).click();
        tick().await;
    }
    assert!(has(&place, "[aria-label='Speed: 1×']"), "after the fastest comes the slowest");
}

/// A composer with a recording in it.
struct Studio {
    place: HtmlElement,
    recording: Recording,
    acts: RwSignal<Vec<String>>,
}

async fn studio() -> Studio {
    let (place, acts) = (place(), RwSignal::new(Vec::new()));
    let say = move |act: &'static str| {
        Callback::new(move |()| acts.update(|acts: &mut Vec<String>| acts.push(act.to_owned())))
    };
    let recording = Recording {
        phase: RwSignal::default(),
        length: RwSignal::new(14_200),
        listened: RwSignal::new(3_000),
        levels: RwSignal::new(vec![9; 50]),
        goes_on: RwSignal::new(true),
        refused: RwSignal::default(),
        acts: RecordingActs {
            begin: Callback::new(move |is_held| {
                acts.update(|acts| acts.push(format!("begin {is_held}")));
            }),
            pause: say("pause"),
            resume: say("resume"),
            listen: say("listen"),
            cancel: say("cancel"),
            send: say("send"),
        },
    };
    mount_to(place.clone(), move || {
        view! {
            <Composer
                draft="half a sentence".to_owned()
                to="Ka Man"
                limit=Signal::derive(|| MESSAGE_MAX)
                channel=Channel::Causeway
                recording=Some(recording)
                on_draft=|_| ()
                on_send=move |text: String| acts.update(|acts| acts.push(text))
            />
        }
    })
    .forget();
    tick().await;
    Studio { place, recording, acts }
}

impl Studio {
    async fn turn_to(&self, phase: Phase) {
        self.recording.phase.set(phase);
        tick().await;
    }

    fn press(&self, label: &str) {
        labelled::<HtmlElement>(&self.place, label).click();
    }
}

#[wasm_bindgen_test]
async fn a_recording_takes_the_place_of_the_field_and_says_what_can_be_done() {
    let studio = studio().await;
    studio.press("Record a voice note");
    studio.turn_to(Phase::On).await;
    let group: HtmlElement = find(&studio.place, "[role=group][aria-label='Recording a voice note']");
    assert!(text(&group).contains("0:14"));
    assert_eq!(group.owner_document().unwrap().active_element().as_ref(), Some(group.as_ref()));
    studio.press("Pause recording");
    studio.turn_to(Phase::Paused).await;
    studio.press("Listen");
    studio.press("Go on recording");
    studio.turn_to(Phase::Listening).await;
    assert!(text(&studio.place).contains("0:03 / 0:14"), "{}", text(&studio.place));
    studio.press("Pause");
    studio.press("Send voice note");
    studio.press("Delete recording");
    let expected = ["begin false", "pause", "listen", "resume", "pause", "send", "cancel"];
    assert_eq!(studio.acts.get_untracked(), expected);
    studio.turn_to(Phase::Idle).await;
    let field: web_sys::HtmlTextAreaElement = find(&studio.place, "textarea");
    assert_eq!(field.value(), "half a sentence", "what was typed is still there");
}

#[wasm_bindgen_test]
async fn a_recording_is_led_by_keys_and_a_button_keeps_its_own() {
    let studio = studio().await;
    studio.turn_to(Phase::On).await;
    let group: HtmlElement = find(&studio.place, ".recorder");
    press(&group, " ");
    studio.turn_to(Phase::Paused).await;
    press(&group, " ");
    press(&group, "Enter");
    press(&group, "Escape");
    let listen: HtmlElement = labelled(&studio.place, "Listen");
    press(&listen, "Enter");
    press(&listen, " ");
    assert_eq!(studio.acts.get_untracked(), ["pause", "resume", "send", "cancel"]);
    studio.recording.goes_on.set(false);
    tick().await;
    assert!(!has(&studio.place, "[aria-label='Go on recording']"), "its microphone is gone");
}
