//! Charts: every observation is there, the text is escaped, the picture says what it shows.

use verbale_analysis::{Series, chart};

use crate::support::{self, Filed};

/// A made-up series with everything that is hard to draw.
fn series() -> Series {
    let rows = [
        (
            "about",
            Some(30_000),
            None,
            None,
            "2017",
            "the <Union> & others",
        ),
        (
            "",
            Some(11_490),
            None,
            None,
            "2018-12-31",
            "the ministry of ports",
        ),
        (
            "fewer than",
            Some(10_000),
            None,
            Some(9_999),
            "2019-09-05",
            "the ministry of ports",
        ),
        (
            "more than",
            Some(12_000),
            Some(12_000),
            None,
            "2019-09-07",
            "the union of stevedores",
        ),
        (
            "between",
            None,
            Some(900),
            Some(1_400),
            "2020-01",
            "a survey of the coast",
        ),
        (
            "around",
            Some(1_000),
            None,
            None,
            "2020-01-23",
            "the ministry of ports",
        ),
        (
            "",
            Some(511),
            None,
            None,
            "2020-03",
            "the ministry of ports",
        ),
        (
            "",
            Some(520),
            None,
            None,
            "2020-03",
            "an inspector of harbors",
        ),
        (
            "some",
            Some(20_000),
            None,
            None,
            "",
            "the office of statistics",
        ),
    ];
    let claims: Vec<_> = rows
        .iter()
        .enumerate()
        .map(|(at, (hedge, value, low, high, as_of, speaker))| {
            serde_json::json!({
                "id": format!("c{at}"), "span": format!("claim {at}"), "speaker": speaker, "act": "say", "kind": "figure",
                "figure": {"value": value, "low": low, "high": high, "approximator": hedge, "unit": "dockers",
                    "subject": "dockers", "where": "Tarn", "as_of": as_of},
            })
        })
        .collect();
    let json = serde_json::json!({"id": "p", "metadata": {"outlet": "Argus", "published": "2020-04-01"}, "claims": claims});
    let page = support::page(&json.to_string());
    let entries: Vec<_> = Filed::entries(&page).collect();
    Series::all(support::lexicon(), &entries).remove(0)
}

#[test]
fn svg_shows_every_observation_once() {
    let series = series();
    let svg = chart::svg(&series, chart::SvgSize::default(), None);
    assert_eq!(series.observations.len(), 9);
    assert_eq!(svg.matches("data-claim=").count(), 9);
    assert!(svg.contains("<title id=\"chart-title\">dockers, Tarn</title>"));
    assert!(svg.contains("the &lt;Union&gt; &amp; others") && !svg.contains("<Union>"));
    assert!(svg.contains("no date"));
    assert_eq!(svg, chart::svg(&series, chart::SvgSize::default(), None));
    // Well-formed as far as tags go: what opens is closed.
    for tag in ["svg", "g", "text", "title", "desc"] {
        let opened =
            svg.matches(&format!("<{tag} ")).count() + svg.matches(&format!("<{tag}>")).count();
        assert_eq!(opened, svg.matches(&format!("</{tag}>")).count(), "{tag}");
    }
}

#[test]
fn terminal_chart() {
    insta::assert_snapshot!(chart::terminal(&series(), 80, 12));
}

#[test]
fn an_empty_series_is_drawn_empty() {
    let mut series = series();
    series.observations.clear();
    assert!(chart::svg(&series, chart::SvgSize::default(), None).contains("No observations."));
    assert!(!chart::terminal(&series, 80, 12).contains('A'));
}
