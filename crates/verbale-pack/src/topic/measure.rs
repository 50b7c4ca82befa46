//! What is counted, and what must never be counted together.

use serde::Deserialize;

use crate::fold;

/// How observations of a measure relate to time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// A level at a time: workers present.
    Stock,
    /// An amount over a period: visas issued in a year.
    Flow,
    /// A total since a start: containers shipped so far.
    Cumulative,
    /// What could be held, made or carried.
    Capacity,
    /// What is intended.
    Plan,
    /// An amount per period: flights a week.
    Rate,
}

/// What a figure says it counts: the words that a measure is recognized by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted<'a> {
    /// The noun phrase.
    pub subject: &'a str,
    /// The unit.
    pub unit: &'a str,
    /// Where, as written.
    pub place: &'a str,
    /// The period or thing of a rate.
    pub per: &'a str,
}

/// What counts as the same thing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Name within the packs: `dprk-workers-in-ru`.
    pub id: String,
    /// What is counted, in words.
    pub title: String,
    /// `person`, `visa`, `bbl`, …
    pub unit: String,
    /// How it relates to time.
    pub nature: Nature,
    /// The country it is counted in, where one is fixed.
    #[serde(default)]
    pub place: Option<String>,
    /// The measure that contains it: tourist visas in visas.
    #[serde(default)]
    pub part_of: Option<String>,
    /// Groups of words; the subject or unit must hold a word of each group.
    pub words: Vec<Vec<String>>,
    /// Groups of words that the place, else the subject, must hold one of each.
    #[serde(default)]
    pub places: Vec<Vec<String>>,
    /// Words that show another measure.
    #[serde(default)]
    pub without: Vec<String>,
    /// Measures that look alike and are never merged with it.
    #[serde(default)]
    pub never_with: Vec<String>,
    /// A remark for editors.
    #[serde(default)]
    pub note: Option<String>,
    /// Addresses of pages that define it.
    #[serde(default)]
    pub sources: Vec<String>,
}

impl Measure {
    /// True if the words say that this is counted.
    ///
    /// Words are compared whole, in lower case, with or without a plural ending.
    pub fn counts(&self, what: Counted<'_>) -> bool {
        let subject = fold(&format!(" {} {} ", what.subject, what.unit));
        let place = fold(&format!(" {} {} {} ", what.place, what.subject, what.per));
        self.words
            .iter()
            .all(|group| group.iter().any(|w| has_word(&subject, w)))
            && self
                .places
                .iter()
                .all(|group| group.iter().any(|w| has_word(&place, w)))
            && !self
                .without
                .iter()
                .any(|w| has_word(&subject, w) || has_word(&place, w))
            && self.allows_period(what.per)
    }

    /// A rate needs a period, a flow may name one, a level has none.
    fn allows_period(&self, per: &str) -> bool {
        match self.nature {
            Nature::Rate => !per.is_empty(),
            Nature::Flow => true,
            _ => per.is_empty(),
        }
    }

    /// How specific its description is: the more groups, the narrower.
    pub(crate) fn groups(&self) -> usize {
        self.words.len() + self.places.len()
    }
}

/// True if `text` holds `word` as a whole word, singular or plural; `text` is folded.
fn has_word(text: &str, word: &str) -> bool {
    let word = fold(word);
    let singular = |w: &str| -> String {
        w.strip_suffix("ies")
            .map(|s| format!("{s}y"))
            .unwrap_or_else(|| {
                w.strip_suffix('s')
                    .filter(|s| !s.ends_with('s'))
                    .unwrap_or(w)
                    .to_owned()
            })
    };
    let boundary = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(&*singular(&word)).any(|(at, found)| {
        let rest = &text[at + found.len()..];
        let ends = ["", "s", "es", "ies"].iter().any(|plural| {
            rest.strip_prefix(plural)
                .is_some_and(|r| boundary(r.chars().next()))
        });
        boundary(text[..at].chars().next_back()) && ends
    })
}
