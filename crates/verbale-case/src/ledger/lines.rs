//! The lines in which claims stand under their names, as the file keeps them (see `verbale_analysis::lines`).
//!
//! Names, sayings and lines are digests here; two with one digest share their claims, which the ledgers tell apart.

use rusqlite::{Connection, OptionalExtension, params};
use verbale_analysis::lines::{Line, LineKind, Mark, Spot, Stand};
use verbale_core::ClaimId;

use super::work;
use crate::digest;

/// How a claim stands, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kept {
    pub(super) claim: i64,
    /// The beginning of its id.
    pub(super) id: i64,
    pub(super) saying: i64,
    pub(super) document: i64,
    pub(super) spot: Spot,
    lines: Vec<i64>,
}

/// The columns of [`Kept::read`].
const KEPT: &str = "claim, id, saying, document, first, last, mark, lines";

/// The columns `first, last, mark`, the first of them at `at`.
fn spot(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<Spot> {
    Ok(Spot {
        first: row.get(at)?,
        last: row.get(at + 1)?,
        mark: Mark::numbered(row.get(at + 2)?),
    })
}

impl Kept {
    /// Reads [`KEPT`].
    pub(super) fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        let lines: Vec<u8> = row.get(7)?;
        let (numbers, _) = lines.as_chunks();
        Ok(Self {
            claim: row.get(0)?,
            id: row.get(1)?,
            saying: row.get(2)?,
            document: row.get(3)?,
            spot: spot(row, 4)?,
            lines: numbers.iter().map(|n| i64::from_le_bytes(*n)).collect(),
        })
    }

    /// How a claim that is filed stands.
    pub(super) fn of(db: &Connection, claim: i64) -> rusqlite::Result<Option<Self>> {
        db.prepare_cached(&format!("SELECT {KEPT} FROM stand WHERE claim = ?1"))?
            .query_row([claim], Self::read)
            .optional()
    }

    /// How a claim stands under a name that it may be about to leave.
    pub(super) fn under(db: &Connection, key: i64, claim: i64) -> rusqlite::Result<Option<Self>> {
        let leaves = db
            .prepare_cached(&format!(
                "SELECT {KEPT} FROM leaving WHERE key = ?1 AND claim = ?2"
            ))?
            .query_row([key, claim], Self::read)
            .optional()?;
        match leaves {
            Some(kept) => Ok(Some(kept)),
            None => Self::of(db, claim),
        }
    }

    /// Those that wait to stand under a name.
    pub(super) fn waiting(db: &Connection, key: i64) -> rusqlite::Result<Vec<Self>> {
        db.prepare_cached(&format!(
            "SELECT {KEPT} FROM stand WHERE claim IN (SELECT claim FROM unheld WHERE key = ?1)"
        ))?
        .query_map([key], Self::read)?
        .collect()
    }

    /// The first claims that leave a name, with the name.
    pub(super) fn leaving(db: &Connection, limit: usize) -> rusqlite::Result<Vec<(i64, Self)>> {
        db.prepare_cached(&format!("SELECT {KEPT}, key FROM leaving LIMIT ?1"))?
            .query_map([limit as i64], |row| Ok((row.get(8)?, Self::read(row)?)))?
            .collect()
    }

    /// Its lines under a name.
    pub(super) fn lines_under(&self, key: i64) -> impl Iterator<Item = LineId> + use<> {
        let lines = self.lines.clone();
        lines.into_iter().map(move |line| LineId::under(key, line))
    }

    /// Where it stands in a line.
    pub(super) fn place(&self, kind: LineKind) -> (i32, i32, i64, i64) {
        let (first, last) = self.spot.place(kind);
        (first, last, self.id, self.claim)
    }
}

/// A line under a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct LineId {
    number: i64,
    pub(super) kind: LineKind,
}

/// The kinds by the last two bits of a line's number.
const KINDS: [LineKind; 4] = [
    LineKind::Time,
    LineKind::Voice,
    LineKind::Together,
    LineKind::Few,
];

/// The bits that the lines of a name share, so that they lie side by side in the file: written at random, each would
/// change a page of its own.
const NAME_BITS: i64 = !0 << 44;

impl LineId {
    fn under(key: i64, line: i64) -> Self {
        // Both are digests; multiplying by an odd number keeps sums of two from meeting by construction.
        let mixed = key.wrapping_mul(-0x61c8_8646_80b5_83eb).wrapping_add(line);
        let own = mixed & !NAME_BITS & !3;
        Self {
            number: key & NAME_BITS | own | line & 3,
            kind: KINDS[usize::try_from(line & 3).unwrap_or_default()],
        }
    }
}

fn number_of(line: &Line) -> i64 {
    let kind = KINDS.iter().position(|k| *k == line.kind);
    let kind = kind.expect("every kind has a number") as i64;
    digest_of(&line.name) & !3 | kind
}

fn digest_of(text: &str) -> i64 {
    let digest = digest::of(&[text.as_bytes()]);
    i64::from_le_bytes(*digest.first_chunk().expect("a digest has 32 bytes"))
}

/// The beginning of an id as a number that sorts as ids do.
pub(super) fn beginning(id: ClaimId) -> i64 {
    let first = id.0.first_chunk().expect("an id has 16 bytes");
    i64::from_be_bytes(*first) ^ i64::MIN
}

/// How a claim stands, as a row to be written.
pub(super) struct Row {
    claim: i64,
    id: i64,
    saying: i64,
    document: i64,
    spot: Spot,
    lines: Vec<u8>,
}

impl Row {
    pub(super) fn of(claim: i64, id: ClaimId, document: i64, stand: &Stand) -> Self {
        let numbers = stand.lines.iter().map(number_of);
        Self {
            claim,
            id: beginning(id),
            saying: digest_of(&stand.saying),
            document,
            spot: stand.spot,
            lines: numbers.flat_map(i64::to_le_bytes).collect(),
        }
    }
}

/// Keeps how a claim stands.
pub(super) fn keep(db: &Connection, row: &Row) -> rusqlite::Result<()> {
    let Spot { first, last, mark } = row.spot;
    let mark = mark.number();
    db.prepare_cached(
        "INSERT OR REPLACE INTO stand (claim, id, saying, document, first, last, mark, lines)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        row.claim,
        row.id,
        row.saying,
        row.document,
        first,
        last,
        mark,
        row.lines
    ])?;
    Ok(())
}

/// Notes that a claim does not stand in the lines of a name yet.
pub(super) fn wait(db: &Connection, key: i64, claim: i64) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT OR IGNORE INTO unheld (key, claim) VALUES (?1, ?2)")?
        .execute([key, claim])?;
    Ok(())
}

/// Somebody in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Other {
    pub(super) claim: i64,
    pub(super) id: i64,
    document: i64,
    spot: Spot,
}

impl Other {
    fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        work::places_are_read(1);
        Ok(Self {
            claim: row.get(0)?,
            id: row.get(1)?,
            document: row.get(2)?,
            spot: spot(row, 3)?,
        })
    }

    /// True if the two meet in a line of this kind, as far as the distance between them allows.
    pub(super) fn meets(&self, kind: LineKind, other: &Self) -> bool {
        kind.joins(&self.spot, &other.spot, self.document == other.document)
    }

    /// False if nobody that stands behind `other` in a line of this kind meets this claim, which stands before it.
    pub(super) fn may_meet_from(&self, kind: LineKind, other: &Self) -> bool {
        kind != LineKind::Time || other.spot.first <= self.spot.last
    }
}

impl From<&Kept> for Other {
    fn from(kept: &Kept) -> Self {
        Self {
            claim: kept.claim,
            id: kept.id,
            document: kept.document,
            spot: kept.spot,
        }
    }
}

/// Who stands around a place in a line.
#[derive(Debug, Default)]
pub(super) struct Around {
    /// Those that whoever stands there meets.
    pub(super) met: Vec<Other>,
    /// Pairs that meet if nobody stands there, and do not if somebody does.
    pub(super) divided: Vec<(Other, Other)>,
}

/// Who stands around the place of `kept` in a line where each meets at most so many of the next.
pub(super) fn around(
    db: &Connection,
    line: LineId,
    kept: &Kept,
    most: usize,
) -> rusqlite::Result<Around> {
    let (kind, reach) = (line.kind, line.kind.reach(most));
    let is_timed = kind == LineKind::Time;
    let (since, until) = if is_timed {
        (kept.spot.first, kept.spot.last)
    } else {
        (i32::MIN, i32::MAX)
    };
    let before = before(db, line, kept, reach, since)?;
    let after = after(db, line, kept, reach, until)?;
    let divided = if !is_timed {
        at_distance(kind, reach, &before, &after)
    } else if may_divide(db, line, kept, reach, &before)? {
        let (all_before, all_after) = (
            self::before(db, line, kept, reach, i32::MIN)?,
            self::after(db, line, kept, reach, i32::MAX)?,
        );
        at_distance(kind, reach, &all_before, &all_after)
    } else {
        Vec::new()
    };
    let this = Other::from(kept);
    let mut met = before;
    met.extend(after);
    met.retain(|other| other.meets(kind, &this));
    Ok(Around { met, divided })
}

/// The pairs over a place of which the one is the `reach`th from the other; both lists begin with the nearest.
fn at_distance(
    kind: LineKind,
    reach: usize,
    before: &[Other],
    after: &[Other],
) -> Vec<(Other, Other)> {
    let pairs = before.iter().enumerate().filter_map(|(i, a)| {
        let b = after.get(reach.checked_sub(i + 1)?)?;
        a.meets(kind, b).then_some((*a, *b))
    });
    pairs.collect()
}

/// False if those before a place who are still there then (`before`, nearest first) do not reach so far behind it
/// that a pair is divided.
fn may_divide(
    db: &Connection,
    line: LineId,
    kept: &Kept,
    reach: usize,
    before: &[Other],
) -> rusqlite::Result<bool> {
    let Some(furthest) = before.last() else {
        return Ok(false);
    };
    let horizon = before.iter().map(|o| o.spot.last).max();
    let n_after = after(db, line, kept, reach, horizon.unwrap_or(i32::MAX))?.len();
    if n_after == 0 {
        return Ok(false);
    }
    let n_before = n_between(
        db,
        line,
        place_of(line.kind, furthest),
        kept.place(line.kind),
        reach,
    )?;
    Ok(n_before + 1 + n_after > reach)
}

/// At most `limit` claims before a place, the nearest first, of which those are left out that end before `since`.
fn before(
    db: &Connection,
    line: LineId,
    kept: &Kept,
    limit: usize,
    since: i32,
) -> rusqlite::Result<Vec<Other>> {
    let (first, last, id, claim) = kept.place(line.kind);
    db.prepare_cached(
        "SELECT * FROM (SELECT claim, id, document, first, last, mark FROM in_line
           WHERE line = ?1 AND (first, last, id, claim) < (?2, ?3, ?4, ?5)
           ORDER BY first DESC, last DESC, id DESC, claim DESC LIMIT ?6)
         WHERE last >= ?7",
    )?
    .query_map(
        params![line.number, first, last, id, claim, limit as i64, since],
        Other::read,
    )?
    .collect()
}

/// At most `limit` claims behind a place that begin by `until`, the nearest first.
fn after(
    db: &Connection,
    line: LineId,
    kept: &Kept,
    limit: usize,
    until: i32,
) -> rusqlite::Result<Vec<Other>> {
    let (first, last, id, claim) = kept.place(line.kind);
    db.prepare_cached(
        "SELECT claim, id, document, first, last, mark FROM in_line
         WHERE line = ?1 AND (first, last, id, claim) > (?2, ?3, ?4, ?5) AND first <= ?7
         ORDER BY first, last, id, claim LIMIT ?6",
    )?
    .query_map(
        params![line.number, first, last, id, claim, limit as i64, until],
        Other::read,
    )?
    .collect()
}

fn place_of(kind: LineKind, other: &Other) -> (i32, i32, i64, i64) {
    let (first, last) = other.spot.place(kind);
    (first, last, other.id, other.claim)
}

/// How many stand between two places, counted up to `most`.
fn n_between(
    db: &Connection,
    line: LineId,
    a: (i32, i32, i64, i64),
    b: (i32, i32, i64, i64),
    most: usize,
) -> rusqlite::Result<usize> {
    let n: i64 = db
        .prepare_cached(
            "SELECT count(*) FROM (SELECT 1 FROM in_line WHERE line = ?1
               AND (first, last, id, claim) > (?2, ?3, ?4, ?5) AND (first, last, id, claim) < (?6, ?7, ?8, ?9)
             LIMIT ?10)",
        )?
        .query_row(
            params![line.number, a.0, a.1, a.2, a.3, b.0, b.1, b.2, b.3, most as i64],
            |row| row.get(0),
        )?;
    Ok(usize::try_from(n).unwrap_or(most))
}

/// True if two claims under a name meet in one of their lines.
pub(super) fn do_meet(
    db: &Connection,
    key: i64,
    (a, b): (&Kept, &Kept),
    most: usize,
) -> rusqlite::Result<bool> {
    let of_b: Vec<LineId> = b.lines_under(key).collect();
    for line in a.lines_under(key).filter(|line| of_b.contains(line)) {
        let (kind, reach) = (line.kind, line.kind.reach(most));
        let (first, second) = if a.place(kind) <= b.place(kind) {
            (a, b)
        } else {
            (b, a)
        };
        if Other::from(a).meets(kind, &Other::from(b))
            && n_between(db, line, first.place(kind), second.place(kind), reach)? < reach
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Notes what a claim says under a name.
pub(super) fn say(db: &Connection, key: i64, kept: &Kept) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT OR IGNORE INTO said (key, saying, id, claim) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute([key, kept.saying, kept.id, kept.claim])?;
    Ok(())
}

/// Lets a claim take its place in a line.
pub(super) fn step_in(db: &Connection, line: LineId, kept: &Kept) -> rusqlite::Result<()> {
    let (first, last, id, claim) = kept.place(line.kind);
    db.prepare_cached(
        "INSERT OR IGNORE INTO in_line (line, first, last, id, claim, document, mark)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        line.number,
        first,
        last,
        id,
        claim,
        kept.document,
        kept.spot.mark.number()
    ])?;
    Ok(())
}

/// Takes a claim out of a line.
pub(super) fn step_out(db: &Connection, line: LineId, kept: &Kept) -> rusqlite::Result<()> {
    let (first, last, id, claim) = kept.place(line.kind);
    db.prepare_cached(
        "DELETE FROM in_line WHERE line = ?1 AND first = ?2 AND last = ?3 AND id = ?4 AND claim = ?5",
    )?
    .execute(params![line.number, first, last, id, claim])?;
    Ok(())
}
