//! The editor of a feature: default or custom value, the control for its type, and what saving will change.

use super::{control::Control, words};
use crate::{
    client::{self, ClientError},
    components::base::banner::ErrorBanner,
    i18n::{Arg, keep, t, tx},
    pages::{explain, sign_in::confirm_again::ConfirmAgain},
    state::{features::Draft, toasts::Toasts},
};
use causeway_api::{
    ProblemCode,
    features::{ChangeFeature, Feature, FeatureValue},
};
use leptos::{prelude::*, task::spawn_local};

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
    let (error, is_busy, asks_code) =
        (RwSignal::new(None::<String>), RwSignal::new(false), RwSignal::new(false));
    let (name, id) = (words::name(&first), first.key.replace(['.', '_'], "-"));
    let feature_type = StoredValue::new(first.feature_type.clone());
    let value = Memo::new(move |_| feature_type.with_value(|kind| draft.with(|draft| draft.value(kind))));
    let is_changed =
        Memo::new(move |_| feature.with(|feature| draft.with(|draft| draft.is_changed(feature))));
    let can_save = move || is_changed.get() && value.with(Result::is_ok);
    let save = move || {
        let Ok(custom) = value.get_untracked() else { return };
        if is_busy.get_untracked() || !is_changed.get_untracked() {
            return;
        }
        is_busy.set(true);
        error.set(None);
        let (key, version) = feature.with_untracked(|feature| (feature.key.clone(), feature.version));
        spawn_local(async move {
            let saved = client::features::change_feature(&key, &ChangeFeature { custom, version }).await;
            is_busy.try_set(false);
            match saved {
                Ok(saved) => {
                    toasts.say(tx("feature-saved", &[("name", Arg::Text(&words::name(&saved)))]));
                    on_saved.run(saved);
                    on_close.run(());
                }
                Err(refused) if refused.code() == Some(ProblemCode::ConfirmAgain) => {
                    asks_code.try_set(true);
                }
                Err(refused) => {
                    // The value that holds now is fetched; what was chosen here stays in the editor.
                    if refused.code() == Some(ProblemCode::Conflict) {
                        on_stale.run(());
                    }
                    error.try_set(Some(refusal(&refused)));
                }
            }
        });
    };
    let preview = move || {
        if !is_changed.get() {
            return feature.with(|feature| match (&feature.changed_by, feature.changed_at) {
                (Some(by), Some(at)) => {
                    let date = crate::i18n::full_date(at);
                    tx("feature-changed-by", &[("name", Arg::Text(by)), ("date", Arg::Text(&date))])
                }
                _ => t("feature-never-changed"),
            });
        }
        let Ok(new) = value.get() else { return t("feature-not-valid") };
        feature.with(|feature| {
            let before = words::value(feature, feature.value());
            let after = words::value(feature, new.as_ref().unwrap_or(&feature.default));
            tx("feature-preview", &[("before", Arg::Text(&before)), ("after", Arg::Text(&after))])
        })
    };
    let choice = {
        let id = id.clone();
        move |is_custom: bool, label: &'static str| {
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
    };
    let default = words::value(&first, &first.default);
    view! {
        <form
            class="config-row__editor"
            novalidate
            aria-labelledby=format!("name-{id}")
            on:submit=move |event| {
                event.prevent_default();
                save();
            }
        >
            <ErrorBanner text=error/>
            <fieldset>
                <legend class="visually-hidden">{tx("value-of", &[("name", Arg::Text(&name))])}</legend>
                <div class="config-row__choices">
                    <div>{choice(false, "default-value")}<p class="choice__hint choice__hint--under">{default}</p></div>
                    <div>
                        {choice(true, "custom-value")}
                        <div class="config-row__control"><Control feature=first draft=draft/></div>
                    </div>
                </div>
            </fieldset>
            <div class="config-row__foot">
                <span role="status">{preview}</span>
                <span class="btn-row">
                    <button class="btn btn--sm" type="button" on:click=move |_| on_close.run(())>{t("cancel")}</button>
                    <button
                        class="btn btn--sm btn--primary"
                        type="submit"
                        disabled=move || !can_save()
                        aria-busy=move || is_busy.get().then_some("true")
                    >
                        {t("save")}
                    </button>
                </span>
            </div>
        </form>
        <Show when=move || asks_code.get()>
            <ConfirmAgain
                on_close=move |()| asks_code.set(false)
                on_done=move |()| {
                    asks_code.set(false);
                    save();
                }
            />
        </Show>
    }
}

/// Used by the history: what saving an earlier value again sends.
pub(super) fn revert(feature: &Feature, custom: Option<FeatureValue>) -> ChangeFeature {
    ChangeFeature { custom, version: feature.version }
}
