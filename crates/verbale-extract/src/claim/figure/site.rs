//! Where a number stands in its clause, and whether it is worth a ledger.

use std::ops::Range;

use verbale_core::Decimal;
use verbale_nlp::{Doc, Token};

use crate::claim::context::Context;
use crate::claim::grammar::{is_finite, is_passive, is_verbal, lemma, own_subject};
use crate::claim::words::{self, has};
use crate::quantities::{Nature, PairEnd, QuantityMention};

/// A number with the noun that it counts and the verb that it depends on.
pub(super) struct Site<'r> {
    pub(super) mention: &'r QuantityMention,
    /// Tokens of the number with its hedges.
    pub(super) number: Range<usize>,
    /// The counted noun where it stands with the number, else the number itself.
    pub(super) noun: Token<'r>,
    /// The counted noun, also where it was named before: "26 were returned".
    pub(super) counted: Option<Token<'r>>,
    /// The noun that stands in the clause: `noun`, or what it is an apposition to or a part of.
    pub(super) top: Token<'r>,
    pub(super) verb: Option<Token<'r>>,
    /// "Orn had 157 cases and | Lisse | 143", "followed by | Pilot Falk | at 17 percent": whose number it is, where only
    /// a name says so.
    pub(super) whose: Option<Range<usize>>,
}

pub(super) fn sites<'r>(cx: &Context<'r>, block: usize, sentence: &Range<usize>) -> Vec<Site<'r>> {
    let reading = &cx.reading.blocks()[block];
    let whole = reading.to_document(0..reading.doc.text().len());
    let quantities = cx.marks.quantities;
    let from = quantities.partition_point(|q| q.range.start() < whole.start());
    quantities[from..]
        .iter()
        .take_while(|q| q.range.start() < whole.end())
        .filter_map(|mention| {
            let span = reading.doc.span_of_bytes(reading.to_doc(mention.range));
            let number = reading.doc.span_of_bytes(reading.to_doc(mention.number));
            if span.is_empty() || number.is_empty() || !sentence.contains(&number.start()) {
                return None;
            }
            let counted = mention.head.map(|h| reading.doc.token(h));
            let noun = match counted.filter(|_| !mention.borrowed) {
                Some(c) if sentence.contains(&c.i()) => c,
                _ => number.root()?,
            };
            let top = climb(noun, &(span.start()..span.end()));
            // "Reports that 12 boats left": the parser made a noun of the clause, and its verb a part of the noun.
            let verb = match top.dep() == "ccomp" && top.pos() == "NOUN" {
                true => top.child("acl"),
                false => governor(top),
            };
            let measured = matches!(
                mention.nature,
                Nature::Percent | Nature::Money | Nature::Measure | Nature::Duration
            );
            let end = if measured {
                span.end().max(number.end())
            } else {
                number.end()
            };
            let start = span.start().min(number.start());
            let whose = whose(&reading.doc, mention, start, sentence.start);
            let start = start - words_of_move(&reading.doc, mention, start);
            let hedged = whose.as_ref().map_or(start, |w| w.start)..end;
            Some(Site {
                mention,
                number: hedged,
                noun,
                counted,
                top,
                verb,
                whose,
            })
        })
        .collect()
}

/// The name in front of a number that says of whom it is: as in the list before it, where the verb is left out, or "at"
/// so many percent in a poll.
fn whose(doc: &Doc, mention: &QuantityMention, start: usize, first: usize) -> Option<Range<usize>> {
    let name = |i: usize| doc.token(i).pos() == "PROPN";
    let before = start.checked_sub(1).filter(|i| *i > first)?;
    if name(before) && doc.token(before).dep() == "conj" {
        let owns = doc.token(start).head().i() == before || mention.borrowed;
        let from = (first..before).rev().take_while(|i| name(*i)).last();
        return owns.then(|| from.unwrap_or(before)..before + 1);
    }
    let is_poll =
        mention.nature == Nature::Percent && has("at with on", &doc.token(before).lower());
    let last = before
        .checked_sub(1)
        .filter(|i| is_poll && *i > first && name(*i))?;
    let from = (first..=last)
        .rev()
        .take(MAX_NAME_TOKENS)
        .take_while(|i| matches!(doc.token(*i).pos(), "PROPN" | "NOUN" | "ADJ"))
        .last()?;
    let parted = from.checked_sub(1).map(|i| doc.token(i).lower());
    parted
        .is_some_and(|w| has(", and by with while", &w))
        .then_some(from..last + 1)
}

/// "Former regional governor Ada Brandt".
const MAX_NAME_TOKENS: usize = 7;

/// The token's word in lower case; empty behind the last one.
fn lower_at(doc: &Doc, i: usize) -> String {
    match i < doc.len() {
        true => doc.token(i).lower(),
        false => String::new(),
    }
}

/// "Has nine pilots", "employs four": how many somebody has, however few.
fn is_had(site: &Site<'_>) -> bool {
    let plural = site
        .counted
        .is_some_and(|n| matches!(n.tag(), "NNS" | "NNPS"));
    let has_them =
        |v: Token<'_>| is_finite(v) && has("have employ operate own run keep show", &lemma(v));
    plural
        && site.top.dep() == "dobj"
        && site.noun == site.top
        && is_core(site)
        && site.verb.is_some_and(has_them)
}

/// "Killed three sailors and wounded six others": who was hurt is counted however few they are.
fn is_harmed(site: &Site<'_>) -> bool {
    let harms = |v: Token<'_>| {
        matches!(site.top.dep(), "dobj" | "nsubjpass")
            && has(
                "kill injure wound shoot drown behead hang arrest detain hospitalize",
                &lemma(v),
            )
            || site.top.dep() == "nsubj" && has("die drown perish", &lemma(v))
    };
    site.verb.is_some_and(harms)
}

/// "50 miles (80 kilometers)": the same measure in another unit.
fn is_conversion(site: &Site<'_>) -> bool {
    let doc = site.noun.doc();
    let start = site.number.start;
    let is_measure = matches!(
        site.mention.nature,
        Nature::Measure | Nature::Money | Nature::Bare | Nature::Count
    );
    let bracket = start.checked_sub(1).filter(|i| doc.token(*i).text() == "(");
    let before = bracket.and_then(|b| b.checked_sub(1)).map(|i| doc.token(i));
    let measured = before.is_some_and(|unit| {
        let number = unit.i().checked_sub(1).map(|i| doc.token(i));
        unit.pos() == "NOUN" && number.is_some_and(|n| n.pos() == "NUM")
    });
    is_measure && measured && closes_soon(doc, site.number.end)
}

/// ")" behind at most a unit.
fn closes_soon(doc: &Doc, end: usize) -> bool {
    (end..(end + 2).min(doc.len())).any(|i| doc.token(i).text() == ")")
}

/// "Two aides to the minister, Ada Brandt and Jon Falk, left": those who are named one by one.
fn is_named_list(site: &Site<'_>) -> bool {
    let few = site
        .mention
        .quantity
        .value
        .filter(|v| *v < Decimal::from(SMALL));
    let doc = site.noun.doc();
    let (Some(few), Some(verb)) = (few, site.verb) else {
        return false;
    };
    let from = site.noun.i() + 1;
    let aside = verb.i() > from && doc.token(verb.i() - 1).text() == ",";
    let ends_name =
        |i: &usize| doc.token(*i).ent_type() == "PERSON" && doc.token(i + 1).ent_type() != "PERSON";
    aside && Decimal::from((from..verb.i()).filter(ends_name).count()) >= few
}

/// "Seven fewer than in the year before": a difference is worth a line however small.
pub(super) fn is_difference(site: &Site<'_>) -> bool {
    let doc = site.noun.doc();
    let word = |i: usize| lower_at(doc, i);
    let at = site.number.end;
    [at, at + 1]
        .iter()
        .any(|&i| has("fewer more less", &word(i)) && word(i + 1) == "than")
}

/// "Unloaded from three of the ships", "six of the nine": a part of those that were named.
pub(super) fn is_of_those(site: &Site<'_>) -> bool {
    let doc = site.noun.doc();
    let word = |i: usize| lower_at(doc, i);
    let at = site.number.end;
    let many = site
        .mention
        .quantity
        .value
        .is_some_and(|v| v > Decimal::ONE);
    many && word(at) == "of" && has("the these those", &word(at + 1)) && !speaks(site)
        || many && takes_part(site) && !speaks(site)
}

/// How many words before "17" say that it was so before: "down from".
fn words_of_move(doc: &Doc, mention: &QuantityMention, start: usize) -> usize {
    let is_before = mention.pair == Some(PairEnd::From)
        && start >= 2
        && has("down up", &doc.token(start - 2).lower());
    if is_before { 2 } else { 0 }
}

/// From the counted noun to the noun that stands in the clause: over "of", appositions and conjunctions.
fn climb<'r>(noun: Token<'r>, amount: &Range<usize>) -> Token<'r> {
    let mut at = noun;
    for _ in 0..MAX_STEPS {
        let head = at.head();
        let next = match at.dep() {
            "conj" | "appos" if !is_verbal(head) => head,
            "nummod" | "quantmod" | "compound" | "nmod" if matches!(at.pos(), "NUM" | "SYM") => {
                head
            }
            // "310,000 tons of cement": the tons stand in the clause.
            "pobj" if lemma(head) == "of" && amount.contains(&head.head().i()) => head.head(),
            "pobj" if lemma(head) == "of" && is_part(head.head()) => head.head(),
            _ => return at,
        };
        at = next;
    }
    at
}

const MAX_STEPS: usize = 12;

/// "Most of", "a total of", "all of", "thousands of".
fn is_part(noun: Token<'_>) -> bool {
    has(
        "most all some many none half third quarter majority rest total number part share couple dozen hundred \
         thousand million dozens hundreds thousands millions group fleet crowd one two few several any each \
         remainder percent remain",
        &lemma(noun),
    ) || noun.pos() == "NUM"
}

/// The verb that a noun depends on, over prepositions and nouns.
fn governor(noun: Token<'_>) -> Option<Token<'_>> {
    noun.ancestors()
        .find(|a| is_verbal(*a) && (is_finite(*a) || a.dep() != "amod"))
}

/// True for numbers that an analyst would enter.
pub(super) fn is_worth(site: &Site<'_>) -> bool {
    let q = &site.mention.quantity;
    // "Between 6 and 14 July" counts no Julys.
    if site.mention.in_date || site.counted.is_some_and(|n| has(words::MONTHS, &n.lower())) {
        return false;
    }
    if is_named_list(site) || is_conversion(site) {
        return false;
    }
    if site.mention.pair.is_some() || site.mention.change.is_some() {
        return true;
    }
    if is_difference(site) || is_of_those(site) {
        return true;
    }
    let hedged = q.approximator.is_some() || q.is_bounded() || q.per.is_some();
    let value = q.value.or(q.low).or(q.high);
    match site.mention.nature {
        Nature::Money | Nature::Percent | Nature::Measure => true,
        Nature::Factor | Nature::Age => false,
        Nature::Duration => {
            let logs = |v: Token<'_>| has("show record log count register clock", &lemma(v));
            q.is_bounded() && lasts(site)
                || is_length(site)
                || site.top.dep() == "dobj" && site.verb.is_some_and(logs)
        }
        // "She is nearly four": a bare number is a figure only where something counts.
        Nature::Bare if !site.mention.borrowed => {
            let acts = matches!(site.top.dep(), "nsubj" | "nsubjpass" | "dobj");
            let large = value.is_some_and(|v| v >= Decimal::from(SMALL));
            large && (hedged || is_core(site) || is_of_group(site))
                || hedged && acts && is_core(site)
                || is_all_there_is(site)
                || is_more(site)
                || is_near(site)
                || takes_part(site) && (large || turns_on(site)) && !speaks(site)
        }
        Nature::Count | Nature::Bare => match value {
            None => hedged,
            Some(v) if v.is_zero() => true,
            Some(v) if v == Decimal::ONE => false,
            // "The two delegations met" counts nothing.
            Some(v) if v < Decimal::from(SMALL) && site.mention.definite && !site.mention.base => {
                false
            }
            Some(v) if v < Decimal::from(SMALL) => {
                is_harmed(site)
                    || is_had(site)
                    || hedged && is_core(site)
                    || turns_on(site)
                    || is_put_at(site)
            }
            Some(v) => {
                hedged
                    || site.mention.borrowed
                    || is_of_group(site)
                    || is_core(site)
                    || is_direct_oblique(site)
                    || v >= Decimal::from(LARGE)
            }
        },
        Nature::Share => hedged || is_core(site),
    }
}

/// "The true number was closer to 100,000": what a comparison with a number says.
pub(super) fn is_near(site: &Site<'_>) -> bool {
    let to = site.top.head();
    let near = to.head();
    site.top.dep() == "pobj"
        && has("to than", &lemma(to))
        && near.dep() == "acomp"
        && has("close near high low large great", &lemma(near))
}

/// "Another four left for home": four more than were counted before.
fn is_more(site: &Site<'_>) -> bool {
    let more =
        |t: Token<'_>| matches!(t.dep(), "det" | "amod") && has("another further", &t.lower());
    site.noun.children().any(more) && (is_core(site) || site.top.dep() == "nsubj")
}

/// "A convoy of 18 trucks reached Tarn": how many there are in what acts.
fn is_of_group(site: &Site<'_>) -> bool {
    let of = site.top.head();
    site.top.dep() == "pobj"
        && lemma(of) == "of"
        && has(
            "convoy fleet column team crew delegation shipment batch record total high low peak",
            &lemma(of.head()),
        )
}

/// Counts from here on are entered wherever they stand.
const LARGE: u32 = 100;

/// Counts below this are mostly part of a description.
const SMALL: u32 = 10;

/// True if the clause turns on the number: it is an argument of the verb, or what a verb of measuring states.
pub(super) fn is_core(site: &Site<'_>) -> bool {
    let Some(verb) = site.verb else {
        return site.top.dep() == "ROOT";
    };
    let argument = matches!(
        site.top.dep(),
        "nsubj" | "nsubjpass" | "dobj" | "attr" | "oprd" | "ROOT" | "dative" | "acomp"
    ) || site.top.dep() == "ccomp" && site.top.pos() == "NOUN";
    let stated = has(words::MEASURING_VERBS, &lemma(verb))
        && (matches!(site.top.dep(), "npadvmod" | "advmod")
            || site.top.dep() == "pobj" && site.top.head().head() == verb);
    // "The boats, 15 in all, have no engines": a number set off after its noun says something of its own.
    let second = site.top.dep() == "nsubj" && own_subject(verb).is_some_and(|s| s != site.top);
    // "The records, read with a dozen interviews, show": one of several.
    let one_of_several =
        site.noun.dep() == "conj" && site.top != site.noun && site.top.child("nummod").is_none();
    let aside = one_of_several
        || site.noun.dep() == "appos"
        || site.number.start > site.noun.i() + 1
        || second;
    let only_object = is_direct_oblique(site) && verb.child("dobj").is_none();
    let only_object = only_object && !is_passive(verb) && verb == site.top.head().head();
    !aside
        && (is_near(site)
            || only_object
            || argument
            || stated
            || site.mention.nature == Nature::Duration && lasts(site))
}

/// "The talks lasted five months", "it took 94 days on average": how long something was is what the clause says.
fn is_length(site: &Site<'_>) -> bool {
    site.verb.is_some_and(|v| {
        has("last take average double triple", &lemma(v)) && is_core(site)
            || lemma(v) == "last" && site.top.head() == v
    })
}

/// "There were seven a year before": a bare number of things named before.
fn is_all_there_is(site: &Site<'_>) -> bool {
    site.top.dep() == "attr"
        && site
            .verb
            .is_some_and(|v| v.children().any(|c| c.dep() == "expl"))
}

/// "Put the number of dead at four", "rose to nine": what a verb of measuring states, however small.
fn is_put_at(site: &Site<'_>) -> bool {
    let preposition = site.top.head();
    let above = preposition.head();
    site.top.dep() == "pobj"
        && (is_verbal(above) || above.dep() == "dobj")
        && has("at to", &lemma(preposition))
        && site
            .verb
            .is_some_and(|v| has("put number rise fall drop climb grow increase", &lemma(v)))
}

/// "190 of them", "two of whom": a part of what was counted before.
pub(super) fn takes_part(site: &Site<'_>) -> bool {
    let doc = site.noun.doc();
    let word = |i: usize| doc.token(i.min(doc.len() - 1)).lower();
    word(site.number.end) == "of" && has("them which whom", &word(site.number.end + 1))
}

/// "Two of them disagree": of those who say or hold something, the number is no finding.
fn speaks(site: &Site<'_>) -> bool {
    site.verb.is_some_and(|v| {
        has(words::ATTITUDE_VERBS, &lemma(v))
            || has(
                "say tell add think contradict disagree want describe agree",
                &lemma(v),
            )
    })
}

/// "For more than three years", standing with a verb.
fn lasts(site: &Site<'_>) -> bool {
    site.top.dep() == "pobj" && lemma(site.top.head()) == "for" && is_verbal(site.top.head().head())
}

/// "Rose to 40", "were counted in 60 villages".
fn is_direct_oblique(site: &Site<'_>) -> bool {
    site.top.dep() == "pobj" && is_verbal(site.top.head().head())
}

/// True for a small count that the clause is about: the subject of a passive or of a state, or "there are".
fn turns_on(site: &Site<'_>) -> bool {
    let Some(verb) = site.verb else { return false };
    let stands = match site.top.dep() {
        "nsubjpass" => true,
        "nsubj" => matches!(site.noun.tag(), "NNS" | "NNPS" | "CD"),
        "attr" => verb.children().any(|c| c.dep() == "expl"),
        _ => false,
    };
    // "After two storms had struck" is about the storms' deed, "after six were towed" about the six.
    let told_aside = verb.dep() == "advcl" && site.top.dep() != "nsubjpass";
    stands && is_finite(verb) && site.noun.dep() != "conj" && !told_aside
}
