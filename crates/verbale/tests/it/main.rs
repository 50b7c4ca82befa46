//! The program from outside: its commands, its manners with bad input, its docs, its fences.

mod cli;
mod docs;
mod floors;
mod kill;
mod ledgers;
mod support;
mod tidy;
