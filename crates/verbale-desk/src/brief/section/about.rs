//! What a brief says about itself: its standard, the program's accuracy, the works cited, the pages.

use verbale_case::StoredDocument;
use verbale_core::Digest;

use super::{Block, Inline, Line, computed, heading, paragraph, plain, strong, table};
use crate::{
    accuracy::{Block as Told, blocks as told},
    address::is_web,
    brief::{
        model::{Note, Section, text},
        notes::{file_name, one_line},
        source::{Source, address},
        weak::Mark,
    },
};

/// What the brief claims, what it does not, and what the marks mean.
pub(crate) fn standard(stale_days: u16, n_marked: &[(Mark, usize)]) -> Section {
    let claims = [
        "Every figure, status and event below is what somebody is reported to have said, in the words of a page \
         that the case keeps. The footnote gives the words, the chain of speakers, and the way back to the page.",
        "That a page says so is checked byte for byte. Whether it is true is not checked, and nothing here says so.",
        "A bound stays a bound, a date that the page leaves open stays open, and nothing is added up or averaged.",
        "Disagreements are found by rules over what the claims say; a disagreement that the rules do not know is \
         not listed, and one that is listed may be explained by what no page says.",
        "What is set in this way was counted or computed by the program and stands in no page: ",
    ];
    let mut items: Vec<Line> = claims.map(text).into();
    if let Some(last) = items.last_mut() {
        last.extend([computed("computed"), plain(".")]);
    }
    let legend = Mark::ALL.iter().map(|mark| {
        let n = n_marked
            .iter()
            .find(|(m, _)| m == mark)
            .map_or(0, |(_, n)| *n);
        let mut meaning = mark.meaning().to_owned();
        if *mark == Mark::Stale {
            meaning = format!(
                "{meaning}: it held last more than {stale_days} days before the date of this brief"
            );
        }
        vec![
            vec![Inline::Mark(*mark)],
            text(meaning),
            vec![computed(n.to_string())],
        ]
    });
    let mut blocks = vec![Block::List { items }];
    blocks.extend(table(
        "Marks of weak statements, and how often each stands below",
        &[("Mark", 22), ("Meaning", 66), ("Times", 12)],
        legend.collect(),
    ));
    Section {
        id: "standard",
        title: "Standard of evidence".to_owned(),
        is_sourced: false,
        blocks,
    }
}

/// What the program scores on pages annotated by hand, as `docs/accuracy.md` has it.
pub(crate) fn accuracy() -> Section {
    let mut blocks = Vec::new();
    for block in told() {
        match block {
            Told::Heading(words) => blocks.push(heading(words)),
            Told::Text(words) => blocks.push(paragraph(marked_up(&words))),
            Told::List(items) => blocks.push(Block::List {
                items: items.iter().map(|i| marked_up(i)).collect(),
            }),
            Told::Table(rows) => blocks.extend(scores(&rows)),
        }
    }
    Section {
        id: "accuracy",
        title: "How well the machine reads".to_owned(),
        is_sourced: false,
        blocks,
    }
}

/// A table of the accuracy page, its first row the heads of the columns.
fn scores(rows: &[Vec<String>]) -> Option<Block> {
    let (head, body) = rows.split_first()?;
    let columns: Vec<(&str, u8)> = head
        .iter()
        .enumerate()
        .map(|(i, c)| (c.as_str(), if i == 0 { 30 } else { 12 }))
        .collect();
    let cells = body
        .iter()
        .map(|row| row.iter().map(|c| marked_up(c)).collect());
    table("Scores", &columns, cells.collect())
}

/// Code and strong words of the docs' Markdown.
fn marked_up(words: &str) -> Line {
    let mut line = Line::new();
    for (i, part) in words.split('`').enumerate() {
        if i % 2 == 1 {
            line.push(Inline::Code(part.to_owned()));
            continue;
        }
        for (j, piece) in part.split("**").enumerate().filter(|(_, p)| !p.is_empty()) {
            line.push(if j % 2 == 1 {
                strong(piece)
            } else {
                plain(piece)
            });
        }
    }
    line
}

/// A page that a note cites.
pub(crate) struct Cited<'a> {
    /// The page with its document.
    pub(crate) document: &'a StoredDocument,
    /// Of its bytes.
    pub(crate) digest: Option<Digest>,
    /// The numbers of the notes that cite it.
    pub(crate) notes: Vec<u32>,
}

impl<'a> Cited<'a> {
    /// The pages that notes cite, in the order in which they were added to the case.
    pub(crate) fn all(
        source: &'a Source,
        notes: &[Note],
        digest: impl Fn(&StoredDocument) -> Option<Digest>,
    ) -> Vec<Self> {
        let cited = source.documents().iter().map(|document| {
            let page = document.document.page().to_string();
            let notes = notes.iter().filter(|n| n.page == page).map(|n| n.number);
            (document, notes.collect::<Vec<_>>())
        });
        let cited = cited.filter(|(_, notes)| !notes.is_empty());
        cited
            .map(|(document, notes)| Self {
                document,
                digest: digest(document),
                notes,
            })
            .collect()
    }
}

/// The works cited, by publisher, date and title.
pub(crate) fn bibliography(cited: &[Cited<'_>]) -> Section {
    let mut works: Vec<(String, Line)> = cited.iter().map(|c| work(c.document)).collect();
    works.sort_by(|a, b| a.0.cmp(&b.0));
    Section {
        id: "bibliography",
        title: "Works cited".to_owned(),
        is_sourced: false,
        blocks: vec![Block::List {
            items: works.into_iter().map(|(_, line)| line).collect(),
        }],
    }
}

/// A work with the key by which it is sorted.
fn work(document: &StoredDocument) -> (String, Line) {
    let metadata = &document.document.metadata;
    let publisher = metadata
        .publisher
        .as_deref()
        .map_or("Publisher not named".into(), one_line);
    let date = metadata
        .published
        .as_ref()
        .map_or("undated".into(), |p| p.date.to_string());
    let title = metadata
        .title
        .as_deref()
        .map_or("without a title".into(), one_line);
    let mut authors: Vec<String> = metadata.authors.iter().map(|a| one_line(a)).collect();
    if authors.is_empty() {
        authors.extend(metadata.agency.as_deref().map(one_line));
    }
    let by = if authors.is_empty() {
        String::new()
    } else {
        format!("{}: ", authors.join(", "))
    };
    let mut line = vec![
        plain(format!("{by}“{title}”, ")),
        strong(&publisher),
        plain(format!(", {date}.")),
    ];
    if let Some(address) = address(document).filter(|a| is_web(a)) {
        let address = address.to_owned();
        line.extend([
            plain(" "),
            Inline::Link {
                text: address.clone(),
                address,
            },
        ]);
    }
    let page = document.document.page();
    (
        format!("{publisher}\u{0}{date}\u{0}{title}\u{0}{page}"),
        line,
    )
}

/// Every page that a note cites: whence, when, with which digest, read by what, and what is to be said about it.
pub(crate) fn appendix(source: &Source, cited: &[Cited<'_>]) -> Section {
    let rows = cited.iter().map(row).collect();
    let mut blocks = vec![paragraph(vec![
        plain("The case keeps the bytes of each page under the digest given here; "),
        Inline::Code("verbale check".into()),
        plain(" proves that every text comes from its bytes and every quote from its text. "),
        computed(format!(
            "{} of the case's {} pages are cited.",
            cited.len(),
            source.documents().len()
        )),
    ])];
    blocks.extend(table(
        "Pages cited",
        &[
            ("Page", 36),
            ("Custody", 34),
            ("Read by", 14),
            ("Remarks", 16),
        ],
        rows,
    ));
    Section {
        id: "pages",
        title: "Pages".to_owned(),
        is_sourced: false,
        blocks,
    }
}

fn row(cited: &Cited<'_>) -> Vec<Line> {
    let document = cited.document;
    let metadata = &document.document.metadata;
    let title = metadata
        .title
        .as_deref()
        .map_or("without a title".into(), one_line);
    let publisher = metadata
        .publisher
        .as_deref()
        .map_or("publisher not named".into(), one_line);
    let date = metadata
        .published
        .as_ref()
        .map_or("undated".into(), |p| p.date.to_string());
    let page = vec![
        strong(title),
        plain(format!(
            " {publisher}, {date}, cited in note{} {}. ",
            if cited.notes.len() == 1 { "" } else { "s" },
            runs(&cited.notes)
        )),
        Inline::Code(document.document.page().to_string()),
    ];
    let mut custody = Line::new();
    let captured = document.origin.captured.map(|t| t.to_string());
    custody.push(plain(match captured {
        Some(captured) => format!("Captured {captured}. "),
        None => "Capture time not stated. ".to_owned(),
    }));
    custody.push(plain(format!(
        "File {}. ",
        one_line(file_name(&document.origin.path))
    )));
    if let Some(digest) = cited.digest {
        custody.extend([plain("SHA-256 "), Inline::Code(digest.to_string())]);
    }
    let run = &document.run;
    let read = vec![plain(format!(
        "verbale {}, reader {}",
        run.program, run.reader
    ))];
    let mut codes: Vec<&str> = document.diagnostics.iter().map(|d| d.code.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let remarks = if codes.is_empty() {
        "none".to_owned()
    } else {
        codes.join(", ")
    };
    vec![page, custody, read, vec![plain(remarks)]]
}

/// Numbers in order, runs of three and more as their ends: "1, 3 to 6".
fn runs(numbers: &[u32]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for &n in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == n => *last = n,
            _ => runs.push((n, n)),
        }
    }
    let shown = runs.into_iter().map(|(from, to)| match to - from {
        0 => from.to_string(),
        1 => format!("{from}, {to}"),
        _ => format!("{from} to {to}"),
    });
    shown.collect::<Vec<_>>().join(", ")
}
