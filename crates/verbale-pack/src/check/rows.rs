//! The `[[test]]` rows of a pack.

use jiff::civil::Date;
use serde::Deserialize;

use crate::{Counted, Packs};

use super::{Found, Reader, Report, Source};

/// One row; which keys it has says what it tests (`docs/packs.md`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct TestRow {
    // What is given.
    name: Option<String>,
    subject: Option<String>,
    unit: String,
    place: String,
    per: String,
    words: Option<String>,
    sentence: Option<String>,
    on: Option<String>,
    language: Option<String>,
    // What is expected.
    entity: Option<String>,
    instrument: Option<String>,
    slip: bool,
    measure: Option<String>,
    not_measure: Option<String>,
    status: Option<String>,
    obligation: Option<String>,
    state: Option<String>,
    kind: Option<String>,
    label: Option<String>,
    who: Option<String>,
}

/// What came of a row.
enum Outcome {
    Right,
    Wrong(String),
    /// It needs a reader.
    Skipped,
}

/// Runs the rows of all files.
pub(super) fn run(
    sources: &[Source<'_>],
    packs: &Packs,
    mut reader: Option<&mut dyn Reader>,
    report: &mut Report,
) {
    for source in sources {
        for (n, row) in source.file.test.iter().enumerate() {
            let lent: Option<&mut dyn Reader> = match &mut reader {
                Some(reader) => Some(*reader),
                None => None,
            };
            match row.run(packs, lent) {
                Outcome::Right => report.n_tests += 1,
                Outcome::Skipped => report.n_skipped += 1,
                Outcome::Wrong(message) => {
                    report.n_tests += 1;
                    report.faults.push(source.fault("test", n, "", message));
                }
            }
        }
    }
}

impl TestRow {
    fn run(&self, packs: &Packs, reader: Option<&mut dyn Reader>) -> Outcome {
        let language = self.language.as_deref().unwrap_or("en");
        if let (Some(name), Some(entity)) = (&self.name, &self.entity) {
            let found = packs.known(name).next().map_or("", |k| k.id);
            return compare("entity", entity, found);
        }
        if let (Some(name), Some(instrument)) = (&self.name, &self.instrument) {
            let found = packs.instrument_named(name);
            if found.is_some_and(|m| m.is_slip != self.slip) {
                return Outcome::Wrong(format!(
                    "expected slip = {}, found the contrary",
                    self.slip
                ));
            }
            return compare(
                "instrument",
                instrument,
                found.map_or("", |m| &m.instrument.id),
            );
        }
        if let Some(subject) = &self.subject {
            return self.run_measure(packs, subject);
        }
        if let (Some(words), Some(status)) = (&self.words, &self.status) {
            let found = packs.status_in(words, language);
            return compare("status", status, found.map_or("", |s| &s.id));
        }
        if let (Some(id), Some(on), Some(state)) = (&self.obligation, &self.on, &self.state) {
            return run_state(packs, id, on, state);
        }
        if let (Some(sentence), Some(id)) = (&self.sentence, &self.obligation) {
            let found = packs.obligations_in(sentence, language);
            return compare("obligation", id, found.first().map_or("", |o| &o.id));
        }
        if let (Some(sentence), Some(kind)) = (&self.sentence, &self.kind) {
            return match reader {
                None => Outcome::Skipped,
                Some(reader) => self.run_claim(kind, &reader.read(sentence)),
            };
        }
        Outcome::Wrong("this row tests nothing: see the kinds of rows in docs/packs.md".to_owned())
    }

    fn run_measure(&self, packs: &Packs, subject: &str) -> Outcome {
        let counted = Counted {
            subject,
            unit: &self.unit,
            place: &self.place,
            per: &self.per,
        };
        let found = packs.measure_of(counted).map_or("", |m| &m.id);
        match (&self.measure, &self.not_measure) {
            (Some(expected), _) => compare("measure", expected, found),
            (None, Some(wrong)) if wrong == found => {
                Outcome::Wrong(format!("expected another measure than `{wrong}`"))
            }
            (None, Some(_)) => Outcome::Right,
            (None, None) => Outcome::Wrong("expected `measure` or `not_measure`".to_owned()),
        }
    }

    fn run_claim(&self, kind: &str, found: &[Found]) -> Outcome {
        let fits = |f: &Found| {
            f.kind.as_str() == kind
                && self.label.as_ref().is_none_or(|l| l == &f.label)
                && self
                    .who
                    .as_ref()
                    .is_none_or(|w| f.subject.contains(w.as_str()))
        };
        if found.iter().any(fits) {
            return Outcome::Right;
        }
        let list: Vec<String> = found
            .iter()
            .map(|f| format!("{} `{}` of `{}`", f.kind, f.label, f.subject))
            .collect();
        let label = self.label.as_deref().unwrap_or("any");
        Outcome::Wrong(format!(
            "expected {kind} `{label}`, found {}",
            list.join(", ")
        ))
    }
}

fn run_state(packs: &Packs, id: &str, on: &str, state: &str) -> Outcome {
    let Some(obligation) = packs.obligations().iter().find(|o| o.id == id) else {
        return Outcome::Wrong(format!("unknown obligation: `{id}`"));
    };
    let Ok(day) = on.parse::<Date>() else {
        return Outcome::Wrong(format!("expected a day such as 2020-01-23, found `{on}`"));
    };
    let adopted = packs
        .instruments()
        .iter()
        .find(|i| i.id == obligation.instrument)
        .and_then(|i| i.adopted);
    compare("state", state, obligation.state_on(day, adopted).as_str())
}

fn compare(what: &str, expected: &str, found: &str) -> Outcome {
    if expected == found {
        Outcome::Right
    } else {
        Outcome::Wrong(format!("expected {what} `{expected}`, found `{found}`"))
    }
}
