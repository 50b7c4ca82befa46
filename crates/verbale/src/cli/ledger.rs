//! The flags of the ledgers.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{Clock, Format};

/// Answers over all claims of a case.
#[derive(Debug, Subcommand)]
pub(crate) enum Ledger {
    /// How each number moved, by whose word
    Series {
        #[command(flatten)]
        args: LedgerArgs,
        /// Only series about this: words of a measure, its country, or a part of its title
        measure: Option<String>,
        /// Draw the one series that is meant into this file; `-` is standard output
        #[arg(long, value_name = "FILE", conflicts_with = "format")]
        svg: Option<PathBuf>,
    },
    /// Which claims cannot both hold, and why
    Conflicts {
        #[command(flatten)]
        args: LedgerArgs,
        /// Say instead why these two claims are, or are not, in conflict
        #[arg(long, num_args = 2, value_names = ["ID", "ID"])]
        why_not: Option<Vec<String>>,
        /// The day on which duties are due or past due; today if not given
        #[arg(long, value_name = "DATE")]
        on: Option<jiff::civil::Date>,
    },
    /// How many independent statements stand behind each claim
    Origins {
        #[command(flatten)]
        args: LedgerArgs,
    },
    /// What falls if a publisher, an agency or a claim is withdrawn
    Impact {
        #[command(flatten)]
        args: LedgerArgs,
        /// A publisher's or agency's name, or a claim's id
        what: String,
    },
    /// Who must do what by when, and what each party has said about it
    Obligations {
        #[command(flatten)]
        args: LedgerArgs,
        /// The day on which duties are due or past due; today if not given
        #[arg(long, value_name = "DATE")]
        on: Option<jiff::civil::Date>,
    },
    /// Which post is open, closed or empty, by whose word
    Presence {
        #[command(flatten)]
        args: LedgerArgs,
    },
    /// Which bans and reliefs are in force, proposed, lifted, refused
    Restrictions {
        #[command(flatten)]
        args: LedgerArgs,
    },
    /// What happened when
    Timeline {
        #[command(flatten)]
        args: LedgerArgs,
        /// Which clock
        #[arg(long, value_enum, default_value = "as-of")]
        clock: Clock,
    },
}

impl Ledger {
    /// The case file and how to print.
    pub(crate) fn args(&self) -> &LedgerArgs {
        match self {
            Self::Series { args, .. }
            | Self::Conflicts { args, .. }
            | Self::Origins { args }
            | Self::Impact { args, .. }
            | Self::Obligations { args, .. }
            | Self::Presence { args }
            | Self::Restrictions { args }
            | Self::Timeline { args, .. } => args,
        }
    }
}

/// A case, and how its ledger is printed.
#[derive(Debug, Args)]
pub(crate) struct LedgerArgs {
    /// The case file
    pub(crate) case: PathBuf,

    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: Format,
}
