//! Packs: domain knowledge as data.
//!
//! A pack is one TOML file or a folder of them: vocabularies, names, and what a topic needs.
//! [`Packs::builtin`] gives those that travel with the program; `docs/packs.md` describes the format.
//!
//! In this crate the file format *is* the data model, so the types derive `Deserialize` and serde names the key
//! and line of a fault. Nothing here reads a document.

mod beginnings;
mod builtin;
pub mod check;
mod entity;
mod error;
mod file;
mod index;
mod lookup;
mod pack;
mod packs;
pub mod pattern;
mod topic;
mod value;
mod vocab;
mod words;

pub use entity::{Country, Institution, Metonym, MetonymReading, Office, Outlet, Person};
pub use error::Error;
pub use file::Header;
pub use lookup::Known;
pub use pack::{Pack, read_files};
pub use packs::Packs;
pub use pattern::Pattern;
pub use topic::{
    Cap, Counted, Deadline, DueState, Exemption, Force, Head, Instrument, InstrumentMatch, Measure,
    Milestone, Nature, Obligation, Observation, Post, PostEvent, Reading, Report, Series,
};
pub use vocab::{
    AnonymityKind, AnonymityPhrase, Approximator, Axis, Bound, ComputedStatus, Field, FineAct,
    Form, ReportingVerb, StatusWord, Vague, VagueKind, Verbs,
};
pub use words::{Words, fold};
