use std::collections::BTreeSet;

use verbale_core::Act;

use super::*;
use crate::{Bound, FineAct, MetonymReading, builtin, fold};

fn packs() -> Packs {
    Packs::builtin()
}

#[test]
fn every_pack_file_is_built_in() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../packs");
    let built_in: BTreeSet<&str> = builtin::FILES
        .iter()
        .flat_map(|(_, files)| files.iter().map(|(name, _)| *name))
        .collect();
    for dir in std::fs::read_dir(root).unwrap().map(|d| d.unwrap()) {
        if !dir.file_type().unwrap().is_dir() {
            continue;
        }
        for file in std::fs::read_dir(dir.path()).unwrap().map(|f| f.unwrap()) {
            let name = format!(
                "{}/{}",
                dir.file_name().to_string_lossy(),
                file.file_name().to_string_lossy()
            );
            assert!(built_in.contains(name.as_str()), "{name} is not embedded");
        }
    }
}

#[test]
fn every_built_in_pack_parses() {
    for (name, files) in builtin::FILES {
        let pack = Pack::parse(name, files).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(&pack.header().id, name);
    }
}

#[test]
fn verbs_are_found_by_any_form() {
    let packs = packs();
    let act = |lang: &str, word: &str| packs.verbs(lang).lookup(word).map(|v| v.act);
    assert_eq!(act("en", "said"), Some(Act::Say));
    assert_eq!(act("en", "Predicted"), Some(Act::Expect));
    assert_eq!(act("en", "retracts"), Some(Act::Admit));
    assert_eq!(act("en", "would not say"), Some(Act::Other));
    assert_eq!(act("en", "went on to say"), Some(Act::Say));
    assert_eq!(act("ru", "заявила"), Some(Act::Say));
    assert_eq!(act("ru", "утверждает"), Some(Act::Say));
    assert_eq!(act("de", "dementierte"), Some(Act::Deny));
    assert_eq!(act("ko", "촉구했다"), Some(Act::Demand));
    assert_eq!(act("en", "walked"), None);
    assert_eq!(act("xx", "said"), None);
}

#[test]
fn a_verb_may_have_two_senses() {
    let packs = packs();
    let senses: Vec<FineAct> = packs
        .verbs("en")
        .senses("recalled")
        .map(|v| v.fine)
        .collect();
    assert_eq!(senses, [FineAct::State, FineAct::Decide]);
}

#[test]
fn phrases_are_found_by_their_first_word() {
    let packs = packs();
    let found: Vec<&str> = packs
        .verbs("en")
        .phrases("went")
        .map(|v| &*v.lemma)
        .collect();
    assert_eq!(found, ["go on to say", "go public"]);
}

#[test]
fn approximators_state_bounds() {
    let packs = packs();
    let bound = |word: &str| {
        let has = |a: &&Approximator| a.before.of("en").iter().any(|w| w == word);
        packs.approximators().iter().find(has).map(|a| a.bound)
    };
    assert_eq!(bound("fewer than"), Some(Some(Bound::Below)));
    assert_eq!(bound("nearly"), Some(Some(Bound::High)));
    assert_eq!(bound("at least"), Some(Some(Bound::Low)));
    assert_eq!(bound("about"), Some(None));
    assert_eq!(bound("only"), Some(None));
}

#[test]
fn an_approximator_word_has_one_meaning() {
    for lang in ["en", "ru", "de", "ko", "zh"] {
        for side in [
            |a: &Approximator| a.before.clone(),
            |a: &Approximator| a.after.clone(),
        ] {
            let mut seen = BTreeSet::new();
            for a in packs().approximators() {
                for word in side(a).of(lang) {
                    assert!(seen.insert(word.clone()), "{lang} {word} twice");
                }
            }
        }
    }
}

#[test]
fn names_lead_to_what_they_name() {
    let packs = packs();
    let country = packs.countries().iter().find(|c| c.id == "KP").unwrap();
    assert_eq!(country.names.first(), Some("North Korea"));
    assert!(country.weak.of("en").iter().any(|w| w == "the North"));
    let kremlin = packs
        .metonyms()
        .iter()
        .find(|m| m.name == "the Kremlin")
        .unwrap();
    assert_eq!(kremlin.institution, "president:RU");
    assert_eq!(kremlin.reading, MetonymReading::Actor);
    let agencies = packs.outlets().iter().filter(|o| o.is_agency());
    assert!(agencies.flat_map(|o| o.all_names()).any(|n| n == "Reuters"));
}

#[test]
fn ids_are_unique() {
    fn check<'a>(ids: impl Iterator<Item = &'a str>) {
        let mut seen = BTreeSet::new();
        ids.for_each(|id| assert!(seen.insert(id), "{id} twice"));
    }
    let packs = packs();
    check(packs.countries().iter().map(|c| &*c.id));
    check(packs.institutions().iter().map(|c| &*c.id));
    check(packs.people().iter().map(|c| &*c.id));
    check(packs.outlets().iter().map(|c| &*c.name));
    check(packs.metonyms().iter().map(|c| &*c.name));
    check(packs.statuses().iter().map(|c| &*c.id));
    check(packs.approximators().iter().map(|c| &*c.id));
}

#[test]
fn a_fault_names_its_line() {
    let text =
        "[pack]\nid = \"x\"\ntitle = \"X\"\nversion = \"1\"\n\n[[person]]\nid = \"a\"\nnmes = {}\n";
    let error = Pack::parse("x", &[("x.toml", text)]).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("x.toml:8: unknown field `nmes`"),
        "{error}"
    );
}

#[test]
fn a_pack_comes_once() {
    let text = "[pack]\nid = \"base\"\ntitle = \"X\"\nversion = \"1\"\n";
    let pack = Pack::parse("base", &[("base.toml", text)]).unwrap();
    assert!(matches!(packs().add(pack), Err(Error::Twice { id }) if id == "base"));
}

#[test]
fn folding_makes_marks_plain() {
    assert_eq!(fold("Russia’s Embassy"), "russia's embassy");
}
