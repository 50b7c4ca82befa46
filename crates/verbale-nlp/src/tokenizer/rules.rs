//! The rules of a tokenizer, and how they cut a chunk of text that has no blanks in it.

use regex::Regex;

use super::pattern::{self, Rule, Suffixes};
use crate::LoadError;
use crate::package::Package;
use crate::package::msgpack::{self, Value};
use crate::vocab::FastMap;

/// The keys that spaCy gives a word's form and norm in the exceptions.
const ORTH: i64 = 65;
const NORM: i64 = 67;

/// A word of a special case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) orth: Box<str>,
    pub(super) norm: Option<Box<str>>,
}

/// A piece of a chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut<'t> {
    /// A word as it stands.
    Word(&'t str),
    /// A special case, whose pieces spell the text.
    Special(&'t str),
}

/// The rules of a package's tokenizer.
pub(crate) struct Tokenizer {
    prefixes: Vec<Rule>,
    suffixes: Option<Suffixes>,
    infixes: Vec<Rule>,
    token_match: Option<Regex>,
    url_match: Option<Regex>,
    specials: FastMap<Box<str>, Vec<Piece>>,
    /// Special cases that affixes may have cut, as sequences of words, by their first word.
    phrases: FastMap<Box<str>, Vec<Vec<Box<str>>>>,
}

impl Tokenizer {
    pub(crate) fn load(package: &Package) -> Result<Self, LoadError> {
        const FILE: &str = "tokenizer";
        Self::from_bytes(&package.read(FILE)?).map_err(|what| LoadError::damaged(FILE, what))
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        let file = msgpack::read(bytes).map_err(|e| e.to_string())?;
        let pattern = |key| {
            file.get(key)
                .and_then(Value::as_str)
                .filter(|p| !p.is_empty())
        };
        let mut tokenizer = Self {
            prefixes: pattern("prefix_search").map_or(Ok(Vec::new()), pattern::prefixes)?,
            suffixes: pattern("suffix_search").map(Suffixes::new).transpose()?,
            infixes: pattern("infix_finditer").map_or(Ok(Vec::new()), pattern::infixes)?,
            token_match: pattern("token_match").map(pattern::whole).transpose()?,
            url_match: pattern("url_match").map(pattern::whole).transpose()?,
            specials: specials(file.get("exceptions"))?,
            phrases: FastMap::default(),
        };
        tokenizer.phrases = tokenizer.affected_specials();
        Ok(tokenizer)
    }

    /// The pieces of a special case.
    pub(super) fn special(&self, text: &str) -> Option<&[Piece]> {
        self.specials.get(text).map(Vec::as_slice)
    }

    /// The sequences of words after which special cases are looked for again, that start with a word.
    pub(super) fn phrases(&self, first: &str) -> &[Vec<Box<str>>] {
        self.phrases.get(first).map_or(&[], Vec::as_slice)
    }

    /// Cuts a chunk: affixes off both ends, then infixes.
    pub(super) fn cut<'t>(&self, chunk: &'t str, with_specials: bool, out: &mut Vec<Cut<'t>>) {
        let is_special = |s: &str| with_specials && self.specials.contains_key(s);
        if is_special(chunk) {
            out.push(Cut::Special(chunk));
            return;
        }
        let mut suffixes = Vec::new();
        let core = self.strip(chunk, &is_special, out, &mut suffixes);
        if is_special(core) {
            out.push(Cut::Special(core));
        } else if !core.is_empty() {
            self.cut_core(core, out);
        }
        out.extend(suffixes.into_iter().rev().map(Cut::Word));
    }

    /// Takes affixes off until none is left or the rest is to be kept; gives the rest.
    fn strip<'t>(
        &self,
        mut s: &'t str,
        is_special: &impl Fn(&str) -> bool,
        prefixes: &mut Vec<Cut<'t>>,
        suffixes: &mut Vec<&'t str>,
    ) -> &'t str {
        while !s.is_empty() {
            if self.is_token(s) || is_special(s) {
                break;
            }
            let prefix = self.prefix_len(s);
            if prefix > 0 && prefix < s.len() && is_special(&s[prefix..]) {
                prefixes.push(Cut::Word(&s[..prefix]));
                return &s[prefix..];
            }
            // The suffix is looked for behind the prefix, so that look-behind cannot see it.
            let suffix = self
                .suffixes
                .as_ref()
                .map_or(0, |rule| rule.len(&s[prefix..]));
            let end = s.len() - suffix;
            if suffix > 0 && end > 0 && is_special(&s[..end]) {
                suffixes.push(&s[end..]);
                return &s[..end];
            }
            if prefix == 0 && suffix == 0 {
                break;
            }
            if prefix > 0 {
                prefixes.push(Cut::Word(&s[..prefix]));
            }
            if suffix > 0 {
                suffixes.push(&s[end..]);
            }
            s = &s[prefix..end];
        }
        s
    }

    fn cut_core<'t>(&self, core: &'t str, out: &mut Vec<Cut<'t>>) {
        if self.is_token(core)
            || self
                .url_match
                .as_ref()
                .is_some_and(|url| url.is_match(core))
        {
            out.push(Cut::Word(core));
            return;
        }
        let mut done = 0;
        self.each_infix(core, |start, end| {
            if start == 0 {
                return;
            }
            if start > done {
                out.push(Cut::Word(&core[done..start]));
            }
            if end > start {
                out.push(Cut::Word(&core[start..end]));
            }
            done = end;
        });
        if done < core.len() {
            out.push(Cut::Word(&core[done..]));
        }
    }

    fn is_token(&self, s: &str) -> bool {
        self.token_match.as_ref().is_some_and(|m| m.is_match(s))
    }

    fn prefix_len(&self, s: &str) -> usize {
        self.prefixes
            .iter()
            .find_map(|rule| rule.len_at(s, 0))
            .unwrap_or(0)
    }

    /// Calls `found` for each infix, left to right without overlap, as `re.finditer` has it: after an empty match, the next
    /// one at the same place must not be empty.
    fn each_infix(&self, s: &str, mut found: impl FnMut(usize, usize)) {
        let mut at = 0;
        let mut may_be_empty = true;
        while at <= s.len() {
            let len = self
                .infixes
                .iter()
                .filter_map(|rule| rule.len_at(s, at))
                .find(|&len| may_be_empty || len > 0);
            if let Some(len) = len {
                found(at, at + len);
                at += len;
                may_be_empty = len > 0;
                if len > 0 {
                    continue;
                }
            } else {
                at += s[at..].chars().next().map_or(1, char::len_utf8);
                may_be_empty = true;
            }
        }
    }

    /// The special cases that an affix rule or a blank would cut, each as the words that come out when it does.
    fn affected_specials(&self) -> FastMap<Box<str>, Vec<Vec<Box<str>>>> {
        let mut phrases = FastMap::<Box<str>, Vec<Vec<Box<str>>>>::default();
        let mut affected: Vec<&str> = self
            .specials
            .keys()
            .map(AsRef::as_ref)
            .filter(|s| self.is_affected(s))
            .collect();
        affected.sort_unstable();
        for special in affected {
            let mut cuts = Vec::new();
            super::words::for_each_chunk(special, |chunk, _| self.cut(chunk, false, &mut cuts));
            let words: Vec<Box<str>> = cuts
                .into_iter()
                .map(|cut| match cut {
                    Cut::Word(word) | Cut::Special(word) => word.into(),
                })
                .collect();
            if let Some(first) = words.first() {
                phrases.entry(first.clone()).or_default().push(words);
            }
        }
        phrases
    }

    fn is_affected(&self, special: &str) -> bool {
        let mut has_infix = false;
        self.each_infix(special, |_, _| has_infix = true);
        has_infix
            || special.contains(' ')
            || self.prefix_len(special) > 0
            || self
                .suffixes
                .as_ref()
                .is_some_and(|rule| rule.len(special) > 0)
    }
}

fn specials(exceptions: Option<&Value<'_>>) -> Result<FastMap<Box<str>, Vec<Piece>>, String> {
    let mut specials = FastMap::default();
    for (text, pieces) in exceptions.and_then(Value::as_map).unwrap_or_default() {
        let text = text.as_str().ok_or("an exception that is no string")?;
        let pieces = pieces.as_array().ok_or("an exception without words")?;
        let pieces = pieces
            .iter()
            .map(|p| piece(p).ok_or("an exception without form"))
            .collect::<Result<Vec<_>, _>>()?;
        if pieces.iter().map(|p| p.orth.as_ref()).collect::<String>() != text {
            return Err(format!("an exception that does not spell `{text}`"));
        }
        specials.insert(text.into(), pieces);
    }
    Ok(specials)
}

fn piece(attributes: &Value<'_>) -> Option<Piece> {
    let find = |key: i64| {
        let entries = attributes.as_map()?;
        let (_, value) = entries.iter().find(|(k, _)| k.as_i64() == Some(key))?;
        value.as_str()
    };
    Some(Piece {
        orth: find(ORTH).filter(|orth| !orth.is_empty())?.into(),
        norm: find(NORM).map(Into::into),
    })
}
