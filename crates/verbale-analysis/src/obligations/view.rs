//! The obligations ledger as it is shown.

use jiff::civil::Date;
use verbale_core::{Act, ClaimId};

/// One duty with everything the case says about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// The legal text, in the pack's or the page's wording; for a promise or demand what the page calls it.
    pub instrument: String,
    /// Its paragraph.
    pub paragraph: Option<String>,
    /// The pack's name for the duty.
    pub pack_id: Option<String>,
    /// What must be done.
    pub action: String,
    /// The last day on which it is in time.
    pub deadline: Option<Date>,
    /// What each party has said and is said to have done, by name.
    pub parties: Vec<PartyRecord>,
    /// How the duty is told and read, in the order of time.
    pub readings: Vec<ReadingRow>,
    /// True if two parties read it differently.
    pub is_disputed: bool,
    /// The reports that fall due under it.
    pub reports: Vec<ReportRow>,
}

/// One party's record under a duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyRecord {
    /// The party, in the wording of the first claim.
    pub party: String,
    /// What is said about it, in the order of time.
    pub statements: Vec<Statement>,
    /// What follows from the dates and figures.
    pub computed: Computed,
}

/// One claim about a party's conduct.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The claim.
    pub claim: ClaimId,
    /// When it was said, else published.
    pub said: Option<Date>,
    /// Who said it.
    pub speaker: Option<String>,
    /// What the speaker did by it.
    pub act: Act,
    /// The status in the words of the page: "missed", "complying".
    pub status: String,
    /// True if it says that the duty was kept, false if broken; absent for other words.
    pub is_kept: Option<bool>,
    /// True if the party speaks of itself.
    pub is_own: bool,
    /// The words.
    pub quote: String,
}

/// A way in which the duty is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingRow {
    /// The claim; absent for a reading that only the pack knows.
    pub claim: Option<ClaimId>,
    /// When it was said, else published.
    pub said: Option<Date>,
    /// Whose reading it is.
    pub holder: Option<String>,
    /// What must be done by it.
    pub action: String,
    /// True if the holder is a party rather than the page that tells the rule.
    pub is_reading: bool,
    /// True if it is denied that the rule demands this.
    pub is_denied: bool,
}

/// A report that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportRow {
    /// The pack's name for it.
    pub id: String,
    /// The day by which it is due; absent for a recurring one.
    pub due: Option<Date>,
    /// How often it recurs (ISO 8601 duration).
    pub every: Option<String>,
    /// To whom.
    pub to: String,
    /// Where it stands.
    pub state: ReportState,
}

/// Where a report stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReportState {
    /// It is not due yet, or recurs.
    NotYetDue,
    /// A claim says that it was made.
    OnFile,
    /// It is past due, and no claim speaks of it.
    NotOnFile,
}

impl ReportState {
    /// The word for tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotYetDue => "not yet due",
            Self::OnFile => "on file",
            Self::NotOnFile => "not on file",
        }
    }
}

/// What dates and figures imply, whatever anybody says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Computed {
    /// The duty has no deadline that is known.
    NoDeadline,
    /// The deadline lies ahead.
    NotYetDue,
    /// It is the last day.
    Due,
    /// The deadline is over; the claims do not show how much was left.
    PastDue,
    /// The deadline is over, and these figures count what was left undone after it.
    Residual(Vec<ClaimId>),
}

impl Computed {
    /// The word for tables.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::NoDeadline => "no deadline",
            Self::NotYetDue => "not yet due",
            Self::Due => "due",
            Self::PastDue => "past due",
            Self::Residual(_) => "residual after deadline",
        }
    }
}
