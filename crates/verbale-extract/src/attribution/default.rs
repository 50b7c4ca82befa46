//! Who asserts what a page says of itself, without any cue.

use verbale_core::{Act, Attribution, Document, Role, Speaker};

use super::{words, writer};

/// The attribution of a bare assertion: the signatory on an official's own page, the official whom its title names, the
/// writer of a paper that somebody else prints and the agency on a wire copy (both with the publisher as chain), else
/// the publisher; without a speaker where the page names none.
pub fn default_speaker(document: &Document) -> Attribution {
    let meta = &document.metadata;
    let (speaker, via, on_behalf_of) = if let Some(signatory) = signatory(document) {
        (Some(signatory), Vec::new(), meta.publisher.clone())
    } else if let Some(official) = official(document) {
        (Some(official), Vec::new(), None)
    } else {
        let own = || meta.publisher.as_deref().map(named);
        let writer = writer::of_paper(document).filter(|_| meta.agency.is_none());
        let speaker = writer
            .or_else(|| meta.agency.as_deref().map(named))
            .or_else(own);
        let prints = |p: &&String| speaker.as_ref().is_some_and(|s| s.name != **p);
        let via = meta.publisher.iter().filter(prints).cloned().collect();
        (speaker, via, None)
    };
    Attribution {
        speaker,
        via,
        on_behalf_of,
        act: Act::Say,
        cue: None,
        said_on: None,
    }
}

/// True for a page on which an office speaks for itself.
pub(super) fn is_own_page(document: &Document) -> bool {
    let kind = &document.metadata.kind;
    let own = kind.contains("official") || kind.contains("statement") || kind == "report";
    document.metadata.agency.is_none() && own
}

/// The office whose own page it is.
pub(super) fn office(document: &Document) -> Option<Speaker> {
    if let Some(writer) = writer::of_paper(document).filter(|_| is_own_page(document)) {
        return Some(writer);
    }
    let publisher = document.metadata.publisher.as_deref();
    match publisher.filter(|_| is_own_page(document)) {
        Some(name) => Some(named(name)),
        None => default_speaker(document)
            .speaker
            .filter(|_| is_own_page(document)),
    }
}

/// The chain under every attributed statement of a page: publisher, then agency; on a page that somebody signs
/// without a publisher, the one who signs it.
pub(super) fn chain(document: &Document) -> Vec<String> {
    let meta = &document.metadata;
    let signed = || signatory(document).filter(|_| meta.publisher.is_none());
    let mut chain: Vec<String> = meta.publisher.iter().chain(&meta.agency).cloned().collect();
    let wrote = || writer::of_paper(document).filter(|_| meta.publisher.is_none());
    chain.extend(signed().or_else(wrote).map(|s| s.name));
    chain
}

fn named(name: &str) -> Speaker {
    Speaker {
        name: name.to_owned(),
        ..Speaker::default()
    }
}

/// The one person whose own words the whole page is: a single author who writes as "we" or "I".
fn signatory(document: &Document) -> Option<Speaker> {
    let meta = &document.metadata;
    let [author] = meta.authors.as_slice() else {
        return None;
    };
    if meta.agency.is_some() || !(is_own_page(document) || speaks_in_first_person(document)) {
        return None;
    }
    Some(Speaker {
        name: author.clone(),
        org: meta.publisher.clone(),
        role: meta.title.as_deref().and_then(function_in),
        ..Speaker::default()
    })
}

/// What officials say on the pages of their offices: the first words of such titles, in lower case.
const OCCASIONS: &[&str] = &[
    "answer",
    "answers",
    "briefing",
    "comment",
    "comments",
    "remarks",
    "speech",
    "address",
    "interview",
    "reply",
    "replies",
    "statement",
    "message",
    "excerpts",
    "transcript",
];

/// Most words of a person's name in a title.
const MAX_NAME_WORDS: usize = 4;

/// The official who speaks throughout an office's own page, by its title or by the labels of a transcript.
fn official(document: &Document) -> Option<Speaker> {
    official_of_title(document).or_else(|| official_of_transcript(document))
}

/// Most words of a label in a transcript: "Ms Brandt, Deputy Spokesperson".
const MAX_LABEL_WORDS: usize = 6;

/// "Ms Brandt, Spokesperson: Good morning." among passages that begin with "Question": who answers on an office's own
/// page.
fn official_of_transcript(document: &Document) -> Option<Speaker> {
    if !is_own_page(document) {
        return None;
    }
    let labels: Vec<&str> = document
        .passages()
        .iter()
        .filter(|p| p.role == Role::Body)
        .filter_map(|p| document.slice(p.range).split_once(':'))
        .map(|(label, _)| label.trim_matches(['*', '_', ' ']))
        .filter(|l| l.split_whitespace().count() <= MAX_LABEL_WORDS)
        .collect();
    let asks = |l: &&str| {
        matches!(
            l.split([' ', '(']).next(),
            Some("Question" | "Q" | "Journalist" | "Reporter")
        )
    };
    if labels.iter().filter(|l| asks(l)).count() < 2 {
        return None;
    }
    let name_of = |l: &str| {
        l.split([',', '('])
            .next()
            .unwrap_or_default()
            .trim()
            .to_owned()
    };
    let is_name = |l: &&&str| {
        let name = name_of(l);
        let (_, name) = without_office(&name);
        let words = name.split_whitespace();
        !asks(l)
            && (2..=MAX_NAME_WORDS).contains(&words.clone().count())
            && words.clone().all(|w| w.starts_with(char::is_uppercase))
    };
    let first = labels.iter().find(is_name)?;
    let whole = name_of(first);
    let (office, name) = without_office(&whole);
    // Named in full once, then "Brandt:".
    let surname = name.rsplit(' ').next().unwrap_or(name);
    let is_same = |l: &&&str| {
        let own = name_of(l);
        own == whole || without_office(&own).1.rsplit(' ').next() == Some(surname)
    };
    let answers = labels.iter().filter(is_same).count();
    let role = first
        .split_once(',')
        .map(|(_, role)| role.trim().to_lowercase())
        .or(office);
    let name = name.to_owned();
    (answers >= 2).then(|| Speaker {
        name,
        org: document.metadata.publisher.clone(),
        role,
        ..Speaker::default()
    })
}

/// "Spokesperson Ada Brandt": the office in front of a name, and the name; "Ms Brandt" keeps its title.
fn without_office(label: &str) -> (Option<String>, &str) {
    match label.split_once(' ') {
        Some((first, name)) if name.contains(' ') && words::is_office(&first.to_lowercase()) => {
            (Some(first.to_lowercase()), name)
        }
        _ => (None, label),
    }
}

/// "Briefing by Foreign Ministry spokesman Ivo Lund, 3 May": the official whom the title of an office's own page
/// names, with the function in front of the name.
fn official_of_title(document: &Document) -> Option<Speaker> {
    let meta = &document.metadata;
    let title = meta.title.as_deref().filter(|_| is_own_page(document))?;
    let words: Vec<&str> = title.split_whitespace().collect();
    let bare = |w: &str| {
        w.trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase()
    };
    words
        .iter()
        .take(MAX_NAME_WORDS)
        .find(|w| OCCASIONS.contains(&bare(w).as_str()))?;
    let office = words.iter().position(|w| words::is_office(&bare(w)))?;
    let mut name: Vec<&str> = Vec::new();
    for word in words.get(office + 1..)?.iter().take(MAX_NAME_WORDS) {
        if !word.starts_with(char::is_uppercase) {
            break;
        }
        name.push(word.trim_end_matches([',', '.', ':', ';']));
        if word.ends_with([',', '.', ':', ';']) {
            break;
        }
    }
    // "The Spokesperson, Ada Brandt, on …": set off on both sides.
    let set_off = words[office].ends_with(',')
        && words
            .get(office + name.len())
            .is_some_and(|w| w.ends_with(','));
    let follows = set_off || !words[office].ends_with([',', ':']);
    (name.len() >= 2 && follows).then(|| Speaker {
        name: name.join(" "),
        org: meta.publisher.clone(),
        role: Some(bare(words[office])),
        ..Speaker::default()
    })
}

/// Share of sentences with "we", "our", "I" outside quotations above which a page is somebody's own words.
const FIRST_PERSON_SHARE: f64 = 0.25;

fn speaks_in_first_person(document: &Document) -> bool {
    let (mut sentences, mut own) = (0usize, 0usize);
    for p in document.passages().iter().filter(|p| p.role == Role::Body) {
        let text = document.slice(p.range);
        let quotes = super::quotes::find(text);
        let mut at = 0;
        for sentence in text.split_inclusive(['.', '!', '?']) {
            let start = at;
            at += sentence.len();
            if sentence.split_whitespace().count() < 3 {
                continue;
            }
            sentences += 1;
            own += usize::from(words_of(sentence).any(|(offset, w)| {
                matches!(
                    w,
                    "we" | "our" | "We" | "Our" | "I" | "my" | "My" | "us" | "ours"
                ) && !quotes.iter().any(|q| q.contains(start + offset))
            }));
        }
    }
    sentences >= 3 && own as f64 >= FIRST_PERSON_SHARE * sentences as f64
}

/// The words of a text with their offsets in bytes.
fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive(|c: char| !c.is_alphanumeric())
        .filter_map(move |piece| {
            let start = at;
            at += piece.len();
            let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
            (!word.is_empty()).then_some((start, word))
        })
}

/// "Ambassador's Welcome Word" is the ambassador's.
fn function_in(title: &str) -> Option<String> {
    words_of(title)
        .map(|(_, w)| w.to_lowercase())
        .find(|w| words::is_office(w))
}

#[cfg(test)]
mod tests {
    use verbale_core::{Metadata, PageId, Passage, TextRange, TextSize};

    use super::*;

    fn document(text: &str, metadata: Metadata) -> Document {
        let range = TextRange::up_to(TextSize::of(text));
        let passage = Passage {
            role: Role::Body,
            range,
            repeats: None,
        };
        Document::new(
            PageId::of(text.as_bytes()),
            text.to_owned(),
            vec![passage],
            metadata,
        )
    }

    const NEWS: &str = "The lock was shut. Barges waited outside. Nobody knew why. Rain fell.";
    const OWN: &str = "We opened the lock in May. Our crew has painted the gates. Barges came back. I thank them.";

    #[track_caller]
    fn check(text: &str, metadata: Metadata, speaker: Option<&str>, via: &[&str]) {
        let a = default_speaker(&document(text, metadata));
        assert_eq!(a.speaker.as_ref().map(|s| s.name.as_str()), speaker);
        assert_eq!(a.via, via);
    }

    #[test]
    fn publisher_agency_signatory_or_nobody() {
        let publisher = || Some("The Canal Post".to_owned());
        let wire = || Some("Delta Press".to_owned());
        check(NEWS, Metadata::default(), None, &[]);
        check(
            NEWS,
            Metadata {
                publisher: publisher(),
                ..Metadata::default()
            },
            Some("The Canal Post"),
            &[],
        );
        check(
            NEWS,
            Metadata {
                publisher: publisher(),
                agency: wire(),
                ..Metadata::default()
            },
            Some("Delta Press"),
            &["The Canal Post"],
        );
        let author = vec!["Ada Brandt".to_owned()];
        let byline = Metadata {
            publisher: publisher(),
            authors: author.clone(),
            ..Metadata::default()
        };
        check(NEWS, byline.clone(), Some("The Canal Post"), &[]);
        check(OWN, byline, Some("Ada Brandt"), &[]);
    }

    #[test]
    fn the_title_names_the_official_who_speaks() {
        let page = |title: &str| Metadata {
            title: Some(title.into()),
            publisher: Some("Canal Authority".into()),
            kind: "official statement".into(),
            ..Metadata::default()
        };
        let named = page("Briefing by Canal Authority spokesman Ivo Lund, Lisse, 3 May");
        check(NEWS, named, Some("Ivo Lund"), &[]);
        let meeting = page("Director Ivo Lund meets the pilots");
        check(NEWS, meeting, Some("Canal Authority"), &[]);
    }

    #[test]
    fn the_title_tells_the_function_and_the_publisher_whom_it_serves() {
        let metadata = Metadata {
            title: Some("Director's New Year Message".into()),
            publisher: Some("Canal Authority".into()),
            authors: vec!["Ada Brandt".into()],
            kind: "official statement".into(),
            ..Metadata::default()
        };
        let a = default_speaker(&document(OWN, metadata));
        let speaker = a.speaker.unwrap();
        assert_eq!(speaker.role.as_deref(), Some("director"));
        assert_eq!(speaker.org.as_deref(), Some("Canal Authority"));
        assert_eq!(a.on_behalf_of.as_deref(), Some("Canal Authority"));
    }
}
