//! The editor of a feature: default or custom value, the control for its type, and what saving will change.

use super::{control::Control, words};
use crate::{
    client::{self, ClientError},
    components::base::banner::ErrorBanner,
    i18n::{Arg, keep, t, tx},
    pages::{
        explain,
        sign_in::confirm_again::Confirming,
        submission::{Form, Submission, SubmitButton},
    },
    state::{features::Draft, toasts::Toasts},
};
use causeway_api::{
    ProblemCode,
    features::{ChangeFeature, Feature, FeatureValue},
    validate::Fault,
};
use leptos::prelude::*;

/// Returns why a change was refused, in words.
fn refusal(error: &ClientError) -> String {
    match error.code() {
        Some(ProblemCode::Invalid | ProblemCode::Conflict) => {
            let fault = match error {
                ClientError::Refused(problem) => problem.fields.values().next().map(t),
                _ => None,
            };
            fault.unwrap_or_else(|| explain(error))
        }
        _ => explain(error),
    }
}

/// A feature that is being edited.
#[derive(Clone, Copy)]
struct Editing {
    feature: RwSignal<Feature>,
    draft: RwSignal<Draft>,
    /// What was chosen, as a value, or which of its fields is wrong.
    value: Memo<Result<Option<FeatureValue>, (String, Fault)>>,
    is_changed: Memo<bool>,
    submission: Submission,
}

impl Editing {
    /// Begins with the value that holds, or with what was typed before the language changed.
    fn begin(feature: RwSignal<Feature>) -> Self {
        let first = feature.get_untracked();
        let draft = keep(format!("feature.draft.{}", first.key), || Draft::of(&first));
        let kind = StoredValue::new(first.feature_type);
        let value = Memo::new(move |_| kind.with_value(|kind| draft.with(|draft| draft.value(kind))));
        let is_changed =
            Memo::new(move |_| feature.with(|feature| draft.with(|draft| draft.is_changed(feature))));
        Self { feature, draft, value, is_changed, submission: Submission::new().in_words(refusal) }
    }

    /// Whether there is something to save, and nothing is wrong with it.
    fn can_save(self) -> bool {
        self.is_changed.get() && self.value.with(Result::is_ok)
    }

    /// Saves the value that was chosen; `done` takes the feature as it is then.
    fn save(self, done: impl Fn(Feature) + Clone + Send + Sync + 'static) {
        let Ok(custom) = self.value.get_untracked() else { return };
        if !self.is_changed.get_untracked() {
            return;
        }
        let (key, version) = self.feature.with_untracked(|feature| (feature.key.clone(), feature.version));
        let change = ChangeFeature { custom, version };
        let ask = move || {
            let (key, change) = (key.clone(), change.clone());
            async move { client::features::change_feature(&key, &change).await }
        };
        self.submission.send(ask, done);
    }
}

/// The editor below a row.
#[component]
pub(super) fn Editor(
    feature: RwSignal<Feature>,
    /// Takes the feature as it was saved.
    on_saved: Callback<Feature>,
    /// The feature was changed by someone else meanwhile.
    on_stale: Callback<()>,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let editing = Editing::begin(feature);
    let submission = editing.submission;
    let id = feature.with_untracked(|feature| feature.key.replace(['.', '_'], "-"));
    // The value that holds now is fetched; what was chosen here stays in the editor.
    let refused = submission.refused();
    Effect::new(move |_| {
        if refused.get().is_some_and(|refused| refused.code() == Some(ProblemCode::Conflict)) {
            on_stale.run(());
        }
    });
    let save = move |()| {
        editing.save(move |saved: Feature| {
            toasts.say(tx("feature-saved", &[("name", Arg::Text(&words::name(&saved)))]));
            on_saved.run(saved);
            on_close.run(());
        });
    };
    view! {
        <Form class="config-row__editor" labelled_by=format!("name-{id}") on_submit=save>
            <ErrorBanner text=submission.error() />
            <Values id=id editing=editing />
            <div class="config-row__foot">
                <span role="status">{move || preview(feature, editing.is_changed.get(), editing.value.get())}</span>
                <span class="btn-row">
                    <button class="btn btn--sm" type="button" on:click=move |_| on_close.run(())>
                        {t("cancel")}
                    </button>
                    <SubmitButton
                        label=t("save")
                        is_busy=submission.is_busy()
                        is_disabled=Signal::derive(move || !editing.can_save())
                        class="btn btn--sm btn--primary"
                    />
                </span>
            </div>
        </Form>
        <Confirming submission=submission />
    }
}

/// The choice between the default value and a custom one, with the control for that.
#[component]
fn Values(
    /// The key of the feature, as part of an id.
    id: String,
    editing: Editing,
) -> impl IntoView {
    let (first, draft) = (editing.feature.get_untracked(), editing.draft);
    let (name, default) = (words::name(&first), words::value(&first, &first.default));
    view! {
        <fieldset>
            <legend class="visually-hidden">{tx("value-of", &[("name", Arg::Text(&name))])}</legend>
            <div class="config-row__choices">
                <div>
                    <Choice id=id.clone() draft=draft is_custom=false label="default-value" />
                    <p class="choice__hint choice__hint--under">{default}</p>
                </div>
                <div>
                    <Choice id=id draft=draft is_custom=true label="custom-value" />
                    <div class="config-row__control">
                        <Control feature=first draft=draft />
                    </div>
                </div>
            </div>
        </fieldset>
    }
}

/// Returns what saving will change, or who changed the feature last while nothing is.
fn preview(
    feature: RwSignal<Feature>,
    is_changed: bool,
    value: Result<Option<FeatureValue>, (String, Fault)>,
) -> String {
    if !is_changed {
        return feature.with(|feature| match (&feature.changed_by, feature.changed_at) {
            (Some(by), Some(at)) => {
                let date = crate::i18n::full_date(at);
                tx("feature-changed-by", &[("name", Arg::Text(by)), ("date", Arg::Text(&date))])
            }
            _ => t("feature-never-changed"),
        });
    }
    let Ok(new) = value else { return t("feature-not-valid") };
    feature.with(|feature| {
        let before = words::value(feature, feature.value());
        let after = words::value(feature, new.as_ref().unwrap_or(&feature.default));
        tx("feature-preview", &[("before", Arg::Text(&before)), ("after", Arg::Text(&after))])
    })
}

/// Chooses the default value, or a custom one.
#[component]
fn Choice(id: String, draft: RwSignal<Draft>, is_custom: bool, label: &'static str) -> impl IntoView {
    view! {
        <label class="choice">
            <input
                type="radio"
                name=format!("choice-{id}")
                prop:checked=move || draft.with(|draft| draft.is_custom == is_custom)
                on:change=move |_| draft.update(|draft| draft.is_custom = is_custom)
            />
            <span>{t(label)}</span>
        </label>
    }
}

/// Returns the change that saves an earlier value again, for the history.
pub(super) fn revert(feature: &Feature, custom: Option<FeatureValue>) -> ChangeFeature {
    ChangeFeature { custom, version: feature.version }
}
