//! Decimals as JSON numbers, digit for digit.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};
use serde_json::value::RawValue;
use verbale_core::Decimal;

/// A decimal that is written as a JSON number with exactly its digits, never through a binary float.
///
/// Reading also takes exponents (`1e6`) and digits in quotation marks, which other programs write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(pub Decimal);

impl From<Decimal> for Number {
    fn from(value: Decimal) -> Self {
        Self(value)
    }
}

impl std::fmt::Display for Number {
    /// Without trailing zeros after the point.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(&self.0.normalize(), f)
    }
}

impl std::str::FromStr for Number {
    type Err = rust_decimal::Error;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        s.parse().or_else(|_| Decimal::from_scientific(s)).map(Self)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        RawValue::from_string(self.to_string())
            .map_err(ser::Error::custom)?
            .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let digits = raw.get().trim_matches('"');
        digits.parse().map_err(|_| {
            de::Error::custom(format_args!("expected a number, found `{}`", raw.get()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, printed: &str) {
        let number: Number = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&number).unwrap(), printed);
    }

    #[test]
    fn keeps_every_digit() {
        check("1000", "1000");
        check("0.10", "0.1");
        check("-2.5", "-2.5");
        check("12345678901234567890.12345", "12345678901234567890.12345");
        check("1e6", "1000000");
        check("\"290\"", "290");
        assert!(serde_json::from_str::<Number>("\"many\"").is_err());
        assert!(serde_json::from_str::<Number>("[1]").is_err());
    }
}
