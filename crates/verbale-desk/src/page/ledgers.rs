//! Obligations, presence, restrictions, timeline.

use maud::{Markup, html};
use verbale_core::ClaimKind;

use super::{
    Frame,
    parts::{choices, days, head, pager, table, words},
    picture, sheet,
};
use crate::view::{
    DutyView, MomentRow, ObligationsPage, PartyView, PostView, PresencePage, RestrictionsPage,
    StatementView, TimelinePage,
};

pub(crate) fn obligations(frame: &Frame<'_>, v: &ObligationsPage) -> Markup {
    let lead = html! { "Who must do what by when, what each party says about it, and beside it what dates and figures imply on " time { (v.on) } "." };
    let content = html! {
        (head("Obligations", lead))
        @for duty in &v.duties { (duty_section(duty)) }
        (pager(&v.pager))
    };
    sheet(frame, "Obligations", content)
}

fn duty_section(d: &DutyView) -> Markup {
    html! {
        section .duty id=(d.anchor) {
            h2 { @if d.instrument.is_empty() { "A duty" } @else { (d.instrument) }
                @if let Some(p) = &d.paragraph { " ¶" (p) }
                @if d.is_disputed { " " span .tag.conflict { "read differently" } }
                " " a .permalink href=(format!("#{}", d.anchor)) aria-label="Address of this duty" { "#" } }
            p .action { (d.action) @match &d.deadline { Some(day) => { " · by " time { (day) } }, None => span .fact { " · no deadline known" } } }
            @for party in &d.parties { (party_record(party)) }
            @if !d.readings.is_empty() {
                details open[d.is_disputed] {
                    summary { "How it is told and read" }
                    ul .plain { @for r in &d.readings {
                        li { @if let Some(said) = &r.said { time { (said) } " " }
                            strong { (r.holder.as_deref().unwrap_or("the page")) } ": "
                            @if r.is_denied { span .tag.denied { "not" } " " }
                            @match &r.href { Some(href) => a href=(href) { (r.action) }, None => { (r.action) span .fact { " (pack)" } } } }
                    } }
                }
            }
            @if !d.reports.is_empty() {
                ul .plain.reports { @for r in &d.reports {
                    li { "Report to " (r.to) ", due " (r.due) ": " span .tag { (r.state) } }
                } }
            }
        }
    }
}

fn party_record(p: &PartyView) -> Markup {
    html! {
        div .party {
            div .asserted {
                h3 { (p.party) }
                ol .statements { @for s in &p.statements { (statement(s)) } }
            }
            div .computed {
                p .heading { "Computed" }
                p { strong { (p.computed) } }
                @if !p.residual.is_empty() {
                    p .fact { "from " @for (i, (href, _)) in p.residual.iter().enumerate() {
                        @if i > 0 { ", " } a href=(href) { "figure " (i + 1) } } }
                }
            }
        }
    }
}

fn statement(s: &StatementView) -> Markup {
    let class = match s.is_kept {
        Some(true) => "kept",
        Some(false) => "broken",
        None => "open",
    };
    html! {
        li class=(class) {
            @match &s.said { Some(day) => time { (day) }, None => span .unresolved { "undated" } }
            " " a href=(s.href) { (s.status) }
            " " span .fact { (s.told) }
            p .quote { (words(None, &s.quote)) }
        }
    }
}

pub(crate) fn presence(frame: &Frame<'_>, v: &PresencePage) -> Markup {
    let lead = html! { "Which post is open, closed, empty or inspected, by whose word. A bar is what somebody asserts; the thin line behind it only says that nobody has said otherwise." };
    let content = html! {
        (head("Presence", lead))
        @for post in &v.posts { (post_section(post)) }
        (pager(&v.pager))
        @if !v.counts.is_empty() {
            section aria-labelledby="counts" {
                h2 #counts { "How many there are, as counted by others" }
                (table("Counts of posts", "", &["Count", "Where", "When", "Said by", "Open in this ledger"], 1, html! {
                    @for c in &v.counts {
                        tr {
                            td .what { a href=(c.href) { (c.amount) } }
                            td data-label="Where" { (c.place.as_deref().unwrap_or("–")) }
                            td data-label="When" { (c.as_of) }
                            td data-label="Said by" { (c.speaker.as_deref().unwrap_or("nobody named")) }
                            td .number data-label="Open here" { (c.n_open) @if c.is_exceeded { " " span .tag.conflict { "more than claimed" } } }
                        }
                    }
                }))
            }
        }
    };
    sheet(frame, "Presence", content)
}

fn post_section(p: &PostView) -> Markup {
    html! {
        section .post id=(p.anchor) {
            h2 { (p.name) " " a .permalink href=(format!("#{}", p.anchor)) aria-label="Address of this post" { "#" } }
            @if !p.chart.is_empty() { figure .chart { (picture(&p.chart)) } }
            details open[p.chart.is_empty()] {
                summary { "What is asserted" }
                (table(&format!("What is asserted of the {}", p.name), "", &["When", "Axis", "What", "Said by"], 0, html! {
                    @for r in &p.rows {
                        tr {
                            td .when data-label="When" { @if r.as_of.is_empty() { span .unresolved { "no date" } } @else { (r.as_of) } }
                            td data-label="Axis" { (r.axis.unwrap_or("–")) }
                            td .what data-label="What" { @match &r.href { Some(href) => a href=(href) { (r.value) }, None => { (r.value) span .fact { " (pack)" } } }
                                @if r.is_denied { " " span .tag.denied { "denied" } }
                                @if r.is_virtual { " " span .tag { "not actual" } } }
                            td data-label="Said by" { (r.speaker.as_deref().unwrap_or("nobody named")) " " span .fact { (r.act) } }
                        }
                    }
                }))
            }
        }
    }
}

pub(crate) fn restrictions(frame: &Frame<'_>, v: &RestrictionsPage) -> Markup {
    let mut states = vec![(
        "all".to_owned(),
        frame
            .ask
            .with(&[("state", ""), ("from", ""), ("after", ""), ("n", "")]),
        v.state.is_none(),
    )];
    states.extend(v.states.iter().map(|(state, n)| {
        let href = frame
            .ask
            .with(&[("state", state), ("from", ""), ("after", ""), ("n", "")]);
        (
            format!("{state} {n}"),
            href,
            v.state.as_deref() == Some(state),
        )
    }));
    let content = html! {
        (head("Restrictions and relief", html! { "Bans, closures, quotas and blacklistings, and relief from them, as somebody tells them." }))
        (choices("States", &states))
        (table("Restrictions and relief", "restrictions", &["When", "State", "What, and its words", "Said by"], 0, html! {
            @for r in &v.rows {
                tr {
                    td .when data-label="When" { @match &r.days { Some((a, b)) => (days(a, b)), None => span .unresolved { "no date" } } }
                    td data-label="State" { span .tag.relief[r.is_relief] { (r.state) } }
                    td .what { a href=(r.href) { (r.what) } p .quote { (words(None, &r.quote)) } }
                    td data-label="Said by" { (r.voice) }
                }
            }
        }))
        (pager(&v.pager))
    };
    sheet(frame, "Restrictions", content)
}

pub(crate) fn timeline(frame: &Frame<'_>, v: &TimelinePage) -> Markup {
    let clocks: Vec<(String, String, bool)> = (crate::view::CLOCKS.iter())
        .map(|(clock, name)| {
            (
                (*name).to_owned(),
                frame
                    .ask
                    .with(&[("clock", clock), ("from", ""), ("after", ""), ("n", "")]),
                v.clock == *clock,
            )
        })
        .collect();
    let mut kinds = vec![(
        "all kinds".to_owned(),
        frame
            .ask
            .with(&[("kind", ""), ("from", ""), ("after", ""), ("n", "")]),
        v.kind.is_none(),
    )];
    kinds.extend(ClaimKind::ALL.iter().map(|kind| {
        let href = frame.ask.with(&[
            ("kind", kind.as_str()),
            ("from", ""),
            ("after", ""),
            ("n", ""),
        ]);
        (
            kind.to_string(),
            href,
            v.kind.as_deref() == Some(kind.as_str()),
        )
    }));
    let content = html! {
        (head("Timeline", html! { "What happened, was said to hold, or falls due, in the order of time." }))
        (choices("Clock", &clocks))
        (choices("Kinds of claim", &kinds))
        @for month in &v.months {
            section .month aria-labelledby=(format!("m{}", month.month)) {
                h2 id=(format!("m{}", month.month)) { time { (month.month) } }
                ol .plain.moments { @for m in &month.moments { (moment(m)) } }
            }
        }
        (pager(&v.pager))
    };
    sheet(frame, "Timeline", content)
}

fn moment(m: &MomentRow) -> Markup {
    html! {
        li {
            span .when { (days(&m.days.0, &m.days.1)) }
            span .event {
                span class=(format!("dot {}", m.kind)) title=(m.kind) {}
                a href=(m.href) { (m.what) }
                @if let Some(place) = &m.place { span .fact { ", " (place) } }
                @if m.is_denied { " " span .tag.denied { "denied" } }
                @if let Some(modality) = m.modality { " " span .tag { (modality) } }
                span .fact { " " (m.voice) }
            }
        }
    }
}
