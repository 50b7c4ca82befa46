//! What a person does to a case: decisions, dates, entities, copies.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use verbale_core::{ClaimKind, EntityKind, PartialDate};

use super::FilterArgs;

/// Who decides, and why.
#[derive(Debug, Args)]
pub(crate) struct Signed {
    /// Who decides; the name of the user if not given
    #[arg(long, value_name = "NAME")]
    pub(crate) who: Option<String>,

    /// Why
    #[arg(long, value_name = "REASON")]
    pub(crate) why: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct DecideArgs {
    /// The case file
    pub(crate) case: PathBuf,

    /// The id it is about, or an unambiguous beginning of it
    pub(crate) id: String,

    #[command(flatten)]
    pub(crate) signed: Signed,
}

#[derive(Debug, Args)]
pub(crate) struct ReviewArgs {
    /// The case file
    pub(crate) case: PathBuf,

    #[command(flatten)]
    pub(crate) filter: FilterArgs,

    #[command(flatten)]
    pub(crate) signed: Signed,
}

#[derive(Debug, Args)]
pub(crate) struct RereadArgs {
    /// The case file
    pub(crate) case: PathBuf,

    /// Only these pages: ids, or unambiguous beginnings of them
    #[arg(value_name = "PAGE")]
    pub(crate) pages: Vec<String>,

    /// Also pages that this version, its models and packs have read already
    #[arg(long)]
    pub(crate) all: bool,

    /// Say what would change and change nothing; exit code 1 if something would
    #[arg(long)]
    pub(crate) dry_run: bool,

    #[command(flatten)]
    pub(crate) work: super::WorkArgs,
}

/// A claim that somebody writes down.
#[derive(Debug, Args)]
pub(crate) struct ClaimArgs {
    /// The case file
    pub(crate) case: PathBuf,

    /// The page's id, or an unambiguous beginning of it
    pub(crate) page: String,

    /// figure, status, event, obligation or position
    pub(crate) kind: ClaimKind,

    /// The words that say so, exactly as they stand on the page
    pub(crate) words: String,

    /// What they say, as the exchange format names it: speaker=… value=… subject=… as_of=…
    #[arg(value_name = "FIELD=VALUE")]
    pub(crate) fields: Vec<String>,

    /// Which occurrence of the words on the page, from 1
    #[arg(long, value_name = "N")]
    pub(crate) occurrence: Option<usize>,

    #[command(flatten)]
    pub(crate) signed: Signed,
}

/// What a person does to a case.
#[derive(Debug, Subcommand)]
pub(crate) enum ByHand {
    /// Go through the claims that nobody has decided on: accept, reject or amend each with a key
    Review(ReviewArgs),
    /// Decide that a page says what a claim says
    Accept(DecideArgs),
    /// Decide that a page does not say what a claim says
    Reject(DecideArgs),
    /// Decide that a field of a claim is something else
    Amend {
        #[command(flatten)]
        decide: DecideArgs,
        /// The field, as the exchange format names it
        field: String,
        /// The value, as JSON or plain words; null empties the field
        value: String,
    },
    /// Write down a claim that the program did not find, with the words of the page that say so
    Claim(ClaimArgs),
    /// Grade a publisher's reliability (A to F) or a claim's credibility (1 to 6), each apart from the other
    #[command(after_help = GRADES)]
    Grade {
        /// The case file
        case: PathBuf,
        /// A publisher's name for A to F; a claim's id, or an unambiguous beginning of it, for 1 to 6
        #[arg(value_name = "PUBLISHER|CLAIM")]
        what: String,
        /// A to F or 1 to 6
        grade: String,
        #[command(flatten)]
        signed: Signed,
    },
    /// Write a remark about a claim or page
    Note {
        #[command(flatten)]
        decide: DecideArgs,
        /// The remark
        text: String,
    },
    /// Decide that an earlier decision does not hold
    Undo(DecideArgs),
    /// Date a page and read it again, so that its relative times are resolved
    SetDate {
        #[command(flatten)]
        decide: DecideArgs,
        /// 2020, 2020-01 or 2020-01-23; without one, the page is undated
        date: Option<PartialDate>,
    },
    /// List the pages that wait for a date
    Undated {
        /// The case file
        case: PathBuf,
    },
    /// Read pages again that another version, model or pack has read, and list what changed
    ///
    /// Decisions stay with their claims, by id, else by the words. Those whose claim is read no more are listed
    /// with what was decided; the exit code is then 1.
    Reread(RereadArgs),
    /// List entities: who is called so, with ids, names and numbers of claims
    Entities {
        /// The case file
        case: PathBuf,
        /// Only entities with these words in a name
        name: Option<String>,
        /// Only entities of this kind: person, organization, state, place, post, instrument, other, …
        #[arg(long)]
        kind: Option<EntityKind>,
        /// At most so many, those with the most claims first
        #[arg(long, value_name = "N", default_value_t = 50)]
        limit: u32,
    },
    /// Decide that certain words of a page refer to this entity and to no other
    Link {
        /// The case file
        case: PathBuf,
        /// The page's id, or an unambiguous beginning of it
        page: String,
        /// The words, exactly as they stand on the page
        words: String,
        /// The entity's id, or an unambiguous beginning of it
        entity: String,
        /// Which occurrence of the words on the page, from 1
        #[arg(long, value_name = "N")]
        occurrence: Option<usize>,
        #[command(flatten)]
        signed: Signed,
    },
    /// Decide that what is called so is not this entity but another
    Split {
        /// The case file
        case: PathBuf,
        /// The entity's id, or an unambiguous beginning of it
        entity: String,
        /// One of its names, which is the other's
        name: String,
        /// Only on this page
        #[arg(long, value_name = "PAGE")]
        page: Option<String>,
        #[command(flatten)]
        signed: Signed,
    },
    /// Decide that two entities are one
    Merge {
        /// The case file
        case: PathBuf,
        /// The id of the entity that is no more, or an unambiguous beginning of it
        entity: String,
        /// The id of the one that stands for both, or an unambiguous beginning of it
        into: String,
        #[command(flatten)]
        signed: Signed,
    },
    /// Print the decisions as a history
    Log {
        /// The case file
        case: PathBuf,
        /// Only decisions whose claim is read no more
        #[arg(long)]
        orphans: bool,
    },
    /// Print the decisions as JSON lines, for somebody else's copy of the case
    Export {
        /// The case file
        case: PathBuf,
    },
    /// Take over decisions that were exported from another copy of the case
    Import {
        /// The case file
        case: PathBuf,
        /// What `export` printed
        file: PathBuf,
    },
    /// Copy a case while others may read and add
    Backup {
        /// The case file
        case: PathBuf,
        /// The copy, which must not exist
        target: PathBuf,
    },
    /// Take a page out for good, for law or consent; its digest, the decisions and the reason stay
    Withdraw {
        /// The case file
        case: PathBuf,
        /// The page's id
        page: String,
        #[command(flatten)]
        signed: Signed,
    },
}

/// The two scales, which NATO's AJP-2.1 keeps apart.
const GRADES: &str = "\
Reliability of a publisher:
  A completely reliable    B usually reliable    C fairly reliable
  D not usually reliable   E unreliable          F cannot be judged

Credibility of a claim:
  1 confirmed by others    2 probably true       3 possibly true
  4 doubtful               5 improbable          6 cannot be judged";
