//! The authors, the publisher and the wire service of a page.

use serde_json::Value;

use super::facts::Facts;
use super::structured::types;
use crate::names;

/// Who is named as writing a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Byline {
    /// People, in the page's order.
    pub(super) authors: Vec<String>,
    /// The wire service among those named.
    pub(super) agency: Option<String>,
}

/// Reads the names from structured data, else from `meta`, else from marked elements, else from the lines that
/// are `printed` around the main text.
pub(super) fn byline(facts: &Facts, printed: &[&str], publisher: Option<&str>) -> Byline {
    type Source = fn(&Facts, &[&str]) -> Vec<String>;
    let sources: [Source; 7] = [
        |facts, _| from_objects(facts),
        |facts, _| from_metas(facts),
        |facts, _| from_explicit(facts, false),
        |facts, _| from_classes(facts),
        |_, printed| from_lines(printed),
        |facts, _| from_only_person(facts),
        |facts, _| from_explicit(facts, true),
    ];
    let mut byline = Byline::default();
    for source in sources {
        for name in source(facts, printed) {
            let name = clean(&name);
            if let Some(agency) = names::as_agency(&name) {
                byline.agency.get_or_insert_with(|| agency.to_owned());
            } else if is_author(&name, publisher) && !byline.authors.contains(&name) {
                byline.authors.push(name);
            }
        }
        if !byline.authors.is_empty() {
            break;
        }
    }
    byline
}

/// The outlet whose page it is: structured data, `og:site_name`, the address.
pub(super) fn publisher(facts: &Facts, address: Option<&str>) -> Option<String> {
    let name = |v: &Value| match v {
        Value::String(s) => Some(s.clone()),
        v => v.get("name").and_then(Value::as_str).map(str::to_owned),
    };
    let from_objects = facts
        .articles()
        .find_map(|o| name(first(o.get("publisher")?)));
    let from_sites = || {
        facts
            .objects
            .iter()
            .filter(|o| {
                types(o).any(|t| {
                    t == "NewsMediaOrganization" || t == "GovernmentOrganization" || t == "WebSite"
                })
            })
            .find_map(name)
    };
    let own = facts
        .address
        .as_deref()
        .or_else(|| facts.meta(&["og:url"]))
        .or(address);
    from_objects
        .or_else(|| {
            facts
                .meta(&[
                    "og:site_name",
                    "dc.publisher",
                    "publisher",
                    "application-name",
                ])
                .map(str::to_owned)
        })
        .or_else(from_sites)
        .map(|n| super::title::unescape(n.trim()))
        .filter(|n| !n.is_empty() && n.len() < 120 && !n.starts_with("http") && !n.starts_with('@'))
        .map(|n| {
            if n.contains('.') && !n.contains(' ') {
                names::outlet_from_address(&n).unwrap_or(n)
            } else {
                n
            }
        })
        .or_else(|| from_title(facts))
        .or_else(|| own.and_then(names::outlet_from_address))
}

/// The office or the outlet that ends the `title` element: `New rates - Ministry of Ferries`, and whatever stands there
/// behind the page's own heading.
fn from_title(facts: &Facts) -> Option<String> {
    let title = facts.title.as_deref()?;
    let (before, last) = [" | ", " - ", " – ", " — "]
        .iter()
        .filter_map(|bar| title.rsplit_once(bar))
        .map(|(before, last)| (before.trim(), last.trim()))
        .min_by_key(|(_, last)| last.len())?;
    let is_headed = || {
        let heading = super::title::fold(before);
        let short = (1..=MAX_SITE_WORDS).contains(&last.split_whitespace().count());
        let named = last.starts_with(char::is_uppercase) && names::as_agency(last).is_none();
        short
            && named
            && facts
                .headings
                .iter()
                .any(|h| super::title::fold(h) == heading)
    };
    (names::is_office(last) || names::is_masthead(last) || is_headed()).then(|| last.to_owned())
}

/// Most words of a site's name behind the heading.
const MAX_SITE_WORDS: usize = 6;

fn first(v: &Value) -> &Value {
    v.as_array().and_then(|a| a.first()).unwrap_or(v)
}

fn from_objects(facts: &Facts) -> Vec<String> {
    let mut out = Vec::new();
    for author in facts.articles().filter_map(|o| o.get("author")) {
        let many = author
            .as_array()
            .map_or_else(|| std::slice::from_ref(author), Vec::as_slice);
        for a in many {
            match a {
                Value::String(s) => out.extend(split(s)),
                // An outlet that signs with its own name is no author; a wire service that does so wrote the page.
                v if types(v).any(|t| t == "Organization") => {
                    let name = v.get("name").map(first).and_then(Value::as_str);
                    out.extend(
                        name.filter(|n| names::as_agency(n).is_some())
                            .map(str::to_owned),
                    );
                }
                v => {
                    let named = v.get("name").or_else(|| referred(facts, v)?.get("name"));
                    let name = named.map(first).and_then(Value::as_str);
                    out.extend(name.into_iter().flat_map(split));
                }
            }
        }
        if !out.is_empty() {
            break;
        }
    }
    out
}

/// The object that `{"@id": …}` stands for.
fn referred<'a>(facts: &'a Facts, reference: &Value) -> Option<&'a Value> {
    let id = reference.get("@id")?.as_str()?;
    let is_it =
        |o: &&Value| o.get("@id").and_then(Value::as_str) == Some(id) && o.get("name").is_some();
    facts.objects.iter().find(is_it)
}

/// The person of a page that describes one person and no article: publishing systems describe the author so.
fn from_only_person(facts: &Facts) -> Vec<String> {
    let mut people: Vec<&str> = facts
        .objects
        .iter()
        .filter(|o| types(o).any(|t| t == "Person") && !types(o).any(|t| t == "Organization"))
        .filter_map(|o| o.get("name").map(first)?.as_str())
        .collect();
    people.dedup();
    match people[..] {
        [one] => split(one),
        _ => Vec::new(),
    }
}

/// What stands before a name in `twitter:label1`; the name is in `twitter:data1`.
const WRITTEN_BY: &[&str] = &[
    "written by",
    "verfasst von",
    "geschrieben von",
    "écrit par",
    "escrito por",
    "scritto da",
    "geschreven door",
    "написано автором",
];

fn from_metas(facts: &Facts) -> Vec<String> {
    [
        "author",
        "article:author",
        "dc.creator",
        "dcterms.creator",
        "parsely-author",
        "sailthru.author",
        "byl",
        "citation_author",
        "og:article:author",
        "article.author",
    ]
    .iter()
    .map(|n| facts.metas_named(n).flat_map(split).collect::<Vec<_>>())
    .find(|v| v.iter().any(|n| is_author(&clean(n), None)))
    .or_else(|| {
        let label = facts.meta(&["twitter:label1"])?.to_lowercase();
        let name = facts.meta(&["twitter:data1"])?;
        WRITTEN_BY.contains(&label.as_str()).then(|| split(name))
    })
    .unwrap_or_default()
}

/// Names in elements that can be nothing else. Of those that stand aside, in boxes about the author, only one
/// name in all is believed.
fn from_explicit(facts: &Facts, aside: bool) -> Vec<String> {
    let mut names: Vec<String> = facts
        .authors
        .iter()
        .filter(|a| a.is_explicit && a.aside == aside)
        .take(6)
        .flat_map(|a| split(&a.text))
        .collect();
    names.dedup();
    if aside && names.len() != 1 {
        names.clear();
    }
    names
}

/// Names in the first printed line that is a byline.
fn from_lines(printed: &[&str]) -> Vec<String> {
    printed
        .iter()
        .find_map(|line| names::byline(line))
        .unwrap_or_default()
}

fn from_classes(facts: &Facts) -> Vec<String> {
    facts
        .authors
        .iter()
        .filter(|a| !a.is_explicit && !a.aside)
        .map(|a| names::byline(&a.text).unwrap_or_else(|| names::split_names(&a.text)))
        .find(|v| !v.is_empty())
        .unwrap_or_default()
}

fn split(list: &str) -> Vec<String> {
    let list = super::title::unescape(list);
    let parts: Vec<String> = list
        .split([';', '|', '\n', '•', '·'])
        .flat_map(|p| p.split(" and "))
        .flat_map(|p| p.split(" und "))
        .flat_map(|p| p.split(" & "))
        .flat_map(|p| p.split(", "))
        .map(|p| p.trim().to_owned())
        .filter(|p| !p.is_empty())
        .collect();
    parts
}

/// A name without "By", addresses and brackets.
fn clean(name: &str) -> String {
    let mut name = name.trim();
    for lead in [
        "By ",
        "by ",
        "BY ",
        "Von ",
        "von ",
        "VON ",
        "Par ",
        "Por ",
        "By: ",
        "Author: ",
        "Autor: ",
        "Written by ",
        "Автор: ",
    ] {
        name = name.strip_prefix(lead).unwrap_or(name);
    }
    let name = name.split(['(', '<', '@', '/']).next().unwrap_or(name);
    let words: Vec<&str> = name
        .split_whitespace()
        .filter(|w| !w.contains("http"))
        .collect();
    words
        .join(" ")
        .trim_matches([',', '-', '–', ':', '|', ' '])
        .to_owned()
}

/// Words of links that stand where a name is expected: "Author Archives", "Alle Beiträge".
const NOT_IN_NAMES: &[&str] = &[
    "archive",
    "archives",
    "archiv",
    "beiträge",
    "posts",
    "articles",
    "artikel",
    "inhalte",
    "profile",
    "profil",
];

/// Whether a cleaned string can be a person's name rather than a site, an address or a role.
fn is_author(name: &str, publisher: Option<&str>) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let lower = name.to_lowercase();
    (1..=5).contains(&words.len())
        && (2..=60).contains(&name.len())
        && !name.contains("://")
        && !name.contains(".com")
        // People who write under a nickname put digits at its end.
        && !name.trim_end_matches(|c: char| c.is_ascii_digit()).contains(|c: char| c.is_ascii_digit())
        && (words.len() == 1 || !name.ends_with(|c: char| c.is_ascii_digit()))
        && ![
            "admin",
            "redaktion",
            "editor",
            "editorial",
            "staff",
            "online",
            "team",
            "redaction",
            "редакция",
            "newsroom",
            "webmaster",
            "author",
            "unknown",
            "null",
        ]
        .iter()
        .any(|w| lower == *w)
        && !words.iter().any(|w| NOT_IN_NAMES.contains(&w.to_lowercase().as_str()))
        && !publisher.is_some_and(|p| p.eq_ignore_ascii_case(name))
}
