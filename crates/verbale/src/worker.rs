//! The worker process that parses pages, from both ends.
//!
//! [`Workers`] is the program's end: it starts workers when they are needed, gives each a page at a time and
//! ends one that takes too long. [`serve`] is the other end, the whole job of the hidden command `worker`:
//! it limits its own memory and the computing time of each page, so that even a worker whose program was
//! killed comes to an end. What the two say to each other is in `verbale_read::worker`.

use std::{
    io::{self, BufReader, BufWriter},
    process::{Child, ChildStdin, Command, Stdio},
    sync::{
        Mutex,
        mpsc::{self, Receiver, RecvTimeoutError},
    },
    thread,
    time::Duration,
};

use verbale_core::{Diagnostic, Document, Outcome, Page, diagnostic};
use verbale_read::{
    Attachment, Limits,
    worker::{self as protocol, Answer, Ask},
};

/// Seconds of computing time for one page unless somebody says otherwise: a long report of a thousand PDF
/// pages takes a few.
pub(crate) const PAGE_SECONDS: u32 = 60;

/// A page may take so many times its computing time by the clock on the wall: the machine may be busy, and
/// what a page becomes should not depend on that.
const WALL_FACTOR: u32 = 10;

/// Memory of a worker, as address space: an idle one has about 20 MiB.
const WORKER_BYTES: u64 = 1 << 30;

/// Worker processes, at most one for each thread that asks.
pub(crate) struct Workers {
    /// Computing time for one page.
    seconds: u32,
    idle: Mutex<Vec<Worker>>,
}

impl Workers {
    /// Starts none yet.
    pub(crate) fn new(seconds: u32) -> Self {
        Self {
            seconds,
            idle: Mutex::default(),
        }
    }

    /// The document of a page. Pages whose form has a small parser of our own are read right here.
    pub(crate) fn document(&self, page: &Page, limits: &Limits) -> Outcome<Document> {
        if !protocol::is_for(&page.media_type) {
            return verbale_read::document(page, limits);
        }
        let why = match self.answer(Ask::Document, page) {
            Ok(Answer::Document(made)) => return *made,
            Ok(Answer::Attachments(_)) => Ended::Crashed,
            Err(ended) => ended,
        };
        protocol::unparsed(page, why.reason(self.seconds))
    }

    /// What is attached to a mail. The mail stays a page where that cannot be found.
    pub(crate) fn attachments(&self, page: &Page) -> Outcome<Vec<Attachment>> {
        let why = match self.answer(Ask::Attachments, page) {
            Ok(Answer::Attachments(found)) => return found,
            Ok(Answer::Document(_)) => Ended::Crashed,
            Err(ended) => ended,
        };
        let message = format!(
            "what is attached to `{}` was not found: {}",
            page.origin.path,
            why.reason(self.seconds)
        );
        Outcome {
            value: Vec::new(),
            diagnostics: vec![Diagnostic::new(diagnostic::R006_UNREADABLE, message)],
        }
    }

    fn answer(&self, ask: Ask, page: &Page) -> Result<Answer, Ended> {
        let idle = self.take();
        let is_fresh = idle.is_none();
        match self.ask(idle, ask, page) {
            // A worker may also end because of what earlier pages left in its memory: only the page itself
            // shall decide.
            Err(Ended::Crashed) if !is_fresh => self.ask(None, ask, page),
            answer => answer,
        }
    }

    fn ask(&self, worker: Option<Worker>, ask: Ask, page: &Page) -> Result<Answer, Ended> {
        let mut worker = match worker {
            Some(worker) => worker,
            None => Worker::start(self.seconds).map_err(Ended::NotStarted)?,
        };
        let wall = Duration::from_secs(u64::from(self.seconds.saturating_mul(WALL_FACTOR)));
        let answer = worker.ask(ask, page, wall)?;
        self.idle
            .lock()
            .expect("no thread panics with the lock")
            .push(worker);
        Ok(answer)
    }

    fn take(&self) -> Option<Worker> {
        self.idle
            .lock()
            .expect("no thread panics with the lock")
            .pop()
    }
}

/// Why there is no answer.
#[derive(Debug)]
enum Ended {
    NotStarted(io::Error),
    Crashed,
    TookTooLong,
}

impl Ended {
    fn reason(&self, seconds: u32) -> String {
        match self {
            Self::NotStarted(e) => format!("no parser could be started: {e}"),
            Self::Crashed => format!(
                "the parser crashed or needed more than `{}` MiB",
                WORKER_BYTES >> 20
            ),
            Self::TookTooLong => {
                format!("the parser took more than `{seconds}` seconds of computing time")
            }
        }
    }
}

/// One worker process, waiting for a page.
struct Worker {
    process: Child,
    /// `None` only while the worker is put down.
    requests: Option<BufWriter<ChildStdin>>,
    answers: Receiver<io::Result<Answer>>,
}

impl Worker {
    fn start(seconds: u32) -> io::Result<Self> {
        let mut command = Command::new(own_program()?);
        command
            .args(["worker", "--page-seconds", &seconds.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        // Ctrl-C on a terminal reaches every process of the group; the page in hand shall be finished.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut process = command.spawn()?;
        let requests = process.stdin.take().map(BufWriter::new);
        let mut output = BufReader::new(process.stdout.take().expect("it was asked for"));
        let (send, answers) = mpsc::channel();
        thread::spawn(move || {
            loop {
                let answer = protocol::read_answer(&mut output);
                let is_last = answer.is_err();
                if send.send(answer).is_err() || is_last {
                    break;
                }
            }
        });
        Ok(Self {
            process,
            requests,
            answers,
        })
    }

    fn ask(&mut self, ask: Ask, page: &Page, wall: Duration) -> Result<Answer, Ended> {
        let requests = self.requests.as_mut().expect("it is not put down");
        let sent = protocol::write_request(requests, ask, page);
        match self.answers.recv_timeout(wall) {
            Ok(Ok(answer)) if sent.is_ok() => Ok(answer),
            Err(RecvTimeoutError::Timeout) => Err(Ended::TookTooLong),
            _ if self.ran_out_of_time() => Err(Ended::TookTooLong),
            _ => Err(Ended::Crashed),
        }
    }

    /// Whether the system ended the worker because its computing time was used up.
    #[cfg(unix)]
    fn ran_out_of_time(&mut self) -> bool {
        use std::os::unix::process::ExitStatusExt;
        let xcpu = rustix::process::Signal::XCPU.as_raw();
        // Without an answer the worker has ended or has closed its output, and then it ends now.
        self.process.kill().ok();
        self.process
            .wait()
            .is_ok_and(|status| status.signal() == Some(xcpu))
    }

    #[cfg(not(unix))]
    fn ran_out_of_time(&mut self) -> bool {
        false
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.requests = None;
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// This program, also where its file was replaced while it runs.
fn own_program() -> io::Result<std::path::PathBuf> {
    let linux = std::path::PathBuf::from("/proc/self/exe");
    if linux.exists() {
        Ok(linux)
    } else {
        std::env::current_exe()
    }
}

/// Parses pages from standard input to standard output until the program closes it.
pub(crate) fn serve(seconds: u32) -> io::Result<()> {
    let faults = std::env::var_os("VERBALE_WORKER_FAULTS").is_some();
    limit_memory(WORKER_BYTES)?;
    protocol::serve(
        &mut BufReader::new(io::stdin().lock()),
        &mut BufWriter::new(io::stdout().lock()),
        &Limits::default(),
        &mut |page| {
            // Where a limit cannot be set, the program's own limit by the clock remains.
            limit_time(seconds).ok();
            if faults {
                make_fault(page);
            }
        },
    )
}

#[cfg(unix)]
fn limit_memory(bytes: u64) -> io::Result<()> {
    // What a hostile page did to a parser is no reason to write its memory to the disk.
    lower(rustix::process::Resource::Core, 0)?;
    lower(rustix::process::Resource::As, bytes)
}

/// Lets the system end this process when it computes for `seconds` more.
#[cfg(unix)]
fn limit_time(seconds: u32) -> io::Result<()> {
    let used = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime).tv_sec;
    // The limit counts whole seconds.
    let until = used.unsigned_abs() + 1 + u64::from(seconds);
    lower(rustix::process::Resource::Cpu, until)
}

/// Sets the limit that counts, not the one above it that the administrator has set.
#[cfg(unix)]
fn lower(what: rustix::process::Resource, to: u64) -> io::Result<()> {
    let maximum = rustix::process::getrlimit(what).maximum;
    let current = Some(maximum.map_or(to, |most| most.min(to)));
    rustix::process::setrlimit(what, rustix::process::Rlimit { current, maximum })?;
    Ok(())
}

#[cfg(not(unix))]
fn limit_memory(_: u64) -> io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
fn limit_time(_: u32) -> io::Result<()> {
    Ok(())
}

/// Does what a hostile page would, for the tests: they ask for it in the environment and on the page.
fn make_fault(page: &Page) {
    let asks = |what: &[u8]| page.bytes.windows(what.len()).any(|w| w == what);
    if asks(b"worker-fault-spin") {
        loop {
            std::hint::spin_loop();
        }
    } else if asks(b"worker-fault-crash") {
        std::process::abort();
    } else if asks(b"worker-fault-memory") {
        let mut hoard: Vec<Vec<u8>> = Vec::new();
        loop {
            hoard.push(vec![0; 64 << 20]);
        }
    }
}
