//! The day on which a paper says that it was issued: "Transmitted to the Chair on 15 August 2022", "Answered 18 June",
//! "Regular briefing, 14 November 2023".

use verbale_core::PartialDate;

use crate::{
    dates::{self, FoundDate},
    phrases,
};

/// What is done with a paper on the day that counts.
const ISSUED: &[&str] = &[
    "published",
    "issued",
    "released",
    "transmitted",
    "answered",
    "adopted",
    "dated",
    "delivered",
    "circulated",
    "presented",
    "replied",
    "posted",
];

/// What is done with it, or with what it answers, on another day.
const RECEIVED: &[&str] = &[
    "received",
    "asked",
    "tabled",
    "submitted",
    "lodged",
    "updated",
    "printed",
    "retrieved",
    "accessed",
    "captured",
];

/// Occasions on which somebody speaks: the day in their name is the day of the words.
const OCCASIONS: &[&str] = &[
    "briefing",
    "statement",
    "remarks",
    "conference",
    "transcript",
    "speech",
    "address",
    "interview",
    "hearing",
    "minutes",
    "bulletin",
    "communique",
    "communiqué",
    "notice",
    "newsletter",
    "release",
];

/// Words between what is done and its day: "transmitted to the Chair of the Committee on".
const MAX_WORDS_BEFORE: usize = 12;

/// "Free for use from 3 May", "Embargoed until 3 May": a release is out on that day.
pub(super) fn is_notice_of_release(folded: &str) -> bool {
    [
        "free for use",
        "for release",
        "for immediate release",
        "embargoed until",
        "embargo:",
    ]
    .iter()
    .any(|w| folded.contains(w))
}

/// Most bytes of a notice of release before its day.
const MAX_NOTICE_BYTES: usize = 60;

/// The day of issue in a line of the head with these `dates`; a month will do right behind the word.
pub(crate) fn issued(line: &str, dates: &[FoundDate]) -> Option<PartialDate> {
    let mut from = 0;
    let full = dates.iter().find_map(|d| {
        let before = &line[from..d.range.start];
        from = d.range.end;
        (last_done(before)? == Done::Issued).then_some(d.date)
    });
    full.or_else(|| month_of_issue(line))
}

/// The day in the name of an occasion: the only date of a line that has one.
pub(crate) fn of_occasion(line: &str, dates: &[FoundDate]) -> Option<PartialDate> {
    let [only] = dates else {
        return None;
    };
    let folded = phrases::fold(line);
    let speaks = words(&folded).any(|w| OCCASIONS.contains(&w));
    speaks.then_some(only.date)
}

/// The first date of a line that is not the day on which something was received.
pub(crate) fn not_received(line: &str, dates: &[FoundDate]) -> Option<PartialDate> {
    let mut from = 0;
    dates.iter().find_map(|d| {
        let before = &line[from..d.range.start];
        from = d.range.end;
        (last_done(before) != Some(Done::Received)).then_some(d.date)
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Done {
    Issued,
    Received,
}

/// What the words before a date say was done on it.
fn last_done(before: &str) -> Option<Done> {
    let folded = phrases::fold(before.rsplit(['.', ';']).next().unwrap_or(before));
    if is_notice_of_release(&folded) && folded.len() <= MAX_NOTICE_BYTES {
        return Some(Done::Issued);
    }
    let all: Vec<&str> = words(&folded).collect();
    all.iter()
        .rev()
        .take(MAX_WORDS_BEFORE)
        .find_map(|w| match *w {
            w if ISSUED.contains(&w) => Some(Done::Issued),
            w if RECEIVED.contains(&w) => Some(Done::Received),
            _ => None,
        })
}

/// "Published June 2022", "Issued in June 2022".
fn month_of_issue(line: &str) -> Option<PartialDate> {
    let folded = phrases::fold(line);
    let all: Vec<&str> = words(&folded).collect();
    all.windows(4).chain(all.windows(3)).find_map(|w| {
        let (word, rest) = w.split_first()?;
        let rest = rest.strip_prefix(&["in"]).unwrap_or(rest);
        let [month, year] = rest else {
            return None;
        };
        let year: i16 = year.parse().ok().filter(|y| (1990..=2100).contains(y))?;
        let month = dates::month(month).filter(|_| ISSUED.contains(word))?;
        PartialDate::new(Some(year), Some(month), None)
    })
}

fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::Order;

    fn day(find: impl Fn(&str, &[FoundDate]) -> Option<PartialDate>, line: &str) -> String {
        let dates = dates::find(line, Order::DayFirst);
        find(line, &dates).map_or_else(String::new, |d| d.to_string())
    }

    #[test]
    fn papers_say_when_they_were_issued() {
        for (line, expected) in [
            (
                "*Transmitted to the Chair of the Board on 15 August 2032*",
                "2032-08-15",
            ),
            ("Received 27 May 2034. Answered 18 June 2034.", "2034-06-18"),
            (
                "Mine clearance in Orn, 2029–2031. Summary. Published June 2032.",
                "2032-06",
            ),
            ("Issued in March 2031 by the harbor office", "2031-03"),
            ("The ferry left on 3 May 2031.", ""),
            ("Received 27 May 2034", ""),
        ] {
            assert_eq!(day(issued, line), expected, "{line}");
        }
    }

    #[test]
    fn an_occasion_has_its_day_in_its_name() {
        let line = "Regular briefing by the Spokesperson, Tuesday, 14 November 2033";
        assert_eq!(day(of_occasion, line), "2033-11-14");
        assert_eq!(day(of_occasion, "The ferry of 3 May 2031"), "");
        assert_eq!(
            day(
                of_occasion,
                "Statement of 3 May 2031 on the fire of 1 May 2031"
            ),
            ""
        );
    }

    #[test]
    fn what_was_received_is_not_what_was_issued() {
        assert_eq!(
            day(not_received, "Received 27 May 2034. Answered 18 June 2034."),
            "2034-06-18"
        );
        assert_eq!(day(not_received, "3 May 2031, 18:34"), "2031-05-03");
    }
}
