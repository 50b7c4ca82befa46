//! Claims, written.

use std::collections::HashSet;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, ToSql, params, params_from_iter};
use verbale_core::{Claim, ClaimId, Interval, OffsetTable, Proposition, TextRange, Timex};

use super::entity::{Found, padded};
use super::{NewDocument, Pending, indexed, terms};
use crate::ledger::claims_of;
use crate::run::json;
use crate::search::words::{Stems, folded_name};

/// Inserts the claims of a document, and keeps for the indexes what they get.
pub(super) fn insert_all(
    db: &Connection,
    document: i64,
    new: &NewDocument<'_>,
    entities: &[Found],
    stems: &Stems,
    pending: &mut Pending,
) -> rusqlite::Result<()> {
    let offsets = OffsetTable::new(new.document.text());
    let place = Placement {
        document,
        entities,
        stems,
        published: new
            .document
            .metadata
            .published
            .as_ref()
            .and_then(|p| p.date.interval()),
    };
    let mut ids = HashSet::new();
    for claim in new.claims {
        if !ids.insert(claim.id) {
            return Err(twice(claim.id));
        }
        let start_char = offsets.to_char(claim.evidence.range().start()).0;
        let (row, terms) = insert_rows(db, claim, start_char, &place)?;
        pending.claim(row, words(claim, stems), terms);
    }
    Ok(())
}

/// The error for a page that has an id twice. An id is a digest of its page among others, so that no other page can.
fn twice(id: ClaimId) -> rusqlite::Error {
    let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE);
    rusqlite::Error::SqliteFailure(code, Some(format!("two claims of a page are `{id}`")))
}

/// Where a claim goes.
pub(crate) struct Placement<'a> {
    /// The document's row.
    pub(crate) document: i64,
    /// What the document mentions.
    pub(crate) entities: &'a [Found],
    /// For the language of the document.
    pub(crate) stems: &'a Stems,
    /// When the document was published.
    pub(crate) published: Option<Interval>,
}

/// Inserts one claim with everything that hangs on it.
pub(crate) fn insert(
    db: &Connection,
    claim: &Claim,
    start_char: u32,
    place: &Placement<'_>,
) -> rusqlite::Result<()> {
    let (row, terms) = insert_rows(db, claim, start_char, place)?;
    super::words::insert_claim(db, row, &words(claim, place.stems))?;
    terms::insert(db, row, &terms)
}

/// Inserts one claim but for what the indexes get of it; returns its row and its terms.
fn insert_rows(
    db: &Connection,
    claim: &Claim,
    start_char: u32,
    place: &Placement<'_>,
) -> rusqlite::Result<(i64, String)> {
    let mut terms = String::new();
    terms::push_id(&mut terms, &claim.id.to_string());
    let row = insert_row(db, claim, start_char, place.document)?;
    insert_proposition(db, row, &claim.proposition, &mut terms)?;
    link_entities(db, row, claim, &Parts::of(claim), place, &mut terms)?;
    Ok((row, terms))
}

/// Makes the words of a claim again.
pub(crate) fn insert_words(
    db: &Connection,
    row: i64,
    claim: &Claim,
    stems: &Stems,
) -> rusqlite::Result<()> {
    super::words::insert_claim(db, row, &words(claim, stems))
}

/// The words of a claim's speaker, subject and place, as the index of names gets them.
fn words(claim: &Claim, stems: &Stems) -> [String; 3] {
    let parts = Parts::of(claim);
    [
        indexed(&parts.speaker, stems),
        indexed(&parts.about, stems),
        indexed(&[parts.place], stems),
    ]
}

fn insert_row(
    db: &Connection,
    claim: &Claim,
    start_char: u32,
    document: i64,
) -> rusqlite::Result<i64> {
    let evidence = &claim.evidence;
    let attribution = &claim.attribution;
    let speaker = attribution.speaker.as_ref();
    let anonymity = speaker.and_then(|s| s.anonymity.as_ref());
    let id = claim.id.to_string();
    let range = evidence.range();
    let [as_of, said_on] =
        [claim.proposition.time(), attribution.said_on.as_ref()].map(columns_of_time);
    let values = params![
        id,
        document,
        claim.kind().as_str(),
        claim.polarity.as_str(),
        claim.modality.as_str(),
        claim.rule,
        claim.restates.map(|id| id.to_string()),
        u32::from(range.start()),
        u32::from(range.end()),
        start_char,
        evidence.quote(),
        evidence.prefix(),
        evidence.suffix(),
        attribution.act.as_str(),
        speaker.map(|s| &s.name),
        speaker.and_then(|s| s.org.as_ref()),
        speaker.and_then(|s| s.role.as_ref()),
        start(speaker.and_then(|s| s.range)),
        end(speaker.and_then(|s| s.range)),
        anonymity.map(|a| a.tier),
        anonymity.and_then(|a| a.reason.as_ref()),
        json(&attribution.via),
        attribution.on_behalf_of,
        start(attribution.cue),
        end(attribution.cue)
    ];
    let times = as_of.iter().chain(&said_on).map(|v| v as &dyn ToSql);
    db.prepare_cached(
        "INSERT INTO claim (claim_id, document, kind, polarity, modality, rule, restates, start, \"end\",
           start_char, quote, prefix, suffix, act, speaker, speaker_org, speaker_role, speaker_start,
           speaker_end, anonymity_tier, anonymity_reason, via, on_behalf_of, cue_start, cue_end,
           as_of_iso, as_of_raw, as_of_kind, as_of_value, as_of_modifier, as_of_first, as_of_last,
           as_of_anchor, as_of_start, as_of_end,
           said_on_iso, said_on_raw, said_on_kind, said_on_value, said_on_modifier, said_on_first, said_on_last,
           said_on_anchor, said_on_start, said_on_end)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
           ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params_from_iter(values.iter().copied().chain(times)))?;
    Ok(db.last_insert_rowid())
}

fn start(range: Option<TextRange>) -> Option<u32> {
    range.map(|r| r.start().into())
}

fn end(range: Option<TextRange>) -> Option<u32> {
    range.map(|r| r.end().into())
}

fn insert_proposition(
    db: &Connection,
    claim: i64,
    proposition: &Proposition,
    terms: &mut String,
) -> rusqlite::Result<()> {
    match proposition {
        Proposition::Figure(f) => {
            let q = &f.quantity;
            let series = series_row(db, &[&f.subject, text(&q.unit), text(&q.per), text(&f.place)])?;
            let (day, value) = (first_day(f.as_of.as_ref()), q.value.map(|n| n.to_string()));
            terms::push_figure(terms, series, day.as_deref(), value.as_deref());
            db.prepare_cached(
                "INSERT INTO figure (claim, value, low, high, approximator, unit, per, subject, place, series, day)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            )?
            .execute(params![
                claim,
                value,
                q.low.map(|n| n.to_string()),
                q.high.map(|n| n.to_string()),
                q.approximator,
                q.unit,
                q.per,
                f.subject,
                f.place,
                series,
                day
            ])?
        }
        Proposition::Status(s) => db
            .prepare_cached("INSERT INTO status (claim, subject, status) VALUES (?1, ?2, ?3)")?
            .execute(params![claim, s.subject, s.status])?,
        Proposition::Event(e) => db
            .prepare_cached("INSERT INTO event (claim, label, actors, place) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![claim, e.label, json(&e.actors), e.place])?,
        Proposition::Obligation(o) => db
            .prepare_cached(
                "INSERT INTO obligation (claim, instrument, paragraph, party, action) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![claim, o.instrument, o.paragraph, o.party, o.action])?,
        Proposition::Position(p) => db
            .prepare_cached("INSERT INTO position (claim, holder, stance, target) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![claim, p.holder, p.stance, p.target])?,
    };
    Ok(())
}

fn text(field: &Option<String>) -> &str {
    field.as_deref().unwrap_or_default()
}

/// The row of the figures that count the same thing in the same words.
fn series_row(db: &Connection, parts: &[&str]) -> rusqlite::Result<i64> {
    let key = parts
        .iter()
        .map(|part| folded_name(part))
        .collect::<Vec<_>>()
        .join(" | ");
    let known = db
        .prepare_cached("SELECT id FROM series WHERE key = ?1")?
        .query_row([&key], |row| row.get(0))
        .optional()?;
    if let Some(row) = known {
        return Ok(row);
    }
    db.prepare_cached("INSERT INTO series (key) VALUES (?1)")?
        .execute([&key])?;
    Ok(db.last_insert_rowid())
}

/// The columns of a time of a claim, empty where it has none: its date in ISO 8601 and its words, the parts that were
/// read from them, the days it covers, what it was counted from, and where it stands.
fn columns_of_time(time: Option<&Timex>) -> [Value; 10] {
    let Some(time) = time else {
        return [const { Value::Null }; 10];
    };
    let last = time.interval.and_then(|i| i.end());
    [
        time.iso().into(),
        time.raw.clone().into(),
        time.kind.as_str().to_owned().into(),
        time.value.clone().into(),
        time.modifier.map(|m| m.as_str().to_owned()).into(),
        first_day(Some(time)).into(),
        last.map(|day| day.to_string()).into(),
        time.anchor.as_str().to_owned().into(),
        start(time.range).into(),
        end(time.range).into(),
    ]
}

fn first_day(time: Option<&Timex>) -> Option<String> {
    time?.interval?.start().map(|d| d.to_string())
}

/// The words of a claim by what they are looked for under.
struct Parts<'a> {
    speaker: Vec<Option<&'a str>>,
    about: Vec<Option<&'a str>>,
    place: Option<&'a str>,
}

impl<'a> Parts<'a> {
    fn of(claim: &'a Claim) -> Self {
        let attribution = &claim.attribution;
        let speaker = attribution.speaker.as_ref();
        let (about, place) = match &claim.proposition {
            Proposition::Figure(f) => (
                vec![Some(&*f.subject), f.quantity.unit.as_deref()],
                f.place.as_deref(),
            ),
            Proposition::Status(s) => (vec![Some(&*s.subject), Some(&*s.status)], None),
            Proposition::Event(e) => {
                let actors = e.actors.iter().map(|a| Some(&**a));
                let about = std::iter::once(Some(&*e.label)).chain(actors).collect();
                (about, e.place.as_deref())
            }
            Proposition::Obligation(o) => (
                vec![
                    o.instrument.as_deref(),
                    o.party.as_deref(),
                    Some(&*o.action),
                ],
                None,
            ),
            Proposition::Position(p) => (
                vec![Some(&*p.holder), Some(&*p.stance), p.target.as_deref()],
                None,
            ),
        };
        Self {
            speaker: vec![
                speaker.map(|s| &*s.name),
                speaker.and_then(|s| s.org.as_deref()),
                speaker.and_then(|s| s.role.as_deref()),
                attribution.on_behalf_of.as_deref(),
            ],
            about,
            place,
        }
    }
}

/// Notes which entities a claim is by, about, at, or only mentions, with the day under which it is listed: when
/// it holds, else when it was said, else when it was published.
fn link_entities(
    db: &Connection,
    row: i64,
    claim: &Claim,
    parts: &Parts<'_>,
    place: &Placement<'_>,
    terms: &mut String,
) -> rusqlite::Result<()> {
    let day = first_day(claim.proposition.time())
        .or_else(|| first_day(claim.attribution.said_on.as_ref()))
        .or_else(|| place.published?.start().map(|d| d.to_string()))
        .unwrap_or_default();
    let joined = |names: &[Option<&str>]| -> String {
        names.iter().flatten().map(|name| padded(name)).collect()
    };
    let (speaker, about, at) = (
        joined(&parts.speaker),
        joined(&parts.about),
        joined(&[parts.place]),
    );
    let speaker_range = claim.attribution.speaker.as_ref().and_then(|s| s.range);
    for entity in place.entities {
        let mentioned_in =
            |range: TextRange| entity.mentions.iter().any(|m| range.contains_range(*m));
        let links = [
            (
                "speaker",
                entity.is_named_in(&speaker) || speaker_range.is_some_and(mentioned_in),
            ),
            ("about", entity.is_named_in(&about)),
            ("place", entity.is_named_in(&at)),
            ("quote", mentioned_in(claim.evidence.range())),
        ];
        for (part, _) in links.iter().filter(|(_, holds)| *holds) {
            // Two entities of a page may stand for one by now.
            let n_new = db
                .prepare_cached(
                    "INSERT OR IGNORE INTO claim_entity (claim, entity, part, day) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![row, entity.row, part, day])?;
            if n_new > 0 {
                terms::push_link(terms, part, entity.row, &day);
            }
        }
    }
    Ok(())
}

/// Removes one claim with everything that hangs on it.
pub(crate) fn delete(db: &Connection, row: i64) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM claim_words WHERE rowid = ?1")?
        .execute([row])?;
    terms::delete(db, row)?;
    db.prepare_cached("DELETE FROM claim WHERE id = ?1")?
        .execute([row])?;
    Ok(())
}

/// Makes the links of a document's claims to its entities again.
pub(crate) fn relink(db: &Connection, document: i64) -> rusqlite::Result<()> {
    db.prepare_cached(
        "DELETE FROM claim_entity WHERE claim IN (SELECT id FROM claim WHERE document = ?1)",
    )?
    .execute([document])?;
    let entities = super::found_in(db, document)?;
    let published = super::document::published(db, document)?;
    let place = Placement {
        document,
        entities: &entities,
        // Links do not look at words.
        stems: &Stems::new([]),
        published,
    };
    let mut row =
        db.prepare_cached("SELECT id FROM claim WHERE document = ?1 AND claim_id = ?2")?;
    for stored in claims_of(db, document)? {
        let row = row.query_row((document, stored.claim.id.to_string()), |row| row.get(0))?;
        let parts = Parts::of(&stored.claim);
        // The terms are made of what the tables have then.
        link_entities(db, row, &stored.claim, &parts, &place, &mut String::new())?;
    }
    terms::renew(db, document)
}
