//! From a document to its claims, all stages in order.

use verbale_core::{Claim, Diagnostic, Document, Entity, Outcome, diagnostic};
use verbale_nlp::Doc;
use verbale_pack::Packs;

use crate::claim::{Marks, assemble};
use crate::patterns::Patterns;
use crate::tables::Tables;
use crate::{Reading, attribution, entities, quantities, times};

/// What was read out of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extraction {
    /// The claims, in the order of their words.
    pub claims: Vec<Claim>,
    /// What the words refer to, in the order of first mention.
    pub entities: Vec<Entity>,
}

/// Reads `document` with `annotate` as the pipeline and finds its claims.
///
/// `annotate` is called once for each passage that may carry claims, in order, with the passage's text, and then for
/// each cell with words of the tables.
/// `patterns` are those of `packs`, compiled once for all documents.
/// Deterministic: the same document, pipeline and packs give the same claims.
pub fn extract(
    document: &Document,
    mut annotate: impl FnMut(&str) -> Doc,
    packs: &Packs,
    patterns: &Patterns,
) -> Outcome<Extraction> {
    let reading = Reading::new(document, &mut annotate);
    let published = document.metadata.published.as_ref().map(|p| p.date);
    let tables = Tables::new(document, &mut annotate, packs, published);
    let times = times::find(&reading, published);
    let quantities = quantities::find(&reading, &times, packs);
    let attributions = attribution::find(&reading, packs, &times);
    let marks = Marks {
        times: &times,
        quantities: &quantities,
        attributions: &attributions.marks,
        names: &attributions.names,
    };
    let claims = assemble(&reading, &marks, &tables, packs, patterns);
    let entities = entities::find(&reading, packs);
    let mut diagnostics = remarks(&marks);
    diagnostics.extend(claims.diagnostics);
    Outcome {
        value: Extraction {
            claims: claims.value,
            entities,
        },
        diagnostics,
    }
}

/// What could not be resolved.
fn remarks(marks: &Marks<'_>) -> Vec<Diagnostic> {
    marks
        .times
        .iter()
        .filter(|t| t.is_unresolved())
        .filter_map(|t| {
            let remark = Diagnostic::new(
                diagnostic::X101_UNRESOLVED_TIME,
                format!("no date to count from for `{}`", t.raw),
            );
            Some(remark.at(t.range?))
        })
        .collect()
}
