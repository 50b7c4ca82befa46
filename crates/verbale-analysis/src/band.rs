//! The interval in which two figures are held against each other.
//!
//! It is computed from the words of the hedge by the packs' approximators, and never stored: a page that says
//! "about 1,000" has not said "between 900 and 1,100".

use std::fmt;

use verbale_core::{Decimal, Quantity};
use verbale_pack::{Approximator, VagueKind};

use crate::Lexicon;

/// One end of a band.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End {
    /// The number.
    pub at: Decimal,
    /// True if the number itself is excluded.
    pub strict: bool,
}

/// The values that the words of a figure leave possible. An absent end is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Band {
    /// Lower end.
    pub low: Option<End>,
    /// Upper end.
    pub high: Option<End>,
}

impl Band {
    /// The comparison interval of a quantity; `None` if it names no number at all.
    pub fn of(lexicon: &Lexicon, quantity: &Quantity) -> Option<Self> {
        let hedge = quantity.approximator.as_deref().unwrap_or_default();
        let stated = Self {
            low: quantity.low.map(included),
            high: quantity.high.map(included),
        };
        let Some(value) = quantity.value else {
            return Self::without_value(lexicon, hedge, stated);
        };
        let hedges = lexicon.approximators_in(hedge);
        let is_plain = hedges
            .iter()
            .all(|a| a.lo == Some(Decimal::ONE) && a.hi == Some(Decimal::ONE));
        if is_plain && !quantity.is_bounded() {
            return Some(Self::rounded(value));
        }
        let hedged = hedges.iter().map(|a| Self::of_factor(value, a));
        Some(hedged.fold(stated, Self::meet))
    }

    /// The vague word's numbers ("hundreds") within what is stated.
    fn without_value(lexicon: &Lexicon, hedge: &str, stated: Self) -> Option<Self> {
        let vague = lexicon
            .vague_in(hedge)
            .filter(|v| v.kind == VagueKind::Count);
        // The "no" of "no fewer than 700 and no more than 850" is no number.
        let vague = vague.filter(|v| stated == Self::default() || v.hi > Decimal::ZERO);
        let band = vague.map_or(stated, |v| {
            stated.meet(Self {
                low: Some(End {
                    at: v.lo,
                    strict: v.strict_lo,
                }),
                high: Some(included(v.hi)),
            })
        });
        (band != Self::default()).then_some(band)
    }

    fn of_factor(value: Decimal, approximator: &Approximator) -> Self {
        let end = |factor: Option<Decimal>, strict| {
            let at = factor.and_then(|f| value.checked_mul(f))?;
            Some(End { at, strict })
        };
        Self {
            low: end(approximator.lo, approximator.strict_lo),
            high: end(approximator.hi, approximator.strict_hi),
        }
    }

    /// A bare number: exact from four significant digits on, else to half a unit of its last one.
    ///
    /// "11,490" is itself; "11,000" reaches from 10,500 to 11,500.
    fn rounded(value: Decimal) -> Self {
        let tolerance = tolerance(value);
        let low = value.checked_sub(tolerance).unwrap_or(value);
        let high = value.checked_add(tolerance).unwrap_or(value);
        Self {
            low: Some(included(low)),
            high: Some(included(high)),
        }
    }

    /// What both leave possible.
    ///
    /// Ends that cross ("at least 5" and "at most 3" in one hedge) are kept crossed; such a band meets nothing.
    #[must_use]
    pub fn meet(self, other: Self) -> Self {
        let tighter = |a: Option<End>, b: Option<End>, is_low: bool| match (a, b) {
            (Some(a), Some(b)) if a.at == b.at => Some(End {
                at: a.at,
                strict: a.strict || b.strict,
            }),
            (Some(a), Some(b)) => Some(if (a.at > b.at) == is_low { a } else { b }),
            (one, other) => one.or(other),
        };
        Self {
            low: tighter(self.low, other.low, true),
            high: tighter(self.high, other.high, false),
        }
    }

    /// True if some value is in both.
    pub fn overlaps(self, other: Self) -> bool {
        let both = self.meet(other);
        match (both.low, both.high) {
            (Some(low), Some(high)) => {
                low.at < high.at || low.at == high.at && !low.strict && !high.strict
            }
            _ => true,
        }
    }

    /// The same band with so many digits after the point.
    pub(crate) fn cut_to(self, digits: u32) -> Self {
        let round = |end: Option<End>| {
            end.map(|e| End {
                at: e.at.round_dp(digits),
                ..e
            })
        };
        Self {
            low: round(self.low),
            high: round(self.high),
        }
    }

    /// The same band in another unit; `None` on overflow.
    pub(crate) fn scaled(self, factor: Decimal) -> Option<Self> {
        let scale = |end: Option<End>| match end {
            None => Some(None),
            Some(e) => e.at.checked_mul(factor).map(|at| Some(End { at, ..e })),
        };
        Some(Self {
            low: scale(self.low)?,
            high: scale(self.high)?,
        })
    }
}

impl fmt::Display for Band {
    /// "1,000", "900 to 1,100", "more than 5", "at most 289", "any number".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.low, self.high) {
            (None, None) => f.write_str("any number"),
            (Some(l), None) if l.strict => write!(f, "more than {}", grouped(l.at)),
            (Some(l), None) => write!(f, "at least {}", grouped(l.at)),
            (None, Some(h)) if h.strict => write!(f, "less than {}", grouped(h.at)),
            (None, Some(h)) => write!(f, "at most {}", grouped(h.at)),
            (Some(l), Some(h)) if l.at == h.at => f.write_str(&grouped(l.at)),
            (Some(l), Some(h)) => write!(f, "{} to {}", grouped(l.at), grouped(h.at)),
        }
    }
}

fn included(at: Decimal) -> End {
    End { at, strict: false }
}

/// Half a unit of the last significant digit, or zero from four significant digits on.
fn tolerance(value: Decimal) -> Decimal {
    let value = value.normalize();
    let mantissa = value.mantissa().unsigned_abs();
    if mantissa == 0 {
        return Decimal::ZERO;
    }
    let n_zeros = n_trailing_zeros(mantissa);
    let n_significant = mantissa.to_string().len() - n_zeros as usize;
    if n_significant >= 4 || (value.scale() == 0 && n_zeros == 0) {
        return Decimal::ZERO;
    }
    let unit = if value.scale() > 0 {
        Decimal::new(1, value.scale())
    } else {
        (0..n_zeros).fold(Decimal::ONE, |unit, _| unit * Decimal::TEN)
    };
    unit / Decimal::TWO
}

fn n_trailing_zeros(mut n: u128) -> u32 {
    let mut zeros = 0;
    while n != 0 && n.is_multiple_of(10) {
        n /= 10;
        zeros += 1;
    }
    zeros
}

/// A number with commas between groups of three digits: `1,483,060`, `63.4`.
pub fn grouped(number: Decimal) -> String {
    let plain = number.normalize().to_string();
    let (sign, digits) = plain
        .strip_prefix('-')
        .map_or(("", plain.as_str()), |d| ("-", d));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut out = String::from(sign);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn band(value: Option<i64>, low: Option<i64>, high: Option<i64>, hedge: &str) -> String {
        let quantity = Quantity {
            value: value.map(Decimal::from),
            low: low.map(Decimal::from),
            high: high.map(Decimal::from),
            approximator: (!hedge.is_empty()).then(|| hedge.to_owned()),
            ..Quantity::default()
        };
        Band::of(crate::lexicon::for_tests(), &quantity).map_or("none".into(), |b| b.to_string())
    }

    #[test]
    fn hedges_give_intervals() {
        assert_eq!(band(Some(1000), None, None, "about"), "900 to 1,100");
        assert_eq!(band(Some(290), None, Some(289), "fewer than"), "0 to 289");
        assert_eq!(
            band(Some(10000), Some(10000), None, "more than"),
            "more than 10,000"
        );
        assert_eq!(
            band(Some(100_000), None, Some(100_000), "nearly"),
            "90,000 to 100,000"
        );
        assert_eq!(band(None, Some(20), Some(25), "between"), "20 to 25");
        assert_eq!(band(None, Some(200), None, "hundreds of"), "200 to 999");
        let no_fewer = "no fewer than … no more than";
        assert_eq!(band(None, Some(700), Some(850), no_fewer), "700 to 850");
        assert_eq!(band(None, None, Some(850), "no more than"), "at most 850");
        assert_eq!(band(None, None, None, ""), "none");
    }

    #[test]
    fn bare_numbers_are_as_exact_as_their_digits() {
        assert_eq!(band(Some(11_490), None, None, ""), "11,490");
        assert_eq!(band(Some(11_000), None, None, ""), "10,500 to 11,500");
        assert_eq!(band(Some(15), None, None, "only"), "15");
        assert_eq!(band(Some(640), None, None, ""), "635 to 645");
        assert_eq!(band(Some(0), None, None, ""), "0");
    }

    #[test]
    fn strict_ends_do_not_touch() {
        let lexicon = crate::lexicon::for_tests();
        let over = Quantity {
            approximator: Some("more than".into()),
            low: Some(5.into()),
            ..Quantity::exact(5.into())
        };
        let exact = Quantity::exact(5.into());
        let band = |q| Band::of(lexicon, q).unwrap();
        assert!(!band(&over).overlaps(band(&exact)));
        assert!(band(&over).overlaps(band(&Quantity::exact(6.into()))));
    }
}
