//! The same proposition by the same speaker, said again in the same document.

use std::collections::BTreeSet;

use verbale_core::{Claim, Proposition};

use super::words::has;

/// Links each claim to the first one that it repeats. What stands in the body comes before what repeats it in a
/// headline or a caption, wherever that stands.
pub(super) fn link(claims: &mut [Claim], in_body: impl Fn(&Claim) -> bool) {
    let mut order: Vec<usize> = (0..claims.len()).collect();
    order.sort_by_key(|&i| !in_body(&claims[i]));
    for (n, &i) in order.iter().enumerate() {
        let first = order[..n]
            .iter()
            .find(|&&j| claims[j].restates.is_none() && repeats(&claims[j], &claims[i]))
            .map(|&j| claims[j].id);
        claims[i].restates = first;
    }
}

fn repeats(a: &Claim, b: &Claim) -> bool {
    same_speaker(a, b)
        && a.polarity == b.polarity
        && match (&a.proposition, &b.proposition) {
            (Proposition::Figure(x), Proposition::Figure(y)) => {
                let number = |f: &verbale_core::Figure| {
                    (
                        f.quantity.value,
                        f.quantity.low,
                        f.quantity.high,
                        f.quantity.per.clone(),
                    )
                };
                let dates = x.as_of.as_ref().and_then(|t| t.iso())
                    == y.as_of.as_ref().and_then(|t| t.iso())
                    || x.as_of.is_none()
                    || y.as_of.is_none();
                number(x) == number(y) && dates && alike(&x.subject, &y.subject) >= FIGURE_OVERLAP
            }
            (Proposition::Status(x), Proposition::Status(y)) => {
                x.status == y.status
                    && alike(a.evidence.quote(), b.evidence.quote()) >= STATE_OVERLAP
                    || alike(a.evidence.quote(), b.evidence.quote()) >= WORD_OVERLAP
            }
            (x, y) => {
                x.kind() == y.kind()
                    && alike(a.evidence.quote(), b.evidence.quote()) >= WORD_OVERLAP
            }
        }
}

const FIGURE_OVERLAP: f64 = 0.3;
const STATE_OVERLAP: f64 = 0.4;
const WORD_OVERLAP: f64 = 0.7;

/// Equal names, or one the other's organisation.
fn same_speaker(a: &Claim, b: &Claim) -> bool {
    match (&a.attribution.speaker, &b.attribution.speaker) {
        (Some(x), Some(y)) => {
            let names = |s: &verbale_core::Speaker| [Some(s.name.clone()), s.org.clone()];
            x.name == y.name
                || names(x)
                    .iter()
                    .flatten()
                    .any(|n| names(y).iter().flatten().any(|m| alike(n, m) > 0.99))
        }
        (None, None) => true,
        _ => false,
    }
}

/// The share of the shorter one's content words that both have.
fn alike(a: &str, b: &str) -> f64 {
    let (a, b) = (stems(a), stems(b));
    let shorter = a.len().min(b.len());
    if shorter == 0 {
        return 0.0;
    }
    a.intersection(&b).count() as f64 / shorter as f64
}

fn stems(text: &str) -> BTreeSet<String> {
    const STOP: &str = "the a an of in on to for and by at from that it its their his her was were is are be been has \
                        have had said says who which with as";
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.len() > 1 && !has(STOP, w))
        .map(|w| w.chars().take(5).collect())
        .collect()
}
