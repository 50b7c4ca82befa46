//! Tests with the English and French packages of spaCy, which are looked for where `verbale` keeps them.

mod loading;
mod models;
mod reading;
mod replay;
