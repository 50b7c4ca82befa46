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

/// The least cost that turns one spelling into the other, neighbors swapped included.
///
/// Time and memory grow with the product of the lengths, which callers bound.
pub(super) fn distance(a: &str, b: &str) -> f64 {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let before = |s: &[u8], i: usize| i.checked_sub(1).map(|i| s[i]);
    let mut rows = vec![vec![0.0; b.len() + 1]; a.len() + 1];
    for j in 0..b.len() {
        rows[0][j + 1] = rows[0][j] + insertion(b[j], before(b, j));
    }
    for i in 0..a.len() {
        rows[i + 1][0] = rows[i][0] + insertion(a[i], before(a, i));
        for j in 0..b.len() {
            let mut cost: f64 = rows[i][j] + substitution(a[i], b[j]);
            cost = cost.min(rows[i][j + 1] + insertion(a[i], before(a, i)));
            cost = cost.min(rows[i + 1][j] + insertion(b[j], before(b, j)));
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                cost = cost.min(rows[i - 1][j - 1] + 0.8);
            }
            rows[i + 1][j + 1] = cost;
        }
    }
    rows[a.len()][b.len()]
}

/// 1 for equal spellings, 0 for those with nothing in common.
pub(super) fn similarity(a: &str, b: &str) -> f64 {
    if a == b {
        return 1.0;
    }
    let longest = a.len().max(b.len());
    if longest == 0 || longest > MAX_BYTES {
        return 0.0;
    }
    (1.0 - distance(a, b) / longest as f64).max(0.0)
}

/// Longest spelling that is compared letter by letter.
const MAX_BYTES: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sounds_are_nearer_than_strangers() {
        assert!(similarity("lavrov", "lawrow") > similarity("lavrov", "lamsos"));
        assert!(similarity("sergei", "sergey") > 0.9);
        assert!(similarity("putin", "puitn") > 0.8);
        assert!(similarity("merkel", "cruz") < 0.4);
        assert_eq!(similarity("", ""), 1.0);
    }
}
