use proptest::prelude::*;
use verbale_core::{Anchor, Document, Metadata, PageId, Passage, Role, TextRange, TextSize};
use verbale_nlp::Doc;

use super::*;

/// Marks the times of `text` without a pipeline: `[the words=VALUE]`.
fn marked(text: &str, published: Option<&str>) -> String {
    let times = read_text(text, published.map(|p| p.parse().unwrap()));
    let mut out = String::new();
    let mut at = 0;
    for t in times {
        let range = std::ops::Range::<usize>::from(t.range.unwrap());
        out += &text[at..range.start];
        out += &format!(
            "[{}={}]",
            &text[range.clone()],
            t.value.as_deref().unwrap_or("?")
        );
        at = range.end;
    }
    out + &text[at..]
}

fn read_text(text: &str, published: Option<PartialDate>) -> Vec<Timex> {
    with_reading(text, |reading| find(reading, published))
}

fn with_reading<T>(text: &str, f: impl FnOnce(&Reading<'_>) -> T) -> T {
    let passage = Passage {
        role: Role::Body,
        range: TextRange::up_to(TextSize::of(text)),
        repeats: None,
    };
    let page = PageId::of(text.as_bytes());
    let document = Document::new(page, text.to_owned(), vec![passage], Metadata::default());
    f(&Reading::new(&document, |t| Doc::from_parts(t, Vec::new())))
}

/// `expected` is the text with its times marked, as read on Thursday 30 January 2020.
fn check(expected: &str) {
    let mut text = String::new();
    let mut rest = expected;
    while let Some((before, after)) = rest.split_once('[') {
        let (inside, tail) = after.split_once(']').unwrap();
        text += before;
        text += inside.split_once('=').unwrap().0;
        rest = tail;
    }
    text += rest;
    assert_eq!(marked(&text, Some("2020-01-30")), expected);
}

#[test]
fn explicit_dates_in_every_order() {
    check("It opened on [March 3, 2019=2019-03-03] and closed on [4 May 2019=2019-05-04].");
    check("On [the 12th of October 2018=2018-10-12] a plaque was put up.");
    check(
        "Filed [2020-01-24=2020-01-24], [24.01.2020=2020-01-24], [01/24/2020=2020-01-24], [25/01/2020=2020-01-25].",
    );
    check("It fell on a [Friday, Oct. 23, 1998=1998-10-23].");
    check("Ties began in [June of 1995=1995-06] and ended in [September, 2001=2001-09].");
    check("The talks ran [January 20-22=2020-01-20/2020-01-22] in the capital.");
    check("The war of [1941-1945=1941/1945], the crisis of [2008-09=2008/2009].");
}

#[test]
fn dates_without_a_year_take_the_nearest() {
    check("The bridge closed on [Dec. 22=2019-12-22].");
    check("The order of [December 22 last year=2019-12-22] stands.");
    check("In [April last year=2019-04] a delegation came.");
    check("It ends on [March 18=2020-03-18].");
    check("The ministry said on [Wednesday=2020-01-29] that it would not.");
}

#[test]
fn relative_to_the_page() {
    check("[Last week=2020-W04], [last year=2019] and [next month=2020-02].");
    check("[Yesterday=2020-01-29] and [tomorrow morning=2020-01-31TMO].");
    check(
        "It left [two weeks ago=2020-W03], [three days ago=2020-01-27] or [a month ago=2019-12].",
    );
    check("[Next Monday=2020-02-03], [last Friday=2020-01-24], [last summer=2019-SU].");
    check("[Earlier this month=2020-01], [later this year=2020], [early last week=2020-W04].");
}

#[test]
fn relative_to_the_text() {
    check("They met on [May 3, 2018=2018-05-03] and [the following day=2018-05-04] parted.");
    check("It opened in [2015=2015] and closed [two years later=2017].");
    check("Signed on [May 3, 2018=2018-05-03], it was void [a week later=2018-W19].");
}

#[test]
fn parts_and_ranges() {
    check("By [the end of 2019=2019] or [mid-2023=2023], in [the early 1990s=199].");
    check("Between [March and May 2019=2019-03/2019-05] it stood still.");
    check("From [2001 to 2009=2001/2009] nobody came.");
    check("In [the second quarter of 2019=2019-Q2] and [the first half of 2019=2019-H1].");
    check("In [the 19th century=18] and [summer 2019=2019-SU].");
}

#[test]
fn durations_and_recurrences() {
    check("For [six months=P6M], [at least 30 days=P30D], [two and a half years=P2Y6M].");
    check("Over [the past two years=P2Y] and [several days=PXD].");
    check("[Every Friday=XXXX-WXX-5], [twice a week=P1W], [every two years=P2Y].");
    check("[A year and a half=P1Y6M] or [90 minutes=PT90M].");
}

#[test]
fn clock_times() {
    check("At [10:30 a.m. on Thursday=2020-01-30T10:30] sharp.");
    check("Until [5 p.m. EST Nov. 6=2019-11-06T17:00] only.");
    check("On [the night of January 28=2020-01-28TNI] it burned.");
}

#[test]
fn what_is_not_a_time() {
    check("Resolution 1718, flight 1970 and $2015 are not years.");
    check("You may march on; the fall of the wall; a 6-year-old boy.");
    check("One second, please: three-quarters of them, 3.5 percent.");
}

#[test]
fn without_a_date_nothing_is_filled_in() {
    assert_eq!(
        marked(
            "On Thursday, March 18 and last year it snowed; it did in 2018.",
            None
        ),
        "On [Thursday, March 18=--03-18] and [last year=?] it snowed; it did in [2018=2018]."
    );
    assert_eq!(
        marked("He said so on Thursday.", None),
        "He said so on [Thursday=XXXX-WXX-4]."
    );
    for t in read_text("Last year and on Thursday.", None) {
        assert_eq!((t.anchor, t.interval), (Anchor::Missing, None), "{}", t.raw);
    }
}

#[test]
fn a_date_known_to_the_year_resolves_years_only() {
    assert_eq!(
        marked("Last year and last week.", Some("2020")),
        "[Last year=2019] and [last week=?]."
    );
}

#[test]
fn intervals_follow_modifiers_and_prepositions() {
    let days = |text: &str| {
        let times = read_text(text, "2020-01-30".parse().ok());
        times[0].interval.map(|i| i.to_string()).unwrap_or_default()
    };
    assert_eq!(days("since December"), "2019-12-01/..");
    assert_eq!(days("by the end of 2019"), "../2019-12-31");
    assert_eq!(days("before 2019"), "../2018-12-31");
    assert_eq!(days("mid-2019"), "2019-05-02/2019-08-31");
    assert_eq!(days("last week"), "2020-01-20/2020-01-26");
    assert_eq!(days("between March and May 2019"), "2019-03-01/2019-05-31");
}

proptest! {
    #[test]
    fn reads_anything(text in "\\PC{0,80}") {
        holds(&text)?;
    }

    #[test]
    fn reads_anything_made_of_its_own_words(words in prop::collection::vec(prop::sample::select(WORDS), 0..14)) {
        holds(&words.join(" "))?;
        holds(&words.concat())?;
    }
}

const WORDS: &[&str] = &[
    "the", "last", "next", "a", "99999999", "31", "2019", "9999", "0", "February", "Feb.", "day",
    "weeks", "ago", "later", "century", "quarter", "first", "early", "end", "of", "mid", "-", "/",
    ".", "'", "Friday", "night", "every", "two", "million", "thousand", "and", "half", "10", ":",
    "p.m.", "since", "from", "to", "years", "fall", "Easter", "before", "1/2", "é", "’s", ",",
    "week", "year", "this", "past", "decades",
];

/// No panic; ranges lie in the text in order, apart from each other; the same again gives the same.
fn holds(text: &str) -> Result<(), TestCaseError> {
    for published in [None, Some("2020-01-30"), Some("9999-12-31"), Some("2020")] {
        let published = published.map(|p| p.parse().unwrap());
        let times = read_text(text, published);
        let mut end = TextSize::default();
        for t in &times {
            let range = t.range.unwrap();
            prop_assert!(range.start() >= end && !range.is_empty());
            prop_assert_eq!(&text[range], &t.raw);
            end = range.end();
        }
        prop_assert_eq!(&times, &read_text(text, published));
        with_reading(text, |r| find_all(r, published));
    }
    Ok(())
}
