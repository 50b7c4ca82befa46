//! What is refused.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};

use super::Visit;
use crate::{Access, ROUTES};

fn get(host: &str) -> axum::http::request::Builder {
    Request::get("/claims").header(header::HOST, host)
}

#[tokio::test]
async fn only_names_of_this_machine_are_answered() {
    let visit = Visit::new();
    for host in ["localhost:80", "127.0.0.1:80", "[::1]:80", "LOCALHOST:80"] {
        let answer = visit.send(get(host).body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::OK, "{host}");
    }
    for host in [
        "evil.example",
        "localhost",
        "localhost:81",
        "127.0.0.1.evil.example:80",
        "",
    ] {
        let answer = visit.send(get(host).body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST, "{host}");
        assert!(!answer.body.contains("boats"));
    }
    let none = Request::get("/claims").body(Body::empty()).unwrap();
    assert_eq!(
        visit.send(none).await.status,
        StatusCode::MISDIRECTED_REQUEST
    );
}

#[tokio::test]
async fn every_answer_has_the_headers() {
    let visit = Visit::new();
    for path in [
        "/",
        "/claims",
        "/claims.json",
        "/nothing",
        "/assets/none",
        "/login",
    ] {
        let answer = visit.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
    }
    let page = visit.get("/").await;
    assert!(
        page.header("set-cookie")
            .contains("HttpOnly; SameSite=Strict")
    );
}

#[tokio::test]
async fn a_write_needs_origin_session_and_key() {
    let visit = Visit::new();
    let claim = visit
        .case()
        .claims(&verbale_case::Filter::default())
        .unwrap()[0]
        .claim
        .id;
    let session = format!("{}={}", visit.desk.cookie(), visit.desk.signed("session"));
    let key = visit.desk.signed("form");
    let send = |origin: &'static str, site: &'static str, cookie: String, key: String| {
        let mut request = Request::post("/decide").header(header::HOST, "localhost:80");
        if !origin.is_empty() {
            request = request.header(header::ORIGIN, origin);
        }
        if !site.is_empty() {
            request = request.header("sec-fetch-site", site);
        }
        let form = format!("key={key}&claim={claim}&act=accept&who=Eve");
        visit.send(
            request
                .header(header::COOKIE, cookie)
                .body(Body::from(form))
                .unwrap(),
        )
    };
    let refused = [
        send("http://evil.example", "", session.clone(), key.clone()).await,
        send("null", "", session.clone(), key.clone()).await,
        send("", "cross-site", session.clone(), key.clone()).await,
        send(
            "http://localhost:80",
            "same-origin",
            String::new(),
            key.clone(),
        )
        .await,
        send(
            "http://localhost:80",
            "same-origin",
            session.clone(),
            "guess".into(),
        )
        .await,
        send(
            "http://localhost:80",
            "same-origin",
            session.clone(),
            String::new(),
        )
        .await,
    ];
    for answer in refused {
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", answer.body);
    }
    assert!(visit.case().decisions().unwrap().is_empty());
    let done = send("http://localhost:80", "same-origin", session, key).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_eq!(visit.case().decisions().unwrap().len(), 1);
}

#[tokio::test]
async fn every_form_is_protected() {
    let visit = Visit::new();
    for route in ROUTES
        .iter()
        .filter(|r| r.method == "POST" && r.path != "/login")
    {
        let request = Request::post(route.path).header(header::HOST, "localhost:80");
        let answer = visit
            .send(request.body(Body::from("who=Eve")).unwrap())
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", route.path);
    }
}

#[tokio::test]
async fn other_methods_are_refused() {
    let visit = Visit::new();
    for route in ROUTES
        .iter()
        .filter(|r| !r.path.contains('{') && r.path != "/login")
    {
        let other = if route.method == "GET" {
            Method::POST
        } else {
            Method::GET
        };
        for method in [other, Method::DELETE, Method::PUT] {
            let request = Request::builder()
                .method(method)
                .uri(route.path)
                .header(header::HOST, "localhost:80");
            let answer = visit.send(request.body(Body::empty()).unwrap()).await;
            assert_eq!(
                answer.status,
                StatusCode::METHOD_NOT_ALLOWED,
                "{}",
                route.path
            );
        }
    }
}

#[tokio::test]
async fn long_requests_are_refused() {
    let visit = Visit::new();
    let long = visit
        .post(
            "/decide",
            &format!("text={}", "x".repeat(crate::guard::MAX_BODY)),
        )
        .await;
    assert_eq!(long.status, StatusCode::PAYLOAD_TOO_LARGE);
    let long = visit.get(&format!("/search?q={}", "x".repeat(5000))).await;
    assert_eq!(long.status, StatusCode::URI_TOO_LONG);
}

#[tokio::test]
async fn with_a_token_nothing_is_shown_before() {
    let visit = Visit::with(Access {
        token: Some("open sesame".into()),
        ..Access::loopback(80)
    });
    for route in ROUTES.iter().filter(|r| r.method == "GET") {
        let answer = visit.get(route.path).await;
        assert!(!answer.body.contains("boats"), "{}", route.path);
        assert!(
            answer.status != StatusCode::OK || route.path == "/login",
            "{}",
            route.path
        );
        assert!(answer.header("set-cookie").is_empty(), "{}", route.path);
    }
    assert_eq!(
        visit.get("/claims.json").await.status,
        StatusCode::UNAUTHORIZED
    );
    let wrong = visit.post("/login", "token=open").await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    let right = visit.post("/login", "token=open+sesame").await;
    assert_eq!(right.status, StatusCode::SEE_OTHER);
    let cookie = right
        .header("set-cookie")
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let inside = get("localhost:80").header(header::COOKIE, cookie);
    let inside = visit.send(inside.body(Body::empty()).unwrap()).await;
    assert!(inside.body.contains("boats"), "{}", inside.body);
    let bearer = get("localhost:80").header(header::AUTHORIZATION, "Bearer open sesame");
    let bearer = visit.send(bearer.body(Body::empty()).unwrap()).await;
    assert_eq!(bearer.status, StatusCode::OK);
}

#[tokio::test]
async fn a_form_leads_back_to_the_desk_only() {
    let visit = Visit::new();
    let claim = visit
        .case()
        .claims(&verbale_case::Filter::default())
        .unwrap()[0]
        .claim
        .id;
    for back in [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "x",
    ] {
        let form = format!(
            "claim={claim}&act=note&text=x&who=Ada&back={}",
            crate::ask::encoded(back)
        );
        let answer = visit.post("/decide", &form).await;
        assert_eq!(answer.header("location"), "/", "{back}: {}", answer.body);
    }
}
