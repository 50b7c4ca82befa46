//! The packs' names of legal texts, folded once for a page.
//!
//! A page asks for hundreds of names; folding every form of every text for each of them cost more than reading the
//! page. Not here: what a name means (`verbale_pack::Instrument`).

use std::collections::BTreeMap;

use verbale_pack::{Instrument, Packs, fold};

/// Which instrument a name names.
#[derive(Debug)]
pub(crate) struct Instruments<'p> {
    by_name: BTreeMap<String, &'p Instrument>,
}

impl<'p> Instruments<'p> {
    pub(crate) fn new(packs: &'p Packs) -> Self {
        let mut by_name = BTreeMap::new();
        let right = |i: &'p Instrument| {
            let names = i.names.iter().map(|(_, name)| name);
            names
                .chain([i.title.as_str()])
                .chain(i.symbol.as_deref())
                .map(folded)
                .collect::<Vec<_>>()
        };
        let slips = |i: &'p Instrument| i.slip_names().map(folded).collect::<Vec<_>>();
        // A right name of one text outranks a slip for another; the earlier text outranks the later.
        for i in packs.instruments() {
            for name in right(i) {
                by_name.entry(name).or_insert(i);
            }
        }
        for i in packs.instruments() {
            for name in slips(i) {
                by_name.entry(name).or_insert(i);
            }
        }
        Self { by_name }
    }

    /// The instrument of this name or slip. Case, blanks and a leading article do not matter.
    pub(crate) fn named(&self, name: &str) -> Option<&'p Instrument> {
        self.by_name.get(&folded(name)).copied()
    }
}

fn folded(name: &str) -> String {
    let folded = fold(name);
    let bare = folded.strip_prefix("the ").unwrap_or(&folded);
    bare.replace(' ', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_the_packs_is_found_as_the_packs_find_it() {
        let packs = Packs::builtin();
        let instruments = Instruments::new(&packs);
        for i in packs.instruments() {
            for name in i.names.iter().map(|(_, n)| n).chain(i.slip_names()) {
                let expected = packs.instrument_named(name).map(|m| &m.instrument.id);
                assert_eq!(instruments.named(name).map(|i| &i.id), expected, "{name}");
            }
        }
        assert!(instruments.named("a law that nobody passed").is_none());
    }
}
