//! Claims that come and go one by one, in any order, must leave what is found in all that are there at once, also
//! where more stand in a line than a claim meets.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use verbale_analysis::{Entry, Lexicon, Shelf, conflicts::keys, conflicts_under};
use verbale_core::{
    Anchor, Decimal, Event, Figure, Interval, Obligation, Polarity, Proposition, Quantity, Status,
    Timex,
};

use super::Work;
use super::filing::key_of;
use crate::Case;
use crate::decision::{NewDecision, Ruling};
use crate::testing::{Sample, at, day};

fn lexicon() -> &'static Lexicon {
    static LEXICON: std::sync::LazyLock<Lexicon> = std::sync::LazyLock::new(Lexicon::builtin);
    &LEXICON
}

/// What somebody says: kind, speaker, number, place, first day and length of the time.
type Said = (u8, usize, u8, usize, i32, i32);

fn said() -> impl Strategy<Value = Said> {
    let length = prop_oneof![3 => Just(0), 1 => 1..12_i32, 1 => Just(-1), 1 => Just(-2)];
    (0..7_u8, 0..4_usize, 1..5_u8, 0..3_usize, 0..12_i32, length)
}

/// A time from the day `first` of a month on; -1 is open to the future, -2 unknown.
fn time(first: i32, length: i32) -> Option<Timex> {
    let date = |n: i32| jiff::civil::date(2031, 5, 1) + jiff::Span::new().days(n);
    let end = (length >= 0).then(|| date(first + length));
    (length != -2).then(|| Timex {
        interval: Interval::new(Some(date(first)), end),
        anchor: Anchor::None,
        ..day("2031-05", "then")
    })
}

fn proposition((kind, _, n, place, first, length): Said) -> (Proposition, Polarity) {
    let place = ["Tarn", "Selm", ""][place];
    let as_of = time(first, length);
    let polarity = if n % 2 == 0 {
        Polarity::Denied
    } else {
        Polarity::Asserted
    };
    let asserted = Polarity::Asserted;
    match kind {
        0..=3 => (
            Proposition::Figure(Figure {
                quantity: Quantity {
                    unit: Some("boats".into()),
                    ..Quantity::exact(Decimal::from(u32::from(n) * 10))
                },
                subject: "boats held".into(),
                place: (!place.is_empty()).then(|| place.to_owned()),
                as_of,
            }),
            asserted,
        ),
        4 => (
            Proposition::Status(Status {
                subject: "harbor lock".into(),
                status: ["open", "closed", "missed", "complying"][usize::from(n - 1)].into(),
                as_of,
            }),
            asserted,
        ),
        5 => (
            Proposition::Event(Event {
                label: "harbor talks".into(),
                actors: Vec::new(),
                place: None,
                date: as_of,
            }),
            polarity,
        ),
        _ => (
            Proposition::Obligation(Obligation {
                instrument: Some(format!("{place} Accord")),
                paragraph: Some("6".into()),
                party: None,
                action: ["pay", "report", "leave", "stay"][usize::from(n - 1)].into(),
                deadline: as_of,
            }),
            asserted,
        ),
    }
}

fn page(number: usize, all: &[Said]) -> Sample {
    const WHO: [&str; 4] = ["Ilka Doren", "Per Ahl", "Ida Roe", "the coast guard"];
    let lines: Vec<String> = (0..all.len()).map(|i| format!("line {i}.")).collect();
    let text = format!("Page {number}\n{}", lines.join("\n"));
    let sample = Sample::new(&format!("{number}.txt"), &text);
    all.iter().zip(&lines).fold(sample, |sample, (said, line)| {
        let (proposition, polarity) = proposition(*said);
        let mut sample = sample.claim(line, WHO[said.1], proposition);
        if let Some(last) = sample.claims.last_mut() {
            last.polarity = polarity;
        }
        sample
    })
}

type Found = BTreeSet<(String, String, String, String)>;

/// The conflicts under each name on the shelf, of those claims that are there.
fn at_once(pages: &[Sample], gone: &BTreeSet<usize>, most: usize) -> BTreeMap<i64, Found> {
    let entries = pages.iter().flat_map(|s| {
        s.claims.iter().map(|claim| Entry {
            claim,
            page: s.page.id(),
            metadata: &s.document.metadata,
        })
    });
    let mut under: BTreeMap<i64, Vec<Entry<'_>>> = BTreeMap::new();
    for (at, entry) in entries.enumerate() {
        for (shelf, name) in keys(lexicon(), entry) {
            if shelf == Shelf::Dispute && !gone.contains(&at) {
                under.entry(key_of(shelf, &name)).or_default().push(entry);
            }
        }
    }
    let mut found = BTreeMap::new();
    for (key, entries) in under {
        let conflicts = conflicts_under(lexicon(), Shelf::Dispute, &entries, most);
        let rows: Found = conflicts
            .into_iter()
            .map(|c| {
                let (a, b) = c.pair;
                (a.to_string(), b.to_string(), c.kind.to_string(), c.reason)
            })
            .collect();
        if !rows.is_empty() {
            found.insert(key, rows);
        }
    }
    found
}

/// What the case keeps.
fn kept(case: &Case) -> BTreeMap<i64, Found> {
    let sql = "SELECT DISTINCT x.key, x.a, x.b, x.kind, x.reason FROM conflict x
               JOIN claim_key k ON k.key = x.key AND k.shelf = 2";
    let rows: Vec<(i64, (String, String, String, String))> = case
        .run(|db| {
            db.prepare(sql)?
                .query_map([], |r| {
                    Ok((r.get(0)?, (r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?)))
                })?
                .collect()
        })
        .unwrap();
    let mut found: BTreeMap<i64, Found> = BTreeMap::new();
    for (key, row) in rows {
        found.entry(key).or_default().insert(row);
    }
    found
}

fn settle(case: &mut Case, most: usize) {
    case.file_claims(lexicon()).unwrap();
    case.settle_conflicts_within(lexicon(), most).unwrap();
    assert!(case.is_settled().unwrap());
}

/// Nothing may stand in a line that is not filed.
fn n_in_line(case: &Case) -> i64 {
    case.run(|db| db.query_row("SELECT count(*) FROM in_line", [], |r| r.get(0)))
        .unwrap()
}

fn rule(case: &mut Case, second: i64, ruling: Ruling) -> String {
    case.decide(NewDecision {
        at: at(second),
        who: "reader".into(),
        why: None,
        ruling,
    })
    .unwrap()
}

/// A page on which somebody reads paragraph 6 of an accord.
fn reading(number: usize, who: &str, accord: &str, action: &str) -> Sample {
    let duty = Proposition::Obligation(Obligation {
        instrument: Some(accord.to_owned()),
        paragraph: Some("6".into()),
        party: None,
        action: action.to_owned(),
        deadline: None,
    });
    Sample::new(
        &format!("{number}.txt"),
        &format!("Page {number}\nIt says so."),
    )
    .claim("It says so", who, duty)
}

const ACTIONS: [&str; 4] = ["pay", "report", "leave", "wait"];

#[test]
fn who_speaks_of_two_places_in_turn_has_a_neighbor_at_each() {
    let said: [Said; 3] = [(0, 0, 1, 0, 0, 0), (0, 0, 2, 1, 3, 0), (0, 0, 3, 0, 6, 0)];
    let pages: Vec<Sample> = said
        .iter()
        .enumerate()
        .map(|(i, s)| page(i, std::slice::from_ref(s)))
        .collect();
    let mut case = Case::in_memory().unwrap();
    for at in [2, 0, 1] {
        pages[at].add_to(&mut case);
        settle(&mut case, 512);
    }
    let found = kept(&case);
    assert_eq!(found, at_once(&pages, &BTreeSet::new(), 512));
    let kinds: Vec<&str> = found
        .values()
        .flatten()
        .map(|(_, _, kind, _)| kind.as_str())
        .collect();
    assert_eq!(kinds, ["drift"]);
}

#[test]
fn readings_of_other_instruments_cost_a_page_nothing() {
    let mut case = Case::in_memory().unwrap();
    let add = |case: &mut Case, number: usize, town: usize| {
        let (who, action) = (format!("Speaker{number}"), ACTIONS[number % 4]);
        reading(number, &who, &format!("Town{town} Accord"), action).add_to(case);
    };
    for number in 0..200 {
        add(&mut case, number, number);
    }
    settle(&mut case, 512);
    let before = Work::so_far();
    add(&mut case, 201, 7);
    settle(&mut case, 512);
    let work = Work::since(before);
    assert_eq!((work.n_pairs, work.n_places), (1, 1));
    assert_eq!(kept(&case).len(), 1);
}

#[test]
fn of_many_readings_each_is_held_against_a_few() {
    let pages: Vec<Sample> = (0..90)
        .map(|n| reading(n, &format!("Speaker{n}"), "Tarn Accord", ACTIONS[n % 4]))
        .chain((90..120).map(|n| reading(n, "Speaker0", "Tarn Accord", ACTIONS[0])))
        .collect();
    let mut case = Case::in_memory().unwrap();
    for (n, page) in pages.iter().rev().enumerate() {
        page.add_to(&mut case);
        if n % 7 == 0 {
            settle(&mut case, 512);
        }
    }
    settle(&mut case, 512);
    let found = kept(&case);
    assert_eq!(found, at_once(&pages, &BTreeSet::new(), 512));
    let all: Vec<_> = found.into_values().flatten().collect();
    let ends: BTreeSet<&String> = all.iter().flat_map(|(a, b, ..)| [a, b]).collect();
    // What one speaker says again is not held against anybody again.
    assert_eq!(ends.len(), 90);
    assert!((90 * 16..=90 * 32).contains(&all.len()), "{}", all.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn claims_that_come_and_go_leave_what_is_found_at_once(
        said in proptest::collection::vec(said(), 1..40),
        order in any::<prop::sample::Index>(),
        gone in proptest::collection::btree_set(0..40_usize, 0..6),
        withdrawn in any::<prop::sample::Index>(),
        pause in 1..5_usize,
        most in 1..5_usize,
    ) {
        let mut pages: Vec<Sample> =
            said.chunks(3).enumerate().map(|(i, s)| page(i, s)).collect();
        let mut case = Case::in_memory().unwrap();
        let n = pages.len();
        for i in 0..n {
            // Forwards or backwards from anywhere.
            let at = if most % 2 == 0 { order.index(n) + i } else { order.index(n) + n - i };
            pages[at % n].add_to(&mut case);
            if i % pause == 0 {
                settle(&mut case, most);
            }
        }
        settle(&mut case, most);
        prop_assert_eq!(kept(&case), at_once(&pages, &BTreeSet::new(), most));
        let before = n_in_line(&case);

        let ids: Vec<_> = pages.iter().flat_map(|p| &p.claims).map(|c| c.id).collect();
        let gone: BTreeSet<usize> = gone.into_iter().filter(|i| *i < ids.len()).collect();
        let mut decisions = Vec::new();
        for (i, at) in gone.iter().enumerate() {
            decisions.push(rule(&mut case, i as i64, Ruling::Reject { claim: ids[*at] }));
            if i % 2 == 0 {
                settle(&mut case, most);
            }
        }
        settle(&mut case, most);
        prop_assert_eq!(kept(&case), at_once(&pages, &gone, most));

        for (i, decision) in decisions.into_iter().enumerate() {
            rule(&mut case, 50 + i as i64, Ruling::Undo { decision });
        }
        settle(&mut case, most);
        prop_assert_eq!(kept(&case), at_once(&pages, &BTreeSet::new(), most));
        prop_assert_eq!(n_in_line(&case), before);

        let page = pages.remove(withdrawn.index(n));
        case.withdraw(page.page.id(), "clerk", "law", at(90)).unwrap();
        settle(&mut case, most);
        prop_assert_eq!(kept(&case), at_once(&pages, &BTreeSet::new(), most));
        for page in pages {
            case.withdraw(page.page.id(), "clerk", "law", at(91)).unwrap();
        }
        settle(&mut case, most);
        prop_assert_eq!(n_in_line(&case), 0);
    }
}
