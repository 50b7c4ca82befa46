//! Briefs of a small case made by hand: a number that moves, copies, unnamed speakers, a page that changed, and
//! pages that try to be more than text.

mod barges;

use std::{collections::BTreeSet, io::Read};

use serde_json::Value;
use verbale_case::{
    Case,
    decision::{NewDecision, Ruling},
};
use verbale_core::ClaimId;
use verbale_pack::Packs;

use self::barges::{at, case};
use super::{
    docx::docx,
    html::html,
    markdown::markdown,
    model::{Block, Inline, notes_in},
    *,
};

fn decide(case: &mut Case, ruling: Ruling) {
    let decision = NewDecision {
        ruling,
        who: "an editor".into(),
        why: None,
        at: at(),
    };
    case.decide(decision).unwrap();
}

fn made(case: &Case, order: &Order) -> Made {
    let lexicon = Lexicon::new(&Packs::builtin());
    Brief::make(case, "barges.verbale", &lexicon, order).unwrap()
}

fn brief(case: &Case) -> Brief {
    made(case, &Order::default()).brief
}

/// The marks that stand with the note of a claim.
fn marks(brief: &Brief, claim: ClaimId) -> BTreeSet<Mark> {
    let id = claim.to_string();
    let number = brief.notes.iter().find(|n| n.claim == id).unwrap().number;
    let mut marks = BTreeSet::new();
    for section in &brief.sections {
        section.lines(&mut |line| {
            if notes_in(line).any(|n| n == number) {
                marks.extend(line.iter().filter_map(|i| match i {
                    Inline::Mark(mark) => Some(*mark),
                    _ => None,
                }));
            }
        });
    }
    marks
}

#[test]
fn every_figure_has_a_footnote_whose_words_stand_in_the_page() {
    let (case, _) = case();
    let brief = brief(&case);
    assert!(!brief.notes.is_empty());
    for note in &brief.notes {
        let document = case.document(note.page.parse().unwrap()).unwrap().unwrap();
        assert!(
            document.document.text().contains(&note.words),
            "{}",
            note.words
        );
    }
    let mut n_rows = 0;
    for section in brief.sections.iter().filter(|s| s.is_sourced) {
        for block in &section.blocks {
            if let Block::Table(table) = block {
                for row in &table.rows {
                    n_rows += 1;
                    assert!(
                        row.iter().any(|cell| notes_in(cell).next().is_some()),
                        "{row:?}"
                    );
                }
            }
        }
    }
    assert!(n_rows >= 8, "{n_rows} rows");
    assert!(!brief.n_marked.iter().any(|(m, _)| *m == Mark::NoFootnote));
}

#[test]
fn notes_are_numbered_in_the_order_of_reading() {
    let (case, _) = case();
    let brief = brief(&case);
    let mut seen = Vec::new();
    for section in &brief.sections {
        section.lines(&mut |line| {
            for n in notes_in(line)
                .filter(|n| !seen.contains(n))
                .collect::<Vec<_>>()
            {
                seen.push(n);
            }
        });
    }
    let expected: Vec<u32> = (1..=brief.notes.len() as u32).collect();
    assert_eq!(seen, expected);
}

#[test]
fn weak_statements_are_marked() {
    let (mut case, ids) = case();
    let order = Order {
        date: "2032-01-01".parse().ok(),
        ..Order::default()
    };
    let found = made(&case, &order).brief;
    assert!(marks(&found, ids[2]).is_superset(&[Mark::Anonymous, Mark::UnresolvedDate].into()));
    assert!(marks(&found, ids[0]).contains(&Mark::PageChanged));
    assert!(!marks(&found, ids[4]).contains(&Mark::PageChanged));
    assert!(
        marks(&found, ids[3]).contains(&Mark::Stale),
        "the newest is older than half a year"
    );
    assert!(
        !marks(&found, ids[1]).contains(&Mark::Stale),
        "it is not the newest"
    );
    assert!(marks(&found, ids[1]).contains(&Mark::SingleOrigin));
    assert!(found.is_weak());
    assert!(
        !marks(&brief(&case), ids[3]).contains(&Mark::Stale),
        "by the newest day of the case"
    );

    assert!(marks(&found, ids[1]).contains(&Mark::MachineRead));
    decide(&mut case, Ruling::Accept { claim: ids[1] });
    decide(&mut case, Ruling::Reject { claim: ids[0] });
    let found = brief(&case);
    assert!(!marks(&found, ids[1]).contains(&Mark::MachineRead));
    let rejected = ids[0].to_string();
    assert!(
        found.notes.iter().all(|n| n.claim != rejected),
        "rejected claims never appear"
    );
}

#[test]
fn numbers_without_a_footnote_are_marked() {
    let mut sections = vec![model::Section {
        id: "series",
        title: "Figures".into(),
        is_sourced: true,
        blocks: vec![
            Block::Paragraph {
                text: vec![Inline::Text("40 barges".into())],
            },
            Block::Paragraph {
                text: vec![Inline::Text("many barges".into())],
            },
            Block::Paragraph {
                text: vec![Inline::Computed("3 pages".into())],
            },
            Block::Paragraph {
                text: vec![Inline::Text("40 barges ".into()), Inline::Note(1)],
            },
        ],
    }];
    assert_eq!(weak::lint(&mut sections), [(Mark::NoFootnote, 1)]);
    let Block::Paragraph { text } = &sections[0].blocks[0] else {
        unreachable!()
    };
    assert_eq!(text.last(), Some(&Inline::Mark(Mark::NoFootnote)));
}

#[test]
fn the_same_case_gives_the_same_bytes() {
    let (case, _) = case();
    let (a, b) = (brief(&case), brief(&case));
    assert_eq!(
        (html(&a), markdown(&a, "b"), docx(&a)),
        (html(&b), markdown(&b, "b"), docx(&b))
    );
}

#[test]
fn html_is_closed_and_its_references_meet() {
    let (case, _) = case();
    let page = html(&brief(&case));
    assert!(!page.contains("<script") && !page.contains("javascript:alert(1)\""));
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    let values = |name: &str| -> Vec<&str> {
        let parts = page.split(name).skip(1);
        parts.map(|p| p.split('"').next().unwrap()).collect()
    };
    let ids = values(" id=\"");
    let unique: BTreeSet<&&str> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len(), "ids are unique");
    let targets = values(" href=\"#");
    assert!(targets.len() > 10);
    for target in targets {
        assert!(unique.contains(&target), "#{target} is there");
    }
    for label in values("aria-labelledby=\"")
        .iter()
        .flat_map(|v| v.split(' '))
    {
        assert!(unique.contains(&label), "{label} is there");
    }
    let to_words =
        "https://post.example/barges#:~:text=25%20barges%20were%20waiting%20at%20the%20lock";
    assert!(
        values(" href=\"").contains(&to_words),
        "a note leads to its words"
    );
}

#[test]
fn markdown_keeps_page_text_as_text() {
    let (case, _) = case();
    let text = markdown(&brief(&case), "b");
    assert!(text.contains(r"\<script\>alert(1)\</script\>"), "{text}");
    for note in brief(&case).notes {
        assert!(text.contains(&format!("\n[^{}]: ", note.number)));
    }
    assert!(text.contains("![") && text.contains("](b.chart-1.svg)"));
    assert!(!text.chars().any(|c| c.is_control() && c != '\n'));
}

#[test]
fn word_files_have_real_footnotes_and_whole_xml() {
    let (case, _) = case();
    let brief = brief(&case);
    let mut file = zip::ZipArchive::new(std::io::Cursor::new(docx(&brief))).unwrap();
    let mut document = String::new();
    for i in 0..file.len() {
        let mut member = file.by_index(i).unwrap();
        let name = member.name().unwrap().into_owned();
        if name.ends_with(".emf") {
            continue;
        }
        let mut text = String::new();
        member.read_to_string(&mut text).unwrap();
        assert!(!text.contains('\u{8}'), "{name}");
        let mut reader = quick_xml::Reader::from_str(&text);
        while reader.read_event().expect("whole XML") != quick_xml::events::Event::Eof {}
        if name == "word/document.xml" {
            document = text;
        }
    }
    assert_eq!(
        document.matches("<w:footnoteReference ").count(),
        brief.notes.len()
    );
    assert!(document.contains("NOTEREF") && document.contains("r:embed=\"rChart1\""));
    assert!(file.by_name("word/media/chart1.emf").is_ok());
}

#[test]
fn works_cited_use_the_fields_of_csl() {
    // Source: csl-data.json of CSL 1.0.2, as far as it is used here.
    let known = [
        "id",
        "type",
        "title",
        "author",
        "container-title",
        "issued",
        "accessed",
        "URL",
        "language",
        "archive_location",
    ];
    let (case, _) = case();
    let works: Vec<Value> = serde_json::from_str(&made(&case, &Order::default()).csl()).unwrap();
    assert_eq!(works.len(), 5);
    for work in &works {
        let work = work.as_object().unwrap();
        assert!(work.keys().all(|k| known.contains(&k.as_str())), "{work:?}");
        assert!(["article-newspaper", "webpage"].contains(&work["type"].as_str().unwrap()));
        let parts = work["issued"]["date-parts"][0].as_array().unwrap();
        assert!((1..=3).contains(&parts.len()) && parts.iter().all(Value::is_i64));
        assert!(
            work.get("URL")
                .is_none_or(|u| u.as_str().unwrap().starts_with("http"))
        );
    }
}

#[test]
fn what_is_asked_for_narrows_the_brief() {
    let (case, ids) = case();
    let only = |order: Order| made(&case, &order).brief;
    let n_notes = |order: Order| only(order).notes.len();
    assert_eq!(
        n_notes(Order {
            about: Some("tugs".into()),
            ..Order::default()
        }),
        0
    );
    assert_eq!(
        n_notes(Order {
            about: Some("barges".into()),
            ..Order::default()
        }),
        5
    );
    let since = Order {
        since: "2031-04-01".parse().ok(),
        ledgers: vec![LedgerName::Series],
        ..Order::default()
    };
    let found = only(since);
    let cited: BTreeSet<String> = found.notes.iter().map(|n| n.claim.clone()).collect();
    assert_eq!(cited, [ids[1], ids[3]].map(|id| id.to_string()).into());
    let sections: Vec<&str> = found.sections.iter().map(|s| s.id).collect();
    assert_eq!(
        sections,
        ["standard", "series", "bibliography", "accuracy", "pages"]
    );
}

#[test]
fn nothing_of_the_disk_is_told() {
    let (case, _) = case();
    let brief = brief(&case);
    assert!(!brief.to_json().contains("/home/somebody"));
}

/// The accuracy page moves with every measurement; it has tests of its own.
fn stable(mut brief: Brief) -> Brief {
    brief.sections.retain(|s| s.id != "accuracy");
    brief
}

#[test]
fn golden_markdown() {
    let (case, _) = case();
    insta::assert_snapshot!(markdown(&stable(brief(&case)), "barges"));
}

#[test]
fn golden_html() {
    let (case, _) = case();
    let page = html(&stable(brief(&case)));
    let body = page.split("<body>").nth(1).unwrap().replace("><", ">\n<");
    insta::assert_snapshot!(body);
}
