//! How many independent statements stand behind what is claimed.
//!
//! Claims that say the same are put together ([`Standing`]), and among them those that go back to one statement
//! ([`Origin`]). Each link between two claims names the rule that made it; copies share one count once.

mod support;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use verbale_core::{ClaimId, PageId, Proposition, TextRange};

use crate::{
    Axes, Bag, Entry, Lexicon, Voice, When, compare::Standing as Stance, entry::in_order,
    groups::Groups,
};

pub use support::{Support, Supports};

/// Why two claims are taken for one statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OriginRule {
    /// They stand in words that one page copied from the other, or both from a third.
    Copy,
    /// One page names the other's publisher or agency as where it has it from.
    Credited,
    /// Both pages carry the story of one agency.
    Agency,
    /// One speaker said it on one occasion.
    Statement,
    /// Both give one number of four or more digits for one thing and time, and one of them names nobody.
    Number,
    /// One page repeats itself.
    Repeat,
}

impl OriginRule {
    /// The word for tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Copy => "copied words",
            Self::Credited => "credited",
            Self::Agency => "one agency",
            Self::Statement => "one statement",
            Self::Number => "one rare number",
            Self::Repeat => "repeated on its page",
        }
    }
}

/// A stretch of words that two pages share; `a` and `b` in either order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SharedWords {
    /// One page and the range in its document.
    pub a: (PageId, TextRange),
    /// The other.
    pub b: (PageId, TextRange),
}

/// Two claims of one origin, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct OriginLink {
    /// The claim that relies on the other, where the rule tells; else the one with the larger id.
    pub claim: ClaimId,
    /// What it relies on or goes with.
    pub on: ClaimId,
    /// Why.
    pub rule: OriginRule,
    /// True if the claim falls when the other does.
    pub depends: bool,
}

/// One statement with the claims that carry it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// In the order of publication; the first is the nearest to the statement that the case has.
    pub claims: Vec<ClaimId>,
    /// What joins them; empty for a single claim.
    pub links: Vec<OriginLink>,
    /// Who said it, in the wording of the first claim.
    pub speaker: Option<String>,
    /// The publishers and agencies it went through.
    pub outlets: BTreeSet<String>,
}

/// Everything that says one thing: "n pages, m publishers, k origins".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The claims, by id.
    pub claims: Vec<ClaimId>,
    /// Pages that carry it.
    pub n_pages: usize,
    /// Publishers of those pages; a page without a publisher counts by itself.
    pub n_publishers: usize,
    /// Independent statements.
    pub origins: Vec<Origin>,
}

impl Standing {
    /// "3 pages, 2 publishers, 1 origin".
    pub fn summary(&self) -> String {
        self.support().to_string()
    }
}

/// What all claims stand on, in the order of their first claims' ids. `shared` comes from
/// [`copies`](crate::copies).
pub fn standings(
    lexicon: &Lexicon,
    entries: &[Entry<'_>],
    shared: &[SharedWords],
) -> Vec<Standing> {
    let mut sayings: BTreeMap<String, Vec<Entry<'_>>> = BTreeMap::new();
    for entry in in_order(entries) {
        let axes = entry.figure().map(|f| Axes::of_entry(lexicon, entry, f));
        sayings
            .entry(saying_key(lexicon, entry, axes.as_ref()))
            .or_default()
            .push(entry);
    }
    let mut standings: Vec<Standing> = sayings
        .values()
        .flat_map(|g| standings_of(lexicon, g, shared))
        .collect();
    standings.sort_by(|a, b| a.claims.cmp(&b.claims));
    standings
}

/// The name of what a claim says, without speaker and time: claims with one key may say the same. `axes` are those
/// of a figure.
pub(crate) fn saying_key(lexicon: &Lexicon, entry: Entry<'_>, axes: Option<&Axes>) -> String {
    let bag = |text: &str| Bag::of(lexicon, text).to_string();
    let polarity = entry.claim.polarity;
    match &entry.claim.proposition {
        Proposition::Figure(f) => {
            let q = &f.quantity;
            let number = |n: Option<verbale_core::Decimal>| {
                n.map_or("-".to_owned(), |n| n.normalize().to_string())
            };
            format!(
                "figure {polarity} {} {} {} {}",
                axes.map(Axes::key).unwrap_or_default(),
                number(q.value),
                number(q.low),
                number(q.high)
            )
        }
        Proposition::Status(s) => {
            let stance = match Stance::of(lexicon, s) {
                Stance::Words(words) => words.to_string(),
                other => format!("{other:?}"),
            };
            format!("status {polarity} {} {stance}", bag(&s.subject))
        }
        Proposition::Event(e) => format!(
            "event {polarity} {} {}",
            bag(&e.label),
            bag(&e.actors.join(" "))
        ),
        Proposition::Obligation(o) => {
            let instrument = o.instrument.as_deref().unwrap_or_default();
            format!(
                "obligation {polarity} {} {:?} {}",
                bag(instrument),
                o.paragraph,
                bag(&o.action)
            )
        }
        Proposition::Position(p) => {
            format!("position {polarity} {} {}", bag(&p.holder), bag(&p.stance))
        }
    }
}

/// The standings of claims with one key: those of overlapping times, and those that a rule links, belong together.
fn standings_of(lexicon: &Lexicon, entries: &[Entry<'_>], shared: &[SharedWords]) -> Vec<Standing> {
    let links = links(lexicon, entries, shared);
    let at = |id: ClaimId| entries.iter().position(|e| e.id() == id);
    let mut sayings = Groups::new(entries.len());
    let mut origins = Groups::new(entries.len());
    for link in &links {
        if let (Some(i), Some(j)) = (at(link.claim), at(link.on)) {
            sayings.join(i, j);
            origins.join(i, j);
        }
    }
    for (i, a) in entries.iter().enumerate() {
        for (j, b) in entries.iter().enumerate().skip(i + 1) {
            if is_one_time(*a, *b) {
                sayings.join(i, j);
            }
        }
    }
    let origin_of = origins.all();
    let standing = |members: Vec<usize>| {
        let own = origin_of.iter().filter(|o| members.contains(&o[0]));
        let origins = own.map(|o| origin(entries, o, &links)).collect();
        standing(entries, &members, origins)
    };
    sayings.all().into_iter().map(standing).collect()
}

fn standing(entries: &[Entry<'_>], members: &[usize], origins: Vec<Origin>) -> Standing {
    let members = members.iter().map(|i| entries[*i]);
    let support = Support::counted(members.clone(), origins.len());
    Standing {
        claims: members.map(|e| e.id()).collect(),
        n_pages: support.n_pages,
        n_publishers: support.n_publishers,
        origins,
    }
}

fn origin(entries: &[Entry<'_>], members: &[usize], links: &[OriginLink]) -> Origin {
    let mut members: Vec<Entry<'_>> = members.iter().map(|&i| entries[i]).collect();
    members.sort_by_key(|e| {
        (
            e.published().is_none(),
            e.published().and_then(|i| i.start()),
            e.id(),
        )
    });
    let claims: Vec<ClaimId> = members.iter().map(Entry::id).collect();
    let outlets = members
        .iter()
        .flat_map(|e| [e.publisher(), e.agency()])
        .flatten()
        .map(str::to_owned);
    Origin {
        links: links
            .iter()
            .filter(|l| claims.contains(&l.claim))
            .copied()
            .collect(),
        speaker: members.first().and_then(|e| e.speaker()).map(str::to_owned),
        outlets: outlets.collect(),
        claims,
    }
}

fn is_one_time(a: Entry<'_>, b: Entry<'_>) -> bool {
    match (a.when(), b.when()) {
        (When::Known(x), When::Known(y)) => x.overlaps(y),
        (x, y) => x == y,
    }
}

/// How two claims under one name belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bond {
    /// Not by themselves; other claims may join them.
    Apart,
    /// They say one thing of one time.
    Saying,
    /// They are one statement.
    Origin,
}

/// A claim that is held against others for what it says, with its voice, which is dear to make for each pair.
#[derive(Debug)]
pub struct Telling<'a> {
    entry: Entry<'a>,
    voice: OnceCell<Option<Voice>>,
}

impl<'a> Telling<'a> {
    /// The telling of a claim.
    pub fn new(entry: Entry<'a>) -> Self {
        Self {
            entry,
            voice: OnceCell::new(),
        }
    }

    /// The claim.
    pub fn entry(&self) -> Entry<'a> {
        self.entry
    }

    /// How it belongs together with a claim under the same name, but for words that both pages share
    /// ([`is_copied`]). Symmetric. The groups that follow from all pairs are those of [`standings`].
    pub fn bond(&self, lexicon: &Lexicon, other: &Self) -> Bond {
        if link(lexicon, self, other, &[]).is_some() {
            Bond::Origin
        } else if is_one_time(self.entry, other.entry) {
            Bond::Saying
        } else {
            Bond::Apart
        }
    }

    fn voice(&self, lexicon: &Lexicon) -> Option<&Voice> {
        let speaker = self.entry.claim.attribution.speaker.as_ref();
        let voice = || speaker.map(|s| Voice::of(lexicon, s));
        self.voice.get_or_init(voice).as_ref()
    }
}

/// True if two claims of different pages stand at one place of words that the pages share.
pub fn is_copied(a: Entry<'_>, b: Entry<'_>, shared: &[SharedWords]) -> bool {
    a.page != b.page && stand_in_shared_words(a, b, shared)
}

/// The links among claims that say one thing, each pair by its strongest rule.
fn links(lexicon: &Lexicon, entries: &[Entry<'_>], shared: &[SharedWords]) -> Vec<OriginLink> {
    let tellings: Vec<Telling<'_>> = entries.iter().map(|e| Telling::new(*e)).collect();
    let mut links = Vec::new();
    for (i, a) in tellings.iter().enumerate() {
        let with = |b| link(lexicon, a, b, shared);
        links.extend(tellings[i + 1..].iter().filter_map(with));
    }
    links.sort();
    links
}

fn link(
    lexicon: &Lexicon,
    a: &Telling<'_>,
    b: &Telling<'_>,
    shared: &[SharedWords],
) -> Option<OriginLink> {
    let (x, y) = (a.entry, b.entry);
    let (older, newer) = in_time(x, y);
    let (rule, claim, on) = if x.page == y.page {
        let repeats = x.claim.restates == Some(y.id()) || y.claim.restates == Some(x.id());
        // A page that tells in its own voice what somebody tells it does not make a second source.
        let is_lead = names_nobody(x) != names_nobody(y);
        let is_repeat = repeats || is_lead || share_org(x, y) || is_one_statement(lexicon, a, b);
        is_repeat.then_some((OriginRule::Repeat, newer, older))?
    } else if stand_in_shared_words(x, y, shared) {
        (OriginRule::Copy, newer, older)
    } else if credits(x, y) {
        (OriginRule::Credited, x, y)
    } else if credits(y, x) {
        (OriginRule::Credited, y, x)
    } else if is_one_story(x, y) {
        (OriginRule::Agency, newer, older)
    } else if is_one_statement(lexicon, a, b) {
        (OriginRule::Statement, newer, older)
    } else if is_rare_number(x) && names_nobody(newer) && is_one_time(x, y) {
        (OriginRule::Number, newer, older)
    } else {
        return None;
    };
    let depends = matches!(
        rule,
        OriginRule::Copy | OriginRule::Credited | OriginRule::Number
    );
    Some(OriginLink {
        claim: claim.id(),
        on: on.id(),
        rule,
        depends,
    })
}

/// The two claims by the day of publication; undated pages count as later, equal ones go by id.
fn in_time<'a>(a: Entry<'a>, b: Entry<'a>) -> (Entry<'a>, Entry<'a>) {
    let key = |e: &Entry<'_>| {
        (
            e.published().is_none(),
            e.published().and_then(|i| i.start()),
            e.id(),
        )
    };
    if key(&a) <= key(&b) { (a, b) } else { (b, a) }
}

/// How far, in bytes, the words of a copied claim may have moved inside the shared stretch.
const MAX_SHIFT: u32 = 64;

/// True if both claims lie in words that the pages share, at the same place of them.
fn stand_in_shared_words(a: Entry<'_>, b: Entry<'_>, shared: &[SharedWords]) -> bool {
    let place = |(page, range): (PageId, TextRange), e: Entry<'_>| {
        let words = e.claim.evidence.range();
        let cut = range.intersect(words).filter(|_| page == e.page)?;
        let is_inside = 2 * u32::from(cut.len()) >= u32::from(words.len());
        is_inside.then(|| u32::from(cut.start() - range.start()))
    };
    let together = |x: Option<u32>, y: Option<u32>| matches!((x, y), (Some(x), Some(y)) if x.abs_diff(y) <= MAX_SHIFT);
    let lies_in = |s: &SharedWords| {
        together(place(s.a, a), place(s.b, b)) || together(place(s.a, b), place(s.b, a))
    };
    shared.iter().any(lies_in)
}

/// True if the chain of `a`, behind its own publisher, names the publisher or the agency of `b`.
fn credits(a: Entry<'_>, b: Entry<'_>) -> bool {
    let is_other = |name: &&str| Some(*name) != a.publisher() && Some(*name) != a.agency();
    let named = [b.publisher(), b.agency()];
    let mut others = named.iter().flatten().filter(|n| is_other(n));
    others.any(|n| a.claim.attribution.via.iter().any(|v| v == n) || a.speaker() == Some(n))
}

/// True if both speakers of a page are said to speak from one organization.
fn share_org(a: Entry<'_>, b: Entry<'_>) -> bool {
    let org = |e: Entry<'_>| {
        e.claim
            .attribution
            .speaker
            .as_ref()
            .and_then(|s| s.org.as_deref())
            .map(verbale_pack::fold)
    };
    org(a).is_some() && org(a) == org(b)
}

/// True if one speaker says it, on one day where both pages name the day.
///
/// Where a page does not, one number of one speaker counts as one statement: counting too few origins does less
/// harm than counting one twice.
fn is_one_statement(lexicon: &Lexicon, a: &Telling<'_>, b: &Telling<'_>) -> bool {
    // Asked last: most pairs are told apart by their days.
    let one_voice =
        || matches!((a.voice(lexicon), b.voice(lexicon)), (Some(x), Some(y)) if x.is_same(y));
    let said = |e: Entry<'_>| {
        e.claim
            .attribution
            .said_on
            .as_ref()
            .and_then(|t| t.interval)
    };
    let one_day = match (said(a.entry), said(b.entry)) {
        (Some(x), Some(y)) => x.overlaps(y),
        _ => {
            is_one_time(a.entry, b.entry)
                || a.entry.figure().is_some() && is_time_open(a.entry, b.entry)
        }
    };
    one_day && one_voice()
}

fn is_time_open(a: Entry<'_>, b: Entry<'_>) -> bool {
    !matches!((a.when(), b.when()), (When::Known(_), When::Known(_)))
}

/// True if both pages print the story of one agency, and in it the same speaker.
fn is_one_story(a: Entry<'_>, b: Entry<'_>) -> bool {
    let agencies = |e: Entry<'_>| -> BTreeSet<String> {
        let via = e.claim.attribution.via.iter().map(String::as_str);
        via.skip(1)
            .chain(e.agency())
            .map(verbale_pack::fold)
            .collect()
    };
    let speaker = |e: Entry<'_>| e.speaker().map(verbale_pack::fold);
    are_near(a, b) && !agencies(a).is_disjoint(&agencies(b)) && speaker(a) == speaker(b)
}

/// A week: what an agency's story lives before the next one replaces it.
const NEAR_DAYS: i32 = 7;

fn are_near(a: Entry<'_>, b: Entry<'_>) -> bool {
    match (
        a.published().and_then(|i| i.start()),
        b.published().and_then(|i| i.start()),
    ) {
        (Some(x), Some(y)) => (x - y).get_days().abs() <= NEAR_DAYS,
        _ => false,
    }
}

/// True for a plain number of at least four significant digits: nobody comes to it by chance.
fn is_rare_number(e: Entry<'_>) -> bool {
    let value = e
        .figure()
        .filter(|f| !f.quantity.is_bounded())
        .and_then(|f| f.quantity.value);
    let digits = value.map(|v| v.normalize().mantissa().unsigned_abs().to_string());
    digits.is_some_and(|d| d.trim_end_matches('0').len() >= 4)
}

/// True if the page asserts it by itself.
fn names_nobody(e: Entry<'_>) -> bool {
    e.speaker().is_none() || e.speaker() == e.publisher() || e.speaker() == e.agency()
}
