//! `check --fix` where a file is missing or a site has another name: nothing correct is changed, no reference comes to mean
//! the thing of another site, and no block is removed.

use std::collections::BTreeSet;
use std::path::PathBuf;

use ocstopo::compile::{Fixed, fix};
use ocstopo::syntax::{SyntaxKind, parse};
use ocstopo::text::{FileId, SourceMap};

use crate::support::root;
use crate::support::topologies::{FIXTURES, Files, broken, files, listed};

/// The examples, the broken topologies, and the one that single edits are made on.
fn topologies() -> Vec<(String, Files)> {
    let folder = |folder: &str| {
        let named = |path: PathBuf| (path.file_name().unwrap().to_string_lossy().into_owned(), files(&path));
        listed(&root().join(folder)).into_iter().filter(|path| path.is_dir()).map(named)
    };
    let broken = broken().into_iter().map(|entry| (entry.name, entry.files));
    let all: Vec<_> = folder("examples").chain(broken).chain(folder("tests/single_edits")).collect();
    assert!(all.len() > 100, "only {} topologies", all.len());
    all
}

fn fixed(name: &str, files: &Files) -> Fixed {
    fix(SourceMap::new(files.clone()), &FIXTURES).unwrap_or_else(|broken| panic!("{name}: {broken:?}"))
}

/// The corrections, by place and deed.
fn corrections(fixed: &Fixed) -> BTreeSet<(String, String)> {
    fixed.made.iter().map(|made| (made.place.clone(), made.title.clone())).collect()
}

/// How many blocks each file has.
fn blocks(sources: &SourceMap) -> Vec<(String, usize)> {
    let count = |id: FileId, text| parse(id, text).tree.nodes().filter(|node| node.kind() == SyntaxKind::Block).count();
    sources.files().map(|(id, file)| (file.name().to_owned(), count(id, file.shared_text()))).collect()
}

/// That the corrections of changed files are those of the topology as it was, and that they take no block out that those leave.
fn nothing_else(name: &str, before: &Fixed, files: &Files) {
    let (known, after) = (corrections(before), fixed(name, files));
    let new: Vec<_> = corrections(&after).difference(&known).cloned().collect();
    assert!(new.is_empty(), "{name}: what was right is corrected: {new:?}");
    let left = blocks(&before.compiled.sources);
    for (file, count) in blocks(&after.compiled.sources) {
        let least = left.iter().find(|(other, _)| *other == file).map_or(0, |(_, count)| *count);
        assert!(count >= least, "{name}: {file} has {count} blocks, and had {least}");
    }
}

#[test]
fn a_missing_file_corrects_nothing() {
    for (name, files) in topologies().iter().filter(|(_, files)| files.len() > 1) {
        let before = fixed(name, files);
        for (index, (missing, _)) in files.iter().enumerate() {
            let mut rest = files.clone();
            rest.remove(index);
            nothing_else(&format!("{name} without {missing}"), &before, &rest);
        }
    }
}

/// Two slips of a name: a letter left out and a letter doubled.
fn slips(name: &str) -> [String; 2] {
    let at = name.len() / 2;
    [format!("{}{}", &name[..at], &name[at + 1..]), format!("{}{}", &name[..=at], &name[at..])]
}

#[test]
fn a_misspelt_site_corrects_no_reference() {
    let mut tried = 0;
    for (name, files) in topologies() {
        let sites: Vec<String> = files
            .iter()
            .flat_map(|(_, text)| text.lines())
            .filter_map(|line| Some(line.trim_start().strip_prefix("site ")?.split([' ', '{']).next()?.to_owned()))
            .filter(|site| site.len() > 1 && site.chars().all(|c| c.is_ascii_alphanumeric()))
            .collect();
        let before = fixed(&name, &files);
        for site in sites {
            for slip in slips(&site) {
                // The site itself, and then each reference into it alone.
                for (word, wrong) in
                    [(format!("site {site} "), format!("site {slip} ")), (format!("{site}."), format!("{slip}."))]
                {
                    for (index, (_, text)) in files.iter().enumerate() {
                        for (at, _) in text.match_indices(&word).take(4) {
                            let mut changed = files.clone();
                            changed[index].1.replace_range(at..at + word.len(), &wrong);
                            nothing_else(&format!("{name}: `{word}` is `{wrong}`"), &before, &changed);
                            tried += 1;
                        }
                    }
                }
            }
        }
    }
    assert!(tried > 300, "only {tried} slips");
}

const SITE: &str = "site SITE {
  network servers { zone = internal  range = 10.NET.0.0/24 }
  network clients { zone = internal  range = 10.NET.1.0/24  clients = true }
  firewall core { joins = [servers, clients] }
  standard_edition home { fqdn = \"se.SITE.contoso.com\"  address = 10.NET.0.11 }
}
";

/// The case that did harm: sites with names that are near, each with things of the same names.
#[test]
fn things_of_two_sites_with_near_names_are_not_confused() {
    let site = |name: &str, net: &str| (name.to_owned(), SITE.replace("SITE", name).replace("NET", net));
    let wan = "wan_link wan { joins = [north.servers, norths.servers] }\n";
    let proxy = "site edge {
  network dmz { zone = perimeter  range = 192.0.2.0/24 }
  reverse_proxy rp { outside = 192.0.2.5  publishes = [north.home, norths.home] }
}
";
    let organization = "organization contoso {\n  product = ocs_2007\n  sip_domains = [\"contoso.com\"]\n}\n";
    let links = vec![
        ("edge".to_owned(), proxy.to_owned()),
        ("organization".to_owned(), organization.to_owned()),
        ("wan".to_owned(), wan.to_owned()),
    ];
    for one in [site("north", "1"), site("norths", "2")] {
        let mut files = links.clone();
        files.push(one);
        let after = fixed("one of two", &files);
        assert!(after.made.is_empty(), "{:?}", after.made);
    }
    let mut files = links;
    files.extend([site("north", "1"), site("norths", "2")]);
    files[2].1 = wan.replace("norths.servers", "norths.server");
    let after = fixed("a slip", &files);
    assert_eq!(after.made.iter().map(|made| made.title.as_str()).collect::<Vec<_>>(), ["write `norths.servers`"]);
    // A slip that would name the same network twice is left to its author.
    files[2].1 = wan.replace("norths.servers", "north.server");
    assert!(fixed("a slip into a repetition", &files).made.is_empty());
}
