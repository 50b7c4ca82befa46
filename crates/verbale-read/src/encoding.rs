//! Bytes to text: which encoding, and whether it fits.
//!
//! The order is: byte order mark, zero bytes of UTF-16, strict UTF-8, what the container declares, what the
//! markup declares, and last a guess from the bytes. A declaration that does not fit is not believed.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Text with how it was decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decoded {
    /// The text, without a byte order mark.
    pub(crate) text: String,
    /// The encoding's name in the WHATWG Encoding Standard.
    pub(crate) encoding: &'static str,
    /// How many characters had to be replaced by U+FFFD.
    pub(crate) n_replaced: usize,
}

/// What is known about the bytes besides the bytes.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Hints<'a> {
    /// The `charset` of an HTTP or MIME header.
    pub(crate) charset: Option<&'a str>,
    /// The address's top-level domain, which tells `chardetng` where the page is from.
    pub(crate) tld: Option<&'a str>,
}

/// How far into a page an encoding may be declared (HTML says 1024; pages do it later).
const DECLARATION_BYTES: usize = 4096;
/// How much of a page the guess looks at.
const GUESS_BYTES: usize = 256 << 10;

/// Decodes `bytes`; never fails.
pub(crate) fn decode(bytes: &[u8], hints: Hints<'_>) -> Decoded {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return decode_as(bytes, encoding);
    }
    if let Some(encoding) = utf16_by_zeros(bytes) {
        return decode_as(bytes, encoding);
    }
    if is_mostly_utf8(bytes) {
        return decode_as(bytes, UTF_8);
    }
    let declared = hints
        .charset
        .and_then(|c| Encoding::for_label(c.as_bytes()))
        .or_else(|| declared_in_markup(bytes))
        .filter(|&e| e != UTF_8);
    if let Some(encoding) = declared {
        let decoded = decode_as(bytes, encoding);
        if decoded.n_replaced == 0 {
            return decoded;
        }
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    let head = &bytes[..bytes.len().min(GUESS_BYTES)];
    detector.feed(head, head.len() == bytes.len());
    let tld = hints.tld.map(str::as_bytes).filter(|t| t.is_ascii());
    decode_as(bytes, detector.guess(tld, Utf8Detection::Allow))
}

fn decode_as(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, encoding, damaged) = encoding.decode(bytes);
    let n_replaced = if damaged {
        text.matches('\u{FFFD}').count()
    } else {
        0
    };
    Decoded {
        text: text.into_owned(),
        encoding: encoding.name(),
        n_replaced,
    }
}

/// UTF-16 without a mark: in most scripts' spaces, digits and punctuation every second byte is zero.
fn utf16_by_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(2048) & !1];
    if head.len() < 8 {
        return None;
    }
    let zeros = |odd: usize| {
        head.iter()
            .skip(odd)
            .step_by(2)
            .filter(|&&b| b == 0)
            .count()
    };
    let (even, odd, pairs) = (zeros(0), zeros(1), head.len() / 2);
    let many = |n: usize| n * 100 > pairs * 8;
    match (many(even), many(odd)) {
        (false, true) if even * 20 < odd => Some(UTF_16LE),
        (true, false) if odd * 20 < even => Some(UTF_16BE),
        _ => None,
    }
}

/// Valid UTF-8, or UTF-8 with a cut end or a few damaged bytes among many good ones.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut n_good, mut n_bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        n_good += chunk.valid().bytes().filter(|b| b & 0xC0 == 0xC0).count();
        n_bad += usize::from(!chunk.invalid().is_empty());
        if n_bad > 1000 {
            break;
        }
    }
    n_bad == 0 || n_good >= 10 * n_bad
}

/// The encoding that `<meta charset>`, `<meta content="…charset=…">` or `<?xml encoding=…?>` names.
fn declared_in_markup(bytes: &[u8]) -> Option<&'static Encoding> {
    let head: String = bytes[..bytes.len().min(DECLARATION_BYTES)]
        .iter()
        .map(|&b| char::from(b).to_ascii_lowercase())
        .collect();
    let at = head
        .find("charset=")
        .map(|i| i + "charset=".len())
        .or_else(|| head.find("encoding=").map(|i| i + "encoding=".len()))?;
    let label: String = head[at..]
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))
        .collect();
    Encoding::for_label(label.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{EUC_KR, KOI8_R, SHIFT_JIS, WINDOWS_1251};

    const RUSSIAN: &str = "Министерство сообщило, что паром вернулся в порт в четверг вечером.";

    fn check(bytes: &[u8], charset: Option<&str>, expected: &str) {
        let got = decode(bytes, Hints { charset, tld: None });
        assert_eq!(
            (got.text.as_str(), got.n_replaced),
            (expected, 0),
            "{}",
            got.encoding
        );
    }

    #[test]
    fn legacy_encodings_are_told_from_the_bytes() {
        check(&WINDOWS_1251.encode(RUSSIAN).0, None, RUSSIAN);
        check(&KOI8_R.encode(RUSSIAN).0, None, RUSSIAN);
        let korean = "외무성 대변인은 목요일 대사관이 다시 문을 열 것이라고 말했다.";
        check(&EUC_KR.encode(korean).0, None, korean);
        let japanese = "外務省の報道官は木曜日、大使館が再開すると述べた。";
        check(&SHIFT_JIS.encode(japanese).0, None, japanese);
    }

    #[test]
    fn a_lying_declaration_is_not_believed() {
        check(RUSSIAN.as_bytes(), Some("windows-1252"), RUSSIAN);
        check(&WINDOWS_1251.encode(RUSSIAN).0, Some("utf-8"), RUSSIAN);
        let page = format!("<meta charset=\"utf-8\">{RUSSIAN}");
        check(&WINDOWS_1251.encode(&page).0, None, &page);
    }

    #[test]
    fn utf_16_with_and_without_mark() {
        let le: Vec<u8> = RUSSIAN.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = RUSSIAN.encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&le, None, RUSSIAN);
        check(&be, None, RUSSIAN);
        check(&[&[0xFF, 0xFE], le.as_slice()].concat(), None, RUSSIAN);
        check(b"\xEF\xBB\xBFplain", None, "plain");
    }

    #[test]
    fn a_cut_end_is_replaced_and_counted() {
        let cut = &RUSSIAN.as_bytes()[..RUSSIAN.len() - 2];
        let got = decode(cut, Hints::default());
        assert_eq!(got.encoding, "UTF-8");
        assert_eq!(got.n_replaced, 1);
    }
}
