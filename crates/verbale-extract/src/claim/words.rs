//! Words of English that tell the kinds of claims apart, whatever the topic.
//!
//! Facts of the language, written for this project. What belongs to a topic (statuses of posts and duties,
//! instruments, measures) is in packs.

/// True if the list holds the word. Lists are one string each, words parted by blanks.
pub(super) fn has(list: &str, word: &str) -> bool {
    let (list, word) = (list.as_bytes(), word.as_bytes());
    if word.is_empty() {
        return false;
    }
    // The rules ask this of every clause: words that begin with another letter are passed over.
    let mut at = 0;
    while at + word.len() <= list.len() {
        let ends = |end: usize| list.get(end).is_none_or(u8::is_ascii_whitespace);
        if list[at] == word[0] && list[at..].starts_with(word) && ends(at + word.len()) {
            return true;
        }
        at += list[at..]
            .iter()
            .take_while(|b| !b.is_ascii_whitespace())
            .count()
            + 1;
    }
    false
}

/// Verbs of being and staying in a state, of having, holding and lacking.
pub(super) const STATE_VERBS: &str = "know wait be remain stay stand lie lack face have hold own possess contain consist \
    belong live reside exist persist last depend rely owe cost number total exceed comprise include cover \
    occupy maintain keep continue operate function await suffer need house chair head rank weigh measure \
    average amount seem appear equal differ vary experience feature border control lag hover linger sit rest abide";

/// Verbs of complying or failing to.
pub(super) const COMPLIANCE_VERBS: &str = "comply miss fail violate breach honor honour adhere default flout \
    infringe contravene obey neglect";

/// Verbs of doing one's duty or not, with a duty as their object.
pub(super) const DUTY_VERBS: &str = "fulfil fulfill implement observe respect meet keep discharge honor honour exceed \
    breach uphold enforce execute pay settle";

/// Nouns of duties.
pub(super) const DUTY_NOUNS: &str = "obligation commitment duty promise deadline target quota term requirement \
    agreement treaty accord protocol resolution sanction rule condition limit cap pledge standard truce ceasefire \
    embargo ban provision stipulation arrears arrear dues restriction";

/// Verbs whose passive or intransitive use names the state that results.
pub(super) const RESULT_VERBS: &str = "close shut suspend halt freeze block expire lapse strand isolate delay \
    postpone ground idle ban bar restrict limit abandon stall reopen open complete staff \
    fund contaminate pollute submerge occupy surround base locate situate station deploy resume withdraw finish \
    end accredit vaccinate insure license licence admit";

/// Those of them that in the perfect name the state even with an object: "has shut its embassy".
pub(super) const FINISHING_VERBS: &str = "close shut complete finish withdraw vacate";

/// Verbs that put a thing into another state: what they say is said of the thing.
pub(super) const CHANGING_VERBS: &str = "close shut open reopen suspend halt stop resume restart lift freeze unfreeze \
    block unblock restore postpone extend ban";

/// Verbs that state a number or how it moved.
pub(super) const MEASURING_VERBS: &str = "put estimate count set rise fall drop increase decrease grow decline climb \
    jump surge slump plunge soar shrink reach hit total number exceed stand raise lower cut reduce double triple \
    halve amount average come range cost pay earn weigh last sell price trade dip slip tumble swell";

/// Verbs of attitude: what their subject thinks or wants.
pub(super) const ATTITUDE_VERBS: &str = "like love hate dislike want wish hope fear believe think feel consider \
    regard deem doubt suspect prefer support oppose favor favour back regret deplore condemn criticize \
    criticise blame praise reject respect appreciate expect trust worry deserve agree disagree value resent \
    mistrust distrust understand advocate recommend advise urge reckon envisage intend";

/// Verbs that explain, judge or interpret.
pub(super) const JUDGING_VERBS: &str = "constitute represent contradict amount mean justify deserve prove \
    undermine threaten endanger jeopardize jeopardise harm hurt benefit hinder hamper impede prevent help \
    ensure show reflect demonstrate illustrate underline underscore highlight signal dictate warrant merit \
    risk cause contribute explain interpret misread distort overstep exaggerate ignore mislead matter \
    pretend deceive discriminate violate aim seek serve strive violate suffice depend compel force allow \
    enable stem result apply cover refer relate extend concern";

/// Adjectives that judge.
pub(super) const JUDGING_ADJECTIVES: &str = "good bad better worse best worst right wrong fair unfair just unjust \
    important vital crucial key essential necessary unnecessary impossible likely unlikely sure \
    certain clear obvious happy unhappy pleased glad disappointed angry concerned worried proud confident ready \
    willing unwilling reluctant eager optimistic pessimistic hopeful unacceptable acceptable reasonable \
    unreasonable illegal legal lawful unlawful legitimate illegitimate absurd ridiculous false true untrue \
    baseless groundless unfounded misleading dangerous risky safe unsafe serious grave harsh severe cruel \
    inhumane responsible guilty innocent understandable regrettable unprecedented historic tough hard difficult \
    easy premature adequate inadequate effective ineffective successful unsuccessful disgraceful shameful \
    outrageous shocking appalling terrible great excellent wonderful remarkable impressive strong weak \
    convincing unconvincing credible incredible plausible implausible sufficient insufficient enough useful \
    useless helpful unhelpful meaningful meaningless arbitrary discriminatory excessive disproportionate \
    proportionate appropriate inappropriate committed determined free dissatisfied satisfied sad sorry grateful \
    afraid frustrated furious tired annoyed dismayed alarmed skeptical sceptical cautious critical fundamental tragic deplorable comparable significant \
    close friendly fruitful constructive sincere inevitable irresponsible reckless justified \
    unjustified biased transparent doubtful questionable problematic desirable ideal correct incorrect \
    inaccurate accurate simple normal natural alarming disturbing troubling worrying encouraging promising \
    discouraging surprising frustrating disappointing heartbreaking devastating embarrassing confusing humiliating insulting \
    overdue welcome negligible";

/// Nouns that judge, as a complement: "a violation", "in our interest".
pub(super) const JUDGING_NOUNS: &str = "violation breach threat danger mistake error crime offence offense shame \
    disgrace tragedy disaster catastrophe success failure victory defeat insult betrayal provocation priority \
    interest duty right obligation responsibility partner friend ally enemy pity scandal farce lie nonsense \
    fabrication excuse pretext problem challenge opportunity step signal message attempt hope goal aim \
    intention pleasure honour honor principle proof evidence sign reason fault oversight distortion burden \
    achievement injustice matter question point fact case way decision pressure hostage travesty milestone \
    turning idea chance test lesson example cause key solution answer value cost risk concern reminder \
    consequence result indication guarantee shortcoming";

/// Nouns for texts that bind.
pub(super) const INSTRUMENT_NOUNS: &str = "resolution treaty agreement accord law act regulation directive decree \
    order rule rules constitution convention protocol pact deal statute charter code contract license licence \
    permit mandate injunction ruling verdict paragraph article clause section provision bylaw ordinance \
    sanction sanctions guideline guidelines embargo ultimatum settlement judgment judgement legislation \
    regulations memorandum ban undertaking measure measures truce ceasefire armistice compact";

/// Verbs with which such a text, or one who may, binds others.
pub(super) const BINDING_VERBS: &str = "demand require mandate oblige obligate order ban prohibit forbid bar urge \
    instruct direct compel bind cap limit permit exempt stipulate prescribe allow entitle decide give set \
    obligate request call";

/// Verbs with which somebody binds himself.
pub(super) const PROMISING_VERBS: &str =
    "promise pledge vow commit undertake agree guarantee swear volunteer commit";

/// Verbs with which somebody wants another to act.
pub(super) const DEMANDING_VERBS: &str = "demand urge order call request insist appeal press instruct ask tell \
    command summon implore beg want expect recommend propose invite";

/// Nouns for those who speak.
pub(super) const SPEAKING_NOUNS: &str = "ministry government minister president official spokesman spokeswoman \
    spokesperson company embassy office agency commission committee court party union association group council \
    parliament police army authority authorities department board firm bank operator mission delegation diplomat \
    opposition panel inspector auditor observer envoy ambassador director chairman chairwoman mayor governor regulator expert scientist lawyer prosecutor";

/// Verbs by which one would disclose something.
pub(super) const DISCLOSING_VERBS: &str = "comment say give provide confirm disclose discuss specify elaborate name \
    answer respond reply reveal explain release identify know";

/// Nouns for happenings.
pub(super) const EVENT_NOUNS: &str = "conference congress session hearing round wedding funeral debate quarrel row \
    conversation discussion exodus visit trip meeting talks summit departure arrival attack strike raid \
    closure opening launch test protest demonstration rally election vote arrest evacuation withdrawal \
    deployment delivery shipment transfer explosion fire flood crash collision accident earthquake storm outage \
    collapse resignation appointment death killing release return escape flight transport release purchase sale \
    merger acquisition agreement signing ceremony inauguration parade exercise drill inspection seizure \
    halt suspension shutdown walkout expulsion swap spill leak fall rise surge drop increase decrease decline repair";

/// Nouns for texts and remarks, which as subjects mostly link sentences instead of claiming.
pub(super) const TEXT_NOUNS: &str = "statement revelation comment remark announcement news report development \
    statistic statistics disclosure finding letter article story decision move";

/// Verbs with which such nouns link sentences.
pub(super) const LINKING_VERBS: &str = "come follow accompany mark add echo prompt precede coincide raise appear emerge answer respond reply";

/// Verbs and participles of plans.
pub(super) const INTENDING_VERBS: &str =
    "plan intend aim hope expect schedule set due propose prepare want seek agree";

/// Verbs that take a side on a thing by being said.
pub(super) const SIDE_TAKING: &str = "reject deny dismiss accuse blame criticize criticise condemn denounce deplore \
    oppose support back endorse advise urge warn refuse decline regret praise express voice protest contest dispute \
    question doubt defend justify threaten slam decry lament hail apologize apologise attribute";

/// Names of months.
pub(super) const MONTHS: &str =
    "january february march april may june july august september october november december";

/// Functions in which people speak for themselves.
pub(super) const PRIVATE_ROLES: &str = "activist actor adviser advisor analyst author businessman campaigner candidate ceo columnist \
    commentator critic defector doctor donor economist editor employee engineer executive expert \
    fellow founder guide historian lawyer lecturer manager member owner professor researcher \
    resident scholar scientist specialist strategist student tycoon vice worker writer";
