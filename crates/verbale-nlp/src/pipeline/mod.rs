//! A pipeline: loading its package, and reading texts with it.

mod loader;

use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use loader::Loader;

use crate::LoadError;
use crate::components::{
    AttributeRuler, Draft, EntityRecognizer, LemmaCache, Lemmatizer, Morphologizer, Parser,
    ParserState, RulerCache, Scores, Tagger,
};
use crate::doc::{Doc, Labels, TextRef, TokenData, keep};
use crate::network::{Batch, Kernels, Tok2Vec, TypeCache};
use crate::package::{Meta, Package};
use crate::tokenizer::{Occurrence, Tokenizer, Words};
use crate::vocab::Vocab;

/// Most characters that are read as one text. Source: the default of spaCy's `Language.max_length`.
const MAX_PIECE_CHARS: usize = 1_000_000;
/// Texts are read together until they have this many bytes.
const BATCH_BYTES: usize = 16 << 10;
/// Batches that are taken at a time for each thread, so that one that has easy texts can take more.
const BATCHES_PER_THREAD: usize = 8;

/// A spaCy pipeline, ready to read texts.
///
/// It can be shared between threads; a result depends on the text alone, never on the thread or on what was read before.
pub struct Pipeline {
    meta: Meta,
    kernels: Kernels,
    vocab: Vocab,
    tokenizer: Tokenizer,
    labels: Arc<Labels>,
    components: Vec<(String, Component)>,
    workers: Mutex<Vec<Worker>>,
}

/// A step of a pipeline.
enum Component {
    Tok2Vec(Tok2Vec),
    Tagger(Tagger),
    Morphologizer(Morphologizer),
    Parser(Parser),
    AttributeRuler(AttributeRuler),
    Lemmatizer(Lemmatizer),
    EntityRecognizer(EntityRecognizer),
}

/// What a thread needs to read texts: caches, and room that is used again.
#[derive(Default)]
struct Worker {
    words: Words,
    shared: TypeCache,
    /// The cache of the entity recognizer's own network.
    own: TypeCache,
    shared_vectors: Batch,
    own_vectors: Batch,
    ruler: RulerCache,
    lemmas: LemmaCache,
    scores: Scores,
    outputs: Vec<f32>,
    parser: ParserState,
}

impl Pipeline {
    /// Loads a pipeline from a wheel, a package folder or a model folder.
    ///
    /// # Errors
    /// If there is no package, a file is missing or damaged, or a component is not supported.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, LoadError> {
        Self::from_package(&Package::open(path)?)
    }

    /// Loads the pipeline of an opened package.
    ///
    /// # Errors
    /// As for [`load`](Self::load).
    pub fn from_package(package: &Package) -> Result<Self, LoadError> {
        let (components, labels) = Loader::new(package)?.components()?;
        Ok(Self {
            meta: package.meta().clone(),
            kernels: Kernels::detect(),
            vocab: Vocab::load(package)?,
            tokenizer: Tokenizer::load(package)?,
            labels: Arc::new(labels),
            components,
            workers: Mutex::default(),
        })
    }

    /// What the package says about itself.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// The names of the components, in the order in which they run.
    pub fn components(&self) -> impl Iterator<Item = &str> {
        self.components.iter().map(|(name, _)| name.as_str())
    }

    /// The same pipeline on other instructions, for measurements and tests. [`load`](Self::load) takes the fastest.
    #[must_use]
    pub fn with_kernels(self, kernels: Kernels) -> Self {
        Self { kernels, ..self }
    }

    /// The instructions that the networks run on.
    pub fn kernels(&self) -> Kernels {
        self.kernels
    }

    /// Reads a text.
    ///
    /// Up to a million characters, the longest text that spaCy takes, it is read as one; a longer one is read in pieces of that
    /// length, cut at a blank, so that no more memory is needed than for one of them.
    ///
    /// # Panics
    /// If the text has 4 GiB or more.
    pub fn read(&self, text: &str) -> Doc {
        let mut docs = self.with_worker(|worker| self.read_batch(worker, vec![text.to_owned()]));
        docs.pop().expect("a doc for each text")
    }

    /// Reads many texts, in their order, on the thread that asks. Texts are taken and read in batches, which is faster than one
    /// by one.
    pub fn read_all<'p, T: Into<String> + 'p>(
        &'p self,
        texts: impl IntoIterator<Item = T, IntoIter: 'p>,
    ) -> impl Iterator<Item = Doc> + 'p {
        self.read_all_on(1, texts)
    }

    /// Reads many texts, in their order, on several threads. The docs are the same for any number of threads.
    pub fn read_all_on<'p, T: Into<String> + 'p>(
        &'p self,
        threads: usize,
        texts: impl IntoIterator<Item = T, IntoIter: 'p>,
    ) -> impl Iterator<Item = Doc> + 'p {
        let mut texts = texts.into_iter().map(Into::into);
        let mut docs = Vec::new().into_iter();
        std::iter::from_fn(move || {
            if docs.len() == 0 {
                let round: Vec<Vec<String>> = if threads > 1 {
                    (0..threads * BATCHES_PER_THREAD)
                        .map_while(|_| batch(&mut texts))
                        .collect()
                } else {
                    batch(&mut texts).into_iter().collect()
                };
                docs = self.read_round(threads, round).into_iter();
            }
            docs.next()
        })
    }

    /// Reads some batches, each on whichever thread is free.
    fn read_round(&self, threads: usize, batches: Vec<Vec<String>>) -> Vec<Doc> {
        if threads <= 1 || batches.len() <= 1 {
            let read = |batch| self.with_worker(|worker| self.read_batch(worker, batch));
            return batches.into_iter().flat_map(read).collect();
        }
        let done: Vec<OnceLock<Vec<Doc>>> = batches.iter().map(|_| OnceLock::new()).collect();
        let queue = Mutex::new(batches.into_iter().enumerate());
        std::thread::scope(|scope| {
            let work = || {
                self.with_worker(|worker| {
                    loop {
                        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).next();
                        let Some((i, batch)) = next else { break };
                        // Each batch is taken by one thread, so that its place is free.
                        let _ = done[i].set(self.read_batch(worker, batch));
                    }
                });
            };
            for _ in 1..threads {
                scope.spawn(work);
            }
            work();
        });
        done.into_iter()
            .filter_map(OnceLock::into_inner)
            .flatten()
            .collect()
    }

    fn with_worker<T>(&self, work: impl FnOnce(&mut Worker) -> T) -> T {
        let idle = || self.workers.lock().unwrap_or_else(PoisonError::into_inner);
        let mut worker = idle().pop().unwrap_or_default();
        let result = work(&mut worker);
        idle().push(worker);
        result
    }

    fn read_batch(&self, worker: &mut Worker, texts: Vec<String>) -> Vec<Doc> {
        let mut docs = Vec::with_capacity(texts.len());
        let mut batch = Vec::with_capacity(texts.len());
        for text in texts {
            assert!(
                u32::try_from(text.len()).is_ok(),
                "a text of less than 4 GiB"
            );
            if piece_len(&text) == text.len() {
                batch.push(text);
            } else {
                docs.extend(
                    self.annotate(worker, std::mem::take(&mut batch))
                        .into_iter()
                        .map(|d| self.doc(d)),
                );
                docs.push(self.read_long(worker, text));
            }
        }
        docs.extend(
            self.annotate(worker, batch)
                .into_iter()
                .map(|d| self.doc(d)),
        );
        worker.shared_vectors.trim();
        worker.own_vectors.trim();
        docs
    }

    /// Runs all components over texts, together.
    fn annotate(&self, worker: &mut Worker, texts: Vec<String>) -> Vec<Draft> {
        worker.make_room();
        let mut drafts: Vec<Draft> = texts
            .into_iter()
            .map(|text| self.tokenize(worker, text))
            .collect();
        if !drafts.is_empty() {
            for (_, component) in &self.components {
                self.run(component, worker, &mut drafts);
            }
        }
        drafts
    }

    /// Reads a text piece by piece.
    fn read_long(&self, worker: &mut Worker, text: String) -> Doc {
        let mut whole = Draft::default();
        let mut rest = text.as_str();
        while !rest.is_empty() {
            let (piece, later) = rest.split_at(piece_len(rest));
            for draft in self.annotate(worker, vec![piece.to_owned()]) {
                whole.append(draft);
            }
            rest = later;
        }
        self.doc(Draft { text, ..whole })
    }

    fn doc(&self, draft: Draft) -> Doc {
        Doc::from_data(
            draft.text,
            draft.tokens,
            draft.extra,
            Arc::clone(&self.labels),
        )
    }

    fn tokenize(&self, worker: &mut Worker, text: String) -> Draft {
        let mut words = Vec::new();
        worker
            .words
            .tokenize(&self.tokenizer, &self.vocab, &text, &mut words);
        let mut extra = String::new();
        let token = |(i, w): (usize, &Occurrence)| {
            let word = worker.words.word(w.word);
            let norm = if word.norm == word.lower {
                TextRef::Own
            } else {
                keep(&mut extra, &word.norm)
            };
            TokenData {
                norm,
                space_after: w.space_after,
                ..TokenData::new(i, w.start..w.start + word.text.len() as u32)
            }
        };
        let tokens = words.iter().enumerate().map(token).collect();
        Draft {
            text,
            words,
            tokens,
            extra,
        }
    }

    fn run(&self, component: &Component, worker: &mut Worker, drafts: &mut [Draft]) {
        let Worker {
            words,
            shared,
            own,
            shared_vectors,
            own_vectors,
            ruler,
            lemmas,
            scores,
            outputs,
            parser,
        } = worker;
        let words = &*words;
        let kernels = self.kernels;
        let is_space = |d: &[Occurrence], i: usize| words.word(d[i].word).is_space;
        match component {
            Component::Tok2Vec(network) => {
                embed(network, kernels, words, shared, drafts, shared_vectors);
            }
            Component::Tagger(tagger) => {
                for (i, d) in drafts.iter_mut().enumerate() {
                    tagger.run(kernels, shared_vectors.document(i), &mut d.tokens, outputs);
                }
            }
            Component::Morphologizer(morphologizer) => {
                for (i, d) in drafts.iter_mut().enumerate() {
                    let vectors = shared_vectors.document(i);
                    morphologizer.run(kernels, vectors, &mut d.tokens, outputs);
                }
            }
            Component::Parser(p) => {
                for (i, d) in drafts.iter_mut().enumerate() {
                    let space = |i| is_space(&d.words, i);
                    let vectors = shared_vectors.document(i);
                    p.run(kernels, vectors, &mut d.tokens, space, scores, parser);
                }
            }
            Component::AttributeRuler(r) => {
                for d in drafts {
                    let word = |i: usize| (d.words[i].word, words.word(d.words[i].word));
                    r.run(&self.labels, &mut d.tokens, word, ruler);
                }
            }
            Component::Lemmatizer(l) => {
                for d in drafts {
                    let word = |i: usize| (d.words[i].word, words.word(d.words[i].word));
                    l.run(&self.labels, &mut d.tokens, &mut d.extra, word, lemmas);
                }
            }
            Component::EntityRecognizer(ner) => {
                let vectors = match ner.tok2vec() {
                    None => shared_vectors,
                    Some(network) => {
                        embed(network, kernels, words, own, drafts, own_vectors);
                        own_vectors
                    }
                };
                for (i, d) in drafts.iter_mut().enumerate() {
                    let space = |i| is_space(&d.words, i);
                    ner.run(kernels, vectors.document(i), &mut d.tokens, space, scores);
                }
            }
        }
    }
}

/// How much of a text is read at a time, in bytes: all of it, or up to a blank before the limit.
fn piece_len(text: &str) -> usize {
    if text.len() <= MAX_PIECE_CHARS {
        return text.len();
    }
    let Some((limit, _)) = text.char_indices().nth(MAX_PIECE_CHARS) else {
        return text.len();
    };
    // No word is cut at a blank, and a line break is better than a blank.
    let last = |blank: char| text[..limit].rfind(blank).filter(|&at| at > limit / 2);
    last('\n').or_else(|| last(' ')).map_or(limit, |at| at + 1)
}

/// The next texts that are read together; `None` when there are no more.
fn batch(texts: &mut impl Iterator<Item = String>) -> Option<Vec<String>> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    while bytes < BATCH_BYTES
        && let Some(text) = texts.next()
    {
        bytes += text.len();
        batch.push(text);
    }
    (!batch.is_empty()).then_some(batch)
}

fn embed(
    network: &Tok2Vec,
    kernels: Kernels,
    words: &Words,
    cache: &mut TypeCache,
    drafts: &[Draft],
    batch: &mut Batch,
) {
    let documents = drafts.iter().map(|d| {
        d.words
            .iter()
            .map(|w| (w.word, words.word(w.word), w.space_after))
    });
    network.run(kernels, cache, documents, batch);
}

impl Worker {
    /// Empties caches that are full. When the words go, everything goes that holds on to their ids.
    fn make_room(&mut self) {
        let words_go = self.words.is_full();
        if words_go {
            self.words.clear();
            self.ruler.clear();
            self.lemmas.clear();
        }
        for cache in [&mut self.shared, &mut self.own] {
            if words_go || cache.is_full() {
                cache.clear();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_at_blanks() {
        assert_eq!(piece_len("short"), 5);
        let blanks = "ab ".repeat(400_000);
        assert_eq!(piece_len(&blanks), 999_999);
        let lines = format!("{}\n{}", "é ".repeat(450_000), "é ".repeat(450_000));
        assert_eq!(piece_len(&lines), 3 * 450_000 + 1);
        assert_eq!(piece_len(&"é".repeat(1_000_001)), 2_000_000);
    }
}
