//! Text with marks: which words belong to which claim.
//!
//! Ranges are bytes here and become markup here, so that nothing counts characters anywhere else. Marks may
//! overlap; text is cut at each of their ends, and every piece knows all marks that cover it.

use serde::Serialize;
use verbale_core::TextRange;

/// A stretch of words to be marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Where, in bytes of the text.
    pub(crate) range: TextRange,
    /// Which of the caller's things it is.
    pub(crate) of: usize,
}

/// A piece of text with the same marks throughout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// Which things cover it, the one with the shortest range first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<usize>,
    /// Which of them begin with it.
    #[serde(skip)]
    pub begins: Vec<usize>,
}

/// The words of `range` in `text`, cut where marks begin and end. What lies outside the range, or cuts a
/// character in two, is ignored.
pub(crate) fn pieces(text: &str, range: TextRange, marks: &[Mark]) -> Vec<Piece> {
    let range = std::ops::Range::<usize>::from(range);
    if text.get(range.clone()).is_none() {
        return Vec::new();
    }
    let usable = |m: &&Mark| text.get(std::ops::Range::<usize>::from(m.range)).is_some();
    let mut marks: Vec<(std::ops::Range<usize>, usize)> = marks
        .iter()
        .filter(usable)
        .map(|m| (m.range.into(), m.of))
        .collect();
    marks.sort_by_key(|(r, of)| (r.len(), *of));
    let mut cuts: Vec<usize> = marks.iter().flat_map(|(r, _)| [r.start, r.end]).collect();
    cuts.extend([range.start, range.end]);
    cuts.retain(|cut| range.contains(cut) || *cut == range.end);
    cuts.sort_unstable();
    cuts.dedup();
    let piece = |(start, end): (usize, usize)| {
        let covers = |(r, _): &&(std::ops::Range<usize>, usize)| r.start <= start && end <= r.end;
        let covering: Vec<&(std::ops::Range<usize>, usize)> = marks.iter().filter(covers).collect();
        // A mark that begins before the range begins with the range's first piece.
        let begins =
            |(r, _): &&&(std::ops::Range<usize>, usize)| r.start == start || start == range.start;
        Piece {
            text: text[start..end].to_owned(),
            begins: covering.iter().filter(begins).map(|m| m.1).collect(),
            marks: covering.iter().map(|m| m.1).collect(),
        }
    };
    cuts.windows(2).map(|w| piece((w[0], w[1]))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(text: &str, words: &str, of: usize) -> Mark {
        let at = text.find(words).unwrap();
        let end = at + words.len();
        Mark {
            range: TextRange::new((at as u32).into(), (end as u32).into()),
            of,
        }
    }

    fn shown(text: &str, marks: &[Mark]) -> Vec<(String, Vec<usize>)> {
        let all = TextRange::up_to((text.len() as u32).into());
        pieces(text, all, marks)
            .into_iter()
            .map(|p| (p.text, p.marks))
            .collect()
    }

    #[test]
    fn marks_fall_on_their_words_after_any_script() {
        let text = "🚢🏴‍☠️ Порт закрыт, 항구 — ten boats left";
        let marks = [mark(text, "закрыт", 0), mark(text, "ten boats", 1)];
        let shown = shown(text, &marks);
        let marked: Vec<_> = shown.iter().filter(|p| !p.1.is_empty()).collect();
        assert_eq!(marked[0], &("закрыт".into(), vec![0]));
        assert_eq!(marked[1], &("ten boats".into(), vec![1]));
        let whole: String = shown.into_iter().map(|p| p.0).collect();
        assert_eq!(whole, text);
    }

    #[test]
    fn marks_may_overlap() {
        let text = "ten boats left Tarn";
        let marks = [mark(text, "ten boats left", 0), mark(text, "left Tarn", 1)];
        assert_eq!(
            shown(text, &marks),
            [
                ("ten boats ".into(), vec![0]),
                ("left".into(), vec![1, 0]),
                (" Tarn".into(), vec![1]),
            ]
        );
    }

    #[test]
    fn a_mark_that_cuts_a_character_is_ignored() {
        let text = "é";
        let broken = Mark {
            range: TextRange::new(1.into(), 2.into()),
            of: 0,
        };
        assert_eq!(shown(text, &[broken]), [("é".into(), vec![])]);
        let beyond = Mark {
            range: TextRange::new(0.into(), 9.into()),
            of: 0,
        };
        assert_eq!(shown(text, &[beyond]), [("é".into(), vec![])]);
        assert_eq!(pieces(text, broken.range, &[]), []);
    }
}
