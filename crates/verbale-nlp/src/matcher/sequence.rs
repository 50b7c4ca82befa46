//! Sequences of tokens.

use serde_json::{Map, Value};

use super::PatternError;
use super::index::Index;
use super::spec::Spec;
use crate::doc::{Doc, Span, Token};
use crate::vocab::FastMap;

/// Most repetitions that `{n}` may ask for.
const MAX_REPEATS: usize = 256;
/// Most matches that are found in one doc. A pattern of one `*` matches every span, and there are very many of them.
const MAX_MATCHES: usize = 1 << 20;

/// Which of the matches of a key are kept where they overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Greedy {
    /// The one that starts first, the longest of those.
    First,
    /// The longest, the first of those.
    Longest,
}

/// Finds sequences of tokens by patterns.
///
/// ```
/// use serde_json::json;
/// use verbale_nlp::{Doc, Matcher, TokenAnnotation};
///
/// let mut matcher = Matcher::new();
/// matcher.add("money", &json!([{"TEXT": "$"}, {"LIKE_NUM": true, "OP": "+"}]))?;
/// let word = |range| TokenAnnotation { range, ..TokenAnnotation::default() };
/// let doc = Doc::from_parts("$ 500 million", vec![word(0..1), word(2..5), word(6..13)]);
/// let found: Vec<&str> = matcher.find(&doc).iter().map(|m| m.span.text()).collect();
/// assert_eq!(found, ["$ 500", "$ 500 million"]);
/// # Ok::<(), verbale_nlp::PatternError>(())
/// ```
#[derive(Debug, Default)]
pub struct Matcher {
    keys: Vec<(String, Option<Greedy>)>,
    patterns: Vec<Pattern>,
    index: Index,
}

#[derive(Debug)]
struct Pattern {
    key: usize,
    steps: Vec<Step>,
}

#[derive(Debug, Clone)]
struct Step {
    times: Times,
    spec: Spec,
}

/// How often a step holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Times {
    Once,
    /// Once, of a token that the step does not match.
    Not,
    Optional,
    Any,
}

/// A match: its key and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Match<'m, 'd> {
    /// The key that the pattern was added under.
    pub key: &'m str,
    /// The tokens, one at least.
    pub span: Span<'d>,
}

impl Matcher {
    /// A matcher without patterns.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a pattern: a list of objects, one a token. Several patterns may share a key.
    ///
    /// # Errors
    /// If the pattern does not follow the language.
    pub fn add(&mut self, key: &str, pattern: &Value) -> Result<(), PatternError> {
        self.insert(key, pattern, None)
    }

    /// Adds a pattern to a key whose matches do not overlap.
    ///
    /// # Errors
    /// If the pattern does not follow the language.
    pub fn add_greedy(
        &mut self,
        key: &str,
        pattern: &Value,
        greedy: Greedy,
    ) -> Result<(), PatternError> {
        self.insert(key, pattern, Some(greedy))
    }

    fn insert(
        &mut self,
        key: &str,
        pattern: &Value,
        greedy: Option<Greedy>,
    ) -> Result<(), PatternError> {
        let tokens = pattern.as_array().filter(|tokens| !tokens.is_empty());
        let tokens = tokens.ok_or_else(|| PatternError::new("a list of tokens is expected"))?;
        let mut steps = Vec::new();
        for token in tokens {
            let token = token.as_object();
            let token =
                token.ok_or_else(|| PatternError::new("an object is expected for a token"))?;
            let spec = Spec::new(token)?;
            let times = operator(token)?.into_iter();
            steps.extend(times.map(|times| Step {
                times,
                spec: spec.clone(),
            }));
        }
        let key = self.key(key);
        self.keys[key].1 = greedy;
        if !steps.is_empty() {
            let first = (steps[0].times == Times::Once).then_some(&steps[0].spec);
            self.index.add(self.patterns.len(), first);
            self.patterns.push(Pattern { key, steps });
        }
        Ok(())
    }

    fn key(&mut self, key: &str) -> usize {
        if let Some(found) = self.keys.iter().position(|(name, _)| name == key) {
            return found;
        }
        self.keys.push((key.to_owned(), None));
        self.keys.len() - 1
    }

    /// Number of keys.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// True without keys.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// All matches in a doc, in the order in which they end; those of greedy keys after all others. At most a million.
    pub fn find<'m, 'd>(&'m self, doc: &'d Doc) -> Vec<Match<'m, 'd>> {
        let found = self.search(doc);
        let plain = found
            .iter()
            .filter(|f| self.keys[f.key].1.is_none())
            .copied();
        let mut kept: Vec<Found> = plain.collect();
        for (key, (_, greedy)) in self.keys.iter().enumerate() {
            if let Some(greedy) = greedy {
                let of_key = found.iter().filter(|f| f.key == key).copied();
                keep_apart(of_key.collect(), *greedy, doc.len(), &mut kept);
            }
        }
        kept.into_iter()
            .map(|f| Match {
                key: &self.keys[f.key].0,
                span: doc.span(f.start..f.end),
            })
            .collect()
    }

    /// Follows all patterns from all tokens at once.
    fn search(&self, doc: &Doc) -> Vec<Found> {
        let mut found = Matches::default();
        let mut states: Vec<State> = Vec::new();
        let mut seeds = Vec::new();
        for token in doc.tokens() {
            self.index.seeds(token, &mut seeds);
            states.extend(seeds.iter().map(|&pattern| State {
                pattern,
                step: 0,
                start: token.i(),
                len: 0,
            }));
            let mut later = Vec::new();
            states.retain_mut(|state| self.advance(state, token, &mut later, &mut found));
            if !later.is_empty() {
                states.append(&mut later);
                drop_repeated(&mut states);
            }
            if found.list.len() >= MAX_MATCHES || states.len() >= MAX_MATCHES {
                break;
            }
        }
        for state in states {
            self.finish(state, &mut found);
        }
        found.list
    }

    /// Moves a state over a token, and says if it goes on. States that branch off go to `later`.
    fn advance(
        &self,
        state: &mut State,
        token: Token<'_>,
        later: &mut Vec<State>,
        found: &mut Matches,
    ) -> bool {
        let pattern = &self.patterns[state.pattern];
        loop {
            let step = &pattern.steps[state.step];
            let is_last = state.step + 1 == pattern.steps.len();
            let holds = step.spec.matches(token);
            match step.times {
                Times::Once | Times::Not => {
                    if holds != (step.times == Times::Once) {
                        return false;
                    }
                    if is_last {
                        found.add(pattern.key, state.start, state.len + 1);
                        return false;
                    }
                    state.step += 1;
                    state.len += 1;
                    return true;
                }
                Times::Any => {
                    if is_last {
                        found.add(pattern.key, state.start, state.len);
                        state.len += 1;
                        return holds;
                    }
                    if holds {
                        later.push(State {
                            len: state.len + 1,
                            ..*state
                        });
                    }
                }
                Times::Optional => {
                    if is_last {
                        found.add(pattern.key, state.start, state.len);
                        if holds {
                            found.add(pattern.key, state.start, state.len + 1);
                        }
                        return false;
                    }
                    if holds {
                        later.push(State {
                            step: state.step + 1,
                            len: state.len + 1,
                            ..*state
                        });
                    }
                }
            }
            // The step may hold no time: the next one tries the same token.
            state.step += 1;
        }
    }

    /// What is left of a pattern at the end of the doc may hold no time.
    fn finish(&self, state: State, found: &mut Matches) {
        let pattern = &self.patterns[state.pattern];
        let mut rest = pattern.steps[state.step..].iter();
        if rest.all(|step| matches!(step.times, Times::Any | Times::Optional)) {
            found.add(pattern.key, state.start, state.len);
        }
    }
}

/// Keeps the first of equal states, which different branches lead to. Their number would double with each step otherwise.
fn drop_repeated(states: &mut Vec<State>) {
    let mut seen = FastMap::default();
    states.retain(|s| seen.insert((s.pattern, s.step, s.start), ()).is_none());
}

/// A pattern that has matched `len` tokens from `start` and tries a step next.
#[derive(Clone, Copy)]
struct State {
    pattern: usize,
    step: usize,
    start: usize,
    len: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Found {
    key: usize,
    start: usize,
    end: usize,
}

/// Matches without repetition: there may be several ways to one.
#[derive(Default)]
struct Matches {
    list: Vec<Found>,
    seen: FastMap<Found, ()>,
}

impl Matches {
    fn add(&mut self, key: usize, start: usize, len: usize) {
        let found = Found {
            key,
            start,
            end: start + len,
        };
        if len > 0 && self.list.len() < MAX_MATCHES && self.seen.insert(found, ()).is_none() {
            self.list.push(found);
        }
    }
}

/// Keeps matches that do not overlap.
fn keep_apart(mut found: Vec<Found>, greedy: Greedy, n: usize, kept: &mut Vec<Found>) {
    match greedy {
        Greedy::First => found.sort_by_key(|f| (f.start, std::cmp::Reverse(f.end))),
        Greedy::Longest => found.sort_by_key(|f| (std::cmp::Reverse(f.end - f.start), f.start)),
    }
    let mut taken = vec![false; n];
    for f in found {
        let tokens = &mut taken[f.start..f.end];
        if !tokens.contains(&true) {
            tokens.fill(true);
            kept.push(f);
        }
    }
}

/// The steps that an operator stands for.
fn operator(token: &Map<String, Value>) -> Result<Vec<Times>, PatternError> {
    let Some((_, op)) = token.iter().find(|(key, _)| key.eq_ignore_ascii_case("OP")) else {
        return Ok(vec![Times::Once]);
    };
    let fail = || PatternError::new(format!("an operator that is not known: `{op}`"));
    let op = op.as_str().ok_or_else(fail)?;
    Ok(match op {
        "!" => vec![Times::Not],
        "?" => vec![Times::Optional],
        "*" => vec![Times::Any],
        "+" => vec![Times::Once, Times::Any],
        _ => {
            let bounds = op
                .strip_prefix('{')
                .and_then(|op| op.strip_suffix('}'))
                .ok_or_else(fail)?;
            let (least, most) = bounds.split_once(',').unwrap_or((bounds, bounds));
            let number = |s: &str| match s {
                "" => Ok(None),
                s => s
                    .parse()
                    .ok()
                    .filter(|&n| n <= MAX_REPEATS)
                    .map(Some)
                    .ok_or_else(fail),
            };
            let mut steps = vec![Times::Once; number(least)?.unwrap_or(0)];
            match number(most)? {
                None if least.is_empty() => return Err(fail()),
                None => steps.push(Times::Any),
                Some(most) if most < steps.len() => return Err(fail()),
                Some(most) => steps.resize(most, Times::Optional),
            }
            steps
        }
    })
}
