//! Pieces that several pages share.

use maud::{Markup, html};

use super::Frame;
use crate::{
    marked::Piece,
    view::{ClaimCard, DecisionRow, DocumentRow, LossRow, Pager, Side, Time},
};

/// The head of a page.
pub(super) fn head(title: &str, lead: Markup) -> Markup {
    html! {
        h1 { (title) }
        p .lead { (lead) }
    }
}

/// "1 claim", "12 claims".
pub(super) fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(n), if n == 1 { one } else { many })
}

/// A number with its thousands apart.
pub(super) fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A time: the date, else the words in quotes.
pub(super) fn time(time: &Time) -> Markup {
    match (&time.iso, &time.raw) {
        (Some(iso), _) => html! { time { (iso) } },
        (None, Some(raw)) => {
            html! { span .unresolved title="No date on the page resolves these words" { "“" (raw) "”" } }
        }
        (None, None) => html! {},
    }
}

/// First and last day.
pub(super) fn days(first: &str, last: &str) -> Markup {
    html! {
        time { (first) }
        @if first != last { "–" wbr; time { (last) } }
    }
}

/// The words of a page.
pub(super) fn words(language: Option<&str>, text: &str) -> Markup {
    let language = language.filter(|l| *l != "und");
    html! { q lang=[language] dir="auto" { (text.trim()) } }
}

/// Who said it, then through whom.
pub(super) fn chain(card: &ClaimCard) -> Markup {
    let speaker = card.speaker.as_deref().unwrap_or("nobody named");
    let same = |via: &&String| Some(via.as_str()) != card.speaker.as_deref();
    let facts = [card.role.as_deref(), card.org.as_deref()];
    let facts = facts
        .into_iter()
        .flatten()
        .filter(|f| Some(*f) != card.speaker.as_deref());
    html! {
        span .speaker { (speaker) }
        @for fact in facts { span .fact { ", " (fact) } }
        @if let Some(behalf) = &card.on_behalf_of { span .fact { ", for " (behalf) } }
        @if card.is_anonymous { " " span .tag { "unnamed" } }
        @for via in card.chain.iter().filter(same) { span .via { " via " (via) } }
    }
}

/// What makes it less than a plain assertion, and what people decided.
pub(super) fn tags(card: &ClaimCard) -> Markup {
    html! {
        @if card.is_denied { " " span .tag.denied { "denied" } }
        @if let Some(modality) = card.modality { " " span .tag { (modality) } }
        @if card.restates.is_some() { " " span .tag { "said before" } }
        @if let Some(verdict) = &card.verdict { " " span class=(format!("tag {verdict}")) { (verdict) } }
        @if !card.amended.is_empty() { " " span .tag { "amended" } }
        @if let Some(credibility) = card.credibility { " " span .tag { "credibility " (credibility) } }
    }
}

/// A table that a narrow window scrolls, with its caption for those who do not see it. The last `n_numbers` columns
/// are numbers. Its name differs from the caption, since a section of that name may stand around it.
pub(super) fn table(
    caption: &str,
    class: &str,
    heads: &[&str],
    n_numbers: usize,
    rows: Markup,
) -> Markup {
    let is_number = |at: usize| at + n_numbers >= heads.len();
    html! {
        div .wide tabindex="0" role="region" aria-label=(format!("{caption}: table")) {
            table class=(class) {
                caption .unseen { (caption) }
                thead { tr { @for (at, head) in heads.iter().enumerate() {
                    th scope="col" .number[is_number(at)] { (head) }
                } } }
                tbody { (rows) }
            }
        }
    }
}

/// A table of claims.
pub(super) fn claim_table(caption: &str, claims: &[ClaimCard]) -> Markup {
    table(
        caption,
        "claims",
        &[
            "What is claimed, and its words",
            "Who said it",
            "When",
            "Kind",
        ],
        0,
        html! {
            @for card in claims { (claim_row(card)) }
        },
    )
}

fn claim_row(card: &ClaimCard) -> Markup {
    html! {
        tr {
            td .what {
                a .summary href=(card.href) { (card.summary) } (tags(card))
                p .quote { (words(card.language.as_deref(), &card.quote)) }
            }
            td .who data-label="Who said it" { (chain(card)) }
            td .when data-label="When" {
                @if let Some(holds) = &card.holds { span .clock { span .label { (card.holds_label) " " } (time(holds)) } }
                @if let Some(said) = &card.said { span .clock { span .label { "said " } (time(said)) } }
                @if let Some(published) = &card.published { span .clock { span .label { "published " } time { (published) } } }
            }
            td .kind data-label="Kind" { (card.kind) span .fact { (card.act) } }
        }
    }
}

/// Pieces of a passage, the claim's words as a mark.
pub(super) fn passage(pieces: &[Piece]) -> Markup {
    html! {
        @for piece in pieces {
            @if piece.marks.contains(&0) { mark { (piece.text) } }
            @else if piece.marks.contains(&1) { span .speaker-words title="the speaker" { (piece.text) } }
            @else if piece.marks.contains(&2) { span .cue-words title="the words that attribute it" { (piece.text) } }
            @else { (piece.text) }
        }
    }
}

/// A claim with its passage, as one side of two, or as what is under review.
pub(super) fn side(side: &Side, heading: Markup) -> Markup {
    let card = &side.card;
    let language = card.language.as_deref().filter(|l| *l != "und");
    html! {
        article .side {
            (heading)
            blockquote lang=[language] dir="auto" { (passage(&side.passage)) }
            p .by { (chain(card)) }
            dl .facts {
                @if let Some(holds) = &card.holds { dt { (card.holds_label) } dd { (time(holds)) } }
                @if let Some(said) = &card.said { dt { "said" } dd { (time(said)) } }
                dt { "published" } dd { @match &card.published { Some(d) => time { (d) }, None => span .unresolved { "undated" } } }
                dt { "page" } dd { a href=(card.words_href()) { (card.title.as_deref().unwrap_or("untitled")) } }
            }
        }
    }
}

/// A table of documents.
pub(super) fn document_table(caption: &str, documents: &[DocumentRow]) -> Markup {
    table(
        caption,
        "documents",
        &["Document", "Publisher", "Published", "Claims"],
        1,
        html! {
            @for d in documents {
                tr {
                    td .what { a href=(d.href) lang=[Some(d.language.as_str()).filter(|l| *l != "und")] dir="auto" { (d.title) } }
                    td data-label="Publisher" { (d.publisher.as_deref().unwrap_or("not named"))
                        @if let Some(agency) = &d.agency { span .fact { " via " (agency) } } }
                    td data-label="Published" { @match &d.published { Some(day) => time { (day) }, None => span .unresolved { "undated" } } }
                    td .number data-label="Claims" { (grouped(d.n_claims)) }
                }
            }
        },
    )
}

/// What sayings lose.
pub(super) fn loss_table(caption: &str, losses: &[LossRow]) -> Markup {
    let counts = |(pages, publishers, origins): (usize, usize, usize)| {
        html! {
            (pages) " / " (publishers) " / " (origins)
        }
    };
    table(
        caption,
        "losses",
        &[
            "What loses support",
            "Said by",
            "Pages / publishers / origins",
            "Left",
        ],
        2,
        html! {
            @for loss in losses {
                tr {
                    td .what { a href=(loss.href) { (words(None, &loss.quote)) } }
                    td data-label="Said by" { (loss.voice) }
                    td .number data-label="Before" { (counts(loss.before)) }
                    td .number data-label="Left" { @if loss.is_total { span .tag.denied { "nothing" } } @else { (counts(loss.after)) } }
                }
            }
        },
    )
}

/// What people decided.
pub(super) fn decisions(frame: &Frame<'_>, decisions: &[DecisionRow], back: &str) -> Markup {
    html! {
        ol .decisions {
            @for d in decisions {
                li {
                    span .act { (d.act) }
                    @if let Some(what) = &d.what { " " span .value { (what) } }
                    " by " (d.who) ", " time { (d.at) }
                    @if let Some(why) = &d.why { ": " (why) }
                    @if d.act != "undo" {
                        form .inline method="post" action="/undo" {
                            (key(frame, back))
                            input type="hidden" name="decision" value=(d.id);
                            button type="submit" { "Undo" }
                        }
                    }
                }
            }
        }
    }
}

/// What every form brings along: the key, and where to go afterwards.
pub(super) fn key(frame: &Frame<'_>, back: &str) -> Markup {
    html! {
        input type="hidden" name="key" value=(frame.key);
        input type="hidden" name="back" value=(back);
    }
}

/// Who decides, and why.
pub(super) fn signature(frame: &Frame<'_>, id: &str) -> Markup {
    let (who, why) = (format!("who-{id}"), format!("why-{id}"));
    html! {
        p .signature {
            label for=(who) { "Signed" }
            input id=(who) name="who" value=(frame.who) required maxlength="100" autocomplete="name";
            label for=(why) { "Why" }
            input id=(why) name="why" maxlength="500" placeholder="if there is something to say" autocomplete="off";
        }
    }
}

/// Where the rows stand in the whole, and the way on.
pub(super) fn pager(pager: &Pager) -> Markup {
    let rows = match pager.total {
        Some(total) => format!(
            "{} to {} of {}",
            grouped(pager.first.into()),
            grouped(pager.last.into()),
            grouped(total)
        ),
        None => format!(
            "{} to {}",
            grouped(pager.first.into()),
            grouped(pager.last.into())
        ),
    };
    html! {
        @if pager.last == 0 {
            p .empty { "Nothing here." }
        } @else if pager.before.is_some() || pager.start.is_some() || pager.after.is_some() {
            nav .pager aria-label="Pages of this list" {
                @match (&pager.before, &pager.start) {
                    (Some(href), _) => a rel="prev" href=(href) { "← Before" },
                    (None, Some(href)) => a href=(href) { "← From the start" },
                    (None, None) => span {},
                }
                span .rows { (rows) }
                @match &pager.after { Some(href) => a rel="next" href=(href) { "After →" }, None => span {} }
            }
        }
    }
}

/// What is taken out of an address when a list begins again.
pub(super) const FIRST: [(&str, &str); 3] = [("from", ""), ("after", ""), ("n", "")];

/// Links of which one is chosen: "all · figure · status".
pub(super) fn choices(label: &str, choices: &[(String, String, bool)]) -> Markup {
    html! {
        nav .choices aria-label=(label) {
            @for (name, href, is_chosen) in choices {
                a href=(href) aria-current=[is_chosen.then_some("true")] { (name) }
            }
        }
    }
}
