use proptest::prelude::*;
use verbale_core::{Decimal, Document, Metadata, PageId, Passage, Role, TextSize};
use verbale_nlp::{Doc, TokenAnnotation};
use verbale_pack::Packs;

use super::*;
use crate::{Reading, times};

/// A doc from words with Penn tags where they matter (`workers/NNS`), without heads.
fn tagged(marked: &str) -> Doc {
    let mut text = String::new();
    let mut tokens = Vec::new();
    for word in marked.split(' ') {
        let (word, tag) = word.rsplit_once('/').unwrap_or((word, ""));
        if !text.is_empty() {
            text.push(' ');
        }
        for part in parts(word) {
            let start = text.len();
            text.push_str(part);
            let pos = match tag {
                "NN" | "NNS" => "NOUN",
                "NNP" | "NNPS" => "PROPN",
                "JJ" => "ADJ",
                "VBD" => "VERB",
                "IN" => "ADP",
                _ => "X",
            };
            tokens.push(TokenAnnotation {
                range: start..text.len(),
                lemma: part.to_lowercase(),
                tag: tag.to_owned(),
                pos: pos.to_owned(),
                head: tokens.len(),
                ..TokenAnnotation::default()
            });
        }
    }
    Doc::from_parts(text, tokens)
}

/// A word and the mark behind it.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    let cut = word
        .strip_suffix(['.', ',', ';'])
        .map_or(word.len(), str::len);
    let (word, mark) = word.split_at(cut);
    [word, mark].into_iter().filter(|p| !p.is_empty())
}

fn read(doc: &Doc) -> Vec<QuantityMention> {
    let text = doc.text();
    let passage = Passage {
        role: Role::Body,
        range: TextRange::up_to(TextSize::of(text)),
        repeats: None,
    };
    let page = PageId::of(text.as_bytes());
    let document = Document::new(page, text.to_owned(), vec![passage], Metadata::default());
    let reading = Reading::new(&document, |_| doc.clone());
    let times = times::find(&reading, "2020-01-30".parse().ok());
    static PACKS: std::sync::LazyLock<Packs> = std::sync::LazyLock::new(Packs::builtin);
    find(&reading, &times, &PACKS)
}

/// One mention as `words | value low..high | unit per | flags`.
fn show(doc: &Doc, m: &QuantityMention) -> String {
    let number = |n: Option<Decimal>| n.map(|n| n.normalize().to_string()).unwrap_or_default();
    let q = &m.quantity;
    let mut out = doc.text()[std::ops::Range::<usize>::from(m.range)].to_owned();
    out += &format!(" | {}", number(q.value));
    if q.is_bounded() {
        out += &format!(" {}..{}", number(q.low), number(q.high));
    }
    out += &format!(" | {}", q.unit.as_deref().unwrap_or("-"));
    if let Some(per) = &q.per {
        out += &format!(" per {per}");
    }
    let flags = [
        q.approximator.clone(),
        m.change.map(|c| format!("{c:?}")),
        m.base.then(|| "base".to_owned()),
        m.capacity.then(|| "capacity".to_owned()),
    ];
    for flag in flags.into_iter().flatten() {
        out += &format!(" +{flag}");
    }
    out
}

fn check(marked: &str, expected: &[&str]) {
    let doc = tagged(marked);
    let found: Vec<String> = read(&doc).iter().map(|m| show(&doc, m)).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_currency_of_many_states_is_none_of_theirs_until_one_is_named() {
    check(
        "8.4 million crowns/NNS",
        &["8.4 million crowns | 8400000 | crowns"],
    );
    check(
        "40 million Danish/JJ kroner/NNS",
        &["40 million Danish kroner | 40000000 | DKK"],
    );
    check(
        "2 billion marks/NNS",
        &["2 billion marks | 2000000000 | marks"],
    );
    check("five euros/NNS", &["five euros | 5 | EUR"]);
}

#[test]
fn bounds_as_the_words_state_them() {
    check(
        "fewer than 290 nationals/NNS left",
        &["fewer than 290 nationals | 290 ..289 | nationals +fewer than"],
    );
    check(
        "nearly 100,000 workers/NNS",
        &["nearly 100,000 workers | 100000 ..100000 | workers +nearly"],
    );
    check(
        "at least 4 posts/NNS",
        &["at least 4 posts | 4 4.. | posts +at least"],
    );
    check(
        "no more than two flights/NNS",
        &["no more than two flights | 2 ..2 | flights +no more than"],
    );
    check(
        "only nine envoys/NNS",
        &["only nine envoys | 9 | envoys +only"],
    );
    check(
        "less than 2.5 km/NN",
        &["less than 2.5 km | 2.5 ..2.5 | km +less than"],
    );
    check(
        "a thousand-odd men/NNS",
        &["a thousand-odd men | 1000 1000.. | men +odd"],
    );
}

#[test]
fn numbers_in_every_spelling() {
    check(
        "11.5 thousand workers/NNS",
        &["11.5 thousand workers | 11500 | workers"],
    );
    check(
        "about a dozen countries/NNS",
        &["about a dozen countries | 12 | countries +about"],
    );
    check("hundreds of/IN trucks/NNS", &["hundreds |  200.. | -"]);
    check(
        "between 10 and 12 ships/NNS",
        &["10 and 12 ships |  10..12 | ships"],
    );
    check("5-7 tons/NNS", &["5-7 tons |  5..7 | ton"]);
    check(
        "1 to 2 thousand people/NNS",
        &["1 to 2 thousand people |  1000..2000 | people"],
    );
    check(
        "zero confirmed/JJ cases/NNS",
        &["zero confirmed cases | 0 | cases"],
    );
}

#[test]
fn money_and_rates() {
    check(
        "more than \\$500 million a year",
        &["more than \\$500 million a year | 500000000 500000000.. | USD per year +more than"],
    );
    check("€3.5m was paid/VBD", &["€3.5m | 3500000 | EUR"]);
    check(
        "10.5 million Australian/JJ dollars/NNS",
        &["10.5 million Australian dollars | 10500000 | AUD"],
    );
    check(
        "two flights/NNS a week",
        &["two flights a week | 2 | flights per week"],
    );
    check(
        "$58.24 per barrel",
        &["$58.24 per barrel | 58.24 | USD per barrel"],
    );
    check("60 km per hour", &["60 km per hour | 60 | km per hour"]);
}

#[test]
fn changes_have_a_direction() {
    check("sales rose 8%", &["8% | 8 | % +Up"]);
    check("they fell to 8%", &["8% | 8 | %"]);
    check(
        "fell/VBD from 34,000 to 11,000 workers/NNS",
        &[
            "34,000 | 34000 | workers +Down",
            "11,000 workers | 11000 | workers +Down",
        ],
    );
}

#[test]
fn lists_share_units_and_hedges() {
    check(
        "some 50,000 workers/NNS were/VBD in China/NNP and 30,000 in Russia/NNP",
        &[
            "some 50,000 workers | 50000 | workers +some",
            "30,000 | 30000 | workers +some",
        ],
    );
    check(
        "2,035 tourist/NN and 2,610 student/NN visas/NNS",
        &[
            "2,035 tourist | 2035 | visas",
            "2,610 student visas | 2610 | visas",
        ],
    );
    check(
        "at least 40 boats/NNS and 12 in port/NN",
        &[
            "at least 40 boats | 40 40.. | boats +at least",
            "12 | 12 | boats",
        ],
    );
}

#[test]
fn bases_and_capacity_are_marked() {
    check(
        "almost all of the 11,490 workers/NNS",
        &["11,490 workers | 11490 | workers +almost all of +base"],
    );
    check(
        "half of the 34,000 men/NNS",
        &["half | 0.5 | -", "34,000 men | 34000 | men +base"],
    );
    check(
        "a capacity/NN of 500 beds/NNS",
        &["500 beds | 500 | beds +capacity"],
    );
}

#[test]
fn labels_and_dates_are_no_quantities() {
    for text in [
        "Resolution 2397 of the council",
        "paragraph 8, ¶8 and No. 5",
        "Covid-19 and Flight 370",
        "on 12 October 2018 and in 1989",
        "the 72nd time, the 3rd",
        "version 2.2.5 and 4:39 left",
        "no one said so",
    ] {
        assert_eq!(read(&tagged(text)), [], "{text}");
    }
}

#[test]
fn lengths_and_ages() {
    let natures = |text: &str| -> Vec<(Nature, bool)> {
        read(&tagged(text))
            .iter()
            .map(|m| (m.nature, m.in_date))
            .collect()
    };
    assert_eq!(
        natures("for more than three years"),
        [(Nature::Duration, false)]
    );
    assert_eq!(natures("it left two weeks ago"), [(Nature::Duration, true)]);
    assert_eq!(natures("a 6-year-old girl"), [(Nature::Age, false)]);
}

proptest! {
    #[test]
    fn reads_anything(text in "\\PC{0,80}") {
        holds(&Doc::from_parts(text, Vec::new()))?;
    }

    #[test]
    fn reads_anything_made_of_its_own_words(words in prop::collection::vec(prop::sample::select(WORDS), 0..14)) {
        holds(&tagged(&words.join(" ")))?;
        holds(&Doc::from_parts(words.concat(), Vec::new()))?;
    }
}

const WORDS: &[&str] = &[
    "99999999999999999999999999",
    "1",
    "0",
    ".",
    ",",
    "-",
    "$",
    "million",
    "trillion",
    "thousand",
    "and",
    "a",
    "half",
    "of",
    "the",
    "tens",
    "thousands",
    "dozen",
    "one",
    "two",
    "third",
    "to",
    "from",
    "between",
    "per",
    "cent",
    "%",
    "fell/VBD",
    "rose/VBD",
    "workers/NNS",
    "tourist/NN",
    "US",
    "km",
    "m",
    "²",
    "/",
    "(",
    ")",
    "some",
    "more",
    "than",
    "é",
    "1/2",
    "½",
    "years",
    "old",
    "minus",
    "Resolution",
    "k",
    "bn",
];

/// No panic; ranges lie in the text and hold their numbers; the same again gives the same.
fn holds(doc: &Doc) -> Result<(), TestCaseError> {
    let found = read(doc);
    for m in &found {
        prop_assert!(m.range.contains_range(m.number) && !m.number.is_empty());
        let text = doc.text();
        prop_assert!(text.get(std::ops::Range::<usize>::from(m.range)).is_some());
        prop_assert!(m.head.is_none_or(|h| h < doc.len()));
        if let (Some(low), Some(high)) = (m.quantity.low, m.quantity.high) {
            prop_assert!(low <= high);
        }
    }
    prop_assert_eq!(found, read(doc));
    Ok(())
}
