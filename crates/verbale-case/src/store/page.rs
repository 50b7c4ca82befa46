//! Pages, their bytes and their custody.

use std::io::Read;

use rusqlite::{Connection, OptionalExtension, params};
use verbale_core::{Page, PageId, PageOrigin};

use crate::run::json;

/// Level 3 is the compressor's own default: on news pages higher levels gain little.
const ZSTD_LEVEL: i32 = 3;

/// The row of a page, and whether the page was withdrawn.
pub(crate) fn page_row(db: &Connection, page: PageId) -> rusqlite::Result<Option<(i64, bool)>> {
    db.prepare_cached("SELECT id, withdrawn_at IS NOT NULL FROM page WHERE page_id = ?1")?
        .query_row([page.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}

/// Inserts the page and its bytes, and returns its row.
pub(super) fn insert(db: &Connection, page: &Page, at: &str) -> rusqlite::Result<i64> {
    db.prepare_cached(
        "INSERT INTO page (page_id, sha256, media_type, n_bytes, added_at) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        page.id().to_string(),
        page.digest().0,
        page.media_type,
        page.bytes.len() as i64,
        at
    ])?;
    let row = db.last_insert_rowid();
    let packed = zstd::bulk::compress(&page.bytes, ZSTD_LEVEL).ok();
    let (encoding, bytes) = match &packed {
        Some(packed) if packed.len() < page.bytes.len() => ("zstd", packed),
        _ => ("plain", &page.bytes),
    };
    db.prepare_cached("INSERT INTO page_bytes (page, encoding, bytes) VALUES (?1, ?2, ?3)")?
        .execute(params![row, encoding, bytes])?;
    Ok(row)
}

/// The bytes of a page as they were captured. `None` if they are damaged or longer than `n_bytes`, which a
/// hostile file may try.
pub(crate) fn decode(encoding: &str, stored: Vec<u8>, n_bytes: i64) -> Option<Vec<u8>> {
    let n_bytes = usize::try_from(n_bytes).ok()?;
    let bytes = match encoding {
        "plain" => stored,
        _ => {
            // Reading one byte more than promised shows a stream that is longer, without unpacking it all.
            let mut bytes = Vec::new();
            zstd::stream::read::Decoder::new(&*stored)
                .ok()?
                .take(n_bytes as u64 + 1)
                .read_to_end(&mut bytes)
                .ok()?;
            bytes
        }
    };
    (bytes.len() == n_bytes).then_some(bytes)
}

/// True if nothing in the page's custody says that it came from there.
pub(super) fn is_new_origin(
    db: &Connection,
    page: i64,
    origin: &PageOrigin,
) -> rusqlite::Result<bool> {
    db.prepare_cached(
        "SELECT NOT EXISTS (SELECT 1 FROM capture WHERE page = ?1 AND path = ?2 AND address IS ?3
                            AND containers = ?4 AND captured_at IS ?5)",
    )?
    .query_row(
        params![
            page,
            origin.path,
            origin.address,
            json(&origin.containers),
            origin.captured.map(|t| t.to_string())
        ],
        |row| row.get(0),
    )
}

/// Notes where the page was found.
pub(super) fn insert_capture(
    db: &Connection,
    page: i64,
    origin: &PageOrigin,
    at: &str,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO capture (page, path, address, containers, captured_at, added_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        page,
        origin.path,
        origin.address,
        json(&origin.containers),
        origin.captured.map(|t| t.to_string()),
        at
    ])?;
    Ok(())
}
