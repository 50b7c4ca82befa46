//! The ledger's unit: one proposition with its speaker, words and clocks.

use text_size::TextRange;

use crate::{ClaimId, Evidence, Quantity, Timex, word_set};

/// The five kinds of claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClaimKind {
    /// How many, how much.
    Figure,
    /// In what state something is.
    Status,
    /// What happened or is planned.
    Event,
    /// Who must do what.
    Obligation,
    /// What somebody thinks of something.
    Position,
}

word_set!(ClaimKind, "claim kind", {
    Figure => "figure",
    Status => "status",
    Event => "event",
    Obligation => "obligation",
    Position => "position",
});

/// What a speaker does by saying it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    /// Plain assertion.
    Say,
    /// An earlier claim holds.
    Confirm,
    /// An earlier claim does not hold.
    Deny,
    /// Against the speaker's own interest.
    Admit,
    /// Blames a named party.
    Accuse,
    /// A quantity or state under uncertainty.
    Estimate,
    /// Emphatic, repeated or self-justifying assertion.
    Insist,
    /// Asks another party to act.
    Demand,
    /// Binds the speaker.
    Promise,
    /// About the future.
    Expect,
    /// Questions, doubts, refusals to answer.
    Other,
}

word_set!(Act, "act", {
    Say => "say",
    Confirm => "confirm",
    Deny => "deny",
    Admit => "admit",
    Accuse => "accuse",
    Estimate => "estimate",
    Insist => "insist",
    Demand => "demand",
    Promise => "promise",
    Expect => "expect",
    Other => "other",
});

impl Act {
    /// The verb of a sentence that tells it; in the past, where one speaker and several have one form.
    pub const fn past(self) -> &'static str {
        match self {
            Self::Say => "said",
            Self::Confirm => "confirmed",
            Self::Deny => "denied",
            Self::Admit => "admitted",
            Self::Accuse => "accused",
            Self::Estimate => "estimated",
            Self::Insist => "insisted",
            Self::Demand => "demanded",
            Self::Promise => "promised",
            Self::Expect => "expected",
            Self::Other => "spoke of it",
        }
    }
}

/// Whether the speaker asserts or denies the proposition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Polarity {
    /// It is so.
    #[default]
    Asserted,
    /// It is not so.
    Denied,
}

word_set!(Polarity, "polarity", { Asserted => "asserted", Denied => "denied" });

/// In which world the proposition holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Modality {
    /// It is or was so.
    #[default]
    Actual,
    /// It is intended or scheduled.
    Planned,
    /// It may be so.
    Possible,
    /// It would be so if something else were.
    Conditional,
    /// Somebody asks that it be so.
    Demanded,
}

word_set!(Modality, "modality", {
    Actual => "actual",
    Planned => "planned",
    Possible => "possible",
    Conditional => "conditional",
    Demanded => "demanded",
});

/// How a speaker is hidden, and what is still known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anonymity {
    /// 3 unnamed but placed (role and country), 4 unnamed with a role only, 5 bare "sources".
    pub tier: u8,
    /// The reason the page gives, as written: "under conditions of anonymity".
    pub reason: Option<String>,
}

/// Who is said to have said it. PARC calls this the source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Speaker {
    /// The name in the wording of the text, the fullest form that the document has for this speaker.
    pub name: String,
    /// The organisation the speaker speaks from.
    pub org: Option<String>,
    /// The speaker's function: `spokeswoman`.
    pub role: Option<String>,
    /// Set if the text names neither a person nor an official function that identifies the speaker.
    pub anonymity: Option<Anonymity>,
    /// The words that name the speaker where it speaks.
    pub range: Option<TextRange>,
}

/// Who is said to have said it, how, through whom and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// Absent only for a bare assertion on a page that does not name its publisher.
    pub speaker: Option<Speaker>,
    /// The chain from the page backwards, without the speaker: publisher, agency, reporter or document.
    pub via: Vec<String>,
    /// Whom the speaker speaks for, only where the text says so.
    pub on_behalf_of: Option<String>,
    /// What the speaker does by saying it.
    pub act: Act,
    /// The words that link speaker and content ("said", "according to").
    pub cue: Option<TextRange>,
    /// When it was said.
    pub said_on: Option<Timex>,
}

/// A number held by something at some time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The number with its bounds and unit.
    pub quantity: Quantity,
    /// What is counted, as the noun phrase an analyst would write.
    pub subject: String,
    /// Where it holds.
    pub place: Option<String>,
    /// When it holds.
    pub as_of: Option<Timex>,
}

/// The state of one thing on one axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Whose state it is.
    pub subject: String,
    /// The state: a pack's word (`missed`, `closed`) or the page's own.
    pub status: String,
    /// When it holds.
    pub as_of: Option<Timex>,
}

/// A dated happening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What sort of happening: `visit`, `border closure`.
    pub label: String,
    /// Who took part.
    pub actors: Vec<String>,
    /// Where.
    pub place: Option<String>,
    /// When.
    pub date: Option<Timex>,
}

/// A rule, a commitment, a demand, or a party's reading of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obligation {
    /// The legal text; the pack's name with the page's wording in brackets where they differ.
    pub instrument: Option<String>,
    /// Its paragraph.
    pub paragraph: Option<String>,
    /// Who must act.
    pub party: Option<String>,
    /// What must be done.
    pub action: String,
    /// By when.
    pub deadline: Option<Timex>,
}

/// An evaluation, a motive, a reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// Whose position it is.
    pub holder: String,
    /// What the position is, in the page's words.
    pub stance: String,
    /// What it is about.
    pub target: Option<String>,
}

/// What is claimed, by kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proposition {
    /// How many, how much.
    Figure(Figure),
    /// In what state something is.
    Status(Status),
    /// What happened or is planned.
    Event(Event),
    /// Who must do what.
    Obligation(Obligation),
    /// What somebody thinks of something.
    Position(Position),
}

impl Proposition {
    /// The kind of the claim.
    pub fn kind(&self) -> ClaimKind {
        match self {
            Self::Figure(_) => ClaimKind::Figure,
            Self::Status(_) => ClaimKind::Status,
            Self::Event(_) => ClaimKind::Event,
            Self::Obligation(_) => ClaimKind::Obligation,
            Self::Position(_) => ClaimKind::Position,
        }
    }

    /// The clock of the proposition itself: as-of, date or deadline.
    pub fn time(&self) -> Option<&Timex> {
        match self {
            Self::Figure(f) => f.as_of.as_ref(),
            Self::Status(s) => s.as_of.as_ref(),
            Self::Event(e) => e.date.as_ref(),
            Self::Obligation(o) => o.deadline.as_ref(),
            Self::Position(_) => None,
        }
    }
}

/// One proposition of one page, with its words, its chain of speakers and its clocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Stable identity.
    pub id: ClaimId,
    /// The words that carry it.
    pub evidence: Evidence,
    /// Who said it.
    pub attribution: Attribution,
    /// Asserted or denied.
    pub polarity: Polarity,
    /// Actual, planned, possible, …
    pub modality: Modality,
    /// What is claimed.
    pub proposition: Proposition,
    /// The name of the rule that found it.
    pub rule: String,
    /// For the same proposition by the same speaker said before in the document: that claim.
    pub restates: Option<ClaimId>,
}

impl Claim {
    /// The kind of the proposition.
    pub fn kind(&self) -> ClaimKind {
        self.proposition.kind()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_parses_back() {
        for act in Act::ALL {
            assert_eq!(act.as_str().parse(), Ok(*act));
        }
        for kind in ClaimKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(*kind));
        }
        assert!("shout".parse::<Act>().is_err());
    }
}
