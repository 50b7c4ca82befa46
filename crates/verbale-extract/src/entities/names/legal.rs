//! Legal forms in the names of firms: "Ltd", "S.A.", "gmbh" in classes of the same meaning.

use std::{collections::BTreeMap, sync::LazyLock};

use super::sound;
use super::words::Word;

/// Legal forms, each with its class; longer phrases first within a class do not matter, the longest wins.
const FORMS: &[(&str, &str)] = &[
    ("limited liability company", "llc"),
    ("llc", "llc"),
    ("ooo", "llc"),
    ("ltd liability co", "llc"),
    ("obshchestvo s ogranichennoy otvetstvennostyu", "llc"),
    ("tov", "llc"),
    ("srl", "llc"),
    ("societatea cu raspundere limitata", "llc"),
    ("sp z o o", "llc"),
    ("sp z oo", "llc"),
    ("spzoo", "llc"),
    ("sarl", "llc"),
    ("gmbh", "gmbh"),
    ("gesellschaft mit beschrankter haftung", "gmbh"),
    ("mbh", "gmbh"),
    ("limited", "ltd"),
    ("ltd", "ltd"),
    ("pty ltd", "ltd"),
    ("pte ltd", "ltd"),
    ("pvt ltd", "ltd"),
    ("co ltd", "ltd"),
    ("private limited", "ltd"),
    ("public limited company", "plc"),
    ("plc", "plc"),
    ("aktiengesellschaft", "ag"),
    ("ag", "ag"),
    ("akg", "ag"),
    ("joint stock company", "jsc"),
    ("open joint stock company", "jsc"),
    ("public joint stock company", "jsc"),
    ("closed joint stock company", "jsc"),
    ("jsc", "jsc"),
    ("ojsc", "jsc"),
    ("pjsc", "jsc"),
    ("cjsc", "jsc"),
    ("oao", "jsc"),
    ("pao", "jsc"),
    ("zao", "jsc"),
    ("ao", "jsc"),
    ("aktsionernoe obshchestvo", "jsc"),
    ("aktsionernoye obshchestvo", "jsc"),
    ("publichnoe aktsionernoe obshchestvo", "jsc"),
    ("otkrytoe aktsionernoe obshchestvo", "jsc"),
    ("zakrytoe aktsionernoe obshchestvo", "jsc"),
    ("inc", "inc"),
    ("incorporated", "inc"),
    ("corp", "co"),
    ("corporation", "co"),
    ("company", "co"),
    ("co", "co"),
    ("llp", "lp"),
    ("lp", "lp"),
    ("sa", "sa"),
    ("s a", "sa"),
    ("sas", "sa"),
    ("spa", "sa"),
    ("nv", "nv"),
    ("bv", "nv"),
    ("ab", "ab"),
    ("oy", "oy"),
    ("oyj", "oy"),
    ("kg", "kg"),
    ("ev", "ev"),
    ("se", "se"),
    ("kft", "kft"),
    ("doo", "doo"),
    ("sro", "sro"),
    ("a s", "as"),
    ("as", "as"),
];

/// Each phrase of several words, and the classes by phrase.
static FORM_OF: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| FORMS.iter().copied().collect());

/// Longest legal form in words.
const MAX_FORM_WORDS: usize = 4;

/// The class of a legal form, a long one also with a slip of the pen.
fn form_of(phrase: &str) -> Option<&'static str> {
    let slip = |(form, _): &&(&str, &str)| {
        form.len() >= MIN_SLIP_BYTES
            && form.len().abs_diff(phrase.len()) <= 2
            && sound::similarity(form, phrase, LEAST_ALIKE) >= LEAST_ALIKE
    };
    FORM_OF
        .get(phrase)
        .copied()
        .or_else(|| FORMS.iter().find(slip).map(|(_, class)| *class))
}

/// How alike a slip of the pen is to what was meant.
const LEAST_ALIKE: f64 = 0.92;

/// Shortest legal form that is known with a slip of the pen.
const MIN_SLIP_BYTES: usize = 10;

/// Takes legal forms out of the words. A name that is nothing but forms keeps them.
pub(super) fn legal_forms(words: Vec<Word>) -> (Vec<Word>, Vec<&'static str>) {
    let mut kept = Vec::new();
    let mut forms = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let found = (1..=MAX_FORM_WORDS.min(words.len() - at))
            .rev()
            .find_map(|n| {
                let phrase: Vec<&str> = words[at..at + n].iter().map(|w| w.text.as_str()).collect();
                form_of(&phrase.join(" ")).map(|class| (n, class))
            });
        match found {
            Some((n, class)) => {
                forms.push(class);
                at += n;
            }
            None => {
                kept.push(words[at].clone());
                at += 1;
            }
        }
    }
    if kept.is_empty() {
        (words, Vec::new())
    } else {
        (kept, forms)
    }
}
