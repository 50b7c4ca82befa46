//! Numbers that look like one number gone wrong.

use verbale_core::{Decimal, Quantity};

/// How one bare number may have been made out of the other by a slip of the pen; symmetric.
///
/// Only for plain whole numbers of at least three significant digits: among round numbers a changed digit is
/// another estimate, not a slip.
pub(super) fn slip(a: &Quantity, b: &Quantity) -> Option<&'static str> {
    let (x, y) = (exact_digits(a)?, exact_digits(b)?);
    if x == y || n_significant(&x) < 3 || n_significant(&y) < 3 {
        return None;
    }
    if x.len() == y.len() {
        return of_one_length(&x, &y);
    }
    let (long, short) = if x.len() > y.len() {
        (&x, &y)
    } else {
        (&y, &x)
    };
    if long.len() == short.len() + 1 {
        let without = |i: usize| long[..i].iter().chain(&long[i + 1..]).eq(short.iter());
        return (0..long.len())
            .any(without)
            .then_some("a digit is lost or doubled");
    }
    None
}

fn of_one_length(x: &[u8], y: &[u8]) -> Option<&'static str> {
    let differing: Vec<usize> = (0..x.len()).filter(|&i| x[i] != y[i]).collect();
    match differing[..] {
        [_] => Some("one digit differs"),
        [i, j] if x[i] == y[j] && x[j] == y[i] => Some("two digits are swapped"),
        _ => None,
    }
}

/// True if the smaller number is one group of digits of the larger: "13 221" read as 13, or 221.
pub(super) fn is_cut(a: &Quantity, b: &Quantity) -> bool {
    let (Some(x), Some(y)) = (exact_digits(a), exact_digits(b)) else {
        return false;
    };
    let (long, short) = if x.len() > y.len() { (x, y) } else { (y, x) };
    if long.len() <= 3 || short.len() == long.len() {
        return false;
    }
    let head = long.len() % 3;
    let head = if head == 0 { 3 } else { head };
    let groups = std::iter::once(&long[..head]).chain(long[head..].chunks(3));
    let unpadded = |g: &[u8]| -> Vec<u8> { g.iter().copied().skip_while(|&d| d == b'0').collect() };
    groups
        .into_iter()
        .any(|g| unpadded(g) == short && !short.is_empty())
}

/// The digits of a plain whole number without hedge and bound.
fn exact_digits(q: &Quantity) -> Option<Vec<u8>> {
    let value = q
        .value
        .filter(|_| !q.is_bounded() && q.approximator.is_none())?
        .normalize();
    let is_whole = value.scale() == 0 && value > Decimal::ZERO;
    is_whole.then(|| value.to_string().into_bytes())
}

fn n_significant(digits: &[u8]) -> usize {
    digits
        .iter()
        .rposition(|&d| d != b'0')
        .map_or(0, |last| last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(n: i64) -> Quantity {
        Quantity::exact(n.into())
    }

    #[test]
    fn slips_are_seen_among_exact_numbers() {
        assert_eq!(
            slip(&exact(2379), &exact(2397)),
            Some("two digits are swapped")
        );
        assert_eq!(slip(&exact(255), &exact(225)), Some("one digit differs"));
        assert_eq!(
            slip(&exact(1348), &exact(13348)),
            Some("a digit is lost or doubled")
        );
        assert_eq!(slip(&exact(50_000), &exact(80_000)), None);
        assert_eq!(slip(&exact(2318), &exact(2150)), None);
        assert_eq!(slip(&exact(17), &exact(15)), None);
    }

    #[test]
    fn a_number_cut_at_its_thousands_is_seen() {
        assert!(is_cut(&exact(13_221), &exact(13)));
        assert!(is_cut(&exact(221), &exact(13_221)));
        assert!(!is_cut(&exact(13_221), &exact(132)));
        assert!(!is_cut(&exact(640), &exact(64)));
    }
}
