//! What answers where forms are sent: the token, decisions, grades.

use axum::{
    Form,
    extract::State,
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use serde::Deserialize;
use verbale_case::decision::{NewDecision, Ruling};

use crate::{
    Desk,
    ask::{Ask, encoded},
    error::Fault,
    guard::{self, Posted, WHO_COOKIE, found},
    page, view,
};

pub(super) async fn login_form(State(desk): State<Desk>) -> Response {
    match desk.access().token {
        Some(_) => Html(page::login(false).into_string()).into_response(),
        None => found("/"),
    }
}

/// The token as a visitor gives it.
#[derive(Debug, Deserialize)]
pub(super) struct Login {
    token: String,
}

pub(super) async fn login(State(desk): State<Desk>, Form(login): Form<Login>) -> Response {
    if !guard::is_token(&desk, login.token.trim()) {
        let page = Html(page::login(true).into_string());
        return (StatusCode::UNAUTHORIZED, page).into_response();
    }
    let cookie = guard::session_cookie(&desk);
    ([(header::SET_COOKIE, cookie)], found("/")).into_response()
}

/// A decision about a claim, as a form sends it.
#[derive(Debug, Deserialize)]
pub(super) struct Decide {
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

pub(super) async fn decide(State(desk): State<Desk>, posted: Posted<Decide>) -> Response {
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
pub(super) struct Undo {
    decision: String,
    #[serde(default)]
    back: String,
}

pub(super) async fn undo(State(desk): State<Desk>, posted: Posted<Undo>) -> Response {
    let Posted { form, ask } = posted;
    let who = desk.who(&ask);
    let ruling = Ruling::Undo {
        decision: form.decision,
    };
    record(&desk, &ask, ruling, &who, "", &form.back, "Undone").await
}

/// A publisher's grade.
#[derive(Debug, Deserialize)]
pub(super) struct Grade {
    publisher: String,
    reliability: String,
    who: String,
    #[serde(default)]
    why: String,
    #[serde(default)]
    back: String,
}

pub(super) async fn grade(State(desk): State<Desk>, posted: Posted<Grade>) -> Response {
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
