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

/// What a refusal means for the editor.
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

/// The editor below a row.
#[component]
pub(super) fn Editor(
    feature: RwSignal<Feature>,
    on_saved: Callback<Feature>,
    on_stale: Callback<()>,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let first = feature.get_untracked();
    let draft = keep(format!("feature.draft.{}", first.key), || Draft::of(&first));
    let submission = Submission::new().in_words(refusal);
    let (name, id) = (words::name(&first), first.key.replace(['.', '_'], "-"));
    let feature_type = StoredValue::new(first.feature_type.clone());
    let value = Memo::new(move |_| feature_type.with_value(|kind| draft.with(|draft| draft.value(kind))));
    let is_changed =
        Memo::new(move |_| feature.with(|feature| draft.with(|draft| draft.is_changed(feature))));
    let can_save = move || is_changed.get() && value.with(Result::is_ok);
    // The value that holds now is fetched; what was chosen here stays in the editor.
    let refused = submission.refused();
    Effect::new(move |_| {
        if refused.get().is_some_and(|refused| refused.code() == Some(ProblemCode::Conflict)) {
            on_stale.run(());
        }
    });
    let save = move || {
        let Ok(custom) = value.get_untracked() else { return };
        if !is_changed.get_untracked() {
            return;
        }
        let (key, version) = feature.with_untracked(|feature| (feature.key.clone(), feature.version));
        let change = ChangeFeature { custom, version };
        let ask = move || {
            let (key, change) = (key.clone(), change.clone());
            async move { client::features::change_feature(&key, &change).await }
        };
        submission.send(ask, move |saved: Feature| {
            toasts.say(tx("feature-saved", &[("name", Arg::Text(&words::name(&saved)))]));
            on_saved.run(saved);
            on_close.run(());
        });
    };
    let preview = move || preview(feature, is_changed.get(), value.get());
    let default = words::value(&first, &first.default);
    view! {
        <Form class="config-row__editor" labelled_by=format!("name-{id}") on_submit=move |()| save()>
            <ErrorBanner text=submission.error() />
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
            <div class="config-row__foot">
                <span role="status">{preview}</span>
                <span class="btn-row">
                    <button class="btn btn--sm" type="button" on:click=move |_| on_close.run(())>
                        {t("cancel")}
                    </button>
                    <SubmitButton
                        label=t("save")
                        is_busy=submission.is_busy()
                        is_disabled=Signal::derive(move || !can_save())
                        class="btn btn--sm btn--primary"
                    />
                </span>
            </div>
        </Form>
        <Confirming submission=submission />
    }
}

/// What saving will change; who changed the feature last while nothing is.
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

/// The default, or a custom value.
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

/// Used by the history: what saving an earlier value again sends.
pub(super) fn revert(feature: &Feature, custom: Option<FeatureValue>) -> ChangeFeature {
    ChangeFeature { custom, version: feature.version }
}
