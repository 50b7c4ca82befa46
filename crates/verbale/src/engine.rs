//! From a page to its document with its claims.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use jiff::Timestamp;
use verbale_case::{
    NewDocument, Run,
    exchange::{self, DocumentLine},
};
use verbale_core::{Claim, Diagnostic, Document, Entity, Outcome, Page, diagnostic};
use verbale_extract::{Reading, patterns::Patterns};
use verbale_nlp::Pipeline;
use verbale_pack::Packs;
use verbale_read::{Attachment, Limits};

use crate::{
    model::{Model, Store},
    worker::Workers,
};

/// The languages that are read for claims.
pub(crate) const LANGUAGES: &[&str] = &["en"];

/// Everything that reading needs, loaded once and shared by all threads.
pub(crate) struct Engine {
    pipelines: BTreeMap<String, (Model, Pipeline)>,
    packs: Packs,
    /// The packs' patterns for the languages that are read, by language.
    patterns: BTreeMap<String, Patterns>,
    limits: Limits,
    workers: Workers,
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
    /// The reading as a case takes it.
    pub(crate) fn as_new<'a>(&'a self, run: &'a Run, at: Timestamp) -> NewDocument<'a> {
        NewDocument {
            page: &self.page,
            document: &self.document,
            claims: &self.claims,
            entities: &self.entities,
            diagnostics: &self.diagnostics,
            run,
            at,
        }
    }

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

impl Engine {
    /// Loads packs and language models; a missing model is fetched. A page may take `page_seconds` of
    /// computing time to parse.
    pub(crate) fn load(page_seconds: u32) -> Result<Self> {
        let store = Store::open()?;
        let packs = crate::packs::in_use()?;
        let mut pipelines = BTreeMap::new();
        let mut patterns = BTreeMap::new();
        for language in LANGUAGES {
            let compiled = Patterns::compile(&packs, language).context(
                "cannot use the packs\nhint: `verbale pack check FILE` names the line of the pattern",
            )?;
            patterns.insert((*language).to_owned(), compiled);
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
            packs,
            patterns,
            limits: Limits::default(),
            workers: Workers::new(page_seconds),
        })
    }

    /// Loads nothing: pages become documents, and no claims are found.
    pub(crate) fn without_models(page_seconds: u32) -> Self {
        Self {
            pipelines: BTreeMap::new(),
            packs: Packs::builtin(),
            patterns: BTreeMap::new(),
            limits: Limits::default(),
            workers: Workers::new(page_seconds),
        }
    }

    /// The models in use.
    pub(crate) fn models(&self) -> impl Iterator<Item = &Model> {
        self.pipelines.values().map(|(model, _)| model)
    }

    /// The packs in use.
    pub(crate) fn packs(&self) -> &Packs {
        &self.packs
    }

    /// What readers may use at most.
    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The clean text of a page, parsed in a worker.
    pub(crate) fn document(&self, page: &Page) -> Outcome<Document> {
        self.workers.document(page, &self.limits)
    }

    /// What is attached to a mail, found in a worker.
    pub(crate) fn attachments(&self, page: &Page) -> Outcome<Vec<Attachment>> {
        self.workers.attachments(page)
    }

    /// Reads one page.
    pub(crate) fn read_page(&self, page: Page) -> PageReading {
        let made = self.document(&page);
        self.read_document(page, made.value, made.diagnostics)
    }

    /// Makes the document of one page and looks for no claims.
    pub(crate) fn read_text(&self, page: Page) -> PageReading {
        let made = self.document(&page);
        PageReading {
            page,
            document: made.value,
            claims: Vec::new(),
            entities: Vec::new(),
            diagnostics: made.diagnostics,
        }
    }

    /// Finds the claims of a document, if there is a model for its language.
    pub(crate) fn read_document(
        &self,
        page: Page,
        document: Document,
        mut diagnostics: Vec<Diagnostic>,
    ) -> PageReading {
        let (mut claims, mut entities) = (Vec::new(), Vec::new());
        match self.of_language(&document.metadata.language) {
            Some((pipeline, patterns)) => {
                let annotate = |text: &str| pipeline.read(text);
                let found = verbale_extract::extract(&document, annotate, &self.packs, patterns);
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
    pub(crate) fn claims_with(
        &self,
        document: &Document,
        packs: &Packs,
        patterns: &Patterns,
    ) -> Vec<Claim> {
        let Some(pipeline) = self.pipeline(&document.metadata.language) else {
            return Vec::new();
        };
        verbale_extract::extract(document, |text| pipeline.read(text), packs, patterns)
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

    /// The pipeline of a language with the packs' patterns for it.
    fn of_language(&self, language: &str) -> Option<(&Pipeline, &Patterns)> {
        let patterns = self.patterns.get(base_of(language))?;
        Some((self.pipeline(language)?, patterns))
    }

    /// The pipeline of a language; its region does not matter (`en-GB` is read as `en`).
    fn pipeline(&self, language: &str) -> Option<&Pipeline> {
        self.pipelines
            .get(base_of(language))
            .map(|(_, pipeline)| pipeline)
    }
}

/// The language without its region.
fn base_of(language: &str) -> &str {
    language.split('-').next().unwrap_or(language)
}
