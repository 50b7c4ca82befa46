//! Obligations: what each party asserts beside what dates and figures imply.

use verbale_analysis::obligations::{Computed, Duty, PartyRecord, ReadingRow, obligations};
use verbale_core::{ClaimId, Proposition};

use super::{Block, Desk, Inline, Line, computed, heading, paragraph, plain, strong, table};
use crate::brief::{
    model::text,
    notes::{capitalized, one_line, who_says},
};

pub(super) fn blocks(desk: &mut Desk<'_, '_>) -> Vec<Block> {
    let Some(on) = desk.on else {
        return Vec::new();
    };
    let mut blocks = Vec::new();
    for duty in obligations(desk.lexicon, desk.entries, on) {
        let of_duty: Vec<ClaimId> = claims_of(&duty).collect();
        let is_asked = of_duty.iter().any(|c| desk.is_on_topic(*c));
        if is_asked && of_duty.iter().any(|c| desk.is_shown(*c)) {
            blocks.extend(of(desk, &duty, on));
        }
    }
    blocks
}

/// The claims that speak of a duty.
fn claims_of(duty: &Duty) -> impl Iterator<Item = ClaimId> {
    let told = duty.readings.iter().filter_map(|r| r.claim);
    let conduct = duty
        .parties
        .iter()
        .flat_map(|p| p.statements.iter().map(|s| s.claim));
    told.chain(conduct)
}

fn of(desk: &mut Desk<'_, '_>, duty: &Duty, on: jiff::civil::Date) -> Vec<Block> {
    let paragraph_sign = duty
        .paragraph
        .as_ref()
        .map_or(String::new(), |p| format!(" ¶{p}"));
    let name = format!("{}{paragraph_sign}", duty.instrument);
    let name = if name.trim().is_empty() {
        format!("A promise or demand: {}", duty.action)
    } else {
        name
    };
    let mut blocks = vec![
        heading(capitalized(&one_line(&name))),
        paragraph(rule(desk, duty)),
    ];
    for party in &duty.parties {
        blocks.extend(record(desk, party, on));
    }
    blocks.extend(readings(desk, duty));
    blocks.extend(reports(duty));
    blocks
}

/// What must be done by when, with a claim that says so.
fn rule(desk: &mut Desk<'_, '_>, duty: &Duty) -> Line {
    let mut line = vec![strong("Duty: "), plain(one_line(&duty.action))];
    match duty.deadline {
        Some(day) => line.extend([plain("; by "), plain(day.to_string())]),
        None => line.push(plain("; no deadline known")),
    }
    line.push(plain(" "));
    let told: Vec<ClaimId> = duty.readings.iter().filter_map(|r| r.claim).collect();
    let source = desk.source;
    let deadline_of = |c: &ClaimId| {
        let entry = source.entry(*c)?;
        match &entry.claim.proposition {
            Proposition::Obligation(o) => o.deadline.as_ref()?.interval?.end(),
            _ => None,
        }
    };
    // A claim that states the deadline; where only a pack does, the linter says that no page is quoted for it.
    let found = match duty.deadline {
        Some(day) => told.iter().find(|c| deadline_of(c) == Some(day)),
        None => told.first(),
    };
    if let Some(claim) = found {
        line.extend(desk.notes.cite(*claim));
    } else if duty.pack_id.is_some() {
        line.push(computed("(as a pack of the program has it)"));
    }
    line
}

fn record(desk: &mut Desk<'_, '_>, record: &PartyRecord, on: jiff::civil::Date) -> Vec<Block> {
    let statements = record
        .statements
        .iter()
        .filter(|s| desk.source.is_in_period(s.claim));
    let rows: Vec<Vec<Line>> = statements
        .map(|s| {
            let said = s.said.map_or(computed("no date"), |d| plain(d.to_string()));
            let who = desk.source.entry(s.claim).map(who_says).unwrap_or_default();
            let of = if s.is_own {
                " of itself"
            } else {
                " of another"
            };
            let status = vec![strong(one_line(&s.status)), plain(of)];
            vec![vec![said], who, status, desk.notes.cite(s.claim)]
        })
        .collect();
    let party = capitalized(&one_line(&record.party));
    let mut blocks: Vec<Block> = table(
        &format!("{party}: what is asserted"),
        &[
            ("Said", 15),
            ("By whose word", 37),
            ("Asserted", 26),
            ("Note", 22),
        ],
        rows,
    )
    .into_iter()
    .collect();
    let mut line = vec![strong(format!("{party}: ")), plain("beside that, on ")];
    line.extend([computed(on.to_string()), plain(" dates and figures give: ")]);
    line.push(computed(record.computed.as_str()));
    if let Computed::Residual(figures) = &record.computed {
        for claim in figures {
            let amount = desk.source.entry(*claim).map(|e| one_line(e.quote()));
            line.extend(
                amount
                    .map(|quote| [plain("; "), Inline::Quote(quote)])
                    .into_iter()
                    .flatten(),
            );
            line.push(plain(" "));
            line.extend(desk.notes.cite(*claim));
        }
    }
    blocks.push(paragraph(line));
    blocks
}

/// The readings of a duty by parties, if there are any.
fn readings(desk: &mut Desk<'_, '_>, duty: &Duty) -> Option<Block> {
    let told = duty.readings.iter().filter(|r| r.is_reading);
    let rows = told.map(|r| reading(desk, r)).collect();
    let disputed = if duty.is_disputed {
        ", which are disputed"
    } else {
        ""
    };
    table(
        &format!("Readings of the duty{disputed}"),
        &[
            ("Said", 15),
            ("Holder", 27),
            ("What the duty is", 36),
            ("Note", 22),
        ],
        rows,
    )
}

fn reading(desk: &mut Desk<'_, '_>, r: &ReadingRow) -> Vec<Line> {
    let said = r.said.map_or(computed("no date"), |d| plain(d.to_string()));
    let holder = text(
        r.holder
            .as_deref()
            .map_or("nobody named".to_owned(), one_line),
    );
    let not = if r.is_denied { "not: " } else { "" };
    let action = text(format!("{not}{}", one_line(&r.action)));
    let cite = match r.claim {
        Some(claim) => desk.notes.cite(claim),
        None => vec![computed("as a pack has it ")],
    };
    vec![vec![said], holder, action, cite]
}

fn reports(duty: &Duty) -> Option<Block> {
    let items = duty.reports.iter().map(|r| {
        let due = r
            .due
            .map(|d| d.to_string())
            .or_else(|| r.every.clone())
            .unwrap_or_default();
        vec![
            plain("Report to "),
            plain(one_line(&r.to)),
            computed(format!(", due {due}, as a pack has it: ")),
            computed(r.state.as_str()),
        ]
    });
    let items: Vec<Line> = items.collect();
    (!items.is_empty()).then_some(Block::List { items })
}
