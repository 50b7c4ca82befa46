//! What can be decided, and how it is written down.

use rusqlite::Connection;
use serde_json::{Value, json};
use verbale_core::{ClaimId, Evidence, PageId, PartialDate, TextRange, TextSize};

use super::by_hand::claim_from_line;
use super::field::{self, value_of};
use super::{DecideError, Reliability, journal};
use crate::exchange::ClaimLine;
use crate::ledger::claim_by_id;
use crate::store::{document_row, find_entity, page_row};
use crate::{Case, EntityId};

/// What is decided.
#[derive(Debug, Clone, PartialEq)]
pub enum Ruling {
    /// The page says so.
    Accept {
        /// The claim.
        claim: ClaimId,
    },
    /// The page does not say so.
    Reject {
        /// The claim.
        claim: ClaimId,
    },
    /// A field of a claim is something else; [`fields`](super::fields) names the fields.
    Amend {
        /// The claim.
        claim: ClaimId,
        /// The field, as the exchange format names it.
        field: String,
        /// The value, as the exchange format writes it; `null` empties the field.
        value: Value,
    },
    /// A claim that the program did not find. The line needs `span` with `start`, `kind` and the proposition;
    /// its id is made here.
    Add {
        /// The page it stands on.
        page: PageId,
        /// The claim.
        line: Box<ClaimLine>,
    },
    /// Credibility of a claim, apart from its publisher: 1 confirmed, 2 probable, 3 possible, 4 doubtful,
    /// 5 improbable, 6 cannot be judged.
    GradeClaim {
        /// The claim.
        claim: ClaimId,
        /// From 1 to 6.
        credibility: u8,
    },
    /// Reliability of a publisher, apart from any claim.
    GradePublisher {
        /// The publisher's name as the documents have it.
        publisher: String,
        /// From A to F.
        reliability: Reliability,
    },
    /// When a page was published; `None` if the date that it states is wrong and no other is known.
    Date {
        /// The page.
        page: PageId,
        /// The date as far as it is known.
        date: Option<PartialDate>,
    },
    /// Certain words of a page refer to this entity and to no other.
    Link {
        /// The page.
        page: PageId,
        /// The words, in bytes of the document's text.
        range: TextRange,
        /// What they refer to.
        entity: EntityId,
    },
    /// What is called `form` is not this entity but another, on one page or on all.
    Split {
        /// The entity.
        entity: EntityId,
        /// One of its names.
        form: String,
        /// The page, or all pages.
        page: Option<PageId>,
    },
    /// Two entities are one.
    Merge {
        /// The entity that is no more.
        entity: EntityId,
        /// The one that stands for both.
        into: EntityId,
    },
    /// A remark about anything that has an id.
    Note {
        /// The id.
        target: String,
        /// The remark.
        text: String,
    },
    /// An earlier decision does not hold.
    Undo {
        /// The earlier decision's id.
        decision: String,
    },
    /// The page was taken out for good; made by [`Case::withdraw`] only.
    Withdraw {
        /// The page.
        page: PageId,
    },
}

/// Words of a page, as a decision keeps them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    /// The page.
    pub page: PageId,
    /// The words with their surroundings.
    pub evidence: Evidence,
}

/// A ruling as the journal's columns hold it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Columns {
    pub(super) act: &'static str,
    pub(super) target: String,
    pub(super) field: Option<String>,
    pub(super) value: Option<Value>,
}

impl Ruling {
    /// The word for it in the journal.
    pub fn act(&self) -> &'static str {
        self.columns().act
    }

    /// The id of what it is about; a publisher's name for a publisher.
    pub fn target(&self) -> String {
        self.columns().target
    }

    pub(super) fn columns(&self) -> Columns {
        let columns = |act, target: String, value| Columns {
            act,
            target,
            field: None,
            value,
        };
        match self {
            Self::Accept { claim } => columns("accept", claim.to_string(), None),
            Self::Reject { claim } => columns("reject", claim.to_string(), None),
            Self::Amend {
                claim,
                field,
                value,
            } => Columns {
                field: Some(field.clone()),
                ..columns("amend", claim.to_string(), Some(value.clone()))
            },
            Self::Add { line, .. } => columns("add", line.id.clone(), Some(json!(line))),
            Self::GradeClaim { claim, credibility } => {
                columns("grade-claim", claim.to_string(), Some(json!(credibility)))
            }
            Self::GradePublisher {
                publisher,
                reliability,
            } => columns(
                "grade-publisher",
                publisher.clone(),
                Some(json!(reliability.as_str())),
            ),
            Self::Date { page, date } => columns(
                "date",
                page.to_string(),
                Some(json!(date.map(|d| d.to_string()))),
            ),
            Self::Link { entity, .. } => columns("link", entity.to_string(), None),
            Self::Split { entity, form, page } => columns(
                "split",
                entity.to_string(),
                Some(json!({"form": form, "page": page.map(|p| p.to_string())})),
            ),
            Self::Merge { entity, into } => {
                columns("merge", entity.to_string(), Some(json!(into.to_string())))
            }
            Self::Note { target, text } => columns("note", target.clone(), Some(json!(text))),
            Self::Undo { decision } => columns("undo", decision.clone(), None),
            Self::Withdraw { page } => columns("withdraw", page.to_string(), None),
        }
    }

    /// The ruling that was written as these columns; `None` if nothing in this program writes such.
    pub(super) fn from_columns(
        act: &str,
        target: &str,
        field: Option<String>,
        value: Option<Value>,
        quoted: Option<&Quoted>,
    ) -> Option<Self> {
        let text = |key: &str| value.as_ref()?.get(key)?.as_str().map(str::to_owned);
        Some(match act {
            "accept" => Self::Accept {
                claim: target.parse().ok()?,
            },
            "reject" => Self::Reject {
                claim: target.parse().ok()?,
            },
            "amend" => Self::Amend {
                claim: target.parse().ok()?,
                field: field?,
                value: value.unwrap_or_default(),
            },
            "add" => Self::Add {
                page: quoted?.page,
                line: serde_json::from_value(value?).ok()?,
            },
            "grade-claim" => Self::GradeClaim {
                claim: target.parse().ok()?,
                credibility: u8::try_from(value?.as_u64()?).ok().filter(is_credibility)?,
            },
            "grade-publisher" => Self::GradePublisher {
                publisher: target.to_owned(),
                reliability: value?.as_str()?.parse().ok()?,
            },
            "date" => Self::Date {
                page: target.parse().ok()?,
                date: match value.unwrap_or_default() {
                    Value::Null => None,
                    date => Some(date.as_str()?.parse().ok()?),
                },
            },
            "link" => Self::Link {
                page: quoted?.page,
                range: quoted?.evidence.range(),
                entity: EntityId::parse(target)?,
            },
            "split" => Self::Split {
                entity: EntityId::parse(target)?,
                form: text("form")?,
                page: text("page").map(|p| p.parse()).transpose().ok()?,
            },
            "merge" => Self::Merge {
                entity: EntityId::parse(target)?,
                into: EntityId::parse(value?.as_str()?)?,
            },
            "note" => Self::Note {
                target: target.to_owned(),
                text: value?.as_str()?.to_owned(),
            },
            "undo" => Self::Undo {
                decision: target.to_owned(),
            },
            "withdraw" => Self::Withdraw {
                page: target.parse().ok()?,
            },
            _ => return None,
        })
    }
}

fn is_credibility(grade: &u8) -> bool {
    (1..=6).contains(grade)
}

type Completed = (Ruling, Option<Value>, Option<Quoted>);

/// Checks a ruling against the case, and adds what the program had read and the words it is about.
pub(super) fn completed(case: &Case, ruling: Ruling) -> Result<Completed, DecideError> {
    case.run(|db| match ruling {
        Ruling::Accept { claim } => {
            on_claim(db, claim, |claim| Ok((Ruling::Accept { claim }, None)))
        }
        Ruling::Reject { claim } => {
            on_claim(db, claim, |claim| Ok((Ruling::Reject { claim }, None)))
        }
        Ruling::GradeClaim { claim, credibility } if is_credibility(&credibility) => {
            on_claim(db, claim, |claim| {
                Ok((Ruling::GradeClaim { claim, credibility }, None))
            })
        }
        Ruling::GradeClaim { credibility, .. } => Ok(Err(DecideError::Value {
            field: "credibility".into(),
            expected: "a number from 1 to 6",
            found: credibility.to_string(),
        })),
        Ruling::Amend {
            claim,
            field,
            value,
        } => amendment(db, claim, &field, &value),
        Ruling::Add { page, line } => addition(db, page, *line),
        Ruling::Date { page, .. } => Ok(match page_row(db, page)? {
            Some((_, false)) => Ok((ruling, None, None)),
            _ => Err(unknown("page", page)),
        }),
        Ruling::Link {
            page,
            range,
            ref entity,
        } => {
            let words = quoted(db, page, range)?;
            Ok(match (words, find_entity(db, entity)?) {
                (None, _) => Err(unknown("page with such words", page)),
                (_, None) => Err(unknown("entity", entity)),
                (words, _) => Ok((ruling, None, words)),
            })
        }
        Ruling::Split { ref entity, .. } => Ok(match find_entity(db, entity)? {
            Some(_) => Ok((ruling, None, None)),
            None => Err(unknown("entity", entity)),
        }),
        Ruling::Merge {
            ref entity,
            ref into,
        } => super::entity::check_merge(db, entity, into)
            .map(|checked| checked.map(|()| (ruling, None, None))),
        Ruling::Undo { ref decision } => Ok(match journal::find(db, decision)? {
            None => Err(unknown("decision", decision)),
            Some(found) if matches!(found.ruling, Ruling::Withdraw { .. }) => {
                Err(DecideError::Refused {
                    why: "a withdrawn page has lost its bytes and cannot come back",
                    id: decision.clone(),
                })
            }
            Some(found) => Ok((ruling, None, found.quoted)),
        }),
        Ruling::Withdraw { page } => Ok(Err(DecideError::Refused {
            why: "a page is withdrawn by a call of its own",
            id: page.to_string(),
        })),
        Ruling::Note { target, text } => match target.parse() {
            Ok(claim) => on_claim(db, claim, |claim| {
                let target = claim.to_string();
                Ok((Ruling::Note { target, text }, None))
            }),
            Err(_) => Ok(Ok((Ruling::Note { target, text }, None, None))),
        },
        Ruling::GradePublisher { .. } => Ok(Ok((ruling, None, None))),
    })?
}

fn unknown(what: &'static str, id: impl ToString) -> DecideError {
    DecideError::Unknown {
        what,
        id: id.to_string(),
    }
}

type Checked = rusqlite::Result<Result<Completed, DecideError>>;

/// A ruling about a claim under the id that it has now, with its words and a line of what it says.
fn on_claim(
    db: &Connection,
    id: ClaimId,
    ruling: impl FnOnce(ClaimId) -> Result<(Ruling, Option<Value>), DecideError>,
) -> Checked {
    let now = journal::followed(db, &id.to_string())?
        .and_then(|now| now.parse().ok())
        .unwrap_or(id);
    let Some(stored) = claim_by_id(db, now)? else {
        return Ok(Err(unknown("claim", id)));
    };
    let summary = ClaimLine::new(&stored.claim, stored.start_char).summary();
    Ok(ruling(now).map(|(ruling, seen)| {
        let quoted = Quoted {
            page: stored.document.page,
            evidence: stored.claim.evidence,
        };
        (ruling, seen.or(Some(json!(summary))), Some(quoted))
    }))
}

fn amendment(db: &Connection, id: ClaimId, field: &str, value: &Value) -> Checked {
    on_claim(db, id, |claim| {
        // `on_claim` has just found it.
        let stored = claim_by_id(db, claim).ok().flatten();
        let stored = stored.ok_or_else(|| unknown("claim", claim))?;
        let mut trial = stored.claim.clone();
        field::set(&mut trial, field, value)?;
        let seen = match super::apply::machine_value(db, claim, field) {
            Ok(Some(machine)) => machine,
            _ => value_of(&stored.claim, field).unwrap_or_default(),
        };
        let ruling = Ruling::Amend {
            claim,
            field: field.to_owned(),
            value: value.clone(),
        };
        Ok((ruling, Some(seen)))
    })
}

fn addition(db: &Connection, page: PageId, mut line: ClaimLine) -> Checked {
    let document = match page_row(db, page)? {
        Some((row, false)) => document_row(db, row)?,
        _ => None,
    };
    let Some(document) = document else {
        return Ok(Err(unknown("page", page)));
    };
    let mut claim = match claim_from_line(&line, &document) {
        Ok(claim) => claim,
        Err(e) => return Ok(Err(e)),
    };
    // The first occurrence of these words that is no claim of this kind yet.
    let quote = claim.evidence.quote().to_owned();
    for occurrence in 0.. {
        claim.id = ClaimId::new(page, claim.kind(), &quote, occurrence);
        if claim_by_id(db, claim.id)?.is_none() {
            break;
        }
    }
    line = ClaimLine::new(&claim, line.start);
    let quoted = Some(Quoted {
        page,
        evidence: claim.evidence,
    });
    Ok(Ok((
        Ruling::Add {
            page,
            line: Box::new(line),
        },
        None,
        quoted,
    )))
}

fn quoted(db: &Connection, page: PageId, range: TextRange) -> rusqlite::Result<Option<Quoted>> {
    let document = match page_row(db, page)? {
        Some((row, false)) => document_row(db, row)?,
        _ => None,
    };
    Ok(document.and_then(|document| {
        document.text().get(std::ops::Range::<usize>::from(range))?;
        (range.len() > TextSize::from(0)).then(|| Quoted {
            page,
            evidence: Evidence::new(document.text(), range),
        })
    }))
}
