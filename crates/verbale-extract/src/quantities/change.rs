//! Which way a number moved.

use verbale_nlp::Token;

use crate::lex::Lexemes;

/// The direction of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// It grew.
    Up,
    /// It shrank.
    Down,
}

const UP: &[&str] = &[
    "rise",
    "rises",
    "rose",
    "risen",
    "rising",
    "grow",
    "grows",
    "grew",
    "grown",
    "growing",
    "increase",
    "increases",
    "increased",
    "increasing",
    "climb",
    "climbs",
    "climbed",
    "climbing",
    "jump",
    "jumps",
    "jumped",
    "jumping",
    "gain",
    "gains",
    "gained",
    "gaining",
    "surge",
    "surges",
    "surged",
    "surging",
    "soar",
    "soars",
    "soared",
    "soaring",
    "advance",
    "advances",
    "advanced",
    "advancing",
    "add",
    "adds",
    "added",
    "adding",
    "swell",
    "swells",
    "swelled",
    "swollen",
    "rocketed",
    "doubled",
    "tripled",
    "quadrupled",
    "expanded",
    "expand",
    "raised",
    "raise",
    "upward",
    "leapt",
    "leaped",
    "spiked",
    "rallied",
    "rebounded",
    "up",
];

const DOWN: &[&str] = &[
    "fall",
    "falls",
    "fell",
    "fallen",
    "falling",
    "drop",
    "drops",
    "dropped",
    "dropping",
    "decline",
    "declines",
    "declined",
    "declining",
    "decrease",
    "decreases",
    "decreased",
    "decreasing",
    "shrink",
    "shrinks",
    "shrank",
    "shrunk",
    "slide",
    "slides",
    "slid",
    "sliding",
    "slip",
    "slips",
    "slipped",
    "slipping",
    "plunge",
    "plunges",
    "plunged",
    "plunging",
    "plummet",
    "plummets",
    "plummeted",
    "plummeting",
    "tumble",
    "tumbles",
    "tumbled",
    "tumbling",
    "lose",
    "loses",
    "lost",
    "losing",
    "sink",
    "sinks",
    "sank",
    "sunk",
    "dip",
    "dips",
    "dipped",
    "dipping",
    "cut",
    "reduced",
    "reduce",
    "reduces",
    "lowered",
    "shed",
    "halved",
    "dwindled",
    "dwindle",
    "contracted",
    "down",
];

/// The direction of a word of change in any of its forms.
pub(super) fn direction(word: &str) -> Option<Change> {
    if UP.contains(&word) {
        Some(Change::Up)
    } else if DOWN.contains(&word) {
        Some(Change::Down)
    } else {
        None
    }
}

/// The direction in which the number at `start..end` moved, if it is the amount of a change.
///
/// "rose 8%", "up 9.4 per cent", "fell by 300", "+0.2%"; not "rose to 8%", and not "lost 3 men" unless the
/// number is a share, a sum or a measure (`amount`).
pub(super) fn of_amount(
    s: &Lexemes<'_>,
    start: usize,
    token: Option<Token<'_>>,
    amount: bool,
) -> Option<Change> {
    let before = start.checked_sub(1)?;
    if s.lower(before) == "+" && s.is_glued(start) {
        return Some(Change::Up);
    }
    let mut at = before;
    // Hedges and adverbs may stand between.
    for _ in 0..4 {
        let word = s.lower(at);
        if let Some(change) = direction(word) {
            // "gave up 517 yards": the particle of another verb.
            if s.token(at).is_some_and(|t| t.dep() == "prt") {
                return None;
            }
            let by_verb = amount || s.lower(before) == "by";
            return (by_verb || matches!(word, "up" | "down"))
                .then_some(change)
                .filter(|_| !is_limit(s, at));
        }
        let passes = matches!(
            word,
            "by" | "about"
                | "around"
                | "nearly"
                | "almost"
                | "roughly"
                | "some"
                | "just"
                | "only"
                | "more"
                | "less"
                | "than"
                | "over"
                | "under"
                | "as"
                | "much"
                | "another"
                | "further"
                | "at"
                | "least"
                | "approximately"
                | "slightly"
                | "sharply"
                | "up"
                | "well"
                | "estimated"
        );
        if !passes {
            break;
        }
        at = at.checked_sub(1)?;
    }
    let token = token?;
    if !amount || s.is(before, &["to", "at", "from", "of", "for"]) {
        return None;
    }
    by_parse(token)
}

/// "up to 40" is a limit; "down from 40" names what it was.
fn is_limit(s: &Lexemes<'_>, at: usize) -> bool {
    matches!(s.lower(at), "up" | "down") && s.is(at + 1, &["to", "from", "at"])
}

/// The verb or adverb above an amount that modifies it: "sales, in the quarter, rose a modest 8%".
fn by_parse(token: Token<'_>) -> Option<Change> {
    let top = std::iter::successors(Some(token), |t| {
        (matches!(t.dep(), "nummod" | "compound" | "quantmod" | "amod") && t.head().i() > t.i())
            .then(|| t.head())
    })
    .last()?;
    let head = top.head();
    match top.dep() {
        "dobj" | "npadvmod" | "attr" | "oprd" | "advmod" => direction(&head.lower()),
        "pobj" if head.lower() == "by" => direction(&head.head().lower()),
        _ => None,
    }
}
