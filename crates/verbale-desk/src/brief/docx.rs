//! A brief as a Word file: real footnotes, headings, tables, pictures.
//!
//! Written by hand as far as a brief needs it, about ten kinds of element: the crates that write Word files bring
//! readers of pictures and fonts with them, and hide which parts of the format are used. The XML is made with
//! `maud`, which escapes it; characters that XML cannot carry are taken out ([`clean`]).
//!
//! Source: ECMA-376, parts 1 and 2.

mod body;
mod emf;
mod parts;

use std::io::{Cursor, Write};

use maud::Markup;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{markdown::charts, model::Brief};
use body::Body;

/// The brief as a Word file.
///
/// # Panics
/// Never: the file is written into memory.
pub fn docx(brief: &Brief) -> Vec<u8> {
    let mut body = Body::new(brief);
    let document = body.document();
    let footnotes = body.footnotes();
    let n_charts = charts(brief).count();
    let mut files: Vec<(String, Vec<u8>)> = vec![
        xml("[Content_Types].xml", &parts::content_types()),
        xml("_rels/.rels", &parts::package()),
        xml("docProps/core.xml", &parts::core(&brief.title)),
        xml("word/document.xml", &document),
        xml("word/footnotes.xml", &footnotes),
        xml("word/styles.xml", &parts::styles()),
        xml("word/numbering.xml", &parts::numbering()),
        xml("word/settings.xml", &parts::settings()),
        xml("word/header1.xml", &parts::header(&brief.title)),
        xml("word/footer1.xml", &parts::footer()),
        xml(
            "word/_rels/document.xml.rels",
            &parts::relations_of_document(n_charts, &body.links.document),
        ),
        xml(
            "word/_rels/footnotes.xml.rels",
            &parts::relations_of_footnotes(&body.links.footnotes),
        ),
    ];
    for chart in charts(brief) {
        files.push((
            format!("word/media/chart{}.emf", chart.number),
            emf::picture(&chart.svg),
        ));
    }
    zipped(&files).expect("memory takes all that is written")
}

fn xml(name: &str, markup: &Markup) -> (String, Vec<u8>) {
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    (name.to_owned(), format!("{head}{}", markup.0).into_bytes())
}

fn zipped(files: &[(String, Vec<u8>)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // Without a time of its own every member gets the same one, so that the same brief gives the same bytes.
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in files {
        zip.start_file(name.as_str(), options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Words without the characters that XML 1.0 cannot carry.
fn clean(words: &str) -> String {
    let fits = |c: &char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
    words
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(fits)
        .collect()
}
