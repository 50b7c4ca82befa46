//! Two obligations, or two events: rival readings of one paragraph; what one asserts and the other denies.

use verbale_core::{Act, Event, Obligation, Polarity, Proposition};

use super::{Answer, ConflictKind, Side, WhyNot, conflict, not, time};
use crate::{Bag, Entry, Lexicon, When, voice::is_office_word};

/// Two obligations on one paragraph are rival readings if two parties give it different content.
pub(super) fn judge(lexicon: &Lexicon, one: &Side<'_>, other: &Side<'_>) -> Answer {
    let (a, b) = (one.entry, other.entry);
    let (Proposition::Obligation(x), Proposition::Obligation(y)) =
        (&a.claim.proposition, &b.claim.proposition)
    else {
        return not(WhyNot::Kind, "They are not both obligations.".into());
    };
    if !is_one_paragraph(lexicon, (x, y), a.page == b.page) {
        return not(WhyNot::Measure, "They speak of two duties.".into());
    }
    let (dx, dy) = (content(lexicon, x), content(lexicon, y));
    let is_denied = |e: Entry<'_>| e.claim.polarity == Polarity::Denied;
    if dx == dy && is_denied(a) == is_denied(b) {
        return not(
            WhyNot::Compatible,
            "Both give the paragraph one content.".into(),
        );
    }
    if !(is_reading(a) && is_reading(b)) {
        return not(
            WhyNot::Compatible,
            "At least one of them tells the rule without a party to it.".into(),
        );
    }
    if one.has_voice_of(other) {
        return not(
            WhyNot::Compatible,
            "One party says both about the paragraph.".into(),
        );
    }
    if are_of_one_side(lexicon, a, b) {
        return not(
            WhyNot::Compatible,
            "Two offices of one side say it in their own words.".into(),
        );
    }
    let paragraph = x
        .paragraph
        .as_deref()
        .or(y.paragraph.as_deref())
        .unwrap_or("?");
    conflict(
        ConflictKind::RivalReadings,
        format!(
            "{} and {} read paragraph {paragraph} differently: “{}”; “{}”.",
            a.voice(),
            b.voice(),
            x.action,
            y.action
        ),
    )
}

/// Words that many instruments have in their names; "the resolution" on another page may be any. Sorted.
const KINDS_OF_INSTRUMENT: &[&str] = &[
    "accord",
    "act",
    "agreement",
    "bill",
    "charter",
    "code",
    "constitution",
    "convention",
    "council",
    "covenant",
    "deal",
    "decision",
    "declaration",
    "decree",
    "directive",
    "executive",
    "general",
    "international",
    "law",
    "memorandum",
    "order",
    "pact",
    "protocol",
    "regulation",
    "resolution",
    "rule",
    "sanction",
    "security",
    "settlement",
    "statute",
    "text",
    "treaty",
    "truce",
    "unsc",
    "unscr",
];

/// The stems of an instrument's name, its number among them.
pub(crate) fn instrument_bag(lexicon: &Lexicon, name: &str) -> Bag {
    let is_number = |s: &String| s.starts_with(|c: char| c.is_ascii_digit());
    let numbers: Bag = lexicon.stems(name).into_iter().filter(is_number).collect();
    Bag::of(lexicon, name).with(&numbers)
}

/// True if a stem tells an instrument from others of its kind.
pub(crate) fn tells_instrument(stem: &str) -> bool {
    // A capital costs a word its last vowels.
    let is_kind =
        |kind: &&str| kind.trim_end_matches(['a', 'e', 'i', 'o']) == stem || *kind == stem;
    !KINDS_OF_INSTRUMENT.iter().any(is_kind)
}

/// True if two duties name one paragraph of one instrument: the words of one name are in the other, and either share
/// what tells it from others of its kind or stand on one page.
fn is_one_paragraph(
    lexicon: &Lexicon,
    (x, y): (&Obligation, &Obligation),
    on_one_page: bool,
) -> bool {
    let (Some(i), Some(j)) = (&x.instrument, &y.instrument) else {
        return false;
    };
    let (a, b) = (instrument_bag(lexicon, i), instrument_bag(lexicon, j));
    let is_told = || {
        a.iter()
            .any(|stem| tells_instrument(stem) && b.contains(stem))
    };
    let is_one = !a.is_empty()
        && !b.is_empty()
        && (a.covers(&b) || b.covers(&a))
        && (on_one_page || is_told());
    is_one && x.paragraph.is_some() && x.paragraph == y.paragraph
}

/// True if the names of the two speakers share a proper name: two offices of one state.
fn are_of_one_side(lexicon: &Lexicon, a: Entry<'_>, b: Entry<'_>) -> bool {
    let names = |e: Entry<'_>| -> Bag {
        let speaker = e.claim.attribution.speaker.as_ref();
        let words = speaker
            .into_iter()
            .flat_map(|s| [Some(s.name.as_str()), s.org.as_deref()])
            .flatten();
        let mut bag = proper_names(lexicon, words);
        bag.retain(|s| !is_office_word(s));
        bag
    };
    names(a).n_shared(&names(b)) > 0
}

fn content(lexicon: &Lexicon, o: &Obligation) -> Bag {
    Bag::of(lexicon, &o.action)
}

/// True if somebody speaks who is not the page itself, and says what the rule means rather than what he wants.
pub(crate) fn is_reading(e: Entry<'_>) -> bool {
    let speaker = e.speaker();
    let is_party = speaker.is_some() && speaker != e.publisher() || is_own_page(e);
    is_party
        && speaker != e.agency()
        && !matches!(e.claim.attribution.act, Act::Demand | Act::Promise)
}

/// On an office's own page the publisher is a party.
fn is_own_page(e: Entry<'_>) -> bool {
    let kind = e.metadata.kind.as_str();
    kind.contains("statement") || kind.contains("official") || kind.contains("own page")
}

/// Two events conflict if one is asserted and the other denied.
pub(super) fn judge_events(lexicon: &Lexicon, one: &Side<'_>, other: &Side<'_>) -> Answer {
    let (a, b) = (one.entry, other.entry);
    let (Proposition::Event(x), Proposition::Event(y)) =
        (&a.claim.proposition, &b.claim.proposition)
    else {
        return not(WhyNot::Kind, "They are not both events.".into());
    };
    let what = |e: &Event| {
        let actors = Bag::of(lexicon, &e.actors.join(" "));
        (Bag::of(lexicon, &e.label), actors)
    };
    let ((lx, ax), (ly, ay)) = (what(x), what(y));
    let one_actor = ax.is_empty() || ay.is_empty() || ax.n_shared(&ay) > 0;
    if lx != ly || lx.is_empty() || !one_actor {
        return not(WhyNot::Measure, "They are two events.".into());
    }
    if a.page != b.page && names_in(lexicon, x).n_shared(&names_in(lexicon, y)) == 0 {
        return not(
            WhyNot::Measure,
            "No name that they share tells that they are one event.".into(),
        );
    }
    if a.claim.polarity == b.claim.polarity {
        return not(
            WhyNot::Compatible,
            "Neither denies what the other asserts.".into(),
        );
    }
    if let (When::Known(i), When::Known(j)) = (a.when(), b.when())
        && !i.overlaps(j)
    {
        return not(
            WhyNot::Date,
            format!(
                "One is dated {}, the other {}.",
                time::in_words(a),
                time::in_words(b)
            ),
        );
    }
    let (asserts, denies) = if a.claim.polarity == Polarity::Asserted {
        (a, b)
    } else {
        (b, a)
    };
    conflict(
        ConflictKind::Contradiction,
        format!(
            "{} asserts the {}, {} denies it.",
            asserts.voice(),
            x.label,
            denies.voice()
        ),
    )
}

/// The names in what happened, to whom and where: "the mission" of one page is not that of another.
fn names_in(lexicon: &Lexicon, e: &Event) -> Bag {
    let words = e.actors.iter().map(String::as_str);
    proper_names(
        lexicon,
        words.chain([e.label.as_str()]).chain(e.place.as_deref()),
    )
}

/// The capitalized words of these.
fn proper_names<'a>(lexicon: &Lexicon, texts: impl Iterator<Item = &'a str>) -> Bag {
    let capitals = texts
        .flat_map(str::split_whitespace)
        .filter(|w| w.starts_with(char::is_uppercase));
    Bag::of(lexicon, &capitals.collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_one(a: &str, b: &str, on_one_page: bool) -> bool {
        let duty = |instrument: &str| Obligation {
            instrument: Some(instrument.to_owned()),
            paragraph: Some("8".into()),
            party: None,
            action: String::new(),
            deadline: None,
        };
        let lexicon = crate::lexicon::for_tests();
        let both = [(a, b), (b, a)]
            .map(|(a, b)| is_one_paragraph(lexicon, (&duty(a), &duty(b)), on_one_page));
        assert_eq!(both[0], both[1]);
        both[0]
    }

    #[test]
    fn only_names_tell_the_event_of_another_page() {
        let shared = |one: &[&str], other: &[&str]| {
            let event = |actors: &[&str]| Event {
                label: "request".into(),
                actors: actors.iter().map(|a| (*a).to_owned()).collect(),
                place: None,
                date: None,
            };
            let lexicon = crate::lexicon::for_tests();
            names_in(lexicon, &event(one)).n_shared(&names_in(lexicon, &event(other)))
        };
        assert_eq!(shared(&["mission"], &["no mission"]), 0);
        assert_eq!(
            shared(&["mission of Norvale"], &["Norvale", "the company"]),
            1
        );
    }

    #[test]
    fn kinds_of_instruments_are_sorted() {
        assert!(KINDS_OF_INSTRUMENT.is_sorted());
    }

    #[test]
    fn an_instrument_is_told_by_its_own_words_and_its_number() {
        assert!(is_one(
            "Resolution 425",
            "UN Security Council Resolution 425",
            false
        ));
        assert!(!is_one("Resolution 425", "Resolution 338", true));
        assert!(is_one(
            "Brannock Protocol",
            "the Brannock Protocol (2023)",
            false
        ));
        assert!(!is_one("Brannock Protocol", "Brannock Accord", true));
    }

    #[test]
    fn the_treaty_of_one_page_is_not_that_of_another() {
        for kind in [
            "the resolution",
            "the Treaty",
            "the Directive",
            "the decree",
        ] {
            let own = format!("{kind} of Brannock");
            assert!(is_one(kind, &own, true), "{kind}");
            assert!(
                !is_one(kind, &own, false) && !is_one(kind, kind, false),
                "{kind}"
            );
        }
    }
}
