//! Two people decide on copies of one case and exchange their journals: arbitrary decisions, one state.

use proptest::prelude::*;
use verbale_core::{EntityKind, PartialDate};

use super::*;
use crate::testing::{Sample, at, figure, harbour};
use crate::{EntityId, Filter, StoredClaim, StoredEntity};

/// What somebody does, by numbers that are taken modulo what there is.
#[derive(Debug, Clone)]
enum Step {
    Verdict { claim: usize, accept: bool },
    Amend { value: u8 },
    Speaker { claim: usize, name: u8 },
    Grade { claim: usize, credibility: u8 },
    Publisher { reliability: usize },
    Write { value: u8 },
    Merge { back: bool },
    Split { whole: bool },
    Link { to_first: bool },
    Date { day: u8 },
    Undo { decision: usize },
}

fn step() -> impl Strategy<Value = Step> {
    let n = || 0..5_usize;
    prop_oneof![
        (n(), any::<bool>()).prop_map(|(claim, accept)| Step::Verdict { claim, accept }),
        any::<u8>().prop_map(|value| Step::Amend { value }),
        (n(), 0..4_u8).prop_map(|(claim, name)| Step::Speaker { claim, name }),
        (n(), 1..=6_u8).prop_map(|(claim, credibility)| Step::Grade { claim, credibility }),
        (0..6_usize).prop_map(|reliability| Step::Publisher { reliability }),
        any::<u8>().prop_map(|value| Step::Write { value }),
        any::<bool>().prop_map(|back| Step::Merge { back }),
        any::<bool>().prop_map(|whole| Step::Split { whole }),
        any::<bool>().prop_map(|to_first| Step::Link { to_first }),
        (1..28_u8).prop_map(|day| Step::Date { day }),
        (0..20_usize).prop_map(|decision| Step::Undo { decision }),
    ]
}

struct Desk {
    case: Case,
    sample: Sample,
    who: &'static str,
}

impl Desk {
    fn new(who: &'static str) -> Self {
        let sample = harbour();
        let mut case = Case::in_memory().unwrap();
        sample.add_to(&mut case);
        Self { case, sample, who }
    }

    fn ruling(&self, step: &Step) -> Option<Ruling> {
        let claims = &self.sample.claims;
        let claim = |n: usize| claims[n % claims.len()].id;
        let anna = EntityId::new(EntityKind::Person, "Anna Brücke", None);
        let orsk = EntityId::new(EntityKind::Place, "Orsk", None);
        let page = self.sample.page.id();
        Some(match step {
            Step::Verdict {
                claim: n,
                accept: true,
            } => Ruling::Accept { claim: claim(*n) },
            Step::Verdict { claim: n, .. } => Ruling::Reject { claim: claim(*n) },
            Step::Amend { value } => Ruling::Amend {
                claim: claim(0),
                field: "value".into(),
                value: (*value).into(),
            },
            Step::Speaker { claim: n, name } => Ruling::Amend {
                claim: claim(*n),
                field: "speaker".into(),
                value: if *name == 0 {
                    Value::Null
                } else {
                    format!("Office {name}").into()
                },
            },
            Step::Grade {
                claim: n,
                credibility,
            } => Ruling::GradeClaim {
                claim: claim(*n),
                credibility: *credibility,
            },
            Step::Publisher { reliability } => Ruling::GradePublisher {
                publisher: "Harbour Post".into(),
                reliability: Reliability::ALL[*reliability],
            },
            Step::Write { value } => self.written(*value),
            Step::Merge { back: false } => Ruling::Merge {
                entity: anna,
                into: orsk,
            },
            Step::Merge { .. } => Ruling::Merge {
                entity: orsk,
                into: anna,
            },
            Step::Split { whole } => Ruling::Split {
                entity: anna,
                form: if *whole { "Anna Brücke" } else { "Brücke" }.into(),
                page: None,
            },
            Step::Link { to_first } => Ruling::Link {
                page,
                range: self.sample.range("the delay"),
                entity: if *to_first { anna } else { orsk },
            },
            Step::Date { day } => Ruling::Date {
                page,
                date: format!("2031-03-{day:02}").parse::<PartialDate>().ok(),
            },
            Step::Undo { decision } => {
                let journal = self.case.decisions().unwrap();
                let undone = journal.get(decision % journal.len().max(1))?;
                Ruling::Undo {
                    decision: undone.id.clone(),
                }
            }
        })
    }

    /// The same words again and again, so that two people write down claims with one id.
    fn written(&self, value: u8) -> Ruling {
        let claim = self.sample.clone().claim(
            "both ports took",
            "Harbour Post",
            figure(&value.to_string(), "ports", "ports", "Orsk"),
        );
        let claim = claim.claims.last().unwrap();
        let start = self.sample.document.text()[..usize::from(claim.evidence.range().start())]
            .chars()
            .count();
        Ruling::Add {
            page: self.sample.page.id(),
            line: Box::new(crate::exchange::ClaimLine::new(claim, start as u32)),
        }
    }

    /// Refused decisions (a merge of what is one already) are part of life.
    fn take(&mut self, step: &Step, second: i64) {
        if let Some(ruling) = self.ruling(step) {
            let _ = self.case.decide(NewDecision {
                ruling,
                who: self.who.into(),
                why: None,
                at: at(second),
            });
        }
    }

    fn journal(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.case.export_decisions(&mut out).unwrap();
        out
    }

    /// What is kept of entities, and the same counted from what it follows from.
    fn counts(&self) -> (Vec<[i64; 4]>, Vec<[i64; 4]>) {
        const LINKS: &str = "link l JOIN mention m ON m.id = l.mention
             WHERE l.superseded = 0 AND l.judgement = 'positive'";
        let rows = |sql: &str| {
            let rows = self.case.run(|db| {
                db.prepare(sql)?
                    .query_map([], |r| Ok([r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?]))?
                    .collect::<rusqlite::Result<Vec<[i64; 4]>>>()
            });
            rows.unwrap()
        };
        let mut kept = rows(
            "SELECT entity, n_said, n_about, n_mentions FROM entity_count
             WHERE n_said + n_about + n_mentions > 0 ORDER BY 1",
        );
        let mut counted = rows(&format!(
            "SELECT entity, sum(s), sum(a), sum(n) FROM (
               SELECT entity, part = 'speaker' AS s, part = 'about' AS a, 0 AS n FROM claim_entity
               UNION ALL SELECT l.entity, 0, 0, 1 FROM {LINKS}) GROUP BY entity
             HAVING sum(s) + sum(a) + sum(n) > 0 ORDER BY 1"
        ));
        kept.extend(rows(
            "SELECT e.id, w.rowid, 0, 0 FROM entity e CROSS JOIN passage_words w
             WHERE w.passage_words MATCH '§e' || e.id ORDER BY 1, 2",
        ));
        counted.extend(rows(&format!(
            "SELECT DISTINCT entity, id, 0, 0 FROM (SELECT l.entity, m.document, m.start, m.\"end\" FROM {LINKS}) x
             JOIN passage p ON p.document = x.document AND p.start <= x.start AND p.\"end\" >= x.\"end\"
             ORDER BY 1, 2"
        )));
        assert_eq!(self.case.check(|_, _, _| None).unwrap().faults, []);
        (kept, counted)
    }

    fn state(&self) -> (Vec<StoredClaim>, Vec<StoredEntity>, Vec<String>) {
        let filter = Filter {
            with_rejected: true,
            ..Filter::default()
        };
        let mut claims = self.case.claims(&filter).unwrap();
        claims.sort_by_key(|c| c.claim.id);
        let mut entities = self.case.entities_called(None, None, 100).unwrap();
        entities.sort_by(|a, b| a.id.cmp(&b.id));
        let stale = self.case.run(|db| {
            db.prepare("SELECT claim_id || field || machine || value FROM amendment ORDER BY 1")?
                .query_map([], |row| row.get(0))?
                .collect()
        });
        (claims, entities, stale.unwrap())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn journals_in_any_order_make_one_state(
        ours in prop::collection::vec(step(), 0..8),
        theirs in prop::collection::vec(step(), 0..8),
        offset in -6..6_i64,
    ) {
        let (mut ada, mut bo) = (Desk::new("ada"), Desk::new("bo"));
        for (n, step) in (0..).zip(&ours) {
            ada.take(step, 10 * n);
        }
        for (n, step) in (0..).zip(&theirs) {
            bo.take(step, 10 * n + offset);
        }
        let (from_ada, from_bo) = (ada.journal(), bo.journal());
        ada.case.import_decisions(&*from_bo).unwrap();
        bo.case.import_decisions(&*from_ada).unwrap();
        prop_assert_eq!(ada.state(), bo.state());

        // Once more changes nothing, and neither does reading the page again.
        let before = ada.state();
        let again = ada.case.import_decisions(&*bo.journal()).unwrap();
        prop_assert_eq!(again.n_new, 0);
        prop_assert_eq!(&ada.state(), &before);
        ada.case.reread(&ada.sample.new_document()).unwrap();
        prop_assert_eq!(&ada.state(), &before);
        prop_assert_eq!(ada.case.check(|_, _, _| None).unwrap().faults, vec![]);

        // Somebody who gets the page last comes to the same.
        let mut late = Desk::new("cy");
        late.case = Case::in_memory().unwrap();
        late.case.import_decisions(&*bo.journal()).unwrap();
        late.sample.add_to(&mut late.case);
        prop_assert_eq!(&late.state().0, &before.0);

        for desk in [&ada, &bo, &late] {
            let (kept, counted) = desk.counts();
            prop_assert!(!kept.is_empty());
            prop_assert_eq!(kept, counted);
        }
        let page = ada.sample.page.id();
        ada.case.withdraw(page, "clerk", "law", at(200)).unwrap();
        let (kept, counted) = ada.counts();
        prop_assert_eq!(kept, counted);
    }
}
