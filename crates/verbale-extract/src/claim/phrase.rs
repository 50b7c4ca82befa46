//! Phrases of a pack in the words of a page.

use verbale_pack::fold;

/// How many words "…" stands for at most.
const MAX_GAP: usize = 6;

/// True if `phrase` begins among the first `reach` words of `words`; "…" stands for up to six words.
pub(super) fn phrase_near_start(words: &str, phrase: &str, reach: usize) -> bool {
    let words = cut(words);
    let parts: Vec<Vec<String>> = phrase
        .split('\u{2026}')
        .map(cut)
        .filter(|p| !p.is_empty())
        .collect();
    let Some((first, rest)) = parts.split_first() else {
        return false;
    };
    (0..words.len().min(reach + 1)).any(|at| {
        let Some(mut end) = match_at(&words, at, first) else {
            return false;
        };
        rest.iter().all(|part| {
            let found = (end..=end + MAX_GAP).find_map(|at| match_at(&words, at, part));
            found.map(|e| end = e).is_some()
        })
    })
}

/// Where `part` ends if it stands at `at`.
fn match_at(words: &[String], at: usize, part: &[String]) -> Option<usize> {
    let end = at.checked_add(part.len())?;
    (words.get(at..end)? == part).then_some(end)
}

fn cut(text: &str) -> Vec<String> {
    fold(text)
        .split(|c: char| !(c.is_alphanumeric() || c == '\''))
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::phrase_near_start;

    #[test]
    fn a_gap_stands_for_a_few_words() {
        let text = "the yard missed a second harbor deadline";
        assert!(phrase_near_start(text, "missed … deadline", 3));
        assert!(phrase_near_start(text, "second harbor", 4));
        assert!(!phrase_near_start(text, "second harbor", 2));
        assert!(!phrase_near_start(text, "deadline … missed", 9));
        assert!(!phrase_near_start(text, "arbor", 9));
        assert!(!phrase_near_start(text, "", 9));
    }
}
