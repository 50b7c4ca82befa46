//! Series: how each number moved, by whose word, with a chart where it moved.

use std::collections::BTreeSet;

use verbale_analysis::{
    Nature, Observation, Series,
    chart::{SvgSize, svg},
};
use verbale_core::ClaimId;

use super::{Block, Desk, Line, computed, heading, plain, strong, table};
use crate::brief::{
    model::{Chart, text},
    notes::{one_line, who_say},
};

/// How many times make a movement that is worth a picture.
const MIN_TIMES: usize = 2;

/// The size of a chart: a third of a printed page.
const SIZE: SvgSize = SvgSize {
    width: 760,
    height: 280,
};

pub(super) fn blocks(desk: &mut Desk<'_, '_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut single = Vec::new();
    for series in Series::all(desk.lexicon, desk.entries) {
        if !series
            .observations
            .iter()
            .any(|o| desk.is_on_topic(o.claim))
        {
            continue;
        }
        let shown: Vec<Observation> = (series.distinct())
            .filter(|o| desk.is_shown(o.claim))
            .cloned()
            .collect();
        match &shown[..] {
            [] => {}
            [one] => single.push((series.title(), series.nature, one.clone())),
            _ => blocks.extend(moving(desk, &series, shown)),
        }
    }
    blocks.extend(standing_alone(desk, single));
    blocks
}

/// A number that moved, or that several give.
fn moving(desk: &mut Desk<'_, '_>, series: &Series, shown: Vec<Observation>) -> Vec<Block> {
    let title = one_line(&capital(&series.title()));
    let mut blocks = vec![heading(&title)];
    let shown = Series {
        observations: shown,
        ..series.clone()
    };
    let dated: BTreeSet<_> = shown.observations.iter().filter_map(|o| o.as_of).collect();
    if dated.len() >= MIN_TIMES {
        blocks.push(chart(desk, &shown, &title));
    }
    let newest = dated.iter().map(|t| t.1).max();
    let rows = statements(&shown.observations).into_iter().map(|copies| {
        let end = copies[0].as_of.map(|t| t.1);
        let is_level = series.nature == Nature::Stock;
        row(desk, &copies, is_level && end == newest)
    });
    let rows = rows.collect();
    blocks.extend(table(
        &format!("{title}, in the order of time"),
        &[
            ("As of", 18),
            ("Figure", 26),
            ("By whose word", 34),
            ("Note", 22),
        ],
        rows,
    ));
    blocks
}

/// The observations with those together that say one thing by one speaker: copies, wherever they stand.
fn statements(observations: &[Observation]) -> Vec<Vec<&Observation>> {
    let mut statements: Vec<Vec<&Observation>> = Vec::new();
    for o in observations {
        let says = |o: &Observation| {
            (
                o.as_of_text.clone(),
                o.amount.clone(),
                o.speaker.clone(),
                o.act,
                o.is_asserted,
            )
        };
        let same = |s: &&mut Vec<&Observation>| says(s[0]) == says(o) && o.speaker.is_some();
        match statements.iter_mut().find(same) {
            Some(statement) => statement.push(o),
            None => statements.push(vec![o]),
        }
    }
    statements
}

fn chart(desk: &mut Desk<'_, '_>, series: &Series, title: &str) -> Block {
    desk.n_charts += 1;
    let told = series.observations.iter().map(|o| {
        let who = o
            .speaker
            .as_deref()
            .or(o.publisher.as_deref())
            .unwrap_or("somebody");
        format!("{}, {}: {who}", o.amount, time(o))
    });
    Block::Chart(Chart {
        number: desk.n_charts,
        title: title.to_owned(),
        description: one_line(&(told.collect::<Vec<_>>().join("; ") + ".")),
        svg: svg(series, SIZE, None),
    })
}

/// The row of one statement, given with its copies.
fn row(desk: &mut Desk<'_, '_>, copies: &[&Observation], is_newest: bool) -> Vec<Line> {
    let o = copies[0];
    let claims: Vec<ClaimId> = copies.iter().map(|o| o.claim).collect();
    let mut amount = vec![strong(one_line(&o.amount))];
    if !o.is_asserted {
        amount.push(plain(" (denied)"));
    }
    let entries: Vec<_> = claims
        .iter()
        .filter_map(|c| desk.source.entry(*c))
        .collect();
    let who = who_say(&entries);
    let cite = if is_newest {
        desk.notes.cite_newest(&claims, o.as_of.map(|t| t.1))
    } else {
        desk.notes.cite_all(&claims)
    };
    vec![vec![when(o)], amount, who, cite]
}

/// The numbers that only one claim gives, in one table.
fn standing_alone(
    desk: &mut Desk<'_, '_>,
    single: Vec<(String, Nature, Observation)>,
) -> Vec<Block> {
    let rows: Vec<Vec<Line>> = single
        .into_iter()
        .map(|(title, nature, o)| {
            let mut row = row(desk, &[&o], nature == Nature::Stock);
            row.insert(0, text(one_line(&capital(&title))));
            row
        })
        .collect();
    let table = table(
        "Figures that one claim of the case gives",
        &[
            ("What", 24),
            ("As of", 14),
            ("Figure", 20),
            ("By whose word", 24),
            ("Note", 18),
        ],
        rows,
    );
    let Some(table) = table else {
        return Vec::new();
    };
    vec![heading("Figures that stand alone"), table]
}

fn time(o: &Observation) -> String {
    if o.as_of_text.is_empty() {
        "no date".to_owned()
    } else {
        one_line(&o.as_of_text)
    }
}

fn when(o: &Observation) -> crate::brief::model::Inline {
    if o.as_of_text.is_empty() {
        computed("no date")
    } else {
        plain(time(o))
    }
}

fn capital(words: &str) -> String {
    crate::brief::notes::capitalized(words)
}
