//! The schema's versions, and how a file gets from one to the next.
//!
//! A migration is added, never edited. The file's `user_version` counts how many it has had.

use rusqlite::{Connection, TransactionBehavior};

/// SQLite's mark for files of this program: `vrbl`.
pub(crate) const APPLICATION_ID: i64 = 0x7672_626c;

/// The migrations in order; the first leads from an empty file to schema 1.
pub(crate) const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_tables.sql"),
    include_str!("../migrations/0002_views.sql"),
    include_str!("../migrations/0003_scale.sql"),
    include_str!("../migrations/0004_supersession.sql"),
    include_str!("../migrations/0005_ledgers.sql"),
    include_str!("../migrations/0006_copies.sql"),
    include_str!("../migrations/0007_support.sql"),
    include_str!("../migrations/0008_lines.sql"),
    include_str!("../migrations/0009_counts.sql"),
    include_str!("../migrations/0010_order.sql"),
    include_str!("../migrations/0011_head.sql"),
    include_str!("../migrations/0012_groups.sql"),
    include_str!("../migrations/0013_terms.sql"),
    include_str!("../migrations/0014_times.sql"),
];

/// The newest schema version that this program knows.
pub(crate) const VERSION: i64 = MIGRATIONS.len() as i64;

/// What a file says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// Nothing was ever written.
    Empty,
    /// Something else.
    Foreign,
    /// A case with this schema version.
    Version(i64),
}

pub(crate) fn state(db: &Connection) -> rusqlite::Result<State> {
    let pragma = |name| db.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let (application, version) = (pragma("application_id")?, pragma("user_version")?);
    if application == APPLICATION_ID {
        return Ok(State::Version(version));
    }
    let n_objects: i64 =
        db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    Ok(if application == 0 && version == 0 && n_objects == 0 {
        State::Empty
    } else {
        State::Foreign
    })
}

/// Brings the file to [`VERSION`], each step in a transaction of its own, so that a step is done or not begun.
pub(crate) fn migrate(db: &mut Connection) -> rusqlite::Result<()> {
    // A table that is made anew takes the place of one that others refer to; within a transaction this cannot be set.
    db.pragma_update(None, "foreign_keys", false)?;
    db.pragma_update(None, "legacy_alter_table", true)?;
    let done = migrate_unchecked(db);
    db.pragma_update(None, "legacy_alter_table", false)?;
    db.pragma_update(None, "foreign_keys", true)?;
    done
}

fn migrate_unchecked(db: &mut Connection) -> rusqlite::Result<()> {
    loop {
        let step = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Asked under the lock: another process may have migrated in between.
        let at = match state(&step)? {
            State::Version(at) => at,
            State::Empty => 0,
            State::Foreign => return Ok(()),
        };
        let Some(sql) = usize::try_from(at).ok().and_then(|at| MIGRATIONS.get(at)) else {
            return Ok(());
        };
        step.execute_batch(sql)?;
        if at + 1 == VERSION {
            // Indexes that a step has laid are empty: whoever only reads must not come in between.
            crate::search::index_if_outdated(&step)?;
        }
        step.pragma_update(None, "application_id", APPLICATION_ID)?;
        step.pragma_update(None, "user_version", at + 1)?;
        step.commit()?;
    }
}
