//! Cases in marked strings (`fixtures/attribution/cases.txt`) and properties on arbitrary text.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use proptest::prelude::*;
use verbale_core::{
    Anchor, Document, Metadata, PageId, PartialDate, Passage, Publication, Role, TextRange,
    TextSize, Timex,
};
use verbale_nlp::{Doc, TokenAnnotation};
use verbale_pack::Packs;

use super::{AttributionMark, Form, Nature, find, mark_of};
use crate::Reading;

/// Read once: the packs are large.
static PACKS: LazyLock<Packs> = LazyLock::new(Packs::builtin);

const CASES: &str = include_str!("../../fixtures/attribution/cases.txt");
const PARSES: &str = include_str!("../../fixtures/attribution/cases.parses");

/// One case: its passages without marks, and what the marks say.
#[derive(Default)]
struct Case {
    name: String,
    text: String,
    /// Marked ranges by kind and number.
    marked: BTreeMap<(char, u32), Vec<TextRange>>,
    metadata: Metadata,
    /// Expectations by relation.
    expected: Vec<(u32, String, String)>,
}

impl Case {
    fn relations(&self) -> Vec<u32> {
        let mut numbers: Vec<u32> = self
            .marked
            .keys()
            .filter(|(kind, _)| *kind == 'T')
            .map(|&(_, n)| n)
            .collect();
        numbers.dedup();
        numbers
    }

    fn words(&self, kind: char, n: u32) -> Vec<String> {
        let ranges = self.marked.get(&(kind, n)).cloned().unwrap_or_default();
        pieces(&self.text, &ranges)
    }

    fn document(&self) -> Document {
        let mut passages = Vec::new();
        let mut at = 0;
        for line in self.text.split_inclusive('\n') {
            let words = line.trim_end_matches('\n');
            let range = TextRange::at(TextSize::from(at as u32), TextSize::of(words));
            passages.push(Passage {
                role: Role::Body,
                range,
                repeats: None,
            });
            at += line.len();
        }
        let page = PageId::of(self.text.as_bytes());
        Document::new(page, self.text.clone(), passages, self.metadata.clone())
    }

    fn times(&self) -> Vec<Timex> {
        let ranges = self
            .marked
            .iter()
            .filter(|((kind, _), _)| *kind == 'D')
            .flat_map(|(_, r)| r);
        let date: PartialDate = "2020-01".parse().unwrap();
        ranges
            .map(|&r| Timex {
                range: Some(r),
                ..Timex::from_date(date, &self.text[r], Anchor::Text)
            })
            .collect()
    }
}

/// The words of ranges without marks and punctuation at the ends, neighbors joined.
fn pieces(text: &str, ranges: &[TextRange]) -> Vec<String> {
    let mut ranges = ranges.to_vec();
    ranges.sort_by_key(|r| r.start());
    let mut joined: Vec<TextRange> = Vec::new();
    for r in ranges {
        match joined.last_mut() {
            Some(last)
                if text[TextRange::new(last.end(), r.start())]
                    .trim_matches(edge)
                    .is_empty() =>
            {
                *last = last.cover(r);
            }
            _ => joined.push(r),
        }
    }
    joined
        .iter()
        .map(|&r| text[r].trim_matches(edge).to_owned())
        .filter(|w| !w.is_empty())
        .collect()
}

fn edge(c: char) -> bool {
    c.is_whitespace() || "\"“”‘’'.,;:!?—–-()".contains(c)
}

fn cases() -> Vec<Case> {
    CASES
        .split("\n## ")
        .skip(1)
        .map(|block| {
            let mut case = Case::default();
            for (i, line) in block.lines().enumerate() {
                if i == 0 {
                    case.name = line.to_owned();
                } else if let Some(meta) = line.strip_prefix("@ ") {
                    set_metadata(&mut case.metadata, meta);
                } else if let Some(expected) = line.strip_prefix("= ") {
                    case.expected.push(expectation(expected));
                } else if !line.is_empty() && !line.starts_with('#') {
                    read_marks(&mut case, line);
                }
            }
            case
        })
        .collect()
}

fn set_metadata(metadata: &mut Metadata, line: &str) {
    let (key, value) = line.split_once(": ").unwrap();
    match key {
        "publisher" => metadata.publisher = Some(value.to_owned()),
        "agency" => metadata.agency = Some(value.to_owned()),
        "published" => {
            let date = value.parse().unwrap();
            metadata.published = Some(Publication {
                date,
                rule: "text".to_owned(),
            });
        }
        _ => panic!("unknown metadata {key}"),
    }
}

fn expectation(line: &str) -> (u32, String, String) {
    let (left, value) = line.split_once(": ").unwrap();
    let (number, field) = left.split_once(' ').unwrap();
    (number.parse().unwrap(), field.to_owned(), value.to_owned())
}

/// Takes the marks out of one passage and notes where they stood.
fn read_marks(case: &mut Case, line: &str) {
    if !case.text.is_empty() {
        case.text.push('\n');
    }
    let mut open: Vec<(char, Vec<u32>, TextSize)> = Vec::new();
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '[' => {
                let (mark, after) = rest.split_once(' ').unwrap();
                rest = after;
                // "S12" speaks in relations 1 and 2.
                let digits: Vec<u32> = mark[1..].chars().filter_map(|c| c.to_digit(10)).collect();
                let numbers = if digits.is_empty() { vec![1] } else { digits };
                open.push((
                    mark.chars().next().unwrap(),
                    numbers,
                    TextSize::of(&case.text),
                ));
            }
            ']' => {
                let (kind, numbers, start) = open.pop().unwrap();
                let range = TextRange::new(start, TextSize::of(&case.text));
                for n in numbers {
                    case.marked.entry((kind, n)).or_default().push(range);
                }
            }
            c => case.text.push(c),
        }
    }
    assert!(open.is_empty(), "every mark is closed: {line}");
}

/// The recorded parses by text.
fn parses() -> BTreeMap<String, Doc> {
    PARSES
        .split("\n\n")
        .filter_map(|block| {
            let mut lines = block.lines();
            let text = lines.next()?.strip_prefix("# ")?.to_owned();
            let mut at = 0;
            let tokens = lines
                .map(|line| {
                    let f: Vec<&str> = line.split('\t').collect();
                    let start = at + text[at..].find(f[0]).expect("the token stands in the text");
                    at = start + f[0].len();
                    let (iob, entity) = f[7].split_once('-').unwrap_or(("O", ""));
                    TokenAnnotation {
                        range: start..at,
                        lemma: f[1].to_owned(),
                        tag: f[2].to_owned(),
                        pos: f[3].to_owned(),
                        dep: f[4].to_owned(),
                        head: f[5].parse().unwrap(),
                        sent_start: f[6] == "S",
                        ent_type: entity.to_owned(),
                        ent_start: iob == "B",
                        ..TokenAnnotation::default()
                    }
                })
                .collect();
            Some((text.clone(), Doc::from_parts(text, tokens)))
        })
        .collect()
}

/// What a case gets wrong, in words; empty if nothing.
fn faults(case: &Case, marks: &[AttributionMark]) -> Vec<String> {
    let mut faults = Vec::new();
    let seen = |ranges: &[TextRange]| pieces(&case.text, ranges);
    let mut wanted = Vec::new();
    for n in case.relations() {
        let content = case.words('T', n);
        let Some(i) = marks.iter().position(|m| seen(&m.content) == content) else {
            faults.push(format!("no content {content:?}"));
            continue;
        };
        wanted.push(i);
        if seen(&marks[i].speaker) != case.words('S', n) {
            faults.push(format!("speaker {:?}", seen(&marks[i].speaker)));
        }
        if seen(&marks[i].cue).join(" ") != case.words('C', n).join(" ")
            && case.marked.contains_key(&('C', n))
        {
            faults.push(format!("cue {:?}", seen(&marks[i].cue)));
        }
        for (_, field, value) in case.expected.iter().filter(|(k, _, _)| *k == n) {
            let found = resolved(&marks[i], field);
            if &found != value {
                faults.push(format!("{n} {field}: {found} instead of {value}"));
            }
        }
    }
    for (i, m) in marks.iter().enumerate() {
        if m.asserts() && !wanted.contains(&i) {
            faults.push(format!(
                "unexpected {} {:?} {:?}",
                m.rule,
                seen(&m.cue),
                seen(&m.content)
            ));
        }
    }
    faults
}

/// One field of a resolved attribution, as the cases write it; `-` for nothing.
fn resolved(mark: &AttributionMark, field: &str) -> String {
    let a = &mark.attribution;
    let speaker = a.speaker.as_ref();
    let word = match field {
        "speaker" => speaker.map(|s| s.name.clone()),
        "org" => speaker.and_then(|s| s.org.clone()),
        "role" => speaker.and_then(|s| s.role.clone()),
        "anonymous" => Some(
            speaker
                .and_then(|s| s.anonymity.as_ref())
                .map_or("no".to_owned(), |a| a.tier.to_string()),
        ),
        "reason" => speaker.and_then(|s| s.anonymity.as_ref()?.reason.clone()),
        "via" => Some(a.via.join(", ")),
        "behalf" => a.on_behalf_of.clone(),
        "act" => Some(a.act.to_string()),
        "said" => a.said_on.as_ref().and_then(|t| match t.raw.as_str() {
            "" => t.iso(),
            raw => Some(raw.to_owned()),
        }),
        "nature" => Some(format!("{:?}", mark.nature).to_lowercase()),
        "form" => Some(format!("{:?}", mark.form).to_lowercase()),
        _ => panic!("unknown field {field}"),
    };
    word.filter(|w| !w.is_empty())
        .unwrap_or_else(|| "-".to_owned())
}

fn read(case: &Case, parses: &BTreeMap<String, Doc>) -> Vec<AttributionMark> {
    let document = case.document();
    let reading = Reading::new(&document, |words| {
        parses
            .get(words)
            .unwrap_or_else(|| panic!("no parse of `{words}`: run record.py"))
            .clone()
    });
    find(&reading, &PACKS, &case.times()).marks
}

#[test]
fn cases_come_out_as_marked() {
    let parses = parses();
    let cases = cases();
    assert!(cases.len() >= 75, "{} cases", cases.len());
    let mut report = String::new();
    for case in &cases {
        for fault in faults(case, &read(case, &parses)) {
            report.push_str(&format!("{}: {fault}\n", case.name));
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn words_belong_to_the_innermost_assertion() {
    let parses = parses();
    let case = cases()
        .into_iter()
        .find(|c| c.name.starts_with("nested: an outlet"))
        .unwrap();
    let marks = read(&case, &parses);
    let inner = case.marked[&('T', 2)][0];
    let mark = &marks[mark_of(&marks, inner).unwrap()];
    assert_eq!(mark.nature, Nature::Statement);
    assert_eq!(mark.form, Form::Indirect);
    assert!(mark.parent.is_some());
    assert_eq!(mark_of(&marks, TextRange::empty(0.into())), None);
}

/// A parse that may be wrong in every way that `Doc` allows.
fn arbitrary_doc(text: &str, seeds: &[u8]) -> Doc {
    const WORDS: [(&str, &str); 8] = [
        ("say", "VBD"),
        ("that", "IN"),
        ("minister", "NN"),
        ("it", "PRP"),
        ("accord", "VBG"),
        ("call", "VBN"),
        ("Lund", "NNP"),
        ("statement", "NN"),
    ];
    const DEPS: [&str; 12] = [
        "nsubj",
        "ccomp",
        "ROOT",
        "dobj",
        "prep",
        "pobj",
        "advcl",
        "conj",
        "nsubjpass",
        "agent",
        "acl",
        "relcl",
    ];
    let mut tokens = Vec::new();
    let mut start = 0;
    let seed = |i: usize| usize::from(seeds[i % seeds.len()]);
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        if !word.is_empty() {
            let i = tokens.len();
            let (lemma, tag) = WORDS[seed(i) % WORDS.len()];
            tokens.push(TokenAnnotation {
                range: start..start + word.len(),
                lemma: lemma.to_owned(),
                tag: tag.to_owned(),
                dep: DEPS[seed(i + 1) % DEPS.len()].to_owned(),
                head: seed(i + 2),
                sent_start: seed(i + 3) % 9 == 0,
                ent_type: if seed(i) % 5 == 0 {
                    "PERSON".to_owned()
                } else {
                    String::new()
                },
                ..TokenAnnotation::default()
            });
        }
        start += piece.len();
    }
    let n = tokens.len();
    for t in &mut tokens {
        t.head %= n;
    }
    Doc::from_parts(text, tokens)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn any_text_and_parse_is_read_the_same_way_twice(
        text in "([A-Za-zé“”\"'‘’:,.()]{1,8}[ \n]){0,60}",
        seeds in proptest::collection::vec(any::<u8>(), 1..40),
    ) {
        let case = Case { text: text.trim().to_owned(), ..Case::default() };
        let document = case.document();
        let read = || {
            let reading = Reading::new(&document, |words| arbitrary_doc(words, &seeds));
            find(&reading, &PACKS, &[]).marks
        };
        let marks = read();
        for m in &marks {
            for r in m.content.iter().chain(&m.cue).chain(&m.speaker) {
                prop_assert!(case.text.get(std::ops::Range::<usize>::from(*r)).is_some());
            }
            prop_assert!(m.content.windows(2).all(|w| w[0].end() <= w[1].start()));
            prop_assert!(m.parent.is_none_or(|p| p < marks.len()));
        }
        prop_assert_eq!(marks, read());
    }
}
