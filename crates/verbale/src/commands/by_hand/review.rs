//! `verbale review`: the claims that nobody has decided on, one after the other, with a key for each decision.

mod keys;

use std::io::{self, Write};

use anyhow::{Result, anyhow};
use verbale_case::{
    Case, Filter, Order,
    decision::{DecideError, NewDecision, Ruling, fields, value_of},
};
use verbale_core::ClaimId;

use super::{
    super::{
        Talk,
        case::{explained, filter},
    },
    typed,
};
use crate::{Exit, cli::ReviewArgs, view};
use keys::Keys;

const PROMPT: &str = "[a]ccept  [r]eject  [e]dit  [s]kip  [u]ndo  [q]uit > ";

pub(super) fn run(args: &ReviewArgs, talk: Talk) -> Result<Exit> {
    let mut session = Session {
        case: Case::open(&args.case).map_err(explained)?,
        filter: Filter {
            undecided: true,
            limit: Some(1),
            ..filter(&args.filter)
        },
        who: args.signed.who(),
        why: args.signed.why.clone(),
        after: None,
        waiting: Vec::new(),
        made: Vec::new(),
        sum: Sum::default(),
        talk,
    };
    session.go_through(&mut Keys::open())?;
    let sum = &session.sum;
    talk.say(&format!(
        "{} accepted, {} rejected, {} amended, {} skipped",
        sum.n_accepted, sum.n_rejected, sum.n_amended, sum.n_skipped
    ));
    Ok(Exit::Done)
}

/// One sitting.
struct Session {
    case: Case,
    filter: Filter,
    who: String,
    why: Option<String>,
    /// The last claim that was taken from the queue.
    after: Option<ClaimId>,
    /// Claims to show before the queue goes on, the next one last.
    waiting: Vec<ClaimId>,
    /// The decisions of this sitting with their claims, for undo.
    made: Vec<Made>,
    sum: Sum,
    talk: Talk,
}

struct Made {
    decision: String,
    claim: ClaimId,
    ruling: &'static str,
}

#[derive(Default)]
struct Sum {
    n_accepted: usize,
    n_rejected: usize,
    n_amended: usize,
    n_skipped: usize,
}

impl Sum {
    fn of(&mut self, act: &str) -> &mut usize {
        match act {
            "accept" => &mut self.n_accepted,
            "reject" => &mut self.n_rejected,
            _ => &mut self.n_amended,
        }
    }
}

/// What a key led to.
enum Next {
    /// To another claim.
    Claim,
    /// To the end.
    End,
}

impl Session {
    fn go_through(&mut self, keys: &mut Keys) -> Result<()> {
        while let Some(claim) = self.next()? {
            self.show(claim)?;
            if matches!(self.ask(claim, keys)?, Next::End) {
                return Ok(());
            }
        }
        self.talk.say("no claim waits for a decision");
        Ok(())
    }

    fn next(&mut self) -> Result<Option<ClaimId>> {
        if let Some(claim) = self.waiting.pop() {
            return Ok(Some(claim));
        }
        self.filter.order = Order::Page;
        self.filter.after = self.after;
        let found = self.case.claims(&self.filter).map_err(explained)?;
        self.after = found.first().map(|c| c.claim.id);
        Ok(self.after)
    }

    fn show(&self, claim: ClaimId) -> Result<()> {
        let gone = || anyhow!("`{claim}` was withdrawn from the case");
        let stored = self.case.claim(claim).map_err(explained)?;
        let stored = stored.ok_or_else(gone)?;
        let document = self.case.document(stored.document.page);
        let line = document.map_err(explained)?.ok_or_else(gone)?.to_line();
        let words = view::claim(&stored.to_row(), &line, None, self.talk.style);
        writeln!(io::stdout().lock(), "\n{words}")?;
        Ok(())
    }

    fn ask(&mut self, claim: ClaimId, keys: &mut Keys) -> Result<Next> {
        loop {
            let Some(key) = keys.key(PROMPT)? else {
                return Ok(Next::End);
            };
            match key.to_ascii_lowercase() {
                'a' => return self.decide(claim, Ruling::Accept { claim }),
                'r' => return self.decide(claim, Ruling::Reject { claim }),
                's' => {
                    self.sum.n_skipped += 1;
                    return Ok(Next::Claim);
                }
                'q' => return Ok(Next::End),
                'e' => {
                    if self.amend(claim, keys)? {
                        self.waiting.push(claim);
                        return Ok(Next::Claim);
                    }
                }
                'u' => {
                    if self.undo(claim)? {
                        return Ok(Next::Claim);
                    }
                    say("nothing to undo")?;
                }
                key => say(&format!("no such key: `{key}`"))?,
            }
        }
    }

    fn decide(&mut self, claim: ClaimId, ruling: Ruling) -> Result<Next> {
        self.record(claim, ruling)?;
        Ok(Next::Claim)
    }

    fn record(&mut self, claim: ClaimId, ruling: Ruling) -> Result<(), DecideError> {
        let act = ruling.act();
        let decision = self.case.decide(NewDecision {
            ruling,
            who: self.who.clone(),
            why: self.why.clone(),
            at: jiff::Timestamp::now(),
        })?;
        *self.sum.of(act) += 1;
        self.made.push(Made {
            decision,
            claim,
            ruling: act,
        });
        Ok(())
    }

    /// Asks for a field and its value until they fit. False if nothing was amended.
    fn amend(&mut self, claim: ClaimId, keys: &mut Keys) -> Result<bool> {
        let stored = self.case.claim(claim).map_err(explained)?;
        let Some(stored) = stored.map(|s| s.claim) else {
            return Ok(false);
        };
        for field in fields(stored.kind()) {
            if let Some(value) = value_of(&stored, field) {
                say(&format!("  {field:<13} {}", view::value(&value)))?;
            }
        }
        loop {
            let Some(field) = keys.line("field (empty to leave) > ")? else {
                return Ok(false);
            };
            let Some(value) = keys.line("value (JSON or words; null empties it) > ")? else {
                return Ok(false);
            };
            let ruling = Ruling::Amend {
                claim,
                field,
                value: typed(&value),
            };
            match self.record(claim, ruling) {
                Ok(()) => return Ok(true),
                Err(e @ (DecideError::Field { .. } | DecideError::Value { .. })) => {
                    say(&e.to_string())?;
                }
                Err(e) => return Err(e.into()),
            }
        }
    }

    /// Undoes the last decision of this sitting, and shows its claim again before the one at hand.
    fn undo(&mut self, at_hand: ClaimId) -> Result<bool> {
        let Some(last) = self.made.pop() else {
            return Ok(false);
        };
        self.case.decide(NewDecision {
            ruling: Ruling::Undo {
                decision: last.decision,
            },
            who: self.who.clone(),
            why: None,
            at: jiff::Timestamp::now(),
        })?;
        *self.sum.of(last.ruling) -= 1;
        self.waiting.push(at_hand);
        if last.claim != at_hand {
            self.waiting.push(last.claim);
        }
        Ok(true)
    }
}

fn say(words: &str) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{words}")
}
