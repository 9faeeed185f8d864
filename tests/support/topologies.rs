//! The topologies of the tests, and their compilation.

use std::path::{Path, PathBuf};

use ocstopo::compile::{CompileOptions, Compiled, compile};
use ocstopo::io::read_topology;
use ocstopo::lint::rules;
use ocstopo::lower::Date;
use ocstopo::text::SourceMap;

use super::root;

/// `(name, text)` of each file of a topology.
pub type Files = Vec<(String, String)>;

/// The day on which fixtures are checked; some of their waivers are older.
pub const FIXTURES: CompileOptions = CompileOptions { today: Some(Date { year: 2010, month: 1, day: 15 }), waivers: true };

/// What is in a folder, sorted.
pub fn listed(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// Whether a path is one of a file of the language.
pub fn is_topology(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "ocstopo")
}

/// The files of a topology: one file, or those of a folder.
pub fn files(path: &Path) -> Files {
    let paths = if path.is_dir() { listed(path) } else { vec![path.to_owned()] };
    let file =
        |path: PathBuf| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(&path).unwrap());
    paths.into_iter().filter(|path| is_topology(path)).map(file).collect()
}

/// One topology of `tests/broken`: a mistake as people make it.
pub struct Broken {
    /// `kind/name`.
    pub name: String,
    /// A file or a folder.
    pub path: PathBuf,
    pub files: Files,
}

/// The folder of the broken topologies; each kind of mistake has a folder in it.
pub fn broken_folder() -> PathBuf {
    root().join("tests/broken")
}

/// All broken topologies, by name.
pub fn broken() -> Vec<Broken> {
    let kinds = listed(&broken_folder());
    let entries = kinds.iter().flat_map(|kind| listed(kind)).filter(|path| path.is_dir() || is_topology(path));
    let entry = |path: PathBuf| {
        let within = path.strip_prefix(broken_folder()).unwrap().with_extension("");
        Broken { name: within.to_string_lossy().into_owned(), files: files(&path), path }
    };
    let all: Vec<_> = entries.map(entry).collect();
    assert!(all.len() >= 300, "{} broken topologies are left", all.len());
    all
}

/// All broken topologies, and the bad example of each rule, by name.
pub fn broken_and_bad_examples() -> Vec<(String, SourceMap)> {
    let broken = broken().into_iter().map(|entry| (entry.name, SourceMap::new(entry.files)));
    let bad = rules().iter().map(|rule| (format!("{} {}", rule.code, rule.name), one_file(rule.bad.text())));
    broken.chain(bad).collect()
}

/// The sources of a topology in one file.
pub fn one_file(text: impl Into<String>) -> SourceMap {
    SourceMap::new(vec![("topology.ocstopo".to_owned(), text.into())])
}

/// A topology of fixtures, compiled.
pub fn compiled(files: Files) -> Compiled {
    compile(SourceMap::new(files), &FIXTURES)
}

/// An example, compiled.
pub fn compiled_example(name: &str) -> Compiled {
    compile(read_topology(&root().join("examples").join(name), "stdin").unwrap(), &CompileOptions::default())
}
