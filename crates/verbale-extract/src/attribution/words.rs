//! Nouns by which a speaker is recognized as a person in a function, an institution, or a document.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Functions that identify their holder together with an institution or a country.
const OFFICES: &str = "spokesman spokeswoman spokesperson spokespeople minister president chancellor ambassador chairman \
    chairwoman chairperson chair secretary director governor mayor premier king queen pope general admiral \
    commander commissioner chief leader head speaker rapporteur coordinator prosecutor judge senator \
    congressman congresswoman representative envoy consul attaché charge-d'affaires chairmanship founder owner \
    coach captain dean rector archbishop bishop patriarch sheriff superintendent treasurer ceo";

/// Nouns for people in general or by occupation, which identify nobody.
const PEOPLE: &str = "official diplomat source aide adviser advisor insider observer expert analyst officer executive \
    lawmaker resident witness employee staffer negotiator researcher trader businessman defector person people \
    critic supporter opponent voter worker activist scientist economist professor author lawyer attorney \
    doctor driver farmer fisherman soldier student teacher visitor traveler tourist member colleague friend \
    neighbor neighbour relative journalist reporter editor man woman boy girl historian strategist pollster \
    donor delegate operative engineer pilot sailor captain inspector investigator candidate legislator \
    tycoon billionaire millionaire magnate mogul businesswoman politician veteran banker financier philanthropist publisher \
    novelist correspondent columnist contributor specialist scholar campaigner organizer manager nurse owner shopkeeper \
    clerk contractor elder broker guide cook miner migrant refugee survivor others many some";

/// Institutions.
const INSTITUTIONS: &str = "ministry embassy mission office department agency committee council commission parliament \
    government army police court bank company union party association organization organisation federation \
    service bureau institute university center centre group administration authority secretariat delegation \
    consulate board fund campaign network alliance coalition team foundation regulator operator authority \
    panel tribunal cabinet senate congress assembly palace house chamber corporation firm airline railway port guild society \
    station newspaper magazine paper outlet broadcaster hospital school college church fleet navy force guard \
    directorate inspectorate registry ombudsman watchdog think-tank lab laboratory club league state country \
    nation city county district republic region municipality kremlin pentagon chancellery duma";

/// Things that speak for those who wrote, counted or published them.
const DOCUMENTS: &str = "statement letter report survey poll study statistic statistics figure datum data document draft \
    memo memorandum filing indictment complaint note communique communiqué release post tweet article \
    editorial column book analysis brief briefing email e-mail message transcript record census index review \
    audit dossier bulletin ruling order petition appeal declaration website page video count research \
    investigation assessment estimate remark comment result proposal law bill testimony register log ledger database inventory \
    table chart graph annex appendix spreadsheet footnote";

/// Texts that bind: what they provide is law, not somebody's statement.
const INSTRUMENTS: &str = "resolution law treaty agreement rule act bill directive regulation constitution amendment \
    convention protocol contract statute ordinance decree accord pact charter embargo sanction policy mandate";

/// Functions that name no institution where the page has just named it: "director Ada Brandt".
const HOUSE_OFFICES: &str = "spokesman spokeswoman spokesperson director executive chairman chairwoman chairperson chair head \
    chief president ceo founder secretary-general manager";

const TITLES: &str = "mr mr. mrs mrs. ms ms. miss dr dr. sir dame lord lady sen sen. rep rep. gov gov. gen gen. col col. \
    lt lt. sgt sgt. capt capt. prof prof. rev rev. st st. comrade hon hon. adm adm. maj maj. cpl cpl. \
    president senator governor minister secretary chancellor congressman congresswoman representative king \
    queen prince princess pope mayor ambassador judge justice speaker premier";

pub(super) fn is_office(lemma: &str) -> bool {
    LISTS.offices.contains(lemma)
}

/// True for functions that belong to the institution named last.
pub(super) fn is_house_office(lemma: &str) -> bool {
    HOUSE_OFFICES.split_whitespace().any(|w| w == lemma)
}

pub(super) fn is_person_noun(lemma: &str) -> bool {
    LISTS.people.contains(lemma)
}

/// Nouns by which reports call somebody another time, whom they named before.
pub(super) fn is_epithet(lemma: &str) -> bool {
    matches!(
        lemma,
        "tycoon"
            | "billionaire"
            | "millionaire"
            | "magnate"
            | "mogul"
            | "businessman"
            | "businesswoman"
            | "politician"
            | "veteran"
            | "banker"
            | "financier"
            | "philanthropist"
            | "publisher"
            | "novelist"
            | "lawmaker"
            | "historian"
    )
}

pub(super) fn is_institution(lemma: &str) -> bool {
    LISTS.institutions.contains(lemma)
}

pub(super) fn is_document(lemma: &str) -> bool {
    LISTS.documents.contains(lemma)
}

pub(super) fn is_instrument(lemma: &str) -> bool {
    LISTS.instruments.contains(lemma)
}

pub(super) fn is_title(word: &str) -> bool {
    LISTS.titles.contains(word)
}

/// The lists as sets: every noun of a page is looked up.
struct Lists {
    offices: HashSet<&'static str>,
    people: HashSet<&'static str>,
    institutions: HashSet<&'static str>,
    documents: HashSet<&'static str>,
    instruments: HashSet<&'static str>,
    titles: HashSet<&'static str>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let set = |list: &'static str| list.split_whitespace().collect();
    Lists {
        offices: set(OFFICES),
        people: set(PEOPLE),
        institutions: set(INSTITUTIONS),
        documents: set(DOCUMENTS),
        instruments: set(INSTRUMENTS),
        titles: set(TITLES),
    }
});
