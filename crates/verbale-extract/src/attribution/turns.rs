//! Who speaks in which passage of a page that prints a conversation: the labels of a transcript ("BRANDT: We wait.") and
//! the answers of an interview without labels.

use verbale_core::{Document, Passage, Role, Speaker, TextRange};

use super::{interview, words};

/// What one of those who talk says in one go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Turn {
    pub(crate) speaker: Speaker,
    /// The label as printed; empty where there is none.
    pub(crate) label: String,
    /// The passages from the label to the next one.
    pub(crate) range: TextRange,
}

/// Fewer turns than this are no conversation.
const MIN_TURNS: usize = 5;

/// Most words of a label: "Director Ada Brandt".
const MAX_LABEL_WORDS: usize = 4;

/// The turns of a page, in its order; none where it prints no conversation.
pub(crate) fn find(document: &Document) -> Vec<Turn> {
    let turns = of_transcript(document);
    if !turns.is_empty() {
        return turns;
    }
    let whole = |found: interview::Interview| Turn {
        speaker: found.speaker,
        label: String::new(),
        range: found.range,
    };
    match interview::find(document) {
        Some(found) => vec![whole(found)],
        None => of_digest(document),
    }
}

/// The items of a digest, each of which ends in its source: "… if only with a caretaker. (Deltawire)". One such item
/// alone is a story with a credit.
fn of_digest(document: &Document) -> Vec<Turn> {
    let publisher = document.metadata.publisher.as_deref();
    let item = |p: &Passage| {
        let words = document.slice(p.range).trim_end().strip_suffix(')')?;
        let (before, source) = words.rsplit_once(" (")?;
        let source = source.split(',').next()?.trim();
        let is_name = source.split(' ').count() <= MAX_LABEL_WORDS
            && source.split(' ').all(|w| w.starts_with(char::is_uppercase));
        let ends = before.ends_with(['.', '!', '?', '”', '"', '’']);
        (is_name && ends && Some(source) != publisher).then(|| Turn {
            speaker: Speaker {
                name: source.to_owned(),
                ..Speaker::default()
            },
            label: String::new(),
            range: p.range,
        })
    };
    let body = document.passages().iter().filter(|p| p.role == Role::Body);
    let items: Vec<Turn> = body.filter_map(item).collect();
    match items.len() >= MIN_ITEMS && document.metadata.agency.is_none() {
        true => items,
        false => Vec::new(),
    }
}

/// Fewer items with sources make no digest.
const MIN_ITEMS: usize = 2;

/// The turn that holds a place of the text.
pub(crate) fn at(turns: &[Turn], range: TextRange) -> Option<&Turn> {
    turns.iter().find(|t| t.range.contains_range(range))
}

fn of_transcript(document: &Document) -> Vec<Turn> {
    let body: Vec<&Passage> = document
        .passages()
        .iter()
        .filter(|p| p.role == Role::Body)
        .collect();
    let labels: Vec<Option<&str>> = body
        .iter()
        .map(|p| label(document.slice(p.range)))
        .collect();
    let n_of = |l: &str| labels.iter().flatten().filter(|o| **o == l).count();
    // Two who talk, each of them more than once.
    let talks = |l: &&str| n_of(l) >= 2;
    let mut voices: Vec<&str> = labels.iter().flatten().copied().filter(talks).collect();
    let n_turns = voices.len();
    voices.sort_unstable();
    voices.dedup();
    if n_turns < MIN_TURNS || voices.len() < 2 {
        return Vec::new();
    }
    let firsts: Vec<usize> = (0..body.len())
        .filter(|&i| labels[i].is_some_and(|l| talks(&l)))
        .collect();
    let end_of = |k: usize| match firsts.get(k + 1) {
        Some(&next) => body[next - 1].range.end(),
        None => body[firsts[k]].range.end(),
    };
    let turn = |(k, &i): (usize, &usize)| {
        let label = labels[i].unwrap_or_default();
        Turn {
            speaker: speaker(document, label),
            label: label.to_owned(),
            range: TextRange::new(body[i].range.start(), end_of(k)),
        }
    };
    firsts.iter().enumerate().map(turn).collect()
}

/// The name in front of a passage: "BRANDT:", "**Ada Brandt:**"; no "Question:", which names nobody.
fn label(passage: &str) -> Option<&str> {
    let bare = passage.trim_start_matches(['*', '_', '—', '–', '-', ' ']);
    let (label, _) = bare.split_once(':')?;
    let label = label.trim_end_matches(['*', '_', ' ']);
    let is_name = |w: &str| {
        w.starts_with(char::is_uppercase)
            && w.chars()
                .all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '’' | '\''))
    };
    let n_words = label.split(' ').count();
    let anonymous = [
        "Question",
        "Q",
        "Answer",
        "A",
        "Journalist",
        "Reporter",
        "Note",
        "Update",
        "Correction",
    ];
    ((1..=MAX_LABEL_WORDS).contains(&n_words)
        && label.split(' ').all(is_name)
        && label.len() > 1
        && !anonymous.iter().any(|a| a.eq_ignore_ascii_case(label)))
    .then_some(label)
}

/// Who is meant by a label, by the line that introduces them: "Guest: Ada Brandt, director of the Orn lock".
fn speaker(document: &Document, label: &str) -> Speaker {
    let surname = label.rsplit(' ').next().unwrap_or(label);
    let is_surname = |w: &str| w.to_lowercase() == surname.to_lowercase();
    let introduced = document.passages().iter().find_map(|p| {
        let line = document.slice(p.range);
        let (_, cast) = line.split_once(':')?;
        let (name, rest) = match cast.split_once(',') {
            Some((name, rest)) => (name.trim(), Some(rest.trim())),
            None => (cast.trim(), None),
        };
        let given = name.split(' ').count();
        let fits = (2..=MAX_LABEL_WORDS).contains(&given)
            && name.split(' ').all(|w| w.starts_with(char::is_uppercase))
            && name.rsplit(' ').next().is_some_and(is_surname);
        fits.then(|| (name.to_owned(), rest.map(str::to_owned)))
    });
    let (name, function) = introduced.unwrap_or_else(|| (in_text(document, surname), None));
    let (role, org) = match function {
        Some(function) => in_parts(&function),
        None => (
            None,
            document
                .metadata
                .publisher
                .clone()
                .filter(|_| name.contains(' ')),
        ),
    };
    Speaker {
        name,
        role,
        org,
        ..Speaker::default()
    }
}

/// "Chief inspector of Orn": function and house.
fn in_parts(function: &str) -> (Option<String>, Option<String>) {
    let function = function.trim_end_matches('.');
    let cut = [" of the ", " of ", " at the ", " at ", " for "]
        .iter()
        .find_map(|link| function.split_once(link));
    match cut {
        Some((role, org)) => (Some(role.to_owned()), Some(org.to_owned())),
        None => (Some(function.to_owned()), None),
    }
}

/// The name as the text has it elsewhere, with the given name before it.
fn in_text(document: &Document, surname: &str) -> String {
    let mut chars = surname.chars();
    let written: String = match chars.next() {
        Some(first) if surname.len() > 1 && !surname.chars().any(char::is_lowercase) => {
            first.to_string() + &chars.as_str().to_lowercase()
        }
        _ => surname.to_owned(),
    };
    let name = interview::full_name(document.text(), &written);
    let (first, _) = name.split_once(' ').unwrap_or_default();
    match words::is_office(&first.to_lowercase()) {
        true => written,
        false => name,
    }
}

#[cfg(test)]
mod tests {
    use verbale_core::{Metadata, PageId, TextSize};

    use super::*;

    fn turns(lines: &[&str]) -> Vec<Turn> {
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
        "Guest: Ada Brandt, director of the Orn lock",
        "VOSS: The lock was shut for a week.",
        "BRANDT: It was. We had no key.",
        "VOSS: Who had it?",
        "BRANDT: The port.",
        "It has had it since May.",
        "VOSS: Thank you.",
        "Next week: eels.",
    ];

    #[test]
    fn labels_tell_who_speaks() {
        let turns = turns(&PAGE);
        let names: Vec<&str> = turns.iter().map(|t| t.speaker.name.as_str()).collect();
        assert_eq!(names, ["Voss", "Ada Brandt", "Voss", "Ada Brandt", "Voss"]);
        assert_eq!(turns[1].speaker.role.as_deref(), Some("director"));
        assert_eq!(turns[1].speaker.org.as_deref(), Some("Orn lock"));
        let lines = |t: &Turn| usize::from(t.range.len());
        assert_eq!(lines(&turns[3]), PAGE[4].len() + 1 + PAGE[5].len());
        assert_eq!(lines(&turns[4]), PAGE[6].len());
    }

    #[test]
    fn one_who_talks_alone_makes_no_conversation() {
        assert_eq!(turns(&PAGE[..4]), []);
        let mut questions = PAGE;
        questions[1] = "Question: Was the lock shut?";
        questions[3] = "Question: Who had the key?";
        questions[6] = "Question: Why?";
        assert_eq!(turns(&questions), []);
    }
}
