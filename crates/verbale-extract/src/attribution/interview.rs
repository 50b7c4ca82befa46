//! Who answers in an interview that prints questions and answers by turns, without names in front of them.

use verbale_core::{Document, Role, Speaker, TextRange};

/// An interview inside a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Interview {
    /// Who answers.
    pub(crate) speaker: Speaker,
    /// From the first question to the last answer.
    pub(crate) range: TextRange,
}

/// Fewer questions than this may stand in any story.
const MIN_QUESTIONS: usize = 3;

/// A longer passage that ends in a question mark is no question of an interviewer.
const MAX_QUESTION_WORDS: usize = 45;

/// Titles by which an interviewer addresses the one who answers: "Ms Brandt, was the lock shut?".
const TITLES: &[&str] = &[
    "Mr",
    "Mr.",
    "Ms",
    "Ms.",
    "Mrs",
    "Mrs.",
    "Dr",
    "Dr.",
    "Minister",
    "Ambassador",
    "Professor",
    "President",
    "General",
    "Director",
    "Commissioner",
    "Madam",
];

/// The interview of a page whose first questions address somebody by name and whose answers speak as "I" or "we".
pub(crate) fn find(document: &Document) -> Option<Interview> {
    let body: Vec<(&str, TextRange)> = document
        .passages()
        .iter()
        .filter(|p| matches!(p.role, Role::Body | Role::Title))
        .map(|p| (document.slice(p.range).trim(), p.range))
        .collect();
    let asks = |i: usize| {
        body[i].0.ends_with('?') && body[i].0.split_whitespace().count() <= MAX_QUESTION_WORDS
    };
    let questions: Vec<usize> = (0..body.len().saturating_sub(1))
        .filter(|&i| asks(i) && !asks(i + 1))
        .collect();
    let (first, last) = (*questions.first()?, *questions.last()?);
    if questions.len() < MIN_QUESTIONS {
        return None;
    }
    let own = questions.iter().filter(|&&q| is_own(body[q + 1].0)).count();
    if 3 * own < questions.len() {
        return None;
    }
    let surname = questions.iter().find_map(|&q| addressed(body[q].0))?;
    Some(Interview {
        speaker: Speaker {
            name: full_name(document.text(), surname),
            ..Speaker::default()
        },
        range: TextRange::new(body[first].1.start(), body[last + 1].1.end()),
    })
}

/// The name in "Ms Brandt, was the lock shut?".
fn addressed(question: &str) -> Option<&str> {
    let (address, _) = question.split_once(',')?;
    let words: Vec<&str> = address.split_whitespace().collect();
    let (title, name) = words.split_first()?;
    let is_name =
        (1..=3).contains(&name.len()) && name.iter().all(|w| w.starts_with(char::is_uppercase));
    (TITLES.contains(title) && is_name)
        .then(|| name.last().copied())
        .flatten()
}

/// The surname with the given name that the text has in front of it once, else with the surname alone.
pub(super) fn full_name(text: &str, surname: &str) -> String {
    let given = |at: usize| {
        let before = text[..at].strip_suffix(' ')?;
        let word = before.rsplit([' ', '\n', '(', '“']).next()?;
        let is_given = word.chars().count() > 1
            && word.starts_with(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || c == '-')
            && !TITLES.contains(&word);
        is_given.then_some(word)
    };
    let found = text.match_indices(surname).find_map(|(at, _)| given(at));
    match found {
        Some(given) => format!("{given} {surname}"),
        None => surname.to_owned(),
    }
}

/// True for an answer in the first person.
fn is_own(answer: &str) -> bool {
    answer.split(|c: char| !c.is_alphanumeric()).any(|w| {
        matches!(
            w,
            "I" | "my" | "My" | "we" | "We" | "our" | "Our" | "me" | "us"
        )
    })
}

#[cfg(test)]
mod tests {
    use verbale_core::{Metadata, PageId, Passage, TextSize};

    use super::*;

    fn interview(lines: &[&str]) -> Option<Interview> {
        let mut text = String::new();
        let mut passages = Vec::new();
        for line in lines {
            let start = TextSize::of(text.as_str());
            text.push_str(line);
            passages.push(Passage {
                role: Role::Body,
                range: TextRange::new(start, TextSize::of(text.as_str())),
                repeats: None,
            });
            text.push('\n');
        }
        let page = PageId::of(text.as_bytes());
        find(&Document::new(page, text, passages, Metadata::default()))
    }

    const PAGE: [&str; 8] = [
        "Ada Brandt ran the lock at Orn for ten years.",
        "Ms Brandt, was the lock shut?",
        "No. I had the key, and 40 barges went through.",
        "Who shut it?",
        "The port did.",
        "And now?",
        "We wait. My crew has 12 men.",
        "The port did not answer questions.",
    ];

    #[test]
    fn who_is_addressed_answers() {
        let found = interview(&PAGE).unwrap();
        assert_eq!(found.speaker.name, "Ada Brandt");
        let start: usize = PAGE[0].len() + 1;
        assert_eq!(usize::from(found.range.start()), start);
        assert!(usize::from(found.range.len()) < PAGE.iter().map(|l| l.len() + 1).sum());
    }

    #[test]
    fn few_questions_or_nobody_addressed_make_no_interview() {
        assert_eq!(interview(&PAGE[..4]), None);
        let mut unnamed = PAGE;
        unnamed[1] = "Was the lock shut?";
        assert_eq!(interview(&unnamed), None);
        assert_eq!(interview(&[]), None);
    }
}
