//! The letters of other scripts as units, each of which is spelled with some Latin letters.
//!
//! Source: Revised Romanization of Korean (2000) for the plain spelling of Hangul, the press's habit for Cyrillic,
//! `any_ascii` for everything else, which gives Han characters their Mandarin reading.

use any_ascii::any_ascii_char;

/// A letter, a part of a syllable, or a sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit {
    /// The unit with its position where that matters for its spelling: `^в` first in a word.
    pub(super) key: String,
    /// The unit without position; for a Han character its reading.
    pub(super) coarse: String,
    /// Its plainest spelling.
    pub(super) plain: String,
}

/// True for letters of the Latin script and whatever is written between them.
pub(super) fn is_latin(c: char) -> bool {
    c.is_ascii()
        || matches!(c, '\u{00A0}'..='\u{024F}' | '\u{02B0}'..='\u{036F}' | '\u{1E00}'..='\u{1EFF}')
        || !c.is_alphabetic()
}

/// True if the name has a letter of another script.
pub(super) fn is_foreign(name: &str) -> bool {
    !name.chars().all(is_latin)
}

const CYRILLIC: &[(char, &str)] = &[
    ('а', "a"),
    ('б', "b"),
    ('в', "v"),
    ('г', "g"),
    ('д', "d"),
    ('е', "e"),
    ('ё', "yo"),
    ('ж', "zh"),
    ('з', "z"),
    ('и', "i"),
    ('й', "y"),
    ('к', "k"),
    ('л', "l"),
    ('м', "m"),
    ('н', "n"),
    ('о', "o"),
    ('п', "p"),
    ('р', "r"),
    ('с', "s"),
    ('т', "t"),
    ('у', "u"),
    ('ф', "f"),
    ('х', "kh"),
    ('ц', "ts"),
    ('ч', "ch"),
    ('ш', "sh"),
    ('щ', "shch"),
    ('ъ', ""),
    ('ы', "y"),
    ('ь', ""),
    ('э', "e"),
    ('ю', "yu"),
    ('я', "ya"),
    ('і', "i"),
    ('ї', "yi"),
    ('є', "ye"),
    ('ґ', "g"),
    ('ў', "u"),
    ('ј', "j"),
    ('љ', "lj"),
    ('њ', "nj"),
    ('ћ', "c"),
    ('ђ', "dj"),
    ('џ', "dz"),
];

/// Initials, vowels and finals in the order in which Unicode composes syllables, with their plain spelling.
const INITIALS: [(char, &str); 19] = [
    ('ㄱ', "g"),
    ('ㄲ', "kk"),
    ('ㄴ', "n"),
    ('ㄷ', "d"),
    ('ㄸ', "tt"),
    ('ㄹ', "r"),
    ('ㅁ', "m"),
    ('ㅂ', "b"),
    ('ㅃ', "pp"),
    ('ㅅ', "s"),
    ('ㅆ', "ss"),
    ('ㅇ', ""),
    ('ㅈ', "j"),
    ('ㅉ', "jj"),
    ('ㅊ', "ch"),
    ('ㅋ', "k"),
    ('ㅌ', "t"),
    ('ㅍ', "p"),
    ('ㅎ', "h"),
];
const VOWELS: [(char, &str); 21] = [
    ('ㅏ', "a"),
    ('ㅐ', "ae"),
    ('ㅑ', "ya"),
    ('ㅒ', "yae"),
    ('ㅓ', "eo"),
    ('ㅔ', "e"),
    ('ㅕ', "yeo"),
    ('ㅖ', "ye"),
    ('ㅗ', "o"),
    ('ㅘ', "wa"),
    ('ㅙ', "wae"),
    ('ㅚ', "oe"),
    ('ㅛ', "yo"),
    ('ㅜ', "u"),
    ('ㅝ', "wo"),
    ('ㅞ', "we"),
    ('ㅟ', "wi"),
    ('ㅠ', "yu"),
    ('ㅡ', "eu"),
    ('ㅢ', "ui"),
    ('ㅣ', "i"),
];
const FINALS: [(char, &str); 28] = [
    (' ', ""),
    ('ㄱ', "k"),
    ('ㄲ', "k"),
    ('ㄳ', "k"),
    ('ㄴ', "n"),
    ('ㄵ', "n"),
    ('ㄶ', "n"),
    ('ㄷ', "t"),
    ('ㄹ', "l"),
    ('ㄺ', "k"),
    ('ㄻ', "m"),
    ('ㄼ', "l"),
    ('ㄽ', "l"),
    ('ㄾ', "l"),
    ('ㄿ', "p"),
    ('ㅀ', "l"),
    ('ㅁ', "m"),
    ('ㅂ', "p"),
    ('ㅄ', "p"),
    ('ㅅ', "t"),
    ('ㅆ', "t"),
    ('ㅇ', "ng"),
    ('ㅈ', "t"),
    ('ㅊ', "t"),
    ('ㅋ', "k"),
    ('ㅌ', "t"),
    ('ㅍ', "p"),
    ('ㅎ', "t"),
];

/// The initial that is not spoken.
const SILENT: usize = 11;

/// The units of a name, words run together; Latin letters are units of their own.
pub(super) fn units(name: &str) -> Vec<Unit> {
    let chars: Vec<char> = name.chars().collect();
    let mut units = Vec::new();
    let mut starts_word = true;
    for (i, &c) in chars.iter().enumerate() {
        if !c.is_alphanumeric() {
            starts_word = true;
            continue;
        }
        let next = chars.get(i + 1).copied();
        match syllable(c) {
            Some(parts) => hangul(parts, next, starts_word, &mut units),
            None => units.push(letter(c, next, starts_word)),
        }
        starts_word = false;
    }
    units
}

/// Initial, vowel and final of a Hangul syllable.
fn syllable(c: char) -> Option<(usize, usize, usize)> {
    let s = u32::from(c).checked_sub(0xAC00).filter(|s| *s < 11_172)? as usize;
    Some((s / 588, s % 588 / 28, s % 28))
}

fn hangul(
    (initial, vowel, last): (usize, usize, usize),
    next: Option<char>,
    starts_word: bool,
    units: &mut Vec<Unit>,
) {
    let mut push = |key: String, coarse: String, plain: &str| {
        units.push(Unit {
            key,
            coarse,
            plain: plain.to_owned(),
        });
    };
    if initial != SILENT {
        let (name, plain) = INITIALS[initial];
        push(
            format!("{}{name}", if starts_word { "^" } else { "" }),
            name.to_string(),
            plain,
        );
    }
    let (name, plain) = VOWELS[vowel];
    let opens = initial == SILENT;
    let place = if !opens {
        ""
    } else if starts_word {
        "^"
    } else {
        "-"
    };
    push(format!("{place}{name}"), name.to_string(), plain);
    if last != 0 {
        let (name, plain) = FINALS[last];
        // Before a silent initial the final is spoken as the next syllable's first sound.
        let links = next.and_then(syllable).is_some_and(|(i, ..)| i == SILENT);
        push(
            format!("{name}{}", if links { "~" } else { "$" }),
            format!("{name}$"),
            plain,
        );
    }
}

fn letter(c: char, next: Option<char>, starts_word: bool) -> Unit {
    let low = c.to_lowercase().next().unwrap_or(c);
    let ascii = || -> String {
        let spelled = any_ascii_char(low).to_ascii_lowercase();
        spelled
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect()
    };
    if matches!(low, '\u{0400}'..='\u{052F}') {
        let plain = CYRILLIC
            .iter()
            .find(|(l, _)| *l == low)
            .map(|(_, p)| (*p).to_owned());
        let ends_word = next.is_none_or(|n| !n.is_alphabetic());
        let key = match (starts_word, ends_word) {
            (true, _) => format!("^{low}"),
            (false, true) => format!("{low}$"),
            (false, false) => low.to_string(),
        };
        return Unit {
            key,
            coarse: low.to_string(),
            plain: plain.unwrap_or_else(ascii),
        };
    }
    let plain = ascii();
    let coarse = if is_han(low) {
        format!("={plain}")
    } else {
        low.to_string()
    };
    Unit {
        key: low.to_string(),
        coarse,
        plain,
    }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}

/// The name in Latin letters, lower case, by the plainest spelling; words stay apart.
pub(super) fn plain(name: &str) -> String {
    name.split_whitespace()
        .map(|word| {
            if is_foreign(word) {
                units(word).into_iter().map(|u| u.plain).collect()
            } else {
                any_ascii::any_ascii(word).to_ascii_lowercase()
            }
        })
        .collect::<Vec<String>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_a_plain_spelling() {
        assert_eq!(plain("Мацегора"), "matsegora");
        assert_eq!(plain("최선희"), "choeseonhui");
        assert_eq!(plain("王亚军"), "wangyajun");
        assert_eq!(plain("Jürg Burri"), "jurg burri");
    }

    #[test]
    fn position_is_part_of_a_unit() {
        let keys = |s: &str| units(s).into_iter().map(|u| u.key).collect::<Vec<_>>();
        assert_eq!(keys("Иван"), ["^и", "в", "а", "н$"]);
        assert_eq!(keys("박옥"), ["^ㅂ", "ㅏ", "ㄱ~", "-ㅗ", "ㄱ$"]);
    }
}
