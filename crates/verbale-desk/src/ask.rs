//! What was asked for: address, parameters, form of the answer.

use axum::{
    extract::{FromRequestParts, Query, Request},
    http::{HeaderMap, Uri, request::Parts},
};

use crate::guard::{WHO_COOKIE, cookie};

/// Set on requests whose address ended in `.json`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AsJson;

/// A request, as far as pages look at it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ask {
    /// The path, without `.json`.
    pub(crate) path: String,
    /// The parameters in their order.
    pub(crate) query: Vec<(String, String)>,
    /// True if JSON is wanted.
    pub(crate) json: bool,
    /// Who reviews, as the browser remembers.
    pub(crate) who: Option<String>,
}

impl Ask {
    pub(crate) fn of(request: &Request) -> Self {
        let json = request.extensions().get::<AsJson>().is_some();
        Self::new(request.uri(), request.headers(), json)
    }

    fn new(uri: &Uri, headers: &HeaderMap, json: bool) -> Self {
        Self {
            path: uri.path().to_owned(),
            query: Query::try_from_uri(uri).map(|q| q.0).unwrap_or_default(),
            json,
            who: cookie(headers, WHO_COOKIE).map(decoded),
        }
    }

    /// The value of a parameter; an empty field of a form is no value.
    pub(crate) fn param(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().find(|(n, _)| n == name);
        found.map(|(_, v)| v.trim()).filter(|v| !v.is_empty())
    }

    /// The value of a parameter, if it can be read as what is wanted.
    pub(crate) fn parsed<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.param(name)?.parse().ok()
    }

    /// This address with some parameters changed; an empty value takes one out.
    pub(crate) fn with(&self, changes: &[(&str, &str)]) -> String {
        let kept = self.query.iter().map(|(n, v)| (n.as_str(), v.as_str()));
        let kept = kept.filter(|(n, v)| !v.is_empty() && !changes.iter().any(|(c, _)| c == n));
        let added = changes.iter().copied().filter(|(_, v)| !v.is_empty());
        let pairs: Vec<String> = kept
            .chain(added)
            .map(|(n, v)| format!("{}={}", encoded(n), encoded(v)))
            .collect();
        if pairs.is_empty() {
            self.path.clone()
        } else {
            format!("{}?{}", self.path, pairs.join("&"))
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Ask {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let json = parts.extensions.get::<AsJson>().is_some();
        Ok(Self::new(&parts.uri, &parts.headers, json))
    }
}

/// Text as a part of an address (RFC 3986): all but letters, digits and `-._~` is escaped.
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for b in text.bytes() {
        if b.is_ascii_alphanumeric() || b"-._~".contains(&b) {
            out.push(char::from(b));
        } else {
            out.push_str(&format!("%{b:02X}"));
        }
    }
    out
}

/// The text that [`encoded`] made; what is no escape stays as it is.
pub(crate) fn decoded(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [b, tail @ ..] = rest {
        let hex = |b: &u8| char::from(*b).to_digit(16);
        match (b, tail) {
            (b'%', [h, l, after @ ..]) if hex(h).is_some() && hex(l).is_some() => {
                out.push((hex(h).unwrap_or(0) * 16 + hex(l).unwrap_or(0)) as u8);
                rest = after;
            }
            _ => {
                out.push(*b);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_comes_back() {
        for text in ["", "a b&c=d", "Сельмира 🚢", "100%", "%zz"] {
            assert_eq!(decoded(&encoded(text)), text);
        }
        assert_eq!(decoded("%zz%4"), "%zz%4");
    }

    #[test]
    fn parameters_are_changed_and_taken_out() {
        let ask = Ask {
            path: "/claims".into(),
            query: vec![
                ("kind".into(), "figure".into()),
                ("from".into(), "50".into()),
            ],
            ..Ask::default()
        };
        assert_eq!(ask.with(&[("from", "")]), "/claims?kind=figure");
        assert_eq!(ask.with(&[("from", "100")]), "/claims?kind=figure&from=100");
        assert_eq!(ask.with(&[("kind", ""), ("from", "")]), "/claims");
    }
}
