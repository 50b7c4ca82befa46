//! The exchange format: one document with its passages, claims and entities a line.
//!
//! The field names are fixed by the format, so a few differ from the words of the program: `outlet` is the
//! publisher, `source_kind` the document's kind, `span` the quote of the evidence, `where` the place.
//! `start` and `end` count code points of `text`; inside the program every offset is a byte offset.
//!
//! [`DocumentLine::new`] makes a line from the domain's types, [`Writer`] prints lines as JSON, JSON lines or
//! CSV, and [`read`] takes such files back, gold annotations included. Tables for people are not here.

mod convert;
mod csv;
mod line;
mod number;
mod read;
mod row;
mod sheet;
mod write;

pub use convert::Reading;
pub(crate) use csv::write_cells;
pub use line::{
    ClaimLine, DiagnosticLine, DocumentLine, EntityLine, EventLine, FigureLine, MetadataLine,
    ObligationLine, PassageLine, PositionLine, StatusLine,
};
pub use number::Number;
pub use read::{ReadError, read};
pub use row::{ClaimRow, DocumentRef, SupportLine, SupportedRow};
pub use sheet::SheetWriter;
pub use write::{Format, Row, Writer};

/// The format's name in the first line of a stream.
pub const FORMAT: &str = "verbale-claims";

/// The format's version in the first line of a stream.
pub const VERSION: u32 = 1;

#[cfg(test)]
mod tests;
