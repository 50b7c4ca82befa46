//! Tests with files that are damaged or made to harm.

use proptest::prelude::*;

use crate::components::{EntityRecognizer, Parser};
use crate::doc::Labels;
use crate::fuzz;
use crate::network::{Tok2Vec, Weights};
use crate::tokenizer::{Tokenizer, Words};
use crate::vocab::Vocab;

/// Writes MessagePack, as far as these tests need it.
#[derive(Default)]
struct Writer(Vec<u8>);

impl Writer {
    fn map(mut self, n: u8) -> Self {
        self.0.push(0x80 | n);
        self
    }

    fn array(mut self, n: u8) -> Self {
        self.0.push(0x90 | n);
        self
    }

    fn str(mut self, s: &str) -> Self {
        self.0.push(0xda);
        self.0.extend((s.len() as u16).to_be_bytes());
        self.0.extend(s.as_bytes());
        self
    }

    fn bin(mut self, b: &[u8]) -> Self {
        self.0.push(0xc6);
        self.0.extend((b.len() as u32).to_be_bytes());
        self.0.extend(b);
        self
    }

    fn int(mut self, n: u32) -> Self {
        self.0.push(0xce);
        self.0.extend(n.to_be_bytes());
        self
    }

    fn nil(mut self) -> Self {
        self.0.push(0xc0);
        self
    }

    fn with(self, write: impl FnOnce(Self) -> Self) -> Self {
        write(self)
    }
}

/// A layer of a network: name, references, whole-number attributes and arrays.
type Layer<'l> = (
    &'l str,
    &'l [(&'l str, u32)],
    &'l [(&'l str, u8)],
    &'l [(&'l str, &'l [u32])],
);

fn weights(layers: &[Layer<'_>]) -> Vec<u8> {
    let n = layers.len() as u8;
    let mut w = Writer::default().map(4).str("nodes").array(n);
    for (name, refs, _, _) in layers {
        w = w
            .map(2)
            .str("name")
            .str(name)
            .str("refs")
            .map(refs.len() as u8);
        for (key, to) in *refs {
            w = w.str(key).int(*to);
        }
    }
    w = w.str("attrs").array(n);
    for (_, _, attributes, _) in layers {
        w = w.map(attributes.len() as u8);
        for (key, value) in *attributes {
            w = w.str(key).bin(&[*value]);
        }
    }
    w = w.str("params").array(n);
    for (_, _, _, arrays) in layers {
        w = w.map(arrays.len() as u8);
        for (key, shape) in *arrays {
            let len = shape.iter().map(|&d| d as usize).product::<usize>();
            let shape_of = |w: Writer| {
                shape
                    .iter()
                    .fold(w.array(shape.len() as u8), |w, &d| w.int(d))
            };
            w = w
                .str(key)
                .map(3)
                .str("type")
                .str("<f4")
                .str("shape")
                .with(shape_of);
            w = w.str("data").bin(&vec![0; 4 * len]);
        }
    }
    w = w.str("shims").array(n);
    (0..n).fold(w, |w, _| w.array(0)).0
}

fn transitions(shapes: [&[u32]; 6]) -> Vec<u8> {
    let [hidden, lower, bias, pad, upper, upper_bias] = shapes;
    weights(&[
        ("parser_model", &[("lower", 1), ("upper", 2)], &[], &[]),
        (
            "precomputable_affine",
            &[],
            &[],
            &[("W", lower), ("b", bias), ("pad", pad)],
        ),
        ("linear", &[], &[], &[("W", upper), ("b", upper_bias)]),
        ("linear", &[], &[], &[("W", hidden), ("b", &hidden[..1])]),
    ])
}

fn moves(json: &str) -> Vec<u8> {
    Writer::default().map(1).str("moves").str(json).0
}

fn rules(prefix: &str, suffix: &str, infix: &str) -> Vec<u8> {
    Writer::default()
        .map(5)
        .str("prefix_search")
        .str(prefix)
        .str("suffix_search")
        .str(suffix)
        .str("infix_finditer")
        .str(infix)
        .str("token_match")
        .nil()
        .str("exceptions")
        .map(1)
        .str("a.b.")
        .array(1)
        .map(1)
        .int(65)
        .str("a.b.")
        .0
}

fn words(rules: &[u8], text: &str) -> Result<Vec<String>, String> {
    let rules = Tokenizer::from_bytes(rules)?;
    let (mut words, mut found) = (Words::default(), Vec::new());
    words.tokenize(&rules, &Vocab::default(), text, &mut found);
    Ok(found
        .iter()
        .map(|w| words.word(w.word).text.to_string())
        .collect())
}

#[test]
fn a_small_tokenizer() {
    let rules = rules(
        r"^\(|^\+(?![0-9])",
        r"\)$|(?<=[0-9])km$|\.$",
        r"(?<=[a-z])(?:-|--)(?=[a-z])",
    );
    let check = |text: &str, expected: &[&str]| assert_eq!(words(&rules, text).unwrap(), expected);
    check("(12km)", &["(", "12", "km", ")"]);
    check("+a +1", &["+", "a", "+1"]);
    check("x--y-z-1", &["x", "--", "y", "-", "z-1"]);
    check("(a.b.)", &["(", "a.b.", ")"]);
    check("km. a  b", &["km", ".", "a", " ", "b"]);
}

#[test]
fn patterns_that_are_refused() {
    for [prefix, suffix, infix] in [
        ["a", "b$", "c"],
        ["^a", "b", "c"],
        ["^a", "b$", "(a(?=b)c)"],
        ["^a", "b$", r"(a)\1"],
        ["^a", "b$", "(?<!a)b"],
        ["^a", "(?<=a*)b$", "c"],
        ["^(", "b$", "c"],
        ["^a{1000}{1000}{1000}", "b$", "c"],
    ] {
        assert!(
            words(&rules(prefix, suffix, infix), "a").is_err(),
            "{prefix} {suffix} {infix}"
        );
    }
}

#[test]
fn networks_that_do_not_fit() {
    let parse = |shapes: [&[u32]; 6], json: &str| {
        let weights = Weights::from_bytes(&transitions(shapes)).unwrap();
        Parser::new(&weights, 16, &moves(json), &mut Labels::default()).map(drop)
    };
    const MOVES: &str = r#"{"0": {"": 1}, "1": {"": 1}, "2": {"det": 2}, "4": {"ROOT": 1}}"#;
    let good: [&[u32]; 6] = [
        &[16, 16],
        &[8, 16, 2, 16],
        &[16, 2],
        &[1, 8, 16, 2],
        &[4, 16],
        &[4],
    ];
    parse(good, MOVES).unwrap();
    for (i, shape) in [
        (0, &[16, 15][..]),
        (0, &[0, 16]),
        (1, &[8, 16, 2, 15]),
        (1, &[7, 16, 2, 16]),
        (1, &[8, 15, 2, 16]),
        (1, &[8, 0, 2, 16]),
        (2, &[16, 3]),
        (3, &[1, 8, 16]),
        (4, &[5, 16]),
        (4, &[0, 16]),
        (5, &[3]),
    ] {
        let mut shapes = good;
        shapes[i] = shape;
        assert!(parse(shapes, MOVES).is_err(), "{i} {shape:?}");
    }
    for json in [
        "",
        "[]",
        "{}",
        r#"{"x": {}}"#,
        r#"{"0": {"": 1}}"#,
        r#"{"0": {"": "many"}}"#,
    ] {
        assert!(parse(good, json).is_err(), "{json}");
    }
    let weights = Weights::from_bytes(&transitions(good)).unwrap();
    let ner = EntityRecognizer::new(&weights, None, 16, &moves(MOVES), &mut Labels::default());
    assert!(ner.is_err());
}

#[test]
fn embeddings_that_do_not_fit() {
    let network = |table: &[u32], mix: &[u32], attributes: &[&str]| {
        let norm: &[(&str, &[u32])] = &[("G", &[16]), ("b", &[16])];
        let file = weights(&[
            ("hashembed", &[], &[("seed", 8)], &[("E", table)]),
            ("maxout", &[], &[], &[("W", mix), ("b", &mix[..2])]),
            ("layernorm", &[], &[], norm),
            ("maxout", &[], &[], &[("W", &[16, 3, 48]), ("b", &[16, 3])]),
            ("layernorm", &[], &[], norm),
        ]);
        let attributes: Vec<String> = attributes.iter().map(|a| (*a).to_owned()).collect();
        Tok2Vec::new(&Weights::from_bytes(&file)?, &attributes, 1).map(drop)
    };
    network(&[50, 16], &[16, 3, 16], &["NORM"]).unwrap();
    for (table, mix, attributes) in [
        (&[0, 16][..], &[16, 3, 16][..], &["NORM"][..]),
        (&[50, 0], &[16, 3, 0], &["NORM"]),
        (&[50, 16], &[16, 3, 17], &["NORM"]),
        (&[50, 16], &[15, 3, 16], &["NORM"]),
        (&[50, 16], &[16, 4, 16], &["NORM"]),
        (&[50, 16], &[16, 0, 16], &["NORM"]),
        (&[50, 16], &[16, 3, 16], &["MOOD"]),
        (&[50, 16], &[16, 3, 16], &["NORM", "SHAPE"]),
        (&[50, 16, 1], &[16, 3, 16], &["NORM"]),
    ] {
        assert!(
            network(table, mix, attributes).is_err(),
            "{table:?} {mix:?} {attributes:?}"
        );
    }
}

/// A file with some bytes changed, cut or put in.
fn damaged(file: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<prop::sample::Index>(), any::<u8>(), 0..3_u8);
    prop::collection::vec(change, 1..6).prop_map(move |changes| {
        let mut file = file.clone();
        for (at, byte, kind) in changes {
            if file.is_empty() {
                break;
            }
            let at = at.index(file.len());
            match kind {
                0 => file[at] = byte,
                1 => file.insert(at, byte),
                _ => file.truncate(at),
            }
        }
        file
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for entrance in [
            fuzz::messagepack, fuzz::norms, fuzz::tokenizer, fuzz::weights, fuzz::patterns, fuzz::lookups, fuzz::json,
        ] {
            entrance(&bytes);
        }
        fuzz::config(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn damaged_tokenizers(bytes in damaged(rules(r"^\(|^\+(?![0-9])", r"\)$|\.$", r"(?<=[a-z])-(?=[a-z])"))) {
        let mut bytes = bytes;
        bytes.extend(b"\xc1(a.b.) x-y +1");
        fuzz::tokenizer(&bytes);
    }

    #[test]
    fn damaged_weights(bytes in damaged(transitions(
        [&[16, 16], &[8, 16, 2, 16], &[16, 2], &[1, 8, 16, 2], &[4, 16], &[4]],
    ))) {
        if let Ok(weights) = Weights::from_bytes(&bytes) {
            let json = moves(r#"{"0": {"": 1}, "1": {"": 1}, "2": {"det": 2}, "4": {"ROOT": 1}}"#);
            let _ = Parser::new(&weights, 16, &json, &mut Labels::default());
        }
    }

    #[test]
    fn any_text_is_spelled_by_its_words(text in "[ a-c.()+1\\-\n\u{1f}é😀]{0,40}") {
        let rules = rules(r"^\(|^\+(?![0-9])", r"\)$|\.$", r"(?<=[a-c])-(?=[a-c])|(?<=[1])(?=[a-c])");
        let spelled: String = words(&rules, &text).unwrap().concat();
        let blanks = |s: &str| s.replace(' ', "");
        prop_assert_eq!(blanks(&spelled), blanks(&text));
    }
}
