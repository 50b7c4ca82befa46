//! The name of a figure as an analyst writes it: without the number in it, with the share or the change that the
//! number is.

use super::site::Site;
use crate::claim::grammar::tidy;
use crate::claim::words::has;
use crate::quantities::{Change, Nature};

/// The subject in plain words. `before` is the thing that was counted last, for "23 of them".
pub(super) fn subject(site: &Site<'_>, words: &str, before: Option<&str>) -> String {
    let words = words.strip_suffix(" doing so").unwrap_or(words);
    let words = words.strip_suffix(" being").unwrap_or(words);
    let named = match without_count(words) {
        None => words.to_owned(),
        Some(rest) => match rest {
            "" | "them" | "those" | "these" | "it" => before.unwrap_or_default().to_owned(),
            // "The 1,870 having no wiring": what is said of those counted before.
            rest if is_said_of(rest) => format!("{} {rest}", before.unwrap_or_default()),
            rest => rest.to_owned(),
        },
    };
    let named = match named.is_empty() {
        true => nameless(site).to_owned(),
        false => named,
    };
    of_change(site, of_share(site, tidy(&named)))
}

/// "Having no wiring": words that begin with a participle name nothing.
fn is_said_of(words: &str) -> bool {
    let first = words.split(' ').next().unwrap_or_default();
    first.len() > 4 && first.ends_with("ing")
}

/// What a number without a name is called.
fn nameless(site: &Site<'_>) -> &'static str {
    match site.mention.nature {
        Nature::Money => SUM,
        Nature::Duration => TIME,
        Nature::Percent | Nature::Share => SHARE,
        _ => NUMBER,
    }
}

const SUM: &str = "sum";
const TIME: &str = "time";
const SHARE: &str = "share";
const NUMBER: &str = "number";

/// True for the names of what has none, which nothing behind them can take up.
pub(super) fn is_nameless(subject: &str) -> bool {
    [SUM, TIME, SHARE, NUMBER].contains(&subject)
}

/// "52 of the states", "up to $400 million", "no more than half of those": what stands behind the number; `None`
/// where the words do not begin with one.
fn without_count(words: &str) -> Option<&str> {
    let mut rest = words;
    let mut has_number = false;
    loop {
        let (word, behind) = rest.split_once(' ').unwrap_or((rest, ""));
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let is_number = word
            .trim_start_matches(['$', '€', '£', '¥', '(', 'U', 'S'])
            .starts_with(|c: char| c.is_ascii_digit())
            || has(NUMBER_WORDS, &bare.to_lowercase());
        let is_beside = has(HEDGES, &bare.to_lowercase()) || has_number && has(SCALES, bare);
        if word.is_empty() || !(is_number || is_beside) {
            break;
        }
        has_number |= is_number;
        rest = behind;
    }
    let rest = rest.strip_prefix("of ").unwrap_or(rest);
    has_number.then(|| rest.trim_start_matches("the "))
}

/// Numbers in words that open the name of a figure; small ones are part of names ("two sides").
const NUMBER_WORDS: &str = "half third quarter fifth tenth";

/// What stands before a number.
const HEDGES: &str = "the up to more than about over under no fewer less at least most almost nearly some around roughly a \
                      one only just and or between from";

/// What stands behind one.
const SCALES: &str = "million billion trillion thousand percent cent per dollars euros marks crowns pounds days months \
                      hours weeks years";

/// "70 percent of adults": the share of them.
fn of_share(site: &Site<'_>, words: String) -> String {
    let is_part = matches!(site.mention.nature, Nature::Percent | Nature::Share);
    let is_through_of = site.counted.is_some_and(|n| {
        let doc = n.doc();
        n.i() > site.number.end && (site.number.end..n.i()).any(|i| doc.token(i).lower() == "of")
    });
    match is_part && is_through_of && !says(&words, SHARES) {
        true => format!("share of {}", inside(site, &words)),
        false => words,
    }
}

const SHARES: &str = "share percent percentage proportion part rate rest majority";

/// "Sales fell 17 percent": the number is of the fall, and not of the sales.
fn of_change(site: &Site<'_>, words: String) -> String {
    let mention = site.mention;
    let is_amount = mention.nature == Nature::Percent && mention.pair.is_none();
    let name = match mention.change.filter(|_| is_amount) {
        Some(Change::Up) => "increase",
        Some(Change::Down) => "fall",
        None => return words,
    };
    match says(&words, CHANGES) {
        true => words,
        false => format!("{name} of {}", inside(site, &words)),
    }
}

const CHANGES: &str =
    "increase rise growth fall decline drop cut reduction decrease undercount shortfall loss";

/// Words that opened a sentence, as inside one: names keep their capital.
fn inside(site: &Site<'_>, words: &str) -> String {
    let opens = site.noun.sent().tokens().next();
    let is_common = opens.is_some_and(|t| words.starts_with(t.text()) && t.pos() != "PROPN");
    let mut chars = words.chars();
    match chars.next().filter(|_| is_common) {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => words.to_owned(),
    }
}

/// True if one of `known` is among the words.
fn says(words: &str, known: &str) -> bool {
    words
        .split_whitespace()
        .any(|w| has(known, &w.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_figure_does_not_begin_with_its_number() {
        let check = |words: &str, expected: Option<&str>| {
            assert_eq!(without_count(words), expected, "{words}");
        };
        check("52 of the states", Some("states"));
        check("23 of those on the list", Some("those on the list"));
        check("up to $400 million", Some(""));
        check("no more than half of those", Some("those"));
        check("1,870 of them", Some("them"));
        check("431", Some(""));
        check("up-to-date ships", None);
        check("states that reported", None);
        check("at least", None);
        check("", None);
    }
}
