//! Sets a brief as PDF: the brief as JSON on standard input, a tagged PDF (PDF/UA-1) on standard output.
//!
//! The layout (`brief.typ`) is a part of the program; the brief reaches it as a file of data and is never read as
//! markup. Nothing is fetched, no clock is read: the same brief with the same fonts gives the same bytes.
//! A character that no font has is an error that names it, never a box.
//!
//! Not here: what stands in a brief (`verbale brief -o brief.json` writes one; `docs/brief.md` describes it).

mod fonts;
mod world;

use std::{
    io::{self, Read, Write},
    path::PathBuf,
    process::ExitCode,
};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// The most that is read, in bytes: a brief is text.
const MAX_INPUT_BYTES: u64 = 256 << 20;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("verbale-pdf: {e:#}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<()> {
    let folders = folders(std::env::args().skip(1))?;
    let mut input = Vec::new();
    io::stdin().take(MAX_INPUT_BYTES).read_to_end(&mut input)?;
    let mut brief: Value = serde_json::from_slice(&input).context("the input is no brief")?;
    let fonts = fonts::found(&folders);
    fonts::require_all(&fonts, &brief)?;
    mark_first_citations(&mut brief);
    let pdf = set(world::Desk::new(fonts, serde_json::to_vec(&brief)?))?;
    io::stdout().lock().write_all(&pdf)?;
    Ok(())
}

/// The folders that `--fonts FOLDER` names, any number of them.
fn folders(mut args: impl Iterator<Item = String>) -> Result<Vec<PathBuf>> {
    let mut folders = Vec::new();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--fonts" => folders.push(args.next().context("--fonts takes a folder")?.into()),
            "--version" => {
                println!("verbale-pdf {}", env!("CARGO_PKG_VERSION"));
                std::process::exit(0);
            }
            other => bail!(
                "expected `--fonts FOLDER`, found `{other}`\nhint: the brief comes on standard input: `verbale brief CASE \
                 -o brief.pdf` does all of it"
            ),
        }
    }
    Ok(folders)
}

/// Sets `first` on each reference that is the first to its note: there the footnote stands. A layout cannot know
/// what it has printed before without being run twice.
fn mark_first_citations(brief: &mut Value) {
    fn walk(value: &mut Value, seen: &mut Vec<u64>) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(|v| walk(v, seen)),
            Value::Object(fields) => {
                let number = fields.get("of").and_then(Value::as_u64);
                let is_note = fields.get("is").is_some_and(|is| is == "note");
                if let Some(number) = number.filter(|n| is_note && !seen.contains(n)) {
                    seen.push(number);
                    fields.insert("first".to_owned(), true.into());
                }
                fields.values_mut().for_each(|v| walk(v, seen));
            }
            _ => {}
        }
    }
    if let Some(sections) = brief.get_mut("sections") {
        walk(sections, &mut Vec::new());
    }
}

fn set(desk: world::Desk) -> Result<Vec<u8>> {
    let document: PagedDocument = typst::compile(&desk)
        .output
        .map_err(|e| told("cannot set the brief", &e))?;
    let standards = PdfStandards::new(&[PdfStandard::Ua_1])
        .map_err(|e| anyhow::anyhow!("cannot ask for PDF/UA-1: {}", e.message()))?;
    let options = PdfOptions {
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(|e| told("cannot write the PDF", &e))
}

/// All that the type setter has to say, on one line each.
fn told(what: &str, diagnostics: &[typst::diag::SourceDiagnostic]) -> anyhow::Error {
    let messages: Vec<&str> = diagnostics.iter().map(|d| d.message.as_str()).collect();
    anyhow::anyhow!("{what}: {}", messages.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn brief(words: &str) -> Value {
        let note = json!({ "is": "note", "of": 1 });
        json!({
            "title": "Words",
            "facts": [["About", words]],
            "sections": [{
                "id": "series", "title": "Figures", "is_sourced": true,
                "blocks": [{ "block": "paragraph", "text": [{ "is": "text", "of": words }, note, note] }]
            }],
            "notes": [{ "number": 1, "claim": "c", "page": "p", "words": words,
                "text": [{ "is": "quote", "of": words }] }],
            "n_marked": []
        })
    }

    #[test]
    fn the_first_citation_of_a_note_is_marked() {
        let mut brief = brief("x");
        mark_first_citations(&mut brief);
        let line = &brief["sections"][0]["blocks"][0]["text"];
        assert_eq!(line[1]["first"], true);
        assert_eq!(line[2].get("first"), None);
    }

    #[test]
    fn page_text_is_data_and_the_same_brief_gives_the_same_bytes() {
        let made = |words: &str| {
            let mut brief = brief(words);
            mark_first_citations(&mut brief);
            set(world::Desk::new(
                fonts::found(&[]),
                serde_json::to_vec(&brief).unwrap(),
            ))
            .unwrap()
        };
        let hostile = "#panic() $ x $ *b* @ref <label> \\ \" `raw` // no";
        assert_eq!(made(hostile), made(hostile));
        assert!(made(hostile).starts_with(b"%PDF"));
    }

    #[test]
    fn a_missing_character_is_named() {
        // The last character of the last private area; fonts use the first private area for signs of their own.
        let error = fonts::require_all(&fonts::found(&[]), &brief("a\u{10fffd}b"))
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("U+10FFFD") && error.contains("--fonts"),
            "{error}"
        );
        fonts::require_all(&fonts::found(&[]), &brief("Latin, Кириллица")).unwrap();
    }
}
