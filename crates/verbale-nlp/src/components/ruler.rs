//! Rules that set attributes of tokens by their tag, label and form.
//!
//! All rules look at the tokens as they were before the first of them. Where several set one attribute, the last rule wins.
//! Rules are written in the language of spaCy's `Matcher`; operators are not supported here.

use regex::Regex;

use crate::doc::{LabelId, Labels, TextRef, TokenData};
use crate::package::msgpack::{self, Value};
use crate::tokenizer::{Word, WordId};
use crate::vocab::FastMap;

/// An attribute that rules look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Attribute {
    Orth,
    Lower,
    Tag,
    Pos,
    Dep,
    IsSpace,
}

/// What an attribute must be.
enum Test {
    OneOf(Vec<Box<str>>),
    NoneOf(Vec<Box<str>>),
    Regex(Regex),
    Is(bool),
}

struct Condition {
    attribute: Attribute,
    test: Test,
}

/// A pattern of one or more tokens, in the order of rules.
struct Pattern {
    tokens: Vec<Vec<Condition>>,
    rule: u32,
    /// The token of the match that is changed.
    index: usize,
}

/// What a rule sets.
#[derive(Debug, Clone, Copy, Default)]
struct Changes {
    tag: Option<LabelId>,
    pos: Option<LabelId>,
    morph: Option<LabelId>,
    dep: Option<LabelId>,
    lemma: Option<LabelId>,
}

/// The attribute ruler of a pipeline.
pub(crate) struct AttributeRuler {
    patterns: Vec<Pattern>,
    changes: Vec<Changes>,
}

/// What rules say of a token by itself: what patterns of one token do, and which longer patterns may start here.
#[derive(Default)]
struct Verdict {
    matches: Vec<(u32, Changes)>,
    starts: Vec<u32>,
}

/// Verdicts by everything that a rule can see of a token.
#[derive(Default)]
pub(crate) struct RulerCache {
    verdicts: FastMap<(WordId, LabelId, LabelId, LabelId), u32>,
    kept: Vec<Verdict>,
}

impl RulerCache {
    /// Forgets everything, as when the ids of words end.
    pub(crate) fn clear(&mut self) {
        self.verdicts.clear();
        self.kept.clear();
    }
}

impl AttributeRuler {
    pub(crate) fn from_bytes(bytes: &[u8], labels: &mut Labels) -> Result<Self, String> {
        let file = msgpack::read(bytes).map_err(|e| e.to_string())?;
        let mut ruler = Self {
            patterns: Vec::new(),
            changes: Vec::new(),
        };
        for (rule, entry) in file
            .as_array()
            .ok_or("no list of rules")?
            .iter()
            .enumerate()
        {
            let index = entry.get("index").and_then(Value::as_i64).unwrap_or(0);
            let attrs = entry
                .get("attrs")
                .and_then(Value::as_map)
                .ok_or("a rule without attrs")?;
            ruler.changes.push(Changes::new(attrs, labels)?);
            let patterns = entry.get("patterns").and_then(Value::as_array);
            for pattern in patterns.ok_or("a rule without patterns")? {
                ruler
                    .patterns
                    .push(Pattern::new(pattern, rule as u32, index)?);
            }
        }
        Ok(ruler)
    }

    /// Changes the tokens of a document.
    pub(crate) fn run<'w>(
        &self,
        labels: &Labels,
        tokens: &mut [TokenData],
        word: impl Fn(usize) -> (WordId, &'w Word),
        cache: &mut RulerCache,
    ) {
        let before = tokens.to_vec();
        // Matches of longer patterns: rule, start, end and what is changed.
        let mut long = Vec::new();
        for (i, t) in before.iter().enumerate() {
            let (id, w) = word(i);
            let key = (id, t.tag, t.pos, t.dep);
            let verdict = match cache.verdicts.get(&key) {
                Some(&kept) => kept,
                None => {
                    let kept = cache.kept.len() as u32;
                    cache.kept.push(self.judge(labels, t, w));
                    cache.verdicts.insert(key, kept);
                    kept
                }
            };
            let verdict = &cache.kept[verdict as usize];
            for &(_, changes) in &verdict.matches {
                changes.apply(&mut tokens[i]);
            }
            for &p in &verdict.starts {
                let pattern = &self.patterns[p as usize];
                let end = i + pattern.tokens.len();
                if end <= before.len()
                    && (i + 1..end).all(|j| {
                        let conditions = &pattern.tokens[j - i];
                        conditions
                            .iter()
                            .all(|c| c.holds(labels, &before[j], word(j).1))
                    })
                {
                    long.push((pattern.rule, i, end, i + pattern.index));
                }
            }
        }
        if long.is_empty() {
            return;
        }
        long.sort_unstable();
        long.dedup();
        let mut changed: Vec<usize> = long.iter().map(|m| m.3).collect();
        changed.sort_unstable();
        changed.dedup();
        for i in changed {
            let t = &before[i];
            let verdict = cache.verdicts[&(word(i).0, t.tag, t.pos, t.dep)];
            let short = cache.kept[verdict as usize].matches.iter();
            let mut all: Vec<_> = short.map(|&(rule, changes)| (rule, i, changes)).collect();
            for &(rule, start, _, target) in &long {
                if target == i {
                    all.push((rule, start, self.changes[rule as usize]));
                }
            }
            all.sort_by_key(|&(rule, start, _)| (rule, start));
            tokens[i] = before[i];
            for (_, _, changes) in all {
                changes.apply(&mut tokens[i]);
            }
        }
    }

    fn judge(&self, labels: &Labels, token: &TokenData, word: &Word) -> Verdict {
        let mut verdict = Verdict::default();
        for (p, pattern) in self.patterns.iter().enumerate() {
            if !pattern.tokens[0]
                .iter()
                .all(|c| c.holds(labels, token, word))
            {
                continue;
            }
            if pattern.tokens.len() > 1 {
                verdict.starts.push(p as u32);
            } else {
                verdict
                    .matches
                    .push((pattern.rule, self.changes[pattern.rule as usize]));
            }
        }
        verdict
    }
}

impl Pattern {
    fn new(pattern: &Value<'_>, rule: u32, index: i64) -> Result<Self, String> {
        let specs = pattern.as_array().filter(|specs| !specs.is_empty());
        let tokens = specs
            .ok_or("a pattern without tokens")?
            .iter()
            .map(|spec| {
                let spec = spec.as_map().ok_or("a token that is no map")?;
                spec.iter()
                    .map(|(key, value)| Condition::new(key, value))
                    .collect()
            })
            .collect::<Result<Vec<Vec<Condition>>, String>>()?;
        let len = tokens.len() as i64;
        let index = if index < 0 { index + len } else { index };
        if !(0..len).contains(&index) {
            return Err("an index outside its pattern".to_owned());
        }
        Ok(Self {
            tokens,
            rule,
            index: index as usize,
        })
    }
}

impl Condition {
    fn new(key: &Value<'_>, value: &Value<'_>) -> Result<Self, String> {
        let key = key.as_str().ok_or("a condition without name")?;
        let attribute = match key.to_ascii_uppercase().as_str() {
            "ORTH" | "TEXT" => Attribute::Orth,
            "LOWER" => Attribute::Lower,
            "TAG" => Attribute::Tag,
            "POS" => Attribute::Pos,
            "DEP" => Attribute::Dep,
            "IS_SPACE" => Attribute::IsSpace,
            _ => return Err(format!("a rule that looks at {key}")),
        };
        let test = match value {
            Value::Str(s) => Test::OneOf(vec![(*s).into()]),
            Value::Bool(b) => Test::Is(*b),
            Value::Int(n) if attribute == Attribute::IsSpace => Test::Is(*n != 0),
            Value::Map(tests) => match tests.as_slice() {
                [(name, value)] => Test::new(name.as_str().unwrap_or_default(), value)?,
                _ => return Err(format!("several tests of {key}")),
            },
            _ => return Err(format!("a test of {key}")),
        };
        if matches!(test, Test::Is(_)) != (attribute == Attribute::IsSpace) {
            return Err(format!("a test of {key}"));
        }
        Ok(Self { attribute, test })
    }

    fn holds(&self, labels: &Labels, token: &TokenData, word: &Word) -> bool {
        let value = match self.attribute {
            Attribute::Orth => &word.text,
            Attribute::Lower => &word.lower,
            Attribute::Tag => labels.str(token.tag),
            Attribute::Pos => labels.str(token.pos),
            Attribute::Dep => labels.str(token.dep),
            Attribute::IsSpace => "",
        };
        match &self.test {
            Test::OneOf(list) => list.iter().any(|s| **s == *value),
            Test::NoneOf(list) => !list.iter().any(|s| **s == *value),
            Test::Regex(regex) => regex.is_match(value),
            Test::Is(expected) => word.is_space == *expected,
        }
    }
}

impl Test {
    fn new(name: &str, value: &Value<'_>) -> Result<Self, String> {
        let list = || -> Result<Vec<Box<str>>, String> {
            let list = value.as_array().ok_or("a list that is none")?;
            let strings = list.iter().map(|v| v.as_str().map(Into::into));
            Ok(strings
                .collect::<Option<_>>()
                .ok_or("a list of other things than strings")?)
        };
        match name {
            "IN" => Ok(Self::OneOf(list()?)),
            "NOT_IN" => Ok(Self::NoneOf(list()?)),
            "REGEX" => {
                let pattern = value.as_str().ok_or("a regex that is no string")?;
                Regex::new(pattern)
                    .map(Self::Regex)
                    .map_err(|e| e.to_string())
            }
            _ => Err(format!("a test by {name}")),
        }
    }
}

impl Changes {
    fn new(attrs: &[(Value<'_>, Value<'_>)], labels: &mut Labels) -> Result<Self, String> {
        let mut changes = Self::default();
        for (key, value) in attrs {
            let value = value.as_str().ok_or("a value that is no string")?;
            let key = key.as_str().unwrap_or_default();
            match key {
                "TAG" => changes.tag = Some(labels.intern(value)),
                "POS" => changes.pos = Some(labels.intern(value)),
                "MORPH" => changes.morph = Some(labels.intern(features(value))),
                "DEP" => changes.dep = Some(labels.intern(value)),
                "LEMMA" => changes.lemma = Some(labels.intern(value)),
                _ => return Err(format!("a rule that sets {key}")),
            }
        }
        Ok(changes)
    }

    fn apply(&self, token: &mut TokenData) {
        token.tag = self.tag.unwrap_or(token.tag);
        token.pos = self.pos.unwrap_or(token.pos);
        token.morph = self.morph.unwrap_or(token.morph);
        token.dep = self.dep.unwrap_or(token.dep);
        token.lemma = self.lemma.map_or(token.lemma, TextRef::Label);
    }
}

/// Universal features as docs show them: `_` stands for none.
pub(super) fn features(morph: &str) -> &str {
    if morph == "_" { "" } else { morph }
}
