//! Whose words a paper is that one body prints and another wrote: "Answer of the Government", "Letter dated 20 March
//! from the Permanent Representative of Norvale".

use verbale_core::{Document, Speaker};

use super::words;

/// The writer that a heading among the first lines of the page names.
pub(super) fn of_paper(document: &Document) -> Option<Speaker> {
    let lines = document.passages().iter().take(MAX_LINES);
    lines
        .flat_map(|p| document.slice(p.range).lines())
        .find_map(writer)
        .map(|name| Speaker {
            name,
            ..Speaker::default()
        })
}

/// How many passages a paper's head has: printed paper, date, kind of paper, title.
const MAX_LINES: usize = 8;

/// Papers that are addressed to somebody by somebody.
const PAPERS: [&str; 5] = ["answer", "reply", "response", "letter", "note"];

/// Most words of a heading, and of the writer in it.
const MAX_WORDS: usize = 30;
const MAX_NAME_WORDS: usize = 12;

/// The writer that a heading names: a body or an office, and no place ("Letter from Selmira" heads a column).
fn writer(line: &str) -> Option<String> {
    if let Some(body) = reporting_body(line) {
        return Some(body);
    }
    let line = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '#' | '*' | '_'));
    let tokens: Vec<&str> = line.split_whitespace().collect();
    let first = tokens.first()?.to_lowercase();
    if tokens.len() > MAX_WORDS || line.ends_with(['.', '?', '!']) || !PAPERS.contains(&&*first) {
        return None;
    }
    if first == "note"
        && tokens
            .get(1)
            .is_none_or(|w| !w.eq_ignore_ascii_case("verbale"))
    {
        return None;
    }
    let by = tokens
        .iter()
        .position(|w| matches!(*w, "of" | "by" | "from"))?;
    // "Answer to the question of …" names who asked.
    let asked = tokens[..by].contains(&"to");
    let name: Vec<&str> = tokens[by + 1..]
        .iter()
        .copied()
        .skip_while(|w| *w == "the")
        .take_while(|w| !matches!(*w, "addressed" | "concerning" | "regarding" | "dated"))
        .take(MAX_NAME_WORDS + 1)
        .collect();
    let bare = |w: &&str| {
        w.trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase()
    };
    let is_body = name
        .iter()
        .map(bare)
        .any(|w| words::is_institution(&w) || words::is_office(&w) || w == "mission");
    let opens = name
        .first()
        .is_some_and(|w| w.starts_with(char::is_uppercase));
    // "To the United Nations" belongs to an office abroad, "to the interpellation of …" does not.
    let end = name.iter().position(|w| *w == "to");
    let end = end.filter(|&e| {
        name.get(e + 1..)
            .is_none_or(|rest| !rest.iter().any(is_capital))
    });
    let name = &name[..end.unwrap_or(name.len())];
    (is_body && opens && !asked && name.len() <= MAX_NAME_WORDS)
        .then(|| name.join(" ").trim_end_matches([',', ':', ';']).to_owned())
}

/// "Final report of the Panel of Experts established pursuant to …": the body whose report it is.
fn reporting_body(line: &str) -> Option<String> {
    let line = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '#' | '*' | '_'));
    let tokens: Vec<&str> = line.split_whitespace().collect();
    let at = tokens
        .iter()
        .take(MAX_LEAD_WORDS)
        .position(|w| w.eq_ignore_ascii_case("report"))?;
    let by = tokens.get(at + 1).filter(|w| matches!(**w, "of" | "by"))?;
    let name: Vec<&str> = tokens[at + 2..]
        .iter()
        .copied()
        .skip_while(|w| *w == "the")
        .take_while(|w| is_capital(w) || matches!(*w, "of" | "on" | "for" | "and" | "the"))
        .take(MAX_NAME_WORDS)
        .collect();
    let end = name.iter().rposition(is_capital)? + 1;
    let name = &name[..end];
    let bare = name.iter().map(|w| {
        w.trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase()
    });
    let is_body = bare
        .into_iter()
        .any(|w| BODIES.contains(&&*w) || words::is_institution(&w));
    (is_body && !by.is_empty() && !line.ends_with(['.', '?', '!']))
        .then(|| name.join(" ").trim_end_matches([',', ':', ';']).to_owned())
}

/// Words before "report" in the name of one: "Final", "Second interim".
const MAX_LEAD_WORDS: usize = 4;

/// Bodies that report.
const BODIES: [&str; 8] = [
    "panel",
    "group",
    "committee",
    "commission",
    "mission",
    "team",
    "rapporteur",
    "council",
];

fn is_capital(word: &&str) -> bool {
    word.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::writer;

    #[test]
    fn headings_name_writers() {
        for (line, name) in [
            ("Answer of the Government", Some("Government")),
            (
                "Letter dated 20 March 2020 from the Permanent Representative of Norvale to the United Council addressed \
                 to the Chair",
                Some("Permanent Representative of Norvale to the United Council"),
            ),
            (
                "**Reply by the Harbor Ministry to an inquiry**",
                Some("Harbor Ministry"),
            ),
            (
                "Note verbale from the Permanent Mission of Tarn",
                Some("Permanent Mission of Tarn"),
            ),
            (
                "Final report of the Panel of Experts established pursuant to decision 17",
                Some("Panel of Experts"),
            ),
            ("Report of the Fire on Pier 4", None),
            ("Letter from Selmira", None),
            ("Answer to the question of Delegate Havel", None),
            ("Letter from the minister angers dockers.", None),
            ("Note on sources", None),
        ] {
            assert_eq!(writer(line).as_deref(), name, "{line}");
        }
    }
}
