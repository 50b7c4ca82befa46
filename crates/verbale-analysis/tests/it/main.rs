//! The ledgers on the example pages, their properties, and copies among generated pages.
#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "../support/mod.rs"]
mod support;
#[path = "../support/wires.rs"]
mod wires;

mod chart;
mod copies;
mod ledgers;
mod pairs;
mod properties;
