//! Units of measure and money: how they are written, and the one name each has in the ledger.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::tables::{GLUED_ONLY, ISSUERS, MONEY, PREFIXES, SYMBOLS, TIMES, WORDS};
use crate::lex::Lexemes;

/// What sort of number a unit makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnitSort {
    Money,
    Percent,
    Measure,
    Duration,
}

/// A unit found behind (or, for money, in front of) a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct UnitFound {
    /// The name in the ledger: `km`, `USD`, `%`.
    pub(super) name: String,
    pub(super) sort: UnitSort,
    /// The position after its last lexeme.
    pub(super) end: usize,
}

/// A table of units by the first word of each form: every number asks for several of them.
struct Forms(HashMap<&'static str, Vec<(&'static str, &'static str)>>);

impl Forms {
    fn of(table: &[(&'static str, &'static [&'static str])]) -> Self {
        let mut forms: HashMap<_, Vec<_>> = HashMap::new();
        let all = table.iter();
        for (name, form) in all.flat_map(|(name, forms)| forms.iter().map(move |f| (*name, *f))) {
            let first = form.split([' ', '-']).next().unwrap_or_default();
            forms.entry(first).or_default().push((name, form));
        }
        Self(forms)
    }

    /// The names with the forms that begin with a word, in the order of the table.
    fn from(&self, word: &str) -> &[(&'static str, &'static str)] {
        self.0.get(word).map_or(&[], Vec::as_slice)
    }

    /// The name of which the word is a whole form.
    fn named(&self, word: &str) -> Option<&'static str> {
        let mut forms = self.from(word).iter();
        forms.find(|(_, form)| *form == word).map(|(name, _)| *name)
    }
}

static WORD_FORMS: LazyLock<Forms> = LazyLock::new(|| Forms::of(WORDS));
static TIME_FORMS: LazyLock<Forms> = LazyLock::new(|| Forms::of(TIMES));
static MONEY_FORMS: LazyLock<Forms> = LazyLock::new(|| Forms::of(MONEY));
static SYMBOL_FORMS: LazyLock<Forms> = LazyLock::new(|| Forms::of(SYMBOLS));

/// The currency in front of the number at `i`: its code, and where the symbol starts.
pub(super) fn money_before(s: &Lexemes<'_>, i: usize) -> Option<(&'static str, usize)> {
    let minus = usize::from(i > 0 && s.is(i - 1, &["-", "−"]) && s.is_glued(i));
    let end = i - minus;
    PREFIXES
        .iter()
        .filter_map(|(words, code)| {
            let start = end.checked_sub(words.len())?;
            s.phrase(start, words)?;
            // Letters belong to the number only if they touch it or a symbol.
            let letters = words.iter().all(|w| w.chars().all(char::is_alphabetic));
            let fits = if letters {
                (s.is_glued(end) || words.concat().len() == 3)
                    && s.text(start).chars().all(char::is_uppercase)
                    || words.concat() == "rs" && s.is_capital(start)
            } else {
                let letters = (start..end).find(|&k| s.kind(k) == Some(crate::lex::LexKind::Word));
                letters.is_none_or(|k| s.text(k).chars().all(char::is_uppercase))
            };
            fits.then_some((*code, start))
        })
        .min_by_key(|(_, start)| *start)
}

/// The position after the issuer behind a sum: `$76 US`, `$75 U.S.`.
pub(super) fn skip_issuer(s: &Lexemes<'_>, i: usize) -> usize {
    match s.text(i) {
        "US" => i + 1,
        "U" => s.phrase(i, &["u", ".", "s", "."]).unwrap_or(i),
        _ => i,
    }
}

/// The unit behind a number that ends before `i`. `value_is_large` tells sums of money from weights.
pub(super) fn unit_after(s: &Lexemes<'_>, i: usize, large: bool) -> Option<UnitFound> {
    percent(s, i)
        .or_else(|| bracketed(s, i))
        .or_else(|| money_after(s, i, large))
        .or_else(|| squared(s, i))
        .or_else(|| listed(s, i))
}

fn percent(s: &Lexemes<'_>, i: usize) -> Option<UnitFound> {
    let i = s.skip_hyphen(i);
    if let Some(end) = s
        .phrase(i, &["percentage", "point"])
        .or_else(|| s.phrase(i, &["percentage", "points"]))
    {
        return Some(UnitFound {
            name: "pp".into(),
            sort: UnitSort::Percent,
            end,
        });
    }
    let end = match s.lower(i) {
        "%" | "percent" | "pct" | "pc" | "percentage" => i + 1,
        "per" if s.lower(i + 1) == "cent" => i + 2,
        _ => return None,
    };
    Some(UnitFound {
        name: "%".into(),
        sort: UnitSort::Percent,
        end,
    })
}

/// `20 (kg)`, `20 [kg]`.
fn bracketed(s: &Lexemes<'_>, i: usize) -> Option<UnitFound> {
    if !s.is(i, &["(", "[", "{", "<"]) {
        return None;
    }
    let found = symbol(s, i + 1, true)?;
    s.is(found.end, &[")", "]", "}", ">"]).then(|| UnitFound {
        end: found.end + 1,
        ..found
    })
}

fn money_after(s: &Lexemes<'_>, i: usize, large: bool) -> Option<UnitFound> {
    let found = |name: &str, end| {
        Some(UnitFound {
            name: name.to_owned(),
            sort: UnitSort::Money,
            end,
        })
    };
    let mut at = s.skip_hyphen(i);
    let mut issuer = "";
    if let Some(end) = s.phrase(at, &["u", ".", "s", "."]) {
        (issuer, at) = ("u.s", end);
    } else if s.is(at, &["us"]) && s.is(at + 1, &["dollars", "cents", "dollar"]) {
        (issuer, at) = ("u.s", at + 1);
    } else if s.is(at, &["hong", "new"]) && s.is(at + 1, &["kong", "zealand"]) {
        (issuer, at) = (s.lower(at + 1), at + 2);
    } else if s.is_capital(at) || ISSUERS.iter().any(|(c, _, _)| *c == s.lower(at)) {
        (issuer, at) = (s.lower(at), at + 1);
    }
    let word = s.lower(at);
    let stem = word.strip_suffix('s').unwrap_or(word);
    if !issuer.is_empty() {
        if let Some((_, _, code)) = ISSUERS
            .iter()
            .find(|(c, unit, _)| *c == issuer && (*unit == stem || *unit == word))
        {
            return found(code, at + 1);
        }
        return MONEY_FORMS
            .named(word)
            .filter(|_| {
                ISSUERS.iter().any(|(c, _, _)| *c == issuer)
                    || issuer == "japanese"
                    || issuer == "chinese"
                    || issuer == "russian"
                    || issuer == "indian"
                    || issuer == "malaysian"
            })
            .and_then(|code| found(code, at + 1))
            .or_else(|| money_word(s, s.skip_hyphen(i), large));
    }
    money_word(s, at, large)
}

fn money_word(s: &Lexemes<'_>, i: usize, large: bool) -> Option<UnitFound> {
    let word = s.lower(i);
    let name = match word {
        "pound" | "pounds" if large || s.lower(i + 1) == "sterling" => "GBP",
        "pound" | "pounds" | "won" | "real" | "mark" | "marks" | "crown" | "crowns" | "rand"
            if !large =>
        {
            return None;
        }
        // "10 $", where the sign does not belong to a sum that follows.
        "$" if s.n_digits(i + 1) == 0 => "USD",
        // "118.5p" is a price in pence.
        "p" if s.text(i) == "p" && !(s.lower(i + 1) == "." && s.lower(i + 2) == "m") => "GBP pence",
        _ => MONEY_FORMS.named(word)?,
    };
    let end = if name == "GBP" {
        s.skip(i + 1, "sterling")
    } else {
        i + 1
    };
    Some(UnitFound {
        name: name.to_owned(),
        sort: UnitSort::Money,
        end,
    })
}

/// `square miles`, `sq m`, `cubic feet`, `m2`, `km²`.
fn squared(s: &Lexemes<'_>, i: usize) -> Option<UnitFound> {
    let i = s.skip_hyphen(i);
    let measure = |name: String, end| UnitFound {
        name,
        sort: UnitSort::Measure,
        end,
    };
    let power = match s.lower(i) {
        "square" | "sq" => Some("²"),
        "cubic" | "cu" => Some("³"),
        _ => None,
    };
    if let Some(power) = power {
        let dot = if s.lower(i + 1) == "." && s.is_glued(i + 1) {
            i + 2
        } else {
            i + 1
        };
        let of = listed(s, dot).or_else(|| symbol(s, dot, true))?;
        return Some(measure(of.name + power, of.end));
    }
    let of = symbol(s, i, false)?;
    let power = match s.text(of.end) {
        "2" | "²" if s.is_glued(of.end) => "²",
        "3" | "³" if s.is_glued(of.end) => "³",
        _ => return None,
    };
    Some(measure(of.name + power, of.end + 1))
}

fn listed(s: &Lexemes<'_>, i: usize) -> Option<UnitFound> {
    let i = s.skip_hyphen(i);
    let find = |forms: &Forms, sort| -> Option<UnitFound> {
        forms
            .from(s.lower(i))
            .iter()
            .filter_map(|&(name, words)| Some((name, phrase(s, i, words)?)))
            .max_by_key(|(_, end)| *end)
            .map(|(name, end)| UnitFound {
                name: name.to_owned(),
                sort,
                end,
            })
    };
    if s.is(i, &["pound", "pounds"]) {
        if let Some(end) = phrase(s, i, "pound-feet") {
            return Some(UnitFound {
                name: "lb-ft".into(),
                sort: UnitSort::Measure,
                end,
            });
        }
        return Some(UnitFound {
            name: "lb".into(),
            sort: UnitSort::Measure,
            end: i + 1,
        });
    }
    find(&WORD_FORMS, UnitSort::Measure)
        .or_else(|| find(&TIME_FORMS, UnitSort::Duration))
        .or_else(|| symbol(s, i, false))
}

/// The position after `words`, which may hold blanks or hyphens, if they stand at `i`.
fn phrase(s: &Lexemes<'_>, i: usize, words: &str) -> Option<usize> {
    let mut at = i;
    for word in words.split([' ', '-']) {
        at = if at > i { s.skip_hyphen(at) } else { at };
        if s.lower(at) != word {
            return None;
        }
        at += 1;
    }
    Some(at)
}

fn symbol(s: &Lexemes<'_>, i: usize, anywhere: bool) -> Option<UnitFound> {
    let text = s.text(i);
    let degrees = (matches!(text, "°" | "º") && s.is_glued(i + 1))
        .then(|| SYMBOL_FORMS.named(&format!("{text}{}", s.text(i + 1))))
        .flatten();
    let (name, end) = match degrees {
        Some(name) => (name, i + 2),
        None => (SYMBOL_FORMS.named(text)?, i + 1),
    };
    let touches = s.is_glued(i) || anywhere;
    if GLUED_ONLY.contains(&text) && !touches && !matches!(text, "m" | "g" | "W" | "V") {
        return None;
    }
    // The mark that ends a quotation looks like the one for inches: 'between "400 and 450" families'.
    if text == "\"" && closes_quotation(s, i) {
        return None;
    }
    let sort = if matches!(name, "min" | "h" | "s" | "ms") {
        UnitSort::Duration
    } else {
        UnitSort::Measure
    };
    Some(UnitFound {
        name: name.to_owned(),
        sort,
        end,
    })
}

/// True for a straight mark with an odd number of its kind before it in the passage.
fn closes_quotation(s: &Lexemes<'_>, i: usize) -> bool {
    let before = s.at(i).map_or("", |l| &s.doc().text()[..l.start]);
    before.matches('"').count() % 2 == 1
}

/// The period or thing of a rate behind a unit: `a week`, `per gram`, `/kWh`, `an ounce`, `a share`.
pub(super) fn per_after(s: &Lexemes<'_>, i: usize) -> Option<(String, usize)> {
    let joined = s.is_hyphen(i);
    let at = s.skip_hyphen(i);
    let word = s.lower(at);
    let thing = match word {
        "per" | "every" | "each" => at + 1,
        "/" if s.is_glued(at) && s.is_glued(at + 1) => at + 1,
        "a" | "an" => {
            let next = s.skip_hyphen(at + 1);
            let periodic = TIMES.iter().any(|(_, w)| w[0] == s.lower(next))
                || s.is(
                    next,
                    &[
                        "share", "barrel", "ounce", "head", "piece", "gallon", "pound", "ton",
                        "tonne", "dozen", "mile", "unit",
                    ],
                );
            let other = s.is(
                next + 1,
                &["earlier", "ago", "later", "before", "after", "from"],
            );
            if !periodic || other || (joined && next == at + 1) {
                return None;
            }
            next
        }
        "annually" | "yearly" => return Some(("year".into(), at + 1)),
        "daily" => return Some(("day".into(), at + 1)),
        "weekly" => return Some(("week".into(), at + 1)),
        "monthly" => return Some(("month".into(), at + 1)),
        _ => return None,
    };
    if s.is(thing, &["annum"]) {
        return Some(("year".into(), thing + 1));
    }
    if let Some(unit) = squared(s, thing) {
        return Some((unit.name, unit.end));
    }
    if s.kind(thing) != Some(crate::lex::LexKind::Word)
        || s.is(thing, &["se", "capita"]) && word != "per"
    {
        return None;
    }
    Some((s.lower(thing).to_owned(), thing + 1))
}

/// True for a unit of time, singular or plural.
pub(super) fn is_time_unit(word: &str) -> bool {
    TIME_FORMS.named(word).is_some()
}
