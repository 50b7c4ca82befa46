//! Hedged number words: what they state, and the interval in which such figures are compared.

use serde::Deserialize;
use verbale_core::Decimal;

use crate::{Words, value};

/// What the words themselves state about the number named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// The number is the inclusive low: "more than", "at least".
    Low,
    /// The number is the inclusive high: "nearly", "up to".
    High,
    /// The high lies one step below the number: "fewer than 290" has high 289.
    Below,
}

/// How an approximator applies to the number or numbers beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Factors on one number.
    #[default]
    Factor,
    /// Two numbers A and B are the ends.
    Range,
    /// From the number to the next unit of its leading digit: 3만 대.
    Band,
    /// A ratio to another figure: "twice", "half".
    Ratio,
}

/// One kind of hedge with its words.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approximator {
    /// Name within the pack: `about`, `more_than`.
    pub id: String,
    /// How it applies.
    #[serde(default)]
    pub form: Form,
    /// Lower end of the comparison interval as a factor on the number; open if absent.
    #[serde(default, deserialize_with = "value::optional_decimal")]
    pub lo: Option<Decimal>,
    /// Upper end of the comparison interval as a factor on the number; open if absent.
    #[serde(default, deserialize_with = "value::optional_decimal")]
    pub hi: Option<Decimal>,
    /// The lower end itself is excluded.
    #[serde(default)]
    pub strict_lo: bool,
    /// The upper end itself is excluded.
    #[serde(default)]
    pub strict_hi: bool,
    /// A plausible lower factor, for ranking only.
    #[serde(default, deserialize_with = "value::optional_decimal")]
    pub soft_lo: Option<Decimal>,
    /// A plausible upper factor, for ranking only.
    #[serde(default, deserialize_with = "value::optional_decimal")]
    pub soft_hi: Option<Decimal>,
    /// What the words state as a bound.
    #[serde(default)]
    pub bound: Option<Bound>,
    /// What the words say about the speaker: "only" finds the number low.
    #[serde(default)]
    pub attitude: Option<String>,
    /// A remark for editors.
    #[serde(default)]
    pub note: Option<String>,
    /// Words that precede the number.
    #[serde(default)]
    pub before: Words,
    /// Words that follow the number.
    #[serde(default)]
    pub after: Words,
}

/// Whether a vague word counts things or divides a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VagueKind {
    /// A count: "dozens".
    #[default]
    Count,
    /// A share between 0 and 1 of a whole: "most", "almost all".
    Share,
}

/// A quantity word without a digit.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vague {
    /// Name within the pack: `dozens`.
    pub id: String,
    /// Count or share.
    #[serde(default)]
    pub kind: VagueKind,
    /// The number that the words name, if they name one: 12 for "a dozen".
    #[serde(default, deserialize_with = "value::optional_decimal")]
    pub value: Option<Decimal>,
    /// Inclusive lower end of the comparison interval.
    #[serde(deserialize_with = "value::decimal")]
    pub lo: Decimal,
    /// Inclusive upper end of the comparison interval.
    #[serde(deserialize_with = "value::decimal")]
    pub hi: Decimal,
    /// The lower end itself is excluded.
    #[serde(default)]
    pub strict_lo: bool,
    /// A remark for editors.
    #[serde(default)]
    pub note: Option<String>,
    /// The words.
    pub words: Words,
}
