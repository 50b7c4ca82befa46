//! Small searches in XML that need not be well formed.
//!
//! Feeds with a stray `&` or a cut end are common; a strict parser loses them whole.

/// The content of the first element with one of these names, tried in this order; CDATA marks are opened.
pub(super) fn inner(text: &str, names: &[&str]) -> Option<String> {
    names
        .iter()
        .find_map(|n| element(text, n, 0))
        .map(|(_, content, _)| open_cdata(content))
        .filter(|c| !c.trim().is_empty())
}

/// The first element of this name from `from` on: its start tag, its content, and where it ends.
pub(super) fn element<'t>(
    text: &'t str,
    name: &str,
    from: usize,
) -> Option<(&'t str, &'t str, usize)> {
    let mut at = from;
    loop {
        let start = at + text.get(at..)?.find(&format!("<{name}"))?;
        let after = start + 1 + name.len();
        at = after;
        if text[after..]
            .starts_with(|c: char| c.is_alphanumeric() || matches!(c, ':' | '-' | '_' | '.'))
        {
            continue;
        }
        let tag_end = after + text[after..].find('>')? + 1;
        let tag = &text[start..tag_end];
        if tag.ends_with("/>") {
            return Some((tag, "", tag_end));
        }
        let close = format!("</{name}");
        let end = text[tag_end..]
            .find(&close)
            .map_or(text.len(), |i| tag_end + i);
        let after_end = text[end..].find('>').map_or(text.len(), |i| end + i + 1);
        return Some((tag, &text[tag_end..end], after_end));
    }
}

/// The value of an attribute in a start tag.
pub(super) fn attribute(tag: &str, name: &str) -> Option<String> {
    let at = tag.find(&format!(" {name}="))? + name.len() + 2;
    let quote = tag[at..]
        .chars()
        .next()
        .filter(|q| matches!(q, '"' | '\''))?;
    let rest = &tag[at + 1..];
    Some(unescape(&rest[..rest.find(quote)?]))
}

fn open_cdata(content: &str) -> String {
    let trimmed = content.trim();
    match trimmed.strip_prefix("<![CDATA[") {
        Some(rest) => rest
            .strip_suffix("]]>")
            .unwrap_or(rest)
            .replace("]]><![CDATA[", ""),
        None => trimmed.to_owned(),
    }
}

/// The five entities of XML and numbered characters; what is none of them stays as it is.
pub(super) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|b| b == b';');
        match end.and_then(|e| Some((e, entity(&rest[1..e])?))) {
            Some((end, c)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{A0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_found_in_broken_markup() {
        let text = "<item><title><![CDATA[A & B]]></title><titles>x</titles><link href='u&amp;v'/><pubDate>now";
        assert_eq!(inner(text, &["title"]).as_deref(), Some("A & B"));
        assert_eq!(inner(text, &["pubDate"]).as_deref(), Some("now"));
        let (tag, ..) = element(text, "link", 0).expect("a link");
        assert_eq!(attribute(tag, "href").as_deref(), Some("u&v"));
        assert_eq!(unescape("&lt;p&gt; &#8217; &x; &"), "<p> ’ &x; &");
    }
}
