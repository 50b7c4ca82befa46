//! Participles of English verbs: "leave" to "leaving" and to "left".

use super::grammar::lemma;

use verbale_nlp::Token;

/// Verbs of several syllables that double their last consonant.
const DOUBLING: &str = "begin admit commit permit submit omit transmit refer prefer occur recur incur deter transfer \
    control patrol propel compel expel rebel equip forget forbid upset";

/// "Leave" to "leaving".
pub(super) fn present_participle(lemma: &str) -> String {
    if DOUBLING.split_whitespace().any(|w| w == lemma) {
        let last = &lemma[lemma.len() - 1..];
        return format!("{lemma}{last}ing");
    }
    let letters: Vec<char> = lemma.chars().collect();
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    match letters.as_slice() {
        [.., 'i', 'e'] => format!("{}ying", &lemma[..lemma.len() - 2]),
        [.., 'e', 'e'] | [.., 'y', 'e'] | [.., 'o', 'e'] => format!("{lemma}ing"),
        ['b', 'e'] => "being".to_owned(),
        [stem @ .., 'e'] if stem.len() > 1 => format!("{}ing", &lemma[..lemma.len() - 1]),
        // One short syllable doubles its last consonant: "stop", "run".
        [a, b, c] if !vowel(*a) && vowel(*b) && !vowel(*c) && !matches!(c, 'w' | 'x' | 'y') => {
            format!("{lemma}{c}ing")
        }
        [a, l, b, c]
            if !vowel(*a)
                && !vowel(*l)
                && vowel(*b)
                && !vowel(*c)
                && !matches!(c, 'w' | 'x' | 'y') =>
        {
            format!("{lemma}{c}ing")
        }
        _ => format!("{lemma}ing"),
    }
}

/// What was done, by the verb in whatever form: "ship", "ships" and "shipped" to "shipped", "took" to "taken".
pub(super) fn past_participle(verb: Token<'_>) -> String {
    let lemma = lemma(verb);
    let irregular = IRREGULAR
        .split_whitespace()
        .filter_map(|pair| pair.split_once('/'));
    let mut fitting = irregular.filter(|(base, _)| *base == lemma);
    match fitting.next() {
        Some((_, participle)) => participle.to_owned(),
        None if matches!(verb.tag(), "VBN" | "VBD") => verb.lower(),
        None => regular(&lemma),
    }
}

fn regular(lemma: &str) -> String {
    if lemma.ends_with('e') {
        return format!("{lemma}d");
    }
    if let Some(stem) = lemma.strip_suffix('y')
        && !stem.ends_with(['a', 'e', 'o', 'u'])
    {
        return format!("{stem}ied");
    }
    // Doubling is the same as before "ing".
    match present_participle(lemma).strip_suffix("ing") {
        Some(stem) => format!("{stem}ed"),
        None => format!("{lemma}ed"),
    }
}

/// Past participles that are not the past tense in "ed".
const IRREGULAR: &str = "be/been bear/borne beat/beaten become/become begin/begun bind/bound break/broken bring/brought \
    build/built buy/bought catch/caught choose/chosen come/come cost/cost cut/cut deal/dealt do/done draw/drawn \
    drive/driven eat/eaten fall/fallen feed/fed feel/felt fight/fought find/found fly/flown forbid/forbidden \
    forget/forgotten freeze/frozen get/got give/given go/gone grow/grown have/had hear/heard hide/hidden hit/hit \
    hold/held hurt/hurt keep/kept know/known lay/laid lead/led leave/left lend/lent let/let lose/lost make/made \
    mean/meant meet/met offset/offset overtake/overtaken pay/paid put/put read/read rise/risen run/run \
    say/said see/seen seek/sought sell/sold send/sent set/set shake/shaken shed/shed shoot/shot show/shown shut/shut \
    speak/spoken spend/spent stand/stood steal/stolen strike/struck swear/sworn take/taken teach/taught tell/told \
    think/thought throw/thrown undertake/undertaken win/won withdraw/withdrawn withhold/withheld write/written";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_verbs_double_and_change_their_ends() {
        for (lemma, participle) in [
            ("ship", "shipped"),
            ("carry", "carried"),
            ("employ", "employed"),
            ("release", "released"),
            ("offer", "offered"),
            ("permit", "permitted"),
            ("free", "freed"),
        ] {
            assert_eq!(regular(lemma), participle);
        }
    }
}
