//! What is in the tree of a commit: files, links, submodules, and what no honest repository holds.

use std::fs;
use std::path::Path;

use gix_hash::ObjectId;
use gix_object::Kind;

use super::super::{Side, read_side};
use super::{CONFIG, FILE, FOLDER, LINK, Made, SUBMODULE};

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
    main: the folder [tree] is damaged: it has a name that no disk can store
    main: the folder [tree] is damaged: it has a name that no disk can store
    main: the folder [tree] is damaged: it has a name that no disk can store
    main: the folder [tree] is damaged: it has a name that no disk can store
    main: the folder [tree] is damaged: it has a name that no disk can store
    main: the folder [tree] is damaged: it has a name that no disk can store
    main: the folder [tree] is damaged: object parsing failed
    main:a.ocstopo: the folder f3a34851d44d6b97c90fbb99dd3d18c261b9a237 is damaged: the object is not a folder
    main:a.ocstopo: the object edfd150f0869c75ffcb430663877f376116f0fd5 is damaged: it is a tree, not a file
    main: no `.ocstopo` file in this folder or below it; give the file or folder of a topology
    main:a.ocstopo: UTF-8 expected, found byte 0xE9 at offset 2 (line 2); save the file as UTF-8
    main:a.ocstopo: the repository has a Git LFS pointer instead of the file; do not keep topologies in Git LFS
    main:a.ocstopo: larger than 16 MiB; divide the topology into several files
    main:ocstopo.toml: is not a regular file; replace it with a copy
    main:ocstopo.toml: larger than 256 KiB, so it is not such a file
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
    main:a.ocstopo: the repository does not have the object [file]; run `git fetch`, or `git fsck` if it should be there
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
