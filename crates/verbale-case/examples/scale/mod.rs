//! What the benches of large cases share: numbers by chance, made-up pages, the file, memory.

use std::path::{Path, PathBuf};
use std::time::Instant;

use jiff::{Timestamp, civil};
use verbale_case::{Case, NewDocument, Run};
use verbale_core::{
    Act, Attribution, Claim, ClaimId, Document, Entity, Evidence, Modality, Page, PageOrigin,
    PartialDate, Polarity, Proposition, Publication, Speaker, TextRange,
};

/// Documents of one transaction.
pub(crate) const BATCH: u64 = 1_000;

/// After how many documents a load tells how fast it is.
const TOLD_EACH: u64 = 20_000;

/// Claims of each document.
pub(crate) const CLAIMS_EACH: u64 = 10;

pub(crate) type Failure = Box<dyn std::error::Error>;

/// Marsaglia's xorshift: small, and the same everywhere.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// The numbers of document `n`.
    pub(crate) fn of_document(n: u64) -> Self {
        let mut random = Self(n.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        random.next();
        random
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(crate) fn below(&mut self, n: u64) -> u64 {
        (self.next() >> 11) % n
    }
}

/// A page with what was read in it.
pub(crate) struct Made {
    pub(crate) page: Page,
    pub(crate) document: Document,
    pub(crate) claims: Vec<Claim>,
    pub(crate) entities: Vec<Entity>,
}

impl Made {
    pub(crate) fn new_document<'a>(&'a self, run: &'a Run) -> NewDocument<'a> {
        NewDocument {
            page: &self.page,
            document: &self.document,
            claims: &self.claims,
            entities: &self.entities,
            diagnostics: &[],
            run,
            at: Timestamp::UNIX_EPOCH,
        }
    }
}

/// The page number `n`.
pub(crate) fn page(n: u64, text: &str) -> Page {
    Page {
        bytes: text.as_bytes().to_vec(),
        media_type: "text/plain".into(),
        origin: PageOrigin {
            path: format!("{n}.txt"),
            ..PageOrigin::default()
        },
    }
}

pub(crate) fn published(day: civil::Date) -> Publication {
    Publication {
        date: PartialDate::from(day),
        rule: "bench".into(),
    }
}

/// What somebody says in these words of a page, `i` telling apart what stands there twice.
pub(crate) fn claim(
    page: &Page,
    text: &str,
    range: TextRange,
    i: u64,
    speaker: String,
    proposition: Proposition,
) -> Claim {
    Claim {
        id: ClaimId::new(page.id(), proposition.kind(), &text[range], i as u32),
        evidence: Evidence::new(text, range),
        attribution: Attribution {
            speaker: Some(Speaker {
                name: speaker,
                ..Speaker::default()
            }),
            via: Vec::new(),
            on_behalf_of: None,
            act: Act::Say,
            cue: None,
            said_on: None,
        },
        polarity: Polarity::Asserted,
        modality: Modality::Actual,
        proposition,
        rule: "bench".into(),
        restates: None,
    }
}

/// Adds the documents that the case lacks up to number `n`, and tells on standard error how far it is.
pub(crate) fn fill(
    case: &mut Case,
    n: u64,
    run: &Run,
    made: impl Fn(u64) -> Made,
) -> Result<(), Failure> {
    let had = case.status()?.n_pages;
    if had >= n {
        return Ok(());
    }
    let mut told = Instant::now();
    for first in (had..n).step_by(BATCH as usize) {
        let next = (first + BATCH).min(n);
        let made: Vec<Made> = (first..next).map(&made).collect();
        case.add_all(made.iter().map(|m| m.new_document(run)))?;
        if next.is_multiple_of(TOLD_EACH) {
            let rate = TOLD_EACH as f64 / told.elapsed().as_secs_f64();
            eprintln!("{next} documents, the last {TOLD_EACH} at {rate:.0} a second");
            told = Instant::now();
        }
    }
    Ok(case.optimize()?)
}

/// The case that is measured: how many documents, and where.
pub(crate) struct Order {
    pub(crate) n_documents: u64,
    pub(crate) path: PathBuf,
    /// Which part is measured; all of them if none is named. `load` only fills the case.
    pub(crate) part: Option<String>,
    /// True if nobody asked for the file.
    is_temporary: bool,
}

impl Order {
    /// `[DOCUMENTS [FILE [PART]]]` of the command line.
    pub(crate) fn given(n_documents: u64, file: &str) -> Result<Self, Failure> {
        let mut args = std::env::args().skip(1);
        let n_documents = args.next().map_or(Ok(n_documents), |n| n.parse())?;
        let given = args.next();
        let order = Self {
            n_documents,
            part: args.next(),
            is_temporary: given.is_none(),
            path: PathBuf::from(given.unwrap_or_else(|| file.to_owned())),
        };
        if order.is_temporary && order.path.exists() {
            return Err(format!("will not overwrite `{}`", order.path.display()).into());
        }
        Ok(order)
    }

    /// True if only the case is to be filled.
    #[allow(dead_code, reason = "each bench needs a part of this")]
    pub(crate) fn is_load(&self) -> bool {
        self.part.as_deref() == Some("load")
    }

    /// Removes a file that nobody asked for.
    pub(crate) fn done(self) -> Result<(), Failure> {
        if self.is_temporary {
            std::fs::remove_file(&self.path)?;
        }
        Ok(())
    }
}

/// Bytes of a file; 0 if there is none.
pub(crate) fn size_of(path: &Path) -> u64 {
    path.metadata().map_or(0, |m| m.len())
}

/// The most memory that the process has had, where the system tells.
pub(crate) fn peak_memory_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok())
        .unwrap_or(0)
}

/// How many seconds the process has been on a processor, where the system tells: what is left of a time without the
/// waiting for others and for the disk.
#[allow(dead_code, reason = "each bench needs a part of this")]
pub(crate) fn on_processor_s() -> f64 {
    let told = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanoseconds = told
        .split_whitespace()
        .next()
        .and_then(|n| n.parse::<f64>().ok());
    nanoseconds.unwrap_or(0.0) / 1e9
}
