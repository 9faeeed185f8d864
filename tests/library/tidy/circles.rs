//! Files that import each other in a circle. A module and the files below it count as one thing: what is in a folder may use what
//! its `mod.rs` declares. Any other circle means that something is in the wrong file.

use std::collections::{BTreeMap, BTreeSet};

use super::{is_test, sources, without_tests};

/// The words between the `::` of a path.
type Words = Vec<String>;

/// What is known of the source: each file with its module, and under which names modules pass on what others declare.
struct Source {
    /// Names of files by their module.
    files: BTreeMap<Words, String>,
    /// What a name of a module means.
    names: BTreeMap<(Words, String), Words>,
}

/// The module that a file is.
fn module(name: &str) -> Words {
    let path = name.trim_start_matches("src/").trim_end_matches(".rs");
    let path = path.strip_suffix("/mod").unwrap_or(path);
    path.split('/').filter(|word| !matches!(*word, "lib" | "main")).map(str::to_owned).collect()
}

/// The text without comments and tests.
fn code(text: &str) -> String {
    without_tests(text).lines().filter(|line| !line.trim_start().starts_with("//")).map(|line| format!("{line}\n")).collect()
}

/// The parts of a text between commas outside of braces.
fn parts(text: &str) -> Vec<&str> {
    let (mut depth, mut from, mut parts) = (0, 0, Vec::new());
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&text[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[from..]);
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// The paths that a `use` names, each with the name that it has here.
fn imports(tree: &str, before: &[String], found: &mut Vec<(Words, String)>) {
    let (path, group) = match tree.split_once('{') {
        Some((path, group)) => (path, group.rsplit_once('}').map(|(group, _)| group)),
        None => (tree, None),
    };
    let (path, renamed) = match path.split_once(" as ") {
        Some((path, renamed)) => (path, Some(renamed.trim())),
        None => (path, None),
    };
    let own = path.split("::").map(str::trim).filter(|word| !word.is_empty() && *word != "self").map(str::to_owned);
    // `self` in front means this module; in a group it means the path before the group.
    let first = before.is_empty() && path.trim_start().starts_with("self");
    let words: Words = before.iter().cloned().chain(first.then(|| "self".to_owned())).chain(own).collect();
    match group {
        Some(group) => parts(group).into_iter().for_each(|part| imports(part, &words, found)),
        None => {
            if let Some(name) = renamed.map(str::to_owned).or_else(|| words.last().cloned()) {
                found.push((words, name));
            }
        }
    }
}

/// The `use` items of a text, and what is left of it.
fn uses(text: &str) -> (Vec<(Words, String)>, String) {
    let (mut found, mut rest) = (Vec::new(), String::new());
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let item = line.trim_start();
        let item = match item.strip_prefix("pub") {
            Some(after) if after.starts_with('(') => after.split_once(") ").map_or(item, |(_, after)| after),
            Some(after) => after.trim_start(),
            None => item,
        };
        let Some(tree) = item.strip_prefix("use ") else {
            rest += line;
            rest.push('\n');
            continue;
        };
        let mut tree = tree.to_owned();
        while !tree.contains(';') {
            tree += lines.next().expect("the end of a `use`");
        }
        imports(tree.split(';').next().unwrap_or_default(), &[], &mut found);
    }
    (found, rest)
}

/// The paths in a text, such as `super::Row`.
fn paths(text: &str) -> BTreeSet<Words> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '$');
    text.split(|c: char| !is_part(c))
        .filter(|path| path.contains("::"))
        .map(|path| path.trim_start_matches('$').split("::").filter(|word| !word.is_empty()).map(str::to_owned).collect())
        .collect()
}

impl Source {
    /// A path from the root of the crate, as far as it is known.
    fn absolute(&self, module: &[String], path: &[String]) -> Option<Words> {
        let mut base: &[String] = module;
        match path.first()?.as_str() {
            "crate" => Some(path[1..].to_vec()),
            "self" => Some([module, &path[1..]].concat()),
            "super" => {
                let ups = path.iter().take_while(|word| *word == "super").count();
                base = base.get(..base.len().checked_sub(ups)?)?;
                Some([base, &path[ups..]].concat())
            }
            first => {
                if let Some(meant) = self.names.get(&(module.to_vec(), first.to_owned())) {
                    return Some([meant.as_slice(), &path[1..]].concat());
                }
                let child = [module, &path[..1]].concat();
                self.files.contains_key(&child).then(|| [module, path].concat())
            }
        }
    }

    /// The file that declares what a path names.
    fn file(&self, mut path: Words) -> Option<&str> {
        for _ in 0..8 {
            let depth = (0..=path.len()).rev().find(|depth| self.files.contains_key(&path[..*depth]))?;
            let Some(passed_on) = path.get(depth).and_then(|name| self.names.get(&(path[..depth].to_vec(), name.clone()))) else {
                return self.files.get(&path[..depth]).map(String::as_str);
            };
            path = [passed_on.as_slice(), &path[depth + 1..]].concat();
        }
        None
    }
}

/// The files that each file uses.
fn graph(sources: &[(String, String)]) -> BTreeMap<String, BTreeSet<String>> {
    let texts: Vec<(&str, String)> =
        sources.iter().filter(|(name, _)| !is_test(name)).map(|(name, text)| (name.as_str(), code(text))).collect();
    let files = texts.iter().filter(|(name, _)| *name != "src/main.rs").map(|(name, _)| (module(name), (*name).to_owned()));
    let mut source = Source { files: files.collect(), names: BTreeMap::new() };
    let read: Vec<_> = texts.iter().map(|(name, text)| (*name, module(name), uses(text))).collect();
    for (_, module, (imported, _)) in &read {
        for (path, name) in imported {
            if let Some(path) = source.absolute(module, path) {
                source.names.insert((module.clone(), name.clone()), path);
            }
        }
    }
    let mut graph = BTreeMap::new();
    for (name, module, (imported, rest)) in &read {
        let used = imported.iter().map(|(path, _)| path.clone()).chain(paths(rest));
        let used = used.filter_map(|path| source.file(source.absolute(module, &path)?));
        // Files below a module may use its declarations.
        let above = |other: &str| module.starts_with(&self::module(other));
        let used: BTreeSet<String> = used.filter(|other| *other != *name && !above(other)).map(str::to_owned).collect();
        graph.insert((*name).to_owned(), used);
    }
    graph
}

/// The files that can be reached from one.
fn reached<'g>(graph: &'g BTreeMap<String, BTreeSet<String>>, from: &str) -> BTreeSet<&'g str> {
    let mut found = BTreeSet::new();
    let mut waiting: Vec<&str> = graph.get(from).into_iter().flatten().map(String::as_str).collect();
    while let Some(name) = waiting.pop() {
        if found.insert(name) {
            waiting.extend(graph.get(name).into_iter().flatten().map(String::as_str));
        }
    }
    found
}

/// Circles, each as the files that reach each other.
fn circles(graph: &BTreeMap<String, BTreeSet<String>>) -> BTreeSet<Vec<&str>> {
    let reach: BTreeMap<&str, BTreeSet<&str>> = graph.keys().map(|name| (name.as_str(), reached(graph, name))).collect();
    let in_circle = reach.iter().filter(|(name, found)| found.contains(*name));
    in_circle.map(|(name, found)| found.iter().copied().filter(|other| reach[other].contains(name)).collect()).collect()
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let graph = graph(&sources());
    let edges: usize = graph.values().map(BTreeSet::len).sum();
    assert!(edges > 1_500, "the imports are not seen: {edges}");
    let found: Vec<String> = circles(&graph)
        .iter()
        .map(|circle| {
            let used = |name: &str| graph[name].iter().filter(|other| circle.contains(&other.as_str())).map(String::as_str);
            circle.iter().map(|name| format!("  {name} uses {}\n", used(name).collect::<Vec<_>>().join(", "))).collect()
        })
        .collect();
    assert!(found.is_empty(), "{} circles:\n{}", found.len(), found.join("\n"));
}

#[test]
fn circles_are_found_through_re_exports_groups_and_names() {
    let files = |files: &[(&str, &str)]| -> Vec<(String, String)> {
        files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    };
    let found = |list: &[(&str, &str)]| {
        let graph = graph(&files(list));
        circles(&graph).iter().map(|circle| circle.join(" ")).collect::<Vec<_>>()
    };
    let direct = [
        ("src/a/mod.rs", "mod b;\nmod c;\npub use b::B;\n"),
        ("src/a/b.rs", "use super::c::{C, D as E};\npub struct B;\n"),
        ("src/a/c.rs", "use crate::a::{\n    B,\n};\npub struct C;\n"),
    ];
    assert_eq!(found(&direct), ["src/a/b.rs src/a/c.rs"]);
    let by_name = [
        ("src/a/mod.rs", "mod b;\nmod c;\n"),
        ("src/a/b.rs", "use super::c;\nfn f() { c::g(); }\n"),
        ("src/a/c.rs", "fn g() { super::b::f() }\n#[cfg(test)]\nmod tests {}\n"),
    ];
    assert_eq!(found(&by_name), ["src/a/b.rs src/a/c.rs"]);
    let below = [("src/a/mod.rs", "mod b;\npub struct A;\nfn f() { b::g() }\n"), ("src/a/b.rs", "use super::A;\nfn g() {}\n")];
    assert_eq!(found(&below), [""; 0]);
    let tests = [
        ("src/a.rs", "fn f() {}\n#[cfg(test)]\nmod tests {\n    use crate::b::g;\n}\n"),
        ("src/b.rs", "use crate::a::f;\n"),
        ("src/tests.rs", "use crate::a::f;\n"),
    ];
    assert_eq!(found(&tests), [""; 0]);
}
