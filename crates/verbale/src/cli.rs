//! What can be typed. Help, man page and completions come from these definitions.

mod brief;
mod by_hand;
mod ledger;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use verbale_core::{Act, ClaimKind, PartialDate};

use crate::{parallel, worker::PAGE_SECONDS};

pub(crate) use brief::{BriefArgs, BriefLedger, FailOn};
pub(crate) use by_hand::{ByHand, ClaimArgs, DecideArgs, RereadArgs, ReviewArgs, Signed};
pub(crate) use ledger::Ledger;

/// Pages in, a ledger of sourced claims out.
///
/// verbale reads pages that others published and keeps, claim by claim, who said what, when, how many, about
/// which duty, in the words of the page. Offline, deterministic, one case file.
#[derive(Debug, Parser)]
#[command(
    name = "verbale",
    version,
    propagate_version = true,
    max_term_width = 100
)]
pub(crate) struct Cli {
    /// When to use colors: tables on a terminal, never in a pipe, unless said otherwise
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: When,

    /// Say only what went wrong
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,

    /// Use this pack too, a file or a folder; may be given several times
    #[arg(long = "pack", global = true, value_name = "PATH")]
    pub(crate) packs: Vec<PathBuf>,

    #[command(subcommand)]
    pub(crate) command: Command,
}

/// A switch that depends on the terminal unless it is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read pages and print their claims; no case file is needed
    Read(ReadArgs),
    /// Read pages into a case file, which is created if absent; a page that is there already changes nothing
    Add(AddArgs),
    /// List the claims of a case
    Claims(ClaimsArgs),
    /// Show one claim with its words in context, or one document with its claims marked
    Show(ShowArgs),
    /// Say what is in a case
    Status(CaseArgs),
    /// List the pages that share words: reprints, cut wires, stories inside others, quotations
    Copies(CopiesArgs),
    /// Print the collection log: what came from where and when, its digest, and which version read it
    Custody(CustodyArgs),
    /// Read newer captures of pages that a case has, keep both, and print what is different
    Refresh(AddArgs),
    /// Prove that every claim's words stand in the stored text and that the text comes from the stored bytes
    Check(CaseArgs),
    /// Run the main job on the pages in `examples/`
    Demo(DemoArgs),
    /// Score claims against gold annotations
    Eval(EvalArgs),
    /// Find passages by their words
    Search(SearchArgs),
    #[command(flatten)]
    Ledger(Ledger),
    /// Write a case as a document with footnotes: HTML, Markdown, Word or PDF
    Brief(BriefArgs),
    #[command(flatten)]
    ByHand(ByHand),
    /// Open a case in the browser
    Serve(ServeArgs),
    /// Check and list packs of domain knowledge
    #[command(subcommand)]
    Pack(PackCommand),
    /// Add or list language models
    #[command(subcommand)]
    Model(ModelCommand),
    /// Parse pages for the program that started this process
    #[command(hide = true)]
    Worker {
        /// Seconds of computing time for a page
        #[arg(long, default_value_t = PAGE_SECONDS)]
        page_seconds: u32,
    },
    /// Explain a diagnostic code
    Explain {
        /// A code such as R005; without one, all codes are listed
        code: Option<String>,
    },
}

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A readable table or page
    Text,
    /// One JSON array
    Json,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values with a header line
    Csv,
}

/// How far reading goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Stage {
    /// Passages with roles, and metadata
    Document,
    /// Tokens, tags, heads, entities: CoNLL-U, or spaCy's JSON with `--format json`
    Annotations,
    /// Time expressions
    Times,
    /// Quantities
    Quantities,
    /// Speakers, cues and contents
    Attributions,
    /// Entities with their mentions
    Entities,
    /// Claims
    Claims,
}

#[derive(Debug, Args)]
pub(crate) struct ReadArgs {
    /// Files, folders, or `-` for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: Format,

    /// Take lines of `{"doc_id", "text", "dct"}` as they are, without cleaning, so that offsets stay
    #[arg(long)]
    pub(crate) as_is: bool,

    /// How far to read
    #[arg(long, value_enum, default_value = "claims")]
    pub(crate) stage: Stage,

    #[command(flatten)]
    pub(crate) work: WorkArgs,
}

#[derive(Debug, Args)]
pub(crate) struct AddArgs {
    /// The case file
    pub(crate) case: PathBuf,

    /// Files, folders, or `-` for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) work: WorkArgs,
}

#[derive(Debug, Args)]
pub(crate) struct WorkArgs {
    /// Number of threads; the result does not depend on it
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<usize>,

    /// Seconds of computing time in which a page must be parsed; one that takes longer is kept without text
    #[arg(long, value_name = "N", default_value_t = PAGE_SECONDS, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) page_seconds: u32,
}

impl Default for WorkArgs {
    fn default() -> Self {
        Self {
            threads: None,
            page_seconds: PAGE_SECONDS,
        }
    }
}

impl WorkArgs {
    /// How many threads read.
    pub(crate) fn threads(&self) -> usize {
        self.threads.unwrap_or_else(parallel::default_threads)
    }
}

#[derive(Debug, Args)]
pub(crate) struct CaseArgs {
    /// The case file
    pub(crate) case: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct CopiesArgs {
    /// The case file
    pub(crate) case: PathBuf,

    /// Only those of this page (the beginning of its id is enough)
    pub(crate) page: Option<String>,

    /// How to print; a row for programs is one shared stretch with its offsets in bytes
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct CustodyArgs {
    /// The case file
    pub(crate) case: PathBuf,

    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: Format,
}

/// Which of a claim's clocks a period is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Clock {
    /// When it holds
    #[default]
    AsOf,
    /// When it was said
    Said,
    /// When it was published
    Published,
}

/// Which claims are meant; all that is said must hold.
#[derive(Debug, Default, Args)]
pub(crate) struct FilterArgs {
    /// Only claims of this kind: figure, status, event, obligation, position
    #[arg(long)]
    pub(crate) kind: Option<ClaimKind>,

    /// Only claims whose speaker, speaker's organization or role has these words
    #[arg(long, value_name = "WORDS")]
    pub(crate) speaker: Option<String>,

    /// Only claims that have these words in their proposition or quote
    #[arg(long, value_name = "WORDS")]
    pub(crate) about: Option<String>,

    /// Only claims about a place that has these words
    #[arg(long, value_name = "WORDS")]
    pub(crate) r#where: Option<String>,

    /// Only claims on or after this date: 2020, 2020-01 or 2020-01-23
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Option<PartialDate>,

    /// Only claims on or before this date
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<PartialDate>,

    /// Which clock --since and --until are about
    #[arg(long, value_enum, default_value = "as-of")]
    pub(crate) clock: Clock,

    /// Only claims made by this act: say, confirm, deny, admit, accuse, …
    #[arg(long)]
    pub(crate) act: Option<Act>,

    /// Only claims on pages of a publisher that has these words
    #[arg(long, value_name = "WORDS")]
    pub(crate) publisher: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ClaimsArgs {
    /// The case file
    pub(crate) case: PathBuf,

    #[command(flatten)]
    pub(crate) filter: FilterArgs,

    /// At most so many claims
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<u32>,

    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// The case file
    pub(crate) case: PathBuf,

    /// A claim's or page's id, or an unambiguous beginning of one
    pub(crate) id: String,

    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// Where to write the case file
    #[arg(long, value_name = "FILE", default_value = "demo.verbale")]
    pub(crate) case: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct EvalArgs {
    /// Folder of gold annotations, one JSON file a page
    pub(crate) gold: PathBuf,

    /// Folder of the pages; a page belongs to the gold file whose id its name starts with
    pub(crate) pages: PathBuf,

    /// List each missed, extra and differing claim
    #[arg(long)]
    pub(crate) errors: bool,

    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct SearchArgs {
    /// The case file
    pub(crate) case: PathBuf,

    /// Words, "phrases", begin*, "two words"~5, -without, this OR that
    pub(crate) query: String,

    /// Only passages on pages of a publisher that has these words
    #[arg(long, value_name = "WORDS")]
    pub(crate) publisher: Option<String>,

    /// Only passages with a claim of this kind
    #[arg(long)]
    pub(crate) kind: Option<ClaimKind>,

    /// Only pages in this language, as `verbale status` names it: en, ru, ko
    #[arg(long, value_name = "TAG")]
    pub(crate) language: Option<String>,

    /// Only passages that mention this entity: its id or a beginning of it, which `verbale entities` lists
    #[arg(long, value_name = "ID")]
    pub(crate) entity: Option<String>,

    /// Only pages published on or after this date
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Option<PartialDate>,

    /// Only pages published on or before this date
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<PartialDate>,

    /// At most so many passages
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: u32,
}

#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    /// The case file
    pub(crate) case: PathBuf,

    /// Where to listen; port 0 takes any free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:4217")]
    pub(crate) listen: std::net::SocketAddr,

    /// Let in only who knows a token, which is made and printed at the start; needed where others can reach the address
    #[arg(long)]
    pub(crate) token: bool,

    /// Who decides, unless the browser says otherwise; the name of the user if not given
    #[arg(long, value_name = "NAME")]
    pub(crate) who: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PackCommand {
    /// Check a pack: its form, its references, and the test rows inside it
    Check {
        /// A TOML file or a folder of them
        path: PathBuf,
    },
    /// Write a template for a new pack into NAME.toml
    New {
        /// The pack's id: letters, digits and hyphens
        name: String,
    },
    /// List the packs in use
    List,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ModelCommand {
    /// Install a spaCy pipeline from a wheel or folder, or fetch the known one of a language (`en`)
    Add {
        /// FILE.whl, a folder with a config.cfg, or a language
        what: PathBuf,
    },
    /// List installed models with licence and training data
    List,
}
