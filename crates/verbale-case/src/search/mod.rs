//! Finding passages by their words, and claims by names.

pub(crate) mod names;
pub(crate) mod words;

use rusqlite::Connection;

use words::Stems;

/// The expression that finds the claims with all words of `name` in `column` of `claim_words`; `None` if the
/// name has no words.
pub(crate) fn name_match(
    db: &Connection,
    name: &str,
    column: &str,
) -> rusqlite::Result<Option<String>> {
    let languages = names::languages(db)?;
    let stems = Stems::new(languages.iter().map(String::as_str));
    let words = words::words(name);
    let alone = words.len() == 1;
    let terms: Vec<String> = words
        .iter()
        .filter(|word| alone || !word.tail)
        .map(|word| either(&word.form, &stems))
        .collect();
    Ok((!terms.is_empty()).then(|| format!("{column} : ({})", terms.join(" AND "))))
}

/// A word or one of its variants, as an expression.
fn either(form: &str, stems: &Stems) -> String {
    let mut ways = vec![quoted(form)];
    ways.extend(stems.variants(form).iter().map(|v| quoted(v)));
    format!("({})", ways.join(" OR "))
}

/// A word as the index takes it literally, whatever it holds.
fn quoted(word: &str) -> String {
    format!("\"{}\"", word.replace('"', "\"\""))
}
