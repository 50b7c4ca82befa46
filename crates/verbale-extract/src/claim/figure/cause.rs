//! What killed, hurt or destroyed so many: the place and the day of a happening are those of its numbers.

use verbale_core::Timex;
use verbale_nlp::Token;

use super::site::Site;
use crate::claim::clause::Clause;
use crate::claim::context::Context;
use crate::claim::grammar::{lemma, stretch, subject};
use crate::claim::words::has;
use crate::claim::{place, time};

/// What happenings do to those who are counted.
const HARMING: &str =
    "kill injure wound hurt maim displace destroy damage leave flatten wreck sink burn claim trap";

/// "The blast in Tarn killed 30 people and wounded 70 others": in Tarn.
pub(super) fn place(cx: &Context<'_>, carrier: &Clause<'_>, site: &Site<'_>) -> Option<String> {
    let cause = cause(carrier, site)?;
    place::of(cx, &cause, cause.tokens())
}

/// "The May 7 blasts, which left 41 dead": on 7 May.
pub(super) fn time(cx: &Context<'_>, carrier: &Clause<'_>, site: &Site<'_>) -> Option<Timex> {
    let cause = cause(carrier, site)?;
    time::own(cx, &cause).cloned()
}

/// The words in front of the verb that name the happening, as a clause around its noun.
fn cause<'r>(carrier: &Clause<'r>, site: &Site<'r>) -> Option<Clause<'r>> {
    let verb = site.verb?;
    let named = subject(verb).filter(|s| *s != site.top)?;
    let noun: Token<'r> = match named.tag() {
        "WDT" | "WP" => named.head().head(),
        _ => named,
    };
    let is_happening = noun.pos() == "NOUN" && has(HARMING, &lemma(verb)) && noun.i() < verb.i();
    let sentence = verb.sent();
    let words = stretch(noun, sentence.start()..verb.i(), |t| {
        t != noun && matches!(t.dep(), "relcl" | "advcl" | "ccomp")
    });
    is_happening.then_some(Clause {
        verb: noun,
        subject: None,
        start: words.start,
        end: words.end.max(noun.i() + 1),
        ..*carrier
    })
}
