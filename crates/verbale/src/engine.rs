//! From the bytes of an input to documents with their claims.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use verbale_case::exchange::{self, DocumentLine};
use verbale_core::{
    Claim, Diagnostic, Document, Entity, Outcome, Page, PageId, PageOrigin, diagnostic,
};
use verbale_extract::Reading;
use verbale_nlp::Pipeline;
use verbale_pack::Packs;
use verbale_read::{Limits, document, pages};

use crate::{
    inputs::{Input, plain},
    model::{Model, Store},
};

/// Bytes of one input. Archives may be large, pages never are.
const MAX_INPUT_BYTES: u64 = 4 << 30;

/// The languages that are read for claims.
pub(crate) const LANGUAGES: &[&str] = &["en"];

/// Everything that reading needs, loaded once and shared by all threads.
pub(crate) struct Engine {
    pipelines: BTreeMap<String, (Model, Pipeline)>,
    packs: Packs,
    limits: Limits,
}

/// One page, read.
#[derive(Debug)]
pub(crate) struct PageReading {
    pub(crate) page: Page,
    pub(crate) document: Document,
    pub(crate) claims: Vec<Claim>,
    pub(crate) entities: Vec<Entity>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl PageReading {
    /// The reading in the exchange format.
    pub(crate) fn line(&self) -> DocumentLine {
        DocumentLine::new(exchange::Reading {
            id: None,
            origin: &self.page.origin,
            document: &self.document,
            claims: &self.claims,
            entities: &self.entities,
            diagnostics: &self.diagnostics,
        })
    }
}

/// All pages of one input, and what kept others out.
#[derive(Debug, Default)]
pub(crate) struct InputReading {
    pub(crate) path: String,
    pub(crate) pages: Vec<PageReading>,
    /// Pages that need not be read, because they have been.
    pub(crate) known: Vec<Page>,
    pub(crate) skipped: Vec<Diagnostic>,
}

impl Engine {
    /// Loads packs and language models; a missing model is fetched.
    pub(crate) fn load() -> Result<Self> {
        let store = Store::open()?;
        let mut pipelines = BTreeMap::new();
        for language in LANGUAGES {
            let model = store.for_language(language)?;
            let pipeline = Pipeline::load(&model.folder).with_context(|| {
                format!(
                    "cannot load the language model {}\nhint: remove that folder, and the next run \
                     fetches the model anew",
                    model.folder.display()
                )
            })?;
            pipelines.insert((*language).to_owned(), (model, pipeline));
        }
        Ok(Self {
            pipelines,
            packs: crate::packs::in_use()?,
            limits: Limits::default(),
        })
    }

    /// The models in use.
    pub(crate) fn models(&self) -> impl Iterator<Item = &Model> {
        self.pipelines.values().map(|(model, _)| model)
    }

    /// The packs in use.
    pub(crate) fn packs(&self) -> &Packs {
        &self.packs
    }

    /// Reads one input, but for the pages that `is_known` names. Whatever is wrong with it becomes a diagnostic.
    pub(crate) fn read(&self, input: &Input, is_known: &dyn Fn(PageId) -> bool) -> InputReading {
        let path = input.path();
        let most = MAX_INPUT_BYTES;
        let (bytes, cut) = match input.bytes(most) {
            Ok(read) => read,
            Err(e) => {
                let why = Diagnostic::new(diagnostic::R006_UNREADABLE, plain(&e));
                return InputReading {
                    path,
                    skipped: vec![why],
                    ..InputReading::default()
                };
            }
        };
        let mut skipped = Vec::new();
        if cut {
            let what = format!("the input was cut after {most} bytes");
            skipped.push(Diagnostic::new(diagnostic::R004_LIMIT, what));
        }
        let origin = PageOrigin {
            path: path.clone(),
            ..PageOrigin::default()
        };
        let found = pages(bytes, origin, &self.limits);
        skipped.extend(found.diagnostics);
        let (known, new): (Vec<_>, Vec<_>) = found
            .value
            .into_iter()
            .partition(|page| is_known(page.id()));
        let pages = new.into_iter().map(|page| self.read_page(page)).collect();
        InputReading {
            path,
            pages,
            known,
            skipped,
        }
    }

    /// The clean text of a page.
    pub(crate) fn document(&self, page: &Page) -> Outcome<Document> {
        document(page, &self.limits)
    }

    /// Reads one page.
    pub(crate) fn read_page(&self, page: Page) -> PageReading {
        let made = self.document(&page);
        self.read_document(page, made.value, made.diagnostics)
    }

    /// Finds the claims of a document, if there is a model for its language.
    pub(crate) fn read_document(
        &self,
        page: Page,
        document: Document,
        mut diagnostics: Vec<Diagnostic>,
    ) -> PageReading {
        let (mut claims, mut entities) = (Vec::new(), Vec::new());
        match self.pipeline(&document.metadata.language) {
            Some(pipeline) => {
                let annotate = |text: &str| pipeline.read(text);
                let found = verbale_extract::extract(&document, annotate, &self.packs);
                claims = found.value.claims;
                entities = found.value.entities;
                diagnostics.extend(found.diagnostics);
            }
            None => diagnostics.push(Diagnostic::new(
                diagnostic::R007_LANGUAGE,
                format!(
                    "not read for claims, language `{}`",
                    document.metadata.language
                ),
            )),
        }
        PageReading {
            page,
            document,
            claims,
            entities,
            diagnostics,
        }
    }

    /// The claims of a document with other packs than the engine's.
    pub(crate) fn claims_with(&self, document: &Document, packs: &Packs) -> Vec<Claim> {
        let Some(pipeline) = self.pipeline(&document.metadata.language) else {
            return Vec::new();
        };
        verbale_extract::extract(document, |text| pipeline.read(text), packs)
            .value
            .claims
    }

    /// The annotation of a document, for looking at one stage. A text in a language without a model, or whose
    /// language could not be told, is read as the first language: somebody has asked for it.
    pub(crate) fn reading<'d>(&self, document: &'d Document) -> Option<Reading<'d>> {
        let told = self.pipeline(&document.metadata.language);
        let pipeline = told.or_else(|| self.pipeline(LANGUAGES[0]))?;
        Some(Reading::new(document, |text| pipeline.read(text)))
    }

    /// The pipeline of a language; its region does not matter (`en-GB` is read as `en`).
    fn pipeline(&self, language: &str) -> Option<&Pipeline> {
        let base = language.split('-').next().unwrap_or(language);
        self.pipelines.get(base).map(|(_, pipeline)| pipeline)
    }
}

/// The text of a page as this version of the readers makes it, for `check`.
pub(crate) fn remake(page: &Page) -> String {
    document(page, &Limits::default()).value.text().to_owned()
}
