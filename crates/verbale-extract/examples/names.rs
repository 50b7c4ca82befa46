//! Prints what the scorers of name comparison take.
//!
//! ```text
//! names pairs PAIRS.csv                  a score a line; columns schema, name1, name2
//! names cross-script NAMES.tsv           the likeliest Latin name a line; Latin name, tab, native name
//! names held-out ROUNDS NAMES.tsv…       the share of first answers, trained on one half and asked for the other
//! names train ROUNDS LEAST NAMES.tsv…    the counts of the speller, trained on everything
//! ```

#![allow(clippy::print_stdout, reason = "an example is its own program")]

use std::{env, fs};

use verbale_core::EntityKind;
use verbale_extract::entities::names::{Candidates, Speller, score_as};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["pairs", path] => pairs(&fs::read_to_string(path)?),
        ["cross-script", path] => cross_script(&fs::read_to_string(path)?),
        ["held-out", rounds, paths @ ..] => held_out(rounds.parse()?, paths)?,
        ["train", rounds, least, paths @ ..] => train(rounds.parse()?, least.parse()?, paths)?,
        _ => return Err("expected pairs, cross-script, held-out or train with their files".into()),
    }
    Ok(())
}

fn pairs(csv: &str) {
    let mut rows = csv_rows(csv).into_iter();
    let head = rows.next().unwrap_or_default();
    let column = |name: &str| {
        head.iter()
            .position(|h| h == name)
            .expect("the column is there")
    };
    let (schema, a, b) = (column("schema"), column("name1"), column("name2"));
    for row in rows {
        let kind = match row[schema].as_str() {
            "Person" => EntityKind::Person,
            "Company" | "Organization" => EntityKind::Organization,
            _ => EntityKind::Other,
        };
        println!("{}", score_as(kind, &row[a], &row[b]).value());
    }
}

fn cross_script(tsv: &str) {
    let rows = tsv_rows(tsv);
    let latin: Vec<&str> = rows.iter().map(|(latin, _)| *latin).collect();
    let mut candidates = Candidates::new(&latin);
    for (_, native) in &rows {
        let first = candidates.first(Speller::builtin(), native);
        println!("{}", first.map_or("", |i| latin[i]));
    }
}

fn held_out(n_rounds: usize, paths: &[&str]) -> Result<(), Box<dyn std::error::Error>> {
    let texts = read(paths)?;
    let all: Vec<Vec<(&str, &str)>> = texts.iter().map(|t| tsv_rows(t)).collect();
    let mut right = vec![0; paths.len()];
    for half in 0..2 {
        let taught: Vec<(&str, &str)> = all
            .iter()
            .flat_map(|rows| rows.iter().enumerate().filter(|(i, _)| i % 2 != half))
            .map(|(_, (latin, native))| (*native, *latin))
            .collect();
        let speller = Speller::train(&taught, n_rounds);
        for (rows, right) in all.iter().zip(&mut right) {
            let latin: Vec<&str> = rows.iter().map(|(latin, _)| *latin).collect();
            let mut candidates = Candidates::new(&latin);
            for (_, (expected, native)) in rows.iter().enumerate().filter(|(i, _)| i % 2 == half) {
                let first = candidates.first(&speller, native);
                *right += usize::from(first.is_some_and(|i| latin[i] == *expected));
            }
        }
    }
    for ((path, rows), right) in paths.iter().zip(&all).zip(right) {
        println!(
            "{path}\t{:.3}\t{}",
            right as f64 / rows.len() as f64,
            rows.len()
        );
    }
    Ok(())
}

fn train(n_rounds: usize, least: f64, paths: &[&str]) -> Result<(), Box<dyn std::error::Error>> {
    let texts = read(paths)?;
    let taught: Vec<(&str, &str)> = texts
        .iter()
        .flat_map(|t| tsv_rows(t))
        .map(|(latin, native)| (native, latin))
        .collect();
    print!("{}", Speller::train(&taught, n_rounds).to_text(least));
    Ok(())
}

fn read(paths: &[&str]) -> Result<Vec<String>, std::io::Error> {
    paths.iter().map(fs::read_to_string).collect()
}

fn tsv_rows(tsv: &str) -> Vec<(&str, &str)> {
    tsv.lines()
        .filter(|l| !l.trim().is_empty())
        .filter_map(|l| l.split_once('\t'))
        .collect()
}

/// Rows of comma-separated values; quoted fields may hold commas, quotes and line breaks (RFC 4180).
fn csv_rows(csv: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut chars = csv.chars().peekable();
    while let Some(c) = chars.next() {
        let row = rows.last_mut().expect("there is a row");
        let field = row.last_mut().expect("there is a field");
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => field.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\n' if !quoted => rows.push(vec![String::new()]),
            '\r' if !quoted => {}
            c => field.push(c),
        }
    }
    rows.retain(|r| r.len() > 1);
    rows
}
