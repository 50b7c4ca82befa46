//! When two values of a field count as the same.

use std::collections::BTreeSet;

use verbale_core::ClaimKind;

use super::text::{folded, tokens};
use super::{Record, Value};

/// One judged field.
pub(super) struct Verdict {
    pub(super) field: String,
    pub(super) right: bool,
    pub(super) gold: String,
    pub(super) got: String,
}

/// Judges all fields of a matched pair.
pub(super) fn judge(gold: &Record, got: &Record, outlet: Option<&str>) -> Vec<Verdict> {
    let mut verdicts = attribution(gold, got, outlet);
    for (name, compare) in kind_fields(gold.kind) {
        verdicts.push(Verdict {
            field: format!("{}.{name}", gold.kind),
            right: compare(&View(gold), &View(got)),
            gold: format!("{:?}", gold.fields.get(*name)),
            got: format!("{:?}", got.fields.get(*name)),
        });
    }
    verdicts
}

fn attribution(gold: &Record, got: &Record, outlet: Option<&str>) -> Vec<Verdict> {
    let verdict = |name: &str, right: bool, gold: String, got: String| Verdict {
        field: format!("all.{name}"),
        right,
        gold,
        got,
    };
    let word = |s: &Option<String>| s.clone().unwrap_or_default();
    vec![
        verdict(
            "speaker",
            speaker_agrees(gold, got, outlet),
            word(&gold.speaker),
            word(&got.speaker),
        ),
        verdict(
            "chain",
            chain_agrees(gold, got),
            gold.reported_via.join(" < "),
            got.reported_via.join(" < "),
        ),
        verdict(
            "on_behalf_of",
            soft(&word(&gold.on_behalf_of), &word(&got.on_behalf_of)) >= 0.5,
            word(&gold.on_behalf_of),
            word(&got.on_behalf_of),
        ),
        verdict(
            "anonymous",
            gold.anonymous == got.anonymous,
            gold.anonymous.to_string(),
            got.anonymous.to_string(),
        ),
        verdict(
            "act",
            gold.act == got.act,
            gold.act.clone(),
            got.act.clone(),
        ),
        verdict(
            "said_on",
            dates_agree(&word(&gold.said_on), &word(&got.said_on)),
            word(&gold.said_on),
            word(&got.said_on),
        ),
    ]
}

/// Half of the content words, in a prediction that is not much longer. A bare assertion on a page that does not
/// name its publisher agrees with no speaker and with the publisher that the prediction found.
fn speaker_agrees(gold: &Record, got: &Record, outlet: Option<&str>) -> bool {
    let Some(want) = gold.speaker.as_deref().filter(|s| !s.is_empty()) else {
        let got = got.speaker.as_deref().unwrap_or_default();
        return got.is_empty() || folded(got) == folded(outlet.unwrap_or_default());
    };
    let parts = [&got.speaker, &got.speaker_org, &got.speaker_role];
    let whole: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    let whole = whole.join(" ");
    soft(want, &whole) >= 0.5 && tokens(&whole).len() <= 2 * tokens(want).len() + 12
}

fn chain_agrees(gold: &Record, got: &Record) -> bool {
    let (want, got) = (gold.reported_via.join(" "), got.reported_via.join(" "));
    if want.is_empty() {
        got.is_empty()
    } else {
        soft(&want, &got) >= 0.5
    }
}

/// The fields of a claim, read as words, numbers or dates.
struct View<'r>(&'r Record);

impl View<'_> {
    fn text(&self, field: &str) -> String {
        match self.0.fields.get(field) {
            Some(Value::Text(s)) => s.clone(),
            Some(Value::Number(n)) => n.to_string(),
            Some(Value::List(items)) => items.join(" "),
            None => String::new(),
        }
    }

    fn number(&self, field: &str) -> Option<f64> {
        match self.0.fields.get(field)? {
            Value::Number(n) => Some(*n),
            Value::Text(s) => s.trim().parse().ok(),
            Value::List(_) => None,
        }
    }
}

/// True if some number of one figure is some number of the other, or the gold figure states none.
pub(super) fn numbers_agree(gold: &Record, got: &Record) -> bool {
    let numbers = |r: &Record| {
        let view = View(r);
        ["value", "low", "high"]
            .into_iter()
            .filter_map(|f| view.number(f))
            .collect::<Vec<_>>()
    };
    let (gold, got) = (numbers(gold), numbers(got));
    let close = |x: f64, y: f64| (x - y).abs() <= 1e-6 * x.abs().max(1.0);
    gold.is_empty() || gold.iter().any(|x| got.iter().any(|y| close(*x, *y)))
}

type Compare = fn(&View, &View) -> bool;

fn kind_fields(kind: ClaimKind) -> &'static [(&'static str, Compare)] {
    match kind {
        ClaimKind::Figure => &[
            ("value", |g, p| g.number("value") == p.number("value")),
            ("bounds", |g, p| {
                ["low", "high"]
                    .into_iter()
                    .all(|f| g.number(f) == p.number(f))
            }),
            ("subject", |g, p| {
                soft(
                    &g.text("subject"),
                    &format!("{} {}", p.text("subject"), p.text("unit")),
                ) >= 0.5
            }),
            ("where", |g, p| {
                alike_or_absent(&g.text("where"), &p.text("where"))
            }),
            ("per", |g, p| {
                alike_or_absent(&g.text("per"), &p.text("per"))
            }),
            ("as_of", |g, p| {
                dates_agree(&g.text("as_of"), &p.text("as_of"))
            }),
        ],
        ClaimKind::Status => &[
            ("subject", |g, p| {
                soft(&g.text("subject"), &p.text("subject")) >= 0.4
            }),
            ("status", |g, p| {
                soft(&g.text("status"), &p.text("status")) >= 0.5
            }),
            ("as_of", |g, p| {
                dates_agree(&g.text("as_of"), &p.text("as_of"))
            }),
        ],
        ClaimKind::Event => &[
            ("actors", |g, p| {
                soft(&g.text("actors"), &p.text("actors")) >= 0.5
            }),
            ("place", |g, p| {
                let want = g.text("place");
                want.is_empty() || soft(&want, &p.text("place")) >= 0.5
            }),
            ("date", |g, p| dates_agree(&g.text("date"), &p.text("date"))),
        ],
        ClaimKind::Obligation => &[
            ("instrument", |g, p| {
                soft(&g.text("instrument"), &p.text("instrument")) >= 0.5
            }),
            ("paragraph", |g, p| {
                g.text("paragraph") == p.text("paragraph")
            }),
            ("party", |g, p| {
                soft(&g.text("party"), &p.text("party")) >= 0.5
            }),
            ("deadline", |g, p| {
                dates_agree(&g.text("deadline"), &p.text("deadline"))
            }),
        ],
        ClaimKind::Position => &[("holder", |g, p| {
            soft(&g.text("holder"), &p.text("holder")) >= 0.5
        })],
    }
}

fn alike_or_absent(gold: &str, got: &str) -> bool {
    if gold.is_empty() {
        got.is_empty()
    } else {
        soft(gold, got) >= 0.5
    }
}

/// Words that carry no content of their own.
const STOP: &[&str] = &[
    "the", "a", "an", "of", "in", "on", "to", "for", "and", "s", "by", "at", "from",
];

/// Letters of a word that count; what follows is taken for an ending.
const STEM_CHARS: usize = 5;

/// The share of the gold phrase's content words that the prediction has.
fn soft(gold: &str, got: &str) -> f64 {
    let stems = |s: &str| -> BTreeSet<String> {
        tokens(s)
            .into_iter()
            .filter(|w| !STOP.contains(&w.as_str()))
            .map(|w| w.chars().take(STEM_CHARS).collect())
            .collect()
    };
    let (gold, got) = (stems(gold), stems(got));
    match (gold.is_empty(), got.is_empty()) {
        (true, true) => 1.0,
        (true, false) => 0.0,
        _ => gold.intersection(&got).count() as f64 / gold.len() as f64,
    }
}

/// Equal, or one a prefix of the other and both at least a month.
fn dates_agree(gold: &str, got: &str) -> bool {
    let prefix = got.starts_with(gold) || gold.starts_with(got);
    gold == got || prefix && gold.len().min(got.len()) >= "2020-01".len()
}
