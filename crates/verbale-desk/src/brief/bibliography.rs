//! The works cited as CSL-JSON.
//!
//! Source: Citation Style Language 1.0.2, `csl-data.json`.

use serde_json::{Map, Value, json};
use verbale_case::StoredDocument;
use verbale_core::PartialDate;

use super::{notes::one_line, section::Cited, source::address};
use crate::address::is_web;

/// One item a page, in the order of their ids.
pub(crate) fn works(cited: &[Cited<'_>]) -> Value {
    let mut works: Vec<(String, Value)> = cited.iter().map(work).collect();
    works.sort_by(|a, b| a.0.cmp(&b.0));
    Value::Array(works.into_iter().map(|(_, work)| work).collect())
}

fn work(cited: &Cited<'_>) -> (String, Value) {
    let document = cited.document;
    let metadata = &document.document.metadata;
    let id = document.document.page().to_string();
    let mut work = Map::new();
    let mut field = |name: &str, value: Option<Value>| {
        work.extend(value.map(|v| (name.to_owned(), v)));
    };
    let words = |text: &Option<String>| text.as_deref().map(|t| json!(one_line(t)));
    field("id", Some(json!(id)));
    field("type", Some(json!(kind(&metadata.kind))));
    field("title", words(&metadata.title));
    field("author", authors(document));
    field("container-title", words(&metadata.publisher));
    field(
        "issued",
        metadata.published.as_ref().and_then(|p| date(p.date)),
    );
    let captured = document.origin.captured.map(|t| t.to_string());
    let captured = captured.and_then(|t| t.get(..10)?.parse().ok());
    field("accessed", captured.and_then(date));
    field(
        "URL",
        address(document).filter(|a| is_web(a)).map(|a| json!(a)),
    );
    field("language", language(&metadata.language));
    let digest = cited.digest.map(|d| json!(format!("sha256:{d}")));
    field("archive_location", digest);
    (id, Value::Object(work))
}

/// The type of CSL for a kind of page.
fn kind(kind: &str) -> &'static str {
    match kind {
        "news report" | "wire copy" => "article-newspaper",
        _ => "webpage",
    }
}

/// The people of the byline, else the agency; names are not taken apart.
fn authors(document: &StoredDocument) -> Option<Value> {
    let metadata = &document.document.metadata;
    let mut names: Vec<&str> = metadata.authors.iter().map(String::as_str).collect();
    if names.is_empty() {
        names.extend(metadata.agency.as_deref());
    }
    let literal = |n: &&str| json!({ "literal": one_line(n) });
    (!names.is_empty()).then(|| names.iter().map(literal).collect())
}

/// A date as far as its year is known.
fn date(date: PartialDate) -> Option<Value> {
    let mut parts = vec![json!(date.year()?)];
    parts.extend(date.month().map(|m| json!(m)));
    parts.extend(date.day().map(|d| json!(d)));
    Some(json!({ "date-parts": [parts] }))
}

fn language(tag: &str) -> Option<Value> {
    (!tag.is_empty() && tag != "und").then(|| json!(tag))
}
