//! Patterns that make a claim of a clause, in the language of spaCy's `DependencyMatcher`.
//!
//! Not here: matching. A pattern is checked for form when its pack is loaded and matched by `verbale-extract`.
//!
//! Source: spaCy 3.8, `DependencyMatcher` and `Matcher` documentation (node keys, operators, attributes).

use std::collections::BTreeMap;

use serde::Deserialize;
use verbale_core::ClaimKind;

/// The operators between two nodes, as spaCy defines them.
pub const OPERATORS: &[&str] = &[
    "<", ">", "<<", ">>", ".", ".*", ";", ";*", "$+", "$-", "$++", "$--", ">+", ">-", ">++", ">--",
    "<+", "<-", "<++", "<--",
];

/// The attributes that a node may constrain.
pub const ATTRIBUTES: &[&str] = &[
    "ORTH",
    "TEXT",
    "LOWER",
    "LEMMA",
    "POS",
    "TAG",
    "DEP",
    "ENT_TYPE",
    "ENT_IOB",
    "MORPH",
    "LENGTH",
    "SHAPE",
    "IS_ALPHA",
    "IS_DIGIT",
    "IS_LOWER",
    "IS_UPPER",
    "IS_TITLE",
    "IS_PUNCT",
    "IS_SPACE",
    "IS_STOP",
    "LIKE_NUM",
    "IS_SENT_START",
];

/// What an attribute must be.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(
    untagged,
    expecting = "expected a string, a boolean or a table with IN, NOT_IN or REGEX"
)]
pub enum Constraint {
    /// Exactly this text.
    Is(String),
    /// This flag.
    Flag(bool),
    /// A choice or an expression.
    Test(Test),
}

/// The tests of spaCy's extended syntax that packs use.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "UPPERCASE")]
pub struct Test {
    /// One of these.
    pub r#in: Option<Vec<String>>,
    /// None of these.
    pub not_in: Option<Vec<String>>,
    /// A regular expression found in the text.
    pub regex: Option<String>,
}

/// One node: its constraints and how it hangs on an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "UPPERCASE")]
pub struct Node {
    /// The node's name within the pattern.
    pub right_id: String,
    /// What the token must be.
    pub right_attrs: BTreeMap<String, Constraint>,
    /// The earlier node it hangs on; absent for the first.
    #[serde(default)]
    pub left_id: Option<String>,
    /// How it hangs on it.
    #[serde(default)]
    pub rel_op: Option<String>,
}

/// A shape that several patterns share; "$words" stands for the pattern's words, "$more" for its second list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Frame {
    pub(crate) id: String,
    pub(crate) nodes: Vec<Node>,
}

/// A pattern as the file states it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PatternEntry {
    pub(crate) id: String,
    #[serde(default = "english")]
    language: String,
    #[serde(deserialize_with = "kind")]
    kind: ClaimKind,
    label: String,
    #[serde(default)]
    frame: Option<String>,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    more: Vec<String>,
    #[serde(default)]
    nodes: Vec<Node>,
    #[serde(default)]
    fill: BTreeMap<String, String>,
    #[serde(default)]
    axis: Option<crate::Axis>,
    #[serde(default)]
    note: Option<String>,
}

/// What a pattern fills in; which of them a kind of claim has is in [`Pattern::fields`].
pub const FIELDS: &[(ClaimKind, &[&str])] = &[
    (ClaimKind::Status, &["subject"]),
    (ClaimKind::Event, &["actors", "place"]),
    (ClaimKind::Obligation, &["instrument", "party", "action"]),
    (ClaimKind::Position, &["holder", "stance", "target"]),
];

/// The roles that may fill a field instead of a node. They are found around the pattern's first node.
pub const ROLES: &[&str] = &[
    // Who acts, also where the verb is passive, joined or governed.
    "agent",
    // What is acted upon, also where the verb is passive.
    "patient",
    // The grammatical subject.
    "subject",
    // The clause or infinitive that the verb governs.
    "complement",
    // A place phrase of the clause.
    "place",
    // Whoever the innermost attribution names.
    "speaker",
    // The whole clause.
    "clause",
];

/// What fills a field of which the pattern says nothing.
const DEFAULT_FILL: &[(ClaimKind, &str, &str)] = &[
    (ClaimKind::Status, "subject", "subject"),
    (ClaimKind::Event, "actors", "agent"),
    (ClaimKind::Event, "place", "place"),
    (ClaimKind::Obligation, "party", "subject"),
    (ClaimKind::Obligation, "action", "clause"),
    (ClaimKind::Position, "holder", "speaker"),
    (ClaimKind::Position, "stance", "clause"),
    (ClaimKind::Position, "target", "patient"),
];

/// A pattern with its frame written out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// Name within the packs.
    pub id: String,
    /// The language it reads (ISO 639-1).
    pub language: String,
    /// The kind of claim it makes; never a figure.
    pub kind: ClaimKind,
    /// The status, the event's label or the name of the stance. `{id}` is replaced by the words of that node or role.
    pub label: String,
    /// The nodes; the first is the anchor, on which the others hang directly or through each other.
    pub nodes: Vec<Node>,
    /// Which node or role ([`ROLES`]) fills which field ([`FIELDS`]).
    pub fill: BTreeMap<String, String>,
    /// For the status of a post, its axis.
    pub axis: Option<crate::Axis>,
    /// A remark for editors.
    pub note: Option<String>,
}

impl Pattern {
    /// The lemmas that the anchor accepts, so that a reader can index patterns; `None` if it accepts any.
    pub fn anchor_lemmas(&self) -> Option<&[String]> {
        match self.nodes.first()?.right_attrs.get("LEMMA")? {
            Constraint::Test(Test {
                r#in: Some(words), ..
            }) => Some(words),
            Constraint::Is(word) => Some(std::slice::from_ref(word)),
            _ => None,
        }
    }

    /// The node or role that fills a field.
    pub fn filler(&self, field: &str) -> Option<&str> {
        self.fill.get(field).map(String::as_str)
    }

    /// The fields that the kind of claim has.
    pub fn fields(&self) -> &'static [&'static str] {
        fields(self.kind)
    }
}

fn fields(kind: ClaimKind) -> &'static [&'static str] {
    FIELDS
        .iter()
        .find(|(k, _)| *k == kind)
        .map_or(&[], |(_, fields)| fields)
}

impl PatternEntry {
    /// Writes the frame out and checks the form.
    ///
    /// The error is a message without place; the caller knows the line.
    pub(crate) fn resolve(&self, frames: &[Frame]) -> Result<Pattern, String> {
        let mut nodes = match (&self.frame, self.nodes.is_empty()) {
            (Some(frame), true) => frames
                .iter()
                .find(|f| f.id == *frame)
                .map(|f| f.nodes.clone())
                .ok_or_else(|| format!("unknown frame `{frame}`"))?,
            (None, false) => self.nodes.clone(),
            _ => return Err("expected either `frame` or `nodes`".to_owned()),
        };
        for constraint in nodes.iter_mut().flat_map(|n| n.right_attrs.values_mut()) {
            self.insert_words(constraint)?;
        }
        check_nodes(&nodes)?;
        self.check_fill(&nodes)?;
        let mut fill = self.fill.clone();
        for (_, field, role) in DEFAULT_FILL.iter().filter(|(kind, ..)| *kind == self.kind) {
            fill.entry((*field).to_owned())
                .or_insert_with(|| (*role).to_owned());
        }
        Ok(Pattern {
            id: self.id.clone(),
            language: self.language.clone(),
            kind: self.kind,
            label: self.label.clone(),
            nodes,
            fill,
            axis: self.axis,
            note: self.note.clone(),
        })
    }

    fn insert_words(&self, constraint: &mut Constraint) -> Result<(), String> {
        let list = match constraint {
            Constraint::Is(w) if w == "$words" => ("words", &self.words),
            Constraint::Is(w) if w == "$more" => ("more", &self.more),
            _ => return Ok(()),
        };
        if list.1.is_empty() {
            return Err(format!("the frame needs `{}`", list.0));
        }
        *constraint = Constraint::Test(Test {
            r#in: Some(list.1.clone()),
            ..Test::default()
        });
        Ok(())
    }

    fn check_fill(&self, nodes: &[Node]) -> Result<(), String> {
        if self.kind == ClaimKind::Figure {
            return Err("patterns make no figures".to_owned());
        }
        for (field, filler) in &self.fill {
            if !fields(self.kind).contains(&field.as_str()) {
                return Err(format!("a {} has no field `{field}`", self.kind));
            }
            if !ROLES.contains(&filler.as_str()) && nodes.iter().all(|n| n.right_id != *filler) {
                return Err(format!("no node and no role is called `{filler}`"));
            }
        }
        Ok(())
    }
}

fn check_nodes(nodes: &[Node]) -> Result<(), String> {
    for (i, node) in nodes.iter().enumerate() {
        let id = &node.right_id;
        if nodes[..i].iter().any(|n| n.right_id == *id) {
            return Err(format!("two nodes are called `{id}`"));
        }
        match (i, &node.left_id, &node.rel_op) {
            (0, None, None) => {}
            (0, ..) => return Err(format!("the first node `{id}` hangs on nothing")),
            (_, Some(left), Some(op)) => {
                if nodes[..i].iter().all(|n| n.right_id != *left) {
                    return Err(format!(
                        "node `{id}` hangs on `{left}`, which is not an earlier node"
                    ));
                }
                if !OPERATORS.contains(&op.as_str()) {
                    return Err(format!("unknown operator `{op}`"));
                }
            }
            _ => return Err(format!("node `{id}` needs LEFT_ID and REL_OP")),
        }
        if let Some(attr) = node
            .right_attrs
            .keys()
            .find(|a| !ATTRIBUTES.contains(&a.as_str()))
        {
            return Err(format!("unknown attribute `{attr}`"));
        }
    }
    Ok(())
}

fn english() -> String {
    "en".to_owned()
}

fn kind<'de, D: serde::Deserializer<'de>>(d: D) -> Result<ClaimKind, D::Error> {
    String::deserialize(d)?
        .parse()
        .map_err(serde::de::Error::custom)
}
