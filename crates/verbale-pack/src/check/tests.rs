use super::*;
use crate::builtin;

const HEAD: &str = "[pack]\nid = \"t\"\ntitle = \"T\"\nversion = \"1\"\n\n";

fn faults(body: &str) -> Vec<String> {
    let text = format!("{HEAD}{body}");
    let base = Packs::builtin_of(&[]);
    check(&[("t.toml", &text)], &base, None)
        .faults
        .iter()
        .map(Fault::to_string)
        .collect()
}

#[test]
fn built_in_packs_are_good() {
    for (name, files) in builtin::FILES {
        let report = check(files, &Packs::builtin(), None);
        let faults: Vec<String> = report.faults.iter().map(Fault::to_string).collect();
        assert!(faults.is_empty(), "{name}:\n{}", faults.join("\n"));
    }
}

#[test]
fn references_lead_somewhere() {
    let body = r#"
[[obligation]]
id = "x-1"
instrument = "nowhere"
paragraph = "1"
party = ["RU"]
force = "decides"
action = "Do it."
"#;
    assert_eq!(faults(body), ["t.toml:9: unknown instrument: `nowhere`"]);
}

#[test]
fn rows_are_run() {
    let row = |keys: &str| faults(&format!("[[test]]\n{keys}\n"));
    assert_eq!(row(r#"name = "the Kremlin's spokesman""#).len(), 1);
    assert!(row("name = \"Russia’s MFA\"\nentity = \"mfa:RU\"").is_empty());
    assert_eq!(
        row("name = \"Russia\"\nentity = \"mfa:RU\""),
        ["t.toml:6: expected entity `mfa:RU`, found `RU`"]
    );
    assert!(row("words = \"it had missed a treaty deadline\"\nstatus = \"missed\"").is_empty());
}

#[test]
fn patterns_are_checked() {
    let pattern = |rest: &str| {
        faults(&format!(
            "[[pattern]]\nid = \"p\"\nkind = \"event\"\nlabel = \"visit\"\n{rest}\n"
        ))
    };
    let node = r#"nodes = [{ RIGHT_ID = "v", RIGHT_ATTRS = { LEMMA = "visit" } }]"#;
    assert!(pattern(node).is_empty());
    assert_eq!(
        pattern("frame = \"none\""),
        ["t.toml:7: unknown frame `none`"]
    );
    assert_eq!(
        pattern(&format!("{node}\nfill = {{ holder = \"v\" }}")),
        ["t.toml:7: a event has no field `holder`"]
    );
    let bad = r#"nodes = [{ RIGHT_ID = "v", RIGHT_ATTRS = { LEMA = "visit" } }]"#;
    assert_eq!(pattern(bad), ["t.toml:7: unknown attribute `LEMA`"]);
}

#[test]
fn a_reader_runs_sentences() {
    let text =
        format!("{HEAD}[[test]]\nsentence = \"They met.\"\nkind = \"event\"\nlabel = \"talks\"\n");
    let files = [("t.toml", text.as_str())];
    let base = Packs::builtin_of(&[]);
    assert_eq!(check(&files, &base, None).n_skipped, 1);
    let mut right = |_: &Packs, _: &str| {
        vec![Found {
            kind: ClaimKind::Event,
            label: "talks".into(),
            subject: "they".into(),
        }]
    };
    let report = check(&files, &base, Some(&mut right));
    assert_eq!((report.n_tests, report.faults.len()), (1, 0));
    let report = check(&files, &base, Some(&mut |_: &Packs, _: &str| Vec::new()));
    assert_eq!(report.faults.len(), 1);
}
