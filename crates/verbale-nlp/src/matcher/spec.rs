//! What a pattern asks of one token.

use regex::Regex;
use serde_json::{Map, Value};

use super::PatternError;
use super::lexical::Flag;
use crate::doc::Token;
use crate::tokenizer::python_regex;
use crate::vocab::chars;

/// An attribute of a token whose value is a string; attributes of words come before classes of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Attribute {
    Text,
    Lower,
    Norm,
    Lemma,
    Pos,
    Tag,
    Morph,
    Dep,
    Shape,
    EntType,
    EntIob,
    /// Ids that pipelines of this runtime never set.
    Unset,
}

impl Attribute {
    fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "TEXT" | "ORTH" => Self::Text,
            "LOWER" => Self::Lower,
            "NORM" => Self::Norm,
            "LEMMA" => Self::Lemma,
            "POS" => Self::Pos,
            "TAG" => Self::Tag,
            "MORPH" => Self::Morph,
            "DEP" => Self::Dep,
            "SHAPE" => Self::Shape,
            "ENT_TYPE" => Self::EntType,
            "ENT_IOB" => Self::EntIob,
            "ENT_ID" | "ENT_KB_ID" => Self::Unset,
            _ => return None,
        })
    }

    /// Calls `f` with the value.
    pub(super) fn with<T>(self, token: Token<'_>, f: impl FnOnce(&str) -> T) -> T {
        match self {
            Self::Text => f(token.text()),
            Self::Lower => f(&token.lower()),
            Self::Norm => f(&token.norm()),
            Self::Lemma => f(token.lemma()),
            Self::Pos => f(token.pos()),
            Self::Tag => f(token.tag()),
            // spaCy writes an empty set of features as `_`.
            Self::Morph => f(if token.morph().is_empty() {
                "_"
            } else {
                token.morph()
            }),
            Self::Dep => f(token.dep()),
            Self::Shape => f(&chars::shape(token.text())),
            Self::EntType => f(token.ent_type()),
            Self::EntIob => f(token.ent_iob()),
            Self::Unset => f(""),
        }
    }
}

/// How a string is compared with one of a pattern.
#[derive(Debug, Clone)]
enum Like {
    Equal(Box<str>),
    Regex(Regex),
    /// At most so many edits.
    Fuzzy(Box<str>, usize),
}

impl Like {
    fn holds(&self, value: &str) -> bool {
        match self {
            Self::Equal(expected) => **expected == *value,
            Self::Regex(regex) => regex.is_match(value),
            Self::Fuzzy(expected, edits) => super::edits::at_most(value, expected, *edits),
        }
    }
}

/// Something that must hold of a token.
#[derive(Debug, Clone)]
enum Condition {
    OneOf(Attribute, Vec<Like>),
    NoneOf(Attribute, Vec<Like>),
    /// The values of the attribute are all in the list; features are several values, everything else is one.
    Subset(Attribute, Vec<Box<str>>),
    Superset(Attribute, Vec<Box<str>>),
    Intersects(Attribute, Vec<Box<str>>),
    /// A number compared with the length of the word in characters.
    Length(Comparison, i64),
    LengthIn(Vec<i64>, bool),
    Flag(Flag, bool),
    /// A test of spaCy's that can never hold.
    Never,
}

#[derive(Debug, Clone, Copy)]
enum Comparison {
    Equal,
    NotEqual,
    AtLeast,
    AtMost,
    Above,
    Below,
}

/// What a pattern asks of one token; nothing if it is empty.
#[derive(Debug, Clone, Default)]
pub(super) struct Spec {
    conditions: Vec<Condition>,
}

impl Spec {
    /// Reads a token of a pattern. The key `OP` is left to the caller.
    pub(super) fn new(spec: &Map<String, Value>) -> Result<Self, PatternError> {
        let mut conditions = Vec::new();
        for (key, value) in spec {
            let name = key.to_ascii_uppercase();
            if name == "OP" {
                continue;
            }
            if let Some(attribute) = Attribute::from_name(&name) {
                string_conditions(attribute, key, value, &mut conditions)?;
            } else if let Some(flag) = Flag::from_name(&name) {
                conditions.push(flag_condition(flag, key, value)?);
            } else if name == "LENGTH" {
                length_conditions(key, value, &mut conditions)?;
            } else {
                return Err(PatternError::new(format!(
                    "an attribute that is not known: `{key}`"
                )));
            }
        }
        Ok(Self { conditions })
    }

    pub(super) fn matches(&self, token: Token<'_>) -> bool {
        self.conditions
            .iter()
            .all(|condition| condition.holds(token))
    }

    /// The most telling attribute of those for which the pattern names all values that can match, with these.
    pub(super) fn key(&self) -> Option<(Attribute, Vec<&str>)> {
        let keys = self.conditions.iter().filter_map(Condition::named);
        // Attributes are declared from those with many values to those with few.
        keys.min_by_key(|(attribute, _)| *attribute)
    }
}

impl Condition {
    /// The attribute with the values that can match, if the condition names them all.
    fn named(&self) -> Option<(Attribute, Vec<&str>)> {
        let Self::OneOf(attribute, likes) = self else {
            return None;
        };
        let values = likes.iter().map(|like| match like {
            Like::Equal(value) => Some(&**value),
            _ => None,
        });
        Some((*attribute, values.collect::<Option<_>>()?))
    }

    fn holds(&self, token: Token<'_>) -> bool {
        match self {
            Self::OneOf(attribute, likes) => {
                attribute.with(token, |value| likes.iter().any(|like| like.holds(value)))
            }
            Self::NoneOf(attribute, likes) => {
                attribute.with(token, |value| !likes.iter().any(|like| like.holds(value)))
            }
            Self::Subset(attribute, list) => values(*attribute, token, |values| {
                values.iter().all(|v| has(list, v))
            }),
            Self::Superset(attribute, list) => values(*attribute, token, |values| {
                list.iter().all(|expected| values.contains(&&**expected))
            }),
            Self::Intersects(attribute, list) => values(*attribute, token, |values| {
                values.iter().any(|v| has(list, v))
            }),
            Self::Length(comparison, n) => comparison.holds(length(token), *n),
            Self::LengthIn(list, expected) => list.contains(&length(token)) == *expected,
            Self::Flag(flag, expected) => flag.holds(token) == *expected,
            Self::Never => false,
        }
    }
}

fn has(list: &[Box<str>], value: &str) -> bool {
    list.iter().any(|v| **v == *value)
}

fn length(token: Token<'_>) -> i64 {
    token.text().chars().count() as i64
}

/// Calls `f` with the values of an attribute: the single features, or the one value that there is.
fn values<T>(attribute: Attribute, token: Token<'_>, f: impl FnOnce(&[&str]) -> T) -> T {
    if attribute == Attribute::Morph {
        let features: Vec<&str> = token.morph().split('|').filter(|f| !f.is_empty()).collect();
        f(&features)
    } else {
        attribute.with(token, |value| f(&[value]))
    }
}

impl Comparison {
    fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "==" => Self::Equal,
            "!=" => Self::NotEqual,
            ">=" => Self::AtLeast,
            "<=" => Self::AtMost,
            ">" => Self::Above,
            "<" => Self::Below,
            _ => return None,
        })
    }

    fn holds(self, a: i64, b: i64) -> bool {
        match self {
            Self::Equal => a == b,
            Self::NotEqual => a != b,
            Self::AtLeast => a >= b,
            Self::AtMost => a <= b,
            Self::Above => a > b,
            Self::Below => a < b,
        }
    }
}

fn wrong_value(key: &str, value: &Value) -> PatternError {
    PatternError::new(format!("a value that does not fit {key}: `{value}`"))
}

fn string_conditions(
    attribute: Attribute,
    key: &str,
    value: &Value,
    out: &mut Vec<Condition>,
) -> Result<(), PatternError> {
    match value {
        Value::String(s) => out.push(Condition::OneOf(attribute, vec![Like::Equal((**s).into())])),
        Value::Object(tests) => {
            for (test, value) in tests {
                string_test(attribute, key, test, value, out)?;
            }
        }
        _ => return Err(wrong_value(key, value)),
    }
    Ok(())
}

fn string_test(
    attribute: Attribute,
    key: &str,
    test: &str,
    value: &Value,
    out: &mut Vec<Condition>,
) -> Result<(), PatternError> {
    let test = test.to_ascii_uppercase();
    let strings = |value: &Value| -> Result<Vec<Box<str>>, PatternError> {
        let list = value.as_array().ok_or_else(|| wrong_value(key, value))?;
        let strings = list.iter().map(|v| v.as_str().map(Into::into));
        strings
            .collect::<Option<_>>()
            .ok_or_else(|| wrong_value(key, value))
    };
    let like = |list: Vec<Box<str>>| list.into_iter().map(Like::Equal).collect();
    let condition = match test.as_str() {
        "IN" => Condition::OneOf(attribute, like(strings(value)?)),
        "NOT_IN" => Condition::NoneOf(attribute, like(strings(value)?)),
        "IS_SUBSET" => Condition::Subset(attribute, strings(value)?),
        "IS_SUPERSET" => Condition::Superset(attribute, strings(value)?),
        "INTERSECTS" => Condition::Intersects(attribute, strings(value)?),
        "REGEX" => return likes(attribute, key, value, &regex, out),
        // spaCy compares the hash of a string with the pattern's value here, which are never equal.
        "==" => Condition::Never,
        _ => match test.strip_prefix("FUZZY").map(fuzzy_edits) {
            Some(Some(edits)) => {
                return likes(attribute, key, value, &|s| Ok(fuzzy(s, edits)), out);
            }
            _ => {
                return Err(PatternError::new(format!(
                    "a test that is not known: `{test}`"
                )));
            }
        },
    };
    out.push(condition);
    Ok(())
}

/// `REGEX` and `FUZZY` take a string, or an object with `IN` or `NOT_IN`.
fn likes(
    attribute: Attribute,
    key: &str,
    value: &Value,
    like: &dyn Fn(&str) -> Result<Like, PatternError>,
    out: &mut Vec<Condition>,
) -> Result<(), PatternError> {
    match value {
        Value::String(s) => out.push(Condition::OneOf(attribute, vec![like(s)?])),
        Value::Object(tests) => {
            for (test, list) in tests {
                let list = list.as_array().ok_or_else(|| wrong_value(key, list))?;
                let likes = list
                    .iter()
                    .map(|v| like(v.as_str().ok_or_else(|| wrong_value(key, v))?))
                    .collect::<Result<_, _>>()?;
                out.push(match test.to_ascii_uppercase().as_str() {
                    "IN" => Condition::OneOf(attribute, likes),
                    "NOT_IN" => Condition::NoneOf(attribute, likes),
                    _ => return Err(wrong_value(key, value)),
                });
            }
        }
        _ => return Err(wrong_value(key, value)),
    }
    Ok(())
}

fn regex(pattern: &str) -> Result<Like, PatternError> {
    python_regex(pattern)
        .map(Like::Regex)
        .map_err(PatternError::new)
}

/// The number after `FUZZY`: `Some(None)` if there is none, `None` if it is not a digit.
fn fuzzy_edits(digits: &str) -> Option<Option<usize>> {
    match digits.as_bytes() {
        [] => Some(None),
        [b @ b'1'..=b'9'] => Some(Some(usize::from(b - b'0'))),
        _ => None,
    }
}

/// Without a number, two edits or three tenths of the length, whichever is more; halves go to the even number, as in Python.
fn fuzzy(expected: &str, edits: Option<usize>) -> Like {
    let share = (0.3 * expected.chars().count() as f64).round_ties_even() as usize;
    Like::Fuzzy(expected.into(), edits.unwrap_or(share.max(2)))
}

fn flag_condition(flag: Flag, key: &str, value: &Value) -> Result<Condition, PatternError> {
    match value {
        Value::Bool(expected) => Ok(Condition::Flag(flag, *expected)),
        _ => Err(wrong_value(key, value)),
    }
}

fn length_conditions(
    key: &str,
    value: &Value,
    out: &mut Vec<Condition>,
) -> Result<(), PatternError> {
    let number = |v: &Value| v.as_i64().ok_or_else(|| wrong_value(key, v));
    let Value::Object(tests) = value else {
        out.push(Condition::Length(Comparison::Equal, number(value)?));
        return Ok(());
    };
    for (test, value) in tests {
        let name = test.to_ascii_uppercase();
        let condition = if let Some(comparison) = Comparison::from_name(&name) {
            Condition::Length(comparison, number(value)?)
        } else if let ("IN" | "NOT_IN", Some(list)) = (name.as_str(), value.as_array()) {
            let list = list.iter().map(number).collect::<Result<_, _>>()?;
            Condition::LengthIn(list, name == "IN")
        } else {
            return Err(wrong_value(key, value));
        };
        out.push(condition);
    }
    Ok(())
}
