//! What the packs say about words, arranged for comparing claims.

use std::collections::BTreeMap;

use verbale_pack::{Approximator, Counted, Measure, Packs, StatusWord, Vague, fold};

use crate::words::{stem, words};

/// The packs in use, with the names of countries arranged for looking up. Made once, asked often.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// First word of an alias → the whole alias and the country's id, longest alias first.
    countries: BTreeMap<String, Vec<(Vec<String>, String)>>,
    /// Folded capital → country's id.
    capitals: BTreeMap<String, String>,
    packs: Packs,
    /// For each measure of the packs, in their order: what a text must hold, in folded singular.
    needles: Vec<Vec<Vec<String>>>,
    /// Folded phrases of hedges, with the number of the pack's approximator: pairs of figures are held against each
    /// other by the million.
    hedges: Vec<(String, usize)>,
    /// The same of vague numbers.
    vague: Vec<(String, usize)>,
}

impl Lexicon {
    /// What `packs` say.
    pub fn new(packs: &Packs) -> Self {
        let mut countries: BTreeMap<String, Vec<(Vec<String>, String)>> = BTreeMap::new();
        let mut capitals = BTreeMap::new();
        for country in packs.countries() {
            let names = [&country.names, &country.adjectives, &country.people];
            for (_, alias) in names.iter().flat_map(|w| w.iter()) {
                let alias: Vec<String> = words(alias).into_iter().map(|(w, _)| w).collect();
                if let Some(first) = alias.first() {
                    let aliases = countries.entry(first.clone()).or_default();
                    aliases.push((alias, country.id.clone()));
                }
            }
            for capital in country.capital.values() {
                capitals.insert(fold(capital), country.id.clone());
            }
        }
        for aliases in countries.values_mut() {
            aliases.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        }
        Self {
            countries,
            capitals,
            packs: packs.clone(),
            needles: packs.measures().iter().map(needles).collect(),
            hedges: folded(packs.approximators(), |a| {
                a.before.iter().chain(a.after.iter())
            }),
            vague: folded(packs.vague(), |v| v.words.iter()),
        }
    }

    /// What the packs say that travel with the program.
    pub fn builtin() -> Self {
        Self::new(&Packs::builtin())
    }

    /// The packs themselves.
    pub fn packs(&self) -> &Packs {
        &self.packs
    }

    /// The pack's measure with this id.
    pub(crate) fn measure(&self, id: &str) -> Option<&Measure> {
        self.packs.measures().iter().find(|m| m.id == id)
    }

    /// The measure that a figure counts, as [`Packs::measure_of`] finds it: the narrowest that fits.
    ///
    /// Most measures are ruled out by plain searches; asking each of them costs fifty times as much.
    pub(crate) fn measure_of(&self, what: Counted<'_>) -> Option<&Measure> {
        let text = fold(&format!("{} {}", what.subject, what.unit));
        let may_fit = |groups: &&Vec<Vec<String>>| {
            groups
                .iter()
                .all(|words| words.iter().any(|w| text.contains(w)))
        };
        let measures = self.packs.measures().iter().zip(&self.needles);
        let fitting = measures
            .filter(|(m, n)| may_fit(n) && m.counts(what))
            .map(|(m, _)| m);
        let n_groups = |m: &Measure| m.words.len() + m.places.len();
        fitting.reduce(|best, m| {
            if n_groups(m) > n_groups(best) {
                m
            } else {
                best
            }
        })
    }

    /// The stems of a text in order; a country's name is one stem, `@` and its id.
    pub(crate) fn stems(&self, text: &str) -> Vec<String> {
        let words = words(text);
        let mut stems = Vec::with_capacity(words.len());
        let mut at = 0;
        while at < words.len() {
            if let Some((n_words, id)) = self.country_at(&words[at..]) {
                stems.push(format!("@{id}"));
                at += n_words;
            } else {
                stems.push(stem(&words[at].0, words[at].1));
                at += 1;
            }
        }
        stems
    }

    /// The usual names of the states that a text names, each once.
    pub(crate) fn states_in(&self, text: &str) -> Vec<&str> {
        let mut ids: Vec<String> = self.stems(text);
        ids.retain(|s| s.starts_with('@'));
        ids.sort_unstable();
        ids.dedup();
        ids.iter()
            .filter_map(|id| self.packs.name_of(&id[1..]))
            .collect()
    }

    /// The country whose name begins `words`, with the number of its words.
    fn country_at(&self, words: &[(String, bool)]) -> Option<(usize, &str)> {
        let bare = |w: &str| w.strip_suffix("'s").unwrap_or(w).to_owned();
        let first = bare(&words.first()?.0);
        let aliases = self.countries.get(&first)?;
        // A lower-case word is no country: "turkey", "us".
        aliases
            .iter()
            .find(|(alias, _)| {
                words[0].1
                    && alias.len() <= words.len()
                    && alias.iter().zip(words).all(|(a, (w, _))| *a == bare(w))
            })
            .map(|(alias, id)| (alias.len(), id.as_str()))
    }

    /// The country whose capital this is.
    pub(crate) fn country_of_capital(&self, place: &str) -> Option<&str> {
        self.capitals.get(&fold(place.trim())).map(String::as_str)
    }

    /// The hedges whose words stand in `hedge`, the longest phrase of each place only.
    pub(crate) fn approximators_in(&self, hedge: &str) -> Vec<&Approximator> {
        let hedge = fold(hedge);
        let mut found: Vec<(usize, usize, &Approximator)> = Vec::new();
        for (phrase, number) in fitting(&self.hedges, &hedge) {
            let approximator = &self.packs.approximators()[number];
            found.extend(
                standing_alone(&hedge, phrase).map(|at| (at, at + phrase.len(), approximator)),
            );
        }
        keep_longest(&mut found);
        found.into_iter().map(|(_, _, a)| a).collect()
    }

    /// The vague number that these words are.
    pub(crate) fn vague_in(&self, hedge: &str) -> Option<&Vague> {
        let hedge = fold(hedge);
        let named = fitting(&self.vague, &hedge)
            .filter(|(phrase, _)| standing_alone(&hedge, phrase).next().is_some())
            .map(|(_, number)| &self.packs.vague()[number]);
        // Of two that are as long, the last one in the packs.
        named.max_by_key(|v| v.words.iter().map(|(_, p)| p.len()).max())
    }
}

impl Lexicon {
    /// The pack's status that these words assert: its id itself, else the longest of its phrases in them.
    pub(crate) fn status(&self, words: &str) -> Option<&StatusWord> {
        let id = fold(words).trim().replace([' ', '-'], "_");
        let by_id = self.packs.statuses().iter().find(|s| s.id == id);
        by_id.or_else(|| self.packs.status_in(words, "en"))
    }
}

/// The phrases of a table in all languages, folded, each with the number of its row.
fn folded<'t, T, I: Iterator<Item = (&'t str, &'t str)>>(
    rows: &'t [T],
    phrases: impl Fn(&'t T) -> I,
) -> Vec<(String, usize)> {
    let rows = rows.iter().enumerate();
    rows.flat_map(|(number, row)| phrases(row).map(move |(_, phrase)| (fold(phrase), number)))
        .collect()
}

/// The phrases that are no longer than the words in which they are looked for.
fn fitting<'p>(
    phrases: &'p [(String, usize)],
    words: &str,
) -> impl Iterator<Item = (&'p str, usize)> {
    let most = words.len();
    let fits = phrases
        .iter()
        .filter(move |(phrase, _)| phrase.len() <= most);
    fits.map(|(phrase, number)| (phrase.as_str(), *number))
}

/// The beginnings that a measure's words have in every number: "worker" of "workers", "entr" of "entries".
fn needles(measure: &Measure) -> Vec<Vec<String>> {
    let needle = |word: &String| {
        let word = fold(word);
        let base = word
            .strip_suffix("ies")
            .or_else(|| word.strip_suffix('s'))
            .unwrap_or(&word);
        base.strip_suffix('y').unwrap_or(base).to_owned()
    };
    measure
        .words
        .iter()
        .map(|group| group.iter().map(needle).collect())
        .collect()
}

/// Where `phrase` stands in `text` without letters beside it.
fn standing_alone<'t>(text: &'t str, phrase: &'t str) -> impl Iterator<Item = usize> + 't {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(phrase)
        .filter(move |(at, _)| {
            !phrase.is_empty()
                && !letter(text[..*at].chars().next_back())
                && !letter(text[at + phrase.len()..].chars().next())
        })
        .map(|(at, _)| at)
}

/// Drops what lies inside a longer find.
fn keep_longest(found: &mut Vec<(usize, usize, &Approximator)>) {
    found.sort_by_key(|&(start, end, a)| (std::cmp::Reverse(end - start), start, a.id.clone()));
    let mut kept: Vec<(usize, usize, &Approximator)> = Vec::new();
    for &(start, end, a) in found.iter() {
        if kept.iter().all(|&(s, e, _)| end <= s || e <= start) {
            kept.push((start, end, a));
        }
    }
    *found = kept;
}

/// The builtin packs, read once for all tests.
#[cfg(test)]
pub(crate) fn for_tests() -> &'static Lexicon {
    static LEXICON: std::sync::LazyLock<Lexicon> = std::sync::LazyLock::new(Lexicon::builtin);
    &LEXICON
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_hedge_wins() {
        let lexicon = crate::lexicon::for_tests();
        let ids = |hedge: &str| -> Vec<String> {
            lexicon
                .approximators_in(hedge)
                .iter()
                .map(|a| a.id.clone())
                .collect()
        };
        assert_eq!(ids("slightly more than"), ["just_over"]);
        assert_eq!(ids("at least about"), ["at_least", "about"]);
        assert_eq!(ids("in overalls"), [] as [&str; 0]);
    }

    #[test]
    fn lower_case_words_are_no_countries() {
        let lexicon = crate::lexicon::for_tests();
        assert_eq!(
            lexicon.stems("Turkey sent turkey"),
            ["@TR", "sent", "turkey"]
        );
    }

    #[test]
    fn measures_are_those_of_the_packs() {
        let lexicon = crate::lexicon::for_tests();
        let subjects = [
            "North Korean workers remaining",
            "tourist visas to North Koreans",
            "entries by DPRK nationals",
            "boats",
        ];
        for subject in subjects {
            for place in ["Russia", "China", ""] {
                let what = Counted {
                    subject,
                    unit: "",
                    place,
                    per: "",
                };
                assert_eq!(
                    lexicon.measure_of(what),
                    lexicon.packs().measure_of(what),
                    "{subject}, {place}"
                );
            }
        }
    }
}
