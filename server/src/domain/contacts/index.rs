//! The alphabetical index of the list.

/// The letters of the list with the place where each begins, and how many contacts there are, from how many there are
/// by the first character of the folded name.
pub(super) fn places(initials: Vec<(String, i64)>) -> (Vec<(String, usize)>, usize) {
    let mut index: Vec<(String, usize)> = Vec::new();
    let mut place = 0;
    for (initial, people) in initials {
        let letter = letter(&initial);
        if index.last().is_none_or(|(last, _)| *last != letter) {
            index.push((letter, place));
        }
        place += usize::try_from(people).unwrap_or(0);
    }
    (index, place)
}

/// The letter a name stands under: a Latin letter, or the script of other names.
fn letter(initial: &str) -> String {
    match initial.chars().next().unwrap_or('#') {
        latin @ 'a'..='z' => latin.to_ascii_uppercase().to_string(),
        '\u{3040}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' => "中文 · 日本語".to_owned(),
        other if other.is_alphabetic() => other.to_uppercase().to_string(),
        _ => "#".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_under_their_letter_or_script() {
        let initials = [("7", 1), ("a", 2), ("z", 1), ("ø", 1), ("田", 3), ("陳", 1)];
        let (index, total) = places(initials.map(|(initial, people)| (initial.to_owned(), people)).into());
        let expected = [("#", 0), ("A", 1), ("Z", 3), ("Ø", 4), ("中文 · 日本語", 5)];
        assert_eq!(index, expected.map(|(letter, place)| (letter.to_owned(), place)));
        assert_eq!(total, 9);
    }
}
