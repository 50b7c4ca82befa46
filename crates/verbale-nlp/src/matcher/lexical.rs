//! Flags of words, as spaCy's lexical attributes define them.

use std::sync::LazyLock;

use regex::Regex;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

use crate::doc::Token;
use crate::tokenizer::PUBLIC_ADDRESS;
use crate::vocab::chars;

/// A yes-or-no attribute of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flag {
    Alpha,
    Ascii,
    Digit,
    Lower,
    Upper,
    Title,
    Punct,
    Space,
    Bracket,
    Quote,
    LeftPunct,
    RightPunct,
    Currency,
    SentStart,
    SpaceAfter,
    LikeNum,
    LikeUrl,
    LikeEmail,
}

impl Flag {
    /// `IS_STOP` is not here: lists of stop words are a part of spaCy, not of packages.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "IS_ALPHA" => Self::Alpha,
            "IS_ASCII" => Self::Ascii,
            "IS_DIGIT" => Self::Digit,
            "IS_LOWER" => Self::Lower,
            "IS_UPPER" => Self::Upper,
            "IS_TITLE" => Self::Title,
            "IS_PUNCT" => Self::Punct,
            "IS_SPACE" => Self::Space,
            "IS_BRACKET" => Self::Bracket,
            "IS_QUOTE" => Self::Quote,
            "IS_LEFT_PUNCT" => Self::LeftPunct,
            "IS_RIGHT_PUNCT" => Self::RightPunct,
            "IS_CURRENCY" => Self::Currency,
            "IS_SENT_START" | "SENT_START" => Self::SentStart,
            "SPACY" => Self::SpaceAfter,
            "LIKE_NUM" => Self::LikeNum,
            "LIKE_URL" => Self::LikeUrl,
            "LIKE_EMAIL" => Self::LikeEmail,
            _ => return None,
        })
    }

    pub(super) fn holds(self, token: Token<'_>) -> bool {
        let text = token.text();
        let all = |test: fn(char) -> bool| !text.is_empty() && text.chars().all(test);
        match self {
            Self::Alpha => all(chars::is_alpha),
            Self::Ascii => text.is_ascii(),
            Self::Digit => all(chars::is_digit),
            Self::Lower => {
                !text.chars().any(|c| c.is_uppercase() || is_title_case(c))
                    && text.chars().any(char::is_lowercase)
            }
            Self::Upper => {
                !text.chars().any(|c| c.is_lowercase() || is_title_case(c))
                    && text.chars().any(char::is_uppercase)
            }
            Self::Title => is_title(text),
            Self::Punct => text
                .chars()
                .all(|c| c.general_category_group() == GeneralCategoryGroup::Punctuation),
            Self::Space => all(chars::is_space),
            Self::Bracket => matches!(text, "(" | ")" | "[" | "]" | "{" | "}" | "<" | ">"),
            Self::Quote => is_left_quote(text) || is_right_quote(text),
            Self::LeftPunct => {
                matches!(text, "(" | "[" | "{" | "<") || is_left_quote(text) && text != "`"
            }
            Self::RightPunct => {
                matches!(
                    text,
                    ")" | "]" | "}" | ">" | "\"" | "'" | "»" | "’" | "”" | "›" | "❯" | "''"
                )
            }
            Self::Currency => text
                .chars()
                .all(|c| c.general_category() == GeneralCategory::CurrencySymbol),
            Self::SentStart => token.is_sent_start(),
            Self::SpaceAfter => token.has_space_after(),
            Self::LikeNum => like_num(text),
            Self::LikeUrl => like_url(text),
            Self::LikeEmail => EMAIL.is_match(text),
        }
    }
}

fn is_left_quote(text: &str) -> bool {
    matches!(
        text,
        "\"" | "'" | "`" | "«" | "‘" | "‚" | "‛" | "“" | "„" | "‟" | "‹" | "❮" | "``"
    )
}

fn is_right_quote(text: &str) -> bool {
    matches!(text, "»" | "’" | "”" | "›" | "❯" | "''")
}

fn is_title_case(c: char) -> bool {
    c.general_category() == GeneralCategory::TitlecaseLetter
}

/// `str.istitle`: upper case starts runs of letters, lower case goes on with them.
fn is_title(text: &str) -> bool {
    let mut after_cased = false;
    let mut any = false;
    for c in text.chars() {
        let (upper, lower) = (c.is_uppercase() || is_title_case(c), c.is_lowercase());
        if upper == after_cased && (upper || lower) {
            return false;
        }
        after_cased = upper || lower;
        any |= after_cased;
    }
    any
}

/// Digits, fractions, and the number words of English.
fn like_num(text: &str) -> bool {
    let digits = |s: &str| !s.is_empty() && s.chars().all(chars::is_digit);
    let text = text.strip_prefix(['+', '-', '±', '~']).unwrap_or(text);
    let text = text.replace([',', '.'], "");
    if digits(&text) {
        return true;
    }
    if let Some((above, below)) = text.split_once('/')
        && digits(above)
        && digits(below)
    {
        return true;
    }
    let lower = text.to_lowercase();
    NUMBERS.split(' ').any(|word| word == lower)
        || ORDINALS.split(' ').any(|word| word == lower)
        || ["st", "nd", "rd", "th"]
            .iter()
            .any(|end| lower.strip_suffix(end).is_some_and(digits))
}

/// Source: spaCy 3.8, `spacy.lang.en.lex_attrs` (MIT, ExplosionAI).
const NUMBERS: &str = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen \
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion \
    quadrillion quintillion sextillion septillion octillion nonillion decillion gajillion bazillion";
const ORDINALS: &str = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth \
    fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth \
    ninetieth hundredth thousandth millionth billionth trillionth quadrillionth quintillionth sextillionth septillionth \
    octillionth nonillionth decillionth gajillionth bazillionth";

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern of this module compiles")
}

static EMAIL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\A[a-zA-Z0-9_.+-]+@[a-zA-Z0-9-]+\.[a-zA-Z0-9-.]+"));

/// A host with a path, without the user that spaCy's pattern allows: texts with `@` never come here.
static URL: LazyLock<Regex> = LazyLock::new(|| {
    const SCHEME: &str = r"(?:[\p{L}\p{N}_+.-]{2,}://)?";
    const LABEL: &str = r"[A-Za-z0-9\u{a1}-\u{ffff}](?:[A-Za-z0-9\u{a1}-\u{ffff}_-]{0,62}[A-Za-z0-9\u{a1}-\u{ffff}])?";
    const LAST_NUMBER: &str = r"(?:[1-9]\d?|1\d\d|2[0-4]\d|25[0-4])";
    const REST: &str = r"(?::\d{2,5})?(?:[/?#]\S*)?";
    pattern(&format!(
        r"\A{SCHEME}(?:{PUBLIC_ADDRESS}\.{LAST_NUMBER}|(?:{LABEL}\.)+[\p{{Ll}}\p{{Lo}}]{{2,63}}){REST}\z",
    ))
});

fn like_url(text: &str) -> bool {
    if text.starts_with("http://") || text.starts_with("https://") {
        return true;
    }
    if text.starts_with("www.") && text.chars().count() >= 5 {
        return true;
    }
    if text.starts_with('.') || text.ends_with('.') || text.contains('@') {
        return false;
    }
    let Some((_, end)) = text.rsplit_once('.') else {
        return false;
    };
    let domain = end.split(':').next().unwrap_or_default();
    domain.ends_with('/') || DOMAINS.split(' ').any(|d| d == domain) || URL.is_match(text)
}

/// Top-level domains. Source: spaCy 3.8, `spacy.lang.lex_attrs` (MIT, ExplosionAI).
const DOMAINS: &str = "com org edu gov net mil aero asia biz cat coop info int jobs mobi museum name pro tel travel xyz icu xxx ac ad ae af \
    ag ai al am an ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bv bw by bz ca cc cd cf cg ch \
    ci ck cl cm cn co cr cs cu cv cx cy cz dd de dj dk dm do dz ec ee eg eh er es et eu fi fj fk fm fo fr ga gb gd ge gf \
    gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km \
    kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz \
    na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg \
    sh si sj sk sl sm sn so sr ss st su sv sy sz tc td tf tg th tj tk tl tm tn to tp tr tt tv tw tz ua ug uk us uy uz va \
    vc ve vg vi vn vu wf ws ye yt za zm zw";
