//! The stylesheet, after it was lowered.

use super::{NEVER, Versions, since};

/// How a sheet may use what some promised browsers do not know.
#[derive(Clone, Copy, Debug)]
enum Use {
    /// Not at all: what follows would be lost.
    Not,
    /// Inside an `@supports` that asks for it.
    Asked,
    /// After a declaration of the same property that every browser knows.
    Second,
    /// As it likes: a browser that does not know it skips it, and what is lost is decoration.
    Skipped,
    /// As above, without `var()`: with it the browser finds out too late to skip.
    SkippedWhole,
}

/// Text that tells a feature, where it stands, since when it is known, how it may be used.
type Feature = (&'static str, Place, Versions, Use);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// In a selector or the beginning of an at-rule.
    Prelude,
    /// In a value.
    Value,
    /// As the name of a property.
    Property,
}
use Place::{Prelude, Property, Value};

const FEATURES: [Feature; 50] = [
    ("@layer", Prelude, since(99.0, 97.0, 15.4), Use::Not),
    ("@container", Prelude, since(105.0, 110.0, 16.0), Use::Skipped), // The window stands in: `with_window_queries`.
    ("@starting-style", Prelude, since(117.0, 129.0, 17.5), Use::Skipped),
    ("@property", Prelude, since(85.0, 128.0, 16.4), Use::Not),
    ("@scope", Prelude, since(118.0, 146.0, 17.4), Use::Not),
    ("@media not (", Prelude, since(104.0, 102.0, 16.4), Use::Not),
    ("(not (", Prelude, since(104.0, 102.0, 16.4), Use::Not),
    ("(width<", Prelude, since(104.0, 102.0, 16.4), Use::Not),
    ("(width>", Prelude, since(104.0, 102.0, 16.4), Use::Not),
    ("(height<", Prelude, since(104.0, 102.0, 16.4), Use::Not),
    ("(height>", Prelude, since(104.0, 102.0, 16.4), Use::Not),
    ("<=width", Prelude, since(104.0, 102.0, 16.4), Use::Not),
    ("&", Prelude, since(120.0, 117.0, 17.2), Use::Not),
    (":has(", Prelude, since(105.0, 121.0, 15.4), Use::Asked),
    (":is(", Prelude, since(88.0, 82.0, 14.0), Use::Not),
    (":where(", Prelude, since(88.0, 82.0, 14.0), Use::Not),
    (":focus-visible", Prelude, since(86.0, 85.0, 15.4), Use::Not),
    (":user-invalid", Prelude, since(119.0, 88.0, 16.5), Use::Asked),
    (":user-valid", Prelude, since(119.0, 88.0, 16.5), Use::Asked),
    (":dir(", Prelude, since(120.0, 49.0, 16.4), Use::Asked),
    (":popover-open", Prelude, since(114.0, 125.0, 17.0), Use::Asked),
    (":modal", Prelude, since(105.0, 103.0, 15.6), Use::Asked),
    (":open", Prelude, since(133.0, 136.0, 26.0), Use::Asked),
    ("light-dark(", Value, since(123.0, 120.0, 17.5), Use::Not),
    ("color-mix(", Value, since(111.0, 113.0, 16.2), Use::SkippedWhole),
    ("oklch(", Value, since(111.0, 113.0, 15.4), Use::Second),
    ("oklab(", Value, since(111.0, 113.0, 15.4), Use::Second),
    ("lab(", Value, since(111.0, 113.0, 15.0), Use::Second),
    ("dvh", Value, since(108.0, 101.0, 15.4), Use::Asked),
    ("svh", Value, since(108.0, 101.0, 15.4), Use::Asked),
    ("cqi", Value, since(105.0, 110.0, 16.0), Use::Asked),
    ("1lh", Value, since(109.0, 120.0, 16.4), Use::Second),
    ("subgrid", Value, since(117.0, 71.0, 16.0), Use::Asked),
    ("anchor(", Value, since(125.0, 147.0, 26.0), Use::Asked),
    ("overflow:clip", Value, since(90.0, 81.0, 16.0), Use::Asked),
    ("translate", Property, since(104.0, 72.0, 14.1), Use::Not),
    ("rotate", Property, since(104.0, 72.0, 14.1), Use::Not),
    ("scale", Property, since(104.0, 72.0, 14.1), Use::Not),
    ("inset", Property, since(87.0, 66.0, 14.1), Use::Not),
    ("aspect-ratio", Property, since(88.0, 89.0, 15.0), Use::Not),
    ("accent-color", Property, since(93.0, 92.0, 15.4), Use::Not),
    ("field-sizing", Property, since(123.0, NEVER, 26.2), Use::Skipped),
    ("text-wrap", Property, since(114.0, 121.0, 17.4), Use::Skipped),
    ("scrollbar-width", Property, since(121.0, 64.0, 18.2), Use::Skipped),
    ("scrollbar-color", Property, since(121.0, 64.0, 26.2), Use::Skipped),
    ("scrollbar-gutter", Property, since(94.0, 97.0, 18.2), Use::Skipped),
    ("overscroll-behavior", Property, since(63.0, 59.0, 16.0), Use::Skipped),
    ("content-visibility", Property, since(85.0, 125.0, 18.0), Use::Skipped),
    ("container", Property, since(105.0, 110.0, 16.0), Use::Skipped),
    ("interpolate-size", Property, since(129.0, NEVER, NEVER), Use::Skipped),
];

/// What of a sheet some promised browser does not understand.
pub(crate) fn faults(css: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut open: Vec<Block> = vec![Block::default()];
    for piece in pieces(css) {
        match piece {
            Piece::Open(prelude) => {
                let inside = open.iter().any(|it| it.prelude.starts_with("@supports"));
                let asks = prelude.starts_with("@supports");
                if !asks {
                    judge(prelude, Prelude, |use_| matches!(use_, Use::Asked) && inside, &mut faults);
                }
                open.push(Block { prelude, declared: Vec::new() });
            }
            Piece::Declaration(text) => {
                let Some((name, value)) = text.split_once(':') else { continue };
                let inside = open.iter().any(|it| it.prelude.starts_with("@supports"));
                let declared = &mut open.last_mut().expect("the sheet itself is never closed").declared;
                let is_second = declared.contains(&name);
                let has_variable = value.contains("var(");
                let may = |use_| match use_ {
                    Use::Asked => inside,
                    Use::Second => is_second,
                    Use::SkippedWhole => !has_variable,
                    Use::Not | Use::Skipped => false,
                };
                judge(text, Value, may, &mut faults);
                judge(name, Property, may, &mut faults);
                declared.push(name);
            }
            Piece::Close => {
                open.pop();
            }
        }
    }
    faults
}

/// A block that is being read.
#[derive(Default)]
struct Block<'a> {
    prelude: &'a str,
    declared: Vec<&'a str>,
}

fn judge(text: &str, place: Place, may: impl Fn(Use) -> bool, faults: &mut Vec<String>) {
    for (feature, where_, known, use_) in FEATURES {
        let is_used = if place == Property { text == feature } else { text.contains(feature) };
        let is_fine = known.is_everywhere() || matches!(use_, Use::Skipped) || may(use_);
        if where_ == place && is_used && !is_fine {
            faults.push(format!("{feature} ({use_:?}): {text}"));
        }
    }
}

enum Piece<'a> {
    /// What stands in front of a block.
    Open(&'a str),
    Declaration(&'a str),
    Close,
}

/// Cuts a sheet at braces and semicolons that stand neither in quotes nor in parentheses.
fn pieces(css: &str) -> Vec<Piece<'_>> {
    let (mut pieces, mut begun, mut depth, mut quote) = (Vec::new(), 0, 0_usize, None);
    for (at, c) in css.char_indices() {
        match (quote, c) {
            (Some(begun), c) if c == begun => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            (None, '{' | '}' | ';') if depth == 0 => {
                let text = css[begun..at].trim();
                begun = at + 1;
                match c {
                    '{' => pieces.push(Piece::Open(text)),
                    _ if !text.is_empty() => pieces.push(Piece::Declaration(text)),
                    _ => {}
                }
                if c == '}' {
                    pieces.push(Piece::Close);
                }
            }
            _ => {}
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::faults;

    #[test]
    fn what_a_promised_browser_does_not_know_is_found() {
        for css in [
            "a{color:light-dark(#000,#fff)}",
            ".a{&:hover{color:red}}",
            ".a:has(b){color:red}",
            "@media (width<45rem){a{b:c}}",
            "@media not (min-width:45rem){a{b:c}}",
            "a{overflow:clip}",
            "a{block-size:100dvh}",
            "a{translate:0 1px}",
            "a{box-shadow:0 0 color-mix(in srgb,var(--c) 10%,transparent)}",
        ] {
            assert_eq!(faults(css).len(), 1, "{css}: {:?}", faults(css));
        }
    }

    #[test]
    fn what_has_a_fallback_may_stay() {
        for css in [
            "@supports selector(:has(*)){.a:has(b){color:red}}",
            "a{overflow:hidden}@supports (overflow:clip){a{overflow:clip}}",
            "a{color:red;color:oklch(60% .2 20)}",
            ":root{--w:100vh}@supports (height:1dvh){:root{--w:100dvh}}",
            "a{color:color-mix(in srgb,currentColor 10%,transparent)}",
            "a{background:url(\"data:image/svg+xml;a{b&c}\")}",
            "@layer a{b{inset:0}}",
        ] {
            assert_eq!(faults(css), Vec::<String>::new(), "{css}");
        }
    }
}
