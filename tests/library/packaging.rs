//! How the program is handed out: the GitHub action, the image, the Debian package and the script of a release.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn text(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The steps of the action, each with its lines.
fn steps(action: &str) -> Vec<&str> {
    let steps = action.split_once("\n  steps:\n").expect("steps").1;
    steps.split("\n    - ").map(|step| step.trim_start_matches("    - ")).collect()
}

#[test]
fn actions_of_others_are_pinned_to_a_commit() {
    let action = text("action.yml");
    let used: Vec<&str> = action.lines().filter_map(|line| line.trim().strip_prefix("uses: ")).collect();
    assert_eq!(used.len(), 4, "{used:?}");
    for line in used {
        let (commit, version) = line.split_once('@').and_then(|(_, at)| at.split_once(" # v")).expect(line);
        assert!(commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit()), "{line}");
        assert!(version.split('.').count() == 3, "{line}");
    }
}

#[test]
fn the_action_builds_only_what_neither_a_release_nor_the_cache_has() {
    let action = text("action.yml");
    let steps = steps(&action);
    let condition = |step: &&str| step.lines().find_map(|line| line.trim().strip_prefix("if: ")).unwrap_or_default().to_owned();
    let with = |word: &str| steps.iter().filter(|step| step.contains(word)).collect::<Vec<_>>();
    assert_eq!(with("ready\" release").into_iter().map(condition).collect::<Vec<_>>(), ["inputs.version != ''"]);
    let missed = "inputs.version == '' && steps.program.outputs.cache-hit != 'true'";
    assert_eq!(with("ready\" build").into_iter().map(condition).collect::<Vec<_>>(), [missed]);
    let saves = with("uses: actions/cache/save");
    assert!(saves.len() == 2 && saves.iter().all(|step| condition(step).starts_with(missed)), "{saves:?}");
    // A job whose check fails runs no step behind it: the program is kept before.
    let at = |word: &str| steps.iter().position(|step| step.contains(word)).expect(word);
    assert!(at("name: Keep the program") < at("name: Check"));
    let inputs = action.split_once("\ninputs:\n").and_then(|(_, rest)| rest.split_once("\noutputs:")).expect("inputs").0;
    for input in inputs.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   ")) {
        let used = format!("inputs.{}", input.trim().trim_end_matches(':'));
        assert!(action.contains(&used), "no step reads {used}");
    }
}

/// A folder of an action with one source, and a place for what its script writes.
struct Runner {
    folder: tempfile::TempDir,
}

impl Runner {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for path in ["action/grammar", "action/src", "action/templates", "bin", "temp"] {
            fs::create_dir_all(folder.path().join(path)).expect("a folder");
        }
        for path in ["Cargo.lock", "Cargo.toml", "build.rs", "grammar/a", "src/a", "templates/a"] {
            fs::write(folder.path().join("action").join(path), path).expect("a file");
        }
        Self { folder }
    }

    fn at(&self, path: &str) -> std::path::PathBuf {
        self.folder.path().join(path)
    }

    fn ready(&self, words: &[&str], variables: &[(&str, &str)]) -> Output {
        let path = format!("{}:{}", self.at("bin").display(), std::env::var("PATH").expect("a path"));
        let mut bash = Command::new("bash");
        bash.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/ready")).args(words);
        bash.env("ACTION_PATH", self.at("action")).env("RUNNER_TEMP", self.at("temp")).env("PATH", path);
        bash.env("GITHUB_OUTPUT", self.at("output")).envs(variables.iter().copied());
        bash.output().expect("bash")
    }

    fn keys(&self) -> BTreeMap<String, String> {
        let _ = fs::remove_file(self.at("output"));
        let output = self.ready(&["keys"], &[]);
        assert!(output.status.success(), "{output:?}");
        let text = fs::read_to_string(self.at("output")).expect("keys");
        text.lines().filter_map(|line| line.split_once('=')).map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
    }
}

#[test]
fn a_changed_source_is_built_anew_on_the_same_dependencies() {
    let runner = Runner::new();
    let first = runner.keys();
    assert_eq!(first, runner.keys());
    fs::write(runner.at("action/src/a"), "other").expect("a file");
    let second = runner.keys();
    assert!(first["binary"] != second["binary"] && first["dependencies"] == second["dependencies"], "{first:?} {second:?}");
    fs::write(runner.at("action/Cargo.lock"), "other").expect("a file");
    let third = runner.keys();
    assert!(second["binary"] != third["binary"] && second["dependencies"] != third["dependencies"], "{second:?} {third:?}");
}

/// What bash gets of a step.
fn script(step: &str) -> String {
    let (_, run) = step.split_once("\n      run: ").expect("a script");
    let block = run.strip_prefix("|\n").unwrap_or(run);
    block.lines().map(|line| line.strip_prefix("        ").unwrap_or(line)).collect::<Vec<_>>().join("\n")
}

/// In the place of GitHub's client: it "downloads" what is beside it.
const CLIENT: &str = "#!/bin/sh\n[ \"$1 $2 $3\" = \"release download v0.1.0\" ] || exit 1\n\
    for word in \"$@\"; do case $last in --repo) [ $word = a/b ] || exit 1;; --pattern) name=$word;; --dir) folder=$word;; esac; last=$word; done\n\
    cp \"$(dirname \"$0\")/$name\" \"$folder/\"\n";

/// In the place of ocstopo: it says how it was called and ends as it is told.
const PROGRAM: &str = "#!/bin/sh\necho \"ocstopo $*\"\nexit ${CODE:-0}\n";

/// The action with a release that has the program above; gives the checksum of its archive.
fn released(runner: &Runner) -> String {
    let machine = Command::new("sh").args(["-c", "uname -m"]).output().expect("uname");
    let name = format!("ocstopo-0.1.0-{}-unknown-linux-musl", String::from_utf8_lossy(&machine.stdout).trim());
    fs::create_dir_all(runner.at("made").join(&name)).expect("a folder");
    fs::write(runner.at("made").join(&name).join("ocstopo"), PROGRAM).expect("a file");
    fs::write(runner.at("bin/gh"), CLIENT).expect("a file");
    let pack = "chmod +x bin/gh made/$0/ocstopo && tar -C made -czf bin/$0.tar.gz $0";
    let packed = Command::new("sh").args(["-c", pack, &name]).current_dir(runner.folder.path()).status();
    assert!(packed.expect("sh").success());
    sha256(&fs::read(runner.at("bin").join(name + ".tar.gz")).expect("an archive"))
}

#[test]
fn a_release_is_used_only_with_its_checksum() {
    let runner = Runner::new();
    let checksum = released(&runner);
    let take = |version: &str, checksum: &str| {
        let variables = [("VERSION", version), ("ACTION_REPOSITORY", ""), ("GITHUB_REPOSITORY", "a/b"), ("CHECKSUM", checksum)];
        let output = runner.ready(&["release"], &variables);
        (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let program = runner.at("temp/ocstopo/bin/ocstopo");
    for malformed in ["", "0000", &format!("{checksum}  ocstopo.tar.gz")] {
        let (taken, said) = take("v0.1.0", malformed);
        assert!(!taken && said.starts_with("::error::`version` needs `checksum`, 64 hexadecimal digits"), "{said}");
    }
    let (taken, said) = take("v0.1.0", &"0".repeat(64));
    assert!(!taken && said.contains(&format!("has the checksum {checksum}, and not 0000")) && !program.exists(), "{said}");
    let left = fs::read_dir(runner.at("temp")).expect("a folder").count();
    assert_eq!(left, 0, "an archive with another checksum stays behind");
    let (taken, said) = take("v0.9.0", &checksum);
    assert!(!taken && said.starts_with("::error::the release v0.9.0 of a/b gave no ocstopo-0.9.0-"), "{said}");
    let (taken, said) = take("v0.1.0", &checksum.to_uppercase());
    assert!(taken && fs::read_to_string(program).expect("the program") == PROGRAM, "{said}");
}

#[test]
fn the_steps_of_the_action_check_with_the_program_of_a_release() {
    let runner = Runner::new();
    let checksum = released(&runner);
    let action = text("action.yml");
    let step = |name: &str, variables: &[(&str, &str)]| {
        let steps = steps(&action);
        let step = steps.iter().find(|step| step.starts_with(&format!("name: {name}\n"))).expect(name);
        // Every variable of the step comes from an expression, and the test gives each a value.
        for (variable, _) in step.lines().filter_map(|line| line.trim().split_once(": ${{")) {
            assert!(variables.iter().any(|(own, _)| *own == variable), "{name}: {variable}");
        }
        let mut bash = Command::new("bash");
        bash.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &script(step)]).current_dir(runner.at("temp"));
        let path = format!("{}:{}", runner.at("bin").display(), std::env::var("PATH").expect("a path"));
        bash.env("PATH", path).env("RUNNER_TEMP", runner.at("temp")).envs(variables.iter().copied());
        let output = bash.output().expect("bash");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let taken = step(
        "Take the release",
        &[
            ("ACTION_PATH", env!("CARGO_MANIFEST_DIR")),
            ("ACTION_REPOSITORY", "a/b"),
            ("VERSION", "v0.1.0"),
            ("CHECKSUM", &checksum),
            ("GH_TOKEN", ""),
        ],
    );
    assert_eq!(taken, (Some(0), String::new()));
    let check = |deny, sarif, code| step("Check", &[("TOPOLOGY", "a folder"), ("DENY", deny), ("SARIF", sarif), ("CODE", code)]);
    let report = || fs::read_to_string(runner.at("temp/report.sarif")).unwrap_or_default();
    let (code, said) = check("", "", "0");
    assert!(code == Some(0) && said.starts_with("ocstopo check --format github --today 2"), "{said}");
    assert!(said.ends_with(" -- a folder\n") && said.lines().count() == 1, "{said}");
    let (code, said) = check("warnings", "report.sarif", "1");
    assert!(code == Some(1) && said.contains("--deny warnings") && report().contains("--format sarif"), "{said}");
    let (code, said) = check("", "report.sarif", "2");
    assert!(code == Some(2) || code == Some(1), "{code:?}");
    assert_eq!(said, "", "a topology that cannot be read has no report to upload");
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn the_image_holds_the_program_alone_and_runs_it_as_nobody() {
    let file = text("packaging/Dockerfile");
    let lines: Vec<&str> = file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    for from in lines.iter().filter_map(|line| line.strip_prefix("FROM ")) {
        let image = from.split(' ').next().expect("an image");
        assert!(image == "scratch" || image.split_once(':').is_some_and(|(_, tag)| tag.contains('.')), "no version: {from}");
    }
    let last = lines.iter().rposition(|line| line.starts_with("FROM ")).expect("an image");
    let shipped = &lines[last..];
    assert_eq!(shipped[0], "FROM scratch");
    let user = shipped.iter().find_map(|line| line.strip_prefix("USER ")).expect("a user");
    assert!(user.split(':').all(|id| id.parse::<u32>().is_ok_and(|id| id > 0)), "{user}");
    assert!(shipped.contains(&"ENTRYPOINT [\"/ocstopo\"]"), "{shipped:?}");
    assert!(lines.iter().all(|line| !line.starts_with("ADD ") && !line.contains("curl")), "{lines:?}");
    // What is copied in is what the list of the context lets in, and all that a build reads.
    let context = text("packaging/Dockerfile.dockerignore");
    let let_in: Vec<&str> = context.lines().filter_map(|line| line.strip_prefix('!')).collect();
    let copied: Vec<&str> =
        lines.iter().filter_map(|line| line.strip_prefix("COPY ")).filter(|line| !line.starts_with("--")).collect();
    let copied: Vec<&str> = copied.iter().flat_map(|line| line.rsplit_once(' ').expect("a place").0.split(' ')).collect();
    for path in &copied {
        assert!(let_in.iter().any(|one| one.trim_end_matches('*') == *path || path.starts_with("LICENSE")), "{path}");
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(path).exists(), "{path}");
    }
    for path in ["Cargo.toml", "Cargo.lock", "build.rs", "benches", "fuzz", "grammar", "src", "templates"] {
        assert!(copied.contains(&path), "{path}");
    }
}

#[test]
fn the_debian_package_has_files_that_are_there() {
    let manifest: toml::Table = text("Cargo.toml").parse().expect("a manifest");
    let deb = &manifest["package"]["metadata"]["deb"];
    let mut sources = Vec::new();
    for asset in deb["assets"].as_array().expect("assets") {
        let parts: Vec<&str> = asset.as_array().expect("an asset").iter().filter_map(toml::Value::as_str).collect();
        let [source, place, mode] = parts[..] else { panic!("{parts:?}") };
        assert!(place.starts_with("usr/") && mode == if place == "usr/bin/" { "755" } else { "644" }, "{parts:?}");
        sources.push(source.to_owned());
    }
    let made = |source: &String| source.starts_with("target/");
    let script = text("packaging/release");
    for source in sources.iter().filter(|source| !made(source)) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(source.split('*').next().unwrap_or_default());
        assert!(path.exists(), "{source}");
    }
    for source in sources.iter().filter(|source| made(source)) {
        let folder: Vec<&str> = source.split('/').take(2).collect();
        assert!(script.contains(&folder.join("/")), "packaging/release does not make {source}");
    }
}

#[test]
fn the_scripts_are_scripts() {
    for script in [".ci/ready", ".ci/comment", ".ci/run", "packaging/release"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(script);
        let output = Command::new("bash").arg("-n").arg(&path).output().expect("bash");
        assert!(output.status.success(), "{script}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(text(script).contains("set -euo pipefail"), "{script}");
    }
    let output = Command::new("bash").arg("packaging/release").arg("--what").current_dir(env!("CARGO_MANIFEST_DIR")).output();
    assert_eq!(output.expect("bash").status.code(), Some(2));
}

/// In the place of cargo: it "builds" a program that writes pages and completions, and makes the other files of a release.
const CARGO: &str = r#"#!/bin/sh
case "$1" in
  build)
    folder=target/release
    for word in "$@"; do [ "$last" = --target ] && folder=target/$word/release; last=$word; done
    mkdir -p $folder
    cat > $folder/ocstopo <<'PROGRAM'
#!/bin/sh
if [ "$1" = man ]; then echo page > "$3/ocstopo.1"; else echo "completions of $2"; fi
PROGRAM
    chmod 755 $folder/ocstopo ;;
  tree) echo "ocstopo v0.1.0" ;;
  metadata) echo '{}' ;;
  deb) [ "$2" = --version ] || echo package > "${6}ocstopo_0.1.0-1_amd64.deb" ;;
  cyclonedx) [ "$2" = --version ] || for folder in . fuzz; do echo '{}' > "$folder/${10}.json"; done ;;
esac
"#;

#[test]
fn a_release_has_every_file_with_its_checksum_and_the_same_bytes_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |path: &str| folder.path().join(path);
    for path in ["packaging", "bin", "docs", "examples", "fuzz"] {
        fs::create_dir(at(path)).expect("a folder");
    }
    for path in [
        "packaging/release",
        "Cargo.toml",
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "LICENSE-APACHE",
        "LICENSE-MIT",
    ] {
        fs::write(at(path), text(path)).expect("a file");
    }
    fs::write(at("bin/cargo"), CARGO).expect("a file");
    // What its scripts write is a test of the consumers.
    fs::write(at("bin/python3"), "#!/bin/sh\ncat > /dev/null\necho \"what $1 writes\"\n").expect("a file");
    let executable = Command::new("sh").args(["-c", "chmod +x bin/cargo bin/python3"]).current_dir(folder.path()).status();
    assert!(executable.expect("sh").success());
    let version = Command::new("sh").args(["-c", "rustc -vV"]).output().expect("rustc");
    let version = String::from_utf8_lossy(&version.stdout).into_owned();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host");
    let release = |out: &str| {
        let mut bash = Command::new("bash");
        let path = format!("{}:{}", at("bin").display(), std::env::var("PATH").expect("a path"));
        bash.arg(at("packaging/release")).args(["-o", out, host, "toy-target"]).env("PATH", path).env("SOURCE_DATE_EPOCH", "0");
        let output = bash.output().expect("bash");
        assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
        fs::read_to_string(at(out).join("SHA256SUMS")).expect("checksums")
    };
    let sums = release("first");
    let names: Vec<&str> = sums.lines().filter_map(|line| line.split_once("  ")).map(|(_, name)| name).collect();
    let archives = [host, "toy-target"].map(|target| format!("ocstopo-0.1.0-{target}.tar.gz"));
    let sboms = [host, "toy-target"].map(|target| format!("ocstopo-0.1.0-{target}.cdx.json"));
    let mut expected = vec!["ocstopo_0.1.0-1_amd64.deb", &archives[0], &archives[1], &sboms[0], &sboms[1]];
    expected.sort_unstable();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, expected);
    for (sum, name) in sums.lines().filter_map(|line| line.split_once("  ")) {
        assert_eq!(sum, sha256(&fs::read(at("first").join(name)).expect("a file")), "{name}");
    }
    assert_eq!(sums, release("second"));
    assert!(!at("sbom-of-release.json").exists() && !at("fuzz/sbom-of-release.json").exists(), "files stay in the repository");
    let changelog = fs::read_to_string(at("target/packaging/changelog")).expect("a changelog");
    assert!(changelog.contains("  Thu, 01 Jan 1970 00:00:00 +0000\n"), "{changelog}");
    let listed = Command::new("sh").args(["-c", "tar -tzf \"$0\""]).arg(at("first").join(&archives[0])).output().expect("tar");
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    for path in [
        "ocstopo",
        "man/ocstopo.1",
        "completions/_ocstopo",
        "completions/ocstopo.bash",
        "LICENSE-MIT",
        "THIRD-PARTY-LICENSES",
        "docs/",
        "examples/",
    ] {
        assert!(listed.contains(&format!("ocstopo-0.1.0-{host}/{path}\n")), "{listed}");
    }
}

/// The compiler counts the characters of all sources: a folder with a longer name would give other bytes.
#[test]
fn sources_that_the_build_writes_name_no_folder() {
    let out = Path::new(env!("OUT_DIR"));
    for list in ["assets.rs", "catalogue.rs", "templates.rs"] {
        let written = fs::read_to_string(out.join(list)).expect("a list");
        for folder in [env!("CARGO_MANIFEST_DIR"), env!("OUT_DIR")] {
            assert!(written.contains("include_") && !written.contains(folder), "{list} names {folder}");
        }
    }
}

#[test]
fn the_lowest_compiler_is_the_same_everywhere() {
    let manifest: toml::Table = text("Cargo.toml").parse().expect("a manifest");
    let lowest = manifest["package"]["rust-version"].as_str().expect("a version");
    for (path, said) in [
        ("fuzz/Cargo.toml", format!("rust-version = \"{lowest}\"\n")),
        ("README.md", format!("Rust ({lowest} or later)")),
        ("docs/install.md", format!("Rust {lowest} or later")),
        ("packaging/Dockerfile", format!("FROM rust:{lowest}-")),
    ] {
        assert!(text(path).contains(&said), "{path}: {said}");
    }
}
