//! Norms that every language of spaCy shares: quotes, dashes and currency signs become ASCII.
//!
//! Source: spaCy 3.8, `spacy.lang.norm_exceptions.BASE_NORMS` (MIT, ExplosionAI).

/// The norm of a word, if it is one of the shared exceptions.
#[rustfmt::skip]
pub(super) fn base_norm(word: &str) -> Option<&'static str> {
    Some(match word {
        "'s" | "'S" | "’s" | "’S" => "'s",
        "’" | "‘" | "´" | "`" => "'",
        "”" | "“" | "''" | "``" | "´´" | "„" | "»" | "«" | "‘‘" | "’’" => "\"",
        "？" => "?",
        "！" => "!",
        "，" => ",",
        "；" => ";",
        "：" => ":",
        "。" | "।" => ".",
        "…" => "...",
        "—" | "–" | "--" | "---" | "——" => "-",
        "€" | "£" | "¥" | "฿" | "US$" | "C$" | "A$" | "₺" | "₹" | "৳" | "₩" | "Mex$" | "₣" | "E£" => "$",
        _ => return None,
    })
}
