//! From inputs to pages that are read, in the order of the inputs, on several threads.
//!
//! Pages are taken out of their input one at a time and read in batches, so that memory holds a batch and
//! not an archive, and so that a run can be stopped between two pages of an archive.

use std::ops::ControlFlow;

use anyhow::Result;
use verbale_core::{Diagnostic, Page, PageId, PageOrigin, diagnostic};

use crate::{
    engine::{Engine, PageReading},
    inputs::{Input, Inputs, plain},
    interrupt::Interrupt,
    parallel,
};

/// Bytes of standard input, which is held in memory. Files may have any size.
const MAX_STDIN_BYTES: u64 = 1 << 30;

/// Bytes of a batch, after which it is read even if it has few pages.
const BATCH_BYTES: usize = 64 << 20;

/// What comes out of an input.
#[derive(Debug)]
pub(crate) enum Taken {
    /// A page, read.
    Page(Box<PageReading>),
    /// A page that need not be read, because it has been.
    Known(Page),
    /// The end of an input.
    End(InputEnd),
}

/// What is to be said at the end of an input.
#[derive(Debug)]
pub(crate) struct InputEnd {
    pub(crate) path: String,
    /// Pages that it had, those that were known among them.
    pub(crate) n_pages: usize,
    pub(crate) remarks: Vec<Diagnostic>,
}

/// How pages are read.
pub(crate) struct Intake<'a> {
    pub(crate) engine: &'a Engine,
    /// Whether a page is in the case, so that it need not be read.
    pub(crate) is_known: &'a dyn Fn(PageId) -> bool,
    pub(crate) threads: usize,
    pub(crate) interrupt: Interrupt,
    /// What is made of a page.
    pub(crate) read: fn(&Engine, Page) -> PageReading,
}

/// Why an intake came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Finish {
    /// There was no more.
    Complete,
    /// Somebody asked for it.
    Interrupted,
}

impl Intake<'_> {
    /// Reads all inputs and gives `sink` what comes out, in order.
    ///
    /// # Errors
    /// The first error of `sink`, after which nothing more is begun.
    pub(crate) fn run(
        &self,
        inputs: &Inputs,
        sink: &mut dyn FnMut(Taken) -> Result<()>,
    ) -> Result<Finish> {
        let mut batch = Batch {
            intake: self,
            todo: Vec::new(),
            n_pages: 0,
            n_bytes: 0,
            sink,
        };
        for (path, why) in &inputs.skipped {
            batch.end(path.clone(), 0, vec![why.clone()])?;
        }
        for input in &inputs.items {
            if self.interrupt.is_asked() {
                break;
            }
            batch.take(input)?;
        }
        batch.flush()?;
        Ok(if self.interrupt.is_asked() {
            Finish::Interrupted
        } else {
            Finish::Complete
        })
    }
}

/// What waits for a thread.
enum Todo {
    New(Page),
    Known(Page),
    End(InputEnd),
}

struct Batch<'a> {
    intake: &'a Intake<'a>,
    todo: Vec<Todo>,
    n_pages: usize,
    n_bytes: usize,
    sink: &'a mut dyn FnMut(Taken) -> Result<()>,
}

impl Batch<'_> {
    /// Takes the pages out of one input.
    fn take(&mut self, input: &Input) -> Result<()> {
        let path = input.path();
        let (mut bytes, is_cut) = match input.open(MAX_STDIN_BYTES) {
            Ok(opened) => opened,
            Err(e) => {
                let why = Diagnostic::new(diagnostic::R006_UNREADABLE, plain(&e));
                return self.end(path, 0, vec![why]);
            }
        };
        let mut n_pages = 0;
        let mut failed = Ok(());
        let origin = PageOrigin {
            path: path.clone(),
            ..PageOrigin::default()
        };
        let engine = self.intake.engine;
        let mut attached = |page: &Page| engine.attachments(page);
        let mut sink = |page| {
            n_pages += 1;
            failed = self.page(page);
            if failed.is_err() || self.intake.interrupt.is_asked() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        };
        let limits = engine.limits();
        let mut remarks =
            verbale_read::each_page(&mut bytes, origin, limits, &mut attached, &mut sink);
        failed?;
        if is_cut {
            let what = format!("the input was cut after `{MAX_STDIN_BYTES}` bytes");
            remarks.push(Diagnostic::new(diagnostic::R004_LIMIT, what));
        }
        self.end(path, n_pages, remarks)
    }

    fn end(&mut self, path: String, n_pages: usize, remarks: Vec<Diagnostic>) -> Result<()> {
        self.push(Todo::End(InputEnd {
            path,
            n_pages,
            remarks,
        }))
    }

    fn page(&mut self, page: Page) -> Result<()> {
        let is_known = (self.intake.is_known)(page.id());
        self.n_pages += 1;
        self.n_bytes += page.bytes.len();
        self.push(if is_known {
            Todo::Known(page)
        } else {
            Todo::New(page)
        })
    }

    fn push(&mut self, todo: Todo) -> Result<()> {
        self.todo.push(todo);
        let is_full = self.n_pages >= self.intake.threads.max(1) * parallel::ITEMS_PER_THREAD
            || self.n_bytes >= BATCH_BYTES;
        if is_full { self.flush() } else { Ok(()) }
    }

    /// Reads what waits and gives it away.
    fn flush(&mut self) -> Result<()> {
        let Intake {
            engine,
            threads,
            interrupt,
            read,
            ..
        } = self.intake;
        let todo = std::mem::take(&mut self.todo);
        (self.n_pages, self.n_bytes) = (0, 0);
        let work = |todo| match todo {
            Todo::New(page) => Taken::Page(Box::new(read(engine, page))),
            Todo::Known(page) => Taken::Known(page),
            Todo::End(end) => Taken::End(end),
        };
        let done = parallel::ordered(todo, *threads, work, || interrupt.is_asked());
        done.into_iter().try_for_each(&mut *self.sink)
    }
}
