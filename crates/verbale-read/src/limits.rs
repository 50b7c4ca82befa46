//! Every limit that a reader has, in one place.
//!
//! Inputs are hostile until shown otherwise. Each limit that cuts something says so with diagnostic R004.

/// What readers may use at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one page; what lies beyond is not read.
    pub page_bytes: usize,
    /// Bytes of markup handed to the HTML parser.
    pub html_bytes: usize,
    /// Elements inside each other; deeper tags are dropped before parsing, as browsers do.
    pub html_depth: usize,
    /// Bytes of a document's text.
    pub text_bytes: usize,
    /// Bytes of one passage; a longer line becomes several passages.
    pub passage_bytes: usize,
    /// Passages of one document; the rest of the text goes into the last one.
    pub passages: usize,
    /// Containers inside each other (an archive in a mail in an archive).
    pub container_depth: usize,
    /// What is attached to one mail; the rest is not read.
    pub attachments: usize,
    /// Pages taken out of one outermost container.
    pub container_pages: usize,
    /// Bytes that a tape archive says of one member, which are held in memory; the rest is not read.
    pub header_bytes: u64,
    /// Bytes of an archive's table of contents, which is held in memory; one with a longer is not opened.
    pub directory_bytes: u64,
    /// Bytes unpacked from one outermost container, all pages together.
    pub unpacked_bytes: u64,
    /// How many times larger a compressed stream may become before it counts as a bomb.
    pub expansion: u64,
    /// Pages of a PDF.
    pub pdf_pages: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            page_bytes: 64 << 20,
            html_bytes: 8 << 20,
            html_depth: 512,
            text_bytes: 16 << 20,
            passage_bytes: 32 << 10,
            passages: 50_000,
            container_depth: 4,
            attachments: 1_000,
            container_pages: 10_000_000,
            header_bytes: 1 << 20,
            directory_bytes: 128 << 20,
            unpacked_bytes: 1 << 40,
            expansion: 1000,
            pdf_pages: 5_000,
        }
    }
}
