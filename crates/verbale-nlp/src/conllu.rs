//! Docs as CoNLL-U, the format of Universal Dependencies.
//!
//! Source: <https://universaldependencies.org/format.html>. Reading it is not here.

use std::borrow::Cow;
use std::fmt::{self, Display, Formatter};

use crate::doc::{Doc, Span, Token};

impl Doc {
    /// The doc as CoNLL-U: a line a token with ten columns, a blank line after each sentence.
    ///
    /// `MISC` has `SpaceAfter=No`, the entity as `NER=B-ORG`, and the place in the text as `Offset=` in bytes. Line breaks and tabs
    /// in a word are written as `\n` and `\t`, blanks alone as `\s`, because a column must not be blank.
    ///
    /// ```
    /// # use verbale_nlp::{Doc, TokenAnnotation};
    /// # let word = |range, dep: &str, head| TokenAnnotation { range, dep: dep.into(), head, ..TokenAnnotation::default() };
    /// let doc = Doc::from_parts("It sank.", vec![word(0..2, "nsubj", 1), word(3..7, "ROOT", 1), word(7..8, "punct", 1)]);
    /// let text = doc.conllu().to_string();
    /// assert!(text.contains("1\tIt\t_\t_\t_\t_\t2\tnsubj\t_\tOffset=0\n"));
    /// assert!(text.contains("2\tsank\t_\t_\t_\t_\t0\tROOT\t_\tOffset=3|SpaceAfter=No\n"));
    /// ```
    pub fn conllu(&self) -> impl Display {
        Conllu(self)
    }
}

struct Conllu<'d>(&'d Doc);

impl Display for Conllu<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (i, sent) in self.0.sents().enumerate() {
            writeln!(f, "# sent_id = {}", i + 1)?;
            writeln!(f, "# text = {}", plain(sent.text()))?;
            for token in sent.tokens() {
                write_token(f, token, sent)?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

fn write_token(f: &mut Formatter<'_>, t: Token<'_>, sent: Span<'_>) -> fmt::Result {
    // A head outside the sentence, which only docs from elsewhere have, is shown as a root.
    let has_head = !t.is_root() && sent.contains(t.head());
    let head = if has_head {
        t.head().i() - sent.start() + 1
    } else {
        0
    };
    write!(
        f,
        "{}\t{}\t{}\t{}\t{}\t{}\t{head}\t{}\t_\tOffset={}",
        t.i() - sent.start() + 1,
        column(t.text()),
        column(t.lemma()),
        column(t.pos()),
        column(t.tag()),
        column(t.morph()),
        column(t.dep()),
        t.range().start,
    )?;
    if !t.ent_type().is_empty() {
        write!(f, "|NER={}-{}", t.ent_iob(), t.ent_type())?;
    }
    if t.whitespace().is_empty() {
        write!(f, "|SpaceAfter=No")?;
    }
    writeln!(f)
}

fn column(s: &str) -> Cow<'_, str> {
    if s.is_empty() {
        return Cow::Borrowed("_");
    }
    let escaped = s.contains(['\n', '\t', '\r']) || s.trim().is_empty();
    if !escaped {
        return Cow::Borrowed(s);
    }
    let escaped = s
        .replace('\n', "\\n")
        .replace('\t', "\\t")
        .replace('\r', "\\r");
    Cow::Owned(if escaped.trim().is_empty() {
        escaped.replace(' ', "\\s")
    } else {
        escaped
    })
}

/// The text of a sentence on one line.
fn plain(s: &str) -> String {
    s.split_whitespace().collect::<Vec<_>>().join(" ")
}
