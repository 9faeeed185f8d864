//! Repositories written object by object: what git would not make, and what needs no program.

use std::fs;
use std::path::Path;

use gix_hash::ObjectId;
use gix_object::{Kind, Write};

use super::place::{Place, written_way};
use super::repository::Repository;
use super::{Side, SideFiles, read_side};

const CONFIG: &str = "ocstopo.toml";

/// A repository with a working folder that holds nothing.
struct Made {
    folder: tempfile::TempDir,
    store: gix_odb::loose::Store,
    hash: gix_hash::Kind,
}

impl Made {
    fn new() -> Self {
        Self::with(gix_hash::Kind::Sha1, "[core]\n\trepositoryformatversion = 0\n")
    }

    fn with(hash: gix_hash::Kind, config: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let git = folder.path().join(".git");
        fs::create_dir_all(git.join("objects")).unwrap();
        fs::create_dir_all(git.join("refs/heads")).unwrap();
        fs::create_dir_all(git.join("refs/tags")).unwrap();
        fs::write(git.join("HEAD"), "ref: refs/heads/main\n").unwrap();
        fs::write(git.join("config"), config).unwrap();
        let store = gix_odb::loose::Store::at(git.join("objects"), hash);
        Self { folder, store, hash }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn object(&self, kind: Kind, bytes: &[u8]) -> ObjectId {
        self.store.write_buf(kind, bytes).unwrap()
    }

    fn blob(&self, text: &[u8]) -> ObjectId {
        self.object(Kind::Blob, text)
    }

    fn tree(&self, entries: &[(&str, &[u8], ObjectId)]) -> ObjectId {
        let mut bytes = Vec::new();
        for (mode, name, id) in entries {
            bytes.extend_from_slice(mode.as_bytes());
            bytes.push(b' ');
            bytes.extend_from_slice(name);
            bytes.push(0);
            bytes.extend_from_slice(id.as_slice());
        }
        self.object(Kind::Tree, &bytes)
    }

    fn commit(&self, tree: ObjectId, parents: &[ObjectId], time: u32) -> ObjectId {
        let parents: String = parents.iter().map(|parent| format!("parent {parent}\n")).collect();
        let by = format!("A <a@b> {time} +0000");
        self.object(Kind::Commit, format!("tree {tree}\n{parents}author {by}\ncommitter {by}\n\nmessage\n").as_bytes())
    }

    fn name(&self, name: &str, id: ObjectId) {
        let path = self.path().join(".git").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, format!("{id}\n")).unwrap();
    }

    /// A branch `main` with one commit of `entries`.
    fn main(&self, entries: &[(&str, &[u8], ObjectId)]) -> ObjectId {
        let commit = self.commit(self.tree(entries), &[], 1);
        self.name("refs/heads/main", commit);
        commit
    }

    fn side(&self, argument: &str) -> Result<Side, String> {
        Side::parse(argument, self.path()).map_err(|error| self.without_folder(&error.to_string()))
    }

    fn read(&self, argument: &str) -> Result<SideFiles, String> {
        let side = self.side(argument)?;
        read_side(&side, "stdin", CONFIG)
            .map_err(|errors| self.without_folder(&errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")))
    }

    /// Names and texts, one file a line.
    fn shown(&self, argument: &str) -> String {
        match self.read(argument) {
            Ok(SideFiles { files, config }) => {
                let all = files.files().chain(config.iter().flat_map(|config| config.files()));
                let lines = all.map(|(_, file)| format!("{}: {:?}", self.without_folder(file.name()), file.text()));
                lines.collect::<Vec<_>>().join("\n")
            }
            Err(problem) => problem,
        }
    }

    fn without_folder(&self, text: &str) -> String {
        text.replace(&self.path().display().to_string(), "[repository]")
    }
}

const FILE: &str = "100644";
const LINK: &str = "120000";
const FOLDER: &str = "40000";
const SUBMODULE: &str = "160000";

#[test]
fn a_revision_is_read_as_the_folder_on_disk() {
    let made = Made::new();
    let (a, b, toml) = (made.blob(b"a\r\n"), made.blob(b"b"), made.blob(b"settings = 1"));
    let site = made.tree(&[(FILE, b"b.ocstopo", b), (FILE, b"notes.md", b)]);
    let topology = made.tree(&[("100755", b"a.ocstopo", a), (FOLDER, b"site.d", site)]);
    made.main(&[(FILE, b"ocstopo.toml", toml), (FOLDER, b"topology", topology), (FILE, b"z.ocstopo", b)]);
    insta::allow_duplicates! {
        for argument in ["main", "HEAD", "@", "heads/main", "refs/heads/main", "main^0", "main^{commit}", "main^{tree}", "main:"] {
            insta::assert_snapshot!(made.shown(argument), @r#"
            [repository]/topology/a.ocstopo: "a\r\n"
            [repository]/topology/site.d/b.ocstopo: "b"
            [repository]/z.ocstopo: "b"
            [repository]/ocstopo.toml: "settings = 1"
            "#);
        }
    }
    insta::assert_snapshot!(made.shown("main:topology/site.d/"), @r#"
    [repository]/topology/site.d/b.ocstopo: "b"
    [repository]/ocstopo.toml: "settings = 1"
    "#);
    insta::assert_snapshot!(made.shown("main:topology/notes/../a.ocstopo"), @r#"
    [repository]/topology/a.ocstopo: "a\r\n"
    [repository]/ocstopo.toml: "settings = 1"
    "#);

    let title = made.side("main").unwrap().title();
    assert!(title.starts_with("main (") && title.len() == "main ()".len() + 10, "{title}");
    let folder = made.path().join("topology");
    let below = Side::parse("main", &folder).unwrap();
    fs::create_dir_all(folder.join("site.d")).unwrap();
    fs::write(folder.join("a.ocstopo"), "a\r\n").unwrap();
    fs::write(folder.join("site.d/b.ocstopo"), "b").unwrap();
    fs::write(made.path().join("ocstopo.toml"), "settings = 1").unwrap();
    let on_disk = Side::parse(folder.to_str().unwrap(), Path::new(".")).unwrap();
    assert_eq!(on_disk.path(), Some(folder.as_path()));
    let (revision, disk) = (read_side(&below, "stdin", CONFIG).unwrap(), read_side(&on_disk, "stdin", CONFIG).unwrap());
    assert_eq!(format!("{revision:?}"), format!("{disk:?}"));
}

#[test]
fn what_is_neither_says_what_was_looked_for() {
    let made = Made::new();
    let commit = made.main(&[(FILE, b"a.ocstopo", made.blob(b""))]);
    made.name("refs/tags/v1.2", commit);
    made.name("refs/remotes/origin/release", commit);
    let problems = [
        "mian",
        "v1.3",
        "release",
        "nothing-alike",
        "HEAD~1",
        "main^2",
        "main^{tag}",
        "main:b",
        "main:A.ocstop",
        "main:/a.ocstopo",
        "main:../x",
        "main:a.ocstopo/x",
        "main:./a.ocstopo",
        "HEAD..main",
        "../main",
        "main:",
        "a b",
        "main@{u}",
        "v1.2@{u}",
        "-x",
        "ffffffffffffffffffffffffffffffffffffffff",
    ]
    .map(|argument| made.shown(argument));
    insta::assert_snapshot!(problems.join("\n"), @r#"
    mian: no such file or folder, and no revision: no branch, tag or commit of the repository `[repository]` is called `mian`; did you mean `main`?
    v1.3: no such file or folder, and no revision: no branch, tag or commit of the repository `[repository]` is called `v1.3`; did you mean `v1.2`?
    release: no such file or folder, and no revision: no branch, tag or commit of the repository `[repository]` is called `release`; did you mean `origin/release`?
    nothing-alike: no such file or folder, and no revision: no branch, tag or commit of the repository `[repository]` is called `nothing-alike`
    HEAD~1: no such file or folder, and no revision: the history of `HEAD~1` ends before: 14bae43c48 is the first commit
    main^2: no such file or folder, and no revision: the commit 14bae43c48 of `main^2` has no parent 2
    main^{tag}: no such file or folder, and no revision: the object 67494242e7d8b3947f4cf8dc597022e5f261843c is a tree, and no commit with files
    main:b: this revision has no such file or folder
    main:A.ocstop: this revision has no such file or folder; did you mean `a.ocstopo`?
    main:/a.ocstopo: no such file or folder, and no revision: a path in a revision begins at the root of the repository; write `a.ocstopo`
    main:../x: no such file or folder, and no revision: `./` and `../` need a working folder in the repository
    main:a.ocstopo/x: this revision has no such file or folder; did you mean `a.ocstopo`?
    main:./a.ocstopo: no such file or folder, and no revision: `./` and `../` need a working folder in the repository
    HEAD..main: no such file or folder, and no revision: it means two revisions where one is needed
    ../main: no such file or folder, and no revision: it is written as a path
    [repository]/a.ocstopo: ""
    a b: no such file or folder, and no revision: no branch, tag or commit of the repository `[repository]` is called `a b`
    main@{u}: no such file or folder, and no revision: the branch `main` has no upstream in this repository's configuration
    v1.2@{u}: no such file or folder, and no revision: the branch `v1.2` has no upstream in this repository's configuration
    -x: no such file or folder, and no revision: no branch, tag or commit of the repository `[repository]` is called `-x`
    ffffffffffffffffffffffffffffffffffffffff: no such file or folder, and no revision: the repository does not hold the object ffffffffffffffffffffffffffffffffffffffff; run `git fetch`, or `git fsck` if it should be there
    "#);
    let empty = Made::new();
    insta::assert_snapshot!(empty.shown("HEAD"), @"HEAD: no such file or folder, and no revision: `HEAD` is the branch `main`, which has no commit");
    let nowhere = tempfile::tempdir().unwrap();
    if Repository::discover(&nowhere.path().canonicalize().unwrap()).unwrap().is_none() {
        // The test's own working folder may be in a repository, which has no such branch either.
        assert!(
            Side::parse("no/such/branch", nowhere.path())
                .err()
                .unwrap()
                .to_string()
                .contains("no such file or folder, and no revision")
        );
    }
}

#[test]
fn a_name_goes_before_the_beginning_of_a_hash() {
    let made = Made::new();
    let first = made.main(&[(FILE, b"a.ocstopo", made.blob(b"first"))]);
    let second = made.commit(made.tree(&[(FILE, b"a.ocstopo", made.blob(b"second"))]), &[], 2);
    let hex = first.to_string();
    let short = &hex[..7];
    assert_eq!(made.side(short).unwrap().hash(), Some(hex.clone()));
    assert_eq!(made.side(&short.to_uppercase()).unwrap().hash(), Some(hex.clone()));
    assert_eq!(made.side(&format!("v1-3-g{short}")).unwrap().hash(), Some(hex.clone()));
    made.name(&format!("refs/heads/{short}"), second);
    assert_eq!(made.side(short).unwrap().hash(), Some(second.to_string()));
    made.name(&format!("refs/heads/{short}-fix"), second);
    assert_eq!(made.side(&format!("{short}-fix")).unwrap().hash(), Some(second.to_string()));
    assert_eq!(made.side(&hex).unwrap().hash(), Some(hex));
    for name in ["config", "objects", "description", "deadbeef"] {
        made.name(&format!("refs/heads/{name}"), second);
        assert_eq!(made.side(name).unwrap().hash(), Some(second.to_string()), "{name}");
    }
}

#[test]
fn of_hashes_that_begin_alike_the_only_commit_is_meant() {
    let made = Made::new();
    let file = made.blob(b"");
    let mut found = std::collections::BTreeMap::<String, Vec<ObjectId>>::new();
    let tree = made.tree(&[(FILE, b"a.ocstopo", file)]);
    // Among 600 commits, two have the same four digits in the beginning.
    for time in 0..600 {
        let id = made.commit(tree, &[], time);
        found.entry(id.to_string()[..4].to_owned()).or_default().push(id);
    }
    let (prefix, ids) = found.iter().find(|(_, ids)| ids.len() > 1).unwrap();
    let problem = made.side(prefix).err().unwrap();
    assert!(
        problem.contains(&format!(
            "`{prefix}` begins the hashes of {} objects: `{}`",
            ids.len(),
            ids.iter().min().unwrap().to_hex_with_len(10)
        )),
        "{problem}"
    );
    let mut text = 0;
    let (prefix, id) = loop {
        let blob = made.blob(format!("{text}").as_bytes()).to_string();
        if let Some((prefix, ids)) = found.get_key_value(&blob[..4]).filter(|(_, ids)| ids.len() == 1) {
            break (prefix, ids[0]);
        }
        text += 1;
    };
    assert_eq!(made.side(prefix).unwrap().hash(), Some(id.to_string()));
}

#[test]
fn tags_lead_to_their_commits() {
    let made = Made::new();
    let commit = made.main(&[(FILE, b"a.ocstopo", made.blob(b"text"))]);
    let tag = |kind: &str, id: ObjectId| {
        made.object(Kind::Tag, format!("object {id}\ntype {kind}\ntag v\ntagger A <a@b> 1 +0000\n\nx\n").as_bytes())
    };
    let inner = tag("commit", commit);
    let outer = tag("tag", inner);
    made.name("refs/tags/v1", outer);
    made.name("refs/tags/main", outer);
    made.name("refs/tags/file", made.blob(b"text"));
    for argument in ["v1", "v1^{}", "v1^{commit}", "v1^0", "tags/v1", "v1^{tag}", "v1:a.ocstopo", "main"] {
        assert!(made.shown(argument).ends_with(r#"a.ocstopo: "text""#), "{argument}: {}", made.shown(argument));
    }
    assert_eq!(made.side("main").unwrap().hash(), Some(outer.to_string()), "git takes the tag too");
    insta::assert_snapshot!(made.shown("file").replace(&made.blob(b"text").to_string(), "[hash]"), @"file: no such file or folder, and no revision: the object [hash] is a blob, and no commit with files");
}

#[test]
fn links_do_not_leave_and_are_not_followed() {
    let made = Made::new();
    let file = made.blob(b"text");
    let link = |target: &str| made.blob(target.as_bytes());
    let other = made.tree(&[(FILE, b"o.ocstopo", file)]);
    let fine = made.tree(&[
        (FILE, b"a.ocstopo", file),
        (LINK, b"again.ocstopo", link("a.ocstopo")),
        (LINK, b"circle", link("circle")),
        (LINK, b"nothing", link("../nowhere")),
        (LINK, b"root", link("/")),
        (LINK, b"up", link("..")),
        (LINK, b"notes", link("../readme.md")),
    ]);
    let bad = made.tree(&[
        (LINK, b"circle.ocstopo", link("circle.ocstopo")),
        (LINK, b"nothing.ocstopo", link("nowhere")),
        (LINK, b"notes.ocstopo", link("../readme.md")),
        (LINK, b"other", link("../other")),
        (LINK, b"other.ocstopo", link("../other/o.ocstopo")),
        (LINK, b"out.ocstopo", link("../../../x.ocstopo")),
        (LINK, b"secret.ocstopo", link("/etc/passwd")),
    ]);
    made.main(&[
        (FOLDER, b"bad", bad),
        (FOLDER, b"fine", fine),
        (LINK, b"latest", link("fine")),
        (FOLDER, b"other", other),
        (FILE, b"readme.md", file),
    ]);
    insta::assert_snapshot!(made.shown("main:fine"), @r#"[repository]/fine/a.ocstopo: "text""#);
    insta::assert_snapshot!(made.shown("main:latest"), @r#"[repository]/latest/a.ocstopo: "text""#);
    insta::assert_snapshot!(made.shown("main:bad"), @r"
    main:bad/circle.ocstopo: cannot follow this link: no such file or directory
    main:bad/notes.ocstopo: is a symbolic link that leaves the folder; put a copy in its place
    main:bad/nothing.ocstopo: cannot follow this link: no such file or directory
    main:bad/other: is a symbolic link that leaves the folder; put a copy in its place
    main:bad/other.ocstopo: is a symbolic link that leaves the folder; put a copy in its place
    main:bad/out.ocstopo: is a symbolic link that leaves the folder; put a copy in its place
    main:bad/secret.ocstopo: is a symbolic link that leaves the folder; put a copy in its place
    ");
}

#[test]
fn hostile_trees_are_errors() {
    let made = Made::new();
    let file = made.blob(b"text");
    let shown = |entries: &[(&str, &[u8], ObjectId)]| {
        made.main(entries);
        let text = made.shown("main");
        let id = made.tree(entries).to_string();
        text.replace(&id, "[tree]")
    };
    let hidden = made.tree(&[(FILE, b"x.ocstopo", file)]);
    let cases = [
        shown(&[(FILE, b"a\nb.ocstopo", file)]),
        shown(&[(FILE, "a\u{202e}b.ocstopo".as_bytes(), file)]),
        shown(&[(FILE, b"\xff.ocstopo", file)]),
        shown(&[(FOLDER, b"..", hidden)]),
        shown(&[(FOLDER, b".", hidden)]),
        shown(&[(FILE, b"", file)]),
        shown(&[(FILE, b"/etc/x.ocstopo", file)]),
        shown(&[(FILE, b"../x.ocstopo", file)]),
        shown(&[(FILE, b"a.ocstopo", file), (FILE, b"a.ocstopo", file)]),
        shown(&[("999999", b"a.ocstopo", file)]),
        shown(&[(FOLDER, b"a.ocstopo", file)]),
        shown(&[(FILE, b"a.ocstopo", hidden)]),
        shown(&[(SUBMODULE, b"module", file)]),
        shown(&[(FILE, b"a.ocstopo", made.blob(b"x\n\xe9"))]),
        shown(&[(FILE, b"a.ocstopo", made.blob(b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n"))]),
        shown(&[(FILE, b"a.ocstopo", made.blob(&vec![b' '; 16 * 1024 * 1024 + 1]))]),
        shown(&[(FILE, b"a.ocstopo", file), (FOLDER, b"ocstopo.toml", hidden)]),
        shown(&[(FILE, b"a.ocstopo", file), (FILE, b"ocstopo.toml", made.blob(&vec![b' '; 256 * 1024 + 1]))]),
    ];
    insta::assert_snapshot!(cases.join("\n"), @r#"
    [repository]/a\nb.ocstopo: control characters in the file's name; rename it
    [repository]/a\u{202e}b.ocstopo: control characters in the file's name; rename it
    [repository]/�.ocstopo: "text"
    main: the folder [tree] is damaged: it holds a name that no disk can hold
    main: the folder [tree] is damaged: it holds a name that no disk can hold
    main: the folder [tree] is damaged: it holds a name that no disk can hold
    main: the folder [tree] is damaged: it holds a name that no disk can hold
    main: the folder [tree] is damaged: it holds a name that no disk can hold
    main: the folder [tree] is damaged: it holds a name that no disk can hold
    main: the folder [tree] is damaged: object parsing failed
    main:a.ocstopo: the folder f3a34851d44d6b97c90fbb99dd3d18c261b9a237 is damaged: the object is no folder
    main:a.ocstopo: the object edfd150f0869c75ffcb430663877f376116f0fd5 is damaged: it is a tree, and no file
    main: no `.ocstopo` file in this folder or below it; give the file or folder of a topology
    main:a.ocstopo: UTF-8 expected, found byte 0xE9 at offset 2 (line 2); save the file as UTF-8
    main:a.ocstopo: the repository holds a pointer of Git LFS, and not the file; keep topologies out of Git LFS
    main:a.ocstopo: larger than 16 MiB; divide the topology into several files
    main:ocstopo.toml: is no regular file; put a copy in its place
    main:ocstopo.toml: larger than 256 KiB; this is no such file
    "#);
}

#[test]
fn a_tree_made_of_one_tree_many_times_is_bounded() {
    let made = Made::new();
    let names: Vec<String> = (0..20).map(|n| format!("{n:02}")).collect();
    let mut tree = made.tree(&[]);
    for _ in 0..12 {
        let entries: Vec<_> = names.iter().map(|name| (FOLDER, name.as_bytes(), tree)).collect();
        tree = made.tree(&entries);
    }
    made.main(&[(FOLDER, b"all", tree)]);
    assert_eq!(made.shown("main:all"), "main:all: more than 1000 folders");
}

#[test]
fn a_submodule_that_has_topologies_on_disk_is_an_error() {
    let made = Made::new();
    let file = made.blob(b"");
    made.main(&[(FILE, b"a.ocstopo", file), (SUBMODULE, b"module", file)]);
    assert!(made.read("main").is_ok());
    insta::assert_snapshot!(made.shown("main:module"), @"main:module: is a submodule, whose files are in another repository");
    fs::create_dir(made.path().join("module")).unwrap();
    fs::write(made.path().join("module/b.ocstopo"), "").unwrap();
    insta::assert_snapshot!(made.shown("main"), @"main:module: is a submodule with `.ocstopo` files, which are in another repository; compare two folders instead");
}

#[test]
fn what_another_hash_names_is_damaged() {
    let made = Made::new();
    let file = made.blob(b"text");
    let commit = made.main(&[(FILE, b"a.ocstopo", file)]);
    let place = |id: ObjectId| {
        let hex = id.to_string();
        made.path().join(".git/objects").join(&hex[..2]).join(&hex[2..])
    };
    let put = |id: ObjectId, bytes: &[u8]| {
        let path = place(id);
        let _ = fs::remove_file(&path);
        fs::write(path, bytes).unwrap();
    };
    let whole = fs::read(place(file)).unwrap();
    let shown = || made.shown("main").replace(&file.to_string(), "[file]").replace(&commit.to_string(), "[commit]");
    let mut cases = Vec::new();
    for bytes in
        [fs::read(place(made.blob(b"evil"))).unwrap(), whole[..whole.len() / 2].to_vec(), b"no zlib".to_vec(), Vec::new()]
    {
        put(file, &bytes);
        cases.push(shown());
    }
    fs::remove_file(place(file)).unwrap();
    cases.push(shown());
    insta::assert_snapshot!(cases.join("\n"), @r"
    main:a.ocstopo: the object [file] is damaged: its content has another hash; run `git fsck`
    main:a.ocstopo: the object [file] is damaged (Did not find 0 byte in header); run `git fsck`
    main:a.ocstopo: the object [file] is damaged (Invalid input data); run `git fsck`
    main:a.ocstopo: the object [file] is damaged (Empty loose object file); run `git fsck`
    main:a.ocstopo: the repository does not hold the object [file]; run `git fetch`, or `git fsck` if it should be there
    ");

    // A commit that is its own parent, which no hash allows.
    let circle = made.commit(made.tree(&[]), &[file], 3);
    let itself = format!("tree {}\nparent {circle}\nauthor A <a@b> 1 +0000\ncommitter A <a@b> 1 +0000\n\n", made.tree(&[]));
    let lie = fs::read(place(made.object(Kind::Commit, itself.as_bytes()))).unwrap();
    put(circle, &lie);
    made.name("refs/heads/circle", circle);
    let problem = made.shown("circle~999999999999").replace(&circle.to_string(), "[commit]");
    insta::assert_snapshot!(problem, @"circle~999999999999: no such file or folder, and no revision: the object [commit] is damaged: its content has another hash; run `git fsck`");
    let problems = Side::pair("main...circle", None, made.path()).err().unwrap();
    assert!(problems[0].problem.contains("is damaged"), "{}", problems[0]);
}

#[test]
fn names_that_go_round_or_nowhere_are_errors() {
    let made = Made::new();
    let git = made.path().join(".git");
    for (name, text) in [
        ("a", "ref: refs/heads/b\n"),
        ("b", "ref: refs/heads/a\n"),
        ("lost", "ref: refs/heads/nowhere\n"),
        ("bad", "x\n"),
        ("void", ""),
    ] {
        fs::write(git.join("refs/heads").join(name), text).unwrap();
    }
    made.name("refs/heads/gone", ObjectId::from_hex(&[b'1'; 40]).unwrap());
    let cases = ["a", "lost", "bad", "void", "gone"].map(|name| made.shown(name));
    insta::assert_snapshot!(cases.join("\n"), @r#"
    a: no such file or folder, and no revision: `a` stands for a name that stands for a name, and so on
    lost: no such file or folder, and no revision: `lost` stands for `nowhere`, which does not exist
    bad: no such file or folder, and no revision: the name `bad` cannot be read: Reference content could not be parsed, input="x\n"
    void: no such file or folder, and no revision: the name `void` cannot be read: Reference content could not be parsed, input=""
    gone: no such file or folder, and no revision: the repository does not hold the object 1111111111111111111111111111111111111111; run `git fetch`, or `git fsck` if it should be there
    "#);
}

#[test]
fn formats_that_are_not_read_are_named() {
    let sha1 = gix_hash::Kind::Sha1;
    let cases = [
        "[core]\n\trepositoryformatversion = 1\n[extensions]\n\trefstorage = reftable\n",
        "[core]\n\trepositoryformatversion = 1\n[extensions]\n\tobjectFormat = md5\n",
        "[core]\n\trepositoryformatversion = 1\n[extensions]\n\tquantum = true\n",
        "[core]\n\trepositoryformatversion = 2\n",
        "[core\n",
    ]
    .map(|config| Made::with(sha1, config).shown("main"));
    insta::assert_snapshot!(cases.join("\n"), @r"
    main: no such file or folder, and no revision: the git repository `[repository]/.git` cannot be read: its names are stored as `reftable`, and only `files` is read; run `git refs migrate --ref-format=files`
    main: no such file or folder, and no revision: the git repository `[repository]/.git` cannot be read: its objects are named by `md5`, and only SHA-1 and SHA-256 are read
    main: no such file or folder, and no revision: the git repository `[repository]/.git` cannot be read: its format has the extension `quantum`, which is unknown
    main: no such file or folder, and no revision: the git repository `[repository]/.git` cannot be read: its format has the version 2, and the versions 0 and 1 are read
    main: no such file or folder, and no revision: the git repository `[repository]/.git` cannot be read: Got an unexpected token on line 1 while trying to parse a section header: '[core '
    ");
    let fine = "[core]\n\trepositoryformatversion = 1\n[extensions]\n\tworktreeConfig\n\tpreciousObjects = true\n";
    let made = Made::with(sha1, fine);
    made.main(&[(FILE, b"a.ocstopo", made.blob(b""))]);
    assert!(made.read("main").is_ok());
}

#[test]
fn objects_named_by_sha_256_are_read() {
    let config = "[core]\n\trepositoryformatversion = 1\n[extensions]\n\tobjectformat = sha256\n";
    let made = Made::with(gix_hash::Kind::Sha256, config);
    assert_eq!(made.hash.len_in_hex(), 64);
    let commit = made.main(&[(FILE, b"a.ocstopo", made.blob(b"text"))]);
    for argument in ["main", &commit.to_string(), &commit.to_string()[..9], &commit.to_string()[..50]] {
        assert!(made.shown(argument).ends_with(r#"a.ocstopo: "text""#), "{argument}: {}", made.shown(argument));
    }
}

#[test]
fn two_sides_of_a_range() {
    let made = Made::new();
    let text = |text: &str, parents: &[ObjectId], time| {
        made.commit(made.tree(&[(FILE, b"a.ocstopo", made.blob(text.as_bytes()))]), parents, time)
    };
    let base = text("base", &[], 1);
    let (ours, theirs) = (text("ours", &[base], 2), text("theirs", &[base], 3));
    let alone = text("alone", &[], 4);
    for (name, id) in [("main", ours), ("topic", theirs), ("alone", alone)] {
        made.name(&format!("refs/heads/{name}"), id);
    }
    let pair = |old: &str, new: Option<&str>| match Side::pair(old, new, made.path()) {
        Ok((old, new)) => {
            let text = |side: &Side| {
                read_side(side, "stdin", CONFIG)
                    .map_or_else(|errors| errors[0].to_string(), |read| read.files.files().next().unwrap().1.text().to_owned())
            };
            format!("{} = {}; {} = {}", old.title(), text(&old), new.title(), text(&new))
        }
        Err(errors) => errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
    };
    let cases = [
        pair("main...topic", None),
        pair("main..topic", None),
        pair("topic...", None),
        pair("main...topic:a.ocstopo", None),
        pair("main", Some("topic")),
        pair("main:a.ocstopo", Some("topic")),
        pair("topic", Some("main:a.ocstopo")),
        pair("main...alone", None),
        pair("main...nobody", None),
        pair("nobody", Some("nothing")),
        pair("main..topic", Some("main")),
    ];
    insta::assert_snapshot!(cases.map(|case| made.without_folder(&case)).join("\n"), @r"
    merge base of main and topic (068f5a2320) = base; topic (8e489ed297) = theirs
    main (8863646785) = ours; topic (8e489ed297) = theirs
    merge base of topic and HEAD (068f5a2320) = base; HEAD (8863646785) = ours
    merge base of main and topic (068f5a2320) = base; topic (8e489ed297) = theirs
    main (8863646785) = ours; topic (8e489ed297) = theirs
    main (8863646785) = ours; topic (8e489ed297) = theirs
    topic (8e489ed297) = theirs; main (8863646785) = ours
    main...alone: no such file or folder, and no revision: `main` and `alone` have no commit in common
    main...nobody: no such file or folder, and no revision: no branch, tag or commit of the repository `[repository]` is called `nobody`
    nobody: no such file or folder, and no revision: no branch, tag or commit of the repository `[repository]` is called `nobody`; nothing: no such file or folder, and no revision: no branch, tag or commit of the repository `[repository]` is called `nothing`
    main..topic: no such file or folder, and no revision: it means two revisions where one is needed
    ");
    fs::write(made.path().join("a.ocstopo"), "disk").unwrap();
    let (old, new) = Side::pair("main", None, made.path()).unwrap();
    assert_eq!((old.path(), new.path()), (None, Some(made.path())));
    let file = made.path().join("a.ocstopo");
    let (old, _) = Side::pair("topic", Some(file.to_str().unwrap()), Path::new("/nowhere")).unwrap();
    let read = read_side(&old, "stdin", CONFIG).unwrap();
    assert_eq!(read.files.files().next().unwrap().1.text(), "theirs");
    assert!(Side::pair(file.to_str().unwrap(), None, made.path()).is_ok());
}

#[test]
fn paths_begin_at_the_root_or_at_the_working_folder() {
    let made = Made::new();
    fs::create_dir_all(made.path().join("a/b")).unwrap();
    let root = made.path().canonicalize().unwrap();
    let repository = Repository::discover(&root).unwrap().unwrap();
    let shown = |here: &str, path: &str| {
        let here = Place::of(&root.join(here));
        match written_way(path, &repository, &here) {
            Ok((way, shown)) => format!(
                "{here}: {path} = {} as {}",
                super::tree::relative(&way).display(),
                shown.display(),
                here = here.written.strip_prefix(&root).unwrap().display()
            ),
            Err(problem) => format!("{path}: {problem}"),
        }
    };
    let cases = [
        shown("", ""),
        shown("", "a/b/"),
        shown("a", "a/b"),
        shown("a", "./b"),
        shown("a/b", "../x"),
        shown("a/b", ""),
        shown("a", "../../x"),
        shown("a", "b/../../.."),
        shown("a", "/x"),
    ];
    insta::assert_snapshot!(cases.join("\n"), @r"
    :  =  as 
    : a/b/ = a/b as a/b
    a: a/b = a/b as b
    a: ./b = a/b as b
    a/b: ../x = a/x as ../x
    a/b:  =  as ../../
    ../../x: the path leaves the repository
    b/../../..: the path leaves the repository
    /x: a path in a revision begins at the root of the repository; write `x`
    ");
    let outside = Place::of(Path::new("/"));
    assert_eq!(written_way("x", &repository, &outside).unwrap().1, root.join("x"));
    assert!(written_way("./x", &repository, &outside).is_err());
}
