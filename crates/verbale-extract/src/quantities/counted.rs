//! What a number counts: the noun above it in the parse.

use verbale_nlp::{Doc, Token};

/// A counted noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counted {
    /// The noun's position in the doc.
    pub(super) head: usize,
    /// True if the noun is reached through `of`: "dozens of people", "one of the posts".
    pub(super) through_of: bool,
}

/// The noun that the number made of the tokens `first..=last` counts.
pub(super) fn counted(doc: &Doc, first: usize, last: usize) -> Option<Counted> {
    let top = (first..=last)
        .map(|i| doc.token(i))
        .find(|t| !(first..=last).contains(&t.head().i()) || t.is_root())?;
    of_phrase(doc, top, last)
        .or_else(|| by_parse(top, last))
        .or_else(|| by_order(doc, last))
}

/// The object of an `of` that follows the number at once.
fn of_phrase(doc: &Doc, top: Token<'_>, last: usize) -> Option<Counted> {
    let of = (last + 1 < doc.len())
        .then(|| doc.token(last + 1))
        .filter(|t| t.lower() == "of")?;
    let noun = of.children().find(|c| c.dep() == "pobj" && is_noun(*c))?;
    let _ = top;
    Some(Counted {
        head: noun.i(),
        through_of: true,
    })
}

fn is_noun(t: Token<'_>) -> bool {
    matches!(t.pos(), "NOUN" | "PROPN") || t.tag() == "JJ" && t.dep() == "pobj"
}

fn by_parse(top: Token<'_>, last: usize) -> Option<Counted> {
    let head = top.head();
    let modifies = matches!(
        top.dep(),
        "nummod" | "compound" | "amod" | "nmod" | "quantmod" | "det"
    );
    if !modifies || head.i() <= last || !is_noun(head) {
        return None;
    }
    // A comma or a verb between would be a parse across clauses.
    let clean = (last + 1..head.i())
        .all(|i| !matches!(top.doc().token(i).pos(), "VERB" | "AUX" | "ADP" | "SCONJ"));
    clean.then_some(Counted {
        head: head.i(),
        through_of: false,
    })
}

/// The last noun of the run of adjectives and nouns behind the number.
fn by_order(doc: &Doc, last: usize) -> Option<Counted> {
    let mut head = None;
    for i in last + 1..(last + 6).min(doc.len()) {
        let t = doc.token(i);
        if t.is_sent_start() {
            break;
        }
        match t.pos() {
            "NOUN" => head = Some(i),
            "PROPN" if head.is_none() => head = Some(i),
            "ADJ" | "VERB"
                if head.is_none() && matches!(t.tag(), "JJ" | "JJR" | "JJS" | "VBN" | "VBG") => {}
            "PUNCT" if t.text() == "-" && head.is_none() => {}
            _ => break,
        }
    }
    head.map(|head| Counted {
        head,
        through_of: false,
    })
}
