//! Legal texts and the ways they are named, wrong ways included.

use serde::Deserialize;
use verbale_core::PartialDate;

use crate::{Words, index::spaceless, value};

/// Ways of naming that a family of numbered texts shares.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// Name within the pack: `unscr`.
    pub id: String,
    /// Forms with `{number}` and `{year}`: "resolution {number} ({year})".
    pub forms: Words,
}

/// A resolution, treaty, agreement or law.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// Name within the packs: `unscr-2397`.
    pub id: String,
    /// What the ledger prints: "UNSCR 2397 (2017)".
    pub title: String,
    /// The issuer's symbol: "S/RES/2397(2017)".
    #[serde(default)]
    pub symbol: Option<String>,
    /// When it was adopted or signed.
    #[serde(default, deserialize_with = "value::optional_date")]
    pub adopted: Option<PartialDate>,
    /// The series whose forms it takes.
    #[serde(default)]
    pub series: Option<String>,
    /// Its number in the series.
    #[serde(default)]
    pub number: Option<String>,
    /// Further names; the forms of the series are added when the pack is loaded.
    #[serde(default)]
    pub names: Words,
    /// Wrong numbers or names seen in print; the forms of the series are applied to bare numbers.
    #[serde(default)]
    pub slips: Vec<String>,
    /// Names that need context: "the protocol", "the agreement".
    #[serde(default)]
    pub weak: Words,
    /// Addresses of pages that state it.
    #[serde(default)]
    pub sources: Vec<String>,
    /// The slips as they are written in full; filled when the pack is loaded.
    #[serde(skip)]
    pub(crate) slip_names: Vec<String>,
}

/// How a name fits an instrument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InstrumentMatch<'p> {
    /// The text that is meant.
    pub instrument: &'p Instrument,
    /// True if the name is a known slip: the number in the text is wrong.
    pub is_slip: bool,
}

impl Instrument {
    /// Writes out the forms of the series, for its own number and for its slips.
    pub(crate) fn expand(&mut self, series: &[Series]) {
        let Some(series) = self
            .series
            .as_deref()
            .and_then(|id| series.iter().find(|s| s.id == id))
        else {
            self.slip_names = self.slips.clone();
            return;
        };
        let year = self
            .adopted
            .and_then(PartialDate::year)
            .map(|y| y.to_string());
        let write = |number: &str| -> Vec<(String, String)> {
            series
                .forms
                .iter()
                .filter_map(|(lang, form)| {
                    let text = form.replace("{number}", number);
                    match (&year, text.contains("{year}")) {
                        (Some(y), _) => Some((lang.to_owned(), text.replace("{year}", y))),
                        (None, false) => Some((lang.to_owned(), text)),
                        (None, true) => None,
                    }
                })
                .collect()
        };
        if let Some(number) = &self.number {
            for (lang, name) in write(number) {
                self.names.push(&lang, name);
            }
        }
        self.slip_names = self
            .slips
            .iter()
            .flat_map(|slip| {
                let bare = slip.chars().all(|c| c.is_ascii_digit());
                if bare {
                    write(slip).into_iter().map(|(_, n)| n).collect()
                } else {
                    vec![slip.clone()]
                }
            })
            .collect();
    }

    /// Whether `name` names it, and whether by a slip. Case and a leading article do not matter.
    pub fn is_named(&self, name: &str) -> Option<InstrumentMatch<'_>> {
        let name = spaceless(name);
        let is_right = self.right_names().any(|n| spaceless(n) == name);
        let is_slip = !is_right;
        let is_named = is_right || self.slip_names().any(|n| spaceless(n) == name);
        is_named.then_some(InstrumentMatch {
            instrument: self,
            is_slip,
        })
    }

    /// Its names, its title and its symbol.
    pub fn right_names(&self) -> impl Iterator<Item = &str> {
        let names = self.names.iter().map(|(_, name)| name);
        names
            .chain([self.title.as_str()])
            .chain(self.symbol.as_deref())
    }

    /// The slips as they are written in full.
    pub fn slip_names(&self) -> impl Iterator<Item = &str> {
        self.slip_names.iter().map(String::as_str)
    }
}
