//! Who may ask, and what is refused before any page is made.
//!
//! The browser that shows the desk also shows hostile pages, and every page of the case may be hostile itself:
//! a request must name this machine (against DNS rebinding), a write must come from one of the desk's own forms
//! (against forged requests), and no answer lets anything run or load that is not the desk's own.

use std::time::Duration;

use axum::{
    extract::{FromRequest, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::de::DeserializeOwned;
use verbale_core::Digest;

use crate::{
    Desk,
    ask::{AsJson, Ask},
    error::Fault,
};

/// The longest body of a request, in bytes. A decision is a few hundred.
pub(crate) const MAX_BODY: usize = 64 * 1024;

/// The longest address of a request, in bytes.
const MAX_ADDRESS: usize = 4096;

/// How long a request may take.
const MAX_TIME: Duration = Duration::from_secs(30);

/// The cookie that remembers who reviews.
pub(crate) const WHO_COOKIE: &str = "verbale_who";

/// Who may ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// The values of `Host` that are answered, with port; empty if any is, which only a token allows.
    pub hosts: Vec<String>,
    /// What a visitor must know; without one, whoever reaches the port may ask.
    pub token: Option<String>,
}

impl Access {
    /// Browsers on this machine that reach the desk under one of its local names.
    pub fn loopback(port: u16) -> Self {
        let names = ["127.0.0.1", "localhost", "[::1]"];
        Self {
            hosts: names.iter().map(|name| format!("{name}:{port}")).collect(),
            token: None,
        }
    }

    fn answers(&self, host: &str) -> bool {
        let any = self.hosts.is_empty() && self.token.is_some();
        any || self.hosts.iter().any(|h| h.eq_ignore_ascii_case(host))
    }
}

/// What may load and run: the desk's own style sheet, script and pictures, nothing inline.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Goes with every answer.
const HEADERS: &[(&str, &str)] = &[
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    // Not `no-referrer`: with that, browsers hide the origin of forms too, and each write would be refused.
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=()",
    ),
];

/// Refuses what may not be asked, and adds the headers.
pub(crate) async fn guard(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let mut response = match refusal(&desk, &request) {
        Some(refused) => refused,
        None => match tokio::time::timeout(MAX_TIME, next.run(request)).await {
            Ok(response) => response,
            Err(_) => plain(StatusCode::SERVICE_UNAVAILABLE, "this took too long"),
        },
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        let name = HeaderName::from_static(name);
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    let cached = HeaderValue::from_static("private, no-cache");
    headers.entry(header::CACHE_CONTROL).or_insert(cached);
    response
}

fn refusal(desk: &Desk, request: &Request) -> Option<Response> {
    let host = text(request.headers(), header::HOST).unwrap_or_default();
    if !desk.access().answers(host) {
        return Some(plain(
            StatusCode::MISDIRECTED_REQUEST,
            "the desk does not answer under this name",
        ));
    }
    if request.uri().to_string().len() > MAX_ADDRESS {
        return Some(plain(StatusCode::URI_TOO_LONG, "the address is too long"));
    }
    let path = request.uri().path();
    let is_open = path == "/login" || path.starts_with("/assets/");
    if desk.access().token.is_some() && !is_open && !is_known(desk, request.headers()) {
        let is_page = request.extensions().get::<AsJson>().is_none();
        return Some(match request.method() {
            &Method::GET if is_page => found("/login"),
            _ => plain(StatusCode::UNAUTHORIZED, "a token is needed"),
        });
    }
    None
}

/// True for a visitor with the session's cookie or with the token itself.
fn is_known(desk: &Desk, headers: &HeaderMap) -> bool {
    let bearer = text(headers, header::AUTHORIZATION).and_then(|v| v.strip_prefix("Bearer "));
    has_session(desk, headers) || bearer.is_some_and(|given| is_token(desk, given))
}

/// True if `given` is the token. Digests are compared, so that the time tells nothing about the token.
pub(crate) fn is_token(desk: &Desk, given: &str) -> bool {
    let token = desk.access().token.as_deref();
    token.is_some_and(|token| Digest::of(token.as_bytes()) == Digest::of(given.as_bytes()))
}

fn has_session(desk: &Desk, headers: &HeaderMap) -> bool {
    let session = desk.signed("session");
    cookie(headers, desk.cookie())
        .is_some_and(|c| Digest::of(c.as_bytes()) == Digest::of(session.as_bytes()))
}

/// The header that gives a browser the session: to write, and, where there is a token, to read.
pub(crate) fn session_cookie(desk: &Desk) -> String {
    let (name, value) = (desk.cookie(), desk.signed("session"));
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict")
}

/// The value of a cookie.
pub(crate) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

pub(crate) fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).and_then(|v| v.to_str().ok())
}

/// The fields of a form that one of the desk's own pages has sent.
pub(crate) struct Posted<T> {
    pub(crate) form: T,
    pub(crate) ask: Ask,
}

impl<T: DeserializeOwned> FromRequest<Desk> for Posted<T> {
    type Rejection = Response;

    async fn from_request(request: Request, desk: &Desk) -> Result<Self, Response> {
        let ask = Ask::of(&request);
        match posted(request, desk).await {
            Ok(form) => Ok(Self { form, ask }),
            Err(fault) => Err(desk.fault(&ask, &fault)),
        }
    }
}

async fn posted<T: DeserializeOwned>(request: Request, desk: &Desk) -> Result<T, Fault> {
    if !is_own_origin(request.headers()) {
        return Err(Fault::Forbidden("the request comes from another page"));
    }
    if !has_session(desk, request.headers()) {
        return Err(Fault::Forbidden(
            "the desk was started anew: go back, reload, and send again",
        ));
    }
    let body = axum::body::to_bytes(request.into_body(), MAX_BODY)
        .await
        .map_err(|_| Fault::Status(StatusCode::PAYLOAD_TOO_LARGE, "the request is too long"))?;
    let fields = form_fields(&body)?;
    let key = fields
        .iter()
        .find(|(name, _)| name == "key")
        .map(|(_, v)| v.as_str());
    if key != Some(&desk.signed("form")) {
        return Err(Fault::Forbidden("the form was not made by this desk"));
    }
    fields_into(&fields)
}

fn form_fields(body: &[u8]) -> Result<Vec<(String, String)>, Fault> {
    let request = axum::http::Uri::builder().path_and_query([b"/?".as_slice(), body].concat());
    let uri = request
        .build()
        .map_err(|_| Fault::Bad("the form cannot be read".into()))?;
    axum::extract::Query::try_from_uri(&uri)
        .map(|axum::extract::Query(fields)| fields)
        .map_err(|_| Fault::Bad("the form cannot be read".into()))
}

fn fields_into<T: DeserializeOwned>(fields: &[(String, String)]) -> Result<T, Fault> {
    use serde::de::{IntoDeserializer, value::MapDeserializer};
    let pairs = fields
        .iter()
        .map(|(k, v)| (k.as_str(), v.as_str().into_deserializer()));
    T::deserialize(MapDeserializer::<_, serde::de::value::Error>::new(pairs))
        .map_err(|e| Fault::Bad(format!("the form cannot be read: {e}")))
}

/// True if the browser says that the request comes from this very desk. A program that is no browser says nothing,
/// and needs the session and the form's key all the same.
fn is_own_origin(headers: &HeaderMap) -> bool {
    let host = text(headers, header::HOST).unwrap_or_default();
    let site = headers.get("sec-fetch-site").and_then(|v| v.to_str().ok());
    let is_own = |origin: &str| {
        ["http://", "https://"]
            .iter()
            .any(|s| origin.strip_prefix(s) == Some(host))
    };
    text(headers, header::ORIGIN).is_none_or(is_own)
        && site.is_none_or(|s| matches!(s, "same-origin" | "none"))
}

fn plain(status: StatusCode, words: &'static str) -> Response {
    (status, words).into_response()
}

/// The way to another page of the desk, after a form.
pub(crate) fn found(to: &str) -> Response {
    match HeaderValue::from_str(to) {
        Ok(to) => (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response(),
        Err(_) => plain(StatusCode::BAD_REQUEST, "there is no such page"),
    }
}
