//! Takes pages out of containers, one at a time, within limits.
//!
//! Nothing is unpacked to disk and no member's name is opened as a path, so that `../` in an archive is a
//! name and nothing more. Memory holds one page at a time, and one archive of an archive.

mod guards;

use std::{
    io::{self, BufRead, BufReader, Cursor, Read, SeekFrom},
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
};

use jiff::Timestamp;
use verbale_core::{Diagnostic, Outcome, Page, PageOrigin, diagnostic};

pub(crate) use guards::{Counted, Guarded, Rationed};

use crate::{
    format::{self, Attachment, Format, Input, Reader, SNIFF_BYTES},
    limits::Limits,
};

/// One member of a container.
#[derive(Debug, Default)]
pub(crate) struct Member {
    /// Its content.
    pub(crate) bytes: Vec<u8>,
    /// Its name inside the container.
    pub(crate) name: String,
    /// The address it was captured from.
    pub(crate) address: Option<String>,
    /// When it was captured.
    pub(crate) captured: Option<Timestamp>,
    /// What it is, where the container knows; else its content decides.
    pub(crate) media_type: Option<&'static str>,
    /// The encoding that the container declares for it.
    pub(crate) charset: Option<String>,
}

/// The state of one walk through an input.
pub(crate) struct Unpack<'a> {
    pub(crate) limits: &'a Limits,
    origin: PageOrigin,
    depth: usize,
    n_pages: usize,
    n_bytes: u64,
    attached: &'a mut dyn FnMut(&Page) -> Outcome<Vec<Attachment>>,
    sink: &'a mut dyn FnMut(Page) -> ControlFlow<()>,
    is_in_sink: bool,
    diagnostics: Vec<Diagnostic>,
}

/// At most so many remarks are kept for one input: a damaged archive repeats itself.
const MAX_DIAGNOSTICS: usize = 100;

impl<'a> Unpack<'a> {
    /// A walk that gives pages to `sink` until it breaks, and asks `attached` what a mail carries.
    pub(crate) fn new(
        origin: PageOrigin,
        limits: &'a Limits,
        attached: &'a mut dyn FnMut(&Page) -> Outcome<Vec<Attachment>>,
        sink: &'a mut dyn FnMut(Page) -> ControlFlow<()>,
    ) -> Self {
        Self {
            limits,
            origin,
            depth: 0,
            n_pages: 0,
            n_bytes: 0,
            attached,
            sink,
            is_in_sink: false,
            diagnostics: Vec::new(),
        }
    }

    /// Walks through an input and returns what is to be said about it.
    pub(crate) fn run(mut self, input: &mut dyn Input) -> Vec<Diagnostic> {
        // This is not the worker: where the parser of an archive fails, the pages before stay. A sink that
        // breaks off wants no more pages, which is no fault of the input; one that fails is not the input's
        // affair at all.
        match catch_unwind(AssertUnwindSafe(|| self.open(input))) {
            Err(panic) if self.is_in_sink => resume_unwind(panic),
            Err(_) => self.damaged("the rest", &"the parser failed"),
            Ok(_) => {}
        }
        self.diagnostics
    }

    /// A remark about the container in hand.
    pub(crate) fn remark(&mut self, code: &'static diagnostic::Code, message: impl Into<String>) {
        if self.diagnostics.len() < MAX_DIAGNOSTICS {
            self.diagnostics.push(Diagnostic::new(code, message));
        }
    }

    /// A remark about an input that broke off or could not be unpacked.
    pub(crate) fn damaged(&mut self, what: &str, error: &dyn std::fmt::Display) {
        self.remark(
            diagnostic::R006_UNREADABLE,
            format!("{what} of `{}` is damaged: {error}", self.origin.path),
        );
    }

    /// Opens an input that can be searched.
    fn open(&mut self, input: &mut dyn Input) -> ControlFlow<()> {
        let head = match peek(input) {
            Ok(head) => head,
            Err(e) => {
                self.damaged("the start", &e);
                return ControlFlow::Continue(());
            }
        };
        let Some(format) = self.format(&head) else {
            return ControlFlow::Continue(());
        };
        match format.reader {
            Reader::Archive(read) => read(input, self),
            _ => self.open_as(format, &mut BufReader::new(input)),
        }
    }

    /// Opens what can only be read from start to end, such as the content of a compressed stream.
    pub(crate) fn open_stream(&mut self, input: &mut dyn Read) -> ControlFlow<()> {
        let mut head = Vec::new();
        if let Err(e) = input.take(SNIFF_BYTES as u64).read_to_end(&mut head) {
            self.damaged("the start", &e);
        }
        let Some(format) = self.format(&head) else {
            return ControlFlow::Continue(());
        };
        let mut whole = BufReader::new(Cursor::new(head).chain(input));
        match format.reader {
            Reader::Archive(read) => {
                let bytes = self.read_page(&mut whole, "the archive");
                read(&mut Cursor::new(bytes), self)
            }
            _ => self.open_as(format, &mut whole),
        }
    }

    fn open_as(&mut self, format: &'static Format, input: &mut dyn BufRead) -> ControlFlow<()> {
        match format.reader {
            Reader::Stream(read) => read(input, self),
            _ => {
                let bytes = self.read_page(input, "the page");
                let name = self.origin.path.clone();
                let origin = PageOrigin {
                    path: name,
                    ..self.origin.clone()
                };
                self.emit(Page {
                    bytes,
                    media_type: format.media_type.to_owned(),
                    origin,
                })
            }
        }
    }

    /// The form of an input, or a remark that it has none.
    fn format(&mut self, head: &[u8]) -> Option<&'static Format> {
        if head.iter().all(u8::is_ascii_whitespace) {
            self.remark(
                diagnostic::R001_EMPTY,
                format!("the input has no content: `{}`", self.origin.path),
            );
            return None;
        }
        let found = format::sniff(head);
        if found.is_none() {
            self.remark(
                diagnostic::R002_UNKNOWN_FORMAT,
                format!("no reader knows the format of `{}`", self.origin.path),
            );
        }
        found
    }

    /// Reads at most the limit for one page and says if it cut something.
    pub(crate) fn read_page(&mut self, input: &mut dyn Read, what: &str) -> Vec<u8> {
        let max = self.limits.page_bytes;
        let mut bytes = Vec::new();
        if let Err(e) = input.take(max as u64 + 1).read_to_end(&mut bytes) {
            self.damaged(what, &e);
        }
        if bytes.len() > max {
            bytes.truncate(max);
            let message = format!("{what} was cut after `{max}` bytes");
            self.remark(diagnostic::R004_LIMIT, message);
        }
        bytes
    }

    /// Gives a member to the sink, or walks through it if it is a container itself.
    pub(crate) fn member(&mut self, member: Member) -> ControlFlow<()> {
        if self.depth > self.limits.container_depth {
            self.remark(
                diagnostic::R004_LIMIT,
                format!(
                    "containers nest deeper than `{}`",
                    self.limits.container_depth
                ),
            );
            return ControlFlow::Continue(());
        }
        let outer = self.origin.clone();
        let mut containers = outer.containers.clone();
        containers.push(outer.path.clone());
        self.origin = PageOrigin {
            path: member.name,
            address: member.address.or_else(|| outer.address.clone()),
            containers,
            captured: member.captured.or(outer.captured),
        };
        self.depth += 1;
        let flow = self.enter(member.bytes, member.media_type, member.charset);
        self.depth -= 1;
        self.origin = outer;
        flow
    }

    /// Walks through a member that is too large to hold.
    pub(crate) fn nested(&mut self, name: String, input: &mut dyn Read) -> ControlFlow<()> {
        if self.depth > self.limits.container_depth {
            return ControlFlow::Continue(());
        }
        let mut containers = self.origin.containers.clone();
        containers.push(self.origin.path.clone());
        let inner = PageOrigin {
            path: name,
            containers,
            ..self.origin.clone()
        };
        let outer = std::mem::replace(&mut self.origin, inner);
        self.depth += 1;
        let flow = self.open_stream(input);
        self.depth -= 1;
        self.origin = outer;
        flow
    }

    fn enter(
        &mut self,
        bytes: Vec<u8>,
        known: Option<&'static str>,
        charset: Option<String>,
    ) -> ControlFlow<()> {
        let format = match known.and_then(format::of_media_type) {
            Some(format) => format,
            None => match self.format(&bytes[..bytes.len().min(SNIFF_BYTES)]) {
                Some(format) => format,
                None => return ControlFlow::Continue(()),
            },
        };
        match format.reader {
            Reader::Archive(read) => read(&mut Cursor::new(bytes), self),
            Reader::Stream(read) => read(&mut Cursor::new(bytes), self),
            Reader::Page(_) | Reader::Carrier(..) => {
                let media_type = match charset {
                    Some(charset) => format!("{}; charset={charset}", format.media_type),
                    None => format.media_type.to_owned(),
                };
                self.emit(Page {
                    bytes,
                    media_type,
                    origin: self.origin.clone(),
                })
            }
        }
    }

    /// What is attached to a page.
    fn attached(&mut self, page: &Page) -> Vec<Attachment> {
        if !format::is_carrier(&page.media_type) {
            return Vec::new();
        }
        let found = (self.attached)(page);
        for d in found.diagnostics {
            self.remark(d.code, d.message);
        }
        found.value
    }

    fn emit(&mut self, page: Page) -> ControlFlow<()> {
        self.n_pages += 1;
        self.n_bytes += page.bytes.len() as u64;
        if self.n_pages > self.limits.container_pages || self.n_bytes > self.limits.unpacked_bytes {
            self.remark(
                diagnostic::R004_LIMIT,
                format!(
                    "the rest of a container was not read after `{}` pages",
                    self.n_pages - 1
                ),
            );
            return ControlFlow::Break(());
        }
        let attached = self.attached(&page);
        let origin = page.origin.clone();
        self.is_in_sink = true;
        let flow = (self.sink)(page);
        self.is_in_sink = false;
        flow?;
        // A page alone has no name inside a container; what is attached to it is inside it.
        let outer = std::mem::replace(&mut self.origin, origin);
        let flow = attached.into_iter().try_for_each(|attachment| {
            self.member(Member {
                bytes: attachment.bytes,
                name: attachment.name,
                charset: attachment.charset,
                ..Member::default()
            })
        });
        self.origin = outer;
        flow
    }
}

/// The first bytes of an input, which is then back at its start.
fn peek(input: &mut dyn Input) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    (&mut *input)
        .take(SNIFF_BYTES as u64)
        .read_to_end(&mut head)?;
    input.seek(SeekFrom::Start(0))?;
    Ok(head)
}

#[cfg(test)]
mod tests;
