//! Names that a pack knows: states, institutions, people, outlets, metonyms.
//!
//! Not here: how names are found and compared (`verbale-extract`).

use serde::Deserialize;
use verbale_core::PartialDate;

use crate::{Words, value};

/// A state.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Country {
    /// ISO 3166-1 alpha-2.
    pub id: String,
    /// Names, the usual one first.
    pub names: Words,
    /// Forms that point to the state only where a document names it otherwise too: "the North".
    #[serde(default)]
    pub weak: Words,
    /// The capital by language.
    #[serde(default)]
    pub capital: std::collections::BTreeMap<String, String>,
    /// "Russian".
    #[serde(default)]
    pub adjectives: Words,
    /// "Russians".
    #[serde(default)]
    pub people: Words,
}

/// A ministry, agency, committee, union.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Institution {
    /// Name within the packs: `mfa:RU`.
    pub id: String,
    /// `foreign_ministry`, `un_organ`, …
    pub kind: String,
    /// ISO 3166-1 alpha-2, or `UN`, `EU`, `INT`.
    pub country: String,
    /// Names, the usual one first.
    pub names: Words,
    /// Forms that need a stronger one in the same document.
    #[serde(default)]
    pub weak: Words,
}

/// An office that a person held.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// "ambassador to the DPRK".
    pub title: String,
    /// The institution's id.
    pub org: String,
    /// Since when, if known.
    #[serde(default, deserialize_with = "value::optional_date")]
    pub from: Option<PartialDate>,
    /// Until when; absent if unknown or not over.
    #[serde(default, deserialize_with = "value::optional_date")]
    pub to: Option<PartialDate>,
}

/// A named person.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Name within the packs.
    pub id: String,
    /// The country the person serves.
    #[serde(default)]
    pub country: Option<String>,
    /// True if a page named in the pack states the offices and dates.
    #[serde(default)]
    pub checked: bool,
    /// Names, the usual one first.
    pub names: Words,
    /// Offices in order.
    #[serde(default, rename = "office")]
    pub offices: Vec<Office>,
}

/// A news outlet or agency.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outlet {
    /// The usual name.
    pub name: String,
    /// Other names.
    #[serde(default)]
    pub names: Vec<String>,
    /// Domains of its pages.
    #[serde(default)]
    pub domains: Vec<String>,
    /// ISO 3166-1 alpha-2, or `UN`.
    pub country: String,
    /// `agency`, `newspaper`, …
    pub kind: String,
    /// `state`, `private`, …; coarse, and says nothing about truth.
    pub ownership: String,
    /// ISO 639-1 codes.
    #[serde(default)]
    pub languages: Vec<String>,
}

impl Outlet {
    /// True for a wire service.
    pub fn is_agency(&self) -> bool {
        self.kind == "agency"
    }

    /// Every name, the usual one first.
    pub fn all_names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.names.iter().map(String::as_str))
    }
}

/// How often a metonym means the institution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MetonymReading {
    /// Nearly always the institution.
    Actor,
    /// As often the place itself.
    Either,
    /// It points elsewhere, too.
    Ambiguous,
}

/// A place, building or address that stands for an institution where it acts.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metonym {
    /// The English form.
    pub name: String,
    /// The institution's id: `gov:RU`, `president:US`.
    pub institution: String,
    /// ISO 3166-1 alpha-2, or `UN`, `EU`, `INT`.
    pub country: String,
    /// `capital`, `building`, …
    pub kind: String,
    /// How often it means the institution.
    pub reading: MetonymReading,
    /// Where else it points.
    #[serde(default)]
    pub note: Option<String>,
    /// Forms in other languages.
    #[serde(default)]
    pub names: Words,
}
