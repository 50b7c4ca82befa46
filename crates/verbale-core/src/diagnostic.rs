//! Coded remarks about inputs. Messy pages give diagnostics, not errors.

use std::fmt;

use text_size::TextRange;

/// A kind of remark: its code, its title and the page that `verbale explain CODE` prints.
///
/// The first letter says who remarks: `R` a reader, `X` an extractor, `P` a pack, `A` an analysis, `C` a case.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// `R012`.
    pub code: &'static str,
    /// One line.
    pub title: &'static str,
    /// What it means, why it matters, what to do.
    pub explanation: &'static str,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $title:literal, $explanation:literal;)+) => {
        $(
            $(#[$doc])*
            pub const $name: &Code = &Code { code: $code, title: $title, explanation: $explanation };
        )+

        /// Every code, in order.
        pub const ALL: &[&Code] = &[$($name),+];
    };
}

codes! {
    /// An empty input.
    R001_EMPTY = "R001", "the input has no content",
        "The file has no bytes, or nothing but blanks. It is skipped. Check whether the capture failed.";
    /// An input that no reader knows.
    R002_UNKNOWN_FORMAT = "R002", "no reader knows this format",
        "The bytes look like none of the forms that `verbale` reads. The file is skipped and counted.";
    /// Bytes that are not in the declared encoding.
    R003_ENCODING = "R003", "the text is damaged or not in the encoding it declares",
        "Some bytes could not be decoded and were replaced by U+FFFD. Claims near them may be missing.";
    /// A limit cut the input.
    R004_LIMIT = "R004", "the input is longer than a limit and was cut",
        "Inputs are hostile until shown otherwise, so each reader has limits. What lies beyond was not read.";
    /// No publication date.
    R005_UNDATED = "R005", "the page states no publication date",
        "Relative times on the page (\"Thursday\", \"last week\") stay unresolved and keep their words. \
         If the date is known from elsewhere, set it with `verbale set-date`.";
    /// An input that could not be opened.
    R006_UNREADABLE = "R006", "the file could not be opened or read",
        "The file is missing, may not be opened, or broke off while it was read. It is skipped and counted.";
    /// A language without a model.
    R007_LANGUAGE = "R007", "no model for the page's language",
        "The page is kept, dated and searchable, but it was not read for claims.";
    /// A page on which the parser ended.
    R008_UNPARSED = "R008", "the page could not be parsed",
        "The parser crashed on the page, needed too much memory, or took longer than the limit, and was ended. \
         The page's bytes are kept, its document has no text.";
    /// A time without an anchor.
    X101_UNRESOLVED_TIME = "X101", "a relative time has no anchor",
        "The expression is relative to a date that the page does not give. It stays unresolved.";
    /// A speaker that could not be traced to a name.
    X102_UNRESOLVED_SPEAKER = "X102", "a speaker could not be traced to a name",
        "The words that name the speaker (\"he\", \"the statement\") lead back to nothing certain on the page.";
    /// A year that the page does not date itself by.
    X103_YEAR_FROM_TEXT = "X103", "a year was taken from the text of a page without a date",
        "The page states no publication date and looks back on a year (\"the year 2020 was ...\"). Days that it \
         names without a year, and what it tells without a day, are read in that year. If the page was written \
         at another time, set its date with `verbale set-date`, and the page is read anew.";
}

/// The kind with this code, in upper or lower case.
pub fn find(code: &str) -> Option<&'static Code> {
    ALL.iter()
        .copied()
        .find(|c| c.code.eq_ignore_ascii_case(code))
}

/// A coded remark about one input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of remark.
    pub code: &'static Code,
    /// What was found here, in one line: lower case, no final stop, the value last in backticks.
    pub message: String,
    /// The words it is about, if it is about words of the document.
    pub range: Option<TextRange>,
}

impl Diagnostic {
    /// A remark about an input as a whole.
    pub fn new(code: &'static Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            range: None,
        }
    }

    /// The same remark about certain words.
    #[must_use]
    pub fn at(mut self, range: TextRange) -> Self {
        self.range = Some(range);
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.code, self.message)
    }
}

/// A result with the remarks made on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome<T> {
    /// What was made.
    pub value: T,
    /// What is to be said about the input.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Outcome<T> {
    /// A result without remarks.
    pub fn clean(value: T) -> Self {
        Self {
            value,
            diagnostics: Vec::new(),
        }
    }

    /// Changes the value and keeps the remarks.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Outcome<U> {
        Outcome {
            value: f(self.value),
            diagnostics: self.diagnostics,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_sorted_and_found_by_name() {
        assert!(ALL.windows(2).all(|w| {
            (w[0].code.as_bytes()[0] != w[1].code.as_bytes()[0]) || w[0].code < w[1].code
        }));
        for c in ALL {
            assert_eq!(find(&c.code.to_lowercase()), Some(*c));
        }
        assert_eq!(find("R999"), None);
    }
}
