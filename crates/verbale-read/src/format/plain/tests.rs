//! A text with the furniture of a copied page, line by line with the role each line must have.

use verbale_core::{Metadata, Role};

use super::*;

/// Checks the role of each line: `role| line`, an empty line between blocks.
fn check(marked: &str) -> Metadata {
    let mut text = String::new();
    let mut expected = Vec::new();
    for line in marked.trim().lines() {
        match line.trim().split_once("| ") {
            Some((role, words)) => {
                if role == "credit" && expected.last().is_some_and(|(r, _)| r == "caption") {
                    // A credit stands on the line of its caption.
                    text.truncate(text.trim_end().len());
                    text.push(' ');
                }
                expected.push((role.to_owned(), words.to_owned()));
                text.push_str(words);
            }
            None => assert!(line.trim().is_empty(), "{line}"),
        }
        text.push('\n');
    }
    let draft = read(text.clone(), None, &Limits::default());
    let got: Vec<(String, String)> = draft
        .passages
        .iter()
        .map(|p| (p.role.to_string(), text[p.range].to_owned()))
        .collect();
    assert_eq!(got, expected);
    draft.metadata
}

#[test]
fn a_news_page_between_pleas() {
    let m = check(
        "boilerplate| Support The Lisse Gazette!

        title| Harbor Office Says Ferry Fleet Will Miss Safety Deadline

        title| One captain said the owners had been “very slow” to order parts.

        credit| Ana Brandt / EPA / TASS

        body| The ferry fleet of Port Lisse will miss a safety deadline set for the end of the year, the harbor office said on Thursday.

        body| “We do not have the parts,” a spokesman for the office told The Lisse Gazette.

        body| About 40 of the 112 boats have been refitted so far, according to the office’s own figures.

        boilerplate| Sign up for our weekly newsletter

        boilerplate| Our letter brings you the best of the harbor every Friday. Preview
        boilerplate| Subscribers agree to the Privacy Policy

        boilerplate| A Message from The Lisse Gazette:

        boilerplate| Dear readers,

        boilerplate| The harbor court has fined The Lisse Gazette for its reports on the fleet, and the owners have asked for more. We see things differently.

        boilerplate| Captains and clerks have been questioned since March 2019, and our work has become harder than ever before.

        boilerplate| Once
        boilerplate| Monthly
        related| Read more",
    );
    assert_eq!(
        m.title.as_deref(),
        Some("Harbor Office Says Ferry Fleet Will Miss Safety Deadline")
    );
    assert_eq!(m.publisher.as_deref(), Some("The Lisse Gazette"));
    assert_eq!((m.published, m.kind.as_str()), (None, "news report"));
}

#[test]
fn short_items_with_their_sources_are_reporting() {
    check(
        "boilerplate| The Lisse Gazette
        title| MORNING DESK — what moved overnight, in two items
        dateline| Thursday 6 June 2029

        title| 1. ORN: Back to the lock
        body| The port of Orn will open its lock on 2 September, nine years after shutting it, its director told the council on Wednesday. (Deltawire)

        title| 2. LISSE: Parts by the spoonful
        body| The yard shipped 61 parts in May, against 112 in April, the daily Tide writes, citing the yard. (Tide, own reporting)",
    );
}

#[test]
fn a_page_that_repeats_its_lead_after_the_end() {
    let m = check(
        "boilerplate| About the Author
        byline| Bo Lind
        meta| Bo Lind is a Harbor News contributor based in Lisse. Follow him on Twitter @bolind
        body| The roughly forty boats that remain in port do not break the safety rules, the harbor office insisted on Thursday.
        body| The office’s statement answers a letter that twelve captains had sent in the week before.
        body| “In this regard,” the statement said, “the owners have done all that could be asked of them.”
        meta| Edited by Cleo Marsh
        duplicate| The roughly forty boats that remain in port do not break the safety rules, the harbor office insisted on Thursday.
        duplicate| The office's statement answers a letter that twelve captains had sent in the week before.
        boilerplate| Internet Explorer is not compatible with this website. We recommend another browser.
        boilerplate| Its maker stopped caring for old versions in 2016, and security staff there warned users about it in February 2019.
        boilerplate| Join the influential readers of Harbor News who rely on Harbor News reporting
        boilerplate| Don't have an account? SIGN UP",
    );
    assert_eq!(m.authors, ["Bo Lind"]);
    assert_eq!(m.publisher.as_deref(), Some("Harbor News"));
    assert_eq!(m.title, None);
}

#[test]
fn a_wire_story_in_markdown() {
    let m = check(
        r#"title| Owners Say Ferry Fleet Missed Safety Deadline

        byline| By [Reuters](#)

        dateline| March 4, 2021

        caption| "We could not refit the whole fleet because of the strike at the yard," said the owners' spokeswoman.
        credit| **Bo Lind / TASS**

        body| The owners of the ferry fleet said on Wednesday that they had missed a safety deadline and spent \$400 on each boat.

        related| **Related article:** [Harbor Court to Hold More Hearings on the Fleet](#)

        body| "We could not refit the whole fleet because of the strike at the yard," said Marsh.

        body| The owners had asked for a longer term.

        link| Original url:

        link| <https://www.thelissetimes.com/2021/03/04/owners-say>"#,
    );
    assert_eq!(
        m.title.as_deref(),
        Some("Owners Say Ferry Fleet Missed Safety Deadline")
    );
    assert_eq!(
        (m.publisher.as_deref(), m.agency.as_deref()),
        (Some("The Lisse Times"), Some("Reuters"))
    );
    assert_eq!(m.kind, "wire copy");
    assert_eq!(
        m.published.map(|p| (p.date.to_string(), p.rule)),
        Some(("2021-03-04".into(), "dateline".into()))
    );
}

#[test]
fn a_letter_from_an_office() {
    let m = check(
        "meta| Embassy of Orn in Port Lisse

        title| Ambassador's New Year Letter

        body| Dear friends,
        body| We have had a hard year, and our staff have kept the consular section open through all of it.
        body| We repaired the roof of our main building, and we hope to see you there. Subscribe to our page on Facebook for news of the work.
        body| Happy New Year!

        byline| Ana Brandt",
    );
    assert_eq!(m.authors, ["Ana Brandt"]);
    assert_eq!(m.publisher.as_deref(), Some("Embassy of Orn in Port Lisse"));
    assert_eq!((m.kind.as_str(), m.published), ("official statement", None));
}

#[test]
fn a_print_date_is_not_a_publication_date() {
    let undated = "Ferry Back in Port Again\n\nPrinted on 4 March 2021\n\nThe ferry came back to port on Monday, the harbor office said.";
    assert_eq!(
        read(undated.to_owned(), None, &Limits::default())
            .metadata
            .published,
        None
    );
    let dated = "Ferry Back in Port Again\n\nUpdated: 5 March 2021. Published: 4 March 2021\n\nThe ferry came back to port on Monday, the harbor office said.";
    let m = read(dated.to_owned(), None, &Limits::default()).metadata;
    assert_eq!(
        m.published.map(|p| p.date.to_string()).as_deref(),
        Some("2021-03-04")
    );
    assert_eq!(
        m.updated.map(|d| d.to_string()).as_deref(),
        Some("2021-03-05")
    );
}

#[test]
fn credits_and_initials_stand_alone() {
    let text = "The ferry left port on Monday morning, the office said.\n\nThe captain waves from the deck of the ferry in May. © Ana Brandt/AFP\n\nNobody knew on Tuesday when it would come back to port. (sh)";
    let draft = read(text.to_owned(), None, &Limits::default());
    let got: Vec<_> = draft
        .passages
        .iter()
        .map(|p| (p.role, &text[p.range]))
        .collect();
    assert_eq!(got[1].0, Role::Caption);
    assert_eq!(got[2], (Role::Credit, "© Ana Brandt/AFP"));
    assert_eq!(got[4], (Role::Byline, "(sh)"));
    assert_eq!(draft.metadata.authors, ["sh"]);
}

#[test]
fn what_stands_above_the_byline_is_not_the_reporting() {
    let m = check(
        "boilerplate| Home > News > Harbor

        title| Ferry Strike Enters Third Week
        title| Union leaders will not come back to the table before the owners have paid what they owe.

        byline| By Mara Lind, Gazette Correspondent
        boilerplate| 5 min read
        boilerplate| Share

        body| Crews in Port Lisse walked out of talks with the owners on Monday, the union said.
        body| The owners declined to comment.",
    );
    assert_eq!(m.authors, ["Mara Lind"]);
    let m = check(
        "boilerplate| Opinion
        title| The harbor needs a new pier.
        byline| By Mara Lind
        dateline| Tue 5 Mar 2024
        boilerplate| Share

        body| The pier at Lisse has been sinking for eleven years, and everybody in the port knows it.",
    );
    assert_eq!(m.title.as_deref(), Some("The harbor needs a new pier."));
}

#[test]
fn markup_in_a_headline_is_no_trail_of_links() {
    let m = check(
        "title| Harbor <b>board</b> <i>speaks</i>

        byline| By Mara Lind
        dateline| 4 May 2031

        body| The harbor board said on Saturday that 12 trawlers were held in the port of Tarn.",
    );
    assert_eq!(m.authors, ["Mara Lind"]);
}

#[test]
fn a_first_sentence_before_a_picture_stays_reporting() {
    check(
        "title| Ferry Strike Enters Third Week

        body| Crews in Port Lisse walked out of talks with the owners on Monday, the union said.

        boilerplate| Share
        credit| Photo: Mara Lind

        body| The owners of the ferries declined to comment on the talks when they were asked on Tuesday, a spokesman said.
        body| Talks may go on next week, the spokesman for the owners said, and the ferries stay in port until then.",
    );
}

#[test]
fn a_report_in_one_paragraph_is_no_plea() {
    let sentences = "Two ferries left Lisse on Monday with 140 people on board, and a third was once again held back by the \
        inspectors. We have no parts, a steward told reporters, and the harbor office did not comment on the delay. The \
        owners said that food for the crews had come in from three towns, and that the yard would begin its work \
        on the oldest of the boats before the end of the month. ";
    let report = sentences.repeat(4);
    check(&format!(
        "title| Ferries leave Lisse\n\nbody| {}",
        report.trim_end()
    ));
}
