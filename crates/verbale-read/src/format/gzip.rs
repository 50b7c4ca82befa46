//! One compressed stream: a page, a crawl's records or a tape archive inside it.

use std::{cell::Cell, io::BufRead, ops::ControlFlow};

use flate2::read::MultiGzDecoder;

use super::{Format, Reader};
use crate::unpack::{Counted, Guarded, Unpack};

/// RFC 1952, any number of members.
pub(crate) const FORMAT: Format = Format {
    name: "gzip",
    media_type: "application/gzip",
    sniff: |head| head.starts_with(&[0x1F, 0x8B, 8]),
    reader: Reader::Stream(read),
};

fn read(input: &mut dyn BufRead, unpack: &mut Unpack<'_>) -> ControlFlow<()> {
    let n_in = Cell::new(0);
    let expansion = unpack.limits.expansion;
    let mut stream = Guarded::new(
        MultiGzDecoder::new(Counted::new(input, &n_in)),
        &n_in,
        expansion,
    );
    unpack.open_stream(&mut stream)
}
