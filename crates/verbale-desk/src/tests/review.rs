//! Deciding.

use axum::http::StatusCode;
use verbale_case::{Filter, decision::Verdict};

use super::Visit;

#[tokio::test]
async fn two_reviewers_at_once_lose_nothing() {
    let visit = Visit::new();
    let claims = visit.case().claims(&Filter::default()).unwrap();
    let mut sent = Vec::new();
    for round in 0..5 {
        for (claim, (who, act)) in claims
            .iter()
            .flat_map(|c| [(c, ("Ada", "accept")), (c, ("Ben", "reject"))])
        {
            let form = format!(
                "claim={}&act={act}&who={who}&why=round+{round}",
                claim.claim.id
            );
            sent.push(form);
        }
    }
    let answers = sent.iter().map(|form| visit.post("/decide", form));
    let answers = join(answers).await;
    assert!(
        answers.iter().all(|a| a.status == StatusCode::SEE_OTHER),
        "{}",
        answers[0].body
    );
    let decisions = visit.case().decisions().unwrap();
    assert_eq!(decisions.len(), sent.len());
    assert_eq!(
        decisions.iter().filter(|d| d.who == "Ada").count(),
        sent.len() / 2
    );
}

/// Polls all at once.
async fn join<F: Future>(futures: impl Iterator<Item = F>) -> Vec<F::Output> {
    let mut futures: Vec<_> = futures.map(|f| (Box::pin(f), None)).collect();
    std::future::poll_fn(|cx| {
        for (future, out) in futures.iter_mut().filter(|(_, out)| out.is_none()) {
            if let std::task::Poll::Ready(value) = future.as_mut().poll(cx) {
                *out = Some(value);
            }
        }
        if futures.iter().all(|(_, out)| out.is_some()) {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    })
    .await;
    futures.into_iter().filter_map(|(_, out)| out).collect()
}

#[tokio::test]
async fn the_queue_goes_on_after_each_decision_and_undo_brings_back() {
    let visit = Visit::new();
    let first = |body: &str| {
        let at = body.find("name=\"claim\" value=\"").unwrap() + 20;
        body[at..].split('"').next().unwrap().to_owned()
    };
    let page = visit.get("/review").await;
    let claim = first(&page.body);
    let done = visit
        .post(
            "/decide",
            &format!("claim={claim}&act=accept&who=Ada&back=/review"),
        )
        .await;
    let next = visit.get(done.header("location")).await;
    assert!(next.body.contains("Accepted"), "{}", next.body);
    assert_ne!(first(&next.body), claim);
    let decision = visit.case().decisions().unwrap()[0].id.clone();
    assert!(next.body.contains(&decision));
    let back = visit
        .post("/undo", &format!("decision={decision}&back=/review"))
        .await;
    let again = visit.get(back.header("location")).await;
    assert_eq!(first(&again.body), claim);
    let skipped = visit.get(&format!("/review?after={claim}&n=1")).await;
    assert_ne!(first(&skipped.body), claim);
}

#[tokio::test]
async fn each_decision_is_carried_out_and_shown() {
    let visit = Visit::new();
    let claims = visit.case().claims(&Filter::default()).unwrap();
    let figure = claims
        .iter()
        .find(|c| c.claim.kind().as_str() == "figure")
        .unwrap()
        .claim
        .id;
    for form in [
        "act=reject&why=misread",
        "act=amend&field=value&value=18",
        "act=grade&credibility=2",
        "act=note&text=seen+twice",
        "act=accept",
    ] {
        let answer = visit
            .post("/decide", &format!("claim={figure}&who=Ada&{form}"))
            .await;
        assert_eq!(
            answer.status,
            StatusCode::SEE_OTHER,
            "{form}: {}",
            answer.body
        );
    }
    let stored = visit.case().claim(figure).unwrap().unwrap();
    assert_eq!(stored.verdict, Some(Verdict::Accepted));
    assert_eq!(stored.credibility, Some(2));
    assert_eq!(stored.amended, ["value"]);
    let page = visit.get(&format!("/claim/{figure}")).await;
    for words in ["misread", "seen twice", "value = 18", "18 boats"] {
        assert!(page.body.contains(words), "{words}");
    }
    let grade = visit
        .post("/grade", "publisher=The+Quay&reliability=B&who=Ada")
        .await;
    assert_eq!(grade.status, StatusCode::SEE_OTHER, "{}", grade.body);
    assert!(
        visit
            .get("/publisher/The%20Quay")
            .await
            .body
            .contains("Graded <strong>B")
    );
}

#[tokio::test]
async fn what_does_not_fit_changes_nothing() {
    let visit = Visit::new();
    let claim = visit.case().claims(&Filter::default()).unwrap()[0].claim.id;
    for (form, status) in [
        ("act=shout&who=Ada", StatusCode::BAD_REQUEST),
        ("act=note&who=Ada", StatusCode::BAD_REQUEST),
        ("act=accept&who=+", StatusCode::BAD_REQUEST),
        ("act=accept", StatusCode::BAD_REQUEST),
        (
            "act=grade&credibility=9&who=Ada",
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            "act=amend&field=colour&value=x&who=Ada",
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
    ] {
        let answer = visit
            .post("/decide", &format!("claim={claim}&{form}"))
            .await;
        assert_eq!(answer.status, status, "{form}: {}", answer.body);
    }
    let unknown = visit.post("/undo", "decision=dec_none").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND, "{}", unknown.body);
    assert!(visit.case().decisions().unwrap().is_empty());
}
