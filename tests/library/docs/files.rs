//! The page of the files of a build names every file that a build writes.

use std::collections::BTreeSet;
use std::fs;

use ocstopo::artifact::Team;
use ocstopo::compile::{BuildOptions, Compiled, Part, Since, build, compile};
use ocstopo::emit::files::{FILES, FileKind};
use ocstopo::emit::{balancer, firewall};
use ocstopo::plan::renewal::{Date, RenewalDates};
use ocstopo::text::SourceMap;

use super::root;
use crate::generator;
use crate::support::commits::{Commit, commits};
use crate::support::topologies::{FIXTURES, Files, compiled_example, files};

/// `docs/artifacts.md` with its table made anew from the list of files.
pub(super) fn artifacts_page() -> String {
    let page = fs::read_to_string(root().join("docs/artifacts.md")).unwrap();
    let heading = "| Files | For | Content |\n|---|---|---|\n";
    let (before, rest) = page.split_once(heading).expect("the table of files");
    let (_, after) = rest.split_once("\n\n").expect("text after the table");
    let row = |kind: &FileKind| {
        let paths: Vec<_> = kind.paths.iter().map(|path| format!("`{path}`")).collect();
        format!("| {} | {} | {} |\n", paths.join(", "), kind.team.title(), kind.content)
    };
    format!("{before}{heading}{}\n{after}", FILES.iter().map(row).collect::<String>())
}

/// Fabrikam with an address that its outer firewall translates, and with a zone that another team keeps.
fn with_every_kind_of_file() -> Compiled {
    let mut topology = files(&root().join("examples/fabrikam"));
    for (from, to) in [
        ("[internet, outside]", "[internet, outside]  static_nat proxy { public = 198.51.100.30  inside = 198.18.7.5 }"),
        ("  dns {", "  dns {\n    zone public { fqdn = \"fabrikam.com\"  owner = \"Web operations\"  views = [external] }\n"),
    ] {
        let (_, text) = topology.iter_mut().find(|(_, text)| text.contains(from)).unwrap();
        *text = text.replacen(from, to, 1);
    }
    compile(SourceMap::new(topology), &FIXTURES)
}

/// The list of files has every file of a build, and nothing that no build writes.
#[test]
fn the_list_of_files_is_what_builds_write() {
    let mut paths = BTreeSet::new();
    let dialects: Vec<&str> = firewall::words().chain(balancer::words()).collect();
    let templates = crate::support::templates();
    let issued = RenewalDates { issued: Some(Date { year: 2027, month: 4, day: 1 }), ..RenewalDates::default() };
    let mut write = |compiled: &Compiled, since: Option<Since<'_>>, team: Option<Team>, only: &[Part]| {
        let options = BuildOptions {
            only,
            dialects: if only.is_empty() { &dialects } else { &[] },
            serial: None,
            lines: true,
            templates,
            since,
            team,
            renewal: Some(&issued),
        };
        paths.extend(build(compiled, &options).unwrap().into_iter().map(|artifact| artifact.path));
    };
    for compiled in [compiled_example("contoso"), compiled_example("fabrikam"), with_every_kind_of_file()] {
        write(&compiled, None, None, &[]);
        write(&compiled, None, Some(Team::Dns), &[]);
    }
    // Enough steps for a book, of all teams together and of one.
    let many = compile(SourceMap::new(generator::files(100)), &FIXTURES);
    write(&many, None, None, &[Part::RUNBOOK]);
    write(&many, None, Some(Team::Servers), &[Part::RUNBOOK]);
    for Commit { name, before, after } in commits() {
        // Of the load balancers one edit is enough for the second dialect.
        let dialects: &[&str] = if name == "front end added" { &["f5", "netscaler"] } else { &["f5"] };
        for dialect in dialects {
            let spoken = |(name, text): (String, String)| {
                (
                    name,
                    text.replace("dialect        = f5", &format!("dialect = {dialect}"))
                        .replace("dialect      = f5", &format!("dialect = {dialect}")),
                )
            };
            let version = |files: Files| compile(SourceMap::new(files.into_iter().map(spoken).collect()), &FIXTURES);
            let [before, after] = [before.clone(), after.clone()].map(version);
            write(&after, Some(Since { name: "main", compiled: &before }), None, &[]);
        }
    }
    let unlisted: Vec<_> = paths.iter().filter(|path| FileKind::pattern(path).is_none()).collect();
    let written: BTreeSet<&str> = paths.iter().filter_map(|path| FileKind::pattern(path)).collect();
    let unwritten: Vec<_> = FILES.iter().flat_map(|kind| kind.paths).filter(|pattern| !written.contains(*pattern)).collect();
    assert!(unlisted.is_empty(), "`FILES` has no row for {unlisted:#?}");
    assert!(unwritten.is_empty(), "no build writes {unwritten:#?}");
}
