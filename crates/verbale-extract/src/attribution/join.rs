//! From drafts to marks: pieces joined, quotations kept whole, cues taken out of contents, marks nested.

use verbale_core::{Act, Attribution, TextRange};

use super::draft::{self, Draft, Scene, normalized, without};
use super::{AttributionMark, Form};

/// Joins what belongs together; the result is in order of the first word.
pub(super) fn join(scenes: &[Scene<'_>], drafts: Vec<Draft>, text: &str) -> Vec<Draft> {
    let mut drafts = merge_pivots(drafts);
    for d in &mut drafts {
        let scene = &scenes[d.block];
        keep_quotes_whole(scene, d);
        clip_to_quote(scene, d);
        take_out_cue(scene, d, text);
    }
    take_over_statement(scenes, &mut drafts);
    end_where_next_begins(scenes, &mut drafts);
    run_on(scenes, &mut drafts);
    let mut drafts = go_on(scenes, drafts);
    for d in &mut drafts {
        d.content = normalized(std::mem::take(&mut d.content), text);
    }
    drafts.retain(|d| !d.content.is_empty());
    drafts.sort_by_key(|d| {
        let scene = &scenes[d.block];
        (
            draft::start(&d.content)
                .min(scene.block.token_range(scene.tree.token(d.pivot)).start()),
            d.block,
            d.pivot,
        )
    });
    drafts
}

/// One draft a cue: a verb with its clause and its quotations.
fn merge_pivots(mut drafts: Vec<Draft>) -> Vec<Draft> {
    drafts.sort_by_key(|d| (d.block, d.pivot));
    let mut out: Vec<Draft> = Vec::with_capacity(drafts.len());
    for d in drafts {
        match out.last_mut() {
            Some(last) if (last.block, last.pivot) == (d.block, d.pivot) => {
                if d.rule == "quote" {
                    leave_out_before(&mut last.content, &d.content);
                }
                last.content.extend(d.content);
                if last.speaker.is_none() {
                    last.speaker = d.speaker;
                    last.speaker_head = d.speaker_head;
                }
                if d.rule == "quote" {
                    last.rule = d.rule;
                    last.nature = d.nature;
                }
            }
            _ => out.push(d),
        }
    }
    out
}

/// Cuts from a clause what stands before the direct speech that it reaches into: another sentence, or another cue.
fn leave_out_before(clause: &mut Vec<TextRange>, quotes: &[TextRange]) {
    let Some(first) = quotes.iter().min_by_key(|r| r.start()) else {
        return;
    };
    let reaches = |r: &TextRange| r.start() < first.start() && r.end() > first.start();
    if clause.iter().any(reaches) {
        *clause = without(clause, TextRange::new(0.into(), first.start()));
    }
}

/// Widens content that begins or ends inside a quotation to the whole of it, unless the cue stands inside too.
fn keep_quotes_whole(scene: &Scene<'_>, d: &mut Draft) {
    if scene.quote_at(d.pivot).is_some() {
        return;
    }
    for (q, quote) in scene.quotes.iter().enumerate() {
        let whole = scene.quote_range(q);
        for r in &mut d.content {
            let starts_in = whole.contains(r.start());
            let ends_in = whole.contains(r.end()) || whole.end() == r.end();
            if !(starts_in || ends_in) {
                continue;
            }
            let full = quote.is_full(scene.text());
            if full || ends_in {
                *r = TextRange::new(r.start(), r.end().max(whole.end()));
            }
            if full && starts_in {
                *r = TextRange::new(r.start().min(whole.start()), r.end());
            }
        }
    }
}

/// A cue inside a quotation attributes nothing outside of it.
fn clip_to_quote(scene: &Scene<'_>, d: &mut Draft) {
    let Some(q) = scene.quote_at(d.pivot) else {
        return;
    };
    let quote = &scene.quotes[q];
    let start = scene.block.to_document(quote.inner_start..quote.inner_end);
    d.content = d
        .content
        .iter()
        .filter_map(|r| r.intersect(start))
        .collect();
    let outside = |t: &super::draft::Tokens| scene.quote_at(t.start) != Some(q);
    if d.speaker.as_ref().is_some_and(outside) {
        d.speaker = None;
        d.speaker_head = None;
    }
}

fn take_out_cue(scene: &Scene<'_>, d: &mut Draft, text: &str) {
    let mut content = normalized(std::mem::take(&mut d.content), text);
    for piece in d.cue.iter().chain(&d.speaker) {
        if let Some(hole) = scene.range(piece.clone()) {
            content = without(&content, hole);
        }
    }
    content.retain(|r| text[*r].chars().any(char::is_alphanumeric));
    d.content = content;
}

/// `“According to X,” she said, “Y”`: a cue that fills its quotation attributes the rest of the statement.
fn take_over_statement(scenes: &[Scene<'_>], drafts: &mut [Draft]) {
    for i in 0..drafts.len() {
        if !drafts[i].content.is_empty() || drafts[i].rule != "according" {
            continue;
        }
        let scene = &scenes[drafts[i].block];
        let cue = scene.block.token_range(scene.tree.token(drafts[i].pivot));
        let Some(outer) = drafts
            .iter()
            .find(|d| d.content.iter().any(|r| r.contains_range(cue)))
        else {
            continue;
        };
        let own = scene
            .quote_at(drafts[i].pivot)
            .map(|q| scene.quote_range(q));
        let rest = own.map(|q| without(&outer.content, q)).unwrap_or_default();
        drafts[i].content = rest;
    }
}

/// Takes ", adding that …" out of the content of the cue that it goes on from.
fn end_where_next_begins(scenes: &[Scene<'_>], drafts: &mut [Draft]) {
    let tails: Vec<(usize, usize, TextRange)> = drafts
        .iter()
        .filter_map(|d| {
            let from = d.goes_on_from?;
            let scene = &scenes[d.block];
            let tree = &scene.tree;
            let mut first = d.cue.first()?.start;
            while first > 0 && (tree.tag(first - 1) == "CC" || tree.text(first - 1) == ",") {
                first -= 1;
            }
            let start = scene.block.token_range(tree.token(first)).start();
            let end = d.content.iter().map(|r| r.end()).max()?;
            (start < end).then(|| (d.block, from, TextRange::new(start, end)))
        })
        .collect();
    for (block, pivot, tail) in tails {
        for d in drafts
            .iter_mut()
            .filter(|d| (d.block, d.pivot) == (block, pivot))
        {
            let left = without(&d.content, tail);
            if !left.is_empty() {
                d.content = left;
            }
        }
    }
}

/// Quotations that stay open at the end of a paragraph go on in the next one; who speaks may be said only there.
fn run_on(scenes: &[Scene<'_>], drafts: &mut [Draft]) {
    for k in 1..scenes.len() {
        let open = scenes[k - 1].quotes.last().is_some_and(|q| !q.closed);
        let Some(first) = scenes[k].quotes.first().filter(|q| q.start == 0 && open) else {
            continue;
        };
        let tail = scenes[k - 1].quote_range(scenes[k - 1].quotes.len() - 1);
        let range = first.range(scenes[k].block.start);
        let holds = |d: &Draft, piece| d.content.iter().any(|r| r.contains_range(piece));
        let before = drafts.iter().position(|d| holds(d, tail));
        let here = drafts.iter().position(|d| {
            d.block == k && d.rule == "quote" && d.speaker.is_some() && holds(d, range)
        });
        let named = before.filter(|&i| drafts[i].rule != super::quoted::CONTINUED);
        match (named, here) {
            (Some(i), _) => drafts[i].content.push(range),
            (None, Some(i)) => {
                drafts[i].content.push(tail);
                if let Some(unnamed) = before {
                    drafts[unnamed].content.retain(|r| *r != tail);
                }
            }
            (None, None) => {
                if let Some(i) = before {
                    drafts[i].content.push(range);
                }
            }
        }
    }
}

/// Joins a passage of mere quotation to the direct speech that the passage before it ends with.
fn go_on(scenes: &[Scene<'_>], drafts: Vec<Draft>) -> Vec<Draft> {
    let is_continued = |d: &Draft| d.rule == super::quoted::CONTINUED && d.pivot == 0;
    let (continued, mut out): (Vec<_>, Vec<_>) = drafts.into_iter().partition(is_continued);
    for d in continued {
        let Some(before) = d.block.checked_sub(1).map(|k| scenes[k].block.start) else {
            continue;
        };
        let here = scenes[d.block].block.start;
        let reaches = |o: &Draft| {
            let in_passage_before = |r: &TextRange| (before..here).contains(&r.start());
            (o.rule == "quote" || is_continued(o)) && o.content.iter().any(in_passage_before)
        };
        let end = |o: &Draft| o.content.iter().map(|r| r.end()).max();
        match out.iter_mut().filter(|o| reaches(o)).max_by_key(|o| end(o)) {
            Some(o) => o.content.extend(d.content),
            None => out.push(d),
        }
    }
    out
}

/// Marks without names yet.
pub(super) fn marks(scenes: &[Scene<'_>], drafts: &[Draft]) -> Vec<AttributionMark> {
    let mut marks: Vec<AttributionMark> = drafts
        .iter()
        .map(|d| {
            let scene = &scenes[d.block];
            let ranges = |list: &[super::draft::Tokens]| {
                list.iter()
                    .filter_map(|t| scene.range(t.clone()))
                    .collect::<Vec<_>>()
            };
            let cue = ranges(&d.cue);
            AttributionMark {
                speaker: d
                    .speaker
                    .as_slice()
                    .iter()
                    .filter_map(|t| scene.range(t.clone()))
                    .collect(),
                form: form(scenes, d),
                attribution: Attribution {
                    speaker: None,
                    via: Vec::new(),
                    on_behalf_of: None,
                    act: Act::Say,
                    cue: cue.first().copied(),
                    said_on: None,
                },
                cue,
                content: d.content.clone(),
                nature: d.nature,
                parent: None,
                rule: d.rule,
            }
        })
        .collect();
    nest(&mut marks);
    marks
}

/// A statement runs over at most this many passages.
const FORM_PASSAGES: usize = 6;

/// Content outside of quotation marks up to this many bytes does not make a quotation mixed: commas, "that".
const DIRECT_SLACK_BYTES: u32 = 6;

fn form(scenes: &[Scene<'_>], d: &Draft) -> Form {
    // A quotation may have begun in the passage before.
    let near = d.block.saturating_sub(1)..scenes.len().min(d.block + FORM_PASSAGES);
    let touches = |q: &TextRange| d.content.iter().any(|r| r.intersect(*q).is_some());
    let quoted: Vec<TextRange> = scenes[near]
        .iter()
        .flat_map(|s| (0..s.quotes.len()).map(|q| s.quote_range(q)))
        .filter(touches)
        .collect();
    let inside = draft::shared(&quoted, &d.content);
    let all = draft::len(&d.content);
    if inside == 0 {
        Form::Indirect
    } else if inside + DIRECT_SLACK_BYTES >= all {
        Form::Direct
    } else {
        Form::Mixed
    }
}

/// How many marks before one may hold it; contents overlap in runs of a few.
const NEST_WINDOW: usize = 60;

/// Finds for each mark the smallest other mark whose content holds its cue.
fn nest(marks: &mut [AttributionMark]) {
    let anchors: Vec<_> = marks
        .iter()
        .map(|m| m.cue.first().or(m.content.first()).copied())
        .collect();
    for i in 0..marks.len() {
        let Some(anchor) = anchors[i] else { continue };
        let near = i.saturating_sub(NEST_WINDOW)..marks.len().min(i + NEST_WINDOW);
        let parent = near
            .filter(|&k| k != i && marks[k].content.iter().any(|r| r.contains_range(anchor)))
            .filter(|&k| {
                let mine = &marks[i].cue;
                // Two cues cannot hold each other.
                !marks[i]
                    .content
                    .iter()
                    .any(|r| marks[k].cue.first().is_some_and(|c| r.contains_range(*c)))
                    || mine.is_empty()
            })
            .min_by_key(|&k| (draft::len(&marks[k].content), k));
        marks[i].parent = parent;
    }
}
