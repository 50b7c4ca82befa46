//! Names of offices that publish in their own name.

use super::has_outlet_word;

/// First words of offices that publish in their own name.
const INSTITUTIONS: &[&str] = &[
    "embassy",
    "ministry",
    "permanent mission",
    "consulate",
    "department of",
    "office of",
    "federal foreign office",
    "house of assembly",
    "house of commons",
    "house of lords",
    "house of representatives",
    "parliament of",
    "national assembly",
    "senate of",
    "foreign ministry",
    "government of",
    "parliament",
    "house of delegates",
    "house of representatives",
    "house of commons",
    "national assembly",
    "european commission",
    "council of the",
    "mission of",
    "secretariat",
    "delegation of the",
    "state department",
    "presidency of",
    "president of",
    "cabinet of",
    "prime minister's office",
    "united nations",
    "security council",
    "general assembly",
    "botschaft",
    "auswärtiges amt",
    "bundesministerium",
    "ambassade",
    "ministère",
    "embajada",
    "ministerio",
    "посольство",
    "министерство",
    "представительство",
    "міністерство",
    "ambasada",
    "ministerstwo",
];

/// Whether a line is the name of an office: it starts like one and holds no verb in lower case.
pub(crate) fn is_institution(line: &str) -> bool {
    let lower = line.trim().to_lowercase();
    let bare = lower.strip_prefix("the ").unwrap_or(&lower);
    let starts = INSTITUTIONS.iter().any(|i| {
        bare.strip_prefix(i)
            .is_some_and(|rest| rest.is_empty() || !rest.starts_with(char::is_alphanumeric))
    }) || bare.ends_with(" embassy")
        || bare.ends_with(" ministry");
    let small = [
        "of", "the", "to", "in", "for", "and", "at", "on", "der", "des", "in", "de", "du", "la",
        "в", "и", "при",
    ];
    let words: Vec<&str> = line.split_whitespace().collect();
    starts
        && words.len() <= 14
        && !line.trim_end().ends_with(['.', '!', '?'])
        && (words
            .iter()
            .all(|w| small.contains(w) || !w.starts_with(char::is_lowercase))
            || !bare.is_ascii())
}

/// Last words of offices that publish in their own name on a site of their own.
const OFFICE_NOUNS: &[&str] = &[
    "ministry",
    "embassy",
    "consulate",
    "department",
    "authority",
    "commission",
    "committee",
    "council",
    "secretariat",
    "directorate",
    "inspectorate",
    "police",
    "parliament",
    "government",
    "ombudsman",
    "mission",
    "office",
    "bureau",
    "agency",
];

/// Whether the name of a site is that of an office: "Kestel Ministry of Fisheries", "Water Authority".
pub(crate) fn is_office(name: &str) -> bool {
    let lower = name.to_lowercase();
    let head = lower.split(" of ").next().unwrap_or(&lower);
    let ends = head
        .split(" for ")
        .next()
        .and_then(|h| h.split_whitespace().next_back())
        .is_some_and(|w| OFFICE_NOUNS.contains(&w));
    is_institution(name) || ends && !has_outlet_word(name)
}

/// Offices that pass on what others of the same house say.
pub(crate) fn is_press_office(line: &str) -> bool {
    let lower = line.to_lowercase();
    [
        "press",
        "media",
        "spokes",
        "public affairs",
        "communications",
        "information department",
    ]
    .iter()
    .any(|w| lower.contains(w))
}

/// "REPUBLIC OF ORN", "Government of the Lisse Islands": the state at the top of a letter.
pub(crate) fn state_in(line: &str) -> Option<String> {
    let line = &unshouted(line);
    let lower = line.to_lowercase();
    let rest = [
        "republic of ",
        "kingdom of ",
        "state of ",
        "government of ",
        "federation of ",
    ]
    .iter()
    .find_map(|form| lower.find(form).map(|at| at + form.len()))
    .and_then(|at| line.get(at..))?;
    let short = (1..=4).contains(&rest.split_whitespace().count()) && !rest.ends_with(['.', ':']);
    short.then(|| rest.to_owned())
}

/// True for a ministry that its own name does not tell from those of other states.
pub(crate) fn is_ministry(office: &str) -> bool {
    office.to_lowercase().starts_with("ministry of")
}

/// Fewer capitals than this may be an acronym.
const MIN_SHOUTED: usize = 6;

/// "MINISTRY OF FERRIES" as it is written in running text; other names as they are.
pub(crate) fn unshouted(name: &str) -> String {
    let is_shouted = name.chars().filter(|c| c.is_alphabetic()).count() >= MIN_SHOUTED
        && !name.chars().any(char::is_lowercase);
    if !is_shouted {
        return name.to_owned();
    }
    let word = |(i, w): (usize, &str)| {
        let lower = w.to_lowercase();
        let small = matches!(
            lower.as_str(),
            "of" | "the" | "and" | "for" | "in" | "de" | "la"
        );
        let mut chars = lower.chars();
        match chars.next() {
            Some(first) if i == 0 || !small => first.to_uppercase().chain(chars).collect(),
            _ => lower,
        }
    };
    name.split(' ')
        .enumerate()
        .map(word)
        .collect::<Vec<String>>()
        .join(" ")
}

/// Words that research houses and associations are named with.
const BODY_NOUNS: &[&str] = &[
    "centre",
    "center",
    "institute",
    "foundation",
    "initiative",
    "observatory",
    "network",
    "council",
    "association",
    "forum",
    "society",
    "alliance",
    "project",
    "university",
    "organisation",
    "organization",
    "trust",
];

/// Whether a column of a page's head is the name of a body that publishes: "Institute for Locks".
pub(crate) fn is_body(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let small = ["of", "for", "and", "the", "on", "in"];
    let named = words
        .iter()
        .all(|w| small.contains(w) || w.starts_with(char::is_uppercase));
    let of_body = words
        .iter()
        .any(|w| BODY_NOUNS.contains(&w.to_lowercase().as_str()));
    (2..=9).contains(&words.len()) && named && (of_body || is_office(name))
}
