//! The fields of a JSON object that are asked for.
//!
//! What nobody asks for is passed over while it is parsed: a value of two bytes takes dozens in memory, and
//! lines are taken apart in the program itself.

use std::{collections::BTreeMap, fmt};

use serde_core::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

/// A list is read up to this length: it names people.
const MAX_LIST: usize = 100;

/// Texts and lists of texts under their keys.
#[derive(Debug, Default)]
pub(super) struct Fields(BTreeMap<String, Field>);

impl Fields {
    /// The fields of an object that have one of these keys; of two with the same key the last.
    ///
    /// # Errors
    /// If the bytes are no JSON object.
    pub(super) fn of(bytes: &[u8], keys: &[&[&str]]) -> serde_json::Result<Self> {
        let mut json = serde_json::Deserializer::from_slice(bytes.trim_ascii());
        let fields = Keys(keys).deserialize(&mut json)?;
        json.end()?;
        Ok(fields)
    }

    /// The first text under one of the keys that is not blank.
    pub(super) fn text(&self, keys: &[&str]) -> Option<&str> {
        keys.iter()
            .filter_map(|k| match self.0.get(*k)? {
                Field::Text(text) => Some(text.as_str()),
                _ => None,
            })
            .find(|text| !text.trim().is_empty())
    }

    /// The texts under the first of the keys that is there, without blank ones.
    pub(super) fn texts(&self, keys: &[&str]) -> Vec<&str> {
        let found = match keys.iter().find_map(|k| self.0.get(*k)) {
            Some(Field::Text(text)) => std::slice::from_ref(text),
            Some(Field::List(texts)) => texts,
            Some(Field::Other) | None => &[],
        };
        found
            .iter()
            .map(|t| t.trim())
            .filter(|t| !t.is_empty())
            .collect()
    }
}

#[derive(Debug)]
enum Field {
    Text(String),
    List(Vec<String>),
    Other,
}

struct Keys<'k>(&'k [&'k [&'k str]]);

impl<'de> DeserializeSeed<'de> for Keys<'_> {
    type Value = Fields;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Fields, D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Keys<'_> {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Fields, A::Error> {
        let mut fields = Fields::default();
        while let Some(key) = object.next_key::<String>()? {
            if self.0.iter().any(|keys| keys.contains(&key.as_str())) {
                fields.0.insert(key, object.next_value()?);
            } else {
                object.next_value::<IgnoredAny>()?;
            }
        }
        Ok(fields)
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Field;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("any value")
            }

            fn visit_str<E>(self, text: &str) -> Result<Field, E> {
                Ok(Field::Text(text.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Field, A::Error> {
                let mut texts = Vec::new();
                while let Some(field) = list.next_element()? {
                    match field {
                        Field::Text(text) if texts.len() < MAX_LIST => texts.push(text),
                        _ => {}
                    }
                }
                Ok(Field::List(texts))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Field, A::Error> {
                while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Field::Other)
            }

            fn visit_bool<E>(self, _: bool) -> Result<Field, E> {
                Ok(Field::Other)
            }

            fn visit_i64<E>(self, _: i64) -> Result<Field, E> {
                Ok(Field::Other)
            }

            fn visit_u64<E>(self, _: u64) -> Result<Field, E> {
                Ok(Field::Other)
            }

            fn visit_f64<E>(self, _: f64) -> Result<Field, E> {
                Ok(Field::Other)
            }

            fn visit_unit<E>(self) -> Result<Field, E> {
                Ok(Field::Other)
            }
        }
        json.deserialize_any(Any)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_asked_for_is_kept() {
        let zeros = "0,".repeat(1000);
        let line = format!(
            r#"{{"x":[{zeros}0],"text":"a","y":{{"text":"b"}},"authors":["c",1,[" "],"d"],"title":null,"n":1.5}}"#
        );
        let keys: &[&[&str]] = &[&["text"], &["authors", "author"], &["title"], &["n"]];
        let fields = Fields::of(line.as_bytes(), keys).expect("an object");
        assert_eq!(fields.0.len(), 4);
        assert_eq!(fields.text(&["title", "text"]), Some("a"));
        assert_eq!(fields.texts(&["authors"]), ["c", "d"]);
        assert_eq!(fields.texts(&["text"]), ["a"]);
        assert!(fields.texts(&["n"]).is_empty());
        for wrong in ["[]", "{", "{} {}", "1", ""] {
            assert!(Fields::of(wrong.as_bytes(), keys).is_err(), "{wrong}");
        }
        let names = format!(r#"{{"authors":[{}"e"]}}"#, r#""c","#.repeat(500));
        let many = Fields::of(names.as_bytes(), keys).expect("an object");
        assert_eq!(many.texts(&["authors"]).len(), MAX_LIST);
    }
}
