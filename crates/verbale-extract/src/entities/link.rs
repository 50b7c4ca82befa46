//! Which mentions are of one.

use verbale_core::{Entity, EntityKind, Mention};
use verbale_pack::Packs;

use super::mention::{Found, strong_ids};
use super::names::{self, Name, Score};
use crate::Reading;

/// Joins mentions to entities.
pub(super) fn join(reading: &Reading<'_>, packs: &Packs, found: Vec<Found>) -> Vec<Entity> {
    let strong = strong_ids(&found);
    let mut entities = Entities::default();
    // Full names first, so that a surname in the headline finds its name in the text.
    let mut order: Vec<&Found> = found.iter().collect();
    order.sort_by_key(|m| {
        (
            m.pack_id.is_none(),
            std::cmp::Reverse(n_words(&m.text)),
            m.range.start(),
        )
    });
    for mention in order {
        let is_lost = mention.is_weak
            && mention
                .pack_id
                .as_ref()
                .is_some_and(|id| !strong.contains_key(id));
        if !is_lost {
            entities.add(mention);
        }
    }
    let mut entities = entities.list;
    for entity in &mut entities {
        finish(entity, reading, packs);
    }
    entities.sort_by_key(|e| e.mentions.first().map(|m| m.range.start()));
    entities
}

#[derive(Default)]
struct Entities {
    list: Vec<Entity>,
    /// Per entity the acronyms that brackets introduce.
    acronyms: Vec<Vec<String>>,
    /// Per entity its name cut into words, if names of its kind and length are compared by their words.
    names: Vec<Option<Name>>,
}

impl Entities {
    fn add(&mut self, mention: &Found) {
        let at = self.index_of(mention).unwrap_or_else(|| {
            self.list.push(Entity {
                name: mention.text.clone(),
                kind: mention.kind,
                pack_id: mention.pack_id.clone(),
                forms: Vec::new(),
                mentions: Vec::new(),
            });
            self.acronyms.push(Vec::new());
            self.names.push(comparable(mention.kind, &mention.text));
            self.list.len() - 1
        });
        let entity = &mut self.list[at];
        entity.mentions.push(Mention {
            range: mention.range,
            kind: mention.kind,
        });
        if n_words(&mention.text) > n_words(&entity.name) && entity.pack_id.is_none() {
            entity.name = mention.text.clone();
            self.names[at] = comparable(entity.kind, &entity.name);
        }
        if !entity.forms.contains(&mention.text) {
            entity.forms.push(mention.text.clone());
        }
        self.acronyms[at].extend(mention.acronym.clone());
    }

    /// The entity that is meant, by id, by acronym, by name.
    fn index_of(&self, mention: &Found) -> Option<usize> {
        if let Some(id) = &mention.pack_id {
            return self
                .list
                .iter()
                .position(|e| e.pack_id.as_ref() == Some(id));
        }
        let by_acronym = self.acronyms.iter().position(|a| a.contains(&mention.text));
        by_acronym.or_else(|| {
            let same = |e: &Entity| {
                e.forms
                    .iter()
                    .any(|f| f.eq_ignore_ascii_case(&mention.text))
            };
            self.list
                .iter()
                .position(same)
                .or_else(|| self.by_name(mention))
        })
    }

    fn by_name(&self, mention: &Found) -> Option<usize> {
        let own = comparable(mention.kind, &mention.text);
        let is_same = |entity: &Entity, name: &Option<Name>| match (&own, name) {
            _ if mention.kind == EntityKind::Person && n_words(&mention.text) == 1 => {
                is_surname_of(&mention.text, &entity.name)
            }
            // On one page typing errors are rarer than relatives.
            (Some(own), Some(name)) => names::score_cut(mention.kind, own, name) >= Score::SURE,
            _ => false,
        };
        let mut fitting = self
            .list
            .iter()
            .zip(&self.names)
            .enumerate()
            .filter(|(_, (e, name))| e.kind == mention.kind && is_same(e, name))
            .map(|(i, _)| i);
        let first = fitting.next()?;
        // A surname that two people share names neither for sure.
        (n_words(&mention.text) > 1 || fitting.next().is_none()).then_some(first)
    }
}

/// A name cut into words, if it is one of several words of a person or an organization.
fn comparable(kind: EntityKind, name: &str) -> Option<Name> {
    let is_compared = matches!(kind, EntityKind::Person | EntityKind::Organization);
    (is_compared && n_words(name) > 1).then(|| Name::new(name))
}

/// True if the word is the first or last of the name: Korean and Hungarian names begin with the surname.
fn is_surname_of(word: &str, name: &str) -> bool {
    let mut words = name.split_whitespace();
    let (first, last) = (words.next(), words.next_back());
    last == Some(word) || last.is_some() && first == Some(word)
}

/// Puts mentions and forms in the order of the text and takes the pack's usual name.
fn finish(entity: &mut Entity, reading: &Reading<'_>, packs: &Packs) {
    entity.mentions.sort_by_key(|m| m.range.start());
    let text = reading.document().text();
    let first = |form: &String| text.find(form.as_str()).unwrap_or(usize::MAX);
    entity.forms.sort_by_key(first);
    if let Some(name) = entity.pack_id.as_deref().and_then(|id| packs.name_of(id)) {
        entity.name = name.to_owned();
    }
}

fn n_words(text: &str) -> usize {
    text.split_whitespace().count()
}
