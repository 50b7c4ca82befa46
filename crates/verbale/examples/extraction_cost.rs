//! What extraction costs beside reading, per token, on given pages.
//!
//! Reading is the language model on every passage that may carry claims; extraction is all that follows. Each page
//! is read and extracted in turn, in one process, for a number of rounds, so that both see the same machine; the
//! round with the smallest sum counts. The limit is half of the reading time.
//!
//! ```text
//! cargo run --release -p verbale --example extraction_cost -- MODEL_FOLDER PAGE...
//! ```

use std::time::{Duration, Instant};

use verbale_core::{Document, PageOrigin};
use verbale_extract::{extract, patterns::Patterns};
use verbale_nlp::Pipeline;
use verbale_pack::Packs;
use verbale_read::Limits;

const ROUNDS: usize = 5;

/// One round over all pages.
#[derive(Default)]
struct Cost {
    reading: Duration,
    extraction: Duration,
    n_tokens: usize,
    n_claims: usize,
}

#[allow(clippy::print_stdout)]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let model = arguments.next().ok_or("usage: MODEL_FOLDER PAGE...")?;
    let pipeline = Pipeline::load(std::path::Path::new(&model))?;
    let packs = Packs::builtin();
    let patterns = Patterns::compile(&packs, "en")?;
    let documents: Vec<Document> = arguments
        .map(|path| document(&path))
        .collect::<Result<_, _>>()?;
    let rounds: Vec<Cost> = (0..ROUNDS)
        .map(|_| round(&documents, &pipeline, &packs, &patterns))
        .collect();
    let best = rounds
        .iter()
        .min_by_key(|c| c.reading + c.extraction)
        .ok_or("no rounds")?;
    let per_token = |d: Duration| d.as_secs_f64() * 1e6 / best.n_tokens.max(1) as f64;
    let (reading, extraction) = (per_token(best.reading), per_token(best.extraction));
    println!(
        "{} pages, {} tokens, {} claims: reading {reading:.1} µs, extraction {extraction:.1} µs a token, ratio {:.2}",
        documents.len(),
        best.n_tokens,
        best.n_claims,
        extraction / reading
    );
    if extraction > reading / 2.0 {
        return Err("extraction costs more than half of reading".into());
    }
    Ok(())
}

fn document(path: &str) -> Result<Document, Box<dyn std::error::Error>> {
    let origin = PageOrigin {
        path: path.to_owned(),
        ..PageOrigin::default()
    };
    let limits = Limits::default();
    let pages = verbale_read::pages(std::fs::read(path)?, origin, &limits).value;
    let page = pages.first().ok_or("no page in the file")?;
    Ok(verbale_read::document(page, &limits).value)
}

fn round(documents: &[Document], pipeline: &Pipeline, packs: &Packs, patterns: &Patterns) -> Cost {
    let mut cost = Cost::default();
    for document in documents {
        let mut reading = Duration::ZERO;
        let mut n_tokens = 0;
        let start = Instant::now();
        let annotate = |text: &str| {
            let start = Instant::now();
            let doc = pipeline.read(text);
            reading += start.elapsed();
            n_tokens += doc.len();
            doc
        };
        let found = extract(document, annotate, packs, patterns);
        cost.extraction += start.elapsed().saturating_sub(reading);
        cost.reading += reading;
        cost.n_tokens += n_tokens;
        cost.n_claims += found.value.claims.len();
    }
    cost
}
