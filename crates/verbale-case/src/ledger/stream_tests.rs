//! What a case reads duty by duty, post by post and moment by moment must be what the ledgers make of all claims at
//! once, in whatever order the pages came.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use verbale_analysis::{
    Clock, Entry, Lexicon, Presence, Supports, against_computed, obligations, presence,
    restrictions, standings, timeline,
};
use verbale_core::{Obligation, Position, Proposition, Status};

use super::*;
use crate::testing::{Sample, day, figure};
use crate::{Case, Error};

const ON: Date = date(2031, 9, 1);

fn lexicon() -> &'static Lexicon {
    static LEXICON: std::sync::LazyLock<Lexicon> = std::sync::LazyLock::new(Lexicon::builtin);
    &LEXICON
}

fn status(subject: &str, status: &str, as_of: &str) -> Proposition {
    Proposition::Status(Status {
        subject: subject.into(),
        status: status.into(),
        as_of: (!as_of.is_empty()).then(|| day(as_of, "then")),
    })
}

fn duty(paragraph: Option<&str>, action: &str) -> Proposition {
    Proposition::Obligation(Obligation {
        instrument: Some("Brannock Protocol".into()),
        paragraph: paragraph.map(str::to_owned),
        party: Some("Kestria".into()),
        action: action.into(),
        deadline: Some(day("2031-06-30", "end of June")),
    })
}

fn left(n: &str, as_of: &str) -> Proposition {
    let Proposition::Figure(mut told) = figure(n, "boats", "fishing boats still held", "Tarn")
    else {
        unreachable!("a figure is a figure");
    };
    told.as_of = Some(day(as_of, "now"));
    Proposition::Figure(told)
}

fn embassies(n: &str) -> Proposition {
    let Proposition::Figure(mut told) = figure(n, "embassies", "open embassies", "Port Amber")
    else {
        unreachable!("a figure is a figure");
    };
    told.as_of = Some(day("2031-08-05", "now"));
    Proposition::Figure(told)
}

/// Five pages: on a duty, on keeping it, on posts, on bans, and one that repeats another.
fn pages() -> [Sample; 5] {
    let rule = "Title a\nKestria shall return all fishing boats.\nIt shall also pay for repairs.\nThe measures of the Protocol apply to crews.";
    let kept = "Title b\nKestria missed the deadline of the Brannock Protocol.\nIt is complying.\nabout 12 boats are still held.\nabout 3 boats were still held in May.";
    let posts = "Title c\nthe embassy of Garrow in Port Amber is open\nGarrow’s embassy was inspected\nthe embassies of Garrow and Ness in Port Amber are closed\nabout 1 embassies are open";
    let bans = "Title d\nthe border of Ness is closed\nthe ban on nets was lifted\nthe ban on lamps is in force";
    let again = "Title e\nabout 12 boats are still held, says the other page.\nKestria shall return all fishing boats, as is known.";
    [
        Sample::new("a.txt", rule)
            .claim(
                "Kestria shall return all fishing boats",
                "the Post",
                duty(Some("6"), "return all fishing boats"),
            )
            .claim(
                "It shall also pay for repairs",
                "the Post",
                duty(None, "pay for repairs of fishing boats"),
            )
            .claim(
                "The measures of the Protocol apply to crews",
                "Kestria’s coast guard",
                Proposition::Position(Position {
                    holder: "Kestria’s coast guard".into(),
                    stance: "the measures apply to crews".into(),
                    target: Some("Brannock Protocol".into()),
                }),
            ),
        Sample::new("b.txt", kept)
            .claim(
                "Kestria missed the deadline of the Brannock Protocol",
                "Norvale",
                status(
                    "Kestria / return of fishing boats under the Brannock Protocol",
                    "missed",
                    "2031-07",
                ),
            )
            .claim(
                "It is complying",
                "Norvale",
                status("Kestria", "complying", "2031-07-15"),
            )
            .claim(
                "about 12 boats are still held",
                "Ilka Doren",
                left("12", "2031-07-20"),
            )
            .claim(
                "about 3 boats were still held in May",
                "Ilka Doren",
                left("3", "2031-05"),
            ),
        Sample::new("c.txt", posts)
            .claim(
                "the embassy of Garrow in Port Amber is open",
                "Ilka Doren",
                status("embassy of Garrow in Port Amber", "open", "2031-08-01"),
            )
            .claim(
                "Garrow’s embassy was inspected",
                "Ilka Doren",
                status("Garrow’s embassy", "inspected", ""),
            )
            .claim(
                "the embassies of Garrow and Ness in Port Amber are closed",
                "Per Ahl",
                status(
                    "embassies of Garrow and Ness in Port Amber",
                    "closed",
                    "2031-03",
                ),
            )
            .claim("about 1 embassies are open", "Per Ahl", embassies("1")),
        Sample::new("d.txt", bans)
            .claim(
                "the border of Ness is closed",
                "Ness",
                status("border of Ness", "closed", "2031-02"),
            )
            .claim(
                "the ban on nets was lifted",
                "Ness",
                status("ban on nets", "lifted", "2031-01-05"),
            )
            .claim(
                "the ban on lamps is in force",
                "Ness",
                status("lamps", "banned", ""),
            ),
        Sample::new("e.txt", again)
            .claim(
                "about 12 boats are still held",
                "Ilka Doren",
                left("12", "2031-07-20"),
            )
            .claim(
                "Kestria shall return all fishing boats",
                "the Post",
                duty(Some("6"), "return all fishing boats"),
            ),
    ]
}

fn filed(samples: &[Sample]) -> Case {
    let mut case = Case::in_memory().unwrap();
    for (at, sample) in samples.iter().enumerate() {
        sample.add_to(&mut case);
        if at % 2 == 0 {
            ready(&mut case);
        }
    }
    ready(&mut case);
    case
}

fn ready(case: &mut Case) {
    case.file_claims(lexicon()).unwrap();
    case.settle_conflicts(lexicon()).unwrap();
    case.weigh_sayings(lexicon()).unwrap();
    assert!(case.is_weighed().unwrap());
}

fn entries(samples: &[Sample]) -> Vec<Entry<'_>> {
    let mut all = Vec::new();
    for sample in samples {
        all.extend(sample.claims.iter().map(|claim| Entry {
            claim,
            page: sample.page.id(),
            metadata: &sample.document.metadata,
        }));
    }
    all
}

/// Runs `check` with the pages as they are and backwards.
fn in_both_orders(check: impl Fn(&Case, &[Entry<'_>])) {
    let samples = pages();
    let entries = entries(&samples);
    check(&filed(&samples), &entries);
    let mut backwards = pages();
    backwards.reverse();
    check(&filed(&backwards), &entries);
}

#[test]
fn duties_come_one_by_one_as_they_come_at_once() {
    in_both_orders(|case, entries| {
        let mut found = Vec::new();
        case.for_each_duty(lexicon(), ON, |duty| {
            found.push(duty.clone());
            Ok::<(), Error>(())
        })
        .unwrap();
        let whole = obligations(lexicon(), entries, ON);
        assert_eq!(found, whole);
        // Both tellings, the two of the party, and what was left: none of the three ways came to nothing.
        let first = whole.iter().find(|d| d.paragraph.as_deref() == Some("6"));
        let party = &first.unwrap().parties[0];
        assert_eq!(party.statements.len(), 2);
        assert_eq!(party.computed.as_str(), "residual after deadline");
        assert!(first.unwrap().readings.len() >= 3);
        let computed = case.computed_conflicts(lexicon(), ON).unwrap();
        assert_eq!(computed, against_computed(lexicon(), entries, ON));
    });
}

#[test]
fn posts_and_counts_come_one_by_one_as_they_come_at_once() {
    in_both_orders(|case, entries| {
        let mut found = Presence::default();
        case.for_each_presence(lexicon(), |part| {
            match part {
                PresencePart::Post(post) => found.posts.push(post),
                PresencePart::Count(count) => found.counts.push(count),
            }
            Ok::<(), Error>(())
        })
        .unwrap();
        let whole = presence(lexicon(), entries);
        assert_eq!(found, whole);
        assert_eq!(whole.posts.len(), 2);
        assert_eq!(whole.posts[0].rows.len(), 3);
        assert_eq!(whole.counts[0].n_open, 1);
    });
}

#[test]
fn bans_and_moments_come_in_the_order_of_time() {
    in_both_orders(|case, entries| {
        let mut found = Vec::new();
        case.for_each_restriction(lexicon(), |restriction| {
            found.push(restriction);
            Ok::<(), Error>(())
        })
        .unwrap();
        assert_eq!(found, restrictions(lexicon(), entries));
        assert!(found.len() >= 3 && found.last().unwrap().days.is_none());
        for clock in [Clock::AsOf, Clock::Said, Clock::Published] {
            let mut moments = Vec::new();
            case.for_each_moment(clock, |moment| {
                moments.push(moment);
                Ok::<(), Error>(())
            })
            .unwrap();
            assert!(moments.is_sorted_by_key(|m| m.days), "{clock:?}");
            moments.sort_by_key(|m| (m.days, m.claim));
            assert_eq!(moments, timeline(entries, clock));
        }
    });
}

#[test]
fn what_stands_behind_a_claim_is_counted_as_all_claims_say() {
    in_both_orders(|case, entries| {
        let whole: Supports = standings(lexicon(), entries, &[]).iter().collect();
        let ids: Vec<_> = entries.iter().map(Entry::id).collect();
        let found = case.supports(&ids).unwrap();
        let of = |supports: &Supports| -> BTreeMap<_, _> {
            ids.iter().map(|id| (*id, supports.of(*id))).collect()
        };
        assert_eq!(of(&found), of(&whole));
        let twice = of(&whole).into_values().filter(|s| s.n_pages == 2).count();
        assert_eq!(twice, 4);
    });
}

#[test]
fn a_claim_that_goes_takes_its_support_along() {
    let samples = pages();
    let mut case = filed(&samples);
    let (there, gone) = (samples[1].claims[2].id, samples[4].claims[0].id);
    assert_eq!(case.supports(&[there]).unwrap().of(there).n_pages, 2);
    case.withdraw(samples[4].page.id(), "reader", "law", crate::testing::at(9))
        .unwrap();
    ready(&mut case);
    let supports = case.supports(&[there, gone]).unwrap();
    assert_eq!(supports, Supports::default());
}
