//! Names under which too many claims stand to hold each against each: they are weighed in parts.
//!
//! A part is a stretch of time, halved until it has few enough claims; a day with too many is parted by pages. Which
//! claims are in a part follows from all that stand there, in whatever order they came, and one more claim changes its
//! own part only.

use rusqlite::{Connection, params};
use verbale_analysis::Shelf;

use super::work;
use crate::digest;

/// How many claims under one name are held against each other; of more, those that are near in time are.
pub(super) const PART: usize = 500;

/// Bits of a place that tell pages of one day apart.
const PAGE_BITS: u32 = 38;

/// Bits of a place that tell the day.
const DAY_BITS: u32 = 24;

/// The width of all places.
const ALL_BITS: u32 = PAGE_BITS + DAY_BITS;

/// Where a claim stands under its name, and its number.
pub(super) type Placed = (i64, i64);

/// How many claims stand under a name, counted up to `most`.
pub(super) fn n_under(db: &Connection, key: i64, most: usize) -> rusqlite::Result<usize> {
    let n: i64 = db
        .prepare_cached(
            "SELECT count(*) FROM (SELECT 1 FROM claim_key WHERE shelf = ?1 AND key = ?2 LIMIT ?3)",
        )?
        .query_row(params![Shelf::Saying.number(), key, most as i64], |row| {
            row.get(0)
        })?;
    Ok(usize::try_from(n).unwrap_or(most))
}

/// The claims under a name, or those of them with these numbers, by place.
pub(super) fn places(
    db: &Connection,
    key: i64,
    only: Option<&[i64]>,
) -> rusqlite::Result<Vec<Placed>> {
    let condition = match only {
        Some(_) => "AND k.claim IN (SELECT value FROM json_each(?3))",
        None => "AND ?3 IS NULL",
    };
    let mut statement = db.prepare_cached(&format!(
        "SELECT k.claim, p.page_id, c.as_of_anchor, coalesce(c.as_of_first, c.as_of_last)
         FROM claim_key k
         JOIN claim c ON c.id = k.claim JOIN page p ON p.id = c.document
         WHERE k.shelf = ?1 AND k.key = ?2 {condition}"
    ))?;
    let list = only.map(|numbers| crate::run::json(&numbers));
    let mut placed: Vec<Placed> = statement
        .query_map(params![Shelf::Saying.number(), key, list], |row| {
            let page: String = row.get(1)?;
            let anchor: Option<String> = row.get(2)?;
            let day: Option<String> = row.get(3)?;
            Ok((place(&page, anchor.is_some(), day.as_deref()), row.get(0)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    placed.sort_unstable();
    Ok(placed)
}

/// The day in the upper bits, the page in the lower ones. Claims without a time come first, then those whose time is
/// not known.
fn place(page: &str, has_time: bool, day: Option<&str>) -> i64 {
    let day: Option<jiff::civil::Date> = day.and_then(|d| d.parse().ok());
    let day = match day {
        Some(day) => {
            let since = (day - jiff::civil::date(1970, 1, 1)).get_days();
            i64::from(since) + (1 << (DAY_BITS - 1))
        }
        None => i64::from(has_time),
    };
    let digest = digest::of(&[page.as_bytes()]);
    let first = digest.first_chunk().expect("a digest has 32 bytes");
    let page = i64::from_be_bytes(*first).cast_unsigned() >> (64 - PAGE_BITS);
    day << PAGE_BITS | page.cast_signed()
}

/// The parts of these places, which are in order: one if they are no more than `size`.
pub(super) fn cut(placed: &[Placed], size: usize) -> Vec<&[Placed]> {
    let mut parts = Vec::new();
    halve(placed, ALL_BITS, size, &mut parts);
    parts
}

fn halve<'p>(placed: &'p [Placed], bits: u32, size: usize, parts: &mut Vec<&'p [Placed]>) {
    let Some((first, _)) = placed.first() else {
        return;
    };
    if placed.len() <= size || bits == 0 {
        return parts.push(placed);
    }
    let middle = Stretch::around(*first, bits).start + (1 << (bits - 1));
    let (before, after) = placed.split_at(placed.partition_point(|(place, _)| *place < middle));
    halve(before, bits - 1, size, parts);
    halve(after, bits - 1, size, parts);
}

/// The places of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) start: i64,
    pub(super) bits: u32,
}

impl Stretch {
    /// The stretch of so many bits that has this place.
    pub(super) fn around(place: i64, bits: u32) -> Self {
        Self {
            start: place >> bits << bits,
            bits,
        }
    }

    /// Its last place.
    pub(super) fn last(self) -> i64 {
        self.start + ((1 << self.bits) - 1)
    }

    /// The part that has this place, among the claims that the file keeps for the name.
    pub(super) fn of_part(
        db: &Connection,
        key: i64,
        place: i64,
        size: usize,
    ) -> rusqlite::Result<Self> {
        let mut near = near(db, key, place, size, "place <= ?2 ORDER BY place DESC")?;
        near.extend(self::near(
            db,
            key,
            place,
            size,
            "place > ?2 ORDER BY place",
        )?);
        let has_few = |bits: &u32| {
            let stretch = Self::around(place, *bits);
            let inside = near.iter().filter(|p| stretch.has(**p));
            inside.count() <= size
        };
        let bits = (0..=ALL_BITS).rev().find(has_few).unwrap_or(0);
        Ok(Self::around(place, bits))
    }

    /// True if it has this place.
    pub(super) fn has(self, place: i64) -> bool {
        (self.start..=self.last()).contains(&place)
    }
}

/// The places nearest to one on one side, one more than `size`.
fn near(
    db: &Connection,
    key: i64,
    place: i64,
    size: usize,
    side: &str,
) -> rusqlite::Result<Vec<i64>> {
    db.prepare_cached(&format!(
        "SELECT place FROM in_saying WHERE key = ?1 AND {side} LIMIT ?3"
    ))?
    .query_map(params![key, place, size as i64 + 1], |row| {
        work::places_are_read(1);
        row.get(0)
    })?
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_parts_before_pages_do() {
        let on = |page, day| place(page, true, day);
        let (a, b) = (
            on("pag_a", Some("2031-05-01")),
            on("pag_b", Some("2031-05-01")),
        );
        assert_ne!(a, b);
        assert!(a.max(b) < on("pag_a", Some("2031-05-02")));
        assert!(on("pag_a", None) < on("pag_a", Some("-009999-01-01")));
        assert!(place("pag_a", false, None) < on("pag_b", None));
        assert!(on("pag_a", Some("9999-12-31")) < 1 << ALL_BITS);
    }

    #[test]
    fn parts_are_small_and_whole() {
        let mut placed: Vec<Placed> = (0..400_i64).map(|i| (i * i * 977 % (1 << 40), i)).collect();
        placed.sort_unstable();
        let parts = cut(&placed, 30);
        assert!(parts.len() > 14 && parts.iter().all(|p| p.len() <= 30));
        assert_eq!(parts.concat(), placed);
        // One more changes the part that it is in, and no other.
        let before: Vec<Vec<Placed>> = parts.iter().map(|p| p.to_vec()).collect();
        placed.insert(200, placed[200]);
        let after = cut(&placed, 30);
        let n_new = after
            .iter()
            .filter(|p| !before.contains(&p.to_vec()))
            .count();
        assert!((1..=2).contains(&n_new), "{n_new}");
    }
}
