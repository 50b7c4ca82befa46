//! Pairing the words of two names.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use verbale_core::EntityKind;

use super::Speller;
use super::sound;
use super::words::{GENERIC, Name, PARTICLES, Word};

/// Words less alike than this are two words.
const LEAST_ALIKE: f64 = 0.72;

/// Most words that may be written as one: "van der bilt".
const MAX_RUN: usize = 3;

/// Most words that one word of initials stands for.
const MAX_INITIALS: usize = 5;

/// How alike two names are, 0 to 1.
pub(super) fn alike(kind: EntityKind, a: &Name, b: &Name) -> f64 {
    if a.words.is_empty() || b.words.is_empty() {
        return 0.0;
    }
    let is_org = kind != EntityKind::Person
        && (kind == EntityKind::Organization || looks_like_org(a) || looks_like_org(b));
    let pairs = pair(a, b, is_org);
    let by_words = judge(a, b, &pairs, is_org);
    let as_one = if a.words.len() != b.words.len() {
        let joined = sound::similarity(&a.joined(), &b.joined(), LEAST_JOINED);
        if joined >= LEAST_JOINED {
            joined * 0.97
        } else {
            0.0
        }
    } else {
        0.0
    };
    let best = by_words.max(as_one);
    let only_initials = |n: &Name| !is_org && n.words.iter().all(|w| w.is_initials);
    let best = if only_initials(a) != only_initials(b) {
        best * FORM_CONFLICT
    } else {
        best
    };
    if conflicting_forms(a, b) {
        best * FORM_CONFLICT
    } else {
        best
    }
}

/// Names run together that are at least so alike are one, however they are cut into words.
const LEAST_JOINED: f64 = 0.9;

/// What two legal forms that exclude each other leave of the score.
const FORM_CONFLICT: f64 = 0.69;

/// True if both have a legal form and none in common. "Company" and its like go with any.
fn conflicting_forms(a: &Name, b: &Name) -> bool {
    fn is_vague(form: &&str) -> bool {
        matches!(*form, "co" | "inc" | "ltd" | "llc")
    }
    let both = !a.forms.is_empty() && !b.forms.is_empty();
    let shared = a.forms.iter().any(|f| b.forms.contains(f));
    let vague = a.forms.iter().any(is_vague) && b.forms.iter().any(is_vague);
    both && !shared && !vague
}

fn looks_like_org(name: &Name) -> bool {
    !name.forms.is_empty()
        || name
            .words
            .iter()
            .any(|w| GENERIC.contains(&w.text.as_str()) || w.is_number() || w.text == "of")
}

/// Runs of words of the one name and the other that mean the same.
struct Pair {
    a: std::ops::Range<usize>,
    b: std::ops::Range<usize>,
    alike: f64,
}

/// The surest pairs first; each word is in one pair at most.
fn pair(a: &Name, b: &Name, is_org: bool) -> Vec<Pair> {
    let mut all = Vec::new();
    for i in 0..a.words.len() {
        for j in 0..b.words.len() {
            for (n, m) in runs(a.words.len() - i, b.words.len() - j) {
                let alike = likeness(&a.words[i..i + n], &b.words[j..j + m], is_org);
                if alike >= LEAST_ALIKE {
                    all.push(Pair {
                        a: i..i + n,
                        b: j..j + m,
                        alike,
                    });
                }
            }
        }
    }
    let size = |p: &Pair| p.a.len() + p.b.len();
    let apart = |p: &Pair| p.a.start.abs_diff(p.b.start);
    all.sort_by(|x, y| {
        let sure = y.alike.total_cmp(&x.alike);
        sure.then(size(y).cmp(&size(x)))
            .then(apart(x).cmp(&apart(y)))
            .then(x.a.start.cmp(&y.a.start))
    });
    let mut taken: Vec<Pair> = Vec::new();
    for p in all {
        let clashes = |q: &Pair| {
            p.a.start < q.a.end && q.a.start < p.a.end || p.b.start < q.b.end && q.b.start < p.b.end
        };
        if !taken.iter().any(clashes) {
            taken.push(p);
        }
    }
    taken
}

/// One word with one, or one with a run of several.
fn runs(left_a: usize, left_b: usize) -> impl Iterator<Item = (usize, usize)> {
    let one = std::iter::once((1, 1));
    let a = (2..=MAX_INITIALS.min(left_a)).map(|n| (n, 1));
    let b = (2..=MAX_INITIALS.min(left_b)).map(|m| (1, m));
    one.chain(a).chain(b)
}

fn likeness(a: &[Word], b: &[Word], is_org: bool) -> f64 {
    match (a, b) {
        ([x], [y]) => word_likeness(x, y, is_org),
        ([x], many) | (many, [x]) => {
            let joined: String = many.iter().map(|w| w.text.as_str()).collect();
            let initials: String = many.iter().filter_map(|w| w.text.chars().next()).collect();
            let may_stand = x.is_short_capitals || x.is_initials && x.text.len() > 1;
            if may_stand && x.text == initials && !many.iter().any(Word::is_number) {
                return INITIALS;
            }
            if many.len() > MAX_RUN {
                return 0.0;
            }
            let joined = sound::similarity(&x.text, &joined, LEAST_JOINED);
            if joined >= LEAST_JOINED && x.text.len() >= MIN_JOINED_BYTES {
                joined * 0.98
            } else {
                0.0
            }
        }
        _ => 0.0,
    }
}

/// Shortest word that may be written as several.
const MIN_JOINED_BYTES: usize = 5;

/// How sure initials are that stand for a word.
const INITIALS: f64 = 0.85;

fn word_likeness(x: &Word, y: &Word, is_org: bool) -> f64 {
    if x.text == y.text {
        return 1.0;
    }
    if x.is_number() || y.is_number() {
        return 0.0;
    }
    let stands_for = |short: &Word, long: &Word| {
        short.is_initials && short.text.len() == 1 && long.text.starts_with(&short.text) && !is_org
    };
    if stands_for(x, y) || stands_for(y, x) {
        return INITIALS;
    }
    if x.is_initials || y.is_initials {
        return 0.0;
    }
    if !is_org && VARIANTS.are_one(&x.text, &y.text) {
        return 0.95;
    }
    let by_sound = sound::similarity(&x.sound, &y.sound, LEAST_ALIKE);
    // Pinyin writes "x" for what others write "sh" or "s".
    let as_pinyin = if x.text.starts_with('x') != y.text.starts_with('x') {
        let spell = |word: &Word| word.text.replace('x', "sh");
        sound::similarity(&spell(x), &spell(y), LEAST_ALIKE)
    } else {
        0.0
    };
    steep(by_sound.max(as_pinyin)).max(across_scripts(x, y))
}

/// A letter out of place counts more in a short word: what similarity is left is stretched.
fn steep(similarity: f64) -> f64 {
    1.0 - (1.0 - similarity) * 1.15
}

/// The likeness of a word to one in another script.
fn across_scripts(x: &Word, y: &Word) -> f64 {
    let (foreign, latin) = match (&x.foreign, &y.foreign) {
        (Some(f), None) => (f, &y.text),
        (None, Some(f)) => (f, &x.text),
        _ => return 0.0,
    };
    1.0 + Speller::builtin().per_letter(foreign, latin) * PER_LIKELIHOOD
}

/// How fast likeness falls with the log-likelihood per letter; chosen so that chance is near 0.6.
const PER_LIKELIHOOD: f64 = 0.2;

/// What a word weighs in the judgment.
fn weight(word: &Word, is_org: bool) -> f64 {
    let text = word.text.as_str();
    if PARTICLES.contains(&text) {
        0.25
    } else if is_org && GENERIC.contains(&text) {
        0.5
    } else {
        1.0
    }
}

/// How much of what one name adds, and of what both contradict each other in, is taken off.
const ADDITION: (f64, f64) = (0.22, 0.58);
const CONTRADICTION: f64 = 1.5;

/// The score of paired names.
fn judge(a: &Name, b: &Name, pairs: &[Pair], is_org: bool) -> f64 {
    let weigh = |words: &[Word]| words.iter().map(|w| weight(w, is_org)).sum::<f64>();
    let full = |name: &Name| name.words.iter().map(|w| weight(w, false)).sum::<f64>();
    let (mut paired_a, mut paired_b, mut alike) = (0.0, 0.0, 0.0);
    for p in pairs {
        let (in_a, in_b) = (weigh(&a.words[p.a.clone()]), weigh(&b.words[p.b.clone()]));
        paired_a += in_a;
        paired_b += in_b;
        alike += (in_a + in_b) * p.alike;
    }
    if paired_a + paired_b <= 0.0 {
        return 0.0;
    }
    let alike = alike / (paired_a + paired_b);
    // A word said twice adds nothing. What a name has more counts by its full weight: "Bank" and "Bank Trust" differ.
    let repeated =
        |name: &Name, i: usize| name.words[..i].iter().any(|w| w.text == name.words[i].text);
    let alone = |name: &Name, used: &dyn Fn(usize) -> bool| -> f64 {
        let left = (0..name.words.len()).filter(|&i| !used(i) && !repeated(name, i));
        left.map(|i| weight(&name.words[i], false)).sum()
    };
    let left_a = alone(a, &|i| pairs.iter().any(|p| p.a.contains(&i))) / full(a);
    let left_b = alone(b, &|i| pairs.iter().any(|p| p.b.contains(&i))) / full(b);
    let (less, more) = if left_a < left_b {
        (left_a, left_b)
    } else {
        (left_b, left_a)
    };
    let addition = if is_org { ADDITION.1 } else { ADDITION.0 };
    alike * (1.0 - CONTRADICTION * less - addition * (more - less)).max(0.0)
}

/// Given names that are forms of one name.
struct Variants(BTreeMap<&'static str, Vec<usize>>);

impl Variants {
    fn are_one(&self, a: &str, b: &str) -> bool {
        let (Some(a), Some(b)) = (self.0.get(a), self.0.get(b)) else {
            return false;
        };
        a.iter().any(|line| b.contains(line))
    }
}

static VARIANTS: LazyLock<Variants> = LazyLock::new(|| {
    let mut lines: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, line) in include_str!("variants.txt").lines().enumerate() {
        if !line.starts_with('#') {
            line.split_whitespace()
                .for_each(|name| lines.entry(name).or_default().push(i));
        }
    }
    Variants(lines)
});
