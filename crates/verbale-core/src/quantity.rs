//! Numbers as the page states them.

use rust_decimal::Decimal;

/// A number with its bounds and unit, in the meaning of the words and no more.
///
/// `low` and `high` are inclusive and present only where the words state a bound or a range: "fewer than 290
/// people" has the value 290 and high 289, "at least 4" has low 4, "about 4" has neither. The interval in which
/// two figures are compared is computed elsewhere and never stored here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quantity {
    /// The number named by the words; absent for ranges ("10 to 12") and vague plurals ("dozens").
    pub value: Option<Decimal>,
    /// Inclusive lower bound, if stated.
    pub low: Option<Decimal>,
    /// Inclusive upper bound, if stated.
    pub high: Option<Decimal>,
    /// The hedge as written: "around", "fewer than", "almost all of".
    pub approximator: Option<String>,
    /// What is counted, or the unit of measure: `workers`, `USD`, `%`, `km`.
    pub unit: Option<String>,
    /// The period or thing of a rate: `week` in "two flights a week".
    pub per: Option<String>,
}

impl Quantity {
    /// A plain number.
    pub fn exact(value: Decimal) -> Self {
        Self {
            value: Some(value),
            ..Self::default()
        }
    }

    /// True if the words state at least one bound.
    pub fn is_bounded(&self) -> bool {
        self.low.is_some() || self.high.is_some()
    }
}
