//! From marks to claims: figures, statuses, events, obligations, positions.
//!
//! Sentence by sentence, the clauses that carry a proposition are found ([`clause`]), each number worth a
//! ledger becomes a figure ([`figure`]), and what remains of the clauses gets a kind ([`kind`]) and the fields
//! of its kind. The innermost attribution around a proposition is its speaker; where there is none the page
//! itself speaks ([`source`]).
//!
//! Not here: finding times, quantities and attributions, and comparing claims with each other.

mod antecedent;
mod clause;
mod context;
mod deadline;
mod event;
mod figure;
mod fit;
mod grammar;
mod instrument;
mod items;
mod kind;
mod layout;
mod modality;
mod obligation;
mod participle;
mod party;
pub(crate) mod phrase;
mod place;
mod position;
mod restate;
mod source;
mod status;
mod table;
mod time;
mod voice;
mod words;

use verbale_core::{
    Act, Attribution, Claim, ClaimIds, ClaimKind, Diagnostic, Evidence, Modality, Outcome,
    Polarity, Proposition, Role, TextRange, Timex, diagnostic,
};
use verbale_pack::Packs;

use crate::Reading;
use crate::attribution::{AttributionMark, Names};
use crate::patterns::{Fit, Patterns};
use crate::quantities::QuantityMention;
use crate::tables::Tables;
use clause::Clause;
use context::{Context, Year};
use layout::Layout;

/// What the earlier stages found in a reading, each list sorted by its ranges.
#[derive(Debug, Clone, Copy)]
pub struct Marks<'m> {
    /// Time expressions.
    pub times: &'m [Timex],
    /// Numbers with what they count.
    pub quantities: &'m [QuantityMention],
    /// Who is said to have said what.
    pub attributions: &'m [AttributionMark],
    /// Who is meant by descriptions such as "the company".
    pub names: &'m Names,
}

/// A claim without its identity.
struct Draft {
    range: TextRange,
    attribution: Attribution,
    polarity: Polarity,
    modality: Modality,
    proposition: Proposition,
    rule: &'static str,
}

/// The claims of a reading and of its document's tables, in the order of their words, with a remark where a year was taken from the text.
pub(crate) fn assemble(
    reading: &Reading<'_>,
    marks: &Marks<'_>,
    tables: &Tables<'_>,
    packs: &Packs,
    patterns: &Patterns,
) -> Outcome<Vec<Claim>> {
    let blocks = reading.blocks();
    let fits: Vec<Vec<Fit<'_, '_>>> = blocks.iter().map(|b| patterns.all(&b.doc)).collect();
    let cx = Context::new(reading, marks, packs, patterns, &fits);
    let mut drafts: Vec<Draft> = Vec::new();
    let mut memory = figure::Memory::default();
    for block in 0..blocks.len() {
        drafts.extend(of_block(&cx, block, &mut memory));
    }
    drafts.extend(table::find(&cx, tables));
    drop_headlines(reading, &mut drafts);
    deadline::date_missed(&mut drafts);
    let mut claims = identified(reading, drafts);
    restate::link(&mut claims, |c| in_body(reading, c));
    claims.retain(|c| c.restates.is_none() || in_body(reading, c));
    Outcome {
        value: claims,
        diagnostics: cx.year.map(year_taken).into_iter().collect(),
    }
}

fn year_taken(year: Year) -> Diagnostic {
    let message = format!("days without a year are read in `{}`", year.number);
    Diagnostic::new(diagnostic::X103_YEAR_FROM_TEXT, message).at(year.range)
}

/// A headline says in short what the text says in full; it counts only where the text claims nothing.
fn drop_headlines(reading: &Reading<'_>, drafts: &mut Vec<Draft>) {
    let role = |d: &Draft| {
        let passage = reading.document().passage_at(d.range.start());
        passage.map(|(_, p)| p.role)
    };
    if drafts.iter().any(|d| role(d) == Some(Role::Body)) {
        drafts.retain(|d| role(d) != Some(Role::Title));
    }
}

fn of_block(cx: &Context<'_>, block: usize, memory: &mut figure::Memory) -> Vec<Draft> {
    let reading = &cx.reading.blocks()[block];
    let passage = &cx.reading.document().passages()[reading.passage];
    let role = passage.role;
    // What repeats another passage was claimed there.
    if role == Role::Dateline || passage.repeats.is_some() {
        return Vec::new();
    }
    if let Some(duty) = items::find(cx, block) {
        return vec![duty];
    }
    let layout = Layout::new(cx, reading);
    let mut drafts = Vec::new();
    for sentence in reading.doc.sents() {
        if clause::is_question(sentence) {
            continue;
        }
        let clauses = clause::find(cx, block, &layout, sentence);
        let range = sentence.start()..sentence.end();
        let figures = match sentence.len() {
            n if n > clause::MAX_SENTENCE_TOKENS => Vec::new(),
            _ => figure::find(cx, block, &layout, &clauses, range, memory),
        };
        for (clause, kind) in &kind::of_sentence(cx, &clauses) {
            let told = figures.iter().any(|f| f.tells(clause));
            let repeats = match kind {
                ClaimKind::Status | ClaimKind::Event => true,
                ClaimKind::Position => !kind::takes_sides(clause),
                ClaimKind::Obligation | ClaimKind::Figure => false,
            };
            // "The number of families still waiting is 712": the figure says it all.
            let is_name_of_count = *kind == ClaimKind::Status
                && !figures.is_empty()
                && clause.subject.is_some_and(figure::names_count);
            let is_said = told && repeats || is_name_of_count;
            if !is_said {
                drafts.push(of_clause(cx, clause, *kind));
            }
        }
        drafts.extend(figures.into_iter().map(|f| of_figure(cx, f)));
    }
    // Headlines and captions repeat the body; what nobody is said to have said there adds nothing.
    if role != Role::Body {
        drafts.retain(|d| d.attribution.cue.is_some());
    }
    drafts
}

fn of_clause(cx: &Context<'_>, clause: &Clause<'_>, kind: ClaimKind) -> Draft {
    let (proposition, rule) = match kind {
        ClaimKind::Status => (Proposition::Status(status::build(cx, clause)), "status"),
        ClaimKind::Event => (Proposition::Event(event::build(cx, clause)), "event"),
        ClaimKind::Obligation => (
            Proposition::Obligation(obligation::build(cx, clause)),
            "obligation",
        ),
        ClaimKind::Position | ClaimKind::Figure => (
            Proposition::Position(position::build(cx, clause)),
            "position",
        ),
    };
    let mut attribution = source::attribution(cx, clause);
    if kind == ClaimKind::Obligation && attribution.act == Act::Say {
        attribution.act = obligation::act(cx, clause);
    }
    Draft {
        range: clause.range(&cx.reading.blocks()[clause.block]),
        attribution,
        polarity: modality::polarity(cx, clause),
        modality: modality::modality(cx, clause),
        proposition,
        rule,
    }
}

fn of_figure(cx: &Context<'_>, found: figure::Found<'_>) -> Draft {
    let block = &cx.reading.blocks()[found.carrier.block];
    Draft {
        range: block.span_range(block.doc.span(found.tokens)),
        attribution: source::attribution(cx, &found.carrier),
        polarity: match found.figure.quantity.value {
            // "Nobody was injured" asserts a count of nought.
            Some(n) if n.is_zero() => Polarity::Asserted,
            _ => modality::polarity_of_count(cx, &found.carrier, found.is_met),
        },
        modality: modality::modality(cx, &found.carrier),
        proposition: Proposition::Figure(found.figure),
        rule: "figure",
    }
}

fn identified(reading: &Reading<'_>, mut drafts: Vec<Draft>) -> Vec<Claim> {
    drafts.sort_by_key(|d| (d.range.start(), d.range.end(), d.proposition.kind()));
    drafts.dedup_by(|b, a| {
        a.range == b.range
            && a.proposition.kind() == b.proposition.kind()
            && a.proposition == b.proposition
    });
    let document = reading.document();
    let mut ids = ClaimIds::default();
    drafts
        .into_iter()
        .map(|d| {
            let evidence = Evidence::new(document.text(), d.range);
            Claim {
                id: ids.next(document.page(), d.proposition.kind(), evidence.quote()),
                evidence,
                attribution: d.attribution,
                polarity: d.polarity,
                modality: d.modality,
                proposition: d.proposition,
                rule: d.rule.to_owned(),
                restates: None,
            }
        })
        .collect()
}

/// True if the claim stands in the text itself and not in its headline or a caption.
fn in_body(reading: &Reading<'_>, claim: &Claim) -> bool {
    let document = reading.document();
    document
        .passage_at(claim.evidence.range().start())
        .is_some_and(|(_, p)| p.role == Role::Body)
}

#[cfg(test)]
mod tests;
