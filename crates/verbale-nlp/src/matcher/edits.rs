//! Levenshtein distance between words.

/// True if one string can be made from the other by at most `limit` insertions, deletions and replacements of characters.
///
/// Source: V. Levenshtein, 1966; E. Ukkonen, "Algorithms for approximate string matching", 1985, for stopping at the limit.
pub(super) fn at_most(a: &str, b: &str, limit: usize) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > limit {
        return false;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
        if row.iter().all(|&edits| edits > limit) {
            return false;
        }
    }
    row[b.len()] <= limit
}

#[cfg(test)]
mod tests {
    use super::at_most;

    #[test]
    fn edits() {
        for (a, b, n) in [
            ("", "", 0),
            ("kitten", "sitting", 3),
            ("Kyiv", "Kiev", 2),
            ("é", "e", 1),
            ("", "abc", 3),
        ] {
            assert!(at_most(a, b, n), "{a} {b}");
            assert!(n == 0 || !at_most(a, b, n - 1), "{a} {b}");
        }
    }
}
