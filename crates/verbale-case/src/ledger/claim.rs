//! Claims, read back.

use std::str::FromStr;

use jiff::{Timestamp, civil::Date};
use rusqlite::types::FromSql;
use rusqlite::{Connection, OptionalExtension, Row};
use verbale_core::{
    Anonymity, Attribution, Claim, ClaimId, ClaimKind, Decimal, Event, Evidence, Figure, Interval,
    Obligation, PageId, PartialDate, Position, Proposition, Quantity, Speaker, Status, TextRange,
    Timex,
};

use crate::decision::{Reliability, Verdict};
use crate::exchange::{ClaimLine, ClaimRow, DocumentRef};
use crate::store::terms::CLAIM_ROW;
use crate::store::{range, unreadable};

/// A claim with its document and what people decided about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredClaim {
    /// The claim, with amended fields as people amended them.
    pub claim: Claim,
    /// The first code point of its words in the document's text.
    pub start_char: u32,
    /// Where it stands.
    pub document: DocumentInfo,
    /// What somebody decided, if somebody did.
    pub verdict: Option<Verdict>,
    /// Credibility of the claim from 1 (confirmed) to 6 (cannot be judged).
    pub credibility: Option<u8>,
    /// Reliability of the publisher.
    pub reliability: Option<Reliability>,
    /// The names of the fields that a person amended.
    pub amended: Vec<String>,
}

/// The document that a claim stands in, without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentInfo {
    /// The page it was made from.
    pub page: PageId,
    /// Where the page was first found.
    pub path: String,
    /// The headline.
    pub title: Option<String>,
    /// Whose page it is.
    pub publisher: Option<String>,
    /// The wire service that wrote it.
    pub agency: Option<String>,
    /// When it was published.
    pub published: Option<PartialDate>,
    /// When the page was first captured.
    pub captured: Option<Timestamp>,
    /// BCP 47 language tag.
    pub language: String,
}

impl StoredClaim {
    /// The claim as a row of the exchange format.
    pub fn to_row(&self) -> ClaimRow {
        ClaimRow {
            claim: ClaimLine::new(&self.claim, self.start_char),
            document: self.document.to_ref(),
            verdict: self.verdict.map(|v| v.to_string()),
            credibility: self.credibility,
            reliability: self.reliability.map(|r| r.to_string()),
            amended: self.amended.clone(),
        }
    }
}

impl DocumentInfo {
    /// The document as the exchange format names it.
    pub fn to_ref(&self) -> DocumentRef {
        DocumentRef {
            id: self.page.to_string(),
            path: self.path.clone(),
            title: self.title.clone(),
            outlet: self.publisher.clone(),
            agency: self.agency.clone(),
            published: self.published.map(|d| d.to_string()),
            captured: self.captured.map(|t| t.to_string()),
            language: (!self.language.is_empty()).then(|| self.language.clone()),
        }
    }
}

/// Selects what [`stored_claim`] reads of one claim `c` or a few: by their number, id or document.
pub(crate) const CLAIM_SELECT: &str = concat!(
    include_str!("claim.sql"),
    include_str!("head.sql"),
    include_str!("from_head.sql")
);

/// Selects what [`stored_claim`] reads, for [`CLAIM_TABLES`].
pub(super) const CLAIM_COLUMNS: &str =
    concat!(include_str!("claim.sql"), include_str!("stored.sql"));

/// Where lists of claims are selected from: `c` is the claim and `d` its document.
pub(super) const CLAIM_TABLES: &str = include_str!("from.sql");

/// The claim with this id.
pub(crate) fn claim_by_id(db: &Connection, id: ClaimId) -> rusqlite::Result<Option<StoredClaim>> {
    db.prepare_cached(&format!("{CLAIM_SELECT} WHERE c.id = {CLAIM_ROW}"))?
        .query_row([id.to_string()], stored_claim)
        .optional()
}

/// The claims of a document, in the order of their words.
pub(crate) fn claims_of(db: &Connection, document: i64) -> rusqlite::Result<Vec<StoredClaim>> {
    db.prepare_cached(&format!(
        "{CLAIM_SELECT} WHERE c.document = ?1 ORDER BY c.start, c.id"
    ))?
    .query_map([document], stored_claim)?
    .collect()
}

/// The document in this row, without its text.
pub(crate) fn document_info(db: &Connection, document: i64) -> rusqlite::Result<DocumentInfo> {
    db.prepare_cached(
        "SELECT page_id, path, title, publisher, agency, published, captured, language
         FROM head WHERE document = ?1",
    )?
    .query_row([document], |row| info(&mut Columns::of(row)))
}

fn info(c: &mut Columns<'_>) -> rusqlite::Result<DocumentInfo> {
    Ok(DocumentInfo {
        page: c.parse_some()?,
        path: c.take::<Option<String>>()?.unwrap_or_default(),
        title: c.take()?,
        publisher: c.take()?,
        agency: c.take()?,
        published: c.parse()?,
        captured: c.parse()?,
        language: c.take()?,
    })
}

/// Reads the columns of a row one after the other.
pub(super) struct Columns<'r> {
    row: &'r Row<'r>,
    next: usize,
}

impl<'r> Columns<'r> {
    pub(super) fn of(row: &'r Row<'r>) -> Self {
        Self { row, next: 0 }
    }
}

impl Columns<'_> {
    pub(super) fn take<T: FromSql>(&mut self) -> rusqlite::Result<T> {
        self.next += 1;
        self.row.get(self.next - 1)
    }

    /// A column that holds a word of a closed set, an id, a date or a number, as text.
    pub(super) fn parse<T: FromStr<Err: std::error::Error + Send + Sync + 'static>>(
        &mut self,
    ) -> rusqlite::Result<Option<T>> {
        let text: Option<String> = self.take()?;
        text.map(|t| t.parse().map_err(|e| unreadable(Box::new(e))))
            .transpose()
    }

    pub(super) fn parse_some<T: FromStr<Err: std::error::Error + Send + Sync + 'static>>(
        &mut self,
    ) -> rusqlite::Result<T> {
        let column = self.next;
        self.parse()?.ok_or_else(|| {
            rusqlite::Error::InvalidColumnType(column, String::new(), rusqlite::types::Type::Null)
        })
    }

    fn range(&mut self) -> rusqlite::Result<Option<TextRange>> {
        match (self.take()?, self.take()?) {
            (Some(start), Some(end)) => range(start, end).map(Some),
            _ => Ok(None),
        }
    }

    fn list(&mut self) -> rusqlite::Result<Vec<String>> {
        let text: String = self.take()?;
        if text == "[]" {
            return Ok(Vec::new());
        }
        serde_json::from_str(&text).map_err(|e| unreadable(Box::new(e)))
    }

    fn skip(&mut self, n: usize) {
        self.next += n;
    }
}

/// Reads one row of [`CLAIM_SELECT`].
pub(crate) fn stored_claim(row: &Row<'_>) -> rusqlite::Result<StoredClaim> {
    let mut c = Columns::of(row);
    let (claim, start_char) = claim(&mut c)?;
    Ok(StoredClaim {
        claim,
        start_char,
        document: info(&mut c)?,
        verdict: c.parse()?,
        credibility: c.take()?,
        reliability: c.parse()?,
        amended: c.list()?,
    })
}

/// Reads the columns of `claim.sql`: a claim and the first code point of its words.
pub(super) fn claim(c: &mut Columns<'_>) -> rusqlite::Result<(Claim, u32)> {
    let id: ClaimId = c.parse_some()?;
    let kind: ClaimKind = c.parse_some()?;
    let (polarity, modality) = (c.parse_some()?, c.parse_some()?);
    let (rule, restates) = (c.take()?, c.parse()?);
    let (start, end, start_char) = (c.take()?, c.take()?, c.take()?);
    let evidence = Evidence::kept(range(start, end)?, c.take()?, c.take()?, c.take()?)
        .ok_or_else(|| unreadable(format!("quote of {id} is not as long as its range").into()))?;
    let attribution = attribution(c)?;
    let (as_of, said_on) = (timex(c)?, timex(c)?);
    let proposition = proposition(c, kind, as_of)?;
    let claim = Claim {
        id,
        evidence,
        attribution: Attribution {
            said_on,
            ..attribution
        },
        polarity,
        modality,
        proposition,
        rule,
        restates,
    };
    Ok((claim, start_char))
}

fn attribution(c: &mut Columns<'_>) -> rusqlite::Result<Attribution> {
    let act = c.parse_some()?;
    let name: Option<String> = c.take()?;
    let (org, role) = (c.take()?, c.take()?);
    let range = c.range()?;
    let tier: Option<u8> = c.take()?;
    let reason = c.take()?;
    Ok(Attribution {
        speaker: name.map(|name| Speaker {
            name,
            org,
            role,
            anonymity: tier.map(|tier| Anonymity { tier, reason }),
            range,
        }),
        via: c.list()?,
        on_behalf_of: c.take()?,
        act,
        cue: c.range()?,
        said_on: None,
    })
}

fn timex(c: &mut Columns<'_>) -> rusqlite::Result<Option<Timex>> {
    let raw: Option<String> = c.take()?;
    let Some(raw) = raw else {
        c.skip(8);
        return Ok(None);
    };
    let kind = c.parse_some()?;
    let value = c.take()?;
    let modifier = c.parse()?;
    let (first, last): (Option<Date>, Option<Date>) = (c.parse()?, c.parse()?);
    Ok(Some(Timex {
        kind,
        raw,
        value,
        modifier,
        interval: Interval::new(first, last),
        anchor: c.parse_some()?,
        range: c.range()?,
    }))
}

/// The proposition of `kind`; the columns of the other kinds are passed over.
fn proposition(
    c: &mut Columns<'_>,
    kind: ClaimKind,
    time: Option<Timex>,
) -> rusqlite::Result<Proposition> {
    let first = c.next;
    let at = |c: &mut Columns<'_>, offset| c.next = first + offset;
    let proposition = match kind {
        ClaimKind::Figure => Proposition::Figure(Figure {
            quantity: Quantity {
                value: c.parse::<Decimal>()?,
                low: c.parse::<Decimal>()?,
                high: c.parse::<Decimal>()?,
                approximator: c.take()?,
                unit: c.take()?,
                per: c.take()?,
            },
            subject: c.take()?,
            place: c.take()?,
            as_of: time,
        }),
        ClaimKind::Status => {
            at(c, 8);
            Proposition::Status(Status {
                subject: c.take()?,
                status: c.take()?,
                as_of: time,
            })
        }
        ClaimKind::Event => {
            at(c, 10);
            Proposition::Event(Event {
                label: c.take()?,
                actors: c.list()?,
                place: c.take()?,
                date: time,
            })
        }
        ClaimKind::Obligation => {
            at(c, 13);
            Proposition::Obligation(Obligation {
                instrument: c.take()?,
                paragraph: c.take()?,
                party: c.take()?,
                action: c.take()?,
                deadline: time,
            })
        }
        ClaimKind::Position => {
            at(c, 17);
            Proposition::Position(Position {
                holder: c.take()?,
                stance: c.take()?,
                target: c.take()?,
            })
        }
    };
    at(c, 20);
    Ok(proposition)
}
