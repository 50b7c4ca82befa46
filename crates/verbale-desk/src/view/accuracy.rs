//! What the program scores on pages annotated by hand.

use serde::Serialize;

use crate::{
    accuracy::{Block, blocks},
    desk::Sources,
    error::Fault,
};

/// The program's accuracy.
#[derive(Debug, Serialize)]
pub struct Accuracy {
    /// The page of the docs, block by block.
    pub blocks: Vec<Block>,
}

/// The program's accuracy.
pub(crate) fn accuracy(_: &Sources<'_>) -> Result<Accuracy, Fault> {
    Ok(Accuracy { blocks: blocks() })
}
