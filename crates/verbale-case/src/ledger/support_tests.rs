//! Claims that come and go one by one, in any order, must be counted as all that are there at once, also where a name
//! has so many that they are weighed in parts.

use std::collections::BTreeMap;

use proptest::prelude::*;
use verbale_analysis::{Lexicon, Shelf, Support};
use verbale_core::{
    Anchor, ClaimId, Decimal, Figure, Interval, Proposition, Quantity, Status, Timex,
};

use super::sayings::Copies;
use crate::Case;
use crate::decision::{NewDecision, Ruling};
use crate::testing::{Sample, at, day};

fn lexicon() -> &'static Lexicon {
    static LEXICON: std::sync::LazyLock<Lexicon> = std::sync::LazyLock::new(Lexicon::builtin);
    &LEXICON
}

/// What a line says: kind, speaker, first day and length of the time.
type Said = (u8, usize, i32, i32);

/// A page: publisher, agency, story that it prints, day of publication, lines.
type Told = (usize, usize, usize, i32, Vec<Said>);

fn told() -> impl Strategy<Value = Told> {
    let length =
        prop_oneof![4 => Just(0), 1 => 1..4_i32, 1 => Just(-1), 1 => Just(-2), 1 => Just(-3)];
    let said = (0..3_u8, 0..6_usize, 0..20_i32, length);
    let lines = proptest::collection::vec(said, 1..4);
    (0..4_usize, 0..4_usize, 0..5_usize, 0..20_i32, lines)
}

/// A time from the day `first` of a month on; -1 is open to the past, -2 unresolved, -3 unstated.
fn time(first: i32, length: i32) -> Option<Timex> {
    let date = |n: i32| jiff::civil::date(2031, 5, 1) + jiff::Span::new().days(n);
    let interval = match length {
        0.. => Interval::new(Some(date(first)), Some(date(first + length))),
        -1 => Interval::new(None, Some(date(first))),
        _ => None,
    };
    (length != -3).then(|| Timex {
        interval,
        anchor: if length == -2 {
            Anchor::Missing
        } else {
            Anchor::None
        },
        ..day("2031-05", "then")
    })
}

fn proposition(kind: u8, as_of: Option<Timex>) -> Proposition {
    // The number is rare in one of the two figures.
    let value = [1_357, 40][usize::from(kind.min(1))];
    match kind {
        0 | 1 => Proposition::Figure(Figure {
            quantity: Quantity {
                unit: Some("boats".into()),
                ..Quantity::exact(Decimal::from(value))
            },
            subject: "boats held".into(),
            place: Some("Tarn".into()),
            as_of,
        }),
        _ => Proposition::Status(Status {
            subject: "harbor lock".into(),
            status: "closed".into(),
            as_of,
        }),
    }
}

const PUBLISHERS: [&str; 4] = ["Harbor Post", "Tarn Ledger", "Gulf News", ""];
const AGENCIES: [&str; 4] = ["", "", "Wire One", "Gulf News"];
const SPEAKERS: [&str; 6] = [
    "Ilka Doren",
    "Ilka Anna Doren",
    "Per Ahl",
    "the coast guard of Tarn",
    "Gulf News",
    "",
];

fn page(number: usize, (publisher, agency, story, published, said): &Told) -> Sample {
    let words =
        |first: usize| -> String { (first..first + 40).map(|n| format!("word{n} ")).collect() };
    // Stories 0 and 1 are printed by several pages, with a line of their own in front; others by one page.
    let first = if *story < 2 {
        *story * 100
    } else {
        1_000 + number * 100
    };
    let lines: Vec<String> = said
        .iter()
        .enumerate()
        .map(|(i, _)| format!("claim{i} is told"))
        .collect();
    let body = lines.join(&format!(" {} ", words(first)));
    let text = format!(
        "Page {number}\nour own line {number}\n{} {body} {}",
        words(first + 40),
        words(first)
    );
    let mut sample = Sample::new(&format!("{number}.txt"), &text);
    let some = |name: &str| (!name.is_empty()).then(|| name.to_owned());
    let metadata = &mut sample.document.metadata;
    metadata.publisher = some(PUBLISHERS[*publisher]);
    metadata.agency = some(AGENCIES[*agency]);
    if let Some(day) = metadata.published.as_mut() {
        day.date = (jiff::civil::date(2031, 5, 1) + jiff::Span::new().days(*published)).into();
    }
    said.iter()
        .zip(&lines)
        .fold(sample, |sample, (&(kind, who, first, length), line)| {
            let mut sample =
                sample.claim(line, SPEAKERS[who], proposition(kind, time(first, length)));
            let Some(last) = sample.claims.last_mut() else {
                return sample;
            };
            let attribution = &mut last.attribution;
            if SPEAKERS[who].is_empty() {
                attribution.speaker = None;
            }
            if first % 3 == 0 {
                attribution.said_on = None;
            }
            attribution.via.extend(some(AGENCIES[*agency]));
            sample
        })
}

fn numbers_of(case: &Case) -> BTreeMap<ClaimId, Support> {
    let ids: Vec<ClaimId> = case
        .run(|db| {
            let mut all = db.prepare("SELECT c.claim_id FROM claim_key k JOIN claim c ON c.id = k.claim WHERE k.shelf = 3")?;
            let texts = all.query_map([], |row| row.get::<_, String>(0))?;
            texts.map(|text| Ok(text?.parse().unwrap())).collect()
        })
        .unwrap();
    let supports = case.supports(&ids).unwrap();
    ids.into_iter().map(|id| (id, supports.of(id))).collect()
}

/// What the ledger counts that reads each name from the start.
fn read_anew(case: &Case, size: usize) -> BTreeMap<ClaimId, Support> {
    let mut found = BTreeMap::new();
    case.run(|db| {
        let keys: Vec<i64> = db
            .prepare("SELECT DISTINCT key FROM claim_key WHERE shelf = ?1")?
            .query_map([Shelf::Saying.number()], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for key in keys {
            Copies::default().for_each_part_of(
                db,
                lexicon(),
                (key, size),
                None,
                |_, standings| {
                    for standing in standings {
                        found.extend(standing.claims.iter().map(|id| (*id, standing.support())));
                    }
                    Ok(())
                },
            )?;
        }
        Ok(())
    })
    .unwrap();
    found
}

/// The claims of which the case keeps other numbers than it finds reading all anew: the kept and the found ones.
fn amiss(case: &Case, size: usize) -> Vec<(ClaimId, Support, Support)> {
    let (kept, found) = (numbers_of(case), read_anew(case, size));
    assert!(kept.keys().eq(found.keys()));
    let both = kept.into_iter().zip(found.into_values());
    both.filter(|((_, kept), found)| kept != found)
        .map(|((id, kept), found)| (id, kept, found))
        .collect()
}

fn weigh(case: &mut Case, size: usize) {
    case.file_claims(lexicon()).unwrap();
    case.weigh_sayings_within(lexicon(), size).unwrap();
    assert!(case.is_weighed().unwrap());
}

fn count(case: &Case, sql: &str) -> i64 {
    case.run(|db| db.query_row(sql, [], |row| row.get(0)))
        .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn claims_that_come_and_go_are_counted_as_all_at_once(
        told in proptest::collection::vec(told(), 1..24),
        order in any::<prop::sample::Index>(),
        gone in proptest::collection::btree_set(0..48_usize, 0..8),
        withdrawn in any::<prop::sample::Index>(),
        pause in 1..5_usize,
        size in prop_oneof![2..9_usize, Just(500)],
    ) {
        let mut pages: Vec<Sample> = told.iter().enumerate().map(|(i, t)| page(i, t)).collect();
        let mut case = Case::in_memory().unwrap();
        let n = pages.len();
        for i in 0..n {
            // Forwards or backwards from anywhere.
            let at = if pause % 2 == 0 { order.index(n) + i } else { order.index(n) + n - i };
            pages[at % n].add_to(&mut case);
            if i % pause == 0 {
                weigh(&mut case, size);
                prop_assert_eq!(amiss(&case, size), []);
            }
        }
        weigh(&mut case, size);
        let whole = read_anew(&case, size);
        prop_assert_eq!(amiss(&case, size), []);

        let ids: Vec<_> = pages.iter().flat_map(|p| &p.claims).map(|c| c.id).collect();
        let gone: Vec<usize> = gone.into_iter().filter(|i| *i < ids.len()).collect();
        let mut decisions = Vec::new();
        for (i, claim) in gone.iter().enumerate() {
            let ruling = Ruling::Reject { claim: ids[*claim] };
            decisions.push(rule(&mut case, i as i64, ruling));
            if i % 2 == 0 {
                weigh(&mut case, size);
                prop_assert_eq!(amiss(&case, size), []);
            }
        }
        for (i, decision) in decisions.into_iter().enumerate() {
            rule(&mut case, 50 + i as i64, Ruling::Undo { decision });
        }
        weigh(&mut case, size);
        prop_assert_eq!(&numbers_of(&case), &whole);

        let page = pages.remove(withdrawn.index(n));
        case.withdraw(page.page.id(), "clerk", "law", at(90)).unwrap();
        weigh(&mut case, size);
        prop_assert_eq!(amiss(&case, size), []);
        for page in pages {
            case.withdraw(page.page.id(), "clerk", "law", at(91)).unwrap();
        }
        weigh(&mut case, size);
        prop_assert_eq!(count(&case, "SELECT (SELECT count(*) FROM support) + (SELECT count(*) FROM in_saying)"), 0);
    }
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

/// A page that prints one story of its wire, with one claim.
fn reprint(number: usize) -> Sample {
    let words: String = (0..60).map(|n| format!("word{n} ")).collect();
    let text = format!("Page {number}\n{words} the lock is closed {words}");
    let mut sample = Sample::new(&format!("{number}.txt"), &text).claim(
        "the lock is closed",
        &format!("Reporter{number}"),
        proposition(2, time(number as i32 % 400, 0)),
    );
    sample.document.metadata.publisher = Some(format!("Paper {number}"));
    for claim in &mut sample.claims {
        claim.attribution.said_on = None;
        claim.attribution.via.clear();
    }
    sample
}

#[test]
fn a_story_that_hundreds_print_is_one_origin() {
    const N: usize = 260;
    let mut case = Case::in_memory().unwrap();
    for number in 0..N - 1 {
        reprint(number).add_to(&mut case);
    }
    weigh(&mut case, 500);
    // The last one is put among the others, which were put together at once.
    let last = reprint(N - 1);
    last.add_to(&mut case);
    weigh(&mut case, 500);
    let numbers = numbers_of(&case);
    let expected = Support {
        n_pages: N,
        n_publishers: N,
        n_origins: 1,
    };
    assert_eq!(numbers.get(&last.claims[0].id), Some(&expected));
    assert!(numbers.values().all(|support| *support == expected));
    assert_eq!(read_anew(&case, 500), numbers);
}
