//! What a case files and finds must be what the ledgers find in all claims at once, whatever came first and
//! whatever went again.

use std::path::Path;

use proptest::prelude::*;
use verbale_analysis::{
    Conflict, Lexicon, Series, SeriesKey, Shelf, Standing, Withdrawn, conflicts, standings,
};
use verbale_core::{ClaimId, Decimal, Proposition, Quantity};

use super::*;
use crate::Case;
use crate::decision::{NewDecision, Ruling};
use crate::testing::{Sample, at, day, figure, harbour};

fn lexicon() -> &'static Lexicon {
    static LEXICON: std::sync::LazyLock<Lexicon> = std::sync::LazyLock::new(Lexicon::builtin);
    &LEXICON
}

/// A page on which each of the speakers gives a number of boats held somewhere.
fn page(number: usize, said: &[(&str, i64, &str)]) -> Sample {
    let line = |(speaker, n, place): &(&str, i64, &str)| format!("{speaker}: {n} boats in {place}");
    let lines: Vec<String> = said.iter().map(line).collect();
    let text = format!("Page {number}\n{}", lines.join("\n"));
    let sample = Sample::new(&format!("{number}.txt"), &text);
    said.iter()
        .zip(&lines)
        .fold(sample, |sample, (said, line)| {
            let (speaker, n, place) = said;
            let Proposition::Figure(mut told) = figure("1", "boats", "boats held", place) else {
                unreachable!("a figure is a figure");
            };
            told.quantity = Quantity {
                unit: Some("boats".into()),
                ..Quantity::exact(Decimal::from(*n))
            };
            sample.claim(line, speaker, Proposition::Figure(told))
        })
}

fn filed(samples: &[&Sample]) -> Case {
    let mut case = Case::in_memory().unwrap();
    for sample in samples {
        sample.add_to(&mut case);
        // Filing after each page and filing all at once must come to the same.
        if sample.claims.len() % 2 == 0 {
            ready(&mut case);
        }
    }
    ready(&mut case);
    case
}

fn ready(case: &mut Case) {
    case.file_claims(lexicon()).unwrap();
    case.settle_conflicts(lexicon()).unwrap();
    assert!(case.is_filed(lexicon()).unwrap() && case.is_settled().unwrap());
}

fn all_series(case: &Case) -> Vec<Series> {
    let rows = case.series_rows(1, None, 1_000).unwrap();
    let mut series: Vec<Series> = rows
        .iter()
        .filter_map(|row| case.series(lexicon(), &row.key).unwrap())
        .collect();
    series.sort_by(|a, b| a.key.cmp(&b.key));
    series
}

fn all_conflicts(case: &Case) -> Vec<Conflict> {
    let mut found = Vec::new();
    loop {
        // Slices of two, so that the cursor is used.
        let after = found.last().map(ConflictCursor::from);
        let next = case.conflicts(after.as_ref(), 2).unwrap();
        if next.is_empty() {
            found.sort();
            return found;
        }
        found.extend(next);
    }
}

fn all_standings(case: &Case) -> Vec<Standing> {
    let mut found = Vec::new();
    case.for_each_standing(lexicon(), |standing, _| {
        found.push(standing.clone());
        Ok::<(), crate::Error>(())
    })
    .unwrap();
    found.sort_by(|a, b| a.claims.cmp(&b.claims));
    found
}

/// What the ledgers say of all claims at once.
fn at_once(samples: &[&Sample]) -> (Vec<Series>, Vec<Conflict>, Vec<Standing>) {
    let entries: Vec<_> = samples
        .iter()
        .flat_map(|s| {
            s.claims.iter().map(|claim| verbale_analysis::Entry {
                claim,
                page: s.page.id(),
                metadata: &s.document.metadata,
            })
        })
        .collect();
    let mut standing = standings(lexicon(), &entries, &[]);
    standing.retain(|s| s.claims.len() > 1);
    (
        Series::all(lexicon(), &entries),
        conflicts(lexicon(), &entries),
        standing,
    )
}

/// What conflicts say, without the ids: any copy may stand for the others.
fn words_of(conflicts: &[Conflict]) -> Vec<(verbale_analysis::ConflictKind, [&str; 2])> {
    let mut words: Vec<_> = conflicts
        .iter()
        .map(|c| {
            let mut quotes = [c.quotes.0.as_str(), c.quotes.1.as_str()];
            quotes.sort_unstable();
            (c.kind, quotes)
        })
        .collect();
    words.sort_unstable();
    words
}

fn check(case: &Case, samples: &[&Sample]) {
    let (series, conflicts, standings) = at_once(samples);
    assert_eq!(all_series(case), series);
    assert_eq!(words_of(&all_conflicts(case)), words_of(&conflicts));
    assert_eq!(all_standings(case), standings);
    assert_eq!(case.n_conflicts().unwrap(), conflicts.len() as u64);
}

fn three() -> [Sample; 3] {
    [
        page(
            1,
            &[("Ilka Doren", 15, "Tarn"), ("the coast guard", 25, "Tarn")],
        ),
        page(
            2,
            &[
                ("Ilka Doren", 15, "Tarn"),
                ("Per Ahl", 40, "Selm"),
                ("Ida Roe", 41, "Selm"),
            ],
        ),
        page(3, &[("Per Ahl", 40, "Selm"), ("Per Ahl", 7, "Orsk")]),
    ]
}

#[test]
fn a_case_finds_what_is_in_all_claims_at_once() {
    let [a, b, c] = three();
    let case = filed(&[&a, &b, &c]);
    check(&case, &[&a, &b, &c]);
    check(&filed(&[&c, &a, &b]), &[&a, &b, &c]);
    assert!(!all_conflicts(&case).is_empty());
    assert!(!all_standings(&case).is_empty());
    let longest = &case.series_rows(1, None, 1).unwrap()[0];
    assert_eq!(case.n_series(1).unwrap(), 3);
    assert_eq!(longest.n_claims, 3);
    let rest = case
        .series_rows(1, Some(&SeriesCursor::from(longest)), 10)
        .unwrap();
    assert_eq!(rest.len(), 2);
}

#[test]
fn a_new_page_unsettles_its_own_names_only() {
    let [a, b, c] = three();
    let mut case = filed(&[&a, &b]);
    c.add_to(&mut case);
    assert!(!case.is_filed(lexicon()).unwrap());
    assert_eq!(case.file_claims(lexicon()).unwrap(), 2);
    // The two claims of the page; whether it gives a whole and its parts was seen when they were filed.
    assert_eq!(case.settle_conflicts(lexicon()).unwrap(), 2);
    check(&case, &[&a, &b, &c]);
}

#[test]
fn what_other_rules_have_filed_is_filed_again() {
    let [a, b, c] = three();
    let mut case = filed(&[&a, &b, &c]);
    let n_filed = |case: &mut Case| case.file_claims(lexicon()).unwrap();
    assert_eq!(n_filed(&mut case), 0);
    case.run(|db| db.execute("UPDATE meta SET value = 'other' WHERE key = 'filing'", []))
        .unwrap();
    assert!(!case.is_filed(lexicon()).unwrap());
    let n_claims: usize = [&a, &b, &c].iter().map(|s| s.claims.len()).sum();
    assert_eq!(n_filed(&mut case), n_claims as u64);
    ready(&mut case);
    check(&case, &[&a, &b, &c]);
}

#[test]
fn what_somebody_withdraws_while_names_are_found_is_not_filed() {
    let [a, b, c] = three();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.db");
    let mut case = Case::create(&path).unwrap();
    for sample in [&a, &b] {
        sample.add_to(&mut case);
    }
    let mut other = Case::open(&path).unwrap();
    let n = case
        .file_batch(lexicon(), 1_000, || {
            other.withdraw(a.page.id(), "clerk", "law", at(3)).unwrap();
            c.add_to(&mut other);
        })
        .unwrap();
    assert_eq!(n, (b.claims.len() + c.claims.len(), false));
    ready(&mut case);
    check(&case, &[&b, &c]);
}

#[test]
fn a_rejected_claim_leaves_the_ledgers_until_it_is_pardoned() {
    let [mut a, b, _] = three();
    let mut case = filed(&[&a, &b]);
    let claim = a.claims[1].id;
    let reject = NewDecision {
        at: at(5),
        who: "reader".into(),
        why: None,
        ruling: Ruling::Reject { claim },
    };
    let decision = case.decide(reject).unwrap();
    ready(&mut case);
    let rejected = a.claims.pop().unwrap();
    check(&case, &[&a, &b]);
    case.decide(NewDecision {
        at: at(6),
        who: "reader".into(),
        why: None,
        ruling: Ruling::Undo { decision },
    })
    .unwrap();
    ready(&mut case);
    a.claims.push(rejected);
    check(&case, &[&a, &b]);
}

#[test]
fn a_new_reading_and_a_withdrawal_leave_nothing_behind() {
    let [mut a, b, c] = three();
    let mut case = filed(&[&a, &b, &c]);
    a.claims.remove(0);
    case.reread(&a.new_document()).unwrap().unwrap();
    ready(&mut case);
    check(&case, &[&a, &b, &c]);
    case.withdraw(b.page.id(), "clerk", "court order", at(9))
        .unwrap();
    ready(&mut case);
    check(&case, &[&a, &c]);
    let names: i64 = case
        .run(|db| db.query_row("SELECT count(*) FROM series_key", [], |r| r.get(0)))
        .unwrap();
    assert_eq!(names as usize, all_series(&case).len());
}

#[test]
fn what_falls_is_found_by_its_names() {
    let [a, b, c] = three();
    let case = filed(&[&a, &b, &c]);
    let outlet = Withdrawn::Outlet("harbour post".into());
    let all = case.impact(lexicon(), &outlet).unwrap();
    assert_eq!(all.claims.len(), 7);
    assert!(all.losses.iter().all(verbale_analysis::Loss::is_total));
    let one = case
        .impact(lexicon(), &Withdrawn::Claim(a.claims[1].id))
        .unwrap();
    assert_eq!(one.claims, [a.claims[1].id]);
    assert_eq!(one.losses.len(), 1);
    let standing = case.standing_of(lexicon(), a.claims[0].id).unwrap();
    assert_eq!(standing.unwrap().claims.len(), 2);
}

#[test]
fn moments_come_in_the_order_of_time() {
    let case = filed(&[&harbour()]);
    let mut days = Vec::new();
    case.for_each_moment(verbale_analysis::Clock::AsOf, |m| {
        days.push(m.days.0.to_string());
        Ok::<(), crate::Error>(())
    })
    .unwrap();
    assert_eq!(days, ["2031-05-01", "2031-06-01"]);
}

#[test]
fn a_case_that_cannot_be_written_is_filed_beside_it() {
    let [a, b, c] = three();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c.verbale");
    let mut case = Case::create(&path).unwrap();
    for sample in [&a, &b, &c] {
        sample.add_to(&mut case);
    }
    drop(case);
    let mut aside = Case::open_read_only(Path::new(&path)).unwrap();
    assert!(!aside.is_filed(lexicon()).unwrap());
    aside.file_claims_aside(lexicon()).unwrap();
    aside.settle_conflicts(lexicon()).unwrap();
    check(&aside, &[&a, &b, &c]);
}

/// The claims of a series in the order of its parts, each of one claim.
fn in_parts(case: &Case, row: &SeriesRow) -> Vec<ClaimId> {
    let part = |offset| {
        let slice = Slice { offset, limit: 1 };
        case.series_part(lexicon(), &row.key, slice).unwrap()
    };
    (0..)
        .map_while(part)
        .map(|s| s.observations[0].claim)
        .collect()
}

#[test]
fn parts_of_a_series_come_in_the_order_of_time() {
    const DAYS: [&str; 5] = ["2031-07", "2031-03-05", "", "2030", "2031-03-04"];
    let told = |n: usize, as_of: &str| {
        let Proposition::Figure(told) = figure("5", "boats", "boats held", "Tarn") else {
            unreachable!("a figure is a figure");
        };
        let as_of = (!as_of.is_empty()).then(|| day(as_of, "then"));
        let text = format!("Page {n}\n5 boats in Tarn");
        Sample::new(&format!("{n}.txt"), &text).claim(
            "5 boats in Tarn",
            "Ilka Doren",
            Proposition::Figure(verbale_core::Figure { as_of, ..told }),
        )
    };
    let samples: Vec<Sample> = DAYS.iter().enumerate().map(|(n, d)| told(n, d)).collect();
    let mut case = filed(&samples.iter().collect::<Vec<_>>());
    let row = case.series_rows(1, None, 9).unwrap().remove(0);
    let claim = |n: usize| samples[n].claims[0].id;
    let in_time = [3, 4, 1, 0, 2].map(claim);
    assert_eq!(in_parts(&case, &row), in_time);
    let ruling = |at_second: i64, ruling: Ruling| NewDecision {
        at: at(at_second),
        who: "reader".into(),
        why: None,
        ruling,
    };
    let amend = Ruling::Amend {
        claim: claim(3),
        field: "as_of".into(),
        value: "2031-05".into(),
    };
    case.decide(ruling(5, amend)).unwrap();
    let reject = Ruling::Reject { claim: claim(1) };
    case.decide(ruling(6, reject)).unwrap();
    ready(&mut case);
    assert_eq!(in_parts(&case, &row), [4, 3, 0, 2].map(claim));
}

#[test]
fn series_are_found_by_what_they_are_about() {
    let [a, b, c] = three();
    let case = filed(&[&a, &b, &c]);
    let found = |words: &str| case.series_about(lexicon(), words).unwrap().len();
    assert_eq!(
        (found("boat in Selm"), found("boats"), found("ferries")),
        (1, 3, 0)
    );
    // "Held" distinguishes nothing, so that no name has it; the claims do.
    assert_eq!(found("held"), 3);
    let key = case.series_key_of(a.claims[0].id).unwrap().unwrap();
    let title = case.series_title(lexicon(), &key).unwrap();
    assert_eq!(title.as_deref(), Some("boats held, Tarn"));
    assert_eq!(
        case.series(lexicon(), &SeriesKey::named("no such"))
            .unwrap(),
        None
    );
    assert!(case.gather(Shelf::Post).unwrap().is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn order_and_pieces_change_nothing(
        said in proptest::collection::vec((0..4usize, 1..6i64, 0..3usize), 1..12),
        seed in any::<u64>(),
    ) {
        const WHO: [&str; 4] = ["Ilka Doren", "Per Ahl", "Ida Roe", "the coast guard"];
        const WHERE: [&str; 3] = ["Tarn", "Selm", "Orsk"];
        let told: Vec<_> = said.iter().map(|&(w, n, p)| (WHO[w], n * 10, WHERE[p])).collect();
        let pages: Vec<Sample> = told.chunks(2).enumerate().map(|(i, s)| page(i, s)).collect();
        let forth: Vec<&Sample> = pages.iter().collect();
        let mut back = forth.clone();
        back.rotate_left(seed as usize % forth.len());
        back.reverse();
        let (one, other) = (filed(&forth), filed(&back));
        check(&one, &forth);
        prop_assert_eq!(all_conflicts(&one), all_conflicts(&other));
        prop_assert_eq!(all_series(&one), all_series(&other));
        prop_assert_eq!(all_standings(&one), all_standings(&other));
    }
}
