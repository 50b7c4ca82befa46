//! Every address of the desk.

mod forms;
mod pages;

use axum::{
    Router,
    extract::{Request, State},
    http::{StatusCode, Uri},
    middleware,
    response::Response,
    routing::{MethodRouter, get, post},
};
use tower::{ServiceExt, util::MapRequest};

use crate::{
    Desk,
    ask::{AsJson, Ask},
    assets,
    error::Fault,
    guard::{self, MAX_BODY},
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
    page_at("/brief", "what a brief is to have"),
    file_at(
        "/brief/{file}",
        "the brief: `brief.html`, `brief.docx`, `brief.csl.json`",
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
    file_at(
        "/progress",
        "how many documents there are, as JSON, for a page that stays open",
    ),
    file_at("/assets/{file}", "style sheet and script"),
];

/// What answers at each path.
fn answers() -> Vec<(&'static str, MethodRouter<Desk>)> {
    vec![
        ("/", get(pages::overview)),
        ("/overview", get(pages::overview)),
        ("/review", get(pages::review)),
        ("/search", get(pages::search)),
        ("/claims", get(pages::claims)),
        ("/claim/{id}", get(pages::claim)),
        ("/series", get(pages::series_list)),
        ("/series/{name}", get(pages::series)),
        ("/series/{name}/chart.svg", get(pages::series_chart)),
        ("/conflicts", get(pages::conflicts)),
        ("/conflict/{a}/{b}", get(pages::conflict)),
        ("/obligations", get(pages::obligations)),
        ("/presence", get(pages::presence)),
        ("/restrictions", get(pages::restrictions)),
        ("/timeline", get(pages::timeline)),
        ("/documents", get(pages::documents)),
        ("/document/{id}", get(pages::document)),
        ("/document/{id}/original", get(pages::original)),
        ("/publishers", get(pages::publishers)),
        ("/publisher/{name}", get(pages::publisher)),
        ("/entities", get(pages::entities)),
        ("/entity/{id}", get(pages::entity)),
        ("/brief", get(pages::brief_choices)),
        ("/brief/{file}", get(pages::brief)),
        ("/accuracy", get(pages::accuracy)),
        ("/login", get(forms::login_form).post(forms::login)),
        ("/decide", post(forms::decide)),
        ("/undo", post(forms::undo)),
        ("/grade", post(forms::grade)),
        ("/progress", get(pages::progress)),
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
