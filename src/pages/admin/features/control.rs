//! The control for a value of a feature, by its type.

use super::words;
use crate::{
    components::form::field::FieldFoot,
    i18n::{Arg, t, tx},
    state::features::Draft,
};
use causeway_api::{
    features::{Feature, FeatureType, MapField},
    validate::Fault,
};
use leptos::prelude::*;

/// The control for the type of a feature. Using it chooses the custom value.
#[component]
pub fn Control(feature: Feature, draft: RwSignal<Draft>) -> impl IntoView {
    let (name, id) = (words::name(&feature), feature.key.replace(['.', '_'], "-"));
    let kind = StoredValue::new(feature.feature_type.clone());
    let fault_of = move |field: &str| {
        let wrong = kind.with_value(|kind| draft.with(|draft| draft.value(kind).err()));
        wrong.filter(|(at, _)| at == field).map(|(_, fault)| t(fault))
    };
    match feature.feature_type.clone() {
        FeatureType::Boolean => view! { <OnOff name=name draft=draft /> }.into_any(),
        FeatureType::Enumeration { options } => {
            view! { <OptionSelect name=name options=options draft=draft /> }.into_any()
        }
        FeatureType::String { .. } => {
            let error = Signal::derive(move || fault_of(""));
            view! { <TextArea name=name id=id error=error draft=draft /> }.into_any()
        }
        FeatureType::Number { unit, least, most } => {
            let of = unit.clone();
            let error = Signal::derive(move || fault_of("").map(|fault| bounds(&fault, least, most, &of)));
            view! { <Number name=name id=id unit=unit error=error draft=draft /> }.into_any()
        }
        FeatureType::Map { fields } => {
            let fields = fields.into_iter().map(|field| {
                let label = words::field(&feature, &field);
                if field.unit == MapField::SWITCH {
                    return view! { <SwitchField label=label field=field draft=draft /> }.into_any();
                }
                let (own, id) = (field.name.clone(), format!("{id}-{}", field.name));
                let fault = Signal::derive(move || fault_of(&own));
                view! { <NumberField label=label id=id field=field fault=fault draft=draft /> }.into_any()
            });
            view! { <div class="field-grid field-grid--wide">{fields.collect_view()}</div> }.into_any()
        }
    }
}

/// Keeps what was typed or chosen as the custom value.
fn set_text(draft: RwSignal<Draft>, text: String) {
    draft.update(|draft| {
        draft.text = text;
        draft.is_custom = true;
    });
}

/// One of several options.
#[component]
fn OptionSelect(name: String, options: Vec<String>, draft: RwSignal<Draft>) -> impl IntoView {
    let option = |word: String| {
        let is_chosen = draft.with_untracked(|draft| draft.text == word);
        view! {
            <option value=word.clone() selected=is_chosen>
                {words::option(&word)}
            </option>
        }
    };
    view! {
        <select
            class="input config-row__select"
            aria-label=name
            on:change=move |event| set_text(draft, event_target_value(&event))
        >
            {options.into_iter().map(option).collect_view()}
        </select>
    }
}

/// A text of several lines.
#[component]
fn TextArea(
    name: String,
    id: String,
    error: Signal<Option<String>>,
    draft: RwSignal<Draft>,
) -> impl IntoView {
    view! {
        <textarea
            class="input"
            rows="4"
            aria-label=name
            aria-invalid=move || error.with(Option::is_some).then_some("true")
            aria-describedby=format!("{id}-error")
            prop:value=draft.with_untracked(|draft| draft.text.clone())
            on:input=move |event| set_text(draft, event_target_value(&event))
        ></textarea>
        <FieldFoot id=id error=error />
    }
}

/// A number with its unit.
#[component]
fn Number(
    name: String,
    id: String,
    unit: String,
    error: Signal<Option<String>>,
    draft: RwSignal<Draft>,
) -> impl IntoView {
    view! {
        <div class="affix config-row__number">
            <input
                class="input"
                inputmode="numeric"
                aria-label=name
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=format!("{id}-error")
                prop:value=draft.with_untracked(|draft| draft.text.clone())
                on:input=move |event| set_text(draft, event_target_value(&event))
            />
            <span class="affix__end">{words::unit(&unit)}</span>
        </div>
        <FieldFoot id=id error=error />
    }
}

/// One number of a map.
#[component]
fn NumberField(
    label: String,
    id: String,
    field: MapField,
    fault: Signal<Option<String>>,
    draft: RwSignal<Draft>,
) -> impl IntoView {
    let typed = draft.with_untracked(|draft| draft.fields.get(&field.name).cloned().unwrap_or_default());
    let (unit, name) = (words::unit(&field.unit), field.name.clone());
    let error =
        Signal::derive(move || fault.get().map(|fault| bounds(&fault, field.least, field.most, &field.unit)));
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>
                {label}
            </label>
            <div class="affix">
                <input
                    class="input"
                    id=id.clone()
                    inputmode="numeric"
                    placeholder=t("no-limit")
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    aria-describedby=format!("{id}-error")
                    prop:value=typed
                    on:input=move |event| set_field(draft, &name, event_target_value(&event))
                />
                <span class="affix__end">{unit}</span>
            </div>
            <FieldFoot id=id error=error />
        </div>
    }
}

/// One switch of a map; it is on until it is switched off.
#[component]
fn SwitchField(label: String, field: MapField, draft: RwSignal<Draft>) -> impl IntoView {
    let is_on = draft.with_untracked(|draft| draft.fields.get(&field.name).is_none_or(|typed| typed != "0"));
    view! {
        <label class="choice">
            <input
                type="checkbox"
                checked=is_on
                on:change=move |event| {
                    let typed = if event_target_checked(&event) { "1" } else { "0" };
                    set_field(draft, &field.name, typed.to_owned());
                }
            />
            <span>{label}</span>
        </label>
    }
}

/// Keeps a field of a map that was typed or switched.
fn set_field(draft: RwSignal<Draft>, name: &str, typed: String) {
    draft.update(|draft| {
        draft.fields.insert(name.to_owned(), typed);
        draft.is_custom = true;
    });
}

/// Returns what is wrong with a number, with its bounds if it is out of them.
fn bounds(fault: &str, least: i64, most: i64, unit: &str) -> String {
    if fault == t(Fault::Range) {
        let unit = words::unit(unit);
        return tx(
            Fault::Bounds,
            &[("least", Arg::Number(least)), ("most", Arg::Number(most)), ("unit", Arg::Text(&unit))],
        );
    }
    fault.to_owned()
}

/// A switch.
#[component]
fn OnOff(name: String, draft: RwSignal<Draft>) -> impl IntoView {
    let change = move |event| {
        let is_on = event_target_checked(&event);
        draft.update(|draft| {
            draft.is_on = is_on;
            draft.is_custom = true;
        });
    };
    view! {
        <label class="switch">
            <input
                class="switch__input"
                type="checkbox"
                role="switch"
                aria-label=name
                prop:checked=move || draft.with(|draft| draft.is_on)
                on:change=change
            />
            <b>{move || t(if draft.with(|draft| draft.is_on) { "on" } else { "off" })}</b>
        </label>
    }
}
