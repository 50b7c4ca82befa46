//! Two statuses: one thing, one time, words that exclude each other.

use verbale_core::{Act, Polarity, Status};
use verbale_pack::Axis;

use super::{Answer, ConflictKind, Side, WhyNot, conflict, not, time};
use crate::{Bag, Entry, Lexicon, When};

/// How somebody stands to a duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum DutyStance {
    /// It is or was done, or does not bind.
    Kept,
    /// It was not done, or not in time.
    Broken,
}

/// What a status says on the axis it speaks to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Of a post: the axis and the value on it.
    Post(Axis, String),
    /// Of a duty.
    Duty(DutyStance),
    /// Of a rule: whether it is in force.
    Force(bool),
    /// Anything else, as stems.
    Words(Bag),
}

impl Standing {
    /// What the words of a status say, with the help of the packs' vocabulary.
    pub(crate) fn of(lexicon: &Lexicon, status: &Status) -> Self {
        if let Some(stance) = duty_stance(&status.status) {
            return Self::Duty(stance);
        }
        let words = verbale_pack::fold(&status.status);
        let is_negated = words
            .split(' ')
            .any(|w| matches!(w, "not" | "never" | "no"));
        if !is_negated
            && let Some(word) = lexicon.status(&status.status)
            && let (Some(axis), Some(value)) = (word.axis, &word.value)
        {
            return Self::Post(axis, value.clone());
        }
        if !is_negated && let Some(is_in_force) = force(&words) {
            return Self::Force(is_in_force);
        }
        Self::Words(Bag::of(lexicon, &status.status))
    }

    /// True if both cannot hold of one thing at one time.
    fn excludes(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Post(a, x), Self::Post(b, y)) => a == b && x != y,
            (Self::Duty(x), Self::Duty(y)) => x != y,
            (Self::Force(x), Self::Force(y)) => x != y,
            (Self::Words(x), Self::Words(y)) => is_negation(x, y) || is_negation(y, x),
            _ => false,
        }
    }
}

/// "not allowed" against "allowed".
fn is_negation(a: &Bag, b: &Bag) -> bool {
    let only = a.without(b);
    b.without(a).is_empty()
        && !b.is_empty()
        && only.len() == 1
        && only.iter().all(|s| matches!(s, "not" | "no" | "never"))
}

/// What the whole of a status says of a rule: "still in force", "lifted".
fn force(words: &str) -> Option<bool> {
    let is_filler = |w: &&str| {
        !matches!(
            *w,
            "still" | "now" | "again" | "fully" | "is" | "was" | "been" | "has"
        )
    };
    let said: Vec<&str> = words.split([' ', '_']).filter(is_filler).collect();
    match said.join(" ").as_str() {
        "in force" | "in effect" | "in place" | "remains in force" | "remains in effect"
        | "remains in place" => Some(true),
        "lifted" | "revoked" | "repealed" | "abolished" | "rescinded" | "scrapped" => Some(false),
        _ => None,
    }
}

/// Beginnings of words that say a duty was not kept, looked for first: "did not comply" holds "comply".
const BROKEN: &[&str] = &[
    "miss",
    "breach",
    "violat",
    "fail",
    "unfulfilled",
    "overdue",
    "not fulfil",
    "not compl",
    "not comply",
    "not met",
    "non-compl",
    "not report",
];

/// Beginnings of words that say it was.
const KEPT: &[&str] = &[
    "complian",
    "complie",
    "comply",
    "fulfil",
    "honor",
    "honour",
    "no violation",
    "no breach",
    "exempt",
    "met the",
    "observance",
    "observed",
    "observes",
    "observing",
];

fn duty_stance(status: &str) -> Option<DutyStance> {
    let words = verbale_pack::fold(status).replace('_', " ");
    let has = |list: &[&str]| {
        let starts = |stem: &&str| words.starts_with(*stem) || words.contains(&format!(" {stem}"));
        list.iter().any(starts)
    };
    let denies_breach = [
        "no violation",
        "no breach",
        "not a violation",
        "not a breach",
    ];
    if denies_breach.iter().any(|p| words.contains(p)) {
        Some(DutyStance::Kept)
    } else if has(BROKEN) {
        Some(DutyStance::Broken)
    } else if has(KEPT) {
        Some(DutyStance::Kept)
    } else {
        None
    }
}

/// True if a status says how somebody stands to a duty.
pub(crate) fn is_duty(lexicon: &Lexicon, status: &Status) -> bool {
    matches!(Standing::of(lexicon, status), Standing::Duty(_))
}

pub(super) fn judge(lexicon: &Lexicon, one: &Side<'_>, other: &Side<'_>) -> Answer {
    let (a, b) = (one.entry, other.entry);
    let one_voice = one.has_voice_of(other);
    let (Some(x), Some(y)) = (a.status(), b.status()) else {
        return not(WhyNot::Kind, "They are not both statuses.".into());
    };
    let (sx, sy) = (Standing::of(lexicon, x), Standing::of(lexicon, y));
    let are_duties = matches!((&sx, &sy), (Standing::Duty(_), Standing::Duty(_)));
    // In one breath a party's duty and the law behind it are one: "missed the deadline but is complying".
    let in_one_breath = are_duties && a.page == b.page && one_voice && is_one_party(lexicon, x, y);
    if !is_one_subject(lexicon, x, y) && !in_one_breath {
        return not(
            WhyNot::Measure,
            format!(
                "One speaks of “{}”, the other of “{}”.",
                x.subject, y.subject
            ),
        );
    }
    let denied = |e: Entry<'_>| e.claim.polarity == Polarity::Denied;
    let excludes = match (denied(a), denied(b)) {
        (false, false) => sx.excludes(&sy),
        (true, true) => false,
        _ => sx == sy,
    };
    if !excludes {
        return not(
            WhyNot::Compatible,
            format!(
                "“{}” and “{}” do not exclude each other.",
                x.status, y.status
            ),
        );
    }
    if let Some(answer) = times(one_voice, (a, &sx), (b, &sy)) {
        return answer;
    }
    let words = format!("“{}” and “{}” exclude each other", x.status, y.status);
    if one_voice && matches!((&sx, &sy), (Standing::Duty(_), Standing::Duty(_))) {
        let admits = [a, b].iter().any(|e| e.claim.attribution.act == Act::Admit);
        let kind = if admits {
            ConflictKind::AgainstAdmission
        } else {
            ConflictKind::Contradiction
        };
        return conflict(
            kind,
            format!(
                "{words}, and {} says both.",
                a.speaker().unwrap_or("one speaker")
            ),
        );
    }
    let differ_in_time = a.spoken() != b.spoken() && one_voice;
    let kind = if differ_in_time {
        ConflictKind::Revision
    } else {
        ConflictKind::Contradiction
    };
    conflict(
        kind,
        format!(
            "{words} for “{}”: {} and {}.",
            x.subject,
            a.voice(),
            b.voice()
        ),
    )
}

/// The answer that the times give alone, if they do.
fn times(
    one_voice: bool,
    (a, sx): (Entry<'_>, &Standing),
    (b, sy): (Entry<'_>, &Standing),
) -> Option<Answer> {
    let when = || (time::in_words(a), time::in_words(b));
    let apart = || {
        let (x, y) = when();
        Some(not(
            WhyNot::Date,
            format!("One holds for {x}, the other for {y}."),
        ))
    };
    if let (Standing::Duty(x), Standing::Duty(_)) = (sx, sy) {
        // "Missed" is dated by the deadline and "complying" by the day it was said, so that their times never
        // meet; what counts is whether somebody may have made good after failing.
        let (broken, kept) = if *x == DutyStance::Broken {
            (a, b)
        } else {
            (b, a)
        };
        let later = matches!((broken.spoken_by(), kept.spoken_by()), (Some(x), Some(y)) if x < y);
        return (later && !is_one_page(a, b) && one_voice)
            .then(apart)
            .flatten();
    }
    match (a.when(), b.when()) {
        (When::Known(x), When::Known(y)) if x.overlaps(y) => None,
        (When::Known(_), When::Known(_)) => apart(),
        _ if is_one_page(a, b) => None,
        _ => {
            let (x, y) = when();
            Some(not(
                WhyNot::TimeUnknown,
                format!("Their times are {x} and {y}."),
            ))
        }
    }
}

fn is_one_page(a: Entry<'_>, b: Entry<'_>) -> bool {
    a.page == b.page
}

/// True if both subjects name a party before a stroke, and it is one.
fn is_one_party(lexicon: &Lexicon, a: &Status, b: &Status) -> bool {
    let party = |s: &Status| party_of(s).map(|p| Bag::of(lexicon, p));
    party(a).is_some() && party(a) == party(b)
}

/// The party of a duty's status: "Russia" of "Russia / UNSCR 2397 repatriation deadline".
pub(crate) fn party_of(status: &Status) -> Option<&str> {
    status.subject.split_once(" / ").map(|(party, _)| party)
}

/// True if two statuses speak of one thing: equal words, or one wording within the other.
fn is_one_subject(lexicon: &Lexicon, a: &Status, b: &Status) -> bool {
    let (x, y) = (Bag::of(lexicon, &a.subject), Bag::of(lexicon, &b.subject));
    let n_shared = x.n_shared(&y);
    !x.is_empty() && (x == y || n_shared >= 2 && (x.covers(&y) || y.covers(&x)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_give_a_stance() {
        assert_eq!(duty_stance("missed"), Some(DutyStance::Broken));
        assert_eq!(duty_stance("rigorously complying"), Some(DutyStance::Kept));
        assert_eq!(duty_stance("did not comply"), Some(DutyStance::Broken));
        assert_eq!(duty_stance("no_violation"), Some(DutyStance::Kept));
        assert_eq!(duty_stance("permission refused"), None);
        assert_eq!(duty_stance("completely closed to observers"), None);
        assert_eq!(
            (force("still in force"), force("lifted")),
            (Some(true), Some(false))
        );
        assert_eq!(force("lifted for traders"), None);
    }
}
