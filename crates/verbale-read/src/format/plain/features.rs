//! What can be seen of a line without its neighbors.

use std::{ops::Range, sync::LazyLock};

use aho_corasick::AhoCorasick;

use crate::{
    dates::{self, FoundDate, Order},
    names,
    phrases::{self, Family, Hit},
};

/// The features of one block.
#[derive(Debug, Clone)]
pub(crate) struct Features {
    /// The block folded for comparison.
    pub(crate) folded: String,
    /// Words; in scripts without blanks, pairs of characters.
    pub(crate) n_words: usize,
    /// Whether it ends like a sentence.
    pub(crate) is_terminal: bool,
    /// Phrases that tell what it is for.
    pub(crate) hits: Vec<Hit>,
    /// Full dates, as bytes of the block.
    pub(crate) dates: Vec<FoundDate>,
    /// "you", "your" outside quotation marks.
    pub(crate) addresses_reader: bool,
    /// "we", "our", "us" outside quotation marks.
    pub(crate) speaks_as_we: bool,
    /// Whether it is the name of a person and nothing else.
    pub(crate) is_name: bool,
    /// Whether it is an address and nothing else.
    pub(crate) is_link: bool,
}

impl Features {
    /// Looks at one block.
    pub(crate) fn of(block: &str, order: Order) -> Self {
        let folded = phrases::fold(&strip_links(block));
        let (mut addresses_reader, mut speaks_as_we) = (false, false);
        for word in words_outside_quotes(&folded) {
            addresses_reader |= is_reader(word);
            speaks_as_we |= is_we(word);
        }
        Self {
            n_words: word_count(&folded),
            is_terminal: ends_sentence(block),
            hits: phrases::hits(&folded),
            dates: dates::find(block, order),
            addresses_reader,
            speaks_as_we,
            is_name: names::is_person_line(block),
            is_link: is_address(block),
            folded,
        }
    }

    /// How many phrases of these families it holds.
    pub(crate) fn n_hits(&self, families: &[Family]) -> usize {
        self.hits
            .iter()
            .filter(|h| families.contains(&h.family))
            .count()
    }

    /// Whether it holds a phrase of this family.
    pub(crate) fn has(&self, family: Family) -> bool {
        self.n_hits(&[family]) > 0
    }

    /// Whether it starts with a phrase of this family.
    pub(crate) fn starts_with(&self, family: Family) -> bool {
        let lead = self.folded.len()
            - self
                .folded
                .trim_start_matches(|c: char| !c.is_alphanumeric())
                .len();
        self.hits
            .iter()
            .any(|h| h.family == family && h.start <= lead)
    }

    /// The share of its characters that phrases of these families take.
    pub(crate) fn cover(&self, families: &[Family]) -> f32 {
        let taken: usize = self
            .hits
            .iter()
            .filter(|h| families.contains(&h.family))
            .map(|h| h.end - h.start)
            .sum();
        taken as f32 / self.folded.len().max(1) as f32
    }
}

/// Words of a line; runs of Han, kana and Hangul count half a word a character.
pub(crate) fn word_count(line: &str) -> usize {
    let (mut n_words, mut n_unspaced, mut in_word) = (0, 0, false);
    for c in line.chars() {
        if phrases::is_unspaced(c) {
            n_unspaced += 1;
            in_word = false;
        } else if c.is_alphanumeric() {
            n_words += usize::from(!in_word);
            in_word = true;
        } else if !matches!(c, '\'' | '’' | '-' | '.' | ',') {
            in_word = false;
        }
    }
    n_words + n_unspaced / 2
}

/// Whether a line ends as a sentence does, quotes and brackets after the stop included.
pub(crate) fn ends_sentence(line: &str) -> bool {
    let end = line.trim_end_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '"' | '”' | '’' | '\'' | '»' | ')' | ']' | '*' | '_' | '“' | '」' | '』'
            )
    });
    let before_brackets = || {
        // "… throughout. (Deltawire)": a source behind the last sentence.
        let (before, credit) = line.trim_end().strip_suffix(')')?.rsplit_once(" (")?;
        let is_short = credit.split_whitespace().count() <= MAX_CREDIT_WORDS;
        Some(
            is_short
                && before
                    .trim_end_matches(['”', '"', '’'])
                    .ends_with(['.', '!', '?']),
        )
    };
    end.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '۔', '।', ':'])
        || before_brackets().unwrap_or(false)
        || (end.len() < line.trim_end().len() && end.ends_with([',', ';']))
        || line.trim_end().ends_with(['”', '»', '」'])
}

/// Most words of a source in brackets behind a paragraph.
const MAX_CREDIT_WORDS: usize = 5;

/// The sentences of a block, as far as stops before blanks tell.
pub(crate) fn sentences(block: &str) -> impl Iterator<Item = &str> {
    let mut rest = block;
    std::iter::from_fn(move || {
        let text = rest.trim_start();
        let end = [". ", ".\n", "! ", "? "]
            .iter()
            .filter_map(|stop| text.find(stop))
            .min()
            .map_or(text.len(), |at| at + 1);
        let (sentence, after) = text.split_at(end);
        rest = after;
        (!sentence.is_empty()).then_some(sentence)
    })
}

/// A line with the targets of its Markdown links left out: `[words](target)` becomes `words`.
pub(crate) fn strip_links(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(mid) = rest.find("](") {
        let Some(close) = rest[mid..].find(')') else {
            break;
        };
        let open = rest[..mid].rfind('[').unwrap_or(mid);
        out.push_str(&rest[..open]);
        out.push_str(rest.get(open + 1..mid).unwrap_or_default());
        rest = &rest[mid + close + 1..];
    }
    out.push_str(rest);
    out
}

/// The targets of the Markdown links and the bare addresses of a line.
pub(crate) fn address_in(line: &str) -> Option<&str> {
    let at = line.find("http://").or_else(|| line.find("https://"))?;
    let rest = &line[at..];
    let end = rest
        .find(|c: char| c.is_whitespace() || matches!(c, '>' | ')' | ']' | '"' | '\''))
        .unwrap_or(rest.len());
    Some(&rest[..end])
}

fn is_address(line: &str) -> bool {
    let bare =
        line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | '*'));
    (bare.starts_with("http://") || bare.starts_with("https://") || bare.starts_with("www."))
        && !bare.contains(char::is_whitespace)
}

/// The words of a folded line that stand outside double quotation marks.
fn words_outside_quotes(folded: &str) -> impl Iterator<Item = &str> {
    fn words(part: &str) -> impl Iterator<Item = &str> {
        part.split(|c: char| !c.is_alphanumeric() && c != '\'')
    }
    folded.split('"').step_by(2).flat_map(words)
}

/// Words with which a page speaks to who reads it.
fn is_reader(word: &str) -> bool {
    matches!(
        word,
        "you"
            | "your"
            | "you're"
            | "you'll"
            | "yourself"
            | "ihre"
            | "ihnen"
            | "vous"
            | "votre"
            | "вы"
            | "вас"
            | "ваш"
            | "ваши"
            | "ваше"
    )
}

/// Words with which a page speaks of who makes it.
fn is_we(word: &str) -> bool {
    matches!(
        word,
        "we" | "our"
            | "us"
            | "we're"
            | "we've"
            | "wir"
            | "unsere"
            | "unser"
            | "nous"
            | "notre"
            | "nos"
            | "мы"
            | "наш"
            | "наши"
            | "нас"
    )
}

/// Where a trailing photo credit starts: `… in the harbor. **A. Name / TASS**`, `… © Name/AFP`.
///
/// The credit has at most eight words, and either a copyright sign, a credit word with a colon or an
/// agency after a slash shows that it is one. It follows a sentence.
pub(crate) fn trailing_credit(block: &str) -> Option<Range<usize>> {
    credit_at_end(block).filter(|r| ends_sentence(block[..r.start].trim_end()))
}

/// No credit is longer than this.
const CREDIT_BYTES: usize = 300;

/// What a credit at the end of a caption starts with.
const CREDIT_MARKS: &[&str] = &[
    "**",
    "©",
    "(c)",
    "(C)",
    "Photo:",
    "Photograph:",
    "Foto:",
    "Fotos:",
    "Фото:",
    "Image:",
    "Picture:",
    "Bild:",
    "Bildquelle:",
    "Quelle:",
    "Source:",
    "Credit:",
    "Crédit",
    "Photo by",
    "(AP",
    "(Photo",
    "(Foto",
    "(Bild",
    "[Photo",
    "/ Photo",
    "Getty Images",
];

static CREDITS: LazyLock<AhoCorasick> =
    LazyLock::new(|| AhoCorasick::new(CREDIT_MARKS).expect("the marks are few and short"));

/// The same for words that are known to be a caption: the credit need not follow a sentence.
pub(crate) fn credit_at_end(block: &str) -> Option<Range<usize>> {
    let tail = block.floor_char_boundary(block.len().saturating_sub(CREDIT_BYTES));
    // The last of each mark counts, as if each were searched from the end.
    let mut last = [None; CREDIT_MARKS.len()];
    for found in CREDITS.find_overlapping_iter(&block[tail..]) {
        last[found.pattern().as_usize()] = Some(tail + found.start());
    }
    let from_mark = last
        .iter()
        .zip(CREDIT_MARKS)
        .filter_map(|(at, m)| Some(((*at)?, *m)))
        .map(|(at, m)| {
            if m == "**" {
                block[..at].rfind("**").unwrap_or(at)
            } else {
                at
            }
        })
        .filter(|&at| at > 0 && word_count(&block[at..]) <= 8)
        .min();
    let at = from_mark.or_else(|| {
        // `A sentence. First Last / AGENCY`: the credit starts after the last sentence.
        let stop = block.rfind(". ").map(|i| i + 2)?;
        block[stop..].contains('/').then_some(stop)
    })?;
    let credit = &block[at..];
    let lower = credit.to_lowercase();
    let has_sign = credit.contains(['©', ':'])
        || ["(c)", "(ap", "photo by", "crédit", "getty"]
            .iter()
            .any(|m| lower.starts_with(m));
    let has_agency = credit.contains('/') && names::agency_in(credit).is_some();
    (word_count(credit) <= 8 && (has_sign || has_agency)).then_some(at..block.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_sentence_ends() {
        assert_eq!(word_count("The U.S. sent 1,000 non-members' boats"), 6);
        assert_eq!(word_count("外務省は述べた"), 3);
        assert!(ends_sentence("He left.”"));
        assert!(ends_sentence("“It is,” he said. **"));
        assert!(!ends_sentence("Ferry Back in Port"));
    }

    #[test]
    fn links_lose_their_targets() {
        assert_eq!(
            strip_links("By [Some Wire](#) and [x](http://a.b/c)"),
            "By Some Wire and x"
        );
        assert_eq!(
            address_in("<https://example.org/a-b>"),
            Some("https://example.org/a-b")
        );
    }

    #[test]
    fn credits_at_the_end_of_captions() {
        let credit = |s: &str| trailing_credit(s).map(|r| s[r].to_owned());
        assert_eq!(
            credit("“It leaked,” the captain said. **Ana Brandt / TASS**").as_deref(),
            Some("**Ana Brandt / TASS**")
        );
        assert_eq!(
            credit("The ferry in port last week. © Ana Brandt/AFP").as_deref(),
            Some("© Ana Brandt/AFP")
        );
        assert_eq!(
            credit("The ferry left. It came back on 4/5 with AFP staff who had many things to say"),
            None
        );
        assert_eq!(credit("**The ferry** left port."), None);
    }

    #[test]
    fn the_reader_is_not_addressed_inside_quotes() {
        let f = |s| Features::of(s, Order::DayFirst);
        assert!(!f("“We want your help,” the minister said.").speaks_as_we);
        assert!(f("We want your help.").addresses_reader);
    }
}
