//! What a person types, and the expression that it becomes.
//!
//! Words must all be there; `"a phrase"`; `harb*` for a beginning; `"lock barge"~5` for words at most so many
//! words apart; `-word` for none of it; `lock OR gate` for one of both. Nothing a person types reaches the
//! index as it is: every word is analysed and quoted.

use super::words::{self, Stems};

/// How many words and phrases a query may have.
const MAX_TERMS: usize = 32;

/// The widest distance of a proximity query, in words.
const MAX_DISTANCE: u32 = 1000;

/// A query that asks for nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// There is no letter or digit in it.
    #[error("the query has no words: `{0}`")]
    NoWords(String),
    /// It only says what is not wanted.
    #[error("the query only excludes; it needs a word to look for: `{0}`")]
    OnlyExcludes(String),
    /// It is too long.
    #[error("the query has more than {MAX_TERMS} words and phrases")]
    TooLong,
}

/// Words that are looked for together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Term {
    /// One word in any inflection.
    Word(String),
    /// Words that begin so.
    Prefix(String),
    /// Words in a row, as they are.
    Phrase(Vec<String>),
    /// Words at most so many words apart, as they are.
    Near(Vec<String>, u32),
}

/// A query in its parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Query {
    /// Of each group one must be there.
    pub(super) groups: Vec<Vec<Term>>,
    /// None of these may be there.
    pub(super) excluded: Vec<Term>,
}

impl Query {
    pub(super) fn parse(text: &str) -> Result<Self, QueryError> {
        let mut query = Self::default();
        let mut rest = text.trim_start();
        let mut joins_last = false;
        while !rest.is_empty() {
            let (item, after) = next_item(rest);
            rest = after.trim_start();
            if matches!(item.words, "OR" | "|") && !item.quoted {
                joins_last = !query.groups.is_empty();
                continue;
            }
            let Some(term) = item.term() else {
                continue;
            };
            match query.groups.last_mut().filter(|_| joins_last) {
                _ if item.excluded => query.excluded.push(term),
                Some(group) => group.push(term),
                None => query.groups.push(vec![term]),
            }
            joins_last = false;
        }
        let n_terms = query.groups.iter().map(Vec::len).sum::<usize>() + query.excluded.len();
        match (query.groups.is_empty(), query.excluded.is_empty()) {
            _ if n_terms > MAX_TERMS => Err(QueryError::TooLong),
            (true, true) => Err(QueryError::NoWords(text.to_owned())),
            (true, false) => Err(QueryError::OnlyExcludes(text.to_owned())),
            _ => Ok(query),
        }
    }

    /// The expression of each group for the index, and the other names of what it may mean, which `names` gives.
    pub(super) fn groups<E>(
        &self,
        stems: &Stems,
        mut names: impl FnMut(&str) -> Result<Vec<String>, E>,
    ) -> Result<(Vec<String>, Vec<Vec<String>>), E> {
        let mut expressions = Vec::new();
        let mut others = Vec::new();
        for group in &self.groups {
            let mut ways: Vec<String> = group.iter().map(|term| term.expression(stems)).collect();
            let mut called = Vec::new();
            for name in group.iter().filter_map(Term::name) {
                called.extend(names(&name)?);
            }
            ways.extend(
                called
                    .iter()
                    .map(|name| format!("words : {}", quoted(name))),
            );
            expressions.push(format!("({})", ways.join(" OR ")));
            others.push(called);
        }
        Ok((expressions, others))
    }

    /// The expression of the whole query out of those of its groups; of each list of `facets` a passage has one.
    pub(super) fn whole(&self, groups: &[String], facets: &[Vec<String>], stems: &Stems) -> String {
        let facets = facets
            .iter()
            .filter(|one_of| !one_of.is_empty())
            .map(|one_of| {
                let one_of: Vec<String> = one_of.iter().map(|facet| quoted(facet)).collect();
                format!("({})", one_of.join(" OR "))
            });
        let all: Vec<String> = groups.iter().cloned().chain(facets).collect();
        let mut expression = all.join(" AND ");
        for term in &self.excluded {
            expression = format!("({expression}) NOT {}", term.expression(stems));
        }
        expression
    }
}

impl Term {
    fn expression(&self, stems: &Stems) -> String {
        match self {
            Self::Word(form) => either(form, stems),
            Self::Prefix(form) => format!("words : {} *", quoted(form)),
            Self::Phrase(forms) => format!("words : {}", quoted(&forms.join(" "))),
            Self::Near(forms, distance) => {
                let forms: Vec<String> = forms.iter().map(|f| quoted(f)).collect();
                format!("words : NEAR({}, {distance})", forms.join(" "))
            }
        }
    }

    /// The folded name that the term may be.
    pub(super) fn name(&self) -> Option<String> {
        match self {
            Self::Word(form) => Some(form.clone()),
            Self::Phrase(forms) => Some(forms.join(" ")),
            Self::Prefix(_) | Self::Near(..) => None,
        }
    }
}

/// A word or one of its variants, in either column: the stem of the query may be the form of the page.
pub(super) fn either(form: &str, stems: &Stems) -> String {
    let mut ways = vec![quoted(form)];
    ways.extend(stems.variants(form).iter().map(|v| quoted(v)));
    format!("({})", ways.join(" OR "))
}

/// Words as the index takes them literally, whatever they hold.
pub(super) fn quoted(words: &str) -> String {
    format!("\"{}\"", words.replace('"', "\"\""))
}

/// One word or one quoted phrase as typed, with what stands around it.
struct Item<'q> {
    words: &'q str,
    quoted: bool,
    excluded: bool,
    prefix: bool,
    distance: Option<u32>,
}

fn next_item(text: &str) -> (Item<'_>, &str) {
    let (excluded, text) = match text.strip_prefix('-') {
        Some(rest) if !rest.is_empty() && !rest.starts_with(char::is_whitespace) => (true, rest),
        _ => (false, text),
    };
    let item = |words, quoted, prefix, distance| Item {
        words,
        quoted,
        excluded,
        prefix,
        distance,
    };
    if let Some(inner) = text.strip_prefix(['"', '“', '„', '«']) {
        let end = inner.find(['"', '”', '“', '»']).unwrap_or(inner.len());
        let mut after = inner[end..].chars();
        after.next();
        let after = after.as_str();
        let (distance, after) = distance(after);
        return (item(&inner[..end], true, false, distance), after);
    }
    let end = text
        .find(|c: char| c.is_whitespace() || c == '"')
        .unwrap_or(text.len());
    let (word, after) = text.split_at(end);
    let prefix = word.ends_with('*');
    (item(word, false, prefix, None), after)
}

/// The `~5` after a phrase.
fn distance(text: &str) -> (Option<u32>, &str) {
    let Some(rest) = text.strip_prefix('~') else {
        return (None, text);
    };
    let end = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    let distance = rest[..end].parse().unwrap_or(MAX_DISTANCE);
    (Some(distance.min(MAX_DISTANCE)), &rest[end..])
}

impl Item<'_> {
    /// The term; `None` for an item without letters and digits.
    fn term(&self) -> Option<Term> {
        let found = words::without_last_tail(words::words(self.words));
        let lone_cjk =
            matches!(&found[..], [w] if w.form.chars().count() == 1 && !w.form.is_ascii());
        let mut forms: Vec<String> = found
            .into_iter()
            // Near each other, the pairs say enough.
            .filter(|w| self.distance.is_none() || !w.tail)
            .map(|w| w.form)
            .collect();
        match (forms.len(), self.distance) {
            (0, _) => None,
            // A single Chinese character stands at the head of its pairs.
            (1, _) if self.prefix || lone_cjk => forms.pop().map(Term::Prefix),
            (1, _) if self.quoted => Some(Term::Phrase(forms)),
            (1, _) => forms.pop().map(Term::Word),
            (_, Some(distance)) => Some(Term::Near(forms, distance)),
            (_, None) => Some(Term::Phrase(forms)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let stems = Stems::new(["en"]);
        let query = Query::parse(text).unwrap();
        let (groups, _) = query.groups(&stems, |_| Ok::<_, ()>(Vec::new())).unwrap();
        assert_eq!(query.whole(&groups, &[], &stems), expected);
    }

    #[test]
    fn what_is_typed_becomes_an_expression() {
        check("lock", r#"(("lock"))"#);
        check(
            "Locks closed",
            r#"(("locks" OR "lock")) AND (("closed" OR "close"))"#,
        );
        check(
            r#""the lock" -gate"#,
            r#"((words : "the lock")) NOT ("gate")"#,
        );
        check("harb*", r#"(words : "harb" *)"#);
        check(r#""lock barge"~5"#, r#"(words : NEAR("lock" "barge", 5))"#);
        check(
            "lock OR gate | weir sea",
            r#"(("lock") OR ("gate") OR ("weir")) AND (("sea"))"#,
        );
        check("港口关", r#"(words : "港口 口关")"#);
        check("港", r#"(words : "港" *)"#);
        check("港口a", r#"(words : "港口 口 a")"#);
        check("Port-Said", r#"(words : "port said")"#);
        check("“open", r#"(words : "open")"#);
    }

    #[test]
    fn what_is_typed_is_never_syntax() {
        for text in [
            "\"",
            "* OR",
            "a AND",
            "words : x",
            "NEAR(a b)",
            "a\"b",
            "^x",
            "{a b} : c",
            "-",
            "--x y",
            "\"a\"~x b",
            "a\0b",
            "((",
            "'; DROP TABLE claim; --",
        ] {
            if let Ok(query) = Query::parse(text) {
                let stems = Stems::new([]);
                let (groups, _) = query.groups(&stems, |_| Ok::<_, ()>(Vec::new())).unwrap();
                let facets = [vec!["§len".to_owned(), "§y2031".to_owned()], vec![]];
                let expression = query.whole(&groups, &facets, &stems);
                let db = rusqlite::Connection::open_in_memory().unwrap();
                db.execute_batch("CREATE VIRTUAL TABLE t USING fts5 (words, stems)")
                    .unwrap();
                db.query_row(
                    "SELECT count(*) FROM t WHERE t MATCH ?1",
                    [&expression],
                    |_| Ok(()),
                )
                .unwrap_or_else(|e| panic!("{text}: {expression}: {e}"));
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn any_query_is_an_expression_that_the_index_takes(text in "[\\PC\"*~() -]{0,40}") {
            if let Ok(query) = Query::parse(&text) {
                let names = |name: &str| Ok::<_, ()>(vec![name.to_owned()]);
                let stems = Stems::new(["en", "ru"]);
                let (groups, _) = query.groups(&stems, names).unwrap();
                let expression = query.whole(&groups, &[], &stems);
                let db = rusqlite::Connection::open_in_memory().unwrap();
                db.execute_batch("CREATE VIRTUAL TABLE t USING fts5 (words, stems, tokenize = 'ascii')").unwrap();
                let found: i64 = db
                    .query_row("SELECT count(*) FROM t WHERE t MATCH ?1", [&expression], |row| row.get(0))
                    .unwrap();
                proptest::prop_assert_eq!(found, 0);
            }
        }
    }

    #[test]
    fn a_query_needs_a_word() {
        assert!(matches!(Query::parse(" ?! "), Err(QueryError::NoWords(_))));
        assert!(matches!(
            Query::parse("-lock"),
            Err(QueryError::OnlyExcludes(_))
        ));
        assert_eq!(Query::parse(&"a ".repeat(33)), Err(QueryError::TooLong));
    }
}
