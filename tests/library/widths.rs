//! Generated files are read side by side, in reviews and in terminals: no line is wider than 160 columns where its format can
//! break it.

use ocstopo::compile::{BuildOptions, Since, build, compile};
use ocstopo::emit::{balancer, firewall};
use ocstopo::text::SourceMap;

use crate::support::commits::commits;
use crate::support::topologies::{FIXTURES, Files};

const WIDEST: usize = 160;

/// Whether a line is one that its format cannot break.
type IsWhole = fn(&str) -> bool;

/// What the name of a file ends in, which of its lines may be wider, and why.
const WIDE: &[(&str, IsWhole, &str)] = &[
    (".csv", |_| true, "a row of a table is one line"),
    (".json", |_| true, "a string of JSON is one line"),
    (".html", |_| true, "a page for browsers, whose data is JSON in one line"),
    (".svg", |_| true, "a picture for browsers: the title of a box is one line"),
    (".md", is_whole_in_markdown, "a heading and a row of a table are one line, and code and the target of a link are one word"),
    (".iptables", |line| line.starts_with("-A "), "iptables-restore reads a rule from each line"),
    (".srx", |line| line.starts_with("set "), "Junos reads a command from each line"),
    (".panos", |line| line.starts_with("set "), "PAN-OS reads a command from each line"),
    (".asa", |line| line.starts_with("access-list "), "ASA reads a command from each line"),
    (".tmsh", |line| !line.starts_with('#'), "tmsh reads a command from each line"),
    (".conf", |line| line.starts_with("set lb vserver "), "NetScaler reads a command from each line"),
    (".inf", |line| line.starts_with("SAN = "), "certreq reads the attributes of a request from one line"),
    (".cmd", |line| line.starts_with("  /san:\""), "a caret joins lines between switches only"),
];

fn is_whole_in_markdown(line: &str) -> bool {
    let text = line.trim_start();
    let item = text.strip_prefix("- ").map_or(text, |text| text.trim_start_matches("[ ] "));
    text.starts_with(['|', '#']) || !item.contains(' ') || is_one_code(item)
}

/// Whether a text is one piece of code, and what is written to it without a blank.
fn is_one_code(text: &str) -> bool {
    text.strip_prefix('`').and_then(|text| text.split_once('`')).is_some_and(|(_, rest)| !rest.contains(' '))
}

/// A line without the places of `--lines`: lines are broken as if they were not there, so that moving a block changes no other line.
fn without_places(line: &str) -> String {
    let word = |word: &&str| !(word.starts_with('(') && word.contains(".ocstopo:"));
    line.split(' ').filter(word).collect::<Vec<_>>().join(" ")
}

/// The lines of a page that are outside its blocks of code, where every line is a command or a value to copy.
fn outside_code(path: &str, content: &str) -> Vec<String> {
    let mut inside = false;
    let mut outside = |line: &&str| {
        let fence = line.trim_start().starts_with("```");
        inside ^= fence;
        !fence && !inside
    };
    let is_page = path.ends_with(".md");
    content.lines().filter(|line| !is_page || outside(line)).map(str::to_owned).collect()
}

#[test]
fn no_line_is_wider_than_its_format_makes_it() {
    let dialects: Vec<&str> = firewall::words().chain(balancer::words()).collect();
    let commit = commits().into_iter().find(|commit| commit.name == "branch added").expect("a branch");
    let [before, after] = [commit.before, commit.after].map(|files: Files| compile(SourceMap::new(files), &FIXTURES));
    let options = BuildOptions {
        only: &[],
        dialects: &dialects,
        serial: None,
        lines: true,
        templates: crate::support::templates(),
        since: Some(Since { name: "main", compiled: &before }),
        team: None,
        renewal: None,
    };
    let (mut faults, mut used) = (Vec::new(), vec![false; WIDE.len()]);
    for artifact in build(&after, &options).expect("it builds") {
        for line in outside_code(&artifact.path, &artifact.content) {
            if without_places(&line).chars().count() <= WIDEST {
                continue;
            }
            match WIDE.iter().position(|(end, is_whole, _)| artifact.path.ends_with(end) && is_whole(&line)) {
                Some(at) => used[at] = true,
                None => faults.push(format!("{}: {line}", artifact.path)),
            }
        }
    }
    assert!(faults.is_empty(), "{} lines can be broken:\n{}", faults.len(), faults.join("\n"));
    let unused: Vec<_> =
        WIDE.iter().zip(used).filter(|(_, used)| !used).map(|((end, _, why), _)| format!("{end}: {why}")).collect();
    assert!(unused.is_empty(), "no line needs these: {unused:#?}");
}
