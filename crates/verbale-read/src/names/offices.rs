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
