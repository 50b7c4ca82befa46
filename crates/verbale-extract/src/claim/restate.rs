//! The same proposition by the same speaker, said again in the same document.

use verbale_core::{Claim, Proposition};

use super::words::has;

/// Links each claim to the first one that it repeats. What stands in the body comes before what repeats it in a
/// headline or a caption, wherever that stands.
pub(super) fn link(claims: &mut [Claim], in_body: impl Fn(&Claim) -> bool) {
    let mut order: Vec<usize> = (0..claims.len()).collect();
    order.sort_by_key(|&i| !in_body(&claims[i]));
    let said: Vec<Said> = claims.iter().map(Said::of).collect();
    for (n, &i) in order.iter().enumerate() {
        let repeated = |&&j: &&usize| {
            claims[j].restates.is_none() && repeats((&claims[j], &said[j]), (&claims[i], &said[i]))
        };
        let first = order[..n].iter().find(repeated).map(|&j| claims[j].id);
        claims[i].restates = first;
    }
}

/// The content words of a claim: each is compared with all before it.
struct Said {
    quote: Stems,
    /// Of a figure.
    subject: Stems,
    /// The speaker's name and organization.
    speaker: Vec<Stems>,
}

impl Said {
    fn of(claim: &Claim) -> Self {
        let speaker = claim.attribution.speaker.iter();
        let names = speaker.flat_map(|s| [Some(s.name.as_str()), s.org.as_deref()]);
        Self {
            quote: stems(claim.evidence.quote()),
            subject: match &claim.proposition {
                Proposition::Figure(figure) => stems(&figure.subject),
                _ => Stems::default(),
            },
            speaker: names.flatten().map(stems).collect(),
        }
    }
}

fn repeats((a, a_said): (&Claim, &Said), (b, b_said): (&Claim, &Said)) -> bool {
    let quotes = || alike(&a_said.quote, &b_said.quote);
    a.polarity == b.polarity
        && same_speaker((a, a_said), (b, b_said))
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
                // Two cells of a table with one number are two figures unless all around them is the same.
                let cells = a.rule == "table" && b.rule == "table";
                number(x) == number(y)
                    && (!cells
                        || (&x.subject, &x.place, &x.as_of) == (&y.subject, &y.place, &y.as_of))
                    && dates
                    && alike(&a_said.subject, &b_said.subject) >= FIGURE_OVERLAP
            }
            (Proposition::Status(x), Proposition::Status(y)) => {
                x.status == y.status && quotes() >= STATE_OVERLAP || quotes() >= WORD_OVERLAP
            }
            (x, y) => x.kind() == y.kind() && quotes() >= WORD_OVERLAP,
        }
}

const FIGURE_OVERLAP: f64 = 0.3;
const STATE_OVERLAP: f64 = 0.4;
const WORD_OVERLAP: f64 = 0.7;

/// Equal names, or one the other's organisation.
fn same_speaker((a, a_said): (&Claim, &Said), (b, b_said): (&Claim, &Said)) -> bool {
    match (&a.attribution.speaker, &b.attribution.speaker) {
        (Some(x), Some(y)) => {
            let mut pairs = a_said
                .speaker
                .iter()
                .flat_map(|n| b_said.speaker.iter().map(move |m| (n, m)));
            x.name == y.name || pairs.any(|(n, m)| alike(n, m) > 0.99)
        }
        (None, None) => true,
        _ => false,
    }
}

/// The beginnings of content words, sorted.
type Stems = Vec<String>;

/// The share of the shorter one's content words that both have.
fn alike(a: &Stems, b: &Stems) -> f64 {
    let (shorter, longer) = if a.len() < b.len() { (a, b) } else { (b, a) };
    if shorter.is_empty() {
        return 0.0;
    }
    let shared = shorter.iter().filter(|s| longer.binary_search(s).is_ok());
    shared.count() as f64 / shorter.len() as f64
}

fn stems(text: &str) -> Stems {
    const STOP: &str = "the a an of in on to for and by at from that it its their his her was were is are be been has \
                        have had said says who which with as";
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric());
    let mut stems: Stems = words
        .filter(|w| w.len() > 1 && !has(STOP, w))
        .map(|w| w.chars().take(5).collect())
        .collect();
    stems.sort_unstable();
    stems.dedup();
    stems
}
