//! Short numbers for the strings that recur in annotation.

use crate::vocab::FastMap;

/// The number of a label in its [`Labels`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(crate) struct LabelId(u16);

impl LabelId {
    /// The empty label: nothing is set.
    pub(crate) const NONE: Self = Self(0);

    pub(crate) fn is_none(self) -> bool {
        self == Self::NONE
    }
}

/// The labels of a pipeline. The empty one is always there.
#[derive(Debug)]
pub(crate) struct Labels {
    lang: String,
    strings: Vec<Box<str>>,
    ids: FastMap<Box<str>, LabelId>,
}

impl Default for Labels {
    fn default() -> Self {
        let mut labels = Self {
            lang: String::new(),
            strings: Vec::new(),
            ids: FastMap::default(),
        };
        labels.intern("");
        labels
    }
}

impl Labels {
    /// No labels yet, of a pipeline for a language.
    pub(crate) fn new(lang: &str) -> Self {
        Self {
            lang: lang.to_owned(),
            ..Self::default()
        }
    }

    /// The language of the pipeline; empty for docs from elsewhere.
    pub(crate) fn lang(&self) -> &str {
        &self.lang
    }

    /// The number of a label, new if it is not known. Past 65 535 labels all further ones are unset.
    pub(crate) fn intern(&mut self, label: &str) -> LabelId {
        if let Some(&id) = self.ids.get(label) {
            return id;
        }
        let Ok(n) = u16::try_from(self.strings.len()) else {
            return LabelId::NONE;
        };
        self.strings.push(label.into());
        self.ids.insert(label.into(), LabelId(n));
        LabelId(n)
    }

    pub(crate) fn str(&self, id: LabelId) -> &str {
        &self.strings[usize::from(id.0)]
    }
}
