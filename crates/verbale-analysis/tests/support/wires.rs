//! Made-up wire stories and what outlets do to them, out of seeded random words.
#![allow(dead_code, reason = "each user needs a part of it")]

/// SplitMix64: small, seeded, the same everywhere.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.next() % n.max(1)
    }
}

/// A text of `n` words from 20,000, the frequent ones far more often, as in a language.
pub(crate) fn story(random: &mut Random, n: usize) -> Vec<String> {
    let word = |random: &mut Random| {
        let share = random.below(1 << 20) as f64 / f64::from(1 << 20);
        format!("v{}", (20_000_f64.powf(share)) as u64)
    };
    (0..n).map(|_| word(random)).collect()
}

/// What an outlet does with a story.
pub(crate) const TREATMENTS: &[&str] = &[
    "verbatim",
    "first 40 %",
    "5 % of words edited",
    "15 % of words edited",
    "inside as much other text",
    "inside 4 times as much",
    "first 40 % inside 4 times",
    "40 %, 5 % edited, inside 4 times",
    "two sentences inside 10 times",
    "alternating with own sentences",
    "3 % of characters garbled",
];

pub(crate) fn treated(random: &mut Random, story: &[String], treatment: usize) -> Vec<String> {
    let n = story.len();
    let start = &story[..n * 2 / 5];
    match treatment {
        0 => story.to_vec(),
        1 => start.to_vec(),
        2 => edited(random, story, 5),
        3 => edited(random, story, 15),
        4 => inside(random, story, n),
        5 => inside(random, story, 4 * n),
        6 => inside(random, start, 4 * start.len()),
        7 => {
            let edited = edited(random, start, 5);
            inside(random, &edited, 4 * start.len())
        }
        8 => inside(random, &story[n / 2..n / 2 + 44], 440),
        10 => story.iter().map(|w| garbled(random, w, 3)).collect(),
        _ => story
            .chunks(22)
            .flat_map(|s| [s.to_vec(), self::story(random, 22)].concat())
            .collect(),
    }
}

fn edited(random: &mut Random, words: &[String], percent: u64) -> Vec<String> {
    words
        .iter()
        .map(|w| {
            if random.below(100) < percent {
                format!("e{}", random.below(5000))
            } else {
                w.clone()
            }
        })
        .collect()
}

/// As a bad scan gives it: each character may have become another one.
fn garbled(random: &mut Random, word: &str, percent: u64) -> String {
    let garble = |c| if random.below(100) < percent { 'x' } else { c };
    word.chars().map(garble).collect()
}

fn inside(random: &mut Random, words: &[String], n_other: usize) -> Vec<String> {
    let before = random.below(n_other as u64) as usize;
    [
        story(random, before),
        words.to_vec(),
        story(random, n_other - before),
    ]
    .concat()
}
