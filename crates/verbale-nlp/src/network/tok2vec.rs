//! Vectors of tokens in context: embeddings of their words, mixed, then convolutions over neighbors.
//!
//! Source: the behavior of spaCy's `MultiHashEmbed` and `MaxoutWindowEncoder`; M. Honnibal, "Embed, encode, attend, predict", 2016.

use super::file::Weights;
use super::kernels::Kernels;
use super::matrix::{Dense, LANE, Norm};
use crate::tokenizer::{Word, WordId};
use crate::vocab::{chars, rows, string_id};

/// Longest vector and most convolutions of a network. The packages have 96 and 4.
const MAX_WIDTH: usize = 1024;
const MAX_DEPTH: usize = 32;
/// Most words whose products are kept, at 3.5 kB each for vectors of 96 numbers.
const MAX_KEPT: usize = 10_000;

/// Most floats that a batch holds on to while it is idle: 16 MB.
const MAX_IDLE_FLOATS: usize = 4 << 20;

/// An attribute of a token that is embedded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Attribute {
    Orth,
    Lower,
    Norm,
    Prefix,
    Suffix,
    Shape,
    SpaceAfter,
    IsSpace,
}

impl Attribute {
    fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "ORTH" => Self::Orth,
            "LOWER" => Self::Lower,
            "NORM" => Self::Norm,
            "PREFIX" => Self::Prefix,
            "SUFFIX" => Self::Suffix,
            "SHAPE" => Self::Shape,
            "SPACY" => Self::SpaceAfter,
            "IS_SPACE" => Self::IsSpace,
            _ => return None,
        })
    }

    fn id(self, word: &Word, space_after: bool) -> u64 {
        match self {
            Self::Orth => string_id(&word.text),
            Self::Lower => string_id(&word.lower),
            Self::Norm => string_id(&word.norm),
            Self::Prefix => string_id(chars::prefix(&word.text)),
            Self::Suffix => string_id(chars::suffix(&word.text)),
            Self::Shape => string_id(&chars::shape(&word.text)),
            Self::SpaceAfter => u64::from(space_after),
            Self::IsSpace => u64::from(word.is_space),
        }
    }
}

/// A table of rows; four of them, chosen by a hash, are added to embed an id.
struct Embedding {
    attribute: Attribute,
    seed: u32,
    rows: u32,
    table: Vec<f32>,
}

/// A maxout layer with its normalization.
struct Layer {
    dense: Dense,
    norm: Norm,
}

/// A network from tokens to vectors.
pub(crate) struct Tok2Vec {
    width: usize,
    embeddings: Vec<Embedding>,
    mix: Layer,
    /// The first convolution, by word: its products with the word as left neighbor, center and right neighbor.
    first_products: Dense,
    convolutions: Vec<Layer>,
}

impl Tok2Vec {
    /// Takes the weights of a network with these attributes and this many convolutions.
    pub(crate) fn new(
        weights: &Weights,
        attributes: &[String],
        depth: usize,
    ) -> Result<Self, String> {
        if weights.named("static_vectors").next().is_some() {
            return Err("static vectors".to_owned());
        }
        let hashes: Vec<_> = weights.named("hashembed").collect();
        if hashes.len() != attributes.len() {
            return Err(format!(
                "{} embeddings for {} attributes",
                hashes.len(),
                attributes.len()
            ));
        }
        let mut embeddings = Vec::with_capacity(hashes.len());
        for (layer, name) in hashes.into_iter().zip(attributes) {
            let (table, [rows, _]) = layer.array("E")?;
            let seed = layer.attribute("seed")?;
            embeddings.push(Embedding {
                attribute: Attribute::from_name(name)
                    .ok_or_else(|| format!("an embedding of {name}"))?,
                seed: u32::try_from(seed).map_err(|_| "a seed past 32 bits")?,
                rows: u32::try_from(rows)
                    .ok()
                    .filter(|&n| n > 0)
                    .ok_or("a table without rows")?,
                table: table.to_vec(),
            });
        }
        let maxouts: Vec<_> = weights.named("maxout").collect();
        let norms: Vec<_> = weights.named("layernorm").collect();
        let fits =
            [maxouts.len(), norms.len()] == [depth + 1; 2] && (1..=MAX_DEPTH).contains(&depth);
        if !fits {
            return Err(format!("{} layers for a depth of {depth}", maxouts.len()));
        }
        let (_, [width, pieces, mixed]) = maxouts[0].array("W")?;
        let embedded: usize = embeddings
            .iter()
            .map(|e| e.table.len() / e.rows as usize)
            .sum();
        let fits = width.is_multiple_of(LANE)
            && (1..=MAX_WIDTH).contains(&width)
            && (1..=3).contains(&pieces)
            && mixed == embedded
            && mixed > 0;
        if !fits {
            return Err(format!(
                "a layer of {width} outputs, {pieces} pieces and {mixed} inputs"
            ));
        }
        let mut layers = maxouts
            .into_iter()
            .zip(norms)
            .enumerate()
            .map(|(i, (maxout, norm))| {
                let inputs = if i == 0 { mixed } else { 3 * width };
                let (w, shape) = maxout.array("W")?;
                let (b, b_shape) = maxout.array("b")?;
                let (gain, g_len) = norm.array("G")?;
                let (bias, n_len) = norm.array("b")?;
                if shape != [width, pieces, inputs] || b_shape != [width, pieces] {
                    return Err(format!("a layer of {shape:?} and {b_shape:?}"));
                }
                if [g_len, n_len] != [[width]; 2] {
                    return Err("a normalization of another width".to_owned());
                }
                Ok(Layer {
                    dense: Dense::maxout(width, pieces, inputs, w, b),
                    norm: Norm {
                        gain: gain.to_vec(),
                        bias: bias.to_vec(),
                    },
                })
            });
        let mix = layers.next().ok_or("no layers")??;
        let convolutions = layers.collect::<Result<Vec<_>, String>>()?;
        let first_products = by_position(weights, width, pieces)?;
        Ok(Self {
            width,
            embeddings,
            mix,
            first_products,
            convolutions,
        })
    }

    /// Length of a vector.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Zero rows that stand before, between and after documents: as many as the convolutions can see.
    fn padding(&self) -> usize {
        self.convolutions.len()
    }

    /// The slot of a word in the cache. A word that is not there yet is embedded, and has its slot filled by
    /// [`fill`](Self::fill).
    fn slot(&self, cache: &mut TypeCache, id: WordId, word: &Word, space_after: bool) -> u32 {
        let key = 2 * id.0 as usize + usize::from(space_after);
        if cache.slots.len() <= key {
            cache.slots.resize(key + 1, u32::MAX);
        }
        if cache.slots[key] == u32::MAX {
            cache.slots[key] = cache.used;
            cache.used += 1;
            for embedding in &self.embeddings {
                embedding.embed(
                    embedding.attribute.id(word, space_after),
                    &mut cache.embedded,
                );
            }
        }
        cache.slots[key]
    }

    /// Computes what the network makes of the words that were embedded since the last time.
    fn fill(&self, kernels: Kernels, cache: &mut TypeCache) {
        let (width, mix) = (self.width, &self.mix);
        let inputs = mix.dense.inputs();
        let n = cache.embedded.len() / inputs;
        let (mixed, products) = (cache.mixed.len(), cache.products.len());
        cache.mixed.resize(mixed + n * width, 0.0);
        let new = &mut cache.mixed[mixed..];
        kernels.maxout_norm(&cache.embedded, inputs, n, &mix.dense, &mix.norm, None, new);
        let columns = self.first_products.columns();
        let kept = n.min(MAX_KEPT - products / columns);
        cache.products.resize(products + kept * columns, 0.0);
        let (new, out) = (&cache.mixed[mixed..], &mut cache.products[products..]);
        kernels.affine(new, width, kept, &self.first_products, out);
        cache.embedded.clear();
    }

    /// Fills `batch` with the vectors of documents, given as runs of words with "a blank follows".
    pub(crate) fn run<'w>(
        &self,
        kernels: Kernels,
        cache: &mut TypeCache,
        documents: impl Iterator<Item = impl Iterator<Item = (WordId, &'w Word, bool)>>,
        batch: &mut Batch,
    ) {
        batch.slots.clear();
        batch.starts.clear();
        batch.width = self.width;
        let padding = std::iter::repeat_n(Batch::PAD, self.padding());
        batch.slots.extend(padding.clone());
        for document in documents {
            batch.starts.push(batch.slots.len());
            for (id, word, space_after) in document {
                let slot = self.slot(cache, id, word, space_after);
                batch.slots.push(slot);
            }
            batch.slots.extend(padding.clone());
        }
        self.fill(kernels, cache);
        self.first_convolution(kernels, cache, batch);
        for layer in &self.convolutions[1..] {
            self.convolution(kernels, layer, batch);
        }
    }

    /// The first convolution adds up products that are known for each word; padding has none, and is zero before.
    fn first_convolution(&self, kernels: Kernels, cache: &TypeCache, batch: &mut Batch) {
        let (width, n) = (self.width, batch.slots.len());
        let Layer { dense, norm } = &self.convolutions[0];
        // A zero row at either end stands for what lies outside.
        for rows in [&mut batch.rows, &mut batch.next] {
            rows.clear();
            rows.resize((n + 2) * width, 0.0);
        }
        let mut products = Products::new(self, kernels, cache);
        products.enter(0, batch.slots[0]);
        let zero = vec![0.0; width];
        for i in 0..n {
            if let Some(&next) = batch.slots.get(i + 1) {
                products.enter(i + 1, next);
            }
            let slot = |i: usize| batch.slots.get(i).copied().filter(|&s| s != Batch::PAD);
            let parts = [
                i.checked_sub(1)
                    .and_then(|i| Some(products.part(i, slot(i)?, 0))),
                slot(i).map(|s| products.part(i, s, 1)),
                slot(i + 1).map(|s| products.part(i + 1, s, 2)),
            ];
            let residual = slot(i).map_or(zero.as_slice(), |s| cache.vector(s, width));
            let out = &mut batch.rows[(i + 1) * width..(i + 2) * width];
            kernels.sum_maxout_norm(parts, dense.bias(), norm, residual, out);
        }
    }

    /// A window over three rows is a row of three times the length, since rows lie next to one another.
    fn convolution(&self, kernels: Kernels, layer: &Layer, batch: &mut Batch) {
        let (width, n) = (self.width, batch.slots.len());
        kernels.maxout_norm(
            &batch.rows,
            width,
            n,
            &layer.dense,
            &layer.norm,
            Some(&batch.rows[width..]),
            &mut batch.next[width..],
        );
        std::mem::swap(&mut batch.rows, &mut batch.next);
    }
}

/// The products of words with the first convolution, while it goes over a batch: from the cache, or made for three neighbors at
/// a time where a batch has more words than the cache keeps.
struct Products<'n> {
    network: &'n Tok2Vec,
    kernels: Kernels,
    cache: &'n TypeCache,
    columns: usize,
    made: [Vec<f32>; 3],
}

impl<'n> Products<'n> {
    fn new(network: &'n Tok2Vec, kernels: Kernels, cache: &'n TypeCache) -> Self {
        Self {
            network,
            kernels,
            cache,
            columns: network.first_products.columns(),
            made: Default::default(),
        }
    }

    fn is_kept(&self, slot: u32) -> bool {
        (slot as usize) < self.cache.products.len() / self.columns
    }

    /// Makes the products of row `i`, if they are not in the cache.
    fn enter(&mut self, i: usize, slot: u32) {
        if slot == Batch::PAD || self.is_kept(slot) {
            return;
        }
        let vector = self.cache.vector(slot, self.network.width);
        let made = &mut self.made[i % 3];
        made.resize(self.columns, 0.0);
        self.kernels
            .affine(vector, vector.len(), 1, &self.network.first_products, made);
    }

    /// The products of row `i` in a position of the window.
    fn part(&self, i: usize, slot: u32, position: usize) -> &[f32] {
        let len = self.columns / 3;
        if self.is_kept(slot) {
            &self.cache.products[slot as usize * self.columns + position * len..][..len]
        } else {
            &self.made[i % 3][position * len..][..len]
        }
    }
}

impl Embedding {
    fn embed(&self, id: u64, out: &mut Vec<f32>) {
        let width = self.table.len() / self.rows as usize;
        let rows = rows(id, self.seed).map(|row| {
            let at = (row % self.rows) as usize * width;
            &self.table[at..at + width]
        });
        out.extend((0..width).map(|i| rows.iter().map(|row| row[i]).sum::<f32>()));
    }
}

/// The first convolution's weights as one layer from a word's vector to its products in three positions.
fn by_position(weights: &Weights, width: usize, pieces: usize) -> Result<Dense, String> {
    let first = weights.named("maxout").nth(1).ok_or("no convolution")?;
    let (w, _) = first.array::<3>("W")?;
    let layers = [0, 1, 2].map(|position| {
        let part: Vec<f32> = w
            .chunks_exact(3 * width)
            .flat_map(|row| &row[position * width..(position + 1) * width])
            .copied()
            .collect();
        Dense::maxout(width, pieces, width, &part, &vec![0.0; width * pieces])
    });
    Ok(Dense::concat(&layers))
}

/// What a network computed for words alone, by word and "a blank follows".
#[derive(Default)]
pub(crate) struct TypeCache {
    slots: Vec<u32>,
    /// Number of slots that words have.
    used: u32,
    mixed: Vec<f32>,
    products: Vec<f32>,
    embedded: Vec<f32>,
}

impl TypeCache {
    /// True when it is time to call [`clear`](Self::clear).
    pub(crate) fn is_full(&self) -> bool {
        self.used as usize >= MAX_KEPT
    }

    fn vector(&self, slot: u32, width: usize) -> &[f32] {
        &self.mixed[slot as usize * width..][..width]
    }

    /// Forgets all words, as when their ids end.
    pub(crate) fn clear(&mut self) {
        self.slots.clear();
        self.used = 0;
        self.mixed.clear();
        self.products.clear();
    }
}

/// The vectors of a batch of documents.
#[derive(Default)]
pub(crate) struct Batch {
    slots: Vec<u32>,
    /// Where documents start, in rows.
    starts: Vec<usize>,
    width: usize,
    rows: Vec<f32>,
    next: Vec<f32>,
}

impl Batch {
    const PAD: u32 = u32::MAX;

    /// Gives memory back that a very long document took.
    pub(crate) fn trim(&mut self) {
        for rows in [&mut self.rows, &mut self.next] {
            if rows.capacity() > MAX_IDLE_FLOATS {
                *rows = Vec::new();
            }
        }
    }

    /// The vectors of document `i` and all rows after them.
    pub(crate) fn document(&self, i: usize) -> &[f32] {
        &self.rows[(self.starts[i] + 1) * self.width..]
    }
}
