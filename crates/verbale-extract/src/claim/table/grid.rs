//! Headings, names of rows, and the numbers between them.

use verbale_core::{Anchor, PartialDate, Quantity, TextRange, Timex};
use verbale_nlp::Doc;

use super::as_time;
use crate::claim::context::Context;
use crate::claim::grammar::{lemma, tidy};
use crate::claim::words::has;
use crate::quantities::cell::{Cells, Measure};
use crate::tables::{Cell, CellKind, Table, Tables};

/// Rows of headings that a table may have.
const MAX_HEADINGS: usize = 3;

/// What the words beside numbers say of them: the heading of a column, the name of a row.
#[derive(Debug, Clone, Default)]
pub(super) struct Label {
    /// What is counted, or who it is counted of.
    pub(super) thing: Option<Thing>,
    /// When.
    pub(super) time: Option<Timex>,
    /// Where.
    pub(super) place: Option<String>,
    /// `thousand tonnes`, in brackets or behind a comma.
    pub(super) measure: Option<Measure>,
    /// "Total" and the like: all of what the other labels say.
    pub(super) is_total: bool,
    /// "Fax", "Postcode", "Monday": its numbers count nothing.
    counts_nothing: bool,
}

/// Words for what is counted.
#[derive(Debug, Clone, Default)]
pub(super) struct Thing {
    /// Its words, as inside a sentence.
    pub(super) words: String,
    /// The noun that it turns on, if it is a common one.
    pub(super) noun: Option<String>,
}

impl Label {
    /// Headings one above the other: "2031" over "Boats", "Boats" over "seized".
    fn over(self, below: Self) -> Self {
        let thing = match (self.thing, below.thing) {
            (Some(above), Some(below)) => Some(Thing {
                words: format!("{} {}", above.words, below.words),
                noun: below.noun.or(above.noun),
            }),
            (above, below) => above.or(below),
        };
        Self {
            thing,
            time: below.time.or(self.time),
            place: below.place.or(self.place),
            measure: below.measure.or(self.measure),
            is_total: self.is_total || below.is_total,
            counts_nothing: self.counts_nothing || below.counts_nothing,
        }
    }
}

/// A number with what says what it is of.
pub(super) struct Number<'g> {
    pub(super) range: TextRange,
    pub(super) quantity: &'g Quantity,
    /// `None` where a table has names and numbers only.
    pub(super) heading: Option<&'g Label>,
    pub(super) row: &'g Label,
    /// The line between rows above it that names those below.
    pub(super) section: Option<&'g Label>,
}

/// A table whose columns and rows have names.
pub(super) struct Grid<'t> {
    table: &'t Table,
    /// Per column; `None` for the columns that number or name the rows, and for those without a heading.
    headings: Vec<Option<Label>>,
    has_headings: bool,
    n_headings: usize,
    /// The column that names the rows.
    names: usize,
    /// Per row behind the headings.
    rows: Vec<Row>,
}

struct Row {
    label: Option<Label>,
    /// The section in force, as an index of `rows`.
    section: Option<usize>,
    is_section: bool,
}

impl<'t> Grid<'t> {
    pub(super) fn new(cx: &Context<'_>, tables: &Tables<'_>, table: &'t Table) -> Option<Self> {
        let reader = Reader { cx, tables };
        let n_columns = table.rows.first()?.len();
        let heads = |row: &&Vec<Cell>| row.iter().skip(1).all(|c| reader.is_heading(c));
        let n_headings = table
            .rows
            .iter()
            .take(MAX_HEADINGS)
            .take_while(heads)
            .count();
        if n_headings == table.rows.len() || n_headings == 0 && n_columns != 2 {
            return None;
        }
        let body = &table.rows[n_headings..];
        let names = (0..n_columns).find(|&c| reader.names_rows(body, c))?;
        let corner = reader.corner(&table.rows[..n_headings], names);
        let headings = (0..n_columns)
            .map(|c| {
                let counts_rows = c <= names || reader.names_rows(body, c);
                let heading = || reader.heading(&table.rows[..n_headings], c);
                (!counts_rows).then(heading).flatten()
            })
            .collect();
        let mut grid = Self {
            table,
            headings,
            has_headings: n_headings > 0,
            n_headings,
            names,
            rows: Vec::new(),
        };
        for row in body {
            grid.push(row, reader.label(&row[names], corner));
        }
        Some(grid)
    }

    /// The next row; one without a name of its own goes on with that of the row above.
    fn push(&mut self, row: &[Cell], own: Option<Label>) {
        let is_empty = |c: &Cell| matches!(c.kind, CellKind::Blank);
        let is_section = own.is_some() && row.iter().skip(self.names + 1).all(is_empty);
        let last = self.rows.last();
        let section = match last {
            Some(last) if last.is_section => Some(self.rows.len() - 1),
            Some(last) => last.section,
            None => None,
        };
        let above = last.filter(|r| !r.is_section).and_then(|r| r.label.clone());
        self.rows.push(Row {
            label: own.or(above),
            section,
            is_section,
        });
    }

    /// Every number that has a heading and a name.
    pub(super) fn numbers(&self) -> impl Iterator<Item = Number<'_>> {
        let body = self.table.rows.iter().skip(self.n_headings);
        body.zip(&self.rows).flat_map(move |(cells, row)| {
            let section = row.section.and_then(|s| self.rows[s].label.as_ref());
            let columns = cells.iter().zip(&self.headings).skip(self.names + 1);
            columns.filter_map(move |(cell, heading)| {
                let CellKind::Number(quantity, _) = &cell.kind else {
                    return None;
                };
                if self.has_headings && heading.is_none() {
                    return None;
                }
                let labels = heading.iter().chain(&row.label);
                if labels.clone().any(|l| l.counts_nothing) {
                    return None;
                }
                Some(Number {
                    range: cell.range,
                    quantity,
                    heading: heading.as_ref(),
                    row: row.label.as_ref()?,
                    section,
                })
            })
        })
    }
}

/// What reading a cell takes.
struct Reader<'r, 'c> {
    cx: &'r Context<'c>,
    tables: &'r Tables<'c>,
}

impl Reader<'_, '_> {
    /// True for a cell of words, a year or nothing.
    fn is_heading(&self, cell: &Cell) -> bool {
        match &cell.kind {
            CellKind::Blank | CellKind::Words(_) | CellKind::Number(_, Some(_)) => true,
            CellKind::Number(_, None) => self.tables.time(cell).is_some(),
        }
    }

    /// True if most cells of the column that hold anything are words or times: it names the rows.
    fn names_rows(&self, body: &[Vec<Cell>], column: usize) -> bool {
        let held = body.iter().filter_map(|row| row.get(column));
        let held = held.filter(|c| !matches!(c.kind, CellKind::Blank));
        let (mut n_names, mut n_all) = (0, 0);
        for cell in held {
            n_all += 1;
            n_names += usize::from(self.is_heading(cell));
        }
        2 * n_names > n_all
    }

    /// What the heading above the rows' names says of them: that they are places, or that they are not.
    fn corner(&self, headings: &[Vec<Cell>], names: usize) -> Option<bool> {
        let cell = headings.iter().rev().map(|row| &row[names]);
        let doc = cell.filter_map(|c| self.words(c)).next()?;
        let is = |words: &str| doc.tokens().any(|t| has(words, &lemma(t)));
        (is(PLACES) || is(THINGS)).then(|| is(PLACES))
    }

    /// What stands above a column, all rows of headings read together.
    fn heading(&self, headings: &[Vec<Cell>], column: usize) -> Option<Label> {
        let mut joined: Option<Label> = None;
        for (i, row) in headings.iter().enumerate() {
            let is_last = i + 1 == headings.len();
            // A heading over several columns stands over the first of them.
            let over = |c: &usize| !matches!(row[*c].kind, CellKind::Blank);
            let at = match is_last {
                true => Some(column),
                false => (1..=column).rev().find(over),
            };
            let label = at.and_then(|c| self.label(&row[c], None));
            joined = match (joined, label) {
                (Some(above), Some(below)) => Some(above.over(below)),
                (above, below) => above.or(below),
            };
        }
        joined
    }

    fn words(&self, cell: &Cell) -> Option<&Doc> {
        match cell.kind {
            CellKind::Words(block) => Some(self.tables.doc(block)),
            _ => None,
        }
    }

    /// What a cell says; `places` tells whether such cells name places, where the heading above them says so.
    fn label(&self, cell: &Cell, places: Option<bool>) -> Option<Label> {
        let time = self.tables.time(cell).map(|t| as_time(self.cx, t));
        let time = match &cell.kind {
            CellKind::Number(_, Some(year)) => time.or_else(|| {
                let date = PartialDate::new(Some(*year), None, None)?;
                Some(Timex::from_date(date, &year.to_string(), Anchor::None))
            }),
            _ => time,
        };
        match cell.kind {
            _ if time.is_some() => Some(Label {
                // Hours and sheets of a calendar stand beside days of the week.
                counts_nothing: time
                    .as_ref()
                    .is_some_and(|t| t.interval.is_none() || is_weekday(&t.raw)),
                time,
                ..Label::default()
            }),
            CellKind::Words(block) => {
                let doc = self.tables.doc(block);
                let Some(inner) = self.tables.time_in(cell) else {
                    return Some(self.called(doc, doc.text(), places));
                };
                // "Delivered as of June 30 (million)": the time is a field of its own.
                let words = without_time(doc.text(), &inner.raw);
                Some(Label {
                    time: Some(as_time(self.cx, inner)),
                    ..self.called(doc, &words, places)
                })
            }
            _ => None,
        }
    }

    /// What `text`, the words of a cell as far as they are no time, says.
    fn called(&self, doc: &Doc, text: &str, places: Option<bool>) -> Label {
        let (words, measure) = without_measure(text);
        let words = tidy(words);
        let first = words.split_whitespace().next().unwrap_or_default();
        let is_total = has(TOTALS, &first.to_lowercase());
        let is_place = || is_named_place(doc) || !self.cx.packs.states_in(&words).is_empty();
        let place = (!is_total && places.unwrap_or_else(is_place)).then(|| words.clone());
        let thing = (!is_total && place.is_none() && !words.is_empty()).then(|| Thing {
            noun: noun(doc, words.len()),
            words: lower_first(doc, &words, places == Some(false)),
        });
        Label {
            thing,
            time: None,
            place,
            measure,
            is_total,
            counts_nothing: counts_nothing(&words),
        }
    }
}

/// The words of a heading without the time in them and the preposition before it.
fn without_time(words: &str, time: &str) -> String {
    let Some((before, behind)) = words.split_once(time) else {
        return words.to_owned();
    };
    let mut before = before.trim_end();
    for link in [
        "as of", "as at", "on", "in", "at", "by", "since", "until", "of", ",",
    ] {
        let is_word = |rest: &str| rest.is_empty() || rest.ends_with(' ') || link == ",";
        if let Some(rest) = before.strip_suffix(link).filter(|r| is_word(r)) {
            before = rest.trim_end();
            break;
        }
    }
    format!("{before} {}", behind.trim_start())
        .trim()
        .to_owned()
}

/// True for labels of numbers that name something, and for the letters of a calendar.
fn counts_nothing(label: &str) -> bool {
    let label = label.to_lowercase();
    let mut words = label
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty());
    label.chars().filter(|c| c.is_alphabetic()).count() == 1
        || has(NUMBERING, &label)
        || words.any(|w| has(NAMING, w) || is_weekday(w))
}

fn is_weekday(word: &str) -> bool {
    let word = word.to_lowercase();
    DAYS.iter().any(|names| names.contains(&word.as_str()))
}

/// Alone in a label, these number the rows.
const NUMBERING: &str = "no number nr id page code room rank position place article paragraph line";

/// Anywhere in a label, these are names made of digits.
const NAMING: &str =
    "phone tel telephone fax mobile postcode zip isbn issn hotline imo mmsi passport extension";

/// Days of the week, with what calendars and opening hours shorten them to.
const DAYS: [&[&str]; 7] = [
    &["monday", "mon", "mo"],
    &["tuesday", "tue", "tues", "tu"],
    &["wednesday", "wed", "we"],
    &["thursday", "thu", "thurs", "th"],
    &["friday", "fri", "fr"],
    &["saturday", "sat", "sa"],
    &["sunday", "sun", "su"],
];

/// Words that stand for all rows or columns.
const TOTALS: &str = "total all sum overall subtotal altogether";

/// Heads of columns that name places.
const PLACES: &str = "country state district region province county city town municipality village area zone place \
                      location port governorate camp site island territory destination origin capital oblast";

/// Heads of columns that name what is no place, though a place may lend its name.
const THINGS: &str = "mission embassy post company firm operator agency ministry party nationality item category \
                      type kind group sector product name vessel ship boat measure indicator";

/// True if all of the words are a name of a place.
fn is_named_place(doc: &Doc) -> bool {
    let mut words = doc
        .tokens()
        .filter(|t| !t.is_punct() && !t.is_space())
        .peekable();
    words.peek().is_some() && words.all(|t| matches!(t.ent_type(), "GPE" | "LOC" | "FAC"))
}

/// The noun that the first `n_bytes` of the words turn on, in lower case.
fn noun(doc: &Doc, n_bytes: usize) -> Option<String> {
    doc.tokens()
        .filter(|t| t.pos() == "NOUN" && t.range().start < n_bytes)
        .find(|t| !matches!(t.dep(), "compound" | "nmod"))
        .map(|t| t.lower())
}

/// "Sites visited" as inside a sentence; acronyms keep their capital, and so do names: those that the model knows, and
/// any where the heading above says that there are names.
fn lower_first(doc: &Doc, words: &str, are_names: bool) -> String {
    let named = |t: verbale_nlp::Token<'_>| {
        let n_capitals = t.text().chars().filter(|c| c.is_uppercase()).count();
        n_capitals > 1 || are_names || t.pos() == "PROPN" && !t.ent_type().is_empty()
    };
    let keeps = doc.tokens().find(|t| !t.is_punct()).is_some_and(named);
    let mut chars = words.chars();
    match chars.next().filter(|_| !keeps) {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => words.to_owned(),
    }
}

/// "Exports (thousand tonnes)", "Output, GWh": the words and the measure.
pub(super) fn without_measure(words: &str) -> (&str, Option<Measure>) {
    let words = words.trim();
    let bracket = words
        .strip_suffix([')', ']'])
        .and_then(|w| w.rsplit_once(['(', '[']));
    let behind = bracket.or_else(|| words.rsplit_once(','));
    match behind.and_then(|(name, m)| Some((name, Cells::measure(m)?))) {
        Some((name, measure)) => (name.trim_end(), Some(measure)),
        None => match Cells::measure(words) {
            Some(measure) => ("", Some(measure)),
            None => (words, None),
        },
    }
}
