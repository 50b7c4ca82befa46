//! A saved page with the furniture of a news site.

use verbale_core::Role;

use super::*;

const PAGE: &str = r#"<!DOCTYPE html><html lang="en"><head>
<title>Ferry fleet misses deadline | The Lisse Times</title>
<meta property="og:site_name" content="The Lisse Times">
<link rel="canonical" href="https://www.thelissetimes.com/2021/03/05/ferry-fleet">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",
 "headline":"Ferry fleet misses deadline","datePublished":"2021-03-04T22:10:00+01:00","dateModified":"2021-03-06",
 "author":[{"@type":"Person","name":"Ana Brandt"},{"@type":"Person","name":"Bo Lind"}]}</script>
</head><body>
<nav class="menu"><a href="/">Home</a> <a href="/harbor">Harbor</a></nav>
<article>
<h1><span class="kicker">Harbor</span>Ferry fleet misses deadline</h1>
<div class="byline">By <a rel="author" href="/a">Ana Brandt</a> and <a rel="author" href="/b">Bo Lind</a></div>
<time datetime="2021-03-04">March 4, 2021</time>
<figure><img src="x.jpg"><figcaption>The ferry in the harbor of Lisse after the storm in February. Photo: Cleo Marsh</figcaption></figure>
<p>The ferry fleet of Port Lisse has missed a safety deadline that was set for the end of last year, the harbor office said on Thursday.</p>
<p>“We do not have the parts,” a spokesman for the office told The Lisse Times. He said that about 40 of the 112 boats had been refitted so far.</p>
<h2>Owners want more time</h2>
<p>The owners of the fleet asked the harbor court in January for a longer term, but the court has not yet answered them, according to a letter that was seen by the newspaper.</p>
<p>&gt;&gt; <a href="/x">Harbor court to hold more hearings on the ferry fleet this spring</a></p>
<p>Passengers on the island of Orn have had no service since the storm, and the mayor of the island said that the shops there were running out of flour and fuel.</p>
</article>
<aside class="newsletter"><p>Sign up for our newsletter and get the latest from the harbor in your inbox.</p></aside>
<section class="related-articles"><h3>Related</h3><a href="/1">Storm over Orn leaves two boats on the rocks</a></section>
<footer>© 2021 The Lisse Times. All rights reserved. <span>Printed on 9 June 2024</span></footer>
</body></html>"#;

fn role_of(draft: &Draft, words: &str) -> Role {
    let p = draft
        .passages
        .iter()
        .find(|p| draft.text[p.range].contains(words));
    p.unwrap_or_else(|| panic!("the text holds all visible words, also `{words}`"))
        .role
}

#[test]
fn every_visible_block_has_its_role() {
    let draft = read(PAGE, None, &Limits::default());
    for (words, role) in [
        ("Home", Role::Boilerplate),
        ("Ferry fleet misses deadline", Role::Title),
        ("By Ana Brandt", Role::Byline),
        ("March 4, 2021", Role::Dateline),
        ("after the storm in February", Role::Caption),
        ("has missed a safety deadline", Role::Body),
        ("Owners want more time", Role::Title),
        ("running out of flour", Role::Body),
        ("more hearings", Role::Related),
        ("Sign up for our newsletter", Role::Boilerplate),
        ("Storm over Orn", Role::Related),
        ("All rights reserved", Role::Boilerplate),
    ] {
        assert_eq!(role_of(&draft, words), role, "{words}");
    }
}

#[test]
fn what_stands_behind_the_heading_in_the_title_is_the_site() {
    let page = |title: &str| {
        format!(
            "<title>{title}</title><h1>The ferry that stayed</h1><p>The ferry fleet of Port Lisse has not left since May, the harbor \
             office said on Thursday, and nobody there knows when it will.</p>"
        )
    };
    let publisher = |title: &str| {
        read(&page(title), None, &Limits::default())
            .metadata
            .publisher
    };
    let named = publisher("The ferry that stayed — The Lisse Lantern");
    assert_eq!(named.as_deref(), Some("The Lisse Lantern"));
    assert_eq!(publisher("A ferry stays — The Lisse Lantern"), None);
}

#[test]
fn metadata_come_from_the_best_statement() {
    let m = read(PAGE, None, &Limits::default()).metadata;
    assert_eq!(m.title.as_deref(), Some("Ferry fleet misses deadline"));
    assert_eq!(m.authors, ["Ana Brandt", "Bo Lind"]);
    assert_eq!(m.publisher.as_deref(), Some("The Lisse Times"));
    let p = m.published.expect("the page is dated");
    assert_eq!(
        (p.date.to_string().as_str(), p.rule.as_str()),
        ("2021-03-04", "json-ld")
    );
    assert_eq!(
        m.updated.map(|d| d.to_string()).as_deref(),
        Some("2021-03-06")
    );
}

#[test]
fn each_statement_of_the_date_counts_when_better_ones_are_missing() {
    let check = |page: &str, expected: Option<(&str, &str)>| {
        let got = read(page, None, &Limits::default()).metadata.published;
        let got = got.map(|p| (p.date.to_string(), p.rule));
        assert_eq!(
            got,
            expected.map(|(d, r)| (d.to_owned(), r.to_owned())),
            "{page}"
        );
    };
    let without_objects = PAGE.replace("application/ld+json", "text/plain");
    check(&without_objects, Some(("2021-03-04", "time")));
    let without_time =
        without_objects.replace("<time datetime=\"2021-03-04\">March 4, 2021</time>", "");
    check(&without_time, Some(("2021-03-05", "address")));
    let undated = without_time.replace("/2021/03/05/", "/");
    check(&undated, None);
    check(
        &undated.replace("By <a", "March 3, 2021, by <a"),
        Some(("2021-03-03", "dateline")),
    );
    check(
        &undated.replace(
            "</head>",
            "<meta name=\"dcterms.issued\" content=\"20210302\"></head>",
        ),
        Some(("2021-03-02", "meta")),
    );
}

#[test]
fn hostile_nesting_is_flattened_and_read() {
    let deep = format!(
        "{}<p>The ferry left port on Monday, the harbor office said.</p>",
        "<div>".repeat(100_000)
    );
    let draft = read(&deep, None, &Limits::default());
    assert!(draft.text.contains("The ferry left port"));
    assert!(draft.diagnostics.iter().any(|d| d.code.code == "R004"));
    let unclosed = "<ul><li>".repeat(20_000);
    read(&unclosed, None, &Limits::default());
}

#[test]
fn odd_markup_is_read_without_complaint() {
    for odd in [
        "",
        "<",
        "<!--",
        "<html>",
        "<p>",
        "<script>",
        "<title>",
        "\u{0}<p>\u{0}x",
        "<time datetime=''>",
        "<meta name=date>",
    ] {
        read(odd, None, &Limits::default());
    }
}

/// A page of one paragraph, with what a test is about in its head and around its headline.
fn page_with(head: &str, above: &str, below: &str) -> String {
    format!(
        "<!doctype html><html lang=\"de\"><head><title>Fähre</title>{head}</head><body>{above}\
         <p>Die Fähre kam am Montag in den Hafen zurück, wie das Amt in einer längeren Mitteilung an alle Orte der \
         Insel schrieb, und niemand wusste, wann sie wieder ablegen wird.</p>{below}</body></html>"
    )
}

fn metadata(markup: &str) -> Metadata {
    read(markup, None, &Limits::default()).metadata
}

#[test]
fn authors_are_found_where_publishing_systems_put_them() {
    let check = |head: &str, above: &str, below: &str, expected: &[&str]| {
        assert_eq!(
            metadata(&page_with(head, above, below)).authors,
            expected,
            "{head}{above}{below}"
        );
    };
    let reference = r##"<script type="application/ld+json">{"@graph":[{"@type":"Article","author":{"@id":"#a"}},
        {"@type":"Person","@id":"#a","name":"Ana Brandt"},{"@type":"Person","@id":"#b","name":"Bo Lind"}]}</script>"##;
    check(reference, "", "", &["Ana Brandt"]);
    let card = r#"<meta name="twitter:label1" content="Verfasst von"><meta name="twitter:data1" content="cleo7">"#;
    check(card, "<h1>Fähre</h1>", "", &["cleo7"]);
    check(
        "",
        r#"<h1>Fähre</h1><div class="author"><a href="/autor/cleo">Cleo</a></div>"#,
        "",
        &["Cleo"],
    );
    check(
        "",
        "<h1>Fähre</h1>",
        "<p>Von Ana Brandt</p>",
        &["Ana Brandt"],
    );
    let boxed = r#"<aside class="author"><a href="/autor/ana">Ana Brandt</a></aside>"#;
    check("", "<h1>Fähre</h1>", boxed, &["Ana Brandt"]);
    let many = r#"<aside><p class="author"><a href="/autor/ana">Ana Brandt</a></p> <p class="author"><a href="/autor/bo">Bo Lind</a></p></aside>"#;
    check("", "<h1>Fähre</h1>", many, &[]);
}

#[test]
fn dates_are_found_in_signatures_and_opening_pictures() {
    let check = |head: &str, above: &str, below: &str, expected: Option<&str>| {
        let published = metadata(&page_with(head, above, below)).published;
        let date = published.map(|p| p.date.to_string());
        assert_eq!(date.as_deref(), expected, "{head}{above}{below}");
    };
    let signed = "<div>Gespeichert von <b>cleo</b> am 24. Juli 2017 - 18:55</div>";
    check("", "<h1>Fähre</h1>", signed, Some("2017-07-24"));
    let picture =
        r#"<figure class="teaser"><span class="date">02.02.2022</span><h1>Fähre</h1></figure>"#;
    check("", picture, "", Some("2022-02-02"));
    let teaser =
        r#"<div class="teaser"><span class="date">02.02.2022</span><h3>Anderes</h3></div>"#;
    check("", "<h1>Fähre</h1>", teaser, None);
    let listed = "<p>24. Juli 2017 um 18:55 Uhr | Rubriken: Hafen, Inseln, Boote, Wetter, Pumpen, Leuchttürme | 3 Kommentare</p>";
    check(
        "",
        &format!("<h1>Fähre</h1>{listed}"),
        "",
        Some("2017-07-24"),
    );
    let machine = r#"<meta name="date" content="11/01/2023 12:43:42">"#;
    check(
        machine,
        "<h1>Fähre</h1>",
        "<p>Erstellt: 01.11.2023</p>",
        Some("2023-11-01"),
    );
    check(machine, "<h1>Fähre</h1>", "", Some("2023-01-11"));
    let beside = r#"<h1>Fähre</h1><aside class="meta"><time itemprop="datePublished" datetime="2023-10-18">x</time></aside>"#;
    check("", beside, "", Some("2023-10-18"));
    // The system was never told that the page is German.
    let locale =
        r#"<meta property="og:locale" content="en_US"><meta name="date" content="03/04/2020">"#;
    check(locale, "<h1>Fähre</h1>", "", Some("2020-04-03"));
}
