//! What must hold for any case: order and duplication change nothing, conflicts are symmetric, pages are local.

use jiff::civil::date;
use proptest::prelude::*;
use verbale_analysis::{
    Clock, ConflictKind, Entry, Lexicon, Series, against_computed, conflicts, conflicts::keys,
    conflicts_under, judge, lines::REACH, obligations, presence, restrictions, standings, timeline,
};

use verbale_core::{Decimal, Proposition, Quantity};

use crate::support::{self, Filed};

/// Everything that the ledgers say, as one string.
fn all_ledgers(lexicon: &Lexicon, entries: &[Entry<'_>]) -> String {
    let on = date(2024, 6, 1);
    let found = conflicts(lexicon, entries);
    let standing = standings(lexicon, entries, &[]);
    let parts = [
        format!("{:?}", Series::all(lexicon, entries)),
        format!("{found:?}"),
        format!("{:?}", against_computed(lexicon, entries, on)),
        format!("{standing:?}"),
        format!("{:?}", obligations(lexicon, entries, on)),
        format!("{:?}", presence(lexicon, entries)),
        format!("{:?}", restrictions(lexicon, entries)),
        format!("{:?}", timeline(entries, Clock::AsOf)),
    ];
    parts.join("\n")
}

fn pages() -> Vec<Filed> {
    ["examples/trawlers", "examples/dam", "eval/open"]
        .iter()
        .flat_map(|f| support::gold(f))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]

    #[test]
    fn neither_order_nor_duplication_shows(seed in any::<u64>()) {
        let lexicon = support::lexicon();
        let pages = pages();
        let entries: Vec<Entry<'_>> = pages.iter().flat_map(Filed::entries).collect();
        let mut random = crate::wires::Random(seed);
        let mut shuffled = entries.clone();
        for at in (1..shuffled.len()).rev() {
            shuffled.swap(at, random.below(at as u64 + 1) as usize);
        }
        shuffled.extend_from_within(..20);
        prop_assert_eq!(all_ledgers(lexicon, &entries), all_ledgers(lexicon, &shuffled));
    }

    #[test]
    fn judgements_are_symmetric(seed in any::<u64>()) {
        let lexicon = support::lexicon();
        let pages = pages();
        let entries: Vec<Entry<'_>> = pages.iter().flat_map(Filed::entries).collect();
        let mut random = crate::wires::Random(seed);
        for _ in 0..500 {
            let mut pick = || entries[random.below(entries.len() as u64) as usize];
            let (a, b) = (pick(), pick());
            prop_assert_eq!(judge(lexicon, a, b), judge(lexicon, b, a));
        }
    }
}

#[test]
fn nothing_is_in_conflict_with_itself() {
    let lexicon = support::lexicon();
    let pages = pages();
    for entry in pages.iter().flat_map(Filed::entries) {
        let verdict = judge(lexicon, entry, entry);
        assert!(
            verdict.answer.is_err(),
            "{}: {}",
            entry.quote(),
            verdict.reason
        );
    }
}

#[test]
fn what_one_says_side_by_side_is_no_contradiction() {
    let lexicon = support::lexicon();
    let pages = pages();
    let mut n = 0;
    for entry in pages.iter().flat_map(Filed::entries) {
        let mut other = entry.claim.clone();
        let Proposition::Figure(figure) = &mut other.proposition else {
            continue;
        };
        let Some(value) = figure.quantity.value else {
            continue;
        };
        figure.quantity = Quantity {
            value: Some(value * Decimal::from(3) + Decimal::ONE),
            low: None,
            high: None,
            ..figure.quantity.clone()
        };
        let beside = Entry {
            claim: &other,
            ..entry
        };
        let verdict = judge(lexicon, entry, beside);
        assert_ne!(
            verdict.answer,
            Ok(ConflictKind::Contradiction),
            "{}: {}",
            entry.quote(),
            verdict.reason
        );
        n += 1;
    }
    assert!(n > 100, "{n} figures");
}

#[test]
fn claims_in_conflict_share_a_key() {
    let lexicon = support::lexicon();
    let pages = pages();
    let entries: Vec<Entry<'_>> = pages.iter().flat_map(Filed::entries).collect();
    let names: Vec<_> = entries.iter().map(|e| keys(lexicon, *e)).collect();
    for (i, a) in entries.iter().enumerate() {
        for (j, b) in entries.iter().enumerate().skip(i + 1) {
            // The keys are an index: what they keep apart must not be a conflict of figures or statuses.
            if !names[j].iter().any(|k| names[i].contains(k)) {
                let verdict = judge(lexicon, *a, *b);
                assert!(
                    verdict.answer.is_err(),
                    "{} | {}: {}",
                    a.quote(),
                    b.quote(),
                    verdict.reason
                );
            }
        }
    }
}

#[test]
fn a_page_adds_only_what_meets_its_keys() {
    let lexicon = support::lexicon();
    let pages = pages();
    let entries: Vec<Entry<'_>> = pages.iter().flat_map(Filed::entries).collect();
    let new = pages[3].page;
    let before: Vec<Entry<'_>> = entries.iter().filter(|e| e.page != new).copied().collect();
    let touched: std::collections::BTreeSet<_> = entries
        .iter()
        .filter(|e| e.page == new)
        .flat_map(|e| keys(lexicon, *e))
        .collect();
    let mut found: std::collections::BTreeSet<_> =
        conflicts(lexicon, &before).into_iter().collect();
    for key in &touched {
        let group: Vec<Entry<'_>> = entries
            .iter()
            .filter(|e| keys(lexicon, **e).contains(key))
            .copied()
            .collect();
        found.extend(conflicts_under(lexicon, key.0, &group, REACH));
    }
    let whole: std::collections::BTreeSet<_> = conflicts(lexicon, &entries).into_iter().collect();
    assert!(whole.is_subset(&found));
}
