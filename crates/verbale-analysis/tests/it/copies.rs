//! Copies among generated wire stories: each treatment is found, no two stories meet.

use verbale_analysis::{
    SharedWords,
    copies::{CopyIndex, CopyKind, MIN_SHARED, Print, Tokens, align},
    standings,
};
use verbale_core::TextRange;

use crate::{
    support,
    wires::{Random, TREATMENTS, story, treated},
};

#[test]
fn all_treatments_are_found_and_no_strangers() {
    let mut random = Random(7);
    let mut index = CopyIndex::default();
    for at in 0..20_u32 {
        let original = story(&mut random, 300);
        let print = |words: &[String]| Print::of(&Tokens::of(&words.join(" "))).hashes();
        let hashes = print(&original);
        assert_eq!(index.candidates(&hashes, MIN_SHARED), []);
        index.add(at, &hashes);
        for (treatment, name) in TREATMENTS.iter().enumerate() {
            let found = index.candidates(
                &print(&treated(&mut random, &original, treatment)),
                MIN_SHARED,
            );
            assert_eq!(
                found.iter().map(|f| f.0).collect::<Vec<_>>(),
                [at],
                "{name}"
            );
        }
    }
}

#[test]
fn an_embedded_story_is_told_from_an_excerpt() {
    let mut random = Random(3);
    let original = story(&mut random, 300);
    let kind = |treatment| {
        let mut random = Random(5);
        let copy = treated(&mut random, &original, treatment).join(" ");
        align(&Tokens::of(&original.join(" ")), &Tokens::of(&copy)).kind()
    };
    assert_eq!(kind(0), CopyKind::Identical);
    assert_eq!(kind(1), CopyKind::Truncated);
    assert_eq!(kind(5), CopyKind::Embedded);
    assert_eq!(kind(8), CopyKind::Excerpt);
}

/// Two pages of which nobody says that they share a story: the words tell.
#[test]
fn copied_words_make_one_origin() {
    let page = |id: &str, outlet: &str, speaker: &str| {
        let json = serde_json::json!({
            "id": id, "metadata": {"outlet": outlet, "published": "2024-04-03"},
            "claims": [{"id": id, "span": "seventeen boats lie in the harbor of Tarn without a crew", "speaker": speaker, "act": "say",
                "kind": "figure", "reported_via": [outlet], "figure": {"value": 17, "unit": "boats", "subject": "boats without a crew",
                "where": "Tarn", "as_of": "2024-04-03"}}],
        });
        support::page(&json.to_string())
    };
    let (a, b) = (
        page("p1", "One", "a harbor pilot"),
        page("p2", "Two", "a man at the quay"),
    );
    let lexicon = support::lexicon();
    let entries: Vec<_> = a.entries().chain(b.entries()).collect();
    let n_origins = |shared: &[SharedWords]| standings(lexicon, &entries, shared)[0].origins.len();
    assert_eq!(n_origins(&[]), 2);
    let whole = TextRange::up_to((a.text.len() as u32).into());
    assert_eq!(
        n_origins(&[SharedWords {
            a: (a.page, whole),
            b: (b.page, whole)
        }]),
        1
    );
}
