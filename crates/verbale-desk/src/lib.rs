//! What people look at, and what they hand on.
//!
//! [`brief`] makes a document with footnotes out of a case, and prints it as HTML, Markdown and Word.
//!
//! Not here: SQL (`verbale-case`), ledgers and charts (`verbale-analysis`), reading pages, files and the clock.

pub mod brief;
