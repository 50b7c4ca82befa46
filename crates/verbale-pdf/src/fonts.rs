//! Which fonts there are, and whether they have all that is to be printed.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use anyhow::{Result, bail};
use serde_json::Value;
use typst_kit::fonts::{FontStore, embedded, scan};

/// Where systems keep fonts for Chinese, Japanese and Korean, and the ones that the layout asks for.
const KNOWN_FOLDERS: &[&str] = &[
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "C:\\Windows\\Fonts",
];

/// How many missing characters a message names.
const MAX_NAMED: usize = 12;

/// The fonts of the program (Latin, Greek, Cyrillic), then of `folders`, then of the system.
pub(crate) fn found(folders: &[PathBuf]) -> FontStore {
    let mut fonts = FontStore::new();
    fonts.extend(embedded());
    let known = KNOWN_FOLDERS.iter().map(Path::new);
    for folder in folders
        .iter()
        .map(PathBuf::as_path)
        .chain(known)
        .filter(|f| f.is_dir())
    {
        // By path, since folders are listed in an order of their own.
        let mut faces: Vec<_> = scan(folder).collect();
        faces.sort_by(|a, b| (&a.0.path, a.0.index).cmp(&(&b.0.path, b.0.index)));
        fonts.extend(faces);
    }
    fonts
}

/// Refuses a brief with a character that no font has.
pub(crate) fn require_all(fonts: &FontStore, brief: &Value) -> Result<()> {
    let mut characters = BTreeSet::new();
    collect(brief, &mut characters);
    let infos: Vec<_> = (0..).map_while(|i| fonts.book().info(i)).collect();
    let has = |c: char| {
        infos
            .iter()
            .any(|info| info.coverage.contains(u32::from(c)))
    };
    let missing: Vec<char> = characters
        .into_iter()
        .filter(|c| !is_invisible(*c) && !has(*c))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let named = missing
        .iter()
        .take(MAX_NAMED)
        .map(|c| format!("{c} (U+{:04X})", u32::from(*c)));
    let more = match missing.len().saturating_sub(MAX_NAMED) {
        0 => String::new(),
        n => format!(" and {n} more"),
    };
    bail!(
        "no font has {}{more}\nhint: give a folder with a font that has them: --fonts FOLDER\nhint: Noto Sans CJK (on \
         Debian the package fonts-noto-cjk) has Chinese, Japanese and Korean",
        named.collect::<Vec<_>>().join(", ")
    )
}

/// Every character that stands in some words of the brief.
fn collect(value: &Value, characters: &mut BTreeSet<char>) {
    match value {
        Value::String(words) => characters.extend(words.chars()),
        Value::Array(items) => items.iter().for_each(|v| collect(v, characters)),
        Value::Object(fields) => fields.values().for_each(|v| collect(v, characters)),
        _ => {}
    }
}

/// Characters that print nothing and need no glyph.
fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}
