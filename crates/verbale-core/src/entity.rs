//! What the words refer to.

use text_size::TextRange;

use crate::word_set;

/// What sort of thing an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    /// A human being.
    Person,
    /// A company, party, agency, outlet, committee.
    Organization,
    /// A state or its government.
    Government,
    /// A diplomatic mission.
    Post,
    /// A town, region, sea, building.
    Place,
    /// A resolution, treaty, law.
    Instrument,
    /// Anything else that is named.
    Other,
}

word_set!(EntityKind, "entity kind", {
    Person => "person",
    Organization => "organization",
    Government => "government",
    Post => "post",
    Place => "place",
    Instrument => "instrument",
    Other => "other",
});

/// A range of a document that refers to something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The words that refer.
    pub range: TextRange,
    /// What kind of thing they seem to refer to.
    pub kind: EntityKind,
}

/// What some mentions of a document, or of a case, refer to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// The fullest name.
    pub name: String,
    /// What sort of thing it is.
    pub kind: EntityKind,
    /// The pack's id where a pack knows the entity.
    pub pack_id: Option<String>,
    /// The forms seen, in order of first appearance, without repetition.
    pub forms: Vec<String>,
    /// Where it is mentioned.
    pub mentions: Vec<Mention>,
}
