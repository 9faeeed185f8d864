//! Text from a stranger is data in every form of the records: names are refused where they are written, and all other text stays
//! in comments, so that what a tool acts on are the same lines.

use std::collections::BTreeMap;

use ocstopo::compile::{BuildError, BuildOptions, CompileOptions, Part, Refusal, build, compile};
use ocstopo::diag::Severity;
use ocstopo::emit::{Artifact, EmitContext, dns};
use ocstopo::plan::dns::{DnsPlan, ForeignZone, HostsEntry, HostsFile, RecordData};
use ocstopo::text::SourceMap;
use proptest::prelude::*;

use super::{hand_made_plan, name, read_back, reason, records_of};
use crate::support::small_topology::replaced;

/// What each form could act on, as a name.
fn hostile_names() -> Vec<String> {
    let texts = [
        "a\\nb.net",
        "a\\rb.net",
        "a;b.net",
        "a b.net",
        "a\tb.net",
        "a\\\"b.net",
        "a\\\\b.net",
        "a\\\\046b.net",
        "$INCLUDE",
        "$INCLUDE.net",
        "@",
        "@.net",
        "a@b.net",
        "a'b.net",
        "a`b.net",
        "a$(id).net",
        "a%PATH%.net",
        "a&b.net",
        "a|b.net",
        "a(b.net",
        "a)b.net",
        "a#b.net",
        "*.net",
        "a..net",
        ".a.net",
        "a.net.",
        "-a.net",
        "a-.net",
        "a\\u{2028}.net",
        "a\\u{202e}.net",
        "a\\u{0}.net",
        "m\u{fc}nchen.net",
        "a,b.net",
        "=a.net",
        "+a.net",
        "a/b.net",
        "a.1",
    ];
    let long = format!("{}.net", "x".repeat(64));
    let longest = format!("{}net", "abcdefghi.".repeat(26));
    texts.into_iter().map(str::to_owned).chain([long, longest]).collect()
}

/// A topology, compiled; whether it builds.
fn builds(text: String) -> bool {
    let compiled = compile(SourceMap::new(vec![("a.ocstopo".to_owned(), text)]), &CompileOptions::default());
    let templates = crate::support::templates();
    let options = BuildOptions {
        only: &[Part::DNS],
        dialects: &[],
        serial: None,
        lines: true,
        templates,
        since: None,
        team: None,
        renewal: None,
    };
    let errors = compiled.diags.iter().any(|diag| diag.severity == Severity::Error);
    match build(&compiled, &options) {
        Ok(artifacts) => {
            assert!(!errors && !artifacts.is_empty());
            true
        }
        Err(error) => {
            assert!(errors && error == BuildError::Refused(Refusal::Errors), "{error:?}");
            false
        }
    }
}

#[test]
fn invalid_names_are_refused_wherever_records_use_them() {
    type Place = fn(&str) -> String;
    let places: [Place; 7] = [
        |name| replaced("sip_domains = [\"fabrikam.net\"]", &format!("sip_domains = [\"fabrikam.net\", \"{name}\"]")),
        |name| replaced("fqdn = \"av.fabrikam.net\"", &format!("fqdn = \"{name}\"")),
        |name| replaced("external_name_servers = [\"ns1.litware.net\"]", &format!("external_name_servers = [\"{name}\"]")),
        |name| replaced("hostmaster            = \"hostmaster.fabrikam.net\"", &format!("hostmaster = \"{name}\"")),
        |name| replaced("external_name_servers", &format!("pinpoint_domains = [\"{name}\"]\n    external_name_servers")),
        |name| {
            replaced(
                "external_name_servers",
                &format!("zone z {{ fqdn = \"{name}\"  owner = \"x\" }}\n    external_name_servers"),
            )
        },
        |name| replaced("domain root { fqdn = \"fabrikam.net\"", &format!("domain root {{ fqdn = \"{name}\"")),
    ];
    for place in places {
        assert!(builds(place("good.fabrikam.net")), "{}", place("good.fabrikam.net"));
        for name in hostile_names() {
            assert!(!builds(place(&name)), "{name}");
        }
    }
}

#[test]
fn the_owner_of_a_zone_is_text() {
    let owned = |owner: &str| {
        builds(replaced(
            "external_name_servers",
            &format!("zone z {{ fqdn = \"fabrikam.net\"  owner = \"{owner}\" }}\n    external_name_servers"),
        ))
    };
    for harmless in [
        "Web; $INCLUDE /etc/passwd",
        "\\\"quoted\\\"",
        "back\\\\slash",
        "@ IN NS evil.",
        "%PATH% & del",
        "$(id) `id`",
        "M\u{fc}ller",
    ] {
        assert!(owned(harmless), "{harmless}");
    }
    for refused in ["", " ", "a\\nb", "a\\tb", "\\u{202e}x", "\\u{2028}x", "\\u{0}"] {
        assert!(!owned(refused), "{refused}");
    }
}

/// Every file of every form, with the same text in all that is not a name.
fn written(text: &str) -> BTreeMap<String, String> {
    let (whole, templates) = (hand_made_plan(text), crate::support::templates());
    let cx = EmitContext { templates, sample: true, organization: text };
    let mut artifacts = dns::emit(&whole, &cx).expect("shipped templates render");
    artifacts.extend(dns::emit(&shared(text), &cx).expect("shipped templates render"));
    let stages = dns::change(&whole, &moved(text), &cx).expect("shipped templates render");
    artifacts.extend(stages.into_iter().flat_map(|stage| stage.artifacts));
    let entry = HostsEntry { name: name("sip.fabrikam.net"), address: [10, 0, 0, 1].into(), reasons: vec![reason(text)] };
    let declared = reason(text).declared.remove(0);
    let hosts = HostsFile { path: text.to_owned(), label: "edge".to_owned(), declared, entries: vec![entry] };
    artifacts.extend(dns::emit_hosts(&[hosts], &cx).expect("shipped templates render"));
    // The records of a foreign zone are beside the whole zone, under names of their own.
    let mut files = BTreeMap::new();
    for (at, Artifact { path, content, .. }) in artifacts.into_iter().enumerate() {
        files.insert(format!("{at:02} {path}"), content);
    }
    files
}

/// The same zone as a foreign one, and a foreign one below ours.
fn shared(text: &str) -> DnsPlan {
    let mut plan = hand_made_plan(text);
    for zone in plan.views.iter_mut().flat_map(|view| &mut view.zones) {
        (zone.owner, zone.soa) = (Some(text.to_owned()), None);
        zone.name_servers.clear();
        zone.kept_below = vec![ForeignZone { zone: name("de.fabrikam.net"), owner: text.to_owned() }];
    }
    plan
}

/// The same zone of another team, with a name less and another address.
fn moved(text: &str) -> DnsPlan {
    let mut plan = shared(text);
    for zone in plan.views.iter_mut().flat_map(|view| &mut view.zones) {
        zone.ttl = 3600;
        zone.records.remove(1);
        zone.records[1].data = RecordData::A([10, 0, 0, 2].into());
    }
    plan
}

/// What a tool acts on: the lines without comments; of the table the columns that are not for people.
fn acted_on(path: &str, content: &str) -> Vec<String> {
    let comment = match path.rsplit(['.', '/']).next() {
        Some("csv") => {
            let body = content.split_once('\n').expect("a first line").1;
            let mut reader = csv::Reader::from_reader(body.as_bytes());
            let row = |row: csv::StringRecord| {
                assert!(row.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{row:?}");
                assert_eq!(row.len(), 12, "{row:?}");
                row.iter().take(6).collect::<Vec<_>>().join("|")
            };
            return reader.records().map(|record| row(record.expect("a row"))).collect();
        }
        Some("zone" | "records" | "nsupdate") => ";",
        Some("cmd") => "rem",
        Some("js") => "//",
        Some("ps1" | "yaml" | "hosts") => "#",
        other => panic!("{other:?}"),
    };
    let lines =
        content.lines().filter(|line| !line.trim_start().starts_with(comment) || line.trim_start().starts_with("#Requires"));
    lines.map(str::to_owned).collect()
}

fn forms(files: &BTreeMap<String, String>) -> BTreeMap<&str, Vec<String>> {
    files.iter().map(|(path, content)| (path.as_str(), acted_on(path, content))).collect()
}

#[test]
fn every_form_is_tested() {
    let files = written("x");
    for end in [
        ".zone",
        ".records",
        "records.cmd",
        "records.ps1",
        ".nsupdate",
        "fabrikam.net.yaml",
        "config.yaml",
        "dnsconfig.js",
        ".hosts",
        ".csv",
        "-switch.nsupdate",
        "remove-back.cmd",
    ] {
        assert!(files.keys().any(|path| path.ends_with(end)), "{end}");
    }
    let emptied = |(path, content): (&String, &String)| acted_on(path, content).is_empty();
    assert!(!files.iter().any(emptied), "each form has lines that count");
}

/// Pieces that end comments and strings, begin commands, or resemble records.
const PIECES: &str = "([\\PC\r\n\t\"'\\\\;#$()@%^&|<>`!{}]|\r\n|\u{2028}|\u{85}|\\$INCLUDE /etc/passwd|evil IN A 6.6.6.6|\n@ IN NS evil\\.|\nsend|\n  - x|\\*/|%PATH%|\\$\\(id\\)|\\{\\{ 7 \\}\\}|\n10.6.6.6 sip.fabrikam.net){0,12}";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn text_changes_no_effective_line(text in PIECES) {
        let (plain, hostile) = (written("x"), written(&format!("x{text}")));
        prop_assert_eq!(forms(&plain), forms(&hostile));
        for content in hostile.values() {
            prop_assert!(!content.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')), "{:?}", content);
            prop_assert_eq!(content.matches('\r').count(), content.matches("\r\n").count());
        }
    }

    #[test]
    fn an_include_file_holds_the_planned_records_only(text in PIECES) {
        let plan = shared(&text);
        let zone = &plan.views[0].zones[0];
        let files = written(&text);
        let (_, records) = files.iter().find(|(path, _)| path.ends_with(".records")).expect("records");
        let head = "fabrikam.net. 60 IN SOA ns.invalid. hm.invalid. ( 7 1 1 1 1 )\nfabrikam.net. 60 IN NS ns.invalid.\n";
        let mut read = read_back("fabrikam.net", &format!("{head}{records}"));
        read.retain(|(_, kind, data)| kind != "SOA" && data != "ns.invalid.");
        prop_assert_eq!(read, records_of(zone));
    }
}
