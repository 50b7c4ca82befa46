//! Which words introduce what somebody says or thinks, and in which construction.
//!
//! The constructions are those of English grammars (that-clause, infinitive, object with infinitive, noun
//! phrase, "X as Y", "call X Y", preposition); the lists are facts of the language, written for this project.
//! What a verb *does* (admits, denies, …) is the packs' vocabulary and not here.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// The constructions in which a verb attributes, as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Frames(u16);

impl Frames {
    /// A finite clause, with or without "that", or a wh-clause.
    pub(super) const CLAUSE: Self = Self(1);
    /// Direct speech.
    pub(super) const QUOTE: Self = Self(1 << 1);
    /// An infinitive whose subject is the speaker: "vowed to stay".
    pub(super) const INFINITIVE: Self = Self(1 << 2);
    /// An object with an infinitive: "urged the crew to stay".
    pub(super) const OBJECT_INFINITIVE: Self = Self(1 << 3);
    /// A noun phrase: "denied the charge".
    pub(super) const NOUN: Self = Self(1 << 4);
    /// "Described X as Y".
    pub(super) const AS: Self = Self(1 << 5);
    /// "Called X Y".
    pub(super) const PREDICATE: Self = Self(1 << 6);
    /// A gerund: "denied taking", "recalled seeing".
    pub(super) const GERUND: Self = Self(1 << 7);
    /// The words are uttered, not only thought.
    pub(super) const SPEECH: Self = Self(1 << 8);

    pub(super) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

const SAY: Frames = Frames::CLAUSE.with(Frames::QUOTE).with(Frames::SPEECH);

/// Verbs by construction; a verb in several lists has all of their constructions.
const VERBS: &[(Frames, &str)] = &[
    (
        SAY,
        "say tell add state announce declare claim assert allege argue insist maintain contend note observe \
         remark comment report confirm deny admit concede acknowledge explain warn caution predict promise \
         pledge vow reveal disclose stress emphasize emphasise underscore underline reiterate repeat suggest \
         hint imply boast brag joke quip complain lament recall recount respond reply answer write tweet retweet \
         post testify swear affirm reaffirm attest charge counter rebut retort protest posit propose recommend \
         advise opine muse speculate estimate calculate conclude assess project forecast rule indicate signal \
         mention inform notify remind assure reassure guarantee confess profess proclaim pronounce clarify \
         elaborate conjecture theorize reason agree disagree demand request ask inquire plead beg urge \
         interject exclaim declaim shout yell scream cry whisper mutter murmur groan grumble gripe fume rage \
         thunder bellow snap bark sneer scoff chuckle laugh sigh gush enthuse begin continue conclude \
         interrupt text email e-mail blog editorialize relate decree intone chant read instruct teach \
         preach threaten volunteer interject deadpan tease crow marvel demur concur counsel crack query question \
         certify caption scrawl type summarize apologize hedge reckon stipulate specify order venture \
         opine counter answer bet guess",
    ),
    (
        Frames::QUOTE.with(Frames::SPEECH),
        "read go promise put joke quip",
    ),
    (
        Frames::CLAUSE.with(Frames::SPEECH),
        "require mandate provide dictate prescribe",
    ),
    (
        Frames::CLAUSE,
        "believe think know feel hope fear worry expect understand assume suspect suppose doubt wonder realize \
         realise recognize recognise see consider imagine guess figure wish dream anticipate foresee forget \
         regret decide resolve determine trust accept judge deem presume sense discover learn find \
         show demonstrate prove establish hear appreciate gather bet surmise envision envisage concede notice \
         remember agree reflect convince persuade fret dread pray",
    ),
    (
        Frames::INFINITIVE,
        "hope plan intend vow promise pledge threaten refuse decline seek agree offer propose expect aim \
         decide ask demand choose prefer wish volunteer swear resolve long yearn hesitate opt plot scheme \
         claim vote commit consent elect pretend dare hate love like promise undertake aspire profess",
    ),
    (
        Frames::OBJECT_INFINITIVE,
        "urge ask tell order want expect encourage invite instruct direct beg implore advise warn require \
         request challenge exhort press pressure push prod remind believe find consider recommend forbid like \
         lobby persuade convince dare counsel command intend wish prefer",
    ),
    (
        Frames::NOUN.with(Frames::SPEECH),
        "criticize criticise condemn denounce praise blast slam attack mock ridicule decry oppose endorse \
         applaud hail laud defend reject dismiss dispute deny question challenge propose demand request \
         announce reveal disclose discuss highlight cite mention acknowledge emphasize emphasise stress \
         underscore tout promise pledge predict suggest recommend urge advocate explain outline detail lament \
         bemoan mourn deplore deride lambaste assail rebuke chide scold skewer bash disavow repudiate renounce \
         echo repeat reiterate express voice extol welcome decry claim confirm concede admit describe report \
         declare note recall invoke reference denigrate disparage belittle excoriate castigate pillory \
         condone justify blame accuse thank congratulate commend salute fault forecast estimate state \
         articulate clarify rebut refute counter contradict explore debate preach insult trash hammer \
         taunt rip pan protest threaten vow decline pitch propound trumpet quote recount",
    ),
    (
        Frames::NOUN,
        "support back favor favour fear hate love like dislike prefer admire respect appreciate expect \
         anticipate contemplate consider doubt want regret resent envision foresee know remember believe \
         understand despise detest loathe dread weigh champion embrace approve veto enjoy value relish \
         ponder oppose recognize suspect mind reconsider mull eye forget view",
    ),
    (
        Frames::AS.with(Frames::SPEECH),
        "describe portray dismiss cite depict characterize characterise hail denounce condemn identify \
         criticize cast paint decry praise label tout pitch frame deride mock brand define attack bill \
         ridicule reject present introduce",
    ),
    (
        Frames::AS,
        "see view regard perceive know think recognize treat rate rank interpret accept",
    ),
    (
        Frames::PREDICATE.with(Frames::SPEECH),
        "call label dub declare name brand pronounce term deem proclaim title entitle nickname",
    ),
    (
        Frames::PREDICATE,
        "consider find think believe judge rate deem",
    ),
    (
        Frames::GERUND.with(Frames::SPEECH),
        "deny admit recall acknowledge suggest recommend report propose mention describe advocate discuss \
         oppose urge",
    ),
    (
        Frames::GERUND,
        "consider contemplate favor favour support regret remember envision imagine enjoy prefer resist love \
         hate like anticipate mind keep start",
    ),
];

/// Verbs whose content hangs on a preposition or a particle, of speech.
const SPEECH_PREPOSITIONS: &[(&str, &str)] = &[
    ("call", "for on upon"),
    ("talk", "about of"),
    ("speak", "about of against"),
    ("complain", "about of"),
    ("warn", "of about against"),
    ("joke", "about"),
    ("boast", "about of"),
    ("brag", "about of"),
    ("rail", "against about at"),
    ("lie", "about"),
    ("ask", "for about"),
    ("write", "about of"),
    ("tweet", "about"),
    ("refer", "to"),
    ("point", "to out"),
    ("allude", "to"),
    ("object", "to"),
    ("admit", "to"),
    ("confess", "to"),
    ("react", "to"),
    ("respond", "to"),
    ("push", "for back"),
    ("press", "for"),
    ("argue", "for against about"),
    ("advocate", "for"),
    ("apologize", "for"),
    ("apologise", "for"),
    ("insist", "on upon"),
    ("comment", "on about"),
    ("elaborate", "on"),
    ("lash", "at against"),
    ("hit", "at back"),
    ("scoff", "at"),
    ("hint", "at"),
    ("protest", "against"),
    ("caution", "against"),
    ("advise", "against"),
    ("tell", "of about"),
    ("remind", "of about"),
    ("accuse", "of"),
    ("inquire", "about"),
    ("vent", "about"),
    ("testify", "about to"),
    ("gush", "about over"),
    ("plead", "for with"),
    ("appeal", "for to"),
    ("beg", "for"),
    ("touch", "on"),
    ("expound", "on"),
    ("opine", "on"),
    ("weigh", "on in"),
    ("preach", "about"),
    ("question", "about"),
    ("rule", "out on"),
    ("speculate", "about on"),
    ("agree", "with on to"),
    ("disagree", "with"),
    ("echo", "in"),
    ("vote", "for against"),
    ("campaign", "against"),
    ("lobby", "for against"),
];

/// Verbs whose content hangs on a preposition, of thought and attitude.
const THOUGHT_PREPOSITIONS: &[(&str, &str)] = &[
    ("worry", "about over"),
    ("think", "about of"),
    ("hear", "about of"),
    ("learn", "about of"),
    ("know", "about of"),
    ("commit", "to"),
    ("hope", "for"),
    ("wish", "for"),
    ("pray", "for"),
    ("long", "for"),
    ("focus", "on"),
    ("reflect", "on"),
    ("side", "with"),
    ("laugh", "at"),
    ("bristle", "at"),
    ("balk", "at"),
    ("decide", "on against"),
    ("believe", "in"),
    ("approve", "of"),
    ("disapprove", "of"),
    ("dream", "of about"),
    ("wonder", "about"),
    ("fret", "about over"),
    ("opt", "for against"),
    ("plan", "for on"),
    ("dwell", "on"),
    ("fixate", "on"),
    ("stick", "to"),
    ("acquiesce", "to"),
];

/// Nouns that name something said or thought. The mark is the preposition or clause that brings the content.
const NOUNS: &str = "claim belief argument assertion allegation suggestion hope fear concern view opinion promise \
    pledge vow threat plan proposal call demand request warning prediction contention accusation criticism \
    attack praise support opposition endorsement decision desire willingness refusal commitment insistence \
    admission acknowledgment acknowledgement announcement doubt complaint comment remark rumor rumour notion \
    idea expectation estimate assurance denial conviction suspicion impression conclusion finding worry \
    anxiety confidence optimism skepticism scepticism disapproval objection condemnation denunciation \
    message notice reminder report statement speculation perception intention ambition preference reluctance eagerness \
    appeal recommendation advice description defense rejection dismissal declaration revelation \
    interpretation theory question comparison assessment forecast sense feeling knowledge thought word \
    signal sign evidence indication disdain contempt admiration enthusiasm sympathy resistance critique \
    plea explanation apology insult characterization testimony intent wish news understanding recognition \
    resolution mention disagreement frustration anger outrage unease distaste dislike hostility aversion";

/// Verbs without meaning of their own that carry a cue noun: "made the claim that", "expressed hope".
const LIGHT_VERBS: &str = "make express voice raise have issue offer give hold reach state repeat cast draw level \
    launch share air deliver face hear receive take come send";

/// Adjectives that say what their subject thinks, with a clause, an infinitive or a preposition.
const ADJECTIVES: &str = "confident sure certain convinced hopeful optimistic pessimistic skeptical sceptical worried \
    concerned afraid aware angry happy glad proud willing ready eager reluctant unwilling opposed critical \
    supportive open committed determined interested disappointed surprised shocked uneasy wary adamant \
    unaware unsure uncertain doubtful fearful anxious keen disinclined sympathetic grateful sorry dubious \
    nervous upset furious outraged thrilled pleased frustrated dismissive mindful suspicious alarmed \
    comfortable content excited cautious insistent inclined delighted satisfied unhappy dissatisfied \
    impressed amazed stunned appalled horrified offended ashamed embarrassed";

/// Adverbs by which the reporter passes on what unnamed others say.
const ADVERBS: &str = "reportedly allegedly supposedly purportedly";

static VERB_TABLE: LazyLock<HashMap<&'static str, Frames>> = LazyLock::new(|| {
    let mut table: HashMap<&str, Frames> = HashMap::new();
    for &(frames, list) in VERBS {
        for verb in list.split_whitespace() {
            let entry = table.entry(verb).or_default();
            *entry = entry.with(frames);
        }
    }
    table
});

type Prepositions = HashMap<&'static str, (Frames, &'static str)>;

static NOUN_SET: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| NOUNS.split_whitespace().collect());

static ADJECTIVE_SET: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| ADJECTIVES.split_whitespace().collect());

static PREPOSITION_TABLE: LazyLock<Prepositions> = LazyLock::new(|| {
    let speech = SPEECH_PREPOSITIONS
        .iter()
        .map(|&(v, list)| (v, (Frames::SPEECH, list)));
    let thought = THOUGHT_PREPOSITIONS
        .iter()
        .map(|&(v, list)| (v, (Frames::default(), list)));
    speech.chain(thought).collect()
});

/// The constructions of a verb, none for a verb that does not attribute.
pub(super) fn verb(lemma: &str) -> Frames {
    VERB_TABLE.get(lemma).copied().unwrap_or_default()
}

/// Whether a verb takes its content with this preposition, and if so whether it is one of speech.
pub(super) fn with_preposition(verb: &str, preposition: &str) -> Option<Frames> {
    PREPOSITION_TABLE
        .get(verb)
        .filter(|(_, list)| has(list, preposition))
        .map(|&(frames, _)| frames)
}

/// Verbs by which a reporter gives an impression.
pub(super) fn is_impression(lemma: &str) -> bool {
    matches!(lemma, "seem" | "appear")
}

/// Verbs by which those who count say how many there are.
pub(super) fn is_counting(lemma: &str) -> bool {
    matches!(lemma, "count" | "tally" | "give")
}

/// True if the verb attributes in some construction.
pub(super) fn is_cue_verb(lemma: &str) -> bool {
    is_impression(lemma)
        || is_counting(lemma)
        || VERB_TABLE.contains_key(lemma)
        || PREPOSITION_TABLE.contains_key(lemma)
        || is_light_verb(lemma)
}

/// True for nouns that name something said or thought: "claim", "hope".
pub(super) fn is_cue_noun(lemma: &str) -> bool {
    NOUN_SET.contains(lemma)
}

pub(super) fn is_light_verb(lemma: &str) -> bool {
    has(LIGHT_VERBS, lemma)
}

/// True for adjectives that say what their subject thinks: "confident".
pub(super) fn is_cue_adjective(lemma: &str) -> bool {
    ADJECTIVE_SET.contains(lemma)
}

pub(super) fn is_hearsay_adverb(lemma: &str) -> bool {
    has(ADVERBS, lemma)
}

fn has(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|w| w == word)
}
