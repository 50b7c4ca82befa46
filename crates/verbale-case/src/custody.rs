//! The collection log: what came from where and when, and what read it.

use std::io::{self, Write};

use rusqlite::Row;
use serde::Serialize;

use crate::Case;
use crate::error::Result;
use crate::exchange::write_cells;

/// One capture of a page: a page that came from two places has two entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Custody {
    /// The page's id.
    pub page: String,
    /// The digest of the bytes, in hexadecimal digits.
    pub sha256: String,
    /// What the bytes are.
    pub media_type: String,
    /// How many bytes.
    pub n_bytes: u64,
    /// The path that was given, or the name inside the innermost container.
    pub path: String,
    /// The containers it was taken out of, outermost first.
    pub containers: Vec<String>,
    /// The address of the capture, where it is known.
    pub address: Option<String>,
    /// When it was captured, where the container says so.
    pub captured_at: Option<String>,
    /// When it was added to the case.
    pub added_at: String,
    /// The version of the readers that made its text; `None` for a page that was withdrawn.
    pub reader: Option<String>,
    /// The version of the program.
    pub program: Option<String>,
    /// The page that is a newer capture of the same address.
    pub superseded_by: Option<String>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<String>,
}

/// A column's name, and how its cell is made.
type Column = (&'static str, fn(&Custody) -> String);

const COLUMNS: &[Column] = &[
    ("page", |c| c.page.clone()),
    ("sha256", |c| c.sha256.clone()),
    ("media_type", |c| c.media_type.clone()),
    ("n_bytes", |c| c.n_bytes.to_string()),
    ("path", |c| c.path.clone()),
    ("containers", |c| c.containers.join("; ")),
    ("address", |c| c.address.clone().unwrap_or_default()),
    ("captured_at", |c| c.captured_at.clone().unwrap_or_default()),
    ("added_at", |c| c.added_at.clone()),
    ("reader", |c| c.reader.clone().unwrap_or_default()),
    ("program", |c| c.program.clone().unwrap_or_default()),
    ("superseded_by", |c| {
        c.superseded_by.clone().unwrap_or_default()
    }),
    ("withdrawn_at", |c| {
        c.withdrawn_at.clone().unwrap_or_default()
    }),
];

impl Custody {
    /// Writes entries as a table that a spreadsheet may open safely, with a line of column names.
    ///
    /// # Errors
    /// If `out` cannot be written.
    pub fn write_csv(entries: &[Self], out: &mut impl Write) -> io::Result<()> {
        write_cells(out, COLUMNS.iter().map(|(name, _)| (*name).to_owned()))?;
        entries
            .iter()
            .try_for_each(|c| write_cells(out, COLUMNS.iter().map(|(_, cell)| cell(c))))
    }
}

impl Case {
    /// Every capture in the order in which it was added, those of withdrawn pages included.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn custody(&self) -> Result<Vec<Custody>> {
        self.run(|db| {
            db.prepare_cached(
                "SELECT p.page_id, lower(hex(p.sha256)), p.media_type, p.n_bytes, c.path, c.containers,
                        c.address, c.captured_at, c.added_at, r.reader, r.program,
                        (SELECT n.page_id FROM supersession s JOIN page n ON n.id = s.newer
                         WHERE s.older = p.id),
                        p.withdrawn_at
                 FROM capture c
                 JOIN page p ON p.id = c.page
                 LEFT JOIN document d ON d.id = p.id
                 LEFT JOIN run r ON r.id = d.run
                 ORDER BY c.id",
            )?
            .query_map([], custody)?
            .collect()
        })
    }
}

fn custody(row: &Row<'_>) -> rusqlite::Result<Custody> {
    let containers: String = row.get(5)?;
    Ok(Custody {
        page: row.get(0)?,
        sha256: row.get(1)?,
        media_type: row.get(2)?,
        n_bytes: row.get::<_, i64>(3)?.unsigned_abs(),
        path: row.get(4)?,
        containers: serde_json::from_str(&containers)
            .map_err(|e| crate::store::unreadable(Box::new(e)))?,
        address: row.get(6)?,
        captured_at: row.get(7)?,
        added_at: row.get(8)?,
        reader: row.get(9)?,
        program: row.get(10)?,
        superseded_by: row.get(11)?,
        withdrawn_at: row.get(12)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Sample, at};

    #[test]
    fn each_capture_has_its_entry_also_after_withdrawal() {
        let mut case = Case::in_memory().unwrap();
        let mut sample = Sample::new("=mail.mbox", "Head\nThe ferry left.");
        sample.page.origin.containers = vec!["dump.zip".into(), "a.mbox".into()];
        sample.add_to(&mut case);
        sample.page.origin.path = "elsewhere.txt".into();
        let again = crate::NewDocument {
            at: at(1),
            ..sample.new_document()
        };
        case.add(&again).unwrap();
        let log = case.custody().unwrap();
        assert_eq!(log.len(), 2);
        assert_eq!(log[0].containers, ["dump.zip", "a.mbox"]);
        assert_eq!(log[0].sha256, sample.page.digest().to_string());
        assert_eq!(log[1].path, "elsewhere.txt");
        assert!(log[0].added_at < log[1].added_at);
        assert_eq!(log[0].reader.as_deref(), Some("1"));

        let mut csv = Vec::new();
        Custody::write_csv(&log, &mut csv).unwrap();
        let csv = String::from_utf8(csv).unwrap();
        assert_eq!(csv.lines().count(), 3);
        assert!(
            csv.contains(",'=mail.mbox,"),
            "formulas are disarmed: {csv}"
        );

        case.withdraw(sample.page.id(), "Ana", "asked to", at(2))
            .unwrap();
        let log = case.custody().unwrap();
        assert_eq!((log.len(), log[0].reader.as_deref()), (2, None));
        assert!(log[0].withdrawn_at.is_some());
    }
}
