use super::*;

#[test]
fn rules_alone_tell_names_apart() {
    let rules = Speller::default();
    let likely = |name: &str, latin: &str| rules.per_letter(name, latin);
    assert!(likely("Мацегора", "matsegora") > likely("Мацегора", "margarita"));
    assert!(likely("김정은", "gimjeongeun") > likely("김정은", "gimyeojeong"));
    assert!(likely("王毅", "wangyi") > likely("王毅", "wangyajun"));
}

#[test]
fn what_was_counted_wins() {
    let pairs = [
        ("Цой", "choe"),
        ("Цой Сон", "choe son"),
        ("Цой Мин", "choe min"),
        ("Цой Хан", "choe han"),
    ];
    let speller = Speller::train(&pairs, 4);
    let rules = Speller::default();
    assert!(speller.per_letter("Цой", "choe") > rules.per_letter("Цой", "choe") + 0.5);
}

#[test]
fn counts_survive_as_text() {
    let speller = Speller::train(&[("Иван", "ivan"), ("Анна", "anna")], 2);
    let text = speller.to_text(0.0);
    assert_eq!(Speller::parse(&text).to_text(0.0), text);
    assert_eq!(
        Speller::parse("nonsense\nfine\nfine\tx\ty").to_text(0.0),
        ""
    );
}

#[test]
fn a_name_is_found_among_others() {
    let latin = [
        "Margarita Simonyan",
        "Alexander Matsegora",
        "Maria Zakharova",
        "Choe Son Hui",
    ];
    let mut names = Candidates::new(&latin);
    let mut found = |name: &str| names.first(Speller::builtin(), name).map(|i| latin[i]);
    assert_eq!(found("Мария Захарова"), Some("Maria Zakharova"));
    assert_eq!(found("최선희"), Some("Choe Son Hui"));
    assert_eq!(found("Мацегора Александр"), Some("Alexander Matsegora"));
}

#[test]
fn no_name_is_no_match() {
    assert_eq!(Candidates::new(&[]).first(Speller::builtin(), "Иван"), None);
    assert_eq!(Speller::builtin().per_letter("", "x"), f64::NEG_INFINITY);
}
