use verbale_core::{Act, ClaimKind, PageId, TextSize};

use super::*;
use crate::testing::{Sample, at, figure, harbour};
use crate::{Added, Case, EntityId};

fn case_with(samples: &[&Sample]) -> Case {
    let mut case = Case::in_memory().unwrap();
    for sample in samples {
        sample.add_to(&mut case);
    }
    case
}

/// The quotes of the claims that match.
fn check(case: &Case, filter: Filter, expected: &[&str]) {
    let claims = case.claims(&filter).unwrap();
    let mut quotes: Vec<_> = claims.iter().map(|c| c.claim.evidence.quote()).collect();
    quotes.sort_unstable();
    let mut expected = expected.to_vec();
    expected.sort_unstable();
    assert_eq!(quotes, expected, "{filter:?}");
}

#[test]
fn what_is_added_comes_back_the_same() {
    let sample = harbour();
    let case = case_with(&[&sample]);
    let stored = case.document(sample.page.id()).unwrap().unwrap();
    assert_eq!(stored.document, sample.document);
    assert_eq!(stored.origin, sample.page.origin);
    assert_eq!(stored.diagnostics, sample.diagnostics);
    assert_eq!(stored.run, sample.run);
    let mut claims: Vec<_> = stored.claims.iter().map(|c| c.claim.clone()).collect();
    claims.sort_by_key(|c| sample.claims.iter().position(|s| s.id == c.id));
    assert_eq!(claims, sample.claims);
    assert_eq!(stored.entities.len(), 2);
    assert_eq!(stored.entities[0].mentions, sample.entities[0].mentions);
    assert_eq!(
        case.page(sample.page.id()).unwrap(),
        Some(sample.page.clone())
    );
    assert_eq!(stored.to_line().claims.len(), 5);
}

#[test]
fn adding_a_page_twice_changes_nothing_but_its_custody() {
    let sample = harbour();
    let mut case = case_with(&[&sample]);
    let before = case.status().unwrap();
    assert_eq!(
        case.add(&sample.new_document()).unwrap(),
        Added::AlreadyThere
    );
    assert_eq!(
        case.add_origin(&sample.page, at(1)).unwrap(),
        Some(Added::AlreadyThere)
    );
    assert_eq!(case.status().unwrap(), before);
    let mut copy = sample.clone();
    copy.page.origin.path = "copy.txt".into();
    assert_eq!(
        case.add(&copy.new_document()).unwrap(),
        Added::SeenElsewhere
    );
    copy.page.origin.containers = vec!["dump.zip".into()];
    assert_eq!(
        case.add_origin(&copy.page, at(1)).unwrap(),
        Some(Added::SeenElsewhere)
    );
    let custody: i64 = case
        .run(|db| db.query_row("SELECT count(*) FROM custody", [], |row| row.get(0)))
        .unwrap();
    assert_eq!(custody, 3);
    assert_eq!(case.status().unwrap().n_pages, 1);
    copy.page.bytes.push(b'!');
    assert_eq!(case.add_origin(&copy.page, at(1)).unwrap(), None);
}

#[test]
fn claims_are_filtered_by_kind_act_names_and_place() {
    let case = case_with(&[&harbour()]);
    let name = |n: &str| Some(n.to_owned());
    check(
        &case,
        Filter {
            kinds: vec![ClaimKind::Figure, ClaimKind::Event],
            ..Filter::default()
        },
        &["about 1,200.50 tonnes", "Talks between both ports"],
    );
    check(
        &case,
        Filter {
            acts: vec![Act::Deny],
            ..Filter::default()
        },
        &["the lock was closed"],
    );
    for speaker in ["Brücke", "brucke", "anna BRÜCKE"] {
        check(
            &case,
            Filter {
                speaker: name(speaker),
                ..Filter::default()
            },
            &["about 1,200.50 tonnes", "the delay regrettable"],
        );
    }
    check(
        &case,
        Filter {
            about: name("port"),
            ..Filter::default()
        },
        &["Talks between both ports", "both ports to report by June"],
    );
    check(
        &case,
        Filter {
            place: name("orsk"),
            kinds: vec![ClaimKind::Figure],
            ..Filter::default()
        },
        &["about 1,200.50 tonnes"],
    );
    for nothing in ["", "\" OR *", "speaker : x", "NEAR("] {
        check(
            &case,
            Filter {
                speaker: name(nothing),
                ..Filter::default()
            },
            &[],
        );
    }
}

#[test]
fn claims_are_filtered_by_three_clocks_and_unknown_is_not_any_time() {
    let case = case_with(&[&harbour()]);
    let window = |clock, since: &str, until: &str| Filter {
        clock,
        since: since.parse().ok(),
        until: until.parse().ok(),
        ..Filter::default()
    };
    check(
        &case,
        window(Clock::AsOf, "2031-05-20", "2031-05-31"),
        &["about 1,200.50 tonnes"],
    );
    check(
        &case,
        window(Clock::AsOf, "2031-06-30", ""),
        &["both ports to report by June"],
    );
    check(&case, window(Clock::AsOf, "2032-01-01", ""), &[]);
    assert_eq!(
        case.n_claims(&window(Clock::Said, "2031-05-01", "2031-05-01"))
            .unwrap(),
        5
    );
    assert_eq!(
        case.n_claims(&window(Clock::Said, "", "2031-04-30"))
            .unwrap(),
        0
    );
    assert_eq!(
        case.n_claims(&window(Clock::Published, "2031-05-02", ""))
            .unwrap(),
        5
    );
}

#[test]
fn claims_are_found_by_publisher_page_and_entity() {
    let (sample, other) = (
        harbour(),
        Sample::new("b.txt", "Orsk\nNine boats in Orsk.").claim(
            "Nine boats",
            "x",
            figure("9", "boats", "boats", "Orsk"),
        ),
    );
    let case = case_with(&[&sample, &other]);
    assert_eq!(
        case.n_claims(&Filter {
            publisher: Some("harbour post".into()),
            page: Some(other.page.id()),
            ..Filter::default()
        })
        .unwrap(),
        1
    );
    check(
        &case,
        Filter {
            publisher: Some("harb".into()),
            ..Filter::default()
        },
        &[],
    );
    let orsk: String = case
        .run(|db| {
            db.query_row(
                "SELECT entity_id FROM entities WHERE name = 'Orsk'",
                [],
                |r| r.get(0),
            )
        })
        .unwrap();
    check(
        &case,
        Filter {
            entity: EntityId::parse(&orsk),
            kinds: vec![ClaimKind::Figure],
            ..Filter::default()
        },
        &["about 1,200.50 tonnes"],
    );
}

#[test]
fn a_claim_is_shown_in_its_passage() {
    let sample = harbour();
    let case = case_with(&[&sample]);
    let context = case.claim_in_context(sample.claims[1].id).unwrap().unwrap();
    assert_eq!(&context.passage[context.range], "the lock was closed");
    assert!(context.range.start() > TextSize::from(0));
    assert_eq!(
        case.document(PageId::of(b"none"))
            .unwrap()
            .map(|d| d.claims.len()),
        None
    );
}

#[test]
fn the_status_counts_what_is_there() {
    let undated = Sample::new("c.txt", "No date\nTwo boats.").undated();
    let case = case_with(&[&harbour(), &undated]);
    let status = case.status().unwrap();
    assert_eq!(
        (status.n_pages, status.n_undated, status.n_entities),
        (2, 1, 2)
    );
    assert_eq!(status.claims.len(), 5);
    assert_eq!(status.claims[0], ("figure".to_owned(), 1));
    assert_eq!(status.publishers, [("Harbour Post".to_owned(), 2)]);
    assert_eq!(
        status.published,
        Some(("2031-05-02".into(), "2031-05-02".into()))
    );
    let waiting = case.undated().unwrap();
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0].page, undated.page.id());
}

#[test]
fn every_view_can_be_read_and_shows_words() {
    let case = case_with(&[&harbour()]);
    let views: Vec<String> = case
        .run(|db| {
            db.prepare("SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name")?
                .query_map([], |row| row.get(0))?
                .collect()
        })
        .unwrap();
    for view in &views {
        case.run(|db| {
            db.query_row(&format!("SELECT count(*) FROM {view}"), [], |row| {
                row.get::<_, i64>(0)
            })
        })
        .unwrap_or_else(|e| panic!("{view}: {e}"));
    }
    let (value, passage): (f64, String) = case
        .run(|db| {
            Ok((
                db.query_row("SELECT value FROM figures", [], |row| row.get(0))?,
                db.query_row("SELECT text FROM passages WHERE idx = 5", [], |row| {
                    row.get(0)
                })?,
            ))
        })
        .unwrap();
    assert_eq!(value, 1200.5);
    assert_eq!(passage, "Brücke called the delay regrettable.");
    let page = include_str!("../../../../docs/case-file.md");
    for view in views {
        assert!(
            page.contains(&format!("`{view}`")),
            "docs/case-file.md lacks `{view}`"
        );
    }
}

#[test]
fn an_entity_has_a_timeline_and_a_figure_its_months() {
    let text = "Orsk\nNine boats in Orsk.\nEleven boats in Orsk.\n2.5 boats in Orsk.";
    let mut sample = Sample::new("b.txt", text)
        .entity("Orsk", verbale_core::EntityKind::Place, &["Orsk"])
        .claim("Nine boats", "x", figure("9", "boats", "boats", "Orsk"))
        .claim("Eleven boats", "x", figure("11", "Boats", "boats", "Orsk"))
        .claim("2.5 boats", "x", figure("2.5", "boats", "boats", "Orsk"));
    if let verbale_core::Proposition::Figure(f) = &mut sample.claims[2].proposition {
        f.as_of = Some(crate::testing::day("2031-07-09", "9 July"));
    }
    let case = case_with(&[&sample]);
    let months = case.series_by_month(sample.claims[0].id).unwrap();
    let decimal = |s: &str| s.parse().ok();
    let month = |month: &str, n_figures, low, high| Month {
        month: month.into(),
        n_figures,
        low: decimal(low),
        high: decimal(high),
    };
    assert_eq!(
        months,
        [
            month("2031-05", 2, "9", "11"),
            month("2031-07", 1, "2.5", "2.5")
        ]
    );
    let orsk = crate::ledger::tests::entity_named(&case, "Orsk");
    let quotes = |since: &str, until: &str, limit| -> Vec<String> {
        let claims = case.timeline(
            &orsk,
            Part::Place,
            since.parse().ok(),
            until.parse().ok(),
            limit,
        );
        let claims = claims.unwrap();
        claims
            .iter()
            .map(|c| c.claim.evidence.quote().to_owned())
            .collect()
    };
    assert_eq!(
        quotes("", "", 9),
        ["Nine boats", "Eleven boats", "2.5 boats"]
    );
    assert_eq!(quotes("2031-05-02", "", 9), ["2.5 boats"]);
    assert_eq!(quotes("", "2031-06-30", 1), ["Nine boats"]);
}

#[test]
fn ids_are_found_by_their_beginnings_and_claims_by_their_ids() {
    let samples = [
        harbour(),
        Sample::new("b.txt", "B\nNine boats.").claim(
            "Nine boats",
            "x",
            figure("9", "boats", "boats", "Orsk"),
        ),
    ];
    let mut case = Case::in_memory().unwrap();
    // In one transaction, the indexes are written last.
    let added = case.add_all(samples.iter().map(Sample::new_document));
    assert_eq!(added.unwrap(), [Added::New; 2]);
    let mut ids: Vec<String> = samples
        .iter()
        .flat_map(|s| &s.claims)
        .map(|c| c.id.to_string())
        .collect();
    ids.sort_unstable();
    assert_eq!(case.ids_starting("clm").unwrap(), ids);
    assert_eq!(case.ids_starting("CLM_").unwrap(), ids);
    for id in &ids {
        assert_eq!(case.ids_starting(&id[..14]).unwrap(), [id.as_str()]);
        let claim = case.claim(id.parse().unwrap()).unwrap().unwrap();
        assert_eq!(claim.claim.id.to_string(), *id);
    }
    assert_eq!(case.ids_starting("clm_!").unwrap(), [""; 0]);
    let nobody = PageId::of(b"nobody");
    let unknown = verbale_core::ClaimId::new(nobody, ClaimKind::Event, "gone", 0);
    assert_eq!(case.claim(unknown).unwrap(), None);
}

fn entity_named(case: &Case, name: &str) -> EntityId {
    let id: String = case
        .run(|db| {
            db.query_row(
                "SELECT entity_id FROM entities WHERE name = ?1",
                [name],
                |r| r.get(0),
            )
        })
        .unwrap();
    EntityId::parse(&id).unwrap()
}

#[test]
fn every_clock_lists_each_claim_once_those_without_a_time_last() {
    let undated = Sample::new("u.txt", "Undated\nFour ferries.")
        .claim(
            "Four ferries",
            "Ada",
            figure("4", "ferries", "ferries", "Orsk"),
        )
        .undated();
    let case = case_with(&[&harbour(), &undated]);
    for clock in Clock::ALL {
        let filter = |since: Option<&str>, until: Option<&str>| Filter {
            clock: *clock,
            since: since.map(|d| d.parse().unwrap()),
            until: until.map(|d| d.parse().unwrap()),
            ..Filter::default()
        };
        let all = case.claims(&filter(None, None)).unwrap();
        assert_eq!(all.len(), 6, "{clock:?}");
        let first = |c: &StoredClaim| match clock {
            Clock::AsOf => c.claim.proposition.time().and_then(|t| t.interval),
            Clock::Said => c
                .claim
                .attribution
                .said_on
                .as_ref()
                .and_then(|t| t.interval),
            Clock::Published => c.document.published.and_then(|d| d.interval()),
        };
        let days: Vec<_> = all
            .iter()
            .map(|c| first(c).and_then(|i| i.start()))
            .collect();
        assert!(
            days.is_sorted_by_key(|day| (day.is_none(), *day)),
            "{clock:?} {days:?}"
        );
        let n_timed = days.iter().flatten().count();
        for (since, until) in [
            (Some("1900-01-01"), None),
            (None, Some("2100-01-01")),
            (Some("1900-01-01"), Some("2100-01-01")),
        ] {
            let found = case.claims(&filter(since, until)).unwrap();
            assert_eq!(found.len(), n_timed, "{clock:?} {since:?} {until:?}");
        }
        assert_eq!(case.claims(&filter(Some("2100-01-01"), None)).unwrap(), []);
        assert_eq!(case.claims(&filter(None, Some("1900-01-01"))).unwrap(), []);
    }
}

#[test]
fn entities_are_found_by_name_kind_and_weight() {
    let case = case_with(&[&harbour()]);
    let names = |words, kind| -> Vec<String> {
        let found = case.entities_called(words, kind, 10).unwrap();
        found.into_iter().map(|e| e.name).collect()
    };
    assert_eq!(
        names(Some("BRUCKE"), None).len(),
        0,
        "names are folded, not stripped of marks"
    );
    assert_eq!(names(Some("brücke"), None), ["Anna Brücke"]);
    assert_eq!(names(Some("brü"), None), Vec::<String>::new());
    assert_eq!(names(None, Some(verbale_core::EntityKind::Place)), ["Orsk"]);
    assert_eq!(names(Some("?"), None), Vec::<String>::new());
    assert_eq!(case.entities_called(None, None, 1).unwrap().len(), 1);
    let anna = case
        .entities_called(Some("Anna"), None, 1)
        .unwrap()
        .remove(0);
    assert_eq!((anna.n_said, anna.forms.len()), (2, 2));
    assert!(anna.n_mentions >= 2);
    assert_eq!(case.entity_by_any_id(&anna.id).unwrap(), Some(anna));
    let unknown = EntityId::parse(&format!("ent_{}", "a".repeat(26))).unwrap();
    assert_eq!(case.entity_by_any_id(&unknown).unwrap(), None);
}
