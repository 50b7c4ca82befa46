//! The program from outside: its commands, its manners with bad input, its docs, its fences.

mod accuracy;
mod brief;
mod by_hand;
mod cli;
mod custody;
mod docs;
mod faults;
mod kill;
mod ledgers;
mod reread;
mod review;
mod sources;
mod support;
mod tables;
mod tidy;
mod worker;
