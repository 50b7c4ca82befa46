//! Golden ledgers of the two example disputes: what an analyst should see, from the annotations.

use std::fmt::Write;

use jiff::civil::{Date, date};
use verbale_analysis::{
    Clock, Entry, Lexicon, Series, Withdrawn, against_computed, conflicts, impact, judge,
    obligations, presence, restrictions, standings, text, timeline,
};
use verbale_core::ClaimId;

use crate::support::{self, Filed};

/// A folder's pages and the names of their claims.
struct Case {
    pages: Vec<Filed>,
    lexicon: &'static Lexicon,
}

impl Case {
    fn of(folder: &str) -> Self {
        Self {
            pages: support::gold(folder),
            lexicon: support::lexicon(),
        }
    }

    /// The pages on relocation quotas, with the pack that a user wrote for them.
    fn of_quotas() -> Self {
        static LEXICON: std::sync::LazyLock<Lexicon> = std::sync::LazyLock::new(|| {
            let path = concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/../../examples/quotas/pack.toml"
            );
            let text = std::fs::read_to_string(path).expect("the pack is in the repository");
            let pack = verbale_pack::Pack::parse("quotas", &[("pack.toml", &text)]);
            let mut packs = verbale_pack::Packs::builtin();
            packs.add(pack.expect("the pack parses")).expect("it fits");
            Lexicon::new(&packs)
        });
        Self {
            lexicon: &LEXICON,
            ..Self::of("examples/quotas")
        }
    }

    fn entries(&self) -> Vec<Entry<'_>> {
        self.pages.iter().flat_map(Filed::entries).collect()
    }

    fn name(&self, id: ClaimId) -> &str {
        let all = self
            .pages
            .iter()
            .flat_map(|p| p.claims.iter().zip(&p.names));
        all.into_iter()
            .find(|(c, _)| c.id == id)
            .map_or("?", |(_, name)| name)
    }

    fn entry(&self, name: &str) -> Entry<'_> {
        let named = |p: &Filed| p.names.iter().position(|n| n == name);
        let (page, at) = self
            .pages
            .iter()
            .find_map(|p| named(p).map(|at| (p, at)))
            .unwrap();
        page.entries().nth(at).unwrap()
    }

    /// Two names in alphabetical order.
    fn pair(&self, pair: (ClaimId, ClaimId)) -> String {
        let mut names = [self.name(pair.0), self.name(pair.1)];
        names.sort_unstable();
        names.join(" ")
    }

    fn series(&self) -> String {
        let mut out = String::new();
        for series in Series::all(self.lexicon, &self.entries()) {
            if series.distinct().count() < 2 {
                continue;
            }
            let _ = writeln!(out, "{} [{}]", series.title(), series.nature.as_str());
            for o in &series.observations {
                let speaker = o.speaker.as_deref().unwrap_or("-");
                let mark = if o.is_repeat {
                    " (repeat)"
                } else if o.is_asserted {
                    ""
                } else {
                    " (denied)"
                };
                let time = if o.as_of_text.is_empty() {
                    "undated"
                } else {
                    &o.as_of_text
                };
                let _ = writeln!(
                    out,
                    "  {time}: {}, {speaker}, {}{mark}",
                    o.amount,
                    self.name(o.claim)
                );
            }
        }
        out
    }

    fn conflicts(&self, on: Date) -> String {
        let entries = self.entries();
        let mut found = conflicts(self.lexicon, &entries);
        found.extend(against_computed(self.lexicon, &entries, on));
        let mut lines: Vec<String> = found
            .iter()
            .map(|c| format!("{} {}", self.pair(c.pair), c.kind))
            .collect();
        lines.sort();
        lines.join("\n")
    }

    fn origins(&self) -> String {
        let mut lines = Vec::new();
        for standing in standings(self.lexicon, &self.entries(), &[])
            .iter()
            .filter(|s| s.claims.len() > 1)
        {
            let mut names: Vec<&str> = standing.claims.iter().map(|c| self.name(*c)).collect();
            names.sort_unstable();
            let mut rules: Vec<&str> = standing
                .origins
                .iter()
                .flat_map(|o| &o.links)
                .map(|l| l.rule.as_str())
                .collect();
            rules.sort_unstable();
            rules.dedup();
            lines.push(format!(
                "{}: {} ({})",
                names.join(" "),
                standing.summary(),
                rules.join(", ")
            ));
        }
        lines.sort();
        lines.join("\n")
    }

    fn obligations(&self, on: Date) -> String {
        let mut out = String::new();
        for duty in obligations(self.lexicon, &self.entries(), on)
            .iter()
            .filter(|d| d.paragraph.is_some())
        {
            let paragraph = duty.paragraph.as_deref().unwrap_or("-");
            let deadline = duty.deadline.map_or("none".to_owned(), |d| d.to_string());
            let disputed = if duty.is_disputed {
                ", reading disputed"
            } else {
                ""
            };
            let _ = writeln!(
                out,
                "{} ¶{paragraph}, by {deadline}{disputed}",
                duty.instrument
            );
            for party in &duty.parties {
                let _ = writeln!(
                    out,
                    "  {}: computed {}",
                    party.party,
                    party.computed.as_str()
                );
                for s in &party.statements {
                    let own = if s.is_own { "itself" } else { "others" };
                    let said = s.said.map_or("undated".to_owned(), |d| d.to_string());
                    let _ = writeln!(
                        out,
                        "    {said} {} ({}, {}), {own}: {}",
                        s.status,
                        s.act,
                        s.speaker.as_deref().unwrap_or("-"),
                        self.name(s.claim)
                    );
                }
            }
            for r in duty.readings.iter().filter(|r| r.is_reading) {
                let not = if r.is_denied { "not to " } else { "to " };
                let _ = writeln!(
                    out,
                    "  read by {}: {not}{}",
                    r.holder.as_deref().unwrap_or("-"),
                    r.action
                );
            }
        }
        out
    }

    fn presence(&self) -> String {
        let mut out = String::new();
        for post in presence(self.lexicon, &self.entries()).posts {
            let _ = writeln!(out, "{}", post.name);
            for row in &post.rows {
                let axis = row
                    .axis
                    .map_or("-".to_owned(), |a| format!("{a:?}").to_lowercase());
                let _ = writeln!(
                    out,
                    "  {} {axis} {} ({})",
                    row.as_of_text,
                    row.value,
                    row.speaker.as_deref().unwrap_or("-")
                );
            }
        }
        out
    }
}

#[test]
fn trawlers_series() {
    insta::assert_snapshot!(Case::of("examples/trawlers").series());
}

#[test]
fn trawlers_conflicts() {
    insta::assert_snapshot!(Case::of("examples/trawlers").conflicts(date(2024, 4, 30)));
}

#[test]
fn trawlers_origins() {
    insta::assert_snapshot!(Case::of("examples/trawlers").origins());
}

#[test]
fn trawlers_obligations() {
    insta::assert_snapshot!(Case::of("examples/trawlers").obligations(date(2024, 4, 30)));
}

#[test]
fn trawlers_presence() {
    insta::assert_snapshot!(Case::of("examples/trawlers").presence());
}

/// What is printed, with the pages, publishers and origins behind each row.
#[test]
fn trawlers_as_printed() {
    let case = Case::of("examples/trawlers");
    let entries = case.entries();
    let supports = standings(case.lexicon, &entries, &[]).iter().collect();
    let mut series = Series::all(case.lexicon, &entries);
    series.retain(|s| s.distinct().count() > 1);
    let duties = obligations(case.lexicon, &entries, date(2024, 4, 30));
    insta::assert_snapshot!(
        [
            text::series(&series, &supports),
            text::obligations(&duties, &supports),
            text::presence(&presence(case.lexicon, &entries), &supports),
        ]
        .concat()
    );
}

#[test]
fn dam_series() {
    insta::assert_snapshot!(Case::of("examples/dam").series());
}

#[test]
fn dam_conflicts() {
    insta::assert_snapshot!(Case::of("examples/dam").conflicts(date(2023, 12, 1)));
}

#[test]
fn dam_obligations() {
    insta::assert_snapshot!(Case::of("examples/dam").obligations(date(2023, 12, 1)));
}

#[test]
fn quotas_series() {
    insta::assert_snapshot!(Case::of_quotas().series());
}

#[test]
fn quotas_conflicts() {
    insta::assert_snapshot!(Case::of_quotas().conflicts(date(2026, 7, 9)));
}

#[test]
fn quotas_obligations() {
    insta::assert_snapshot!(Case::of_quotas().obligations(date(2026, 7, 9)));
}

#[test]
fn presence_of_other_topics() {
    insta::assert_snapshot!(Case::of("eval/open").presence());
}

#[test]
fn reasons_why_not() {
    let case = Case::of("examples/trawlers");
    let why_not = |a: &str, b: &str| {
        let verdict = judge(case.lexicon, case.entry(a), case.entry(b));
        format!(
            "{a} {b}: {}. {}",
            verdict.answer.unwrap_err(),
            verdict.reason
        )
    };
    let pairs = [
        ("ex01-c05", "ex01-c06"), // still held against returned
        ("ex01-c16", "ex01-c17"), // licenses of two years
        ("ex01-c05", "ex07-c07"), // a copy
        ("ex04-c01", "ex04-c09"), // trawlers against vessels of all kinds
        ("ex05-c06", "ex05-c10"), // figure against status
    ];
    insta::assert_snapshot!(pairs.map(|(a, b)| why_not(a, b)).join("\n"));
}

#[test]
fn impact_of_the_agency() {
    let case = Case::of("examples/trawlers");
    let entries = case.entries();
    let standing = standings(case.lexicon, &entries, &[]);
    let found = conflicts(case.lexicon, &entries);
    let outlet = |name: &str| impact(&entries, &standing, &found, &Withdrawn::Outlet(name.into()));
    let agency = outlet("Northline");
    // Both pages have the admission from the agency, so nothing of it is left without the agency.
    let missed = case.entry("ex01-c01").id();
    assert!(agency.claims.contains(&missed));
    assert!(agency.losses.iter().all(verbale_analysis::Loss::is_total));
    // Without the digest, the newspaper still has the story.
    let digest = outlet("Gulf Shipping News");
    assert!(!digest.claims.contains(&missed));
    assert!(
        digest
            .losses
            .iter()
            .any(|l| !l.is_total() && l.before.0 == 2 && l.after.0 == 1)
    );
    assert_eq!(outlet("Nobody").claims, []);
}

#[test]
fn restrictions_and_timeline() {
    let case = Case::of("examples/trawlers");
    let entries = case.entries();
    let mut out = String::new();
    for r in restrictions(case.lexicon, &entries) {
        let _ = writeln!(
            out,
            "{}: {} ({})",
            r.state.as_str(),
            r.what,
            case.name(r.claim)
        );
    }
    for m in timeline(&entries, Clock::AsOf)
        .iter()
        .filter(|m| m.kind == verbale_core::ClaimKind::Event)
    {
        let _ = writeln!(out, "{} {}: {}", m.days.0, m.days.1, m.what);
    }
    insta::assert_snapshot!(out);
}

/// Whether a status is a ban (`false`), relief from one (`true`), or neither.
fn restricts(subject: &str, status: &str) -> Option<bool> {
    let line = serde_json::json!({"id": "rule", "metadata": {"outlet": "Bulletin"}, "claims": [
        {"id": "c1", "span": "so it is", "kind": "status", "act": "say",
         "status": {"subject": subject, "status": status}}]});
    let filed = support::page(&line.to_string());
    let entries: Vec<_> = filed.entries().collect();
    let found = restrictions(support::lexicon(), &entries);
    found.first().map(|r| r.is_relief)
}

#[test]
fn a_restriction_is_laid_by_one_on_another() {
    let bans = [
        ("land border", "closed since January 2020"),
        ("imports of eggs from Ostmere", "suspended"),
        ("grain", "banned"),
        ("airport of Kesh", "closed to civil flights"),
        ("licence of the operator", "revoked"),
    ];
    for (subject, status) in bans {
        assert_eq!(
            restricts(subject, status),
            Some(false),
            "{subject} {status}"
        );
    }
    let relief = [
        ("ban on poultry", "lifted"),
        ("border crossing", "reopened"),
        ("freighters", "exempt"),
    ];
    for (subject, status) in relief {
        assert_eq!(restricts(subject, status), Some(true), "{subject} {status}");
    }
    let neither = [
        ("shortage of flour", "eased"),
        ("inhabitants of Tarn", "under lockdown"),
        ("embassy of Brisa in Port Amber", "closed"),
        ("talks", "suspended"),
        ("copper mine", "shut"),
        ("consular section", "closed to visitors"),
        ("school in Port Amber", "reopened"),
    ];
    for (subject, status) in neither {
        assert_eq!(restricts(subject, status), None, "{subject} {status}");
    }
}
