//! Docs that must not fall behind the program.

use std::fs;

use verbale_core::{Act, ClaimKind, Modality, Polarity, Role, diagnostic};

use crate::support::{Bench, root};

fn doc(name: &str) -> String {
    fs::read_to_string(root().join("docs").join(name)).expect(name)
}

/// Compares a generated page with the one in `docs/`; `UPDATE_DOCS=1` writes it.
fn check_generated(name: &str, expected: &str) {
    let path = root().join("docs").join(name);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, expected).expect(name);
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == expected,
        "docs/{name} is stale: run the tests with UPDATE_DOCS=1"
    );
}

#[test]
fn the_glossary_has_the_words_of_the_closed_sets() {
    let glossary = doc("GLOSSARY.md").to_lowercase();
    let words = (Role::ALL.iter().map(|w| w.as_str()))
        .chain(ClaimKind::ALL.iter().map(|w| w.as_str()))
        .chain(Act::ALL.iter().map(|w| w.as_str()))
        .chain(Polarity::ALL.iter().map(|w| w.as_str()))
        .chain(Modality::ALL.iter().map(|w| w.as_str()));
    for word in words {
        assert!(glossary.contains(word), "docs/GLOSSARY.md has `{word}`");
    }
}

#[test]
fn every_diagnostic_has_its_entry() {
    let mut page = String::from(
        "# Diagnostics\n\nMessy pages give coded remarks, not errors. `verbale explain CODE` prints an entry.\n",
    );
    for c in diagnostic::ALL {
        page.push_str(&format!(
            "\n## {}: {}\n\n{}\n",
            c.code, c.title, c.explanation
        ));
    }
    check_generated("diagnostics.md", &page);
}

#[test]
fn every_command_and_flag_is_in_the_reference() {
    let bench = Bench::new();
    let mut page = String::from(
        "# Command reference\n\nMade from the program's own help.\nExit codes: 0 done; 1 done, and a check found faults; \
         2 nothing could be done; 130 interrupted.\n",
    );
    let overview = bench.ok(&["--help"]);
    let mut commands = vec![vec![]];
    let listed = overview
        .lines()
        .skip_while(|l| !l.starts_with("Commands:"))
        .skip(1);
    for line in listed.take_while(|l| !l.trim().is_empty()) {
        let name = line.split_whitespace().next().expect("a command");
        if line.starts_with("  ") && !line.starts_with("   ") && name != "help" {
            commands.push(vec![name.to_owned()]);
        }
    }
    commands.extend([
        vec!["model".into(), "add".into()],
        vec!["model".into(), "list".into()],
        vec!["pack".into(), "check".into()],
        vec!["pack".into(), "new".into()],
        vec!["pack".into(), "list".into()],
    ]);
    for command in commands {
        let mut args: Vec<&str> = command.iter().map(String::as_str).collect();
        args.push("--help");
        let help = bench.ok(&args);
        let help: Vec<&str> = help.lines().map(str::trim_end).collect();
        page.push_str(&format!(
            "\n## verbale {}\n\n```text\n{}\n```\n",
            command.join(" "),
            help.join("\n").trim_end()
        ));
    }
    check_generated("cli.md", &page.replace("## verbale \n", "## verbale\n"));
}
