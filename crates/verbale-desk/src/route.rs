//! Every address of the desk.

use axum::{
    Form, Router,
    extract::{Path, Request, State},
    http::{StatusCode, Uri, header},
    middleware,
    response::{Html, IntoResponse, Response},
    routing::{MethodRouter, get, post},
};
use serde::Deserialize;
use tower::{ServiceExt, util::MapRequest};
use verbale_case::decision::{NewDecision, Ruling};
use verbale_core::PageId;

use crate::{
    Desk,
    ask::{AsJson, Ask, encoded},
    assets,
    desk::Needs,
    error::Fault,
    guard::{self, MAX_BODY, Posted, WHO_COOKIE, found},
    page, view,
};

/// One address of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// The path; `{…}` stands for an id or a name.
    pub path: &'static str,
    /// `GET` or `POST`.
    pub method: &'static str,
    /// True if `.json` may be added.
    pub has_twin: bool,
    /// What is there, in a few words.
    pub what: &'static str,
}

/// A page with its twin.
const fn page_at(path: &'static str, what: &'static str) -> Route {
    Route {
        path,
        method: "GET",
        has_twin: true,
        what,
    }
}

/// A file, or a form that stands alone.
const fn file_at(path: &'static str, what: &'static str) -> Route {
    Route {
        path,
        method: "GET",
        has_twin: false,
        what,
    }
}

/// Where a form is sent.
const fn form_at(path: &'static str, what: &'static str) -> Route {
    Route {
        path,
        method: "POST",
        has_twin: false,
        what,
    }
}

/// Every address of the desk, as the docs list it.
pub const ROUTES: &[Route] = &[
    file_at("/", "the overview"),
    page_at(
        "/overview",
        "the overview: what is there, what is new, where it disagrees",
    ),
    page_at("/review", "the review queue, one claim at a time"),
    page_at("/search", "passages by their words"),
    page_at("/claims", "the table of claims, with facets"),
    page_at(
        "/claim/{id}",
        "one claim: words, chain, clocks, origins, decisions, what would change",
    ),
    page_at("/series", "how each number moved"),
    page_at("/series/{name}", "one series with its chart"),
    file_at("/series/{name}/chart.svg", "the chart alone"),
    page_at("/conflicts", "disagreements side by side"),
    page_at(
        "/conflict/{a}/{b}",
        "any two claims side by side, and whether both can hold",
    ),
    page_at(
        "/obligations",
        "who must do what by when, asserted beside computed",
    ),
    page_at("/presence", "posts over time"),
    page_at("/restrictions", "bans and reliefs"),
    page_at("/timeline", "what happened when, by any clock"),
    page_at("/documents", "the documents"),
    page_at(
        "/document/{id}",
        "one document with its claims marked in place",
    ),
    file_at("/document/{id}/original", "the bytes as they were captured"),
    page_at("/publishers", "the publishers"),
    page_at(
        "/publisher/{name}",
        "one publisher, and what would fall without it",
    ),
    page_at("/entities", "the entities"),
    page_at(
        "/entity/{id}",
        "one entity: what it says, what is said of it",
    ),
    page_at(
        "/accuracy",
        "what the program scores on pages annotated by hand",
    ),
    file_at(
        "/login",
        "the form that asks for the token, where one is needed",
    ),
    form_at("/login", "a visitor gives the token"),
    form_at("/decide", "accept, reject, amend, grade or note a claim"),
    form_at("/undo", "take a decision back"),
    form_at("/grade", "grade a publisher"),
    file_at("/assets/{file}", "style sheet and script"),
];

/// What answers at each path.
fn answers() -> Vec<(&'static str, MethodRouter<Desk>)> {
    vec![
        ("/", get(overview)),
        ("/overview", get(overview)),
        ("/review", get(review)),
        ("/search", get(search)),
        ("/claims", get(claims)),
        ("/claim/{id}", get(claim)),
        ("/series", get(series_list)),
        ("/series/{name}", get(series)),
        ("/series/{name}/chart.svg", get(series_chart)),
        ("/conflicts", get(conflicts)),
        ("/conflict/{a}/{b}", get(conflict)),
        ("/obligations", get(obligations)),
        ("/presence", get(presence)),
        ("/restrictions", get(restrictions)),
        ("/timeline", get(timeline)),
        ("/documents", get(documents)),
        ("/document/{id}", get(document)),
        ("/document/{id}/original", get(original)),
        ("/publishers", get(publishers)),
        ("/publisher/{name}", get(publisher)),
        ("/entities", get(entities)),
        ("/entity/{id}", get(entity)),
        ("/accuracy", get(accuracy)),
        ("/login", get(login_form).post(login)),
        ("/decide", post(decide)),
        ("/undo", post(undo)),
        ("/grade", post(grade)),
        ("/assets/{file}", get(asset)),
    ]
}

/// Answers requests to a desk.
pub fn router(desk: Desk) -> MapRequest<Router, fn(Request) -> Request> {
    let mut router = Router::new();
    for (path, answer) in answers() {
        router = router.route(path, answer);
    }
    let router = router
        .fallback(no_page)
        .method_not_allowed_fallback(no_method)
        .layer(axum::extract::DefaultBodyLimit::max(MAX_BODY))
        .layer(middleware::from_fn_with_state(desk.clone(), guard::guard))
        .with_state(desk);
    router.map_request(without_suffix as fn(Request) -> Request)
}

/// Takes `.json` off an address and notes that it was there, before the router sees it.
fn without_suffix(mut request: Request) -> Request {
    let Some(path) = request.uri().path().strip_suffix(".json") else {
        return request;
    };
    let query = request
        .uri()
        .query()
        .map_or_else(String::new, |q| format!("?{q}"));
    if let Ok(uri) = format!("{path}{query}").parse::<Uri>() {
        *request.uri_mut() = uri;
        request.extensions_mut().insert(AsJson);
    }
    request
}

async fn no_page(State(desk): State<Desk>, ask: Ask) -> Response {
    desk.fault(&ask, &Fault::NoPage(ask.path.clone()))
}

async fn no_method(State(desk): State<Desk>, ask: Ask) -> Response {
    desk.fault(
        &ask,
        &Fault::Status(
            StatusCode::METHOD_NOT_ALLOWED,
            "this address does not take that",
        ),
    )
}

async fn asset(uri: Uri) -> Response {
    assets::answer(uri.path())
}

async fn overview(State(desk): State<Desk>, ask: Ask) -> Response {
    desk.show(ask, Needs::Numbers, view::overview, page::overview)
        .await
}

async fn review(State(desk): State<Desk>, ask: Ask) -> Response {
    desk.show(ask, Needs::Case, view::review, page::review)
        .await
}

async fn search(State(desk): State<Desk>, ask: Ask) -> Response {
    desk.show(ask, Needs::Case, view::search, page::search)
        .await
}

async fn claims(State(desk): State<Desk>, ask: Ask) -> Response {
    desk.show(ask, Needs::Case, view::claims, page::claims)
        .await
}

async fn claim(State(desk): State<Desk>, Path(id): Path<String>, ask: Ask) -> Response {
    desk.show(
        ask,
        Needs::WhatIsThere,
        move |s| view::claim(s, &id),
        page::claim,
    )
    .await
}

async fn series_list(State(desk): State<Desk>, ask: Ask) -> Response {
    desk.show(ask, Needs::Ledgers, view::series_list, page::series_list)
        .await
}

async fn series(State(desk): State<Desk>, Path(name): Path<String>, ask: Ask) -> Response {
    desk.show(
        ask,
        Needs::Ledgers,
        move |s| view::series(s, &name),
        page::series,
    )
    .await
}

async fn series_chart(State(desk): State<Desk>, Path(name): Path<String>, ask: Ask) -> Response {
    let chart = desk
        .view(&ask, Needs::Ledgers, move |s| view::series_chart(s, &name))
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

async fn conflicts(State(desk): State<Desk>, ask: Ask) -> Response {
    desk.show(ask, Needs::Ledgers, view::conflicts, page::conflicts)
        .await
}

async fn conflict(
    State(desk): State<Desk>,
    Path((a, b)): Path<(String, String)>,
    ask: Ask,
) -> Response {
    desk.show(
        ask,
        Needs::WhatIsThere,
        move |s| view::conflict(s, &a, &b),
        page::conflict,
    )
    .await
}

async fn obligations(State(desk): State<Desk>, ask: Ask) -> Response {
    desk.show(ask, Needs::Ledgers, view::obligations, page::obligations)
        .await
}

async fn presence(State(desk): State<Desk>, ask: Ask) -> Response {
    desk.show(ask, Needs::Ledgers, view::presence, page::presence)
        .await
}

async fn restrictions(State(desk): State<Desk>, ask: Ask) -> Response {
    desk.show(ask, Needs::Ledgers, view::restrictions, page::restrictions)
        .await
}

async fn timeline(State(desk): State<Desk>, ask: Ask) -> Response {
    desk.show(ask, Needs::Ledgers, view::timeline, page::timeline)
        .await
}

async fn documents(State(desk): State<Desk>, ask: Ask) -> Response {
    desk.show(ask, Needs::Case, view::documents, page::documents)
        .await
}

async fn document(State(desk): State<Desk>, Path(id): Path<String>, ask: Ask) -> Response {
    desk.show(
        ask,
        Needs::Case,
        move |s| view::document(s, &id),
        page::document,
    )
    .await
}

async fn publishers(State(desk): State<Desk>, ask: Ask) -> Response {
    desk.show(ask, Needs::Case, view::publishers, page::publishers)
        .await
}

async fn publisher(State(desk): State<Desk>, Path(name): Path<String>, ask: Ask) -> Response {
    desk.show(
        ask,
        Needs::Ledgers,
        move |s| view::publisher(s, &name),
        page::publisher,
    )
    .await
}

async fn entities(State(desk): State<Desk>, ask: Ask) -> Response {
    desk.show(ask, Needs::Case, view::entities, page::entities)
        .await
}

async fn entity(State(desk): State<Desk>, Path(id): Path<String>, ask: Ask) -> Response {
    desk.show(
        ask,
        Needs::Case,
        move |s| view::entity(s, &id),
        page::entity,
    )
    .await
}

async fn accuracy(State(desk): State<Desk>, ask: Ask) -> Response {
    desk.show(ask, Needs::Case, view::accuracy, page::accuracy)
        .await
}

/// The bytes of a page, to be kept and never to be shown: a hostile page must not run as the desk's own.
async fn original(State(desk): State<Desk>, Path(id): Path<String>, ask: Ask) -> Response {
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

async fn login_form(State(desk): State<Desk>) -> Response {
    match desk.access().token {
        Some(_) => Html(page::login(false).into_string()).into_response(),
        None => found("/"),
    }
}

/// The token as a visitor gives it.
#[derive(Debug, Deserialize)]
struct Login {
    token: String,
}

async fn login(State(desk): State<Desk>, Form(login): Form<Login>) -> Response {
    if !guard::is_token(&desk, login.token.trim()) {
        let page = Html(page::login(true).into_string());
        return (StatusCode::UNAUTHORIZED, page).into_response();
    }
    let cookie = guard::session_cookie(&desk);
    ([(header::SET_COOKIE, cookie)], found("/")).into_response()
}

/// A decision about a claim, as a form sends it.
#[derive(Debug, Deserialize)]
struct Decide {
    claim: String,
    act: String,
    who: String,
    #[serde(default)]
    why: String,
    #[serde(default)]
    field: String,
    #[serde(default)]
    value: String,
    #[serde(default)]
    credibility: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    back: String,
}

impl Decide {
    fn ruling(&self) -> Result<Ruling, Fault> {
        let claim = view::id("claim", &self.claim)?;
        Ok(match self.act.as_str() {
            "accept" => Ruling::Accept { claim },
            "reject" => Ruling::Reject { claim },
            "amend" => Ruling::Amend {
                claim,
                field: self.field.clone(),
                // A number or list is written as JSON; anything else is text, and nothing empties the field.
                value: match self.value.trim() {
                    "" => serde_json::Value::Null,
                    text => serde_json::from_str(text).unwrap_or_else(|_| text.into()),
                },
            },
            "grade" => Ruling::GradeClaim {
                claim,
                credibility: self.credibility.parse().unwrap_or_default(),
            },
            "note" if !self.text.trim().is_empty() => Ruling::Note {
                target: claim.to_string(),
                text: self.text.trim().to_owned(),
            },
            "note" => return Err(Fault::Bad("a note has words".into())),
            other => return Err(Fault::Bad(format!("there is no decision `{other}`"))),
        })
    }

    fn done(&self) -> &'static str {
        match self.act.as_str() {
            "accept" => "Accepted",
            "reject" => "Rejected",
            "amend" => "Amended",
            "grade" => "Graded",
            _ => "Noted",
        }
    }
}

async fn decide(State(desk): State<Desk>, posted: Posted<Decide>) -> Response {
    let Posted { form, ask } = posted;
    let ruling = match form.ruling() {
        Ok(ruling) => ruling,
        Err(fault) => return desk.fault(&ask, &fault),
    };
    record(
        &desk,
        &ask,
        ruling,
        &form.who,
        &form.why,
        &form.back,
        form.done(),
    )
    .await
}

/// A decision that does not hold.
#[derive(Debug, Deserialize)]
struct Undo {
    decision: String,
    #[serde(default)]
    back: String,
}

async fn undo(State(desk): State<Desk>, posted: Posted<Undo>) -> Response {
    let Posted { form, ask } = posted;
    let who = desk.who(&ask);
    let ruling = Ruling::Undo {
        decision: form.decision,
    };
    record(&desk, &ask, ruling, &who, "", &form.back, "Undone").await
}

/// A publisher's grade.
#[derive(Debug, Deserialize)]
struct Grade {
    publisher: String,
    reliability: String,
    who: String,
    #[serde(default)]
    why: String,
    #[serde(default)]
    back: String,
}

async fn grade(State(desk): State<Desk>, posted: Posted<Grade>) -> Response {
    let Posted { form, ask } = posted;
    let ruling = match form.reliability.parse() {
        Ok(reliability) => Ruling::GradePublisher {
            publisher: form.publisher,
            reliability,
        },
        Err(e) => return desk.fault(&ask, &Fault::Bad(format!("{e}"))),
    };
    record(
        &desk, &ask, ruling, &form.who, &form.why, &form.back, "Graded",
    )
    .await
}

/// Writes a decision into the journal and leads back to where it was made.
async fn record(
    desk: &Desk,
    ask: &Ask,
    ruling: Ruling,
    who: &str,
    why: &str,
    back: &str,
    done: &'static str,
) -> Response {
    let who = who.trim().to_owned();
    if who.is_empty() {
        return desk.fault(ask, &Fault::Bad("a decision is signed".into()));
    }
    let new = NewDecision {
        ruling,
        who: who.clone(),
        why: Some(why.trim().to_owned()).filter(|w| !w.is_empty()),
        at: desk.now(),
    };
    match desk.store().write(move |case| Ok(case.decide(new)?)).await {
        Ok(id) => {
            let remembered = format!(
                "{WHO_COOKIE}={}; Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000",
                encoded(&who)
            );
            (
                [(header::SET_COOKIE, remembered)],
                found(&way_back(back, &id, done)),
            )
                .into_response()
        }
        Err(fault) => desk.fault(ask, &fault),
    }
}

/// The page the form stood on, if it is one of the desk's; the review queue is told what was done.
fn way_back(back: &str, decision: &str, done: &str) -> String {
    let is_ours = back.starts_with('/') && !back.starts_with("//") && !back.contains('\\');
    let back = if is_ours { back } else { "/" };
    if !back.starts_with("/review") {
        return back.to_owned();
    }
    let joint = if back.contains('?') { '&' } else { '?' };
    let last = if done == "Undone" {
        String::new()
    } else {
        format!("&last={}", encoded(decision))
    };
    format!("{back}{joint}done={done}{last}")
}
