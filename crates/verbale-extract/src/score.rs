//! How well a ledger agrees with one made by hand.
//!
//! Two claims are the same when they have the same kind, their spans share at least half of the shorter one's
//! tokens and a quarter of their union, and, for figures, one of value, low and high agrees. Each gold claim is
//! matched to one prediction at most, the best overlap first. Fields are judged over matched claims. A gold
//! claim that restates another is optional: finding it is neither rewarded nor punished.
//!
//! Not here: reading annotation files and printing tables; the records below are filled by the program.

mod fields;
mod text;

use std::collections::BTreeMap;

use verbale_core::ClaimKind;

use text::{Place, tokens};

/// One value of a claim's own field.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Words, or a date as the ledger prints it.
    Text(String),
    /// A number.
    Number(f64),
    /// Several words: the actors of an event.
    List(Vec<String>),
}

/// One claim, gold or predicted, as the exchange format has it.
#[derive(Debug, Clone)]
pub struct Record {
    /// Its id, for the remarks.
    pub id: String,
    /// Kind.
    pub kind: ClaimKind,
    /// The words of the evidence.
    pub span: String,
    /// Who said it.
    pub speaker: Option<String>,
    /// The speaker's organisation.
    pub speaker_org: Option<String>,
    /// The speaker's function.
    pub speaker_role: Option<String>,
    /// Whom the speaker speaks for.
    pub on_behalf_of: Option<String>,
    /// True if neither name nor function identifies the speaker.
    pub anonymous: bool,
    /// The chain from the page backwards.
    pub reported_via: Vec<String>,
    /// The act, by its word.
    pub act: String,
    /// When it was said, as the ledger prints it.
    pub said_on: Option<String>,
    /// True if it repeats another claim of the page.
    pub restates: bool,
    /// The fields of the kind: `value`, `subject`, `as_of`, …
    pub fields: BTreeMap<String, Value>,
}

/// One page with both ledgers.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its id, for the remarks.
    pub id: String,
    /// The text in which spans are located.
    pub text: String,
    /// The publisher that the prediction's metadata names.
    pub outlet: Option<String>,
    /// The ledger made by hand.
    pub gold: Vec<Record>,
    /// The ledger to be judged.
    pub predicted: Vec<Record>,
}

/// How many claims there are and how many agree.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Found and in the gold ledger.
    pub matched: usize,
    /// In the gold ledger, restatements left out unless found.
    pub gold: usize,
    /// Predicted.
    pub predicted: usize,
}

impl Tally {
    /// The share of predictions that are right; 0 without predictions.
    pub fn precision(self) -> f64 {
        ratio(self.matched, self.predicted)
    }

    /// The share of gold claims that were found; 0 without gold claims.
    pub fn recall(self) -> f64 {
        ratio(self.matched, self.gold)
    }

    /// The harmonic mean of both; 0 if both are.
    pub fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 {
            2.0 * p * r / (p + r)
        } else {
            0.0
        }
    }

    fn add(&mut self, other: Self) {
        self.matched += other.matched;
        self.gold += other.gold;
        self.predicted += other.predicted;
    }
}

/// How often a field was right among matched claims.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FieldScore {
    /// How often it agreed.
    pub right: usize,
    /// How often it was judged.
    pub judged: usize,
}

impl FieldScore {
    /// The share that agreed; 0 if never judged.
    pub fn accuracy(self) -> f64 {
        ratio(self.right, self.judged)
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

/// One difference between the ledgers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// A gold claim that was not found.
    Missed {
        /// Page.
        page: String,
        /// Gold claim.
        id: String,
        /// Its kind.
        kind: ClaimKind,
        /// Its words.
        span: String,
    },
    /// A prediction that matches no gold claim.
    Extra {
        /// Page.
        page: String,
        /// Its kind.
        kind: ClaimKind,
        /// Its words.
        span: String,
    },
    /// A field of a matched claim that disagrees.
    Field {
        /// Page.
        page: String,
        /// Gold claim.
        id: String,
        /// The field: `speaker`, `figure.as_of`.
        field: String,
        /// What the gold ledger has.
        gold: String,
        /// What was predicted.
        got: String,
    },
}

/// The result of a comparison.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scores {
    /// By kind.
    pub kinds: BTreeMap<ClaimKind, Tally>,
    /// By field: `all.speaker`, `figure.bounds`.
    pub fields: BTreeMap<String, FieldScore>,
    /// Gold claims, restatements left out, whose words overlap some prediction of any kind by half.
    pub touched: FieldScore,
    /// Predictions whose words stand in the page.
    pub grounded: FieldScore,
    /// The differences, page by page.
    pub remarks: Vec<Remark>,
}

impl Scores {
    /// All kinds together.
    pub fn total(&self) -> Tally {
        self.kinds.values().fold(Tally::default(), |mut sum, t| {
            sum.add(*t);
            sum
        })
    }

    /// The accuracy of one field, `None` if it was never judged.
    pub fn accuracy(&self, field: &str) -> Option<f64> {
        self.fields.get(field).map(|f| f.accuracy())
    }
}

/// Compares the ledgers of `pages`.
pub fn score(pages: &[Page]) -> Scores {
    let mut scores = Scores::default();
    for page in pages {
        score_page(page, &mut scores);
    }
    scores
}

fn score_page(page: &Page, scores: &mut Scores) {
    let words = tokens(&page.text);
    let predicted = text::locate_all(page.predicted.iter().map(|c| c.span.as_str()), &words);
    let gold = text::locate_all(page.gold.iter().map(|c| c.span.as_str()), &words);
    scores.grounded.judged += predicted.len();
    scores.grounded.right += predicted.iter().flatten().count();

    let pairs = match_claims(page, &gold, &predicted);
    for (g, claim) in page.gold.iter().enumerate() {
        let tally = scores.kinds.entry(claim.kind).or_default();
        match pairs.iter().find(|(i, _)| *i == g) {
            Some(&(_, p)) => {
                if !claim.restates {
                    tally.add(Tally {
                        matched: 1,
                        gold: 1,
                        predicted: 1,
                    });
                }
                judge_fields(page, claim, &page.predicted[p], scores);
            }
            None if !claim.restates => {
                tally.gold += 1;
                scores.remarks.push(Remark::Missed {
                    page: page.id.clone(),
                    id: claim.id.clone(),
                    kind: claim.kind,
                    span: claim.span.clone(),
                });
            }
            None => {}
        }
    }
    for (p, claim) in page.predicted.iter().enumerate() {
        if !pairs.iter().any(|(_, j)| *j == p) {
            scores.kinds.entry(claim.kind).or_default().predicted += 1;
            scores.remarks.push(Remark::Extra {
                page: page.id.clone(),
                kind: claim.kind,
                span: claim.span.clone(),
            });
        }
    }
    for (claim, at) in page.gold.iter().zip(&gold).filter(|(c, _)| !c.restates) {
        debug_assert!(!claim.restates);
        scores.touched.judged += 1;
        let near = predicted.iter().any(|p| text::overlap(*at, *p) >= 0.5);
        scores.touched.right += usize::from(near);
    }
}

/// Pairs of gold and predicted claims, each used once, the best overlap first.
fn match_claims(
    page: &Page,
    gold: &[Option<Place>],
    predicted: &[Option<Place>],
) -> Vec<(usize, usize)> {
    let mut candidates = Vec::new();
    for (i, (g, ga)) in page.gold.iter().zip(gold).enumerate() {
        for (j, (p, pa)) in page.predicted.iter().zip(predicted).enumerate() {
            let (Some(ga), Some(pa)) = (ga, pa) else {
                continue;
            };
            let shared = text::overlap(Some(*ga), Some(*pa));
            if g.kind == p.kind
                && shared >= 0.5
                && text::jaccard(*ga, *pa) >= 0.25
                && (g.kind != ClaimKind::Figure || fields::numbers_agree(g, p))
            {
                candidates.push((shared, ga.start.abs_diff(pa.start), i, j));
            }
        }
    }
    candidates.sort_by(|a, b| {
        b.0.total_cmp(&a.0)
            .then_with(|| (a.1, a.2, a.3).cmp(&(b.1, b.2, b.3)))
    });
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (_, _, i, j) in candidates {
        if pairs.iter().all(|&(a, b)| a != i && b != j) {
            pairs.push((i, j));
        }
    }
    pairs
}

fn judge_fields(page: &Page, gold: &Record, got: &Record, scores: &mut Scores) {
    for verdict in fields::judge(gold, got, page.outlet.as_deref()) {
        let score = scores.fields.entry(verdict.field.clone()).or_default();
        score.judged += 1;
        score.right += usize::from(verdict.right);
        if !verdict.right {
            scores.remarks.push(Remark::Field {
                page: page.id.clone(),
                id: gold.id.clone(),
                field: verdict.field,
                gold: verdict.gold,
                got: verdict.got,
            });
        }
    }
}

#[cfg(test)]
mod tests;
