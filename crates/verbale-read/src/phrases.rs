//! Phrases that tell what a line of a page is for: furniture, date labels, reporting verbs.
//!
//! The phrases are data (`data/phrases.txt`). They are hints: roles are decided where position and
//! neighbors are known, in `plain::roles` and `html::roles`.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

macro_rules! families {
    ($($(#[$doc:meta])* $name:ident => $word:literal),+ $(,)?) => {
        /// What a phrase of furniture is for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum Family { $($(#[$doc])* $name),+ }

        fn family(word: &str) -> Option<Family> {
            match word { $($word => Some(Family::$name),)+ _ => None }
        }
    };
}

families! {
    /// Pleas for money, members and addresses.
    Solicit => "solicit",
    /// Sign-in and registration forms.
    Account => "account",
    /// Cookies, privacy, rights.
    Policy => "policy",
    /// Notices about the reader's browser.
    Browser => "browser",
    /// Menus and forms.
    Navigation => "navigation",
    /// Buttons to share and print.
    Share => "share",
    /// Teasers for other pages.
    Related => "related",
    /// Words before a photographer's name.
    Credit => "credit",
    /// Words before the page's own address.
    Source => "source",
    /// How a machine helped to make the text.
    Disclosure => "disclosure",
    /// Corrections and disclaimers.
    Correction => "correction",
    /// Who the author is.
    Biography => "biography",
    /// Words before the date of a capture or print, which is not a publication date.
    Capture => "capture",
    /// Words before the date of a change.
    Updated => "updated",
    /// Words before a publication date.
    Published => "published",
    /// Verbs and prepositions of reported speech: the opposite of furniture.
    Reporting => "reporting",
}

struct Lexicon {
    automaton: AhoCorasick,
    families: Vec<Family>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let entries: Vec<(Family, &str)> = include_str!("../data/phrases.txt")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split_once(' '))
        .filter_map(|(word, phrases)| Some((family(word)?, phrases)))
        .flat_map(|(f, phrases)| phrases.split(" | ").map(move |p| (f, p.trim())))
        .collect();
    Lexicon {
        automaton: AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .kind(Some(AhoCorasickKind::DFA))
            .build(entries.iter().map(|(_, p)| p))
            .expect("the built-in phrases make an automaton"),
        families: entries.iter().map(|&(f, _)| f).collect(),
    }
});

/// One phrase found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    /// What the phrase is for.
    pub(crate) family: Family,
    /// Where it starts in the folded line, in bytes.
    pub(crate) start: usize,
    /// Where it ends.
    pub(crate) end: usize,
}

/// The phrases in a line that [`fold`] has made; matches start and end at word boundaries.
pub(crate) fn hits(folded: &str) -> Vec<Hit> {
    LEXICON
        .automaton
        .find_iter(folded)
        .map(|m| Hit {
            family: LEXICON.families[m.pattern().as_usize()],
            start: m.start(),
            end: m.end(),
        })
        .filter(|h| is_whole_word(folded, h.start, h.end))
        .collect()
}

fn is_whole_word(text: &str, start: usize, end: usize) -> bool {
    let joins = |outer: Option<char>, inner: Option<char>| match (outer, inner) {
        // Scripts without blanks between words have no boundary to check.
        (Some(o), Some(i)) => o.is_alphanumeric() && i.is_alphanumeric() && !is_unspaced(i),
        _ => false,
    };
    !joins(
        text[..start].chars().next_back(),
        text[start..].chars().next(),
    ) && !joins(text[end..].chars().next(), text[..end].chars().next_back())
}

/// True for Han, kana and Hangul, in which words are not divided by blanks or take endings.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11FF}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}')
}

/// A line for comparison: lower case, quotes and apostrophes folded, Markdown marks and escapes dropped,
/// blanks collapsed.
pub(crate) fn fold(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        let c = match c {
            '’' | '‘' | '´' | '`' | 'ʼ' => '\'',
            '“' | '”' | '„' | '«' | '»' => '"',
            '*' | '#' | '\\' | '\u{AD}' | '\u{200B}' | '\u{FEFF}' => continue,
            c if c.is_whitespace() => ' ',
            c => c,
        };
        if c == ' ' && (out.is_empty() || out.ends_with(' ')) {
            continue;
        }
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else {
            out.extend(c.to_lowercase());
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn families_in(line: &str) -> Vec<Family> {
        hits(&fold(line)).iter().map(|h| h.family).collect()
    }

    #[test]
    fn phrases_match_whole_words_and_the_longest_wins() {
        assert_eq!(
            families_in("Sign up for our newsletter"),
            [Family::Solicit, Family::Solicit]
        );
        assert_eq!(
            families_in("Don’t have an account? SIGN UP"),
            [Family::Account, Family::Account]
        );
        assert_eq!(families_in("The shareholders printed menus"), []);
        assert_eq!(families_in("관련기사 보기"), [Family::Related]);
    }

    #[test]
    fn folding_drops_marks_and_keeps_words() {
        assert_eq!(
            fold("  **Original**  URL:\t“x” \\$5 "),
            "original url: \"x\" $5"
        );
    }

    #[test]
    fn every_line_of_the_data_names_a_family() {
        for line in include_str!("../data/phrases.txt")
            .lines()
            .filter(|l| !l.starts_with('#'))
        {
            let (word, phrases) = line.split_once(' ').expect("family and phrases");
            assert!(family(word).is_some(), "{word}");
            for p in phrases.split(" | ") {
                assert_eq!(fold(p), p, "phrases are stored folded");
            }
        }
    }
}
