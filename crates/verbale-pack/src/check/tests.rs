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
    let talks = Found {
        kind: ClaimKind::Event,
        label: "talks".into(),
        subject: "they".into(),
    };
    let mut right = Fixed(Ok(vec![talks]));
    let report = check(&files, &base, Some(&mut right));
    assert_eq!((report.n_tests, report.faults.len()), (1, 0));
    let report = check(&files, &base, Some(&mut Fixed(Ok(Vec::new()))));
    assert_eq!(report.faults.len(), 1);
}

/// A reader that finds the same in every sentence, or takes no packs because of this pattern.
struct Fixed(Result<Vec<Found>, &'static str>);

impl Reader for Fixed {
    fn take(&mut self, _: &Packs) -> Result<(), Error> {
        match self.0 {
            Ok(_) => Ok(()),
            Err(id) => Err(Error::Pattern {
                id: id.into(),
                message: "a faulty expression".into(),
            }),
        }
    }

    fn read(&mut self, _: &str) -> Vec<Found> {
        self.0.clone().unwrap()
    }
}

#[test]
fn a_pattern_that_does_not_compile_is_a_fault_of_its_line() {
    let node = r#"nodes = [{ RIGHT_ID = "v", RIGHT_ATTRS = { LEMMA = { REGEX = "(" } } }]"#;
    let text = format!(
        "{HEAD}[[pattern]]\nid = \"visits\"\nkind = \"event\"\nlabel = \"visit\"\n{node}\n"
    );
    let files = [("t.toml", text.as_str())];
    let base = Packs::builtin_of(&[]);
    let report = check(&files, &base, Some(&mut Fixed(Err("visits"))));
    let faults: Vec<String> = report.faults.iter().map(Fault::to_string).collect();
    assert_eq!(faults, ["t.toml:7: a faulty expression"]);
}

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

#[test]
fn packs_of_users_are_good() {
    for (path, n_tests) in [
        ("packs/TEMPLATE.toml", 5),
        ("examples/quotas/pack.toml", 12),
    ] {
        let files = crate::read_files(std::path::Path::new(&format!("{ROOT}/{path}"))).unwrap();
        let files: Vec<(&str, &str)> = files
            .iter()
            .map(|(n, t)| (n.as_str(), t.as_str()))
            .collect();
        let report = check(&files, &Packs::builtin(), None);
        let faults: Vec<String> = report.faults.iter().map(Fault::to_string).collect();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        assert_eq!((report.n_tests, report.n_skipped), (n_tests, 1), "{path}");
    }
}

/// The keys that a table takes, as the parser lists them when it meets another.
fn keys(table: &str) -> Vec<String> {
    let text = format!("{HEAD}[[{table}]]\nnot_a_key = 1\n");
    let error = File::parse("t.toml", &text).unwrap_err().to_string();
    let expected = error
        .split("expected")
        .nth(1)
        .unwrap_or_else(|| panic!("{error}"));
    expected
        .split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_key_is_documented() {
    let docs = std::fs::read_to_string(format!("{ROOT}/docs/packs.md")).unwrap();
    for table in [
        "series",
        "instrument",
        "obligation",
        "measure",
        "post",
        "milestone",
        "observation",
        "country",
        "institution",
        "person",
        "outlet",
        "metonym",
        "verbs",
        "approximator",
        "vague",
        "anonymity",
        "status",
        "pattern",
        "frame",
        "test",
    ] {
        let known = keys(table);
        assert!(known.len() > 1, "{table}");
        for key in known {
            let written = [
                format!("`{key}`"),
                format!(".{key}]]"),
                format!("[verbs.{key}]"),
            ];
            assert!(
                written.iter().any(|w| docs.contains(w)),
                "[[{table}]] {key} is not in docs/packs.md"
            );
        }
        assert!(
            docs.contains(&format!("`[[{table}]]`")),
            "{table} is not in docs/packs.md"
        );
    }
}
