//! The text of the document and its footnotes.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::{
    clean,
    parts::{R, W},
};
use crate::brief::{
    model::{Block, Brief, Chart, Inline, Line, Passage, Table},
    weak::Mark,
};

const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006";

/// The width of the text on the page, in twentieths of a point: A4 less its margins.
const TEXT_WIDTH: u32 = 9638;

/// English metric units in a pixel of a chart, so that 760 of them fill the width of the text.
const EMU_PER_PIXEL: u32 = TEXT_WIDTH * 635 / 760;

/// The addresses that each part links to; `rLinkN` is the `N`-th of its part.
#[derive(Default)]
pub(super) struct Links {
    pub(super) document: Vec<String>,
    pub(super) footnotes: Vec<String>,
}

/// Prints the brief; notes are footnotes where they are cited first, and references to them after that.
pub(super) struct Body<'a> {
    brief: &'a Brief,
    cited: BTreeSet<u32>,
    in_footnotes: bool,
    pub(super) links: Links,
}

impl<'a> Body<'a> {
    pub(super) fn new(brief: &'a Brief) -> Self {
        Self {
            brief,
            cited: BTreeSet::new(),
            in_footnotes: false,
            links: Links::default(),
        }
    }

    pub(super) fn document(&mut self) -> Markup {
        let brief = self.brief;
        let mut blocks: Vec<Markup> = Vec::new();
        for (name, value) in &brief.facts {
            let line = vec![
                Inline::Strong(format!("{name}: ")),
                Inline::Text(value.clone()),
            ];
            blocks.push(self.paragraph("Cell", &line));
        }
        for section in &brief.sections {
            blocks.push(html! { (styled("Heading1", &section.title)) });
            blocks.extend(section.blocks.iter().map(|b| self.block(b)));
        }
        html! {
            w:document xmlns:w=(W) xmlns:r=(R) xmlns:wp={ (DRAWING) "/wordprocessingDrawing" } xmlns:a={ (DRAWING) "/main" } xmlns:pic={ (DRAWING) "/picture" } {
                w:body {
                    (styled("Title", &brief.title))
                    @for block in &blocks { (block) }
                    w:sectPr {
                        w:headerReference w:type="default" r:id="rHeader" {}
                        w:footerReference w:type="default" r:id="rFooter" {}
                        w:pgSz w:w="11906" w:h="16838" {}
                        w:pgMar w:top="1247" w:right="1134" w:bottom="1134" w:left="1134" w:header="600" w:footer="500" w:gutter="0" {}
                    }
                }
            }
        }
    }

    pub(super) fn footnotes(&mut self) -> Markup {
        self.in_footnotes = true;
        let brief = self.brief;
        let notes: Vec<(u32, Markup)> = brief
            .notes
            .iter()
            .map(|n| (n.number, self.line(&n.text)))
            .collect();
        html! {
            w:footnotes xmlns:w=(W) xmlns:r=(R) {
                w:footnote w:type="separator" w:id="-1" { w:p { w:r { w:separator {} } } }
                w:footnote w:type="continuationSeparator" w:id="0" { w:p { w:r { w:continuationSeparator {} } } }
                @for (number, text) in &notes {
                    w:footnote w:id=(number) {
                        w:p {
                            w:pPr { w:pStyle w:val="FootnoteText" {} }
                            w:r { w:rPr { w:rStyle w:val="FootnoteReference" {} } w:footnoteRef {} }
                            w:r { w:t xml:space="preserve" { " " } }
                            (text)
                        }
                    }
                }
            }
        }
    }

    fn block(&mut self, block: &Block) -> Markup {
        match block {
            Block::Heading { text } => styled("Heading2", text),
            Block::Paragraph { text } => self.paragraph("Normal", text),
            Block::List { items } => {
                html! { @for item in items { (self.paragraph("ListBullet", item)) } }
            }
            Block::Table(table) => self.table(table),
            Block::Chart(chart) => picture(chart),
            Block::Passages { sides } => self.passages(sides),
        }
    }

    fn paragraph(&mut self, style: &str, line: &Line) -> Markup {
        html! { w:p { w:pPr { w:pStyle w:val=(style) {} } (self.line(line)) } }
    }

    fn table(&mut self, table: &Table) -> Markup {
        let total: u32 = table
            .columns
            .iter()
            .map(|c| u32::from(c.share))
            .sum::<u32>()
            .max(1);
        let widths: Vec<u32> = table
            .columns
            .iter()
            .map(|c| u32::from(c.share) * TEXT_WIDTH / total)
            .collect();
        let head: Vec<Line> = table
            .columns
            .iter()
            .map(|c| vec![Inline::Strong(c.title.clone())])
            .collect();
        html! {
            (styled("Caption", &table.caption))
            w:tbl {
                (table_properties(Some(&table.caption), true))
                w:tblGrid { @for width in &widths { w:gridCol w:w=(width) {} } }
                (self.row(&head, &widths, true))
                @for row in &table.rows { (self.row(row, &widths, false)) }
            }
            w:p { w:pPr { w:spacing w:after="60" {} } }
        }
    }

    fn row(&mut self, cells: &[Line], widths: &[u32], is_head: bool) -> Markup {
        html! {
            w:tr {
                w:trPr { w:cantSplit {} @if is_head { w:tblHeader {} } }
                @for (cell, width) in cells.iter().zip(widths) {
                    w:tc { w:tcPr { w:tcW w:w=(width) w:type="dxa" {} } (self.paragraph("Cell", cell)) }
                }
            }
        }
    }

    /// Passages side by side, in a table without lines.
    fn passages(&mut self, sides: &[Passage]) -> Markup {
        let width = TEXT_WIDTH / u32::try_from(sides.len()).unwrap_or(1).max(1);
        html! {
            w:tbl {
                (table_properties(None, false))
                w:tblGrid { @for _ in sides { w:gridCol w:w=(width) {} } }
                w:tr {
                    w:trPr { w:cantSplit {} }
                    @for side in sides {
                        w:tc {
                            w:tcPr {
                                w:tcW w:w=(width) w:type="dxa" {}
                                w:tcBorders { w:left w:val="single" w:sz="12" w:space="0" w:color="BFBFBF" {} }
                            }
                            (self.paragraph("Cell", &[&side.voice[..], &[Inline::Text(" ".into())], &side.cite].concat()))
                            w:p {
                                (run(&side.before, html! {}))
                                (run(&side.words, html! { w:shd w:val="clear" w:color="auto" w:fill="FFE9A8" {} }))
                                (run(&side.after, html! {}))
                            }
                        }
                    }
                }
            }
            w:p { w:pPr { w:spacing w:after="60" {} } }
        }
    }

    fn line(&mut self, line: &Line) -> Markup {
        let mut parts: Vec<Markup> = Vec::new();
        let mut after_note = false;
        for inline in line {
            let is_note = matches!(inline, Inline::Note(_));
            if is_note && after_note {
                parts.push(run(", ", html! { w:vertAlign w:val="superscript" {} }));
            }
            parts.push(self.inline(inline));
            after_note = is_note;
        }
        html! { @for part in &parts { (part) } }
    }

    fn inline(&mut self, inline: &Inline) -> Markup {
        match inline {
            Inline::Text(words) => run(words, html! {}),
            Inline::Strong(words) => run(words, html! { w:b {} }),
            Inline::Quote(words) => run(&format!("“{words}”"), html! {}),
            Inline::Computed(words) => run(words, html! { w:rStyle w:val="Computed" {} }),
            Inline::Code(words) => run(
                words,
                html! { w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas" {} w:sz w:val="15" {} },
            ),
            Inline::Mark(mark) => self::mark(*mark),
            Inline::Link { text, address } => self.link(text, address),
            Inline::Note(number) => self.note(*number),
        }
    }

    fn link(&mut self, text: &str, address: &str) -> Markup {
        let links = if self.in_footnotes {
            &mut self.links.footnotes
        } else {
            &mut self.links.document
        };
        links.push(address.to_owned());
        let id = links.len() - 1;
        html! {
            w:hyperlink r:id={ "rLink" (id) } { (run(text, html! { w:rStyle w:val="Hyperlink" {} })) }
        }
    }

    fn note(&mut self, number: u32) -> Markup {
        let superscript = html! { w:rPr { w:rStyle w:val="FootnoteReference" {} } };
        if self.cited.insert(number) {
            html! {
                w:bookmarkStart w:id=(number) w:name={ "note" (number) } {}
                w:r { (superscript) w:footnoteReference w:id=(number) {} }
                w:bookmarkEnd w:id=(number) {}
            }
        } else {
            html! {
                w:fldSimple w:instr={ " NOTEREF note" (number) " \\h " } { w:r { (superscript) w:t { (number) } } }
            }
        }
    }
}

/// A paragraph of plain words.
fn styled(style: &str, words: &str) -> Markup {
    html! { w:p { w:pPr { w:pStyle w:val=(style) {} } (run(words, html! {})) } }
}

fn run(words: &str, properties: Markup) -> Markup {
    html! { w:r { w:rPr { (properties) } w:t xml:space="preserve" { (clean(words)) } } }
}

fn mark(mark: Mark) -> Markup {
    let (color, fill) = if mark.is_weakness() {
        ("8A3B00", "FDF0E1")
    } else {
        ("595959", "F2F2F2")
    };
    // Blanks and hyphens at which no line ends.
    let unbroken = format!(" {} ", mark.as_str())
        .replace(' ', "\u{a0}")
        .replace('-', "\u{2011}");
    html! {
        (run(" ", html! {}))
        w:r {
            w:rPr {
                w:color w:val=(color) {}
                w:sz w:val="14" {}
                w:bdr w:val="single" w:sz="4" w:space="0" w:color=(color) {}
                w:shd w:val="clear" w:color="auto" w:fill=(fill) {}
            }
            w:t xml:space="preserve" { (unbroken) }
        }
    }
}

fn table_properties(caption: Option<&str>, has_lines: bool) -> Markup {
    html! {
        w:tblPr {
            w:tblW w:w=(TEXT_WIDTH) w:type="dxa" {}
            @if has_lines {
                w:tblBorders {
                    w:top w:val="single" w:sz="8" w:space="0" w:color="000000" {}
                    w:bottom w:val="single" w:sz="8" w:space="0" w:color="000000" {}
                    w:insideH w:val="single" w:sz="4" w:space="0" w:color="BFBFBF" {}
                }
            }
            w:tblLayout w:type="fixed" {}
            w:tblCellMar { w:left w:w="60" w:type="dxa" {} w:right w:w="90" w:type="dxa" {} }
            @if let Some(caption) = caption { w:tblCaption w:val=(clean(caption)) {} }
        }
    }
}

fn picture(chart: &Chart) -> Markup {
    let (width, height) = super::emf::size(&chart.svg);
    let (cx, cy) = (width * EMU_PER_PIXEL, height * EMU_PER_PIXEL);
    html! {
        w:p {
            w:r {
                w:drawing {
                    wp:inline distT="0" distB="0" distL="0" distR="0" {
                        wp:extent cx=(cx) cy=(cy) {}
                        wp:docPr id=(chart.number) name={ "Chart " (chart.number) } descr=(clean(&chart.description)) {}
                        a:graphic {
                            a:graphicData uri={ (DRAWING) "/picture" } {
                                pic:pic {
                                    pic:nvPicPr { pic:cNvPr id=(chart.number) name={ "chart" (chart.number) ".emf" } {} pic:cNvPicPr {} }
                                    pic:blipFill { a:blip r:embed={ "rChart" (chart.number) } {} a:stretch { a:fillRect {} } }
                                    pic:spPr {
                                        a:xfrm { a:off x="0" y="0" {} a:ext cx=(cx) cy=(cy) {} }
                                        a:prstGeom prst="rect" { a:avLst {} }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        (styled("Caption", &format!("Chart {}. {}", chart.number, chart.title)))
    }
}
