//! Readers that measure what goes through them, and stop it.

use std::{
    cell::Cell,
    io::{self, Read, Seek, SeekFrom},
};

/// Counts what is read through it.
pub(crate) struct Counted<'a, R: ?Sized> {
    inner: &'a mut R,
    count: &'a Cell<u64>,
}

impl<'a, R: ?Sized> Counted<'a, R> {
    /// Adds every byte read to `count`.
    pub(crate) fn new(inner: &'a mut R, count: &'a Cell<u64>) -> Self {
        Self { inner, count }
    }
}

impl<R: Read + ?Sized> Read for Counted<'_, R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.count.set(self.count.get() + n as u64);
        Ok(n)
    }
}

/// Stops a decompressed stream that grows beyond all measure of what was compressed.
pub(crate) struct Guarded<'a, R> {
    inner: R,
    compressed: &'a Cell<u64>,
    n_out: u64,
    expansion: u64,
}

/// Below this size a stream may have any ratio: short runs of zeros compress well and do no harm.
const HARMLESS_BYTES: u64 = 16 << 20;

impl<'a, R> Guarded<'a, R> {
    /// Lets through at most `expansion` bytes for each byte counted in `compressed`.
    pub(crate) fn new(inner: R, compressed: &'a Cell<u64>, expansion: u64) -> Self {
        Self {
            inner,
            compressed,
            n_out: 0,
            expansion,
        }
    }
}

impl<R: Read> Read for Guarded<'_, R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.n_out += n as u64;
        if self.n_out > HARMLESS_BYTES && self.n_out / self.expansion.max(1) > self.compressed.get()
        {
            return Err(io::Error::other(
                "a compressed stream expands beyond the limit",
            ));
        }
        Ok(n)
    }
}

/// Fails once a number of bytes was read through it: what a container says of its members is held in memory,
/// what the members hold is not.
pub(crate) struct Rationed<'a, R: ?Sized> {
    inner: &'a mut R,
    left: &'a Cell<u64>,
}

impl<'a, R: ?Sized> Rationed<'a, R> {
    /// Lets through as many bytes as `left` says, which counts down and may be set anew.
    pub(crate) fn new(inner: &'a mut R, left: &'a Cell<u64>) -> Self {
        Self { inner, left }
    }
}

impl<R: Read + ?Sized> Read for Rationed<'_, R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        let left = self.left.get().checked_sub(n as u64);
        let too_long = || io::Error::other("what it says of its members is longer than the limit");
        self.left.set(left.ok_or_else(too_long)?);
        Ok(n)
    }
}

impl<R: Seek + ?Sized> Seek for Rationed<'_, R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}
