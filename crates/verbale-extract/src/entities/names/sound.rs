//! How far two spellings are apart, by what is easily heard or typed for what.

/// The cost of one letter for another; 1 is a plain mistake.
pub(super) fn substitution(a: u8, b: u8) -> f64 {
    if a == b {
        return 0.0;
    }
    let near =
        (is_vowel(a) && is_vowel(b)) || NEAR.iter().any(|g| g.contains(&a) && g.contains(&b));
    if near { 0.5 } else { 1.3 }
}

/// Letters that languages, ears and romanizations take for each other.
const NEAR: &[&[u8]] = &[
    b"bp", b"dt", b"gkcq", b"vwfb", b"szcx", b"lr", b"jyi", b"hg", b"hk", b"jgz", b"uwv", b"mn",
];

/// The cost of a letter that only one of two has; a letter doubled costs less.
pub(super) fn insertion(letter: u8, before: Option<u8>) -> f64 {
    match letter {
        _ if before == Some(letter) => 0.3,
        b'h' => 0.5,
        _ if is_vowel(letter) => 0.6,
        _ => 1.0,
    }
}

fn is_vowel(c: u8) -> bool {
    matches!(c, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// Spellings of one sound made one: what German, French, Polish and English write in their own way.
pub(super) fn respell(word: &str) -> String {
    const RULES: &[(&str, &str)] = &[
        ("tsch", "ch"),
        ("sch", "sh"),
        ("ph", "f"),
        ("ck", "k"),
        ("cz", "ch"),
        ("sz", "sh"),
        ("th", "t"),
        ("qu", "kv"),
        ("q", "k"),
        ("x", "ks"),
        ("w", "v"),
        ("oo", "u"),
        ("ou", "u"),
        ("ee", "i"),
        ("yy", "y"),
        ("iy", "y"),
        ("ii", "y"),
        ("aa", "a"),
    ];
    let rules = RULES.iter();
    rules.fold(word.to_owned(), |w, (from, to)| match w.contains(from) {
        true => w.replace(from, to),
        false => w,
    })
}

/// The least cost that turns one spelling into the other, neighbors swapped included.
///
/// Time grows with the product of the lengths, which callers bound.
pub(super) fn distance(a: &str, b: &str) -> f64 {
    distance_within(a, b, f64::INFINITY).unwrap_or(f64::INFINITY)
}

/// The distance; `None` if it is surely more than `most`.
///
/// Most pairs of words are strangers, which a few letters show.
fn distance_within(a: &str, b: &str, most: f64) -> Option<f64> {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let before = |s: &[u8], i: usize| i.checked_sub(1).map(|i| s[i]);
    let mut above = vec![0.0; b.len() + 1];
    for j in 0..b.len() {
        above[j + 1] = above[j] + insertion(b[j], before(b, j));
    }
    let (mut last, mut row) = (vec![0.0; b.len() + 1], vec![0.0; b.len() + 1]);
    for i in 0..a.len() {
        let insert = insertion(a[i], before(a, i));
        row[0] = above[0] + insert;
        for j in 0..b.len() {
            let mut cost: f64 = above[j] + substitution(a[i], b[j]);
            cost = cost.min(above[j + 1] + insert);
            cost = cost.min(row[j] + insertion(b[j], before(b, j)));
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                cost = cost.min(last[j - 1] + 0.8);
            }
            row[j + 1] = cost;
        }
        // Every way to the end leads through one of two neighboring rows.
        let is_over = |row: &[f64]| row.iter().all(|cost| *cost > most + ROUNDING);
        if is_over(&row) && is_over(&above) {
            return None;
        }
        std::mem::swap(&mut last, &mut above);
        std::mem::swap(&mut above, &mut row);
    }
    Some(above[b.len()])
}

/// The bytes of a spelling as a set of classes.
fn letters(word: &str) -> u32 {
    word.bytes().fold(0, |set, byte| set | 1 << (byte % 32))
}

/// A letter that only one of two spellings has costs at least so much: half of the cheapest substitution.
const LEAST_PER_LETTER: f64 = 0.25;

/// What sums of costs may be off by.
const ROUNDING: f64 = 1e-6;

/// 1 for equal spellings, 0 for those with nothing in common; 0 too for some that are less alike than `least`.
pub(super) fn similarity(a: &str, b: &str, least: f64) -> f64 {
    if a == b {
        return 1.0;
    }
    let longest = a.len().max(b.len());
    if longest == 0 || longest > MAX_BYTES {
        return 0.0;
    }
    let most = (1.0 - least) * longest as f64;
    if f64::from((letters(a) ^ letters(b)).count_ones()) * LEAST_PER_LETTER > most + ROUNDING {
        return 0.0;
    }
    distance_within(a, b, most).map_or(0.0, |d| (1.0 - d / longest as f64).max(0.0))
}

/// Longest spelling that is compared letter by letter.
const MAX_BYTES: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sounds_are_nearer_than_strangers() {
        let alike = |a, b| similarity(a, b, 0.0);
        assert!(alike("lavrov", "lawrow") > alike("lavrov", "lamsos"));
        assert!(alike("sergei", "sergey") > 0.9);
        assert!(alike("putin", "puitn") > 0.8);
        assert!(alike("merkel", "cruz") < 0.4);
        assert_eq!(alike("", ""), 1.0);
    }

    #[test]
    fn what_is_alike_enough_is_measured_to_the_end() {
        let words = [
            "lavrov",
            "lawrow",
            "lamsos",
            "puitn",
            "putin",
            "limited",
            "ltd",
            "x",
            "",
            "aktsionernoe",
            "akstionernoye",
        ];
        for a in words {
            for b in words {
                let exact = similarity(a, b, 0.0);
                for least in [0.3, 0.72, 0.9] {
                    let found = similarity(a, b, least);
                    assert!(
                        found == exact || exact < least && found == 0.0,
                        "{a} {b} {least}"
                    );
                }
            }
        }
    }
}
