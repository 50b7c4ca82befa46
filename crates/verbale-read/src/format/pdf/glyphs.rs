//! Positioned characters out of a PDF, joined to runs of one line.

use pdf_extract::{MediaBox, OutputDev, OutputError, Transform};

/// Characters that stand side by side in one size.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    /// The words.
    pub(super) text: String,
    /// The left and the right edge, in points from the left of the page.
    pub(super) left: f64,
    pub(super) right: f64,
    /// The base line, in points from the top of the page.
    pub(super) y: f64,
    /// The height of the type.
    pub(super) size: f64,
}

/// The runs of one page and its height.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Sheet {
    pub(super) runs: Vec<Run>,
    pub(super) height: f64,
}

/// Collects the runs of all pages.
#[derive(Debug, Default)]
pub(super) struct Collector {
    pub(super) sheets: Vec<Sheet>,
    top: f64,
    n_chars: usize,
    max_chars: usize,
}

/// A gap of this many type sizes parts runs: columns, tab stops.
const GAP: f64 = 1.6;
/// A gap of this many type sizes is a blank.
const BLANK: f64 = 0.12;

impl Collector {
    /// A collector that stops after `max_chars` characters.
    pub(super) fn new(max_chars: usize) -> Self {
        Self {
            max_chars,
            ..Self::default()
        }
    }
}

impl OutputDev for Collector {
    fn begin_page(
        &mut self,
        _: u32,
        media_box: &MediaBox,
        _: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        self.top = media_box.ury;
        self.sheets.push(Sheet {
            runs: Vec::new(),
            height: (media_box.ury - media_box.lly).max(1.0),
        });
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        at: &Transform,
        width: f64,
        _: f64,
        font_size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        let scale = ((at.m11 * at.m22) - (at.m12 * at.m21)).abs().sqrt();
        let size = scale * font_size;
        let (left, y) = (at.m31, self.top - at.m32);
        // Text along the margin reads from bottom to top and is no part of the lines.
        let is_upright = at.m12.abs() < at.m11.abs() * 0.2;
        let Some(sheet) = self.sheets.last_mut() else {
            return Ok(());
        };
        self.n_chars += 1;
        if !is_upright
            || self.n_chars > self.max_chars
            || ![size, left, y, width].iter().all(|v| v.is_finite())
        {
            return Ok(());
        }
        let right = left + width * size;
        match sheet.runs.last_mut() {
            Some(run) if joins(run, left, y, size) => {
                if left > run.right + size * BLANK
                    && !run.text.ends_with(' ')
                    && !text.starts_with(' ')
                {
                    run.text.push(' ');
                }
                run.text.push_str(text);
                run.right = right.max(run.right);
            }
            _ => sheet.runs.push(Run {
                text: text.to_owned(),
                left,
                right,
                y,
                size,
            }),
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

/// Whether a character goes on from a run: on the same line, right after it. A small raised figure joins too.
fn joins(run: &Run, left: f64, y: f64, size: f64) -> bool {
    let em = run.size.max(size);
    (run.y - y).abs() < em * 0.45 && left > run.right - em * 0.5 && left < run.right + em * GAP
}
