//! Disks that fill up, several programs at once, files without permission: a clear message and no loss.

use std::process::Stdio;

use crate::support::{Bench, err};

fn bench_with_pages(n_pages: u32) -> Bench {
    let bench = Bench::new();
    for n in 0..n_pages {
        bench.write(
            &format!("pages/{n:02}.txt"),
            format!(
                "Ferry Office Statement {n}\n\nMarch 3, 2021\n\nThe ferry office said on Tuesday that {} boats \
                 were laid up in Harrow. The harbor master denied that the lock had been closed.\n",
                n + 11
            ),
        );
    }
    bench.ok(&["model", "add", "en"]);
    bench
}

/// A file that may not grow beyond a size fails like a disk that is full, in the middle of whatever is written.
#[cfg(unix)]
#[test]
fn a_file_that_cannot_grow_loses_nothing_that_was_there() {
    let bench = bench_with_pages(12);
    let mut n_refused = 0;
    for limit_kib in [8, 100, 250, 400, 520, 640, 900] {
        let program = env!("CARGO_BIN_EXE_verbale");
        // The signal is ignored, so that writing fails instead of ending the process. A unit is 512 bytes in
        // POSIX and 1024 in some shells.
        let script = format!(
            "trap '' XFSZ; ulimit -f {}; exec '{program}' add f.verbale pages --threads 1",
            limit_kib * 2
        );
        let out = std::process::Command::new("sh")
            .args(["-c", &script])
            .current_dir(bench.path("."))
            .output()
            .expect("a shell");
        if !out.status.success() {
            n_refused += 1;
            assert_eq!(out.status.code(), Some(2), "{limit_kib}: {}", err(&out));
            assert!(
                err(&out).contains("f.verbale"),
                "{limit_kib}: {}",
                err(&out)
            );
        }
        if bench.path("f.verbale").exists() {
            let out = bench.run(&["check", "f.verbale"]);
            assert!(out.status.success(), "{limit_kib}: {}", err(&out));
        }
    }
    assert!(n_refused > 1, "the limits were felt");
    bench.ok(&["add", "f.verbale", "pages"]);
    bench.ok(&["check", "f.verbale"]);
    let status = bench.ok(&["status", "f.verbale"]);
    assert!(status.contains("pages          12"), "{status}");
}

#[test]
fn two_programs_add_and_a_third_reads_at_once() {
    let bench = bench_with_pages(16);
    let add = |pages: &[String]| {
        let mut command = bench.command(&["add", "two.verbale", "--threads", "1"]);
        command
            .args(pages)
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        command.spawn().expect("the program starts")
    };
    let page = |n: u32| format!("pages/{n:02}.txt");
    // Both make the case, and both have the first pages.
    let first = add(&(0..12).map(page).collect::<Vec<_>>());
    let second = add(&(0..4).chain(12..16).map(page).collect::<Vec<_>>());
    let mut n_seen = 0;
    for _ in 0..20 {
        let out = bench.run(&["status", "two.verbale"]);
        if !out.status.success() {
            assert!(
                !bench.path("two.verbale").exists() || n_seen == 0,
                "{}",
                err(&out)
            );
            continue;
        }
        let text = String::from_utf8_lossy(&out.stdout);
        let n_pages = text
            .lines()
            .find_map(|l| l.strip_prefix("pages"))
            .and_then(|n| n.trim().parse::<u32>().ok());
        let n_pages = n_pages.expect("a count");
        assert!(n_pages >= n_seen, "pages do not vanish");
        n_seen = n_pages;
    }
    for child in [first, second] {
        let out = child.wait_with_output().expect("it ends");
        assert!(out.status.success(), "{}", err(&out));
    }
    let status = bench.ok(&["status", "two.verbale"]);
    assert!(status.contains("pages          16"), "{status}");
    bench.ok(&["check", "two.verbale"]);
}

/// The superuser may write everything, so there it only holds that nothing is lost.
#[cfg(unix)]
#[test]
fn a_file_without_permission_is_read_and_not_written() {
    use std::os::unix::fs::PermissionsExt;

    let bench = bench_with_pages(2);
    bench.ok(&["add", "r.verbale", "pages/00.txt"]);
    let path = bench.path("r.verbale");
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o444)).expect("mode");
    let is_superuser = std::fs::OpenOptions::new().write(true).open(&path).is_ok();
    let before = bench.ok(&["claims", "r.verbale"]);
    let out = bench.run(&["add", "r.verbale", "pages/01.txt"]);
    if !is_superuser {
        assert_eq!(out.status.code(), Some(2));
        assert!(err(&out).contains("read-only"), "{}", err(&out));
        assert!(
            err(&out).contains("hint: give yourself permission"),
            "{}",
            err(&out)
        );
        assert_eq!(bench.ok(&["claims", "r.verbale"]), before);
    }
    bench.ok(&["check", "r.verbale"]);
}

/// A case that an older version wrote, with whichever command somebody begins.
#[test]
fn a_case_of_an_older_version_is_brought_up_to_date_by_any_command() {
    let bench = Bench::new();
    let older = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../verbale-case/fixtures/schema-13.db.zst"
    );
    let older = zstd::decode_all(&*std::fs::read(older).unwrap()).unwrap();
    for command in [
        &["search", "f.verbale", "trawlers"][..],
        &["status", "f.verbale"],
        &["log", "f.verbale"],
        &["undated", "f.verbale"],
        &["check", "f.verbale"],
        &["backup", "f.verbale", "kept.verbale"],
        &["claims", "f.verbale"],
        &["copies", "f.verbale"],
    ] {
        std::fs::write(bench.path("f.verbale"), &older).unwrap();
        let _ = std::fs::remove_file(bench.path("f.verbale-wal"));
        let _ = std::fs::remove_file(bench.path("f.verbale-shm"));
        bench.ok(command);
    }
    assert!(bench.path("kept.verbale").exists());
}
