//! Repositories as git makes them, in every form that it keeps them in: each revision means the commit that git says, and is read
//! with the files that git shows.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use ocstopo::io::{Side, SideFiles, read_side};
use tempfile::TempDir;

/// A folder in which git works, away from the settings of the machine.
struct Folder {
    _parent: Option<TempDir>,
    path: PathBuf,
}

impl Folder {
    fn new() -> Self {
        let parent = tempfile::tempdir().unwrap();
        let path = parent.path().canonicalize().unwrap();
        Self { _parent: Some(parent), path }
    }

    fn at(path: PathBuf) -> Self {
        Self { _parent: None, path }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut git = Command::new("git");
        git.args(["-c", "protocol.file.allow=always", "-c", "advice.detachedHead=false", "-c", "gc.auto=0"]).args(arguments);
        git.current_dir(&self.path).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        for who in ["AUTHOR", "COMMITTER"] {
            git.env(format!("GIT_{who}_NAME"), "A").env(format!("GIT_{who}_EMAIL"), "a@b");
        }
        git
    }

    fn try_git(&self, arguments: &[&str]) -> Option<String> {
        let said = self.command(arguments).output().unwrap();
        said.status.success().then(|| String::from_utf8(said.stdout).unwrap().trim_end().to_owned())
    }

    fn git(&self, arguments: &[&str]) -> String {
        let said = self.command(arguments).output().unwrap();
        assert!(said.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&said.stderr));
        String::from_utf8(said.stdout).unwrap().trim_end().to_owned()
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// A commit of everything, at a time of its own.
    fn commit(&self, number: u32) {
        self.git(&["add", "--all"]);
        let time = format!("{} +0000", 1_000_000_000 + number * 60);
        let mut git = self.command(&["commit", "--quiet", "--allow-empty", "--message", &format!("number {number}")]);
        let status = git.env("GIT_AUTHOR_DATE", &time).env("GIT_COMMITTER_DATE", &time).status().unwrap();
        assert!(status.success());
    }

    fn side(&self, argument: &str) -> Result<Side, String> {
        Side::parse(argument, &self.path).map_err(|error| error.to_string())
    }

    fn read(&self, argument: &str) -> Result<SideFiles, String> {
        read_side(&self.side(argument)?, "stdin", "ocstopo.toml")
            .map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    }

    fn problem(&self, argument: &str) -> String {
        self.read(argument)
            .err()
            .unwrap_or_else(|| panic!("`{argument}` can be read"))
            .replace(&self.path.display().to_string(), "[here]")
    }
}

/// A history with branches, merges, both kinds of tags, a topology below the root and one that was removed.
fn history(init: &[&str]) -> Folder {
    let folder = Folder::new();
    folder.git(&[&["init", "--quiet", "--initial-branch=main"], init].concat());
    folder.write("topology/a.ocstopo", "one\n");
    folder.write("topology/old/b.ocstopo", "old\n");
    folder.write("ocstopo.toml", "# settings\n");
    folder.commit(1);
    folder.git(&["tag", "v1"]);
    folder.write("topology/a.ocstopo", "two\n");
    folder.commit(2);
    folder.git(&["tag", "--annotate", "--message", "second", "v2"]);
    folder.git(&["tag", "--annotate", "--message", "tag of a tag", "v2-final", "v2"]);
    folder.git(&["checkout", "--quiet", "-b", "feature/édge", "v1"]);
    folder.write("topology/c.ocstopo", "feature\n");
    folder.commit(3);
    folder.git(&["checkout", "--quiet", "main"]);
    let mut merge = folder.command(&["merge", "--quiet", "--no-edit", "feature/édge"]);
    let time = "1000000300 +0000";
    assert!(merge.env("GIT_AUTHOR_DATE", time).env("GIT_COMMITTER_DATE", time).status().unwrap().success());
    folder.git(&["tag", "merged"]);
    fs::remove_dir_all(folder.path.join("topology/old")).unwrap();
    folder.commit(6);
    // A text that grows, so that packs hold differences.
    for number in 7..12 {
        folder.write("topology/a.ocstopo", &(0..number * 40).map(|line| format!("line {line}\n")).collect::<String>());
        folder.commit(number);
    }
    folder.git(&["branch", "--quiet", "topic", "HEAD~3"]);
    folder.git(&["config", "branch.topic.remote", "."]);
    folder.git(&["config", "branch.topic.merge", "refs/heads/main"]);
    folder
}

const REVISIONS: &[&str] = &[
    "HEAD",
    "@",
    "main",
    "heads/main",
    "refs/heads/main",
    "main~1",
    "main~3^0",
    "main^",
    "HEAD~5",
    "merged^2",
    "merged^2~1",
    "v1",
    "v2",
    "tags/v2",
    "v2-final",
    "v2-final^{}",
    "v2^{commit}",
    "v2~1",
    "feature/édge",
    "topic",
    "topic@{u}",
    "topic@{upstream}~2",
];

/// Every revision means what git says, and its files are those that git shows.
fn agrees_with_git(folder: &Folder, revisions: &[&str]) {
    let head = folder.git(&["rev-parse", "HEAD"]);
    let more =
        [head.clone(), head[..7].to_owned(), head[..12].to_uppercase(), folder.git(&["describe", "--long", "--always", "HEAD"])];
    let all = revisions.iter().map(|text| (*text).to_owned()).chain(more);
    for revision in all {
        let side = folder.side(&revision).unwrap_or_else(|problem| panic!("{problem}"));
        assert_eq!(side.hash(), Some(folder.git(&["rev-parse", "--verify", &revision])), "{revision}");
        let read = folder.read(&revision).unwrap_or_else(|problem| panic!("{problem}"));
        let listed = folder.git(&["-c", "core.quotePath=false", "ls-tree", "-r", "--name-only", &format!("{revision}^{{tree}}")]);
        let expected: Vec<_> = listed.lines().filter(|name| name.ends_with(".ocstopo")).collect();
        let found: Vec<_> = read.files.files().map(|(_, file)| file).collect();
        assert_eq!(found.len(), expected.len(), "{revision}");
        for (file, name) in found.iter().zip(expected) {
            assert_eq!(Path::new(file.name()), folder.path.join(name), "{revision}");
            assert_eq!(file.text().trim_end(), folder.git(&["show", &format!("{revision}:{name}")]), "{revision}: {name}");
        }
        let config = read.config.expect("every commit has settings");
        assert_eq!(config.files().next().unwrap().1.text(), "# settings\n");
    }
}

#[test]
fn loose_objects_packs_and_what_speeds_git_up() {
    let folder = history(&[]);
    agrees_with_git(&folder, REVISIONS);
    folder.git(&["repack", "-d", "--quiet"]);
    folder.write("topology/d.ocstopo", "beside the pack\n");
    folder.commit(20);
    agrees_with_git(&folder, REVISIONS);
    folder.git(&["repack", "-d", "--quiet"]);
    folder.git(&["multi-pack-index", "write"]);
    folder.git(&["commit-graph", "write", "--reachable"]);
    agrees_with_git(&folder, REVISIONS);
    folder.git(&["gc", "--quiet", "--aggressive"]);
    assert!(folder.path.join(".git/packed-refs").is_file() && !folder.path.join(".git/refs/heads/main").exists());
    agrees_with_git(&folder, REVISIONS);
}

#[test]
fn objects_named_by_sha_256() {
    let folder = history(&["--object-format=sha256"]);
    agrees_with_git(&folder, REVISIONS);
    folder.git(&["gc", "--quiet"]);
    agrees_with_git(&folder, REVISIONS);
}

#[test]
fn linked_worktrees_clones_that_share_objects_and_bare_repositories() {
    let folder = history(&[]);
    let beside = Folder::new();
    let linked = beside.path.join("linked");
    folder.git(&["worktree", "add", "--quiet", linked.to_str().unwrap(), "topic"]);
    let linked = Folder::at(linked);
    agrees_with_git(&linked, REVISIONS);
    assert_ne!(linked.side("HEAD").unwrap().hash(), folder.side("HEAD").unwrap().hash());

    let origin = folder.path.to_str().unwrap();
    beside.git(&["clone", "--quiet", "--shared", origin, "shared"]);
    let shared = Folder::at(beside.path.join("shared"));
    agrees_with_git(&shared, &["HEAD", "main@{u}", "@{u}", "origin/topic", "origin", "v2~1"]);
    assert!(shared.problem("topic").contains("did you mean `origin/topic`?"), "{}", shared.problem("topic"));

    beside.git(&["clone", "--quiet", "--bare", origin, "bare.git"]);
    let bare = Folder::at(beside.path.join("bare.git"));
    let read = bare.read("main:topology").unwrap();
    let names: Vec<_> = read.files.files().map(|(_, file)| file.name()).collect();
    assert_eq!(names, ["topology/a.ocstopo", "topology/c.ocstopo"]);
    assert_eq!(read.config.unwrap().files().next().unwrap().1.name(), "ocstopo.toml");
    assert_eq!(bare.read("main").unwrap().files.files().count(), 2);

    // A repository of another person is read too: nothing of it is started.
    for path in [&bare.path, &bare.path.join("config")] {
        std::os::unix::fs::chown(path, Some(12_345), Some(12_345)).unwrap();
    }
    assert!(bare.read("main").is_ok());
}

#[test]
fn a_clone_without_the_whole_history_says_so() {
    let folder = history(&[]);
    let origin = format!("file://{}", folder.path.display());
    let beside = Folder::new();
    beside.git(&["clone", "--quiet", "--depth=2", "--no-single-branch", &origin, "shallow"]);
    let shallow = Folder::at(beside.path.join("shallow"));
    agrees_with_git(&shallow, &["HEAD~1", "origin/topic"]);
    let pair = |old: &str| Side::pair(old, None, &shallow.path).err().map(|errors| errors[0].to_string());
    assert_eq!(pair("HEAD~1...main"), None);
    for problem in [shallow.problem("HEAD~2"), shallow.problem("v9"), pair("origin/topic...main").unwrap()] {
        assert!(
            problem
                .contains("shallow clone; fetch the whole history (`git fetch --unshallow`, on a build server `fetch-depth: 0`)"),
            "{problem}"
        );
    }
    assert!(shallow.problem("HEAD^2").ends_with("of `HEAD^2` has no parent 2"));

    folder.git(&["config", "uploadpack.allowFilter", "true"]);
    beside.git(&["clone", "--quiet", "--no-checkout", "--filter=blob:none", &origin, "partial"]);
    let partial = Folder::at(beside.path.join("partial"));
    assert_eq!(partial.side("main~3").unwrap().hash(), Some(folder.git(&["rev-parse", "main~3"])));
    let blob = folder.git(&["rev-parse", "main:topology/c.ocstopo"]);
    let problem = partial.problem("main:topology/c.ocstopo");
    assert!(
        problem.contains(&blob) && problem.contains("partial clone; let git fetch it (`git fetch --refetch --no-filter`)"),
        "{problem}"
    );
    partial.git(&["fetch", "--quiet", "--refetch", "--no-filter"]);
    agrees_with_git(&partial, &["HEAD", "HEAD~1"]);
}

#[test]
fn a_topology_below_the_root_and_one_that_was_removed() {
    let folder = history(&[]);
    let below = folder.path.join("topology");
    let read = |argument: &str, beside: &Path| {
        let side = Side::parse(argument, beside).map_err(|error| error.to_string())?;
        read_side(&side, "stdin", "ocstopo.toml").map_err(|errors| errors[0].to_string())
    };
    let names = |files: &SideFiles| {
        let name = |name: &str| Path::new(name).strip_prefix(&folder.path).unwrap().display().to_string();
        files.files.files().map(|(_, file)| name(file.name())).collect::<Vec<_>>()
    };
    assert_eq!(names(&read("v1", &below).unwrap()), ["topology/a.ocstopo", "topology/old/b.ocstopo"]);
    assert_eq!(names(&read("v1", &below.join("old")).unwrap()), ["topology/old/b.ocstopo"]);
    assert_eq!(names(&read("v1", &below.join("a.ocstopo")).unwrap()), ["topology/a.ocstopo"]);
    assert_eq!(names(&read("v1", &below.join("../topology/./old")).unwrap()).len(), 1);
    let on_disk = read(below.to_str().unwrap(), &folder.path).unwrap();
    assert_eq!(format!("{on_disk:?}"), format!("{:?}", read("main", &below).unwrap()), "a clean working folder is its commit");
    insta::assert_snapshot!(read("main", &below.join("old")).unwrap_err(), @"main:topology/old: this revision has no such file or folder; where it has another name there, write `main:path/from/the/root`");
    insta::assert_snapshot!(read("main:topolgy", &below).unwrap_err(), @"main:topolgy: this revision has no such file or folder; did you mean `topology`?");

    // A folder that has the name of a branch is the folder.
    folder.write("topic/x.ocstopo", "on disk");
    let argument = folder.path.join("topic");
    assert!(Side::parse(argument.to_str().unwrap(), &folder.path).unwrap().path().is_some());
    assert!(folder.side("heads/topic").unwrap().path().is_none());
}

#[test]
fn submodules_are_repositories_of_their_own() {
    let part = history(&[]);
    let folder = history(&[]);
    folder.git(&["submodule", "--quiet", "add", part.path.to_str().unwrap(), "part"]);
    folder.commit(30);
    let inside = Folder::at(folder.path.join("part"));
    agrees_with_git(&inside, &["HEAD", "HEAD~2", "v2"]);
    insta::assert_snapshot!(folder.problem("main"), @"main:part: is a submodule with `.ocstopo` files, which are in another repository; compare two folders instead");
    assert!(folder.read("main:topology").is_ok());
    assert!(folder.read("main~1").is_ok());
}

#[test]
fn names_in_a_reftable_are_refused() {
    let folder = history(&["--ref-format=reftable"]);
    insta::assert_snapshot!(folder.problem("main"), @"main: no such file or folder, and no revision: the git repository `[here]/.git` cannot be read: its names are stored as `reftable`, and only `files` is read; run `git refs migrate --ref-format=files`");
}

/// Random histories in one repository: of every pair of commits the merge base is one that git finds, of as many as git finds.
#[test]
fn merge_bases_are_those_of_git() {
    let folder = Folder::new();
    folder.git(&["init", "--quiet", "--initial-branch=main"]);
    let mut seed = 7_u32;
    let mut random = |below: u32| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) % below
    };
    let count = 40;
    let mut stream = String::from("blob\nmark :1000\ndata 5\ntext\n\n");
    for number in 0..count {
        // Times repeat and run backward, as clocks do.
        let time = 1_000_000_000 + number / 3 * 100 + random(500);
        stream += &format!("commit refs/heads/c{number}\nmark :{}\ncommitter A <a@b> {time} +0000\ndata 1\nx\n", number + 1);
        let parents: Vec<u32> =
            if number % 13 == 0 { vec![] } else { (0..=random(3)).map(|_| number.saturating_sub(1 + random(6)) + 1).collect() };
        let mut parents_once = parents.clone();
        parents_once.sort_unstable();
        parents_once.dedup();
        for (at, parent) in parents_once.iter().enumerate() {
            stream += &format!("{} :{parent}\n", if at == 0 { "from" } else { "merge" });
        }
        stream += "M 100644 :1000 a.ocstopo\n\n";
    }
    folder.write("stream", &stream);
    let input = fs::File::open(folder.path.join("stream")).unwrap();
    assert!(folder.command(&["fast-import", "--quiet"]).stdin(input).status().unwrap().success());
    let mut several = 0;
    for (old, new) in (0..count).flat_map(|old| (0..count).step_by(3).map(move |new| (old, new))) {
        let git = folder.try_git(&["merge-base", "--all", &format!("c{old}"), &format!("c{new}")]).unwrap_or_default();
        let git: Vec<&str> = git.lines().collect();
        match Side::pair(&format!("c{old}...c{new}"), None, &folder.path) {
            Ok((side, _)) => {
                assert!(git.contains(&side.hash().unwrap().as_str()), "{old} {new}: {git:?}");
                several += usize::from(git.len() > 1);
                let says = format!("one of {} merge bases of", git.len());
                assert_eq!(side.title().starts_with(&says), git.len() > 1, "{}: {git:?}", side.title());
            }
            Err(_) => assert!(git.is_empty(), "{old} {new}: {git:?}"),
        }
    }
    assert!(several > 5, "{several} pairs have more than one merge base");
}

/// A byte that flips in a pack, in its index or in what speeds git up is an error or does no harm; it is never read as other text.
#[test]
fn damage_is_found() {
    let folder = history(&[]);
    folder.git(&["gc", "--quiet"]);
    folder.git(&["multi-pack-index", "write"]);
    let whole = format!("{:?}", folder.read("main~4").unwrap());
    let mut files: Vec<_> =
        fs::read_dir(folder.path.join(".git/objects/pack")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension != "rev"));
    files.push(folder.path.join(".git/packed-refs"));
    let (mut harmless, mut found) = (0, 0);
    for file in files {
        let bytes = fs::read(&file).unwrap();
        fs::remove_file(&file).unwrap();
        for at in (0..bytes.len()).step_by((bytes.len() / 150).max(1)) {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1 << (at % 8);
            fs::write(&file, &damaged).unwrap();
            match folder.read("main~4") {
                Ok(read) => {
                    assert_eq!(format!("{read:?}"), whole, "{} at {at}", file.display());
                    harmless += 1;
                }
                Err(problem) => {
                    assert!(!problem.is_empty());
                    found += 1;
                }
            }
            fs::remove_file(&file).unwrap();
        }
        fs::write(&file, &bytes[..bytes.len() / 2]).unwrap();
        let _ = folder.read("main~4");
        fs::write(&file, &bytes).unwrap();
    }
    assert!(found > 50 && harmless > 50, "{found} found, {harmless} without harm");
}

/// A repository with fabrikam in `topology/` on `main`, and on `change` a commit that moves an address and one that adds a comment.
fn changed_fabrikam() -> Folder {
    let folder = Folder::new();
    folder.git(&["init", "--quiet", "--initial-branch", "main"]);
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/fabrikam/fabrikam.ocstopo");
    let text = fs::read_to_string(example).unwrap();
    folder.write("topology/fabrikam.ocstopo", &text);
    folder.commit(1);
    folder.git(&["checkout", "--quiet", "-b", "change"]);
    let moved = text.replace("198.18.7.5", "198.18.7.9");
    assert_ne!(moved, text);
    folder.write("topology/fabrikam.ocstopo", &moved);
    folder.commit(2);
    folder.write("topology/fabrikam.ocstopo", &format!("# a comment\n{moved}"));
    folder.commit(3);
    folder
}

fn diff(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = crate::support::ocstopo(folder, &[&["diff"], arguments].concat());
    (output.status.code(), crate::support::both(&output))
}

#[test]
fn the_program_compares_revisions_from_any_folder() {
    let folder = changed_fabrikam();
    let below = folder.path.join("topology");
    let (code, shown) = diff(&folder.path, &["main...HEAD"]);
    assert_eq!(code, Some(1), "{shown}");
    assert!(shown.contains("198.18.7.9") && shown.contains("fabrikam.ocstopo:"), "{shown}");
    for (folder, arguments) in [
        (&below, &["main...HEAD"][..]),
        (&folder.path, &["main...HEAD:topology"]),
        (&folder.path, &["main:topology", "topology"]),
        (&folder.path, &["HEAD~2", "HEAD"]),
        (&below, &["main"]),
    ] {
        let (again, text) = diff(folder, arguments);
        // A place is named from the folder that both sides have in common.
        let short = |text: &str| text.replace("topology/fabrikam", "fabrikam");
        assert_eq!((again, short(&text)), (code, short(&shown)), "{arguments:?}");
    }
    assert_eq!(diff(&folder.path, &["HEAD~1", "HEAD"]), (Some(0), "no differences\n".to_owned()));
    let (code, shown) = diff(&folder.path, &["mian...HEAD"]);
    assert_eq!(code, Some(2), "{shown}");
    assert!(shown.contains("main"), "{shown}");
}

/// The script that the action runs, with a `gh` that writes down how it is called and knows the comments of a file.
#[test]
fn a_pull_request_has_one_comment() {
    let folder = changed_fabrikam();
    folder.write(
        "bin/gh",
        "#!/bin/sh\ncase \"$*\" in *--paginate*) cat \"$RUNNER_TEMP/comments\";; *) echo \"$*\" >> \"$RUNNER_TEMP/calls\";; esac\n",
    );
    let gh = folder.path.join("bin/gh");
    fs::set_permissions(&gh, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    folder.write("comments", "");
    let posted = |base: &str| {
        let mut bash = Command::new("bash");
        bash.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/comment")).current_dir(&folder.path);
        bash.env("PATH", format!("{}:{}", folder.path.join("bin").display(), std::env::var("PATH").unwrap()));
        bash.env("OCSTOPO", env!("CARGO_BIN_EXE_ocstopo")).env("RUNNER_TEMP", &folder.path);
        bash.env("GITHUB_OUTPUT", folder.path.join("output")).env("GITHUB_STEP_SUMMARY", folder.path.join("summary"));
        bash.env("TOPOLOGY", "topology").env("BASE", base).env("GH_TOKEN", "secret").env("PULL", "7");
        let output = bash.env("GITHUB_REPOSITORY", "a/b").output().unwrap();
        let calls = fs::read_to_string(folder.path.join("calls")).unwrap_or_default();
        let _ = fs::remove_file(folder.path.join("calls"));
        assert!(!String::from_utf8_lossy(&output.stdout).contains("secret"));
        (output.status.success(), calls)
    };
    let body = format!("-F body=@{}", folder.path.join("ocstopo-diff.md").display());
    assert_eq!(posted("main"), (true, format!("api --silent --method POST repos/a/b/issues/7/comments {body}\n")));
    let text = fs::read_to_string(folder.path.join("ocstopo-diff.md")).unwrap();
    assert!(text.starts_with("<!-- ocstopo diff -->\n**") && text.contains("198.18.7.9"), "{text}");
    assert!(fs::read_to_string(folder.path.join("ocstopo-diff.html")).unwrap().contains("198.18.7.9"));
    assert!(fs::read_to_string(folder.path.join("summary")).unwrap().contains("<details>"));
    folder.write("comments", "12\n34\n");
    assert_eq!(posted("main"), (true, format!("api --silent --method PATCH repos/a/b/issues/comments/12 {body}\n")));
    assert_eq!(posted("no-such-branch"), (false, String::new()), "nothing is posted, and the job fails");
}
