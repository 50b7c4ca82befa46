//! Charts as enhanced metafiles: vectors that every version of Word shows.
//!
//! The picture is made from the SVG that the program itself draws, so that it is the same chart; only what such a
//! chart uses is understood: lines, polylines, paths without curves but arcs, and text. Transparency becomes a
//! lighter color, since a metafile knows none.
//!
//! Source: [MS-EMF].

use std::collections::HashMap;

use quick_xml::{Reader, events::Event};

/// Units of the metafile in a pixel of the SVG.
const SCALE: f64 = 20.0;
/// Pixels of the SVG in a millimetre, at 96 to the inch.
const PIXELS_PER_MM: f64 = 96.0 / 25.4;

/// Width and height of an SVG in pixels, by its `viewBox`.
pub(super) fn size(svg: &str) -> (u32, u32) {
    let view = svg
        .split("viewBox=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    let mut sides = view
        .unwrap_or_default()
        .split(' ')
        .skip(2)
        .map(|n| n.parse::<f64>());
    let mut side = || match sides.next() {
        Some(Ok(n)) if (1.0..20_000.0).contains(&n) => n.round() as u32,
        _ => 400,
    };
    (side(), side())
}

/// The picture of an SVG. What it does not understand is left out.
pub(super) fn picture(svg: &str) -> Vec<u8> {
    let mut file = Metafile::default();
    let mut reader = Reader::from_str(svg);
    let mut text: Option<(Attributes, String)> = None;
    loop {
        match reader.read_event() {
            Ok(Event::Empty(e)) => draw(&mut file, e.name().as_ref(), &Attributes::of(&e)),
            Ok(Event::Start(e)) if e.name().as_ref() == "text" => {
                text = Some((Attributes::of(&e), String::new()));
            }
            Ok(Event::Text(words)) => {
                if let Some((_, all)) = &mut text {
                    all.push_str(words.as_ref());
                }
            }
            Ok(Event::GeneralRef(name)) => {
                if let Some((_, all)) = &mut text {
                    all.push_str(entity(name.as_ref()));
                }
            }
            Ok(Event::End(e)) if e.name().as_ref() == "text" => {
                if let Some((attributes, words)) = text.take() {
                    file.text(&attributes, &words);
                }
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    file.finished(size(svg))
}

/// The characters that the chart escapes.
fn entity(name: &str) -> &'static str {
    match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        _ => "",
    }
}

/// The attributes of one element.
struct Attributes(HashMap<String, String>);

impl Attributes {
    fn of(e: &quick_xml::events::BytesStart<'_>) -> Self {
        let all = e.attributes().flatten().map(|a| {
            let name: &str = a.key.as_ref();
            (name.to_owned(), a.value.into_owned())
        });
        Self(all.collect())
    }

    fn word(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    fn number(&self, name: &str, otherwise: f64) -> f64 {
        self.word(name).parse().unwrap_or(otherwise)
    }

    /// A color, mixed with white by its opacity; `None` for `none` and for what has none.
    fn color(&self, name: &str, opacity: &str) -> Option<u32> {
        let share = self.number(opacity, 1.0).clamp(0.0, 1.0);
        let rgb = match self.word(name) {
            "" | "none" => return None,
            hex => u32::from_str_radix(hex.trim_start_matches('#'), 16).unwrap_or(0),
        };
        let mixed = |shift: u32| {
            let part = f64::from(rgb >> shift & 0xff);
            (part * share + 255.0 * (1.0 - share)).round() as u32
        };
        // A metafile has blue first.
        Some(mixed(0) << 16 | mixed(8) << 8 | mixed(16))
    }
}

type Point = (f64, f64);

fn draw(file: &mut Metafile, element: &str, a: &Attributes) {
    match element {
        "line" => {
            let ends = [("x1", "y1"), ("x2", "y2")];
            let ends = ends.map(|(x, y)| (a.number(x, 0.0), a.number(y, 0.0)));
            file.lines(a, &[(ends.to_vec(), false)]);
        }
        "polyline" => {
            let points = a.word("points").split(' ').filter_map(|pair| {
                let (x, y) = pair.split_once(',')?;
                Some((x.parse().ok()?, y.parse().ok()?))
            });
            file.lines(a, &[(points.collect(), false)]);
        }
        "path" => file.lines(a, &path(a.word("d"))),
        _ => {}
    }
}

/// The strokes of a path, each with whether it is closed.
fn path(d: &str) -> Vec<(Vec<Point>, bool)> {
    let mut strokes: Vec<(Vec<Point>, bool)> = Vec::new();
    let mut at: Point = (0.0, 0.0);
    for (command, numbers) in commands(d) {
        let relative = command.is_ascii_lowercase();
        let from = |at: Point| if relative { at } else { (0.0, 0.0) };
        match command.to_ascii_lowercase() {
            'm' | 'l' => {
                for (i, pair) in numbers.chunks_exact(2).enumerate() {
                    at = (from(at).0 + pair[0], from(at).1 + pair[1]);
                    if command.eq_ignore_ascii_case(&'m') && i == 0 {
                        strokes.push((Vec::new(), false));
                    }
                    push(&mut strokes, at);
                }
            }
            'h' => numbers.iter().for_each(|n| {
                at.0 = from(at).0 + n;
                push(&mut strokes, at);
            }),
            'v' => numbers.iter().for_each(|n| {
                at.1 = from(at).1 + n;
                push(&mut strokes, at);
            }),
            'a' => {
                for arc in numbers.chunks_exact(7) {
                    let to = (from(at).0 + arc[5], from(at).1 + arc[6]);
                    half_circle(at, to)
                        .into_iter()
                        .for_each(|p| push(&mut strokes, p));
                    at = to;
                }
            }
            'z' => {
                if let Some((points, closed)) = strokes.last_mut() {
                    *closed = true;
                    at = points.first().copied().unwrap_or(at);
                }
            }
            _ => {}
        }
    }
    strokes
}

fn push(strokes: &mut [(Vec<Point>, bool)], point: Point) {
    if let Some((points, _)) = strokes.last_mut() {
        points.push(point);
    }
}

/// The only arcs that a chart has: halves of a circle, clockwise on odd ends.
fn half_circle(from: Point, to: Point) -> Vec<Point> {
    const STEPS: u32 = 12;
    let center = ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0);
    let spoke = (from.0 - center.0, from.1 - center.1);
    let turned = |step: u32| {
        let (sin, cos) = (-std::f64::consts::PI * f64::from(step) / f64::from(STEPS)).sin_cos();
        let x = spoke.0 * cos - spoke.1 * sin;
        let y = spoke.0 * sin + spoke.1 * cos;
        (center.0 + x, center.1 + y)
    };
    (1..=STEPS).map(turned).collect()
}

/// The commands of a path with their numbers. Numbers may follow each other without a blank: `h3v-3`, `l5 -5`.
fn commands(d: &str) -> Vec<(char, Vec<f64>)> {
    let mut out: Vec<(char, Vec<f64>)> = Vec::new();
    let mut number = String::new();
    let flush = |number: &mut String, out: &mut Vec<(char, Vec<f64>)>| {
        if let (Ok(n), Some((_, numbers))) = (number.parse(), out.last_mut()) {
            numbers.push(n);
        }
        number.clear();
    };
    for c in d.chars() {
        match c {
            '0'..='9' | '.' => number.push(c),
            '-' => {
                flush(&mut number, &mut out);
                number.push(c);
            }
            c if c.is_ascii_alphabetic() => {
                flush(&mut number, &mut out);
                out.push((c, Vec::new()));
            }
            _ => flush(&mut number, &mut out),
        }
    }
    flush(&mut number, &mut out);
    out
}

/// Records of a metafile, each with its type and length in front.
#[derive(Default)]
struct Metafile {
    records: Vec<u8>,
    n_records: u32,
}

/// Types of records.
mod kind {
    pub(super) const HEADER: u32 = 1;
    pub(super) const POLYGON: u32 = 3;
    pub(super) const POLYLINE: u32 = 4;
    pub(super) const WINDOW_EXTENT: u32 = 9;
    pub(super) const VIEWPORT_EXTENT: u32 = 11;
    pub(super) const EOF: u32 = 14;
    pub(super) const MAP_MODE: u32 = 17;
    pub(super) const BACKGROUND: u32 = 18;
    pub(super) const TEXT_ALIGN: u32 = 22;
    pub(super) const TEXT_COLOR: u32 = 24;
    pub(super) const SELECT: u32 = 37;
    pub(super) const PEN: u32 = 38;
    pub(super) const BRUSH: u32 = 39;
    pub(super) const DELETE: u32 = 40;
    pub(super) const FONT: u32 = 82;
    pub(super) const TEXT: u32 = 84;
}

/// The number under which each record's object is made, used, and given back.
const OBJECT: u32 = 1;
/// The second object where one needs two.
const SECOND: u32 = 2;
/// Windows' own objects.
const NULL_BRUSH: u32 = 0x8000_0005;
const NULL_PEN: u32 = 0x8000_0008;

impl Metafile {
    fn record(&mut self, kind: u32, body: &[u8]) {
        let padded = body.len().next_multiple_of(4);
        let length = u32::try_from(padded + 8).unwrap_or(u32::MAX);
        self.records.extend(kind.to_le_bytes());
        self.records.extend(length.to_le_bytes());
        self.records.extend(body);
        self.records
            .resize(self.records.len() + padded - body.len(), 0);
        self.n_records += 1;
    }

    fn words(&mut self, kind: u32, words: &[u32]) {
        let bytes: Vec<u8> = words.iter().flat_map(|w| w.to_le_bytes()).collect();
        self.record(kind, &bytes);
    }

    /// Strokes with the pen and the brush that the attributes ask for.
    fn lines(&mut self, a: &Attributes, strokes: &[(Vec<Point>, bool)]) {
        let (pen, brush) = (
            a.color("stroke", "stroke-opacity"),
            a.color("fill", "fill-opacity"),
        );
        let width = scaled(a.number("stroke-width", 1.0)).unsigned_abs();
        match pen {
            // A solid line of this width.
            Some(color) => self.words(kind::PEN, &[OBJECT, 0, width, 0, color]),
            None => self.words(kind::SELECT, &[NULL_PEN]),
        }
        match brush {
            Some(color) => self.words(kind::BRUSH, &[SECOND, 0, color, 0]),
            None => self.words(kind::SELECT, &[NULL_BRUSH]),
        }
        let made: Vec<u32> = [pen.map(|_| OBJECT), brush.map(|_| SECOND)]
            .into_iter()
            .flatten()
            .collect();
        made.iter().for_each(|o| self.words(kind::SELECT, &[*o]));
        for (points, closed) in strokes.iter().filter(|(p, _)| p.len() > 1) {
            // Bounds may be empty; readers compute their own.
            let mut body: Vec<u8> = [0_i32, 0, -1, -1]
                .iter()
                .flat_map(|n| n.to_le_bytes())
                .collect();
            body.extend(u32::try_from(points.len()).unwrap_or(0).to_le_bytes());
            for (x, y) in points {
                body.extend(scaled(*x).to_le_bytes());
                body.extend(scaled(*y).to_le_bytes());
            }
            let shape = if *closed {
                kind::POLYGON
            } else {
                kind::POLYLINE
            };
            self.record(shape, &body);
        }
        // An object in use is not given back.
        self.words(kind::SELECT, &[NULL_PEN]);
        self.words(kind::SELECT, &[NULL_BRUSH]);
        made.iter().for_each(|o| self.words(kind::DELETE, &[*o]));
    }

    fn text(&mut self, a: &Attributes, words: &str) {
        let size = scaled(a.number("font-size", 11.0));
        let weight = a.number("font-weight", 400.0) as u32;
        let italic = u8::from(a.word("font-style") == "italic");
        let mut font: Vec<u8> = OBJECT.to_le_bytes().to_vec();
        font.extend((-size).to_le_bytes());
        font.extend([0; 12]);
        font.extend(weight.to_le_bytes());
        font.extend([italic, 0, 0, 1, 0, 0, 0, 0]);
        let mut face: Vec<u8> = "Calibri"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        face.resize(64, 0);
        font.extend(face);
        // The rest of LogFontPanose: full name, style and the fields that may be zero.
        font.resize(4 + 320, 0);
        self.record(kind::FONT, &font);
        self.words(kind::SELECT, &[OBJECT]);
        let side = match a.word("text-anchor") {
            "middle" => 6,
            "end" => 2,
            _ => 0,
        };
        const BASELINE: u32 = 24;
        self.words(kind::TEXT_ALIGN, &[side | BASELINE]);
        let gray = ((1.0 - a.number("opacity", 1.0).clamp(0.0, 1.0)) * 255.0) as u32;
        self.words(kind::TEXT_COLOR, &[gray << 16 | gray << 8 | gray]);
        self.written(words, (a.number("x", 0.0), a.number("y", 0.0)), size);
        const SYSTEM_FONT: u32 = 0x8000_000d;
        self.words(kind::SELECT, &[SYSTEM_FONT]);
        self.words(kind::DELETE, &[OBJECT]);
    }

    fn written(&mut self, words: &str, (x, y): Point, size: i32) {
        let units: Vec<u16> = words.encode_utf16().collect();
        let n = u32::try_from(units.len()).unwrap_or(0);
        const TEXT_AT: u32 = 76;
        let mut letters: Vec<u8> = units.iter().flat_map(|u| u.to_le_bytes()).collect();
        letters.resize(letters.len().next_multiple_of(4), 0);
        let advances_at = TEXT_AT + u32::try_from(letters.len()).unwrap_or(0);
        let mut body: Vec<u8> = [0_i32, 0, -1, -1]
            .iter()
            .flat_map(|v| v.to_le_bytes())
            .collect();
        // Compatible graphics mode, and a scale of one that it does not use.
        body.extend(1_u32.to_le_bytes());
        body.extend([1.0_f32, 1.0].iter().flat_map(|v| v.to_le_bytes()));
        body.extend([scaled(x), scaled(y)].iter().flat_map(|v| v.to_le_bytes()));
        body.extend([n, TEXT_AT, 0].iter().flat_map(|v| v.to_le_bytes()));
        body.extend([0_i32, 0, -1, -1].iter().flat_map(|v| v.to_le_bytes()));
        body.extend(advances_at.to_le_bytes());
        body.extend(letters);
        // Readers that lay the text out themselves ignore these widths, which are those of a mean letter.
        let advance = (f64::from(size) * 0.5) as u32;
        units
            .iter()
            .for_each(|_| body.extend(advance.to_le_bytes()));
        self.record(kind::TEXT, &body);
    }

    fn finished(self, (width, height): (u32, u32)) -> Vec<u8> {
        let units = |pixels: u32| scaled(f64::from(pixels)).unsigned_abs();
        let mut set_up = Self::default();
        // Any scale in both directions; the background of text is clear.
        set_up.words(kind::MAP_MODE, &[8]);
        set_up.words(kind::WINDOW_EXTENT, &[units(width), units(height)]);
        set_up.words(kind::VIEWPORT_EXTENT, &[width, height]);
        set_up.words(kind::BACKGROUND, &[1]);
        let mut end = Self::default();
        end.words(kind::EOF, &[0, 16, 20]);
        let hundredths_of_mm = |pixels: u32| (f64::from(pixels) / PIXELS_PER_MM * 100.0) as u32;
        const HEADER_BYTES: u32 = 88;
        let n_bytes = [&set_up.records, &self.records, &end.records].map(|r| r.len());
        let n_bytes =
            u32::try_from(n_bytes.iter().sum::<usize>()).unwrap_or(u32::MAX - HEADER_BYTES);
        let n_records = 1 + set_up.n_records + self.n_records + end.n_records;
        let mut header = Self::default();
        // Bounds in device units, frame in hundredths of a millimetre, signature, version, size, counts, device.
        header.words(
            kind::HEADER,
            &[
                0,
                0,
                width,
                height,
                0,
                0,
                hundredths_of_mm(width),
                hundredths_of_mm(height),
                0x464d_4520,
                0x0001_0000,
                n_bytes + HEADER_BYTES,
                n_records,
                3,
                0,
                0,
                0,
                1920,
                1080,
                508,
                286,
            ],
        );
        [header.records, set_up.records, self.records, end.records].concat()
    }
}

fn scaled(pixels: f64) -> i32 {
    (pixels * SCALE).round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The types of the records of a metafile, after checking that lengths and counts agree.
    fn kinds(file: &[u8]) -> Vec<u32> {
        let word = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().unwrap());
        assert_eq!(word(48) as usize, file.len());
        let (mut at, mut kinds) = (0, Vec::new());
        while at < file.len() {
            kinds.push(word(at));
            assert_eq!(word(at + 4) % 4, 0);
            at += word(at + 4) as usize;
        }
        assert_eq!((at, word(52) as usize), (file.len(), kinds.len()));
        kinds
    }

    #[test]
    fn a_picture_has_its_lines_shapes_and_words() {
        let svg = "<svg viewBox=\"0 0 200 100\"><g><title>no</title><line x1=\"0\" y1=\"1\" x2=\"5\" y2=\"5\" stroke=\"#000\"/>\
                   <path d=\"M1 1a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z\" fill=\"#0072b2\"/></g><text x=\"1\" y=\"2\">a &lt; b</text></svg>";
        let file = picture(svg);
        let kinds = kinds(&file);
        let count = |kind| kinds.iter().filter(|k| **k == kind).count();
        assert_eq!(
            (
                count(kind::POLYLINE),
                count(kind::POLYGON),
                count(kind::TEXT)
            ),
            (1, 1, 1)
        );
        let words: Vec<u8> = "a < b".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(file.windows(words.len()).any(|w| w == words));
        assert_eq!(size(svg), (200, 100));
        assert_eq!(size("<svg>"), (400, 400));
    }

    #[test]
    fn half_circles_end_where_they_should() {
        let points = half_circle((0.0, 0.0), (8.0, 0.0));
        let last = points.last().unwrap();
        assert!((last.0 - 8.0).abs() < 1e-9 && last.1.abs() < 1e-9);
        assert!(
            points
                .iter()
                .all(|p| ((p.0 - 4.0).hypot(p.1) - 4.0).abs() < 1e-9)
        );
    }

    #[test]
    fn paths_are_read_without_blanks() {
        assert_eq!(
            path("M1 2h3v-3l1 1z"),
            [(vec![(1.0, 2.0), (4.0, 2.0), (4.0, -1.0), (5.0, 0.0)], true)]
        );
        assert_eq!(path("M1 2V5m2 0h3").len(), 2);
    }
}
