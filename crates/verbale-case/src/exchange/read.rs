//! Reading lines back: streams of the program, lists of documents, and gold annotations.

use std::io::BufRead;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::convert::n_chars;
use super::{DocumentLine, FORMAT, VERSION};

/// A stream that is not the exchange format.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// A record is not JSON, or a field has the wrong type.
    #[error("record {record} is not a document of the exchange format")]
    Record {
        /// The record's number in the stream, from 1.
        record: usize,
        /// What is wrong, with line and column where they are known.
        source: serde_json::Error,
    },
    /// The first record names another format or a newer version.
    #[error("expected {FORMAT} version {VERSION} or older, found `{found}`")]
    Version {
        /// What the stream says of itself.
        found: String,
    },
}

/// The first record of a stream, or a whole list of documents in one record.
#[derive(Deserialize)]
struct Head {
    format: Option<String>,
    version: Option<u32>,
    documents: Option<Vec<DocumentLine>>,
}

/// The documents of a stream, one after the other.
///
/// Takes JSON lines with or without the first line that names the format, the list that
/// [`Format::Json`](super::Format::Json) prints, and files that hold one document, as gold annotations do.
/// Unknown fields are passed over and absent ones are empty; an absent `end` is computed from `span`.
/// The iterator ends after the first error.
pub fn read(input: impl BufRead) -> impl Iterator<Item = Result<DocumentLine, ReadError>> {
    let mut records = serde_json::Deserializer::from_reader(input).into_iter::<Box<RawValue>>();
    let mut n_records = 0;
    let mut failed = false;
    std::iter::from_fn(move || {
        if failed {
            return None;
        }
        let raw = records.next()?;
        n_records += 1;
        let documents = raw
            .map_err(|source| ReadError::Record {
                record: n_records,
                source,
            })
            .and_then(|raw| documents_of(&raw, n_records));
        failed = documents.is_err();
        Some(documents)
    })
    .flat_map(|documents| match documents {
        Ok(documents) => documents.into_iter().map(Ok).collect(),
        Err(e) => vec![Err(e)],
    })
}

fn documents_of(raw: &RawValue, record: usize) -> Result<Vec<DocumentLine>, ReadError> {
    let fail = |source| ReadError::Record { record, source };
    let head: Head = serde_json::from_str(raw.get()).map_err(fail)?;
    if let Some(format) = &head.format {
        let version = head.version.unwrap_or(VERSION);
        if format != FORMAT || version > VERSION {
            return Err(ReadError::Version {
                found: format!("{format} version {version}"),
            });
        }
        return Ok(completed(head.documents.unwrap_or_default()));
    }
    let document = serde_json::from_str(raw.get()).map_err(fail)?;
    Ok(completed(vec![document]))
}

fn completed(mut documents: Vec<DocumentLine>) -> Vec<DocumentLine> {
    for claim in documents.iter_mut().flat_map(|d| &mut d.claims) {
        if claim.end == 0 {
            claim.end = claim.start.saturating_add(n_chars(&claim.span));
        }
    }
    documents
}
