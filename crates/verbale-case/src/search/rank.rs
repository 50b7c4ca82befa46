//! Which of the passages that match say most of what was looked for.
//!
//! BM25 over groups: a word with its inflections and other names counts as one term, words as they were typed
//! twice as much as their variants. The index's own ranking is not used, since it reads the whole list of every
//! word, and a common word of a large case stands in a million passages.
//!
//! Source: Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009.

use std::collections::HashMap;

use rusqlite::Connection;

use super::query::{Query, Term};
use super::words::{Stems, Word};

/// How fast further occurrences count for less.
const K1: f64 = 1.2;

/// How much the length of a passage counts.
const B: f64 = 0.75;

/// Words of a usual passage. A constant, so that a passage's score does not depend on what else is in the case.
const USUAL_WORDS: f64 = 60.0;

/// Weight of a word as it was typed; that of a variant is 1.
const AS_TYPED: f64 = 2.0;

/// How many passages are counted before the rest is estimated from where they stand.
const MAX_COUNTED: i64 = 5_000;

/// What the passages are ranked by.
pub(super) struct Ranking {
    groups: Vec<Group>,
    stems: Stems,
    /// What each word seen so far counts in each group.
    seen: HashMap<String, Vec<f64>>,
}

#[derive(Default)]
struct Group {
    /// How much it tells that the group is there.
    rarity: f64,
    forms: Vec<String>,
    variants: Vec<String>,
    prefixes: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Ranking {
    /// For a query whose groups have these other `names` and these expressions.
    pub(super) fn new(
        db: &Connection,
        query: &Query,
        names: &[Vec<String>],
        expressions: &[String],
        stems: &Stems,
    ) -> rusqlite::Result<Self> {
        let mut groups = Vec::new();
        for ((terms, names), expression) in query.groups.iter().zip(names).zip(expressions) {
            let mut group = Group::new(terms, names, stems);
            // A single group is equally rare in all that have it.
            group.rarity = match expressions {
                [_] => 1.0,
                _ => rarity(db, expression)?,
            };
            groups.push(group);
        }
        Ok(Self {
            groups,
            stems: stems.clone(),
            seen: HashMap::new(),
        })
    }

    /// How well a passage with these words answers; more is better.
    pub(super) fn score(&mut self, words: &[Word]) -> f64 {
        let mut found = vec![0.0; self.groups.len()];
        for word in words.iter().filter(|w| !w.tail) {
            let weights = match self.seen.get(&word.form) {
                Some(weights) => weights,
                None => {
                    let variants = self.stems.variants(&word.form);
                    let weights = self.groups.iter().map(|g| g.weight(&word.form, &variants));
                    let weights = weights.collect();
                    self.seen.entry(word.form.clone()).or_insert(weights)
                }
            };
            for (found, weight) in found.iter_mut().zip(weights) {
                *found += weight;
            }
        }
        let length = K1 * (1.0 - B + B * words.len() as f64 / USUAL_WORDS);
        self.groups
            .iter()
            .zip(found)
            .map(|(group, found)| {
                let found = found + group.n_rows(words) * AS_TYPED;
                group.rarity * found * (K1 + 1.0) / (found + length)
            })
            .sum()
    }
}

impl Group {
    fn new(terms: &[Term], names: &[String], stems: &Stems) -> Self {
        let mut group = Self::default();
        for term in terms {
            match term {
                Term::Word(form) => {
                    group.variants.extend(stems.variants(form));
                    group.forms.push(form.clone());
                }
                Term::Prefix(form) => group.prefixes.push(form.clone()),
                Term::Phrase(forms) => group.rows.push(forms.clone()),
                Term::Near(forms, _) => group.forms.extend(forms.clone()),
            }
        }
        let names = names.iter().map(|name| name.split(' ').map(str::to_owned));
        group.rows.extend(names.map(Iterator::collect));
        group
    }

    fn weight(&self, form: &str, variants: &[String]) -> f64 {
        let is_typed = self.forms.iter().any(|f| f == form)
            || self.prefixes.iter().any(|p| form.starts_with(p.as_str()));
        let is_variant = || {
            let wanted = || self.forms.iter().chain(&self.variants);
            wanted().any(|w| w == form || variants.contains(w))
        };
        if is_typed {
            AS_TYPED
        } else if is_variant() {
            1.0
        } else {
            0.0
        }
    }

    /// How often the phrases and names of the group stand in `words`.
    fn n_rows(&self, words: &[Word]) -> f64 {
        let n: usize = self
            .rows
            .iter()
            .filter(|row| !row.is_empty())
            .map(|row| {
                let stands = |w: &&[Word]| w.iter().zip(row).all(|(w, form)| w.form == *form);
                words.windows(row.len()).filter(stands).count()
            })
            .sum();
        n as f64
    }
}

/// How rare passages are that match, as BM25 weighs it: counted, or estimated from how closely the first stand.
fn rarity(db: &Connection, expression: &str) -> rusqlite::Result<f64> {
    let n_passages: Option<i64> = db
        .prepare_cached("SELECT max(id) FROM passage")?
        .query_row([], |row| row.get(0))?;
    let (n_found, last): (i64, Option<i64>) = db
        .prepare_cached(
            "SELECT count(*), max(rowid) FROM
               (SELECT rowid FROM passage_words WHERE passage_words MATCH ?1 ORDER BY rowid LIMIT ?2)",
        )?
        .query_row((expression, MAX_COUNTED), |row| Ok((row.get(0)?, row.get(1)?)))?;
    let all = n_passages.unwrap_or_default().max(1) as f64;
    let found = match last {
        Some(last) if n_found == MAX_COUNTED => n_found as f64 * all / last.max(1) as f64,
        _ => n_found as f64,
    };
    Ok((1.0 + (all - found).max(0.0) / (found + 0.5)).ln())
}

#[cfg(test)]
mod tests {
    use super::super::words::words;
    use super::*;

    fn ranking(text: &str) -> Ranking {
        let stems = Stems::new(["en"]);
        let query = Query::parse(text).unwrap();
        let groups = query.groups.iter().map(|terms| Group {
            rarity: 1.0,
            ..Group::new(terms, &[], &stems)
        });
        Ranking {
            groups: groups.collect(),
            stems,
            seen: HashMap::new(),
        }
    }

    /// The texts in the order of their scores.
    fn check(query: &str, best_first: &[&str]) {
        let mut ranking = ranking(query);
        let scores: Vec<f64> = best_first
            .iter()
            .map(|t| ranking.score(&words(t)))
            .collect();
        assert!(scores.is_sorted_by(|a, b| a > b), "{query}: {scores:?}");
    }

    #[test]
    fn words_as_typed_often_and_in_short_passages_count_more() {
        check("closed", &["It closed.", "It closes.", "It stays open."]);
        check("lock", &["a lock, a lock", "a lock, a gate", "a gate"]);
        check("lock", &["a lock", "a lock in a long row of other words"]);
        check(
            "lock barge",
            &["the lock and the barge", "the lock, the lock, the lock"],
        );
        check("\"the lock\"", &["near the lock", "the old lock"]);
        check("har* OR gate", &["harbour harvest", "gate and fence"]);
    }
}
