//! What `docs/case-file.md` says of the file, tried on a file.

use std::fs;
use std::path::Path;

use verbale_core::{EntityKind, Proposition, Status};

use crate::Case;
use crate::decision::{NewDecision, Ruling};
use crate::testing::{Sample, at, figure, harbour};

fn page() -> String {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/case-file.md");
    fs::read_to_string(docs).unwrap()
}

/// A case with something for every view.
fn case() -> Case {
    let mut case = Case::in_memory().unwrap();
    let sample = harbour();
    sample.add_to(&mut case);
    let text =
        "Other\nAnna Brücke said about 1,200.50 tonnes waited.\nThe Embassy at Orsk is shut.";
    let shut = Proposition::Status(Status {
        subject: "Embassy at Orsk".into(),
        status: "shut".into(),
        as_of: None,
    });
    let mut other = Sample::new("other.txt", text)
        .claim(
            "about 1,200.50 tonnes",
            "Anna Brücke",
            figure("1500", "tonnes", "tonnes waiting", "Orsk"),
        )
        .claim("Embassy at Orsk is shut", "Harbour Post", shut)
        .entity("Embassy at Orsk", EntityKind::Post, &["Embassy at Orsk"]);
    other.document.metadata.published = None;
    other.add_to(&mut case);
    case.supersede(sample.page.id(), other.page.id(), "example.org/orsk", at(4))
        .unwrap();
    let lost = Sample::new("lost.txt", "Lost\nGone.");
    lost.add_to(&mut case);
    case.withdraw(lost.page.id(), "ada", "court order", at(3))
        .unwrap();
    let rulings = [
        Ruling::Accept {
            claim: sample.claims[1].id,
        },
        Ruling::Amend {
            claim: sample.claims[4].id,
            field: "speaker".into(),
            value: "A. Brücke".into(),
        },
        Ruling::GradePublisher {
            publisher: "Harbour Post".into(),
            reliability: crate::decision::Reliability::B,
        },
    ];
    for ruling in rulings {
        case.decide(NewDecision {
            ruling,
            who: "ada".into(),
            why: None,
            at: at(5),
        })
        .unwrap();
    }
    let mut later = harbour();
    later.claims.remove(1);
    case.reread(&later.new_document()).unwrap();
    case
}

/// The rows of a statement, each as one line.
fn rows(case: &Case, sql: &str) -> Vec<String> {
    case.run(|db| {
        let mut statement = db.prepare(sql)?;
        let n = statement.column_count();
        statement
            .query_map([], |row| {
                let cells = (0..n).map(|i| row.get_ref(i).map(|cell| format!("{cell:?}")));
                Ok(cells.collect::<rusqlite::Result<Vec<_>>>()?.join("|"))
            })?
            .collect()
    })
    .unwrap_or_else(|e| panic!("{sql}: {e}"))
}

#[test]
fn every_query_of_the_docs_runs() {
    let (case, page) = (case(), page());
    let mut queries: Vec<&str> = page
        .split("```sql\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap())
        .collect();
    let shell = page
        .lines()
        .filter_map(|line| line.strip_prefix("sqlite3 "));
    queries.extend(shell.filter_map(|line| line.split('"').nth(1)));
    assert!(queries.len() >= 8, "{}", queries.len());
    for query in queries {
        rows(&case, query);
    }
}

#[test]
fn claims_are_found_by_terms_and_not_one_after_the_other() {
    let (case, page) = (case(), page());
    let queries = page.split("```sql\n").skip(1);
    let queries = queries.map(|rest| rest.split("```").next().unwrap());
    let by_terms: Vec<&str> = queries.filter(|q| q.contains("claim_by_term")).collect();
    assert!(by_terms.len() >= 3, "{by_terms:?}");
    for query in by_terms {
        let plan: Vec<String> = case
            .run(|db| {
                db.prepare(&format!("EXPLAIN QUERY PLAN {query}"))?
                    .query_map([], |row| row.get(3))?
                    .collect()
            })
            .unwrap();
        let plan = plan.join("\n");
        assert!(
            plan.contains("SEARCH c USING INTEGER PRIMARY KEY"),
            "{query}{plan}"
        );
        assert!(!plan.contains("SCAN c\n"), "{query}{plan}");
        // Bounded at both ends, or equal to one term.
        assert!(plan.contains("VIRTUAL TABLE INDEX"), "{query}{plan}");
    }
}

#[test]
fn every_view_is_in_the_docs_and_shows_something() {
    let (case, page) = (case(), page());
    let views = case.run(|db| {
        db.prepare("SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name")?
            .query_map([], |row| row.get::<_, String>(0))?
            .collect::<rusqlite::Result<Vec<_>>>()
    });
    for view in views.unwrap() {
        assert!(
            page.contains(&format!("| `{view}` |")),
            "docs/case-file.md has `{view}`"
        );
        let found = rows(&case, &format!("SELECT * FROM {view}"));
        assert!(!found.is_empty(), "{view} shows something");
    }
}
