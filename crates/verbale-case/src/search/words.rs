//! One analysis of words for the index and for queries, in the program's own code.
//!
//! A text becomes words in NFKC and lower case, each with the bytes it stands at. Runs of Chinese, Japanese and
//! Korean characters, which do not show where words end, become overlapping pairs of characters. Beside the
//! form on the page stand its variants: Snowball stems, and Latin letters without their marks.
//!
//! Whoever changes what this module or [`facets`](super::facets) returns raises [`VERSION`], so that older files are indexed again.

use std::ops::Range;

use frostem::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The version of the analysis.
pub(crate) const VERSION: &str = "4";

/// The versions before whose words of claims are the same, so that only passages are indexed again.
pub(crate) const SAME_FOR_CLAIMS: &[&str] = &["2", "3"];

/// The longest word that is kept whole, in characters; the rest of a longer one is dropped.
const MAX_WORD_CHARS: usize = 64;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Where it stands, in bytes of the text.
    pub(crate) range: Range<usize>,
    /// NFKC, lower case, letters and digits only.
    pub(crate) form: String,
    /// True for the last character of a run of CJK characters, which stands alone after its pairs.
    pub(crate) tail: bool,
}

/// The words of a text in order.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if is_cjk(c) {
            let mut run = vec![(start, c)];
            while let Some(next) = chars.next_if(|&(_, c)| is_cjk(c)) {
                run.push(next);
            }
            push_pairs(&run, &mut out);
        } else if c.is_alphanumeric() {
            let mut end = start + c.len_utf8();
            let mut previous = c;
            while let Some(&(at, c)) = chars.peek() {
                let joins = is_word_part(c) || joins_digits(previous, c, &text[at..]);
                if !joins || is_cjk(c) {
                    break;
                }
                end = at + c.len_utf8();
                previous = c;
                chars.next();
            }
            push_word(text, start..end, &mut out);
        }
    }
    out
}

fn is_word_part(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// True for the comma of `11,490`, which stands between a digit and exactly three more.
fn joins_digits(previous: char, c: char, rest: &str) -> bool {
    let mut after = rest[c.len_utf8()..].chars();
    c == ','
        && previous.is_ascii_digit()
        && after.by_ref().take(3).filter(char::is_ascii_digit).count() == 3
        && !after.next().is_some_and(|c| c.is_ascii_digit())
}

fn push_word(text: &str, range: Range<usize>, out: &mut Vec<Word>) {
    let form = fold(&text[range.clone()]);
    if !form.is_empty() {
        out.push(Word {
            range,
            form,
            tail: false,
        });
    }
}

fn push_pairs(run: &[(usize, char)], out: &mut Vec<Word>) {
    for (i, &(start, c)) in run.iter().enumerate() {
        let pair: String = run[i..].iter().take(2).map(|(_, c)| c).collect();
        let end = run
            .get(i + 1)
            .map_or(start + c.len_utf8(), |(at, c)| at + c.len_utf8());
        out.push(Word {
            range: start..end,
            form: fold(&pair),
            tail: i + 1 == run.len() && i > 0,
        });
    }
}

/// NFKC and lower case, without anything that the index would take for a separator.
fn fold(word: &str) -> String {
    if word.is_ascii() {
        // The same for the most words of most texts, several times as fast.
        let letters = word.bytes().filter(u8::is_ascii_alphanumeric);
        let letters = letters.map(|b| char::from(b.to_ascii_lowercase()));
        return letters.take(MAX_WORD_CHARS).collect();
    }
    word.nfkc()
        .flat_map(char::to_lowercase)
        .filter(|c| !c.is_ascii() || c.is_ascii_alphanumeric())
        .filter(|c| !c.is_whitespace())
        .take(MAX_WORD_CHARS)
        .collect()
}

/// Han, kana, hangul and bopomofo, full and half width.
fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11ff}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{3100}'..='\u{318f}'
        | '\u{31a0}'..='\u{31bf}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ffdc}'
        | '\u{20000}'..='\u{323af}')
}

/// The words of a name as one string, for comparing names.
pub(crate) fn folded_name(name: &str) -> String {
    joined(without_last_tail(words(name)).into_iter().map(|w| w.form))
}

/// The words without the lone character at the end of a last CJK run: in a longer run it does not stand alone.
pub(crate) fn without_last_tail(mut words: Vec<Word>) -> Vec<Word> {
    words.pop_if(|word| word.tail);
    words
}

pub(crate) fn joined(forms: impl Iterator<Item = String>) -> String {
    let mut out = String::new();
    for form in forms {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&form);
    }
    out
}

/// The stemmers for one language, or for several at once.
#[derive(Clone)]
pub(crate) struct Stems {
    by_script: Vec<(Script, Algorithm)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Cyrillic,
    Greek,
    Arabic,
}

impl Stems {
    /// For texts in `languages` (BCP 47). Words in another script than the language's, and texts of an unknown
    /// language, are stemmed as English if Latin and as Russian if Cyrillic.
    pub(crate) fn new<'a>(languages: impl IntoIterator<Item = &'a str>) -> Self {
        let mut by_script: Vec<_> = languages.into_iter().filter_map(algorithm).collect();
        for default in [
            (Script::Latin, Algorithm::English),
            (Script::Cyrillic, Algorithm::Russian),
        ] {
            if by_script.iter().all(|(script, _)| *script != default.0) {
                by_script.push(default);
            }
        }
        let mut seen = Vec::new();
        by_script.retain(|pair| {
            let is_new = !seen.contains(pair);
            seen.push(*pair);
            is_new
        });
        Self { by_script }
    }

    /// The other forms under which `form` is found: its stems, and itself without marks on Latin letters.
    pub(crate) fn variants(&self, form: &str) -> Vec<String> {
        let mut out = Vec::new();
        let mut add = |variant: String| {
            if variant != form && !variant.is_empty() && !out.contains(&variant) {
                out.push(variant);
            }
        };
        let Some(script) = script(form) else {
            return out;
        };
        for (_, algorithm) in self.by_script.iter().filter(|(s, _)| *s == script) {
            add(Stemmer::new(*algorithm).stem(form).into());
        }
        if script == Script::Latin && !form.is_ascii() {
            add(form.nfd().filter(|c| !is_combining_mark(*c)).collect());
        }
        out
    }
}

fn script(form: &str) -> Option<Script> {
    match form.chars().next()? {
        c if c.is_ascii_digit() => None,
        'a'..='z' | '\u{df}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Some(Script::Latin),
        '\u{400}'..='\u{52f}' => Some(Script::Cyrillic),
        '\u{370}'..='\u{3ff}' => Some(Script::Greek),
        '\u{600}'..='\u{6ff}' => Some(Script::Arabic),
        _ => None,
    }
}

fn algorithm(language: &str) -> Option<(Script, Algorithm)> {
    let primary = language.split('-').next().unwrap_or(language);
    Some(match primary {
        "ar" => (Script::Arabic, Algorithm::Arabic),
        "fa" => (Script::Arabic, Algorithm::Persian),
        "el" => (Script::Greek, Algorithm::Greek),
        "ru" => (Script::Cyrillic, Algorithm::Russian),
        "uk" => (Script::Cyrillic, Algorithm::Ukrainian),
        "sr" => (Script::Latin, Algorithm::Serbian),
        "cs" => (Script::Latin, Algorithm::Czech),
        "da" => (Script::Latin, Algorithm::Danish),
        "nl" => (Script::Latin, Algorithm::Dutch),
        "en" => (Script::Latin, Algorithm::English),
        "fi" => (Script::Latin, Algorithm::Finnish),
        "fr" => (Script::Latin, Algorithm::French),
        "de" => (Script::Latin, Algorithm::German),
        "hu" => (Script::Latin, Algorithm::Hungarian),
        "it" => (Script::Latin, Algorithm::Italian),
        "no" | "nb" | "nn" => (Script::Latin, Algorithm::Norwegian),
        "pl" => (Script::Latin, Algorithm::Polish),
        "pt" => (Script::Latin, Algorithm::Portuguese),
        "ro" => (Script::Latin, Algorithm::Romanian),
        "es" => (Script::Latin, Algorithm::Spanish),
        "sv" => (Script::Latin, Algorithm::Swedish),
        "tr" => (Script::Latin, Algorithm::Turkish),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found = words(text);
        let forms: Vec<_> = found.iter().map(|w| w.form.as_str()).collect();
        assert_eq!(forms, expected);
        for w in &found {
            assert!(text.get(w.range.clone()).is_some(), "{w:?}");
        }
    }

    #[test]
    fn words_of_several_scripts() {
        check("The Lock’s gate", &["the", "lock", "s", "gate"]);
        check(
            "11,490 barges, 3,5 and 1,2345",
            &["11490", "barges", "3", "5", "and", "1", "2345"],
        );
        check("Ｆｕｌｌ ﬁle №7", &["full", "file", "7"]);
        check("港口关闭", &["港口", "口关", "关闭", "闭"]);
        check("항구 x港", &["항구", "구", "x", "港"]);
        check("Порт-Саид", &["порт", "саид"]);
        check("…—!", &[]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_words_that_stand_in_it(text in "\\PC{0,80}") {
            let mut last = 0;
            for word in words(&text) {
                proptest::prop_assert!(!word.form.contains(char::is_whitespace));
                proptest::prop_assert!(text.get(word.range.clone()).is_some_and(|w| !w.is_empty()));
                proptest::prop_assert!(word.range.start >= last);
                last = word.range.start;
            }
        }

        #[test]
        fn what_was_indexed_is_found_by_its_own_words(text in "[a-zа-я港口关闭 ,.]{1,40}") {
            use crate::testing::Sample;
            let mut case = crate::Case::in_memory().unwrap();
            Sample::new("t.txt", &format!("x\n{text}")).add_to(&mut case);
            for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(4) {
                let hits = case.search(&crate::Search::new(word)).unwrap();
                proptest::prop_assert!(!hits.is_empty(), "{} in {}", word, text);
            }
        }
    }

    #[test]
    fn variants_are_stems_and_letters_without_marks() {
        let stems = Stems::new(["en", "ru", "de"]);
        assert!(stems.variants("harbours").contains(&"harbour".to_owned()));
        assert!(stems.variants("кораблями").contains(&"корабл".to_owned()));
        assert!(stems.variants("brücken").contains(&"brucken".to_owned()));
        assert_eq!(stems.variants("11490"), Vec::<String>::new());
        assert_eq!(stems.variants("港口"), Vec::<String>::new());
    }
}
