//! `dns check` on zone files: nothing to say of ocstopo's own, and of any zone the reader has the records that BIND reads from
//! it.

use std::collections::BTreeSet;

use ocstopo::catalog::DnsView;
use ocstopo::query::dns_check::{self, Data};
use ocstopo::text::SourceMap;
use proptest::prelude::*;

use crate::support::{Example, both, ocstopo, root, run, text};

#[test]
fn built_zones_have_no_findings() {
    for example in Example::all().iter().chain(&Example::with_more_names()) {
        let topology = tempfile::tempdir().expect("a folder");
        example.write_topology(topology.path());
        for &view in example.views() {
            let zones: Vec<&str> =
                example.ending(".zone").into_iter().filter(|path| path.starts_with(&format!("dns/{view}/"))).collect();
            let paths: Vec<_> = zones.iter().map(|path| example.path(path)).collect();
            let checked = |paths: &[&str]| {
                let mut arguments = vec!["dns", "check", "--view", view, "--topology", text(topology.path())];
                arguments.extend(paths);
                let said = ocstopo(&root(), &arguments);
                assert_eq!((said.status.code(), both(&said).as_str()), (Some(0), ""), "{paths:?}");
            };
            let paths: Vec<&str> = paths.iter().map(|path| text(path)).collect();
            checked(&paths);
            // Each alone too: names below are delegated.
            paths.iter().for_each(|path| checked(&[path]));
        }
    }
}

#[test]
fn every_mistake_in_a_built_zone_is_found() {
    let example = Example::build("contoso");
    let compiled = &example.compiled;
    let plans = compiled.plans().expect("a topology");
    for path in example.ending(".zone") {
        let view = if path.contains("/internal/") { DnsView::Internal } else { DnsView::External };
        let whole = example.text(path);
        let records: Vec<&str> = whole.lines().filter(|line| line.contains(" IN A ") || line.contains(" IN SRV ")).collect();
        let counted = |text: String| {
            let (sources, numbers) = compiled.sources.joined(vec![(path.to_owned(), text)]);
            let zones = dns_check::read(&sources, &numbers, None).unwrap_or_else(|diags| panic!("{diags:?}"));
            let said = dns_check::compare(plans, view, &zones);
            (said.missing, said.wrong, said.extra)
        };
        assert_eq!(counted(whole.to_owned()), (0, 0, 0), "{path}");
        for line in records {
            let (owner, data) = line.split_once(' ').expect("an owner");
            // Glue of a zone below is that zone's.
            if owner.trim_end_matches('.').ends_with("corp.contoso.com") && !path.contains("corp.") {
                continue;
            }
            let other = match data.strip_suffix('.') {
                Some(target) => format!("{}x.", &target[..target.len() - 1]),
                None => format!("{}.250", data.rsplit_once('.').expect("an address").0),
            };
            assert_eq!(counted(whole.replace(&format!("{line}\n"), "")), (1, 0, 0), "{path}: without {line}");
            assert_eq!(counted(whole.replace(line, &format!("{owner} {other}"))), (0, 1, 0), "{path}: {other} for {line}");
            assert_eq!(counted(format!("{whole}{owner} {other}\n")), (0, 0, 1), "{path}: {other} beside {line}");
        }
    }
}

#[test]
fn exit_codes_and_formats() {
    let example = Example::build("contoso");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("contoso.com.zone");
    let whole = example.text("dns/external/contoso.com.zone");
    let checked = |content: &[u8], more: &[&str]| {
        std::fs::write(&file, content).expect("written");
        let mut arguments = vec!["dns", "check", text(&file), "--view", "external", "--topology", "examples/contoso"];
        arguments.extend(more);
        let said = ocstopo(&root(), &arguments);
        (said.status.code(), both(&said))
    };
    let wrong = whole.replace("IN A 131.107.155.10", "IN A 131.107.155.99");
    let (code, said) = checked(wrong.as_bytes(), &[]);
    assert!(code == Some(1) && said.contains("OCS0972") && said.ends_with("8 present, 0 missing, 1 wrong, 0 extra\n"), "{said}");
    for (format, part) in [("short", ": error[OCS0972]: "), ("json", "\"OCS0972\""), ("sarif", "\"ruleId\": \"OCS0972\"")] {
        let (code, said) = checked(wrong.as_bytes(), &["--format", format]);
        assert!(code == Some(1) && said.contains(part), "{format}: {said}");
    }
    // Comments in an old character set do not matter.
    assert_eq!(checked(&[b"; caf\xe9\n", whole.as_bytes()].concat(), &[]), (Some(0), String::new()));
    let (code, said) = checked(b"$GENERATE 1-2 a$ A 10.0.0.$\n", &[]);
    assert!(code == Some(2) && said.contains("OCS0970"), "{said}");
    let (code, said) = checked(whole.as_bytes(), &[folder.path().join("none").to_str().expect("text")]);
    assert!(code == Some(2) && said.contains("no such file"), "{said}");
}

/// What a reader has of a zone: owner and data.
type Records = BTreeSet<(String, String)>;

fn found_here(file: &str) -> Option<Records> {
    let (sources, numbers) = SourceMap::default().joined(vec![("contoso.com.zone".to_owned(), file.to_owned())]);
    let zones = dns_check::read(&sources, &numbers, None).ok()?;
    let record = |found: &dns_check::Found| {
        let data = match &found.data {
            Data::A(address) => format!("A {address}"),
            Data::Aaaa(address) => format!("AAAA {address}"),
            Data::Cname(target) => format!("CNAME {target}."),
            Data::Ptr(target) => format!("PTR {target}."),
            Data::Srv { priority, weight, port, target } => format!("SRV {priority} {weight} {port} {target}."),
            Data::Dname(target) => format!("DNAME {target}."),
            Data::Ns(server) => format!("NS {server}."),
            Data::Soa => return None,
        };
        Some((found.owner.clone(), data))
    };
    Some(zones.iter().flat_map(|zone| &zone.records).filter_map(record).collect())
}

fn found_by_bind(file: &str) -> Option<Records> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("zone");
    std::fs::write(&path, file).expect("written");
    let said = run("named-compilezone", &["-i", "none", "-k", "ignore", "-s", "full", "-o", "-", "contoso.com", text(&path)]);
    let dump = String::from_utf8(said.stdout).expect("text");
    let record = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [owner, _, _, kind, data @ ..] = words.as_slice() else { return None };
        let ours = ["A", "AAAA", "CNAME", "DNAME", "NS", "PTR", "SRV"].contains(kind);
        ours.then(|| {
            (owner.trim_end_matches('.').to_ascii_lowercase(), format!("{kind} {}", data.join(" ").to_ascii_lowercase()))
        })
    };
    said.status.success().then(|| dump.lines().filter(|line| !line.starts_with([';', '$'])).filter_map(record).collect())
}

/// A line of a zone file, in one of the many ways to write it.
fn line() -> impl Strategy<Value = String> {
    let owner = prop_oneof![
        "[a-c]",
        "[a-cA-C]\\.contoso\\.com\\.",
        Just(String::new()),
        Just("_x._tcp".to_owned()),
        Just("\\097b".to_owned())
    ];
    let before = prop_oneof![Just(""), Just("IN "), Just("300 "), Just("1h30m IN "), Just("IN 1d ")];
    let data = prop_oneof![
        "A 10\\.0\\.0\\.[0-9]",
        Just("AAAA 2001:db8::1".to_owned()),
        Just("SRV 0 5 443 a".to_owned()),
        Just("srv ( 1 2\n 3 ; no end )\n b.contoso.com. )".to_owned()),
        Just("PTR a.b".to_owned()),
        Just("TXT \"a ; b (\" c".to_owned()),
        Just("MX 10 a ; A 1.2.3.4".to_owned()),
    ];
    let record =
        (owner, "[ \t]{1,3}", before, data).prop_map(|(owner, blank, before, data)| format!("{owner}{blank}{before}{data}"));
    prop_oneof![
        8 => record,
        1 => Just("$ORIGIN sub".to_owned()),
        1 => Just("$ORIGIN contoso.com.".to_owned()),
        1 => Just("$TTL 2h".to_owned()),
        1 => Just("  ; only a comment".to_owned()),
        1 => Just(String::new()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_reader_agrees_with_bind(lines in prop::collection::vec(line(), 0..14), windows in any::<bool>()) {
        let mut file = format!("$TTL 60\n@ SOA ns.x. h.x. ( 1 2\n 3 4 5 )\n NS ns.x.\n{}\n", lines.join("\n"));
        if windows {
            file = file.replace('\n', "\r\n");
        }
        let bind = found_by_bind(&file);
        prop_assert!(bind.is_some(), "{file}");
        prop_assert_eq!(found_here(&file), bind, "{}", file);
    }
}
