//! Times of the clock and parts of days: `10:30 a.m. on Thursday`, `5 p.m. EST Nov. 9`, `the night of January 28`.

use super::{dates, longest, relative};
use crate::{
    lex::{LexKind, Lexemes},
    times::{
        expr::{Clock, Expr, Meaning},
        words::{self, DayPart},
    },
};

/// The longest clock time or part of a day at `i`.
pub(super) fn clock(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    longest([clock_first(s, i), day_first(s, i), part_of(s, i)])
}

/// A clock time with the day after it, if one is.
fn clock_first(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let (time, end) = time(s, i)?;
    let end = skip_zone(s, end);
    let day = day_after(s, end);
    let meaning = |day| Meaning::AtClock(day, time);
    Some(match day {
        Some(day) => Expr::plain(day.end, meaning(Some(Box::new(day.meaning)))),
        None => Expr::plain(end, meaning(None)),
    })
}

/// The day that follows a clock time, after `on`, a comma or nothing.
fn day_after(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let at = if s.is(i, &["on", ","]) { i + 1 } else { i };
    let found = longest([dates::date(s, at), relative::relative(s, at)])?;
    found.meaning.is_day().then_some(found)
}

/// `Thursday at 10:30 a.m.`
fn day_first(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let day =
        longest([dates::date(s, i), relative::relative(s, i)]).filter(|d| d.meaning.is_day())?;
    let at = s.skip(s.skip(day.end, ","), "at");
    let (time, end) = time(s, at).filter(|_| at > day.end)?;
    Some(Expr::plain(
        skip_zone(s, end),
        Meaning::AtClock(Some(Box::new(day.meaning)), time),
    ))
}

/// `10:30 a.m.`, `22:00`, `5 p.m.`, `4 in the morning`, `noon`.
fn time(s: &Lexemes<'_>, i: usize) -> Option<(Clock, usize)> {
    let placed = i > 0
        && s.is(
            i - 1,
            &[
                "at", "by", "before", "until", "till", "around", "after", "since", "about", "from",
                "to", "of", "and",
            ],
        );
    match s.lower(i) {
        "noon" | "midnight" if !placed => return None,
        "noon" => {
            return Some((
                Clock {
                    hour: 12,
                    minute: Some(0),
                },
                i + 1,
            ));
        }
        "midnight" => {
            return Some((
                Clock {
                    hour: 0,
                    minute: Some(0),
                },
                i + 1,
            ));
        }
        _ => {}
    }
    let before_glued =
        s.is_glued(i) && i > 0 && !s.is(i - 1, &["(", "\"", "“", "—", "-", "–", "["]);
    let hour = s
        .digits(i)
        .filter(|_| s.n_digits(i) <= 2 && !before_glued)?;
    let (minute, end) = minutes(s, i + 1);
    let (half, end) = match half_of_day(s, end) {
        Some((half, end)) => (Some(half), end),
        None if minute.is_some() && s.lower(i + 1) == ":" && s.n_digits(i + 2) == 2 => (None, end),
        None => return None,
    };
    let hour = match half {
        None if hour < 24 => hour,
        Some(Half::Morning) if (1..=12).contains(&hour) => hour % 12,
        Some(Half::Afternoon) if (1..=12).contains(&hour) => hour % 12 + 12,
        Some(Half::Clock) if (1..=12).contains(&hour) => hour,
        _ => return None,
    };
    let hour = u8::try_from(hour).ok()?;
    Some((
        Clock {
            hour,
            minute: minute.or(Some(0)),
        },
        end,
    ))
}

fn minutes(s: &Lexemes<'_>, i: usize) -> (Option<u8>, usize) {
    let joined =
        s.is(i, &[":", "."]) && s.is_glued(i) && s.is_glued(i + 1) && s.n_digits(i + 1) == 2;
    match s.digits(i + 1).filter(|&m| joined && m < 60) {
        Some(m) => {
            let seconds = s.lower(i + 2) == ":" && s.is_glued(i + 2) && s.n_digits(i + 3) == 2;
            (u8::try_from(m).ok(), if seconds { i + 4 } else { i + 2 })
        }
        None => (None, i),
    }
}

#[derive(Debug, Clone, Copy)]
enum Half {
    Morning,
    Afternoon,
    /// "o'clock": the words do not say which.
    Clock,
}

/// `a.m.`, `pm`, `o'clock`, `in the morning`.
fn half_of_day(s: &Lexemes<'_>, i: usize) -> Option<(Half, usize)> {
    let marked = |half, word: &str, letters: [&str; 2]| {
        if s.lower(i) == word {
            return Some((half, i + 1));
        }
        let end = s.phrase(i, &[letters[0], ".", letters[1]])?;
        let stop = s.lower(end) == "." && s.is_glued(end);
        Some((half, if stop { end + 1 } else { end }))
    };
    marked(Half::Morning, "am", ["a", "m"])
        .or_else(|| marked(Half::Afternoon, "pm", ["p", "m"]))
        .or_else(|| {
            let end = s.phrase(i, &["in", "the"])?;
            match words::day_part(s.lower(end))? {
                DayPart::Morning => Some((Half::Morning, end + 1)),
                DayPart::Afternoon | DayPart::Evening => Some((Half::Afternoon, end + 1)),
                _ => None,
            }
        })
        .or_else(|| {
            s.is(i, &["o'clock", "o’clock"])
                .then_some((Half::Clock, i + 1))
        })
}

/// The position after a time zone: `EST`, `GMT`, `local time`, `(1400 GMT)`.
fn skip_zone(s: &Lexemes<'_>, i: usize) -> usize {
    if let Some(end) = s.phrase(i, &["local", "time"]) {
        return end;
    }
    let zone = s.is(
        i,
        &[
            "est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt", "et", "gmt", "utc", "bst",
            "cet",
        ],
    );
    if zone && s.text(i).chars().all(char::is_uppercase) {
        i + 1
    } else {
        i
    }
}

/// `the night of January 28`, `the morning of the following day`.
fn part_of(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let at = s.skip(i, "the");
    let part = words::day_part(s.lower(at)).filter(|_| s.kind(at) == Some(LexKind::Word))?;
    let of = s.phrase(at + 1, &["of"])?;
    let day = longest([dates::date(s, of), relative::relative(s, of)])?;
    day.meaning
        .is_day()
        .then(|| Expr::plain(day.end, Meaning::InDay(Some(Box::new(day.meaning)), part)))
}
