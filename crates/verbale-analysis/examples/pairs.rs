//! Measures the comparison of claims on a table of datapoints and labelled pairs of them.
//!
//! usage: `cargo run -p verbale-analysis --example pairs -- DATAPOINTS.json PAIRS.json`
//!
//! Each datapoint becomes a claim: the series' name, the unit's category, the kind and routes in the note become
//! the words of its subject, codes of countries their names. The comparison itself knows nothing of the table.

#[path = "../tests/support/mod.rs"]
mod support;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use support::{Filed, decimal, page, text};
use verbale_analysis::{Lexicon, judge};

fn main() {
    let mut args = std::env::args().skip(1);
    let (Some(datapoints), Some(pairs)) = (args.next(), args.next()) else {
        usage();
    };
    let load = |path: &str| -> Value {
        let json = std::fs::read_to_string(path).expect("the file can be read");
        serde_json::from_str(&json).expect("the file is JSON")
    };
    let (datapoints, pairs) = (load(&datapoints), load(&pairs));
    let filed: BTreeMap<String, Filed> = datapoints["datapoints"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|dp| (text(dp, "id").unwrap_or_default().to_owned(), filed(dp)))
        .collect();
    report(&filed, pairs["pairs"].as_array().expect("there are pairs"));
}

#[allow(
    clippy::print_stderr,
    clippy::exit,
    reason = "an example is its own program"
)]
fn usage() -> ! {
    eprintln!("usage: pairs DATAPOINTS.json PAIRS.json");
    std::process::exit(2)
}

#[allow(clippy::print_stdout, reason = "an example is its own program")]
fn report(filed: &BTreeMap<String, Filed>, pairs: &[Value]) {
    let lexicon = Lexicon::builtin();
    let mut n = Counts::default();
    for pair in pairs {
        let side = |key: &str| {
            filed
                .get(text(pair, key).unwrap_or_default())
                .and_then(|f| f.entries().next())
        };
        let (Some(a), Some(b)) = (side("a"), side("b")) else {
            continue;
        };
        let verdict = judge(&lexicon, a, b);
        let answer = label(verdict.answer);
        let gold = text(pair, "label").unwrap_or_default();
        n.add(gold, answer);
        if gold != answer {
            let ids = format!(
                "{} {}",
                text(pair, "a").unwrap_or_default(),
                text(pair, "b").unwrap_or_default()
            );
            println!("{ids}: {gold}, judged {answer}: {}", verdict.reason);
        }
    }
    println!("{} pairs, label right: {}", n.all, n.right);
    println!(
        "not in conflict: {}, called a conflict: {}",
        n.peace, n.false_alarms
    );
    println!("not in conflict, reason right: {}", n.reason_right);
    println!(
        "in conflict: {}, called a conflict: {}, kind right: {}",
        n.conflicts, n.found, n.kind_right
    );
}

#[derive(Default)]
struct Counts {
    all: usize,
    right: usize,
    peace: usize,
    false_alarms: usize,
    reason_right: usize,
    conflicts: usize,
    found: usize,
    kind_right: usize,
}

impl Counts {
    fn add(&mut self, gold: &str, answer: &str) {
        let kinds = ["contradiction", "revision", "drift", "relay_damage", "slip"];
        let is_conflict = |l: &str| kinds.contains(&l);
        let right = usize::from(gold == answer);
        self.all += 1;
        self.right += right;
        if is_conflict(gold) {
            self.conflicts += 1;
            self.found += usize::from(is_conflict(answer));
            self.kind_right += right;
        } else {
            self.peace += 1;
            self.false_alarms += usize::from(is_conflict(answer));
            self.reason_right += right;
        }
    }
}

/// The pairs' word for an answer.
fn label(answer: Result<verbale_analysis::ConflictKind, verbale_analysis::WhyNot>) -> &'static str {
    use verbale_analysis::{ConflictKind as K, WhyNot as W};
    match answer {
        Ok(K::Drift) => "drift",
        Ok(K::RelayDamage) => "relay_damage",
        Ok(K::Slip) => "slip",
        Ok(K::Revision) => "revision",
        Ok(_) => "contradiction",
        Err(W::Measure | W::Kind) => "different_measure",
        Err(W::Place) => "different_place",
        Err(W::Coverage) => "different_coverage",
        Err(W::Date | W::TimeUnknown) => "different_date",
        Err(W::Compatible) => "compatible",
        Err(W::SameOrigin) => "same_origin",
    }
}

/// A datapoint as a page with one claim.
fn filed(dp: &Value) -> Filed {
    let (unit, category) = unit(text(dp, "unit").unwrap_or_default());
    let (unit, per) = unit
        .split_once('/')
        .map_or((unit, None), |(u, p)| (u, Some(p)));
    let (words, place_of_series) = series(text(dp, "series").unwrap_or_default());
    let place = match text(dp, "place") {
        Some("ALL") => Some("worldwide".to_owned()),
        Some(code) => Some(country(code)),
        None => place_of_series,
    };
    let kind = text(dp, "kind").unwrap_or_default();
    let subject = [
        words,
        category.to_owned(),
        kind_words(kind).to_owned(),
        routes(text(dp, "note").unwrap_or_default()),
    ];
    let (speaker, via) = speaker(text(dp, "speaker").unwrap_or_default());
    let modality = text(dp, "modality").unwrap_or_default();
    // The table's low and high are comparison bounds; a claim has them only where its words state them.
    let hedge = hedge(modality);
    let bound = |key: &str| {
        if hedge.is_empty() {
            Value::Null
        } else {
            dp[key].clone()
        }
    };
    let outlet = text(dp, "outlet").unwrap_or_default();
    let chain: Vec<&str> = std::iter::once(outlet).chain(via).collect();
    let line = serde_json::json!({
        "id": dp["id"],
        "metadata": {"outlet": outlet, "published": text(dp, "published"), "source_kind": "news report"},
        "claims": [{
            "id": dp["id"], "span": dp["id"], "speaker": speaker, "reported_via": chain,
            "anonymous": matches!(speaker, "unnamed" | "unattributed"), "act": "say", "kind": "figure",
            "modality": if kind == "plan" { "planned" } else { "actual" },
            "figure": {
                "value": decimal(&dp["value"]).map(|_| dp["value"].clone()), "low": bound("low"), "high": bound("high"),
                "approximator": hedge, "unit": unit, "per": per, "subject": subject.join(" "), "where": place,
                "as_of": dp["as_of"],
            },
        }],
    });
    page(&line.to_string())
}

/// "entry:study" is the unit "entry" of the category "study"; the category "all" is none.
fn unit(unit: &str) -> (&str, &str) {
    let (unit, category) = unit.split_once(':').unwrap_or((unit, ""));
    (unit, if category == "all" { "" } else { category })
}

/// The words of a series' name, and its place where it ends in one: "dprk-workers-in-ru".
fn series(slug: &str) -> (String, Option<String>) {
    let parts: Vec<&str> = slug.split('-').collect();
    let named = |codes: &[&str]| {
        codes
            .iter()
            .map(|c| country(c))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let place_at = parts.iter().position(|p| matches!(*p, "in" | "from"));
    match place_at {
        Some(at) if at + 1 < parts.len() => {
            let rest = [&parts[..at], &parts[at + 2..]].concat();
            (named(&rest), Some(country(parts[at + 1])))
        }
        _ => match parts.last() {
            Some(world @ (&"worldwide" | &"abroad")) => {
                (named(&parts[..parts.len() - 1]), Some((*world).to_owned()))
            }
            _ => (named(&parts), None),
        },
    }
}

fn country(code: &str) -> String {
    let name = match code.to_ascii_lowercase().as_str() {
        "ru" => "Russia",
        "cn" => "China",
        "kp" | "dprk" => "North Korea",
        "kw" => "Kuwait",
        "qa" => "Qatar",
        _ => code,
    };
    name.to_owned()
}

/// How an analyst would say what kind of number it is.
fn kind_words(kind: &str) -> &'static str {
    match kind {
        "flow" => "in the period",
        "cumulative" => "so far",
        "capacity" => "capacity",
        _ => "",
    }
}

/// Routes and gateways named in a note: "Moscow-Pyongyang", "via Primorye".
fn routes(note: &str) -> String {
    let words: Vec<&str> = note.split([' ', ',', ';']).collect();
    let is_name = |w: &str| w.chars().next().is_some_and(char::is_uppercase);
    let is_route = |w: &&str| {
        w.split_once('-')
            .is_some_and(|(a, b)| is_name(a) && is_name(b))
    };
    let via = words
        .windows(2)
        .filter(|w| w[0] == "via" && is_name(w[1]))
        .map(|w| w[1]);
    words
        .iter()
        .copied()
        .filter(|w| is_route(w))
        .chain(via)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect::<Vec<_>>()
        .join(" ")
}

/// "FSB via NK News" is said by the FSB and passed on by NK News.
fn speaker(name: &str) -> (&str, Vec<&str>) {
    match name.split_once(" via ") {
        Some((speaker, via)) => (speaker, vec![via]),
        None => (name, Vec::new()),
    }
}

/// The words of a hedge; none for exact numbers.
fn hedge(modality: &str) -> &'static str {
    match modality {
        "about" | "approx" => "about",
        "around" => "around",
        "roughly" => "roughly",
        "some" => "some",
        "estimate" => "an estimated",
        "nearly" | "nearly_capacity" => "nearly",
        "more_than" | "more_than_capacity" => "more than",
        "at_least" => "at least",
        "fewer_than" => "fewer than",
        "up_to" => "up to",
        "no_more_than" => "no more than",
        "only" => "only",
        "range" => "between",
        _ => "",
    }
}
