//! Documents to claims.
//!
//! A [`Reading`] is a document whose claim-carrying passages have been read by a pipeline. Each stage is a
//! function from a reading to marks on it.

pub mod attribution;
pub mod claim;
pub mod entities;
mod extract;
mod lex;
mod numeral;
pub mod patterns;
pub mod quantities;
mod reading;
pub mod score;
pub mod stage;
pub(crate) mod tables;
pub mod times;

pub use extract::{Extraction, extract};
pub use reading::{Block, Reading};
