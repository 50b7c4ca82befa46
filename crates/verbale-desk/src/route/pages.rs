//! What answers at the address of each page: which view is made, from how much of the case, and which page shows it.

use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use verbale_core::PageId;

use crate::{
    Desk,
    ask::Ask,
    brief::{Made, docx::docx, html::html},
    desk::{Needs, Sources, json},
    error::Fault,
    page, view,
};

pub(super) async fn overview(State(desk): State<Desk>, ask: Ask) -> Response {
    desk.show(ask, Needs::Numbers, view::overview, page::overview)
        .await
}

pub(super) async fn review(State(desk): State<Desk>, ask: Ask) -> Response {
    desk.show(ask, Needs::Case, view::review, page::review)
        .await
}

pub(super) async fn search(State(desk): State<Desk>, ask: Ask) -> Response {
    desk.show(ask, Needs::Case, view::search, page::search)
        .await
}

pub(super) async fn claims(State(desk): State<Desk>, ask: Ask) -> Response {
    desk.show(ask, Needs::Case, view::claims, page::claims)
        .await
}

pub(super) async fn claim(State(desk): State<Desk>, Path(id): Path<String>, ask: Ask) -> Response {
    desk.show(ask, Needs::Filed, move |s| view::claim(s, &id), page::claim)
        .await
}

pub(super) async fn series_list(State(desk): State<Desk>, ask: Ask) -> Response {
    desk.show(ask, Needs::Filed, view::series_list, page::series_list)
        .await
}

pub(super) async fn series(
    State(desk): State<Desk>,
    Path(name): Path<String>,
    ask: Ask,
) -> Response {
    desk.show(
        ask,
        Needs::Filed,
        move |s| view::series(s, &name),
        page::series,
    )
    .await
}

pub(super) async fn series_chart(
    State(desk): State<Desk>,
    Path(name): Path<String>,
    ask: Ask,
) -> Response {
    let chart = desk
        .view(&ask, Needs::Filed, move |s| view::series_chart(s, &name))
        .await;
    match chart {
        Ok((svg, _)) => (
            [(header::CONTENT_TYPE, "image/svg+xml; charset=utf-8")],
            svg,
        )
            .into_response(),
        Err(fault) => desk.fault(&ask, &fault),
    }
}

pub(super) async fn conflicts(State(desk): State<Desk>, ask: Ask) -> Response {
    desk.show(ask, Needs::Filed, view::conflicts, page::conflicts)
        .await
}

pub(super) async fn conflict(
    State(desk): State<Desk>,
    Path((a, b)): Path<(String, String)>,
    ask: Ask,
) -> Response {
    desk.show(
        ask,
        Needs::Filed,
        move |s| view::conflict(s, &a, &b),
        page::conflict,
    )
    .await
}

pub(super) async fn obligations(State(desk): State<Desk>, ask: Ask) -> Response {
    desk.show(ask, Needs::Ledgers, view::obligations, page::obligations)
        .await
}

pub(super) async fn presence(State(desk): State<Desk>, ask: Ask) -> Response {
    desk.show(ask, Needs::Ledgers, view::presence, page::presence)
        .await
}

pub(super) async fn restrictions(State(desk): State<Desk>, ask: Ask) -> Response {
    desk.show(ask, Needs::Ledgers, view::restrictions, page::restrictions)
        .await
}

pub(super) async fn timeline(State(desk): State<Desk>, ask: Ask) -> Response {
    desk.show(ask, Needs::Case, view::timeline, page::timeline)
        .await
}

pub(super) async fn documents(State(desk): State<Desk>, ask: Ask) -> Response {
    desk.show(ask, Needs::Case, view::documents, page::documents)
        .await
}

pub(super) async fn document(
    State(desk): State<Desk>,
    Path(id): Path<String>,
    ask: Ask,
) -> Response {
    desk.show(
        ask,
        Needs::Case,
        move |s| view::document(s, &id),
        page::document,
    )
    .await
}

pub(super) async fn publishers(State(desk): State<Desk>, ask: Ask) -> Response {
    desk.show(ask, Needs::Publishers, view::publishers, page::publishers)
        .await
}

pub(super) async fn publisher(
    State(desk): State<Desk>,
    Path(name): Path<String>,
    ask: Ask,
) -> Response {
    let impact = match desk.impact(&name).await {
        Ok(impact) => impact,
        Err(fault) => return desk.fault(&ask, &fault),
    };
    let view = move |s: &Sources<'_>| view::publisher(s, &name, impact.as_deref());
    desk.show(ask, Needs::Publishers, view, page::publisher)
        .await
}

pub(super) async fn entities(State(desk): State<Desk>, ask: Ask) -> Response {
    desk.show(ask, Needs::Case, view::entities, page::entities)
        .await
}

pub(super) async fn entity(State(desk): State<Desk>, Path(id): Path<String>, ask: Ask) -> Response {
    desk.show(
        ask,
        Needs::Case,
        move |s| view::entity(s, &id),
        page::entity,
    )
    .await
}

pub(super) async fn accuracy(State(desk): State<Desk>, ask: Ask) -> Response {
    desk.show(ask, Needs::Case, view::accuracy, page::accuracy)
        .await
}

pub(super) async fn brief_choices(State(desk): State<Desk>, ask: Ask) -> Response {
    desk.show(ask, Needs::Numbers, view::brief_choices, page::brief)
        .await
}

/// The brief as a file of its own; its name says the form. The ending `.json` is off already.
pub(super) async fn brief(
    State(desk): State<Desk>,
    Path(file): Path<String>,
    ask: Ask,
) -> Response {
    let form = match (file.as_str(), ask.json) {
        ("brief.html", false) => BriefForm::Html,
        ("brief.docx", false) => BriefForm::Docx,
        ("brief.csl", true) => BriefForm::Works,
        _ => return desk.fault(&ask, &Fault::NoPage(ask.path.clone())),
    };
    let name = desk.store().name();
    let made = desk
        .view(&ask, Needs::Case, move |s| view::brief(s, &name))
        .await;
    match made {
        Ok((made, _)) => form.answer(&made),
        Err(fault) => desk.fault(&ask, &fault),
    }
}

#[derive(Clone, Copy)]
enum BriefForm {
    Html,
    Docx,
    Works,
}

impl BriefForm {
    fn answer(self, made: &Made) -> Response {
        // The file brings its own style sheet, and forbids all else in its head, by the digest of that sheet.
        const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
                              frame-ancestors 'none'";
        let (media, disposition, body) = match self {
            Self::Html => (
                "text/html; charset=utf-8",
                "inline; filename=\"brief.html\"",
                html(&made.brief).into_bytes(),
            ),
            Self::Docx => (
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                "attachment; filename=\"brief.docx\"",
                docx(&made.brief),
            ),
            Self::Works => (
                "application/vnd.citationstyles.csl+json; charset=utf-8",
                "attachment; filename=\"brief.csl.json\"",
                made.csl().into_bytes(),
            ),
        };
        let headers = [
            (header::CONTENT_TYPE, media),
            (header::CONTENT_DISPOSITION, disposition),
            (header::CONTENT_SECURITY_POLICY, POLICY),
        ];
        (headers, body).into_response()
    }
}

/// How many documents there are, for a page that stays open while pages are added.
pub(super) async fn progress(State(desk): State<Desk>, ask: Ask) -> Response {
    match desk.store().read(|case| Ok(case.n_documents(None)?)).await {
        Ok(n) => json(StatusCode::OK, &serde_json::json!({ "n_documents": n })),
        Err(fault) => desk.fault(&ask, &fault),
    }
}

/// The bytes of a page, to be kept and never to be shown: a hostile page must not run as the desk's own.
pub(super) async fn original(
    State(desk): State<Desk>,
    Path(id): Path<String>,
    ask: Ask,
) -> Response {
    let given = id.clone();
    let bytes = desk.store().read(move |case| {
        let page: PageId = view::id("document", &id)?;
        Ok(case
            .page(page)?
            .map(|page| (page.id(), page.bytes, page.media_type)))
    });
    match bytes.await {
        Ok(Some((id, bytes, media))) => {
            let name = format!("attachment; filename=\"{id}.{}\"", extension(&media));
            let headers = [
                (header::CONTENT_TYPE, "application/octet-stream"),
                (header::CONTENT_DISPOSITION, name.as_str()),
                (
                    header::CONTENT_SECURITY_POLICY,
                    "sandbox; default-src 'none'",
                ),
            ];
            (headers, bytes).into_response()
        }
        Ok(None) => {
            let what = "document";
            desk.fault(&ask, &Fault::Unknown { what, id: given })
        }
        Err(fault) => desk.fault(&ask, &fault),
    }
}

/// The ending of a file of this media type. Words of the page itself never become part of a file name.
fn extension(media_type: &str) -> &'static str {
    match media_type.split(';').next().unwrap_or_default().trim() {
        "text/html" | "application/xhtml+xml" => "html",
        "text/plain" => "txt",
        "text/markdown" => "md",
        "application/pdf" => "pdf",
        "application/json" => "json",
        "application/xml" | "text/xml" => "xml",
        "message/rfc822" => "eml",
        _ => "bin",
    }
}
