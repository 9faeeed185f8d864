//! BIND takes every zone alone, and all zones of both views together.

use std::fmt::Write;

use ocstopo::plan::dns::ZoneKind;

use crate::support::zone::{records, view_and_zone};
use crate::support::{Example, both, ocstopo, root, run, text};

const STRICT: [&str; 10] = ["-k", "fail", "-m", "fail", "-n", "fail", "-r", "fail", "-S", "fail"];

#[test]
fn named_checkzone_takes_every_zone() {
    for example in Example::all().iter().chain(&Example::with_more_names()) {
        let records = records(example);
        for path in example.ending(".zone") {
            let (view, zone) = view_and_zone(path);
            // With `full`, names outside the zone would be asked of the machine's own resolver; so only where there are none.
            let of_zone = || records.iter().filter(|record| record.view == view && record.zone == zone);
            let names = of_zone().filter(|record| matches!(record.kind.as_str(), "NS" | "SRV" | "MX" | "CNAME"));
            let targets: Vec<&str> = names.filter_map(|record| record.data.last()).map(String::as_str).collect();
            let known = |name: &str| of_zone().any(|record| record.name == name && record.kind == "A");
            let delegates = of_zone().any(|record| record.kind == "NS" && record.name != zone);
            let mode = if !delegates && targets.iter().all(|name| known(name)) { "full" } else { "local" };
            let file = example.path(path);
            let mut arguments = vec!["-i", mode];
            arguments.extend(STRICT);
            arguments.extend([zone, text(&file)]);
            let said = run("named-checkzone", &arguments);
            let expected = format!("zone {zone}/IN: loaded serial 1\nOK\n");
            assert!(said.status.success() && both(&said) == expected, "{} {path} ({mode}):\n{}", example.name, both(&said));
        }
    }
}

#[test]
fn a_zone_with_foreign_records_is_marked_in_capitals() {
    for example in Example::all().iter().chain(&Example::with_more_names()) {
        let plan = example.compiled.plans().expect("a plan").dns();
        for view in &plan.views {
            for zone in view.zones.iter().filter(|zone| zone.soa.is_some()) {
                let text = example.text(&ocstopo::emit::dns::path(view.view, zone));
                let head: Vec<&str> = text.lines().take_while(|line| line.starts_with(';')).collect();
                let warned = |word: &str| head.iter().any(|line| line.contains(word));
                let outside = view.view == ocstopo::catalog::DnsView::External;
                let expected = [
                    ("ACTIVE DIRECTORY ZONE", zone.directory),
                    ("HIDES THE PUBLIC ONE", zone.kind == ZoneKind::SipDomain && !outside),
                    ("REMOVES MX", zone.kind == ZoneKind::SipDomain && outside),
                    ("REMOVES THEIR REVERSE RECORDS", zone.kind == ZoneKind::Reverse),
                ];
                for (word, wanted) in expected {
                    assert_eq!(warned(word), wanted, "{}: {} {word}", example.name, zone.name);
                }
                // Only a zone for one name holds no foreign names.
                assert_eq!(
                    !warned("put only these records into it"),
                    zone.kind == ZoneKind::Pinpoint && !zone.directory,
                    "{head:?}"
                );
                assert!(warned("NO SERIAL NUMBER WAS GIVEN"), "{head:?}");
            }
        }
    }
}

#[test]
fn a_given_serial_number_is_in_every_zone() {
    let folder = tempfile::tempdir().expect("a folder");
    let build = |serial: &[&str]| {
        let arguments = ["build", "examples/fabrikam", "-o", text(folder.path()), "--only", "dns"];
        let said = ocstopo(&root(), &[&arguments, serial].concat());
        assert!(said.status.success(), "{}", both(&said));
        both(&said)
    };
    let ignored = "secondary servers ignore the change";
    assert!(!build(&[]).contains(ignored), "no zone was there before");
    assert!(!build(&[]).contains(ignored), "nothing changed");
    assert!(!build(&["--serial", "2027040101"]).contains(ignored));
    for (path, zone) in crate::support::read_tree(folder.path()).iter().filter(|(path, _)| path.ends_with(".zone")) {
        let (_, name) = view_and_zone(path);
        assert!(!zone.contains("NO SERIAL"), "{path}");
        let said = run("named-checkzone", &["-i", "local", name, text(&folder.path().join(path))]);
        assert_eq!(both(&said), format!("zone {name}/IN: loaded serial 2027040101\nOK\n"));
    }
    assert!(build(&[]).contains(ignored), "they changed, and their number did not grow");
}

#[test]
fn named_checkzone_accepts_include_files_in_foreign_zones() {
    for (name, zone) in [("contoso", "contoso.com"), ("contoso", "corp.contoso.com"), ("fabrikam", "fabrikam.com")] {
        let line = format!("zone all {{ fqdn = \"{zone}\"  owner = \"Web; team $INCLUDE x\" }}");
        let example = Example::build_with(name, name, &line);
        let folder = tempfile::tempdir().expect("a folder");
        example.write_topology(folder.path());
        for path in example.ending(&format!("/{zone}.records")) {
            let view = path.split('/').nth(1).expect("a view");
            let include = example.path(path);
            let theirs = format!(
                "$TTL 60\n@ IN SOA ns.invalid. hm.invalid. ( 1 60 60 60 60 )\n NS ns.invalid.\nwww A 192.0.2.80\n$INCLUDE {}\nmail A 192.0.2.25\n",
                text(&include)
            );
            let file = folder.path().join(format!("{zone}.db"));
            std::fs::write(&file, theirs).expect("written");
            let mut arguments = vec!["-i", "local"];
            arguments.extend(STRICT);
            arguments.extend([zone, text(&file)]);
            let said = run("named-checkzone", &arguments);
            assert_eq!(both(&said), format!("zone {zone}/IN: loaded serial 1\nOK\n"), "{path}");
            // The file alone, and included, holds what is planned.
            for files in [vec![text(&include)], vec![text(&file), text(&include)]] {
                let mut arguments = vec!["dns", "check", "--view", view, "--topology", text(folder.path())];
                arguments.extend(files);
                let said = ocstopo(&root(), &arguments);
                // Standard error names the planned zones below, which the foreign zone does not delegate.
                assert_eq!((said.status.code(), said.stdout.len()), (Some(0), 0), "{arguments:?} {}", both(&said));
            }
        }
    }
}

#[test]
fn named_checkconf_takes_all_zones_together() {
    for example in Example::all().iter().chain(&Example::with_more_names()) {
        let mut views: Vec<(&str, String)> = Vec::new();
        for path in example.ending(".zone") {
            let (view, zone) = view_and_zone(path);
            if !views.iter().any(|(name, _)| *name == view) {
                views.push((view, String::new()));
            }
            let (_, zones) = views.iter_mut().find(|(name, _)| *name == view).expect("the view");
            writeln!(zones, "zone \"{zone}\" {{ type primary; file \"{}\"; }};", text(&example.path(path))).expect("text");
        }
        assert_eq!(views.iter().map(|(name, _)| *name).collect::<Vec<_>>(), example.views());
        let mut conf = String::from("options { recursion no; };\n");
        for (view, zones) in &views {
            writeln!(conf, "view \"{view}\" {{\nmatch-clients {{ any; }};\n{zones}}};").expect("text");
        }
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("named.conf");
        std::fs::write(&file, conf).expect("a file");
        let said = run("named-checkconf", &["-z", text(&file)]);
        let loaded = both(&said).lines().filter(|line| line.ends_with(": loaded serial 1")).count();
        assert!(said.status.success() && loaded == example.ending(".zone").len(), "{}:\n{}", example.name, both(&said));
        assert_eq!(both(&said).lines().count(), loaded, "{}: no complaint:\n{}", example.name, both(&said));
    }
}

#[test]
fn records_csv_lists_the_records_of_bind() {
    for example in Example::all().iter().chain(&Example::with_more_names()) {
        let rows = crate::support::table::rows(example.text("dns/records.csv"));
        let mut listed: Vec<_> = rows
            .iter()
            .map(|row| {
                let data = row["data"].split(' ').map(|word| word.trim_end_matches('.').to_owned()).collect::<Vec<_>>();
                (row["view"].clone(), row["zone"].clone(), row["name"].clone(), row["type"].clone(), data)
            })
            .collect();
        // Every line of a zone is a row of the table, but for its SOA.
        let mut read: Vec<_> = records(example)
            .into_iter()
            .filter(|record| record.kind != "SOA")
            .map(|record| (record.view, record.zone, record.name, record.kind, record.data))
            .collect();
        listed.sort();
        read.sort();
        assert_eq!(listed, read, "{}", example.name);
    }
}
