//! What the judging tests share: the examples as built by the binary and as seen by the library, other people's programs, tables.

#![allow(dead_code, reason = "each test uses its part")]
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests read files and start the real consumers")]

pub mod batch;
pub mod changes;
pub mod commits;
pub mod json_schema;
pub mod kernel;
pub mod named;
pub mod running;
pub mod small_topology;
pub mod table;
pub mod topologies;
pub mod zone;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Arc, Mutex, OnceLock, Weak};

use ocstopo::compile::{CompileOptions, Compiled, compile};
use ocstopo::emit::Templates;
use ocstopo::io::read_topology;
use ocstopo::model::Topology;
use ocstopo::product::Side;
use tempfile::TempDir;

/// The templates of the product, which take long to read.
pub fn templates() -> &'static Templates {
    static TEMPLATES: OnceLock<Templates> = OnceLock::new();
    TEMPLATES.get_or_init(Templates::shipped)
}

/// The examples that are judged: every folder of `examples/` (`tests/library/examples.rs` states it).
pub const EXAMPLES: [&str; 12] = [
    "centralized-external",
    "centralized-ha",
    "centralized-voice",
    "contoso",
    "expanded-125000",
    "expanded-50000",
    "fabrikam",
    "global",
    "lucerne",
    "r2-consolidated-100000",
    "standard-edition",
    "standard-edition-edge",
];

/// The examples whose text tests change, and whose names and addresses they know. Where a test starts many builds, they represent
/// all of them, which would take long.
pub const MODELS: [&str; 2] = ["contoso", "fabrikam"];

/// An example with everything that a build of it wrote.
pub struct Example {
    pub name: &'static str,
    pub compiled: Compiled,
    pub files: BTreeMap<String, String>,
    folder: TempDir,
}

impl Example {
    /// Builds it with the binary.
    pub fn build(name: &'static str) -> Self {
        Self::build_from(name, &root().join("examples").join(name), &[])
    }

    fn build_from(name: &'static str, topology: &Path, more: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let arguments = ["build", text(topology), "-o", text(folder.path()), "--quiet"];
        let said = ocstopo(&root(), &[&arguments, more].concat());
        assert!(said.status.success(), "{name} does not build:\n{}", both(&said));
        let compiled = compile(read_topology(topology, "stdin").unwrap(), &CompileOptions::default());
        let files = read_tree(folder.path());
        Self { name, compiled, files, folder }
    }

    /// Builds it with one more line in its `dns` block.
    pub fn build_with(name: &'static str, example: &str, line: &str) -> Self {
        let topology = tempfile::tempdir().unwrap();
        copy_example(example, topology.path(), |files| {
            for (_, text) in files {
                *text = text.replace("  dns {\n", &format!("  dns {{\n    {line}\n"));
            }
        });
        let built = Self::build_from(name, topology.path(), &["--only", "dns"]);
        assert!(built.compiled.sources.files().any(|(_, file)| file.text().contains(line)), "{example} has no `dns` block");
        built
    }

    /// Writes its topology into a folder, for the binary.
    pub fn write_topology(&self, folder: &Path) {
        for (_, file) in self.compiled.sources.files() {
            let name = file.name().rsplit('/').next().unwrap();
            std::fs::write(folder.join(name), file.text()).unwrap();
        }
    }

    /// Some examples with what the `dns` block can say more: for judges of names.
    pub fn with_more_names() -> Vec<Self> {
        let pinpoints = "pinpoint_domains = [\"contoso.com\", \"retail.contoso.com\"]";
        vec![
            Self::build_with("contoso with reverse zones", "contoso", "reverse_zones = true"),
            Self::build_with("fabrikam with reverse zones", "fabrikam", "reverse_zones = true"),
            Self::build_with("contoso without SIP domains inside", "contoso", pinpoints),
        ]
    }

    /// All of them. Concurrent tests share the builds, which are removed with the last of them.
    pub fn all() -> Arc<Vec<Self>> {
        static BUILT: Mutex<Weak<Vec<Example>>> = Mutex::new(Weak::new());
        let mut built = BUILT.lock().unwrap();
        built.upgrade().unwrap_or_else(|| {
            let all = Arc::new(EXAMPLES.into_iter().map(Self::build).collect());
            *built = Arc::downgrade(&all);
            all
        })
    }

    /// Those that the slow programs of others judge, which take seconds for each: two with every form of record and certificate,
    /// and one of the later release. What the rest would add is more of the same.
    pub fn judged_slowly() -> Vec<Self> {
        [MODELS[0], MODELS[1], "r2-consolidated-100000"].into_iter().map(Self::build).collect()
    }

    pub fn topology(&self) -> &Topology {
        self.compiled.plans().unwrap().topology
    }

    /// Whether it is reachable from outside, so that it has an edge and an external view of its names.
    pub fn has_outside(&self) -> bool {
        self.topology().endpoints.iter().any(|endpoint| endpoint.side == Side::Outside)
    }

    /// The views that its names are planned for.
    pub fn views(&self) -> &'static [&'static str] {
        if self.has_outside() { &["external", "internal"] } else { &["internal"] }
    }

    /// Where an artifact is on disk.
    pub fn path(&self, artifact: &str) -> PathBuf {
        self.folder.path().join(artifact)
    }

    /// The artifacts whose path ends so; there must be some.
    pub fn ending(&self, end: &str) -> Vec<&str> {
        let found: Vec<&str> = self.files.keys().map(String::as_str).filter(|path| path.ends_with(end)).collect();
        assert!(!found.is_empty(), "{} has no artifact {end}", self.name);
        found
    }

    /// The text of an artifact, which must be there.
    pub fn text(&self, artifact: &str) -> &str {
        self.files.get(artifact).unwrap_or_else(|| panic!("{} has no artifact {artifact}", self.name))
    }
}

/// The project's folder.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Runs the binary in a folder.
pub fn ocstopo(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ocstopo"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .env_remove("COLUMNS")
        .output()
        .unwrap()
}

/// Runs another program, which must be installed.
pub fn run(program: &str, arguments: &[&str]) -> Output {
    Command::new(program).args(arguments).output().unwrap_or_else(|error| {
        panic!(
            "`{program}` cannot be run ({error}): the artifacts are judged by their real consumers, and this test is never skipped. \
             tests/run installs it"
        )
    })
}

/// A program of the Python packages that judge artifacts; `tests/run` installs them.
pub fn judge(program: &str) -> Command {
    let path = root().join("target/judges/bin").join(program);
    assert!(path.exists(), "{} is not there: tests/run installs it, and this test is never skipped", path.display());
    Command::new(path)
}

/// Runs another program, which must succeed; what it said on standard output.
pub fn succeed(program: &str, arguments: &[&str]) -> String {
    let said = run(program, arguments);
    assert!(said.status.success(), "{program} {}:\n{}", arguments.join(" "), both(&said));
    String::from_utf8(said.stdout).unwrap()
}

/// The kernel's packet filter answers root only.
pub fn need_root() {
    let user = succeed("id", &["-u"]);
    assert_eq!(
        user.trim(),
        "0",
        "this test loads rules into network namespaces of the kernel and must run as root; it is never skipped"
    );
}

/// Everything that a program said.
pub fn both(said: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&said.stdout), String::from_utf8_lossy(&said.stderr))
}

/// A path as an argument.
pub fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// All files below a folder by their path in it.
pub fn read_tree(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(here) = open.pop() {
        for entry in std::fs::read_dir(&here).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = text(path.strip_prefix(folder).unwrap()).to_owned();
                files.insert(name, std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    files
}

/// Copies the files of an example into a folder, in the order given by `order`.
pub fn copy_example(name: &str, to: &Path, order: impl FnOnce(&mut Vec<(String, String)>)) {
    let mut files: Vec<(String, String)> = read_tree(&root().join("examples").join(name)).into_iter().collect();
    files.retain(|(path, _)| path.ends_with(".ocstopo"));
    order(&mut files);
    std::fs::create_dir_all(to).unwrap();
    for (path, content) in files {
        std::fs::write(to.join(path), content).unwrap();
    }
}
