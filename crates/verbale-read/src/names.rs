//! Names of people, wire services, publishers and offices as they stand in the head and foot of a page.
//!
//! Shape and a few closed lists decide; who a name refers to is for `verbale-extract` and the packs.

mod makers;
mod offices;
mod outlets;

use std::sync::LazyLock;

pub(crate) use makers::{first_column, initials_of, presented_in};
pub(crate) use offices::{
    is_body, is_institution, is_ministry, is_office, is_press_office, state_in, unshouted,
};
pub(crate) use outlets::{
    copyright_holder, has_outlet_word, host, is_bare_masthead, is_masthead, is_own_line,
    outlet_from_address,
};

/// Particles inside the names of people.
const PARTICLES: &[&str] = &[
    "de", "del", "della", "di", "da", "dos", "van", "von", "der", "den", "zu", "bin", "ibn", "al",
    "el", "la", "le", "ter", "y", "af",
];

/// Words that begin capitalized lines which are not people.
const NOT_PEOPLE: &[&str] = &[
    "the",
    "about",
    "read",
    "more",
    "news",
    "home",
    "photo",
    "sign",
    "log",
    "press",
    "share",
    "print",
    "contact",
    "follow",
    "latest",
    "related",
    "top",
    "world",
    "politics",
    "business",
    "opinion",
    "sports",
    "culture",
    "search",
    "menu",
    "dear",
    "original",
    "by",
    "and",
    "in",
    "on",
    "for",
    "learn",
    "join",
    "remind",
    "privacy",
    "terms",
    "breaking",
    "special",
    "daily",
    "editor",
    "correspondent",
    "reporter",
    "columnist",
    "staff",
    "newsletter",
    "advertisement",
    "comments",
    "united",
    "north",
    "south",
    "east",
    "west",
    "new",
    "all",
    "our",
    "your",
    "my",
    "this",
    "what",
    "how",
    "why",
    "when",
    "with",
    "from",
    "to",
    "der",
    "die",
    "das",
    "mehr",
    "startseite",
];

/// The words before a list of authors.
const BYLINE_WORDS: &[&str] = &[
    "by",
    "written by",
    "author",
    "authors",
    "words by",
    "text by",
    "story by",
    "von",
    "text",
    "autor",
    "autorin",
    "par",
    "auteur",
    "por",
    "di",
    "autore",
    "автор",
    "текст",
    "автори",
    "autorzy",
    "opracował",
    "door",
    "av",
];

static AGENCIES: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    let mut forms: Vec<_> = include_str!("../data/agencies.txt")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .flat_map(|l| {
            let name = l.split(" | ").next().unwrap_or(l);
            l.split(" | ").map(move |form| (form, name))
        })
        .collect();
    forms.sort_by_key(|(form, _)| std::cmp::Reverse(form.len()));
    forms
});

/// The first wire service named in `line`, by the longest form, as the list prints it.
pub(crate) fn agency_in(line: &str) -> Option<&'static str> {
    AGENCIES
        .iter()
        .filter_map(|&(form, name)| {
            line.match_indices(form)
                .find(|(at, _)| {
                    let before = line[..*at].chars().next_back();
                    let after = line[at + form.len()..].chars().next();
                    !before.is_some_and(char::is_alphanumeric)
                        && !after.is_some_and(char::is_alphanumeric)
                })
                .map(|(at, _)| (at, name))
        })
        .min_by_key(|&(at, _)| at)
        .map(|(_, name)| name)
}

/// The wire service that `name` is, alone or with "staff", "News Agency" and the like. A service that is not
/// listed is one by its own last words.
pub(crate) fn as_agency(name: &str) -> Option<&str> {
    let bare = name.trim_matches(|c: char| !c.is_alphanumeric());
    let n_words = bare.split_whitespace().count();
    if let Some(agency) = agency_in(bare) {
        return (n_words <= 4).then_some(agency);
    }
    let lower = bare.to_lowercase();
    let is_service = AGENCY_ENDINGS.iter().any(|e| lower.ends_with(e));
    (is_service && n_words <= 5 && is_capitalized(bare)).then_some(bare)
}

/// Whether `name` is a listed wire service in one of its forms, and nothing else.
pub(crate) fn is_agency(name: &str) -> bool {
    let name = name.trim();
    AGENCIES.iter().any(|(form, _)| *form == name)
}

/// How wire services end that no list has.
const AGENCY_ENDINGS: &[&str] = &[
    " news agency",
    " press agency",
    " news service",
    " wire service",
    " newswire",
];

/// The wire service in the brackets of a dateline, which are its place: a listed one, else a name of one to three
/// capitalized words.
pub(crate) fn agency_in_brackets(inside: &str) -> Option<&str> {
    let name = inside.trim();
    let is_name = (1..=3).contains(&name.split_whitespace().count())
        && name.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && name
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, ' ' | '-'))
        && is_capitalized(name)
        && crate::dates::month(&name.to_lowercase()).is_none();
    agency_in(inside).or_else(|| is_name.then_some(name))
}

/// Whether every word begins with a capital.
fn is_capitalized(name: &str) -> bool {
    name.split_whitespace()
        .all(|w| w.starts_with(char::is_uppercase))
}

/// Whether a line is the name of one person and nothing else: two to four capitalized words.
pub(crate) fn is_person_line(line: &str) -> bool {
    let line = line.trim_matches(['*', '_', ' ']);
    if line.len() > 60 || line.ends_with(['.', ':', '!', '?', ',']) {
        return false;
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    (2..=4).contains(&words.len()) && looks_like_person(&words)
}

/// Whether these words have the shape of a person's name.
pub(crate) fn looks_like_person(words: &[&str]) -> bool {
    let n_capital = words.iter().filter(|w| is_name_word(w)).count();
    n_capital >= 1
        && words.first().is_some_and(|w| is_name_word(w))
        && words
            .iter()
            .all(|w| is_name_word(w) || PARTICLES.contains(w))
        && !words
            .iter()
            .any(|w| !PARTICLES.contains(w) && NOT_PEOPLE.contains(&w.to_lowercase().as_str()))
        && !is_institution(&words.join(" "))
        && crate::dates::month(&words[0].to_lowercase()).is_none_or(|_| words.len() > 1)
}

fn is_name_word(word: &str) -> bool {
    let mut chars = word.chars();
    let Some(first) = chars.next() else {
        return false;
    };
    let rest = chars.as_str();
    if word.ends_with("'s") || word.ends_with("’s") {
        return false;
    }
    first.is_uppercase()
        && (rest.is_empty()
            || rest == "."
            || rest.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.')))
        // Shouted names are names; an acronym of three letters or fewer is not.
        && (rest.chars().any(char::is_lowercase) || word.ends_with('.') || word.chars().count() > 3 || rest.is_empty())
}

/// The names after "By", "Von", "Автор" and the like, or `None` if the line is no byline.
///
/// Wire services are among the names; titles, places and dates after the names are left out.
pub(crate) fn byline(line: &str) -> Option<Vec<String>> {
    let line = line.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '*' | '_' | '(' | ')' | '—' | '–' | '-' | '|')
    });
    if line.len() > 200 {
        return None;
    }
    let lower = line.to_lowercase();
    let lead = BYLINE_WORDS
        .iter()
        .filter(|w| lower.starts_with(**w) && lower[w.len()..].starts_with([' ', ':', '\u{A0}']))
        .map(|w| w.len())
        .max()?;
    // Lower-casing keeps the length of all lead words, which are checked above.
    let names = split_names(line.get(lead..)?.trim_start_matches([':', ' ', '\u{A0}']));
    (!names.is_empty()).then_some(names)
}

/// The people and wire services in a list such as "Ana Brandt, Wire Staff and Bo Lind | 3 May".
pub(crate) fn split_names(list: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let normal = list
        .replace(" and ", ",")
        .replace(" und ", ",")
        .replace(" et ", ",")
        .replace(" y ", ",")
        .replace(" и ", ",")
        .replace(" with ", ",")
        .replace(" & ", ",");
    for part in normal.split([',', ';', '|', '/', '•', '·', '\n', '—', '–', '(', ')']) {
        let part = part.split(" in ").next().unwrap_or(part);
        let name = part
            .trim()
            .trim_matches(|c: char| !c.is_alphanumeric() && c != '.')
            .trim();
        let words: Vec<&str> = name.split_whitespace().collect();
        let is_person = (2..=5).contains(&words.len()) && looks_like_person(&words);
        if is_person || as_agency(name).is_some() {
            if !names.iter().any(|n| n == name) {
                names.push(name.to_owned());
            }
        } else if words.is_empty() {
            continue;
        } else {
            // What follows the names is a post, a place or a date.
            break;
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_give_people_and_wire_services() {
        let check = |line: &str, expected: &[&str]| {
            assert_eq!(byline(line).unwrap_or_default(), expected, "{line}")
        };
        check(
            "By Ana Brandt and Bo van der Lind",
            &["Ana Brandt", "Bo van der Lind"],
        );
        check("By Reuters", &["Reuters"]);
        check("By Ana Brandt, our correspondent in Orn", &["Ana Brandt"]);
        check("Von Ana Brandt", &["Ana Brandt"]);
        check("Автор: Анна Брандт", &["Анна Брандт"]);
        check("By the time the ferry left, it was dark", &[]);
        check("ANA BRANDT", &[]);
    }

    #[test]
    fn mastheads_and_offices_go_by_their_words() {
        for name in [
            "The Lisse Times",
            "Orn Shipping News",
            "Radio Lisse",
            "The Orn Post-Herald",
        ] {
            assert!(is_masthead(name), "{name}");
        }
        assert!(is_bare_masthead("The Lisse Farmer") && !is_bare_masthead("Ferry Leaves"));
        for name in [
            "Orn Press",
            "The Lisse Online",
            "RTL World",
            "Ferries.example",
        ] {
            assert!(is_own_line(name), "{name}");
        }
        for line in [
            "Ferry World",
            "The Long Way",
            "Lisse",
            "Ferry No. 4",
            "FERRY LEAVES",
        ] {
            assert!(!is_own_line(line), "{line}");
        }
        for line in [
            "World News",
            "News",
            "Orn City",
            "The ferry news",
            "Press Share",
            "3 May",
        ] {
            assert!(!is_masthead(line), "{line}");
        }
        for name in [
            "Orn Ministry of Ferries",
            "Lisse Harbor Authority",
            "Embassy of Orn",
        ] {
            assert!(is_office(name), "{name}");
        }
        for name in ["The Lisse Times", "Ferry Club", "Government News"] {
            assert!(!is_office(name), "{name}");
        }
    }

    #[test]
    fn the_foot_of_a_page_names_its_publisher() {
        let check = |line: &str, expected: Option<&str>| {
            assert_eq!(copyright_holder(line), expected, "{line}");
        };
        check(
            "© 2024 The Lisse Times. All rights reserved.",
            Some("The Lisse Times"),
        );
        check(
            "Copyright © 2019-2024 Ministry of Ferries of Orn",
            Some("Ministry of Ferries of Orn"),
        );
        check("© Ada Brandt / Deltawire", None);
        check("Copyright is held by the authors.", None);
        check("The Lisse Times", None);
    }

    #[test]
    fn people_offices_and_agencies() {
        assert!(is_person_line("Ana M. Brandt"));
        assert!(!is_person_line("Read More"));
        assert!(!is_person_line("Harbor Master’s Report"));
        assert!(!is_person_line("Ferry Back in Port"));
        assert!(is_institution("Embassy of Lisse to the Republic of Orn"));
        assert!(!is_institution("Ministry says the ferry is late"));
        assert_eq!(
            agency_in("PORT LISSE (Reuters) - The ferry"),
            Some("Reuters")
        );
        assert_eq!(agency_in("The APA conference"), Some("APA"));
        assert_eq!(agency_in("MAPS of the port"), None);
        assert_eq!(as_agency("Agence France-Presse"), Some("AFP"));
        assert_eq!(as_agency("Orn News Agency"), Some("Orn News Agency"));
        assert_eq!(as_agency("the news agency"), None);
        assert_eq!(agency_in_brackets("Deltawire"), Some("Deltawire"));
        assert_eq!(agency_in_brackets("Reuters) - The"), Some("Reuters"));
        assert_eq!(agency_in_brackets("May"), None);
        assert_eq!(agency_in_brackets("the only one"), None);
    }

    #[test]
    fn outlets_from_addresses() {
        let check =
            |a, expected: &str| assert_eq!(outlet_from_address(a).as_deref(), Some(expected));
        check(
            "https://www.thelissetimes.com/2020/01/24/x",
            "The Lisse Times",
        );
        check("http://ornnews.org/", "ORN News");
        check("https://www.lissepost.co.uk/a", "Lisse Post");
        check("https://bbc.com/news", "BBC");
        check("https://news.example-herald.org/a", "Example Herald");
        assert_eq!(outlet_from_address("no address"), None);
    }
}
