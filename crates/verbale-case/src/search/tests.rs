use super::*;
use crate::testing::{Sample, harbour};
use verbale_core::EntityKind;

fn case() -> Case {
    let mut case = Case::in_memory().unwrap();
    harbour().add_to(&mut case);
    let mut russian = Sample::new(
        "ru.txt",
        "Порт закрыт\nКораблей у причала стало меньше, заявил Иванов.",
    )
    .entity("Ivan Ivanov", EntityKind::Person, &["Иванов"]);
    russian.document.metadata.language = "ru".into();
    russian.document.metadata.publisher = Some("Речная газета".into());
    russian.add_to(&mut case);
    let mut chinese =
        Sample::new("zh.txt", "港口\n当局周四宣布港口关闭，共有九艘船等待。").undated();
    chinese.document.metadata.language = "zh".into();
    chinese.add_to(&mut case);
    let mut korean = Sample::new("ko.txt", "항구\n당국은 항구에서 사망자가 없다고 밝혔다.");
    korean.document.metadata.language = "ko".into();
    korean.add_to(&mut case);
    case
}

/// The marked snippets of what is found.
fn check(case: &Case, query: &str, expected: &[&str]) {
    let hits = case.search(&Search::new(query)).unwrap();
    let found: Vec<_> = hits.iter().map(|h| h.snippet.marked("[", "]")).collect();
    assert_eq!(found, expected, "{query}");
}

#[test]
fn words_are_found_in_any_inflection_and_marked() {
    let case = case();
    check(&case, "delays", &["Brücke called the [delay] regrettable."]);
    check(
        &case,
        "brucke regrettable",
        &["[Brücke] called the delay [regrettable]."],
    );
    check(
        &case,
        "корабли",
        &["[Кораблей] у причала стало меньше, заявил Иванов."],
    );
    let tonnes = "Anna Brücke said about [1,200].50 tonnes waited at Orsk on Thursday.";
    check(&case, "1200", &[tonnes]);
    check(&case, "1,200", &[tonnes]);
    check(&case, "subscribe", &[]);
}

#[test]
fn phrases_prefixes_proximity_and_exclusion() {
    let case = case();
    let harbour = "The [harbour] [office] denied that the lock was closed.";
    check(&case, "\"harbour office\"", &[harbour]);
    check(&case, "\"office harbour\"", &[]);
    check(
        &case,
        "regrett*",
        &["Brücke called the delay [regrettable]."],
    );
    check(
        &case,
        "\"harbour denied\"~2",
        &["The [harbour] office [denied] that the lock was closed."],
    );
    check(&case, "\"harbour closed\"~2", &[]);
    check(&case, "lock -office", &["[Lock] at Orsk closed 🚢"]);
}

#[test]
fn chinese_and_korean_are_found() {
    let case = case();
    check(&case, "关闭", &["当局周四宣布港口[关闭]，共有九艘船等待。"]);
    check(
        &case,
        "港口关闭",
        &["当局周四宣布[港口关闭]，共有九艘船等待。"],
    );
    check(
        &case,
        "사망",
        &["당국은 항구에서 [사망]자가 없다고 밝혔다."],
    );
    assert_eq!(case.search(&Search::new("港")).unwrap().len(), 2);
}

#[test]
fn names_are_found_through_the_entity() {
    check(
        &case(),
        "\"Ivan Ivanov\"",
        &["Кораблей у причала стало меньше, заявил [Иванов]."],
    );
}

#[test]
fn filters_narrow_and_results_lead_to_claims() {
    let case = case();
    let count = |search: Search| case.search(&search).unwrap().len();
    let lock = || Search::new("lock OR порт OR 港口 OR 항구");
    assert_eq!(count(lock()), 7);
    assert_eq!(
        count(Search {
            languages: vec!["zh".into()],
            ..lock()
        }),
        2
    );
    assert_eq!(
        count(Search {
            publisher: Some("речная".into()),
            ..lock()
        }),
        1
    );
    assert_eq!(
        count(Search {
            since: "2031-05-02".parse().ok(),
            until: "2031-05-02".parse().ok(),
            ..lock()
        }),
        5
    );
    let hits = case
        .search(&Search {
            kinds: vec![ClaimKind::Status],
            ..Search::new("lock")
        })
        .unwrap();
    assert_eq!(hits.len(), 1);
    let claim = case.claim(hits[0].claims[0]).unwrap().unwrap();
    assert_eq!(claim.claim.kind(), ClaimKind::Status);
    assert!(hits[0].score > 0.0);
    let orsk: String = case
        .run(|db| {
            db.query_row(
                "SELECT entity_id FROM entities WHERE name = 'Orsk'",
                [],
                |r| r.get(0),
            )
        })
        .unwrap();
    assert_eq!(
        count(Search {
            entity: EntityId::parse(&orsk),
            ..Search::new("lock OR talks OR delay")
        }),
        2
    );
}

#[test]
fn a_long_passage_is_cut_around_the_words() {
    let mut case = Case::in_memory().unwrap();
    let filler = "one two three four five six seven eight nine ten ".repeat(10);
    let text = format!("Title\n{filler}the lock and the weir {filler}");
    Sample::new("long.txt", &text).add_to(&mut case);
    let hits = case.search(&Search::new("lock weir")).unwrap();
    let snippet = &hits[0].snippet;
    assert!(snippet.is_cut_before && snippet.is_cut_after);
    let words = snippet.marked("[", "]");
    assert!(words.contains("the [lock] and the [weir] one"), "{words}");
    assert!(words.split_whitespace().count() <= 33);
}

#[test]
fn the_index_is_made_again_when_the_analysis_changed() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("case.db");
    let mut case = Case::create(&path).unwrap();
    harbour().add_to(&mut case);
    case.run(|db| {
        db.execute_batch(
            "INSERT INTO passage_words (passage_words) VALUES ('delete-all');
             INSERT INTO claim_words (claim_words) VALUES ('delete-all');
             UPDATE meta SET value = 'old'",
        )
    })
    .unwrap();
    assert_eq!(case.search(&Search::new("delay")).unwrap().len(), 0);
    drop(case);
    let case = Case::open(&path).unwrap();
    assert_eq!(case.search(&Search::new("delay")).unwrap().len(), 1);
    assert_eq!(case.check(|_, _, _| None).unwrap().faults, []);
}
