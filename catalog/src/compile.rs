//! From Fluent files to catalogs, when the application is built.

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

use anyhow::{Result, bail, ensure};
use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey},
    parser,
};
use std::collections::BTreeMap;

/// Compiles every text of a Fluent file.
///
/// # Errors
/// If the file cannot be read, or a text uses what no catalog holds.
pub fn compile(source: &str) -> Result<String> {
    compile_some(source, |_| true)
}

/// Compiles the texts whose ids `is_wanted` accepts.
///
/// # Errors
/// If the file cannot be read, or a text uses what no catalog holds.
pub fn compile_some(source: &str, mut is_wanted: impl FnMut(&str) -> bool) -> Result<String> {
    let resource = match parser::parse(source) {
        Ok(resource) => resource,
        Err((_, errors)) => bail!("the texts cannot be read: {errors:?}"),
    };
    let mut texts = BTreeMap::new();
    for entry in resource.body {
        let Entry::Message(message) = entry else { continue };
        let id = message.id.name;
        let Some(pattern) = message.value else { bail!("{id} has no text") };
        ensure!(message.attributes.is_empty(), "{id} has attributes");
        let mut text = String::new();
        write_pattern(&pattern, &mut text).map_err(|error| error.context(id.to_owned()))?;
        if is_wanted(id) {
            texts.insert(id, text);
        }
    }
    Ok(serde_json::to_string(&texts)?)
}

fn write_pattern(pattern: &Pattern<&str>, into: &mut String) -> Result<()> {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => {
                ensure!(!value.contains(['{', '}']), "a brace stands for itself");
                into.push_str(value);
            }
            PatternElement::Placeable { expression: Expression::Inline(variable) } => {
                into.extend(["{", name(variable)?, "}"]);
            }
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                into.extend(["{", name(selector)?, ", plural,"]);
                variants.iter().try_for_each(|variant| write_variant(variant, into))?;
                into.push('}');
            }
        }
    }
    Ok(())
}

fn write_variant(variant: &Variant<&str>, into: &mut String) -> Result<()> {
    let VariantKey::Identifier { name } = variant.key else { bail!("a variant is chosen by a number") };
    ensure!(["zero", "one", "two", "few", "many", "other"].contains(&name), "{name} is no plural category");
    ensure!(variant.default == (name == "other"), "the default variant is not \"other\"");
    into.extend([" ", name, " {"]);
    write_pattern(&variant.value, into)?;
    into.push('}');
    Ok(())
}

fn name<'a>(expression: &InlineExpression<&'a str>) -> Result<&'a str> {
    match expression {
        InlineExpression::VariableReference { id } => Ok(id.name),
        other => bail!("only variables can be inserted: {other:?}"),
    }
}
