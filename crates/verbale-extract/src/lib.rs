//! Documents to claims.
//!
//! A [`Reading`] is a document whose claim-carrying passages have been read by a pipeline. Each stage is a
//! function from a reading to marks on it.

pub mod attribution;
mod reading;

pub use reading::{Block, Reading};
