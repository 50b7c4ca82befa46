//! Names of newspapers and agencies: by their words, and out of the address of a page.

/// Words that newspapers and agencies are named with, which domains run together.
const OUTLET_WORDS: &[&str] = &[
    "international",
    "independent",
    "telegraph",
    "chronicle",
    "observer",
    "standard",
    "guardian",
    "tribune",
    "gazette",
    "journal",
    "monitor",
    "insider",
    "express",
    "courier",
    "reporter",
    "mirror",
    "herald",
    "report",
    "review",
    "online",
    "today",
    "times",
    "daily",
    "globe",
    "media",
    "press",
    "world",
    "radio",
    "sunday",
    "street",
    "weekly",
    "wire",
    "news",
    "post",
    "mail",
    "star",
    "week",
    "life",
    "city",
    "live",
    "sun",
    "dispatch",
    "ledger",
    "register",
    "examiner",
    "inquirer",
    "bulletin",
    "sentinel",
    "broadcasting",
    "zeitung",
    "allgemeine",
    "blatt",
    "inform",
    "street",
];

/// The outlet's name from the host of its address: `www.themoscowtimes.com` → `The Moscow Times`.
///
/// The label before the public suffix is divided at words that outlets are named with; what remains is
/// one word. An unspoken label of up to four letters is an acronym.
pub(crate) fn outlet_from_address(address: &str) -> Option<String> {
    let host = host(address)?;
    let labels: Vec<&str> = host
        .split('.')
        .filter(|l| *l != "www" && *l != "m" && *l != "amp")
        .collect();
    if labels.len() < 2 {
        return None;
    }
    // `co.uk`, `com.au`, `gov.ua`: a second level of two or three letters before a country.
    let short = |l: &str| {
        matches!(
            l,
            "co" | "com" | "org" | "gov" | "net" | "edu" | "ac" | "go" | "or" | "ne"
        )
    };
    let last = labels.len() - 1;
    let at = if last >= 2 && labels[last].len() == 2 && short(labels[last - 1]) {
        last - 2
    } else {
        last - 1
    };
    let words: Vec<String> = labels[at].split('-').flat_map(divide).collect();
    let named: Vec<String> = words.iter().map(|w| capitalize(w)).collect();
    (!named.is_empty()).then(|| named.join(" "))
}

/// The host of an address, in lower case.
pub(crate) fn host(address: &str) -> Option<String> {
    let rest = address.split_once("://").map_or(address, |(_, r)| r);
    let host = rest.split(['/', '?', '#', ':']).next()?.to_lowercase();
    (host.contains('.') && !host.contains(char::is_whitespace)).then_some(host)
}

fn divide(label: &str) -> Vec<String> {
    if label.is_empty() {
        return Vec::new();
    }
    if let Some(rest) = label.strip_prefix("the").filter(|r| r.len() >= 3) {
        let mut words = vec!["the".to_owned()];
        words.extend(divide(rest));
        return words;
    }
    let ending = OUTLET_WORDS
        .iter()
        .filter(|w| label.len() > w.len() && label.ends_with(**w))
        .max_by_key(|w| w.len());
    if let Some(end) = ending {
        let mut words = divide(&label[..label.len() - end.len()]);
        words.push((*end).to_owned());
        return words;
    }
    vec![label.to_owned()]
}

fn capitalize(word: &str) -> String {
    let is_acronym = word.len() <= 3 && word != "the" && !OUTLET_WORDS.contains(&word)
        || word.len() == 4 && !word.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    if is_acronym {
        return word.to_uppercase();
    }
    let mut chars = word.chars();
    chars
        .next()
        .map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// Words that outlets are named with and other lines of a page's head as well.
const WEAK_OUTLET_WORDS: &[&str] = &[
    "world",
    "city",
    "street",
    "live",
    "life",
    "week",
    "today",
    "sunday",
    "report",
    "online",
    "international",
    "media",
    "independent",
    "star",
    "sun",
    "local",
    "latest",
    "breaking",
    "top",
    "more",
    "business",
    "sports",
    "all",
];

/// Whether a line of a page's head is the name of an outlet: two to five capitalized words that begin or end with a
/// word that only outlets are named with.
pub(crate) fn is_masthead(line: &str) -> bool {
    let words: Vec<&str> = line
        .split([' ', '-', '\u{A0}'])
        .filter(|w| !w.is_empty())
        .collect();
    let own = |w: &&str| has_outlet_word(w) && !is_weak(w);
    let is_capital =
        |w: &&str| w.starts_with(char::is_uppercase) || ["of", "the", "and", "de"].contains(w);
    (2..=5).contains(&words.len())
        && words.iter().all(|w| {
            w.chars()
                .all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '&'))
        })
        && words.iter().all(is_capital)
        && (words.last().is_some_and(own) || words.first().is_some_and(|w| is_leading(w)))
        && !words.first().is_some_and(|w| is_weak(w))
}

/// Words that the names of outlets begin with: "Radio Lisse", "Daily Orn".
fn is_leading(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "radio" | "daily" | "television" | "tv"
    )
}

/// Who holds the copyright by a line of the page's foot: `© 2024 The Lisse Times. All rights reserved.`
pub(crate) fn copyright_holder(line: &str) -> Option<&str> {
    let after = ["©", "Copyright", "(c)"]
        .iter()
        .find_map(|sign| line.split_once(sign).map(|(_, rest)| rest))?;
    let name = after
        .trim_start_matches(|c: char| !c.is_alphabetic())
        .split(['.', ',', '|', '·', '/', ':', ';', '('])
        .next()?
        .trim_end_matches(|c: char| !c.is_alphabetic());
    let n_words = name.split_whitespace().count();
    let is_name = name.split_whitespace().all(|w| {
        w.starts_with(char::is_uppercase) || matches!(w, "of" | "the" | "and" | "for" | "in" | "to")
    });
    let is_publisher = has_outlet_word(name) || super::is_office(name);
    ((1..=10).contains(&n_words) && is_name && is_publisher).then_some(name)
}

/// Whether the first line of a page is its masthead, with no other sign than its capitals: "The Plains Farmer".
pub(crate) fn is_bare_masthead(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_name = words.iter().all(|w| {
        w.starts_with(char::is_uppercase) && w.chars().all(|c| c.is_alphabetic() || c == '-')
    });
    let is_known = words.iter().any(|w| has_outlet_word(w) && !is_weak(w));
    (2..=5).contains(&words.len()) && is_name && (words[0] == "The" || is_known)
}

/// Whether the first line of a page is the name of its outlet though nothing tells it from a headline but its words:
/// "Orn Press", "The Lisse Online", "RTL World", "Ferries.example".
pub(crate) fn is_own_line(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_address = || {
        let (name, end) = line.rsplit_once('.').unwrap_or_default();
        let is_label =
            |w: &str| !w.is_empty() && w.chars().all(|c| c.is_alphanumeric() || c == '-');
        words.len() == 1
            && (2..=7).contains(&end.len())
            && end.chars().all(|c| c.is_ascii_lowercase())
            && name.split('.').all(is_label)
    };
    let is_acronym =
        |w: &str| (2..=5).contains(&w.len()) && w.chars().all(|c| c.is_ascii_uppercase());
    let by_acronym = || words.len() == 2 && is_acronym(words[0]) && has_outlet_word(words[1]);
    let with_article = || words[0] == "The" && is_bare_masthead(line) && has_outlet_word(line);
    is_masthead(line) || is_address() || by_acronym() || !words.is_empty() && with_article()
}

fn is_weak(word: &str) -> bool {
    WEAK_OUTLET_WORDS.contains(&word.to_lowercase().as_str())
}

/// Whether a capitalized name ends or begins with a word that outlets are named with.
pub(crate) fn has_outlet_word(name: &str) -> bool {
    name.split_whitespace()
        .any(|w| OUTLET_WORDS.contains(&w.to_lowercase().as_str()) && w != "week" && w != "life")
}
