//! Lists of claims in the order of an index, one stretch after the other.

/// A part of a list whose rows come in the order of an index.
pub(super) struct Stretch {
    pub(super) condition: String,
    pub(super) order: String,
    pub(super) along: Along,
}

/// What a statement goes along. Left to itself, SQLite goes through all claims of a large case and sorts them, to show
/// the first fifty.
#[derive(Clone, Copy)]
pub(super) enum Along {
    /// As SQLite plans it.
    Any,
    /// An index of the claims.
    Claims(&'static str),
    /// An index of the documents, and the claims of each.
    Pages(&'static str),
}

impl Along {
    /// A statement on claims with their documents and pages, made to go along it.
    pub(super) fn applied_to(self, select: &str) -> String {
        const FREE: &str = "\nFROM claim c\nJOIN document d ON d.id = c.document\nJOIN page p ON p.id = c.document";
        let (claims, documents) = match self {
            Self::Any => return select.to_owned(),
            Self::Claims(index) => (
                format!("claim c INDEXED BY {index}"),
                "document d ON d.id = c.document".to_owned(),
            ),
            Self::Pages(index) => (
                format!("document d INDEXED BY {index}"),
                "claim c ON c.document = d.id".to_owned(),
            ),
        };
        debug_assert!(select.contains(FREE), "{select}");
        let bound = format!(
            "\nFROM {claims}\nCROSS JOIN {documents}\nCROSS JOIN page p ON p.id = c.document"
        );
        select.replace(FREE, &bound)
    }
}
