//! The parts of the package that do not depend on what the brief says.

use maud::{Markup, html};

use super::clean;

pub(super) const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
pub(super) const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const OF_WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// Members of the package that `word/document.xml` refers to: id, relation, target.
const OF_DOCUMENT: &[(&str, &str, &str)] = &[
    ("rStyles", "styles", "styles.xml"),
    ("rNumbering", "numbering", "numbering.xml"),
    ("rSettings", "settings", "settings.xml"),
    ("rFootnotes", "footnotes", "footnotes.xml"),
    ("rHeader", "header", "header1.xml"),
    ("rFooter", "footer", "footer1.xml"),
];

pub(super) fn content_types() -> Markup {
    let of_word = [
        ("document", "document.main"),
        ("footnotes", "footnotes"),
        ("styles", "styles"),
        ("numbering", "numbering"),
        ("settings", "settings"),
        ("header1", "header"),
        ("footer1", "footer"),
    ];
    html! {
        Types xmlns={ (PACKAGE) "/content-types" } {
            Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml" {}
            Default Extension="xml" ContentType="application/xml" {}
            Default Extension="emf" ContentType="image/x-emf" {}
            Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml" {}
            @for (part, kind) in of_word {
                Override PartName={ "/word/" (part) ".xml" } ContentType={ (OF_WORD) "." (kind) "+xml" } {}
            }
        }
    }
}

pub(super) fn package() -> Markup {
    html! {
        Relationships xmlns={ (PACKAGE) "/relationships" } {
            Relationship Id="r1" Type={ (R) "/officeDocument" } Target="word/document.xml" {}
            Relationship Id="r2" Type={ (PACKAGE) "/relationships/metadata/core-properties" } Target="docProps/core.xml" {}
        }
    }
}

pub(super) fn core(title: &str) -> Markup {
    html! {
        cp:coreProperties xmlns:cp={ (PACKAGE) "/metadata/core-properties" } xmlns:dc="http://purl.org/dc/elements/1.1/" {
            dc:title { (clean(title)) }
            dc:creator { "verbale" }
            dc:language { "en-US" }
        }
    }
}

/// The relations of the document, with its pictures and links.
pub(super) fn relations_of_document(n_charts: usize, links: &[String]) -> Markup {
    relations(html! {
        @for (id, kind, target) in OF_DOCUMENT {
            Relationship Id=(id) Type={ (R) "/" (kind) } Target=(target) {}
        }
        @for n in 1..=n_charts {
            Relationship Id={ "rChart" (n) } Type={ (R) "/image" } Target={ "media/chart" (n) ".emf" } {}
        }
        (hyperlinks(links))
    })
}

/// The relations of the footnotes: their links.
pub(super) fn relations_of_footnotes(links: &[String]) -> Markup {
    relations(hyperlinks(links))
}

fn relations(all: Markup) -> Markup {
    html! { Relationships xmlns={ (PACKAGE) "/relationships" } { (all) } }
}

fn hyperlinks(links: &[String]) -> Markup {
    html! {
        @for (n, address) in links.iter().enumerate() {
            Relationship Id={ "rLink" (n) } Type={ (R) "/hyperlink" } Target=(clean(address)) TargetMode="External" {}
        }
    }
}

pub(super) fn settings() -> Markup {
    html! {
        w:settings xmlns:w=(W) {
            w:footnotePr { w:footnote w:id="-1" {} w:footnote w:id="0" {} }
            w:compat { w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15" {} }
        }
    }
}

pub(super) fn numbering() -> Markup {
    html! {
        w:numbering xmlns:w=(W) {
            w:abstractNum w:abstractNumId="0" {
                w:multiLevelType w:val="hybridMultilevel" {}
                w:lvl w:ilvl="0" {
                    w:start w:val="1" {}
                    w:numFmt w:val="bullet" {}
                    w:lvlText w:val="•" {}
                    w:lvlJc w:val="left" {}
                    w:pPr { w:ind w:left="340" w:hanging="340" {} }
                }
            }
            w:num w:numId="1" { w:abstractNumId w:val="0" {} }
        }
    }
}

pub(super) fn header(title: &str) -> Markup {
    html! {
        w:hdr xmlns:w=(W) { w:p { w:pPr { w:pStyle w:val="Header" {} } w:r { w:t { (clean(title)) } } } }
    }
}

pub(super) fn footer() -> Markup {
    html! {
        w:ftr xmlns:w=(W) {
            w:p {
                w:pPr { w:pStyle w:val="Header" {} w:jc w:val="right" {} }
                w:fldSimple w:instr=" PAGE " { w:r { w:t { "1" } } }
                w:r { w:t xml:space="preserve" { " of " } }
                w:fldSimple w:instr=" NUMPAGES " { w:r { w:t { "1" } } }
            }
        }
    }
}

/// A paragraph style: id, name, size in half points, bold, space before and after in twentieths of a point.
struct Style(&'static str, &'static str, u32, bool, u32, u32);

const STYLES: &[Style] = &[
    Style("Title", "Title", 44, true, 0, 160),
    Style("Heading1", "heading 1", 30, true, 400, 120),
    Style("Heading2", "heading 2", 23, true, 280, 80),
    Style("Caption", "caption", 17, false, 120, 60),
    Style("Header", "header", 16, false, 0, 0),
    Style("FootnoteText", "footnote text", 16, false, 0, 40),
    Style("Cell", "Cell", 17, false, 20, 20),
    Style("ListBullet", "List Bullet", 21, false, 0, 60),
];

pub(super) fn styles() -> Markup {
    html! {
        w:styles xmlns:w=(W) {
            w:docDefaults {
                w:rPrDefault {
                    w:rPr {
                        w:rFonts w:ascii="Cambria" w:hAnsi="Cambria" w:cs="Times New Roman" w:eastAsia="Noto Serif CJK SC" {}
                        w:sz w:val="21" {}
                        w:lang w:val="en-US" {}
                    }
                }
                w:pPrDefault { w:pPr { w:widowControl {} w:spacing w:after="100" w:line="264" w:lineRule="auto" {} } }
            }
            w:style w:type="paragraph" w:default="1" w:styleId="Normal" { w:name w:val="Normal" {} }
            @for Style(id, name, size, is_bold, before, after) in STYLES {
                w:style w:type="paragraph" w:styleId=(id) {
                    w:name w:val=(name) {}
                    w:basedOn w:val="Normal" {}
                    w:pPr {
                        @if id.starts_with("Heading") || *id == "Caption" { w:keepNext {} w:keepLines {} }
                        @if *id == "ListBullet" { w:numPr { w:numId w:val="1" {} } }
                        w:spacing w:before=(before) w:after=(after) {}
                        @if let Some(level) = id.strip_prefix("Heading") {
                            w:outlineLvl w:val=(level.parse::<u32>().unwrap_or(1) - 1) {}
                        }
                    }
                    w:rPr {
                        @if matches!(*id, "Cell" | "Caption" | "Header") {
                            w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri" {}
                        }
                        @if *is_bold { w:b {} }
                        @if matches!(*id, "Caption" | "Header") { w:color w:val="595959" {} }
                        w:sz w:val=(size) {}
                    }
                }
            }
            w:style w:type="character" w:styleId="FootnoteReference" {
                w:name w:val="footnote reference" {}
                w:rPr { w:vertAlign w:val="superscript" {} }
            }
            w:style w:type="character" w:styleId="Hyperlink" {
                w:name w:val="Hyperlink" {}
                w:rPr { w:color w:val="14508C" {} w:u w:val="single" {} }
            }
            w:style w:type="character" w:styleId="Computed" {
                w:name w:val="Computed" {}
                w:rPr { w:i {} w:color w:val="595959" {} }
            }
        }
    }
}
