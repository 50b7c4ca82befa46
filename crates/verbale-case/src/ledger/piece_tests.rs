//! Long lists, piece by piece.

use super::*;
use crate::Case;
use crate::testing::{Sample, figure, harbour};

fn case_with(samples: &[&Sample]) -> Case {
    let mut case = Case::in_memory().unwrap();
    for sample in samples {
        sample.add_to(&mut case);
    }
    case
}

#[test]
fn pieces_make_the_whole_list_on_every_clock() {
    let undated = Sample::new("c.txt", "Three\nThree boats.").claim(
        "Three boats",
        "Ada",
        figure("3", "boats", "boats", "Orsk"),
    );
    let case = case_with(&[&harbour(), &undated]);
    for clock in Clock::ALL {
        for publisher in [None, Some("Harbour Post".to_owned())] {
            let filter = Filter {
                clock: *clock,
                publisher,
                ..Filter::default()
            };
            let whole = case.claims(&filter).unwrap();
            let mut after = None;
            for claim in &whole {
                let next = Filter {
                    after,
                    limit: Some(1),
                    ..filter.clone()
                };
                assert_eq!(case.claims(&next).unwrap(), std::slice::from_ref(claim));
                after = Some(claim.claim.id);
            }
            assert!(
                whole.len() > 1 && case.claims(&Filter { after, ..filter }).unwrap().is_empty()
            );
        }
    }
}

#[test]
fn a_long_list_comes_piece_by_piece_in_the_order_of_the_pages() {
    let second = Sample::new("b.txt", "Two\nTwo boats and nine barges.")
        .claim(
            "nine barges",
            "Ada",
            figure("9", "barges", "barges", "Orsk"),
        )
        .claim("Two boats", "Ada", figure("2", "boats", "boats", "Orsk"));
    let case = case_with(&[&harbour(), &second]);
    let whole = case.claims(&Filter::default()).unwrap();
    let mut pieces = Vec::new();
    let mut after = None;
    loop {
        let piece = case
            .claims(&Filter {
                order: Order::Page,
                after,
                limit: Some(2),
                ..Filter::default()
            })
            .unwrap();
        let Some(last) = piece.last() else { break };
        after = Some(last.claim.id);
        pieces.extend(piece);
    }
    assert_eq!(pieces.len(), whole.len());
    assert!(whole.iter().all(|claim| pieces.contains(claim)));
    let places: Vec<_> = pieces
        .iter()
        .map(|c| (c.document.path.clone(), c.claim.evidence.range().start()))
        .collect();
    assert!(
        places.is_sorted_by_key(|(path, start)| (path != "harbour.txt", *start)),
        "{places:?}"
    );
    let limited = Filter {
        limit: Some(3),
        ..Filter::default()
    };
    assert_eq!(case.n_claims(&limited).unwrap(), 3);
    let third = Filter {
        limit: Some(2),
        offset: 2,
        ..Filter::default()
    };
    assert_eq!(case.claims(&third).unwrap(), whole[2..4]);
    assert_eq!(case.n_claims(&Filter::default()).unwrap(), 7);
}

#[test]
fn kinds_are_counted_up_to_a_bound() {
    let case = case_with(&[&harbour()]);
    let all = case.n_of_kinds(&Filter::default(), 1_000).unwrap();
    let n: u64 = all.iter().map(|(_, n)| n).sum();
    assert_eq!(n, case.n_claims(&Filter::default()).unwrap());
    let some = case.n_of_kinds(&Filter::default(), 2).unwrap();
    assert_eq!(some.iter().map(|(_, n)| n).sum::<u64>(), 2);
}
