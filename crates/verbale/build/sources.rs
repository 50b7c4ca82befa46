//! A digest of the sources that decide what is read in a page, or how claims are filed, so that two builds with other
//! rules are told apart.
//!
//! Shared by this build script, that of `verbale-case`, and their tests in `tests/it/sources.rs`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The digest of all files in these folders of `root`, but for tests and for how lines end: names and bytes, in the
/// order of the names, as 16 hexadecimal digits of FNV-1a. The same on every machine.
///
/// # Errors
/// If a folder or a file cannot be read.
pub(crate) fn digest(root: &Path, folders: &[&str]) -> io::Result<String> {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |bytes: &[u8]| {
        for byte in bytes {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    for folder in folders {
        let mut files = Vec::new();
        collect(&root.join(folder), &format!("{folder}/"), &mut files)?;
        files.sort();
        for (name, path) in files {
            let mut bytes = fs::read(path)?;
            bytes.retain(|byte| *byte != b'\r');
            // The length keeps the end of one file apart from the beginning of the next.
            add(format!("{name} {} ", bytes.len()).as_bytes());
            add(&bytes);
        }
    }
    Ok(format!("{hash:016x}"))
}

/// Files below `folder` with their names, separated by slashes on every system.
fn collect(folder: &Path, prefix: &str, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_test(&name) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{prefix}{name}/"), files)?;
        } else {
            files.push((format!("{prefix}{name}"), entry.path()));
        }
    }
    Ok(())
}

/// True for a file or folder of tests, or one that an editor or a system left (they begin with a point).
fn is_test(name: &str) -> bool {
    let stem = name.strip_suffix(".rs").unwrap_or(name);
    stem == "tests" || stem.ends_with("_tests") || stem == "testing" || name.starts_with('.')
}
