//! What is said while many pages are read: a bar on a terminal, and the count at the end.

use std::{
    collections::BTreeMap,
    io::{self, IsTerminal, Write},
    time::{Duration, Instant},
};

use verbale_core::{Diagnostic, diagnostic};

use crate::{
    Exit,
    commands::Talk,
    engine::PageReading,
    intake::{Finish, InputEnd},
};

/// How often the bar is drawn: often enough to look alive, seldom enough to cost nothing.
const REDRAW: Duration = Duration::from_millis(100);

/// Cells of the bar itself.
const BAR_CELLS: usize = 20;

/// What was read and what was not.
pub(crate) struct Progress {
    talk: Talk,
    /// When it began; `None` if no bar is drawn.
    bar: Option<Bar>,
    n_inputs: usize,
    count: Count,
}

/// What was counted so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Count {
    inputs: usize,
    pages: usize,
    claims: usize,
    known: usize,
    skipped: usize,
    /// How often each code was remarked.
    codes: BTreeMap<&'static str, usize>,
}

struct Bar {
    began: Instant,
    drawn: Option<Instant>,
}

impl Progress {
    /// Begins to count; on a terminal a bar is drawn, unless asked to be quiet.
    pub(crate) fn begin(n_inputs: usize, talk: Talk) -> Self {
        let bar = (!talk.quiet && io::stderr().is_terminal()).then(|| Bar {
            began: Instant::now(),
            drawn: None,
        });
        Self {
            talk,
            bar,
            n_inputs,
            count: Count::default(),
        }
    }

    /// Counts a page.
    pub(crate) fn page(&mut self, page: &PageReading) {
        self.count.pages += 1;
        self.count.claims += page.claims.len();
        self.count.remarks(&page.diagnostics);
        // Its loss would not be seen otherwise: the page is there, only empty.
        for d in &page.diagnostics {
            if d.code == diagnostic::R008_UNPARSED {
                self.say(&format!("{}: {d}", page.page.origin.path));
            }
        }
        self.draw();
    }

    /// Counts a page that is in the case already.
    pub(crate) fn known(&mut self) {
        self.count.known += 1;
        self.draw();
    }

    /// Counts an input and tells what kept its pages out.
    pub(crate) fn end(&mut self, end: &InputEnd) {
        self.count.inputs += 1;
        self.count.skipped += usize::from(end.n_pages == 0);
        self.count.remarks(&end.remarks);
        for d in &end.remarks {
            self.say(&format!("{}: {d}", end.path));
        }
        self.draw();
    }

    /// Takes the bar off the terminal, so that something else can be printed there.
    pub(crate) fn clear(&mut self) {
        if let Some(bar) = &mut self.bar
            && bar.drawn.take().is_some()
        {
            print_bar("\r\u{1b}[K");
        }
    }

    /// Prints the count; failed only if nothing at all could be read.
    pub(crate) fn finish(mut self, finish: Finish) -> Exit {
        self.clear();
        for line in self.count.summary() {
            self.talk.say(&line);
        }
        let nothing = self.count.pages + self.count.known == 0;
        match finish {
            Finish::Interrupted => {
                self.talk
                    .say("interrupted; what is counted here is complete");
                Exit::Interrupted
            }
            Finish::Complete if nothing && self.count.skipped > 0 => Exit::Failed,
            Finish::Complete => Exit::Done,
        }
    }

    fn say(&mut self, words: &str) {
        self.clear();
        self.talk.say(words);
    }

    fn draw(&mut self) {
        let Some(bar) = &mut self.bar else { return };
        let now = Instant::now();
        if bar.drawn.is_some_and(|last| now - last < REDRAW) {
            return;
        }
        let line = self.count.bar(self.n_inputs, now.duration_since(bar.began));
        bar.drawn = Some(now);
        print_bar(&format!("\r{line}\u{1b}[K"));
    }
}

/// A terminal that went away is no reason to stop.
fn print_bar(line: &str) {
    let mut terminal = io::stderr().lock();
    let _ = terminal.write_all(line.as_bytes());
    let _ = terminal.flush();
}

impl Count {
    fn remarks(&mut self, remarks: &[Diagnostic]) {
        for d in remarks {
            *self.codes.entry(d.code.code).or_default() += 1;
        }
    }

    /// One line that fits a terminal of 80 columns.
    fn bar(&self, n_inputs: usize, elapsed: Duration) -> String {
        let done = BAR_CELLS * self.inputs.min(n_inputs) / n_inputs.max(1);
        let rate = self.pages as f64 / elapsed.as_secs_f64().max(0.001);
        let cells = "#".repeat(done) + &"-".repeat(BAR_CELLS - done);
        format!(
            "[{cells}] {}/{} · {} · {rate:.1} pages/s",
            self.inputs,
            plural(n_inputs, "input"),
            plural(self.pages, "page"),
        )
    }

    /// The last lines: the count, and each code with its title.
    fn summary(&self) -> Vec<String> {
        let mut line = format!(
            "{}, {}",
            plural(self.pages, "page"),
            plural(self.claims, "claim")
        );
        if self.known > 0 {
            line.push_str(&format!(", {} already there", self.known));
        }
        if self.skipped > 0 {
            line.push_str(&format!(", {} skipped", self.skipped));
        }
        let title = |code| diagnostic::find(code).map_or("", |c| c.title);
        let codes = self
            .codes
            .iter()
            .map(|(code, n)| format!("  {code} {}: {n}", title(code)));
        std::iter::once(line).chain(codes).collect()
    }
}

fn plural(n: usize, one: &str) -> String {
    format!("{n} {one}{}", if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_shows_how_far_and_how_fast() {
        let count = Count {
            inputs: 5,
            pages: 30,
            ..Count::default()
        };
        assert_eq!(
            count.bar(10, Duration::from_secs(2)),
            "[##########----------] 5/10 inputs · 30 pages · 15.0 pages/s"
        );
        assert!(count.bar(0, Duration::ZERO).contains("0 inputs"));
    }

    #[test]
    fn the_summary_counts_by_code() {
        let mut count = Count {
            pages: 1,
            known: 2,
            ..Count::default()
        };
        let undated = Diagnostic::new(diagnostic::R005_UNDATED, "x");
        count.remarks(&[undated.clone(), undated]);
        assert_eq!(
            count.summary(),
            [
                "1 page, 0 claims, 2 already there",
                "  R005 the page states no publication date: 2"
            ]
        );
    }
}
