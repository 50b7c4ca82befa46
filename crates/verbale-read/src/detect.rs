//! What the bytes are, by content and never by name.

/// A form in which pages or containers of pages come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Markup of a web page.
    Html,
    /// Text without markup, or with Markdown's.
    Text,
}

impl Form {
    /// The media type that a page of this form carries.
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html",
            Self::Text => "text/plain",
        }
    }

    /// The form of a page from its media type; parameters such as `charset` are ignored.
    pub(crate) fn of_media_type(media_type: &str) -> Option<Self> {
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        match essence {
            "text/html" | "application/xhtml+xml" => Some(Self::Html),
            "text/plain" | "text/markdown" => Some(Self::Text),
            _ => None,
        }
    }
}

/// How many bytes of an input decide about its form.
pub(crate) const SNIFF_BYTES: usize = 8192;

/// The form of an input from its first bytes; `None` where no reader knows it.
pub(crate) fn sniff(head: &[u8]) -> Option<Form> {
    let head = &head[..head.len().min(SNIFF_BYTES)];
    let text = latin(head);
    if is_html(&text) {
        return Some(Form::Html);
    }
    is_text(head).then_some(Form::Text)
}

/// The head as text in which every byte is a character and zero bytes of UTF-16 are left out.
fn latin(head: &[u8]) -> String {
    head.iter()
        .filter(|&&b| b != 0)
        .map(|&b| char::from(b).to_ascii_lowercase())
        .collect()
}

/// A document type, or tags that only a web page has.
fn is_html(text: &str) -> bool {
    let start = text.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, '\u{EF}' | '\u{BB}' | '\u{BF}' | '\u{FE}' | '\u{FF}')
    });
    if start.starts_with("<!doctype html") || start.starts_with("<html") {
        return true;
    }
    if !start.starts_with('<') {
        return false;
    }
    [
        "<html",
        "<head",
        "<body",
        "<title",
        "<meta ",
        "<div",
        "<article",
        "<p>",
        "<p ",
        "<h1",
        "<table",
        "<!doctype html",
    ]
    .iter()
    .any(|tag| start.contains(tag))
        && !start.starts_with("<?xml version=\"1.0\"?><rss")
}

/// Few control characters: text in some encoding. UTF-16 without a mark has a zero in every second byte.
fn is_text(head: &[u8]) -> bool {
    if head.is_empty() {
        return false;
    }
    let n_zero = head.iter().filter(|&&b| b == 0).count();
    let n_control = head
        .iter()
        .filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B | 0))
        .count();
    let is_wide = head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) || {
        let at = |odd: usize| {
            head.iter()
                .skip(odd)
                .step_by(2)
                .filter(|&&b| b == 0)
                .count()
        };
        let (even, odd) = (at(0), at(1));
        n_zero * 12 > head.len() && (even * 20 < odd || odd * 20 < even)
    };
    n_control * 100 <= head.len() && (n_zero == 0 || is_wide)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_told_by_content() {
        assert_eq!(sniff(b"  <!DOCTYPE html><p>x"), Some(Form::Html));
        assert_eq!(sniff(b"\xEF\xBB\xBF<html lang=en>"), Some(Form::Html));
        assert_eq!(sniff(b"A ferry left. <b>Why?</b>"), Some(Form::Text));
        assert_eq!(sniff(b"# Head\n\nText."), Some(Form::Text));
        assert_eq!(
            sniff(b"\x7FELF\x02\x01\x01\0\0\0\0\0\0\0\x02\0\x3e\0"),
            None
        );
        assert_eq!(sniff(b""), None);
        let wide: Vec<u8> = "A ferry left port."
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(sniff(&wide), Some(Form::Text));
    }
}
