//! A brief as one HTML file: no script, nothing fetched, made to be read on a screen and on paper.
//!
//! All text goes through `maud`, which escapes it; the style sheet and the charts, which this program draws and
//! escapes itself, are the only markup that is taken as it is. A policy in the head forbids everything but that
//! one style sheet, by its digest, so that even a mistake here could run nothing.

use std::collections::BTreeMap;

use data_encoding::BASE64;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use verbale_core::Digest;

use super::{
    model::{Block, Brief, Chart, Inline, Line, Note, Passage, Section, Table},
    weak::Mark,
};

/// The style sheet but for what names the brief.
const STYLE: &str = include_str!("brief.css");

/// The brief as an HTML file.
pub fn html(brief: &Brief) -> String {
    let style = format!("{STYLE}{}", running_head(&brief.title));
    let digest = BASE64.encode(&Digest::of(style.as_bytes()).0);
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    );
    let mut page = Page::new(brief);
    let sections: Vec<Markup> = brief.sections.iter().map(|s| page.section(s)).collect();
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content="verbale";
                title { (brief.title) }
                style { (PreEscaped(style)) }
            }
            body {
                a.skip href="#standard" { "Skip to the first section" }
                header { (head(brief)) }
                nav aria-label="Contents" { (contents(brief)) }
                main { @for section in &sections { (section) } }
            }
        }
    };
    page.into_string()
}

/// The title as the running head of printed pages.
fn running_head(title: &str) -> String {
    let mut words = String::new();
    for c in title.chars() {
        // In a string of CSS every character may be written by its number; letters need not.
        if c.is_alphanumeric() || c == ' ' {
            words.push(c);
        } else {
            // The blank ends the number and is no part of the words.
            words.push_str(&format!("\\{:06x} ", u32::from(c)));
        }
    }
    format!("@page {{ @top-left {{ content: \"{words}\"; }} }}\n")
}

fn head(brief: &Brief) -> Markup {
    html! {
        p.kind { "Brief" }
        h1 { (brief.title) }
        dl.facts {
            @for (name, value) in &brief.facts {
                div { dt { (name) } dd { (value) } }
            }
        }
        @if !brief.n_marked.is_empty() {
            p.tally {
                "Marked below: "
                @for (i, (mark, n)) in brief.n_marked.iter().enumerate() {
                    @if i > 0 { ", " }
                    (mark_of(*mark)) " " (n)
                }
                ". The first section says what the marks mean."
            }
        }
    }
}

fn contents(brief: &Brief) -> Markup {
    html! {
        h2 { "Contents" }
        ol { @for s in &brief.sections { li { a href={ "#" (s.id) } { (s.title) } } } }
    }
}

/// Prints sections one after the other, counting tables and how often each note was cited so far.
struct Page<'a> {
    brief: &'a Brief,
    n_cited: BTreeMap<u32, u32>,
    /// How often each note is cited in all.
    n_citations: BTreeMap<u32, u32>,
    /// How many tables are printed; several duties have one of the same caption.
    n_tables: u32,
}

impl<'a> Page<'a> {
    fn new(brief: &'a Brief) -> Self {
        let mut n_citations: BTreeMap<u32, u32> = BTreeMap::new();
        for section in &brief.sections {
            section.lines(&mut |line| {
                for n in super::model::notes_in(line) {
                    *n_citations.entry(n).or_default() += 1;
                }
            });
        }
        Self {
            brief,
            n_cited: BTreeMap::new(),
            n_citations,
            n_tables: 0,
        }
    }

    fn section(&mut self, section: &Section) -> Markup {
        let mut blocks: Vec<Markup> = Vec::new();
        for (i, block) in section.blocks.iter().enumerate() {
            let is_headed = i == 0 || matches!(section.blocks[i - 1], Block::Heading { .. });
            blocks.push(self.block(block, is_headed));
        }
        let notes = self.brief.first_cited_in(section);
        let heading = format!("{}-heading", section.id);
        html! {
            section id=(section.id) aria-labelledby=(heading) {
                h2 id=(heading) { (section.title) }
                @for block in &blocks { (block) }
                @if !notes.is_empty() {
                    section.notes role="doc-endnotes" aria-label={ "Notes to " (section.title) } {
                        h3 { "Notes to " (section.title) }
                        ol { @for n in notes { @if let Some(note) = self.brief.note(n) { (self.note(note)) } } }
                    }
                }
            }
        }
    }

    fn block(&mut self, block: &Block, is_headed: bool) -> Markup {
        match block {
            Block::Heading { text } => html! { h3 { (text) } },
            Block::Paragraph { text } => html! { p { (self.line(text)) } },
            Block::List { items } => {
                html! { ul { @for item in items { li { (self.line(item)) } } } }
            }
            Block::Table(table) => self.table(table, is_headed),
            Block::Chart(chart) => picture(chart),
            Block::Passages { sides } => {
                html! { div.passages { @for side in sides { (self.passage(side)) } } }
            }
        }
    }

    /// A table. Below a heading its caption would say the same again, so that only screen readers get it.
    fn table(&mut self, table: &Table, is_headed: bool) -> Markup {
        const SHORT: usize = 6;
        self.n_tables += 1;
        let class = if table.rows.len() <= SHORT {
            "scroll short"
        } else {
            "scroll"
        };
        let total: u32 = table.columns.iter().map(|c| u32::from(c.share)).sum();
        let share = |n: u8| u32::from(n) * 100 / total.max(1);
        html! {
            div class=(class) role="region" aria-label={ "Table " (self.n_tables) ": " (table.caption) } tabindex="0" {
                table {
                    caption.unseen[is_headed] { (table.caption) }
                    colgroup { @for c in &table.columns { col width={ (share(c.share)) "%" }; } }
                    thead { tr { @for c in &table.columns { th scope="col" { (c.title) } } } }
                    tbody {
                        @for row in &table.rows {
                            tr {
                                @for (i, cell) in row.iter().enumerate() {
                                    @if i == 0 { th scope="row" { (self.line(cell)) } }
                                    @else { td { (self.line(cell)) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn passage(&mut self, side: &Passage) -> Markup {
        html! {
            figure.passage {
                figcaption { (self.line(&side.voice)) " " (self.line(&side.cite)) }
                blockquote { p { (side.before) mark { (side.words) } (side.after) } }
            }
        }
    }

    fn line(&mut self, line: &Line) -> Markup {
        let parts: Vec<Markup> = line.iter().map(|i| self.inline(i)).collect();
        html! { @for part in &parts { (part) } }
    }

    fn inline(&mut self, inline: &Inline) -> Markup {
        match inline {
            Inline::Text(words) => html! { (words) },
            Inline::Strong(words) => html! { strong { (words) } },
            Inline::Quote(words) => html! { q { (words) } },
            Inline::Computed(words) => html! { i.computed { (words) } },
            Inline::Code(words) => html! { code { (words) } },
            Inline::Link { text, address } => {
                html! { a href=(address) rel="noreferrer nofollow" { (text) } }
            }
            Inline::Mark(mark) => html! { " " (mark_of(*mark)) },
            Inline::Note(n) => {
                let at = self.n_cited.entry(*n).or_default();
                *at += 1;
                html! {
                    sup { a.ref id=(citation(*n, *at)) href={ "#n" (n) } role="doc-noteref" aria-label={ "note " (n) } { (n) } }
                }
            }
        }
    }

    fn note(&mut self, note: &Note) -> Markup {
        let n_citations = self
            .n_citations
            .get(&note.number)
            .copied()
            .unwrap_or_default();
        let text = self.line(&note.text);
        html! {
            li id={ "n" (note.number) } value=(note.number) {
                (text)
                @for at in 1..=n_citations {
                    " "
                    a.back href={ "#" (citation(note.number, at)) } role="doc-backlink"
                        aria-label={ "back to citation " (at) " of note " (note.number) } { "↩" }
                }
            }
        }
    }
}

fn citation(note: u32, at: u32) -> String {
    format!("r{note}-{at}")
}

fn mark_of(mark: Mark) -> Markup {
    let class = if mark.is_weakness() { "weak" } else { "read" };
    html! { span class=(class) title=(mark.meaning()) { (mark.as_str()) } }
}

/// The chart, with the table behind it saying the same; its ids are made the brief's own.
fn picture(chart: &Chart) -> Markup {
    let svg = chart
        .svg
        .replace("chart-title", &format!("chart-{}-title", chart.number))
        .replace("chart-desc", &format!("chart-{}-desc", chart.number));
    html! {
        figure.chart {
            (PreEscaped(svg))
            figcaption { "Chart " (chart.number) ". " (chart.title) ". The table below has the same figures." }
        }
    }
}
