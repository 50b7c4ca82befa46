//! PDF files written here, byte by byte, and read again.

use verbale_core::{Page, PageOrigin};

use super::*;

/// A file with one text per page; each text is a list of `(x, y, size, words)`, y from the bottom.
fn pdf(pages: &[&[(i32, i32, i32, &str)]]) -> Vec<u8> {
    let mut objects = vec!["<< /Type /Catalog /Pages 2 0 R >>".to_owned()];
    let kids: Vec<String> = (0..pages.len())
        .map(|i| format!("{} 0 R", 4 + 2 * i))
        .collect();
    objects.push(format!(
        "<< /Type /Pages /Kids [{}] /Count {} >>",
        kids.join(" "),
        pages.len()
    ));
    objects.push(
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_owned(),
    );
    for (i, page) in pages.iter().enumerate() {
        objects.push(format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F1 3 0 R >> >> /Contents {} 0 R >>", 5 + 2 * i));
        let content: String = page
            .iter()
            .map(|(x, y, size, words)| format!("BT /F1 {size} Tf {x} {y} Td ({words}) Tj ET\n"))
            .collect();
        objects.push(format!(
            "<< /Length {} >>\nstream\n{content}endstream",
            content.len()
        ));
    }
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        offsets.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", i + 1).bytes());
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    offsets
        .iter()
        .for_each(|o| out.extend(format!("{o:010} 00000 n \n").bytes()));
    out.extend(
        format!(
            "trailer << /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n",
            objects.len() + 1
        )
        .bytes(),
    );
    out
}

fn document(bytes: Vec<u8>) -> verbale_core::Document {
    let page = Page {
        bytes,
        media_type: FORMAT.media_type.to_owned(),
        origin: PageOrigin::default(),
    };
    crate::document(&page, &Limits::default()).value
}

#[test]
fn two_columns_are_read_one_after_the_other() {
    let d = document(pdf(&[&[
        (50, 740, 20, "Harbor Office Reports on the Fleet"),
        (50, 700, 10, "The ferry came back to port on Monday and the"),
        (320, 700, 10, "The owners said that they would ask for more"),
        (50, 686, 10, "harbor office said that it would be in-"),
        (320, 686, 10, "time, because the parts had not been deliv-"),
        (50, 672, 10, "spected before the end of the week."),
        (320, 672, 10, "ered from abroad before the storm."),
        (50, 658, 10, "Nobody was hurt on board."),
        (320, 658, 10, "The court has not answered."),
    ]]));
    let text = d.text();
    assert!(
        text.contains("said that it would be inspected before the end of the week."),
        "{text}"
    );
    assert!(
        text.contains("had not been delivered from abroad"),
        "{text}"
    );
    assert!(
        text.find("Nobody was hurt") < text.find("The owners said"),
        "{text}"
    );
    assert_eq!(
        d.metadata.title.as_deref(),
        Some("Harbor Office Reports on the Fleet")
    );
}

#[test]
fn running_heads_numbers_and_footnotes_leave_the_sentences_whole() {
    let page = |n: &'static str, first: &'static str| {
        [
            (50, 770, 8, "S/2021/77"),
            (50, 700, 10, first),
            (
                50,
                686,
                10,
                "the office has counted forty boats in the harbor, and",
            ),
            (50, 100, 8, n),
        ]
    };
    let one = page(
        "1 Report of the harbor office, page 12.",
        "12. In the period under review, the Panel was told that",
    );
    let two = [
        (50, 770, 8, "S/2021/77"),
        (50, 700, 10, "twelve more on the island of Orn."),
        (
            50,
            672,
            10,
            "13. The owners have not answered the letter of the Panel.",
        ),
        (300, 30, 8, "2/2"),
    ];
    let d = document(pdf(&[&one, &two]));
    let text = d.text();
    assert!(
        text.contains("forty boats in the harbor, and twelve more on the island"),
        "{text}"
    );
    let role = |words: &str| {
        d.passages()
            .iter()
            .find(|p| d.slice(p.range).contains(words))
            .map(|p| p.role)
    };
    assert_eq!(role("S/2021/77"), Some(Role::Boilerplate));
    assert_eq!(role("2/2"), Some(Role::Boilerplate));
    assert_eq!(role("Report of the harbor"), Some(Role::Meta));
    assert_eq!(role("13. The owners"), Some(Role::Body));
}

#[test]
fn damaged_files_give_a_remark_and_no_panic() {
    let whole = pdf(&[&[(50, 700, 10, "The ferry came back to port on Monday.")]]);
    for cut in (0..whole.len()).step_by(37) {
        document(whole[..cut].to_vec());
        let mut flipped = whole.clone();
        flipped[cut] ^= 0x55;
        document(flipped);
    }
    let page = Page {
        bytes: b"%PDF-1.7 nothing".to_vec(),
        media_type: FORMAT.media_type.to_owned(),
        origin: PageOrigin::default(),
    };
    assert!(
        crate::document(&page, &Limits::default())
            .diagnostics
            .iter()
            .any(|d| d.code.code == "R006")
    );
}
