//! `verbale reread`: what a new version changes, and what becomes of decisions.

use verbale_case::{
    Case, NewDocument, Run,
    decision::{NewDecision, Ruling},
};
use verbale_core::{Claim, ClaimId, Evidence, PageId, TextRange};

use crate::support::{Bench, err, example, out};

/// A case whose page was read by an earlier program: one claim with another speaker, one missing, one with a
/// boundary elsewhere, and one that nobody reads any more.
struct Earlier {
    bench: Bench,
    changed: ClaimId,
    missing: ClaimId,
    moved: ClaimId,
    gone: ClaimId,
}

fn earlier() -> Earlier {
    let bench = Bench::new();
    bench.ok(&["add", "e.verbale", &example("trawlers/ex04_revision.md")]);
    let mut case = Case::open(&bench.path("e.verbale")).expect("a case");
    let id = case.pages().expect("pages")[0];
    let (page, stored) = (
        case.page(id).expect("bytes").expect("a page"),
        case.document(id).expect("a reading").expect("a document"),
    );
    let mut claims: Vec<Claim> = stored.claims.iter().map(|c| c.claim.clone()).collect();
    let text = stored.document.text();
    let missing = claims.pop().expect("a claim").id;
    claims[0].attribution.on_behalf_of = Some("the old crew".into());
    let changed = claims[0].id;
    let moved = shortened(&mut claims, id, text);
    let gone = invented(&mut claims, id, text);
    let reread = case
        .reread(&NewDocument {
            page: &page,
            document: &stored.document,
            claims: &claims,
            entities: &stored.entities,
            diagnostics: &stored.diagnostics,
            run: &Run {
                program: "0.0.1".into(),
                ..stored.run.clone()
            },
            at: jiff::Timestamp::now(),
        })
        .expect("it is written");
    assert!(reread.is_some_and(|r| !r.is_same()));
    for claim in [changed, moved, gone] {
        case.decide(NewDecision {
            ruling: Ruling::Accept { claim },
            who: "ada".into(),
            why: Some("seen in print".into()),
            at: jiff::Timestamp::now(),
        })
        .expect("a claim of the case");
    }
    Earlier {
        bench,
        changed,
        missing,
        moved,
        gone,
    }
}

/// Takes the last word off the longest claim.
fn shortened(claims: &mut [Claim], page: PageId, text: &str) -> ClaimId {
    let claim = claims[1..]
        .iter_mut()
        .max_by_key(|c| c.evidence.quote().len())
        .expect("a second claim");
    let quote = claim.evidence.quote();
    let cut = quote.rfind(' ').expect("two words");
    let range = TextRange::at(claim.evidence.range().start(), (cut as u32).into());
    claim.evidence = Evidence::new(text, range);
    claim.id = ClaimId::new(page, claim.kind(), claim.evidence.quote(), 0);
    claim.id
}

/// A claim in the first words of the text, where no claim is.
fn invented(claims: &mut Vec<Claim>, page: PageId, text: &str) -> ClaimId {
    let mut claim = claims[0].clone();
    claim.evidence = Evidence::new(text, TextRange::up_to(4.into()));
    claim.id = ClaimId::new(page, claim.kind(), claim.evidence.quote(), 0);
    claims.push(claim.clone());
    claim.id
}

fn short(id: ClaimId) -> String {
    id.to_string().chars().take(14).collect()
}

#[test]
fn a_new_version_lists_what_it_changes_and_keeps_what_was_decided() {
    let Earlier {
        bench,
        changed,
        missing,
        moved,
        gone,
    } = earlier();
    let dry = bench.run(&["reread", "e.verbale", "--dry-run"]);
    assert_eq!(dry.status.code(), Some(1), "{}", err(&dry));
    let listed = out(&dry);
    for (what, id) in [
        ("changed  ", changed),
        ("new      ", missing),
        ("moved    ", moved),
        ("gone     ", gone),
        ("orphan   ", gone),
    ] {
        let line = format!("{what}{}", short(id));
        assert!(listed.contains(&line), "{line} in {listed}");
    }
    assert!(
        listed.contains("on_behalf_of: the old crew → nothing"),
        "{listed}"
    );
    assert!(
        listed.contains("ada accepted") && listed.contains("seen in print"),
        "{listed}"
    );
    assert!(err(&dry).contains("would be read again"), "{}", err(&dry));

    // Nothing has happened yet.
    let show = bench.run(&["show", "e.verbale", &gone.to_string()]);
    assert!(show.status.success());
    let done = bench.run(&["reread", "e.verbale"]);
    assert_eq!(done.status.code(), Some(1), "an orphan asks for a person");
    assert_eq!(out(&done), listed);
    let show = bench.run(&["show", "e.verbale", &gone.to_string()]);
    assert_eq!(show.status.code(), Some(2));
    let orphans = bench.ok(&["log", "e.verbale", "--orphans"]);
    assert_eq!(orphans.lines().count(), 1, "{orphans}");
    let case = Case::open_read_only(&bench.path("e.verbale")).expect("a case");
    let accepted = case
        .claims(&verbale_case::Filter::default())
        .expect("claims");
    let n_accepted = accepted.iter().filter(|c| c.verdict.is_some()).count();
    assert_eq!(n_accepted, 2, "the changed one and the moved one");
    drop(case);

    let again = bench.run(&["reread", "e.verbale"]);
    assert_eq!(again.status.code(), Some(0));
    assert!(
        err(&again).contains("read every page already"),
        "{}",
        err(&again)
    );
    let all = bench.run(&["reread", "e.verbale", "--all"]);
    assert_eq!(all.status.code(), Some(1), "the orphan is there still");
    assert!(!out(&all).contains("changed"), "{}", out(&all));
    bench.ok(&["check", "e.verbale"]);
}

#[test]
fn undoing_a_date_reads_the_page_again() {
    let bench = Bench::new();
    bench.ok(&[
        "add",
        "u.verbale",
        &example("trawlers/ex02_paywalled-undated.txt"),
    ]);
    let before = bench.ok(&["claims", "u.verbale"]);
    let undated = bench.ok(&["undated", "u.verbale"]);
    let page = undated.split_whitespace().next().expect("a page");
    bench.ok(&["set-date", "u.verbale", page, "2024-04-06", "--who", "ada"]);
    assert_ne!(bench.ok(&["claims", "u.verbale"]), before);
    let log = bench.ok(&["log", "u.verbale"]);
    assert!(log.contains("ada dated page_"), "{log}");
    let decision = log.split_whitespace().nth(1).expect("an id");
    let changes = bench.ok(&["undo", "u.verbale", decision]);
    assert!(changes.contains("changed"), "{changes}");
    assert_eq!(bench.ok(&["claims", "u.verbale"]), before);
    assert_eq!(bench.ok(&["undated", "u.verbale"]), undated);
}
