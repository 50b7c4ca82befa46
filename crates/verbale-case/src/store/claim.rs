//! Claims, written.

use rusqlite::{Connection, OptionalExtension, params};
use verbale_core::{Claim, Interval, OffsetTable, Proposition, TextRange, Timex};

use super::entity::{Found, padded};
use super::{NewDocument, indexed};
use crate::ledger::claims_of;
use crate::run::json;
use crate::search::words::{Stems, folded_name};

/// Inserts the claims of a document but for their words, and returns their rows.
pub(super) fn insert_all(
    db: &Connection,
    document: i64,
    new: &NewDocument<'_>,
    entities: &[Found],
    stems: &Stems,
) -> rusqlite::Result<Vec<i64>> {
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
    let insert = |claim: &Claim| {
        let start_char = offsets.to_char(claim.evidence.range().start()).0;
        insert_without_words(db, claim, start_char, &place)
    };
    new.claims.iter().map(insert).collect()
}

/// Puts the claims of a document into the index of names, whose rows are these.
pub(super) fn insert_all_words(
    db: &Connection,
    rows: &[i64],
    new: &NewDocument<'_>,
    stems: &Stems,
) -> rusqlite::Result<()> {
    let mut claims = rows.iter().zip(new.claims);
    claims.try_for_each(|(row, claim)| insert_words(db, *row, claim, stems))
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
    let row = insert_without_words(db, claim, start_char, place)?;
    insert_words(db, row, claim, place.stems)
}

fn insert_without_words(
    db: &Connection,
    claim: &Claim,
    start_char: u32,
    place: &Placement<'_>,
) -> rusqlite::Result<i64> {
    let row = insert_row(db, claim, start_char, place.document)?;
    insert_proposition(db, row, &claim.proposition)?;
    if let Some(time) = claim.proposition.time() {
        insert_clock(db, row, "as_of", time)?;
    }
    if let Some(time) = &claim.attribution.said_on {
        insert_clock(db, row, "said_on", time)?;
    }
    link_entities(db, row, claim, &Parts::of(claim), place)?;
    Ok(row)
}

/// Puts a claim into the index of names.
pub(crate) fn insert_words(
    db: &Connection,
    row: i64,
    claim: &Claim,
    stems: &Stems,
) -> rusqlite::Result<()> {
    let parts = Parts::of(claim);
    db.prepare_cached(
        "INSERT INTO claim_words (rowid, speaker, about, place) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![
        row,
        indexed(&parts.speaker, stems),
        indexed(&parts.about, stems),
        indexed(&[parts.place], stems)
    ])?;
    Ok(())
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
    db.prepare_cached(
        "INSERT INTO claim (claim_id, document, kind, polarity, modality, rule, restates, start, \"end\",
           start_char, quote, prefix, suffix, act, speaker, speaker_org, speaker_role, speaker_start,
           speaker_end, anonymity_tier, anonymity_reason, via, on_behalf_of, cue_start, cue_end)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,
           ?21, ?22, ?23, ?24, ?25)",
    )?
    .execute(params![
        claim.id.to_string(),
        document,
        claim.kind().as_str(),
        claim.polarity.as_str(),
        claim.modality.as_str(),
        claim.rule,
        claim.restates.map(|id| id.to_string()),
        u32::from(evidence.range().start()),
        u32::from(evidence.range().end()),
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
    ])?;
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
) -> rusqlite::Result<()> {
    match proposition {
        Proposition::Figure(f) => {
            let q = &f.quantity;
            let series = series_row(db, &[&f.subject, text(&q.unit), text(&q.per), text(&f.place)])?;
            db.prepare_cached(
                "INSERT INTO figure (claim, value, low, high, approximator, unit, per, subject, place, series, day)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            )?
            .execute(params![
                claim,
                q.value.map(|n| n.to_string()),
                q.low.map(|n| n.to_string()),
                q.high.map(|n| n.to_string()),
                q.approximator,
                q.unit,
                q.per,
                f.subject,
                f.place,
                series,
                first_day(f.as_of.as_ref())
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

fn insert_clock(db: &Connection, claim: i64, clock: &str, time: &Timex) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO clock (claim, clock, iso, raw, kind, value, modifier, first, last, anchor, start, \"end\")
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?
    .execute(params![
        claim,
        clock,
        time.iso(),
        time.raw,
        time.kind.as_str(),
        time.value,
        time.modifier.map(|m| m.as_str()),
        first_day(Some(time)),
        time.interval.and_then(|i| i.end()).map(|d| d.to_string()),
        time.anchor.as_str(),
        start(time.range),
        end(time.range)
    ])?;
    Ok(())
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
            db.prepare_cached(
                "INSERT OR IGNORE INTO claim_entity (entity, part, day, claim) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![entity.row, part, day, row])?;
        }
    }
    Ok(())
}

/// Removes one claim with everything that hangs on it.
pub(crate) fn delete(db: &Connection, row: i64) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM claim_words WHERE rowid = ?1")?
        .execute([row])?;
    db.prepare_cached("DELETE FROM claim WHERE id = ?1")?
        .execute([row])?;
    Ok(())
}

/// Makes the links of a document's passages and claims to its entities again.
pub(crate) fn relink(db: &Connection, document: i64) -> rusqlite::Result<()> {
    super::entity::renote(db, document)?;
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
    for stored in claims_of(db, document)? {
        let row: i64 = db
            .prepare_cached("SELECT id FROM claim WHERE claim_id = ?1")?
            .query_row([stored.claim.id.to_string()], |row| row.get(0))?;
        link_entities(db, row, &stored.claim, &Parts::of(&stored.claim), &place)?;
    }
    Ok(())
}
