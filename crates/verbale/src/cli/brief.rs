//! `verbale brief`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use verbale_core::PartialDate;

/// A ledger as a section of a brief.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum BriefLedger {
    /// How each number moved, with charts
    Series,
    /// What cannot both hold, with both passages
    Conflicts,
    /// Who must do what by when: asserted beside computed
    Obligations,
    /// Which post is open, closed or empty
    Presence,
    /// Bans and reliefs
    Restrictions,
    /// How many statements stand behind what several claims say
    Origins,
    /// What happened when
    Timeline,
    /// Who holds what, and what is said without a day
    Positions,
}

/// What makes `brief` end with exit code 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// A statement with a mark of weakness; the brief says what they mean
    Weak,
    /// A statement that no person has reviewed
    MachineRead,
}

#[derive(Debug, Args)]
pub(crate) struct BriefArgs {
    /// The case file
    pub(crate) case: PathBuf,

    /// The file to write; its ending says the form: html, md, docx, pdf, json
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: PathBuf,

    /// Only what has these words in its proposition or quote
    #[arg(long, value_name = "WORDS")]
    pub(crate) about: Option<String>,

    /// Only what is about a place that has these words
    #[arg(long, value_name = "WORDS")]
    pub(crate) r#where: Option<String>,

    /// Only what holds on or after this date: 2020, 2020-01 or 2020-01-23
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Option<PartialDate>,

    /// Only what holds on or before this date
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<PartialDate>,

    /// The ledgers to print
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        default_value = "series,conflicts,obligations,presence,restrictions,timeline,positions"
    )]
    pub(crate) ledgers: Vec<BriefLedger>,

    /// The title
    #[arg(long, value_name = "WORDS")]
    pub(crate) title: Option<String>,

    /// The day of the brief; the newest day of publication in the case if not given
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<jiff::civil::Date>,

    /// After how many days the newest word on something that moves is old
    #[arg(long, value_name = "N", default_value_t = 180)]
    pub(crate) stale_days: u16,

    /// End with exit code 1 if such statements are found
    #[arg(long, value_enum, value_delimiter = ',', value_name = "WHAT")]
    pub(crate) fail_on: Vec<FailOn>,

    /// Folders with more fonts, for PDF
    #[arg(long, value_name = "FOLDER")]
    pub(crate) fonts: Vec<PathBuf>,
}
