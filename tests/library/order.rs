//! Order never shows: files in any order, blocks and attributes in any order, blocks in any file give the same artifacts;
//! where artifacts name file and line, only that changes. The manifest always names them.

use std::collections::BTreeMap;
use std::path::Path;

use crate::support::{EXAMPLES, MODELS, both, copy_example, ocstopo, read_tree, root, text};
use fancy_regex::Regex;
use ocstopo::compile::{BuildOptions, CompileOptions, build, compile};
use ocstopo::diag::Severity;
use ocstopo::syntax::{Node, SyntaxKind, parse};
use ocstopo::text::{FileId, SourceMap};

/// How a topology is shuffled: often where it has every kind of block, and less for the others, which take long together.
fn seeds(example: &str) -> std::ops::Range<u64> {
    if MODELS.contains(&example) { 1..9 } else { 1..3 }
}

type Files = Vec<(String, String)>;

fn sources(example: &str) -> Files {
    let files = read_tree(&root().join("examples").join(example)).into_iter();
    files.filter(|(path, _)| path.ends_with(".ocstopo")).collect()
}

/// All artifacts by path.
fn built(files: &Files, lines: bool) -> BTreeMap<String, String> {
    let compiled = compile(SourceMap::new(files.clone()), &CompileOptions::default());
    let errors: Vec<&str> =
        compiled.diags.iter().filter(|diag| diag.severity == Severity::Error).map(|diag| diag.message.as_str()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let templates = crate::support::templates();
    let options =
        BuildOptions { only: &[], dialects: &[], serial: None, lines, templates, since: None, team: None, renewal: None };
    let artifacts = build(&compiled, &options).expect("it builds");
    artifacts.into_iter().map(|artifact| (artifact.path, artifact.content)).collect()
}

/// The artifacts without places: those in the manifest, and the page that says where each finding is.
fn still(mut artifacts: BTreeMap<String, String>) -> BTreeMap<String, String> {
    assert!(artifacts.remove("report/report.html").is_some());
    let manifest = artifacts.get_mut("manifest.json").expect("a manifest");
    let places = manifest.split_off(manifest.find("\"places\"").expect("places"));
    assert!(places.contains(".ocstopo:"), "{places}");
    *manifest = manifest.lines().filter(|line| !line.contains("report/report.html")).collect::<Vec<_>>().join("\n");
    artifacts
}

/// Both are the same, or the first line that is not.
fn assert_same(left: &BTreeMap<String, String>, right: &BTreeMap<String, String>, what: &str) {
    assert_eq!(left.keys().collect::<Vec<_>>(), right.keys().collect::<Vec<_>>(), "{what}: paths");
    for (path, text) in left {
        let differs = text.lines().zip(right[path].lines()).find(|(left, right)| left != right);
        assert_eq!(differs, None, "{what}: {path}");
        assert!(*text == right[path], "{what}: {path} is longer or shorter");
    }
}

/// A generator of numbers that are the same on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % end as u64).expect("below a usize")
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

fn is_item(node: &Node<'_>) -> bool {
    matches!(node.kind(), SyntaxKind::Block | SyntaxKind::Attr | SyntaxKind::Assertion)
}

/// The item as text, with the items of its blocks shuffled at all depths; comments between items are dropped.
fn shuffled(node: Node<'_>, dice: &mut Dice) -> String {
    if node.kind() != SyntaxKind::Block {
        return node.text().to_owned();
    }
    let head: String = node
        .children()
        .take_while(|child| child.kind() != SyntaxKind::LeftBrace)
        .map(|child| if child.kind().is_trivia() { " " } else { child.text() })
        .collect();
    let mut items: Vec<String> = node.children().filter(is_item).map(|item| shuffled(item, dice)).collect();
    dice.shuffle(&mut items);
    // Blank lines, so that lines are others even where the order happens to stay.
    format!("{head} {{\n{}\n}}\n", items.join(if dice.below(2) == 0 { "\n" } else { "\n\n" }))
}

/// The topology with top-level blocks dealt out anew over the same files, and everything in them shuffled.
fn dealt(files: &Files, seed: u64) -> Files {
    let mut dice = Dice(seed);
    let mut items = Vec::new();
    for (path, text) in files {
        let parsed = parse(FileId(0), text.as_str().into());
        assert!(parsed.diags.is_empty(), "{path}");
        items.extend(parsed.tree.root().children().filter(is_item).map(|item| shuffled(item, &mut dice)));
    }
    dice.shuffle(&mut items);
    let mut dealt: Files = files.iter().map(|(path, _)| (path.clone(), String::new())).collect();
    for item in items {
        let file = dice.below(dealt.len());
        dealt[file].1 += &item;
    }
    dice.shuffle(&mut dealt);
    dealt
}

#[test]
fn files_in_any_order_give_the_same_bytes() {
    for example in EXAMPLES {
        let files = sources(example);
        let expected = built(&files, true);
        let mut order = files.clone();
        for seed in seeds(example) {
            Dice(seed).shuffle(&mut order);
            assert_same(&expected, &built(&order, true), &format!("{example}, files in order {seed}"));
        }
    }
}

#[test]
fn files_made_in_another_order_give_the_same_bytes() {
    fn built_by_binary(example: &str, order: impl FnOnce(&mut Files)) -> BTreeMap<String, String> {
        let folder = tempfile::tempdir().expect("a folder");
        copy_example(example, &folder.path().join("topology"), order);
        let said = ocstopo(folder.path(), &["build", "topology", "-o", "out", "--quiet"]);
        assert!(said.status.success(), "{}", both(&said));
        read_tree(&folder.path().join("out"))
    }
    for example in MODELS {
        let forward = built_by_binary(example, |files| files.sort());
        let backward = built_by_binary(example, |files| {
            files.sort();
            files.reverse();
        });
        assert_same(&forward, &backward, example);
        let with_library = built(&sources(example), false);
        assert_same(&forward, &with_library, &format!("{example}: the binary and the library"));
    }
}

#[test]
fn blocks_in_any_order_and_file_change_no_byte_without_lines() {
    for example in EXAMPLES {
        let files = sources(example);
        let expected = still(built(&files, false));
        for (path, text) in &expected {
            assert!(!text.contains(".ocstopo:"), "{example}: {path} names a line");
        }
        for seed in seeds(example) {
            let moved = dealt(&files, seed);
            assert_ne!(moved, files);
            assert_same(&expected, &still(built(&moved, false)), &format!("{example}, seed {seed}"));
        }
    }
}

#[test]
fn blocks_in_any_order_and_file_change_file_and_line_only() {
    // The manifest holds digests of the other files, and these name lines.
    let place = Regex::new(r"\S+\.ocstopo:\d+").expect("a pattern");
    let digest = Regex::new(r"\b[0-9a-f]{64}\b").expect("a pattern");
    let masked = |artifacts: BTreeMap<String, String>| -> BTreeMap<String, String> {
        let mask = |path: &str, text: &str| {
            let text = place.replace_all(text, "PLACE");
            if path == "manifest.json" { digest.replace_all(&text, "DIGEST").into_owned() } else { text.into_owned() }
        };
        artifacts.into_iter().map(|(path, text)| (path.clone(), mask(&path, &text))).collect()
    };
    for example in EXAMPLES {
        let files = sources(example);
        let plain = built(&files, true);
        let expected = masked(plain.clone());
        assert_ne!(plain, expected, "lines are named");
        for seed in seeds(example) {
            let moved = built(&dealt(&files, seed), true);
            assert_ne!(moved, plain, "other lines are named");
            assert_same(&expected, &masked(moved), &format!("{example}, seed {seed}"));
        }
    }
}

#[test]
fn the_folder_of_a_topology_does_not_show() {
    let folder = tempfile::tempdir().expect("a folder");
    let outputs = ["here", "elsewhere/deep"].map(|place| {
        copy_example("contoso", &folder.path().join(place), |_| ());
        let (topology, out) = (folder.path().join(place), folder.path().join(place.replace('/', "-") + "-out"));
        let said = ocstopo(Path::new("/"), &["build", text(&topology), "-o", text(&out), "--quiet"]);
        assert!(said.status.success(), "{}", both(&said));
        read_tree(&out)
    });
    assert_same(&outputs[0], &outputs[1], "contoso in two folders");
}
