//! The headline of a page, without the publisher's name.

use serde_json::Value;

use super::facts::Facts;
use crate::{names, phrases};

/// What parts a headline from the publisher's name in a `title` element.
const SEPARATORS: &[&str] = &[
    " | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", " // ", " / ", " ‹ ", " « ", " \\ ",
    "|", ": ",
];

/// The headline: the first-level heading that the page's title names, else the stated headline, else the
/// title without the publisher's name.
pub(super) fn headline(facts: &Facts, publisher: Option<&str>) -> Option<String> {
    let site = Site::of(facts, publisher);
    let stated: Vec<String> = stated(facts).iter().map(|s| site.strip(s)).collect();
    let title = facts.title.as_deref().map(tidy);
    let known: Vec<String> = stated.iter().chain(&title).map(|s| fold(s)).collect();
    let is_known = |h: &String| known.iter().any(|k| is_named_by(&fold(h), k)) && !site.is_named(h);
    let headings: Vec<String> = facts
        .headings
        .iter()
        .chain(&facts.named_headlines)
        .map(|h| site.strip(&tidy(h)))
        .filter(|h| h.chars().count() >= 3)
        .collect();
    if let Some(heading) = headings.iter().find(|h| is_known(h)) {
        // The stated headline lacks the kicker that some pages print inside the heading.
        let shorter = stated.iter().find(|s| {
            fold(heading).ends_with(&format!(" {}", fold(s))) && s.split(' ').count() >= 3
        });
        return Some(shorter.unwrap_or(heading).clone());
    }
    let own = stated
        .into_iter()
        .chain(title.map(|t| site.strip(&t)))
        .find(|t| !t.is_empty() && !site.is_named(t));
    // Where the page names only its site, its first headline by class is the best that is left.
    own.or_else(|| facts.named_headlines.first().map(|h| tidy(h)))
        .or_else(|| {
            facts
                .headings
                .iter()
                .map(|h| tidy(h))
                .find(|h| !site.is_named(h))
        })
        .or_else(|| facts.title.as_deref().map(tidy))
        .filter(|t| !t.is_empty())
}

/// Headlines that structured data and `meta` elements state, best first.
fn stated(facts: &Facts) -> Vec<String> {
    let from_objects = facts.articles().filter_map(|o| {
        o.get("headline")
            .or_else(|| o.get("name"))
            .and_then(Value::as_str)
    });
    let from_metas = ["og:title", "twitter:title", "dc.title", "title", "headline"]
        .iter()
        .filter_map(|n| facts.metas_named(n).next());
    let mut all: Vec<String> = Vec::new();
    for s in from_metas.chain(from_objects) {
        let s = tidy(&unescape(s));
        if !s.is_empty() && !all.contains(&s) {
            all.push(s);
        }
    }
    all
}

/// Whether a heading is what a longer title names: its start, its end or most of it.
fn is_named_by(heading: &str, title: &str) -> bool {
    if heading.is_empty() || title.is_empty() {
        return false;
    }
    if title == heading
        || title.starts_with(heading) && heading.len() >= 8
        || title.ends_with(heading) && heading.len() >= 12
    {
        return true;
    }
    // Editors shorten or reword the title for search engines; most words stay.
    let words: Vec<&str> = heading.split(' ').collect();
    let n_shared = words
        .iter()
        .filter(|w| title.split(' ').any(|t| t == **w))
        .count();
    words.len() >= 3 && n_shared * 10 >= words.len() * 6
}

/// The names under which a page's site goes.
struct Site {
    /// Squashed: letters and digits alone.
    names: Vec<String>,
    /// The host's labels that name it.
    labels: Vec<String>,
}

impl Site {
    fn of(facts: &Facts, publisher: Option<&str>) -> Self {
        let stated = [
            publisher,
            facts.meta(&["og:site_name"]),
            facts.meta(&["application-name"]),
        ];
        let names = stated
            .into_iter()
            .flatten()
            .map(squash)
            .filter(|n| n.len() >= 2)
            .collect();
        let host = facts
            .address
            .as_deref()
            .or_else(|| facts.meta(&["og:url"]))
            .and_then(names::host);
        let labels = host
            .iter()
            .flat_map(|h| h.split('.'))
            .map(squash)
            .filter(|l| l.len() >= 3 && l != "www" && l != "com")
            .collect();
        Self { names, labels }
    }

    /// Whether these words are the site's name.
    fn is_named(&self, words: &str) -> bool {
        let part = squash(words);
        !part.is_empty()
            && (self.names.iter().any(|n| {
                *n == part
                    || part.len() >= 4 && n.contains(&part)
                    || n.len() >= 4 && part.contains(n.as_str()) && part.len() <= n.len() * 2
            }) || self.labels.iter().any(|l| {
                l.contains(&part)
                    || l.len() >= 5 && part.contains(l.as_str()) && part.len() <= l.len() * 3
            }))
    }

    /// A title without a leading or trailing name of the site.
    fn strip(&self, title: &str) -> String {
        let mut rest = title.trim();
        for _ in 0..3 {
            let cut = SEPARATORS
                .iter()
                .filter_map(|s| rest.rfind(s).map(|at| (at, s.len())))
                .max();
            let Some((at, len)) = cut else { break };
            let (before, after) = (&rest[..at], &rest[at + len..]);
            // A short last part behind a bar is a site or a section on nearly all pages.
            let is_bar = matches!(
                rest[at..at + len].trim(),
                "|" | "»" | "::" | "·" | "•" | "‹" | "«"
            );
            let is_short =
                after.split_whitespace().count() <= 5 && before.split_whitespace().count() >= 3;
            if before.trim().is_empty() || !(self.is_named(after) || is_bar && is_short) {
                break;
            }
            rest = before.trim_end();
        }
        let lead = SEPARATORS
            .iter()
            .filter_map(|s| rest.find(s).map(|at| (at, s.len())))
            .min();
        match lead {
            Some((at, len))
                if self.is_named(&rest[..at])
                    && rest[at + len..].split_whitespace().count() >= 2 =>
            {
                rest[at + len..].trim_start().to_owned()
            }
            _ => rest.to_owned(),
        }
    }
}

/// Letters and digits alone, in lower case.
fn squash(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The words of a line in lower case, for comparison.
pub(super) fn fold(s: &str) -> String {
    let folded = phrases::fold(s);
    folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn tidy(s: &str) -> String {
    s.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Entities that structured data carries although it is no markup.
pub(super) fn unescape(s: &str) -> String {
    if !s.contains('&') {
        return s.to_owned();
    }
    let pairs = [
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#039;", "'"),
        ("&apos;", "'"),
        ("&#8217;", "’"),
        ("&#8216;", "‘"),
        ("&#8220;", "“"),
        ("&#8221;", "”"),
        ("&#8211;", "–"),
        ("&#8212;", "—"),
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ];
    pairs
        .iter()
        .fold(s.to_owned(), |s, (from, to)| s.replace(from, to))
}
