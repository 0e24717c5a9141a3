//! The profile of a client: what is typed and chosen, and what the server refused.

use super::{
    all, choose, code_step::refusal, described, find, has, is_invalid, labelled, place, texts, type_into,
};
use causeway::pages::{contacts::profile_form::ProfileForm, submission::Submission};
use causeway_api::{
    ProblemCode,
    contacts::{ListItem, Lists, Profile},
};
use leptos::{mount::mount_to, prelude::*, task::tick};
use uuid::Uuid;
use wasm_bindgen_test::*;
use web_sys::{HtmlElement, HtmlInputElement, HtmlSelectElement};

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn item(number: u128, name: &str) -> ListItem {
    ListItem { id: id(number), name: name.to_owned() }
}

/// The form of someone who has one tag of two.
struct Form {
    place: HtmlElement,
    profile: RwSignal<Profile>,
    submission: Submission,
}

impl Form {
    async fn mount(with_phone: bool, is_email_fixed: bool) -> Self {
        let profile = RwSignal::new(Profile {
            first_name: "Ka Man".to_owned(),
            email: "kaman@pearl.example".to_owned(),
            language: "ja".to_owned(),
            external_company: Some(id(2)),
            tags: vec![id(11)],
            ..Profile::default()
        });
        let lists = RwSignal::new(Lists {
            external_companies: vec![item(1, "Pearl"), item(2, "Jade")],
            tags: vec![item(11, "Key account"), item(12, "Newsletter")],
            languages: vec!["en".to_owned(), "zh-Hant".to_owned()],
            required: vec!["first_name".to_owned(), "tags".to_owned()],
        });
        let (place, submission) = (place(), Submission::new());
        mount_to(place.clone(), move || {
            view! {
                <ProfileForm profile=profile submission=submission lists=lists with_phone=with_phone is_email_fixed=is_email_fixed/>
            }
        })
        .forget();
        tick().await;
        Self { place, profile, submission }
    }
}

#[wasm_bindgen_test]
async fn a_profile_is_shown_and_takes_what_is_typed() {
    let form = Form::mount(true, false).await;
    let first: HtmlInputElement = labelled(&form.place, "First name");
    assert_eq!(first.value(), "Ka Man");
    type_into(&labelled(&form.place, "Last name"), "Wong");
    type_into(&labelled(&form.place, "Email"), "wong@pearl.example");
    type_into(&labelled(&form.place, "Phone number"), "+85261234567");
    let profile = form.profile.get_untracked();
    assert_eq!(profile.name(), "Ka Man Wong");
    assert_eq!((profile.email.as_str(), profile.phone.as_str()), ("wong@pearl.example", "+85261234567"));
}

#[wasm_bindgen_test]
async fn an_identity_that_is_invited_cannot_be_changed_here() {
    let form = Form::mount(false, true).await;
    assert!(!has(&form.place, "[type=email]") && !has(&form.place, "[type=tel]"));
    assert!(has(&form.place, "#first_name"));
}

#[wasm_bindgen_test]
async fn what_the_server_refused_stands_at_the_field_it_names() {
    let form = Form::mount(true, false).await;
    form.submission.refuse(refusal(
        ProblemCode::Conflict,
        &[("email", "fault-email-taken"), ("tags", "fault-required"), ("external_company", "fault-choice")],
    ));
    tick().await;
    let email: HtmlInputElement = labelled(&form.place, "Email");
    assert!(is_invalid(&email));
    let taken = "Another contact has this email address. Use the existing profile.";
    assert_eq!(described(&form.place, &email), taken);
    let tags: HtmlElement = labelled(&form.place, "Tags");
    assert_eq!(described(&form.place, &tags), "Fill this in.");
    let company: HtmlElement = labelled(&form.place, "External company");
    assert_eq!(described(&form.place, &company), "Choose one of the values in the list.");
    assert!(!is_invalid(&labelled::<HtmlElement>(&form.place, "First name")));
    type_into(&email, "wong@pearl.example");
    tick().await;
    assert!(!is_invalid(&email) && described(&form.place, &email).is_empty(), "corrected");
    assert!(is_invalid(&company), "the others are not");
}

#[wasm_bindgen_test]
async fn a_tag_is_added_from_the_list_and_then_offered_no_more() {
    let form = Form::mount(false, false).await;
    let tags: HtmlSelectElement = labelled(&form.place, "Tags");
    assert_eq!(texts(&tags, "option"), ["Add a tag", "Newsletter"]);
    choose(&tags, "value", id(12).to_string());
    tick().await;
    assert_eq!(form.profile.get_untracked().tags, [id(11), id(12)]);
    assert_eq!(texts(&form.place, ".token"), ["Key account", "Newsletter"]);
    assert_eq!(texts(&tags, "option"), ["Add a tag"]);
}

#[wasm_bindgen_test]
async fn a_tag_is_removed_by_the_button_that_names_it() {
    let form = Form::mount(false, false).await;
    find::<HtmlElement>(&form.place, "[aria-label='Remove tag Key account']").click();
    tick().await;
    assert!(form.profile.get_untracked().tags.is_empty());
    assert!(!has(&form.place, ".token"));
    let tags: HtmlSelectElement = labelled(&form.place, "Tags");
    assert_eq!(texts(&tags, "option"), ["Add a tag", "Key account", "Newsletter"]);
}

#[wasm_bindgen_test]
async fn languages_are_those_of_the_company_and_the_one_that_was_chosen() {
    let form = Form::mount(false, false).await;
    let language: HtmlSelectElement = labelled(&form.place, "Language");
    assert_eq!(texts(&language, "option"), ["By country", "English", "繁體中文", "日本語"]);
    assert_eq!(language.value(), "ja");
    choose(&language, "value", "zh-Hant");
    assert_eq!(form.profile.get_untracked().language, "zh-Hant");
    tick().await;
    assert_eq!(
        texts(&language, "option"),
        ["By country", "English", "繁體中文"],
        "the other one is not offered again"
    );
}

#[wasm_bindgen_test]
async fn the_company_of_a_client_is_chosen_or_none() {
    let form = Form::mount(false, false).await;
    let company: HtmlSelectElement = labelled(&form.place, "External company");
    assert_eq!((company.value(), all(&company, "option").len()), (id(2).to_string(), 3));
    choose(&company, "value", id(1).to_string());
    assert_eq!(form.profile.get_untracked().external_company, Some(id(1)));
    choose(&company, "value", "");
    assert_eq!(form.profile.get_untracked().external_company, None);
}

#[wasm_bindgen_test]
async fn what_may_stay_empty_is_marked_and_what_may_not_is_required() {
    let form = Form::mount(true, false).await;
    let is_marked = |field: &str| {
        let control: HtmlElement = find(&form.place, &format!("#{field}"));
        let mark = control.closest(".field").unwrap().unwrap().query_selector(".field__optional").unwrap();
        (mark.is_some(), control.has_attribute("required"))
    };
    for (field, expected) in [
        ("first_name", (false, true)),
        ("last_name", (true, false)),
        ("email", (true, false)),
        ("external-company", (true, false)),
        ("tags", (false, true)),
    ] {
        assert_eq!(is_marked(field), expected, "{field}");
    }
    assert!(!has(&form.place, "#new-tag"), "only those who keep the list type tags");
}

#[wasm_bindgen_test]
async fn a_field_that_has_gone_is_told_for_the_form_as_a_whole() {
    let submission = Submission::new();
    let (place, is_shown) = (place(), RwSignal::new(true));
    mount_to(place.clone(), move || {
        move || is_shown.get().then(|| submission.fault("email").text().get().unwrap_or_default())
    })
    .forget();
    tick().await;
    let refused = || refusal(ProblemCode::Conflict, &[("email", "fault-email-taken")]);
    submission.refuse(refused());
    assert_eq!(submission.error().get_untracked(), None, "it is shown at its field");
    is_shown.set(false);
    tick().await;
    submission.clear();
    submission.refuse(refused());
    assert!(submission.error().get_untracked().is_some(), "nothing is refused without a word");
}
