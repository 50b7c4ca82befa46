//! Requests to a desk over a small case, without a socket.

mod review;
mod safety;
mod sample;

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use tempfile::TempDir;
use tower::ServiceExt;
use verbale_analysis::Lexicon;
use verbale_case::{Case, Filter, ledger::Slice};
use verbale_pack::Packs;

use crate::{Access, Config, Desk, ROUTES, router};
use sample::HOSTILE;

/// A desk over the sample, with what a browser would remember.
pub(crate) struct Visit {
    folder: TempDir,
    pub(crate) desk: Desk,
}

/// An answer, read to its end.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: axum::http::HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }
}

impl Visit {
    pub(crate) fn new() -> Self {
        Self::with(Access::loopback(80))
    }

    pub(crate) fn with(access: Access) -> Self {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("sample.verbale");
        sample::case(&path);
        let desk = Desk::new(Config {
            case: path,
            lexicon: Lexicon::new(&Packs::builtin()),
            access,
            who: "Ada".into(),
            secret: [7; 32],
            now: sample::now,
        });
        Self { folder, desk }
    }

    pub(crate) fn case(&self) -> Case {
        Case::open(&self.folder.path().join("sample.verbale")).unwrap()
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = router(self.desk.clone()).oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: head.status,
            headers: head.headers,
            body: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }

    /// The page at this address, asked for again while it says that it is not all there.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        const LATER: [&str; 2] = ["still being filed", "being made again"];
        for _ in 0..2_000 {
            let answer = self.get_once(path).await;
            let is_later = LATER.iter().any(|words| answer.body.contains(words));
            if answer.status != StatusCode::ACCEPTED && !is_later {
                return answer;
            }
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        panic!("{path} is never made");
    }

    async fn get_once(&self, path: &str) -> Answer {
        let request = Request::get(path).header(header::HOST, "localhost:80");
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Sends a form as one of the desk's own pages does.
    pub(crate) async fn post(&self, path: &str, form: &str) -> Answer {
        let session = format!("{}={}", self.desk.cookie(), self.desk.signed("session"));
        let request = Request::post(path)
            .header(header::HOST, "localhost:80")
            .header(header::ORIGIN, "http://localhost:80")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, session);
        let form = format!("key={}&{form}", self.desk.signed("form"));
        self.send(request.body(Body::from(form)).unwrap()).await
    }

    /// An address of every route, with ids of the sample in it.
    fn addresses(&self) -> Vec<(&'static str, String)> {
        let case = self.case();
        let claims = case.claims(&Filter::default()).unwrap();
        let all = Slice {
            offset: 0,
            limit: 9,
        };
        let entity = case.entities(None, all).unwrap()[0].id.to_string();
        let figures: Vec<_> = claims
            .iter()
            .filter(|c| c.claim.kind().as_str() == "figure")
            .collect();
        let held = crate::view::Held::new(figures[0].clone());
        let key = verbale_analysis::SeriesKey::of(&Lexicon::new(&Packs::builtin()), held.entry());
        let series = crate::view::series_name(&key.unwrap());
        let (a, b) = (
            figures[0].claim.id.to_string(),
            figures[1].claim.id.to_string(),
        );
        let page = figures[0].document.page.to_string();
        let fill = |path: &str| {
            let id = match path.split('/').nth(1) {
                Some("claim") => &a,
                Some("document") => &page,
                _ => &entity,
            };
            let path = path
                .replace("{a}", &a)
                .replace("{b}", &b)
                .replace("{id}", id);
            let name = if path.starts_with("/series") {
                series.as_str()
            } else {
                "The%20Quay"
            };
            let file = match path.starts_with("/brief") {
                true => "brief.html",
                false => crate::assets::STYLE.href.rsplit('/').next().unwrap(),
            };
            path.replace("{name}", name).replace("{file}", file)
        };
        let pages = ROUTES.iter().filter(|r| r.method == "GET");
        pages.map(|r| (r.path, fill(r.path))).collect()
    }
}

#[tokio::test]
async fn every_page_is_there_with_its_twin() {
    let visit = Visit::new();
    for (path, address) in visit.addresses() {
        let route = ROUTES
            .iter()
            .find(|r| r.path == path && r.method == "GET")
            .unwrap();
        let page = visit.get(&address).await;
        let expected = if path == "/login" {
            StatusCode::SEE_OTHER
        } else {
            StatusCode::OK
        };
        assert_eq!(page.status, expected, "{address}: {}", page.body);
        if !route.has_twin {
            continue;
        }
        assert!(
            page.header("content-type").starts_with("text/html"),
            "{address}"
        );
        assert_eq!(
            page.body.matches("<h1").count(),
            1,
            "{address} has one heading"
        );
        let charts: usize = page
            .body
            .split("<svg")
            .skip(1)
            .filter_map(|s| s.find("</svg>"))
            .sum();
        assert!(
            page.body.len() - charts < 200 * 1024,
            "{address} has {} bytes",
            page.body.len()
        );
        let (bare, query) = address.split_once('?').unwrap_or((&address, ""));
        let twin = visit.get(&format!("{bare}.json?{query}")).await;
        assert_eq!(twin.status, StatusCode::OK, "{address}: {}", twin.body);
        assert!(
            twin.header("content-type").starts_with("application/json"),
            "{address}"
        );
        serde_json::from_str::<serde_json::Value>(&twin.body).unwrap();
    }
}

#[tokio::test]
async fn words_of_hostile_pages_stay_words() {
    let visit = Visit::new();
    let mut addresses: Vec<String> = visit.addresses().into_iter().map(|(_, a)| a).collect();
    let claims = visit.case().claims(&Filter::default()).unwrap();
    for claim in &claims {
        addresses.push(format!("/claim/{}", claim.claim.id));
        addresses.push(format!("/document/{}", claim.document.page));
    }
    let hostile = crate::ask::encoded(HOSTILE);
    addresses.push(format!("/search?q={hostile}"));
    addresses.push("/search?q=today".into());
    addresses.push(format!("/publisher/{hostile}"));
    addresses.push(format!("/claims?speaker={hostile}&since={hostile}"));
    addresses.push(format!("/{hostile}"));
    addresses.push(format!(
        "/review?done={hostile}&last={hostile}&kind={hostile}"
    ));
    let mut n_shown = 0;
    for address in addresses {
        let page = visit.get(&address).await;
        if !page.header("content-type").starts_with("text/html") {
            continue;
        }
        n_shown += usize::from(page.body.contains("alert(1)"));
        for harm in [
            "<script>",
            "<img",
            "onmouseover=\"",
            "onerror=alert(2)>",
            " style=",
        ] {
            assert!(!page.body.contains(harm), "{address} has {harm}");
        }
    }
    assert!(n_shown > 5, "the words are shown on {n_shown} pages");
}

#[tokio::test]
async fn marks_fall_on_their_words_after_emoji_and_cyrillic() {
    let visit = Visit::new();
    let claims = visit.case().claims(&Filter::default()).unwrap();
    let port = claims
        .iter()
        .find(|c| c.claim.evidence.quote() == "Порт закрыт")
        .unwrap();
    let page = visit
        .get(&format!("/document/{}", port.document.page))
        .await;
    assert!(
        page.body.contains(">Порт закрыт</a>, the mayor"),
        "{}",
        page.body
    );
    assert!(
        page.body.contains(">17 boats were held</a>. "),
        "{}",
        page.body
    );
    let claim = visit.get(&format!("/claim/{}", port.claim.id)).await;
    assert!(
        claim.body.contains("<mark>Порт закрыт</mark>"),
        "{}",
        claim.body
    );
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let visit = Visit::new();
    let none = verbale_core::ClaimId([1; 16]);
    for address in [
        "/nothing".to_owned(),
        "/claim/clm_short".into(),
        "/claim/..%2f..%2fetc%2fpasswd".into(),
        format!("/claim/{none}"),
        format!("/conflict/{none}/{none}"),
        "/document/page_".into(),
        "/document/x/original".into(),
        "/entity/ent_'--".into(),
        "/publisher/Nobody".into(),
        "/series/ser-0".into(),
        "/assets/desk-0.css".into(),
    ] {
        assert_eq!(
            visit.get(&address).await.status,
            StatusCode::NOT_FOUND,
            "{address}"
        );
    }
    let twin = visit.get("/nothing.json").await;
    let fault: serde_json::Value = serde_json::from_str(&twin.body).unwrap();
    assert_eq!(fault["status"], 404);
    assert_eq!(fault["error"], "there is no page at `/nothing`");
}

#[tokio::test]
async fn the_original_is_kept_and_never_shown() {
    let visit = Visit::new();
    let page = visit.case().pages().unwrap()[2];
    let file = visit.get(&format!("/document/{page}/original")).await;
    assert_eq!(file.header("content-type"), "application/octet-stream");
    assert_eq!(
        file.header("content-disposition"),
        format!("attachment; filename=\"{page}.txt\"")
    );
    assert_eq!(
        file.header("content-security-policy"),
        "sandbox; default-src 'none'"
    );
    assert!(file.body.starts_with(HOSTILE));
}

#[tokio::test]
async fn disagreements_stand_side_by_side_and_why_not_is_answered() {
    let visit = Visit::new();
    let list = visit.get("/conflicts").await;
    assert!(
        list.body.contains("<mark>17 boats were held</mark>"),
        "{}",
        list.body
    );
    assert!(
        list.body
            .contains("<mark>12 boats were held on 2 May</mark>"),
        "{}",
        list.body
    );
    let claims = visit.case().claims(&Filter::default()).unwrap();
    let of = |quote: &str| {
        claims
            .iter()
            .find(|c| c.claim.evidence.quote() == quote)
            .unwrap()
            .claim
            .id
    };
    let pair = format!(
        "/conflict/{}/{}.json",
        of("17 boats were held"),
        of("Порт закрыт")
    );
    let answer: serde_json::Value = serde_json::from_str(&visit.get(&pair).await.body).unwrap();
    assert_eq!(answer["is_conflict"], false);
    assert_eq!(answer["answer"], "other kind");
}

#[tokio::test]
async fn assets_stay_in_the_cache_and_pages_do_not() {
    let visit = Visit::new();
    let style = visit.get(&crate::assets::STYLE.href).await;
    assert!(style.header("cache-control").contains("immutable"));
    assert!(style.header("content-type").starts_with("text/css"));
    assert_eq!(
        visit.get("/claims").await.header("cache-control"),
        "private, no-cache"
    );
}

#[tokio::test]
async fn the_docs_name_every_address() {
    let docs = include_str!("../../../docs/desk.md");
    for route in ROUTES {
        assert!(
            docs.contains(&format!("`{}`", route.path)),
            "docs/desk.md names `{}`",
            route.path
        );
    }
}
