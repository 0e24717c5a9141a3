//! A text with what was searched for marked in it.

use leptos::prelude::*;

/// The parts of a text, each with whether it is what was searched for, without regard to case.
pub fn parts(text: &str, wanted: &str) -> Vec<(bool, String)> {
    let fold = |c: char| c.to_lowercase().next().unwrap_or(c);
    let wanted: Vec<char> = wanted.trim().chars().map(fold).collect();
    let letters: Vec<char> = text.chars().collect();
    let (mut found, mut at) = (Vec::<(bool, String)>::new(), 0);
    while at < letters.len() {
        let hit = !wanted.is_empty()
            && letters.len() - at >= wanted.len()
            && wanted.iter().zip(&letters[at..]).all(|(wanted, letter)| *wanted == fold(*letter));
        let length = if hit { wanted.len() } else { 1 };
        let piece: String = letters[at..at + length].iter().collect();
        match found.last_mut() {
            Some((false, last)) if !hit => last.push_str(&piece),
            _ => found.push((hit, piece)),
        }
        at += length;
    }
    found
}

/// The text with its hits marked.
#[component]
pub fn Highlight(
    /// The text.
    #[prop(into)]
    text: String,
    /// What is searched for; nothing is marked while it is empty.
    #[prop(into)]
    wanted: String,
) -> impl IntoView {
    parts(&text, &wanted)
        .into_iter()
        .map(|(hit, piece)| if hit { view! { <mark>{piece}</mark> }.into_any() } else { piece.into_any() })
        .collect_view()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hits_are_found_in_any_case_and_script() {
        let marked = |text, wanted| -> Vec<String> {
            parts(text, wanted).into_iter().filter(|part| part.0).map(|part| part.1).collect()
        };
        assert_eq!(marked("Client onboarding, ONBOARDING", "onBoarding"), ["onboarding", "ONBOARDING"]);
        assert_eq!(marked("客戶開通流程", "開通"), ["開通"]);
        assert_eq!(marked("Client", ""), Vec::<String>::new());
        assert_eq!(parts("abc", "b"), [(false, "a".into()), (true, "b".into()), (false, "c".into())]);
    }
}
