//! Python's regular expressions, as far as tokenizers use them, without backtracking.
//!
//! A tokenizer's pattern is a list of alternatives, and look-around stands only at their edges. So each alternative becomes a
//! [`Rule`]: a regex of the `regex` crate that eats its context, with the body in a group. Look-around elsewhere, and
//! back references, are refused. The private addresses in spaCy's URL pattern are the one exception: see [`without_private`].

use regex::Regex;

/// One alternative: a body between what must stand before and after it.
pub(super) struct Rule {
    /// Anchored at its start; the body is group 1 if there is context.
    regex: Regex,
    /// Characters before the body that the regex looks at.
    behind: usize,
    has_context: bool,
}

impl Rule {
    /// Length in bytes of the body at byte `at` of `text`, if the rule holds there.
    pub(super) fn len_at(&self, text: &str, at: usize) -> Option<usize> {
        let start = match self.behind {
            0 => at,
            n => text[..at].char_indices().rev().nth(n - 1)?.0,
        };
        let rest = &text[start..];
        if self.has_context {
            self.regex.captures(rest)?.get(1).map(|body| body.len())
        } else {
            self.regex.find(rest).map(|body| body.len())
        }
    }
}

/// The rules of a pattern for prefixes, in the order in which they are tried.
pub(super) fn prefixes(pattern: &str) -> Result<Vec<Rule>, String> {
    let bodies = alternatives(pattern)
        .into_iter()
        .map(|a| {
            a.strip_prefix('^')
                .ok_or_else(|| format!("a prefix without ^: `{a}`"))
        })
        .collect::<Result<Vec<_>, _>>()?;
    rules(&bodies)
}

/// The rules of a pattern for infixes, in the order in which they are tried.
pub(super) fn infixes(pattern: &str) -> Result<Vec<Rule>, String> {
    rules(&alternatives(pattern))
}

/// Neighbors without context are tried in one go.
fn rules(bodies: &[&str]) -> Result<Vec<Rule>, String> {
    let mut rules = Vec::new();
    let mut plain: Vec<String> = Vec::new();
    for body in bodies {
        let parts = Context::of(body)?;
        if parts.is_empty() {
            plain.push(translate(parts.body)?);
            continue;
        }
        if !plain.is_empty() {
            rules.push(plain_rule(&plain)?);
            plain.clear();
        }
        rules.push(parts.rule()?);
    }
    if !plain.is_empty() {
        rules.push(plain_rule(&plain)?);
    }
    Ok(rules)
}

fn plain_rule(bodies: &[String]) -> Result<Rule, String> {
    Ok(Rule {
        regex: compile(&format!(r"\A(?:{})", bodies.join("|")))?,
        behind: 0,
        has_context: false,
    })
}

/// The longest suffix that an alternative of a pattern matches. All of them end where the text ends.
pub(super) struct Suffixes {
    /// Regexes with the number of characters at their start that are context.
    regexes: Vec<(Regex, usize)>,
}

impl Suffixes {
    pub(super) fn new(pattern: &str) -> Result<Self, String> {
        let mut by_behind: Vec<(usize, Vec<String>)> = Vec::new();
        for alternative in alternatives(pattern) {
            let body = alternative
                .strip_suffix('$')
                .filter(|b| !b.ends_with('\\'))
                .ok_or_else(|| format!("a suffix without $: `{alternative}`"))?;
            let context = Context::of(body)?;
            if context.ahead.is_some() || context.not_behind {
                return Err(format!("look-around in a suffix: `{alternative}`"));
            }
            let behind = context.behind.map_or(Ok(0), width)?;
            let before = context.behind.map_or(Ok(String::new()), translate)?;
            let body = format!("(?:{before})(?:{})", translate(context.body)?);
            match by_behind.iter_mut().find(|(n, _)| *n == behind) {
                Some((_, bodies)) => bodies.push(body),
                None => by_behind.push((behind, vec![body])),
            }
        }
        let regexes = by_behind
            .into_iter()
            .map(|(n, bodies)| Ok((compile(&format!(r"(?:{})\z", bodies.join("|")))?, n)))
            .collect::<Result<_, String>>()?;
        Ok(Self { regexes })
    }

    /// Length in bytes of the longest suffix of a text; 0 if there is none.
    pub(super) fn len(&self, text: &str) -> usize {
        let found = self.regexes.iter().filter_map(|(regex, behind)| {
            let found = regex.find(text)?;
            let context = found.as_str().char_indices().nth(*behind);
            Some(context.map_or(0, |(at, _)| found.len() - at))
        });
        found.max().unwrap_or(0)
    }
}

/// A pattern that a whole word must match, as `re.match` with `$` at its end.
pub(super) fn whole(pattern: &str) -> Result<Regex, String> {
    let (flags, pattern) = flags(pattern);
    let body = translate(&without_private(pattern))?;
    let case = if flags.contains('i') { "(?i)" } else { "" };
    compile(&format!(r"{case}\A(?:{body})"))
}

/// A pattern that is searched for, as `re.search`. Look-around and back references are refused.
pub(crate) fn python_regex(pattern: &str) -> Result<Regex, String> {
    let (flags, pattern) = flags(pattern);
    let kept: String = flags.chars().filter(|c| "ims".contains(*c)).collect();
    let flags = if kept.is_empty() {
        kept
    } else {
        format!("(?{kept})")
    };
    compile(&format!("{flags}{}", translate(pattern)?))
}

/// Splits off `(?iu)` at the start.
fn flags(pattern: &str) -> (&str, &str) {
    match pattern
        .strip_prefix("(?")
        .and_then(|rest| rest.split_once(')'))
    {
        Some((flags, rest)) if flags.bytes().all(|b| b.is_ascii_lowercase()) => (flags, rest),
        _ => ("", pattern),
    }
}

/// The first three numbers of an IPv4 address that is not private, as spaCy's pattern has them.
pub(crate) const PUBLIC_ADDRESS: &str = concat!(
    r"(?:",
    r"(?:[1-9]|1[1-9]|[2-9]\d|1[0-1]\d|12[0-689]|1[3-5]\d|16[0-8]|17[013-9]|18\d|19[013-9]|2[01]\d|22[0-3])",
    r"\.(?:1?\d{1,2}|2[0-4]\d|25[0-5])",
    r"|169\.(?:1?\d{1,2}|2[0-4]\d|25[0-35])",
    r"|192\.(?:\d{1,2}|1[0-57-9]\d|16[0-79]|2[0-4]\d|25[0-5])",
    r"|172\.(?:0?\d|1[0-5]|3[2-9]|[4-9]\d|1\d\d|2[0-4]\d|25[0-5])",
    r")\.(?:1?\d{1,2}|2[0-4]\d|25[0-5])",
);

/// spaCy's pattern for URLs excludes private addresses by look-ahead. The same language, written without: the first two
/// numbers of an address are private or they are not.
fn without_private(pattern: &str) -> String {
    const WITH: &str = r"(?!(?:10|127)(?:\.\d{1,3}){3})(?!(?:169\.254|192\.168)(?:\.\d{1,3}){2})(?!172\.(?:1[6-9]|2\d|3[0-1])(?:\.\d{1,3}){2})(?:[1-9]\d?|1\d\d|2[01]\d|22[0-3])(?:\.(?:1?\d{1,2}|2[0-4]\d|25[0-5])){2}";
    pattern.replace(WITH, PUBLIC_ADDRESS)
}

/// An alternative in its parts.
struct Context<'p> {
    behind: Option<&'p str>,
    not_behind: bool,
    body: &'p str,
    ahead: Option<&'p str>,
    not_ahead: bool,
}

impl<'p> Context<'p> {
    fn of(alternative: &'p str) -> Result<Self, String> {
        let mut parts = Self {
            behind: None,
            not_behind: false,
            body: alternative,
            ahead: None,
            not_ahead: false,
        };
        if let Some(rest) = alternative.strip_prefix("(?<") {
            let end = end_of_group(alternative).ok_or("an open group")?;
            parts.not_behind = rest.starts_with('!');
            parts.behind = Some(&alternative[4..end - 1]);
            parts.body = &alternative[end..];
        }
        if let Some(at) = last_group(parts.body) {
            let group = &parts.body[at..];
            if group.starts_with("(?=") || group.starts_with("(?!") {
                parts.not_ahead = group.starts_with("(?!");
                parts.ahead = Some(&group[3..group.len() - 1]);
                parts.body = &parts.body[..at];
            }
        }
        if ["(?=", "(?!", "(?<"]
            .iter()
            .any(|look| parts.body.contains(look))
        {
            return Err(format!("look-around inside `{alternative}`"));
        }
        Ok(parts)
    }

    fn is_empty(&self) -> bool {
        self.behind.is_none() && self.ahead.is_none()
    }

    fn rule(&self) -> Result<Rule, String> {
        if self.not_behind {
            return Err("a negative look-behind".to_owned());
        }
        let behind = self.behind.map_or(Ok(0), width)?;
        let before = self.behind.map_or(Ok(String::new()), translate)?;
        let after = match (self.ahead, self.not_ahead) {
            (None, _) => String::new(),
            (Some(ahead), false) => translate(ahead)?,
            (Some(ahead), true) if width(ahead)? == 1 && ahead.starts_with('[') => {
                format!(r"(?:[^{}]|\z)", translate(ahead)?)
            }
            (Some(ahead), true) => return Err(format!("a look-ahead for no `{ahead}`")),
        };
        let body = translate(self.body)?;
        Ok(Rule {
            regex: compile(&format!(r"\A(?:{before})({body})(?:{after})"))?,
            behind,
            has_context: true,
        })
    }
}

/// Number of characters that a look-behind covers, which Python demands to be the same for all of its matches.
fn width(pattern: &str) -> Result<usize, String> {
    let mut chars = 0;
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        let len = match c {
            '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            '[' => end_of_class(rest).ok_or("an open class")?,
            '(' | ')' | '|' | '*' | '+' | '?' | '{' => {
                return Err(format!("a context other than characters: `{pattern}`"));
            }
            c => c.len_utf8(),
        };
        chars += 1;
        rest = &rest[len..];
    }
    Ok(chars)
}

/// Splits at the bars outside groups and classes.
fn alternatives(pattern: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut depth = 0_u32;
    for (at, c) in syntax_chars(pattern) {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '|' if depth == 0 => {
                parts.push(&pattern[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&pattern[start..]);
    parts
}

/// The characters outside escapes and classes, with their places.
fn syntax_chars(pattern: &str) -> impl Iterator<Item = (usize, char)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(c) = pattern[at..].chars().next() {
            let here = at;
            match c {
                '\\' => {
                    at += 1;
                    at += pattern[at..].chars().next().map_or(0, char::len_utf8);
                }
                '[' => at += end_of_class(&pattern[at..]).unwrap_or(pattern.len() - at),
                c => {
                    at += c.len_utf8();
                    return Some((here, c));
                }
            }
        }
        None
    })
}

/// The byte after the class that starts the pattern.
fn end_of_class(pattern: &str) -> Option<usize> {
    let mut escaped = false;
    let mut first = true;
    for (at, c) in pattern.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '^' if at == 1 => continue,
            ']' if !first => return Some(at + 1),
            _ => {}
        }
        first = false;
    }
    None
}

/// The byte after the group that starts the pattern.
fn end_of_group(pattern: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in syntax_chars(pattern) {
        match c {
            '(' => depth += 1,
            ')' if depth == 1 => return Some(at + 1),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Where the group starts that ends the pattern.
fn last_group(pattern: &str) -> Option<usize> {
    let mut open = Vec::new();
    for (at, c) in syntax_chars(pattern) {
        match c {
            '(' => open.push(at),
            ')' => {
                let start = open.pop()?;
                if at + 1 == pattern.len() {
                    return Some(start);
                }
            }
            _ => {}
        }
    }
    None
}

/// Rewrites Python's syntax in Rust's.
fn translate(pattern: &str) -> Result<String, String> {
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut chars = pattern.chars().peekable();
    let mut in_class = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                let escaped = chars.next().ok_or("a pattern that ends in a backslash")?;
                escape(escaped, in_class, &mut out)?;
            }
            '[' if !in_class => {
                in_class = true;
                out.push('[');
                if chars.next_if_eq(&'^').is_some() {
                    out.push('^');
                }
                if chars.next_if_eq(&']').is_some() {
                    out.push_str(r"\]");
                }
            }
            ']' if in_class => {
                in_class = false;
                out.push(']');
            }
            // Rust has sets of classes with these signs, Python has not.
            '[' | '&' | '~' if in_class => {
                out.push('\\');
                out.push(c);
            }
            // A line break at the very end is no end for Rust; no word ends in one but those of blanks.
            '$' if !in_class => out.push_str(r"\z"),
            '^' if !in_class => out.push_str(r"\A"),
            c => out.push(c),
        }
    }
    Ok(out)
}

fn escape(c: char, in_class: bool, out: &mut String) -> Result<(), String> {
    match c {
        // Python's `\w` is what `str.isalnum` accepts, and `\s` has four separators more than Unicode's white space.
        'w' if in_class => out.push_str(r"\p{L}\p{N}_"),
        'w' => out.push_str(r"[\p{L}\p{N}_]"),
        's' if in_class => out.push_str(r"\s\x1c-\x1f"),
        's' => out.push_str(r"[\s\x1c-\x1f]"),
        'S' => out.push_str(r"[^\s\x1c-\x1f]"),
        'Z' => out.push_str(r"\z"),
        'd' | 'D' | 'b' | 'B' | 'W' | 'n' | 't' | 'r' | 'f' | 'v' | 'x' | 'u' | 'U' | 'A' => {
            out.push('\\');
            out.push(c);
        }
        c if c.is_alphanumeric() => return Err(format!(r"an unknown escape: `\{c}`")),
        c if c.is_ascii() => out.push_str(&regex_escape(c)),
        c => out.push(c),
    }
    Ok(())
}

fn regex_escape(c: char) -> String {
    let mut buffer = [0; 4];
    regex::escape(c.encode_utf8(&mut buffer))
}

fn compile(pattern: &str) -> Result<Regex, String> {
    regex::RegexBuilder::new(pattern)
        .size_limit(64 << 20)
        .build()
        .map_err(|e| format!("a pattern that does not compile: {e}"))
}
