//! Contents that are no clause: "expects a rise", "denied the charge".

use verbale_nlp::Token;

use super::{Clause, Finder, Shape};
use crate::attribution::Form;
use crate::claim::grammar::{is_subject, is_verbal, own_subject, subject};

impl<'r> Finder<'_, 'r> {
    /// Contents without a verb of their own: the cue with its noun phrase is the proposition.
    pub(super) fn nominals(&self, verbal: &[Clause<'r>]) -> Vec<Clause<'r>> {
        let doc = self.sentence.doc();
        let mut found = Vec::new();
        for (m, mark) in self
            .cx
            .marks
            .attributions
            .iter()
            .enumerate()
            .filter(|(m, _)| self.cx.voices[*m])
        {
            let own: Vec<usize> = self
                .layout
                .own_tokens(m)
                .filter(|i| self.sentence.contains(doc.token(*i)))
                .collect();
            let (Some(&first), Some(&last)) = (own.first(), own.last()) else {
                continue;
            };
            let cue = (self.sentence.start()..self.sentence.end())
                .find(|&i| self.layout.cue(i) == Some(m) && is_verbal(doc.token(i)));
            let Some(cue) = cue else { continue };
            let asserted =
                |i: &usize| doc.token(*i).dep() != "relcl" && self.carries(doc.token(*i));
            if verbal.iter().any(|c| c.mark == Some(m))
                || own.iter().any(asserted)
                || mark.content.len() > 1
            {
                continue;
            }
            // A quotation mark is no head.
            let tops = |t: &Token<'r>| {
                !t.is_punct() && (t.is_root() || !(first..=last).contains(&t.head().i()))
            };
            let Some(head) = (first..=last).map(|i| doc.token(i)).find(tops) else {
                continue;
            };
            // "We promise to help", he told them: what the cue in it brings has been found.
            let inner = self.layout.cue(head.i()).filter(|i| *i != m);
            if inner.is_some_and(|i| verbal.iter().any(|c| c.mark == Some(i))) {
                continue;
            }
            // What is quoted stands by itself; what is reported needs the cue: "expects a rise".
            let opens = |i: usize| {
                matches!(
                    doc.token(i).text(),
                    "“" | "\"" | "„" | "«" | "‘" | "''" | "``"
                )
            };
            let is_set_off = opens(first) || first > 0 && opens(first - 1);
            let quoted = mark.form == Form::Direct && is_set_off && !(first..=last).contains(&cue);
            let (start, end) = match quoted {
                true => (first, last + 1),
                false => (first.min(cue), (last + 1).max(cue + 1)),
            };
            let range = self.trim(
                start..end,
                if quoted { head.i() } else { cue.min(head.i()) },
            );
            found.push(Clause {
                block: self.block,
                verb: head,
                subject: match quoted {
                    true => own_subject(head),
                    false => subject(doc.token(cue)).filter(|s| is_subject(*s)),
                },
                start: range.start,
                end: range.end,
                mark: Some(m),
                shape: Shape::Nominal,
            });
        }
        found
    }
}
