//! The packs in use: those that travel with the program, and behind them those that were named.

use std::{path::PathBuf, sync::OnceLock};

use anyhow::{Context, Result, anyhow};
use verbale_pack::{Pack, Packs, read_files};

static NAMED: OnceLock<Vec<PathBuf>> = OnceLock::new();

/// Keeps what was named on the command line, else in `VERBALE_PACKS`, as paths are listed on this system.
pub(crate) fn name(paths: Vec<PathBuf>) {
    let paths = if paths.is_empty() {
        let named = std::env::var_os("VERBALE_PACKS").unwrap_or_default();
        let given = std::env::split_paths(&named);
        given.filter(|p| !p.as_os_str().is_empty()).collect()
    } else {
        paths
    };
    NAMED
        .set(paths)
        .expect("packs are named once, at the start");
}

/// All packs in use.
pub(crate) fn in_use() -> Result<Packs> {
    let mut packs = Packs::builtin();
    for path in NAMED.get().into_iter().flatten() {
        let about = || format!("cannot use pack {}", path.display());
        let files = read_files(path).with_context(about)?;
        let files: Vec<(&str, &str)> = files
            .iter()
            .map(|(n, t)| (n.as_str(), t.as_str()))
            .collect();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let pack = Pack::parse(&name, &files)
            .map_err(|e| anyhow!("{e}"))
            .with_context(about)?;
        packs.add(pack).with_context(about)?;
    }
    Ok(packs)
}
