//! A claim outside its document, as tables and lists of claims need it.

use serde::Serialize;
use verbale_analysis::Support;

use super::{ClaimLine, DocumentLine, FigureLine, Number};

/// The document that a claim stands in, without its text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct DocumentRef {
    /// The page's id.
    pub id: String,
    /// Where the page was found.
    pub path: String,
    /// The headline.
    pub title: Option<String>,
    /// The publisher.
    pub outlet: Option<String>,
    /// The wire service.
    pub agency: Option<String>,
    /// Publication date, ISO 8601 as far as it is stated.
    pub published: Option<String>,
    /// When the page was captured, RFC 3339.
    pub captured: Option<String>,
    /// BCP 47 language tag.
    pub language: Option<String>,
}

impl From<&DocumentLine> for DocumentRef {
    fn from(line: &DocumentLine) -> Self {
        Self {
            id: line.id.clone(),
            path: line.path.clone(),
            title: line.metadata.title.clone(),
            outlet: line.metadata.outlet.clone(),
            agency: line.metadata.agency.clone(),
            published: line.metadata.published.clone(),
            captured: line.captured.clone(),
            language: line.metadata.language.clone(),
        }
    }
}

/// One claim with its document and what people decided about it.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ClaimRow {
    /// The claim.
    #[serde(flatten)]
    pub claim: ClaimLine,
    /// Where it stands.
    pub document: DocumentRef,
    /// `accepted` or `rejected`, if somebody decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<String>,
    /// Credibility from 1 (confirmed) to 6 (cannot be judged), if somebody graded it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credibility: Option<u8>,
    /// Reliability of the publisher from A to F, if somebody graded it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reliability: Option<String>,
    /// The fields that a person amended.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub amended: Vec<String>,
}

/// A claim with its document, and what stands behind it.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct SupportedRow {
    /// The claim.
    #[serde(flatten)]
    pub row: ClaimRow,
    /// How much says the same.
    pub support: SupportLine,
}

/// How much stands behind a claim.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct SupportLine {
    /// Pages that carry what it says.
    pub pages: usize,
    /// Publishers of those pages.
    pub publishers: usize,
    /// Independent statements.
    pub origins: usize,
}

impl From<Support> for SupportLine {
    fn from(support: Support) -> Self {
        Self {
            pages: support.n_pages,
            publishers: support.n_publishers,
            origins: support.n_origins,
        }
    }
}

impl ClaimLine {
    /// What is counted, held, done or owed, as one short phrase.
    pub fn subject(&self) -> Option<&str> {
        self.figure
            .as_ref()
            .and_then(|f| f.subject.as_deref())
            .or_else(|| self.status.as_ref().and_then(|s| s.subject.as_deref()))
            .or_else(|| self.event.as_ref().and_then(|e| e.label.as_deref()))
            .or_else(|| self.obligation.as_ref().and_then(|o| o.action.as_deref()))
            .or_else(|| self.position.as_ref().and_then(|p| p.stance.as_deref()))
    }

    /// Where it holds or happened.
    pub fn place(&self) -> Option<&str> {
        self.figure
            .as_ref()
            .and_then(|f| f.place.as_deref())
            .or_else(|| self.event.as_ref().and_then(|e| e.place.as_deref()))
    }

    /// The clock of the proposition (as-of, date or deadline), and the words it was read from.
    pub fn time(&self) -> (Option<&str>, Option<&str>) {
        let (iso, raw) = if let Some(f) = &self.figure {
            (&f.as_of, &f.as_of_raw)
        } else if let Some(s) = &self.status {
            (&s.as_of, &s.as_of_raw)
        } else if let Some(e) = &self.event {
            (&e.date, &e.date_raw)
        } else if let Some(o) = &self.obligation {
            (&o.deadline, &o.deadline_raw)
        } else {
            return (None, None);
        };
        (iso.as_deref(), raw.as_deref())
    }

    /// What is claimed, as one line of a table: `around 1,000 workers: workers remaining (Russia)`.
    pub fn summary(&self) -> String {
        let mut out = String::new();
        if let Some(figure) = &self.figure {
            push(&mut out, "", figure.amount().as_deref(), "");
            let unit_says_it = figure.subject == figure.unit;
            let subject = figure.subject.as_deref().filter(|_| !unit_says_it);
            push(&mut out, ": ", subject, "");
            push(&mut out, " (", figure.place.as_deref(), ")");
        } else if let Some(status) = &self.status {
            push(&mut out, "", status.subject.as_deref(), "");
            push(&mut out, ": ", status.status.as_deref(), "");
        } else if let Some(event) = &self.event {
            push(&mut out, "", event.label.as_deref(), "");
            push(&mut out, ": ", Some(&event.actors.join(", ")), "");
            push(&mut out, " (", event.place.as_deref(), ")");
        } else if let Some(obligation) = &self.obligation {
            push(&mut out, "", obligation.party.as_deref(), "");
            push(&mut out, " to ", obligation.action.as_deref(), "");
            push(&mut out, " (", obligation.instrument.as_deref(), "");
            push(&mut out, " ¶", obligation.paragraph.as_deref(), "");
            if obligation.instrument.is_some() {
                out.push(')');
            }
        } else if let Some(position) = &self.position {
            push(&mut out, "", position.holder.as_deref(), "");
            push(&mut out, ": ", position.stance.as_deref(), "");
            push(&mut out, " (on ", position.target.as_deref(), ")");
        }
        out
    }
}

impl FigureLine {
    /// The number with its hedge or bounds, unit and rate: `around 1,000 workers`, `10–12 km per day`.
    ///
    /// `None` if the line has no number at all.
    pub fn amount(&self) -> Option<String> {
        let mut out = match (self.value, self.low, self.high) {
            (Some(value), ..) => grouped(value),
            (None, Some(low), Some(high)) => format!("{}–{}", grouped(low), grouped(high)),
            (None, Some(low), None) => format!("≥ {}", grouped(low)),
            (None, None, Some(high)) => format!("≤ {}", grouped(high)),
            (None, None, None) => return None,
        };
        if let Some(hedge) = self
            .approximator
            .as_deref()
            .filter(|_| self.value.is_some())
        {
            out = format!("{hedge} {out}");
        }
        push(&mut out, " ", self.unit.as_deref(), "");
        push(&mut out, " per ", self.per.as_deref(), "");
        Some(out)
    }
}

fn push(out: &mut String, before: &str, words: Option<&str>, after: &str) {
    if let Some(words) = words.filter(|w| !w.is_empty()) {
        out.push_str(if out.is_empty() { "" } else { before });
        out.push_str(words);
        out.push_str(after);
    }
}

/// The digits before the point in groups of three: `11,490`. Four digits stay together only in years,
/// and a figure is no year.
fn grouped(number: Number) -> String {
    let plain = number.to_string();
    let (sign, digits) = plain.strip_prefix('-').map_or(("", &*plain), |d| ("-", d));
    let (whole, fraction) = digits.split_once('.').map_or((digits, ""), |(w, f)| (w, f));
    let mut out = sign.to_owned();
    for (i, digit) in whole.char_indices() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(value: &str, low: &str, high: &str) -> FigureLine {
        FigureLine {
            value: value.parse().ok(),
            low: low.parse().ok(),
            high: high.parse().ok(),
            ..FigureLine::default()
        }
    }

    #[test]
    fn a_figure_reads_as_one_phrase() {
        let barges = FigureLine {
            approximator: Some("some".into()),
            unit: Some("barges".into()),
            subject: Some("barges waiting at the lock".into()),
            place: Some("Orsk".into()),
            per: Some("week".into()),
            ..figure("1200.50", "", "")
        };
        let claim = ClaimLine {
            figure: Some(barges),
            ..ClaimLine::default()
        };
        assert_eq!(
            claim.summary(),
            "some 1,200.5 barges per week: barges waiting at the lock (Orsk)"
        );
        assert_eq!(figure("", "10", "12000").amount().unwrap(), "10–12,000");
        assert_eq!(figure("", "-1234", "").amount().unwrap(), "≥ -1,234");
        assert_eq!(figure("", "", "").amount(), None);
    }

    #[test]
    fn an_obligation_reads_as_one_phrase() {
        let claim = ClaimLine {
            obligation: Some(crate::exchange::ObligationLine {
                instrument: Some("River Accord".into()),
                paragraph: Some("4".into()),
                party: Some("both ports".into()),
                action: Some("report".into()),
                ..Default::default()
            }),
            ..ClaimLine::default()
        };
        assert_eq!(claim.summary(), "both ports to report (River Accord ¶4)");
    }
}
