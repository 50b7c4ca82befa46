//! The language of a document and of a passage.
//!
//! The script decides where it can (Hangul, kana, Ukrainian letters, …); between languages of one script
//! trigrams decide, among the languages named in [`LANGUAGES`] alone; in a short text its small words come first.
//! Short or doubtful text is `und`.

use std::{collections::BTreeMap, sync::LazyLock};

use verbale_core::{Document, Role};
use whatlang::{Detector, Lang};

/// Letters below which no language is told.
const MIN_LETTERS: usize = 20;
/// Bytes of a text that are looked at: more changes no answer and costs time.
const SAMPLE_BYTES: usize = 2048;
/// Below this the trigrams' answer for a text of few words is a guess.
const MIN_CONFIDENCE: f64 = 0.15;

/// The languages told apart, with their tags.
const LANGUAGES: &[(Lang, &str)] = &[
    (Lang::Eng, "en"),
    (Lang::Rus, "ru"),
    (Lang::Deu, "de"),
    (Lang::Fra, "fr"),
    (Lang::Spa, "es"),
    (Lang::Ita, "it"),
    (Lang::Por, "pt"),
    (Lang::Nld, "nl"),
    (Lang::Pol, "pl"),
    (Lang::Ces, "cs"),
    (Lang::Swe, "sv"),
    (Lang::Tur, "tr"),
    (Lang::Ukr, "uk"),
    (Lang::Bel, "be"),
    (Lang::Bul, "bg"),
    (Lang::Srp, "sr"),
    (Lang::Ara, "ar"),
    (Lang::Pes, "fa"),
    (Lang::Urd, "ur"),
    (Lang::Heb, "he"),
    (Lang::Hin, "hi"),
    (Lang::Vie, "vi"),
    (Lang::Ind, "id"),
    (Lang::Ell, "el"),
];

/// Letters above which trigrams need no help.
const MANY_LETTERS: usize = 400;

/// The small words that stand in most sentences of a language.
const SMALL_WORDS: &[(&str, &str)] = &[
    (
        "en",
        "the of and to in is was were with that from for by had has have it its at on",
    ),
    (
        "de",
        "der die das und ist nicht mit den dem von zu ein eine auf für im sich",
    ),
    (
        "fr",
        "le la les des et est une dans pour que qui sur pas au du en",
    ),
    ("es", "el la los las de que y en un una por con del se"),
    ("it", "il lo gli della di che e un una per con sono nel la"),
    ("pt", "o os as do da que e em um uma para não com no na"),
    ("nl", "de het een van en dat is niet met op voor zijn te"),
    ("sv", "och att det som är en ett på med för inte av den"),
];

static DETECTOR: LazyLock<Detector> =
    LazyLock::new(|| Detector::with_allowlist(LANGUAGES.iter().map(|&(lang, _)| lang).collect()));

/// The BCP 47 tag of a document's language, from its reporting, or from all of it if there is none.
pub fn of_document(document: &Document) -> &'static str {
    let sample = |wanted: fn(Role) -> bool| {
        let mut sample = String::new();
        for p in document.passages().iter().filter(|p| wanted(p.role)) {
            if sample.len() >= SAMPLE_BYTES {
                break;
            }
            sample.push_str(document.slice(p.range));
            sample.push('\n');
        }
        sample
    };
    match of(&sample(|r| r == Role::Body)) {
        "und" => of(&sample(|_| true)),
        tag => tag,
    }
}

/// The BCP 47 tag of a text's language, `und` where it cannot be told.
pub fn of(text: &str) -> &'static str {
    let text = &text[..text.floor_char_boundary(SAMPLE_BYTES)];
    let letters = Letters::of(text);
    if let Some(tag) = letters.tell() {
        return tag;
    }
    if letters.n_total < MIN_LETTERS {
        return "und";
    }
    if letters.n_total < MANY_LETTERS
        && let Some(tag) = by_small_words(text)
    {
        return tag;
    }
    DETECTOR
        .detect(text)
        .filter(|i| i.confidence() >= MIN_CONFIDENCE || letters.n_total >= 200)
        .and_then(|i| LANGUAGES.iter().find(|(lang, _)| *lang == i.lang()))
        .map_or("und", |(_, tag)| tag)
}

/// The language whose small words stand in the text, if they are more than twice those of any other.
///
/// Trigrams take names and rare words for what they are made of: two English sentences on "Corvo" and "Orle" can look
/// Swedish.
/// Source: Grefenstette, "Comparing two language identification schemes" (1995), on short texts.
fn by_small_words(text: &str) -> Option<&'static str> {
    let text = text.to_lowercase();
    let hits = |small: &str| {
        let is_small = |w: &&str| small.split(' ').any(|s| s == *w);
        text.split(|c: char| !c.is_alphabetic())
            .filter(is_small)
            .count()
    };
    let mut counts: Vec<(usize, &str)> = SMALL_WORDS
        .iter()
        .map(|&(tag, small)| (hits(small), tag))
        .collect();
    counts.sort_unstable();
    let (n, tag) = counts.pop()?;
    let second = counts.last().map_or(0, |c| c.0);
    (n >= MIN_SMALL_WORDS && n > 2 * second).then_some(tag)
}

/// One small word may be a name.
const MIN_SMALL_WORDS: usize = 2;

/// Counts of letters by script.
#[derive(Default)]
struct Letters {
    n_total: usize,
    by_script: BTreeMap<Script, usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Script {
    Hangul,
    Kana,
    Han,
    Cyrillic,
    /// Letters of Ukrainian that Russian does not have.
    Ukrainian,
    /// Letters of Russian that Ukrainian does not have.
    Russian,
}

impl Letters {
    fn of(text: &str) -> Self {
        let mut letters = Self::default();
        for c in text.chars().filter(|c| c.is_alphabetic()) {
            letters.n_total += 1;
            let script = match c {
                '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7A3}' => Script::Hangul,
                '\u{3040}'..='\u{30FF}' => Script::Kana,
                '\u{3400}'..='\u{9FFF}' => Script::Han,
                'і' | 'ї' | 'є' | 'ґ' | 'І' | 'Ї' | 'Є' | 'Ґ' => Script::Ukrainian,
                'ы' | 'э' | 'ё' | 'ъ' | 'Ы' | 'Э' | 'Ё' | 'Ъ' => Script::Russian,
                '\u{0400}'..='\u{04FF}' => Script::Cyrillic,
                _ => continue,
            };
            *letters.by_script.entry(script).or_default() += 1;
        }
        letters
    }

    fn n(&self, script: Script) -> usize {
        self.by_script.get(&script).copied().unwrap_or(0)
    }

    /// The language, where the script alone tells it.
    fn tell(&self) -> Option<&'static str> {
        let most = |n: usize| n * 2 > self.n_total;
        let (hangul, kana, han) = (
            self.n(Script::Hangul),
            self.n(Script::Kana),
            self.n(Script::Han),
        );
        let cyrillic =
            self.n(Script::Cyrillic) + self.n(Script::Ukrainian) + self.n(Script::Russian);
        if self.n_total < 4 {
            return None;
        }
        match () {
            () if most(hangul) => Some("ko"),
            // Kana anywhere make a text with Han characters Japanese.
            () if most(kana + han) && kana * 20 > han => Some("ja"),
            () if most(han) => Some("zh"),
            () if most(cyrillic)
                && self.n(Script::Ukrainian) > 0
                && self.n(Script::Russian) == 0 =>
            {
                Some("uk")
            }
            () if most(cyrillic)
                && self.n(Script::Russian) > 0
                && self.n(Script::Ukrainian) == 0 =>
            {
                Some("ru")
            }
            () => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_sentence_is_enough() {
        for (tag, text) in [
            (
                "en",
                "The harbor office said on Thursday that the ferry would not leave port.",
            ),
            (
                "en",
                "Corvo's director denied hiding the papers that the guild of Orle keeps.",
            ),
            (
                "de",
                "Das Hafenamt teilte am Donnerstag mit, dass die Fähre nicht auslaufen werde.",
            ),
            (
                "fr",
                "Le bureau du port a indiqué jeudi que le ferry ne quitterait pas le quai.",
            ),
            (
                "es",
                "La oficina del puerto dijo el jueves que el transbordador no saldría del muelle.",
            ),
            (
                "ru",
                "Управление порта сообщило в четверг, что паром не выйдет из гавани.",
            ),
            (
                "uk",
                "Управління порту повідомило в четвер, що пором не вийде з гавані.",
            ),
            (
                "pl",
                "Urząd portu poinformował w czwartek, że prom nie opuści przystani.",
            ),
            (
                "ar",
                "قال مكتب الميناء يوم الخميس إن العبارة لن تغادر الميناء هذا الأسبوع.",
            ),
            (
                "ko",
                "항만 사무소는 목요일 여객선이 출항하지 않을 것이라고 밝혔다.",
            ),
            ("zh", "港务局周四表示，渡轮本周不会离开港口。"),
            ("ja", "港湾局は木曜日、フェリーは今週出港しないと述べた。"),
        ] {
            assert_eq!(of(text), tag);
        }
    }

    #[test]
    fn what_cannot_be_told_is_und() {
        assert_eq!(of("S/2020/151"), "und");
        assert_eq!(of(""), "und");
        assert_eq!(of("Lisse 12"), "und");
    }
}
