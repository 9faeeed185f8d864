//! What revisions mean, and what is said of those that mean nothing.

use std::fs;
use std::path::Path;

use gix_hash::ObjectId;
use gix_object::Kind;

use super::super::place::{Place, written_way};
use super::super::repository::Repository;
use super::super::tree::relative;
use super::super::{Side, read_side};
use super::{CONFIG, FILE, Made};

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
        "../no/such/folder",
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
    main^{tag}: no such file or folder, and no revision: the object 67494242e7d8b3947f4cf8dc597022e5f261843c is a tree, not a commit
    main:b: this revision has no such file or folder
    main:A.ocstop: this revision has no such file or folder; did you mean `a.ocstopo`?
    main:/a.ocstopo: no such file or folder, and no revision: a path in a revision begins at the root of the repository; write `a.ocstopo`
    main:../x: no such file or folder, and no revision: `./` and `../` need a working folder in the repository
    main:a.ocstopo/x: this revision has no such file or folder; did you mean `a.ocstopo`?
    main:./a.ocstopo: no such file or folder, and no revision: `./` and `../` need a working folder in the repository
    HEAD..main: no such file or folder, and no revision: it means two revisions where one is needed
    ../no/such/folder: no such file or folder, and no revision: it is written as a path
    [repository]/a.ocstopo: ""
    a b: no such file or folder, and no revision: no branch, tag or commit of the repository `[repository]` is called `a b`
    main@{u}: no such file or folder, and no revision: the branch `main` has no upstream in this repository's configuration
    v1.2@{u}: no such file or folder, and no revision: the branch `v1.2` has no upstream in this repository's configuration
    -x: no such file or folder, and no revision: no branch, tag or commit of the repository `[repository]` is called `-x`
    ffffffffffffffffffffffffffffffffffffffff: no such file or folder, and no revision: the repository does not have the object ffffffffffffffffffffffffffffffffffffffff; run `git fetch`, or `git fsck` if it should be there
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
    insta::assert_snapshot!(made.shown("file").replace(&made.blob(b"text").to_string(), "[hash]"), @"file: no such file or folder, and no revision: the object [hash] is a blob, not a commit");
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
    a: no such file or folder, and no revision: `a` refers to a name that refers to a name, and so on
    lost: no such file or folder, and no revision: `lost` stands for `nowhere`, which does not exist
    bad: no such file or folder, and no revision: the name `bad` cannot be read: Reference content could not be parsed, input="x\n"
    void: no such file or folder, and no revision: the name `void` cannot be read: Reference content could not be parsed, input=""
    gone: no such file or folder, and no revision: the repository does not have the object 1111111111111111111111111111111111111111; run `git fetch`, or `git fsck` if it should be there
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
                relative(&way).display(),
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
