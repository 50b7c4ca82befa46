//! A small invented case: two pages that disagree about boats, a post, a duty, a ban, and a hostile page.

use std::path::Path;

use jiff::Timestamp;
use verbale_case::Case;
use verbale_case::testing::{Sample, day as day_in};
use verbale_core::{
    Act, EntityKind, Event, Figure, Obligation, Proposition, Quantity, Status, Timex,
};

/// Words that would do harm if a page took them for markup.
pub(super) const HOSTILE: &str =
    "</q><script>alert(1)</script> <img src=x onerror=alert(2)> \" onmouseover=\"alert(3) {{7*7}}";

pub(super) fn now() -> Timestamp {
    Timestamp::new(1_940_000_000, 0).unwrap()
}

fn day(iso: &str) -> Timex {
    day_in(iso, iso)
}

/// A page whose first line is its title; lines that begin with `|` are furniture. Nobody says when it was said.
fn sheet(path: &str, publisher: &str, published: &str, text: &str) -> Sample {
    let mut sample = Sample::new(path, text);
    sample.page.origin.address = Some(format!("https://news.example/{path}"));
    sample.diagnostics.clear();
    let metadata = &mut sample.document.metadata;
    metadata.publisher = Some(publisher.into());
    if let Some(published_on) = &mut metadata.published {
        published_on.date = published.parse().unwrap();
    }
    sample
}

fn boats(value: &str, day_of: &str) -> Proposition {
    Proposition::Figure(Figure {
        quantity: Quantity {
            value: Some(value.parse().unwrap()),
            low: None,
            high: None,
            approximator: None,
            unit: Some("boats".into()),
            per: None,
        },
        subject: "boats held".into(),
        place: Some("Tarn".into()),
        as_of: Some(day(day_of)),
    })
}

fn status(subject: &str, status: &str, day_of: &str) -> Proposition {
    Proposition::Status(Status {
        subject: subject.into(),
        status: status.into(),
        as_of: Some(day(day_of)),
    })
}

/// Makes the case at `path`.
pub(super) fn case(path: &Path) {
    let mut case = Case::create(path).unwrap();
    sheet(
        "quay.html",
        "The Quay",
        "2031-05-03",
        "🚢🏴‍☠️ Boats held in Тарн\nThe harbor office said 17 boats were held. Порт закрыт, the mayor said.\n\
         The embassy of Norvale in Selmira is closed, the harbor office said.\n\
         Norvale must release all boats by 1 June, the treaty says.\n|Subscribe to our newsletter",
    )
    .claim("17 boats were held", "harbor office", boats("17", "2031-05-02"))
    .claim("Порт закрыт", "mayor", status("port of Tarn", "closed", "2031-05-02"))
    .claim(
        "The embassy of Norvale in Selmira is closed",
        "harbor office",
        status("embassy of Norvale in Selmira", "closed", "2031-05-01"),
    )
    .claim(
        "Norvale must release all boats by 1 June",
        "the treaty",
        Proposition::Obligation(Obligation {
            instrument: Some("Tarn treaty".into()),
            paragraph: Some("4".into()),
            party: Some("Norvale".into()),
            action: "release all boats".into(),
            deadline: Some(day("2031-06-01")),
        }),
    )
    .act(Act::Demand)
    .entity("Norvale", EntityKind::Government, &["Norvale"])
    .entity("harbor office", EntityKind::Organization, &["harbor office"])
    .add_to(&mut case);
    sheet(
        "gazette.html",
        "Tarn Gazette",
        "2031-05-04",
        "Fewer boats, says Norvale\nThe ministry said 12 boats were held on 2 May. A ban on fishing is in force.",
    )
    .claim("12 boats were held on 2 May", "Norvale ministry", boats("12", "2031-05-02"))
    .claim(
        "A ban on fishing is in force",
        "Norvale ministry",
        Proposition::Event(Event {
            label: "fishing ban".into(),
            actors: vec!["Norvale".into()],
            place: Some("Tarn".into()),
            date: Some(day("2031-05-02")),
        }),
    )
    .entity("Norvale", EntityKind::Government, &["Norvale"])
    .add_to(&mut case);
    let text = format!("{HOSTILE}\nHe said {HOSTILE} today.");
    sheet("hostile.html", HOSTILE, "2031-05-05", &text)
        .claim(
            &format!("said {HOSTILE}"),
            HOSTILE,
            status(HOSTILE, HOSTILE, "2031-05-05"),
        )
        .entity(HOSTILE, EntityKind::Other, &[HOSTILE])
        .add_to(&mut case);
}
