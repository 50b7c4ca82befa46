//! Words by which a page says who made it: "This report is produced by …", "About us: … is …".

/// What a page calls itself in such a sentence.
const OWN_NOUNS: &[&str] = &[
    "report",
    "brief",
    "briefing",
    "bulletin",
    "factsheet",
    "newsletter",
    "paper",
    "publication",
    "study",
    "survey",
    "update",
    "analysis",
    "assessment",
    "statement",
    "website",
    "site",
];

/// What makers do with it.
const MAKING: &[&str] = &[
    "produced",
    "published",
    "issued",
    "prepared",
    "compiled",
    "written",
    "released",
    "maintained",
    "run",
    "operated",
];

/// Small words inside the names of makers.
const SMALL: &[&str] = &["of", "for", "the", "and", "in", "on", "to"];

/// "This" and the page's noun stand at most this many words apart: "This situation report".
const MAX_NOUN_AT: usize = 4;

/// The maker's name in a sentence by which a page presents itself.
pub(crate) fn presented_in(sentence: &str) -> Option<&str> {
    let sentence = sentence.trim_start_matches(|c: char| !c.is_alphanumeric());
    about_us(sentence)
        .or_else(|| this_report(sentence))
        .or_else(|| the_company(sentence))
}

/// "Orn Ferries ASA (the “Company”) today presented …": a release names its maker once in full.
fn the_company(sentence: &str) -> Option<&str> {
    let at = sentence.find(" (")?;
    let inner = sentence[at + 2..].split(')').next()?;
    let inner: String = inner
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == ' ')
        .collect();
    let inner = inner.trim().to_lowercase();
    let inner = inner
        .trim_start_matches("hereinafter ")
        .trim_start_matches("the ");
    if !matches!(inner, "company" | "group" | "corporation" | "issuer") {
        return None;
    }
    // The name is the run of capitalized words before the bracket.
    let words: Vec<(usize, &str)> = words_of(&sentence[..at]).collect();
    let is_name = |w: &&(usize, &str)| w.1.starts_with(char::is_uppercase);
    let first = words.iter().rev().take_while(is_name).last()?;
    Some(sentence[first.0..at].trim()).filter(|n| n.len() >= 3)
}

/// "About us: Orn Watch is an association …".
fn about_us(sentence: &str) -> Option<&str> {
    let (lead, rest) = sentence.split_once(':')?;
    if !lead.trim().eq_ignore_ascii_case("about us") {
        return None;
    }
    let name = leading_name(rest.trim_start())?;
    let next = rest.trim_start()[name.len()..].split_whitespace().next();
    matches!(next, Some("is" | "are" | "was")).then_some(name)
}

/// "This report is produced by the Orn Office", "This brief from Orn Watch".
fn this_report(sentence: &str) -> Option<&str> {
    let mut words = words_of(sentence).peekable();
    words.next().filter(|(_, w)| *w == "This")?;
    let is_own = |w: &str| OWN_NOUNS.contains(&w.to_lowercase().as_str());
    words.by_ref().take(MAX_NOUN_AT).find(|(_, w)| is_own(w))?;
    while words
        .next_if(|(_, w)| matches!(*w, "is" | "was" | "has" | "been" | "jointly"))
        .is_some()
    {}
    let made = words.next_if(|(_, w)| MAKING.contains(w)).is_some();
    let (at, by) = words.next()?;
    let links = by == "by" || by == "from" && !made;
    links
        .then(|| leading_name(sentence[at + by.len()..].trim_start()))
        .flatten()
}

/// The capitalized name at the beginning of `rest`, without its article: two words at least.
fn leading_name(rest: &str) -> Option<&str> {
    let rest = ["the ", "The "]
        .iter()
        .find_map(|a| rest.strip_prefix(a))
        .unwrap_or(rest);
    let mut end = 0;
    let mut n_capital = 0;
    for (at, word) in words_of(rest) {
        let gap = &rest[end..at];
        if word.starts_with(char::is_uppercase) && gap.trim().is_empty() {
            n_capital += 1;
        } else if !(SMALL.contains(&word) && gap.trim().is_empty() && n_capital > 0) {
            break;
        }
        end = at + word.len();
    }
    let name = rest[..end].trim_end();
    let name = SMALL
        .iter()
        .find_map(|s| name.strip_suffix(s).filter(|n| n.ends_with(' ')))
        .unwrap_or(name)
        .trim_end();
    (n_capital >= 2).then_some(name)
}

/// Words with their offsets in bytes; hyphens and apostrophes belong to them.
fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’' | '&');
    let mut at = 0;
    text.split_inclusive(move |c: char| !is_part(c))
        .filter_map(move |piece| {
            let start = at;
            at += piece.len();
            let word = piece.trim_end_matches(|c: char| !is_part(c));
            (!word.is_empty()).then_some((start, word))
        })
}

/// The first line of a block up to a gap that sets columns apart: `Orn Senate      Paper 4/12`.
pub(crate) fn first_column(block: &str) -> &str {
    let line = block.lines().next().unwrap_or_default();
    let end = line
        .find("   ")
        .into_iter()
        .chain(line.find('\t'))
        .min()
        .unwrap_or(line.len());
    line[..end].trim_matches(['#', '*', '_', ' '])
}

/// The first letters of a name's capitalized words: "Delta Wire Service" is "DWS".
pub(crate) fn initials_of(name: &str) -> String {
    name.split([' ', '-'])
        .filter_map(|w| w.chars().next().filter(|c| c.is_uppercase()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_present_their_makers() {
        let check = |s: &str, expected: Option<&str>| assert_eq!(presented_in(s), expected, "{s}");
        check(
            "*This situation report is produced by the Orn Office for Ferries (OOF) with others.",
            Some("Orn Office for Ferries"),
        );
        check(
            "This brief from the Institute of Tides sums it up.",
            Some("Institute of Tides"),
        );
        check(
            "About us: Lock Watch is a group of pilots.",
            Some("Lock Watch"),
        );
        check("This report was seen by the Orn Office.", None);
        check("This bulletin comes out on Mondays.", None);
        check("The report by Lock Watch is late.", None);
        check("About us: we are pilots.", None);
    }

    #[test]
    fn heads_have_columns_and_names_have_initials() {
        assert_eq!(
            first_column("House of Pilots        Paper 4\nthird term"),
            "House of Pilots"
        );
        assert_eq!(first_column("## Lock Watch"), "Lock Watch");
        assert_eq!(initials_of("Delta Wire Service"), "DWS");
        assert_eq!(initials_of("Office of the Canal"), "OC");
    }
}
