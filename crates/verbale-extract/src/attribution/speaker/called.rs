//! Who is meant by a function or an epithet: "the minister", "the shipping tycoon".

use super::{Namer, Voice};
use crate::attribution::roster;
use crate::attribution::words;

/// A late name may stand this many passages after "one expert said".
const LATE_NAME_BLOCKS: usize = 3;

impl Namer<'_, '_> {
    /// The person who is named with this function at this institution anywhere on the page.
    pub(super) fn holder(&self, lemma: &str, org: &str) -> Option<&roster::Person> {
        self.roster.people.iter().find(|p| {
            p.role
                .as_deref()
                .is_some_and(|r| is_same_office(last_word(r), lemma))
                && p.org
                    .as_deref()
                    .is_some_and(|o| o.eq_ignore_ascii_case(org))
        })
    }

    /// "The shipping tycoon": an epithet of whoever spoke last by name, if nobody else was called so.
    pub(super) fn by_epithet(&self, lemma: &str) -> Option<Voice> {
        let last = self.spoken.last()?;
        let named = last.person && !last.plural && last.speaker.anonymity.is_none();
        (words::is_epithet(lemma) && named).then(|| last.clone())
    }

    /// A person who was introduced in this function before: "the minister".
    pub(super) fn person_in_role(&self, block: usize, lemma: &str) -> Option<Voice> {
        let called = |holds: fn(&str, &str) -> bool| {
            self.roster.people.iter().filter(move |p| {
                p.role
                    .as_deref()
                    .is_some_and(|r| holds(last_word(r), lemma))
                    && p.places.first().is_some_and(|at| at.0 <= block)
            })
        };
        // "The nuclear chief": the only one who heads something.
        let only = || {
            let mut leaders = called(is_same_office);
            leaders.next().filter(|_| leaders.next().is_none())
        };
        called(str::eq_ignore_ascii_case)
            .max_by_key(|p| p.places.iter().filter(|at| at.0 <= block).max().copied())
            .or_else(only)
            .map(|p| self.voice_of(p))
    }

    /// "One expert said …", named in one of the next passages as "X, an expert on …"; "the minister said …", named as
    /// "the minister, X". There is one minister, so that a name before will do as well.
    pub(super) fn late_name(&self, block: usize, lemma: &str, sole: bool) -> Option<Voice> {
        let near = match sole {
            true => block.saturating_sub(LATE_NAME_BLOCKS)..=block + LATE_NAME_BLOCKS,
            false => block..=block + LATE_NAME_BLOCKS,
        };
        self.roster
            .people
            .iter()
            .filter(|p| p.places.first().is_some_and(|at| near.contains(&at.0)))
            .find(|p| {
                p.role.as_deref().is_some_and(|r| {
                    r.split_whitespace().next() == Some(lemma) || last_word(r) == lemma
                })
            })
            .map(|p| self.voice_of(p))
    }
}

/// "The bureau's chief" is its director.
fn is_same_office(a: &str, b: &str) -> bool {
    let leads = |w: &str| {
        let w = w.to_lowercase();
        matches!(&*w, "chief" | "head" | "director" | "boss" | "leader")
    };
    a.eq_ignore_ascii_case(b) || leads(a) && leads(b)
}

pub(super) fn last_word(words: &str) -> &str {
    words.split_whitespace().next_back().unwrap_or("")
}
