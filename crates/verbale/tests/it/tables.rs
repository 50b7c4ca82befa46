//! Tables of pages in several forms, and the figures in their cells.

use serde_json::Value;

use crate::support::Bench;

/// The figures of a page that stand in cells: value and unit, subject, place, time, speaker.
fn cells(name: &str, page: &str) -> Vec<String> {
    let bench = Bench::new();
    bench.write(name, page);
    let lines = bench.ok(&["read", name, "--format", "jsonl"]);
    let line = lines.lines().nth(1).expect("a document behind the header");
    let document: Value = serde_json::from_str(line).expect("a line of JSON");
    let claims = document["claims"].as_array().expect("claims");
    let in_cell = |c: &&Value| c["rule"] == "table";
    claims.iter().filter(in_cell).map(printed).collect()
}

fn printed(claim: &Value) -> String {
    let figure = &claim["figure"];
    let word = |v: &Value| match v {
        Value::Null => "-".to_owned(),
        Value::String(s) => s.clone(),
        other => other.to_string(),
    };
    let fields = [
        format!("{} {}", word(&figure["value"]), word(&figure["unit"])),
        word(&figure["subject"]),
        word(&figure["where"]),
        word(&figure["as_of"]),
        word(&claim["speaker"]),
    ];
    fields.join(" | ")
}

const PROSE: &str = "<p>The Port Authority of Lisse published its yearly review on Friday, with counts of ships and \
     of the people who work on the quays of the town.</p><p>The review says that the port has grown and that the \
     ferry company has hired people since March, as it does every spring.</p>";

fn web_page(tables: &str) -> String {
    format!(
        "<html><head><title>Harbor counts</title><meta property='og:site_name' content='The Quay'>\
         <meta property='article:published_time' content='2031-05-03'></head>\
         <body><article><h1>Harbor counts of the year</h1>{PROSE}{tables}{PROSE}</article></body></html>"
    )
}

#[test]
fn a_table_of_years_and_places_is_about_what_its_caption_says() {
    let table = "<table><caption>Table 2. Cargo handled by country of origin, thousand tonnes</caption>\
         <tr><th>Country</th><th>2029</th><th>2030</th></tr>\
         <tr><td>Norway</td><td>1,204</td><td>1,310</td></tr>\
         <tr><td>Chile</td><td>88</td><td>–</td></tr>\
         <tr><td>Total</td><td>1 292</td><td>1,310*</td></tr></table><p>Source: Customs Office</p>";
    assert_eq!(
        cells("a.html", &web_page(table)),
        [
            "1204000 t | cargo handled | Norway | 2029 | Customs Office",
            "1310000 t | cargo handled | Norway | 2030 | Customs Office",
            "88000 t | cargo handled | Chile | 2029 | Customs Office",
            "1292000 t | total cargo handled | - | 2029 | Customs Office",
            "1310000 t | total cargo handled | - | 2030 | Customs Office",
        ]
    );
}

#[test]
fn headings_count_and_rows_are_places_or_whose_it_is() {
    let table = "<table><tr><th rowspan=2>Mission</th><th colspan=2>Staff</th></tr>\
         <tr><th>Diplomats</th><th>Guards</th></tr>\
         <tr><td>Belmark</td><td>22</td><td>about 60</td></tr>\
         <tr><td>Drovia</td><td>4</td><td>&lt;5</td></tr></table>";
    assert_eq!(
        cells("a.html", &web_page(table)),
        [
            "22 diplomats | staff diplomats of Belmark | - | - | The Quay",
            "60 guards | staff guards of Belmark | - | - | The Quay",
            "4 diplomats | staff diplomats of Drovia | - | - | The Quay",
            "5 guards | staff guards of Drovia | - | - | The Quay",
        ]
    );
    let table = "| District | Sites visited as of 3 May 2029 | Wages (%) |\n|---|---:|---:|\n| Upper Sarrow | 17 | 4.5 |\n| Ketta | 20 | 61 |\n";
    let page = format!(
        "# Visits of the year\n\n{}\n\nVisits, October 2030\n\n{table}\nThe ferry company said that it would publish its counts in June.\n",
        PROSE.replace("<p>", "").replace("</p>", "\n\n")
    );
    assert_eq!(
        cells("a.md", &page),
        [
            "17 sites | sites visited | Upper Sarrow | 2029-05-03 | -",
            "4.5 % | wages | Upper Sarrow | 2030-10 | -",
            "20 sites | sites visited | Ketta | 2029-05-03 | -",
            "61 % | wages | Ketta | 2030-10 | -",
        ]
    );
}

#[test]
fn names_and_numbers_need_no_headings() {
    let table = "<p>The harbor office gave these figures for 2030:</p>\
         <table><tr><td>Ferries moored</td><td>12</td></tr><tr><td>Berths</td><td>40</td></tr></table>";
    assert_eq!(
        cells("a.html", &web_page(table)),
        [
            "12 ferries | ferries moored | - | 2030 | harbor office",
            "40 berths | berths | - | 2030 | harbor office",
        ]
    );
}

#[test]
fn a_page_laid_out_with_tables_has_no_cells() {
    let page = web_page("").replace(
        "<article>",
        "<table><tr><td>12 May</td><td>Page 3</td></tr><tr><td>Home</td><td>",
    );
    let page = page.replace("</article>", "</td></tr></table>");
    assert_eq!(cells("a.html", &page), [""; 0]);
    // Many columns without headings: nobody can tell what the numbers are of.
    let table = "<table><tr><td>Orn</td><td>1</td><td>2</td></tr><tr><td>Lisse</td><td>3</td><td>4</td></tr></table>";
    assert_eq!(cells("a.html", &web_page(table)), [""; 0]);
    // Names made of digits, hours of opening, a calendar.
    for table in [
        "<table><tr><td>Postcode</td><td>10117</td></tr><tr><td>Fax</td><td>5551234</td></tr></table>",
        "<table><tr><td>Monday</td><td>9–17</td></tr><tr><td>Friday</td><td>9–12</td></tr></table>",
        "<table><tr><td>M</td><td>T</td></tr><tr><td>1</td><td>2</td></tr><tr><td>8</td><td>9</td></tr></table>",
    ] {
        assert_eq!(cells("a.html", &web_page(table)), [""; 0], "{table}");
    }
}
