//! The tags of markup, told apart as a parser does, without building anything.
//!
//! What a parser takes for one tag, one comment or one element's raw content is taken for one here too, so
//! that what stands between can be left out before the page is parsed. Not here: which elements are open.
//!
//! Source: WHATWG, HTML Living Standard, section 13.2.5 "Tokenization".

use std::ops::Range;

/// Elements whose content is not markup.
const RAW: &[&str] = &[
    "script", "style", "textarea", "title", "xmp", "noscript", "iframe",
];

/// One tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// The name as it is written.
    pub(super) name: &'a str,
    /// Whether it is an end tag.
    pub(super) is_end: bool,
    /// Whether it is written with a slash at its end.
    pub(super) is_closed: bool,
    /// From `<` to behind `>`, in bytes of the markup.
    pub(super) range: Range<usize>,
    /// What it holds up to its end tag if that is no markup, else the empty range behind it.
    pub(super) raw: Range<usize>,
}

impl Tag<'_> {
    /// Whether the name is this one, in lower case.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

/// One attribute of a tag, in bytes of the markup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attribute {
    /// Its name as it is written.
    pub(super) name: Range<usize>,
    /// The name, the sign and the value with its quotation marks.
    pub(super) range: Range<usize>,
}

/// The tags of some markup from left to right; comments and raw content are passed over, and so is a tag that
/// the markup does not end.
#[derive(Debug, Clone)]
pub(super) struct Tags<'a> {
    markup: &'a str,
    at: usize,
    attributes: Vec<Attribute>,
}

impl<'a> Tags<'a> {
    /// Those of this markup.
    pub(super) fn of(markup: &'a str) -> Self {
        Self {
            markup,
            at: 0,
            attributes: Vec::new(),
        }
    }

    /// The attributes of the tag that came last, from left to right.
    pub(super) fn attributes(&self) -> &[Attribute] {
        &self.attributes
    }

    /// The tag that starts with the `<` at `start`, if it is one. Moves behind whatever it is.
    fn tag(&mut self, start: usize) -> Option<Tag<'a>> {
        let (markup, bytes) = (self.markup, self.markup.as_bytes());
        let rest = &markup[start..];
        let is_end = rest[1..].starts_with('/');
        let name_at = start + 1 + usize::from(is_end);
        if !bytes.get(name_at).is_some_and(u8::is_ascii_alphabetic) {
            self.at = start + other_len(rest);
            return None;
        }
        let name_end = skip(bytes, name_at, |b| {
            !is_blank(b) && !matches!(b, b'/' | b'>')
        });
        self.at = name_end;
        self.attributes.clear();
        while let Some(attribute) = self.attribute() {
            self.attributes.push(attribute);
        }
        let last = self.at;
        if bytes.get(last) != Some(&b'>') {
            self.at = markup.len();
            return None;
        }
        let end = last + 1;
        let name = &markup[name_at..name_end];
        let is_closed = last > name_end && bytes[last - 1] == b'/';
        // Foreign elements that are closed at once have no content, and what they are is not known here.
        let is_raw = !is_end && !is_closed && RAW.iter().any(|r| name.eq_ignore_ascii_case(r));
        self.at = match is_raw {
            true => end + raw_len(&markup[end..], name),
            false => end,
        };
        Some(Tag {
            name,
            is_end,
            is_closed,
            range: start..end,
            raw: end..self.at,
        })
    }

    /// The next attribute of a tag. Moves behind it; if there is none, to the tag's `>` or the end of the markup.
    fn attribute(&mut self) -> Option<Attribute> {
        let bytes = self.markup.as_bytes();
        let start = skip(bytes, self.at, |b| is_blank(b) || b == b'/');
        self.at = start;
        if matches!(bytes.get(start), None | Some(b'>')) {
            return None;
        }
        // A name may begin with the sign that ends it elsewhere.
        let name_end = skip(bytes, start + 1, |b| {
            !is_blank(b) && !matches!(b, b'/' | b'>' | b'=')
        });
        let sign = skip(bytes, name_end, is_blank);
        self.at = name_end;
        if bytes.get(sign) == Some(&b'=') {
            let value = skip(bytes, sign + 1, is_blank);
            self.at = match bytes.get(value) {
                Some(&quote @ (b'"' | b'\'')) => {
                    match self.markup[value + 1..].find(char::from(quote)) {
                        Some(len) => value + 1 + len + 1,
                        None => bytes.len(),
                    }
                }
                _ => skip(bytes, value, |b| !is_blank(b) && b != b'>'),
            };
        }
        Some(Attribute {
            name: start..name_end,
            range: start..self.at,
        })
    }
}

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        loop {
            let start = self.at + self.markup[self.at..].find('<')?;
            let tag = self.tag(start);
            if tag.is_some() {
                return tag;
            }
        }
    }
}

/// Where the bytes that pass the test end, from `from`.
fn skip(bytes: &[u8], from: usize, test: impl Fn(u8) -> bool) -> usize {
    let end = bytes[from..].iter().position(|&b| !test(b));
    end.map_or(bytes.len(), |n| from + n)
}

/// The length of what starts with a `<` and is no tag: a comment, a declaration, or the character alone.
fn other_len(rest: &str) -> usize {
    if rest.starts_with("<!--") {
        return comment_len(rest);
    }
    match rest.as_bytes().get(1) {
        Some(b'!' | b'?' | b'/') => rest.find('>').map_or(rest.len(), |i| i + 1),
        _ => 1,
    }
}

fn is_blank(b: u8) -> bool {
    matches!(b, b' ' | b'\n' | b'\t' | b'\r' | 0x0C)
}

/// The length of the comment that `rest` starts with; `<!-->` is a whole one.
fn comment_len(rest: &str) -> usize {
    let mut at = "<!".len();
    while let Some(i) = rest[at..].find("--") {
        let start = at + i;
        let after = &rest[start + "--".len()..];
        if after.starts_with('>') {
            return start + "-->".len();
        }
        if after.starts_with("!>") && start >= "<!--".len() {
            return start + "--!>".len();
        }
        at = start + 1;
    }
    rest.len()
}

/// The length of the content of a raw element, up to its end tag.
fn raw_len(rest: &str, name: &str) -> usize {
    let mut at = 0;
    while let Some(i) = rest[at..].find("</") {
        let start = at + i;
        let name_at = start + "</".len();
        let after = name_at + name.len();
        let bytes = rest.as_bytes();
        let is_name = bytes
            .get(name_at..after)
            .is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()));
        if is_name
            && bytes
                .get(after)
                .is_none_or(|&b| is_blank(b) || matches!(b, b'/' | b'>'))
        {
            return start;
        }
        at = name_at;
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(markup: &str) -> Vec<String> {
        let mut tags = Tags::of(markup);
        let mut out = Vec::new();
        while let Some(t) = tags.next() {
            let names = tags.attributes().iter().map(|a| &markup[a.range.clone()]);
            let names: Vec<&str> = names.collect();
            let (end, raw) = (if t.is_end { "/" } else { "" }, &markup[t.raw.clone()]);
            out.push(format!("{end}{} {} {raw}", t.name, names.join("|")));
        }
        out
    }

    #[test]
    fn tags_and_their_attributes() {
        assert_eq!(shown("a <b>c</b > 1 < 2 <br/>"), ["b  ", "/b  ", "br  "]);
        assert_eq!(
            shown("<a href='>' x = \"'\"y=1/2/z / =q==r a'b>t"),
            ["a href='>'|x = \"'\"|y=1/2/z|=q==r|a'b "]
        );
        assert_eq!(shown("<a b=><c d= >"), ["a b= ", "c d=  "]);
    }

    #[test]
    fn comments_and_raw_content_hold_no_tags() {
        assert_eq!(
            shown("<!-- <a> --><b><!--><c><!-- --!><d>"),
            ["b  ", "c  ", "d  "]
        );
        assert_eq!(
            shown("<?p '<a b=\"x>y<!doctype c '><d></ e><f>"),
            ["d  ", "f  "]
        );
        assert_eq!(
            shown("<script>a</scripts></SCRIPT x><style/><p>"),
            ["script  a</scripts>", "/SCRIPT x ", "style  ", "p  "]
        );
        assert_eq!(shown("<title>a<b>"), ["title  a<b>"]);
    }

    #[test]
    fn what_does_not_end_is_no_tag() {
        for odd in [
            "<",
            "<!",
            "<!--",
            "<a href=\"",
            "<a b",
            "</",
            "<é>",
            "</a",
            "<a '",
            "<?",
        ] {
            assert_eq!(shown(odd), [""; 0], "{odd}");
        }
        assert_eq!(shown("<script></scrip"), ["script  </scrip"]);
    }
}
