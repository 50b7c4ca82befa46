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
