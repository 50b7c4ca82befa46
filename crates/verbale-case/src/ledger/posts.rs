//! The presence ledger, one post at a time.

use rusqlite::{Connection, params};
use verbale_analysis::{
    Lexicon, OpenPosts, POST_COUNTS, PostLedger, Shelf, posts_under, presence::Count,
};

use super::filing::key_of;
use super::gather::Gathered;
use crate::Case;
use crate::error::{Error, Result};

/// How many figures are held at once.
const SLICE: usize = 2_000;

/// A part of the presence ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PresencePart {
    /// A post with its rows.
    Post(PostLedger),
    /// A number of posts, held against them.
    Count(Count),
}

impl Case {
    /// Calls `visit` with each post, by its full name, then with each number of posts that somebody states. Of the
    /// posts that are not before it, it holds the names and what is said of their premises.
    /// [`Case::file_claims`] comes before.
    ///
    /// # Errors
    /// If the file cannot be read, or what `visit` returns.
    pub fn for_each_presence<E: From<Error>>(
        &self,
        lexicon: &Lexicon,
        mut visit: impl FnMut(PresencePart) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let counts = key_of(Shelf::Post, POST_COUNTS);
        let mut open = OpenPosts::default();
        let mut names: Vec<(String, i64, usize)> = Vec::new();
        for key in self.run(|db| keys(db, counts))? {
            for (at, post) in self.posts(lexicon, key)?.iter().enumerate() {
                open.add(lexicon, post);
                names.push((post.name.to_string(), key, at));
            }
        }
        names.sort();
        // Posts of one sender and kind mostly stand together by name, too.
        let mut last: Option<(i64, Vec<PostLedger>)> = None;
        for (_, key, at) in names {
            let posts = match last.take() {
                Some((of, posts)) if of == key => posts,
                _ => self.posts(lexicon, key)?,
            };
            if let Some(post) = posts.get(at) {
                visit(PresencePart::Post(post.clone()))?;
            }
            last = Some((key, posts));
        }
        let figures = self.run(|db| claims_under(db, counts))?;
        for slice in figures.chunks(SLICE) {
            let gathered = self.run(|db| Gathered::rows(db, slice))?;
            for count in gathered
                .entries()
                .into_iter()
                .filter_map(|e| open.count(lexicon, e))
            {
                visit(PresencePart::Count(count))?;
            }
        }
        Ok(())
    }

    /// The posts of one kind and sender.
    fn posts(&self, lexicon: &Lexicon, key: i64) -> Result<Vec<PostLedger>> {
        let gathered = self.run(|db| Gathered::under(db, Shelf::Post, key, None))?;
        let is_here = |name: &str| key_of(Shelf::Post, name) == key;
        Ok(posts_under(lexicon, &gathered.entries(), is_here))
    }
}

fn keys(db: &Connection, without: i64) -> rusqlite::Result<Vec<i64>> {
    db.prepare_cached("SELECT DISTINCT key FROM claim_key WHERE shelf = ?1 AND key <> ?2")?
        .query_map(params![Shelf::Post.number(), without], |row| row.get(0))?
        .collect()
}

/// The row numbers of the claims under a name, in the order of their ids.
fn claims_under(db: &Connection, key: i64) -> rusqlite::Result<Vec<i64>> {
    db.prepare_cached(
        "SELECT k.claim FROM claim_key k JOIN claim c ON c.id = k.claim
         WHERE k.shelf = ?1 AND k.key = ?2 ORDER BY c.claim_id",
    )?
    .query_map(params![Shelf::Post.number(), key], |row| row.get(0))?
    .collect()
}
