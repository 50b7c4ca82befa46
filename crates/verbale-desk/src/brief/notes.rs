//! Footnotes: numbered in the order of their first citation, each with all that leads to the words.

use std::collections::BTreeMap;

use jiff::civil::Date;
use verbale_analysis::{Entry, Standing};
use verbale_case::{StoredClaim, StoredDocument};
use verbale_core::{Attribution, ClaimId, Digest, Speaker, Timex};

use super::{
    model::{Inline, Line, Note},
    source::{Source, address},
    weak::{Linter, Mark},
};
use crate::address::{is_web, with_fragment};

/// How many characters of a digest stand in a footnote; the appendix has all of them.
const DIGEST_CHARS: usize = 16;

/// Collects footnotes while sections are made.
pub(crate) struct Notebook<'a> {
    source: &'a Source,
    linter: &'a Linter,
    /// What stands behind each claim: "2 pages, 2 publishers, 1 origin".
    behind: BTreeMap<ClaimId, String>,
    digest: DigestOf<'a>,
    numbers: BTreeMap<ClaimId, u32>,
    notes: Vec<Note>,
}

/// The digest of the bytes of a page.
type DigestOf<'a> = &'a dyn Fn(&StoredDocument) -> Option<Digest>;

impl<'a> Notebook<'a> {
    pub(crate) fn new(
        source: &'a Source,
        linter: &'a Linter,
        standings: &[Standing],
        digest: DigestOf<'a>,
    ) -> Self {
        let behind = standings.iter().flat_map(|s| {
            let summary = s.summary();
            s.claims.iter().map(move |c| (*c, summary.clone()))
        });
        Self {
            source,
            linter,
            behind: behind.collect(),
            digest,
            numbers: BTreeMap::new(),
            notes: Vec::new(),
        }
    }

    /// The reference to a claim's footnote with the marks of its weaknesses; nothing for a claim that is not, or no
    /// longer, in the ledger.
    pub(crate) fn cite(&mut self, claim: ClaimId) -> Line {
        let Some(entry) = self.source.entry(claim) else {
            return Line::new();
        };
        let mut line = vec![Inline::Note(self.number(claim))];
        line.extend(
            self.linter
                .marks(self.source, entry)
                .into_iter()
                .map(Inline::Mark),
        );
        line
    }

    /// The references to several claims that say one thing, with each of their marks once.
    pub(crate) fn cite_all(&mut self, claims: &[ClaimId]) -> Line {
        let cited: Line = claims.iter().flat_map(|c| self.cite(*c)).collect();
        let (mut line, marks): (Line, Line) = cited
            .into_iter()
            .partition(|i| matches!(i, Inline::Note(_)));
        let carried = |mark: &&Mark| marks.contains(&Inline::Mark(**mark));
        line.extend(Mark::ALL.iter().filter(carried).map(|m| Inline::Mark(*m)));
        line
    }

    /// As [`Notebook::cite_all`], for the newest that the case has on a state or level; it last held on `end`.
    pub(crate) fn cite_newest(&mut self, claims: &[ClaimId], end: Option<Date>) -> Line {
        let mut line = self.cite_all(claims);
        if !line.is_empty() && end.is_some_and(|end| self.linter.is_old(end)) {
            let at = line
                .iter()
                .position(|i| *i == Inline::Mark(Mark::MachineRead));
            line.insert(at.unwrap_or(line.len()), Inline::Mark(Mark::Stale));
        }
        line
    }

    /// The footnotes so far, by number.
    pub(crate) fn into_notes(self) -> Vec<Note> {
        self.notes
    }

    fn number(&mut self, claim: ClaimId) -> u32 {
        if let Some(number) = self.numbers.get(&claim) {
            return *number;
        }
        let number = u32::try_from(self.notes.len() + 1).unwrap_or(u32::MAX);
        if let Some((document, stored)) = self.source.find(claim) {
            let note = self.note(number, document, stored);
            self.notes.push(note);
            self.numbers.insert(claim, number);
        }
        number
    }

    fn note(&self, number: u32, document: &StoredDocument, stored: &StoredClaim) -> Note {
        let claim = &stored.claim;
        let words = claim.evidence.quote();
        let mut text = vec![
            Inline::Quote(one_line(words)),
            Inline::Text(format!(" {}", voice(&claim.attribution))),
            Inline::Text(format!(" {}", clocks(document, stored))),
        ];
        text.extend(page(document, words));
        if let Some(digest) = (self.digest)(document) {
            let short: String = digest.to_string().chars().take(DIGEST_CHARS).collect();
            text.extend([
                Inline::Text(" SHA-256 ".into()),
                Inline::Code(short),
                stop(),
            ]);
        }
        text.extend([
            Inline::Text(" Claim ".into()),
            Inline::Code(claim.id.to_string()),
        ]);
        if let Some(behind) = self.behind.get(&claim.id) {
            text.push(Inline::Text("; ".into()));
            text.push(Inline::Computed(behind.clone()));
        }
        text.push(Inline::Text(format!("; {}.", review(stored))));
        if let Some(newer) = self.linter.newer(document.document.page()) {
            text.push(Inline::Text(self.change(stored, newer)));
        }
        Note {
            number,
            claim: claim.id.to_string(),
            page: document.document.page().to_string(),
            words: words.to_owned(),
            text,
        }
    }

    /// What a newer capture of the page makes of the words.
    fn change(&self, stored: &StoredClaim, newer: verbale_core::PageId) -> String {
        let found = self.source.document(newer);
        let stands =
            found.is_some_and(|d| stored.claim.evidence.find_in(d.document.text()).is_some());
        let words = if stands {
            "still has these words"
        } else {
            "does not have these words"
        };
        format!(" A newer capture of the page ({newer}) {words}.")
    }
}

fn stop() -> Inline {
    Inline::Text(".".into())
}

/// Who says it, through whom, and whether somebody reviewed it: "Ilka Doren, spokeswoman, via Northline (say)".
fn voice(attribution: &Attribution) -> String {
    let who = attribution
        .speaker
        .as_ref()
        .map_or("nobody named".to_owned(), speaker);
    let mut parts = vec![who];
    if let Some(whom) = &attribution.on_behalf_of {
        parts.push(format!("on behalf of {whom}"));
    }
    let mut last = attribution.speaker.as_ref().map(|s| s.name.as_str());
    // The chain begins at the page; a reader wants it to begin at the speaker.
    for via in attribution.via.iter().rev() {
        if last != Some(via) {
            parts.push(format!("via {via}"));
        }
        last = Some(via);
    }
    format!("— {} ({}).", one_line(&parts.join(", ")), attribution.act)
}

/// Name, function and organization, each once.
fn speaker(speaker: &Speaker) -> String {
    let mut parts = vec![speaker.name.as_str()];
    for more in [&speaker.role, &speaker.org].into_iter().flatten() {
        if !parts
            .iter()
            .any(|p| p.to_lowercase().contains(&more.to_lowercase()))
        {
            parts.push(more);
        }
    }
    let name = parts.join(", ");
    match &speaker.anonymity {
        Some(hidden) => match &hidden.reason {
            Some(reason) => format!("{name} (unnamed, “{reason}”)"),
            None => format!("{name} (unnamed)"),
        },
        None => name,
    }
}

/// The four clocks, as far as they are known.
fn clocks(document: &StoredDocument, stored: &StoredClaim) -> String {
    let claim = &stored.claim;
    let read = |t: Option<&Timex>| t.map(time_words);
    let published = document
        .document
        .metadata
        .published
        .as_ref()
        .map(|p| p.date.to_string());
    let captured = document.origin.captured.map(|t| t.to_string());
    let clocks = [
        ("as of", read(claim.proposition.time())),
        ("said", read(claim.attribution.said_on.as_ref())),
        (
            "published",
            published.or_else(|| Some("on an undated page".into())),
        ),
        ("captured", captured),
    ];
    let known = clocks
        .into_iter()
        .filter_map(|(name, time)| Some(format!("{name} {}", time?)));
    let known: Vec<String> = known.collect();
    capitalized(&known.join("; ")) + "."
}

/// A time for people: ISO, or the unresolved words.
pub(crate) fn time_words(time: &Timex) -> String {
    time.iso()
        .unwrap_or_else(|| format!("“{}”, unresolved", one_line(&time.raw)))
}

/// Title, publisher and address of a page, the address leading to the words.
fn page(document: &StoredDocument, words: &str) -> Line {
    let metadata = &document.document.metadata;
    let mut line = Line::new();
    let title = metadata.title.as_deref().map(one_line);
    if let Some(title) = &title {
        line.push(Inline::Text(format!(" “{title}”")));
        line.push(Inline::Text(match &metadata.publisher {
            Some(publisher) => format!(", {}.", one_line(publisher)),
            None => ".".to_owned(),
        }));
    } else if let Some(publisher) = &metadata.publisher {
        line.push(Inline::Text(format!(" {}.", one_line(publisher))));
    }
    match address(document).filter(|a| is_web(a)) {
        Some(address) => line.extend([
            Inline::Text(" ".into()),
            Inline::Link {
                text: address.split('#').next().unwrap_or_default().to_owned(),
                address: with_fragment(address, words),
            },
            stop(),
        ]),
        None => line.push(Inline::Text(format!(
            " File {}.",
            file_name(&document.origin.path)
        ))),
    }
    line
}

/// The last part of a path: where a file lay on somebody's disk is nobody else's business.
pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// What people made of a claim.
fn review(stored: &StoredClaim) -> String {
    let mut parts = Vec::new();
    if stored.verdict.is_some() {
        parts.push("confirmed by a person".to_owned());
    }
    if !stored.amended.is_empty() {
        parts.push(format!(
            "amended by a person: {}",
            stored.amended.join(", ")
        ));
    }
    if let Some(credibility) = stored.credibility {
        parts.push(format!("credibility {credibility}"));
    }
    if let Some(reliability) = stored.reliability {
        parts.push(format!("publisher graded {reliability}"));
    }
    if stored.verdict.is_none() && stored.amended.is_empty() {
        parts.insert(0, "machine-read".to_owned());
    }
    parts.join("; ")
}

/// Speaker and publishers for a cell of a table, with what the speaker did. `copies` say the same by the same
/// speaker.
pub(crate) fn who_say(copies: &[Entry<'_>]) -> Line {
    let Some(first) = copies.first() else {
        return Line::new();
    };
    let mut publishers: Vec<String> = copies
        .iter()
        .filter_map(|e| e.publisher())
        .map(one_line)
        .collect();
    publishers.dedup();
    let speaker = first.speaker().map(one_line);
    let name = speaker
        .or(publishers.first().cloned())
        .unwrap_or("nobody named".into());
    publishers.retain(|p| *p != name);
    let verb = first.claim.attribution.act.past();
    let through = if publishers.is_empty() {
        String::new()
    } else {
        format!(" ({})", publishers.join("; "))
    };
    vec![Inline::Text(format!("{name} {verb}{through}"))]
}

/// As [`who_say`], for one claim.
pub(crate) fn who_says(entry: Entry<'_>) -> Line {
    who_say(&[entry])
}

/// Words in one line, without control characters, and without those that turn the direction of what follows: with
/// them a page could make a footnote look like another.
pub(crate) fn one_line(words: &str) -> String {
    let turns = |c: &char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let kept = words.chars().filter(|c| !turns(c));
    let clean: String = kept.map(|c| if c.is_control() { ' ' } else { c }).collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(crate) fn capitalized(words: &str) -> String {
    let mut chars = words.chars();
    chars
        .next()
        .map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
}
