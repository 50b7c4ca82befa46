//! Whether two claims have one speaker: the same person, or the same office.
//!
//! Names are compared inside a case by their stems; links between spellings and scripts are the extractor's
//! business and arrive here as equal names.

use verbale_core::{EntityKind, Speaker};
use verbale_pack::Known;

use crate::{Bag, Lexicon};

/// A speaker, taken apart for comparison.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Voice {
    name: Bag,
    office: Bag,
    is_anonymous: bool,
}

impl Voice {
    /// The voice of a speaker.
    pub fn of(lexicon: &Lexicon, speaker: &Speaker) -> Self {
        let known = |text: &str| {
            let mut found = lexicon.packs().known(text);
            // A country is a metonym for any of its offices.
            let is_one = |k: &Known<'_>| !k.is_weak && k.kind != EntityKind::Government;
            found
                .find(is_one)
                .map(|k| [format!("={}", k.id)].into_iter().collect::<Bag>())
        };
        let name = known(&speaker.name).unwrap_or_else(|| {
            let mut name = Bag::of(lexicon, &speaker.name);
            name.retain(|s| TITLES.binary_search(&s).is_err());
            name
        });
        let is_office =
            |s: &str| OFFICES.binary_search(&s).is_ok() || s.starts_with('=') && s.contains(':');
        let office = match &speaker.org {
            _ if name.iter().any(is_office) => name.clone(),
            Some(org) => known(org).unwrap_or_else(|| Bag::of(lexicon, org)),
            None => Bag::default(),
        };
        Self {
            name,
            office,
            is_anonymous: speaker.anonymity.is_some(),
        }
    }

    /// True if both are one person or one office. Two anonymous speakers are never known to be one, nor are
    /// two offices without a name: "the ministry" is another one on each page.
    pub fn is_same(&self, other: &Self) -> bool {
        if self.is_anonymous || other.is_anonymous {
            return false;
        }
        let is_bare_office = self.name.iter().all(|s| OFFICES.binary_search(&s).is_ok());
        let equal = !is_bare_office && self.name == other.name;
        let contained = self.name.n_shared(&other.name) >= 2
            && (self.name.covers(&other.name) || other.name.covers(&self.name));
        equal || contained || self.shares_office(other)
    }

    /// True if both speak for one office: a spokeswoman and her ministry. One stem is too little, unless it is
    /// the name by which a pack knows the office.
    fn shares_office(&self, other: &Self) -> bool {
        let is_known = self.office.iter().any(|s| s.starts_with('='));
        (is_known || self.office.len() >= 2) && self.office == other.office
    }

    /// The office as a key; of somebody without an office, the name.
    pub(crate) fn office_key(&self) -> String {
        let what = if self.office.is_empty() {
            &self.name
        } else {
            &self.office
        };
        what.to_string()
    }

    /// A key that is equal for equal names; sorts and groups, decides nothing.
    pub(crate) fn key(&self) -> String {
        let who = if self.name.is_empty() {
            &self.office
        } else {
            &self.name
        };
        who.to_string()
    }
}

/// Words before or after a name that say what somebody is. Sorted.
const TITLES: &[&str] = &[
    "acting",
    "admiral",
    "ambassador",
    "captain",
    "chairman",
    "chairwoman",
    "chief",
    "colonel",
    "commissioner",
    "deputy",
    "director",
    "dr",
    "former",
    "general",
    "governor",
    "head",
    "leader",
    "major",
    "mayor",
    "mr",
    "mrs",
    "ms",
    "president",
    "prime",
    "princess",
    "prof",
    "professor",
    "rep",
    "secretary",
    "senator",
    "senior",
    "sir",
    "spokesman",
    "spokesperson",
    "spokeswoman",
];

/// Words by which a name is an office's. Sorted.
const OFFICES: &[&str] = &[
    "agency",
    "army",
    "association",
    "authority",
    "commission",
    "committee",
    "council",
    "court",
    "delegation",
    "department",
    "embassy",
    "government",
    "guard",
    "ministry",
    "mission",
    "office",
    "ombudsman",
    "parliament",
    "party",
    "police",
    "regulator",
    "service",
    "treasury",
    "union",
];

/// True for words that offices of different states share: "Ministry of Foreign Affairs of the Republic".
pub(crate) fn is_office_word(stem: &str) -> bool {
    let of_any_state = [
        "affair", "coastal", "defense", "federal", "fishery", "foreign", "interior", "national",
        "republic", "state",
    ];
    OFFICES.binary_search(&stem).is_ok()
        || TITLES.binary_search(&stem).is_ok()
        || of_any_state.contains(&stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn speaker(name: &str, org: Option<&str>) -> Speaker {
        Speaker {
            name: name.to_owned(),
            org: org.map(str::to_owned),
            ..Speaker::default()
        }
    }

    fn is_same(a: (&str, Option<&str>), b: (&str, Option<&str>)) -> bool {
        let lexicon = crate::lexicon::for_tests();
        let voice = |(name, org)| Voice::of(lexicon, &speaker(name, org));
        let (a, b) = (voice(a), voice(b));
        assert_eq!(a.is_same(&b), b.is_same(&a));
        a.is_same(&b)
    }

    #[test]
    fn word_lists_are_sorted() {
        assert!(TITLES.is_sorted() && OFFICES.is_sorted());
    }

    #[test]
    fn persons_and_offices_meet() {
        assert!(is_same(("Captain Bruno Hesk", None), ("Bruno Hesk", None)));
        assert!(is_same(
            ("Ilka Doren", Some("Kestrian Foreign Ministry")),
            ("Kestria’s foreign ministry", None)
        ));
        assert!(is_same(
            ("Maria Zakharova", Some("Russian Foreign Ministry")),
            ("Russia’s MFA", Some("Russia"))
        ));
        assert!(!is_same(("the ministry", None), ("a ministry", None)));
        assert!(!is_same(("Ilka Doren", None), ("Ilka Marow", None)));
        assert!(!is_same(("Ilka Doren", None), ("Russia", None)));
    }

    #[test]
    fn anonymous_speakers_stay_apart() {
        let lexicon = crate::lexicon::for_tests();
        let hidden = Speaker {
            anonymity: Some(verbale_core::Anonymity {
                tier: 3,
                reason: None,
            }),
            ..speaker("a senior official", None)
        };
        let voice = Voice::of(lexicon, &hidden);
        assert!(!voice.is_same(&voice));
    }
}
