//! Values that TOML writes in its own way.

use serde::{Deserialize, Deserializer, de::Error};
use verbale_core::{Decimal, PartialDate};

/// Reads `"2019"`, `"2019-03"` or `"2019-03-22"`: strings, because TOML has no year-month date.
pub(crate) fn optional_date<'de, D: Deserializer<'de>>(
    d: D,
) -> Result<Option<PartialDate>, D::Error> {
    let text = String::deserialize(d)?;
    text.parse().map(Some).map_err(D::Error::custom)
}

/// Reads an integer or a float as the decimal that it prints as.
pub(crate) fn decimal<'de, D: Deserializer<'de>>(d: D) -> Result<Decimal, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "expected a number")]
    enum Number {
        Integer(i64),
        Float(f64),
    }
    match Number::deserialize(d)? {
        Number::Integer(i) => Ok(Decimal::from(i)),
        Number::Float(f) => Decimal::try_from(f).map_err(D::Error::custom),
    }
}

/// Reads a number that may be absent.
pub(crate) fn optional_decimal<'de, D: Deserializer<'de>>(
    d: D,
) -> Result<Option<Decimal>, D::Error> {
    decimal(d).map(Some)
}

/// Reads a date that must be there.
pub(crate) fn date<'de, D: Deserializer<'de>>(d: D) -> Result<PartialDate, D::Error> {
    String::deserialize(d)?.parse().map_err(D::Error::custom)
}
