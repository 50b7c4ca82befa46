//! Addresses of pages that lead to words, for the desk and for briefs.

use crate::ask::encoded;

/// True for an address that a link may lead to: pages may state `javascript:` and worse.
pub(crate) fn is_web(address: &str) -> bool {
    let lower = address.trim_start().to_ascii_lowercase();
    lower.starts_with("https://") || lower.starts_with("http://")
}

/// How many words stand at each end of a text fragment.
const FRAGMENT_WORDS: usize = 4;

/// The address with a text fragment: the words, or the first and last few of many.
///
/// Source: WICG, URL Fragment Text Directives. A comma or dash in the words is escaped.
pub(crate) fn with_fragment(address: &str, quote: &str) -> String {
    let base = address.split('#').next().unwrap_or_default();
    let words: Vec<&str> = quote.split_whitespace().collect();
    let part = |words: &[&str]| encoded(&words.join(" ")).replace('-', "%2D");
    if words.len() <= 2 * FRAGMENT_WORDS {
        return format!("{base}#:~:text={}", part(&words));
    }
    let first = part(&words[..FRAGMENT_WORDS]);
    let last = part(&words[words.len() - FRAGMENT_WORDS..]);
    format!("{base}#:~:text={first},{last}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_lead_to_the_words() {
        assert_eq!(
            with_fragment("https://a.example/x#top", "ten, or so, mid-size boats"),
            "https://a.example/x#:~:text=ten%2C%20or%20so%2C%20mid%2Dsize%20boats"
        );
        assert_eq!(
            with_fragment(
                "https://a.example/x",
                "one two three four five six seven eight nine ten"
            ),
            "https://a.example/x#:~:text=one%20two%20three%20four,seven%20eight%20nine%20ten"
        );
    }

    #[test]
    fn only_web_addresses_are_linked() {
        assert!(is_web("HTTPS://a.example"));
        assert!(!is_web("javascript:alert(1)") && !is_web("//a.example"));
    }
}
