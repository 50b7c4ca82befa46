//! Tests with the English and French packages of spaCy, which are looked for where `verbale` keeps them.

mod models;
mod reading;
mod replay;
