use super::*;

fn known(name: &str) -> String {
    let packs = Packs::builtin();
    let found: Vec<String> = packs
        .known(name)
        .map(|k| format!("{}{}", k.id, if k.is_weak { "?" } else { "" }))
        .collect();
    found.join(" ")
}

#[test]
fn names_are_known_in_any_script() {
    assert_eq!(known("North Korea"), "KP");
    assert_eq!(known("the DPRK’s"), "KP");
    assert_eq!(known("U.S."), "US");
    assert_eq!(known("Мария Захарова"), "maria-zakharova");
    assert_eq!(known("안보리"), "security_council");
    assert_eq!(known("the North"), "KP?");
    assert_eq!(known("Nowhere"), "");
}

#[test]
fn small_acronyms_are_words() {
    assert_eq!(known("WHO"), "who");
    assert_eq!(known("who"), "");
    assert_eq!(known("us"), "");
}

#[test]
fn phrases_may_have_gaps() {
    let packs = Packs::builtin();
    let status = |text: &str| packs.status_in(text, "en").map(|s| s.id.as_str());
    assert_eq!(status("Kestria missed a treaty deadline"), Some("missed"));
    assert_eq!(
        status("has temporarily closed its embassy"),
        Some("temporarily_closed")
    );
    assert_eq!(
        status("was scrupulously complying with it"),
        Some("complied")
    );
    assert_eq!(status("the weather was fine"), None);
    let far = "missed one two three four five six seven deadline";
    assert_eq!(status(far), None);
}

#[test]
fn offices_have_dates() {
    let packs = Packs::builtin();
    let holder = |org: &str, day: &str| {
        let found = packs.holders(org, day.parse().unwrap());
        found.map(|(p, _)| p.id.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(
        holder("embassy:RU@KP", "2019-05-01"),
        ["alexander-matsegora"]
    );
    assert!(holder("mod:RU", "2020-01-01").contains(&"sergei-shoigu"));
    assert!(!holder("mod:RU", "2025-01-01").contains(&"sergei-shoigu"));
    assert_eq!(packs.name_of("KP"), Some("North Korea"));
    assert_eq!(packs.name_of("outlet:Reuters"), Some("Reuters"));
    assert_eq!(packs.name_of("nothing"), None);
}
