//! The networks: embeddings of words, layers of convolutions over them, and what scores the moves of a parser.
//!
//! Everything is 32-bit floats, as in spaCy. A row of a result depends on the rows it is made of and on nothing else, in the same
//! order of additions, so that neither the batch nor the number of threads can change a bit of it.

mod file;
mod kernels;
mod matrix;
mod tok2vec;

pub(crate) use file::Weights;
pub use kernels::Kernels;
pub(crate) use matrix::{Dense, MoveScorer};
pub(crate) use tok2vec::{Batch, Tok2Vec, TypeCache};
