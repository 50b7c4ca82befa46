//! stub
use super::{Format, Reader};
use crate::{draft::Draft, limits::Limits};
use verbale_core::Page;
pub(crate) const FORMAT: Format = Format {
    name: "pdf",
    media_type: "application/pdf",
    sniff: |h| h.windows(5).take(1024).any(|w| w == b"%PDF-"),
    reader: Reader::Page(read),
};
fn read(_: &Page, _: &Limits) -> Draft {
    Draft::default()
}
