//! The case file and the exchange format.
//!
//! [`exchange`] writes documents with their claims as lines of JSON or as a table, and reads such lines back.
//!
//! Not here: how pages are read and claims are found, tables for people, flags, and the clock: whoever adds
//! something says when.

pub mod exchange;
