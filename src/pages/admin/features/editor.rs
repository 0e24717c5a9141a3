//! The editor of a feature: default or custom value, the control for its type, and what saving will change.

use super::words;
use crate::{
    client::{self, ClientError},
    components::{banner::ErrorBanner, field::FieldError},
    i18n::{Arg, t, tx},
    pages::{admin::confirm_again::ConfirmAgain, explain},
    state::{features::Draft, toasts::Toasts},
};
use causeway_api::{
    ProblemCode,
    features::{ChangeFeature, Feature, FeatureType, FeatureValue},
};
use leptos::{prelude::*, task::spawn_local};

/// What a refusal means for the editor.
fn refusal(error: &ClientError) -> String {
    match error.code() {
        Some(ProblemCode::Invalid | ProblemCode::Conflict) => {
            let fault = match error {
                ClientError::Refused(problem) => problem.fields.values().next().map(|fault| t(fault)),
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
    let draft = RwSignal::new(Draft::of(&first));
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

/// The control for the type of a feature. Using it chooses the custom value.
#[component]
fn Control(feature: Feature, draft: RwSignal<Draft>) -> impl IntoView {
    let (name, id) = (words::name(&feature), feature.key.replace(['.', '_'], "-"));
    let kind = StoredValue::new(feature.feature_type.clone());
    let fault_of = move |field: &str| {
        let wrong = kind.with_value(|kind| draft.with(|draft| draft.value(kind).err()));
        wrong.filter(|(at, _)| at == field).map(|(_, fault)| t(fault))
    };
    let type_text = move |text: String| {
        draft.update(|draft| {
            draft.text = text;
            draft.is_custom = true;
        });
    };
    match feature.feature_type.clone() {
        FeatureType::Boolean => view! {
            <label class="switch">
                <input
                    class="switch__input"
                    type="checkbox"
                    role="switch"
                    aria-label=name
                    prop:checked=move || draft.with(|draft| draft.is_on)
                    on:change=move |event| {
                        let is_on = event_target_checked(&event);
                        draft.update(|draft| {
                            draft.is_on = is_on;
                            draft.is_custom = true;
                        });
                    }
                />
                <b>{move || t(if draft.with(|draft| draft.is_on) { "on" } else { "off" })}</b>
            </label>
        }
        .into_any(),
        FeatureType::Enumeration { options } => view! {
            <select class="input config-row__select" aria-label=name on:change=move |event| type_text(event_target_value(&event))>
                {options
                    .into_iter()
                    .map(|word| {
                        let is_chosen = draft.with_untracked(|draft| draft.text == word);
                        view! { <option value=word.clone() selected=is_chosen>{words::option(&word)}</option> }
                    })
                    .collect_view()}
            </select>
        }
        .into_any(),
        FeatureType::String { .. } => {
            let error = Signal::derive(move || fault_of(""));
            view! {
                <textarea
                    class="input"
                    rows="4"
                    aria-label=name
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    prop:value=draft.with_untracked(|draft| draft.text.clone())
                    on:input=move |event| type_text(event_target_value(&event))
                ></textarea>
                <FieldError id=format!("{id}-error") error=error/>
            }
            .into_any()
        }
        FeatureType::Number { unit, least, most } => {
            let error = Signal::derive(move || fault_of("").map(|fault| bounds(&fault, least, most, &unit)));
            let error_id = format!("{id}-error");
            let FeatureType::Number { unit, .. } = feature.feature_type else { return ().into_any() };
            view! {
                <div class="affix config-row__number">
                    <input
                        class="input"
                        inputmode="numeric"
                        aria-label=name
                        aria-invalid=move || error.with(Option::is_some).then_some("true")
                        aria-describedby=error_id.clone()
                        prop:value=draft.with_untracked(|draft| draft.text.clone())
                        on:input=move |event| type_text(event_target_value(&event))
                    />
                    <span class="affix__end">{words::unit(&unit)}</span>
                </div>
                <FieldError id=format!("{id}-error") error=error/>
            }
            .into_any()
        }
        FeatureType::Map { fields } => {
            let fields = fields
            .into_iter()
            .map(|field| {
                let (label, field_id) = (words::field(&feature, &field.name), format!("{id}-{}", field.name));
                let (own, typed) = (field.name.clone(), field.name.clone());
                let first = draft.with_untracked(|draft| draft.fields.get(&field.name).cloned().unwrap_or_default());
                let unit = field.unit.clone();
                let error = Signal::derive(move || fault_of(&own).map(|fault| bounds(&fault, field.least, field.most, &unit)));
                view! {
                    <div class="field">
                        <label class="field__label" for=field_id.clone()>{label}</label>
                        <div class="affix">
                            <input
                                class="input"
                                id=field_id.clone()
                                inputmode="numeric"
                                placeholder=t("no-limit")
                                aria-invalid=move || error.with(Option::is_some).then_some("true")
                                aria-describedby=format!("{field_id}-error")
                                prop:value=first
                                on:input=move |event| {
                                    let text = event_target_value(&event);
                                    draft.update(|draft| {
                                        draft.fields.insert(typed.clone(), text);
                                        draft.is_custom = true;
                                    });
                                }
                            />
                            <span class="affix__end">{words::unit(&field.unit)}</span>
                        </div>
                        <FieldError id=format!("{field_id}-error") error=error/>
                    </div>
                }
            })
            .collect_view();
            view! { <div class="field-grid field-grid--wide">{fields}</div> }.into_any()
        }
    }
}

/// What is wrong with a number, with its bounds where they are what is wrong.
fn bounds(fault: &str, least: i64, most: i64, unit: &str) -> String {
    if fault == t("fault-range") {
        let unit = words::unit(unit);
        return tx(
            "fault-bounds",
            &[("least", Arg::Number(least)), ("most", Arg::Number(most)), ("unit", Arg::Text(&unit))],
        );
    }
    fault.to_owned()
}

/// Used by the history: what saving an earlier value again sends.
pub(super) fn revert(feature: &Feature, custom: Option<FeatureValue>) -> ChangeFeature {
    ChangeFeature { custom, version: feature.version }
}
