//! References from one entry of a pack to another.

use std::collections::BTreeSet;

use crate::Packs;

use super::{Fault, Source};

/// Parties that are neither a state nor an institution.
const CLASSES: &[&str] = &[
    "all_un_member_states",
    "all_states",
    "parties",
    "annex_i_parties",
    "developing_parties",
    "company",
];

/// What stands for no one state.
const UNIONS: &[&str] = &["UN", "EU", "INT", "NATO"];

/// Adds the references of a file that lead nowhere.
pub(super) fn check(source: &Source<'_>, packs: &Packs, faults: &mut Vec<Fault>) {
    let ids = Ids::of(packs);
    let file = &source.file;
    let mut fault = |table: &str, n: usize, value: &str, what: &str| {
        faults.push(source.fault(table, n, value, format!("unknown {what}: `{value}`")));
    };
    for (n, o) in file.obligation.iter().enumerate() {
        if !ids.instruments.contains(o.instrument.as_str()) {
            fault("obligation", n, &o.instrument, "instrument");
        }
        for party in o.party.iter().filter(|p| !ids.is_actor(p)) {
            fault("obligation", n, party, "party");
        }
        for id in o
            .supersedes
            .iter()
            .filter(|id| !ids.obligations.contains(id.as_str()))
        {
            fault("obligation", n, id, "obligation");
        }
        let measures = o
            .measures
            .iter()
            .chain(o.caps.iter().filter_map(|c| c.measure.as_ref()));
        for id in measures.filter(|id| !ids.measures.contains(id.as_str())) {
            fault("obligation", n, id, "measure");
        }
        for report in o.reports.iter().filter(|r| !ids.is_actor(&r.to)) {
            fault("obligation", n, &report.to, "recipient");
        }
        for reading in &o.readings {
            let unknown = reading.holder.split('+').find(|h| !ids.is_holder(h));
            if unknown.is_some() {
                fault("obligation", n, &reading.holder, "holder");
            }
        }
    }
    for (n, m) in file.measure.iter().enumerate() {
        let others = m.never_with.iter().chain(&m.part_of);
        for id in others.filter(|id| !ids.measures.contains(id.as_str())) {
            fault("measure", n, id, "measure");
        }
        if let Some(place) = m.place.as_ref().filter(|p| !ids.is_country(p)) {
            fault("measure", n, place, "state");
        }
    }
    for (n, p) in file.post.iter().enumerate() {
        for state in [&p.sending, &p.receiving]
            .into_iter()
            .filter(|s| !ids.is_country(s))
        {
            fault("post", n, state, "state");
        }
        for event in p
            .events
            .iter()
            .filter(|e| !ids.statuses.contains(e.status.as_str()))
        {
            fault("post", n, &event.status, "status");
        }
    }
    for (n, o) in file.observation.iter().enumerate() {
        if !ids.measures.contains(o.measure.as_str()) {
            fault("observation", n, &o.measure, "measure");
        }
    }
    for (n, i) in file.instrument.iter().enumerate() {
        if let Some(series) = i
            .series
            .as_ref()
            .filter(|s| !ids.series.contains(s.as_str()))
        {
            fault("instrument", n, series, "series");
        }
    }
    for (n, i) in file
        .institution
        .iter()
        .enumerate()
        .filter(|(_, i)| !ids.is_country(&i.country))
    {
        fault("institution", n, &i.country, "state");
    }
    for (n, m) in file
        .metonym
        .iter()
        .enumerate()
        .filter(|(_, m)| !ids.is_actor(&m.institution))
    {
        fault("metonym", n, &m.institution, "institution");
    }
    check_ids(source, packs, faults);
}

/// Adds ids that name two things.
fn check_ids(source: &Source<'_>, packs: &Packs, faults: &mut Vec<Fault>) {
    let file = &source.file;
    let mut once = |table: &str, own: Vec<&str>, all: Vec<&str>| {
        for (n, id) in own.into_iter().enumerate() {
            if all.iter().filter(|a| **a == id).count() > 1 {
                faults.push(source.fault(table, n, id, format!("two entries are called `{id}`")));
            }
        }
    };
    macro_rules! ids {
        ($own:expr, $all:expr) => {
            (
                $own.iter().map(|x| x.id.as_str()).collect(),
                $all.iter().map(|x| x.id.as_str()).collect(),
            )
        };
    }
    let (own, all) = ids!(file.obligation, packs.obligations());
    once("obligation", own, all);
    let (own, all) = ids!(file.measure, packs.measures());
    once("measure", own, all);
    let (own, all) = ids!(file.instrument, packs.instruments());
    once("instrument", own, all);
    let (own, all) = ids!(file.post, packs.posts());
    once("post", own, all);
    let (own, all) = ids!(file.pattern, packs.patterns());
    once("pattern", own, all);
    let (own, all) = ids!(file.institution, packs.institutions());
    once("institution", own, all);
    let (own, all) = ids!(file.person, packs.people());
    once("person", own, all);
    let (own, all) = ids!(file.status, packs.statuses());
    once("status", own, all);
}

struct Ids<'p> {
    instruments: BTreeSet<&'p str>,
    obligations: BTreeSet<&'p str>,
    measures: BTreeSet<&'p str>,
    statuses: BTreeSet<&'p str>,
    countries: BTreeSet<&'p str>,
    institutions: BTreeSet<&'p str>,
    posts: BTreeSet<&'p str>,
    series: BTreeSet<&'p str>,
}

impl<'p> Ids<'p> {
    fn of(packs: &'p Packs) -> Self {
        Self {
            instruments: packs.instruments().iter().map(|x| x.id.as_str()).collect(),
            obligations: packs.obligations().iter().map(|x| x.id.as_str()).collect(),
            measures: packs.measures().iter().map(|x| x.id.as_str()).collect(),
            statuses: packs.statuses().iter().map(|x| x.id.as_str()).collect(),
            countries: packs.countries().iter().map(|x| x.id.as_str()).collect(),
            institutions: packs.institutions().iter().map(|x| x.id.as_str()).collect(),
            posts: packs.posts().iter().map(|x| x.id.as_str()).collect(),
            series: packs.series().iter().map(|x| x.id.as_str()).collect(),
        }
    }

    fn is_country(&self, id: &str) -> bool {
        UNIONS.contains(&id) || self.countries.contains(id)
    }

    /// A state, an institution, a class, or an office of a state such as `gov:RU` and `embassy:DE@KP`.
    fn is_actor(&self, id: &str) -> bool {
        let office = id
            .rsplit_once(':')
            .is_some_and(|(_, states)| states.split('@').all(|s| self.is_country(s)));
        office
            || self.is_country(id)
            || CLASSES.contains(&id)
            || self.institutions.contains(id)
            || self.posts.contains(id)
    }

    /// An actor, or a number of further ones: `27` in `DE+27`.
    fn is_holder(&self, id: &str) -> bool {
        self.is_actor(id) || !id.is_empty() && id.chars().all(|c| c.is_ascii_digit())
    }
}
